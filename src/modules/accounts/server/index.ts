// DOOR 2 of the accounts room.
import type { Tx } from '../../../kernel/server/database.ts';
import type { Ctx, ServerModule } from '../../../kernel/server/module.ts';
import { deriveRenewalOn } from './derived-store.ts';
import { accountsImporter } from './importer.ts';
import { metrics } from './metrics.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';
import { snapshotSchedule } from './snapshots.ts';
import { summaryOf, updateAccount } from './store.ts';
import { namesOf } from './timeline-store.ts';

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
  // Deals and contracts are often called by their account: it comes first.
  search: { type: 'account', from: 'account_search', weight: 0.4 },
  contributes: { names: namesOf, importers: [accountsImporter], metrics },
};

export type SeenAccount = {
  id: string;
  name: string;
  ownerId: string | null;
  renewalOn: string | null;
  archivedAt: string | null;
};

/** The account, if the actor sees it: what rooms above ask before they hang something on it. */
export async function seenAccount(tx: Tx, id: string): Promise<SeenAccount | null> {
  const row = await summaryOf(tx, id);
  if (!row) return null;
  return { id: row.id, name: row.name, ownerId: row.owner_id, renewalOn: row.renewal_on, archivedAt: row.archived_at };
}

/** Sets the renewal date of an account that the actor sees; the plan's room calls it, so that plan and account say the same. */
export async function setRenewalOn(ctx: Ctx, id: string, renewalOn: string | null): Promise<void> {
  if (await updateAccount(ctx.tx, id, null, { renewal_on: renewalOn }, undefined))
    await ctx.emit({ type: 'account.renewal_set', accountId: id, rowId: id });
}

/** The same where contracts say it: nobody typed it in, so the account's version stays. */
export async function keepRenewalOn(ctx: Ctx, id: string, renewalOn: string | null): Promise<void> {
  if (await deriveRenewalOn(ctx.tx, id, renewalOn))
    await ctx.emit({ type: 'account.renewal_set', accountId: id, rowId: id });
}

/** Puts an account into a tier, or none; the selection room calls it for decisions. */
export async function setTier(ctx: Ctx, id: string, tier: string | null): Promise<void> {
  if (await updateAccount(ctx.tx, id, null, { tier }, undefined))
    await ctx.emit({ type: 'account.updated', accountId: id, rowId: id });
}

export { askedAccounts } from './asked-store.ts';
export type { AccountColumn } from './columns.ts';
export { releaseRenewalOn } from './derived-store.ts';
export { customColumns, exportAccounts } from './exporter.ts';
export { conditions as accountConditions } from './find-store.ts';
export { resolveAccountRefs } from './import-refs-store.ts';
export { orderTree } from './import-rules.ts';
export { mayWrite as mayWriteAccounts } from './policy.ts';
export { lockTree } from './store.ts';
