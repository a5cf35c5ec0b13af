// The SQL of importing exchange rates: the rates that staged rows hold, what is new in them, writing, and taking back.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { ImportRun } from '../../../kernel/server/importing.ts';
import { COLUMNS } from './rates-import-shape.ts';
import { FILE_BASE } from './rules/rates.ts';

const rejected = sql`exists (select from pg_temp.import_remark x where x.n = s.n and x.weight = 'reject')`;
const sourceOf = (run: ImportRun): string =>
  ['base', 'rate', 'pairs'].some((key) => run.mapped.has(key)) ? run.system : 'ecb';

/** `import_rate (n, base, currency, on_date, rate, field)`: every rate of the file that can be taken. */
export async function takeRates(tx: Tx, run: ImportRun): Promise<void> {
  await sql`drop table if exists pg_temp.import_rate`.execute(tx);
  const wide = COLUMNS.filter((code) => run.mapped.has(code.toLowerCase()));
  const given = [
    ...wide.map((code) => sql`(${code}, ${sql.ref(`s.${code.toLowerCase()}`)}, ${code.toLowerCase()})`),
    ...(run.mapped.has('rate') && !run.mapped.has('pairs') ? [sql`(s.currency, s.rate, 'rate')`] : []),
  ];
  const each = given.length
    ? sql`select s.n, coalesce(s.base, ${FILE_BASE}) as base, v.currency, s.on_date, v.rate::numeric as rate, v.field
      from pg_temp.import_stage s cross join lateral (values ${sql.join(given)}) v(currency, rate, field)`
    : null;
  // A comma is the decimal mark where there is no point.
  const pairs = run.mapped.has('pairs')
    ? sql`select s.n, split_part(p.one, '/', 1) as base, split_part(split_part(p.one, '/', 2), '=', 1) as currency, s.on_date,
        nullif(case when p.one like '%.%' then replace(split_part(p.one, '=', 2), ',', '') else replace(split_part(p.one, '=', 2), ',', '.') end, '')::numeric as rate, 'pairs' as field
      from pg_temp.import_stage s cross join lateral string_to_table(s.pairs, ' ') p(one)`
    : null;
  const all = sql.join(
    [each, pairs].filter((part) => part !== null),
    sql` union all `,
  );
  await sql`create temp table import_rate as
    select g.*, first_value(n) over same as first, row_number() over same as nth from (
      select s.n, s.base, s.currency, s.on_date, s.rate::numeric(24, 10) as rate, s.field from (${all}) s
      where s.rate is not null and s.currency is not null and s.currency <> s.base and s.rate < 1e13 and not ${rejected}) g
    window same as (partition by base, currency, on_date, rate > 0 order by n)`.execute(tx);
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select n, 'warn', field, case when rate > 0 then 'duplicate' else 'not_positive' end,
      case when rate > 0 then 'Row ' || first || ' has a rate of this currency and day already; that one counts.' else 'A rate is above zero; it is left out.' end, rate::text
    from pg_temp.import_rate where rate <= 0 or nth > 1`.execute(tx);
  await sql`delete from pg_temp.import_rate where rate <= 0 or nth > 1`.execute(tx);
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message)
    select s.n, 'reject', 'rate', 'no_rate', 'The row holds no rate.' from pg_temp.import_stage s
    where ${!wide.length && !run.mapped.has('pairs')}::boolean and not ${rejected} and not exists (select from pg_temp.import_rate r where r.n = s.n)
      and not exists (select from pg_temp.import_remark x where x.n = s.n)`.execute(tx);
  await sql`create index on pg_temp.import_rate (n)`.execute(tx);
  await sql`analyze pg_temp.import_rate`.execute(tx);
}

const known = sql`left join fx_rate f on f.workspace_id = kernel.ws() and f.base = r.base and f.currency = r.currency and f.on_date = r.on_date`;

