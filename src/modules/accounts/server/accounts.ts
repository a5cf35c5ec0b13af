// The use cases of the accounts room: one verb each.
import { newId } from '../../../kernel/contract/ids.ts';
import {
  conflict,
  type FieldError,
  forbidden,
  invalid,
  notFound,
  staleVersion,
} from '../../../kernel/contract/problem.ts';
import type { Money } from '../../../kernel/contract/shapes.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import { listInJson, ReadyJson } from '../../../kernel/server/ready-json.ts';
import { notify } from '../../people/server/index.ts';
import { checkCustom, totaller, totalOf } from '../../settings/server/index.ts';
import type * as api from '../api.ts';
import type { Account, AccountPage } from '../api.ts';
import { canOf, mayAssign, mayWrite } from './policy.ts';
import * as store from './store.ts';

const money = (minor: number | null, currency: string | null): Money | null =>
  minor === null || currency === null ? null : { amount: minor, currency };

const isSameMoney = (a: Money | null, b: Money | null) => a?.amount === b?.amount && a?.currency === b?.currency;

/** A row as the contract shows it. */
export function present(r: store.AccountRow, can: Account['can']): Account {
  return {
    id: r.id,
    name: r.name,
    parentId: r.parent_id,
    parentName: r.parent_name,
    ownerId: r.owner_id,
    ownerName: r.owner_name,
    sponsorId: r.sponsor_id,
    sponsorName: r.sponsor_name,
    tier: r.tier,
    status: r.status,
    type: r.type,
    industry: r.industry,
    country: r.country,
    region: r.region,
    city: r.city,
    street: r.street,
    postalCode: r.postal_code,
    website: r.website,
    phone: r.phone,
    employees: r.employees,
    annualRevenue: money(r.annual_revenue_minor, r.annual_revenue_currency),
    arr: money(r.arr_minor, r.arr_currency),
    arrFromLines: r.arr_from_lines,
    potential: money(r.potential_minor, r.potential_currency),
    customerSince: r.customer_since,
    renewalOn: r.renewal_on,
    tags: r.tags,
    externalIds: r.external_ids,
    custom: r.custom,
    version: r.version,
    createdAt: r.created_at,
    updatedAt: r.updated_at,
    archivedAt: r.archived_at,
    can,
  };
}

export async function list(ctx: Ctx, { query }: Call<typeof api.listAccounts>) {
  const { sort, group, groupFirst = [], limit, cursor, ...filter } = query;
  const scope = `accounts ${sort} ${group ?? ''} ${groupFirst.join()}`;
  const after = decodeCursor(scope, cursor, group ? 3 : 2);
  const grouping = group && { by: group, first: groupFirst };
  const rows = await store.accounts(ctx.tx, filter, sort, after, limit, grouping);
  const { items, nextCursor } = page(rows, limit, (r) =>
    encodeCursor(scope, group ? [r.sort_key, r.id, r.group_key] : [r.sort_key, r.id]),
  );
  const can = JSON.stringify(canOf(ctx.actor));
  return listInJson(
    items.map((r) => `${r.item.slice(0, -1)},"can":${can}}`),
    nextCursor,
  );
}

export async function summary(ctx: Ctx, { query }: Call<typeof api.summariseAccounts>) {
  const s = await store.summary(ctx.tx, query);
  return {
    count: Number(s.count),
    employees: Number(s.employees),
    arr: await totalOf(ctx.tx, s.arr, ctx.today),
    potential: await totalOf(ctx.tx, s.potential, ctx.today),
    byTier: s.by_tier,
    byStatus: s.by_status,
    asOf: ctx.today,
  };
}

export async function groups(ctx: Ctx, { query }: Call<typeof api.groupAccounts>) {
  const { group, ...filter } = query;
  const rows = await store.groups(ctx.tx, filter, group, 500);
  const total = await totaller(
    ctx.tx,
    rows.flatMap((r) => r.arr.map((m) => m.currency)),
    ctx.today,
  );
  return {
    items: rows.map((r) => ({
      key: r.key,
      count: Number(r.count),
      arr: total(r.arr.map((m) => ({ currency: m.currency, amount: Number(m.amount) }))),
    })),
    asOf: ctx.today,
  };
}

