// The SQL of the whitespace grid: units, products, cells, and what the pipeline says of them.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import type { Cell, Status } from '../api.ts';

// Accounts and units --------------------------------------------------------

export type AccountRow = { id: string; name: string; parent_id: string | null };
/** The account and, if asked, every account below it that is seen; parents before children, by name. */
export async function tree(tx: Tx, accountId: string, withChildren: boolean): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    with recursive below as (
      select a.id, a.name, null::uuid as parent_id, array[a.name_key || a.id::text] as way from account a where a.workspace_id = kernel.ws() and a.id = ${accountId}::uuid
      union all
      select c.id, c.name, c.parent_id, b.way || (c.name_key || c.id::text) from account c join below b on c.parent_id = b.id
      where c.workspace_id = kernel.ws() and c.archived_at is null and ${withChildren}
    ) select id, name, parent_id from below order by way`.execute(tx);
  return rows;
}

export type UnitRow = { id: string; accountId: string; name: string; position: number; version: number };
const unitColumns = sql`id, account_id as "accountId", name, position, version`;
export async function units(tx: Tx, accountIds: readonly string[]): Promise<UnitRow[]> {
  const { rows } =
    await sql<UnitRow>`select ${unitColumns} from growth_unit where workspace_id = kernel.ws() and account_id = any (${[...accountIds]}::uuid[])
    order by account_id, position, lower(name), id`.execute(tx);
  return rows;
}
export async function unit(tx: Tx, id: string): Promise<UnitRow | undefined> {
  const { rows } =
    await sql<UnitRow>`select ${unitColumns} from growth_unit where workspace_id = kernel.ws() and id = ${id}::uuid`.execute(
      tx,
    );
  return rows[0];
}
export async function unitNamed(tx: Tx, accountId: string, name: string, except: string | null): Promise<boolean> {
  const { rows } =
    await sql`select 1 from growth_unit where workspace_id = kernel.ws() and account_id = ${accountId}::uuid and lower(name) = lower(${name}) and id is distinct from ${except}::uuid`.execute(
      tx,
    );
  return rows.length > 0;
}
export async function insertUnit(
  tx: Tx,
  workspaceId: string,
  row: { id: string; account_id: string; name: string; position: number },
): Promise<void> {
  await tx
    .insertInto('growth_unit')
    .values({ workspace_id: workspaceId, ...row })
    .execute();
}
export async function updateUnit(
  tx: Tx,
  workspaceId: string,
  id: string,
  version: number | null,
  change: Partial<{ name: string; position: number }>,
): Promise<boolean> {
  let query = tx
    .updateTable('growth_unit')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}
export async function deleteUnit(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('growth_unit').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

// Products ------------------------------------------------------------------

export type ProductRow = { id: string; name: string; series_name: string | null; archived: boolean };
/** Products in use, and those out of use that have cells here; by series and name. */
export async function products(
  tx: Tx,
  accountIds: readonly string[],
  year: number,
  seriesIds: readonly string[] | undefined,
): Promise<ProductRow[]> {
  const { rows } = await sql<ProductRow>`
    select p.id, p.name, s.name as series_name, p.archived_at is not null as archived
    from product p left join product_series s on s.workspace_id = p.workspace_id and s.id = p.series_id
    where p.workspace_id = kernel.ws() ${seriesIds?.length ? sql`and p.series_id = any (${[...seriesIds]}::uuid[])` : sql``}
      and (p.archived_at is null or exists (
        select from growth_cell c where c.workspace_id = p.workspace_id and c.product_id = p.id and c.year = ${year} and c.account_id = any (${[...accountIds]}::uuid[])))
    order by lower(s.name) nulls last, p.name_key, p.id`.execute(tx);
  return rows;
}

// Cells ---------------------------------------------------------------------

export type CellRow = {
  id: string;
  account_id: string;
  unit_id: string | null;
  product_id: string;
  year: number;
  status: Status;
  potential_minor: number | null;
  potential_currency: string | null;
  current_minor: number | null;
  current_currency: string | null;
  competitor_id: string | null;
  competitor_name: string | null;
  incumbent_ends_on: string | null;
  /** Decimal text, or the number itself. */
  fit_percent: string | number | null;
  access_percent: string | number | null;
  effort: string | number | null;
  confidence: Cell['confidence'];
  source: string;
  next_step: string;
  opportunity_id: string | null;
  version: number;
  updated_at: string;
};
export type NamedCellRow = CellRow & { account_name: string; unit_name: string | null; product_name: string };

const columns = sql`c.id, c.account_id, c.unit_id, c.product_id, c.year, c.status, c.potential_minor, c.potential_currency, c.current_minor, c.current_currency,
  c.competitor_id, k.name as competitor_name, c.incumbent_ends_on, c.fit_percent, c.access_percent, c.effort, c.confidence, c.source, c.next_step, c.opportunity_id,
  c.version, c.updated_at`;
const from = sql`growth_cell c left join growth_competitor k on k.workspace_id = c.workspace_id and k.id = c.competitor_id`;
const named = sql`select ${columns}, a.name as account_name, u.name as unit_name, p.name as product_name from ${from}
  join account a on a.workspace_id = c.workspace_id and a.id = c.account_id join product p on p.workspace_id = c.workspace_id and p.id = c.product_id
  left join growth_unit u on u.workspace_id = c.workspace_id and u.id = c.unit_id`;

export async function cells(tx: Tx, accountIds: readonly string[], year: number): Promise<CellRow[]> {
  const { rows } =
    await sql<CellRow>`select ${columns} from ${from} where c.workspace_id = kernel.ws() and c.year = ${year} and c.account_id = any (${[...accountIds]}::uuid[])`.execute(
      tx,
    );
  return rows;
}

/** What a cell is reckoned from. */
export type CellFacts = Pick<
  CellRow,
  | 'status'
  | 'potential_minor'
  | 'potential_currency'
  | 'current_minor'
  | 'current_currency'
  | 'fit_percent'
  | 'access_percent'
  | 'effort'
  | 'opportunity_id'
>;
export type GridRow = CellFacts &
  Pick<
    CellRow,
    'id' | 'account_id' | 'unit_id' | 'product_id' | 'competitor_name' | 'incumbent_ends_on' | 'version'
  > & {
    has_next: boolean;
  };

/** The cells of a whole grid: one JSON text, which is a third of the time of as many rows. */
export async function gridCells(tx: Tx, accountIds: readonly string[], year: number): Promise<GridRow[]> {
  const { rows } = await sql<{ cells: unknown[][] | null }>`
    select json_agg(json_build_array(c.id, c.account_id, c.unit_id, c.product_id, c.status, c.potential_minor, c.potential_currency, c.current_minor, c.current_currency,
      k.name, c.incumbent_ends_on, c.fit_percent::float8, c.access_percent::float8, c.effort::float8, c.next_step <> '', c.opportunity_id, c.version)) as cells
    from ${from} where c.workspace_id = kernel.ws() and c.year = ${year} and c.account_id = any (${[...accountIds]}::uuid[])`.execute(
    tx,
  );
  return (rows[0]?.cells ?? []).map(
    (c) =>
      ({
        id: c[0],
        account_id: c[1],
        unit_id: c[2],
        product_id: c[3],
        status: c[4],
        potential_minor: c[5],
        potential_currency: c[6],
        current_minor: c[7],
        current_currency: c[8],
        competitor_name: c[9],
        incumbent_ends_on: c[10],
        fit_percent: c[11],
        access_percent: c[12],
        effort: c[13],
        has_next: c[14],
        opportunity_id: c[15],
        version: c[16],
      }) as GridRow,
  );
}

export async function years(tx: Tx, accountIds: readonly string[]): Promise<number[]> {
  const { rows } = await sql<{
    year: number;
  }>`select distinct year from growth_cell where workspace_id = kernel.ws() and account_id = any (${[...accountIds]}::uuid[]) order by year`.execute(
    tx,
  );
  return rows.map((r) => r.year);
}

export async function cell(tx: Tx, id: string): Promise<NamedCellRow | undefined> {
  const { rows } = await sql<NamedCellRow>`${named} where c.workspace_id = kernel.ws() and c.id = ${id}::uuid`.execute(
    tx,
  );
  return rows[0];
}

export type Place = { accountId: string; unitId: string | null; productId: string };
/** The cell of a place in every year, the latest first. */
export async function cellsAt(tx: Tx, p: Place): Promise<NamedCellRow[]> {
  const { rows } =
    await sql<NamedCellRow>`${named} where c.workspace_id = kernel.ws() and c.account_id = ${p.accountId}::uuid
    and c.unit_id is not distinct from ${p.unitId}::uuid and c.product_id = ${p.productId}::uuid order by c.year desc`.execute(
      tx,
    );
  return rows;
}

export type CellWrite = Partial<{
  status: Status;
  potential_minor: number | null;
  potential_currency: string | null;
  current_minor: number | null;
  current_currency: string | null;
  competitor_id: string | null;
  incumbent_ends_on: string | null;
  fit_percent: string | null;
  access_percent: string | null;
  effort: string | null;
  confidence: Cell['confidence'];
  source: string;
  next_step: string;
  opportunity_id: string | null;
}>;

export async function insertCell(
  tx: Tx,
  workspaceId: string,
  memberId: string | null,
  row: { id: string; account_id: string; unit_id: string | null; product_id: string; year: number } & CellWrite,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('growth_cell')
    .values({ workspace_id: workspaceId, updated_by: memberId, ...row })
    .onConflict((c) => c.constraint('growth_cell_place').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export async function updateCell(
  tx: Tx,
  workspaceId: string,
  memberId: string | null,
  id: string,
  version: number | null,
  change: CellWrite,
): Promise<boolean> {
  let query = tx
    .updateTable('growth_cell')
    .set({ ...change, updated_by: memberId, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}

export async function deleteCell(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('growth_cell').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

/** Of these places those that do not exist or are not seen. */
export async function strangers(tx: Tx, places: readonly Place[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from unnest(${places.map((p) => p.accountId)}::uuid[], ${places.map((p) => p.unitId)}::uuid[], ${places.map((p) => p.productId)}::uuid[]) x(account, unit, product)
    where not exists (select from account a where a.workspace_id = kernel.ws() and a.id = x.account)
      or not exists (select from product p where p.workspace_id = kernel.ws() and p.id = x.product)
      or (x.unit is not null and not exists (select from growth_unit u where u.workspace_id = kernel.ws() and u.account_id = x.account and u.id = x.unit))`.execute(
    tx,
  );
  return rows[0]!.count;
}

