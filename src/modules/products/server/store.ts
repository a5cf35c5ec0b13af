// The catalogue's SQL: products, series, list prices.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import type { Price, ProductLine } from '../api.ts';

type Billing = Price['billing'];
type Facts = {
  id: string;
  name: string;
  code: string | null;
  series_id: string | null;
  series_name: string | null;
  unit_name: string;
  kind: ProductLine['kind'];
  delivery_cost_share: string | null;
  delivery_cost_minor: number | null;
  delivery_cost_currency: string | null;
  archived_at: string | null;
  version: number;
};
export type LineRow = Facts & { sort_key: string; prices: { billing: Billing; amount: number; currency: string }[] };
export type PriceRow = {
  id: string;
  billing: Billing;
  amount: number;
  currency: string;
  startsOn: string | null;
  endsOn: string | null;
  version: number;
};
export type ProductRow = Facts & {
  description: string;
  created_at: string;
  updated_at: string;
  prices: PriceRow[];
  aliases: { id: string; name: string }[];
};

const facts = sql`p.id, p.name, p.code, p.series_id, s.name as series_name, p.unit_name, p.kind, p.delivery_cost_share, p.delivery_cost_minor,
  p.delivery_cost_currency, p.archived_at, p.version`;
const from = sql`product p left join product_series s on s.workspace_id = p.workspace_id and s.id = p.series_id`;

export type Find = {
  q?: string | undefined;
  seriesId?: string[] | undefined;
  kind?: string | undefined;
  archived?: boolean | undefined;
};

/** One page by name; one row more than the limit when there is a next page. */
export async function list(
  tx: Tx,
  f: Find,
  today: string,
  after: CursorValue[] | null,
  limit: number,
): Promise<LineRow[]> {
  const where: RawBuilder<SqlBool>[] = [
    sql`p.workspace_id = kernel.ws()`,
    f.archived ? sql`p.archived_at is not null` : sql`p.archived_at is null`,
  ];
  if (f.q) {
    const like = `%${f.q.replace(/[\\%_]/g, '\\$&')}%`;
    where.push(sql`(p.name_key like kernel.fold(${like}) or p.code ilike ${like} or exists (
      select from product_alias a where a.workspace_id = p.workspace_id and a.product_id = p.id and a.name_key like kernel.fold(${like})))`);
  }
  if (f.kind) where.push(sql`p.kind = ${f.kind}`);
  if (f.seriesId?.length) {
    const ids = f.seriesId.filter((s) => s !== 'none');
    const among = sql<SqlBool>`p.series_id = any (${ids}::uuid[])`;
    where.push(ids.length < f.seriesId.length ? sql`(p.series_id is null or ${among})` : among);
  }
  if (after) where.push(sql`(p.name_key, p.id) > (${after[0]}::text, ${after[1]}::uuid)`);
  const { rows } = await sql<LineRow>`
    select ${facts}, p.name_key as sort_key, coalesce((
      select jsonb_agg(jsonb_build_object('billing', x.billing, 'amount', x.unit_price_minor, 'currency', x.currency) order by x.currency, x.billing)
      from product_price x where x.workspace_id = p.workspace_id and x.product_id = p.id and daterange(x.starts_on, x.ends_on, '[]') @> ${today}::date), '[]') as prices
    from ${from} where ${sql.join(where, sql` and `)} order by p.name_key, p.id limit ${sql.lit(limit + 1)}`.execute(
    tx,
  );
  return rows;
}

export async function product(tx: Tx, id: string): Promise<ProductRow | undefined> {
  const { rows } = await sql<ProductRow>`
    select ${facts}, p.description, p.created_at, p.updated_at, coalesce((
      select jsonb_agg(jsonb_build_object('id', x.id, 'billing', x.billing, 'amount', x.unit_price_minor, 'currency', x.currency,
        'startsOn', x.starts_on, 'endsOn', x.ends_on, 'version', x.version) order by x.currency, x.billing, x.starts_on nulls first)
      from product_price x where x.workspace_id = p.workspace_id and x.product_id = p.id), '[]') as prices, coalesce((
      select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name) order by a.name_key)
      from product_alias a where a.workspace_id = p.workspace_id and a.product_id = p.id), '[]') as aliases
    from ${from} where p.workspace_id = kernel.ws() and p.id = ${id}::uuid`.execute(tx);
  return rows[0];
}

export type Write = Partial<{
  name: string;
  code: string | null;
  series_id: string | null;
  description: string;
  unit_name: string;
  kind: ProductLine['kind'];
  delivery_cost_share: string | null;
  delivery_cost_minor: number | null;
  delivery_cost_currency: string | null;
  archived_at: string | null;
}>;

export async function insert(tx: Tx, workspaceId: string, id: string, row: Write & { name: string }): Promise<void> {
  await tx
    .insertInto('product')
    .values({ workspace_id: workspaceId, id, ...row })
    .execute();
}