export const facets = (ctx: Ctx) => store.facets(ctx.tx);

export async function get(ctx: Ctx, id: string): Promise<AccountPage> {
  const [row, team, children] = await Promise.all([
    store.account(ctx.tx, id),
    store.teamOf(ctx.tx, id),
    store.childrenOf(ctx.tx, id),
  ]);
  if (!row) throw notFound('account');
  return {
    ...present(row, canOf(ctx.actor)),
    description: row.description,
    mergedIntoId: row.merged_into_id,
    team: team.map((t) => ({ memberId: t.member_id, memberName: t.member_name, title: t.title, function: t.function })),
    children: children.map((c) => ({ id: c.id, name: c.name, tier: c.tier, arr: money(c.arr_minor, c.arr_currency) })),
  };
}

/** The same, written as JSON by PostgreSQL. */
export async function read(ctx: Ctx, id: string): Promise<ReadyJson> {
  const row = await store.accountPage(ctx.tx, id);
  if (!row) throw notFound('account');
  return new ReadyJson(`${row.page.slice(0, -1)},"can":${JSON.stringify(canOf(ctx.actor))}}`, row.version);
}

type Body = Call<typeof api.updateAccount>['body'];

/** From the contract's words to columns. */
function columnsOf(body: Omit<Body, 'version'>): store.AccountWrite {
  const row: Record<string, unknown> = {};
  const names: [keyof Omit<Body, 'version'>, string][] = [
    ['name', 'name'],
    ['parentId', 'parent_id'],
    ['ownerId', 'owner_id'],
    ['sponsorId', 'sponsor_id'],
    ['tier', 'tier'],
    ['status', 'status'],
    ['type', 'type'],
    ['industry', 'industry'],
    ['country', 'country'],
    ['region', 'region'],
    ['city', 'city'],
    ['street', 'street'],
    ['postalCode', 'postal_code'],
    ['website', 'website'],
    ['phone', 'phone'],
    ['employees', 'employees'],
    ['customerSince', 'customer_since'],
    ['renewalOn', 'renewal_on'],
    ['description', 'description'],
    ['tags', 'tags'],
  ];
  for (const [from, to] of names) if (body[from] !== undefined) row[to] = body[from];
  for (const [from, to] of [
    ['annualRevenue', 'annual_revenue'],
    ['arr', 'arr'],
    ['potential', 'potential'],
  ] as const) {
    const value = body[from];
    if (value !== undefined)
      Object.assign(row, { [`${to}_minor`]: value?.amount ?? null, [`${to}_currency`]: value?.currency ?? null });
  }
  return row as store.AccountWrite;
}

/** Everything that can be wrong with the references and custom values of a write, all at once. */
async function check(ctx: Ctx, body: Omit<Body, 'version'>, id: string): Promise<void> {
  const problems: FieldError[] = await checkCustom(ctx.tx, 'accounts', body.custom);
  for (const field of ['ownerId', 'sponsorId'] as const) {
    const member = body[field];
    if (
      member &&
      !(await ctx.tx
        .selectFrom('member')
        .select('id')
        .where('id', '=', member)
        .where('deactivated_at', 'is', null)
        .executeTakeFirst())
    )
      problems.push({ field, message: 'There is no such active member' });
  }
  if (body.parentId && !(await store.account(ctx.tx, body.parentId)))
    problems.push({ field: 'parentId', message: 'There is no such account' });
  if (problems.length) throw invalid(problems);
  if (body.externalIds) {
    const taken = await store.externalIdHolder(ctx.tx, body.externalIds, id);
    if (taken) throw conflict('external_id_taken', `Another account has the external id ${taken}.`);
  }
  if (body.parentId) await checkParent(ctx, id, body.parentId);
}

