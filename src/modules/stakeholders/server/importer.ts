// The stakeholders room's part in imports: contributes what files of people look like, decides who rows are, writes and takes back.
import type { Tx } from '../../../kernel/server/database.ts';
import type { ImportChange, Importer, ImportRun, UndoOutcome } from '../../../kernel/server/importing.ts';
import { orderTree, resolveAccountRefs } from '../../accounts/server/index.ts';
import { ownColumns } from './import-columns.ts';
import { peopleShape } from './import-shape.ts';
import * as store from './import-store.ts';
import * as writing from './import-write-store.ts';

export const peopleImporter: Importer = {
  shape: peopleShape,
  order: 20,
  custom: 'people',
  ownColumns,
  tables: ['person', 'person_external_id', 'stakeholder'],
  fieldInUse: writing.fieldInUse,

  async plan(tx, run) {
    await resolveAccountRefs(tx, run, {
      idColumn: 'account_id',
      nameColumn: 'account_name',
      without: 'The person is taken without account.',
    });
    await store.matchPeople(tx, run);
    await store.groupPeople(tx);
    const lines = await store.wantedLines(tx, run);
    const depths = new Map<number, number>();
    if (lines.length) {
      const at = (account: string, person: string) => `${account} ${person}`;
      const links = lines.map((l) => ({ row: l.row, child: at(l.account, l.child), parent: at(l.account, l.parent) }));
      const asked = new Set(links.flatMap((l) => [l.child, l.parent]));
      const order = orderTree(await store.linesAtAll(tx), links, asked);
      await store.dropLines(
        tx,
        order.circular.map((c) => c.row),
      );
      for (const l of links) depths.set(l.row, order.depths.get(l.child) ?? 0);
    }
    await store.planPeople(tx, run, depths);
  },

  candidates: (tx, _run, limit) => store.likePeople(tx, limit),

  async write(tx, run, from, to) {
    const changes: ImportChange[] = [];
    const made = (table: string, rows: { n: number; id: string }[]) => {
      if (rows.length)
        changes.push({
          table,
          action: 'insert',
          rows: rows.map((r) => r.n),
          ids: rows.map((r) => r.id),
          versions: rows.map(() => 1),
          before: null,
        });
    };
    const changed = (table: string, rows: Awaited<ReturnType<typeof writing.updatePeople>>) => {
      if (rows.length)
        changes.push({
          table,
          action: 'update',
          rows: rows.map((r) => r.n),
          ids: rows.map((r) => r.id),
          versions: rows.map((r) => r.version),
          before: rows.map((r) => r.before),
        });
    };
    made('person', await writing.insertPeople(tx, run, from, to));
    const ids = await writing.insertPersonIds(tx, run, from, to);
    made(
      'person_external_id',
      ids.filter((i) => !i.fresh),
    );
    changed('person', await writing.updatePeople(tx, run, from, to));
    made('stakeholder', await writing.insertRoles(tx, run, from, to));
    changed('stakeholder', await writing.updateRoles(tx, run, from, to));
    return changes;
  },

  undo,
};

async function undo(tx: Tx, _run: Pick<ImportRun, 'importId'>, change: ImportChange): Promise<UndoOutcome> {
  const outcome: UndoOutcome = { removed: 0, restored: 0, kept: [] };
  if (change.table === 'person_external_id') {
    await writing.remove(tx, 'person_external_id', change.ids);
    return outcome;
  }
  const table = change.table === 'person' ? 'person' : 'stakeholder';
  const keep = (id: string, reason: string) =>
    outcome.kept.push({ row: change.rows[change.ids.indexOf(id)] ?? 0, reason });
  if (change.action === 'update') {
    const restored = await writing.restore(tx, table, change.ids, change.versions, change.before ?? []);
    outcome.restored = restored.size;
    for (const id of change.ids) if (!restored.has(id)) keep(id, 'It was changed since.');
    return outcome;
  }
  const kept = await writing.changedSince(tx, table, change.ids, change.versions);
  for (const id of kept) keep(id, 'It was changed since.');
  if (table === 'person') {
    const held = await writing.heldPeople(
      tx,
      change.ids.filter((id) => !kept.has(id)),
    );
    for (const id of held) {
      kept.add(id);
      keep(id, 'Something hangs on this person that the import did not bring.');
    }
  }
  const removed = await writing.remove(
    tx,
    table,
    change.ids.filter((id) => !kept.has(id)),
  );
  // A role is a part of its person: the report counts people.
  if (table === 'person') outcome.removed = removed;
  return outcome;
}
