// From a profile and a mapping to a plan for reading: how each column is read, and what only a person can answer.

import type { EntityShape, FieldShape, FieldType } from '../../../../kernel/server/importing.ts';
import { currencyOf } from './currencies.ts';
import type { DateOrder } from './dates.ts';
import type { ColumnMapping, ColumnTarget } from './mapping.ts';
import type { ColumnUnit } from './money.ts';
import type { DecimalMark } from './numbers.ts';
import { numberParts, readNumber } from './numbers.ts';
import type { ColumnProfile, TableProfile } from './profile.ts';
import { headerKey } from './words.ts';

export type Question = {
  /** The column as the file calls it. */
  column: string;
  kind: 'date-format' | 'number-format';
  /** The likeliest first. `dmy`, `mdy`, `ymd`; for numbers `decimal-point`, `decimal-comma`. */
  options: string[];
  /** Values of the file that can be read in several ways. */
  examples: string[];
  reason: string;
};

export type PlannedColumn = {
  column: number;
  header: string;
  target: ColumnTarget;
  type: FieldType;
  field: FieldShape | null;
  order: DateOrder | null;
  decimal: DecimalMark;
  unit: ColumnUnit;
  /** The ids are Salesforce's, so their short and long forms are the same. */
  salesforce: boolean;
  /** Another column, whose dates show the order of these. */
  shownBy?: string;
  /** Percentages written as shares of 1: 0.9 is 90 %. */
  ofOne?: boolean;
};

export type ImportPlan = {
  shape: EntityShape;
  /** Only the columns that are read. */
  columns: PlannedColumn[];
  mapped: Set<string>;
};

/** By column name as in the file: `dmy`, `mdy`, `ymd`, `decimal-point`, `decimal-comma`. */
export type Answers = Record<string, string>;

export type Planned = {
  plan: ImportPlan;
  questions: Question[];
  /** Answers that fit no column or no option, in words. */
  unusedAnswers: string[];
};

/** `["signup_date=dmy"]` → `{ signup_date: 'dmy' }`; the last `=` separates, as a column's name may hold one. */
export function parseAnswers(answers: readonly string[]): Answers {
  const parsed: Answers = {};
  for (const answer of answers) {
    const at = answer.lastIndexOf('=');
    if (at > 0)
      parsed[answer.slice(0, at).trim()] = answer
        .slice(at + 1)
        .trim()
        .toLowerCase();
  }
  return parsed;
}

const orderWords: Record<DateOrder, string> = { dmy: 'day first', mdy: 'month first', ymd: 'year first' };
const dateOptions = new Set(Object.keys(orderWords));
const numberOptions: Record<string, DecimalMark> = { 'decimal-point': '.', 'decimal-comma': ',', '.': '.', ',': ',' };

export function planImport(
  shape: EntityShape,
  profile: TableProfile,
  mapping: readonly ColumnMapping[],
  answers: Answers = {},
): Planned {
  const questions: Question[] = [];
  const columns: PlannedColumn[] = [];
  const answered = new Map(Object.entries(answers).map(([name, answer]) => [headerKey(name), answer]));
  const used = new Set<string>();
  for (const one of mapping) {
    if (one.target.kind === 'ignore') continue;
    const column = profile.columns[one.column]!;
    const { target } = one;
    const field =
      target.kind === 'field' ? (shape.fields.find((candidate) => candidate.key === target.field) ?? null) : null;
    const type = target.kind === 'custom' ? target.type : (field?.type ?? 'text');
    const answer = answered.get(headerKey(column.header)) ?? null;
    const planned: PlannedColumn = {
      column: one.column,
      header: column.header,
      target,
      type,
      field,
      order: column.dates.order,
      decimal: column.numbers.decimal,
      unit: column.unit,
      salesforce: column.salesforcePrefix !== null,
    };
    const accept = (): void => void used.add(headerKey(column.header));
    if (type === 'date' || type === 'instant') planDate(planned, column, answer, questions, accept);
    if (type === 'money' || type === 'decimal' || type === 'percent' || type === 'integer')
      planNumber(planned, column, answer, questions, accept);
    if (type === 'percent' && field && areOfOne(column, planned.decimal)) planned.ofOne = true;
    columns.push(planned);
  }
  const open = byTheFile(questions, columns, profile);
  const mapped = new Set(columns.flatMap(({ target }) => (target.kind === 'field' ? [target.field] : [])));
  const unusedAnswers = Object.keys(answers).flatMap((name) =>
    used.has(headerKey(name)) ? [] : [complaint(name, answers[name]!, columns)],
  );
  return { plan: { shape, columns, mapped }, questions: open, unusedAnswers };
}

/**
 * Other dates of the file. Where they are written with the same signs and all in one order, that is the order of the file and answers the
 * question; else the order is put first and named, and the question stays.
 */
function byTheFile(questions: Question[], columns: readonly PlannedColumn[], profile: TableProfile): Question[] {
  const shown = profile.columns.filter(({ dates }) => dates.status === 'decided' && dates.shown);
  const decided = columns.find((column) => isDate(column) && column.order !== null);
  return questions.filter((question) => {
    if (question.kind !== 'date-format') return true;
    const planned = columns.find((column) => column.header === question.column);
    const own = planned && profile.columns[planned.column]!.dates;
    const alike = shown.filter(({ dates }) => own?.form !== null && dates.form === own?.form);
    const order = alike[0]?.dates.shown;
    const sure = own?.open === true && alike.every(({ dates }) => dates.shown === order);
    if (planned && order && sure && question.options.includes(order)) {
      planned.order = order;
      planned.shownBy = alike[0]!.header;
      return false;
    }
    if (!decided?.order || !question.options.includes(decided.order)) return true;
    question.options = [decided.order, ...question.options.filter((option) => option !== decided.order)];
    question.reason += ` The dates in “${decided.header}” are ${orderWords[decided.order]}.`;
    return true;
  });
}

