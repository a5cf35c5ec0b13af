// The pipeline room's SQL for finding and reading opportunities.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import type { Line, Opportunity, OpportunityPage, SORTS } from '../api.ts';

export type OpportunityRow = {
  id: string;
  name: string;
  account_id: string;
  account_name: string;
  type: Opportunity['type'];
  owner_id: string | null;
  owner_name: string | null;
  stage_id: string;
  stage_name: string;
  state: Opportunity['state'];
  amount_minor: number | null;
  currency: string;
  amount_of_lines: boolean;
  probability: number;
  probability_by_hand: boolean;
  category: Opportunity['category'];
  category_by_hand: boolean;
  open_probability: number | null;
  open_category: Opportunity['category'] | null;
  closes_on: string;
  closed_on: string | null;
  pushes: number;
  product_id: string | null;
  product_name: string | null;
  contract_id: string | null;
  competitor: string;
  next_step: string;
  next_step_on: string | null;
  stage_since: string;
  version: number;
  created_at: string;
  updated_at: string;
  archived_at: string | null;
  sort_key: string;
};
export type PageRow = OpportunityRow & {
  description: string;
  lost_reason: OpportunityPage['lostReason'];
  lost_note: string;
  meddic: OpportunityPage['meddic'];
  source_system: string | null;
  source_id: string | null;
};
export type Sort = (typeof SORTS)[number];
export type Find = {
  q?: string | undefined;
  accountId?: string[] | undefined;
  ownerId?: string[] | undefined;
  mine?: string | null | undefined;
  type?: string[] | undefined;
  state?: string[] | undefined;
  stageId?: string[] | undefined;
  category?: string[] | undefined;
  productId?: string[] | undefined;
  closesFrom?: string | undefined;
  closesTo?: string | undefined;
  overdue?: boolean | undefined;
  archived?: boolean | undefined;
};

export function conditions(f: Find, today: string): RawBuilder<SqlBool>[] {
  const all: RawBuilder<SqlBool>[] = [
    sql`t.workspace_id = kernel.ws()`,
    f.archived ? sql`t.archived_at is not null` : sql`t.archived_at is null`,
  ];
  if (f.q) all.push(sql`t.name_key like kernel.fold(${`%${f.q.replace(/[\\%_]/g, '\\$&')}%`})`);
  if (f.accountId?.length) all.push(sql`t.account_id = any(${f.accountId}::uuid[])`);
  if (f.mine !== undefined) all.push(sql`t.owner_id = ${f.mine}::uuid`);
  if (f.ownerId?.length) {
    const owners = f.ownerId.filter((o) => o !== 'none');
    const owned = sql<SqlBool>`t.owner_id = any(${owners}::uuid[])`;
    all.push(owners.length < f.ownerId.length ? sql`(t.owner_id is null or ${owned})` : owned);
  }
  if (f.type?.length) all.push(sql`t.type = any(${f.type}::text[])`);
  if (f.state?.length) all.push(sql`t.state = any(${f.state}::text[])`);
  if (f.stageId?.length) all.push(sql`t.stage_id = any(${f.stageId}::uuid[])`);
  if (f.category?.length) all.push(sql`t.category = any(${f.category}::text[])`);
  if (f.productId?.length)
    all.push(sql`(t.product_id = any(${f.productId}::uuid[]) or exists (select from opportunity_line l where l.workspace_id = t.workspace_id and l.opportunity_id = t.id
      and l.product_id = any(${f.productId}::uuid[])))`);
  if (f.closesFrom) all.push(sql`t.closes_on >= ${f.closesFrom}::date`);
  if (f.closesTo) all.push(sql`t.closes_on <= ${f.closesTo}::date`);
  const late = sql<SqlBool>`(t.state = 'open' and t.closes_on < ${today}::date)`;
  if (f.overdue !== undefined) all.push(f.overdue ? late : sql`not ${late}`);
  return all;
}

const columns = sql`t.id, t.name, t.account_id, a.name as account_name, t.type, t.owner_id, o.name as owner_name, t.stage_id, s.name as stage_name, t.state,
  t.amount_minor, t.currency, t.amount_of_lines, t.probability::float8 as probability, t.probability_by_hand, t.category, t.category_by_hand,
  t.open_probability::float8 as open_probability, t.open_category, t.closes_on, t.closed_on, t.pushes, t.product_id, p.name as product_name, t.contract_id,
  t.competitor, t.next_step, t.next_step_on, t.stage_since, t.version, t.created_at, t.updated_at, t.archived_at`;
const joins = sql`join account a on a.workspace_id = t.workspace_id and a.id = t.account_id
  join pipeline_stage s on s.workspace_id = t.workspace_id and s.id = t.stage_id
  left join member o on o.workspace_id = t.workspace_id and o.id = t.owner_id
  left join product p on p.workspace_id = t.workspace_id and p.id = t.product_id`;

// Every sort has a total order: ties break by id, what has no amount counts as least.
const sorts: Record<Sort, { column: RawBuilder<unknown>; type: string; down: boolean }> = {
  closesOn: { column: sql`t.closes_on`, type: 'date', down: false },
  '-closesOn': { column: sql`t.closes_on`, type: 'date', down: true },
  amount: { column: sql`coalesce(t.amount_minor, -1)`, type: 'int8', down: false },
  '-amount': { column: sql`coalesce(t.amount_minor, -1)`, type: 'int8', down: true },
  name: { column: sql`t.name_key collate "C"`, type: 'text collate "C"', down: false },
  '-updatedAt': { column: sql`t.updated_at`, type: 'timestamptz', down: true },
  '-createdAt': { column: sql`t.created_at`, type: 'timestamptz', down: true },
  '-probability': { column: sql`t.probability`, type: 'numeric', down: true },
};

