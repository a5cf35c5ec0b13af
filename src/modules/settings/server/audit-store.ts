// The settings room's SQL for reading the audit log.
import { type RawBuilder, sql } from 'kysely';
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
  return (await auditQuery(find, after, limit).execute(tx)).rows;
}

/** The query of a page, for its plan too. */
export const auditQuery = (find: AuditFind, after: string | null, limit: number): RawBuilder<AuditRow> =>
  sql<AuditRow>`
    with recursive ${pageOf(find, after, limit)}
    select u.id, u.at, u.actor, u.member_id, m.name as member_name, u.request_id, u.action, u.table_name, u.row_id, u.account_id, u.before, u.after
    from page join kernel.audit u on u.workspace_id = kernel.ws() and u.id = page.id
    left join member m on m.workspace_id = u.workspace_id and m.id = u.member_id
    order by u.id desc`;

/** `page (id)`: one row more than wanted. */
function pageOf(find: AuditFind, after: string | null, limit: number): RawBuilder<unknown> {
  const rest = restOf(find, after);
  const some = sql.lit(limit + 1);
  // A row or an account has few entries and its own index; without filter the log itself is in order.
  if (find.rowId || find.accountId || !(find.what?.length || find.memberId))
    return sql`page as materialized (select u.id from kernel.audit u where u.workspace_id = kernel.ws()
      ${find.what?.length ? sql`and u.table_name = any(${find.what}::text[])` : sql``}
      ${find.memberId ? sql`and u.member_id = ${find.memberId}` : sql``} ${rest} order by u.id desc limit ${some})`;
  // The index has kind, member, id: each pair that is wanted gives its newest entries, and of those the newest are the page.
  const newest = (where: RawBuilder<unknown>) =>
    sql`cross join lateral (select u.id from kernel.audit u where u.workspace_id = kernel.ws() and ${where} ${rest}
      order by u.member_id, u.id desc limit ${some}) u`;
  const next = (what: 'table_name' | 'member_id', where: RawBuilder<unknown>) =>
    sql`(select a.${sql.ref(what)} from kernel.audit a where a.workspace_id = kernel.ws() and ${where} order by a.${sql.ref(what)} limit 1)`;
  const kinds = find.what?.length
    ? sql`kind (name) as (select distinct unnest(${find.what}::text[]))`
    : // Those that there are, one look into the index each.
      sql`kind (name) as (select ${next('table_name', sql`true`)} union all
        select ${next('table_name', sql`a.table_name > kind.name`)} from kind where kind.name is not null)`;
  if (find.memberId)
    return sql`${kinds}, page as materialized (
      select u.id from kind ${newest(sql`u.table_name = kind.name and u.member_id = ${find.memberId}`)} order by 1 desc limit ${some})`;
  return sql`${kinds}, pair (name, member_id) as (
      select kind.name, ${next('member_id', sql`a.table_name = kind.name and a.member_id is not null`)} from kind union all
      select pair.name, ${next('member_id', sql`a.table_name = pair.name and a.member_id > pair.member_id`)} from pair where pair.member_id is not null),
    page as materialized (
      select u.id from pair ${newest(sql`u.table_name = pair.name and u.member_id = pair.member_id`)}
      union all select u.id from kind ${newest(sql`u.table_name = kind.name and u.member_id is null`)} order by 1 desc limit ${some})`;
}

function restOf(find: AuditFind, after: string | null): RawBuilder<unknown> {
  const start = sql`(${find.from}::date::timestamp at time zone ${find.zone})`;
  const end = sql`((${find.to}::date + 1)::timestamp at time zone ${find.zone})`;
  const idAt = (at: typeof start) =>
    sql`(lpad(to_hex((extract(epoch from ${at}) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid`;
  return sql`
    ${find.rowId ? sql`and u.row_id = ${find.rowId}` : sql``}
    ${find.accountId ? sql`and u.account_id = ${find.accountId}` : sql``}
    ${find.action ? sql`and u.action = ${find.action}` : sql``}
    ${find.from ? sql`and u.at >= ${start} and u.id >= ${idAt(start)}` : sql``}
    ${find.to ? sql`and u.at < ${end} and u.id < ${idAt(sql`${end} + interval '1 day'`)}` : sql``}
    ${after ? sql`and u.id < ${after}::uuid` : sql``}`;
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
