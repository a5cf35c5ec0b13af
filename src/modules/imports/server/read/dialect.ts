// Which delimiter and which way of writing quotes a text file uses, by trying each on its first lines.
import { defaultLimits } from './problem.ts';
import type { Dialect } from './tokenise.ts';
import { createTokeniser } from './tokenise.ts';

export type DialectGuess = Dialect & {
  /** 0–1 */
  confidence: number;
  /** Characters of a first line `sep=;`, which is an instruction and no data. */
  skipCharacters: number;
};

const delimiters = [',', ';', '\t', '|'];

/** `sample` is the start of the file as text, without a byte order mark. */
export function detectDialect(sample: string): DialectGuess {
  const said = /^"?sep=(.)"?[ ;,\t]*(\r\n|\n|\r|$)/i.exec(sample);
  const body = said ? sample.slice(said[0].length) : sample;
  const quoteEscape = usesBackslash(body) ? 'backslash' : 'double';
  if (said) return { delimiter: said[1]!, quoteEscape, confidence: 1, skipCharacters: said[0].length };
  const scored = delimiters
    .map((delimiter) => ({ delimiter, score: consistency(firstRecords(body, { delimiter, quoteEscape })) }))
    .sort((a, b) => b.score - a.score);
  const best = scored[0]!;
  if (best.score <= 0.3) {
    // One column: take a delimiter that splits nothing.
    const unused = scored.find(({ score }) => score === 0)?.delimiter ?? ',';
    return { delimiter: unused, quoteEscape, confidence: 0.6, skipCharacters: 0 };
  }
  const confidence = Math.min(1, 0.6 + (best.score - Math.max(0, scored[1]!.score)));
  return { delimiter: best.delimiter, quoteEscape, confidence, skipCharacters: 0 };
}

/** `"a \"quoted\" word"`: a quote after a backslash in the middle of a cell, and no doubled quotes beside it. */
function usesBackslash(text: string): boolean {
  return /[^\\]\\"[^,;\t|\r\n]/.test(text) && !/[^,;\t|\r\n"]""[^,;\t|\r\n"]/.test(text);
}

export function firstRecords(text: string, dialect: Dialect, wanted = 300): string[][] {
  const records: string[][] = [];
  const cap = { cellChars: defaultLimits.cellChars, columns: 20_000, nameOf: String };
  const tokeniser = createTokeniser(dialect, cap, (cells) => {
    if (records.length < wanted) records.push(cells);
  });
  try {
    // In pieces, so that a long sample is not split to its end when the first lines are enough.
    for (let at = 0; at < text.length && records.length < wanted; at += 16_384)
      tokeniser.push(text.slice(at, at + 16_384));
    if (records.length < wanted) tokeniser.end();
  } catch {
    // The sample may end inside a quoted cell; the records before it are what counts.
  }
  return records;
}

/** High when most rows have the same number of cells, the first row included, and there are several. */
function consistency(records: string[][]): number {
  const rows = records.filter((cells) => cells.length > 1 || cells[0]!.trim() !== '');
  if (rows.length === 0) return 0;
  const widths = new Map<number, number>();
  for (const cells of rows) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  let width = 1;
  let count = 0;
  for (const [candidate, times] of widths) {
    if (candidate > 1 && times * Math.log2(candidate + 1) > count * Math.log2(width + 1)) {
      width = candidate;
      count = times;
    }
  }
  if (width === 1) return 0;
  const head = rows.findIndex((cells) => cells.length === width);
  let score = count / rows.length + Math.min(width, 12) * 0.02;
  if (head === 0) score += 0.25;
  if (head > 10) score -= 0.3;
  if (rows[0]!.length === 1 && looksLikeProse(rows.filter((cells) => cells.length === width))) score -= 0.6;
  return score;
}

/** "Acme, Inc." split at its comma: nearly every cell but the first starts with a space. */
function looksLikeProse(rows: string[][]): boolean {
  let spaced = 0;
  let cells = 0;
  for (const row of rows) {
    for (let i = 1; i < row.length; i++) {
      cells++;
      if (row[i]!.startsWith(' ')) spaced++;
    }
  }
  return cells > 0 && spaced > cells * 0.6;
}
