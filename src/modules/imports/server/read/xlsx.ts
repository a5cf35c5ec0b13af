// A sheet of an XLSX workbook as numbered rows, streamed: only the shared texts stay in memory.

import { mergeCollector } from './merged.ts';
import type { Limits } from './problem.ts';
import { UnreadableFile } from './problem.ts';
import type { Cell, MergedCell, RawBatch, RawTable } from './raw.ts';
import { batchRows, headRows, isBlankRow } from './raw.ts';
import type { ByteSource } from './source.ts';
import type { Workbook, WorkbookSheet } from './xlsx-parts.ts';
import { openWorkbook, partText, unescapeControl } from './xlsx-parts.ts';
import { styledNumber } from './xlsx-styles.ts';
import { attribute, createXmlScanner } from './xml.ts';

export type XlsxTable = RawTable & { sheet: string; sheets: { name: string; hidden: boolean }[] };

type SheetTally = { formulasWithoutValue: number };

/** Reads the sheet named in `choice`, else the first visible one that looks like a table. */
export async function openXlsx(source: ByteSource, limits: Limits, choice: { sheet?: string }): Promise<XlsxTable> {
  const book = await openWorkbook(source, limits);
  const { sheet, head } = await chosenSheet(book, choice.sheet);
  const warnings: string[] = [];
  const others = book.sheets.filter((other) => other !== sheet && !other.hidden);
  if (others.length > 0 && choice.sheet === undefined) {
    warnings.push(
      `Sheet “${sheet.name}” is read. Not read: ${others
        .slice(0, 5)
        .map((other) => other.name)
        .join(', ')}${others.length > 5 ? ', …' : ''}.`,
    );
  }
  const tally: SheetTally = { formulasWithoutValue: 0 };
  return {
    kind: 'xlsx',
    bytesTotal: source.size,
    head,
    warnings,
    merged: await mergedIn(book, sheet),
    sheet: sheet.name,
    sheets: book.sheets.map(({ name, hidden }) => ({ name, hidden })),
    async *batches(signal) {
      tally.formulasWithoutValue = 0;
      yield* sheetBatches(book, sheet, tally, signal);
      const missing = `${tally.formulasWithoutValue === 1 ? '1 cell holds a formula without a saved result and is read as blank' : `${tally.formulasWithoutValue} cells hold formulas without a saved result and are read as blank`}. Open the file in a spreadsheet program, save it and choose it again.`;
      if (tally.formulasWithoutValue > 0 && !warnings.includes(missing)) warnings.push(missing);
    },
  };
}

/** Merged cells stand behind the rows. A part that cannot be read says so when its rows are read. */
async function mergedIn(book: Workbook, sheet: WorkbookSheet): Promise<MergedCell[]> {
  const collector = mergeCollector();
  try {
    for await (const text of partText(book.source, sheet.part, book.limits, { used: 0 })) collector.push(text);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
  }
  return collector.found;
}

async function chosenSheet(
  book: Workbook,
  name: string | undefined,
): Promise<{ sheet: WorkbookSheet; head: RawTable['head'] }> {
  if (name !== undefined) {
    const sheet =
      book.sheets.find((one) => one.name === name) ??
      book.sheets.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (!sheet) {
      throw new UnreadableFile(
        'no_such_sheet',
        `There is no sheet “${name}”. The sheets are: ${book.sheets.map((one) => one.name).join(', ')}.`,
      );
    }
    return { sheet, head: await headOf(book, sheet) };
  }
  const visible = book.sheets.filter((sheet) => !sheet.hidden);
  const looked: { sheet: WorkbookSheet; head: RawTable['head']; worth: number }[] = [];
  for (const sheet of (visible.length > 0 ? visible : book.sheets).slice(0, 30)) {
    const head = await headOf(book, sheet);
    const width = Math.max(0, ...head.map((row) => row.cells.length));
    looked.push({ sheet, head, worth: Math.min(width, 5) / 5 + Math.min(head.length, 8) / 8 });
  }
  const most = Math.max(...looked.map((one) => one.worth));
  return looked.find((one) => one.worth >= most * 0.75)!;
}

async function headOf(book: Workbook, sheet: WorkbookSheet): Promise<RawTable['head']> {
  const head: RawTable['head'] = [];
  for await (const batch of sheetBatches(book, sheet, { formulasWithoutValue: 0 }, undefined, 50)) {
    for (let i = 0; i < batch.rows.length && head.length < headRows; i++) {
      head.push({ number: batch.numbers[i]!, cells: batch.rows[i]! });
    }
    if (head.length >= headRows) break;
  }
  return head;
}

