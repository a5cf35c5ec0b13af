// A calendar date, typed or picked from a month. ISO text in and out. Import by path.
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react';
import {
  DatePicker as AriaDatePicker,
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Popover,
} from 'react-aria-components';
import { cx } from './cx.ts';
import { type DateFieldProps, dateSegment, toCalendarDate } from './DateField.tsx';
import { FieldHelp, FieldLabel, fieldClass } from './Field.tsx';
import { controlBox, controlHeight, controlHeightSmall, floatingPanel } from './styles.ts';

export type DatePickerProps = DateFieldProps;

const arrow =
  'grid size-8 place-items-center rounded-ui text-muted hover:bg-hover hover:text-ink disabled:opacity-40 [&_svg]:size-4';

export function DatePicker({
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
}: DatePickerProps) {
  return (
    <AriaDatePicker
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
      <Group className={cx(controlBox, 'pr-1 pl-2.5', size === 'sm' ? controlHeightSmall : controlHeight)}>
        <DateInput className="flex min-w-0 flex-1 items-center">
          {(segment) => <DateSegment segment={segment} className={dateSegment} />}
        </DateInput>
        <Button className="grid size-7 shrink-0 place-items-center rounded-inner text-muted hover:bg-hover hover:text-ink">
          <CalendarDays aria-hidden="true" className="size-4" />
        </Button>
      </Group>
      <FieldHelp description={description} error={error} />
      <Popover className={cx(floatingPanel, 'p-3')}>
        <Dialog className="outline-none">
          <Calendar>
            <header className="mb-2 flex items-center justify-between">
              <Button slot="previous" className={arrow}>
                <ChevronLeft aria-hidden="true" />
              </Button>
              <Heading className="text-base font-semibold" />
              <Button slot="next" className={arrow}>
                <ChevronRight aria-hidden="true" />
              </Button>
            </header>
            <CalendarGrid weekdayStyle="short" className="border-separate border-spacing-0.5">
              <CalendarGridHeader>
                {(day) => (
                  <CalendarHeaderCell className="size-8 text-xs font-medium text-faint">{day}</CalendarHeaderCell>
                )}
              </CalendarGridHeader>
              <CalendarGridBody>
                {(date) => (
                  <CalendarCell
                    date={date}
                    className={({ isSelected, isOutsideMonth, isDisabled, isToday }) =>
                      cx(
                        'tabular grid size-8 cursor-default place-items-center rounded-ui text-base outline-offset-[-2px]',
                        isOutsideMonth && 'invisible',
                        isDisabled && 'text-faint line-through opacity-60',
                        isSelected ? 'bg-accent font-medium text-on-accent' : !isDisabled && 'hover:bg-hover',
                        isToday && !isSelected && 'font-semibold text-accent-text',
                      )
                    }
                  />
                )}
              </CalendarGridBody>
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </AriaDatePicker>
  );
}
