// The whitespace grid of an account and the accounts below it.
import { notFound, Problem } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import type * as api from '../api.ts';
import type { Grid, GridCell } from '../api.ts';
import * as store from './cells-store.ts';
import { factsOf, key } from './facts.ts';
import { canOf } from './policy.ts';
import { reckon } from './reckon.ts';
import { add, merge, nothing, rollUp, sumsOf } from './rules.ts';

const MAX_CELLS = 200_000;

type Unit = {
  accountId: string;
  unitId: string | null;
  name: string;
  kind: 'account' | 'child' | 'unit';
  depth: number;
  parent: number | null;
};

/** The rows of the grid in the order of the tree: an account, its units, the accounts below it. */
export async function unitsOf(ctx: Ctx, accountId: string, withChildren: boolean): Promise<Unit[]> {
  const accounts = await store.tree(ctx.tx, accountId, withChildren);
  if (!accounts.length) throw notFound('account');
  const byAccount = Map.groupBy(
    await store.units(
      ctx.tx,
      accounts.map((a) => a.id),
    ),
    (u) => u.accountId,
  );
  const units: Unit[] = [];
  const placeOf = new Map<string, number>();
  for (const a of accounts) {
    const parent = a.parent_id === null ? null : (placeOf.get(a.parent_id) ?? null);
    const depth = parent === null ? 0 : units[parent]!.depth + 1;
    const at = units.length;
    placeOf.set(a.id, at);
    units.push({ accountId: a.id, unitId: null, name: a.name, kind: at === 0 ? 'account' : 'child', depth, parent });
    for (const u of byAccount.get(a.id) ?? [])
      units.push({ accountId: a.id, unitId: u.id, name: u.name, kind: 'unit', depth: depth + 1, parent: at });
  }
  return units;
}

export async function grid(ctx: Ctx, { query }: Call<typeof api.getGrid>): Promise<Grid> {
  const year = query.year ?? Number(ctx.today.slice(0, 4));
  const units = await unitsOf(ctx, query.accountId, query.withChildren === true);
  const accountIds = [...new Set(units.map((u) => u.accountId))];
  const products = await store.products(ctx.tx, accountIds, year, query.seriesId);
  if (units.length * products.length > MAX_CELLS)
    throw new Problem(
      422,
      'too_large',
      'The grid has more than 200,000 cells. Choose a series, or an account further down.',
    );
  const rows = await store.gridCells(ctx.tx, accountIds, year);
  const facts = await factsOf(ctx, accountIds, year, rows);
  const rowAt = new Map(rows.map((r) => [`${key(r.account_id, r.product_id)} ${r.unit_id ?? ''}`, r]));

  const own = units.map(() => ({ ...nothing(), eligible: products.length }));
  const perProduct = products.map(() => ({ ...nothing(), eligible: units.length }));
  const cells: GridCell[] = [];
  for (const [u, unit] of units.entries()) {
    for (const [p, product] of products.entries()) {
      const at = key(unit.accountId, product.id);
      const row = rowAt.get(`${at} ${unit.unitId ?? ''}`);
      if (!row && (unit.unitId !== null || !(facts.current.has(at) || facts.pipeline.has(at)))) continue;
      const c = reckon(facts, { accountId: unit.accountId, unitId: unit.unitId, productId: product.id }, row);
      add(own[u]!, c);
      add(perProduct[p]!, c);
      cells.push({
        id: row?.id ?? null,
        unit: u,
        product: p,
        status: c.status,
        owned: c.owned,
        potential: c.potential,
        current: c.current,
        pipeline: c.pipeline,
        open: c.open,
        priority: c.priority,
        competitor: row?.competitor_name ?? null,
        incumbentEndsOn: row?.incumbent_ends_on ?? null,
        hasNext: row?.has_next ?? false,
        opportunityId: row?.opportunity_id ?? null,
        version: row?.version ?? null,
      });
    }
  }
  const below = rollUp(units.map((u, i) => ({ parent: u.parent, own: own[i]! })));
  const total = nothing();
  for (const t of own) merge(total, t);
  return {
    year,
    asOf: facts.on,
    currency: facts.money.currency,
    units: units.map((u, i) => ({ ...u, own: sumsOf(own[i]!), withBelow: sumsOf(below[i]!) })),
    products: products.map((p, i) => ({
      id: p.id,
      name: p.name,
      seriesName: p.series_name,
      archived: p.archived,
      total: sumsOf(perProduct[i]!),
    })),
    cells,
    total: sumsOf(total),
    warnings: facts.money.warnings(),
    years: await store.years(ctx.tx, accountIds),
    can: canOf(ctx.actor),
  };
}

export async function copy(ctx: Ctx, { body }: Call<typeof api.copyGrid>) {
  const units = await unitsOf(ctx, body.accountId, body.withChildren === true);
  const accountIds = [...new Set(units.map((u) => u.accountId))];
  const copied = await store.copyYear(ctx.tx, ctx.actor.memberId, accountIds, body.from, body.to);
  if (copied > 0) await ctx.emit({ type: 'growth.grid_copied', accountId: body.accountId, rowId: body.accountId });
  return { copied };
}
