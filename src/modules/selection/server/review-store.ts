// SQL of reviews, standings and decisions.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import type { Decision } from '../rules.ts';

export type ReviewRow = {
  id: string;
  number: number;
  reviewed_on: string;
  model_number: number;
  capacity: number;
  upper_line: number;
  lower_line: number;
  note: string;
  made_by: string | null;
  made_at: string;
  ranked: number;
  accounts: number;
};

/** One review at a time in a workspace, so that numbers have no gaps. */
export async function lockReviews(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('selection-review'), hashtext(kernel.ws()::text))`.execute(tx);
}

export async function insertReview(
  tx: Tx,
  row: {
    workspaceId: string;
    on: string;
    model: number;
    capacity: number;
    upper: number;
    lower: number;
    note: string;
    by: string | null;
  },
  standings: readonly {
    accountId: string;
    place: number | null;
    score: number | null;
    coverage: number;
    scores: Record<string, number | null>;
  }[],
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into selection_review (workspace_id, number, reviewed_on, model_number, capacity, upper_line, lower_line, note, made_by)
    select ${row.workspaceId}, coalesce(max(number), 0) + 1, ${row.on}::date, ${row.model}, ${row.capacity}, ${row.upper}, ${row.lower}, ${row.note}, ${row.by}::uuid
    from selection_review where workspace_id = kernel.ws() returning id`.execute(tx);
  const id = rows[0]!.id;
  await sql`insert into selection_standing (workspace_id, review_id, account_id, place, score, coverage, scores)
    select ${row.workspaceId}::uuid, ${id}::uuid, "accountId", place, score, coverage, scores
    from jsonb_to_recordset(${JSON.stringify(standings)}::jsonb) as s("accountId" uuid, place int, score numeric, coverage int, scores jsonb)`.execute(
    tx,
  );
  return id;
}

export async function reviews(
  tx: Tx,
  find: { after: CursorValue[] | null; limit: number; id?: string },
): Promise<ReviewRow[]> {
  const { rows } = await sql<ReviewRow>`
    select r.id, r.number, r.reviewed_on, r.model_number, r.capacity, r.upper_line, r.lower_line, r.note, m.name as made_by, r.made_at, c.ranked, c.accounts
    from selection_review r left join member m on m.workspace_id = r.workspace_id and m.id = r.made_by
    cross join lateral (select count(place) as ranked, count(*) as accounts from selection_standing s where s.workspace_id = r.workspace_id and s.review_id = r.id) c
    where r.workspace_id = kernel.ws() ${find.id ? sql`and r.id = ${find.id}` : sql``} ${find.after ? sql`and r.number < ${find.after[0]}::int` : sql``}
    order by r.number desc limit ${sql.lit(find.limit + 1)}`.execute(tx);
  return rows;
}

export type StandingRow = {
  account_id: string;
  number: number;
  reviewed_on: string;
  place: number | null;
  score: string | null;
  upper_line: number;
  lower_line: number;
};

/** Standings in the last reviews, oldest first: of one account, or of all. */
export async function standings(tx: Tx, last: number, accountId?: string): Promise<StandingRow[]> {
  const { rows } = await sql<StandingRow>`
    with latest as materialized (select id, number, reviewed_on, upper_line, lower_line from selection_review where workspace_id = kernel.ws() order by number desc limit ${sql.lit(last)})
    select s.account_id, r.number, r.reviewed_on, s.place, s.score, r.upper_line, r.lower_line from latest r
    join selection_standing s on s.workspace_id = kernel.ws() and s.review_id = r.id ${accountId ? sql`and s.account_id = ${accountId}` : sql``} order by r.number`.execute(
    tx,
  );
  return rows;
}

export type DecisionRow = {
  id: string;
  account_id: string;
  account_name: string;
  decision: Decision;
  reason: string;
  next_review_on: string;
  suggested: Decision | null;
  tier_before: string | null;
  tier_after: string | null;
  over_capacity_by: number;
  decided_by: string | null;
  decided_at: string;
  withdrawn_at: string | null;
};
const decisionColumns = sql`d.id, d.account_id, a.name as account_name, d.decision, d.reason, d.next_review_on, d.suggested, d.tier_before, d.tier_after, d.over_capacity_by,
  m.name as decided_by, d.decided_at, d.withdrawn_at`;
const decisionJoins = sql`join account a on a.workspace_id = d.workspace_id and a.id = d.account_id left join member m on m.workspace_id = d.workspace_id and m.id = d.decided_by`;

export async function decisions(
  tx: Tx,
  find: { after: CursorValue[] | null; limit: number; accountId?: string; ids?: readonly string[] },
): Promise<DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`
    select ${decisionColumns} from selection_decision d ${decisionJoins} where d.workspace_id = kernel.ws()
    ${find.accountId ? sql`and d.account_id = ${find.accountId}` : sql``} ${find.ids ? sql`and d.id = any(${[...find.ids]}::uuid[])` : sql``}
    ${find.after ? sql`and d.id < ${find.after[0]}::uuid` : sql``} order by d.id desc limit ${sql.lit(find.limit + 1)}`.execute(
    tx,
  );
  return rows;
}

/** The decision in force of every account. */
export async function standingDecisions(tx: Tx): Promise<DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`
    select distinct on (d.account_id) ${decisionColumns} from selection_decision d ${decisionJoins}
    where d.workspace_id = kernel.ws() and d.withdrawn_at is null order by d.account_id, d.id desc`.execute(tx);
  return rows;
}

export async function insertDecision(
  tx: Tx,
  row: {
    workspaceId: string;
    accountId: string;
    reviewId: string | null;
    decision: Decision;
    reason: string;
    nextReviewOn: string;
    suggested: Decision | null;
    before: string | null;
    after: string | null;
    over: number;
    by: string | null;
  },
): Promise<string> {
  const made = await tx
    .insertInto('selection_decision')
    .values({
      workspace_id: row.workspaceId,
      account_id: row.accountId,
      review_id: row.reviewId,
      decision: row.decision,
      reason: row.reason,
      next_review_on: row.nextReviewOn,
      suggested: row.suggested,
      tier_before: row.before,
      tier_after: row.after,
      over_capacity_by: row.over,
      decided_by: row.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return made.id;
}

export async function withdraw(tx: Tx, id: string, at: string): Promise<void> {
  await tx.updateTable('selection_decision').set({ withdrawn_at: at }).where('id', '=', id).execute();
}

/** How many accounts are in the highest tier, whoever sees them: capacity is the whole team's. */
export async function keyAccountCount(tx: Tx, keyTier: string): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from account where workspace_id = kernel.ws() and tier = ${keyTier} and archived_at is null`.execute(
    tx,
  );
  return Number(rows[0]?.n ?? 0);
}
