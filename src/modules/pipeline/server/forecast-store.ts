// SQL of the forecast: what stands in a period, what was said of it, how it came.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import type { Kind } from './rules/deal.ts';

/** How many minor units of the reporting currency one minor unit of another is, on some day; as decimal text. */
export type Factors = ReadonlyMap<string, string>;
export type Range = { from: string; to: string };
export type Scope = {
  ownerIds: readonly string[] | null;
  /** Only what nobody owns. */
  unowned?: boolean;
  accountIds?: readonly string[] | undefined;
};

export const kindSql = sql`case t.type when 'upsell' then 'expansion' when 'cross_sell' then 'expansion' else t.type end`;
export const factorTable = (factors: Factors) =>
  sql`unnest(${[...factors.keys()]}::text[], ${[...factors.values()]}::numeric[]) f(currency, factor)`;
const inScope = (s: Scope) =>
  sql`${s.unowned ? sql`and t.owner_id is null` : sql``} ${s.ownerIds ? sql`and t.owner_id = any(${[...s.ownerIds]}::uuid[])` : sql``} ${s.accountIds ? sql`and t.account_id = any(${[...s.accountIds]}::uuid[])` : sql``}`;

/** What counts in a period: open by its close day, closed by the day it was closed. Live, at the rates of a day. */
const live = (period: Range, factors: Factors, scope: Scope) => sql`
  select t.owner_id, t.account_id, ${kindSql} as kind, t.state, t.category, t.probability, t.forecast_changed_at as changed_at, t.currency,
    -- Most rows are in the reporting currency; whole numbers are added in a third of the time.
    case when f.factor = 1 then t.amount_minor else kernel.whole(t.amount_minor * f.factor) end as base, f.factor is null as no_rate
  from opportunity t left join ${factorTable(factors)} on f.currency = t.currency
  where t.workspace_id = kernel.ws() and t.archived_at is null ${inScope(scope)}
    and (t.state = 'open' and t.closes_on between ${period.from}::date and ${period.to}::date
      or t.state = 'won' and t.closed_on between ${period.from}::date and ${period.to}::date)`;
/** The same, as a snapshot has it. */
const frozen = (snapshotId: string, period: Range, scope: Scope) => sql`
  select t.owner_id, t.account_id, ${kindSql} as kind, t.state, t.category, t.probability, null::timestamptz as changed_at, t.currency, t.base_minor as base,
    t.base_minor is null and t.amount_minor is not null as no_rate
  from forecast_snapshot_row t where t.workspace_id = kernel.ws() and t.snapshot_id = ${snapshotId}::uuid and t.state <> 'lost' ${inScope(scope)}
    and t.closes_on between ${period.from}::date and ${period.to}::date`;

export type Source = { period: Range; scope: Scope } & ({ factors: Factors } | { snapshotId: string });
const looks = (s: Source) =>
  'snapshotId' in s ? frozen(s.snapshotId, s.period, s.scope) : live(s.period, s.factors, s.scope);

export type SumRow = {
  key: string | null;
  label: string | null;
  team_id: string | null;
  kind: Kind;
  closed: number;
  commit: number;
  best_case: number;
  pipeline: number;
  weighted: number;
  count: number;
  changed_at: string | null;
  missing: string[] | null;
};

const sums = sql`coalesce(sum(x.base) filter (where x.state = 'won'), 0)::int8 as closed,
  coalesce(sum(x.base) filter (where x.state = 'open' and x.category = 'commit'), 0)::int8 as commit,
  coalesce(sum(x.base) filter (where x.state = 'open' and x.category = 'best_case'), 0)::int8 as best_case,
  coalesce(sum(x.base) filter (where x.state = 'open' and x.category = 'pipeline'), 0)::int8 as pipeline,
  kernel.whole(coalesce(sum(x.base * x.probability) filter (where x.state = 'open' and x.category <> 'omitted'), 0) / 100) as weighted,
  count(*) filter (where x.state = 'won' or x.category <> 'omitted')::int as count, max(x.changed_at) as changed_at,
  array_agg(distinct x.currency) filter (where x.no_rate) as missing`;

