// The settings room's SQL for reading the audit log.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';

export type AuditRow = {
  id: string;
  at: string;
  actor: string;
  member_id: string | null;
  member_name: string | null;
  request_id: string | null;
  action: 'insert' | 'update' | 'delete';
  table_name: string;
  row_id: string | null;
  account_id: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};
export type AuditFind = {
  what?: string[] | undefined;
  memberId?: string | undefined;
  rowId?: string | undefined;
  accountId?: string | undefined;
  action?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  zone: string;
};

/** Newest first. Ids carry their time, so a range of days is a range of ids (a day wider, for long transactions). */
export async function audit(tx: Tx, find: AuditFind, after: string | null, limit: number): Promise<AuditRow[]> {
  const start = sql`(${find.from}::date::timestamp at time zone ${find.zone})`;
  const end = sql`((${find.to}::date + 1)::timestamp at time zone ${find.zone})`;
  const idAt = (at: typeof start) =>
    sql`(lpad(to_hex((extract(epoch from ${at}) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid`;
  const { rows } = await sql<AuditRow>`
    select u.id, u.at, u.actor, u.member_id, m.name as member_name, u.request_id, u.action, u.table_name, u.row_id, u.account_id, u.before, u.after
    from kernel.audit u left join member m on m.workspace_id = u.workspace_id and m.id = u.member_id
    where u.workspace_id = kernel.ws()
      ${find.what?.length ? sql`and u.table_name = any(${find.what}::text[])` : sql``}
      ${find.memberId ? sql`and u.member_id = ${find.memberId}` : sql``}
      ${find.rowId ? sql`and u.row_id = ${find.rowId}` : sql``}
      ${find.accountId ? sql`and u.account_id = ${find.accountId}` : sql``}
      ${find.action ? sql`and u.action = ${find.action}` : sql``}
      ${find.from ? sql`and u.at >= ${start} and u.id >= ${idAt(start)}` : sql``}
      ${find.to ? sql`and u.at < ${end} and u.id < ${idAt(sql`${end} + interval '1 day'`)}` : sql``}
      ${after ? sql`and u.id < ${after}::uuid` : sql``}
    order by u.id desc limit ${limit + 1}`.execute(tx);
  return rows;
}

/** What the things of the ground floor are called. */
export async function groundNames(tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  const wanted = sql`workspace_id = kernel.ws() and id = any(${[...ids]}::uuid[])`;
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from member where ${wanted}
    union all select id, name from team where ${wanted}
    union all select id, name from api_key where ${wanted}
    union all select id, label from custom_field where ${wanted}
    union all select id, name from saved_view where ${wanted}`.execute(tx);
  return rows;
}
