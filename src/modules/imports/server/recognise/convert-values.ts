// How a single cell is read once its column has a type: each reader gives a value, nothing, or a reason why not.
import { unescapeFormula } from '../../../../kernel/contract/csv-safety.ts';
import type { FieldValue } from '../../../../kernel/server/importing.ts';
import type { Cell } from '../read/raw.ts';
import { cellText } from '../read/raw.ts';
import { currencyOf } from './currencies.ts';
import { readDate } from './dates.ts';
import { durationUnit, readDuration } from './durations.ts';
import { choiceOf, choiceWords } from './mapping.ts';
import { readMoney } from './money.ts';
import { numberParts, readNumber } from './numbers.ts';
import type { PlannedColumn } from './plan.ts';
import { canonicalExternalId } from './salesforce-ids.ts';
import { isNothing, readBoolean, readEmail, spreadsheetError } from './values.ts';

export type Money = { amountMinor: number; currency: string };
export type Value = FieldValue;

export type ReadContext = { workspaceCurrency: string; rowCurrency: string | null; unmark: boolean };

/** `reject` rejects the row; `warn` takes it with `value`. */
export type Unread = { code: string; message: string; weight: 'reject' | 'warn'; value?: Value };

export type Reader = (cell: Cell, context: ReadContext) => Value | Unread;

const reject = (code: string, message: string): Unread => ({ code, message, weight: 'reject' });
const warn = (code: string, message: string, value: Value = null): Unread => ({ code, message, weight: 'warn', value });

/** Control and invisible characters; U+2028 ends a line. */
const isControl = (code: number): boolean =>
  code < 32 || code === 127 || code === 0xfeff || code === 0x200b || code === 0x2028;

function withoutControls(text: string, lines: boolean): string {
  const ended = text.replace(/\r\n?|\u2028/g, '\n');
  let clean = '';
  for (const char of lines ? ended : ended.replace(/\s*[\n\t]\s*/g, ' ')) {
    if (char === '\n' || char === '\t' || !isControl(char.charCodeAt(0))) clean += char;
  }
  return clean;
}

/** Without blanks around it, control characters and the marker of our own export; one line unless `lines`. */
export function cleanText(cell: Cell, unmark: boolean, lines = false): string {
  if (typeof cell !== 'string') return cellText(cell);
  const text = unmark ? unescapeFormula(cell) : cell;
  for (let i = 0; i < text.length; i++) if (isControl(text.charCodeAt(i))) return withoutControls(text, lines).trim();
  return text.trim();
}

export function readers(column: PlannedColumn): Reader {
  const { field, type } = column;
  // Where any word may be somebody's name, only signs stand for "nothing".
  const names =
    field?.role === 'name' ||
    field?.role === 'first-name' ||
    field?.role === 'last-name' ||
    field?.role === 'account' ||
    field?.role === 'parent';
  const strict = names || field?.key === 'country' || field?.key === 'region' || type === 'id';
  const inner = readerOf(column);
  return (cell, context) => {
    if (typeof cell === 'string') {
      if (isNothing(cell, strict)) return null;
      if (cell.charCodeAt(0) === 35 && spreadsheetError.test(cell)) {
        return warn('formula_error', `The spreadsheet shows the error ${cell.trim()} here; it is read as blank.`);
      }
    }
    return inner(cell, context);
  };
}

function readerOf(column: PlannedColumn): Reader {
  switch (column.type) {
    case 'date':
      return (cell, context) => dateValue(cellText(cell), column, context);
    case 'instant':
      return (cell, context) => instantValue(cellText(cell), column, context);
    case 'money':
      return (cell, context) => moneyValue(cell, column, context);
    case 'integer':
      return column.field?.duration
        ? durationReader(column, column.field.duration)
        : (cell) => numberValue(cell, column);
    case 'decimal':
    case 'percent':
      return (cell) => numberValue(cell, column);
    case 'boolean':
      return (cell) =>
        typeof cell === 'boolean'
          ? cell
          : (readBoolean(cellText(cell)) ?? warn('not_boolean', 'This is neither yes nor no; it is left blank.'));
    case 'email':
      return (cell, context) => emailValue(cleanText(cell, context.unmark));
    case 'id':
      return (cell, context) => idValue(cell, column, context);
    case 'currency':
      return (cell) => {
        const sign = currencyOf(cellText(cell));
        return sign?.candidates.length === 1
          ? sign.candidates[0]!
          : warn('not_currency', 'This is no currency code such as EUR; it is left blank.');
      };
    case 'tags':
      return (cell, context) => tagsOf(cleanText(cell, context.unmark, true));
    case 'choice':
      return choiceReader(column);
    default:
      return textReader(column);
  }
}

