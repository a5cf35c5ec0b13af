// The use cases of cells: read with what is reckoned, write, many at once, into an opportunity; lists over the portfolio.
import { newId } from '../../../kernel/contract/ids.ts';
import { conflict, invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Money } from '../../../kernel/contract/shapes.ts';
import { opportunityMakerOf } from '../../../kernel/server/closing.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import { seenAccount } from '../../accounts/server/index.ts';
import { seenProduct } from '../../products/server/index.ts';
import { workspaceCurrency } from '../../settings/server/index.ts';
import type * as api from '../api.ts';
import type { Cell, WhitespaceItem } from '../api.ts';
import * as store from './cells-store.ts';
import { seenCompetitor } from './competitors-store.ts';
import { exchange, factsOf } from './facts.ts';
import { canOf } from './policy.ts';
import { reckon } from './reckon.ts';
import { addMonths } from './rules.ts';

const asMoney = (amount: number | null, currency: string | null): Money | null =>
  amount === null || currency === null ? null : { amount, currency };

async function namesOf(ctx: Ctx, p: store.Place) {
  const account = await seenAccount(ctx.tx, p.accountId);
  if (!account) throw notFound('account');
  const product = await seenProduct(ctx.tx, p.productId);
  if (!product) throw notFound('product');
  const unit = p.unitId ? await store.unit(ctx.tx, p.unitId) : null;
  if (p.unitId && unit?.accountId !== p.accountId) throw notFound('unit');
  return { account, product, unit };
}

/** The cell of a place as it stands, empty or not. */
async function cellAt(ctx: Ctx, p: store.Place, year: number): Promise<Cell> {
  const { account, product, unit } = await namesOf(ctx, p);
  const all = await store.cellsAt(ctx.tx, p);
  const row = all.find((c) => c.year === year);
  // Cells of named units at the account hold opportunities that the account's own cell does not count.
  const rows = await store.cells(ctx.tx, [p.accountId], year);
  const facts = await factsOf(ctx, [p.accountId], year, rows);
  const c = reckon(facts, p, row);
  const money = (amount: number | null) => asMoney(amount, facts.money.currency);
  return {
    id: row?.id ?? null,
    accountId: p.accountId,
    accountName: account.name,
    unitId: p.unitId,
    unitName: unit?.name ?? null,
    productId: p.productId,
    productName: product.name,
    year,
    status: c.status,
    owned: c.owned,
    potential: row ? asMoney(row.potential_minor, row.potential_currency) : null,
    current: money(c.current),
    pipeline: money(c.pipeline),
    open: money(c.open),
    priority: money(c.priority),
    competitorId: row?.competitor_id ?? null,
    competitorName: row?.competitor_name ?? null,
    incumbentEndsOn: row?.incumbent_ends_on ?? null,
    fit: c.fit,
    access: c.access,
    accessSaid: row?.access_percent == null ? null : Number(row.access_percent),
    effort: c.effort,
    confidence: row?.confidence ?? null,
    source: row?.source ?? '',
    nextStep: row?.next_step ?? '',
    opportunityId: row?.opportunity_id ?? null,
    version: row?.version ?? null,
    updatedAt: row?.updated_at ?? null,
    history: all
      .filter((h) => h.year !== year)
      .map((h) => ({
        year: h.year,
        status: h.status,
        potential: asMoney(h.potential_minor, h.potential_currency),
        competitorName: h.competitor_name,
      })),
    can: canOf(ctx.actor),
  };
}

export const get = (ctx: Ctx, { query }: Call<typeof api.getCell>): Promise<Cell> =>
  cellAt(ctx, { ...query, unitId: query.unitId ?? null }, query.year);

type Change = Partial<Omit<Call<typeof api.putCell>['body'], 'version'>>;
async function columnsOf(ctx: Ctx, b: Change): Promise<store.CellWrite> {
  if (b.competitorId && !(await seenCompetitor(ctx.tx, b.competitorId)))
    throw invalid({ field: 'competitorId', message: 'There is no such competitor' });
  const percent = (n: number | null | undefined) => (n === null || n === undefined ? null : n.toFixed(2));
  return {
    ...(b.status !== undefined ? { status: b.status } : {}),
    ...(b.potential !== undefined
      ? { potential_minor: b.potential?.amount ?? null, potential_currency: b.potential?.currency ?? null }
      : {}),
    ...(b.current !== undefined
      ? { current_minor: b.current?.amount ?? null, current_currency: b.current?.currency ?? null }
      : {}),
    ...(b.competitorId !== undefined ? { competitor_id: b.competitorId } : {}),
    ...(b.incumbentEndsOn !== undefined ? { incumbent_ends_on: b.incumbentEndsOn } : {}),
    ...(b.fit !== undefined ? { fit_percent: percent(b.fit) } : {}),
    ...(b.access !== undefined ? { access_percent: percent(b.access) } : {}),
    ...(b.effort !== undefined ? { effort: b.effort?.toFixed(1) ?? null } : {}),
    ...(b.confidence !== undefined ? { confidence: b.confidence } : {}),
    ...(b.source !== undefined ? { source: b.source } : {}),
    ...(b.nextStep !== undefined ? { next_step: b.nextStep } : {}),
  };
}

