// SQL of renewals: lists, sums, judgements, checkpoints, decisions.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../../kernel/server/database.ts';
import type { CursorValue } from '../../../../kernel/server/paging.ts';
import type { LOSS_REASONS } from '../../api.ts';
import type { RENEWAL_SORTS, Renewal } from '../../api-renewals.ts';
import type { CheckpointKind } from '../rules/days.ts';
import type { CheckpointAnswer, Likelihood, Outcome, Reason } from '../rules/renewals.ts';
import { likeText } from './contracts.ts';

export type CheckpointRow = {
  kind: CheckpointKind;
  answer: CheckpointAnswer;
  likelihood: Likelihood;
  systemLikelihood: Likelihood;
  disagrees: boolean;
  note: string;
  madeByName: string | null;
  madeAt: string;
  resolvedLikelihood: Likelihood | null;
  resolvedNote: string;
  resolvedByName: string | null;
  resolvedAt: string | null;
};
export type RenewalRow = {
  id: string;
  contract_id: string;
  contract_name: string;
  account_id: string;
  account_name: string;
  owner_id: string | null;
  owner_name: string | null;
  due_on: string;
  notice_deadline_on: string | null;
  act_by_on: string;
  auto_renews: boolean;
  term_months: number | null;
  clause_percent: string | null;
  due_minor: number;
  currency: string;
  state: Renewal['state'];
  stage: Renewal['stage'];
  target: Outcome | null;
  target_percent: string | null;
  next_step: string;
  next_step_on: string | null;
  expected_on: string | null;
  pushes: number;
  likelihood: Likelihood | null;
  probability: string | null;
  judged_by_name: string | null;
  judged_at: string | null;
  system_likelihood: Likelihood;
  system_probability: string;
  system_reasons: Reason[];
  outcome: Outcome | null;
  decided_on: string | null;
  signed_on: string | null;
  renewed_minor: number | null;
  uplift_percent: string | null;
  discount_percent: string | null;
  new_ends_on: string | null;
  loss_reason: (typeof LOSS_REASONS)[number] | null;
  loss_competitor: string | null;
  loss_detail: string;
  loss_lesson: string;
  loss_avoidable: boolean | null;
  checkpoints: CheckpointRow[];
  pending_approval: boolean;
  version: number;
  updated_at: string;
  sort_key: string;
};
export type Sort = (typeof RENEWAL_SORTS)[number];
export type Find = {
  q?: string | undefined;
  accountId?: string[] | undefined;
  contractId?: string | undefined;
  ownerId?: string[] | undefined;
  state?: string[] | undefined;
  stage?: string[] | undefined;
  outcome?: string[] | undefined;
  likelihood?: string[] | undefined;
  noticeFrom?: string | undefined;
  noticeTo?: string | undefined;
  dueFrom?: string | undefined;
  dueTo?: string | undefined;
  disagreement?: boolean | undefined;
  checkpointDue?: boolean | undefined;
};

const disagreement = sql<SqlBool>`(r.state = 'open' and exists (select from renewal_checkpoint k where k.workspace_id = kernel.ws() and k.renewal_id = r.id and k.disagrees and k.resolved_at is null))`;
/** Answers that are due: at three months that one, between six and three the other. */
const checkpointDue = (today: string) => sql<SqlBool>`(r.state = 'open' and r.due_on >= ${today}::date and (
  ((r.due_on - interval '3 months')::date <= ${today}::date and not exists (select from renewal_checkpoint k where k.workspace_id = kernel.ws() and k.renewal_id = r.id and k.kind = 'three_months'))
  or ((r.due_on - interval '6 months')::date <= ${today}::date and (r.due_on - interval '3 months')::date > ${today}::date
      and not exists (select from renewal_checkpoint k where k.workspace_id = kernel.ws() and k.renewal_id = r.id and k.kind = 'six_months'))))`;

export function conditions(f: Find, today: string): RawBuilder<SqlBool>[] {
  const all: RawBuilder<SqlBool>[] = [sql`r.workspace_id = kernel.ws()`];
  if (f.q)
    all.push(
      sql`(kernel.fold(c.name) like kernel.fold(${likeText(f.q)}) or a.name_key like kernel.fold(${likeText(f.q)}))`,
    );
  if (f.accountId?.length) all.push(sql`r.account_id = any(${f.accountId}::uuid[])`);
  if (f.contractId) all.push(sql`r.contract_id = ${f.contractId}::uuid`);
  if (f.ownerId?.length) all.push(sql`a.owner_id = any(${f.ownerId}::uuid[])`);
  // What was dropped never happened: it shows only when asked for.
  all.push(f.state?.length ? sql`r.state = any(${f.state}::text[])` : sql`r.state <> 'dropped'`);
  if (f.stage?.length) all.push(sql`r.stage = any(${f.stage}::text[])`);
  if (f.outcome?.length) all.push(sql`r.outcome = any(${f.outcome}::text[])`);
  if (f.likelihood?.length) all.push(sql`coalesce(r.likelihood, r.system_likelihood) = any(${f.likelihood}::text[])`);
  if (f.noticeFrom) all.push(sql`r.act_by_on >= ${f.noticeFrom}::date`);
  if (f.noticeTo) all.push(sql`r.act_by_on <= ${f.noticeTo}::date`);
  if (f.dueFrom) all.push(sql`r.due_on >= ${f.dueFrom}::date`);
  if (f.dueTo) all.push(sql`r.due_on <= ${f.dueTo}::date`);
  if (f.disagreement !== undefined) all.push(f.disagreement ? disagreement : sql`not ${disagreement}`);
  if (f.checkpointDue !== undefined)
    all.push(f.checkpointDue ? checkpointDue(today) : sql`not ${checkpointDue(today)}`);
  return all;
}

