// A number between two ends, by drag or arrow keys.
import { Slider as AriaSlider, Label, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import { cx } from './cx.ts';

export type SliderProps = {
  label: string;
  hideLabel?: boolean;
  value: number;
  onChange: (value: number) => void;
  /** When the drag is over: the place for saving. */
  onChangeEnd?: (value: number) => void;
  minValue?: number;
  maxValue?: number;
  step?: number;
  formatValue?: (value: number) => string;
  isDisabled?: boolean;
  className?: string;
};

export function Slider({
  label,
  hideLabel = false,
  value,
  onChange,
  onChangeEnd,
  minValue = 0,
  maxValue = 100,
  step = 1,
  formatValue = String,
  isDisabled,
  className,
}: SliderProps) {
  return (
    <AriaSlider
      value={value}
      onChange={(next) => onChange(Array.isArray(next) ? (next[0] ?? value) : next)}
      onChangeEnd={(next) => onChangeEnd?.(Array.isArray(next) ? (next[0] ?? value) : next)}
      minValue={minValue}
      maxValue={maxValue}
      step={step}
      isDisabled={isDisabled}
      className={cx('flex w-full min-w-0 flex-col gap-1', isDisabled && 'opacity-50', className)}
    >
      <div className={hideLabel ? 'sr-only' : 'flex items-baseline justify-between gap-3 text-sm'}>
        <Label className="min-w-0 truncate font-medium text-ink">{label}</Label>
        <SliderOutput className="tabular text-muted">{formatValue(value)}</SliderOutput>
      </div>
      <SliderTrack className="relative h-6 w-full">
        {({ state }) => (
          <>
            <div className="absolute top-1/2 h-1.5 w-full -translate-y-1/2 rounded-full bg-pressed" />
            <div
              className="absolute top-1/2 h-1.5 -translate-y-1/2 rounded-full bg-accent"
              style={{ width: `${state.getThumbPercent(0) * 100}%` }}
            />
            <SliderThumb
              aria-label={hideLabel ? label : undefined}
              className="top-1/2 size-4.5 rounded-full border-2 border-accent bg-surface shadow-card transition-transform focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-focus dragging:scale-110"
            />
          </>
        )}
      </SliderTrack>
    </AriaSlider>
  );
}