/**
 * Writes the same change to many cells at once. A cell whose version is not the one seen stays as it is; `versions` null: whatever it is.
 * Answers how many were written.
 */
export async function bulkWrite(
  tx: Tx,
  memberId: string | null,
  year: number,
  places: readonly (Place & { version?: number | null | undefined })[],
  change: CellWrite,
): Promise<number> {
  const set = Object.entries(change) as [string, unknown][];
  const type = (c: string) => sql.raw(TYPES[c] ?? 'text');
  const values = set.map(([c, v]) => sql`${v}::${type(c)}`);
  const { rows } = await sql<{ id: string }>`
    with x as (
      select * from unnest(${places.map((p) => p.accountId)}::uuid[], ${places.map((p) => p.unitId)}::uuid[], ${places.map((p) => p.productId)}::uuid[],
        ${places.map((p) => p.version ?? null)}::int[], ${places.map((p) => p.version !== undefined)}::boolean[]) x(account, unit, product, version, checked)),
    old as materialized (
      select x.*, c.id, c.version as now from x left join growth_cell c on c.workspace_id = kernel.ws() and c.account_id = x.account and c.year = ${year}
        and c.product_id = x.product and c.unit_id is not distinct from x.unit),
    changed as (
      update growth_cell c set ${sql.join(set.map(([k], i) => sql`${sql.ref(k)} = ${values[i]}`))}, updated_by = ${memberId}::uuid, version = c.version + 1, updated_at = now()
      from old o where c.workspace_id = kernel.ws() and c.id = o.id and (not o.checked or o.version is not distinct from c.version) returning c.id),
    made as (
      insert into growth_cell (workspace_id, account_id, unit_id, product_id, year, updated_by, ${sql.join(set.map(([k]) => sql.ref(k)))})
      select kernel.ws(), o.account, o.unit, o.product, ${year}::int, ${memberId}::uuid, ${sql.join(values)} from old o
      where o.id is null and (not o.checked or o.version is null)
      on conflict on constraint growth_cell_place do nothing returning id)
    select id from changed union all select id from made`.execute(tx);
  return rows.length;
}
const TYPES: Record<string, string> = {
  potential_minor: 'bigint',
  current_minor: 'bigint',
  competitor_id: 'uuid',
  incumbent_ends_on: 'date',
  fit_percent: 'numeric',
  access_percent: 'numeric',
  effort: 'numeric',
};

