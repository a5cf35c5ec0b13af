// The people room's SQL.
import { sql } from 'kysely';
import type { Level, Role } from '../../../kernel/contract/access.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';

export type MemberRow = {
  id: string;
  name: string;
  email: string;
  title: string;
  role: Role;
  level: Level;
  team_id: string | null;
  capacity: number | null;
  user_id: string | null;
  deactivated_at: string | null;
  version: number;
  invited: boolean;
};

const memberColumns = (tx: Tx) =>
  tx
    .selectFrom('member as m')
    .select([
      'm.id',
      'm.name',
      'm.email',
      'm.title',
      'm.role',
      'm.level',
      'm.team_id',
      'm.capacity',
      'm.user_id',
      'm.deactivated_at',
      'm.version',
      sql<boolean>`exists (select from invitation i where i.workspace_id = m.workspace_id and i.member_id = m.id and i.accepted_at is null and i.revoked_at is null)`.as(
        'invited',
      ),
    ]);

export async function members(
  tx: Tx,
  find: { q?: string; includeDeactivated?: boolean; after: CursorValue[] | null; limit: number },
): Promise<MemberRow[]> {
  let query = memberColumns(tx);
  if (!find.includeDeactivated) query = query.where('m.deactivated_at', 'is', null);
  if (find.q) {
    const like = `%${find.q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((e) => e.or([e(sql`lower(m.name)`, 'like', like), e(sql`lower(m.email)`, 'like', like)]));
  }
  if (find.after) query = query.where(sql<boolean>`(lower(m.name), m.id) > (${find.after[0]}, ${find.after[1]}::uuid)`);
  return (await query
    .orderBy(sql`lower(m.name)`)
    .orderBy('m.id')
    .limit(find.limit + 1)
    .execute()) as MemberRow[];
}

export async function member(tx: Tx, id: string): Promise<MemberRow | undefined> {
  return (await memberColumns(tx).where('m.id', '=', id).executeTakeFirst()) as MemberRow | undefined;
}

export async function memberByEmail(tx: Tx, email: string): Promise<MemberRow | undefined> {
  return (await memberColumns(tx).where(sql`lower(m.email)`, '=', email.toLowerCase()).executeTakeFirst()) as
    | MemberRow
    | undefined;
}

/** The active member with this e-mail, or without one the admin who came first. */
export async function actingMember(tx: Tx, workspaceId: string, email?: string): Promise<MemberRow | undefined> {
  let query = memberColumns(tx).where('m.workspace_id', '=', workspaceId).where('m.deactivated_at', 'is', null);
  query = email ? query.where(sql`lower(m.email)`, '=', email.toLowerCase()) : query.where('m.role', '=', 'admin');
  return (await query.orderBy('m.created_at').orderBy('m.id').limit(1).executeTakeFirst()) as MemberRow | undefined;
}

export type MemberWrite = {
  name?: string;
  email?: string;
  title?: string;
  role?: Role;
  level?: Level;
  team_id?: string | null;
  capacity?: number | null;
  user_id?: string | null;
  deactivated_at?: string | null;
};

export async function insertMember(
  tx: Tx,
  workspaceId: string,
  m: MemberWrite & { name: string; email: string; role: Role; level: Level },
): Promise<string> {
  const row = await tx
    .insertInto('member')
    .values({ workspace_id: workspaceId, ...m })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Members whom a list names and who cannot sign in yet; one whose e-mail is taken is passed over. */
export async function insertNamed(tx: Tx, members: readonly { name: string; email: string }[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`insert into member (workspace_id, name, email, role, level)
    select kernel.ws(), m.name, m.email, 'kam', 'account_team' from unnest(${members.map((m) => m.name)}::text[], ${members.map((m) => m.email)}::text[]) m(name, email)
    on conflict (workspace_id, lower(email)) do nothing returning id`.execute(tx);
  return rows.map((r) => r.id);
}

/** Takes named members away whom nobody invited and nothing refers to. */
export async function deleteNamed(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`delete from member where workspace_id = kernel.ws() and id = any (${[...ids]}::uuid[]) and user_id is null
    and not exists (select from invitation i where i.workspace_id = member.workspace_id and i.member_id = member.id)
    and id not in (select id from kernel.referenced('member', ${[...ids]}::uuid[]))`.execute(tx);
}

/** Answers false when the version is not the current one. */
export async function updateMember(tx: Tx, id: string, version: number | null, change: MemberWrite): Promise<boolean> {
  let query = tx
    .updateTable('member')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}

/** Locks the admins, so that two admins cannot both step down at once. */
export async function activeAdmins(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectFrom('member')
    .select('id')
    .where('role', '=', 'admin')
    .where('deactivated_at', 'is', null)
    .where('user_id', 'is not', null)
    .forUpdate()
    .execute();
  return rows.map((r) => r.id);
}

export async function insertInvitation(
  tx: Tx,
  row: {
    workspace_id: string;
    member_id: string;
    email: string;
    token_hash: string;
    invited_by: string | null;
    expires_at: string;
  },
): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ revoked_at: sql`now()` })
    .where('member_id', '=', row.member_id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute();
  await tx.insertInto('invitation').values(row).execute();
}

export async function teams(tx: Tx) {
  return tx
    .selectFrom('team as t')
    .select([
      't.id',
      't.name',
      't.parent_id',
      't.version',
      sql<number>`(select count(*) from member m where m.workspace_id = t.workspace_id and m.team_id = t.id and m.deactivated_at is null)`.as(
        'member_count',
      ),
    ])
    .orderBy(sql`lower(t.name)`)
    .limit(2000)
    .execute();
}

export async function insertTeam(tx: Tx, workspaceId: string, name: string, parentId: string | null): Promise<string> {
  return (
    await tx
      .insertInto('team')
      .values({ workspace_id: workspaceId, name, parent_id: parentId })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id;
}
export async function updateTeam(
  tx: Tx,
  id: string,
  version: number,
  change: { name?: string; parent_id?: string | null },
): Promise<boolean> {
  return (
    (
      await tx
        .updateTable('team')
        .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirst()
    ).numUpdatedRows === 1n
  );
}
export async function deleteTeam(tx: Tx, id: string): Promise<boolean> {
  return (await tx.deleteFrom('team').where('id', '=', id).executeTakeFirst()).numDeletedRows === 1n;
}

export async function apiKeys(
  tx: Tx,
  find: { memberId?: string; id?: string; after: CursorValue[] | null; limit: number },
) {
  let query = tx
    .selectFrom('api_key as k')
    .innerJoin('member as m', (j) => j.onRef('m.workspace_id', '=', 'k.workspace_id').onRef('m.id', '=', 'k.member_id'))
    .select([
      'k.id',
      'k.name',
      'k.prefix',
      'k.member_id',
      'm.name as member_name',
      'k.created_at',
      'k.expires_at',
      'k.last_used_at',
      'k.revoked_at',
    ]);
  if (find.memberId) query = query.where('k.member_id', '=', find.memberId);
  if (find.id) query = query.where('k.id', '=', find.id);
  if (find.after) query = query.where('k.id', '<', String(find.after[0]));
  return query
    .orderBy('k.id', 'desc')
    .limit(find.limit + 1)
    .execute();
}
export async function insertApiKey(
  tx: Tx,
  row: {
    workspace_id: string;
    member_id: string;
    name: string;
    prefix: string;
    key_hash: string;
    expires_at: string | null;
  },
): Promise<string> {
  return (await tx.insertInto('api_key').values(row).returning('id').executeTakeFirstOrThrow()).id;
}
export async function revokeApiKey(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('api_key')
    .set({ revoked_at: sql`now()` })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute();
}

export async function notifications(
  tx: Tx,
  memberId: string,
  find: { unread?: boolean; after: CursorValue[] | null; limit: number },
) {
  let query = tx
    .selectFrom('notification')
    .select(['id', 'kind', 'title', 'detail', 'link', 'read_at', 'created_at'])
    .where('member_id', '=', memberId);
  if (find.unread) query = query.where('read_at', 'is', null);
  if (find.after) query = query.where('id', '<', String(find.after[0]));
  return query
    .orderBy('id', 'desc')
    .limit(find.limit + 1)
    .execute();
}
export async function unreadCount(tx: Tx, memberId: string): Promise<number> {
  const row = await tx
    .selectFrom('notification')
    .select(sql<number>`count(*)`.as('n'))
    .where('member_id', '=', memberId)
    .where('read_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}
export async function markRead(tx: Tx, memberId: string, ids: string[] | undefined): Promise<void> {
  let query = tx
    .updateTable('notification')
    .set({ read_at: sql`now()` })
    .where('member_id', '=', memberId)
    .where('read_at', 'is', null);
  if (ids) query = query.where('id', 'in', ids.length ? ids : ['00000000-0000-0000-0000-000000000000']);
  await query.execute();
}
export async function insertNotifications(
  tx: Tx,
  workspaceId: string,
  memberIds: string[],
  news: { kind: string; title: string; detail?: string; link?: string | null; dedupeKey?: string | null },
): Promise<void> {
  if (!memberIds.length) return;
  await sql`insert into notification (workspace_id, member_id, kind, title, detail, link, dedupe_key)
    select ${workspaceId}::uuid, m, ${news.kind}, ${news.title}, ${news.detail ?? ''}, ${news.link ?? null}, ${news.dedupeKey ?? null}
    from unnest(${memberIds}::uuid[]) m
    on conflict do nothing`.execute(tx);
}

/** Two first visits at once make one workspace. */
export async function oneSetupAtATime(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(4400)`.execute(tx);
}
