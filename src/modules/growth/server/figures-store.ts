// The accounts that a figure of growth is about.
import { type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { Measure } from '../../../kernel/server/measuring.ts';
import { askedAccounts } from '../../accounts/server/index.ts';

/** Accounts with something of the kind that the figure is made of. */
export type With = 'cells' | 'estimates' | 'all';
export type InScope = { id: string; name: string; owner_id: string | null; owner_name: string | null };

export async function accountsInScope(tx: Tx, q: Measure, having: With, year: number): Promise<InScope[]> {
  const where = [sql<SqlBool>`a.workspace_id = kernel.ws() and a.archived_at is null`, ...askedAccounts(q)];
  if (having === 'cells')
    where.push(
      sql`exists (select from growth_cell c where c.workspace_id = a.workspace_id and c.account_id = a.id and c.year = ${year})`,
    );
  if (having === 'estimates')
    where.push(
      sql`exists (select from wallet_estimate w where w.workspace_id = a.workspace_id and w.account_id = a.id and w.estimated_on <= ${q.asOf}::date)`,
    );
  const { rows } =
    await sql<InScope>`select a.id, a.name, a.owner_id, m.name as owner_name from account a left join member m on m.workspace_id = a.workspace_id and m.id = a.owner_id
    where ${sql.join(where, sql` and `)} order by a.name_key, a.id`.execute(tx);
  return rows;
}
