// Numbers, money, dates and durations as text. Pure: locale and time zone come in as parameters.

/** Money as the API sends it: whole minor units (cents) and an ISO 4217 code. */
export type MoneyValue = { amount: number; currency: string };

export type FormatSettings = { locale: string; timeZone: string };

/** Intl objects are slow to make and lists need thousands of texts, so each is made once. */
function once<T>(make: (locale: string, options: object) => T): (locale: string, options: object) => T {
  const made = new Map<string, T>();
  return (locale, options) => {
    const key = locale + JSON.stringify(options);
    const known = made.get(key);
    if (known) return known;
    const fresh = make(locale, options);
    made.set(key, fresh);
    return fresh;
  };
}

const numberFormat = once((locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));
const dateFormat = once((locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options));
const relativeFormat = once(
  (locale, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options),
);

/** How many minor digits a currency has: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  return numberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Minor units to a decimal number, for display and for number inputs only; never for arithmetic. */
export function toMajor(money: MoneyValue): number {
  return money.amount / 10 ** minorDigits(money.currency);
}

/** A typed decimal to minor units, rounded half away from zero. */
export function toMinor(major: number, currency: string): number {
  // Shifting the point in the text keeps 1.005 what it is; multiplying would make it 100.49999….
  const scaled = Number(`${Math.abs(major)}e${minorDigits(currency)}`);
  return Number.isNaN(scaled) ? 0 : Math.sign(major) * Math.round(scaled);
}

export type MoneyStyle = 'auto' | 'full' | 'whole' | 'compact';

/** `full` shows cents, `whole` none, `compact` 1.2M; `auto` shows cents only below 1,000. */
export function formatMoney(money: MoneyValue, locale: string, style: MoneyStyle = 'auto'): string {
  const major = toMajor(money);
  const base = { style: 'currency', currency: money.currency } as const;
  if (style === 'compact' && Math.abs(major) >= 10_000) {
    return numberFormat(locale, { ...base, notation: 'compact', maximumSignificantDigits: 3 }).format(major);
  }
  const whole =
    style === 'whole' ||
    style === 'compact' ||
    (style === 'auto' && (Math.abs(major) >= 1000 || Number.isInteger(major)));
  return numberFormat(locale, whole ? { ...base, maximumFractionDigits: 0 } : base).format(major);
}

export type NumberStyle = { unit?: string; digits?: number; sign?: boolean; compact?: boolean; percent?: boolean };

/** A plain number; `percent` takes a ratio (0.97 → 97 %), `sign` writes + for gains. */
export function formatNumber(value: number, locale: string, style: NumberStyle = {}): string {
  const options: Intl.NumberFormatOptions = {};
  if (style.percent) options.style = 'percent';
  if (style.compact) options.notation = 'compact';
  if (style.sign) options.signDisplay = 'exceptZero';
  if (style.digits !== undefined) {
    options.minimumFractionDigits = style.digits;
    options.maximumFractionDigits = style.digits;
  } else if (style.percent) options.maximumFractionDigits = 1;
  return numberFormat(locale, options).format(value);
}

export type DateStyle = 'short' | 'medium' | 'long' | 'month' | 'weekday';

const dateStyles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  short: { day: 'numeric', month: 'short' },
  medium: { day: 'numeric', month: 'short', year: 'numeric' },
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'short', year: 'numeric' },
  weekday: { weekday: 'short', day: 'numeric', month: 'short' },
};

/** A calendar date (`YYYY-MM-DD`). It has no time zone: 1 March is 1 March everywhere. */
export function formatDate(isoDate: string, locale: string, style: DateStyle = 'medium'): string {
  return dateFormat(locale, { ...dateStyles[style], timeZone: 'UTC' }).format(
    new Date(`${isoDate.slice(0, 10)}T00:00:00Z`),
  );
}

/** An instant (ISO with zone) in the reader's time zone. */
export function formatInstant(isoInstant: string, settings: FormatSettings, style: DateStyle = 'medium'): string {
  return dateFormat(settings.locale, {
    ...dateStyles[style],
    hour: '2-digit',
    minute: '2-digit',
    timeZone: settings.timeZone,
  }).format(new Date(isoInstant));
}

/** Whole days from one calendar date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round(
    (Date.parse(`${to.slice(0, 10)}T00:00:00Z`) - Date.parse(`${from.slice(0, 10)}T00:00:00Z`)) / 86_400_000,
  );
}

const steps: [limit: number, seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 1, 'second'],
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [7 * 86_400, 86_400, 'day'],
  [60 * 86_400, 7 * 86_400, 'week'],
  [730 * 86_400, 30.44 * 86_400, 'month'],
  [Number.POSITIVE_INFINITY, 365.25 * 86_400, 'year'],
];

/** "3 days ago", "in 2 weeks". Calendar dates count in whole days: "today", "tomorrow". */
export function formatRelative(value: string, now: string, locale: string): string {
  const isDate = value.length === 10;
  // "yesterday" would be wrong for an instant 30 hours ago; it is right for dates.
  const format = relativeFormat(locale, { numeric: isDate ? 'auto' : 'always' });
  if (isDate) {
    const days = daysBetween(now, value);
    if (Math.abs(days) < 14) return format.format(days, 'day');
  }
  const seconds = isDate ? daysBetween(now, value) * 86_400 : (Date.parse(value) - Date.parse(now)) / 1000;
  for (const [limit, size, unit] of steps) {
    if (Math.abs(seconds) < limit) {
      if (unit === 'second') return relativeFormat(locale, { numeric: 'auto' }).format(0, 'second');
      return format.format(Math.trunc(seconds / size), unit);
    }
  }
  return value;
}

/** "2 min 5 s": how long something still takes. */
export function formatDuration(seconds: number): string {
  const total = Math.max(0, Math.round(seconds));
  if (total < 60) return `${total} s`;
  const minutes = Math.floor(total / 60);
  if (minutes < 60) return total % 60 && minutes < 10 ? `${minutes} min ${total % 60} s` : `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** "1.4 MB". */
export function formatBytes(bytes: number, locale: string): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let index = 0;
  while (value >= 1000 && index < units.length - 1) {
    value /= 1000;
    index += 1;
  }
  return `${numberFormat(locale, { maximumFractionDigits: index === 0 ? 0 : 1 }).format(value)} ${units[index]}`;
}
