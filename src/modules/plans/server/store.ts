// The plans room's SQL.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import type { BlockDifference, Plan } from '../rules.ts';

export type PlanRow = {
  id: string;
  account_id: string;
  account_name: string;
  owner_name: string | null;
  sponsor_name: string | null;
  tier: string | null;
  arr_minor: number | null;
  arr_currency: string | null;
  content: Plan['content'];
  care: Plan['care'];
  completeness: number;
  oldest_review_on: string | null;
  signed_off_at: string | null;
  signed_off_by: string | null;
  version: number;
  updated_at: string;
  archived_at: string | null;
  sort_key: string;
};

const columns = sql`p.id, p.account_id, a.name as account_name, o.name as owner_name, s.name as sponsor_name, a.tier, a.arr_minor, a.arr_currency, p.content, p.care,
  p.completeness, p.oldest_review_on, v.signed_off_at, v.signed_off_by, p.version, p.updated_at, p.archived_at`;
const joins = sql`join account a on a.workspace_id = p.workspace_id and a.id = p.account_id
  left join member o on o.workspace_id = a.workspace_id and o.id = a.owner_id
  left join member s on s.workspace_id = a.workspace_id and s.id = a.sponsor_id
  left join lateral (select x.signed_off_at, m.name as signed_off_by from plan_version x left join member m on m.workspace_id = x.workspace_id and m.id = x.signed_off_by
    where x.workspace_id = p.workspace_id and x.plan_id = p.id and x.signed_off_at is not null order by x.number desc limit 1) v on true`;

export async function plans(
  tx: Tx,
  find: { accountId?: string; staleBefore?: string; sort: string; after: CursorValue[] | null; limit: number },
): Promise<PlanRow[]> {
  const where = [sql`p.workspace_id = kernel.ws()`, sql`p.archived_at is null`];
  if (find.accountId) where.push(sql`p.account_id = ${find.accountId}`);
  if (find.staleBefore)
    where.push(sql`(p.oldest_review_on is null or p.oldest_review_on <= ${find.staleBefore}::date)`);
  const byTime = find.sort === '-updatedAt';
  if (find.after) {
    where.push(
      byTime
        ? sql`(p.updated_at, p.id) < (${find.after[0]}::timestamptz, ${find.after[1]}::uuid)`
        : sql`(p.completeness, p.id) > (${find.after[0]}::int, ${find.after[1]}::uuid)`,
    );
  }
  const order = byTime ? sql`p.updated_at desc, p.id desc` : sql`p.completeness, p.id`;
  const { rows } =
    await sql<PlanRow>`select ${columns}, ${byTime ? sql`p.updated_at::text` : sql`p.completeness::text`} as sort_key from plan p ${joins}
    where ${sql.join(where, sql` and `)} order by ${order} limit ${sql.lit(find.limit + 1)}`.execute(tx);
  return rows;
}

export async function plan(tx: Tx, id: string, lock = false): Promise<PlanRow | undefined> {
  const { rows } =
    await sql<PlanRow>`select ${columns}, '' as sort_key from plan p ${joins} where p.workspace_id = kernel.ws() and p.id = ${id} ${lock ? sql`for update of p` : sql``}`.execute(
      tx,
    );
  return rows[0];
}

export async function planOf(tx: Tx, accountId: string): Promise<string | undefined> {
  const { rows } = await sql<{
    id: string;
  }>`select id from plan where workspace_id = kernel.ws() and account_id = ${accountId} and archived_at is null`.execute(
    tx,
  );
  return rows[0]?.id;
}

type Judged = { completeness: number; oldestReviewOn: string | null };

