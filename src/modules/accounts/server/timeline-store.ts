// Reads the audit of one account.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';

export type AuditRow = {
  id: string;
  at: string;
  actor: string;
  member_name: string | null;
  action: 'insert' | 'update' | 'delete';
  table_name: string;
  row_id: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

/** Newest first; one row more than the limit when there is a next page. */
export async function changesAt(
  tx: Tx,
  accountId: string,
  what: readonly string[] | undefined,
  after: CursorValue[] | null,
  limit: number,
): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select u.id, u.at, u.actor, m.name as member_name, u.action, u.table_name, u.row_id, u.before, u.after
    from kernel.audit u left join member m on m.workspace_id = u.workspace_id and m.id = u.member_id
    where u.workspace_id = kernel.ws() and u.account_id = ${accountId}
      ${what?.length ? sql`and u.table_name = any(${[...what]}::text[])` : sql``}
      ${after ? sql`and u.id < ${after[0]}::uuid` : sql``}
    order by u.id desc limit ${sql.lit(limit + 1)}`.execute(tx);
  return rows;
}

/** Names of members and accounts, as far as the reader may see them. */
export async function namesOf(tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from member where id = any(${[...ids]}::uuid[])
    union all select id, name from account where workspace_id = kernel.ws() and id = any(${[...ids]}::uuid[])`.execute(
    tx,
  );
  return rows;
}
