// The use cases of the actions room: one verb each.
import { newId } from '../../../kernel/contract/ids.ts';
import { type FieldError, forbidden, invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import { seenAccount } from '../../accounts/server/index.ts';
import { notify } from '../../people/server/index.ts';
import type * as api from '../api.ts';
import type { Action } from '../api.ts';
import { canOf } from './policy.ts';
import * as store from './store.ts';

export const present = (ctx: Ctx, r: store.ActionRow): Action => ({
  id: r.id,
  title: r.title,
  notes: r.notes,
  ownerId: r.owner_id,
  ownerName: r.owner_name,
  dueOn: r.due_on,
  status: r.status,
  doneAt: r.done_at,
  overdue: r.status === 'open' && r.due_on !== null && r.due_on < ctx.today,
  priority: r.priority,
  accountId: r.account_id,
  accountName: r.account_name,
  linkKind: r.link_kind,
  linkId: r.link_id,
  createdById: r.created_by,
  createdByName: r.created_by_name,
  position: r.position,
  version: r.version,
  createdAt: r.created_at,
  updatedAt: r.updated_at,
  can: canOf(ctx.actor),
});

const findOf = (ctx: Ctx, { mine, ...find }: Call<typeof api.summariseActions>['query']): store.Find => ({
  ...find,
  ...(mine ? { mine: ctx.actor.memberId } : {}),
});

export async function list(ctx: Ctx, { query }: Call<typeof api.listActions>) {
  const { sort, limit, cursor, ...filter } = query;
  const scope = `actions ${sort}`;
  const after = decodeCursor(scope, cursor, 2);
  const rows = await store.list(ctx.tx, findOf(ctx, filter), ctx.today, sort, after, limit);
  const { items, nextCursor } = page(rows, limit, (r) => encodeCursor(scope, [r.sort_key, r.id]));
  return { items: items.map((r) => present(ctx, r)), nextCursor };
}

export async function summary(ctx: Ctx, { query }: Call<typeof api.summariseActions>) {
  const s = await store.summary(ctx.tx, findOf(ctx, query), ctx.today);
  return { count: s.count, open: s.open, overdue: s.overdue, dueThisWeek: s.this_week, asOf: ctx.today };
}

async function seen(ctx: Ctx, id: string): Promise<store.ActionRow> {
  const row = await store.action(ctx.tx, id);
  if (!row) throw notFound('action');
  return row;
}
export const get = async (ctx: Ctx, id: string): Promise<Action> => present(ctx, await seen(ctx, id));

/** What can be wrong with the references of a write, all at once. */
async function check(ctx: Ctx, w: { ownerId?: string | null | undefined; accountId?: string | null | undefined }) {
  const problems: FieldError[] = [];
  if (w.ownerId && !(await store.activeMember(ctx.tx, w.ownerId)))
    problems.push({ field: 'ownerId', message: 'There is no such active member' });
  if (w.accountId && !(await seenAccount(ctx.tx, w.accountId)))
    problems.push({ field: 'accountId', message: 'There is no such account' });
  if (problems.length) throw invalid(problems);
}

async function tellOwner(
  ctx: Ctx,
  action: { id: string; title: string; dueOn: string | null },
  ownerId: string | null,
) {
  if (!ownerId || ownerId === ctx.actor.memberId) return;
  await notify(ctx, [ownerId], {
    kind: 'action.assigned',
    title: `${ctx.actor.name} gave you an action: ${action.title}`,
    detail: action.dueOn ? `Due on ${action.dueOn}` : '',
    link: `/actions?action=${action.id}`,
    dedupeKey: `action:${action.id}`,
  });
}

export type NewAction = Call<typeof api.createAction>['body'];

export async function create(ctx: Ctx, body: NewAction): Promise<Action> {
  if ((body.linkKind === undefined) !== (body.linkId === undefined))
    throw invalid({ field: body.linkKind ? 'linkId' : 'linkKind', message: 'Send linkKind and linkId together' });
  await check(ctx, body);
  const id = newId(ctx.now.getTime());
  const ownerId = body.ownerId === undefined ? ctx.actor.memberId : body.ownerId;
  await store.insert(ctx.tx, ctx.actor.workspaceId, {
    id,
    title: body.title,
    ...columnsOf(body),
    owner_id: ownerId,
    link_kind: body.linkKind ?? null,
    link_id: body.linkId ?? null,
    created_by: ctx.actor.memberId,
  });
  await tellOwner(ctx, { id, title: body.title, dueOn: body.dueOn ?? null }, ownerId);
  await ctx.emit({ type: 'action.created', accountId: body.accountId ?? null, rowId: id });
  return get(ctx, id);
}

type Change = Omit<Call<typeof api.updateAction>['body'], 'version'>;

function columnsOf(body: Change): store.ActionWrite {
  return {
    ...(body.title !== undefined ? { title: body.title } : {}),
    ...(body.notes !== undefined ? { notes: body.notes } : {}),
    ...(body.ownerId !== undefined ? { owner_id: body.ownerId } : {}),
    ...(body.dueOn !== undefined ? { due_on: body.dueOn } : {}),
    ...(body.priority !== undefined ? { priority: body.priority } : {}),
    ...(body.position !== undefined ? { position: body.position } : {}),
    ...(body.accountId !== undefined ? { account_id: body.accountId } : {}),
  };
}

export async function update(ctx: Ctx, { params, body, ifMatch }: Call<typeof api.updateAction>): Promise<Action> {
  const { version, ...change } = body;
  const before = await seen(ctx, params.id);
  const owner = change.ownerId === undefined ? before.owner_id : change.ownerId;
  const account = change.accountId === undefined ? before.account_id : change.accountId;
  // Who sees an action only because it is theirs cannot hand it on: nobody would hear from them where it went.
  const me = ctx.actor.memberId;
  const keepsSight =
    ctx.actor.level === 'all' ||
    owner === me ||
    before.created_by === me ||
    (account !== null && (await seenAccount(ctx.tx, account)) !== null);
  if (!keepsSight)
    throw forbidden(
      `You see this action because it is yours. Ask ${before.created_by_name ?? 'the account owner'} to give it to somebody else.`,
    );
  // What stands there already is not checked again: its owner may have left since.
  await check(ctx, {
    ownerId: owner === before.owner_id ? null : owner,
    accountId: account === before.account_id ? null : account,
  });
  if (!(await store.update(ctx.tx, ctx.actor.workspaceId, params.id, version ?? ifMatch ?? null, columnsOf(change))))
    throw staleVersion('action', await get(ctx, params.id));
  const after = await get(ctx, params.id);
  if (owner !== before.owner_id) await tellOwner(ctx, after, owner);
  await ctx.emit({ type: 'action.updated', accountId: account, rowId: params.id });
  return after;
}

const EVENTS = { open: 'action.reopened', done: 'action.done', dropped: 'action.dropped' } as const;

async function turn(ctx: Ctx, id: string, status: Action['status']): Promise<Action> {
  const before = await seen(ctx, id);
  // Doing it twice is no mistake, and no news.
  if (before.status === status) return present(ctx, before);
  await store.setStatus(ctx.tx, [id], status, status === 'open' ? null : ctx.now.toISOString());
  if (status === 'done' && before.created_by && before.created_by !== ctx.actor.memberId)
    await notify(ctx, [before.created_by], {
      kind: 'action.done',
      title: `${ctx.actor.name} has done: ${before.title}`,
      link: `/actions?action=${id}`,
      dedupeKey: `action-done:${id}`,
    });
  await ctx.emit({ type: EVENTS[status], accountId: before.account_id, rowId: id });
  return get(ctx, id);
}
export const done = (ctx: Ctx, id: string) => turn(ctx, id, 'done');
export const reopen = (ctx: Ctx, id: string) => turn(ctx, id, 'open');
export const drop = (ctx: Ctx, id: string) => turn(ctx, id, 'dropped');

/** All or none; answers those that it changed. */
async function turnMany(ctx: Ctx, ids: readonly string[], from: readonly Action['status'][], to: 'open' | 'done') {
  const rows = await store.lock(ctx.tx, ids);
  if (rows.length !== new Set(ids).size) throw notFound('action');
  const changed = rows.filter((r) => from.includes(r.status)).map((r) => r.id);
  if (changed.length) {
    await store.setStatus(ctx.tx, changed, to, to === 'open' ? null : ctx.now.toISOString());
    await ctx.emit({ type: EVENTS[to], payload: { count: changed.length } });
  }
  return { changed: changed.length, ids: changed };
}
export const bulkDone = (ctx: Ctx, ids: readonly string[]) => turnMany(ctx, ids, ['open'], 'done');
export const bulkReopen = (ctx: Ctx, ids: readonly string[]) => turnMany(ctx, ids, ['done', 'dropped'], 'open');
