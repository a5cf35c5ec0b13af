// SQL of changes to many accounts at once and of merging.
import { sql } from 'kysely';
import type { BodyOf } from '../../../kernel/contract/route.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import type { Account, bulkUpdateAccounts, revertBulkAccounts } from '../api.ts';

type Before = {
  id: string;
  name: string;
  owner_id: string | null;
  sponsor_id: string | null;
  tier: string | null;
  status: Account['status'];
  industry: string | null;
  country: string | null;
  parent_id: string | null;
  tags: string[];
};

/** The rows as they stand, locked until the end of the transaction, in one order so that two changes never wait in a circle. */
export async function lockForChange(tx: Tx, ids: readonly string[]): Promise<Before[]> {
  const { rows } = await sql<Before>`
    select id, name, owner_id, sponsor_id, tier, status, industry, country, parent_id, tags from account
    where workspace_id = kernel.ws() and id = any(${[...ids]}::uuid[]) order by id for update`.execute(tx);
  return rows;
}

export async function change(
  tx: Tx,
  ids: readonly string[],
  set: BodyOf<typeof bulkUpdateAccounts>['set'],
): Promise<void> {
  const columns = Object.entries({
    owner_id: set.ownerId,
    sponsor_id: set.sponsorId,
    tier: set.tier,
    status: set.status,
    industry: set.industry,
    country: set.country,
    parent_id: set.parentId,
  }).filter(([, v]) => v !== undefined);
  let query = tx
    .updateTable('account')
    .set({ ...Object.fromEntries(columns), version: sql`version + 1`, updated_at: sql`now()` });
  if (set.addTags?.length || set.removeTags?.length) {
    query = query.set({
      tags: sql`(select coalesce(array_agg(distinct t order by t), '{}') from unnest(tags || ${set.addTags ?? []}::text[]) t where t <> all(${set.removeTags ?? []}::text[]))`,
    });
  }
  await query
    .where('workspace_id', '=', sql<string>`kernel.ws()`)
    .where('id', 'in', [...ids])
    .execute();
}

export async function putBack(tx: Tx, undo: BodyOf<typeof revertBulkAccounts>['undo']): Promise<number> {
  const { numAffectedRows } = await sql`
    update account a set owner_id = u."ownerId", sponsor_id = u."sponsorId", tier = u.tier, status = u.status, industry = u.industry,
      country = u.country, parent_id = u."parentId", tags = array(select jsonb_array_elements_text(u.tags)), version = a.version + 1, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(undo)}::jsonb)
      as u(id uuid, "ownerId" uuid, "sponsorId" uuid, tier text, status text, industry text, country text, "parentId" uuid, tags jsonb)
    where a.workspace_id = kernel.ws() and a.id = u.id`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Children, account team and external ids follow from a duplicate to the account that stays. */
export async function moveBelongings(tx: Tx, from: string, into: string): Promise<void> {
  await sql`update account set parent_id = ${into}, version = version + 1, updated_at = now()
    where workspace_id = kernel.ws() and parent_id = ${from} and id <> ${into}`.execute(tx);
  await sql`insert into account_team (workspace_id, account_id, member_id, function)
    select workspace_id, ${into}, member_id, function from account_team where workspace_id = kernel.ws() and account_id = ${from}
    on conflict do nothing`.execute(tx);
  await sql`update account_external_id set account_id = ${into} where workspace_id = kernel.ws() and account_id = ${from}`.execute(
    tx,
  );
}
