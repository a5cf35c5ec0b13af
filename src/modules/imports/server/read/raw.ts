// What the CSV and the XLSX reader have in common: numbered rows of cells, before anyone has looked for a header.

import type { Limits } from './problem.ts';

/** Text of a CSV; an XLSX also has numbers and truth values of its own. Dates come as `2026-02-23` or `2026-02-23T20:55:00`. */
export type Cell = string | number | boolean;

export type RawBatch = {
  rows: Cell[][];
  /** Row numbers as a spreadsheet shows them: from 1, blank rows counted. */
  numbers: number[];
  /** Rows whose quotes were repaired. */
  oddQuotes: number[];
  bytesRead: number;
};

/** A column (from 0) and the first and last row that one cell spans, as a spreadsheet numbers them. */
export type MergedCell = { column: number; from: number; to: number };

export type RawTable = {
  kind: 'csv' | 'xlsx';
  bytesTotal: number;
  /** The first rows that are not blank. */
  head: { number: number; cells: Cell[] }[];
  batches(signal?: AbortSignal): AsyncGenerator<RawBatch>;
  warnings: string[];
  /** Of a workbook: cells that span several rows. */
  merged?: MergedCell[];
};

export type ReadOptions = { limits: Limits };

export const batchRows = 1_000;
export const headRows = 200;

export function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || (typeof cell === 'string' && (cell === '' || cell.trim() === ''));
}

export function isBlankRow(cells: readonly Cell[]): boolean {
  for (let i = 0; i < cells.length; i++) if (!isBlank(cells[i])) return false;
  return true;
}

/** The text a person would see; numbers without exponent and without binary noise. */
export function cellText(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return numberText(cell);
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) return '';
  const plain = String(Number(value.toPrecision(15)));
  if (!plain.includes('e')) return plain;
  return Math.abs(value) >= 1 ? BigInt(Math.round(value)).toString() : value.toFixed(20).replace(/0+$/, '');
}
