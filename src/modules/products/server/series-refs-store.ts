// The SQL of series that files name by their names, with those that they are the first to name.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';

export type Written = { n: number; id: string };

/** Makes `import_series (key, id, name, fresh)` of the staged column `series`: `key` is the name in small letters; fresh ones are to be made. */
export async function resolveSeries(tx: Tx): Promise<void> {
  await sql`drop table if exists pg_temp.import_series`.execute(tx);
  await sql`create temp table import_series as
    select x.key, coalesce(p.id, kernel.new_id()) as id, x.name, p.id is null as fresh
    from (select lower(s.series) as key, min(s.series) as name from pg_temp.import_stage s
      where s.series is not null and not exists (select from pg_temp.import_remark x where x.n = s.n and x.weight = 'reject') group by 1) x
    left join product_series p on p.workspace_id = kernel.ws() and lower(p.name) = x.key`.execute(tx);
}

/** Makes the series that these planned rows are the first to name. */
export async function insertSeries(tx: Tx, from: number, to: number): Promise<Written[]> {
  const { rows } = await sql<Written>`
    with used as (
      select min(p.n) as n, r.id, r.name from pg_temp.import_plan p join pg_temp.import_series r on r.id = p.series_id
      where p.pos >= ${from} and p.pos < ${to} and p.action in ('new', 'changed') and r.fresh group by 2, 3),
    made as (insert into product_series (workspace_id, id, name) select kernel.ws(), id, name from used on conflict do nothing returning id)
    select u.n, made.id from made join used u on u.id = made.id`.execute(tx);
  return rows;
}
