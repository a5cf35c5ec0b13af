// Cells that a workbook merges over several rows: the value stands in the first of them and means all.

import type { Cell, MergedCell } from './raw.ts';
import { cellText, isBlank } from './raw.ts';

const amount = /^[-+(]?\s*(\p{Sc}|[A-Z]{3})?\s*\d[\d.,'’\s\u00a0\u202f]*(\p{Sc}|[A-Z]{3}|%)?\s*\)?$/u;
const day = /^\d{4}-\d\d-\d\d|^\d{1,2}([./-])\d{1,2}\1\d{2,4}$/;
const keyName = /(^|[^\p{L}])(id|no|nr|num|number|nummer|code|key|ref|n°|#)[^\p{L}]*$|(nummer|nr|id)$/iu;

/**
 * Fills rows, in their order, within what is merged. Amounts stay where they stand: a total that is merged over its lines would count once
 * for each. Numbers are filled in columns whose names say that they are keys.
 */
export function mergedFiller(
  merged: readonly MergedCell[],
  names: readonly string[],
  dataFrom: number,
): { fill: (cells: Cell[], row: number) => Cell[]; warnings: () => string[] } {
  const ranges = merged.filter((one) => one.from >= dataFrom && one.column < names.length);
  const byColumn = new Map<number, MergedCell[]>();
  for (const one of ranges) byColumn.set(one.column, [...(byColumn.get(one.column) ?? []), one]);
  const columns = [...byColumn].map(([column, of]) => ({
    column,
    of: of.sort((a, b) => a.from - b.from),
    at: 0,
    value: '' as Cell,
  }));
  const filled = new Set<number>();
  const left = new Set<number>();
  const spreads = (value: Cell, column: number): boolean => {
    const text = cellText(value).trim();
    if (typeof value !== 'number' && (day.test(text) || !amount.test(text))) return true;
    return keyName.test(names[column]!);
  };
  return {
    fill(cells, row) {
      let result = cells;
      for (const one of columns) {
        while (one.at < one.of.length && one.of[one.at]!.to < row) one.at++;
        const range = one.of[one.at];
        if (!range || row < range.from) continue;
        if (row === range.from) one.value = cells[one.column] ?? '';
        else if (isBlank(cells[one.column]) && !isBlank(one.value)) {
          if (!spreads(one.value, one.column)) {
            left.add(one.column);
            continue;
          }
          filled.add(one.column);
          if (result === cells) result = cells.slice();
          while (result.length < one.column) result.push('');
          result[one.column] = one.value;
        }
      }
      return result;
    },
    warnings: () => [
      ...[...filled].map(
        (c) => `“${names[c]}” has cells merged over several rows: their value is that of each of the rows.`,
      ),
      ...[...left].map(
        (c) => `“${names[c]}” has amounts merged over several rows: they count once, in the first of the rows.`,
      ),
    ],
  };
}

/** Collects `<mergeCell ref="A2:A5"/>` of a sheet's text, which comes in pieces; only those that span rows. */
export function mergeCollector(): { push: (text: string) => void; found: MergedCell[] } {
  const found: MergedCell[] = [];
  let rest = '';
  return {
    found,
    push(text) {
      const whole = rest + text;
      const last = whole.lastIndexOf('<');
      rest = last >= 0 && whole.length - last < 200 ? whole.slice(last) : '';
      if (!whole.includes('mergeCell ')) return;
      const complete = rest === '' ? whole : whole.slice(0, last);
      for (const [, letters, from, to] of complete.matchAll(
        /mergeCell [^>]*?ref="\$?([A-Z]{1,3})\$?(\d+):\$?[A-Z]{1,3}\$?(\d+)"/g,
      )) {
        if (Number(to) <= Number(from)) continue;
        const column = [...letters!].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
        found.push({ column, from: Number(from), to: Number(to) });
      }
    },
  };
}
