// SQL of the nightly snapshots: one insert for all accounts of a workspace.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';

/** Workspaces with the day it is there, as far as that day has no snapshot yet. Runs as the system. */
export async function workspacesWithoutSnapshot(tx: Tx, now: Date): Promise<{ workspace_id: string; day: string }[]> {
  const { rows } = await sql<{ workspace_id: string; day: string }>`
    select w.workspace_id, (${now.toISOString()}::timestamptz at time zone w.zone)::date::text as day from workspace w
    where not exists (select from kernel.snapshot s where s.workspace_id = w.workspace_id and s.kind = 'account'
                      and s.on_date = (${now.toISOString()}::timestamptz at time zone w.zone)::date)`.execute(tx);
  return rows;
}

/** The account card of every account that is not archived. The same day twice changes nothing. */
export async function takeSnapshot(tx: Tx, workspaceId: string, day: string): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into kernel.snapshot (workspace_id, kind, row_id, account_id, on_date, data)
    select workspace_id, 'account', id, id, ${day}::date, jsonb_strip_nulls(jsonb_build_object(
      'name', name, 'parentId', parent_id, 'ownerId', owner_id, 'sponsorId', sponsor_id, 'tier', tier, 'status', status, 'industry', industry,
      'country', country, 'arrMinor', arr_minor, 'arrCurrency', arr_currency, 'potentialMinor', potential_minor,
      'potentialCurrency', potential_currency, 'renewalOn', renewal_on))
    from account where workspace_id = ${workspaceId} and archived_at is null
    on conflict do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
