// The actions room's SQL.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import type { Action, SORTS } from '../api.ts';

export type ActionRow = {
  id: string;
  title: string;
  notes: string;
  owner_id: string | null;
  owner_name: string | null;
  due_on: string | null;
  status: Action['status'];
  done_at: string | null;
  priority: Action['priority'];
  account_id: string | null;
  account_name: string | null;
  link_kind: string | null;
  link_id: string | null;
  created_by: string | null;
  created_by_name: string | null;
  position: number;
  version: number;
  created_at: string;
  updated_at: string;
  sort_key: string;
};
export type Sort = (typeof SORTS)[number];

export type Find = {
  q?: string | undefined;
  /** The member whose actions are wanted. */
  mine?: string | null | undefined;
  ownerId?: string[] | undefined;
  accountId?: string | undefined;
  status?: string[] | undefined;
  priority?: string[] | undefined;
  overdue?: boolean | undefined;
  dueFrom?: string | undefined;
  dueTo?: string | undefined;
  linkKind?: string | undefined;
  linkId?: string[] | undefined;
};

function conditions(f: Find, today: string): RawBuilder<SqlBool>[] {
  const all: RawBuilder<SqlBool>[] = [sql`t.workspace_id = kernel.ws()`];
  if (f.q) all.push(sql`t.title_key like kernel.fold(${`%${f.q.replace(/[\\%_]/g, '\\$&')}%`})`);
  if (f.mine !== undefined) all.push(sql`t.owner_id = ${f.mine}::uuid`);
  if (f.ownerId?.length) {
    const owners = f.ownerId.filter((o) => o !== 'none');
    const owned = sql<SqlBool>`t.owner_id = any(${owners}::uuid[])`;
    all.push(owners.length < f.ownerId.length ? sql`(t.owner_id is null or ${owned})` : owned);
  }
  if (f.accountId === 'none') all.push(sql`t.account_id is null`);
  else if (f.accountId) all.push(sql`t.account_id = ${f.accountId}::uuid`);
  if (f.status?.length) all.push(sql`t.status = any(${f.status}::text[])`);
  if (f.priority?.length) all.push(sql`t.priority = any(${f.priority}::text[])`);
  const late = sql<SqlBool>`(t.status = 'open' and t.due_on is not null and t.due_on < ${today}::date)`;
  if (f.overdue !== undefined) all.push(f.overdue ? late : sql`not ${late}`);
  if (f.dueFrom) all.push(sql`t.due_on >= ${f.dueFrom}::date`);
  if (f.dueTo) all.push(sql`t.due_on <= ${f.dueTo}::date`);
  if (f.linkKind) all.push(sql`t.link_kind = ${f.linkKind}`);
  if (f.linkId?.length) all.push(sql`t.link_id = any(${f.linkId}::uuid[])`);
  return all;
}

// Every sort has a total order: without a due day comes last, ties break by id.
const sorts: Record<Sort, { column: RawBuilder<unknown>; type: string; down: boolean }> = {
  due: { column: sql`coalesce(t.due_on, '9999-12-31')`, type: 'date', down: false },
  '-due': { column: sql`coalesce(t.due_on, '0001-01-01')`, type: 'date', down: true },
  '-updatedAt': { column: sql`t.updated_at`, type: 'timestamptz', down: true },
  position: { column: sql`t.position`, type: 'int', down: false },
};

const columns = sql`t.id, t.title, t.notes, t.owner_id, o.name as owner_name, t.due_on, t.status, t.done_at, t.priority, t.account_id, a.name as account_name,
  t.link_kind, t.link_id, t.created_by, c.name as created_by_name, t.position, t.version, t.created_at, t.updated_at`;
const joins = sql`left join member o on o.workspace_id = t.workspace_id and o.id = t.owner_id
  left join member c on c.workspace_id = t.workspace_id and c.id = t.created_by
  left join account a on a.workspace_id = t.workspace_id and a.id = t.account_id`;