export async function put(ctx: Ctx, { body }: Call<typeof api.putCell>): Promise<Cell> {
  const { accountId, productId, year, version, ...change } = body;
  const place = { accountId, productId, unitId: body.unitId ?? null };
  await namesOf(ctx, place);
  if (body.current && !place.unitId)
    throw invalid({ field: 'current', message: 'The ledger says what an account pays; enter it for a named unit' });
  const columns = await columnsOf(ctx, change);
  const { workspaceId, memberId } = ctx.actor;
  const row = (await store.cellsAt(ctx.tx, place)).find((c) => c.year === year);
  const id = row?.id ?? newId(ctx.now.getTime());
  const done = row
    ? version !== null && (await store.updateCell(ctx.tx, workspaceId, memberId, id, version, columns))
    : version === null &&
      (await store.insertCell(ctx.tx, workspaceId, memberId, {
        id,
        account_id: accountId,
        unit_id: place.unitId,
        product_id: productId,
        year,
        ...columns,
      }));
  if (!done) throw staleVersion('cell', await cellAt(ctx, place, year));
  await ctx.emit({ type: 'growth.cell_changed', accountId, rowId: id });
  return cellAt(ctx, place, year);
}

async function seen(ctx: Ctx, id: string): Promise<store.NamedCellRow> {
  const row = await store.cell(ctx.tx, id);
  if (!row) throw notFound('cell');
  return row;
}

export async function clear(ctx: Ctx, id: string): Promise<undefined> {
  const row = await seen(ctx, id);
  await store.deleteCell(ctx.tx, ctx.actor.workspaceId, id);
  await ctx.emit({ type: 'growth.cell_changed', accountId: row.account_id, rowId: id });
}

export async function bulk(ctx: Ctx, { body }: Call<typeof api.bulkCells>) {
  if (Object.keys(body.change).length === 0) throw invalid({ field: 'change', message: 'Say what to change' });
  const places = body.cells.map((c) => ({ ...c, unitId: c.unitId ?? null }));
  if (new Set(places.map((p) => `${p.accountId} ${p.unitId} ${p.productId}`)).size < places.length)
    throw invalid({ field: 'cells', message: 'A cell is named twice' });
  if ((await store.strangers(ctx.tx, places)) > 0) throw notFound('cell');
  const columns = await columnsOf(ctx, body.change);
  const changed = await store.bulkWrite(ctx.tx, ctx.actor.memberId, body.year, places, columns);
  for (const accountId of new Set(places.map((p) => p.accountId)))
    await ctx.emit({ type: 'growth.cell_changed', accountId, rowId: accountId });
  return { changed, conflicts: places.length - changed };
}

/** What is open of the cell becomes the amount, in the currency of its potential. */
export async function openOpportunity(ctx: Ctx, { params, body }: Call<typeof api.openOpportunity>) {
  const row = await seen(ctx, params.id);
  const make = opportunityMakerOf(ctx);
  if (!make) throw conflict('no_pipeline', 'This installation keeps no opportunities.');
  if (row.opportunity_id && (await store.isOpen(ctx.tx, row.opportunity_id)))
    throw conflict('opportunity_open', 'This cell has an open opportunity already. Open it instead.');
  const place = { accountId: row.account_id, unitId: row.unit_id, productId: row.product_id };
  const cell = await cellAt(ctx, place, row.year);
  const currency = body.amount?.currency ?? cell.potential?.currency ?? (await workspaceCurrency(ctx.tx));
  let amount = body.amount === undefined ? null : (body.amount?.amount ?? null);
  if (body.amount === undefined && cell.open) {
    const money = await exchange(ctx.tx, [cell.open.currency], currency, ctx.today);
    amount = money.of(cell.open.amount, cell.open.currency);
  }
  const { opportunityId } = await make(ctx, {
    accountId: row.account_id,
    name: body.name ?? [row.product_name, row.unit_name ?? row.account_name].join(' · ').slice(0, 200),
    type: body.type ?? (row.unit_id ? 'new_unit' : cell.owned ? 'upsell' : 'cross_sell'),
    productId: row.product_id,
    ...(body.ownerId !== undefined ? { ownerId: body.ownerId } : {}),
    amountMinor: amount,
    currency,
    closesOn: body.closesOn,
  });
  await store.updateCell(ctx.tx, ctx.actor.workspaceId, ctx.actor.memberId, row.id, null, {
    opportunity_id: opportunityId,
  });
  await ctx.emit({
    type: 'growth.opportunity_opened',
    accountId: row.account_id,
    rowId: row.id,
    payload: { opportunityId },
  });
  return { opportunityId, cell: await cellAt(ctx, place, row.year) };
}

