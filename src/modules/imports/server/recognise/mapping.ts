// Which column goes into which field: by name, by synonym, by content; each field and each column at most once, with reasons.

import type { EntityShape, FieldShape, FieldType } from '../../../../kernel/server/importing.ts';
import { areDurations } from './durations.ts';
import type { ColumnProfile } from './profile.ts';
import type { EntityNames, NameForms } from './synonyms.ts';
import { matchName, nameForms } from './synonyms.ts';
import { isCode } from './values.ts';
import { foldText, headerKey, isPlainKey } from './words.ts';

export type ColumnTarget =
  | { kind: 'field'; field: string }
  /** A field of the workspace's own, to be made or found by its name. */
  | { kind: 'custom'; name: string; type: FieldType }
  | { kind: 'ignore' };

export type ColumnMapping = {
  column: number;
  header: string;
  target: ColumnTarget;
  /** 0–1 */
  confidence: number;
  /** In words for the person who checks the mapping. */
  reason: string;
};

/** Below this a column is not put into a field by itself. */
export const mappingThreshold = 0.55;

type Candidate = { column: ColumnProfile; field: FieldShape; score: number; reason: string };

/** One mapping for each column, in the order of the columns. */
export function mapColumns(columns: readonly ColumnProfile[], names: EntityNames): ColumnMapping[] {
  const candidates: Candidate[] = [];
  for (const column of columns) {
    const forms = nameForms(column.header, names.noise);
    for (const fieldNames of names.fields) {
      const candidate = weigh(column, fieldNames, forms);
      if (candidate && candidate.score >= mappingThreshold) candidates.push(candidate);
    }
  }
  candidates.sort((a, b) => b.score - a.score || a.column.index - b.column.index);
  const byColumn = new Map<number, Candidate>();
  const taken = new Set<string>();
  for (const candidate of candidates) {
    if (byColumn.has(candidate.column.index) || taken.has(candidate.field.key)) continue;
    if (candidate.field.another && !inAnotherCurrency(candidate, [...byColumn.values()])) continue;
    byColumn.set(candidate.column.index, candidate);
    taken.add(candidate.field.key);
  }
  for (const [index, { field }] of byColumn) if (field.unless && taken.has(field.unless)) byColumn.delete(index);
  settleNames(byColumn, taken, names.shape);
  settleName(candidates, byColumn, taken);
  // Where the columns say their currencies, one of the row has nothing to say.
  if ([...byColumn.values()].some((one) => one.field.another)) {
    for (const [index, { field }] of byColumn) if (field.role === 'row-currency') byColumn.delete(index);
  } else settleCurrency(columns, byColumn, names.shape);
  return columns.map((column) => {
    const found = byColumn.get(column.index);
    if (!found) return unmapped(column);
    const target: ColumnTarget = { kind: 'field', field: found.field.key };
    return {
      column: column.index,
      header: column.header,
      target,
      confidence: Math.round(Math.min(1, found.score) * 100) / 100,
      reason: found.reason,
    };
  });
}

/** "Price USD" beside "Price EUR": the same field once more, in a currency of its own. */
function inAnotherCurrency({ column, field }: Candidate, found: readonly Candidate[]): boolean {
  const named = (one: ColumnProfile): string | null =>
    one.unit.currency?.candidates[0] ?? (one.currencies.length === 1 ? one.currencies[0]! : null);
  const family = found.filter((one) => one.field.key === field.another || one.field.another === field.another);
  const own = named(column);
  return own !== null && family.length > 0 && family.every((one) => named(one.column) !== own);
}

function weigh(column: ColumnProfile, names: EntityNames['fields'][number], forms: NameForms): Candidate | null {
  const { field } = names;
  const match = matchName(forms, names);
  const fit = contentFit(column, field);
  if (match) {
    const score =
      fit === 'good'
        ? match.score + 0.03
        : fit === 'fair'
          ? match.score
          : fit === 'poor'
            ? match.score * 0.75
            : match.score * 0.4;
    return {
      column,
      field,
      score,
      reason: `${howWords[match.how]}${fit === 'good' && column.type !== 'text' ? `, and it holds ${typeWords[column.type] ?? column.type}` : ''}.`,
    };
  }
  const nameless = /^Column \d+( \(\d+\))?$/.test(column.header);
  if (!nameless || fit !== 'good') return null;
  const byContent = contentOnly(column, field);
  return byContent
    ? {
        column,
        field,
        score: 0.58,
        reason: `The column has no name; it holds ${typeWords[column.type] ?? 'such values'}.`,
      }
    : null;
}

