// Numbers as people write them: either decimal mark, thousands marks, signs, brackets, "1.2M". Which mark is the decimal one is
// decided for a whole column.

import type { CurrencySign } from './currencies.ts';
import { currencyOf } from './currencies.ts';

export type DecimalMark = '.' | ',';

/** A number taken apart, its marks not yet interpreted. */
export type NumberParts = {
  /** Digits with the marks `.` and `,` between them; blanks and apostrophes between thousands are gone. */
  core: string;
  /** Blanks or apostrophes stood between thousands. */
  spaced: boolean;
  negative: boolean;
  percent: boolean;
  currency: CurrencySign | null;
  /** 1000 for "k", 1 without such a word. */
  factor: number;
};

const factors: Record<string, number> = {
  k: 1e3,
  tsd: 1e3,
  tausend: 1e3,
  thousand: 1e3,
  thousands: 1e3,
  m: 1e6,
  mm: 1e6,
  mn: 1e6,
  mio: 1e6,
  mill: 1e6,
  million: 1e6,
  millions: 1e6,
  millionen: 1e6,
  millones: 1e6,
  milioni: 1e6,
  milhoes: 1e6,
  miljoen: 1e6,
  b: 1e9,
  bn: 1e9,
  mrd: 1e9,
  md: 1e9,
  billion: 1e9,
  billions: 1e9,
  milliarde: 1e9,
  milliarden: 1e9,
  milliard: 1e9,
  milliards: 1e9,
  miliardi: 1e9,
  lakh: 1e5,
  lakhs: 1e5,
  lac: 1e5,
  crore: 1e7,
  crores: 1e7,
  cr: 1e7,
};

/** 1000 for "k", "Tsd." or "thousand"; null for a word that is no factor. */
export function factorOf(word: string): number | null {
  return factors[word.toLowerCase().replace(/[.\s]/g, '')] ?? null;
}

