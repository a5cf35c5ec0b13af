// SQL of the give/get ledger.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../../kernel/server/database.ts';
import type { CursorValue } from '../../../../kernel/server/paging.ts';
import type { Concession } from '../../api-offers.ts';

export type ConcessionRow = {
  id: string;
  account_id: string;
  account_name: string;
  contract_id: string | null;
  renewal_id: string | null;
  side: Concession['side'];
  what: string;
  kind: Concession['kind'];
  amount_minor: number | null;
  currency: string | null;
  given_on: string;
  answers_id: string | null;
  note: string;
  made_by_name: string | null;
  version: number;
};
export type Find = { accountId?: string | undefined; contractId?: string | undefined; renewalId?: string | undefined };
const columns = sql`g.id, g.account_id, a.name as account_name, g.contract_id, g.renewal_id, g.side, g.what, g.kind, g.amount_minor, g.currency, g.given_on, g.answers_id, g.note, m.name as made_by_name, g.version`;
const joins = sql`join account a on a.workspace_id = g.workspace_id and a.id = g.account_id left join member m on m.workspace_id = g.workspace_id and m.id = g.made_by`;

function conditions(f: Find): RawBuilder<SqlBool>[] {
  const all: RawBuilder<SqlBool>[] = [sql`g.workspace_id = kernel.ws()`];
  if (f.accountId) all.push(sql`g.account_id = ${f.accountId}::uuid`);
  if (f.contractId) all.push(sql`g.contract_id = ${f.contractId}::uuid`);
  if (f.renewalId) all.push(sql`g.renewal_id = ${f.renewalId}::uuid`);
  return all;
}

export async function list(tx: Tx, find: Find, after: CursorValue[] | null, limit: number): Promise<ConcessionRow[]> {
  const where = conditions(find);
  if (after) where.push(sql`(g.given_on, g.id) < (${after[0]}::text::date, ${after[1]}::uuid)`);
  const { rows } =
    await sql<ConcessionRow>`select ${columns} from concession g ${joins} where ${sql.join(where, sql` and `)} order by g.given_on desc, g.id desc limit ${sql.lit(limit + 1)}`.execute(
      tx,
    );
  return rows;
}
export async function concession(tx: Tx, id: string): Promise<ConcessionRow | undefined> {
  const { rows } =
    await sql<ConcessionRow>`select ${columns} from concession g ${joins} where g.workspace_id = kernel.ws() and g.id = ${id}::uuid`.execute(
      tx,
    );
  return rows[0];
}
export async function sums(
  tx: Tx,
  find: Find,
): Promise<{ side: Concession['side']; currency: string | null; count: number; amount: number }[]> {
  const { rows } = await sql<{ side: Concession['side']; currency: string | null; count: number; amount: number }>`
    select g.side, g.currency, count(*)::int as count, coalesce(sum(g.amount_minor), 0)::bigint as amount from concession g
    where ${sql.join(conditions(find), sql` and `)} group by 1, 2 order by 1, 2`.execute(tx);
  return rows;
}

type Write = {
  what: string;
  kind: Concession['kind'];
  amount_minor: number | null;
  currency: string | null;
  given_on: string;
  answers_id: string | null;
  note: string;
};
export async function insert(
  tx: Tx,
  workspaceId: string,
  row: Write & {
    id: string;
    account_id: string;
    contract_id: string | null;
    renewal_id: string | null;
    side: Concession['side'];
    made_by: string | null;
  },
): Promise<void> {
  await tx
    .insertInto('concession')
    .values({ workspace_id: workspaceId, ...row })
    .execute();
}
/** Answers false when the version is not the current one. */
export async function update(tx: Tx, id: string, version: number | null, change: Partial<Write>): Promise<boolean> {
  let query = tx
    .updateTable('concession')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', sql<string>`kernel.ws()`)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}
export async function remove(tx: Tx, id: string): Promise<void> {
  await sql`delete from concession where workspace_id = kernel.ws() and id = ${id}::uuid`.execute(tx);
}
