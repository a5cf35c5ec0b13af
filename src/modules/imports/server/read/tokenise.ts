// Splits delimited text into records, pushed in pieces of any size. Own code, since the file itself must never decide how much
// memory is used: cells are capped while they grow, line ends may be mixed, and an open quote is reported where it opens.
import { UnreadableFile } from './problem.ts';

export type Dialect = {
  delimiter: string;
  /** How a quote is written inside a quoted cell: twice, or (exports of some databases) after a backslash. */
  quoteEscape: 'double' | 'backslash';
};

export type RecordSink = (cells: string[], oddQuotes: boolean) => void;

export type Tokeniser = {
  push(text: string): void;
  end(): void;
};

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const backslash = 92;

/** What one row may hold in memory, all cells together. */
const longestRecord = 20_000_000;

type CellCap = { cellChars: number; columns: number; nameOf: (column: number) => string };

/**
 * A cell is quoted when it starts with a quote, after spaces at most. Text after the closing quote makes it a plain cell that is kept
 * as written and flagged, so that `"Big" Joe Ltd` costs one cell and never swallows the rows below.
 */
export function createTokeniser(dialect: Dialect, cap: CellCap, sink: RecordSink): Tokeniser {
  const delimiter = dialect.delimiter.charCodeAt(0);
  const escaped = dialect.quoteEscape === 'backslash';
  let text = '';
  let recordNumber = 1;
  let skipLineFeed = false;

  function place(column: number): string {
    return `row ${recordNumber}, column ${cap.nameOf(column)}`;
  }

  function tooLong(column: number, quoted: boolean): UnreadableFile {
    const hint = quoted ? ' Perhaps a quotation mark has no partner there.' : '';
    return new UnreadableFile(
      'cell_too_large',
      `The cell in ${place(column)} is longer than ${cap.cellChars.toLocaleString('en')} characters.${hint} Shorten it and try again.`,
      { row: recordNumber, column: cap.nameOf(column) },
    );
  }

  /** Reads complete records; returns where the first incomplete one starts. */
  function scan(final: boolean): number {
    const buffer = text;
    const length = buffer.length;
    let at = 0;
    let recordStart = 0;
    while (at < length) {
      if (skipLineFeed) {
        skipLineFeed = false;
        if (buffer.charCodeAt(at) === lineFeed) {
          at++;
          recordStart = at;
          continue;
        }
      }
      const cells: string[] = [];
      let odd = false;
      let ended = false;
      while (!ended) {
        let end: number;
        let first = at;
        if (at < length && buffer.charCodeAt(at) === space)
          while (first < length && buffer.charCodeAt(first) === space) first++;
        if (first < length && buffer.charCodeAt(first) === quote) {
          const closing = closingQuote(buffer, first + 1, escaped);
          // The last quote of a piece may be the first half of a doubled one.
          if (closing === -1 || (!final && closing + 1 >= length)) {
            if (length - first > cap.cellChars + 2) throw tooLong(cells.length, true);
            if (!final) return recordStart;
            if (closing === -1) {
              throw new UnreadableFile(
                'unclosed_quote',
                `The quotation mark that opens in ${place(cells.length)} is never closed. Close it (or delete it) and try again.`,
                { row: recordNumber, column: cap.nameOf(cells.length) },
              );
            }
          }
          let after = closing + 1;
          while (after < length && buffer.charCodeAt(after) === space && delimiter !== space) after++;
          if (after >= length && !final) return recordStart;
          const next = after < length ? buffer.charCodeAt(after) : lineFeed;
          if (next === delimiter || next === lineFeed || next === carriageReturn) {
            end = after;
            if (closing - first - 1 > cap.cellChars) throw tooLong(cells.length, true);
            cells.push(unquote(buffer.slice(first + 1, closing), escaped));
          } else {
            end = endOfPlain(buffer, after, delimiter);
            if (end >= length && !final) {
              if (end - at > cap.cellChars) throw tooLong(cells.length, true);
              return recordStart;
            }
            odd = true;
            cells.push(repaired(buffer.slice(first, end), closing - first));
          }
        } else {
          end = endOfPlain(buffer, at, delimiter);
          if (end - at > cap.cellChars) throw tooLong(cells.length, false);
          if (end >= length && !final) return recordStart;
          cells.push(buffer.slice(at, end));
        }
        if (cells.length > cap.columns) {
          throw new UnreadableFile(
            'too_many_columns',
            `Row ${recordNumber} has more than ${cap.columns.toLocaleString('en')} columns. Delete columns that are not needed and try again.`,
            { row: recordNumber },
          );
        }
        const stop = end < length ? buffer.charCodeAt(end) : lineFeed;
        at = end + 1;
        if (stop !== delimiter) {
          ended = true;
          skipLineFeed = stop === carriageReturn;
        } else if (at >= length) {
          // The delimiter was the last character: an empty cell follows, unless more text comes.
          if (!final) return recordStart;
          cells.push('');
          ended = true;
        }
      }
      sink(cells, odd);
      recordNumber++;
      recordStart = Math.min(at, length);
    }
    return recordStart;
  }

  return {
    push(piece) {
      text = text === '' ? piece : text + piece;
      const rest = scan(false);
      text = rest === 0 ? text : text.slice(rest);
      if (text.length > longestRecord) {
        throw new UnreadableFile(
          'cell_too_large',
          `Row ${recordNumber} is longer than ${longestRecord.toLocaleString('en')} characters.`,
          {
            row: recordNumber,
          },
        );
      }
    },
    end() {
      scan(true);
      text = '';
    },
  };
}

function endOfPlain(buffer: string, from: number, delimiter: number): number {
  const length = buffer.length;
  let at = from;
  while (at < length) {
    const code = buffer.charCodeAt(at);
    if (code === delimiter || code === lineFeed || code === carriageReturn) return at;
    at++;
  }
  return length;
}

function closingQuote(buffer: string, from: number, escaped: boolean): number {
  for (let at = buffer.indexOf('"', from); at !== -1; at = buffer.indexOf('"', at)) {
    if (escaped && isEscaped(buffer, at, from)) at++;
    else if (buffer.charCodeAt(at + 1) === quote) at += 2;
    else return at;
  }
  return -1;
}

function isEscaped(buffer: string, at: number, from: number): boolean {
  let slashes = 0;
  while (at - 1 - slashes >= from && buffer.charCodeAt(at - 1 - slashes) === backslash) slashes++;
  return slashes % 2 === 1;
}

function unquote(text: string, escaped: boolean): string {
  const plain = text.includes('"') ? text.replaceAll('""', '"') : text;
  return escaped && plain.includes('\\') ? plain.replace(/\\(["\\])/g, '$1') : plain;
}

/** `"He said "hi" there"` is a quoted cell with quotes nobody doubled; `"Big" Joe Ltd` is plain text that starts with a quote. */
function repaired(raw: string, closing: number): string {
  const trimmed = raw.trimEnd();
  return trimmed.endsWith('"') && trimmed.length > closing + 1 ? trimmed.slice(1, -1) : trimmed;
}