const howWords = {
  name: 'The name is the same',
  synonym: 'The name is another word for it',
  similar: 'The name looks like it',
  contains: 'The name contains it',
};

const typeWords: Record<string, string> = {
  date: 'dates',
  email: 'e-mail addresses',
  phone: 'phone numbers',
  url: 'web addresses',
  money: 'amounts of money',
  integer: 'whole numbers',
  decimal: 'numbers',
  percent: 'percentages',
  boolean: 'yes or no',
  country: 'countries',
  currency: 'currencies',
  code: 'ids',
  choice: 'a few words that repeat',
  longtext: 'long text',
};

function contentOnly(column: ColumnProfile, field: FieldShape): boolean {
  if (field.role === 'owner') return false;
  if (field.type === 'email') return column.type === 'email';
  if (field.type === 'url') return column.type === 'url';
  if (field.type === 'country') return column.type === 'country';
  if (field.role === 'external-id') return column.type === 'code' && column.uniqueShare > 0.97;
  if (field.role === 'name') return column.type === 'text' && column.uniqueShare > 0.8;
  return field.key === 'phone' && column.type === 'phone';
}

type Fit = 'good' | 'fair' | 'poor' | 'none';

const fits: Record<FieldType, { good: string; fair: string; poor: string }> = {
  text: {
    good: 'text|choice|code|country',
    fair: 'integer|phone|url|longtext|currency',
    poor: 'decimal|email|boolean|date|money|percent',
  },
  longtext: { good: 'text|longtext|choice', fair: 'code|integer|url|date', poor: 'decimal|email|boolean|money|phone' },
  id: { good: 'code|integer', fair: 'text|choice|phone', poor: 'decimal|email|country' },
  integer: { good: 'integer', fair: 'decimal', poor: 'money|boolean' },
  decimal: { good: 'decimal|integer', fair: 'money|percent', poor: '' },
  percent: { good: 'percent|decimal|integer', fair: '', poor: '' },
  money: { good: 'money|decimal|integer', fair: '', poor: 'code|boolean' },
  date: { good: 'date', fair: '', poor: '' },
  instant: { good: 'date', fair: '', poor: '' },
  boolean: { good: 'boolean', fair: '', poor: 'choice' },
  email: { good: 'email', fair: '', poor: 'text|url' },
  phone: { good: 'phone', fair: 'integer|code', poor: 'text|choice' },
  url: { good: 'url', fair: 'text', poor: 'code|choice' },
  country: { good: 'country', fair: 'text|choice', poor: 'code' },
  currency: { good: 'currency', fair: '', poor: 'choice|text' },
  choice: { good: '', fair: '', poor: '' },
  tags: { good: 'text|choice', fair: 'code|longtext', poor: '' },
};

function contentFit(column: ColumnProfile, field: FieldShape): Fit {
  if (column.type === 'blank') return 'fair';
  if (field.role === 'external-id' && column.uniqueShare < 0.9) return repeatedKey(column);
  // "R1" is an amount of Rand only where amounts are meant.
  if (field.type === 'id' && column.type === 'money' && column.examples.every((value) => isCode(value.trim())))
    return 'good';
  if (field.type === 'choice') return choiceFit(column, field);
  if ((field.type === 'date' || field.type === 'instant') && column.type === 'integer') {
    const years = column.values?.every((value) => /^(19|20)\d\d$/.test(value)) ?? false;
    return years || column.dateNumbers >= column.filled * 0.9 ? 'good' : 'none';
  }
  if (field.type === 'integer' && column.type === 'boolean') return 'fair';
  if (field.duration && areDurations(column.examples, field.duration)) return 'good';
  // "Customer" with names in it is the name; with numbers in it, as in SAP, the id.
  if (field.role === 'external-id' && (column.type === 'text' || column.type === 'choice')) return 'poor';
  if ((field.role === 'name' || isNameOfAccount(field)) && (column.type === 'code' || column.type === 'integer'))
    return 'fair';
  if (field.few && column.values === null) return 'none';
  const fit = fits[field.type];
  if (fit.good.split('|').includes(column.type)) return 'good';
  if (fit.fair.split('|').includes(column.type)) return 'fair';
  return fit.poor.split('|').includes(column.type) ? 'poor' : 'none';
}

