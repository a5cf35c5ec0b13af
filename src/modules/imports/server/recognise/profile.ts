// One pass over all rows of a table that learns what each column holds: types, date order, decimal mark, currency, uniqueness.

import type { Cell } from '../read/raw.ts';
import { cellText } from '../read/raw.ts';
import type { RowNote, SourceTable } from '../read/table.ts';
import { countryCode } from './countries.ts';
import { isCurrencyCode } from './currencies.ts';
import type { DateDecision, DateTally } from './date-column.ts';
import { addDate, decideDates, newDateTally } from './date-column.ts';
import { spelledOrder } from './dates.ts';
import type { Distinct } from './distinct.ts';
import { detached, newDistinct } from './distinct.ts';
import type { ColumnUnit } from './money.ts';
import { columnUnit } from './money.ts';
import type { DecimalMark, NumberDecision, NumberTally } from './numbers.ts';
import { addNumber, decideNumbers, newNumberTally, numberParts } from './numbers.ts';
import { canonicalSalesforceId } from './salesforce-ids.ts';
import { isCode, isEmail, isNothing, isPhone, isUrl, isUuid, readBoolean, spreadsheetError } from './values.ts';

/** What a column holds, by its content alone. */
export type ContentType =
  | 'blank'
  | 'text'
  | 'longtext'
  | 'choice'
  | 'code'
  | 'integer'
  | 'decimal'
  | 'percent'
  | 'money'
  | 'date'
  | 'boolean'
  | 'email'
  | 'phone'
  | 'url'
  | 'country'
  | 'currency';

const kindNames = [
  'nothing',
  'error',
  'date',
  'email',
  'url',
  'money',
  'percent',
  'integer',
  'decimal',
  'phone',
  'code',
  'text',
] as const;
export type CellKind = (typeof kindNames)[number];
/** Kinds are counted by number, which is much faster than by name in the innermost loop. */
const K = Object.fromEntries(kindNames.map((name, i) => [name, i])) as Record<CellKind, number>;

export type ColumnProfile = {
  index: number;
  header: string;
  unit: ColumnUnit;
  filled: number;
  blank: number;
  kinds: Partial<Record<CellKind, number>>;
  type: ContentType;
  /** 0–1: the share of filled cells that fit the type. */
  typeShare: number;
  /** Exact up to 1,000; above that at least so many. */
  distinct: number;
  /** 0–1: share of the filled cells whose value did not occur before. */
  uniqueShare: number;
  /** The different values, when there are at most 1,000. */
  values: string[] | null;
  examples: string[];
  dates: DateDecision;
  numbers: NumberDecision;
  /** ISO codes and signs that stand with amounts. */
  currencies: string[];
  maxLength: number;
  /** Whole numbers that could be dates: 20260223, days of a spreadsheet, milliseconds. */
  dateNumbers: number;
  /** First three characters of the Salesforce ids in the column. */
  salesforcePrefix: string | null;
};

export type TableProfile = {
  rows: number;
  columns: ColumnProfile[];
  /** The first notes of the reader, and how many there were of each weight. */
  notes: RowNote[];
  skippedRows: number;
  raggedRows: number;
  lastRow: number;
};

type ColumnTally = {
  filled: number;
  blank: number;
  kinds: number[];
  dates: DateTally;
  numbers: NumberTally;
  typedNumbers: number;
  typedBooleans: number;
  distinct: Distinct;
  known: Map<string, number>;
  settled: number;
  currencies: Set<string>;
  maxLength: number;
  lengthSum: number;
  dateNumbers: number;
  prefixes: Map<string, number>;
};

const notesKept = 200;
const knownKept = 500;
const settledAfter = 2_000;

export async function profileTable(
  table: SourceTable,
  options: { signal?: AbortSignal; onProgress?: (bytesRead: number) => void } = {},
): Promise<TableProfile> {
  const tallies = table.header.map(newTally);
  const profile: TableProfile = { rows: 0, columns: [], notes: [], skippedRows: 0, raggedRows: 0, lastRow: 0 };
  for await (const batch of table.rows({ signal: options.signal })) {
    for (const note of batch.notes) {
      if (note.weight === 'skip') profile.skippedRows++;
      if (note.weight === 'reject') profile.raggedRows++;
      if (profile.notes.length < notesKept) profile.notes.push(note);
    }
    profile.rows += batch.rows.length;
    for (let i = 0; i < batch.rows.length; i++) {
      const cells = batch.rows[i]!;
      const row = batch.rowNumbers[i]!;
      for (let c = 0; c < tallies.length; c++) observe(tallies[c]!, cells[c]!, row);
    }
    profile.lastRow = batch.rowNumbers.at(-1) ?? profile.lastRow;
    options.onProgress?.(batch.bytesRead);
  }
  const mark = fileMark(tallies, table.delimiter);
  profile.columns = tallies.map((tally, index) =>
    finish(tally, index, table.header[index]!, table.units[index] ?? '', mark),
  );
  return profile;
}

