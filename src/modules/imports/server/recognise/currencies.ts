// Signs and codes of currencies, and which of them could mean several.

export type CurrencySign = {
  text: string;
  /** The currencies it can stand for; one when it is sure, the likeliest first. */
  candidates: string[];
};

const codes = new Set(Intl.supportedValuesOf('currency'));

const signs: Record<string, string[]> = {
  '€': ['EUR'],
  euro: ['EUR'],
  euros: ['EUR'],
  '£': ['GBP'],
  $: [
    'USD',
    'CAD',
    'AUD',
    'NZD',
    'SGD',
    'HKD',
    'MXN',
    'ARS',
    'CLP',
    'COP',
    'TWD',
    'NAD',
    'BBD',
    'BMD',
    'BSD',
    'BZD',
    'FJD',
    'JMD',
    'LRD',
    'TTD',
    'UYU',
  ],
  us$: ['USD'],
  $us: ['USD'],
  u$s: ['USD'],
  dollar: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD'],
  dollars: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD'],
  c$: ['CAD'],
  ca$: ['CAD'],
  cdn$: ['CAD'],
  a$: ['AUD'],
  au$: ['AUD'],
  nz$: ['NZD'],
  s$: ['SGD'],
  hk$: ['HKD'],
  nt$: ['TWD'],
  mx$: ['MXN'],
  r$: ['BRL'],
  '¥': ['JPY', 'CNY'],
  '￥': ['JPY', 'CNY'],
  円: ['JPY'],
  元: ['CNY'],
  rmb: ['CNY'],
  'cn¥': ['CNY'],
  'jp¥': ['JPY'],
  '₩': ['KRW'],
  '₹': ['INR'],
  rs: ['INR', 'PKR', 'LKR', 'NPR', 'MUR'],
  'rs.': ['INR', 'PKR', 'LKR', 'NPR', 'MUR'],
  '₽': ['RUB'],
  руб: ['RUB'],
  'руб.': ['RUB'],
  '₺': ['TRY'],
  tl: ['TRY'],
  '₴': ['UAH'],
  '₪': ['ILS'],
  '฿': ['THB'],
  '₫': ['VND'],
  '₱': ['PHP'],
  '₦': ['NGN'],
  '₡': ['CRC'],
  zł: ['PLN'],
  zl: ['PLN'],
  kč: ['CZK'],
  kc: ['CZK'],
  ft: ['HUF'],
  lei: ['RON'],
  лв: ['BGN'],
  'лв.': ['BGN'],
  kr: ['SEK', 'NOK', 'DKK', 'ISK'],
  'kr.': ['DKK', 'SEK', 'NOK', 'ISK'],
  fr: ['CHF'],
  'fr.': ['CHF'],
  sfr: ['CHF'],
  'sfr.': ['CHF'],
  r: ['ZAR'],
  rm: ['MYR'],
  rp: ['IDR'],
};

/** Null when the text is no sign, word or ISO code of a currency. */
export function currencyOf(text: string): CurrencySign | null {
  const bare = text.trim();
  const code = bare.toUpperCase();
  if (/^[A-Za-z]{3}$/.test(bare) && codes.has(code)) return { text: code, candidates: [code] };
  const candidates = signs[bare.toLowerCase()];
  return candidates ? { text: bare, candidates } : null;
}

export const isCurrencyCode = (text: string): boolean => /^[A-Z]{3}$/.test(text) && codes.has(text);

const digitsByCode = new Map<string, number>();

/** How many decimals a currency has: 2 for EUR, 0 for JPY, 3 for KWD. */
export function currencyDecimals(code: string): number {
  let digits = digitsByCode.get(code);
  if (digits === undefined) {
    digits =
      new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits ?? 2;
    digitsByCode.set(code, digits);
  }
  return digits;
}
