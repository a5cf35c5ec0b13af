// How full or how good something is, as a short bar with its value in words.
import { Meter as AriaMeter, Label } from 'react-aria-components';
import { cx } from './cx.ts';

export type MeterProps = {
  label: string;
  value: number;
  max?: number;
  tone?: 'accent' | 'good' | 'watch' | 'poor' | 'neutral';
  /** What is read and shown: "64 of 100", "3 of 5 people". */
  valueText?: string;
  hideLabel?: boolean;
  size?: 'sm' | 'md';
  className?: string;
};

const fills = { accent: 'bg-accent', good: 'bg-good', watch: 'bg-watch', poor: 'bg-poor', neutral: 'bg-line-strong' };

export function Meter({
  label,
  value,
  max = 100,
  tone = 'accent',
  valueText,
  hideLabel = false,
  size = 'md',
  className,
}: MeterProps) {
  return (
    <AriaMeter
      value={value}
      maxValue={max}
      valueLabel={valueText}
      className={cx('flex min-w-12 flex-col gap-1', className)}
    >
      {({ percentage, valueText: text }) => (
        <>
          <div className={hideLabel ? 'sr-only' : 'flex items-baseline justify-between gap-3 text-sm'}>
            <Label className="min-w-0 truncate text-muted">{label}</Label>
            <span className="tabular text-ink">{text}</span>
          </div>
          <div className={cx('overflow-hidden rounded-full bg-pressed', size === 'md' ? 'h-1.5' : 'h-1')}>
            <div className={cx('h-full rounded-full', fills[tone])} style={{ width: `${percentage}%` }} />
          </div>
        </>
      )}
    </AriaMeter>
  );
}
