// The documents room's SQL.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';

export type VersionRow = {
  version_id: string;
  number: number;
  file_key: string;
  file_name: string;
  type: string;
  bytes: number;
  note: string;
  uploaded_by: string | null;
  uploaded_by_name: string | null;
  uploaded_at: string;
};
export type DocumentRow = VersionRow & {
  id: string;
  title: string;
  account_id: string | null;
  account_name: string | null;
  link_kind: string | null;
  link_id: string | null;
  tags: string[];
  version: number;
  created_at: string;
  updated_at: string;
  archived_at: string | null;
  sort_key: string;
};

const versionColumns = sql`v.id as version_id, v.number, v.file_key, v.file_name, v.type, v.bytes, v.note, v.uploaded_by, u.name as uploaded_by_name, v.created_at as uploaded_at`;
const documents = sql`
  select d.id, d.title, d.account_id, a.name as account_name, d.link_kind, d.link_id, d.tags, d.version, d.created_at, d.updated_at, d.archived_at,
         to_char(d.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as sort_key, ${versionColumns}
  from document d
  join document_version v on v.workspace_id = d.workspace_id and v.document_id = d.id and v.number = d.current_number
  left join account a on a.workspace_id = d.workspace_id and a.id = d.account_id
  left join member u on u.workspace_id = v.workspace_id and u.id = v.uploaded_by`;

export type Find = {
  q?: string | undefined;
  /** An account, or `none`. */
  accountId?: string | undefined;
  linkKind?: string | undefined;
  linkId?: string | undefined;
  tag?: string[] | undefined;
  uploadedFrom?: string | undefined;
  archived?: boolean | undefined;
};

function conditions(f: Find): RawBuilder<SqlBool>[] {
  const all: RawBuilder<SqlBool>[] = [
    sql`d.workspace_id = kernel.ws()`,
    f.archived ? sql`d.archived_at is not null` : sql`d.archived_at is null`,
  ];
  if (f.q) all.push(sql`d.title_key like kernel.fold(${`%${f.q.replace(/[\\%_]/g, '\\$&')}%`})`);
  if (f.accountId === 'none') all.push(sql`d.account_id is null`);
  else if (f.accountId) all.push(sql`d.account_id = ${f.accountId}::uuid`);
  if (f.linkKind) all.push(sql`d.link_kind = ${f.linkKind}`);
  if (f.linkId) all.push(sql`d.link_id = ${f.linkId}::uuid`);
  if (f.tag?.length) all.push(sql`d.tags && ${f.tag}::text[]`);
  if (f.uploadedFrom) all.push(sql`v.created_at >= ${f.uploadedFrom}::date`);
  return all;
}

/** One page, last changed first; one row more than the limit when there is a next page. */
export async function list(tx: Tx, find: Find, after: CursorValue[] | null, limit: number): Promise<DocumentRow[]> {
  const where = conditions(find);
  if (after) where.push(sql`(d.updated_at, d.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const { rows } =
    await sql<DocumentRow>`${documents} where ${sql.join(where, sql` and `)} order by d.updated_at desc, d.id desc limit ${sql.lit(limit + 1)}`.execute(
      tx,
    );
  return rows;
}

export async function document(tx: Tx, id: string): Promise<DocumentRow | undefined> {
  const { rows } =
    await sql<DocumentRow>`${documents} where d.workspace_id = kernel.ws() and d.id = ${id}::uuid`.execute(tx);
  return rows[0];
}

export async function versions(
  tx: Tx,
  documentId: string,
  find: { number?: number | undefined; before?: CursorValue | undefined; limit: number },
): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select ${versionColumns} from document_version v left join member u on u.workspace_id = v.workspace_id and u.id = v.uploaded_by
    where v.workspace_id = kernel.ws() and v.document_id = ${documentId}::uuid
      ${find.number === undefined ? sql`` : sql`and v.number = ${find.number}`} ${find.before === undefined ? sql`` : sql`and v.number < ${find.before}`}
    order by v.number desc limit ${sql.lit(find.limit)}`.execute(tx);
  return rows;
}

export type NewVersion = { file_key: string; file_name: string; type: string; bytes: number; note: string };

export async function insert(
  tx: Tx,
  workspaceId: string,
  memberId: string | null,
  d: {
    id: string;
    account_id: string | null;
    link_kind: string | null;
    link_id: string | null;
    title: string;
    tags: string[];
  },
  v: NewVersion,
): Promise<void> {
  await tx
    .insertInto('document')
    .values({ workspace_id: workspaceId, ...d, created_by: memberId })
    .execute();
  await insertVersion(tx, workspaceId, memberId, d.id, d.account_id, 1, v);
}

async function insertVersion(
  tx: Tx,
  workspaceId: string,
  memberId: string | null,
  documentId: string,
  accountId: string | null,
  number: number,
  v: NewVersion,
): Promise<void> {
  await tx
    .insertInto('document_version')
    .values({
      workspace_id: workspaceId,
      document_id: documentId,
      account_id: accountId,
      number,
      uploaded_by: memberId,
      ...v,
    })
    .execute();
}

/** The next version of a document; its number is taken under the document's row lock, so that two uploads both stay. */
export async function addVersion(
  tx: Tx,
  workspaceId: string,
  memberId: string | null,
  documentId: string,
  v: NewVersion,
): Promise<void> {
  const row = await tx
    .updateTable('document')
    .set({ current_number: sql`current_number + 1`, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', documentId)
    .returning(['current_number', 'account_id'])
    .executeTakeFirstOrThrow();
  await insertVersion(tx, workspaceId, memberId, documentId, row.account_id, row.current_number, v);
}

/** Answers false when the version is not the current one. */
export async function update(
  tx: Tx,
  workspaceId: string,
  id: string,
  version: number | null,
  change: { title?: string; tags?: string[]; archived_at?: string | null },
): Promise<boolean> {
  let query = tx
    .updateTable('document')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}

/** Everything of one account goes over to another. */
export async function moveAll(tx: Tx, from: string, into: string): Promise<void> {
  await sql`update document set account_id = ${into}::uuid, version = version + 1 where workspace_id = kernel.ws() and account_id = ${from}::uuid`.execute(
    tx,
  );
  await sql`update document_version set account_id = ${into}::uuid where workspace_id = kernel.ws() and account_id = ${from}::uuid`.execute(
    tx,
  );
}
