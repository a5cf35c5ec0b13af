// The settings room's SQL for the workspace, custom fields and saved views.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CustomFieldAnswer } from '../api.ts';

const ws = sql<string>`kernel.ws()`;

export async function workspace(tx: Tx) {
  return tx
    .selectFrom('workspace')
    .select(['workspace_id', 'name', 'currency', 'fiscal_year_start_month', 'locale', 'zone', 'preferences', 'version'])
    .where('workspace_id', '=', ws)
    .executeTakeFirst();
}

export type WorkspaceWrite = Partial<{
  name: string;
  currency: string;
  fiscal_year_start_month: number;
  locale: string;
  zone: string;
}>;
/** Answers 0 when the version is not the current one. Preferences are merged; a null takes one away. */
export async function updateWorkspace(
  tx: Tx,
  version: number | null,
  change: WorkspaceWrite,
  preferences: Record<string, unknown> | undefined,
): Promise<number> {
  let query = tx
    .updateTable('workspace')
    .set({
      ...change,
      ...(preferences
        ? { preferences: sql`jsonb_strip_nulls(preferences || ${JSON.stringify(preferences)}::jsonb)` }
        : {}),
      version: sql`version + 1`,
      updated_at: sql`now()`,
    })
    .where('workspace_id', '=', ws);
  if (version !== null) query = query.where('version', '=', version);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
}

// Custom fields -------------------------------------------------------------
export type FieldRow = {
  id: string;
  entity: CustomFieldAnswer['entity'];
  key: string;
  label: string;
  type: CustomFieldAnswer['type'];
  choices: string[];
  position: number;
  archived_at: string | null;
  version: number;
};

export async function fields(
  tx: Tx,
  find: { entity?: string | undefined; id?: string; archived?: boolean | undefined },
): Promise<FieldRow[]> {
  let query = tx
    .selectFrom('custom_field')
    .select(['id', 'entity', 'key', 'label', 'type', 'choices', 'position', 'archived_at', 'version'])
    .where('workspace_id', '=', ws);
  if (find.id) query = query.where('id', '=', find.id);
  if (find.entity) query = query.where('entity', '=', find.entity);
  if (find.archived !== undefined) query = query.where('archived_at', find.archived ? 'is not' : 'is', null);
  return (await query.orderBy('entity').orderBy('position').orderBy('key').execute()) as FieldRow[];
}

/** Serialises what counts the fields of a workspace: adding, restoring, reordering. */
export async function lockFields(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('custom-fields'), hashtext(kernel.ws()::text))`.execute(tx);
}

export async function insertField(
  tx: Tx,
  row: Pick<FieldRow, 'entity' | 'key' | 'label' | 'type' | 'choices' | 'position'> & { workspace_id: string },
): Promise<string> {
  return (await tx.insertInto('custom_field').values(row).returning('id').executeTakeFirstOrThrow()).id;
}

export async function updateField(
  tx: Tx,
  id: string,
  version: number | null,
  change: Partial<Pick<FieldRow, 'label' | 'choices' | 'position' | 'archived_at'>>,
): Promise<number> {
  let query = tx
    .updateTable('custom_field')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', ws)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
}

export async function deleteFields(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length) await tx.deleteFrom('custom_field').where('workspace_id', '=', ws).where('id', 'in', ids).execute();
}

/** Positions 0, 1, 2 … in the order of the ids; only rows that move are written. */
export async function placeFields(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`update custom_field f set position = u.n - 1, version = f.version + 1, updated_at = now()
    from unnest(${[...ids]}::uuid[]) with ordinality u(id, n)
    where f.workspace_id = kernel.ws() and f.id = u.id and f.position <> u.n - 1`.execute(tx);
}

// Saved views ---------------------------------------------------------------
export type ViewRow = {
  id: string;
  page: string;
  name: string;
  shared: boolean;
  member_id: string | null;
  member_name: string | null;
  state: Record<string, unknown>;
  version: number;
};

/** The member's own views and the shared ones. Asked for here too, because who sees all accounts does not see all views. */
export async function views(
  tx: Tx,
  memberId: string | null,
  find: { page?: string | undefined; id?: string },
): Promise<ViewRow[]> {
  const { rows } = await sql<ViewRow>`
    select v.id, v.page, v.name, v.shared, v.member_id, m.name as member_name, v.state, v.version
    from saved_view v left join member m on m.workspace_id = v.workspace_id and m.id = v.member_id
    where v.workspace_id = kernel.ws() and (v.shared or v.member_id = ${memberId})
      ${find.page ? sql`and v.page = ${find.page}` : sql``} ${find.id ? sql`and v.id = ${find.id}` : sql``}
    order by v.page, v.shared, lower(v.name), v.id limit 500`.execute(tx);
  return rows;
}

export async function countViews(tx: Tx, memberId: string, page: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from saved_view where workspace_id = kernel.ws() and page = ${page} and member_id = ${memberId}`.execute(
    tx,
  );
  return Number(rows[0]!.n);
}

export async function insertView(
  tx: Tx,
  row: { workspace_id: string; page: string; name: string; shared: boolean; member_id: string | null; state: string },
): Promise<string> {
  return (await tx.insertInto('saved_view').values(row).returning('id').executeTakeFirstOrThrow()).id;
}

export async function updateView(
  tx: Tx,
  id: string,
  version: number | null,
  change: { name?: string; shared?: boolean; state?: string },
): Promise<number> {
  let query = tx
    .updateTable('saved_view')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', ws)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
}

export async function deleteView(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('saved_view').where('workspace_id', '=', ws).where('id', '=', id).execute();
}
