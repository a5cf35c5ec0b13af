// What the browser knows about the person: a first guess for a new workspace. Pure but for Intl.

/** Currencies of the regions that browsers most often name; anything else starts with the euro. */
const BY_REGION: Record<string, string> = {
  US: 'USD',
  GB: 'GBP',
  CH: 'CHF',
  LI: 'CHF',
  CA: 'CAD',
  AU: 'AUD',
  NZ: 'NZD',
  JP: 'JPY',
  CN: 'CNY',
  IN: 'INR',
  BR: 'BRL',
  MX: 'MXN',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  PL: 'PLN',
  CZ: 'CZK',
  HU: 'HUF',
  RO: 'RON',
  TR: 'TRY',
  IL: 'ILS',
  ZA: 'ZAR',
  SG: 'SGD',
  HK: 'HKD',
  KR: 'KRW',
  AE: 'AED',
  SA: 'SAR',
  TH: 'THB',
  ID: 'IDR',
  MY: 'MYR',
  PH: 'PHP',
  CL: 'CLP',
  CO: 'COP',
  AR: 'ARS',
  UA: 'UAH',
};
const FREQUENT = ['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'CAD', 'AUD', 'SEK'];

/** The currency of a locale's region: `de-CH` gives CHF. */
export function likelyCurrency(locale: string): string {
  const region = new Intl.Locale(locale).maximize().region;
  return BY_REGION[region ?? ''] ?? 'EUR';
}

/** All currencies that the browser can name, the most used first. */
export function currencyOptions(locale: string): { value: string; label: string; group: string }[] {
  const names = new Intl.DisplayNames([locale, 'en'], { type: 'currency' });
  const option = (value: string, group: string) => ({ value, label: `${value} · ${names.of(value) ?? value}`, group });
  const rest = Intl.supportedValuesOf('currency').filter((code) => !FREQUENT.includes(code));
  return [...FREQUENT.map((code) => option(code, 'Frequent')), ...rest.map((code) => option(code, 'All currencies'))];
}