/** `import_plan`: a row is new when none of its rates is known, changed when some are new or different. What a person entered stays. */
export async function planRates(tx: Tx): Promise<void> {
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select r.n, 'warn', r.field, 'by_hand', 'A person entered another rate for this day; it is kept.', f.rate::text
    from pg_temp.import_rate r ${known} where f.source = 'hand' and f.rate <> r.rate`.execute(tx);
  await sql`drop table if exists pg_temp.import_plan`.execute(tx);
  await sql`create temp table import_plan as
    with seen as (
      select r.n, count(*) filter (where f.rate is null) as added, count(*) filter (where f.source <> 'hand' and f.rate <> r.rate) as changed,
        count(f.rate) as there from pg_temp.import_rate r ${known} group by r.n)
    select (row_number() over (order by s.n) - 1)::int as pos, s.n, s.new_id as id,
      case when s.done_id is not null then 'done' when added + changed > 0 then case when there = 0 then 'new' else 'changed' end else 'same' end as action
    from pg_temp.import_stage s left join seen on seen.n = s.n where not ${rejected}`.execute(tx);
}

/** For each pair of currencies `day=rate=rate before`, as one text. */
type Written = {
  added: number;
  changed: number;
  from_on: string | null;
  to_on: string | null;
  pairs: Record<string, string>;
};

export async function writeRates(tx: Tx, run: ImportRun, from: number, to: number): Promise<Written> {
  const { rows } = await sql<{
    pair: string;
    days: string;
    added: number;
    changed: number;
    from_on: string;
    to_on: string;
  }>`
    with given as materialized (
      select r.base, r.currency, r.on_date, r.rate, f.rate as before
      from pg_temp.import_plan p join pg_temp.import_rate r on r.n = p.n ${known}
      where p.pos >= ${from} and p.pos < ${to} and p.action in ('new', 'changed') and f.rate is distinct from r.rate and f.source is distinct from 'hand'),
    written as (
      insert into fx_rate (workspace_id, base, currency, on_date, rate, source)
      select kernel.ws(), base, currency, on_date, rate, ${sourceOf(run)} from given order by base, currency, on_date
      on conflict (workspace_id, base, currency, on_date) do update set rate = excluded.rate, source = excluded.source)
    select base || '/' || currency as pair, string_agg(on_date || '=' || rate || '=' || coalesce(before::text, ''), ' ') as days,
      count(*) filter (where before is null)::int as added, count(before)::int as changed, min(on_date) as from_on, max(on_date) as to_on
    from given group by 1`.execute(tx);
  const days = rows.flatMap((r) => [r.from_on, r.to_on]).sort();
  return {
    added: rows.reduce((sum, r) => sum + r.added, 0),
    changed: rows.reduce((sum, r) => sum + r.changed, 0),
    from_on: days[0] ?? null,
    to_on: days.at(-1) ?? null,
    pairs: Object.fromEntries(rows.map((r) => [r.pair, r.days])),
  };
}

type TakenBack = {
  removed: number;
  restored: number;
  kept: number;
  days_removed: number;
  days_restored: number;
};

/** Takes rates back that are still as the import left them. */
export async function takeBack(tx: Tx, pairs: Record<string, string>): Promise<TakenBack> {
  const { rows } = await sql<TakenBack>`
    with wrote as materialized (
      select split_part(p.key, '/', 1) as base, split_part(p.key, '/', 2) as currency, split_part(d, '=', 1)::date as on_date,
        split_part(d, '=', 2)::numeric as rate, nullif(split_part(d, '=', 3), '')::numeric as before
      from jsonb_each_text(${JSON.stringify(pairs)}::jsonb) p cross join lateral unnest(string_to_array(p.value, ' ')) d),
    gone as (
      delete from fx_rate f using wrote w where f.workspace_id = kernel.ws() and f.base = w.base and f.currency = w.currency and f.on_date = w.on_date
        and w.before is null and f.rate = w.rate and f.source <> 'hand' returning f.on_date),
    back as (
      update fx_rate f set rate = w.before from wrote w where f.workspace_id = kernel.ws() and f.base = w.base and f.currency = w.currency and f.on_date = w.on_date
        and w.before is not null and f.rate = w.rate and f.source <> 'hand' returning f.on_date)
    select (select count(*) from gone)::int as removed, (select count(*) from back)::int as restored,
      ((select count(*) from wrote) - (select count(*) from gone) - (select count(*) from back))::int as kept,
      (select count(distinct on_date) from gone)::int as days_removed, (select count(distinct on_date) from back)::int as days_restored`.execute(
    tx,
  );
  return rows[0]!;
}