const isDate = ({ type }: PlannedColumn): boolean => type === 'date' || type === 'instant';

function complaint(name: string, answer: string, columns: readonly PlannedColumn[]): string {
  const column = columns.find((one) => headerKey(one.header) === headerKey(name));
  if (!column) return `There is no column “${name}” in use to which the answer “${answer}” could belong.`;
  return isDate(column)
    ? `“${answer}” is no date format for “${name}”. Choose dmy (day first), mdy (month first) or ymd (year first).`
    : `“${answer}” does not fit “${name}”, which holds ${column.type}.`;
}

function planDate(
  planned: PlannedColumn,
  column: ColumnProfile,
  answer: string | null,
  questions: Question[],
  accept: () => void,
): void {
  if (answer !== null && dateOptions.has(answer)) {
    accept();
    planned.order = answer as DateOrder;
  } else if (column.dates.status === 'ask') {
    questions.push({
      column: column.header,
      kind: 'date-format',
      options: column.dates.options,
      examples: column.dates.examples,
      reason: column.dates.reason,
    });
  }
}

/** All values between 0 and 1, not only 0 and 1, and no sign that says percent: "0.9" of a probability. */
function areOfOne(column: ColumnProfile, decimal: DecimalMark): boolean {
  if (column.header.includes('%') || /percent|prozent|pourcent|porcent|procent/i.test(column.header)) return false;
  const values = (column.values ?? column.examples).map((text) => {
    const parts = numberParts(text);
    return parts && !parts.percent ? Number(readNumber(parts, decimal) ?? Number.NaN) : Number.NaN;
  });
  return values.every((value) => value >= 0 && value <= 1) && values.some((value) => value > 0 && value < 1);
}

function planNumber(
  planned: PlannedColumn,
  column: ColumnProfile,
  answer: string | null,
  questions: Question[],
  accept: () => void,
): void {
  const { numbers } = column;
  if (answer !== null && numberOptions[answer]) {
    accept();
    planned.decimal = numberOptions[answer];
  } else if (
    planned.type === 'integer' &&
    numbers.status !== 'decided' &&
    numbers.status !== 'plain' &&
    !numbers.mixed
  ) {
    // A whole number has no decimals, so the mark in "1.234" separates thousands.
    planned.decimal = (numbers.examples[0] ?? '').includes(',') ? '.' : ',';
  } else if (numbers.status === 'ask') {
    questions.push({
      column: column.header,
      kind: 'number-format',
      options: numbers.decimal === '.' ? ['decimal-point', 'decimal-comma'] : ['decimal-comma', 'decimal-point'],
      examples: numbers.examples,
      reason: numbers.reason,
    });
  }
}

/** What is assumed about amounts and numbers without asking, for the person who checks the dry run. */
export function readingNotes(plan: ImportPlan, profile: TableProfile, workspaceCurrency: string): string[] {
  const notes: string[] = [];
  const rowCurrency = plan.columns.some((column) => column.field?.role === 'row-currency');
  for (const planned of plan.columns) {
    const column = profile.columns[planned.column]!;
    if (column.filled === 0) continue;
    if (planned.type === 'money') notes.push(...moneyNotes(planned, column, workspaceCurrency, rowCurrency));
    const numeric = planned.type === 'money' || planned.type === 'decimal' || planned.type === 'percent';
    if (numeric && column.numbers.status === 'assumed') {
      notes.push(`“${planned.header}”: ${column.numbers.reason} For example “${column.numbers.examples[0]}”.`);
    }
    if (planned.ofOne) notes.push(`“${planned.header}” holds shares of 1; they are read as percent: 0.5 is 50 %.`);
    if (planned.shownBy && planned.order !== null)
      notes.push(
        `“${planned.header}” is read ${orderWords[planned.order]}: the dates in “${planned.shownBy}” are written alike and show it.`,
      );
    if (isDate(planned) && column.dates.contradicting.length > 0 && planned.order !== null) {
      const first = column.dates.contradicting[0]!;
      notes.push(
        `“${planned.header}”: some dates do not fit the order of the others and their rows are rejected, for example “${first.text}” in row ${first.row}.`,
      );
    }
  }
  return notes;
}

function moneyNotes(
  planned: PlannedColumn,
  column: ColumnProfile,
  workspaceCurrency: string,
  rowCurrency: boolean,
): string[] {
  const notes: string[] = [];
  const sign = planned.unit.currency;
  if (planned.unit.factor !== 1)
    notes.push(
      `“${planned.header}” is in units of ${planned.unit.factor.toLocaleString('en')}, as its name says; amounts are multiplied.`,
    );
  if (planned.unit.minor)
    notes.push(`“${planned.header}” counts the smallest unit of its currency (cents), as its name says.`);
  const open =
    column.currencies.map(currencyOf).find((one) => one !== null && one.candidates.length > 1) ??
    (sign && sign.candidates.length > 1 ? sign : null);
  if (open) {
    const taken = open.candidates.includes(workspaceCurrency) ? workspaceCurrency : open.candidates[0]!;
    if (!rowCurrency)
      notes.push(
        `“${open.text}” in “${planned.header}” can mean ${open.candidates.slice(0, 3).join(', ')} and others; it is read as ${taken}.`,
      );
  } else if (column.currencies.length === 0 && !sign && !rowCurrency) {
    notes.push(
      `The amounts in “${planned.header}” have no currency; they are read as ${workspaceCurrency}, the currency of the workspace.`,
    );
  }
  return notes;
}
