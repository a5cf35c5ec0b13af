// What the wizard says: words for states, confidence, formats; values of the file in each of their readings. Pure.
import { type FormatSettings, formatDate, formatInstant, formatMoney, formatNumber } from '../../../ui/format.ts';
import type { Option, StatusTone } from '../../../ui/index.ts';
import type { ColumnTarget, ImportColumn, ImportFile, ImportSample, ImportState } from '../api.ts';

export const STATE: Record<ImportState, { label: string; tone: StatusTone }> = {
  analysing: { label: 'Reading', tone: 'info' },
  questions: { label: 'Needs answers', tone: 'watch' },
  ready: { label: 'Ready', tone: 'info' },
  checking: { label: 'Checking', tone: 'info' },
  running: { label: 'Running', tone: 'info' },
  cancelling: { label: 'Stopping', tone: 'watch' },
  cancelled: { label: 'Stopped', tone: 'watch' },
  done: { label: 'Done', tone: 'good' },
  failed: { label: 'Failed', tone: 'poor' },
  undoing: { label: 'Taking back', tone: 'info' },
  undone: { label: 'Taken back', tone: 'neutral' },
};
const AT_WORK: readonly ImportState[] = ['analysing', 'checking', 'running', 'cancelling', 'undoing'];
export const isAtWork = (state: ImportState | undefined): boolean => state !== undefined && AT_WORK.includes(state);

export function confidenceWord(confidence: number): { label: string; tone: StatusTone } {
  if (confidence >= 0.85) return { label: 'Sure', tone: 'good' };
  if (confidence >= 0.6) return { label: 'Likely', tone: 'info' };
  return { label: 'Please check', tone: 'watch' };
}

export const plural = (count: number, one: string, many = `${one}s`): string => (count === 1 ? one : many);

// How a file is read ---------------------------------------------------------

export const DELIMITERS: Option[] = [
  { value: ',', label: 'Comma' },
  { value: ';', label: 'Semicolon' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Vertical bar' },
];
export const delimiterWord = (delimiter: string): string =>
  DELIMITERS.find((d) => d.value === delimiter)?.label.toLowerCase() ?? `“${delimiter}”`;

export const ENCODINGS: Option[] = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'windows-1252', label: 'Windows, Western European' },
  { value: 'iso-8859-15', label: 'ISO, Western European' },
  { value: 'macintosh', label: 'Mac, Western European' },
  { value: 'cp850', label: 'DOS, Western European' },
  { value: 'windows-1250', label: 'Windows, Central European' },
  { value: 'windows-1251', label: 'Windows, Cyrillic' },
  { value: 'koi8-r', label: 'KOI8-R, Cyrillic' },
  { value: 'windows-1253', label: 'Windows, Greek' },
  { value: 'windows-1254', label: 'Windows, Turkish' },
  { value: 'shift_jis', label: 'Shift JIS, Japanese' },
  { value: 'gb18030', label: 'GB 18030, Chinese' },
  { value: 'big5', label: 'Big5, Chinese' },
  { value: 'euc-kr', label: 'EUC-KR, Korean' },
  { value: 'utf-16le', label: 'UTF-16 LE' },
  { value: 'utf-16be', label: 'UTF-16 BE' },
];
export const encodingWord = (encoding: string): string =>
  ENCODINGS.find((e) => e.value === encoding)?.label ?? encoding;

/** "CSV, UTF-8, comma between columns, names in row 1". */
export function readingWords({ reading }: ImportFile): string {
  const parts = [
    reading.kind === 'xlsx' ? 'Excel' : reading.kind === 'csv' ? 'CSV' : '',
    reading.encoding ? encodingWord(reading.encoding) : '',
    reading.delimiter ? `${delimiterWord(reading.delimiter)} between columns` : '',
    reading.sheet ? `sheet “${reading.sheet}”` : '',
    reading.headerRow === null
      ? ''
      : reading.headerRow === 0
        ? 'no column names'
        : `column names in row ${reading.headerRow}`,
  ];
  return parts.filter(Boolean).join(', ');
}

// Columns --------------------------------------------------------------------

/** The kinds of field that a workspace can have; the reader's finer types fall into them. */
export const FIELD_TYPES: Option[] = [
  { value: 'text', label: 'Text' },
  { value: 'decimal', label: 'Number' },
  { value: 'money', label: 'Money' },
  { value: 'date', label: 'Date' },
  { value: 'boolean', label: 'Yes or no' },
  { value: 'choice', label: 'Choice' },
  { value: 'url', label: 'Link' },
];
type CustomType = Extract<ColumnTarget, { kind: 'custom' }>['type'];
export const asFieldType = (type: string): CustomType =>
  type === 'integer' || type === 'percent'
    ? 'decimal'
    : FIELD_TYPES.some((t) => t.value === type)
      ? (type as CustomType)
      : 'text';

const TYPE_WORDS: Record<string, string> = {
  text: 'text',
  longtext: 'long text',
  integer: 'whole numbers',
  decimal: 'numbers',
  percent: 'percentages',
  money: 'amounts',
  date: 'dates',
  boolean: 'yes or no',
  email: 'e-mail addresses',
  phone: 'phone numbers',
  url: 'links',
  country: 'countries',
  currency: 'currencies',
  choice: 'choices',
  code: 'codes',
};
export const typeWord = (type: string): string => TYPE_WORDS[type] ?? type;

