// Text to take along: a key, an address, a command; with a button that copies it.
import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { cx } from './cx.ts';
import { IconButton } from './IconButton.tsx';

export type CopyFieldProps = { label: string; value: string; hideLabel?: boolean; className?: string };

export function CopyField({ label, value, hideLabel = false, className }: CopyFieldProps) {
  return (
    <div className={cx('flex min-w-0 flex-col gap-1.5', className)}>
      <span className={hideLabel ? 'sr-only' : 'text-sm font-medium text-ink'}>{label}</span>
      <div className="flex h-control min-w-0 items-center rounded-ui border border-line bg-sunken pr-1 pl-3">
        <code className="min-w-0 flex-1 truncate font-mono text-sm text-ink select-all">{value}</code>
        <CopyButton text={value} label={`Copy ${label.toLowerCase()}`} />
      </div>
    </div>
  );
}

export type CopyButtonProps = { text: string; label?: string };

export function CopyButton({ text, label = 'Copy' }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 1800);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('failed');
    }
  };
  return (
    <>
      <IconButton
        size="sm"
        label={label}
        icon={state === 'copied' ? <Check className="text-good" /> : <Copy />}
        onPress={() => void copy()}
      />
      <span role="status" className="sr-only">
        {state === 'copied'
          ? 'Copied'
          : state === 'failed'
            ? 'Could not copy. Select the text and copy it by hand.'
            : ''}
      </span>
    </>
  );
}

/** A word of code inside a sentence. */
export function CodeText({ children }: { children: ReactNode }) {
  return <code className="rounded-inner bg-sunken px-1 py-0.5 font-mono text-[0.92em] text-ink">{children}</code>;
}
