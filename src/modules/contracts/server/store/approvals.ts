// SQL of approvals and their steps.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../../kernel/server/database.ts';
import type { CursorValue } from '../../../../kernel/server/paging.ts';
import type { Approval } from '../../api-offers.ts';
import type { StepKind } from '../rules/approvals.ts';

type Person = { id: string; name: string };
export type StepRow = {
  id: string;
  number: number;
  kind: StepKind;
  status: Approval['steps'][number]['status'];
  approvers: Person[];
  delegatedBy: Person | null;
  decidedBy: Person | null;
  decidedAt: string | null;
  note: string;
  remindedAt: string | null;
};
/** The scenario as the approvers see it, with the names that they may not be able to look up. */
export type Attached = Approval['scenario'] & {
  accountName: string;
  contractName: string;
  offerName: string;
  dueOn: string;
};
export type ApprovalRow = {
  id: string;
  status: Approval['status'];
  account_id: string;
  sees_account: boolean;
  renewal_id: string;
  offer_id: string | null;
  terms: unknown;
  scenario: Attached;
  discount_percent: string;
  limit_percent: string;
  reason: string;
  requested_by: string | null;
  requested_by_name: string | null;
  created_at: string;
  decided_at: string | null;
  approver_ids: string[];
  steps: StepRow[];
  version: number;
};

const person = (column: string) =>
  sql`(select jsonb_build_object('id', m.id, 'name', m.name) from member m where m.workspace_id = kernel.ws() and m.id = s.${sql.ref(column)})`;
const columns = sql`p.id, p.status, p.account_id, exists (select from account a where a.workspace_id = kernel.ws() and a.id = p.account_id) as sees_account, p.renewal_id, p.offer_id,
  p.terms, p.scenario, p.discount_percent, p.limit_percent, p.reason, p.requested_by, r.name as requested_by_name, p.created_at, p.decided_at, p.approver_ids, p.version,
  (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'number', s.number, 'kind', s.kind, 'status', s.status, 'note', s.note, 'decidedAt', s.decided_at, 'remindedAt', s.reminded_at,
      'approvers', (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name) order by m.name), '[]') from member m where m.workspace_id = kernel.ws() and m.id = any (s.approver_ids)),
      'delegatedBy', ${person('delegated_by')}, 'decidedBy', ${person('decided_by')}) order by s.number), '[]')
    from approval_step s where s.workspace_id = kernel.ws() and s.approval_id = p.id) as steps`;
const joins = sql`left join member r on r.workspace_id = p.workspace_id and r.id = p.requested_by`;

export type Find = {
  /** The member whose step is pending, or who asked. */
  waitingFor?: string | null;
  requestedBy?: string | null;
  status?: string[] | undefined;
  accountId?: string | undefined;
  renewalId?: string | undefined;
};
export async function list(tx: Tx, f: Find, after: CursorValue[] | null, limit: number): Promise<ApprovalRow[]> {
  const where: RawBuilder<SqlBool>[] = [sql`p.workspace_id = kernel.ws()`];
  if (f.waitingFor !== undefined)
    where.push(sql`p.status = 'pending' and p.requested_by is distinct from ${f.waitingFor}::uuid and exists (select from approval_step s where s.workspace_id = kernel.ws()
      and s.approval_id = p.id and s.status = 'pending' and ${f.waitingFor}::uuid = any (s.approver_ids))`);
  if (f.requestedBy !== undefined) where.push(sql`p.requested_by = ${f.requestedBy}::uuid`);
  if (f.status?.length) where.push(sql`p.status = any(${f.status}::text[])`);
  if (f.accountId) where.push(sql`p.account_id = ${f.accountId}::uuid`);
  if (f.renewalId) where.push(sql`p.renewal_id = ${f.renewalId}::uuid`);
  if (after) where.push(sql`p.id < ${after[0]}::uuid`);
  const { rows } = await sql<ApprovalRow>`
    select ${columns} from approval p ${joins} where ${sql.join(where, sql` and `)} order by p.id desc limit ${sql.lit(limit + 1)}`.execute(
    tx,
  );
  return rows;
}
export async function approval(tx: Tx, id: string): Promise<ApprovalRow | undefined> {
  const { rows } =
    await sql<ApprovalRow>`select ${columns} from approval p ${joins} where p.workspace_id = kernel.ws() and p.id = ${id}::uuid`.execute(
      tx,
    );
  return rows[0];
}
/** Two approvers at once decide one after the other. */
export async function lock(tx: Tx, id: string): Promise<void> {
  await sql`select from approval where workspace_id = kernel.ws() and id = ${id}::uuid for update`.execute(tx);
}

