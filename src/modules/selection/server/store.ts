// The selection room's SQL: models, scores, facts about accounts, readiness.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import type { ActiveCriterion } from '../api.ts';

export type ModelRow = {
  number: number;
  criteria: ActiveCriterion[];
  note: string;
  made_by: string | null;
  made_at: string;
};

export async function models(
  tx: Tx,
  find: { after: CursorValue[] | null; limit: number; number?: number },
): Promise<ModelRow[]> {
  const { rows } = await sql<ModelRow>`
    select s.number, s.criteria, s.note, m.name as made_by, s.made_at from selection_model s left join member m on m.workspace_id = s.workspace_id and m.id = s.made_by
    where s.workspace_id = kernel.ws() ${find.after ? sql`and s.number < ${find.after[0]}::int` : sql``} ${find.number === undefined ? sql`` : sql`and s.number = ${find.number}`}
    order by s.number desc limit ${sql.lit(find.limit + 1)}`.execute(tx);
  return rows;
}

/** Answers false where somebody made that version already. */
export async function insertModel(
  tx: Tx,
  row: { workspaceId: string; number: number; criteria: ActiveCriterion[]; note: string; by: string | null },
): Promise<boolean> {
  const done = await tx
    .insertInto('selection_model')
    .values({
      workspace_id: row.workspaceId,
      number: row.number,
      criteria: JSON.stringify(row.criteria),
      note: row.note,
      made_by: row.by,
    })
    .onConflict((c) => c.columns(['workspace_id', 'number']).doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) === 1n;
}

export type FactRow = {
  id: string;
  name: string;
  tier: string | null;
  owner_name: string | null;
  arr_minor: number | null;
  arr_currency: string | null;
  potential_minor: number | null;
  potential_currency: string | null;
  annual_revenue_minor: number | null;
  annual_revenue_currency: string | null;
  employees: number | null;
  customer_since: string | null;
  custom: Record<string, unknown>;
  arr_year_ago: string | null;
};

/** Facts of the accounts that may be ranked: everything that is not put away and not lost, in a lasting order. */
export async function facts(tx: Tx, today: string, limit: number, accountId?: string): Promise<FactRow[]> {
  const { rows } = await sql<FactRow>`
    with past as materialized (
      select max(on_date) as on_date from kernel.snapshot where workspace_id = kernel.ws() and kind = 'account' and on_date <= ${today}::date - 350)
    select a.id, a.name, a.tier, o.name as owner_name, a.arr_minor, a.arr_currency, a.potential_minor, a.potential_currency, a.annual_revenue_minor,
      a.annual_revenue_currency, a.employees, a.customer_since, a.custom,
      case when s.data ->> 'arrCurrency' = a.arr_currency then s.data ->> 'arrMinor' end as arr_year_ago
    from account a left join member o on o.workspace_id = a.workspace_id and o.id = a.owner_id
    left join kernel.snapshot s on s.workspace_id = a.workspace_id and s.kind = 'account' and s.on_date = (select on_date from past) and s.row_id = a.id
    where a.workspace_id = kernel.ws() and a.archived_at is null and a.status <> 'former' ${accountId ? sql`and a.id = ${accountId}` : sql``}
    order by a.id limit ${sql.lit(limit)}`.execute(tx);
  return rows;
}

export type ScoreRow = {
  account_id: string;
  criterion: string;
  rater_id: string;
  rater: string;
  score: string;
  evidence: string;
  model_number: number;
  scored_at: string;
};

export async function scores(tx: Tx, accountId?: string): Promise<ScoreRow[]> {
  const { rows } = await sql<ScoreRow>`
    select s.account_id, s.criterion, s.rater_id, m.name as rater, s.score, s.evidence, s.model_number, s.scored_at
    from selection_score s join member m on m.workspace_id = s.workspace_id and m.id = s.rater_id
    where s.workspace_id = kernel.ws() ${accountId ? sql`and s.account_id = ${accountId}` : sql``} order by s.scored_at`.execute(
    tx,
  );
  return rows;
}

type ScoreWrite = { accountId: string; criterion: string; score: number | null; evidence: string };

/** Saves a rater's scores; null takes one away. */
export async function saveScores(
  tx: Tx,
  workspaceId: string,
  raterId: string,
  modelNumber: number,
  list: readonly ScoreWrite[],
): Promise<void> {
  const away = list.filter((s) => s.score === null);
  const given = list.filter((s) => s.score !== null);
  if (away.length) {
    await sql`delete from selection_score s using unnest(${away.map((s) => s.accountId)}::uuid[], ${away.map((s) => s.criterion)}::text[]) u(account_id, criterion)
      where s.workspace_id = kernel.ws() and s.rater_id = ${raterId} and s.account_id = u.account_id and s.criterion = u.criterion`.execute(
      tx,
    );
  }
  if (given.length) {
    await sql`insert into selection_score (workspace_id, account_id, criterion, rater_id, score, evidence, model_number)
      select ${workspaceId}::uuid, u.account_id, u.criterion, ${raterId}::uuid, u.score, u.evidence, ${modelNumber}
      from unnest(${given.map((s) => s.accountId)}::uuid[], ${given.map((s) => s.criterion)}::text[], ${given.map((s) => String(s.score))}::numeric[], ${given.map((s) => s.evidence)}::text[]) u(account_id, criterion, score, evidence)
      on conflict (workspace_id, account_id, criterion, rater_id) do update set score = excluded.score, evidence = excluded.evidence, model_number = excluded.model_number, scored_at = now()`.execute(
      tx,
    );
  }
}

/** Which of these accounts the actor sees. */
export async function seenIds(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{
    id: string;
  }>`select id from account where workspace_id = kernel.ws() and id = any(${[...ids]}::uuid[]) and archived_at is null`.execute(
    tx,
  );
  return new Set(rows.map((r) => r.id));
}

/** The managers whose capacity draws the line: active key account managers, and owners of accounts in the highest tier. */
export async function managers(tx: Tx, keyTier: string): Promise<{ id: string; capacity: number | null }[]> {
  const { rows } = await sql<{ id: string; capacity: number | null }>`
    select m.id, m.capacity from member m where m.workspace_id = kernel.ws() and m.deactivated_at is null and (m.role = 'kam' or m.capacity > 0
      or exists (select from account a where a.workspace_id = m.workspace_id and a.owner_id = m.id and a.tier = ${keyTier} and a.archived_at is null))`.execute(
    tx,
  );
  return rows;
}

export async function readiness(tx: Tx) {
  const { rows } = await sql<{ answers: Record<string, number>; made_by: string | null; made_at: string }>`
    select r.answers, m.name as made_by, r.made_at from selection_readiness r left join member m on m.workspace_id = r.workspace_id and m.id = r.made_by
    where r.workspace_id = kernel.ws() order by r.id desc limit 1`.execute(tx);
  return rows[0];
}
export async function insertReadiness(tx: Tx, workspaceId: string, answers: object, by: string | null): Promise<void> {
  await tx
    .insertInto('selection_readiness')
    .values({ workspace_id: workspaceId, answers: JSON.stringify(answers), made_by: by })
    .execute();
}
