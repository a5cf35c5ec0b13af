// SQL of taking a decision back: the audit of the decision says what it changed, and whether anything followed.
import { sql } from 'kysely';
import type { Tx } from '../../../../kernel/server/database.ts';

export type Changed = {
  id: string;
  table: string;
  rowId: string;
  action: 'insert' | 'update' | 'delete';
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

/** Everything that the last decision of a renewal changed, in its order; nothing where no person decided it. */
export async function changesOf(tx: Tx, renewalId: string, accountId: string): Promise<Changed[]> {
  const { rows } = await sql<Changed>`
    with decision as (
      select u.request_id, u.at from kernel.audit u where u.workspace_id = kernel.ws() and u.account_id = ${accountId}::uuid
        and u.table_name = 'renewal' and u.row_id = ${renewalId}::uuid and u.after ->> 'state' = 'decided' and u.request_id is not null
      order by u.id desc limit 1)
    select u.id, u.table_name as "table", u.row_id as "rowId", u.action, u.before, u.after
    from decision d join kernel.audit u on u.workspace_id = kernel.ws() and u.account_id = ${accountId}::uuid and u.at = d.at and u.request_id = d.request_id
    where u.table_name in ('contract', 'contract_line', 'contract_amendment', 'concession', 'renewal') order by u.id`.execute(
    tx,
  );
  return rows;
}

/** Whether people changed the contract, its lines, or what came of the decision, after it. What the system thinks of renewals is no change. */
export async function isFollowed(
  tx: Tx,
  f: { accountId: string; contractId: string; rowIds: readonly string[]; lastId: string },
): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select exists (select from kernel.audit u where u.workspace_id = kernel.ws() and u.account_id = ${f.accountId}::uuid and u.id > ${f.lastId}::uuid
      and (u.row_id = any(${[...f.rowIds]}::uuid[]) or u.row_id = ${f.contractId}::uuid or u.after ->> 'contract_id' = ${f.contractId} or u.before ->> 'contract_id' = ${f.contractId}
        or u.after ->> 'renewal_id' = any(${[...f.rowIds]}::text[]) or u.after ->> 'answers_id' = any(${[...f.rowIds]}::text[]))
      and not (u.table_name = 'renewal_judgement' and u.after ->> 'source' = 'system')
      and not (u.table_name = 'renewal' and u.action = 'update'
        and not exists (select from jsonb_object_keys(u.after) k where k not like 'system\_%'))) as is`.execute(tx);
  return rows[0]!.is;
}

const uuids = (ids: readonly string[]) => sql`${[...ids]}::uuid[]`;
const jsons = (rows: readonly unknown[]) => sql`${JSON.stringify(rows)}::jsonb`;

/** Puts back what a decision on this renewal changed. */
export async function putBack(tx: Tx, renewalId: string, changes: readonly Changed[]): Promise<void> {
  const of = (table: string, action: Changed['action']) =>
    changes.filter((c) => c.table === table && c.action === action);
  const ids = (table: string) => uuids(of(table, 'insert').map((c) => c.rowId));
  const next = changes.filter((c) => c.table === 'renewal' && c.rowId !== renewalId && c.after?.state === 'open');
  // The term that would have followed never happens.
  await sql`update renewal set state = 'dropped', version = version + 1, updated_at = now()
    where workspace_id = kernel.ws() and id = any(${uuids(next.map((c) => c.rowId))})`.execute(tx);
  await sql`delete from concession where workspace_id = kernel.ws() and id = any(${ids('concession')})`.execute(tx);
  await sql`delete from contract_line where workspace_id = kernel.ws() and id = any(${ids('contract_line')})`.execute(
    tx,
  );
  await sql`delete from contract_amendment where workspace_id = kernel.ws() and id = any(${ids('contract_amendment')})`.execute(
    tx,
  );
  const ended = of('contract_line', 'update').filter((c) => c.before && 'ends_on' in c.before);
  await sql`update contract_line l set ends_on = b.ends_on, version = l.version + 1, updated_at = now()
    from jsonb_to_recordset(${jsons(ended.map((c) => ({ id: c.rowId, ends_on: c.before?.ends_on ?? null })))}) b(id uuid, ends_on date)
    where l.workspace_id = kernel.ws() and l.id = b.id`.execute(tx);
  for (const { before } of of('contract_line', 'delete'))
    await sql`insert into contract_line select * from jsonb_populate_record(null::contract_line, ${JSON.stringify(before)}::jsonb)`.execute(
      tx,
    );
  // The oldest value is the one before the decision, whatever was written in between.
  const contracts = of('contract', 'update').reverse();
  for (const { rowId, before } of contracts)
    await sql`update contract c set ends_on = x.ends_on, status = x.status, auto_renews = x.auto_renews, signed_on = x.signed_on,
        version = c.version + 1, updated_at = now()
      from contract o, jsonb_populate_record(o, ${JSON.stringify(before)}::jsonb) x
      where c.workspace_id = kernel.ws() and c.id = ${rowId}::uuid and o.workspace_id = kernel.ws() and o.id = c.id`.execute(
      tx,
    );
  const stage = of('renewal', 'update').find((c) => c.rowId === renewalId && c.before && 'stage' in c.before);
  await sql`update renewal set state = 'open', stage = ${String(stage?.before?.stage ?? 'preparing')}, outcome = null, decided_on = null, decided_by = null, signed_on = null,
      renewed_minor = null, uplift_percent = null, discount_percent = null, new_ends_on = null, loss_reason = null, loss_competitor = null,
      loss_detail = '', loss_lesson = '', loss_avoidable = null, version = version + 1, updated_at = now()
    where workspace_id = kernel.ws() and id = ${renewalId}::uuid`.execute(tx);
}