/** Answers the new plan's id, or undefined where the account got a plan meanwhile. */
export async function insertPlan(
  tx: Tx,
  workspaceId: string,
  accountId: string,
  plan: Plan,
  judged: Judged,
  by: string | null,
): Promise<string | undefined> {
  const row = await tx
    .insertInto('plan')
    .values({
      workspace_id: workspaceId,
      account_id: accountId,
      content: JSON.stringify(plan.content),
      care: JSON.stringify(plan.care),
      completeness: judged.completeness,
      oldest_review_on: judged.oldestReviewOn,
      updated_by: by,
    })
    .onConflict((c) => c.columns(['workspace_id', 'account_id']).where('archived_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** Answers false when the version is not the current one. */
export async function savePlan(
  tx: Tx,
  id: string,
  version: number,
  plan: Plan,
  judged: Judged,
  by: string | null,
): Promise<boolean> {
  const done = await tx
    .updateTable('plan')
    .set({
      content: JSON.stringify(plan.content),
      care: JSON.stringify(plan.care),
      completeness: judged.completeness,
      oldest_review_on: judged.oldestReviewOn,
      version: sql`version + 1`,
      updated_at: sql`now()`,
      updated_by: by,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function setArchived(tx: Tx, id: string, at: string | null): Promise<boolean> {
  return (
    (
      await tx
        .updateTable('plan')
        .set({ archived_at: at, version: sql`version + 1` })
        .where('id', '=', id)
        .executeTakeFirst()
    ).numUpdatedRows === 1n
  );
}

export async function noteChange(
  tx: Tx,
  row: {
    workspaceId: string;
    planId: string;
    accountId: string;
    from: number;
    to: number;
    title: string;
    difference: readonly BlockDifference[];
    memberId: string | null;
  },
): Promise<void> {
  await tx
    .insertInto('plan_change')
    .values({
      workspace_id: row.workspaceId,
      plan_id: row.planId,
      account_id: row.accountId,
      from_version: row.from,
      to_version: row.to,
      title: row.title,
      difference: JSON.stringify(row.difference),
      member_id: row.memberId,
    })
    .execute();
}

export async function changes(tx: Tx, planId: string, after: CursorValue[] | null, limit: number) {
  const { rows } = await sql<{
    id: string;
    at: string;
    by: string | null;
    title: string;
    difference: BlockDifference[];
  }>`
    select c.id, c.at, m.name as by, c.title, c.difference from plan_change c left join member m on m.workspace_id = c.workspace_id and m.id = c.member_id
    where c.workspace_id = kernel.ws() and c.plan_id = ${planId} ${after ? sql`and c.id < ${after[0]}::uuid` : sql``} order by c.id desc limit ${sql.lit(limit + 1)}`.execute(
    tx,
  );
  return rows;
}

export type VersionRow = {
  number: number;
  note: string;
  made_by: string | null;
  made_at: string;
  signed_off_by: string | null;
  signed_off_at: string | null;
  content: Plan['content'];
  care: Plan['care'];
};

export async function versions(
  tx: Tx,
  planId: string,
  find: { number?: number; after: CursorValue[] | null; limit: number },
): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select v.number, v.note, m.name as made_by, v.made_at, s.name as signed_off_by, v.signed_off_at, v.content, v.care from plan_version v
    left join member m on m.workspace_id = v.workspace_id and m.id = v.made_by left join member s on s.workspace_id = v.workspace_id and s.id = v.signed_off_by
    where v.workspace_id = kernel.ws() and v.plan_id = ${planId} ${find.number === undefined ? sql`` : sql`and v.number = ${find.number}`}
      ${find.after ? sql`and v.number < ${find.after[0]}::int` : sql``} order by v.number desc limit ${sql.lit(find.limit + 1)}`.execute(
    tx,
  );
  return rows;
}

/** The caller holds the plan's lock, so numbers have no gaps. */
export async function insertVersion(
  tx: Tx,
  row: { workspaceId: string; planId: string; accountId: string; note: string; plan: Plan; by: string | null },
): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    insert into plan_version (workspace_id, plan_id, account_id, number, note, content, care, made_by)
    select ${row.workspaceId}, ${row.planId}, ${row.accountId}, coalesce(max(number), 0) + 1, ${row.note}, ${JSON.stringify(row.plan.content)}::jsonb, ${JSON.stringify(row.plan.care)}::jsonb, ${row.by}::uuid
    from plan_version where workspace_id = kernel.ws() and plan_id = ${row.planId} returning number`.execute(tx);
  return rows[0]!.number;
}

export async function signOff(tx: Tx, planId: string, number: number, by: string, at: string): Promise<boolean> {
  return (
    (
      await tx
        .updateTable('plan_version')
        .set({ signed_off_by: by, signed_off_at: at })
        .where('plan_id', '=', planId)
        .where('number', '=', number)
        .where('signed_off_at', 'is', null)
        .executeTakeFirst()
    ).numUpdatedRows === 1n
  );
}

export async function memberNames(tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  return ids.length
    ? tx
        .selectFrom('member')
        .select(['id', 'name'])
        .where('id', 'in', [...ids])
        .execute()
    : [];
}

/** Plans follow their account when duplicates merge; where both have one, the duplicate's is put away, not lost. */
export async function movePlans(tx: Tx, from: string, into: string): Promise<void> {
  await sql`update plan set archived_at = now() where workspace_id = kernel.ws() and account_id = ${from} and archived_at is null
    and exists (select from plan x where x.workspace_id = kernel.ws() and x.account_id = ${into} and x.archived_at is null)`.execute(
    tx,
  );
  for (const table of ['plan', 'plan_version', 'plan_change'] as const)
    await sql`update ${sql.table(table)} set account_id = ${into} where workspace_id = kernel.ws() and account_id = ${from}`.execute(
      tx,
    );
}
