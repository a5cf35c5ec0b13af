// What other rooms work out for an account and nobody types in: the account's version stays, so that whoever edits the rest of it is not
// stopped, and an import that made the account can still be taken back.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';

/** Answers whether the account now says something else. */
export async function deriveRenewalOn(tx: Tx, id: string, renewalOn: string | null): Promise<boolean> {
  const done = await sql`update account set renewal_on = ${renewalOn}::date, updated_at = now()
    where workspace_id = kernel.ws() and id = ${id} and renewal_on is distinct from ${renewalOn}::date`.execute(tx);
  return Number(done.numAffectedRows ?? 0) > 0;
}

export type Derived = { accountId: string; renewalOn: string; since: string };
/** What said these renewal dates is gone again: where an account still shows one of them, it gets back what it showed before. */
export async function releaseRenewalOn(tx: Tx, gone: readonly Derived[]): Promise<void> {
  await sql`
    with gone as materialized (
      select u.id, u.ends_on, min(u.since) over (partition by u.id) as since
      from unnest(${gone.map((g) => g.accountId)}::uuid[], ${gone.map((g) => g.renewalOn)}::date[], ${gone.map((g) => g.since)}::timestamptz[]) u(id, ends_on, since)),
    was as materialized (
      select distinct on (x.row_id) x.row_id as id, x.before ->> 'renewal_on' as renewal_on
      from kernel.audit x join (select distinct id, since from gone) g on x.account_id = g.id and x.row_id = g.id and x.at >= g.since
      where x.workspace_id = kernel.ws() and x.table_name = 'account' and x.action = 'update' and x.after ? 'renewal_on' order by x.row_id, x.id)
    update account a set renewal_on = w.renewal_on::date, updated_at = now() from was w
    where a.workspace_id = kernel.ws() and a.id = w.id and exists (select from gone g where g.id = a.id and g.ends_on = a.renewal_on)`.execute(
    tx,
  );
}
