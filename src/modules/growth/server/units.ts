// The use cases of units of an account and of competitors.
import { newId } from '../../../kernel/contract/ids.ts';
import { conflict, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import { seenAccount } from '../../accounts/server/index.ts';
import type * as api from '../api.ts';
import type { Competitor } from '../api.ts';
import * as cells from './cells-store.ts';
import * as competitors from './competitors-store.ts';

async function seenUnit(ctx: Ctx, id: string): Promise<cells.UnitRow> {
  const row = await cells.unit(ctx.tx, id);
  if (!row) throw notFound('unit');
  return row;
}
async function freeUnitName(ctx: Ctx, accountId: string, name: string, except: string | null): Promise<void> {
  if (await cells.unitNamed(ctx.tx, accountId, name, except))
    throw conflict('duplicate_name', 'The account has a unit of this name.');
}

export async function createUnit(ctx: Ctx, { body }: Call<typeof api.createUnit>) {
  if (!(await seenAccount(ctx.tx, body.accountId))) throw notFound('account');
  await freeUnitName(ctx, body.accountId, body.name, null);
  const id = newId(ctx.now.getTime());
  await cells.insertUnit(ctx.tx, ctx.actor.workspaceId, {
    id,
    account_id: body.accountId,
    name: body.name,
    position: body.position ?? 0,
  });
  await ctx.emit({ type: 'growth.unit_changed', accountId: body.accountId, rowId: id });
  return seenUnit(ctx, id);
}

export async function updateUnit(ctx: Ctx, { params, body, ifMatch }: Call<typeof api.updateUnit>) {
  const row = await seenUnit(ctx, params.id);
  if (body.name !== undefined) await freeUnitName(ctx, row.accountId, body.name, row.id);
  const change = {
    ...(body.name !== undefined ? { name: body.name } : {}),
    ...(body.position !== undefined ? { position: body.position } : {}),
  };
  if (!(await cells.updateUnit(ctx.tx, ctx.actor.workspaceId, row.id, body.version ?? ifMatch ?? null, change)))
    throw staleVersion('unit', await seenUnit(ctx, row.id));
  await ctx.emit({ type: 'growth.unit_changed', accountId: row.accountId, rowId: row.id });
  return seenUnit(ctx, row.id);
}

export async function removeUnit(ctx: Ctx, id: string): Promise<undefined> {
  const row = await seenUnit(ctx, id);
  await cells.deleteUnit(ctx.tx, ctx.actor.workspaceId, id);
  await ctx.emit({ type: 'growth.unit_changed', accountId: row.accountId, rowId: id });
}

// Competitors ---------------------------------------------------------------

const thisYear = (ctx: Ctx) => Number(ctx.today.slice(0, 4));

export async function listCompetitors(ctx: Ctx, { query }: Call<typeof api.listCompetitors>) {
  const { limit, cursor, q } = query;
  const rows = await competitors.list(ctx.tx, thisYear(ctx), q, decodeCursor('competitors', cursor, 2), limit);
  return page(rows, limit, (r) => encodeCursor('competitors', [r.name.toLowerCase(), r.id]));
}

async function seenCompetitor(ctx: Ctx, id: string): Promise<Competitor> {
  const row = await competitors.competitor(ctx.tx, thisYear(ctx), id);
  if (!row) throw notFound('competitor');
  return row;
}
async function freeName(ctx: Ctx, name: string, except: string | null): Promise<void> {
  if (await competitors.named(ctx.tx, name, except))
    throw conflict('duplicate_name', 'There is a competitor of this name.');
}

export async function createCompetitor(ctx: Ctx, { body }: Call<typeof api.createCompetitor>) {
  await freeName(ctx, body.name, null);
  const id = newId(ctx.now.getTime());
  await competitors.insert(ctx.tx, ctx.actor.workspaceId, { id, name: body.name, notes: body.notes ?? '' });
  await ctx.emit({ type: 'growth.competitor_changed', rowId: id });
  return seenCompetitor(ctx, id);
}

export async function updateCompetitor(ctx: Ctx, { params, body, ifMatch }: Call<typeof api.updateCompetitor>) {
  await seenCompetitor(ctx, params.id);
  if (body.name !== undefined) await freeName(ctx, body.name, params.id);
  const change = {
    ...(body.name !== undefined ? { name: body.name } : {}),
    ...(body.notes !== undefined ? { notes: body.notes } : {}),
  };
  if (!(await competitors.update(ctx.tx, ctx.actor.workspaceId, params.id, body.version ?? ifMatch ?? null, change)))
    throw staleVersion('competitor', await seenCompetitor(ctx, params.id));
  await ctx.emit({ type: 'growth.competitor_changed', rowId: params.id });
  return seenCompetitor(ctx, params.id);
}
