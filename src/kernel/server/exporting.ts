// What a room says so that its lists can be exported: which rows a filter gives, and what columns a row has.
import type { RawBuilder } from 'kysely';
import type { Tx } from './database.ts';
import type { Ctx } from './module.ts';

/** Texts, numbers and truth values as they are; days and amounts so that a spreadsheet can reckon with them. */
export type ExportCell = string | number | boolean | null | { day: string } | { minor: number; digits: number };

export type ExportColumn<Line> = {
  /** As the list names it: `arr`, `custom.segment`. */
  key: string;
  headers: string[];
  /** As many as there are headers. */
  cells: (line: Line) => ExportCell[];
  /** Only in exports that ask for it by name: what is worked out and cannot come back through an import. */
  isExtra?: boolean;
};

export type Exporter<Row, Line> = {
  columns: ExportColumn<Line>[];
  /** Exactly the rows of the list with the same filter, in its order, under the rights of the transaction that runs it. */
  query: RawBuilder<Row>;
  /** The lines of a row: one, or one for each thing that hangs on it. */
  lines: (row: Row) => Line[];
  /** Looks up what the columns asked for need beside the rows, some rows at a time, before their lines are made. */
  prepare?: (tx: Tx, rows: readonly Row[], keys: readonly string[]) => Promise<void>;
};

/** Makes the exporter of one request. */
export type ExporterOf<Filter, Row, Line> = (ctx: Ctx, filter: Filter) => Promise<Exporter<Row, Line>>;
