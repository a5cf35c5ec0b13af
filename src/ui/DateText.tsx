// A calendar date or an instant as text, in the reader's locale and zone.
import { cx } from './cx.ts';
import { type DateStyle, formatDate, formatInstant, formatRelative } from './format.ts';
import { Missing } from './Money.tsx';
import { useFormatSettings } from './uiContext.ts';

export type DateTextProps = {
  /** `YYYY-MM-DD` or an ISO instant. */
  value: string | null | undefined;
  style?: DateStyle;
  /** Adds "in 3 weeks" behind the date, counted from this day (`YYYY-MM-DD`) or instant. */
  relativeTo?: string;
  className?: string;
};

export function DateText({ value, style, relativeTo, className }: DateTextProps) {
  const settings = useFormatSettings();
  if (!value) return <Missing label="No date" />;
  const text = value.length === 10 ? formatDate(value, settings.locale, style) : formatInstant(value, settings, style);
  return (
    <time dateTime={value} className={cx('tabular whitespace-nowrap', className)}>
      {text}
      {relativeTo && <span className="text-muted"> · {formatRelative(value, relativeTo, settings.locale)}</span>}
    </time>
  );
}
