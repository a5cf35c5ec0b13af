// SQL for what other rooms do: accounts are merged, a product is found for a name, an old mark is forgotten, a day is kept for history.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';

/** Everything that hangs on one account hangs on another from now on. */
export async function moveRevenue(tx: Tx, from: string, into: string): Promise<void> {
  for (const table of ['subscription', 'invoice', 'payment'])
    await sql`update ${sql.table(table)} set account_id = ${into}, version = version + 1, updated_at = now()
      where workspace_id = kernel.ws() and account_id = ${from}`.execute(tx);
}

/** Rows that came with this name and have no product get this one. */
export async function relinkProducts(tx: Tx, name: string, productId: string): Promise<number> {
  let linked = 0;
  for (const table of ['subscription', 'invoice']) {
    const { numAffectedRows } =
      await sql`update ${sql.table(table)} set product_id = ${productId}, version = version + 1, updated_at = now()
      where workspace_id = kernel.ws() and product_id is null and plan <> '' and product_key(plan) = product_key(${name})`.execute(
        tx,
      );
    linked += Number(numAffectedRows ?? 0);
  }
  return linked;
}

/** Marks of days gone by say nothing that the newest does not. Runs as the system. */
export async function forgetOldMarks(tx: Tx): Promise<void> {
  await sql`delete from revenue_change c where c.at < now() - interval '2 days'
    and exists (select from revenue_change n where n.workspace_id = c.workspace_id and n.id > c.id)`.execute(tx);
}

/** Workspaces with the day it is there, as far as that day's revenue is not kept yet. Runs as the system. */
export async function workspacesWithoutDay(tx: Tx, now: Date): Promise<{ workspace_id: string; day: string }[]> {
  const { rows } = await sql<{ workspace_id: string; day: string }>`
    select w.workspace_id, d.day::text from workspace w
    cross join lateral (select (${now.toISOString()}::timestamptz at time zone w.zone)::date as day) d
    where exists (select from revenue_currency c where c.workspace_id = w.workspace_id)
      and not exists (select from kernel.snapshot s where s.workspace_id = w.workspace_id and s.kind = 'revenue' and s.on_date = d.day)`.execute(
    tx,
  );
  return rows;
}

/** What each account pays on a day, by currency, as a year's worth: as known that day, whatever is corrected later. */
export async function keepDay(tx: Tx, workspaceId: string, day: string): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into kernel.snapshot (workspace_id, kind, row_id, account_id, on_date, data)
    select workspace_id, 'revenue', account_id, account_id, ${day}::date, jsonb_build_object('arr', jsonb_object_agg(currency, arr))
    from (select workspace_id, account_id, currency, sum(arr_minor) as arr from revenue_entry
          where workspace_id = ${workspaceId} and starts_on <= ${day}::date and (ends_on is null or ends_on > ${day}::date)
          group by 1, 2, 3 having sum(arr_minor) <> 0) x
    group by workspace_id, account_id on conflict do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
