// The SQL of taking an import of accounts back: what nobody touched since goes or becomes what it was, the rest stays.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';

/** Of these accounts, those that changed since, are gone, or are in use by something that the import did not make. */
export async function keptAccounts(tx: Tx, ids: string[], versions: number[]): Promise<Map<string, string>> {
  const { rows: changed } = await sql<{ id: string }>`
    select u.id from unnest(${ids}::uuid[], ${versions}::int[]) u(id, version)
    join account a on a.workspace_id = kernel.ws() and a.id = u.id where a.version <> u.version`.execute(tx);
  const kept = new Map(changed.map((r) => [r.id, 'It was changed since.']));
  for (;;) {
    const going = ids.filter((id) => !kept.has(id));
    const { rows: used } = await sql<{ id: string }>`
      select id from kernel.referenced('account', ${going}::uuid[], array['account_external_id'])`.execute(tx);
    if (!used.length) return kept;
    for (const r of used) kept.set(r.id, 'Something hangs on it that the import did not bring.');
  }
}

export async function removeAccounts(tx: Tx, ids: string[]): Promise<number> {
  const { numAffectedRows } =
    await sql`delete from account where workspace_id = kernel.ws() and id = any (${ids}::uuid[])`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

export async function removeExternalIds(tx: Tx, ids: string[]): Promise<void> {
  await sql`delete from account_external_id where workspace_id = kernel.ws() and id = any (${ids}::uuid[])`.execute(tx);
}

/** Puts the columns back as they were where the version is still the import's; answers the ids that were put back. */
export async function restoreAccounts(
  tx: Tx,
  ids: string[],
  versions: number[],
  before: Record<string, unknown>[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    update account a set name = r.name, status = r.status, tier = r.tier, type = r.type, industry = r.industry, street = r.street, postal_code = r.postal_code,
      city = r.city, region = r.region, country = r.country, website = r.website, phone = r.phone, employees = r.employees, customer_since = r.customer_since,
      renewal_on = r.renewal_on, description = r.description, annual_revenue_minor = r.annual_revenue_minor, annual_revenue_currency = r.annual_revenue_currency,
      arr_minor = case when a.arr_from_lines then a.arr_minor else r.arr_minor end, arr_currency = case when a.arr_from_lines then a.arr_currency else r.arr_currency end, potential_minor = r.potential_minor, potential_currency = r.potential_currency,
      parent_id = r.parent_id, owner_id = r.owner_id, sponsor_id = r.sponsor_id, tags = r.tags, custom = r.custom, version = a.version + 1, updated_at = now()
    from (
      select b.id as target, u.version as was, r.* from unnest(${ids}::uuid[], ${versions}::int[]) with ordinality u(id, version, place)
      join account b on b.workspace_id = kernel.ws() and b.id = u.id
      cross join lateral jsonb_populate_record(b, ${JSON.stringify(before)}::jsonb -> (u.place - 1)::int) r) r
    where a.workspace_id = kernel.ws() and a.id = r.target and a.version = r.was returning a.id`.execute(tx);
  return new Set(rows.map((r) => r.id));
}

/** Links up in these images that would now close a circle, or lead to an account that is gone, are left as they are. */
export async function missingParents(tx: Tx, parents: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select u.id from unnest(${parents}::uuid[]) u(id) where not exists (select from account a where a.workspace_id = kernel.ws() and a.id = u.id)`.execute(
    tx,
  );
  return new Set(rows.map((r) => r.id));
}

export async function fieldInUse(tx: Tx, key: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from account where workspace_id = kernel.ws() and jsonb_exists(custom, ${key}) limit 1`.execute(
      tx,
    );
  return rows.length > 0;
}