/** One page; one row more than the limit when there is a next page. */
export async function list(
  tx: Tx,
  find: Find,
  today: string,
  sort: Sort,
  after: CursorValue[] | null,
  limit: number,
): Promise<ActionRow[]> {
  const where = conditions(find, today);
  const { column, type, down } = sorts[sort];
  if (after)
    where.push(
      sql`(${column}, t.id) ${down ? sql`<` : sql`>`} (${after[0]}::text::${sql.raw(type)}, ${after[1]}::uuid)`,
    );
  const direction = down ? sql`desc` : sql`asc`;
  const { rows } = await sql<ActionRow>`
    select ${columns}, ${column}::text as sort_key from action t ${joins} where ${sql.join(where, sql` and `)}
    order by ${column} ${direction}, t.id ${direction} limit ${sql.lit(limit + 1)}`.execute(tx);
  return rows;
}

export async function summary(tx: Tx, find: Find, today: string) {
  const { rows } = await sql<{ count: number; open: number; overdue: number; this_week: number }>`
    select count(*) as count, count(*) filter (where t.status = 'open') as open,
      count(*) filter (where t.status = 'open' and t.due_on < ${today}::date) as overdue,
      count(*) filter (where t.status = 'open' and t.due_on between ${today}::date and date_trunc('week', ${today}::date)::date + 6) as this_week
    from action t where ${sql.join(conditions(find, today), sql` and `)}`.execute(tx);
  return rows[0]!;
}

export async function action(tx: Tx, id: string): Promise<ActionRow | undefined> {
  const { rows } =
    await sql<ActionRow>`select ${columns}, '' as sort_key from action t ${joins} where t.workspace_id = kernel.ws() and t.id = ${id}::uuid`.execute(
      tx,
    );
  return rows[0];
}

export type ActionWrite = Partial<{
  title: string;
  notes: string;
  owner_id: string | null;
  due_on: string | null;
  priority: string;
  position: number;
  account_id: string | null;
}>;

export async function insert(
  tx: Tx,
  workspaceId: string,
  row: ActionWrite & {
    id: string;
    title: string;
    link_kind: string | null;
    link_id: string | null;
    created_by: string | null;
  },
): Promise<void> {
  // Without a place of its own it goes to the end of what it belongs to.
  const position =
    row.position ??
    (row.link_id
      ? sql<number>`(select coalesce(max(position) + 1, 0) from action where workspace_id = ${workspaceId}::uuid and link_id = ${row.link_id}::uuid)`
      : 0);
  await tx
    .insertInto('action')
    .values({ workspace_id: workspaceId, ...row, position })
    .execute();
}

/** Answers false when the version is not the current one. */
export async function update(
  tx: Tx,
  workspaceId: string,
  id: string,
  version: number | null,
  change: ActionWrite,
): Promise<boolean> {
  let query = tx
    .updateTable('action')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}

/** Locks the rows; answers those that the actor sees, with the state they are in. */
export async function lock(tx: Tx, ids: readonly string[]): Promise<{ id: string; status: Action['status'] }[]> {
  const { rows } = await sql<{ id: string; status: Action['status'] }>`
    select id, status from action where workspace_id = kernel.ws() and id = any(${[...ids]}::uuid[]) order by id for update`.execute(
    tx,
  );
  return rows;
}

export async function setStatus(
  tx: Tx,
  ids: readonly string[],
  status: Action['status'],
  at: string | null,
): Promise<void> {
  await sql`update action set status = ${status}, done_at = ${at}::timestamptz, version = version + 1, updated_at = now()
    where workspace_id = kernel.ws() and id = any(${[...ids]}::uuid[])`.execute(tx);
}

/** Everything of one account goes over to another. */
export async function moveAll(tx: Tx, from: string, into: string): Promise<void> {
  await sql`update action set account_id = ${into}::uuid, version = version + 1 where workspace_id = kernel.ws() and account_id = ${from}::uuid`.execute(
    tx,
  );
}

export async function activeMember(tx: Tx, id: string): Promise<boolean> {
  const { rows } =
    await sql`select from member where workspace_id = kernel.ws() and id = ${id}::uuid and deactivated_at is null`.execute(
      tx,
    );
  return rows.length === 1;
}
