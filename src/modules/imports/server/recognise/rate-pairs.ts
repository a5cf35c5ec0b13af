// Exchange rates whose two currencies stand not in the rows but above them, in the name of the file, or in the names of columns: the pairs
// of each row are put together in one cell, so that every such list is read alike.

import type { Cell } from '../read/raw.ts';
import { cellText } from '../read/raw.ts';
import type { SourceTable } from '../read/table.ts';
import { isCurrencyCode } from './currencies.ts';
import { headerKey } from './words.ts';

/** The column that is added: "EUR/USD=1.1012 EUR/GBP=0.87". */
export const RATES_OF_PAIRS = 'Rates of pairs';

type Pair = { base: string; quote: string };

// How central banks shorten countries in the names of their series.
const COUNTRIES: Record<string, string> = Object.fromEntries(
  'AL:AUD AU:AUD EU:EUR ER:EUR NZ:NZD ND:NZD UK:GBP GB:GBP BZ:BRL CA:CAD CD:CAD CH:CNY CN:CNY DN:DKK DK:DKK HK:HKD IN:INR JA:JPY JP:JPY JY:JPY KO:KRW MX:MXN MA:MYR NO:NOK NK:NOK SI:SGD SF:ZAR SL:LKR SD:SEK SK:SEK SZ:CHF SF2:CHF TA:TWD TH:THB US:USD'
    .split(' ')
    .map((one) => one.split(':') as [string, string]),
);
// "US $ into Sterling": currencies by their names, the longer ones first.
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^(us|u s|american) ?(dollars?|\$)|^us\$|^dollars? us|^us$/, 'USD'],
  [/^canadian (dollars?|\$)/, 'CAD'],
  [/^australian (dollars?|\$)/, 'AUD'],
  [/^new zealand (dollars?|\$)/, 'NZD'],
  [/^hong kong (dollars?|\$)/, 'HKD'],
  [/^singapore (dollars?|\$)/, 'SGD'],
  [/^(pounds? sterling|sterling|british pounds?|uk pounds?|pounds?|gbp)/, 'GBP'],
  [/^euros?/, 'EUR'],
  [/^(japanese )?yen/, 'JPY'],
  [/^swiss francs?/, 'CHF'],
  [/^swedish kron(a|or)/, 'SEK'],
  [/^norwegian kron(e|er)/, 'NOK'],
  [/^danish kron(e|er)/, 'DKK'],
  [/^polish zlot(y|ych)/, 'PLN'],
  [/^czech korunas?|^czech koruna/, 'CZK'],
  [/^indian rupees?/, 'INR'],
  [/^chinese yuan|^yuan|^renminbi/, 'CNY'],
  [/^south african rand/, 'ZAR'],
  [/^(us )?dollars?|^\$/, 'USD'],
];

function currencyNamed(text: string): string | null {
  const bare = text.trim();
  if (isCurrencyCode(bare.slice(0, 3)) && !/^[A-Z]{3}\p{L}/u.test(bare)) return bare.slice(0, 3);
  const lower = bare
    .toLowerCase()
    .replace(/[^\p{L}\p{N}$£€]+/gu, ' ')
    .trim();
  return NAMES.find(([name]) => name.test(lower))?.[1] ?? null;
}

/** "EUR/USD", "EURUSD=X", "USD per EUR", "Spot exchange rate, US $ into Sterling", "DEXUSEU", "RXI_N.B.CA". Null: no pair. */
export function pairIn(text: string): Pair | null {
  const codes = /(?<![A-Za-z])([A-Z]{3})(?:\s?[/\-_→:]\s?|\s+to\s+|)([A-Z]{3})(?![A-Za-z])/.exec(text);
  if (codes && isCurrencyCode(codes[1]!) && isCurrencyCode(codes[2]!) && codes[1] !== codes[2]) {
    const per = /(?<![A-Za-z])([A-Z]{3})\s+(?:per|je|pro|par|por)\s+1?\s*([A-Z]{3})(?![A-Za-z])/.exec(text);
    return per ? { base: per[2]!, quote: per[1]! } : { base: codes[1]!, quote: codes[2]! };
  }
  const fed = /^RXI(\$US)?_N\.B\.([A-Z]{2})$/.exec(text.trim());
  if (fed && COUNTRIES[fed[2]!])
    return fed[1] ? { base: COUNTRIES[fed[2]!]!, quote: 'USD' } : { base: 'USD', quote: COUNTRIES[fed[2]!]! };
  const fred = /^(?:DEX|EX)(US([A-Z]{2})|([A-Z]{2})US)$/.exec(text.trim());
  const country = fred && COUNTRIES[fred[2] ?? fred[3]!];
  if (country) return fred[2] ? { base: country, quote: 'USD' } : { base: 'USD', quote: country };
  const words =
    /^(?:.*?(?:rates?|kurs)\b[\s,:–-]*)?(.{2,30}?)\s+(?:into|per|against|je|pro)\s+(?:1\s+|one\s+)?(.{2,40})$/i.exec(
      text.trim(),
    );
  const quote = words && currencyNamed(words[1]!);
  const base = words && currencyNamed(words[2]!);
  return quote && base && quote !== base ? { base, quote } : null;
}