/** One look: figures by owner and kind. */
export async function byOwner(tx: Tx, source: Source): Promise<SumRow[]> {
  const { rows } = await sql<SumRow>`
    with s as (select x.owner_id, x.kind, ${sums} from (${looks(source)}) x group by 1, 2)
    select s.owner_id as key, m.name as label, m.team_id, s.* from s left join member m on m.workspace_id = kernel.ws() and m.id = s.owner_id
    order by m.name, s.owner_id`.execute(tx);
  return rows;
}

/** One look: figures by account and kind, the largest accounts first. */
export async function byAccount(tx: Tx, source: Source, limit: number): Promise<SumRow[]> {
  const { rows } = await sql<SumRow>`
    with s as (select x.account_id, x.kind, ${sums} from (${looks(source)}) x group by 1, 2),
    top as (select account_id, sum(closed + commit + best_case + pipeline) as weight from s group by 1 order by 2 desc, 1 limit ${sql.lit(limit)})
    select s.account_id as key, a.name as label, null::uuid as team_id, s.* from top join s using (account_id)
    left join account a on a.workspace_id = kernel.ws() and a.id = s.account_id order by top.weight desc, s.account_id`.execute(
    tx,
  );
  return rows;
}

export async function currencies(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ currency: string }>`
    select distinct currency from opportunity where workspace_id = kernel.ws() and archived_at is null`.execute(tx);
  return rows.map((r) => r.currency);
}

/** Open with a close day before the period. */
export async function slipped(tx: Tx, before: string, scope: Scope): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from opportunity t where t.workspace_id = kernel.ws() and t.archived_at is null and t.state = 'open' and t.category <> 'omitted'
      and t.closes_on < ${before}::date ${inScope(scope)}`.execute(tx);
  return rows[0]?.n ?? 0;
}

export type TeamRow = { id: string; name: string; parent_id: string | null };
export type MemberRow = { id: string; name: string; team_id: string | null };
export type Frame = {
  currency: string;
  start_month: number;
  teams: TeamRow[];
};
/** What the workspace's forecast stands in: its currency, its fiscal calendar, its teams. */
export async function frame(tx: Tx): Promise<Frame> {
  const { rows } = await sql<Frame>`
    select w.currency, w.fiscal_year_start_month as start_month,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'parent_id', t.parent_id) order by t.name) from team t where t.workspace_id = w.workspace_id), '[]') as teams
    from workspace w where w.workspace_id = kernel.ws()`.execute(tx);
  return rows[0]!;
}

export async function members(
  tx: Tx,
  find: { ids?: readonly string[]; teamIds?: readonly string[] },
): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select id, name, team_id from member where workspace_id = kernel.ws()
      ${find.ids ? sql`and id = any(${[...find.ids]}::uuid[])` : sql``} ${find.teamIds ? sql`and team_id = any(${[...find.teamIds]}::uuid[])` : sql``}
    order by name`.execute(tx);
  return rows;
}

export type CallRow = {
  id: string;
  period_from: string;
  period_to: string;
  said_by: 'owner' | 'manager';
  owner_id: string | null;
  owner_name: string | null;
  team_id: string | null;
  team_name: string | null;
  currency: string;
  commit_minor: number;
  best_minor: number;
  kinds: { kind: Kind; commit: number; best: number }[];
  rolled_up: { count?: number };
  note: string;
  snapshot_id: string | null;
  said_at: string;
  member_name: string | null;
};
const callColumns = sql`c.id, c.period_from, c.period_to, c.said_by, c.owner_id, o.name as owner_name, c.team_id, g.name as team_name, c.currency, c.commit_minor,
  c.best_minor, c.kinds, c.rolled_up, c.note, c.snapshot_id, c.said_at, m.name as member_name`;
const callJoins = sql`left join member m on m.workspace_id = c.workspace_id and m.id = c.member_id
  left join member o on o.workspace_id = c.workspace_id and o.id = c.owner_id left join team g on g.workspace_id = c.workspace_id and g.id = c.team_id`;

/** What stands: the last word of each owner, and of managers for each owner and team. */
export async function callsInForce(tx: Tx, periodFrom: string): Promise<CallRow[]> {
  const { rows } = await sql<CallRow>`
    select distinct on (c.said_by, c.owner_id, c.team_id) ${callColumns} from forecast_call c ${callJoins}
    where c.workspace_id = kernel.ws() and c.period_from = ${periodFrom}::date
    order by c.said_by, c.owner_id, c.team_id, c.said_at desc, c.id desc`.execute(tx);
  return rows;
}

