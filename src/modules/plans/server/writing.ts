/** Numbers, dates and money in the reader's own way of writing, for the printed plan. */
import type { Money } from '../../../kernel/contract/shapes.ts';

export interface PageSettings {
  readonly locale: string;
  readonly timeZone: string;
  /** Instant (ISO, with zone). */
  readonly generatedAt: string;
}

const WIDE = /\p{Script=Han}|\p{Script=Hangul}/u;

/** Numbers, dates and money as the reader writes them; an unknown locale or zone falls back to English and UTC. */
export function writing({ locale, timeZone, generatedAt }: PageSettings) {
  const tag = known(() => Intl.NumberFormat.supportedLocalesOf([locale])[0]) ?? 'en';
  const zone = known(() => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone) ?? 'UTC';
  const { language, region } = new Intl.Locale(tag);
  const dateFormat = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' });
  const date = (day: string) => dateFormat.format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
  const now = new Date(generatedAt);
  return {
    language: { code: language, region: region && /^[A-Z]{2}$/.test(region) ? region : null },
    /** Year, month, day, hour and minute in UTC, as the metadata of a PDF wants them. */
    stamp: [now.getUTCFullYear(), now.getUTCMonth() + 1, now.getUTCDate(), now.getUTCHours(), now.getUTCMinutes()],
    instant: new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(now),
    date,
    dateOr: (day: string | null, otherwise: string) => (day === null ? otherwise : date(day)),
    percent: (share: number) => new Intl.NumberFormat(tag, { style: 'percent' }).format(share),
    uplift: (percent: number) =>
      new Intl.NumberFormat(tag, { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 1 }).format(
        percent / 100,
      ),
    money: ({ amount, currency }: Money) => {
      const format = new Intl.NumberFormat(tag, { style: 'currency', currency });
      const major = amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
      if (Math.abs(major) < 10_000) return format.format(major);
      const compact = new Intl.NumberFormat(tag, {
        style: 'currency',
        currency,
        notation: 'compact',
        maximumFractionDigits: 2,
        minimumFractionDigits: 0,
      }).format(major);
      // Units such as 万 need a font that a bare server may lack; whole numbers are read everywhere.
      if (!WIDE.test(compact)) return compact;
      return new Intl.NumberFormat(tag, { style: 'currency', currency, maximumFractionDigits: 0 }).format(major);
    },
  };
}

/** What Intl makes of a setting, or nothing where it does not know it (it throws then). */
function known(ask: () => string | undefined): string | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
