// What the nasty files have in common: their shape, a small table, noise that is the same in every run.
import type { UnreadableCode } from '../read/problem.ts';

export type NastyFile = {
  title: string;
  fileName: string;
  bytes: () => Uint8Array;
  /** The reasons for which it may be refused, or the table that it has to give; `any`: either, but never a crash. */
  outcome:
    | { refused: UnreadableCode[] }
    | { rows: number; header?: string[]; firstRow?: unknown[]; hasWarning?: string }
    | 'any';
};

export const header = ['Account Name', 'City', 'Employees'];
export const rows = [
  ['Müller & Söhne', 'Köln', '12'],
  ['Café Élysée', 'Orléans', '7'],
  ['Compañía Añón', 'Málaga', '1200'],
];
export const csvText = (delimiter = ',', lineEnd = '\n', last = true): string =>
  [header, ...rows].map((row) => row.join(delimiter)).join(lineEnd) + (last ? lineEnd : '');
export const text =
  (content: string): (() => Uint8Array) =>
  () =>
    Buffer.from(content, 'utf8');
export const good = { rows: 3, header, firstRow: rows[0] };
export const csv = (
  title: string,
  content: string,
  outcome: NastyFile['outcome'],
  fileName = 'list.csv',
): NastyFile => ({
  title,
  fileName,
  bytes: text(content),
  outcome,
});

/** Random bytes that are the same in every run. */
export function noise(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed * 2_654_435_761 + 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}
