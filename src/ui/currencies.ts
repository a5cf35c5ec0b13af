// Currencies as choices, named by the browser.
const FREQUENT = ['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'CAD', 'AUD', 'SEK'];

export type CurrencyOption = { value: string; label: string; group: string };

/** "USD": "US Dollar". */
export const currencyName = (code: string, locale: string): string =>
  new Intl.DisplayNames([locale, 'en'], { type: 'currency' }).of(code) ?? code;

/** All currencies that the browser can name, the most used first. */
export function currencyOptions(locale: string): CurrencyOption[] {
  const names = new Intl.DisplayNames([locale, 'en'], { type: 'currency' });
  const option = (value: string, group: string) => ({ value, label: `${value} · ${names.of(value) ?? value}`, group });
  const rest = Intl.supportedValuesOf('currency').filter((code) => !FREQUENT.includes(code));
  return [...FREQUENT.map((code) => option(code, 'Frequent')), ...rest.map((code) => option(code, 'All currencies'))];
}
