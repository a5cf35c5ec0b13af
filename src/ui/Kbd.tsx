// Key caps: <Kbd keys="g a" />, <Kbd keys="mod+k" />.
import { cx } from './cx.ts';
import { isMac, keyCaps } from './shortcuts.ts';

export type KbdProps = { keys: string; onInverse?: boolean; className?: string };

export function Kbd({ keys, onInverse = false, className }: KbdProps) {
  const chords = keyCaps(keys, isMac());
  const cap = cx(
    'inline-grid h-4.5 min-w-4.5 place-items-center rounded-inner px-1 text-xs font-medium',
    onInverse ? 'bg-white/15 text-current' : 'border border-line bg-sunken text-muted',
  );
  return (
    <kbd className={cx('inline-flex items-center gap-1', className)}>
      {chords.map((caps, index) => (
        <span key={caps.join('+')} className="inline-flex items-center gap-0.5">
          {index > 0 && <span className="mr-0.5 text-xs opacity-80">then</span>}
          {caps.map((text) => (
            <span key={text} className={cap}>
              {text}
            </span>
          ))}
        </span>
      ))}
    </kbd>
  );
}
