// The SQL of competitors.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import type { Competitor } from '../api.ts';

const competitors = (year: number) => sql`
  select k.id, k.name, k.notes, k.version, (
    select count(*)::int from growth_cell c where c.workspace_id = k.workspace_id and c.competitor_id = k.id and c.year = ${year}) as cells
  from growth_competitor k where k.workspace_id = kernel.ws()`;

export async function list(
  tx: Tx,
  year: number,
  q: string | undefined,
  after: CursorValue[] | null,
  limit: number,
): Promise<Competitor[]> {
  const { rows } = await sql<Competitor>`${competitors(year)}
    ${q ? sql`and kernel.fold(k.name) like kernel.fold(${`%${q.replace(/[\\%_]/g, '\\$&')}%`})` : sql``}
    ${after ? sql`and (lower(k.name), k.id) > (${after[0]}::text, ${after[1]}::uuid)` : sql``}
    order by lower(k.name), k.id limit ${sql.lit(limit + 1)}`.execute(tx);
  return rows;
}

export async function competitor(tx: Tx, year: number, id: string): Promise<Competitor | undefined> {
  const { rows } = await sql<Competitor>`${competitors(year)} and k.id = ${id}::uuid`.execute(tx);
  return rows[0];
}

export async function seenCompetitor(tx: Tx, id: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from growth_competitor where workspace_id = kernel.ws() and id = ${id}::uuid`.execute(tx);
  return rows.length > 0;
}

export async function named(tx: Tx, name: string, except: string | null): Promise<boolean> {
  const { rows } =
    await sql`select 1 from growth_competitor where workspace_id = kernel.ws() and lower(name) = lower(${name}) and id is distinct from ${except}::uuid`.execute(
      tx,
    );
  return rows.length > 0;
}

export async function insert(
  tx: Tx,
  workspaceId: string,
  row: { id: string; name: string; notes: string },
): Promise<void> {
  await tx
    .insertInto('growth_competitor')
    .values({ workspace_id: workspaceId, ...row })
    .execute();
}

export async function update(
  tx: Tx,
  workspaceId: string,
  id: string,
  version: number | null,
  change: Partial<{ name: string; notes: string }>,
): Promise<boolean> {
  let query = tx
    .updateTable('growth_competitor')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}
