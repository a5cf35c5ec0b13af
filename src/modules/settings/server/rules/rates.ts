// Pure rules of exchange rates: reading the files of the European Central Bank, and rates between any two currencies.
import Big from 'big.js';

/** The files give what one euro buys. */
export const FILE_BASE = 'EUR';
const MAX_PROBLEMS = 100;

export type RateFile = {
  /** Three columns of equal length: a rate each. */
  on: string[];
  currency: string[];
  rate: string[];
  rejected: number;
  problems: { line: number; column: string; message: string }[];
};

/** Reads both shapes: the history (`2026-04-13`, N/A, a trailing comma) and the day's sheet (`13 April 2026`, spaces). Null: not such a file. */
export function readRateFile(text: string): RateFile | null {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const first = lines.findIndex((l) => l.trim() !== '');
  const header = first < 0 ? [] : cells(lines[first]!);
  if (header.length < 2 || header[0]!.toLowerCase() !== 'date') return null;
  const codes = header.slice(1);
  while (codes.at(-1) === '') codes.pop();
  if (codes.length === 0 || codes.some((c) => !/^[A-Z]{3}$/.test(c)) || new Set(codes).size !== codes.length)
    return null;
  const file: RateFile = { on: [], currency: [], rate: [], rejected: 0, problems: [] };
  const reject = (line: number, column: string, message: string, count = 1) => {
    file.rejected += count;
    if (file.problems.length < MAX_PROBLEMS) file.problems.push({ line, column, message });
  };
  const days = new Set<string>();
  for (let i = first + 1; i < lines.length; i++) {
    const text = lines[i]!;
    if (text.trim() === '') continue;
    const row = cells(text);
    const on = readDay(row[0]!);
    const filled = row.slice(1).filter((c) => !absent(c)).length;
    if (on === null) {
      reject(i + 1, 'Date', `“${row[0]!.slice(0, 40)}” is not a day`, Math.max(1, filled));
      continue;
    }
    if (days.has(on)) {
      reject(i + 1, 'Date', `${on} stands in this file twice; the first line counts`, Math.max(1, filled));
      continue;
    }
    days.add(on);
    for (let c = 0; c < codes.length; c++) {
      const value = row[c + 1];
      if (value === undefined || absent(value)) continue;
      const code = codes[c]!;
      if (code === FILE_BASE) continue;
      if (!/^\d{1,9}(\.\d{1,10})?$/.test(value) || Number(value) <= 0) {
        reject(i + 1, code, `“${value.slice(0, 40)}” is not a positive number`);
        continue;
      }
      file.on.push(on);
      file.currency.push(code);
      file.rate.push(value);
    }
    if (row.slice(codes.length + 1).some((c) => c !== '')) reject(i + 1, '', 'The line has more cells than the header');
  }
  return file;
}

const cells = (line: string): string[] => line.split(',').map((c) => c.trim().replace(/^"(.*)"$/, '$1'));
const absent = (cell: string) => cell === '' || /^(n\/?a|-)$/i.test(cell);

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** `2026-04-13` or `13 April 2026` as a day that exists; else null. */
export function readDay(text: string): string | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const words = /^(\d{1,2}) ([A-Za-z]{3,9})\.? (\d{4})$/.exec(text);
  const month = words ? MONTHS.indexOf(words[2]!.slice(0, 3).toLowerCase()) + 1 : 0;
  const parts = iso
    ? [iso[1]!, iso[2]!, iso[3]!]
    : month > 0
      ? [words![3]!, String(month).padStart(2, '0'), words![1]!.padStart(2, '0')]
      : null;
  if (!parts) return null;
  const day = parts.join('-');
  const at = new Date(`${day}T00:00:00Z`);
  const exists = !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day;
  return exists && day >= '1900-01-01' && day < '2200-01-01' ? day : null;
}

export type KnownRate = { base: string; currency: string; rate: string; on: string };
/** How many units of each currency one unit of `base` buys, and of which day that is (the oldest rate on the way). */
export type RateTable = { base: string; perBase: Map<string, string>; days: Map<string, string> };

/** Joins rates of several bases into one table: over the euro where it is known, else over the base with most rates. */
export function rateTable(rates: readonly KnownRate[]): RateTable {
  const count = new Map<string, number>();
  for (const r of rates) count.set(r.base, (count.get(r.base) ?? 0) + 1);
  const base = count.has('EUR')
    ? 'EUR'
    : ([...count].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))[0]?.[0] ?? 'EUR');
  const known = new Map<string, { value: Big; on: string }>([[base, { value: new Big(1), on: '9999-12-31' }]]);
  const older = (a: string, b: string) => (a < b ? a : b);
  // Breadth first: a direct rate counts before one over a third currency.
  for (let edge = [base]; edge.length > 0; ) {
    const next: string[] = [];
    const learn = (code: string, value: Big, on: string) => {
      if (known.has(code)) return;
      known.set(code, { value, on });
      next.push(code);
    };
    for (const at of edge) {
      const here = known.get(at)!;
      for (const r of rates) if (r.base === at) learn(r.currency, here.value.times(r.rate), older(here.on, r.on));
      for (const r of rates) if (r.currency === at) learn(r.base, here.value.div(r.rate), older(here.on, r.on));
    }
    edge = next;
  }
  known.delete(base);
  return {
    base,
    perBase: new Map([...known].map(([code, k]) => [code, k.value.toFixed()])),
    days: new Map([...known].map(([code, k]) => [code, k.on])),
  };
}