/** Takes cells of one year over into another where nothing stands yet. Opportunities stay with the year in which they were opened. */
export async function copyYear(
  tx: Tx,
  memberId: string | null,
  accountIds: readonly string[],
  fromYear: number,
  toYear: number,
): Promise<number> {
  const kept = sql.join(
    [
      'account_id',
      'unit_id',
      'product_id',
      'status',
      'potential_minor',
      'potential_currency',
      'current_minor',
      'current_currency',
      'competitor_id',
      'incumbent_ends_on',
      'fit_percent',
      'access_percent',
      'effort',
      'confidence',
      'source',
      'next_step',
    ].map((c) => sql.ref(c)),
  );
  const { numAffectedRows } = await sql`
    insert into growth_cell (workspace_id, year, updated_by, ${kept}) select kernel.ws(), ${toYear}::int, ${memberId}::uuid, ${kept} from growth_cell
    where workspace_id = kernel.ws() and year = ${fromYear}::int and account_id = any (${[...accountIds]}::uuid[])
    on conflict on constraint growth_cell_place do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

// Over the portfolio --------------------------------------------------------

export type Wanted = {
  year: number;
  accountId?: string[] | undefined;
  productId?: string[] | undefined;
  status?: string[] | undefined;
};
function wanted(f: Wanted): RawBuilder<SqlBool>[] {
  const all: RawBuilder<SqlBool>[] = [
    sql`c.workspace_id = kernel.ws()`,
    sql`c.year = ${f.year}`,
    sql`a.archived_at is null`,
  ];
  if (f.accountId?.length) all.push(sql`c.account_id = any (${f.accountId}::uuid[])`);
  if (f.productId?.length) all.push(sql`c.product_id = any (${f.productId}::uuid[])`);
  if (f.status?.length) all.push(sql`c.status = any (${f.status}::text[])`);
  return all;
}

/** Currencies in which potentials of these cells are. */
export async function potentialCurrencies(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{
    currency: string;
  }>`select distinct potential_currency as currency from growth_cell where workspace_id = kernel.ws() and potential_currency is not null`.execute(
    tx,
  );
  return rows.map((r) => r.currency);
}

/**
 * Cells with a potential, those first that could come first: what is open is at most the potential. `factors` are what one minor unit of a
 * currency is worth.
 */
export async function promising(
  tx: Tx,
  f: Wanted,
  factors: readonly { currency: string; factor: string }[],
  limit: number,
): Promise<NamedCellRow[]> {
  const { rows } = await sql<NamedCellRow>`${named}
    left join unnest(${factors.map((x) => x.currency)}::text[], ${factors.map((x) => x.factor)}::numeric[]) r(currency, factor) on r.currency = c.potential_currency
    where ${sql.join(wanted(f), sql` and `)} and c.potential_minor > 0 and c.status <> 'not_eligible'
    order by c.potential_minor * r.factor * coalesce(c.fit_percent, 0) * coalesce(c.access_percent, 100) / coalesce(c.effort, 1) desc nulls last, c.potential_minor * r.factor desc nulls last, c.id
    limit ${sql.lit(limit)}`.execute(tx);
  return rows;
}

export async function ending(
  tx: Tx,
  f: { from: string; to: string; accountId?: string[] | undefined; competitorId?: string[] | undefined },
  after: CursorValue[] | null,
  limit: number,
): Promise<NamedCellRow[]> {
  // The newest year of a place says when the contract ends.
  const { rows } = await sql<NamedCellRow>`${named}
    where c.workspace_id = kernel.ws() and a.archived_at is null and c.incumbent_ends_on between ${f.from}::date and ${f.to}::date and c.status not in ('ours', 'not_eligible')
      ${f.accountId?.length ? sql`and c.account_id = any (${f.accountId}::uuid[])` : sql``}
      ${f.competitorId?.length ? sql`and c.competitor_id = any (${f.competitorId}::uuid[])` : sql``}
      and not exists (select from growth_cell n where n.workspace_id = c.workspace_id and n.account_id = c.account_id and n.product_id = c.product_id
        and n.unit_id is not distinct from c.unit_id and n.year > c.year)
      ${after ? sql`and (c.incumbent_ends_on, c.id) > (${after[0]}::date, ${after[1]}::uuid)` : sql``}
    order by c.incumbent_ends_on, c.id limit ${sql.lit(limit + 1)}`.execute(tx);
  return rows;
}

/** What is open by account, product and opportunity, as it is in the books. A renewal brings what is ours already, so it is left out. */
export type PipelineRow = {
  account_id: string;
  product_id: string;
  opportunity_id: string;
  currency: string;
  amount: number;
};
export async function openPipeline(tx: Tx, accountIds: readonly string[]): Promise<PipelineRow[]> {
  const { rows } = await sql<PipelineRow>`
    select account_id, product_id, opportunity_id, currency, sum(amount_minor)::bigint as amount from open_pipeline
    where workspace_id = kernel.ws() and account_id = any (${[...accountIds]}::uuid[]) and product_id is not null and amount_minor is not null and type <> 'renewal'
    group by 1, 2, 3, 4`.execute(tx);
  return rows;
}

export async function isOpen(tx: Tx, opportunityId: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from open_pipeline where workspace_id = kernel.ws() and opportunity_id = ${opportunityId}::uuid limit 1`.execute(
      tx,
    );
  return rows.length > 0;
}