const sorts: Record<Sort, { column: RawBuilder<unknown>; type: string; down: boolean }> = {
  notice: { column: sql`r.act_by_on`, type: 'date', down: false },
  '-notice': { column: sql`r.act_by_on`, type: 'date', down: true },
  due: { column: sql`r.due_on`, type: 'date', down: false },
  '-due': { column: sql`r.due_on`, type: 'date', down: true },
  '-value': { column: sql`r.due_minor`, type: 'bigint', down: true },
};

const columns = sql`r.id, r.contract_id, c.name as contract_name, r.account_id, a.name as account_name, a.owner_id, o.name as owner_name, r.due_on, r.notice_deadline_on,
  r.act_by_on, c.auto_renews, c.term_months, c.uplift_percent as clause_percent, r.due_minor, r.currency, r.state, r.stage, r.target, r.target_percent, r.next_step,
  r.next_step_on, r.expected_on, r.pushes, r.likelihood, r.probability, j.name as judged_by_name, r.judged_at, r.system_likelihood, r.system_probability, r.system_reasons,
  r.outcome, r.decided_on, r.signed_on, r.renewed_minor, r.uplift_percent, r.discount_percent, r.new_ends_on, r.loss_reason, r.loss_competitor, r.loss_detail,
  r.loss_lesson, r.loss_avoidable, r.version, r.updated_at,
  coalesce((select jsonb_agg(jsonb_build_object('kind', k.kind, 'answer', k.answer, 'likelihood', k.likelihood, 'systemLikelihood', k.system_likelihood, 'disagrees', k.disagrees,
      'note', k.note, 'madeByName', km.name, 'madeAt', k.made_at, 'resolvedLikelihood', k.resolved_likelihood, 'resolvedNote', k.resolved_note, 'resolvedByName', kr.name, 'resolvedAt', k.resolved_at))
    from renewal_checkpoint k left join member km on km.workspace_id = k.workspace_id and km.id = k.made_by left join member kr on kr.workspace_id = k.workspace_id and kr.id = k.resolved_by
    where k.workspace_id = kernel.ws() and k.renewal_id = r.id), '[]') as checkpoints,
  exists (select from approval p where p.workspace_id = kernel.ws() and p.renewal_id = r.id and p.status = 'pending') as pending_approval`;
const joins = sql`join contract c on c.workspace_id = r.workspace_id and c.id = r.contract_id
  join account a on a.workspace_id = r.workspace_id and a.id = r.account_id
  left join member o on o.workspace_id = a.workspace_id and o.id = a.owner_id
  left join member j on j.workspace_id = r.workspace_id and j.id = r.judged_by`;

export async function list(
  tx: Tx,
  find: Find,
  today: string,
  sort: Sort,
  after: CursorValue[] | null,
  limit: number,
): Promise<RenewalRow[]> {
  const where = conditions(find, today);
  const { column, type, down } = sorts[sort];
  if (after)
    where.push(
      sql`(${column}, r.id) ${down ? sql`<` : sql`>`} (${after[0]}::text::${sql.raw(type)}, ${after[1]}::uuid)`,
    );
  const direction = down ? sql`desc` : sql`asc`;
  const { rows } = await sql<RenewalRow>`
    select ${columns}, ${column}::text as sort_key from renewal r ${joins} where ${sql.join(where, sql` and `)}
    order by ${column} ${direction}, r.id ${direction} limit ${sql.lit(limit + 1)}`.execute(tx);
  return rows;
}

export async function renewal(tx: Tx, id: string): Promise<RenewalRow | undefined> {
  const { rows } = await sql<RenewalRow>`
    select ${columns}, '' as sort_key from renewal r ${joins} where r.workspace_id = kernel.ws() and r.id = ${id}::uuid`.execute(
    tx,
  );
  return rows[0];
}

export type SumRow = {
  stage: Renewal['stage'];
  currency: string;
  count: number;
  due: number;
  weighted: number;
  at_risk: number;
  notice_passed: number;
  disagreements: number;
};
export async function sums(tx: Tx, find: Find, today: string): Promise<SumRow[]> {
  const { rows } = await sql<SumRow>`
    select r.stage, r.currency, count(*)::int as count, sum(r.due_minor)::bigint as due,
      round(sum(r.due_minor * coalesce(r.probability, r.system_probability) / 100))::bigint as weighted,
      coalesce(sum(r.due_minor) filter (where r.state = 'open' and coalesce(r.likelihood, r.system_likelihood) in ('at_risk', 'critical')), 0)::bigint as at_risk,
      count(*) filter (where r.state = 'open' and r.act_by_on < ${today}::date)::int as notice_passed,
      count(*) filter (where ${disagreement})::int as disagreements
    from renewal r join contract c on c.workspace_id = r.workspace_id and c.id = r.contract_id join account a on a.workspace_id = r.workspace_id and a.id = r.account_id
    where ${sql.join(conditions(find, today), sql` and `)} group by 1, 2`.execute(tx);
  return rows;
}

