// The settings room's SQL for exchange rates.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import type { KnownRate } from './rules/rates.ts';

export type RateRow = { base: string; currency: string; on_date: string; rate: string; source: string };
/** numeric(24, 10) comes with ten decimals; a person sees what was written. */
const shown = sql`trim_scale(rate)::text as rate`;

export async function rates(
  tx: Tx,
  find: { base: string; currency: string; from?: string | undefined; to?: string | undefined },
  after: CursorValue[] | null,
  limit: number,
): Promise<RateRow[]> {
  const { rows } = await sql<RateRow>`
    select base, currency, on_date, ${shown}, source from fx_rate
    where workspace_id = kernel.ws() and base = ${find.base} and currency = ${find.currency}
      ${find.from ? sql`and on_date >= ${find.from}::date` : sql``} ${find.to ? sql`and on_date <= ${find.to}::date` : sql``}
      ${after ? sql`and on_date < ${after[0]}::date` : sql``}
    order by on_date desc limit ${sql.lit(limit + 1)}`.execute(tx);
  return rows;
}

// The key leads with (base, currency): jumping from one to the next reads a few rows where `distinct` would read them all.
const bases = sql`b(base) as (
  (select base from fx_rate where workspace_id = kernel.ws() order by base limit 1)
  union all
  select (select f.base from fx_rate f where f.workspace_id = kernel.ws() and f.base > b.base order by f.base limit 1)
  from b where b.base is not null)`;

/** The last rate of every currency on or before a day. */
export async function latest(tx: Tx, on: string): Promise<RateRow[]> {
  const { rows } = await sql<RateRow>`
    with recursive ${bases}, c(base, currency) as (
      select b.base, (select f.currency from fx_rate f where f.workspace_id = kernel.ws() and f.base = b.base order by f.currency limit 1) from b where b.base is not null
      union all
      select c.base, (select f.currency from fx_rate f where f.workspace_id = kernel.ws() and f.base = c.base and f.currency > c.currency order by f.currency limit 1)
      from c where c.currency is not null)
    select c.base, c.currency, r.on_date, r.rate, r.source from c cross join lateral (
      select on_date, ${shown}, source from fx_rate f where f.workspace_id = kernel.ws() and f.base = c.base and f.currency = c.currency and f.on_date <= ${on}::date
      order by on_date desc limit 1) r
    where c.currency is not null order by c.base, c.currency`.execute(tx);
  return rows;
}

/** The last rate of some currencies, and of the bases themselves, in every base. */
export async function knownRates(tx: Tx, currencies: readonly string[], on: string): Promise<KnownRate[]> {
  const { rows } = await sql<KnownRate>`
    with recursive ${bases}
    select b.base, c.currency, r.rate, r.on from b
    cross join (select unnest(${[...currencies]}::text[]) union select base from b where base is not null) c(currency)
    cross join lateral (
      select ${shown}, on_date as on from fx_rate f where f.workspace_id = kernel.ws() and f.base = b.base and f.currency = c.currency and f.on_date <= ${on}::date
      order by on_date desc limit 1) r
    where b.base is not null`.execute(tx);
  return rows;
}

export async function rate(tx: Tx, key: { base: string; currency: string; on: string }): Promise<RateRow | undefined> {
  const { rows } = await sql<RateRow>`
    select base, currency, on_date, ${shown}, source from fx_rate
    where workspace_id = kernel.ws() and base = ${key.base} and currency = ${key.currency} and on_date = ${key.on}::date`.execute(
    tx,
  );
  return rows[0];
}

export async function putRate(
  tx: Tx,
  row: { base: string; currency: string; on: string; rate: string; source: string },
): Promise<void> {
  await sql`insert into fx_rate (workspace_id, base, currency, on_date, rate, source)
    values (kernel.ws(), ${row.base}, ${row.currency}, ${row.on}::date, ${row.rate}::numeric, ${row.source})
    on conflict (workspace_id, base, currency, on_date) do update set rate = excluded.rate, source = excluded.source`.execute(
    tx,
  );
}

export async function deleteRate(tx: Tx, key: { base: string; currency: string; on: string }): Promise<void> {
  await sql`delete from fx_rate where workspace_id = kernel.ws() and base = ${key.base} and currency = ${key.currency} and on_date = ${key.on}::date`.execute(
    tx,
  );
}

export type Merged = { new: number; changed: number; kept: number };
/** Writes only what is new or different; a rate that a person entered is kept. */
export async function mergeRates(
  tx: Tx,
  base: string,
  source: string,
  part: { on: string[]; currency: string[]; rate: string[] },
): Promise<Merged> {
  const { rows } = await sql<Merged>`
    with given as materialized (
      select u.on_date, u.currency, u.rate, r.rate as before, r.source from unnest(${part.on}::date[], ${part.currency}::text[], ${part.rate}::numeric[]) u(on_date, currency, rate)
      left join fx_rate r on r.workspace_id = kernel.ws() and r.base = ${base} and r.currency = u.currency and r.on_date = u.on_date
      where r.rate is distinct from u.rate),
    written as (
      insert into fx_rate (workspace_id, base, currency, on_date, rate, source)
      select kernel.ws(), ${base}, currency, on_date, rate, ${source} from given where source is distinct from 'hand' order by currency, on_date
      on conflict (workspace_id, base, currency, on_date) do update set rate = excluded.rate, source = excluded.source)
    select count(*) filter (where before is null) as new, count(*) filter (where before is not null and source <> 'hand') as changed,
           count(*) filter (where source = 'hand') as kept from given`.execute(tx);
  const r = rows[0]!;
  return { new: Number(r.new), changed: Number(r.changed), kept: Number(r.kept) };
}

/** The one audited row for many rates. */
export async function recordUpdate(
  tx: Tx,
  row: {
    workspace_id: string;
    name: string;
    source: string;
    from_on: string | null;
    to_on: string | null;
    added?: number;
    changed?: number;
    removed?: number;
  },
): Promise<string> {
  return (await tx.insertInto('fx_update').values(row).returning('id').executeTakeFirstOrThrow()).id;
}
