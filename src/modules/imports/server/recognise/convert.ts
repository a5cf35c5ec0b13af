// Pass two: rows of cells become typed records after a plan; what cannot be read is named with row, column and reason.

import type { Cell } from '../read/raw.ts';
import { cellText } from '../read/raw.ts';
import type { ReadContext, Value } from './convert-values.ts';
import { readers } from './convert-values.ts';
import { isCurrencyCode } from './currencies.ts';
import type { ImportPlan } from './plan.ts';
import { readBoolean } from './values.ts';

export type { Money, Value } from './convert-values.ts';

export type RowProblem = {
  row: number;
  /** The column's name in the file; '' when the row as a whole is meant. */
  column: string;
  code: string;
  message: string;
  /** The cell as it stands in the file, shortened. */
  value: string;
};

export type ConvertedRow = {
  row: number;
  /** By field key; a field whose cell is blank is null, a field without a column is absent. */
  values: Record<string, Value>;
  /** By the column's name. */
  custom: Record<string, Value>;
  /** Any problem rejects the row. */
  problems: RowProblem[];
  /** Something was left out or assumed; the row is taken. */
  warnings: RowProblem[];
  /** Why the row is passed over although nothing is wrong with it. */
  skip: string | null;
};

export type ConvertSettings = {
  workspaceCurrency: string;
  /** Texts may carry the marker that our own CSV export puts before formulas. */
  unmark: boolean;
};

export type Converter = (cells: readonly Cell[], row: number) => ConvertedRow;

/** Compiled once for a file. */
export function createConverter(plan: ImportPlan, settings: ConvertSettings): Converter {
  const columns = plan.columns.map((column) => ({ ...column, read: readers(column) }));
  const deleted = plan.columns.find((column) => column.field?.role === 'deleted');
  const currency = plan.columns.find((column) => column.field?.role === 'row-currency');
  const finish = plan.entity === 'people' ? finishPerson : plan.entity === 'accounts' ? finishAccount : () => {};
  return (cells, row) => {
    const result: ConvertedRow = { row, values: {}, custom: {}, problems: [], warnings: [], skip: null };
    if (deleted && readBoolean(cellText(cells[deleted.column])) === true) {
      result.skip = 'Deleted in the system it comes from.';
      return result;
    }
    const rowCurrency = currency ? cellText(cells[currency.column]).trim().toUpperCase() : '';
    const context: ReadContext = {
      workspaceCurrency: settings.workspaceCurrency,
      rowCurrency: isCurrencyCode(rowCurrency) ? rowCurrency : null,
      unmark: settings.unmark,
    };
    for (const column of columns) {
      if (column.field?.role === 'deleted') continue;
      const cell = cells[column.column];
      const read = cell === undefined || cell === '' ? null : column.read(cell, context);
      let value: Value = null;
      if (read !== null && typeof read === 'object' && 'code' in read) {
        const problem = {
          row,
          column: column.header,
          code: read.code,
          message: read.message,
          value: cellText(cell).slice(0, 200),
        };
        if (read.weight === 'reject') result.problems.push(problem);
        else {
          result.warnings.push(problem);
          value = read.value ?? null;
        }
      } else value = read;
      if (column.target.kind === 'field') result.values[column.target.field] = value;
      else if (column.target.kind === 'custom') result.custom[column.target.name] = value;
    }
    finish(result, plan);
    return result;
  };
}

function missing(result: ConvertedRow, column: string, message: string): void {
  result.problems.push({ row: result.row, column, code: 'missing', message, value: '' });
}

const headerOf = (plan: ImportPlan, key: string): string =>
  plan.columns.find((one) => one.target.kind === 'field' && one.target.field === key)?.header ?? '';

function finishAccount(result: ConvertedRow, plan: ImportPlan): void {
  const { values } = result;
  if (!plan.mapped.has('name')) values.name = values.externalId ?? null;
  if (values.name === null || values.name === undefined) {
    const column = headerOf(plan, plan.mapped.has('name') ? 'name' : 'externalId');
    missing(
      result,
      column,
      plan.mapped.has('name') ? 'The account has no name.' : 'The account has neither a name nor an id.',
    );
  }
}

/** A person needs some name: the whole one, its parts, or at least an e-mail address. */
function finishPerson(result: ConvertedRow, plan: ImportPlan): void {
  const { values } = result;
  const part = (key: string): string => (typeof values[key] === 'string' ? values[key] : '');
  const whole = turned(part('name'));
  const pieces = [part('firstName'), part('middleName'), part('lastName')].filter((piece) => piece !== '').join(' ');
  const suffix = part('suffix');
  const name = pieces !== '' && part('lastName') !== '' ? (suffix ? `${pieces} ${suffix}` : pieces) : whole || pieces;
  if (name !== '') values.name = name;
  else if (part('email') !== '') {
    values.name = part('email');
    result.warnings.push({
      row: result.row,
      column: headerOf(plan, 'email'),
      code: 'name_from_email',
      message: 'There is no name, so the e-mail address stands in.',
      value: part('email'),
    });
  } else
    missing(
      result,
      headerOf(plan, 'lastName') || headerOf(plan, 'name'),
      'The person has neither a name nor an e-mail address.',
    );
}

/** "Gonzalez, Rose" → "Rose Gonzalez"; "Rose Gonzalez, PhD" stays. */
function turned(name: string): string {
  const found = /^([^,]+),\s*([^,]+)$/.exec(name);
  if (!found || /^(ph\.?d|m\.?d|mba|msc|bsc|jr|sr|ii|iii|iv|esq|cpa|llm|dr|prof)\b\.?/i.test(found[2]!.trim()))
    return name;
  return `${found[2]!.trim()} ${found[1]!.trim()}`;
}