export async function insert(
  tx: Tx,
  workspaceId: string,
  row: {
    id: string;
    accountId: string;
    renewalId: string;
    offerId: string;
    terms: unknown;
    scenario: Attached;
    discount: number;
    limit: number;
    reason: string;
    requestedBy: string | null;
    steps: { kind: StepKind; approverIds: string[] }[];
    at: string;
  },
): Promise<void> {
  await tx
    .insertInto('approval')
    .values({
      workspace_id: workspaceId,
      id: row.id,
      account_id: row.accountId,
      renewal_id: row.renewalId,
      offer_id: row.offerId,
      terms: JSON.stringify(row.terms),
      scenario: JSON.stringify(row.scenario),
      discount_percent: String(row.discount),
      limit_percent: String(row.limit),
      reason: row.reason,
      requested_by: row.requestedBy,
      approver_ids: [...new Set(row.steps.flatMap((s) => s.approverIds))],
    })
    .execute();
  await tx
    .insertInto('approval_step')
    .values(
      row.steps.map((s, i) => ({
        workspace_id: workspaceId,
        approval_id: row.id,
        account_id: row.accountId,
        number: i + 1,
        kind: s.kind,
        status: i === 0 ? 'pending' : 'waiting',
        approver_ids: s.approverIds,
        ...(i === 0 ? { pending_since: row.at } : {}),
      })),
    )
    .execute();
}

export async function decideStep(
  tx: Tx,
  step: { id: string; status: 'approved' | 'refused'; by: string | null; at: string; note: string },
): Promise<void> {
  await sql`update approval_step set status = ${step.status}, decided_by = ${step.by}::uuid, decided_at = ${step.at}::timestamptz, note = ${step.note}, version = version + 1, updated_at = now()
    where workspace_id = kernel.ws() and id = ${step.id}::uuid`.execute(tx);
}
export async function openStep(tx: Tx, id: string, at: string): Promise<void> {
  await sql`update approval_step set status = 'pending', pending_since = ${at}::timestamptz, version = version + 1, updated_at = now() where workspace_id = kernel.ws() and id = ${id}::uuid`.execute(
    tx,
  );
}
export async function setStatus(tx: Tx, id: string, status: Approval['status'], at: string): Promise<void> {
  await sql`update approval set status = ${status}, decided_at = ${at}::timestamptz, version = version + 1, updated_at = now() where workspace_id = kernel.ws() and id = ${id}::uuid`.execute(
    tx,
  );
}
export async function delegate(
  tx: Tx,
  a: { approvalId: string; stepId: string; from: string | null; to: string; note: string },
): Promise<void> {
  await sql`update approval set approver_ids = array_append(approver_ids, ${a.to}::uuid), version = version + 1, updated_at = now()
    where workspace_id = kernel.ws() and id = ${a.approvalId}::uuid and not (${a.to}::uuid = any (approver_ids))`.execute(
    tx,
  );
  await sql`update approval_step set approver_ids = case when ${a.to}::uuid = any (approver_ids) then approver_ids else array_append(approver_ids, ${a.to}::uuid) end,
      delegated_by = ${a.from}::uuid, delegated_to = ${a.to}::uuid, note = ${a.note}, version = version + 1, updated_at = now()
    where workspace_id = kernel.ws() and id = ${a.stepId}::uuid`.execute(tx);
}

export type Waiting = {
  step_id: string;
  approval_id: string;
  account_id: string;
  approver_ids: string[];
  scenario: Attached;
  discount_percent: string;
  requested_by_name: string | null;
};
/** Pending steps that nobody was reminded of within the workspace's days; marks them as reminded. */
export async function takeReminders(tx: Tx, now: string): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    with due as (
      update approval_step s set reminded_at = ${now}::timestamptz, reminders = s.reminders + 1
      where s.workspace_id = kernel.ws() and s.status = 'pending' and coalesce(s.reminded_at, s.pending_since)
        <= ${now}::timestamptz - make_interval(days => coalesce((select remind_after_days from contract_settings where workspace_id = kernel.ws()), 2))
      returning s.id, s.approval_id, s.approver_ids)
    select d.id as step_id, p.id as approval_id, p.account_id, d.approver_ids, p.scenario, p.discount_percent, m.name as requested_by_name
    from due d join approval p on p.workspace_id = kernel.ws() and p.id = d.approval_id and p.status = 'pending'
    left join member m on m.workspace_id = p.workspace_id and m.id = p.requested_by order by d.id`.execute(tx);
  return rows;
}