/** A target as one text, for a select. */
export const targetKey = (target: ColumnTarget): string =>
  target.kind === 'field' ? `field:${target.field}` : target.kind;

export const needsLook = (column: ImportColumn): boolean =>
  column.filled > 0 && column.target.kind !== 'ignore' && column.confidence < 0.6;

/** The field that a column goes to, in words. */
export function targetWord(file: ImportFile, column: ImportColumn): string {
  const { target } = column;
  if (target.kind === 'ignore') return 'Not imported';
  if (target.kind === 'custom') return target.name;
  return file.fields.find((f) => f.key === target.field)?.label ?? ownIdWord(target.field);
}
export const ownIdWord = (field: string): string =>
  field.startsWith('externalId:') ? `Id in ${field.slice(11)}` : 'OpenKAM id';

// Questions ------------------------------------------------------------------

/** A numeric date as a day, in one order; null where that order makes none. */
export function dayIn(text: string, order: string): string | null {
  const parts = /^\D*(\d{1,4})\D+(\d{1,2})\D+(\d{1,4})/.exec(text);
  if (!parts) return null;
  const [first, second, third] = [parts[1]!, parts[2]!, parts[3]!];
  const [year, month, day] =
    order === 'ymd' ? [first, second, third] : order === 'dmy' ? [third, second, first] : [third, first, second];
  const y = year.length <= 2 ? Number(year) + (Number(year) < 70 ? 2000 : 1900) : Number(year);
  const date = new Date(Date.UTC(y, Number(month) - 1, Number(day)));
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isReal ? date.toISOString().slice(0, 10) : null;
}

/** The number that a text is, with the given decimal mark; null where it is none. */
export function numberIn(text: string, mark: string): number | null {
  const [decimal, other] = mark === 'decimal-comma' ? [',', '.'] : ['.', ','];
  const digits = text.replace(/[^\d.,-]/g, '').replaceAll(other, '');
  const value = Number(digits.replace(decimal, '.'));
  return digits === '' || Number.isNaN(value) ? null : value;
}

const READING: Record<string, string> = {
  dmy: 'Day first',
  mdy: 'Month first',
  ymd: 'Year first',
  'decimal-point': 'A point before the decimals',
  'decimal-comma': 'A comma before the decimals',
};
export const answerWord = (answer: string): string => READING[answer] ?? answer;
export const isDateAnswer = (answer: string): boolean => answer === 'dmy' || answer === 'mdy' || answer === 'ymd';

/** What the first examples mean in one reading: “03/04/2024” is 3 April 2024. */
export function readIn(example: string, answer: string, locale: string): string {
  if (isDateAnswer(answer)) {
    const day = dayIn(example, answer);
    return `“${example}” is ${day ? formatDate(day, locale, 'long') : 'no date'}`;
  }
  const value = numberIn(example, answer);
  if (value === null) return `“${example}” is no number`;
  return `“${example}” is ${formatNumber(value, locale, { digits: Number.isInteger(value) ? 0 : 3 })}`;
}

/** Questions of reading that are open or answered, in the order of the columns. Answered ones can be changed. */
export function readingQuestions(file: ImportFile) {
  const open = file.questions.filter((q) => q.kind !== 'entity');
  const answered = Object.entries(file.answers).flatMap(([name, answer]) => {
    const column = file.columns.find((c) => c.header === name && c.target.kind !== 'ignore');
    if (!column || open.some((q) => q.column === name)) return [];
    const isDate = isDateAnswer(answer);
    return [
      {
        column: name,
        kind: isDate ? ('date-format' as const) : ('number-format' as const),
        options: isDate ? [...new Set(['dmy', 'mdy', answer])] : ['decimal-point', 'decimal-comma'],
        examples: column.examples,
        reason: '',
      },
    ];
  });
  const place = (name: string) => file.columns.findIndex((c) => c.header === name);
  return [...open, ...answered]
    .map((q) => ({ ...q, answer: file.answers[q.column] ?? null }))
    .sort((a, b) => place(a.column) - place(b.column));
}

/** A value of a changed row as its reader sees it. */
export function sampleWord(value: ImportSample['fields'][number]['before'], settings: FormatSettings): string {
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return formatNumber(value, settings.locale);
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object') return formatMoney(value, settings.locale, 'full');
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDate(value, settings.locale);
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(value)) return formatInstant(value, settings);
  return value;
}

// Steps ----------------------------------------------------------------------

export const STEPS = [
  { id: 'files', label: 'Files' },
  { id: 'columns', label: 'Columns' },
  { id: 'questions', label: 'Questions' },
  { id: 'check', label: 'Check' },
  { id: 'result', label: 'Result' },
] as const;
export type StepId = (typeof STEPS)[number]['id'];

/** What a file still lacks before its columns make sense. */
export const isUnclear = (file: ImportFile): boolean =>
  !file.skipped && (file.problem !== null || file.entity === null || file.questions.some((q) => q.kind === 'entity'));

export const openQuestions = (files: readonly ImportFile[]): number =>
  files.filter((f) => !f.skipped).reduce((sum, f) => sum + f.questions.filter((q) => q.kind !== 'entity').length, 0);
