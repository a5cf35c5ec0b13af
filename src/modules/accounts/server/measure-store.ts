// SQL of the portfolio's figures: the accounts that they are made of, under the rights of who asks.
import { type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { Measure } from '../../../kernel/server/measuring.ts';
import { askedAccounts } from './asked-store.ts';

export type MeasuredAccount = {
  id: string;
  name: string;
  tier: string | null;
  industry: string | null;
  country: string | null;
  owner_id: string | null;
  owner_name: string | null;
  renewal_on: string | null;
  arr_minor: number | null;
  arr_currency: string | null;
  potential_minor: number | null;
  potential_currency: string | null;
};

export async function measuredAccounts(tx: Tx, q: Measure): Promise<MeasuredAccount[]> {
  const where = [sql<SqlBool>`a.workspace_id = kernel.ws() and a.archived_at is null`, ...askedAccounts(q)];
  const { rows } = await sql<MeasuredAccount>`
    select a.id, a.name, a.tier, a.industry, a.country, a.owner_id, o.name as owner_name, a.renewal_on, a.arr_minor, a.arr_currency, a.potential_minor, a.potential_currency
    from account a left join member o on o.workspace_id = kernel.ws() and o.id = a.owner_id
    where ${sql.join(where, sql` and `)} order by a.name_key collate "C", a.id`.execute(tx);
  return rows;
}
