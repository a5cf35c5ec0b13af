// Changes to many accounts at once, merging duplicates, and what changed at an account.
import { sql } from 'kysely';
import { conflict, forbidden, invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import { type Call, type Ctx, contributions } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import type * as api from '../api.ts';
import type { AccountPage } from '../api.ts';
import { get } from './accounts.ts';
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
  const { rows: before } = await sql<{
    id: string;
    owner_id: string | null;
    sponsor_id: string | null;
    tier: string | null;
    status: AccountPage['status'];
    industry: string | null;
    country: string | null;
    parent_id: string | null;
    tags: string[];
  }>`
    select id, owner_id, sponsor_id, tier, status, industry, country, parent_id, tags from account where workspace_id = kernel.ws() and id = any(${ids}::uuid[]) order by id for update`.execute(
    ctx.tx,
  );
  if (before.length !== new Set(ids).size) throw notFound('account');
  const columns = Object.entries({
    owner_id: set.ownerId,
    sponsor_id: set.sponsorId,
    tier: set.tier,
    status: set.status,
    industry: set.industry,
    country: set.country,
    parent_id: set.parentId,
  }).filter(([, v]) => v !== undefined);
  let query = ctx.tx
    .updateTable('account')
    .set({ ...Object.fromEntries(columns), version: sql`version + 1`, updated_at: sql`now()` });
  if (set.addTags?.length || set.removeTags?.length) {
    query = query.set({
      tags: sql`(select coalesce(array_agg(distinct t order by t), '{}') from unnest(tags || ${set.addTags ?? []}::text[]) t where t <> all(${set.removeTags ?? []}::text[]))`,
    });
  }
  await query.where('workspace_id', '=', sql<string>`kernel.ws()`).where('id', 'in', ids).execute();
  await ctx.emit({ type: 'account.bulk_updated', payload: { count: before.length } });
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
  const rows = await ctx.tx
    .selectFrom('account')
    .select(['id', 'owner_id', 'parent_id'])
    .where(
      'id',
      'in',
      body.undo.map((u) => u.id),
    )
    .forUpdate()
    .execute();
  const now = new Map(rows.map((r) => [r.id, r]));
  if (now.size !== new Set(body.undo.map((u) => u.id)).size) throw notFound('account');
  if (!mayAssign(ctx.actor) && body.undo.some((u) => now.get(u.id)!.owner_id !== u.ownerId))
    throw forbidden('Only a head or an admin gives accounts to somebody else.');
  const moved = body.undo.filter((u) => u.parentId && now.get(u.id)!.parent_id !== u.parentId);
  if (moved.length) await store.lockTree(ctx.tx);
  for (const u of moved)
    if (u.id === u.parentId || (await store.ancestors(ctx.tx, u.parentId!)).includes(u.id))
      throw conflict('account_cycle', 'An account cannot be below itself.');
  const { numAffectedRows } = await sql`
    update account a set owner_id = u."ownerId", sponsor_id = u."sponsorId", tier = u.tier, status = u.status, industry = u.industry, country = u.country, parent_id = u."parentId",
      tags = array(select jsonb_array_elements_text(u.tags)), version = a.version + 1, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(body.undo)}::jsonb) as u(id uuid, "ownerId" uuid, "sponsorId" uuid, tier text, status text, industry text, country text, "parentId" uuid, tags jsonb)
    where a.workspace_id = kernel.ws() and a.id = u.id`.execute(ctx.tx);
  await ctx.emit({ type: 'account.bulk_updated', payload: { count: Number(numAffectedRows ?? 0) } });
  return { changed: Number(numAffectedRows ?? 0) };
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
  await ctx.tx
    .updateTable('account')
    .set({ parent_id: id, version: sql`version + 1`, updated_at: sql`now()` })
    .where('parent_id', '=', from)
    .where('id', '<>', id)
    .execute();
  await sql`insert into account_team (workspace_id, account_id, member_id, function) select workspace_id, ${id}, member_id, function from account_team where workspace_id = kernel.ws() and account_id = ${from} on conflict do nothing`.execute(
    ctx.tx,
  );
  await ctx.tx.updateTable('account_external_id').set({ account_id: id }).where('account_id', '=', from).execute();
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

type AuditRow = {
  id: string;
  at: string;
  actor: string;
  member_name: string | null;
  action: 'insert' | 'update' | 'delete';
  table_name: string;
  row_id: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};
const QUIET = new Set(['id', 'workspace_id', 'created_at', 'updated_at', 'version', 'import_id', 'account_id']);

export async function timeline(ctx: Ctx, { params, query }: Call<typeof api.accountTimeline>) {
  if (!(await store.account(ctx.tx, params.id))) throw notFound('account');
  const after = decodeCursor('timeline', query.cursor, 1);
  const { rows } = await sql<AuditRow>`
    select u.id, u.at, u.actor, m.name as member_name, u.action, u.table_name, u.row_id, u.before, u.after
    from kernel.audit u left join member m on m.workspace_id = u.workspace_id and m.id = u.member_id
    where u.workspace_id = kernel.ws() and u.account_id = ${params.id}
      ${query.what?.length ? sql`and u.table_name = any(${query.what}::text[])` : sql``}
      ${after ? sql`and u.id < ${after[0]}::uuid` : sql``}
    order by u.id desc limit ${query.limit + 1}`.execute(ctx.tx);
  const { items, nextCursor } = page(rows, query.limit, (r) => encodeCursor('timeline', [r.id]));
  // Ids of members and accounts become names, as far as the reader may see them.
  const ids = new Set<string>();
  for (const r of items)
    for (const o of [r.before, r.after])
      for (const v of Object.values(o ?? {})) if (typeof v === 'string' && UUID.test(v)) ids.add(v);
  const { rows: named } = ids.size
    ? await sql<{
        id: string;
        name: string;
      }>`select id, name from member where id = any(${[...ids]}::uuid[]) union all select id, name from account where workspace_id = kernel.ws() and id = any(${[...ids]}::uuid[])`.execute(
        ctx.tx,
      )
    : { rows: [] };
  const names = new Map(named.map((n) => [n.id, n.name]));
  return {
    items: items.map((r) => {
      const source = r.after ?? r.before ?? {};
      const keys = r.action === 'update' ? Object.keys(r.after ?? {}) : Object.keys(source);
      return {
        id: r.id,
        at: r.at,
        by: r.member_name ?? r.actor.replace(/^\w+:/, ''),
        action: r.action,
        what: r.table_name,
        rowId: r.row_id,
        label: text(source.name ?? source.title ?? source.member_id, names),
        changes: keys
          .filter((k) => !QUIET.has(k))
          .slice(0, 40)
          .map((k) => ({ field: k, before: text(r.before?.[k], names), after: text(r.after?.[k], names) })),
      };
    }),
    nextCursor,
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function text(value: unknown, names: ReadonlyMap<string, string>): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string')
    return (UUID.test(value) ? (names.get(value) ?? 'somebody or something you may not see') : value).slice(0, 500);
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, 500);
}
