// The words of the products pages.
import type { Price, ProductLine } from '../api.ts';

export const BILLING_WORDS: Record<Price['billing'], string> = {
  month: 'a month',
  quarter: 'a quarter',
  half_year: 'a half-year',
  year: 'a year',
  once: 'once',
};
export const KIND_WORDS: Record<ProductLine['kind'], string> = { recurring: 'Recurring', one_off: 'One-off' };
export const kindOptions = (Object.keys(KIND_WORDS) as ProductLine['kind'][]).map((value) => ({
  value,
  label: KIND_WORDS[value],
}));
export const billingOptions = (kind: ProductLine['kind']) =>
  (Object.keys(BILLING_WORDS) as Price['billing'][])
    .filter((b) => (b === 'once') === (kind === 'one_off'))
    .map((value) => ({ value, label: BILLING_WORDS[value] }));

export const currenciesWith = (first: string): string[] => [
  ...new Set([first, 'EUR', 'USD', 'GBP', 'CHF', 'JPY', 'SEK', 'CAD', 'AUD']),
];
