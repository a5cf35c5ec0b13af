// The use cases of the catalogue: products, their list prices, series.
import { newId } from '../../../kernel/contract/ids.ts';
import { conflict, type FieldError, invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import type * as api from '../api.ts';
import type { Product, ProductLine } from '../api.ts';
import { linkRows } from './names.ts';
import { productNamed } from './names-store.ts';
import { canOf } from './policy.ts';
import { dayBefore, overlapping, predecessor } from './rules.ts';
import * as store from './store.ts';

type FactsRow = Omit<store.LineRow, 'prices' | 'sort_key'>;
const factsOf = (r: FactsRow) => ({
  id: r.id,
  name: r.name,
  code: r.code,
  seriesId: r.series_id,
  seriesName: r.series_name,
  unitName: r.unit_name,
  kind: r.kind,
  deliveryCostShare: r.delivery_cost_share === null ? null : Number(r.delivery_cost_share),
  deliveryCost:
    r.delivery_cost_minor === null || r.delivery_cost_currency === null
      ? null
      : { amount: r.delivery_cost_minor, currency: r.delivery_cost_currency },
  archivedAt: r.archived_at,
  version: r.version,
});

const presentLine = (r: store.LineRow): ProductLine => ({
  ...factsOf(r),
  prices: r.prices.map((p) => ({ billing: p.billing, price: { amount: p.amount, currency: p.currency } })),
});

const present = (ctx: Ctx, r: store.ProductRow): Product => ({
  ...factsOf(r),
  description: r.description,
  prices: r.prices.map(({ amount, currency, ...p }) => ({ ...p, price: { amount, currency } })),
  aliases: r.aliases,
  createdAt: r.created_at,
  updatedAt: r.updated_at,
  can: canOf(ctx.actor),
});

export async function list(ctx: Ctx, { query }: Call<typeof api.listProducts>) {
  const { limit, cursor, ...find } = query;
  const rows = await store.list(ctx.tx, find, ctx.today, decodeCursor('products', cursor, 2), limit);
  const { items, nextCursor } = page(rows, limit, (r) => encodeCursor('products', [r.sort_key, r.id]));
  return { items: items.map(presentLine), nextCursor };
}

/** The product's row; 404 where there is none. */
export async function seen(ctx: Ctx, id: string): Promise<store.ProductRow> {
  const row = await store.product(ctx.tx, id);
  if (!row) throw notFound('product');
  return row;
}

export const get = async (ctx: Ctx, id: string): Promise<Product> => present(ctx, await seen(ctx, id));

type Body = Partial<Call<typeof api.createProduct>['body']>;

/** The columns of a body; checks what refers to others. */
async function columnsOf(ctx: Ctx, id: string | null, body: Body): Promise<store.Write> {
  const problems: FieldError[] = [];
  if (body.deliveryCost && body.deliveryCostShare !== null && body.deliveryCostShare !== undefined)
    problems.push({ field: 'deliveryCostShare', message: 'Give a share or an amount, not both' });
  if (body.seriesId && (await store.series(ctx.tx, body.seriesId)).length === 0)
    problems.push({ field: 'seriesId', message: 'There is no such series' });
  if (problems.length) throw invalid(problems);
  const taken = await store.taken(ctx.tx, id, body.name ?? null, body.code ?? null);
  if (taken.name) throw conflict('duplicate_name', 'A product that is in use has this name.');
  if (taken.code) throw conflict('duplicate_code', 'Another product has this code.');
  const cost = body.deliveryCost;
  const share = body.deliveryCostShare;
  return {
    ...(body.name !== undefined ? { name: body.name } : {}),
    ...(body.code !== undefined ? { code: body.code } : {}),
    ...(body.seriesId !== undefined ? { series_id: body.seriesId } : {}),
    ...(body.description !== undefined ? { description: body.description } : {}),
    ...(body.unitName !== undefined ? { unit_name: body.unitName } : {}),
    ...(body.kind !== undefined ? { kind: body.kind } : {}),
    // A share takes the place of an amount, and the other way round.
    ...(share !== undefined || cost ? { delivery_cost_share: share?.toFixed(6) ?? null } : {}),
    ...(cost !== undefined || (share !== undefined && share !== null)
      ? { delivery_cost_minor: cost?.amount ?? null, delivery_cost_currency: cost?.currency ?? null }
      : {}),
  };
}

export async function create(ctx: Ctx, { body }: Call<typeof api.createProduct>): Promise<Product> {
  const columns = await columnsOf(ctx, null, body);
  const alias = await productNamed(ctx.tx, body.name);
  if (alias) throw conflict('duplicate_name', `Files know “${alias.name}” under this name. Remove it there first.`);
  const id = newId(ctx.now.getTime());
  await store.insert(ctx.tx, ctx.actor.workspaceId, id, { ...columns, name: body.name });
  await linkRows(ctx, body.name, id);
  await ctx.emit({ type: 'product.created', rowId: id });
  return get(ctx, id);
}

export async function update(ctx: Ctx, { params, body, ifMatch }: Call<typeof api.updateProduct>): Promise<Product> {
  const before = await seen(ctx, params.id);
  const { version, ...change } = body;
  const columns = await columnsOf(ctx, params.id, before.archived_at ? { ...change, name: undefined } : change);
  if (change.name !== undefined) columns.name = change.name;
  if (!(await store.update(ctx.tx, ctx.actor.workspaceId, params.id, version ?? ifMatch ?? null, columns)))
    throw staleVersion('product', await get(ctx, params.id));
  if (change.name !== undefined) await linkRows(ctx, change.name, params.id);
  await ctx.emit({ type: 'product.updated', rowId: params.id });
  return get(ctx, params.id);
}

async function setArchived(ctx: Ctx, id: string, archivedAt: string | null): Promise<Product> {
  const before = await seen(ctx, id);
  if ((before.archived_at === null) === (archivedAt === null)) return present(ctx, before);
  if (archivedAt === null && (await store.taken(ctx.tx, id, before.name, null)).name)
    throw conflict('duplicate_name', 'A product that is in use has this name. Rename one of them first.');
  await store.update(ctx.tx, ctx.actor.workspaceId, id, null, { archived_at: archivedAt });
  await ctx.emit({ type: archivedAt ? 'product.archived' : 'product.restored', rowId: id });
  return get(ctx, id);
}
export const archive = (ctx: Ctx, id: string) => setArchived(ctx, id, ctx.now.toISOString());
export const restore = (ctx: Ctx, id: string) => setArchived(ctx, id, null);

// List prices ---------------------------------------------------------------

const listed = (row: store.ProductRow) => row.prices.map((p) => ({ ...p }));

function checkDays(startsOn: string | null, endsOn: string | null): void {
  if (startsOn !== null && endsOn !== null && endsOn < startsOn)
    throw invalid({ field: 'endsOn', message: 'It ends before it starts' });
}

function refuseOverlap(others: { startsOn: string | null; endsOn: string | null }[]): void {
  const [other] = others;
  if (!other) return;
  const days = `${other.startsOn ? `from ${other.startsOn}` : 'from the beginning'}${other.endsOn ? ` to ${other.endsOn}` : ' on'}`;
  throw conflict('price_overlaps', `Another price in this currency holds ${days}. End it first, or choose other days.`);
}

async function priced(ctx: Ctx, productId: string): Promise<Product> {
  await ctx.emit({ type: 'product.priced', rowId: productId });
  return get(ctx, productId);
}

export async function addPrice(ctx: Ctx, { params, body }: Call<typeof api.addPrice>): Promise<Product> {
  const product = await seen(ctx, params.id);
  const startsOn = body.startsOn ?? null;
  const endsOn = body.endsOn ?? null;
  checkDays(startsOn, endsOn);
  if ((product.kind === 'one_off') !== (body.billing === 'once'))
    throw invalid({
      field: 'billing',
      message: product.kind === 'one_off' ? 'A one-off product is billed once' : 'A recurring product has a period',
    });
  await store.lockPrices(ctx.tx, params.id);
  const { currency, amount } = body.price;
  const price = { startsOn, endsOn, currency, billing: body.billing };
  let prices = listed(await seen(ctx, params.id));
  const before = body.follows ? predecessor(prices, price) : null;
  if (before && startsOn) {
    const ends = dayBefore(startsOn);
    await store.updatePrice(ctx.tx, ctx.actor.workspaceId, before.id, null, { ends_on: ends });
    prices = prices.map((p) => (p.id === before.id ? { ...p, endsOn: ends } : p));
  }
  refuseOverlap(overlapping(prices, price));
  await store.insertPrice(ctx.tx, ctx.actor.workspaceId, {
    id: newId(ctx.now.getTime()),
    product_id: params.id,
    currency,
    billing: body.billing,
    unit_price_minor: amount,
    starts_on: startsOn,
    ends_on: endsOn,
  });
  return priced(ctx, params.id);
}

export async function updatePrice(ctx: Ctx, { params, body, ifMatch }: Call<typeof api.updatePrice>): Promise<Product> {
  await store.lockPrices(ctx.tx, params.id);
  const product = await seen(ctx, params.id);
  const old = product.prices.find((p) => p.id === params.priceId);
  if (!old) throw notFound('price');
  const startsOn = body.startsOn === undefined ? old.startsOn : body.startsOn;
  const endsOn = body.endsOn === undefined ? old.endsOn : body.endsOn;
  checkDays(startsOn, endsOn);
  if (body.price && body.price.currency !== old.currency)
    throw invalid({
      field: 'price',
      message: `This price is in ${old.currency}; add another one for another currency`,
    });
  refuseOverlap(overlapping(listed(product), { ...old, startsOn, endsOn }));
  const done = await store.updatePrice(ctx.tx, ctx.actor.workspaceId, params.priceId, body.version ?? ifMatch ?? null, {
    ...(body.price ? { unit_price_minor: body.price.amount } : {}),
    starts_on: startsOn,
    ends_on: endsOn,
  });
  if (!done) throw staleVersion('price', await get(ctx, params.id));
  return priced(ctx, params.id);
}

export async function removePrice(ctx: Ctx, { params }: Call<typeof api.removePrice>): Promise<Product> {
  const product = await seen(ctx, params.id);
  if (!product.prices.some((p) => p.id === params.priceId)) throw notFound('price');
  await store.deletePrice(ctx.tx, ctx.actor.workspaceId, params.priceId);
  return priced(ctx, params.id);
}

// Series --------------------------------------------------------------------

export const listSeries = async (ctx: Ctx) => ({ items: await store.series(ctx.tx), nextCursor: null });

async function oneSeries(ctx: Ctx, id: string): Promise<store.SeriesRow> {
  const [row] = await store.series(ctx.tx, id);
  if (!row) throw notFound('series');
  return row;
}

async function freeSeriesName(ctx: Ctx, name: string, except: string | null): Promise<void> {
  if (await store.seriesNamed(ctx.tx, name, except)) throw conflict('duplicate_name', 'Another series has this name.');
}

export async function createSeries(ctx: Ctx, { body }: Call<typeof api.createSeries>) {
  await freeSeriesName(ctx, body.name, null);
  const id = newId(ctx.now.getTime());
  await store.insertSeries(ctx.tx, ctx.actor.workspaceId, {
    id,
    name: body.name,
    description: body.description ?? '',
  });
  await ctx.emit({ type: 'product.series_changed', rowId: id });
  return oneSeries(ctx, id);
}

export async function updateSeries(ctx: Ctx, { params, body, ifMatch }: Call<typeof api.updateSeries>) {
  await oneSeries(ctx, params.id);
  const { version, ...change } = body;
  if (change.name !== undefined) await freeSeriesName(ctx, change.name, params.id);
  const write = {
    ...(change.name !== undefined ? { name: change.name } : {}),
    ...(change.description !== undefined ? { description: change.description } : {}),
  };
  if (!(await store.updateSeries(ctx.tx, ctx.actor.workspaceId, params.id, version ?? ifMatch ?? null, write)))
    throw staleVersion('series', await oneSeries(ctx, params.id));
  await ctx.emit({ type: 'product.series_changed', rowId: params.id });
  return oneSeries(ctx, params.id);
}

export async function removeSeries(ctx: Ctx, id: string): Promise<undefined> {
  await oneSeries(ctx, id);
  await store.deleteSeries(ctx.tx, ctx.actor.workspaceId, id);
  await ctx.emit({ type: 'product.series_changed', rowId: id });
}
