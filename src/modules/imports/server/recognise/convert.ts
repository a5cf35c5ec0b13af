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
  const finish = finisher(plan);
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
    finish(result);
    return result;
  };
}

/** What the room makes of a row that was read, and what may not be missing. */
function finisher(plan: ImportPlan): (result: ConvertedRow) => void {
  const { complete, fields } = plan.shape;
  const headers = new Map(
    plan.columns.flatMap((one) => (one.target.kind === 'field' ? [[one.target.field, one.header] as const] : [])),
  );
  const required = fields.filter((field) => field.required);
  return (result) => {
    for (const remark of complete?.(result.values, plan.mapped) ?? [])
      (remark.weight === 'reject' ? result.problems : result.warnings).push({
        row: result.row,
        column: headers.get(remark.field) ?? '',
        code: remark.code,
        message: remark.message,
        value: remark.value ?? '',
      });
    for (const { key, label } of required) {
      const value = result.values[key];
      const column = headers.get(key) ?? '';
      if ((value !== null && value !== undefined) || result.problems.some((problem) => problem.column === column))
        continue;
      const message = headers.has(key) ? `“${label}” is missing.` : `The file has no column for “${label}”.`;
      result.problems.push({ row: result.row, column, code: 'missing', message, value: '' });
    }
  };
}