async function* sheetBatches(
  book: Workbook,
  sheet: WorkbookSheet,
  tally: SheetTally,
  signal?: AbortSignal,
  size = batchRows,
): AsyncGenerator<RawBatch> {
  const reader = createSheetReader(book, sheet, tally, size);
  const { source, limits } = book;
  // Progress counts the packed bytes in proportion to what this sheet unpacks to.
  let seen = 0;
  const total = Math.max(1, sheet.part.unpackedBytes);
  for await (const text of partText(source, sheet.part, limits, { used: 0 })) {
    if (signal?.aborted) throw new UnreadableFile('cancelled', 'Reading was cancelled.');
    seen += text.length;
    reader.push(text);
    for (const batch of reader.take())
      yield { ...batch, bytesRead: Math.round(source.size * Math.min(1, seen / total)) };
  }
  reader.end();
  for (const batch of reader.take(true)) yield { ...batch, bytesRead: source.size };
}

type SheetReader = { push(text: string): void; end(): void; take(all?: boolean): RawBatch[] };

function createSheetReader(book: Workbook, sheet: WorkbookSheet, tally: SheetTally, size: number): SheetReader {
  const { limits, sharedTexts, styles, from1904 } = book;
  let batch: RawBatch = { rows: [], numbers: [], oddQuotes: [], bytesRead: 0 };
  const ready: RawBatch[] = [];
  let cells: Cell[] = [];
  let rowNumber = 0;
  let column = -1;
  let type = '';
  let style = -1;
  let value = '';
  let hasFormula = false;
  let collecting = false;
  let phonetic = 0;
  let inRow = false;

  function openCell(attributes: string): void {
    const reference = attribute(attributes, 'r');
    column = reference === null ? column + 1 : columnOf(reference);
    type = attribute(attributes, 't') ?? 'n';
    const styleText = attribute(attributes, 's');
    style = styleText === null ? -1 : Number(styleText);
    value = '';
    hasFormula = false;
  }

  function closeCell(): void {
    if (value === '') {
      if (hasFormula && type !== 'str') tally.formulasWithoutValue++;
      return;
    }
    const cell = cellOf(value);
    if (cell === '') return;
    if (column >= limits.columns) {
      throw new UnreadableFile(
        'too_many_columns',
        `Row ${rowNumber} of sheet “${sheet.name}” has more than ${limits.columns.toLocaleString('en')} columns. Delete columns that are not needed and try again.`,
        { row: rowNumber },
      );
    }
    while (cells.length < column) cells.push('');
    cells[column] = cell;
  }

  function cellOf(text: string): Cell {
    if (type === 's') return sharedTexts[Number(text)] ?? '';
    if (type === 'b') return text.trim() === '1' || text.trim() === 'true';
    if (type === 'str' || type === 'inlineStr' || type === 'e') return unescapeControl(text);
    if (type === 'd') return text.replace(/T00:00:00(\.0+)?Z?$/, '');
    const number = Number(text);
    return Number.isNaN(number) ? text : styledNumber(number, styles[style], from1904);
  }

  function closeRow(): void {
    if (isBlankRow(cells)) return;
    if (rowNumber > limits.rows) {
      throw new UnreadableFile(
        'too_many_rows',
        `The sheet has more than ${limits.rows.toLocaleString('en')} rows. Split it and import the parts.`,
      );
    }
    batch.rows.push(cells);
    batch.numbers.push(rowNumber);
    if (batch.rows.length < size) return;
    ready.push(batch);
    batch = { rows: [], numbers: [], oddQuotes: [], bytesRead: 0 };
  }

  const scanner = createXmlScanner(book.source.name, {
    open(name, attributes) {
      if (name === 'c') openCell(attributes);
      else if (name === 'row') {
        const given = Number(attribute(attributes, 'r') ?? 0);
        rowNumber = Number.isInteger(given) && given > rowNumber ? given : rowNumber + 1;
        cells = [];
        column = -1;
        inRow = true;
      } else if (name === 'v' || name === 't') collecting = inRow && phonetic === 0;
      else if (name === 'f') hasFormula = true;
      else if (name === 'rPh') phonetic++;
    },
    close(name) {
      if (name === 'v' || name === 't') collecting = false;
      else if (name === 'c') closeCell();
      else if (name === 'row') {
        closeRow();
        inRow = false;
      } else if (name === 'rPh') phonetic--;
    },
    text(text) {
      if (!collecting) return;
      value = value === '' ? text : value + text;
      if (value.length > limits.cellChars) {
        throw new UnreadableFile(
          'cell_too_large',
          `The cell in row ${rowNumber}, column ${columnLetters(column)} is longer than ${limits.cellChars.toLocaleString('en')} characters. Shorten it and try again.`,
          { row: rowNumber, column: columnLetters(column) },
        );
      }
    },
  });

  return {
    push: scanner.push,
    end: scanner.end,
    take(all = false) {
      if (all && batch.rows.length > 0) {
        ready.push(batch);
        batch = { rows: [], numbers: [], oddQuotes: [], bytesRead: 0 };
      }
      return ready.splice(0);
    },
  };
}

/** "BC12" → 54 */
function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length && i < 4; i++) {
    const code = reference.charCodeAt(i) & 0xdf;
    if (code < 65 || code > 90) break;
    column = column * 26 + (code - 64);
  }
  return Math.max(0, column - 1);
}

/** 54 → "BC", as spreadsheets name a column. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  return letters;
}