function newTally(): ColumnTally {
  return {
    filled: 0,
    blank: 0,
    kinds: kindNames.map(() => 0),
    dates: newDateTally(),
    numbers: newNumberTally(),
    typedNumbers: 0,
    typedBooleans: 0,
    distinct: newDistinct(),
    known: new Map(),
    settled: -1,
    currencies: new Set(),
    maxLength: 0,
    lengthSum: 0,
    dateNumbers: 0,
    prefixes: new Map(),
  };
}

function observe(tally: ColumnTally, cell: Cell, row: number): void {
  if (typeof cell !== 'string') {
    observeTyped(tally, cell);
    return;
  }
  if (cell === '') {
    tally.blank++;
    return;
  }
  let kind = tally.settled;
  if (kind === -1 || cell.length < 4 || isDigit(cell.charCodeAt(0))) {
    const short = cell.length <= 60;
    const known = short ? tally.known.get(cell) : undefined;
    if (known === undefined) {
      kind = classify(tally, cell, row);
      // Dates and numbers are weighed each time; everything else is remembered, as columns repeat their values.
      if (short && tally.known.size < knownKept && kind !== K.date && (kind < K.money || kind > K.decimal)) {
        tally.known.set(detached(cell), kind);
      }
    } else kind = known;
  }
  if (kind === K.nothing || kind === K.error) {
    if (kind === K.nothing && cell.trim() === '') tally.blank++;
    else tally.kinds[kind]!++;
    return;
  }
  tally.kinds[kind]!++;
  tally.filled++;
  if (cell.length > tally.maxLength) tally.maxLength = cell.length;
  tally.lengthSum += cell.length;
  tally.distinct.add(cell);
  if (tally.filled === settledAfter) settle(tally);
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Words, addresses and codes need no proof from every value, as dates and numbers do; after many alike the rest is believed. */
function settle(tally: ColumnTally): void {
  for (const kind of ['text', 'email', 'url', 'code'] as const)
    if (tally.kinds[K[kind]]! >= settledAfter * 0.98) tally.settled = K[kind];
}

function observeTyped(tally: ColumnTally, cell: number | boolean): void {
  tally.filled++;
  const text = cellText(cell);
  tally.distinct.add(text);
  tally.maxLength = Math.max(tally.maxLength, text.length);
  if (typeof cell === 'boolean') {
    tally.typedBooleans++;
    tally.kinds[K.text]!++;
  } else {
    tally.typedNumbers++;
    tally.kinds[Number.isInteger(cell) ? K.integer : K.decimal]!++;
    if (Number.isInteger(cell) && isDateNumber(text)) tally.dateNumbers++;
  }
}

/** The cheapest questions first: most cells are words without digits. */
function classify(tally: ColumnTally, cell: string, row: number): number {
  if (cell.length > 80) return cell.length < 300 && isUrl(cell) ? K.url : K.text;
  const text = cell.trim();
  let digits = 0;
  let at = false;
  let dot = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) digits++;
    else if (code === 64) at = true;
    else if (code === 46) dot = true;
  }
  if (text.length <= 20 && isNothing(text)) return K.nothing;
  if (text.charCodeAt(0) === 35 && spreadsheetError.test(text)) return K.error;
  if (at && isEmail(text)) return K.email;
  if (digits === 0) return dot && isUrl(text) ? K.url : K.text;
  if (text.length >= 6 && addDate(tally.dates, text, row)) return K.date;
  const number = numberParts(text);
  if (number) {
    addNumber(tally.numbers, number, text, row);
    if (number.percent) return K.percent;
    if (isDateNumber(text)) tally.dateNumbers++;
    if (number.currency)
      tally.currencies.add(
        number.currency.candidates.length === 1 ? number.currency.candidates[0]! : number.currency.text,
      );
    if (number.currency || number.factor !== 1) return K.money;
    // 0049…, 00123: a number would lose its zeros.
    if (/^0\d/.test(number.core) && !/[.,]/.test(number.core)) return isPhone(text) ? K.phone : K.code;
    return /[.,]/.test(number.core) && !number.spaced ? K.decimal : K.integer;
  }
  if (isPhone(text)) return K.phone;
  if (dot && isUrl(text)) return K.url;
  if (text.length === 18 || text.length === 15) {
    if (canonicalSalesforceId(text)) {
      const prefix = text.slice(0, 3);
      tally.prefixes.set(prefix, (tally.prefixes.get(prefix) ?? 0) + 1);
      return K.code;
    }
  }
  return isCode(text) ? K.code : K.text;
}

