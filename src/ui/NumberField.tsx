// A number, typed or stepped with the arrow keys.
import { ChevronDown, ChevronUp } from 'lucide-react';
import type { Ref } from 'react';
import { NumberField as AriaNumberField, Button, Group, Input } from 'react-aria-components';
import { cx } from './cx.ts';
import { FieldHelp, FieldLabel, type FieldProps, fieldClass } from './Field.tsx';
import { controlBox, controlHeight, controlHeightSmall, controlInput } from './styles.ts';

export type NumberFieldProps = FieldProps & {
  value: number | null;
  onChange: (value: number | null) => void;
  onBlur?: () => void;
  minValue?: number;
  maxValue?: number;
  step?: number;
  /** Text behind the number: "days", "points". */
  unit?: string;
  /** Digits after the point. */
  digits?: number;
  /** The value is a ratio: 0.15 shows as 15 %. */
  isPercent?: boolean;
  hideStepper?: boolean;
  placeholder?: string;
  inputRef?: Ref<HTMLInputElement>;
};

export function NumberField({
  label,
  hideLabel,
  description,
  error,
  size = 'md',
  className,
  value,
  onChange,
  unit,
  digits,
  isPercent = false,
  hideStepper = false,
  placeholder,
  inputRef,
  ...rest
}: NumberFieldProps) {
  const stepper =
    'grid h-1/2 w-6 place-items-center text-faint hover:bg-hover hover:text-ink disabled:opacity-40 [&_svg]:size-3';
  return (
    <AriaNumberField
      {...rest}
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      formatOptions={{
        style: isPercent ? 'percent' : 'decimal',
        maximumFractionDigits: digits ?? (isPercent ? 1 : 3),
        ...(digits !== undefined && { minimumFractionDigits: digits }),
      }}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={fieldClass(className)}
    >
      <FieldLabel label={label} hideLabel={hideLabel} isRequired={rest.isRequired} />
      <Group className={cx(controlBox, 'overflow-hidden', size === 'sm' ? controlHeightSmall : controlHeight)}>
        <Input
          ref={inputRef}
          placeholder={placeholder}
          className={cx(controlInput, 'tabular text-right', (unit || !hideStepper) && 'pr-2')}
        />
        {unit && <span className={cx('text-muted', hideStepper ? 'pr-3' : 'pr-2')}>{unit}</span>}
        {!hideStepper && (
          <span className="flex h-full flex-col border-l border-line">
            <Button slot="increment" className={stepper}>
              <ChevronUp aria-hidden="true" />
            </Button>
            <Button slot="decrement" className={cx(stepper, 'border-t border-line')}>
              <ChevronDown aria-hidden="true" />
            </Button>
          </span>
        )}
      </Group>
      <FieldHelp description={description} error={error} />
    </AriaNumberField>
  );
}
