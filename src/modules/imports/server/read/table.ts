// Opens any CSV or XLSX as one table with a header and a stream of rows; the rest of the room never sees bytes.
import { basename } from 'node:path';
import type { CsvTable } from './csv.ts';
import { openCsv } from './csv.ts';
import type { HeaderGuess } from './header.ts';
import { findHeader } from './header.ts';
import { mergedFiller } from './merged.ts';
import type { Limits } from './problem.ts';
import { defaultLimits, readableSize, UnreadableFile } from './problem.ts';
import type { Cell, RawTable } from './raw.ts';
import { cellText, isBlank, isBlankRow } from './raw.ts';
import { sniff } from './sniff.ts';
import { openSource } from './source.ts';
import type { Encoding } from './text.ts';
import type { XlsxTable } from './xlsx.ts';
import { openXlsx } from './xlsx.ts';

export type { Cell } from './raw.ts';
export { cellText } from './raw.ts';

/** What a person may decide otherwise than we detected. */
export type TableChoice = {
  encoding?: Encoding;
  delimiter?: string;
  sheet?: string;
  /** Spreadsheet row number of the header; 0 says that the file has none. */
  headerRow?: number;
  limits?: Partial<Limits>;
  /** Says whether lists use a text as a column name; makes the search for the header surer. */
  isHeaderWord?: (text: string) => boolean;
};

export type RowNote = {
  row: number;
  code: 'too_many_cells' | 'too_few_cells' | 'odd_quotes' | 'repeated_header' | 'footer';
  /** `reject`: the row's cells may stand in the wrong columns. `skip`: it is no data and is not among the rows. */
  weight: 'reject' | 'skip' | 'warn';
  message: string;
};

export type TableBatch = {
  /** Each as wide as the header. */
  rows: Cell[][];
  /** Row numbers as a spreadsheet shows them. */
  rowNumbers: number[];
  notes: RowNote[];
  /** Of `bytesTotal`, for a progress bar. */
  bytesRead: number;
};

export type SourceTable = {
  kind: 'csv' | 'xlsx';
  fileName: string;
  bytesTotal: number;
  encoding: Encoding | null;
  encodingConfidence: number;
  delimiter: string | null;
  header: string[];
  /** Row numbers of the header; empty when the file has none. */
  headerRows: number[];
  headerConfidence: number;
  /** Text of a units row by column (`EUR`, `dd/mm/yyyy`), '' where there is none. */
  units: string[];
  titles: string[];
  sheet: string | null;
  sheets: { name: string; hidden: boolean }[];
  /** The first rows of data. */
  sample: Cell[][];
  /** In words for the person who imports; may grow while rows are read. */
  warnings: string[];
  /** May be called again for another pass. `afterRow` resumes behind a row that was handled. */
  rows(options?: { signal?: AbortSignal; afterRow?: number }): AsyncGenerator<TableBatch>;
};

/** Throws UnreadableFile with a message for the user when the file cannot be read as a table. */
export async function openTable(
  file: string | Uint8Array,
  fileName?: string,
  choice: TableChoice = {},
): Promise<SourceTable> {
  const name = basename(fileName ?? (typeof file === 'string' ? file : 'The file'));
  const limits: Limits = { ...defaultLimits, ...choice.limits };
  const source = await openSource(file, name);
  if (source.size > limits.fileBytes) {
    throw new UnreadableFile(
      'file_too_large',
      `${name} has ${readableSize(source.size)}; at most ${readableSize(limits.fileBytes)} can be read. Split it and import the parts.`,
    );
  }
  const kind = await sniff(source);
  let header: HeaderGuess | null = null;
  const nameOf = (column: number): string => (header?.names[column] ? `“${header.names[column]}”` : String(column + 1));
  const csv = kind === 'csv' ? await openCsv(source, limits, choice, nameOf) : null;
  const xlsx = kind === 'xlsx' ? await openXlsx(source, limits, choice) : null;
  const raw: RawTable = csv ?? xlsx!;
  if (raw.head.length === 0) await fillHead(raw);
  if (raw.head.length === 0) {
    throw new UnreadableFile(
      'empty_file',
      xlsx ? `Sheet “${xlsx.sheet}” of ${name} is empty.` : `${name} holds no rows.`,
    );
  }
  header = findHeader(raw.head, { isHeaderWord: choice.isHeaderWord ?? (() => false), headerRow: choice.headerRow });
  return tableOf(name, raw, csv, xlsx, header, limits);
}