/** 20260223; 1700000000000; 46076 as days since 1900, between 1970 and 2060. */
function isDateNumber(text: string): boolean {
  if (text.length === 8) return /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(text);
  if (text.length === 5) return /^[2-5]\d{4}$/.test(text) && Number(text) > 25_569 && Number(text) < 58_440;
  // Seconds or milliseconds since 1970.
  return (text.length === 13 && /^1\d{12}$/.test(text)) || (text.length === 10 && /^1\d{9}$/.test(text));
}

/** The decimal mark that the other columns prove; else the one that goes with the delimiter. */
function fileMark(tallies: ColumnTally[], delimiter: string | null): { mark: DecimalMark | null; proven: boolean } {
  let point = 0;
  let comma = 0;
  for (const { numbers } of tallies) {
    if (numbers.point > numbers.comma) point++;
    if (numbers.comma > numbers.point) comma++;
  }
  if (point !== comma && (point === 0 || comma === 0)) return { mark: point > 0 ? '.' : ',', proven: true };
  return { mark: delimiter === ';' ? ',' : delimiter === ',' ? '.' : null, proven: false };
}

function finish(
  tally: ColumnTally,
  index: number,
  header: string,
  units: string,
  mark: { mark: DecimalMark | null; proven: boolean },
): ColumnProfile {
  const { type, share } = contentType(tally);
  const numbers = decideNumbers(tally.numbers, mark.mark, mark.proven);
  const values = tally.distinct.values();
  const [prefix, times] = [...tally.prefixes].sort((a, b) => b[1] - a[1])[0] ?? [null, 0];
  return {
    index,
    header,
    unit: columnUnit(header, units),
    filled: tally.filled,
    blank: tally.blank + tally.kinds[K.nothing]! + tally.kinds[K.error]!,
    kinds: Object.fromEntries(
      kindNames.map((name, i) => [name, tally.kinds[i]!] as const).filter(([, count]) => count > 0),
    ),
    type,
    typeShare: share,
    distinct: tally.distinct.count(),
    uniqueShare: tally.distinct.share(),
    values,
    examples: tally.distinct.first(),
    dates: decideDates(tally.dates, spelledOrder(units) ?? spelledOrder(header)),
    numbers,
    currencies: [...tally.currencies],
    maxLength: tally.maxLength,
    dateNumbers: tally.dateNumbers,
    salesforcePrefix: prefix !== null && times >= tally.filled * 0.8 ? prefix : null,
  };
}

function contentType(tally: ColumnTally): { type: ContentType; share: number } {
  const { kinds, filled } = tally;
  if (filled === 0) return { type: 'blank', share: 1 };
  const share = (...some: CellKind[]): number => some.reduce((sum, kind) => sum + kinds[K[kind]]!, 0) / filled;
  const values = tally.distinct.values();
  if (tally.typedBooleans === filled) return { type: 'boolean', share: 1 };
  if (values && values.length <= 6) {
    const read = values.map((value) => readBoolean(value));
    // A column of nothing but ones, or of 1 and 2, is a number.
    const onlyDigits = values.every((value) => /^\d$/.test(value.trim()));
    if (read.every((one) => one !== null) && (!onlyDigits || values.length === 2)) return { type: 'boolean', share: 1 };
  }
  if (share('date') >= 0.6) return { type: 'date', share: share('date') };
  if (share('email') >= 0.6) return { type: 'email', share: share('email') };
  if (share('url') >= 0.6) return { type: 'url', share: share('url') };
  const numeric = share('integer', 'decimal', 'money', 'percent');
  if (numeric >= 0.8) {
    if (share('percent') >= 0.5) return { type: 'percent', share: numeric };
    if (share('money') >= 0.3) return { type: 'money', share: numeric };
    return kinds[K.decimal]! > 0 ? { type: 'decimal', share: numeric } : { type: 'integer', share: numeric };
  }
  if (share('phone', 'integer') >= 0.6 && kinds[K.phone]! > 0 && share('phone') >= 0.3)
    return { type: 'phone', share: share('phone', 'integer') };
  if (values && values.length > 0) {
    const countries = values.filter((value) => countryCode(value) !== null).length / values.length;
    if (countries >= 0.7) return { type: 'country', share: countries };
    if (values.every((value) => isCurrencyCode(value.trim()))) return { type: 'currency', share: 1 };
  }
  if (share('code', 'integer') >= 0.9 || (tally.maxLength === 36 && isUuid(tally.distinct.first()[0] ?? '')))
    return { type: 'code', share: share('code', 'integer') };
  if (tally.maxLength > 255 || tally.lengthSum / filled > 80) return { type: 'longtext', share: 1 };
  if (values && values.length <= 40 && filled >= 10 && values.length <= filled * 0.3)
    return { type: 'choice', share: 1 };
  return { type: 'text', share: 1 };
}