// Over the portfolio --------------------------------------------------------

const itemOf = (r: store.NamedCellRow, open: Money | null, priority: Money | null): WhitespaceItem => ({
  id: r.id,
  accountId: r.account_id,
  accountName: r.account_name,
  unitId: r.unit_id,
  unitName: r.unit_name,
  productId: r.product_id,
  productName: r.product_name,
  year: r.year,
  status: r.status,
  competitorName: r.competitor_name,
  incumbentEndsOn: r.incumbent_ends_on,
  potential: asMoney(r.potential_minor, r.potential_currency),
  open,
  priority,
  nextStep: r.next_step,
  opportunityId: r.opportunity_id,
});

/** More than anybody reads; the order within is exact. */
const LOOKED_AT = 2000;

/** The most promising cells with what is open of each, in order. */
export async function promising(ctx: Ctx, f: store.Wanted) {
  const to = await workspaceCurrency(ctx.tx);
  const currencies = await store.potentialCurrencies(ctx.tx);
  const money = await exchange(ctx.tx, currencies, to, ctx.today);
  const factors = currencies.flatMap((currency) => {
    const factor = money.factor(currency);
    return factor === null ? [] : [{ currency, factor }];
  });
  const rows = await store.promising(ctx.tx, f, factors, LOOKED_AT);
  const facts = await factsOf(ctx, [...new Set(rows.map((r) => r.account_id))], f.year, rows);
  const items = rows
    .map((row) => ({
      row,
      reckoned: reckon(facts, { accountId: row.account_id, unitId: row.unit_id, productId: row.product_id }, row),
    }))
    .filter(({ reckoned }) => reckoned.open !== null && reckoned.open > 0)
    .sort(
      (a, b) =>
        (b.reckoned.priority ?? -1) - (a.reckoned.priority ?? -1) ||
        b.reckoned.open! - a.reckoned.open! ||
        (a.row.id < b.row.id ? -1 : 1),
    );
  return { items, currency: to, on: facts.on, warnings: money.warnings() };
}

export async function whitespace(ctx: Ctx, { query }: Call<typeof api.listWhitespace>) {
  const { limit, cursor, year = Number(ctx.today.slice(0, 4)), ...find } = query;
  const offset = Number(decodeCursor('whitespace', cursor, 1)?.[0] ?? 0);
  const { items, currency, on, warnings } = await promising(ctx, { ...find, year });
  const some = items.slice(offset, offset + limit);
  return {
    items: some.map(({ row, reckoned }) =>
      itemOf(row, asMoney(reckoned.open, currency), asMoney(reckoned.priority, currency)),
    ),
    nextCursor: offset + limit < items.length ? encodeCursor('whitespace', [offset + limit]) : null,
    currency,
    asOf: on,
    warnings,
  };
}

export async function ending(ctx: Ctx, { query }: Call<typeof api.listEnding>) {
  const { limit, cursor, months, ...find } = query;
  const to = addMonths(ctx.today, months);
  const rows = await store.ending(ctx.tx, { ...find, from: ctx.today, to }, decodeCursor('ending', cursor, 2), limit);
  const { items, nextCursor } = page(rows, limit, (r) => encodeCursor('ending', [r.incumbent_ends_on, r.id]));
  const byYear = Map.groupBy(items, (r) => r.year);
  const reckoned = new Map<string, { open: Money | null; priority: Money | null }>();
  for (const [year, some] of byYear) {
    const facts = await factsOf(ctx, [...new Set(some.map((r) => r.account_id))], year, some);
    for (const r of some) {
      const c = reckon(facts, { accountId: r.account_id, unitId: r.unit_id, productId: r.product_id }, r);
      reckoned.set(r.id, {
        open: asMoney(c.open, facts.money.currency),
        priority: asMoney(c.priority, facts.money.currency),
      });
    }
  }
  return {
    items: items.map((r) => itemOf(r, reckoned.get(r.id)!.open, reckoned.get(r.id)!.priority)),
    nextCursor,
    from: ctx.today,
    to,
  };
}