export type RenewalWrite = Partial<{
  state: string;
  stage: string;
  target: string | null;
  target_percent: string | null;
  next_step: string;
  next_step_on: string | null;
  expected_on: string | null;
  pushes: number;
  likelihood: string;
  probability: string;
  judged_by: string | null;
  judged_at: string;
  outcome: string;
  decided_on: string;
  decided_by: string | null;
  signed_on: string | null;
  renewed_minor: number;
  uplift_percent: string | null;
  discount_percent: string | null;
  new_ends_on: string | null;
  loss_reason: string | null;
  loss_competitor: string | null;
  loss_detail: string;
  loss_lesson: string;
  loss_avoidable: boolean | null;
}>;
/** Answers false when the version is not the current one. */
export async function update(tx: Tx, id: string, version: number | null, change: RenewalWrite): Promise<boolean> {
  let query = tx
    .updateTable('renewal')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', sql<string>`kernel.ws()`)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}

export type JudgementRow = {
  source: 'person' | 'system';
  likelihood: Likelihood;
  probability: string;
  note: string;
  by_name: string | null;
  made_on: string;
};
export async function judgements(tx: Tx, renewalId: string): Promise<JudgementRow[]> {
  const { rows } = await sql<JudgementRow>`
    select j.source, j.likelihood, j.probability, j.note, m.name as by_name, j.made_on from renewal_judgement j
    left join member m on m.workspace_id = j.workspace_id and m.id = j.made_by
    where j.workspace_id = kernel.ws() and j.renewal_id = ${renewalId}::uuid order by j.id desc limit 50`.execute(tx);
  return rows;
}

export async function insertJudgement(
  tx: Tx,
  row: {
    renewalId: string;
    accountId: string;
    likelihood: Likelihood;
    probability: number;
    note: string;
    madeBy: string | null;
    on: string;
  },
): Promise<void> {
  await sql`insert into renewal_judgement (workspace_id, renewal_id, account_id, source, likelihood, probability, note, made_by, made_on)
    values (kernel.ws(), ${row.renewalId}::uuid, ${row.accountId}::uuid, 'person', ${row.likelihood}, ${row.probability}, ${row.note}, ${row.madeBy}::uuid, ${row.on}::date)`.execute(
    tx,
  );
}

export async function putCheckpoint(
  tx: Tx,
  row: {
    renewalId: string;
    accountId: string;
    kind: CheckpointKind;
    answer: CheckpointAnswer;
    likelihood: Likelihood;
    systemLikelihood: Likelihood;
    note: string;
    madeBy: string | null;
    at: string;
  },
): Promise<void> {
  await sql`insert into renewal_checkpoint as k (workspace_id, renewal_id, account_id, kind, answer, likelihood, system_likelihood, note, made_by, made_at)
    values (kernel.ws(), ${row.renewalId}::uuid, ${row.accountId}::uuid, ${row.kind}, ${row.answer}, ${row.likelihood}, ${row.systemLikelihood}, ${row.note}, ${row.madeBy}::uuid, ${row.at}::timestamptz)
    on conflict (workspace_id, renewal_id, kind) do update set answer = excluded.answer, likelihood = excluded.likelihood, system_likelihood = excluded.system_likelihood,
      note = excluded.note, made_by = excluded.made_by, made_at = excluded.made_at, resolved_likelihood = null, resolved_note = '', resolved_by = null, resolved_at = null,
      version = k.version + 1, updated_at = now()`.execute(tx);
}

/** Answers false where nothing waits for the head. */
export async function resolve(
  tx: Tx,
  row: { renewalId: string; kind: CheckpointKind; likelihood: Likelihood; note: string; by: string | null; at: string },
): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update renewal_checkpoint set resolved_likelihood = ${row.likelihood}, resolved_note = ${row.note}, resolved_by = ${row.by}::uuid,
      resolved_at = ${row.at}::timestamptz, version = version + 1, updated_at = now()
    where workspace_id = kernel.ws() and renewal_id = ${row.renewalId}::uuid and kind = ${row.kind} and disagrees and resolved_at is null`.execute(
      tx,
    );
  return Number(numAffectedRows ?? 0) === 1;
}

/** The earliest day to act by among the open renewals of each account. */
export async function nextNotices(tx: Tx, accountIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ account_id: string; day: string }>`
    select account_id, min(act_by_on) as day from renewal
    where workspace_id = kernel.ws() and account_id = any(${[...accountIds]}::uuid[]) and state = 'open' group by 1`.execute(
    tx,
  );
  return new Map(rows.map((r) => [r.account_id, r.day]));
}