/** Answers false when the version is not the current one. */
export async function update(
  tx: Tx,
  workspaceId: string,
  id: string,
  version: number | null,
  change: Write,
): Promise<boolean> {
  let query = tx
    .updateTable('product')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}

/** Another product that has the name (in use) or the code. */
export async function taken(
  tx: Tx,
  id: string | null,
  name: string | null,
  code: string | null,
): Promise<{ name: boolean; code: boolean }> {
  const { rows } = await sql<{ name: boolean; code: boolean }>`
    select coalesce(bool_or(p.name_key = kernel.fold(${name}::text) and p.archived_at is null), false) as name,
      coalesce(bool_or(lower(p.code) = lower(${code}::text)), false) as code
    from product p where p.workspace_id = kernel.ws() and p.id is distinct from ${id}::uuid
      and (p.name_key = kernel.fold(${name}::text) or lower(p.code) = lower(${code}::text))`.execute(tx);
  return rows[0] ?? { name: false, code: false };
}

// List prices ---------------------------------------------------------------

/** Holds the product's prices still for the rest of the transaction. */
export async function lockPrices(tx: Tx, productId: string): Promise<void> {
  await sql`select 1 from product where workspace_id = kernel.ws() and id = ${productId}::uuid for update`.execute(tx);
}

export async function insertPrice(
  tx: Tx,
  workspaceId: string,
  row: {
    id: string;
    product_id: string;
    currency: string;
    billing: Billing;
    unit_price_minor: number;
    starts_on: string | null;
    ends_on: string | null;
  },
): Promise<void> {
  await tx
    .insertInto('product_price')
    .values({ workspace_id: workspaceId, ...row })
    .execute();
}

export async function updatePrice(
  tx: Tx,
  workspaceId: string,
  id: string,
  version: number | null,
  change: Partial<{ unit_price_minor: number; starts_on: string | null; ends_on: string | null }>,
): Promise<boolean> {
  let query = tx
    .updateTable('product_price')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}

export async function deletePrice(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('product_price').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

// Series --------------------------------------------------------------------

export type SeriesRow = { id: string; name: string; description: string; products: number; version: number };
export async function series(tx: Tx, id: string | null = null): Promise<SeriesRow[]> {
  const { rows } = await sql<SeriesRow>`
    select s.id, s.name, s.description, s.version, (
      select count(*)::int from product p where p.workspace_id = s.workspace_id and p.series_id = s.id and p.archived_at is null) as products
    from product_series s where s.workspace_id = kernel.ws() ${id ? sql`and s.id = ${id}::uuid` : sql``} order by lower(s.name), s.id`.execute(
    tx,
  );
  return rows;
}

export async function seriesNamed(tx: Tx, name: string, except: string | null): Promise<boolean> {
  const { rows } =
    await sql`select 1 from product_series where workspace_id = kernel.ws() and lower(name) = lower(${name}) and id is distinct from ${except}::uuid`.execute(
      tx,
    );
  return rows.length > 0;
}

export async function insertSeries(
  tx: Tx,
  workspaceId: string,
  row: { id: string; name: string; description: string },
) {
  await tx
    .insertInto('product_series')
    .values({ workspace_id: workspaceId, ...row })
    .execute();
}

export async function updateSeries(
  tx: Tx,
  workspaceId: string,
  id: string,
  version: number | null,
  change: Partial<{ name: string; description: string }>,
): Promise<boolean> {
  let query = tx
    .updateTable('product_series')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}

export async function deleteSeries(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await sql`update product set series_id = null, version = version + 1, updated_at = now() where workspace_id = kernel.ws() and series_id = ${id}::uuid`.execute(
    tx,
  );
  await tx.deleteFrom('product_series').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

// For other rooms -----------------------------------------------------------

export type CostRow = {
  id: string;
  kind: ProductLine['kind'];
  share: string | null;
  amount: number | null;
  currency: string | null;
};
/** What delivering these products costs; all products without a list. */
export async function costs(tx: Tx, ids: readonly string[] | null): Promise<CostRow[]> {
  const { rows } = await sql<CostRow>`
    select id, kind, delivery_cost_share as share, delivery_cost_minor as amount, delivery_cost_currency as currency from product
    where workspace_id = kernel.ws() ${ids ? sql`and id = any (${[...ids]}::uuid[])` : sql``}`.execute(tx);
  return rows;
}

export async function listPrices(
  tx: Tx,
  ids: readonly string[],
  on: string,
): Promise<{ productId: string; billing: Billing; amount: number; currency: string }[]> {
  const { rows } = await sql<{ productId: string; billing: Billing; amount: number; currency: string }>`
    select product_id as "productId", billing, unit_price_minor as amount, currency from product_price
    where workspace_id = kernel.ws() and product_id = any (${[...ids]}::uuid[]) and daterange(starts_on, ends_on, '[]') @> ${on}::date
    order by 1, 4, 2`.execute(tx);
  return rows;
}