/** The sample was blank, or its first row too long for it: look at the stream itself, which names the trouble. */
async function fillHead(raw: RawTable): Promise<void> {
  for await (const batch of raw.batches()) {
    raw.head.push(...batch.rows.slice(0, 200).map((cells, i) => ({ number: batch.numbers[i]!, cells })));
    if (raw.head.length > 0) return;
  }
}

function tableOf(
  fileName: string,
  raw: RawTable,
  csv: CsvTable | null,
  xlsx: XlsxTable | null,
  header: HeaderGuess,
  limits: Limits,
): SourceTable {
  const width = header.names.length;
  if (width > limits.columns) {
    throw new UnreadableFile(
      'too_many_columns',
      `${fileName} has ${width.toLocaleString('en')} columns; at most ${limits.columns.toLocaleString('en')} can be read.`,
    );
  }
  const filler = () => mergedFiller(raw.merged ?? [], header.names, header.dataFrom);
  const first = filler();
  const data = raw.head
    .filter((row) => row.number >= header.dataFrom)
    .map((row) => ({ number: row.number, cells: first.fill(row.cells, row.number) }));
  const warnings = [...raw.warnings, ...header.warnings];
  if (data.length === 0) warnings.push('There is a header, but no row below it.');
  return {
    kind: raw.kind,
    fileName,
    bytesTotal: raw.bytesTotal,
    encoding: csv?.encoding.encoding ?? null,
    encodingConfidence: csv?.encoding.confidence ?? 1,
    delimiter: csv?.dialect.delimiter ?? null,
    header: header.names,
    headerRows: header.headerRows,
    headerConfidence: header.confidence,
    units: header.units,
    titles: header.titles,
    sheet: xlsx?.sheet ?? null,
    sheets: xlsx?.sheets ?? [],
    sample: data.slice(0, 100).map((row) => fitted(row.cells, width)),
    warnings,
    async *rows({ signal, afterRow = 0 } = {}) {
      const from = Math.max(header.dataFrom, afterRow + 1);
      const merged = filler();
      for await (const batch of raw.batches(signal)) {
        const shaped: TableBatch = { rows: [], rowNumbers: [], notes: [], bytesRead: batch.bytesRead };
        const odd = new Set(batch.oddQuotes);
        for (let i = 0; i < batch.rows.length; i++) {
          const number = batch.numbers[i]!;
          const cells = number < header.dataFrom ? batch.rows[i]! : merged.fill(batch.rows[i]!, number);
          if (number < from) continue;
          if (isGroupTitle(cells, batch.rows[i + 1], header.names))
            shaped.notes.push({ row: number, code: 'footer', weight: 'skip', message: 'The title of a group.' });
          else shape(cells, number, odd.has(number), header, raw.kind, shaped);
        }
        if (shaped.rows.length > 0 || shaped.notes.length > 0) yield shaped;
      }
      for (const warning of [...raw.warnings, ...merged.warnings()]) addOnce(warnings, warning);
      const lost = csv?.tally.nullCharacters ?? 0;
      if (lost > 0)
        addOnce(
          warnings,
          `${lost.toLocaleString('en')} null ${lost === 1 ? 'character was' : 'characters were'} left out.`,
        );
    },
  };
}

function addOnce(warnings: string[], warning: string): void {
  if (!warnings.includes(warning)) warnings.push(warning);
}

