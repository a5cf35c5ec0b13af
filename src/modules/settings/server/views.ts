// Saved views: how a member likes to see a page, for oneself or for everybody.
import { conflict, forbidden, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import type * as api from '../api.ts';
import type { SavedViewAnswer } from '../api.ts';
import { mayChangeView, mayShare } from './policy.ts';
import * as store from './store.ts';

const MAX_VIEWS = 100;

function present(r: store.ViewRow, ctx: Ctx): SavedViewAnswer {
  const may = mayChangeView(ctx.actor, r);
  return {
    id: r.id,
    page: r.page,
    name: r.name,
    shared: r.shared,
    memberId: r.member_id,
    memberName: r.member_name,
    state: r.state as SavedViewAnswer['state'],
    version: r.version,
    can: { update: may, delete: may, share: mayShare(ctx.actor) },
  };
}

export async function list(ctx: Ctx, { query }: Call<typeof api.listViews>) {
  const rows = await store.views(ctx.tx, ctx.actor.memberId, { page: query.page });
  return { items: rows.map((r) => present(r, ctx)), nextCursor: null };
}

async function one(ctx: Ctx, id: string): Promise<store.ViewRow> {
  const [row] = await store.views(ctx.tx, ctx.actor.memberId, { id });
  if (!row) throw notFound('view');
  return row;
}

async function changeable(ctx: Ctx, id: string): Promise<store.ViewRow> {
  const row = await one(ctx, id);
  if (!mayChangeView(ctx.actor, row)) throw forbidden('Only a head or an admin changes a shared view. Save your own.');
  return row;
}

const noSharing = () => forbidden('Only a head or an admin shares a view with everybody.');

export async function create(ctx: Ctx, { body }: Call<typeof api.createView>) {
  if (body.shared && !mayShare(ctx.actor)) throw noSharing();
  if (ctx.actor.memberId && (await store.countViews(ctx.tx, ctx.actor.memberId, body.page)) >= MAX_VIEWS)
    throw conflict('too_many_views', `You keep ${MAX_VIEWS} views of this page already. Remove one first.`);
  const id = await store.insertView(ctx.tx, {
    workspace_id: ctx.actor.workspaceId,
    page: body.page,
    name: body.name,
    shared: body.shared,
    member_id: ctx.actor.memberId,
    state: JSON.stringify(body.state),
  });
  return present(await one(ctx, id), ctx);
}

export async function update(ctx: Ctx, { params, body, ifMatch }: Call<typeof api.updateView>) {
  const before = await changeable(ctx, params.id);
  if (body.shared !== undefined && body.shared !== before.shared && !mayShare(ctx.actor)) throw noSharing();
  const done = await store.updateView(ctx.tx, params.id, body.version ?? ifMatch ?? null, {
    ...(body.name !== undefined ? { name: body.name } : {}),
    ...(body.shared !== undefined ? { shared: body.shared } : {}),
    ...(body.state !== undefined ? { state: JSON.stringify(body.state) } : {}),
  });
  if (!done) throw staleVersion('view', present(await one(ctx, params.id), ctx));
  const [after] = await store.views(ctx.tx, ctx.actor.memberId, { id: params.id });
  // Whoever takes a colleague's view out of sharing gives it back to its owner, and sees it no longer.
  return present(after ?? { ...before, shared: false, version: before.version + 1 }, ctx);
}

export async function remove(ctx: Ctx, id: string): Promise<undefined> {
  await changeable(ctx, id);
  await store.deleteView(ctx.tx, id);
}
