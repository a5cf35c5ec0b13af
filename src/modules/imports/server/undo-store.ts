// What an undo tells the imports before it: rows that it put back have a new version, and are still as those imports left them.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { ChangeLine } from './stage-store.ts';

/**
 * Rows of this change that stand at the version after it were put back. Where an import before it left the row at the version before
 * the change, the new version takes its place there; else taking that import back would find the row changed.
 */
export async function passOn(tx: Tx, change: ChangeLine): Promise<void> {
  if (change.action !== 'update') return;
  await sql`
    with back as materialized (
      select u.id, u.version - 1 as was, u.version + 1 as now from unnest(${change.ids}::uuid[], ${change.versions}::int[]) u(id, version)
      join ${sql.table(change.table)} t on t.workspace_id = kernel.ws() and t.id = u.id and (to_jsonb(t) ->> 'version')::int = u.version + 1),
    met as materialized (
      select c.id, array_agg(coalesce(b.now, r.version) order by r.place)::int[] as versions
      from import_change c cross join lateral unnest(c.row_ids, c.versions) with ordinality r(id, version, place)
      left join back b on b.id = r.id and b.was = r.version
      where c.workspace_id = kernel.ws() and c.table_name = ${change.table} and c.undone_at is null and c.id < ${change.id}
        and c.row_ids && array(select id from back)
      group by c.id having bool_or(b.id is not null))
    update import_change c set versions = m.versions from met m where c.workspace_id = kernel.ws() and c.id = m.id`.execute(
    tx,
  );
}
