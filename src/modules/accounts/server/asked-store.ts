// Which accounts a question about figures is about, as conditions on the account `a` of a query.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Measure } from '../../../kernel/server/measuring.ts';

/**
 * `account` and `owner` are the columns that say whose a row is: by themselves those of the account. `withChildren` takes in all accounts
 * below the one that is asked for.
 */
export function askedAccounts(
  q: Measure,
  { account = sql`a.id`, owner = sql`a.owner_id` }: { account?: RawBuilder<unknown>; owner?: RawBuilder<unknown> } = {},
): RawBuilder<SqlBool>[] {
  const all: RawBuilder<SqlBool>[] = [];
  if (q.accountId)
    all.push(
      q.withChildren
        ? sql`${account} in (with recursive below(id) as (
            select ${q.accountId}::uuid union select c.id from account c join below b on c.parent_id = b.id where c.workspace_id = kernel.ws()) select id from below)`
        : sql`${account} = ${q.accountId}::uuid`,
    );
  if (q.ownerId?.length) all.push(sql`${owner} = any(${q.ownerId}::uuid[])`);
  for (const column of ['tier', 'industry', 'country'] as const) {
    const values = q[column];
    if (values?.length) all.push(sql`a.${sql.ref(column)} = any(${values}::text[])`);
  }
  return all;
}