async function checkParent(ctx: Ctx, id: string, parentId: string): Promise<void> {
  await store.lockTree(ctx.tx);
  if (id === parentId || (await store.ancestors(ctx.tx, parentId)).includes(id))
    throw conflict('account_cycle', 'An account cannot be below itself.');
}

export async function create(ctx: Ctx, { body }: Call<typeof api.createAccount>): Promise<ReadyJson> {
  const id = newId(ctx.now.getTime());
  // Who may not assign accounts to others owns what they add.
  const ownerId = mayAssign(ctx.actor) ? body.ownerId : (body.ownerId ?? ctx.actor.memberId);
  if (ownerId !== undefined && ownerId !== ctx.actor.memberId && !mayAssign(ctx.actor))
    throw forbidden('Only a head or an admin gives accounts to somebody else.');
  const write = { ...body, ...(ownerId !== undefined ? { ownerId } : {}) };
  await check(ctx, write, id);
  await store.insertAccount(
    ctx.tx,
    ctx.actor,
    id,
    { ...columnsOf(write), name: body.name },
    withoutNulls(body.custom ?? {}),
  );
  if (body.externalIds) await store.setExternalIds(ctx.tx, ctx.actor.workspaceId, id, body.externalIds);
  const [made] = await Promise.all([read(ctx, id), ctx.emit({ type: 'account.created', accountId: id, rowId: id })]);
  return made;
}

export async function update(ctx: Ctx, { params, body, ifMatch }: Call<typeof api.updateAccount>): Promise<ReadyJson> {
  const { version, custom, externalIds, ...fields } = body;
  const before = await store.account(ctx.tx, params.id);
  if (!before) throw notFound('account');
  if (fields.ownerId !== undefined && fields.ownerId !== before.owner_id && !mayAssign(ctx.actor))
    throw forbidden('Only a head or an admin gives accounts to somebody else.');
  await check(ctx, body, params.id);
  if (fields.arr !== undefined && before.arr_from_lines) {
    if (!isSameMoney(fields.arr, money(before.arr_minor, before.arr_currency)))
      throw invalid({ field: 'arr', message: 'This account’s ARR is that of its contracts and subscriptions' });
    delete fields.arr;
  }
  const done = await store.updateAccount(ctx.tx, params.id, version ?? ifMatch ?? null, columnsOf(fields), custom);
  if (!done) throw staleVersion('account', await get(ctx, params.id));
  if (externalIds) await store.setExternalIds(ctx.tx, ctx.actor.workspaceId, params.id, externalIds);
  const given = fields.ownerId && fields.ownerId !== before.owner_id ? fields.ownerId : null;
  if (given) await tellOwner(ctx, given, [{ id: params.id, name: fields.name ?? before.name }]);
  const [changed] = await Promise.all([
    read(ctx, params.id),
    ctx.emit({
      type: 'account.updated',
      accountId: params.id,
      rowId: params.id,
      payload: { changed: Object.keys(body).filter((field) => field !== 'version') },
    }),
  ]);
  return changed;
}

/** Whoever is given accounts by somebody else hears of it. */
export async function tellOwner(
  ctx: Ctx,
  ownerId: string,
  accounts: readonly { id: string; name: string }[],
): Promise<void> {
  const [first] = accounts;
  if (!first || ownerId === ctx.actor.memberId) return;
  const isOne = accounts.length === 1;
  await notify(ctx, [ownerId], {
    kind: 'account.assigned',
    title: isOne ? `${first.name} is yours now` : `${accounts.length} accounts are yours now`,
    detail: `${ctx.actor.name} made you the owner.`,
    link: isOne ? `/accounts/${first.id}` : `/?f=ownerId.isAnyOf.${ownerId}&sort=-updatedAt`,
  });
}

export async function move(ctx: Ctx, { params, body, ifMatch }: Call<typeof api.moveAccount>): Promise<ReadyJson> {
  return update(ctx, {
    params,
    body: { parentId: body.parentId, ...(body.version ? { version: body.version } : {}) },
    query: {},
    ifMatch,
  } as unknown as Call<typeof api.updateAccount>);
}

