// SQL of forecast snapshots: taken in one insert, read, compared; never changed.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import { type Factors, factorTable, type Range, type Scope } from './forecast-store.ts';

export type SnapshotKind = 'nightly' | 'submission' | 'manual' | 'closing' | 'restatement';
export type NewSnapshot = {
  id: string;
  kind: SnapshotKind;
  on_date: string;
  taken_at: string;
  owner_id: string | null;
  period: Range | null;
  note: string;
  currency: string;
  taken_by: string | null;
};

/**
 * Writes a snapshot of what is open, and of what was closed from a day on; of one period where it names one. The same night or
 * closing twice changes nothing: answers false.
 */
export async function takeSnapshot(
  tx: Tx,
  workspaceId: string,
  s: NewSnapshot,
  factors: Factors,
  closedFrom: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into forecast_snapshot (workspace_id, id, kind, on_date, taken_at, owner_id, period_from, period_to, note, currency, taken_by)
    values (${workspaceId}::uuid, ${s.id}::uuid, ${s.kind}, ${s.on_date}::date, ${s.taken_at}::timestamptz, ${s.owner_id}::uuid, ${s.period?.from ?? null}::date,
      ${s.period?.to ?? null}::date, ${s.note}, ${s.currency}, ${s.taken_by}::uuid) on conflict do nothing`.execute(tx);
  if (!Number(numAffectedRows ?? 0)) return false;
  await sql`
    insert into forecast_snapshot_row (workspace_id, snapshot_id, opportunity_id, account_id, owner_id, name, type, state, category, stage_id, probability,
      amount_minor, currency, base_minor, closes_on)
    select t.workspace_id, ${s.id}::uuid, t.id, t.account_id, t.owner_id, t.name, t.type, t.state, t.category, t.stage_id, t.probability, t.amount_minor, t.currency,
      kernel.whole(t.amount_minor * f.factor), coalesce(t.closed_on, t.closes_on)
    from opportunity t left join ${factorTable(factors)} on f.currency = t.currency
    where t.workspace_id = ${workspaceId}::uuid and t.archived_at is null and (t.state = 'open' or t.closed_on >= ${closedFrom}::date)
      ${s.owner_id ? sql`and t.owner_id = ${s.owner_id}::uuid` : sql``}
      ${s.period ? sql`and coalesce(t.closed_on, t.closes_on) between ${s.period.from}::date and ${s.period.to}::date` : sql``}`.execute(
    tx,
  );
  return true;
}

export type SnapshotRow = {
  id: string;
  kind: SnapshotKind;
  on_date: string;
  taken_at: string;
  owner_id: string | null;
  period_from: string | null;
  period_to: string | null;
  note: string;
  by_name: string | null;
};
const columns = sql`s.id, s.kind, s.on_date, s.taken_at, s.owner_id, s.period_from, s.period_to, s.note, m.name as by_name`;
const joins = sql`left join member m on m.workspace_id = s.workspace_id and m.id = s.taken_by`;

export async function snapshots(
  tx: Tx,
  find: { id?: string; from?: string | undefined; to?: string | undefined },
  after: CursorValue[] | null,
  limit: number,
): Promise<SnapshotRow[]> {
  const where: RawBuilder<unknown>[] = [sql`s.workspace_id = kernel.ws()`];
  if (find.id) where.push(sql`s.id = ${find.id}::uuid`);
  if (find.from) where.push(sql`s.on_date >= ${find.from}::date`);
  if (find.to) where.push(sql`s.on_date <= ${find.to}::date`);
  if (after) where.push(sql`(s.taken_at, s.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const { rows } = await sql<SnapshotRow>`
    select ${columns} from forecast_snapshot s ${joins} where ${sql.join(where, sql` and `)} order by s.taken_at desc, s.id desc limit ${sql.lit(limit + 1)}`.execute(
    tx,
  );
  return rows;
}

/** How a period was closed, and every look at it since, oldest first. */
export async function closings(tx: Tx, periods: readonly Range[]): Promise<SnapshotRow[]> {
  const { rows } = await sql<SnapshotRow>`
    select ${columns} from forecast_snapshot s ${joins}
    join unnest(${periods.map((p) => p.from)}::date[], ${periods.map((p) => p.to)}::date[]) p(a, z) on s.period_from = p.a and s.period_to = p.z
    where s.workspace_id = kernel.ws() order by s.taken_at, s.id`.execute(tx);
  return rows;
}

/**
 * The last snapshot of everything (or of this one owner) by the end of a day; when there is none as old, the first after it.
 */
export async function snapshotOn(
  tx: Tx,
  day: string,
  ownerId: string | null,
): Promise<(SnapshotRow & { exact: boolean }) | undefined> {
  const usable = sql`s.workspace_id = kernel.ws() and s.kind not in ('closing', 'restatement') and (s.owner_id is null ${ownerId ? sql`or s.owner_id = ${ownerId}::uuid` : sql``})`;
  const { rows } = await sql<SnapshotRow & { exact: boolean }>`
    (select ${columns}, true as exact from forecast_snapshot s ${joins} where ${usable} and s.on_date <= ${day}::date order by s.taken_at desc, s.id desc limit 1)
    union all
    (select ${columns}, false as exact from forecast_snapshot s ${joins} where ${usable} and s.on_date > ${day}::date order by s.taken_at, s.id limit 1)
    order by exact desc limit 1`.execute(tx);
  return rows[0];
}

/** Where no snapshot of everything is as old: the last one of each owner who had submitted by the end of a day. */
export async function submissionsOn(tx: Tx, day: string): Promise<SnapshotRow[]> {
  const { rows } = await sql<SnapshotRow>`
    select distinct on (s.owner_id) ${columns} from forecast_snapshot s ${joins}
    where s.workspace_id = kernel.ws() and s.kind = 'submission' and s.on_date <= ${day}::date and s.owner_id = any((select forecast_owners())::uuid[] || case when kernel.sees_all() then array(select id from member where workspace_id = kernel.ws()) else '{}' end)
    order by s.owner_id, s.taken_at desc, s.id desc`.execute(tx);
  return rows;
}

export type LookRow = {
  opportunity_id: string;
  account_id: string;
  account_name: string | null;
  owner_id: string | null;
  owner_name: string | null;
  name: string;
  type: string;
  state: 'open' | 'won' | 'lost';
  category: 'omitted' | 'pipeline' | 'best_case' | 'commit' | 'closed';
  /** In the reporting currency; null: no amount, or no rate. */
  amount: number | null;
  currency: string;
  no_rate: boolean;
  closes_on: string;
};
const lookColumns = sql`t.account_id, a.name as account_name, t.owner_id, m.name as owner_name, t.name, t.type, t.state, t.category,
  kernel.whole(t.amount_minor * f.factor) as amount, t.currency, f.factor is null as no_rate`;
const lookJoins = sql`left join account a on a.workspace_id = t.workspace_id and a.id = t.account_id
  left join member m on m.workspace_id = t.workspace_id and m.id = t.owner_id`;

/** Everything of a snapshot, or of one of each owner, at given rates: two looks are compared at the same rates, so that only business differs. */
export async function snapshotLooks(tx: Tx, snapshotIds: readonly string[], factors: Factors): Promise<LookRow[]> {
  const { rows } = await sql<LookRow>`
    select t.opportunity_id, ${lookColumns}, t.closes_on from forecast_snapshot_row t left join ${factorTable(factors)} on f.currency = t.currency ${lookJoins}
    where t.workspace_id = kernel.ws() and t.snapshot_id = any(${[...snapshotIds]}::uuid[])`.execute(tx);
  return rows;
}

/** The same as it is now, with what was closed from a day on. */
export async function presentLooks(tx: Tx, factors: Factors, closedFrom: string): Promise<LookRow[]> {
  const { rows } = await sql<LookRow>`
    select t.id as opportunity_id, ${lookColumns}, coalesce(t.closed_on, t.closes_on) as closes_on from opportunity t
    left join ${factorTable(factors)} on f.currency = t.currency ${lookJoins}
    where t.workspace_id = kernel.ws() and t.archived_at is null and (t.state = 'open' or t.closed_on >= ${closedFrom}::date)`.execute(
    tx,
  );
  return rows;
}

export type DueRow = { workspace_id: string; day: string; start_month: number; currency: string };
/** Workspaces with the day it is there, as far as that night has no snapshot yet. Runs as the system. */
export async function workspacesWithoutSnapshot(tx: Tx, now: Date): Promise<DueRow[]> {
  const day = sql`(${now.toISOString()}::timestamptz at time zone w.zone)::date`;
  const { rows } = await sql<DueRow>`
    select w.workspace_id, ${day}::text as day, w.fiscal_year_start_month as start_month, w.currency from workspace w
    where not exists (select from forecast_snapshot s where s.workspace_id = w.workspace_id and s.kind = 'nightly' and s.on_date = ${day})
      and exists (select from opportunity o where o.workspace_id = w.workspace_id)`.execute(tx);
  return rows;
}

/** Only what the scope looks at; the rest of a look is marked, so that a handing over shows. */
export const isInScope = (
  row: Pick<LookRow, 'owner_id' | 'type'>,
  scope: Scope,
  types: readonly string[] | undefined,
): boolean =>
  (scope.ownerIds === null || (row.owner_id !== null && scope.ownerIds.includes(row.owner_id))) &&
  (!types?.length || types.includes(row.type));
