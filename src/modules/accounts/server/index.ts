// DOOR 2 of the accounts room.
import type { Tx } from '../../../kernel/server/database.ts';
import type { ServerModule } from '../../../kernel/server/module.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';
import { snapshotSchedule } from './snapshots.ts';
import { searchByName, summaryOf } from './store.ts';

declare module '../../../kernel/server/module.ts' {
  interface Contributions {
    /** Moves everything a room hangs on `from` over to `into`; runs in the merge's transaction. */
    mergeAccounts?: (ctx: Ctx, from: string, into: string) => Promise<void>;
  }
}

export const accounts: ServerModule = {
  name: 'accounts',
  routes,
  permissions,
  schedules: [snapshotSchedule],
  async search(ctx, query, limit) {
    const rows = await searchByName(ctx.tx, query, limit);
    return rows.map((r) => ({
      type: 'account',
      id: r.id,
      accountId: r.id,
      title: r.title,
      subtitle: r.subtitle,
      rank: Number(r.rank),
    }));
  },
};

/** The account, if the actor sees it: what rooms above ask before they hang something on it. */
export async function seenAccount(
  tx: Tx,
  id: string,
): Promise<{ id: string; name: string; ownerId: string | null; archivedAt: string | null } | null> {
  const row = await summaryOf(tx, id);
  return row ? { id: row.id, name: row.name, ownerId: row.owner_id, archivedAt: row.archived_at } : null;
}

export { conditions as accountConditions } from './find-store.ts';
export { mayWrite as mayWriteAccounts } from './policy.ts';
export { lockTree } from './store.ts';