function shape(
  cells: Cell[],
  row: number,
  odd: boolean,
  header: HeaderGuess,
  kind: 'csv' | 'xlsx',
  into: TableBatch,
): void {
  const width = header.names.length;
  const note = (code: RowNote['code'], weight: RowNote['weight'], message: string): void => {
    into.notes.push({ row, code, weight, message });
  };
  if (isRepeatedHeader(cells, header.names)) {
    note('repeated_header', 'skip', 'Repeats the column names.');
    return;
  }
  if (isFooter(cells, width)) {
    note('footer', 'skip', 'A line under the table (a total or a remark), not a row of it.');
    return;
  }
  if (cells.length > width && !isBlankRow(cells.slice(width))) {
    note(
      'too_many_cells',
      'reject',
      `The row has ${cells.length} cells, the header ${width}. Perhaps a cell with a separator in it is not in quotes.`,
    );
  } else if (cells.length < width && kind === 'csv') {
    note(
      'too_few_cells',
      'warn',
      `The row has ${cells.length} cells, the header ${width}; the missing ones are read as blank.`,
    );
  }
  if (odd)
    note('odd_quotes', 'warn', 'The quotation marks in this row do not match; the cell is kept as it is written.');
  into.rows.push(fitted(cells, width));
  into.rowNumbers.push(row);
}

function fitted(cells: Cell[], width: number): Cell[] {
  if (cells.length === width) return cells;
  if (cells.length > width) return cells.slice(0, width);
  const row = cells.slice();
  while (row.length < width) row.push('');
  return row;
}

function isRepeatedHeader(cells: readonly Cell[], names: readonly string[]): boolean {
  if (names.length < 2 || cells[0] !== names[0] || cells[1] !== names[1]) return false;
  return names.every((name, i) => isBlank(cells[i]) || cellText(cells[i]).trim() === name);
}

/** Nothing but the word: it may stand in any column, and in a list of two. */
const totalWord =
  /^(((grand|sub|column|overall)[ -]?)?totals?( general| général|e generale| geral)?|(zwischen|end|gesamt)?summen?|gesamt(summe|ergebnis|betrag)?|insgesamt|totale|totaal|somme|suma|soma|sum|razem|ogółem|summa|i alt|yhteensä|celkem|toplam|итого|всего|合計|総計|总计|合计|합계):?$/i;

const footerText =
  /^((grand |sub)?totals?\b|summe\b|gesamt(summe|ergebnis)?\b|total(e|es)?\b|somme\b|suma\b|anzahl\b|copyright\b|©|confidential\b|vertraulich\b|confidentiel\b|generated (by|on|at)\b|report (generated|created|run)\b|exported (by|on|from)\b|end of (report|file|list)\b|\d+ (rows?|records?|entries|datensätze|zeilen)\b|\(?\d+ (rows?|records?) (affected|selected|exported)|source:|quelle:|--+ ?end|[-=_]{3,}$)/i;

/** A total or a remark below the table: such a text in the first filled cell, and hardly anything beside it. */
function isFooter(cells: readonly Cell[], width: number): boolean {
  if (width < 2) return false;
  let first = -1;
  let beside = 0;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!;
    if (isBlank(cell)) continue;
    if (first === -1) {
      if (typeof cell !== 'string') return false;
      first = i;
      continue;
    }
    beside++;
    // "USD" beside a total is a currency, every other word makes it a row.
    if (typeof cell === 'string' && /\p{L}{2}/u.test(cell.replace(/\b[A-Z]{3}\b/g, ''))) return false;
  }
  if (first === -1) return false;
  const text = (cells[first] as string).trim();
  if (totalWord.test(text)) return beside > 0 || width > 2;
  return width > 2 && first <= 2 && footerText.test(text);
}

/** A name alone above column names that come again: the next group of a board, not a row of it. */
function isGroupTitle(cells: readonly Cell[], next: readonly Cell[] | undefined, names: readonly string[]): boolean {
  if (names.length < 3 || next === undefined || isBlank(cells[0]) || !isBlankRow(cells.slice(1))) return false;
  return isRepeatedHeader(next, names);
}
