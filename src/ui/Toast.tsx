// Short messages at the bottom of the screen, with an undo where something was removed. `toast.show(…)` works from anywhere.
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Button } from './Button.tsx';
import { cx } from './cx.ts';
import { IconButton } from './IconButton.tsx';

export type ToastTone = 'neutral' | 'good' | 'watch' | 'poor';

export type ToastOptions = {
  title: string;
  text?: string;
  tone?: ToastTone;
  /** Usually Undo. Pressing it closes the message. */
  action?: { label: string; onAction: () => void };
  /** Default: 5 s, with an action 10 s, `poor` stays until closed. `null` stays. */
  timeoutMs?: number | null;
};

type Entry = ToastOptions & { id: string };

let entries: Entry[] = [];
let counter = 0;
const listeners = new Set<() => void>();

function set(next: Entry[]): void {
  entries = next;
  for (const listener of listeners) listener();
}

/** Shows and removes messages. At most four are visible; the oldest gives way. */
export const toast = {
  show(options: ToastOptions): string {
    counter += 1;
    const id = `toast-${counter}`;
    set([...entries, { ...options, id }].slice(-4));
    return id;
  },
  dismiss(id: string): void {
    set(entries.filter((entry) => entry.id !== id));
  },
  clear(): void {
    set([]);
  },
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const icons = { neutral: Info, good: CircleCheck, watch: TriangleAlert, poor: CircleAlert };
const iconTones = { neutral: 'text-muted', good: 'text-good', watch: 'text-watch', poor: 'text-poor' };

function lifetime(entry: Entry): number | null {
  if (entry.timeoutMs !== undefined) return entry.timeoutMs;
  if (entry.tone === 'poor') return null;
  return entry.action ? 10_000 : 5000;
}

function ToastCard({ entry, isPaused }: { entry: Entry; isPaused: boolean }) {
  const left = useRef(lifetime(entry));
  useEffect(() => {
    if (isPaused || left.current === null) return;
    const startedAt = performance.now();
    const timer = setTimeout(() => toast.dismiss(entry.id), left.current);
    return () => {
      clearTimeout(timer);
      if (left.current !== null) left.current = Math.max(1000, left.current - (performance.now() - startedAt));
    };
  }, [isPaused, entry.id]);
  const tone = entry.tone ?? 'neutral';
  const Icon = icons[tone];
  return (
    <li className="pointer-events-auto flex w-full animate-rise items-start gap-3 rounded-ui border border-line bg-raised py-2.5 pr-2 pl-3.5 shadow-float">
      <Icon aria-hidden="true" className={cx('mt-0.5 size-4.5 shrink-0', iconTones[tone])} />
      <div className="min-w-0 flex-1 py-0.5">
        <div className="text-base font-medium text-ink">{entry.title}</div>
        {entry.text && <div className="text-sm text-muted">{entry.text}</div>}
      </div>
      {entry.action && (
        <Button
          size="sm"
          variant="quiet"
          className="text-accent-text"
          onPress={() => {
            entry.action?.onAction();
            toast.dismiss(entry.id);
          }}
        >
          {entry.action.label}
        </Button>
      )}
      <IconButton label="Dismiss message" hideTooltip icon={<X />} size="sm" onPress={() => toast.dismiss(entry.id)} />
    </li>
  );
}

/** UiProvider renders it. Time stands still while the pointer or the focus is on the messages. */
export function ToastRegion() {
  const shown = useSyncExternalStore(subscribe, () => entries);
  const [isPaused, setPaused] = useState(false);
  return (
    <section
      aria-label="Status messages"
      data-print="hide"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-70 flex justify-center p-4 max-md:bottom-14 sm:justify-end"
      onPointerEnter={() => setPaused(true)}
      onPointerLeave={() => setPaused(false)}
      onFocus={() => setPaused(true)}
      onBlur={() => setPaused(false)}
    >
      <ol aria-live="polite" aria-relevant="additions text" className="flex w-full max-w-sm flex-col gap-2">
        {shown.map((entry) => (
          <ToastCard key={entry.id} entry={entry} isPaused={isPaused} />
        ))}
      </ol>
    </section>
  );
}
