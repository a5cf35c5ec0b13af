// A one-time code: one real input (paste and autofill work) drawn as boxes.
import { TextField as AriaTextField, Input } from 'react-aria-components';
import { cx } from './cx.ts';
import { FieldHelp, FieldLabel, type FieldProps, fieldClass } from './Field.tsx';

export type OtpFieldProps = Omit<FieldProps, 'size'> & {
  value: string;
  onChange: (value: string) => void;
  length?: number;
  /** Called when the last digit is there. */
  onComplete?: (value: string) => void;
};

export function OtpField({
  label,
  hideLabel,
  description,
  error,
  className,
  value,
  onChange,
  length = 6,
  onComplete,
  ...rest
}: OtpFieldProps) {
  const places = Array.from({ length }, (_, index) => index);
  const change = (next: string) => {
    const digits = next.replace(/\D/g, '').slice(0, length);
    if (digits === value) return;
    onChange(digits);
    if (digits.length === length) onComplete?.(digits);
  };
  return (
    <AriaTextField
      {...rest}
      value={value}
      onChange={change}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={fieldClass(className)}
    >
      <FieldLabel label={label} hideLabel={hideLabel} isRequired={rest.isRequired} />
      <div className="group relative flex w-fit gap-2">
        {places.map((place) => (
          <span
            key={place}
            aria-hidden="true"
            className={cx(
              'tabular grid h-11 w-10 place-items-center rounded-ui border bg-surface text-xl font-semibold',
              error ? 'border-poor' : 'border-line-strong',
              place === Math.min(value.length, length - 1) &&
                'group-focus-within:outline-2 group-focus-within:outline-focus',
            )}
          >
            {value[place] ?? ''}
          </span>
        ))}
        <Input
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={length + 4}
          className="absolute inset-0 w-full cursor-text rounded-ui bg-transparent text-transparent caret-transparent outline-none selection:bg-transparent"
        />
      </div>
      <FieldHelp description={description} error={error} />
    </AriaTextField>
  );
}