async function setArchived(ctx: Ctx, id: string, archivedAt: string | null): Promise<AccountPage> {
  if (!mayWrite(ctx.actor)) throw forbidden();
  if (
    !(await store.updateAccount(
      ctx.tx,
      id,
      null,
      { archived_at: archivedAt, ...(archivedAt ? {} : { merged_into_id: null }) },
      undefined,
    ))
  )
    throw notFound('account');
  await ctx.emit({ type: archivedAt ? 'account.archived' : 'account.restored', accountId: id, rowId: id });
  return get(ctx, id);
}
export const archive = (ctx: Ctx, id: string) => setArchived(ctx, id, ctx.now.toISOString());
export const restore = (ctx: Ctx, id: string) => setArchived(ctx, id, null);

export async function setTeam(ctx: Ctx, { params, body }: Call<typeof api.setAccountTeam>): Promise<AccountPage> {
  if (!(await store.account(ctx.tx, params.id))) throw notFound('account');
  const wanted = [...new Set(body.members.map((m) => m.memberId))];
  if (wanted.length) {
    const known = await ctx.tx
      .selectFrom('member')
      .select('id')
      .where('id', 'in', wanted)
      .where('deactivated_at', 'is', null)
      .execute();
    const ids = new Set(known.map((k) => k.id));
    const bad = body.members.findIndex((m) => !ids.has(m.memberId));
    if (bad >= 0) throw invalid({ field: `members.${bad}.memberId`, message: 'There is no such active member' });
  }
  await store.setTeam(ctx.tx, ctx.actor.workspaceId, params.id, body.members);
  await ctx.emit({ type: 'account.team_changed', accountId: params.id, rowId: params.id });
  ctx.afterCommit(() => ctx.services.forgetAccess());
  return get(ctx, params.id);
}

export async function tree(ctx: Ctx, id: string) {
  if (!(await store.account(ctx.tx, id))) throw notFound('account');
  const rootId = await store.rootOf(ctx.tx, id);
  const limit = 2000;
  const rows = await store.tree(ctx.tx, rootId, limit + 1);
  const cut = rows.length > limit;
  const nodes = rows.slice(0, limit);
  // Totals: a node's own money and everything below it, per currency, then in the workspace's currency.
  const sums = new Map<string, Map<string, number>>(nodes.map((n) => [n.id, new Map()]));
  for (const n of [...nodes].reverse()) {
    const own = sums.get(n.id)!;
    if (n.arr_minor !== null && n.arr_currency !== null && !n.archived_at)
      own.set(n.arr_currency, (own.get(n.arr_currency) ?? 0) + n.arr_minor);
    const up = n.id !== rootId && n.parent_id ? sums.get(n.parent_id) : undefined;
    if (up) for (const [c, a] of own) up.set(c, (up.get(c) ?? 0) + a);
  }
  const total = await totaller(
    ctx.tx,
    nodes.flatMap((n) => (n.arr_currency ? [n.arr_currency] : [])),
    ctx.today,
  );
  const result = nodes.map((n) => ({
    id: n.id,
    name: n.name,
    parentId: n.id === rootId ? null : n.parent_id,
    depth: n.depth,
    tier: n.tier,
    status: n.status,
    ownerName: n.owner_name,
    own: money(n.arr_minor, n.arr_currency),
    total: total([...sums.get(n.id)!].map(([currency, amount]) => ({ currency, amount }))),
    archived: n.archived_at !== null,
  }));
  return { rootId, nodes: result, cut };
}

export async function duplicates(ctx: Ctx, id: string) {
  const row = await store.account(ctx.tx, id);
  if (!row) throw notFound('account');
  const items = await store.similar(ctx.tx, id, row.name);
  return {
    items: items.map((s) => ({
      id: s.id,
      name: s.name,
      similarity: Math.min(1, Number(s.similarity)),
      city: s.city,
      ownerName: s.owner_name,
    })),
  };
}

const withoutNulls = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([, v]) => v !== null));
