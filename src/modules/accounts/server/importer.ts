// The accounts room's part in imports: contributes what its files look like, decides what rows are, writes and takes back.
import type { Tx } from '../../../kernel/server/database.ts';
import type { ImportChange, Importer, ImportRun, UndoOutcome } from '../../../kernel/server/importing.ts';
import { ownColumns } from './import-columns.ts';
import { orderTree } from './import-rules.ts';
import { accountsShape } from './import-shape.ts';
import * as store from './import-store.ts';
import * as undoing from './import-undo-store.ts';
import { lockTree } from './store.ts';

export const accountsImporter: Importer = {
  shape: accountsShape,
  order: 10,
  custom: 'accounts',
  ownColumns,
  tables: ['account', 'account_external_id'],
  fieldInUse: undoing.fieldInUse,

  async plan(tx, run) {
    await store.matchAccounts(tx, run);
    await store.rejectAccounts(tx, run);
    await store.announceAccounts(tx, run);
    const links = await store.wantedParents(tx, run);
    let depths: ReadonlyMap<string, number> = new Map();
    if (links.length) {
      const fresh = await store.freshAmong(
        tx,
        links.flatMap((l) => [l.child, l.parent]),
      );
      const order = orderTree(await store.edges(tx), links, fresh);
      await store.dropCircular(tx, order.circular);
      depths = order.depths;
    }
    await store.planAccounts(tx, run, depths);
  },

  candidates: (tx, _run, limit) => store.likeAccounts(tx, limit),

  write,
  beside: { tables: ['import_plan', 'import_stage'], write },

  undo,
};

async function write(tx: Tx, run: ImportRun, from: number, to: number): Promise<ImportChange[]> {
  const changes: ImportChange[] = [];
  const parents = run.mapped.has('parentId') || run.mapped.has('parentName');
  if (parents && (await store.movesAccounts(tx, from, to))) await lockTree(tx);
  const made = await store.insertAccounts(tx, run, from, to);
  if (made.length)
    changes.push({
      table: 'account',
      action: 'insert',
      rows: made.map((m) => m.n),
      ids: made.map((m) => m.id),
      versions: made.map(() => 1),
      before: null,
    });
  const changed = await store.updateAccounts(tx, run, from, to);
  if (changed.length) {
    changes.push({
      table: 'account',
      action: 'update',
      rows: changed.map((c) => c.n),
      ids: changed.map((c) => c.id),
      versions: changed.map((c) => c.version),
      before: changed.map((c) => c.before),
    });
    const known = await store.insertExternalIds(tx, run, from, to, 'changed');
    const rowOf = new Map(changed.map((c) => [c.id, c.n]));
    if (known.length)
      changes.push({
        table: 'account_external_id',
        action: 'insert',
        rows: known.map((k) => rowOf.get(k.account_id)!),
        ids: known.map((k) => k.id),
        versions: known.map(() => 1),
        before: null,
      });
  }
  return changes;
}

async function undo(tx: Tx, _run: Pick<ImportRun, 'importId'>, change: ImportChange): Promise<UndoOutcome> {
  const outcome: UndoOutcome = { removed: 0, restored: 0, kept: [] };
  if (change.table === 'account_external_id') {
    await undoing.removeExternalIds(tx, change.ids);
    return outcome;
  }
  await lockTree(tx);
  const keep = (id: string, reason: string) =>
    outcome.kept.push({ row: change.rows[change.ids.indexOf(id)] ?? 0, reason });
  if (change.action === 'insert') {
    const kept = await undoing.keptAccounts(tx, change.ids, change.versions);
    for (const [id, reason] of kept) keep(id, reason);
    outcome.removed = await undoing.removeAccounts(
      tx,
      change.ids.filter((id) => !kept.has(id)),
    );
    return outcome;
  }
  const before = change.before ?? [];
  const gone = await undoing.missingParents(
    tx,
    before.flatMap((b) => (typeof b.parent_id === 'string' ? [b.parent_id] : [])),
  );
  const images = before.map((b) => {
    if (typeof b.parent_id !== 'string' || !gone.has(b.parent_id)) return b;
    const { parent_id: _, ...rest } = b;
    return rest;
  });
  const restored = await undoing.restoreAccounts(tx, change.ids, change.versions, images);
  outcome.restored = restored.size;
  for (const id of change.ids) if (!restored.has(id)) keep(id, 'It was changed since.');
  return outcome;
}
