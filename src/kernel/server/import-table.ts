// An importer for a plain table: one row of the file is one row of the table, known again by the id of its source or by what it says.
// The room says what a row means, as SQL over the staged rows; matching, planning, writing and undo are the same for all.
import type { RawBuilder } from 'kysely';
import type { Tx } from './database.ts';
import * as store from './import-table-store.ts';
import type { EntityShape, ImportCandidate, ImportChange, Importer, ImportRun, UndoOutcome } from './importing.ts';
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

export function tableImporter(of: TableImport): Importer {
  const importer: Importer = {
    shape: of.shape,
    order: of.order,
    custom: null,
    ownColumns: of.ownColumns ?? {},
    tables: [of.table],

    async plan(tx, run) {
      await of.prepare?.(tx, run);
      await store.takeValues(tx, run, of);
      await of.check?.(tx, run);
      await store.matchRows(tx, run, of);
      await store.rejectDoubles(tx, run, of);
      await store.announceRows(tx, run, of);
      await store.planRows(tx, run, of);
    },

    async write(tx, run, from, to) {
      const changes: ImportChange[] = [];
      const made = await store.insertRows(tx, run, of, from, to);
      if (made.length)
        changes.push({
          table: of.table,
          action: 'insert',
          rows: made.map((m) => m.n),
          ids: made.map((m) => m.id),
          versions: made.map(() => 1),
          before: null,
        });
      const changed = await store.updateRows(tx, run, of, from, to);
      if (changed.length)
        changes.push({
          table: of.table,
          action: 'update',
          rows: changed.map((c) => c.n),
          ids: changed.map((c) => c.id),
          versions: changed.map((c) => c.version),
          before: changed.map((c) => c.before),
        });
      return changes;
    },

    undo: (tx, _run, change) => undo(tx, of, change),
  };
  if (of.independent) importer.beside = { tables: ['import_plan'], write: importer.write };
  if (of.candidates) importer.candidates = of.candidates;
  if (of.afterwards) importer.afterwards = of.afterwards;
  return importer;
}

async function undo(tx: Tx, of: TableImport, change: ImportChange): Promise<UndoOutcome> {
  const outcome: UndoOutcome = { removed: 0, restored: 0, kept: [] };
  const rowOf = new Map(change.ids.map((id, i) => [id, change.rows[i] ?? 0]));
  const keep = (id: string, reason: string) => outcome.kept.push({ row: rowOf.get(id) ?? 0, reason });
  if (change.action === 'update') {
    const restored = await store.restoreRows(tx, of, change.ids, change.versions, change.before ?? []);
    outcome.restored = restored.size;
    for (const id of change.ids) if (!restored.has(id)) keep(id, 'It was changed since.');
    return outcome;
  }
  const changed = await store.changedSince(tx, of, change.ids, change.versions);
  for (const id of changed) keep(id, 'It was changed since.');
  const left = change.ids.filter((id) => !changed.has(id));
  const held = await store.heldRows(tx, of, left);
  for (const id of held) keep(id, 'Something hangs on it that the import did not bring.');
  outcome.removed = await store.removeRows(
    tx,
    of,
    left.filter((id) => !held.has(id)),
  );
  return outcome;
}
