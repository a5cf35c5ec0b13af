// The settings room's part in imports: exchange rates. A row is a day with a column for each currency, or a single rate.
import type { ImportChange, Importer } from '../../../kernel/server/importing.ts';
import { ratesShape } from './rates-import-shape.ts';
import * as store from './rates-import-store.ts';
import { recordUpdate } from './rates-store.ts';

/** What was written, kept with the one audited row for many rates. Rates have no ids by which an undo could find them. */
const KEPT = 'pairs_key';

export const ratesImporter: Importer = {
  shape: ratesShape,
  order: 5,
  custom: null,
  ownColumns: {},
  tables: ['fx_rate', 'fx_update'],

  async plan(tx, run) {
    await store.takeRates(tx, run);
    await store.planRates(tx);
  },

  async write(tx, run, from, to): Promise<ImportChange[]> {
    const { pairs, ...wrote } = await store.writeRates(tx, run, from, to);
    if (wrote.added + wrote.changed === 0) return [];
    const row = { workspace_id: run.actor.workspaceId, name: 'Import of a file', source: 'file', ...wrote };
    const id = await recordUpdate(tx, row);
    return [
      { table: 'fx_update', action: 'insert', rows: [from], ids: [id], versions: [1], before: [{ [KEPT]: pairs }] },
    ];
  },

  async undo(tx, run, change) {
    const pairs = change.before?.[0]?.[KEPT] as Record<string, string> | undefined;
    const back = await store.takeBack(tx, pairs ?? {});
    const row = {
      workspace_id: run.actor.workspaceId,
      name: 'Import taken back',
      source: 'file',
      from_on: null,
      to_on: null,
    };
    if (back.removed + back.restored > 0)
      await recordUpdate(tx, { ...row, removed: back.removed, changed: back.restored });
    return {
      removed: back.days_removed,
      restored: back.days_restored,
      kept: back.kept > 0 ? [{ row: change.rows[0]!, reason: `${back.kept} rates were changed since.` }] : [],
    };
  },

  async afterwards(ctx) {
    await ctx.emit({ type: 'rates.changed' });
  },
};
