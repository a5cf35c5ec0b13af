// The exports room's SQL: what was taken along as a whole.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';

const ws = sql<string>`kernel.ws()`;

export async function workspaceName(tx: Tx): Promise<string> {
  const { name } = await tx
    .selectFrom('workspace')
    .select('name')
    .where('workspace_id', '=', ws)
    .executeTakeFirstOrThrow();
  return name;
}

export async function runsSince(tx: Tx, since: Date): Promise<number> {
  const { count } = await tx
    .selectFrom('export_run')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('workspace_id', '=', ws)
    .where('created_at', '>', since.toISOString())
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function addRun(tx: Tx, workspaceId: string, madeBy: string): Promise<string> {
  const { id } = await tx
    .insertInto('export_run')
    .values({ workspace_id: workspaceId, made_by: madeBy })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function endRun(tx: Tx, id: string, bytes: number): Promise<void> {
  await tx
    .updateTable('export_run')
    .set({ finished_at: sql`now()`, bytes })
    .where('workspace_id', '=', ws)
    .where('id', '=', id)
    .execute();
}

export async function lastRun(tx: Tx): Promise<{ by: string; at: string; bytes: number | null } | undefined> {
  return tx
    .selectFrom('export_run as r')
    .innerJoin('member as m', (join) =>
      join.onRef('m.workspace_id', '=', 'r.workspace_id').onRef('m.id', '=', 'r.made_by'),
    )
    .select(['m.name as by', 'r.created_at as at', 'r.bytes'])
    .where('r.workspace_id', '=', ws)
    .orderBy('r.id', 'desc')
    .limit(1)
    .executeTakeFirst();
}
