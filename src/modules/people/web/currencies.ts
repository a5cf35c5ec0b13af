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
/** The currency of a locale's region: `de-CH` gives CHF. */
export function likelyCurrency(locale: string): string {
  const region = new Intl.Locale(locale).maximize().region;
  return BY_REGION[region ?? ''] ?? 'EUR';
}
