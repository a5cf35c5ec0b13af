// A state in word, colour and shape: never colour alone.
import { CircleAlert, CircleCheck, CircleDashed, CircleDot, TriangleAlert } from 'lucide-react';
import { badgeTones } from './Badge.tsx';
import { cx } from './cx.ts';

export type StatusTone = 'good' | 'watch' | 'poor' | 'info' | 'neutral';

export type StatusPillProps = {
  tone: StatusTone;
  /** The word; required, because colour alone says nothing to many people. */
  label: string;
  /** Small text behind the word, such as a score or a change. */
  detail?: string;
  /** `plain` drops the background: for dense tables. */
  variant?: 'soft' | 'plain';
  className?: string;
};

const icons = { good: CircleCheck, watch: TriangleAlert, poor: CircleAlert, info: CircleDot, neutral: CircleDashed };
const plainTones = {
  good: 'text-good-text',
  watch: 'text-watch-text',
  poor: 'text-poor-text',
  info: 'text-info-text',
  neutral: 'text-muted',
};

export function StatusPill({ tone, label, detail, variant = 'soft', className }: StatusPillProps) {
  const Icon = icons[tone];
  return (
    <span
      className={cx(
        'inline-flex h-5.5 items-center gap-1 text-xs font-medium whitespace-nowrap',
        variant === 'soft' ? cx('rounded-full pr-2.5 pl-1.5', badgeTones[tone]) : plainTones[tone],
        className,
      )}
    >
      <Icon aria-hidden="true" className="size-3.5 shrink-0" />
      <span className="truncate">{label}</span>
      {detail && <span className="tabular font-normal">{detail}</span>}
    </span>
  );
}