// Merging accounts ----------------------------------------------------------

/** Cells, units and what hangs on them go over; where both accounts have a cell, the one that stays keeps its own and takes what it lacks. */
export async function mergeAccounts(tx: Tx, fromId: string, intoId: string): Promise<void> {
  const at = (id: string) => sql`workspace_id = kernel.ws() and account_id = ${id}::uuid`;
  // Units of the same name become one: their cells meet below.
  await sql`insert into growth_unit (workspace_id, account_id, name, position)
    select u.workspace_id, ${intoId}::uuid, u.name, u.position from growth_unit u where u.workspace_id = kernel.ws() and u.account_id = ${fromId}::uuid
      and not exists (select from growth_unit o where o.workspace_id = u.workspace_id and o.account_id = ${intoId}::uuid and lower(o.name) = lower(u.name))`.execute(
    tx,
  );
  const both = sql`growth_cell f left join growth_unit fu on fu.workspace_id = f.workspace_id and fu.id = f.unit_id
    left join growth_unit iu on iu.workspace_id = f.workspace_id and iu.account_id = ${intoId}::uuid and lower(iu.name) = lower(fu.name)`;
  await sql`
    update growth_cell c set status = case when c.status = 'unknown' then f.status else c.status end,
      potential_minor = coalesce(c.potential_minor, f.potential_minor), potential_currency = coalesce(c.potential_currency, f.potential_currency),
      competitor_id = coalesce(c.competitor_id, f.competitor_id), incumbent_ends_on = coalesce(c.incumbent_ends_on, f.incumbent_ends_on),
      fit_percent = coalesce(c.fit_percent, f.fit_percent), access_percent = coalesce(c.access_percent, f.access_percent), effort = coalesce(c.effort, f.effort),
      confidence = coalesce(c.confidence, f.confidence), source = case when c.source = '' then f.source else c.source end,
      next_step = case when c.next_step = '' then f.next_step else c.next_step end, opportunity_id = coalesce(c.opportunity_id, f.opportunity_id),
      version = c.version + 1, updated_at = now()
    from (select f.*, iu.id as into_unit from ${both} where f.workspace_id = kernel.ws() and f.account_id = ${fromId}::uuid) f
    where c.workspace_id = kernel.ws() and c.account_id = ${intoId}::uuid and c.year = f.year and c.product_id = f.product_id and c.unit_id is not distinct from f.into_unit`.execute(
    tx,
  );
  await sql`delete from growth_cell d using (select f.id, f.year, f.product_id, iu.id as into_unit from ${both} where f.workspace_id = kernel.ws() and f.account_id = ${fromId}::uuid) f
    where d.workspace_id = kernel.ws() and d.id = f.id and exists (
      select from growth_cell c where c.workspace_id = kernel.ws() and c.account_id = ${intoId}::uuid and c.year = f.year and c.product_id = f.product_id and c.unit_id is not distinct from f.into_unit)`.execute(
    tx,
  );
  await sql`update growth_cell d set account_id = ${intoId}::uuid, unit_id = f.into_unit, version = d.version + 1, updated_at = now()
    from (select f.id, iu.id as into_unit from ${both} where f.workspace_id = kernel.ws() and f.account_id = ${fromId}::uuid) f where d.workspace_id = kernel.ws() and d.id = f.id`.execute(
    tx,
  );
  await sql`delete from growth_unit where ${at(fromId)}`.execute(tx);
  for (const table of ['wallet_estimate', 'expense'])
    await sql`update ${sql.table(table)} set account_id = ${intoId}::uuid, version = version + 1, updated_at = now() where ${at(fromId)}`.execute(
      tx,
    );
  // Budgets of a year in one currency are added; in two currencies the one of the account that stays counts.
  await sql`update growth_budget o set amount_minor = o.amount_minor + b.amount_minor, version = o.version + 1, updated_at = now() from growth_budget b
    where o.workspace_id = kernel.ws() and o.account_id = ${intoId}::uuid and b.workspace_id = kernel.ws() and b.account_id = ${fromId}::uuid and b.year = o.year and b.currency = o.currency`.execute(
    tx,
  );
  await sql`delete from growth_budget b where b.workspace_id = kernel.ws() and b.account_id = ${fromId}::uuid and exists (
    select from growth_budget o where o.workspace_id = b.workspace_id and o.account_id = ${intoId}::uuid and o.year = b.year)`.execute(
    tx,
  );
  await sql`update growth_budget set account_id = ${intoId}::uuid, version = version + 1, updated_at = now() where ${at(fromId)}`.execute(
    tx,
  );
}
