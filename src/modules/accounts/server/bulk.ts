// Changes to many accounts at once, and merging duplicates.
import { conflict, forbidden, invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import { type Call, type Ctx, contributions } from '../../../kernel/server/module.ts';
import type * as api from '../api.ts';
import type { AccountPage } from '../api.ts';
import { get, tellOwner } from './accounts.ts';
import * as bulk from './bulk-store.ts';
import { mayAssign } from './policy.ts';
import * as store from './store.ts';

/** All or none; answers what stood there before, so that the change can be undone. */
export async function bulkUpdate(ctx: Ctx, { body }: Call<typeof api.bulkUpdateAccounts>) {
  const { ids, set } = body;
  if (set.ownerId !== undefined && !mayAssign(ctx.actor))
    throw forbidden('Only a head or an admin gives accounts to somebody else.');
  if (set.parentId) {
    await store.lockTree(ctx.tx);
    const above = await store.ancestors(ctx.tx, set.parentId);
    if (ids.includes(set.parentId) || above.some((a) => ids.includes(a)))
      throw conflict('account_cycle', 'An account cannot be below itself.');
    if (!(await store.account(ctx.tx, set.parentId)))
      throw invalid({ field: 'set.parentId', message: 'There is no such account' });
  }
  for (const field of ['ownerId', 'sponsorId'] as const) {
    const member = set[field];
    if (
      member &&
      !(await ctx.tx
        .selectFrom('member')
        .select('id')
        .where('id', '=', member)
        .where('deactivated_at', 'is', null)
        .executeTakeFirst())
    )
      throw invalid({ field: `set.${field}`, message: 'There is no such active member' });
  }
  const before = await bulk.lockForChange(ctx.tx, ids);
  if (before.length !== new Set(ids).size) throw notFound('account');
  await bulk.change(ctx.tx, ids, set);
  await ctx.emit({ type: 'account.bulk_updated', payload: { count: before.length } });
  if (set.ownerId)
    await tellOwner(
      ctx,
      set.ownerId,
      before.filter((b) => b.owner_id !== set.ownerId),
    );
  return {
    changed: before.length,
    undo: before.map((b) => ({
      id: b.id,
      ownerId: b.owner_id,
      sponsorId: b.sponsor_id,
      tier: b.tier,
      status: b.status,
      industry: b.industry,
      country: b.country,
      parentId: b.parent_id,
      tags: b.tags,
    })),
  };
}

export async function revertBulk(ctx: Ctx, { body }: Call<typeof api.revertBulkAccounts>) {
  const rows = await bulk.lockForChange(
    ctx.tx,
    body.undo.map((u) => u.id),
  );
  const now = new Map(rows.map((r) => [r.id, r]));
  if (now.size !== new Set(body.undo.map((u) => u.id)).size) throw notFound('account');
  if (!mayAssign(ctx.actor) && body.undo.some((u) => now.get(u.id)!.owner_id !== u.ownerId))
    throw forbidden('Only a head or an admin gives accounts to somebody else.');
  const moved = body.undo.filter((u) => u.parentId && now.get(u.id)!.parent_id !== u.parentId);
  if (moved.length) await store.lockTree(ctx.tx);
  for (const u of moved)
    if (u.id === u.parentId || (await store.ancestors(ctx.tx, u.parentId!)).includes(u.id))
      throw conflict('account_cycle', 'An account cannot be below itself.');
  const changed = await bulk.putBack(ctx.tx, body.undo);
  await ctx.emit({ type: 'account.bulk_updated', payload: { count: changed } });
  return { changed };
}

/** What the duplicate has and this account lacks comes over; what hangs on the duplicate is moved by the rooms that own it. */
export async function merge(ctx: Ctx, { params, body, ifMatch }: Call<typeof api.mergeAccounts>): Promise<AccountPage> {
  const { id } = params;
  const from = body.duplicateId;
  if (id === from) throw conflict('merge_self', 'An account cannot be merged into itself.');
  await store.lockTree(ctx.tx);
  const [into, duplicate] = await Promise.all([store.account(ctx.tx, id), store.account(ctx.tx, from)]);
  if (!into) throw notFound('account');
  if (!duplicate) throw invalid({ field: 'duplicateId', message: 'There is no such account' });
  const version = body.version ?? ifMatch;
  if (version !== undefined && version !== into.version) throw staleVersion('account', await get(ctx, id));
  // The account may be below its duplicate: first it steps out, then the duplicate's other children follow.
  if ((await store.ancestors(ctx.tx, id)).includes(from))
    await store.updateAccount(ctx.tx, id, null, { parent_id: duplicate.parent_id }, undefined);
  await bulk.moveBelongings(ctx.tx, from, id);
  for (const hand of contributions(ctx.services.modules, 'mergeAccounts')) await hand(ctx, from, id);
  const keep = <K extends keyof store.AccountRow>(k: K) =>
    into[k] === null || into[k] === '' ? duplicate[k] : into[k];
  const pair = (
    minor: 'arr_minor' | 'potential_minor' | 'annual_revenue_minor',
    code: 'arr_currency' | 'potential_currency' | 'annual_revenue_currency',
  ) => (into[minor] === null ? { [minor]: duplicate[minor], [code]: duplicate[code] } : {});
  await store.updateAccount(
    ctx.tx,
    id,
    null,
    {
      owner_id: keep('owner_id'),
      sponsor_id: keep('sponsor_id'),
      tier: keep('tier'),
      type: keep('type'),
      industry: keep('industry'),
      country: keep('country'),
      region: keep('region'),
      city: keep('city'),
      street: keep('street'),
      postal_code: keep('postal_code'),
      website: keep('website'),
      phone: keep('phone'),
      employees: keep('employees'),
      customer_since: keep('customer_since'),
      renewal_on: keep('renewal_on'),
      description: keep('description'),
      ...pair('arr_minor', 'arr_currency'),
      ...pair('potential_minor', 'potential_currency'),
      ...pair('annual_revenue_minor', 'annual_revenue_currency'),
      tags: [...new Set([...into.tags, ...duplicate.tags])].sort(),
    },
    Object.fromEntries(Object.entries(duplicate.custom).filter(([k]) => !(k in into.custom))),
  );
  await store.updateAccount(
    ctx.tx,
    from,
    null,
    { archived_at: ctx.now.toISOString(), merged_into_id: id, parent_id: null },
    undefined,
  );
  await ctx.emit({ type: 'account.merged', accountId: id, rowId: from });
  return get(ctx, id);
}
