// Takes a whole import back, the last chunk first. Each chunk goes in its own transaction and is marked, so an undo that dies goes on.
import { removeNamedMembers } from '../../people/server/index.ts';
import { customFields, withdrawFields } from '../../settings/server/index.ts';
import { inTurn, type Work } from './session.ts';
import * as stage from './stage-store.ts';
import * as store from './store.ts';
import { passOn } from './undo-store.ts';

const KEPT_NAMED = 500;

export async function undo(w: Work): Promise<void> {
  await inTurn(w, async () => {
    const { left, all } = await w.transaction((ctx) => stage.countChanges(ctx.tx, w.importId));
    for (let n = 0; n < left; n++) {
      w.signal.throwIfAborted();
      await w.progress('Taking the import back', all - left + n, all);
      await w.transaction((ctx) => undoOne(w, ctx));
    }
    await w.transaction((ctx) => withdrawMade(w, ctx));
    if (left > 0) await w.transaction((ctx) => stage.tidy(ctx.tx, [...new Set(w.importers.flatMap((i) => i.tables))]));
  });
}

type Ctx = Parameters<Parameters<Work['transaction']>[0]>[0];

async function undoOne(w: Work, ctx: Ctx): Promise<void> {
  const change = await stage.lastChange(ctx.tx, w.importId);
  if (!change) return;
  const importer = w.importers.find((i) => i.tables.includes(change.table));
  if (importer) {
    const outcome = await importer.undo(ctx.tx, w, change);
    await passOn(ctx.tx, change);
    const one = await store.oneImport(ctx.tx, w.importId);
    const before = one?.undo_report ?? { removed: 0, restored: 0, kept: [], keptCount: 0 };
    const kept = outcome.kept.map((k) => ({ file: change.file, ...k }));
    await store.setImport(ctx.tx, w.importId, {
      undo_report: JSON.stringify({
        removed: before.removed + outcome.removed,
        restored: before.restored + outcome.restored,
        kept: [...before.kept, ...kept].slice(0, KEPT_NAMED),
        keptCount: before.keptCount + kept.length,
      }),
    });
  }
  await stage.markUndone(ctx.tx, change.id);
}

/** Fields and members that the import made go too, where nothing uses them any more. */
async function withdrawMade(w: Work, ctx: Ctx): Promise<void> {
  const made = (await store.oneImport(ctx.tx, w.importId))?.made ?? {};
  const unused: string[] = [];
  for (const importer of w.importers) {
    if (!importer.custom || !importer.fieldInUse) continue;
    for (const field of await customFields(ctx.tx, importer.custom))
      if (made.fields?.includes(field.id) && !(await importer.fieldInUse(ctx.tx, field.key))) unused.push(field.id);
  }
  await withdrawFields(ctx, unused, made.choices ?? []);
  if (made.members?.length) await removeNamedMembers(ctx, made.members);
  await store.setImport(ctx.tx, w.importId, { made: '{}' });
}
