// An importer for a plain table: one row of the file is one row of the table, known again by the id of its source or by what it says.
// The room says what a row means, as SQL over the staged rows; matching, planning, writing and undo are the same for all.
import type { Tx } from './database.ts';
import type { TableImport } from './import-table-shape.ts';
import * as store from './import-table-store.ts';
import type { ImportChange, Importer, UndoOutcome } from './importing.ts';

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
