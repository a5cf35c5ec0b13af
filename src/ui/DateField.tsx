// A calendar date typed part by part. ISO text in and out. Import by path.
import { type CalendarDate, parseDate } from '@internationalized/date';
import { DateField as AriaDateField, DateInput, DateSegment } from 'react-aria-components';
import { cx } from './cx.ts';
import { FieldHelp, FieldLabel, type FieldProps, fieldClass } from './Field.tsx';
import { controlBox, controlHeight, controlHeightSmall } from './styles.ts';

export type DateFieldProps = FieldProps & {
  /** `YYYY-MM-DD`. */
  value: string | null;
  onChange: (value: string | null) => void;
  onBlur?: () => void;
  minValue?: string;
  maxValue?: string;
};

/** '' and broken text count as no date. */
export function toCalendarDate(value: string | null | undefined): CalendarDate | null {
  if (!value) return null;
  try {
    return parseDate(value.slice(0, 10));
  } catch {
    return null;
  }
}

export const dateSegment =
  'tabular rounded-inner px-0.5 text-ink outline-none placeholder-shown:text-faint focus:bg-accent focus:text-on-accent data-[type=literal]:px-0 data-[type=literal]:text-faint disabled:text-faint';

export function DateField({
  label,
  hideLabel,
  description,
  error,
  size = 'md',
  className,
  value,
  onChange,
  minValue,
  maxValue,
  ...rest
}: DateFieldProps) {
  return (
    <AriaDateField
      {...rest}
      value={toCalendarDate(value)}
      onChange={(next) => onChange(next?.toString() ?? null)}
      minValue={toCalendarDate(minValue)}
      maxValue={toCalendarDate(maxValue)}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      shouldForceLeadingZeros
      className={fieldClass(className)}
    >
      <FieldLabel label={label} hideLabel={hideLabel} isRequired={rest.isRequired} />
      <DateInput className={cx(controlBox, 'px-2.5', size === 'sm' ? controlHeightSmall : controlHeight)}>
        {(segment) => <DateSegment segment={segment} className={dateSegment} />}
      </DateInput>
      <FieldHelp description={description} error={error} />
    </AriaDateField>
  );
}