const isNameOfAccount = (field: FieldShape): boolean => field.role === 'account' && field.type === 'text';

/** An id that repeats is the key of a careless list when it is called so, or of another list. */
function repeatedKey(column: ColumnProfile): Fit {
  if (isPlainKey(headerKey(column.header))) return column.filled < 20 || column.uniqueShare >= 0.5 ? 'fair' : 'none';
  return column.filled < 20 || column.uniqueShare >= 0.7 ? 'poor' : 'none';
}

function choiceFit(column: ColumnProfile, field: FieldShape): Fit {
  const words = choiceWords(field);
  const values = column.values ?? column.examples;
  const known = values.filter((value) => choiceOf(words, value) !== null).length;
  if (known === values.length) return 'good';
  return known >= values.length * 0.5 ? 'fair' : 'none';
}

/** The words of a choice field, folded, with what they stand for. */
export function choiceWords(field: FieldShape): Map<string, string> {
  const words = new Map<string, string>();
  for (const option of field.options ?? []) {
    for (const word of [option.value, ...option.words.split('|')]) {
      if (!words.has(choiceKey(word))) words.set(choiceKey(word), option.value);
    }
  }
  return words;
}

export const choiceOf = (words: Map<string, string>, text: string): string | null => words.get(choiceKey(text)) ?? null;

