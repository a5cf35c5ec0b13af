// Finds the header of a table: below title lines, over one or two rows, with a row of units under it, or absent.

import type { Cell } from './raw.ts';
import { cellText, isBlank } from './raw.ts';

export type HeadRow = { number: number; cells: Cell[] };

export type HeaderGuess = {
  names: string[];
  /** Spreadsheet row numbers of the header; empty when the file has none. */
  headerRows: number[];
  /** The first row number that may hold data. */
  dataFrom: number;
  /** Text of a row of units (`EUR`, `%`, `dd/mm/yyyy`) by column, '' where there is none. */
  units: string[];
  /** Lines above the header. */
  titles: string[];
  /** 0–1 */
  confidence: number;
  warnings: string[];
};

export type HeaderChoice = {
  /** Says of normalised words whether lists use them as column names. */
  isHeaderWord: (text: string) => boolean;
  /** The row a person pointed at; 0 says that there is no header. */
  headerRow?: number;
};

const searched = 30;

export function findHeader(rows: readonly HeadRow[], choice: HeaderChoice): HeaderGuess {
  const width = tableWidth(rows);
  let best = -1;
  let bestScore = 0;
  let second = 0;
  if (choice.headerRow !== undefined) {
    best = choice.headerRow === 0 ? -1 : rows.findIndex((row) => row.number === choice.headerRow);
    bestScore = 2;
  } else {
    for (let i = 0; i < Math.min(rows.length, searched); i++) {
      const score = headerScore(rows, i, width, choice.isHeaderWord);
      if (score > bestScore) {
        second = bestScore;
        bestScore = score;
        best = i;
      } else second = Math.max(second, score);
    }
    if (best >= 0 && looksLikeData(rows, best, choice.isHeaderWord)) best = -1;
  }
  if (best < 0) return withoutHeader(rows, width);
  const confidence = choice.headerRow === undefined ? Math.max(0.4, Math.min(1, 0.6 + (bestScore - second) / 2)) : 1;
  return assemble(rows, best, width, confidence, choice);
}

function withoutHeader(rows: readonly HeadRow[], width: number): HeaderGuess {
  return {
    names: Array.from({ length: width }, (_, i) => `Column ${i + 1}`),
    headerRows: [],
    dataFrom: rows[0]?.number ?? 1,
    units: Array.from({ length: width }, () => ''),
    titles: [],
    confidence: 0.5,
    warnings: ['The first row looks like data, so the columns have no names. Check which column is what.'],
  };
}

/** The width most rows reach, not that of a single long line. */
export function tableWidth(rows: readonly HeadRow[]): number {
  const widths = rows.map((row) => filledWidth(row.cells));
  const limit = Math.max(Math.min(2, rows.length), Math.ceil(rows.length * 0.1));
  let best = 1;
  for (const width of widths)
    if (width > best && widths.filter((other) => other >= width).length >= limit) best = width;
  return best;
}

function filledWidth(cells: readonly Cell[]): number {
  let end = cells.length;
  while (end > 0 && isBlank(cells[end - 1])) end--;
  return end;
}

