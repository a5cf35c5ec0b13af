// An amount with its currency. Takes and gives minor units.
import { type Ref, useState } from 'react';
import { NumberField as AriaNumberField, Group, Input } from 'react-aria-components';
import { cx } from './cx.ts';
import { FieldHelp, FieldLabel, type FieldProps, fieldClass } from './Field.tsx';
import { type MoneyValue, minorDigits, toMajor, toMinor } from './format.ts';
import { controlBox, controlHeight, controlHeightSmall, controlInput } from './styles.ts';

export type MoneyFieldProps = FieldProps & {
  value: MoneyValue | null;
  onChange: (value: MoneyValue | null) => void;
  onBlur?: () => void;
  /** ISO codes; the first is the default. One code means that it is fixed. */
  currencies: readonly string[];
  /** Negative amounts are refused by default. */
  allowNegative?: boolean;
  inputRef?: Ref<HTMLInputElement>;
};

export function MoneyField({
  label,
  hideLabel,
  description,
  error,
  size = 'md',
  className,
  value,
  onChange,
  currencies,
  allowNegative = false,
  inputRef,
  ...rest
}: MoneyFieldProps) {
  const [picked, setPicked] = useState<string | null>(null);
  const currency = value?.currency ?? picked ?? currencies[0] ?? 'EUR';
  const digits = minorDigits(currency);
  const all = currencies.includes(currency) ? currencies : [currency, ...currencies];
  const pick = (next: string) => {
    setPicked(next);
    if (value) onChange({ amount: toMinor(toMajor(value), next), currency: next });
  };
  return (
    <AriaNumberField
      {...rest}
      minValue={allowNegative ? undefined : 0}
      value={value ? toMajor(value) : Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : { amount: toMinor(next, currency), currency })}
      formatOptions={{ minimumFractionDigits: digits, maximumFractionDigits: digits }}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={fieldClass(className)}
    >
      <FieldLabel label={label} hideLabel={hideLabel} isRequired={rest.isRequired} />
      <Group className={cx(controlBox, size === 'sm' ? controlHeightSmall : controlHeight)}>
        {all.length === 1 ? (
          <span className="pl-3 text-muted">{currency}</span>
        ) : (
          <select
            aria-label={`${label}: currency`}
            value={currency}
            disabled={rest.isDisabled}
            onChange={(event) => pick(event.target.value)}
            className="h-full rounded-l-ui border-r border-line bg-transparent pr-1 pl-2 text-base text-muted outline-none focus-visible:bg-hover focus-visible:text-ink"
          >
            {all.map((code) => (
              <option key={code}>{code}</option>
            ))}
          </select>
        )}
        <Input ref={inputRef} className={cx(controlInput, 'tabular text-right')} />
      </Group>
      <FieldHelp description={description} error={error} />
    </AriaNumberField>
  );
}
