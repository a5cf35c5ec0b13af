// SQL of histories that have a row a change of one field: what an opportunity was after each of them.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import { minorDigits } from '../../settings/server/index.ts';

/**
 * Turns staged changes into states: the first row of an opportunity and a time gets everything that held then, the others of that time
 * become part of it, with a remark. What held is the last change before, else what the next change says it was, else what it is today.
 */
export async function readEvents(tx: Tx): Promise<void> {
  await sql`drop table if exists pg_temp.import_event, pg_temp.import_step`.execute(tx);
  await sql`create temp table import_event as
    select s.n, r.id as opportunity_id, s.entered_at as at, s.change as kind, s.was, s.becomes
    from pg_temp.import_stage s join pg_temp.import_opportunity r on r.n = s.n
    where s.change <> 'other' and s.entered_at is not null`.execute(tx);
  // Of two changes at one time the later one is that whose end is nobody's beginning.
  await sql`delete from pg_temp.import_event e using pg_temp.import_event o
    where o.opportunity_id = e.opportunity_id and o.at = e.at and o.kind = e.kind and o.n <> e.n and o.was = e.becomes and o.becomes is distinct from e.was`.execute(
    tx,
  );
  await sql`create index on pg_temp.import_event (opportunity_id, kind, at)`.execute(tx);
  await sql`analyze pg_temp.import_event`.execute(tx);
  await sql`create temp table import_step as select opportunity_id, at, min(n) as lead from pg_temp.import_event group by 1, 2`.execute(
    tx,
  );
  await sql`create unique index on pg_temp.import_step (lead)`.execute(tx);
  await sql`create index on pg_temp.import_step (opportunity_id, at)`.execute(tx);
  await sql`analyze pg_temp.import_step`.execute(tx);
  const held = (kind: string) => sql`coalesce(
    (select e.becomes from pg_temp.import_event e where e.opportunity_id = t.opportunity_id and e.kind = ${kind} and e.at <= t.at order by e.at desc, e.n limit 1),
    (select e.was from pg_temp.import_event e where e.opportunity_id = t.opportunity_id and e.kind = ${kind} and e.at > t.at order by e.at, e.n limit 1))`;
  const { rows } = await sql<{
    currency: string;
  }>`select distinct currency from opportunity where workspace_id = kernel.ws()`.execute(tx);
  const unit = sql`(10 ^ (case o.currency ${sql.join(
    [{ currency: 'EUR' }, ...rows].map((r) => sql`when ${r.currency} then ${minorDigits(r.currency)}::int`),
    sql` `,
  )} else 2 end))`;
  await sql`update pg_temp.import_stage s set stage = x.stage, amount_minor = x.amount, amount_currency = x.currency, probability = x.probability,
      category = x.category, closes_on = x.closes_on
    from (
      select t.lead, coalesce(${held('stage')}, g.name) as stage, coalesce(round((${held('amount')})::numeric * ${unit})::bigint, o.amount_minor) as amount,
        o.currency, (${held('probability')})::numeric as probability, ${held('category')} as category, coalesce((${held('closesOn')})::date, o.closes_on) as closes_on
      from pg_temp.import_step t
      left join opportunity o on o.workspace_id = kernel.ws() and o.id = t.opportunity_id
      left join pipeline_stage g on g.workspace_id = kernel.ws() and g.id = o.stage_id) x
    where s.n = x.lead`.execute(tx);
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select s.n, 'warn', 'change', 'same_time', 'It changed together with row ' || x.lead || ', in one step of the history.', s.change
    from pg_temp.import_stage s join pg_temp.import_opportunity r on r.n = s.n
    join pg_temp.import_step x on x.opportunity_id = r.id and x.at = s.entered_at and x.lead <> s.n
    where s.change <> 'other'`.execute(tx);
  await sql`delete from pg_temp.import_stage s where s.change = 'other'`.execute(tx);
  await sql`delete from pg_temp.import_stage s using pg_temp.import_opportunity r
    where r.n = s.n and not exists (select from pg_temp.import_step x where x.lead = s.n)`.execute(tx);
}
