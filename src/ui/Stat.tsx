// One number that matters, with its name; the name opens the explanation of the number.
import { CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { cx } from './cx.ts';
import { Skeleton } from './Skeleton.tsx';

export type StatProps = {
  label: string;
  value: ReactNode;
  unit?: string;
  hint?: ReactNode;
  /** Change against before, in words: "+2.1 points since March". */
  change?: { text: string; tone: 'good' | 'watch' | 'poor' | 'neutral' };
  /** Opens definition, rows behind it, as of when. */
  onExplain?: () => void;
  isLoading?: boolean;
  /** Picture on the right: a Sparkline. */
  aside?: ReactNode;
  className?: string;
};

const changeTones = { good: 'text-good-text', watch: 'text-watch-text', poor: 'text-poor-text', neutral: 'text-muted' };

export function Stat({ label, value, unit, hint, change, onExplain, isLoading = false, aside, className }: StatProps) {
  return (
    <div className={cx('flex min-w-0 items-start justify-between gap-3', className)}>
      <div className="min-w-0">
        {onExplain ? (
          <Button
            onPress={onExplain}
            aria-label={`${label}: explain this number`}
            className="group -ml-1 flex max-w-[calc(100%+0.25rem)] items-center gap-1 rounded-inner px-1 text-sm text-muted hover:text-ink"
          >
            <span className="truncate">{label}</span>
            <CircleHelp aria-hidden="true" className="size-3.5 shrink-0 text-faint group-hover:text-ink" />
          </Button>
        ) : (
          <div className="truncate text-sm leading-5 text-muted">{label}</div>
        )}
        {isLoading ? (
          <Skeleton className="my-1.5 h-6 w-24" />
        ) : (
          <div className="tabular mt-0.5 text-2xl font-semibold tracking-tight whitespace-nowrap text-ink">
            {value}
            {unit && <span className="ml-1 text-base font-normal text-muted">{unit}</span>}
          </div>
        )}
        {(change || hint) && (
          <div className="mt-0.5 flex flex-wrap gap-x-2 text-sm text-muted">
            {change && <span className={cx('tabular font-medium', changeTones[change.tone])}>{change.text}</span>}
            {hint && <span>{hint}</span>}
          </div>
        )}
      </div>
      {aside}
    </div>
  );
}