/** "Base currency: EUR" and "Quote currency: USD" in lines above the table. */
function statedAbove(titles: readonly string[]): Pair | null {
  for (const title of titles) {
    const pair = pairIn(title);
    if (pair) return pair;
  }
  const named = (what: RegExp): string | null => {
    for (const title of titles) {
      const code = what.exec(title)?.[1];
      if (code && isCurrencyCode(code)) return code;
    }
    return null;
  };
  const base = named(/\b(?:[Bb]ase|[Ff]rom|[Ss]ource)\b.{0,30}?\b([A-Z]{3})\b/);
  const quote = named(/\b(?:[Qq]uoted?|[Tt]o|[Tt]arget|[Cc]ounter|[Tt]erm)\b.{0,30}?\b([A-Z]{3})\b/);
  return base && quote && base !== quote ? { base, quote } : null;
}

const DAY =
  /^(date|day|datum|tag|time period|timeperiod|observation date|end date|rate date|trade date|as of|as of date|period|fecha|data|jour|timestamp|value date)\b/;
const PAIR =
  /^(currency pair|pair|fx pair|ccy pair|symbol|instrument|ticker|wahrungspaar|paire|par|par de divisas|cross)$/;
/** The likeliest first: what a list calls the rate that is meant. */
const RATE = [
  'rate',
  'exchange rate',
  'mid',
  'mid rate',
  'mid price',
  'close',
  'closing price',
  'close mid',
  'last',
  'price',
  'value',
  'average',
  'avg',
  'kurs',
  'wechselkurs',
  'taux',
  'tipo de cambio',
  'cambio',
  'koers',
  'obs value',
  'adj close',
  'interbank rate',
  'schlusskurs',
  'zuletzt',
  'dernier',
  'ultimo',
].map(headerKey);

const amount = /^\s*\d[\d.,]*\s*$/;

/** The same table with one more column, when its rows are rates of pairs that its columns do not name. */
export function withRatesOfPairs(table: SourceTable): SourceTable {
  const keys = table.header.map(headerKey);
  const day = keys.findIndex((key) => DAY.test(key));
  if (day < 0 || table.header.length > 80 || table.header.includes(RATES_OF_PAIRS)) return table;
  const numbers = (column: number): boolean => {
    const filled = table.sample.map((row) => cellText(row[column])).filter((text) => /\d/.test(text));
    return filled.length > 0 && filled.every((text) => amount.test(text));
  };
  const named = table.header.flatMap((name, column) => {
    const pair = column === day ? null : pairIn(name);
    return pair && numbers(column) ? [{ column, pair }] : [];
  });
  const rate = RATE.map((name) => keys.indexOf(name)).find((column) => column >= 0 && numbers(column)) ?? -1;
  const pairColumn = keys.findIndex((key) => PAIR.test(key));
  let read: ((row: readonly Cell[]) => string) | null = null;
  const one = ({ base, quote }: Pair, cell: Cell | undefined): string => {
    const text = cellText(cell).trim();
    return amount.test(text) ? `${base}/${quote}=${text}` : '';
  };
  if (named.length > 0)
    read = (row) =>
      named
        .map(({ column, pair }) => one(pair, row[column]))
        .filter(Boolean)
        .join(' ');
  else if (pairColumn >= 0 && rate >= 0 && table.sample.some((row) => pairIn(cellText(row[pairColumn]))))
    read = (row) => {
      const pair = pairIn(cellText(row[pairColumn]).toUpperCase());
      return pair ? one(pair, row[rate]) : '';
    };
  else if (rate >= 0 && !keys.some((key) => /currency|account|customer|invoice|amount/.test(key))) {
    const bare = table.fileName.replace(/\.\w+$/, '');
    const six = /^[A-Z]{6}(?![A-Z])/.exec(bare.toUpperCase())?.[0] ?? '';
    const pair = statedAbove(table.titles) ?? pairIn(bare) ?? pairIn(six);
    if (pair) read = (row) => one(pair, row[rate]);
  }
  if (!read) return table;
  const cellOf = read;
  return {
    ...table,
    header: [...table.header, RATES_OF_PAIRS],
    units: [...table.units, ''],
    sample: table.sample.map((row) => [...row, cellOf(row)]),
    async *rows(options) {
      for await (const batch of table.rows(options))
        yield { ...batch, rows: batch.rows.map((row) => [...row, cellOf(row)]) };
    },
  };
}
