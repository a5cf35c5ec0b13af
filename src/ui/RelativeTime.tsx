// "3 minutes ago", kept up to date; the exact time on hover.
import { useEffect, useState } from 'react';
import { cx } from './cx.ts';
import { formatDate, formatInstant, formatRelative } from './format.ts';
import { Missing } from './Money.tsx';
import { useFormatSettings } from './uiContext.ts';

export type RelativeTimeProps = {
  /** ISO instant or `YYYY-MM-DD`. */
  value: string | null | undefined;
  className?: string;
};

function localToday(timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(),
  );
}

export function RelativeTime({ value, className }: RelativeTimeProps) {
  const settings = useFormatSettings();
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 60_000);
    return () => clearInterval(timer);
  }, []);
  if (!value) return <Missing label="Never" />;
  const isDate = value.length === 10;
  const now = isDate ? localToday(settings.timeZone) : new Date().toISOString();
  return (
    <time
      dateTime={value}
      title={isDate ? formatDate(value, settings.locale, 'long') : formatInstant(value, settings, 'long')}
      className={cx('whitespace-nowrap', className)}
    >
      {formatRelative(value, now, settings.locale)}
    </time>
  );
}
