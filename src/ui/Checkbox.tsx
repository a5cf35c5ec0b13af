// A box to tick, with its label.
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components';
import { cx } from './cx.ts';

export type CheckboxProps = {
  isSelected?: boolean;
  defaultSelected?: boolean;
  isIndeterminate?: boolean;
  onChange?: (isSelected: boolean) => void;
  isDisabled?: boolean;
  isReadOnly?: boolean;
  isInvalid?: boolean;
  name?: string;
  value?: string;
  /** Visible label. Without one give `aria-label`. */
  children?: ReactNode;
  description?: ReactNode;
  'aria-label'?: string;
  slot?: string | null;
  className?: string;
};

/** Frame of a box to tick; add `checkBoxFill`. */
export const checkBoxLook =
  'grid size-4.5 shrink-0 place-items-center rounded-inner border text-on-accent transition-colors';

export function checkBoxFill(isOn: boolean, isInvalid = false): string {
  if (isOn) return 'border-accent bg-accent';
  return isInvalid ? 'border-poor bg-surface' : 'border-line-strong bg-surface';
}

export function Checkbox({ children, description, className, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox
      {...rest}
      className={cx(
        'group inline-flex min-h-6 items-start gap-2 py-0.5 text-base text-ink disabled:text-faint',
        className,
      )}
    >
      {({ isSelected, isIndeterminate, isDisabled, isInvalid, isFocusVisible }) => (
        <>
          <span
            className={cx(
              checkBoxLook,
              checkBoxFill(isSelected || isIndeterminate, isInvalid),
              isDisabled && 'opacity-50',
              isFocusVisible && 'outline-2 outline-offset-2 outline-focus',
            )}
          >
            {isIndeterminate ? (
              <Minus aria-hidden="true" className="size-3.5" strokeWidth={3} />
            ) : isSelected ? (
              <Check aria-hidden="true" className="size-3.5" strokeWidth={3} />
            ) : null}
          </span>
          {children && (
            <span className="min-w-0">
              {children}
              {description && <span className="block text-sm text-muted">{description}</span>}
            </span>
          )}
        </>
      )}
    </AriaCheckbox>
  );
}