/** Numbers, dates, addresses: what stands in the rows of a table and hardly ever in its header. */
export function isDataLike(cell: Cell | undefined): boolean {
  if (cell === undefined) return false;
  if (typeof cell !== 'string') return true;
  const text = cell.trim();
  if (text === '' || text.length > 300) return false;
  if (/^[-+(]?\s*[$€£¥]?\s*\d[\d.,'’\s\u00a0\u202f]*\s*(%|€|\$|£|EUR|USD|GBP|CHF)?\)?$/.test(text)) return true;
  if (/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(text)) return true;
  if (/^(https?:\/\/|www\.)\S+$/i.test(text)) return true;
  if (/^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?$/.test(text)) return true;
  if (/^\+?[\d\s()/.-]{7,}$/.test(text)) return true;
  return /^(true|false|wahr|falsch)$/i.test(text) || (/^[a-z0-9]{15}([A-Z0-5]{3})?$/.test(text) && /\d/.test(text));
}

const isYear = (cell: Cell | undefined): boolean => /^(19|20)\d\d$/.test(cellText(cell).trim());

function headerScore(
  rows: readonly HeadRow[],
  at: number,
  width: number,
  isHeaderWord: (text: string) => boolean,
): number {
  const cells = rows[at]!.cells;
  let filled = 0;
  let textual = 0;
  let known = 0;
  let length = 0;
  const seen = new Set<string>();
  for (let i = 0; i < width; i++) {
    const cell = cells[i];
    if (isBlank(cell)) continue;
    filled++;
    const text = cellText(cell).trim();
    length += text.length;
    seen.add(text.toLowerCase());
    if (!isDataLike(cell) || isYear(cell)) textual++;
    if (isHeaderWord(text)) known++;
  }
  if (filled === 0 || saysSomething(cells)) return 0;
  const short = length / filled <= 60 ? 0.1 : 0;
  const share = filled / width;
  return (
    0.4 * share +
    0.25 * (textual / filled) +
    0.1 * (seen.size / filled) +
    0.6 * (known / filled) * Math.min(1, share + 0.3) +
    0.3 * contrast(rows, at, width) +
    short -
    0.02 * at
  );
}

/** "Unit:, EUR, USD", "Base currency: EUR" or "Quote currency, USD": a line above a table that says something of it as a whole. */
function saysSomething(cells: readonly Cell[]): boolean {
  const texts = cells.map((cell) => cellText(cell).trim()).filter((text) => text !== '');
  if (texts.length > 1 && texts[0]!.endsWith(':') && texts.filter((text) => text.endsWith(':')).length === 1)
    return true;
  if (texts.length > 0 && texts.every((text) => /^\p{L}[\p{L} ]*: ?([A-Z]{3}([/-][A-Z]{3})?|\S*\d.*)$/u.test(text)))
    return true;
  return (
    texts.length === 2 && /currency|währung|devise|moneda|valuta|ccy/i.test(texts[0]!) && /^[A-Z]{3}$/.test(texts[1]!)
  );
}

/** Share of columns in which this row is a word and the rows below are numbers, dates or addresses. */
function contrast(rows: readonly HeadRow[], at: number, width: number): number {
  const below = rows.slice(at + 1, at + 21);
  if (below.length === 0) return 0;
  let differing = 0;
  for (let i = 0; i < width; i++) {
    const cell = rows[at]!.cells[i];
    if (isBlank(cell) || (isDataLike(cell) && !isYear(cell))) continue;
    const filled = below.filter((row) => !isBlank(row.cells[i]));
    if (filled.length > 0 && filled.filter((row) => isDataLike(row.cells[i])).length > filled.length / 2) differing++;
  }
  return differing / width;
}

/** True when the row with the best score is itself a row of the table: same kinds of values, no known column name. */
function looksLikeData(rows: readonly HeadRow[], at: number, isHeaderWord: (text: string) => boolean): boolean {
  const cells = rows[at]!.cells;
  const filled = cells.filter((cell) => !isBlank(cell));
  const data = filled.filter((cell) => isDataLike(cell) && !isYear(cell)).length;
  const known = filled.filter((cell) => isHeaderWord(cellText(cell).trim())).length;
  if (data === 0) return false;
  return known / filled.length < 0.3 && data / filled.length >= 0.1 && known <= data;
}

function assemble(
  rows: readonly HeadRow[],
  found: number,
  width: number,
  confidence: number,
  choice: HeaderChoice,
): HeaderGuess {
  const warnings: string[] = [];
  let best = found;
  while (best > 0 && choice.headerRow === undefined && repeatsNames(rows[best - 1]!, trimmed(rows[best]!.cells, width)))
    best--;
  const first = rows[best]!;
  let lastIndex = best;
  let headerRows = [first.number];
  let labels = trimmed(first.cells, width);
  const above = rows[best - 1];
  const below = rows[best + 1];
  let titleEnd = best;
  if (above && !saysSomething(above.cells) && isGroupRow(above, first, width)) {
    labels = merged(trimmed(above.cells, width), labels);
    headerRows = [above.number, first.number];
    titleEnd = best - 1;
  } else if (below && completes(first, below, rows.slice(best + 2, best + 12), width)) {
    labels = merged(labels, trimmed(below.cells, width));
    headerRows = [first.number, below.number];
    lastIndex = best + 1;
  }
  let units: string[] = Array.from({ length: width }, () => '');
  for (let next = rows[lastIndex + 1]; next !== undefined; next = rows[lastIndex + 1]) {
    if (isRule(next)) lastIndex++;
    else if (isUnitsRow(next, width)) {
      units = trimmed(next.cells, width);
      lastIndex++;
      warnings.push(`Row ${next.number} is read as units, not as data.`);
    } else if (repeatsNames(next, labels)) {
      lastIndex++;
      warnings.push(`Row ${next.number} repeats the column names and is left out.`);
    } else break;
  }
  if (headerRows.length > 1) warnings.push(`The column names are put together from rows ${headerRows.join(' and ')}.`);
  return {
    names: unique(labels, rows.slice(lastIndex + 1), warnings),
    headerRows,
    dataFrom: rows[lastIndex]!.number + 1,
    units,
    titles: rows.slice(0, titleEnd).map((row) =>
      row.cells
        .map(cellText)
        .filter((text) => text.trim() !== '')
        .join(' '),
    ),
    confidence: choice.headerRow === undefined ? confidence : 1,
    warnings,
  };
}

/** Also cleans what exports add to a name: line breaks, a star for "required", a stray byte order mark. */
function trimmed(cells: readonly Cell[], width: number): string[] {
  const length = Math.max(width, filledWidth(cells));
  return Array.from({ length }, (_, i) =>
    cellText(cells[i])
      .replace(/^\ufeff/, '')
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/^["'*]+\s*(.*?)\s*["'*]+$/, '$1')
      .replace(/\s*\*$/, '')
      .slice(0, 200),
  );
}

/** Labels that span several columns, directly above the names: each is followed by blanks under which names stand. */
function isGroupRow(above: HeadRow, names: HeadRow, width: number): boolean {
  if (above.number !== names.number - 1) return false;
  const filled = [];
  for (let i = 0; i < width; i++) if (!isBlank(above.cells[i])) filled.push(i);
  if (filled.length === 0 || filled.length > width * 0.8 || (filled.length === 1 && filled[0] === 0)) return false;
  if (
    filled.some(
      (i) => (isDataLike(above.cells[i]) && !isYear(above.cells[i])) || cellText(above.cells[i]).trim().endsWith(':'),
    )
  )
    return false;
  return filled.some(
    (i) => i + 1 < width && isBlank(above.cells[i + 1]) && !isBlank(names.cells[i]) && !isBlank(names.cells[i + 1]),
  );
}

/** A second header row fills the gaps of the first one, and holds words while data follows. */
function completes(first: HeadRow, below: HeadRow, data: readonly HeadRow[], width: number): boolean {
  if (below.number !== first.number + 1 || data.length === 0) return false;
  let gaps = 0;
  let filledGaps = 0;
  let words = 0;
  let filled = 0;
  for (let i = 0; i < width; i++) {
    const cell = below.cells[i];
    if (!isBlank(cell)) {
      filled++;
      if (!isDataLike(cell) || isYear(cell)) words++;
    }
    if (isBlank(first.cells[i])) {
      gaps++;
      if (!isBlank(cell)) filledGaps++;
    }
  }
  // A row of data fills the columns of the first row as well; a second header row leaves the upright names blank.
  const blanksBelow = width - filled;
  return gaps > 0 && filledGaps === gaps && words === filled && blanksBelow > 0 && contrastBelow(below, data, width);
}

function contrastBelow(row: HeadRow, data: readonly HeadRow[], width: number): boolean {
  for (let i = 0; i < width; i++) {
    const below = data.filter((other) => !isBlank(other.cells[i]));
    if (isBlank(row.cells[i])) {
      if (below.length > data.length / 2) return true;
    } else if (below.length > 0 && below.every((other) => isDataLike(other.cells[i]))) return true;
  }
  return false;
}

/** A label reaches over the blanks to its right as long as there are names under it. */
function merged(upper: string[], lower: string[]): string[] {
  let group = '';
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, i) => {
    const label = upper[i] ?? '';
    const name = lower[i] ?? '';
    if (label !== '') group = name === '' ? '' : label;
    if (name === '') return label;
    return group === '' || group.toLowerCase() === name.toLowerCase() ? name : `${group} ${name}`;
  });
}

const unit =
  /^[[(]?\s*(eur|usd|gbp|chf|jpy|€|\$|£|%|#|k€|t€|teur|tsd\.?( €| eur)?|mio\.?( €| eur)?|m€|in .{1,12}|pcs\.?|stk\.?|stück|tage|days|years?|jahre|text|string|number|numeric|integer|int|date|datetime|boolean|decimal|varchar(\(\d+\))?|char(\(\d+\))?|[dmyjtas]{1,4}([-/. ][dmyjtas]{1,4}){1,2})\s*[\])]?$/i;

function isUnitsRow(row: HeadRow, width: number): boolean {
  const filled = row.cells.slice(0, width).filter((cell) => !isBlank(cell));
  if (filled.length === 0) return false;
  const units = filled.filter((cell) => typeof cell === 'string' && unit.test(cell.trim())).length;
  return units / filled.length >= 0.6 && (filled.length < width || units === filled.length);
}

/** A line of dashes, as database clients and plain text tables draw it. */
function isRule(row: HeadRow): boolean {
  const filled = row.cells.filter((cell) => !isBlank(cell));
  return filled.length > 0 && filled.every((cell) => typeof cell === 'string' && /^:?[-=_]{3,}:?$/.test(cell.trim()));
}

function repeatsNames(row: HeadRow, labels: string[]): boolean {
  const bare = (text: string): string =>
    text
      .toLowerCase()
      .replace(/__c$/, '')
      .replace(/[^\p{L}\p{N}]/gu, '');
  const filled = row.cells.map(cellText).filter((text) => text.trim() !== '');
  const same = row.cells.filter((cell, i) => !isBlank(cell) && bare(cellText(cell)) === bare(labels[i] ?? '')).length;
  return (
    filled.length > 1 &&
    same / filled.length >= 0.5 &&
    filled.every((text) => /^[\p{L}_][\p{L}\p{N}_ .:()-]*$/u.test(text))
  );
}

/** Every column gets a name of its own; columns without name and without values at the right end are dropped. */
function unique(labels: string[], data: readonly HeadRow[], warnings: string[]): string[] {
  let end = labels.length;
  while (end > 1 && labels[end - 1] === '' && data.every((row) => isBlank(row.cells[end - 1]))) end--;
  const taken = new Set<string>();
  const doubled: string[] = [];
  const unnamed: number[] = [];
  const names = labels.slice(0, end).map((label, i) => {
    if (label === '') unnamed.push(i + 1);
    const base = label === '' ? `Column ${i + 1}` : label;
    let name = base;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base} (${n})`;
    if (name !== base) doubled.push(base);
    taken.add(name.toLowerCase());
    return name;
  });
  if (doubled.length > 0) {
    warnings.push(
      `Column names that occur more than once got a number: ${[...new Set(doubled)].slice(0, 5).join(', ')}.`,
    );
  }
  if (unnamed.length > 0)
    warnings.push(`${unnamed.length === 1 ? 'A column has' : `${unnamed.length} columns have`} no name.`);
  return names;
}
