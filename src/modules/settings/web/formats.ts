// Languages, zones and months as choices, each with what it looks like. Pure but for Intl.
import { formatDate, formatMoney } from '../../../ui/format.ts';

/** Ways to write dates and numbers; any other tag is taken too, where a workspace has it already. */
const LOCALES = [
  'en-GB',
  'en-US',
  'en-IE',
  'en-CA',
  'en-AU',
  'en-IN',
  'en-ZA',
  'de-DE',
  'de-AT',
  'de-CH',
  'fr-FR',
  'fr-BE',
  'fr-CA',
  'fr-CH',
  'it-IT',
  'es-ES',
  'es-MX',
  'pt-PT',
  'pt-BR',
  'nl-NL',
  'nl-BE',
  'da-DK',
  'sv-SE',
  'nb-NO',
  'fi-FI',
  'is-IS',
  'pl-PL',
  'cs-CZ',
  'sk-SK',
  'hu-HU',
  'ro-RO',
  'bg-BG',
  'hr-HR',
  'sl-SI',
  'et-EE',
  'lv-LV',
  'lt-LT',
  'el-GR',
  'tr-TR',
  'uk-UA',
  'he-IL',
  'ar-AE',
  'hi-IN',
  'id-ID',
  'vi-VN',
  'th-TH',
  'ja-JP',
  'ko-KR',
  'zh-CN',
  'zh-TW',
];

/** What a date and an amount look like there. */
export const sampleOf = (locale: string, day: string, currency: string): string =>
  `${formatDate(day, locale)} · ${formatMoney({ amount: 123_456_789, currency }, locale, 'full')}`;

/** The languages to choose from, by their names; a workspace's own first where it is a rare one. */
export function localeNames(current: string, readerLocale: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([readerLocale, 'en'], { type: 'language' });
  return (LOCALES.includes(current) ? LOCALES : [current, ...LOCALES]).map((locale) => ({
    value: locale,
    label: names.of(locale) ?? locale,
  }));
}

export const zoneLabel = (zone: string): string => zone.replaceAll('_', ' ');
/** Every zone that the browser knows, and `current` where it is another name. */
export function zoneNames(current: string): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return [...new Set([...known, 'UTC', current])].sort();
}

/** "GMT+1 · 14:05 now". */
export function zoneNow(zone: string, now: Date, locale: string): string {
  const offset = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' })
    .formatToParts(now)
    .find((part) => part.type === 'timeZoneName')?.value;
  const time = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(now);
  return `${offset ?? ''} · ${time} now`;
}

export const monthOptions = (locale: string) =>
  Array.from({ length: 12 }, (_, index) => ({
    value: String(index + 1),
    label: new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, index, 15)),
  }));

/** First and last day of the fiscal year that holds `day`. */
export function fiscalYearOf(day: string, startMonth: number): { from: string; to: string } {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const first = month >= startMonth ? year : year - 1;
  return { from: isoDay(first, startMonth - 1, 1), to: isoDay(first + 1, startMonth - 1, 0) };
}

const isoDay = (year: number, month: number, date: number): string =>
  new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);
