// Money of figures for charts: decimal numbers to draw, texts to read.
import type { Figure } from '../../../kernel/contract/metrics.ts';
import { formatMoney, toMajor, toMinor } from '../../../ui/format.ts';

/** The decimal value of a money part, to draw; 0 where it is no money. */
export const drawn = (value: Figure | undefined): number => (value && typeof value === 'object' ? toMajor(value) : 0);

export const moneyTexts = (currency: string, locale: string) => ({
  formatValue: (v: number) => formatMoney({ amount: toMinor(v, currency), currency }, locale, 'whole'),
  formatAxis: (v: number) => formatMoney({ amount: toMinor(v, currency), currency }, locale, 'compact'),
});

export const percentText = (value: Figure | undefined, locale: string): string =>
  value === null || value === undefined || typeof value === 'object'
    ? 'not enough data'
    : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(Number(value));