/** Null when the text is no number. Digits of other scripts are not read. */
export function numberParts(input: string): NumberParts | null {
  // "5,-" and "5.—": no cents, not a minus.
  const text = input.trim().replace(/(?<=\d)[.,]\s?[-–—]{1,2}(?=\D*$)/, '');
  if (text === '' || text.length > 60) return null;
  if (/^-?\d+$/.test(text)) return simple(text);
  const found = /^([^\d]*?)((?:\d[\d.,'’`´ \u00a0\u2009\u202f]*\d|\d)|[.,]\d+)[.,]?([^\d]*)$/u.exec(text);
  if (!found) return scientific(text);
  const before = affix(found[1]!);
  const after = affix(found[3]!);
  if (!before || !after) return null;
  // "K1" is a code, "k€ 1" an amount.
  if (before.factor !== 1 && !before.currency) return null;
  const bracketed = before.opens || after.closes;
  if (before.opens !== after.closes || before.closes || after.opens) return null;
  if (
    (before.factor !== 1 && after.factor !== 1) ||
    (before.currency && after.currency && before.currency.text !== after.currency.text)
  )
    return null;
  if (before.percent) return null;
  const raw = found[2]!;
  const core = raw.replace(/['’`´ \u00a0\u2009\u202f]/gu, '');
  const spaced = core.length !== raw.length;
  if (spaced && !/^\d{1,3}(?:['’`´ \u00a0\u2009\u202f]\d{2,3})*(?:[.,]\d+)?$/u.test(raw)) return null;
  return {
    core,
    spaced,
    negative: bracketed || before.minus || after.minus,
    percent: after.percent,
    currency: before.currency ?? after.currency,
    factor: before.factor * after.factor,
  };
}

function simple(text: string): NumberParts {
  const negative = text.startsWith('-');
  return { core: negative ? text.slice(1) : text, spaced: false, negative, percent: false, currency: null, factor: 1 };
}

function scientific(text: string): NumberParts | null {
  const found = /^([-+]?)(\d)([.,]\d+)?E\+?(-?\d{1,2})$/i.exec(text);
  if (!found) return null;
  const value = Number(`${found[2]}${(found[3] ?? '').replace(',', '.')}E${found[4]}`);
  const core = Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(12).replace(/0+$/, '');
  // More than three decimals, so that the point stays a decimal mark.
  return {
    core: core.includes('.') ? `${core}0000` : core,
    spaced: false,
    negative: found[1] === '-',
    percent: false,
    currency: null,
    factor: 1,
  };
}

type Affix = {
  minus: boolean;
  opens: boolean;
  closes: boolean;
  percent: boolean;
  currency: CurrencySign | null;
  factor: number;
};

const affixes = new Map<string, Affix | null>();

/** A column repeats its signs and units, so each is taken apart once. */
function affix(text: string): Affix | null {
  const known = affixes.get(text);
  if (known !== undefined) return known;
  const read = readAffix(text);
  if (affixes.size < 500 && text.length < 12) affixes.set(text, read);
  return read;
}

/** What stands before or after the digits: signs, brackets, a currency, a factor; anything else makes it no number. */
function readAffix(text: string): Affix | null {
  const result: Affix = { minus: false, opens: false, closes: false, percent: false, currency: null, factor: 1 };
  let rest = text.trim();
  if (rest === '') return result;
  rest = rest.replace(/[()[\]]/g, (bracket) => {
    if (bracket === '(' || bracket === '[') result.opens = true;
    else result.closes = true;
    return ' ';
  });
  const signs = rest.match(/[-−–+]/g) ?? [];
  if (signs.length > 1) return null;
  result.minus = signs.length === 1 && signs[0] !== '+';
  rest = rest.replace(/[-−–+]/, ' ');
  if (rest.includes('%')) {
    result.percent = true;
    rest = rest.replace('%', ' ');
  }
  rest = rest.trim();
  if (rest === '') return result;
  for (const word of rest.split(/\s+/)) {
    const factor = result.factor === 1 ? factorOf(word) : null;
    const currency = result.currency ? null : currencyOf(word);
    if (currency) result.currency = currency;
    else if (factor) result.factor = factor;
    else if (result.factor === 1 && !result.currency) {
      const joined = factorAndCurrency(word);
      if (!joined) return null;
      result.factor = joined.factor;
      result.currency = joined.currency;
    } else return null;
  }
  return result;
}

/** "k€", "T€", "TEUR", "M$", "Mio.€" */
export function factorAndCurrency(word: string): { factor: number; currency: CurrencySign } | null {
  const found =
    /^(?<factor>k|t|tsd\.?|m|mm|mn|mio\.?|mrd\.?|bn|b)(?<sign>\p{Sc}|eur|usd|gbp|chf|sek|nok|dkk|pln)$/iu.exec(word) ??
    /^(?<sign>\p{Sc})(?<factor>k|m|mm|mn|bn|b|['’]?000s?)$/iu.exec(word);
  if (!found?.groups) return null;
  const currency = currencyOf(found.groups.sign!);
  const name = found.groups.factor!.toLowerCase();
  // A lone "t" is a tonne; with a currency it is the German thousand.
  const factor = name === 't' || /000/.test(name) ? 1e3 : factorOf(name);
  return currency && factor ? { factor, currency } : null;
}

export type NumberTally = {
  point: number;
  comma: number;
  /** One mark, three digits behind it: 1.234 or 1,234. */
  openPoint: number;
  openComma: number;
  /** Whole numbers of four digits and more without any mark: in such a column thousands have no mark. */
  bare: number;
  examples: { row: number; text: string }[];
};

export const newNumberTally = (): NumberTally => ({
  point: 0,
  comma: 0,
  openPoint: 0,
  openComma: 0,
  bare: 0,
  examples: [],
});

export function addNumber(tally: NumberTally, parts: NumberParts, text: string, row: number): void {
  const mark = decimalMarkOf(parts);
  if (mark === null) {
    if (parts.core.length > 3 && !parts.spaced) tally.bare++;
  } else if (mark === '.') tally.point++;
  else if (mark === ',') tally.comma++;
  else {
    if (mark === 'open.') tally.openPoint++;
    else tally.openComma++;
    if (tally.examples.length < 5 && !tally.examples.some((example) => example.text === text))
      tally.examples.push({ row, text });
  }
}

/** What a single value proves about the decimal mark. */
function decimalMarkOf({ core, spaced }: NumberParts): DecimalMark | 'open.' | 'open,' | null {
  const point = core.lastIndexOf('.');
  const comma = core.lastIndexOf(',');
  if (point === -1 && comma === -1) return null;
  if (point !== -1 && comma !== -1) return point > comma ? '.' : ',';
  const mark = point === -1 ? ',' : '.';
  const at = Math.max(point, comma);
  // Twice the same mark: it separates thousands, so the other one is the decimal mark.
  if (core.indexOf(mark) !== at) return mark === '.' ? ',' : '.';
  const decimals = core.length - at - 1;
  if (decimals !== 3 || at > 3 || at === 0 || core.startsWith('0') || spaced) return mark;
  return mark === '.' ? 'open.' : 'open,';
}

export type NumberDecision = {
  /** `plain`: no marks at all. `assumed`: taken from the rest of the file. `ask`: only a person can know. */
  status: 'plain' | 'decided' | 'assumed' | 'ask';
  decimal: DecimalMark;
  reason: string;
  examples: string[];
  mixed: boolean;
};

/** `fileMark` is the decimal mark that other columns prove or, less surely, that goes with the delimiter of the file. */
export function decideNumbers(tally: NumberTally, fileMark: DecimalMark | null, proven = true): NumberDecision {
  const examples = tally.examples.map((example) => example.text);
  const open = tally.openPoint + tally.openComma;
  const result = (
    status: NumberDecision['status'],
    decimal: DecimalMark,
    reason: string,
    mixed = false,
  ): NumberDecision => ({
    status,
    decimal,
    reason,
    examples,
    mixed,
  });
  if (tally.point > 0 || tally.comma > 0) {
    const decimal = tally.point >= tally.comma ? '.' : ',';
    const mixed = tally.point > 0 && tally.comma > 0;
    return result(
      'decided',
      decimal,
      mixed
        ? 'Both decimal marks occur; values with one mark are read like most others.'
        : `Values such as those with two decimals show that “${decimal}” is the decimal mark.`,
      mixed,
    );
  }
  if (open === 0) return result('plain', fileMark ?? '.', '');
  if (tally.openPoint > 0 && tally.openComma > 0) {
    return result('ask', '.', 'Numbers such as these can be read in two ways.', true);
  }
  const mark: DecimalMark = tally.openPoint > 0 ? '.' : ',';
  const other: DecimalMark = mark === '.' ? ',' : '.';
  // Beside 12345 without a mark, 1.234 cannot be a thousand and some.
  if (tally.bare > 0)
    return result('assumed', mark, `Larger numbers have no thousands mark, so “${mark}” is the decimal mark.`);
  // Three decimals in every value are rare, so a mere delimiter does not settle that reading.
  if (fileMark && (proven || fileMark === other)) {
    return result(
      'assumed',
      fileMark,
      fileMark === mark
        ? `“${mark}” is the decimal mark elsewhere in the file.`
        : `“${mark}” separates thousands, as the rest of the file shows.`,
    );
  }
  if (mark === ',' && open >= 3)
    return result('assumed', other, '“,” always has three digits behind it, so it separates thousands.');
  return result('ask', other, 'Numbers such as these can be read in two ways.');
}

const onlyDigits = /^\d+$/;

/** The number as plain decimal text, `-1234.5`; null when its marks do not fit. A mark that proves itself counts before the column's. */
export function readNumber(parts: NumberParts, decimal: DecimalMark): string | null {
  // Most numbers are nothing but digits.
  if (parts.factor === 1 && parts.core.charCodeAt(0) > 48 && onlyDigits.test(parts.core))
    return parts.negative ? `-${parts.core}` : parts.core;
  const own = decimalMarkOf(parts);
  const mark = own === '.' || own === ',' ? own : decimal;
  const group = mark === '.' ? ',' : '.';
  const [whole = '', fraction = '', ...more] = parts.core.split(mark);
  if (more.length > 0 || fraction.includes(group)) return null;
  if (whole.includes(group) && !/^\d{1,3}(?:([.,])\d{2,3})*(?:[.,]\d{3})$/.test(whole)) return null;
  const digits = whole.replaceAll(group, '').replace(/^0+(?=\d)/, '') || '0';
  let text = fraction === '' ? digits : `${digits}.${fraction}`;
  if (parts.factor !== 1) text = shifted(text, Math.round(Math.log10(parts.factor)));
  return parts.negative && /[1-9]/.test(text) ? `-${text}` : text;
}

/** Moves the decimal point to the right, exactly. */
export function shifted(text: string, places: number): string {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? text.slice(1) : text).split('.');
  const padded = fraction.padEnd(places, '0');
  const digits = `${whole}${padded.slice(0, places)}`.replace(/^0+(?=\d)/, '');
  const rest = padded.slice(places).replace(/0+$/, '');
  return `${negative ? '-' : ''}${digits}${rest === '' ? '' : `.${rest}`}`;
}