const choiceKey = (text: string): string =>
  foldText(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** "Name" beside "Vorname" is the last name; "Nombre" alone with full names in it is the whole name. */
function settleNames(byColumn: Map<number, Candidate>, taken: Set<string>, shape: EntityShape): void {
  const move = (from: string, to: string, when: (column: ColumnProfile) => boolean): void => {
    const field = shape.fields.find((one) => one.key === to);
    for (const [index, candidate] of byColumn) {
      if (candidate.field.key !== from || !field || taken.has(to) || !when(candidate.column)) continue;
      byColumn.set(index, { ...candidate, field, score: Math.min(candidate.score, 0.9) });
      taken.delete(from);
      taken.add(to);
    }
  };
  const spaced = (column: ColumnProfile): number =>
    column.examples.filter((value) => /\S\s+\S/.test(value.trim())).length / Math.max(1, column.examples.length);
  if (taken.has('firstName') && !taken.has('lastName')) {
    if (taken.has('name')) move('name', 'lastName', (column) => spaced(column) < 0.6);
    else move('firstName', 'name', (column) => spaced(column) >= 0.6);
  } else if (taken.has('lastName') && !taken.has('firstName') && !taken.has('name')) {
    move('lastName', 'name', (column) => spaced(column) >= 0.6);
  }
}

/** A list without names is named by what describes its records, where that may be a name: "Item no., Description, Price". */
function settleName(candidates: readonly Candidate[], byColumn: Map<number, Candidate>, taken: Set<string>): void {
  const named = candidates.find(({ field }) => field.role === 'name');
  if (!named || taken.has(named.field.key)) return;
  if (byColumn.get(named.column.index)?.field.key !== 'description') return;
  byColumn.set(named.column.index, named);
  taken.delete('description');
  taken.add(named.field.key);
}

const currencyWords =
  /(^| )(currency|currencies|ccy|wahrung|waehrung|devise|monnaie|moneda|divisa|valuta|moeda|waluta)( |$)/;

/** "Amount Currency", "Currency of Value", "Account: Currency": the currency of the amounts, called after something. */
function settleCurrency(columns: readonly ColumnProfile[], byColumn: Map<number, Candidate>, shape: EntityShape): void {
  const field = shape.fields.find((one) => one.role === 'row-currency');
  const money = [...byColumn.values()].filter((one) => one.field.type === 'money');
  if (!field || money.length === 0 || [...byColumn.values()].some((one) => one.field === field)) return;
  const open = columns.filter((column) => !byColumn.has(column.index) && column.type === 'currency');
  const called = open.filter((column) => currencyWords.test(headerKey(column.header)));
  const amounts = money.map((one) => headerKey(one.column.header));
  const beside = called.find((column) => {
    const rest = headerKey(column.header).replace(currencyWords, ' ').replace(/ of /, ' ').trim();
    return amounts.some((amount) => amount === rest || amount.endsWith(` ${rest}`) || rest.endsWith(` ${amount}`));
  });
  const column = beside ?? (called.length === 1 ? called[0] : undefined);
  if (column && !beside && money.length === 1) amountBeside(columns, byColumn, column, money[0]!);
  if (column)
    byColumn.set(column.index, { column, field, score: 0.85, reason: 'It holds the currencies of the amounts.' });
}

/** "Original Currency" is not that of "Amount" but of "Original Amount", where there is such a column: that is the amount, then. */
function amountBeside(
  columns: readonly ColumnProfile[],
  byColumn: Map<number, Candidate>,
  currency: ColumnProfile,
  money: Candidate,
): void {
  const rest = headerKey(currency.header).replace(currencyWords, ' ').trim();
  const own = columns.find(
    (column) =>
      rest !== '' &&
      !byColumn.has(column.index) &&
      headerKey(column.header) === `${rest} ${headerKey(money.column.header)}` &&
      fits.money.good.split('|').includes(column.type),
  );
  if (!own) return;
  byColumn.delete(money.column.index);
  byColumn.set(own.index, { ...money, column: own, reason: 'The currency stands beside it.' });
}

const bookkeeping = new Set(
  [
    'system modstamp',
    'row checksum',
    'do not modify row checksum',
    'do not modify modified on',
    'modified on',
    'last modified date',
    'last modified',
    'last modified by id',
    'last modified by',
    'modified time',
    'modified by',
    'modified date',
    'updated at',
    'updated on',
    'update time',
    'created by id',
    'created by',
    'last viewed date',
    'last referenced date',
    'photo url',
    'jigsaw',
    'jigsaw company id',
    'clean status',
    'master record id',
    'record type id',
    'geändert am',
    'zuletzt geändert',
    'letzte änderung',
    'modifié le',
    'fecha de modificación',
    'data di modifica',
  ].map(headerKey),
);

function unmapped(column: ColumnProfile): ColumnMapping {
  const base = { column: column.index, header: column.header };
  if (column.filled === 0)
    return { ...base, target: { kind: 'ignore' }, confidence: 1, reason: 'The column is empty.' };
  if (bookkeeping.has(headerKey(column.header))) {
    return {
      ...base,
      target: { kind: 'ignore' },
      confidence: 0.8,
      reason: 'The other system keeps it for its own bookkeeping.',
    };
  }
  const type = customType(column);
  return {
    ...base,
    target: { kind: 'custom', name: column.header, type },
    confidence: 0.5,
    reason: `No field of ours; as a field of your own it would hold ${typeWords[type] ?? 'text'}.`,
  };
}

/** The type that a field of the workspace's own would get for this column. */
export function customType(column: ColumnProfile): FieldType {
  // "FR40303265045" is a tax number, not francs; numbers as long as "55208129700012" count nothing.
  if (column.type === 'money' && column.examples.every((value) => isCode(value.trim()))) return 'text';
  if (column.type === 'integer' && column.examples.every((value) => /^\d{9,}$/.test(value.trim()))) return 'text';
  const amount = column.type === 'integer' || column.type === 'decimal' || column.type === 'money';
  if (amount && column.typeShare >= 0.98 && (column.unit.currency || column.currencies.length > 0)) return 'money';
  // Tax numbers and the like look like telephones, so the name has to say it.
  if (column.type === 'phone' && !/phone|fon|tel|fax|mobil|handy|móvil|cell/i.test(column.header)) return 'text';
  switch (column.type) {
    case 'blank':
    case 'code':
    case 'currency':
    case 'country':
      return 'text';
    case 'choice':
      return 'choice';
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent':
    case 'date':
    case 'boolean':
    case 'email':
    case 'phone':
    case 'url':
      // One odd word among the values would be lost in a typed field.
      return column.typeShare >= 0.98 ? column.type : 'text';
    default:
      return column.type === 'longtext' ? 'longtext' : 'text';
  }
}
