// Money text to an amount in the smallest unit of its currency, exactly; a sign that many currencies share is flagged.

import type { CurrencySign } from './currencies.ts';
import { currencyDecimals, currencyOf } from './currencies.ts';
import type { DecimalMark } from './numbers.ts';
import { factorAndCurrency, factorOf, numberParts, readNumber, shifted } from './numbers.ts';

export type ReadMoney = {
  amountMinor: number;
  currency: string;
  /** The currency was not written with the amount, or its sign has several meanings. */
  assumed: boolean;
};

export type MoneySettings = {
  decimal: DecimalMark;
  /** Currency and factor that the column's name or units row gives: "Revenue (k€)". */
  column: ColumnUnit;
  /** The currency that another cell of the row names. */
  rowCurrency: string | null;
  workspaceCurrency: string;
};

export type MoneyProblem = 'not_a_number' | 'too_large' | 'percent';

export function readMoney(text: string, settings: MoneySettings): ReadMoney | MoneyProblem {
  const parts = numberParts(text);
  if (!parts) return 'not_a_number';
  if (parts.percent) return 'percent';
  const plain = readNumber(parts, settings.decimal);
  if (plain === null) return 'not_a_number';
  const factor = parts.factor === 1 ? settings.column.factor : 1;
  const chosen = chooseCurrency(parts.currency, settings);
  const amountMinor = settings.column.minor
    ? wholeOf(plain, 0)
    : toMinor(factor === 1 ? plain : shifted(plain, Math.round(Math.log10(factor))), chosen.currency);
  return amountMinor === null ? 'too_large' : { amountMinor, ...chosen };
}

function chooseCurrency(sign: CurrencySign | null, settings: MoneySettings): { currency: string; assumed: boolean } {
  if (sign?.candidates.length === 1) return { currency: sign.candidates[0]!, assumed: false };
  if (settings.rowCurrency && (!sign || sign.candidates.includes(settings.rowCurrency))) {
    return { currency: settings.rowCurrency, assumed: false };
  }
  const named = settings.column.currency;
  if (named?.candidates.length === 1 && (!sign || sign.candidates.includes(named.candidates[0]!))) {
    return { currency: named.candidates[0]!, assumed: false };
  }
  const possible = sign?.candidates ?? named?.candidates;
  if (!possible || possible.includes(settings.workspaceCurrency))
    return { currency: settings.workspaceCurrency, assumed: true };
  return { currency: possible[0]!, assumed: true };
}

/** `1234.5` EUR → 123450. Digits beyond the smallest unit are rounded half away from zero. Null beyond what a number holds exactly. */
export const toMinor = (plain: string, currency: string): number | null => wholeOf(plain, currencyDecimals(currency));

function wholeOf(plain: string, decimals: number): number | null {
  const negative = plain.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? plain.slice(1) : plain).split('.');
  const padded = fraction.padEnd(decimals + 1, '0');
  // Up to fifteen digits a number is exact by itself.
  if (whole.length + decimals < 15) {
    const amount = Number(whole + padded.slice(0, decimals)) + (padded.charCodeAt(decimals) >= 53 ? 1 : 0);
    return negative && amount > 0 ? -amount : amount;
  }
  let minor = BigInt(whole + padded.slice(0, decimals));
  if (padded.charCodeAt(decimals) >= 53) minor += 1n;
  if (minor > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  return negative && minor > 0n ? -Number(minor) : Number(minor);
}

export type ColumnUnit = {
  currency: CurrencySign | null;
  factor: number;
  /** The amounts count the smallest unit: "mrr_in_cents". Of yen that is the yen. */
  minor?: boolean;
};
const smallest = /(^|[\s_([])(in[\s_])?(cents?|pence|centimes|centavos|rappen|minor([\s_]units?)?)[)\]]?$/i;

/** What the name of a column or the cell below it says of its unit: "Umsatz (TEUR)", "Revenue in Mio. €", "refund_amount_usd". */
export function columnUnit(name: string, units = ''): ColumnUnit {
  const result: ColumnUnit = { currency: null, factor: 1 };
  const bracketed = [...name.matchAll(/[([]([^)\]]*)[)\]]/g)].map((found) => found[1]!);
  const after = /\bin\s+(.{1,30})$/i.exec(name.replace(/[()[\]]/g, ' '))?.[1] ?? '';
  const clear = [units, after, ...bracketed].join(' ').split(/[\s,/]+/);
  for (const word of clear) {
    const bare = word.replace(/^[^\p{L}\p{N}\p{Sc}]+|[^\p{L}\p{N}\p{Sc}.]+$/gu, '');
    if (bare === '') continue;
    const joined = factorAndCurrency(bare);
    const factor = /^['’]?0{3}s?$/.test(bare) ? 1e3 : bare.length > 1 || /^[kM]$/.test(bare) ? factorOf(bare) : null;
    if (joined) {
      result.currency ??= joined.currency;
      if (result.factor === 1) result.factor = joined.factor;
    } else if (factor) {
      if (result.factor === 1) result.factor = factor;
    } else result.currency ??= clearCurrency(bare);
  }
  if (!result.currency) {
    for (const word of name.split(/[\s_()[\].,/-]+/)) {
      const joined = factorAndCurrency(word);
      if (joined && /^t(eur|€)$|^k(€|eur|usd|\$)$/i.test(word)) {
        result.currency = joined.currency;
        if (result.factor === 1) result.factor = joined.factor;
      } else if (/^[A-Z]{3}$|^[a-z]{3}$|^\p{Sc}$/u.test(word)) result.currency ??= clearCurrency(word);
    }
  }
  if (result.factor === 1 && (smallest.test(name.trim()) || smallest.test(units.trim()))) result.minor = true;
  return result;
}

/** Only codes and signs in use for amounts; a three-letter word that happens to be a rare code is none. */
function clearCurrency(word: string): CurrencySign | null {
  const found = currencyOf(word);
  if (!found) return null;
  return /^\p{Sc}$|\$|€|£|¥/u.test(word) || common.has(found.text.toUpperCase()) ? found : null;
}

const common = new Set(
  'EUR USD GBP CHF JPY CNY SEK NOK DKK PLN CZK HUF RON BGN TRY CAD AUD NZD SGD HKD INR BRL MXN ZAR KRW ILS AED SAR THB MYR IDR PHP VND TWD RUB UAH ISK CLP COP ARS EGP NGN KES MAD KWD QAR'.split(
    ' ',
  ),
);
