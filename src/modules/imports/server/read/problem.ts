// The one error this reader throws: a file that cannot be read, said in words that a person can act on.

export type UnreadableCode =
  | 'empty_file'
  | 'file_too_large'
  | 'not_a_table'
  | 'old_excel'
  | 'password_protected'
  | 'damaged_file'
  | 'unpacked_too_large'
  | 'unsafe_xml'
  | 'unclosed_quote'
  | 'cell_too_large'
  | 'too_many_columns'
  | 'too_many_rows'
  | 'no_such_sheet'
  | 'cancelled';

export type Place = { row?: number; column?: string };

/** A file (or a place in it) that cannot be read. `message` is written for the person who chose the file. */
export class UnreadableFile extends Error {
  readonly code: UnreadableCode;
  readonly row: number | undefined;
  readonly column: string | undefined;

  constructor(code: UnreadableCode, message: string, place: Place = {}) {
    super(message);
    this.name = 'UnreadableFile';
    this.code = code;
    this.row = place.row;
    this.column = place.column;
  }
}

/** How much of a file is read before it is refused; every cap has a message that says what to do. */
export type Limits = {
  /** Size of the file as it was sent. */
  fileBytes: number;
  /** Characters in one cell. */
  cellChars: number;
  columns: number;
  rows: number;
  /** Bytes that an XLSX may unpack to, all parts that are read together. */
  unpackedBytes: number;
  /** Bytes that one part of an XLSX may unpack to for each packed byte, once it passes a few megabytes. */
  unpackRatio: number;
  /** Parts in an XLSX. */
  zipEntries: number;
  /** Characters of shared text in an XLSX, which has to stay in memory. */
  sharedTextChars: number;
};

export const defaultLimits: Limits = {
  fileBytes: 1_000_000_000,
  cellChars: 1_000_000,
  columns: 1_000,
  rows: 5_000_000,
  unpackedBytes: 4_000_000_000,
  unpackRatio: 250,
  zipEntries: 10_000,
  sharedTextChars: 80_000_000,
};

/** 1048576 → "1 MB": sizes for messages. */
export function readableSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes / 1_000;
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit++;
  }
  return `${value >= 10 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
