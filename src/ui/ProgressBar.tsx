// How far a longer task is: a count and how long it will still take.
import { ProgressBar as AriaProgressBar, Label } from 'react-aria-components';
import { Button } from './Button.tsx';
import { cx } from './cx.ts';
import { formatDuration, formatNumber } from './format.ts';
import { useFormatSettings } from './uiContext.ts';

export type ProgressBarProps = {
  label: string;
  value?: number;
  max?: number;
  /** "rows", "files": what is counted. */
  unit?: string;
  secondsLeft?: number | null;
  isIndeterminate?: boolean;
  onCancel?: () => void;
  hideLabel?: boolean;
  className?: string;
};

export function ProgressBar({
  label,
  value = 0,
  max = 100,
  unit,
  secondsLeft,
  isIndeterminate = false,
  onCancel,
  hideLabel = false,
  className,
}: ProgressBarProps) {
  const { locale } = useFormatSettings();
  const count = unit
    ? `${formatNumber(value, locale)} of ${formatNumber(max, locale)} ${unit}`
    : formatNumber(max === 0 ? 0 : value / max, locale, { percent: true, digits: 0 });
  const text =
    secondsLeft === null || secondsLeft === undefined ? count : `${count}, about ${formatDuration(secondsLeft)} left`;
  return (
    <div className={cx('flex items-end gap-3', className)}>
      <AriaProgressBar
        value={value}
        maxValue={max}
        isIndeterminate={isIndeterminate}
        valueLabel={text}
        className="min-w-0 flex-1"
      >
        {({ percentage }) => (
          <>
            <div className={hideLabel ? 'sr-only' : 'mb-1.5 flex min-h-6 items-center gap-3 text-sm'}>
              <Label className="min-w-0 flex-1 truncate font-medium text-ink">{label}</Label>
              {!isIndeterminate && <span className="tabular text-muted">{text}</span>}
            </div>
            <div className="h-1.5 overflow-hidden rounded-full bg-pressed">
              {isIndeterminate ? (
                <div className="h-full w-1/3 animate-indeterminate rounded-full bg-accent" />
              ) : (
                <div
                  className="h-full rounded-full bg-accent transition-[width]"
                  style={{ width: `${percentage ?? 0}%` }}
                />
              )}
            </div>
          </>
        )}
      </AriaProgressBar>
      {onCancel && (
        <Button size="sm" variant="quiet" className="-mb-2.5" onPress={onCancel} aria-label={`Cancel: ${label}`}>
          Cancel
        </Button>
      )}
    </div>
  );
}
