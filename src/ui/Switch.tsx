// On or off, at once.
import type { ReactNode } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components';
import { cx } from './cx.ts';

export type SwitchProps = {
  label: string;
  description?: ReactNode;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  isDisabled?: boolean;
  hideLabel?: boolean;
  /** `end` puts the switch at the far end of the line: for settings. */
  side?: 'start' | 'end';
  className?: string;
};

export function Switch({
  label,
  description,
  isSelected,
  onChange,
  isDisabled,
  hideLabel = false,
  side = 'start',
  className,
}: SwitchProps) {
  return (
    <AriaSwitch
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
      aria-label={hideLabel ? label : undefined}
      className={cx(
        'flex min-h-6 items-start gap-2.5 text-base text-ink disabled:text-faint',
        side === 'end' && 'flex-row-reverse justify-between',
        className,
      )}
    >
      {({ isFocusVisible }) => (
        <>
          <span
            className={cx(
              'mt-0.25 flex h-5 w-8.5 shrink-0 items-center rounded-full p-0.5 transition-colors',
              isSelected ? 'bg-accent' : 'bg-line-strong',
              isDisabled && 'opacity-50',
              isFocusVisible && 'outline-2 outline-offset-2 outline-focus',
            )}
          >
            <span
              className={cx(
                'size-4 rounded-full bg-white shadow-card transition-transform',
                isSelected && 'translate-x-3.5',
              )}
            />
          </span>
          {!hideLabel && (
            <span className="min-w-0">
              {label}
              {description && <span className="block text-sm text-muted">{description}</span>}
            </span>
          )}
        </>
      )}
    </AriaSwitch>
  );
}
