// Money of figures for charts: decimal numbers to draw, texts to read.
import type { Figure } from '../../../kernel/contract/metrics.ts';
import { formatMoney, toMajor, toMinor } from '../../../ui/format.ts';

/** The decimal value of a money part, to draw; 0 where it is no money. */
export const drawn = (value: Figure | undefined): number => (value && typeof value === 'object' ? toMajor(value) : 0);

export const moneyTexts = (currency: string, locale: string) => ({
  formatValue: (v: number) => formatMoney({ amount: toMinor(v, currency), currency }, locale, 'whole'),
  formatAxis: (v: number) => formatMoney({ amount: toMinor(v, currency), currency }, locale, 'compact'),
});

/** A number as short as it gets, for narrow screens; the currency stands in the title. */
export const shortText = (locale: string) => (v: number) =>
  new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 }).format(v);
