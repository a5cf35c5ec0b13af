// Named versions of a plan, sign-off, and what changed between two of them.
import { conflict, invalid, notFound } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import type * as api from '../api.ts';
import { comparePlans, type Plan } from '../rules.ts';
import * as store from './store.ts';

const present = (v: store.VersionRow) => ({
  number: v.number,
  note: v.note,
  madeBy: v.made_by,
  madeAt: v.made_at,
  signedOffBy: v.signed_off_by,
  signedOffAt: v.signed_off_at,
});

async function version(ctx: Ctx, planId: string, number: number): Promise<store.VersionRow> {
  const [row] = await store.versions(ctx.tx, planId, { number, after: null, limit: 1 });
  if (!row) throw notFound('version');
  return row;
}

async function seenPlan(ctx: Ctx, id: string, lock = false): Promise<store.PlanRow> {
  const row = await store.plan(ctx.tx, id, lock);
  if (!row) throw notFound('plan');
  return row;
}

export async function list(ctx: Ctx, { params, query }: Call<typeof api.listVersions>) {
  await seenPlan(ctx, params.id);
  const rows = await store.versions(ctx.tx, params.id, {
    after: decodeCursor('versions', query.cursor, 1),
    limit: query.limit,
  });
  const { items, nextCursor } = page(rows, query.limit, (v) => encodeCursor('versions', [v.number]));
  return { items: items.map(present), nextCursor };
}

export async function saveVersion(ctx: Ctx, { params, body }: Call<typeof api.saveVersion>) {
  const row = await seenPlan(ctx, params.id, true);
  const number = await store.insertVersion(ctx.tx, {
    workspaceId: ctx.actor.workspaceId,
    planId: row.id,
    accountId: row.account_id,
    note: body.note,
    plan: { content: row.content, care: row.care },
    by: ctx.actor.memberId,
  });
  await ctx.emit({ type: 'plan.version_saved', accountId: row.account_id, rowId: row.id });
  return present(await version(ctx, params.id, number));
}

export async function getVersion(ctx: Ctx, { params }: Call<typeof api.getVersion>) {
  await seenPlan(ctx, params.id);
  const v = await version(ctx, params.id, params.number);
  return { ...present(v), content: v.content, care: v.care };
}

export async function signOff(ctx: Ctx, { params }: Call<typeof api.signOffVersion>) {
  const row = await seenPlan(ctx, params.id);
  await version(ctx, params.id, params.number);
  if (!ctx.actor.memberId) throw invalid({ field: 'member', message: 'A person signs off' });
  if (!(await store.signOff(ctx.tx, params.id, params.number, ctx.actor.memberId, ctx.now.toISOString())))
    throw conflict('signed_off', 'This version is signed off already.');
  await ctx.emit({ type: 'plan.signed_off', accountId: row.account_id, rowId: row.id });
  return present(await version(ctx, params.id, params.number));
}

export async function compare(ctx: Ctx, { params, query }: Call<typeof api.comparePlan>) {
  const row = await seenPlan(ctx, params.id);
  const from = await version(ctx, params.id, query.from);
  const to: Plan = query.to === undefined ? row : await version(ctx, params.id, query.to);
  return {
    difference: copy(comparePlans({ content: from.content, care: from.care }, { content: to.content, care: to.care })),
  };
}

export async function history(ctx: Ctx, { params, query }: Call<typeof api.planHistory>) {
  await seenPlan(ctx, params.id);
  const rows = await store.changes(ctx.tx, params.id, decodeCursor('plan history', query.cursor, 1), query.limit);
  const { items, nextCursor } = page(rows, query.limit, (c) => encodeCursor('plan history', [c.id]));
  return { items: items.map((c) => ({ ...c, difference: copy(c.difference) })), nextCursor };
}

type Difference = Awaited<ReturnType<typeof comparePlans>>;
/** The same, with arrays that may be written to, as the contract types them. */
const copy = (difference: Difference) =>
  difference.map((d) => ({
    ...d,
    fields: [...d.fields],
    items: d.items.map((i) => ({ ...i, fields: [...i.fields] })),
    reordered: [...d.reordered],
  }));