export const opportunitiesQuery = (
  find: Find,
  today: string,
  sort: Sort,
  after: CursorValue[] | null,
  limit: number,
): RawBuilder<OpportunityRow> => {
  const where = conditions(find, today);
  const { column, type, down } = sorts[sort];
  if (after)
    where.push(
      sql`(${column}, t.id) ${down ? sql`<` : sql`>`} (${after[0]}::text::${sql.raw(type)}, ${after[1]}::uuid)`,
    );
  const direction = down ? sql`desc` : sql`asc`;
  return sql<OpportunityRow>`
    select ${columns}, (${column})::text as sort_key from opportunity t ${joins} where ${sql.join(where, sql` and `)}
    order by ${column} ${direction}, t.id ${direction} limit ${sql.lit(limit)}`;
};

/** One page; one row more than the limit when there is a next page. */
export async function list(
  tx: Tx,
  find: Find,
  today: string,
  sort: Sort,
  after: CursorValue[] | null,
  limit: number,
): Promise<OpportunityRow[]> {
  const { rows } = await opportunitiesQuery(find, today, sort, after, limit + 1).execute(tx);
  return rows;
}

/** The first opportunities of each stage, in one look. */
export async function board(tx: Tx, find: Find, today: string, perStage: number): Promise<OpportunityRow[]> {
  const { rows } = await sql<OpportunityRow>`
    with placed as materialized (
      select t.id, row_number() over (partition by t.stage_id order by case when t.state = 'open' then t.closes_on end, t.closed_on desc, t.id) as n
      from opportunity t where ${sql.join(conditions(find, today), sql` and `)})
    select ${columns}, '' as sort_key from placed x join opportunity t on t.workspace_id = kernel.ws() and t.id = x.id ${joins}
    where x.n <= ${perStage} order by s.position, x.n`.execute(tx);
  return rows;
}

export type StageSum = { stage_id: string; currency: string; count: number; amount: number; weighted: number };

export async function summary(tx: Tx, find: Find, today: string): Promise<StageSum[]> {
  const { rows } = await sql<StageSum>`
    select t.stage_id, t.currency, count(*)::int as count, coalesce(sum(t.amount_minor), 0)::int8 as amount,
      coalesce(round(sum(t.amount_minor * t.probability) / 100), 0)::int8 as weighted
    from opportunity t where ${sql.join(conditions(find, today), sql` and `)} group by 1, 2`.execute(tx);
  return rows;
}

export async function opportunity(tx: Tx, id: string): Promise<PageRow | undefined> {
  const { rows } = await sql<PageRow>`
    select ${columns}, t.description, t.lost_reason, t.lost_note, t.meddic, t.source_system, t.source_id, '' as sort_key from opportunity t ${joins}
    where t.workspace_id = kernel.ws() and t.id = ${id}::uuid`.execute(tx);
  return rows[0];
}

export type LineRow = {
  id: string;
  product_id: string | null;
  product_name: string | null;
  description: string;
  kind: Line['kind'];
  quantity: number;
  unit_price_minor: number;
  discount_percent: number;
  billing: Line['billing'];
  starts_on: string | null;
  ends_on: string | null;
  amount_minor: number;
};
export async function linesOf(tx: Tx, opportunityId: string): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select l.id, l.product_id, p.name as product_name, l.description, l.kind, l.quantity::float8 as quantity, l.unit_price_minor,
      l.discount_percent::float8 as discount_percent, l.billing, l.starts_on, l.ends_on, l.amount_minor
    from opportunity_line l left join product p on p.workspace_id = l.workspace_id and p.id = l.product_id
    where l.workspace_id = kernel.ws() and l.opportunity_id = ${opportunityId}::uuid order by l.position, l.id`.execute(
    tx,
  );
  return rows;
}

export type PersonRow = {
  person_id: string;
  name: string;
  title: string | null;
  part: OpportunityPage['people'][number]['part'];
  note: string;
};
export async function peopleOf(tx: Tx, opportunityId: string): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select x.person_id, p.name, (select k.title from stakeholder k where k.workspace_id = x.workspace_id and k.person_id = x.person_id and k.account_id = x.account_id limit 1) as title,
      x.part, x.note
    from opportunity_person x join person p on p.workspace_id = x.workspace_id and p.id = x.person_id
    where x.workspace_id = kernel.ws() and x.opportunity_id = ${opportunityId}::uuid order by p.name, x.id`.execute(tx);
  return rows;
}

export async function names(tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from opportunity where workspace_id = kernel.ws() and id = any(${[...ids]}::uuid[])
    union all select id, name from pipeline_stage where workspace_id = kernel.ws() and id = any(${[...ids]}::uuid[])`.execute(
    tx,
  );
  return rows;
}

/** The e-mail addresses of members: what an export needs beside the rows. */
export async function ownerEmails(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; email: string }>`
    select id, email from member where workspace_id = kernel.ws()`.execute(tx);
  return new Map(rows.map((m) => [m.id, m.email]));
}
