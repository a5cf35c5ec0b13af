// SQL of what happened to opportunities: changes and time in stages.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';

export type ChangeRow = {
  id: string;
  field: string;
  from_value: string | null;
  to_value: string | null;
  at: string;
  member_id: string | null;
  member_name: string | null;
};

/** Ids of stages, owners and products as their names. */
const named = (column: 'from_value' | 'to_value') => {
  const value = sql.ref(`c.${column}`);
  const nameIn = (table: string) =>
    sql`(select x.name from ${sql.table(table)} x where x.workspace_id = c.workspace_id and x.id = ${value}::uuid)`;
  return sql`case c.field when 'stage_id' then ${nameIn('pipeline_stage')} when 'owner_id' then ${nameIn('member')}
    when 'product_id' then ${nameIn('product')} when 'account_id' then ${nameIn('account')} else ${value} end`;
};

/** What was changed here, and what imported histories say: there a change is the difference from the state before. */
const told = (opportunityId: string) => sql`(
  select c.workspace_id, c.id, c.field, c.from_value, c.to_value, c.at, c.member_id from opportunity_change c
  where c.workspace_id = kernel.ws() and c.opportunity_id = ${opportunityId}::uuid
  union all
  select x.workspace_id, overlay(overlay(md5(x.id::text || v.field) placing '8' from 13) placing '8' from 17)::uuid, v.field, v.was, v.is_now, x.entered_at, x.member_id
  from (
    select e.*, row_number() over w as nth, lag(e.stage_id) over w as stage_was, lag(e.amount_minor) over w as amount_was, lag(e.category) over w as category_was,
      lag(e.closes_on) over w as closes_was, lag(e.probability) over w as probability_was
    from opportunity_stage_entry e where e.workspace_id = kernel.ws() and e.opportunity_id = ${opportunityId}::uuid and e.import_id is not null
    window w as (order by e.entered_at, e.source_id, e.id)) x
  cross join lateral (values ('stage_id', x.stage_was::text, x.stage_id::text), ('amount_minor', x.amount_was::text, x.amount_minor::text),
    ('category', x.category_was, x.category), ('closes_on', x.closes_was::text, x.closes_on::text),
    ('probability', x.probability_was::text, x.probability::text)) v(field, was, is_now)
  where x.nth > 1 and v.was is distinct from v.is_now)`;

export async function changes(
  tx: Tx,
  opportunityId: string,
  after: CursorValue[] | null,
  limit: number,
): Promise<ChangeRow[]> {
  const { rows } = await sql<ChangeRow>`
    select c.id, c.field, ${named('from_value')} as from_value, ${named('to_value')} as to_value, c.at, c.member_id, m.name as member_name
    from ${told(opportunityId)} c left join member m on m.workspace_id = c.workspace_id and m.id = c.member_id
    where true ${after ? sql`and (c.at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by c.at desc, c.id desc limit ${sql.lit(limit + 1)}`.execute(tx);
  return rows;
}

export type SpanRow = {
  id: string;
  stage_id: string;
  stage_name: string;
  outcome: 'open' | 'won' | 'lost';
  entered_at: string;
  left_at: string | null;
  days: number | null;
  amount_minor: number | null;
  probability: number | null;
  category: string | null;
  closes_on: string | null;
  member_name: string | null;
};

/** The stays of one opportunity, first to last. What is closed has no present stay. */
export async function spans(tx: Tx, opportunityId: string, now: Date): Promise<SpanRow[]> {
  const { rows } = await sql<SpanRow>`
    select e.id, e.stage_id, s.name as stage_name, s.outcome, e.entered_at, e.left_at,
      (extract(epoch from coalesce(e.left_at, case when s.outcome = 'open' then ${now.toISOString()}::timestamptz end) - e.entered_at) / 86400)::float8 as days,
      e.amount_minor, e.probability::float8 as probability, e.category, e.closes_on, m.name as member_name
    from opportunity_stage_span e join pipeline_stage s on s.workspace_id = e.workspace_id and s.id = e.stage_id
    left join member m on m.workspace_id = e.workspace_id and m.id = e.member_id
    where e.workspace_id = kernel.ws() and e.opportunity_id = ${opportunityId}::uuid order by e.entered_at, e.id`.execute(
    tx,
  );
  return rows;
}

export type DurationRow = {
  stage_id: string;
  stage_name: string;
  ended: number;
  under_way: number;
  mean_days: number | null;
  median_days: number | null;
  max_days: number | null;
};

/** By stage: stays that ended between two days (the whole past without them), and those under way. */
export async function durations(
  tx: Tx,
  range: { from?: string | undefined; to?: string | undefined },
): Promise<DurationRow[]> {
  const inside = sql`(e.left_at is not null ${range.from ? sql`and e.left_at >= ${range.from}::date` : sql``} ${range.to ? sql`and e.left_at < ${range.to}::date + 1` : sql``})`;
  const days = sql`(extract(epoch from e.left_at - e.entered_at) / 86400)::float8`;
  const { rows } = await sql<DurationRow>`
    select s.id as stage_id, s.name as stage_name, count(*) filter (where ${inside})::int as ended,
      count(*) filter (where e.left_at is null and s.outcome = 'open')::int as under_way,
      avg(${days}) filter (where ${inside}) as mean_days,
      percentile_cont(0.5) within group (order by ${days}) filter (where ${inside}) as median_days,
      max(${days}) filter (where ${inside}) as max_days
    from opportunity_stage_span e join pipeline_stage s on s.workspace_id = e.workspace_id and s.id = e.stage_id
    join opportunity o on o.workspace_id = e.workspace_id and o.id = e.opportunity_id and o.archived_at is null
    where e.workspace_id = kernel.ws() group by s.id, s.name, s.position order by s.position, s.name`.execute(tx);
  return rows;
}