/** A zone at the end of a time, as minutes east of Greenwich. */
function zoneOf(text: string): number {
  const zone = /:\d{2}(?:[.,]\d+)?\s*([+-])(\d{2}):?(\d{2})\s*$/.exec(text);
  return zone ? (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
}

function instantValue(text: string, column: PlannedColumn, context: ReadContext): Value | Unread {
  const on = dateValue(text, column, context);
  const read = readDate(context.unmark ? unescapeFormula(text) : text, column.order);
  if (typeof on !== 'string' || !read?.time) return on;
  const zone = zoneOf(text);
  const local = `${read.on}T${read.time}Z`;
  return zone === 0 ? local : new Date(Date.parse(local) - zone * 60_000).toISOString();
}

function dateValue(text: string, column: PlannedColumn, context: ReadContext): Value | Unread {
  const read = readDate(context.unmark ? unescapeFormula(text) : text, column.order);
  if (!read) {
    const format =
      column.order === 'dmy'
        ? 'day first'
        : column.order === 'mdy'
          ? 'month first'
          : column.order === 'ymd'
            ? 'year first'
            : null;
    return reject(
      'not_a_date',
      format
        ? `“${short(text)}” is no date when it is read ${format}, as the other dates of the column are.`
        : `“${short(text)}” is no date.`,
    );
  }
  return read.partial
    ? warn('partial_date', `Only a month or year is given; it is read as ${read.on}.`, read.on)
    : read.on;
}

function moneyValue(cell: Cell, column: PlannedColumn, context: ReadContext): Value | Unread {
  const text = cellText(cell);
  const read = readMoney(text, {
    decimal: typeof cell === 'number' ? '.' : column.decimal,
    column: column.unit,
    rowCurrency: context.rowCurrency,
    workspaceCurrency: context.workspaceCurrency,
  });
  if (typeof read === 'object') return { amountMinor: read.amountMinor, currency: read.currency };
  if (read === 'too_large') return reject('too_large', `“${short(text)}” is too large an amount.`);
  return reject(
    'not_money',
    read === 'percent' ? `“${short(text)}” is a percentage, not an amount.` : `“${short(text)}” is no amount of money.`,
  );
}

function numberValue(cell: Cell, column: PlannedColumn): Value | Unread {
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  const text = cellText(cell);
  const parts = numberParts(text);
  const plain = parts && readNumber(parts, typeof cell === 'number' ? '.' : column.decimal);
  if (plain === null) {
    const range = /^(\d+)\s*(?:-|–|to|bis|à|a)\s*\d+|^(\d+)\+$/.exec(text.trim());
    if (column.type === 'integer' && range)
      return warn('range', `A range is read as its lower end.`, Number(range[1] ?? range[2]));
    return reject('not_a_number', `“${short(text)}” is no number.`);
  }
  const value = Number(plain) * (parts!.factor === 1 && column.type !== 'percent' ? column.unit.factor : 1);
  if (column.ofOne && !parts!.percent) return Math.round(value * 1e8) / 1e6;
  if (column.type !== 'integer') return value;
  if (column.target.kind === 'field' && value < 0 && !column.field?.signed)
    return reject('negative', `“${short(text)}” cannot be below zero.`);
  if (!Number.isSafeInteger(Math.round(value))) return reject('too_large', `“${short(text)}” is too large a number.`);
  return Math.round(value);
}

/** "3 months" where days are kept; other words, such as "unbefristet", are left out with a warning. */
function durationReader(column: PlannedColumn, into: 'days' | 'months'): Reader {
  const unit = durationUnit(column.header);
  return (cell, context) => {
    const text = cleanText(cell, context.unmark);
    const plain = numberParts(text);
    if (plain && (unit === null || unit === into)) return numberValue(cell, column);
    const length = readDuration(text, into, unit);
    return length ?? warn('not_a_duration', `“${short(text)}” is no number of ${into}; it is left blank.`);
  };
}

function emailValue(text: string): Value | Unread {
  const read = readEmail(text);
  if (!read) return warn('not_an_email', `“${short(text)}” is no e-mail address; it is left blank.`);
  return read.more
    ? warn('several_emails', 'Several addresses stand here; the first is taken.', read.email)
    : read.email;
}

function idValue(cell: Cell, column: PlannedColumn, context: ReadContext): Value | Unread {
  const text = cleanText(cell, context.unmark);
  if (/^\d[.,]\d+E\+\d+$/i.test(text)) {
    return reject(
      'shortened_id',
      `A spreadsheet has shortened the id to “${text}”. Format the column as text in the source and export it again.`,
    );
  }
  const id = column.salesforce
    ? canonicalExternalId(text)
    : /^\d+\.0+$/.test(text)
      ? text.slice(0, text.indexOf('.'))
      : text;
  const most = column.field?.maxLength ?? 200;
  return id.length > most ? reject('too_long', `The id is longer than ${most} characters.`) : id;
}

function tagsOf(text: string): Value {
  const tags = text
    .replace(/^\[|\]$/g, '')
    .split(/[;,|\n]/)
    .map((tag) => tag.trim().replace(/^["'#]+|["']+$/g, ''))
    .filter((tag) => tag !== '');
  return [...new Set(tags.map((tag) => tag.slice(0, 50)))].slice(0, 30);
}

function choiceReader(column: PlannedColumn): Reader {
  const { field } = column;
  if (!field?.options) return textReader(column);
  const words = choiceWords(field);
  return (cell, context) => {
    const text = cleanText(cell, context.unmark);
    const chosen = choiceOf(words, text);
    if (chosen !== null) return chosen;
    const why = `“${short(text)}” is none of ${field.options!.map((option) => option.value).join(', ')}`;
    return field.required ? reject('unknown_choice', `${why}.`) : warn('unknown_choice', `${why}; it is left blank.`);
  };
}

function textReader(column: PlannedColumn): Reader {
  const lines = column.type === 'longtext';
  const most = column.field?.maxLength ?? (lines ? 20_000 : 2_000);
  const isName = column.field?.role === 'name' || column.field?.role === 'last-name';
  return (cell, context) => {
    const text = cleanText(cell, context.unmark, lines);
    if (text === '') return null;
    if (text.length <= most) return text;
    if (isName) return reject('too_long', `The name is longer than ${most} characters.`);
    return warn(
      'cut',
      `The text is longer than ${most.toLocaleString('en')} characters and is cut.`,
      text.slice(0, most).replace(/[\ud800-\udbff]$/, ''),
    );
  };
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text.trim());