export async function calls(
  tx: Tx,
  find: { periodFrom?: string | undefined; ownerIds?: readonly string[] | undefined; id?: string },
  after: CursorValue[] | null,
  limit: number,
): Promise<CallRow[]> {
  const where: RawBuilder<unknown>[] = [sql`c.workspace_id = kernel.ws()`];
  if (find.id) where.push(sql`c.id = ${find.id}::uuid`);
  if (find.periodFrom) where.push(sql`c.period_from = ${find.periodFrom}::date`);
  if (find.ownerIds?.length) where.push(sql`c.owner_id = any(${[...find.ownerIds]}::uuid[])`);
  if (after) where.push(sql`(c.said_at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const { rows } = await sql<CallRow>`
    select ${callColumns} from forecast_call c ${callJoins} where ${sql.join(where, sql` and `)}
    order by c.said_at desc, c.id desc limit ${sql.lit(limit + 1)}`.execute(tx);
  return rows;
}

export async function insertCall(
  tx: Tx,
  workspaceId: string,
  row: {
    id: string;
    period_from: string;
    period_to: string;
    said_by: 'owner' | 'manager';
    owner_id: string | null;
    team_id: string | null;
    currency: string;
    commit_minor: number;
    best_minor: number;
    note: string;
    snapshot_id: string | null;
    said_at: string;
    member_id: string | null;
  },
  kinds: readonly { kind: Kind; commit: number; best: number }[],
  rolledUp: Record<string, unknown>,
): Promise<void> {
  await tx
    .insertInto('forecast_call')
    .values({ workspace_id: workspaceId, ...row, kinds: JSON.stringify(kinds), rolled_up: JSON.stringify(rolledUp) })
    .execute();
}

export type ForecastAt = {
  period_from: string;
  owner_id: string;
  horizon: number;
  currency: string;
  commit_minor: number;
  kinds: { kind: Kind; commit: number; best: number }[];
};
/** The submission in force `horizon` days before the end of each period: the last one said by the end of that day, there. */
export async function submissionsAt(
  tx: Tx,
  periods: readonly Range[],
  horizons: readonly number[],
  scope: Scope,
): Promise<ForecastAt[]> {
  const { rows } = await sql<ForecastAt>`
    select distinct on (c.period_from, c.owner_id, h.days) c.period_from, c.owner_id, h.days as horizon, c.currency, c.commit_minor, c.kinds
    from forecast_call c join workspace w on w.workspace_id = c.workspace_id cross join unnest(${[...horizons]}::int[]) h(days)
    where c.workspace_id = kernel.ws() and c.said_by = 'owner' and c.period_from = any(${periods.map((p) => p.from)}::date[])
      ${scope.ownerIds ? sql`and c.owner_id = any(${[...scope.ownerIds]}::uuid[])` : sql``}
      and (c.said_at at time zone w.zone)::date <= c.period_to - h.days
    order by c.period_from, c.owner_id, h.days, c.said_at desc, c.id desc`.execute(tx);
  return rows;
}

export type Decided = {
  id: string;
  account_id: string;
  name: string;
  probability: number;
  won: boolean;
  closed_on: string;
};
/** What was decided, with the last probability that stood while it was open. */
export async function decided(
  tx: Tx,
  find: {
    type: string;
    from?: string | undefined;
    to?: string | undefined;
    accountIds?: readonly string[] | undefined;
  },
  scope: Scope,
): Promise<Decided[]> {
  const { rows } = await sql<Decided>`
    select t.id, t.account_id, t.name, t.open_probability::float8 as probability, t.state = 'won' as won, t.closed_on from opportunity t
    where t.workspace_id = kernel.ws() and t.archived_at is null and t.state <> 'open' and t.type = ${find.type} and t.open_probability is not null
      and t.lost_reason is distinct from 'duplicate'
      ${find.from ? sql`and t.closed_on >= ${find.from}::date` : sql``} ${find.to ? sql`and t.closed_on <= ${find.to}::date` : sql``} ${inScope(scope)}
    order by t.closed_on desc, t.id limit 20000`.execute(tx);
  return rows;
}
