// What a room says of a table that plain lists are imported into.
import type { RawBuilder } from 'kysely';
import type { Tx } from './database.ts';
import type { EntityShape, ImportCandidate, ImportRun } from './importing.ts';
import type { Ctx } from './module.ts';

type Sql = RawBuilder<unknown>;

/**
 * The table has `workspace_id`, `id` and `import_id`; by default also `source_system`, `source_id`, `version` and `updated_at`.
 * Values are SQL over `s` (pg_temp.import_stage) and what `from` joins to it. Null means that the file says nothing: a new row gets
 * `fresh`, a known one keeps what it has.
 */
export type TableImport = {
  shape: EntityShape;
  /** Smaller goes first: accounts 10, people 20, products 30. What is referred to comes before what refers. */
  order: number;
  table: string;
  values: (run: ImportRun) => Record<string, Sql>;
  /** What a new row gets where the file says nothing; without it null. */
  fresh?: Record<string, Sql>;
  /** Before values are taken: find references, make temporary tables to join, remark rows. Rejected rows go no further. */
  prepare?: (tx: Tx, run: ImportRun) => Promise<void>;
  /** `left join pg_temp.import_account a on a.n = s.n` … At most one line a row. */
  from?: (run: ImportRun) => Sql;
  /** After values are taken: remarks on `pg_temp.import_row r (n, …columns of the table)`. */
  check?: (tx: Tx, run: ImportRun) => Promise<void>;
  /**
   * Columns by which a row without an id of its source is known again. Rows of one key are matched in their order, so two equal
   * lines of a file are two rows, and the same file again changes nothing.
   */
  natural?: readonly string[];
  /** Columns that no two rows may share: the second is rejected with its reason. */
  unique?: readonly { columns: readonly string[]; field: string; message: string }[];
  /** The order of writing within the file; that of the file when left out. */
  sortBy?: Sql;
  /** Tables whose rows are parts of a row and go with it at an undo. */
  parts?: readonly string[];
  /** Column with the row's name, by which files in the same import may refer to it. */
  nameColumn?: string;
  ownColumns?: Record<string, string>;
  candidates?: (tx: Tx, run: ImportRun, limit: number) => Promise<ImportCandidate[]>;
  afterwards?: (ctx: Ctx) => Promise<void>;
  /**
   * No row needs another, and no trigger makes writers wait for each other: two connections may write at once. For lists of
   * hundreds of thousands of rows.
   */
  independent?: boolean;
  /** Standard columns that the table has not. */
  lacks?: readonly ('source' | 'version' | 'updated_at')[];
};
