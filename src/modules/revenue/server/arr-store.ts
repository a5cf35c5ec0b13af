// SQL of the accounts' ARR: what their lines bring a year, on the account itself, so that lists can be sorted and added by it.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';

const of = (column: string, accountId: string | null): RawBuilder<unknown> =>
  accountId ? sql`and ${sql.ref(column)} = ${accountId}::uuid` : sql``;

/** Accounts that pay in several currencies on a day: their sums need rates. */
export async function inSeveralCurrencies(
  tx: Tx,
  day: string,
  accountId: string | null,
): Promise<{ account_id: string; currency: string; arr: number }[]> {
  const { rows } = await sql<{ account_id: string; currency: string; arr: number }>`
    select account_id, currency, arr from (
      select account_id, currency, sum(arr_minor)::bigint as arr, count(*) over (partition by account_id) as currencies from revenue_entry
      where workspace_id = kernel.ws() ${of('account_id', accountId)} and starts_on <= ${day}::date and (ends_on is null or ends_on > ${day}::date)
      group by account_id, currency having sum(arr_minor) <> 0) x
    where currencies > 1`.execute(tx);
  return rows;
}

/**
 * Gives accounts that have lines the ARR of these, and accounts whose lines are gone what was entered before. `sums` are those of accounts
 * with several currencies. Answers how many accounts changed.
 */
export async function setArr(
  tx: Tx,
  day: string,
  accountId: string | null,
  sums: readonly { accountId: string; amount: number; currency: string }[],
): Promise<number> {
  await sql`drop table if exists pg_temp.ledger_arr`.execute(tx);
  await sql`create temp table ledger_arr on commit drop as
    with l as (
      select account_id, currency, coalesce(sum(arr_minor) filter (where starts_on <= ${day}::date and (ends_on is null or ends_on > ${day}::date)), 0)::bigint as arr
      from revenue_entry where workspace_id = kernel.ws() ${of('account_id', accountId)} group by 1, 2),
    s as (select * from unnest(${sums.map((x) => x.accountId)}::uuid[], ${sums.map((x) => x.amount)}::bigint[], ${sums.map((x) => x.currency)}::text[]) s(account_id, arr, currency))
    select distinct on (l.account_id) l.account_id, coalesce(s.arr, l.arr) as arr, coalesce(s.currency, l.currency) as currency
    from l left join s on s.account_id = l.account_id order by l.account_id, abs(l.arr) desc, l.currency`.execute(tx);
  await sql`insert into entered_arr (workspace_id, account_id, arr_minor, arr_currency)
    select a.workspace_id, a.id, a.arr_minor, a.arr_currency from account a join pg_temp.ledger_arr l on l.account_id = a.id
    where a.workspace_id = kernel.ws() on conflict do nothing`.execute(tx);
  // The version stays: nobody can edit what is set here, and whoever edits the rest of the account must not be stopped by it.
  const set =
    await sql`update account a set arr_minor = l.arr, arr_currency = l.currency, arr_from_lines = true, updated_at = now()
    from pg_temp.ledger_arr l where a.workspace_id = kernel.ws() and a.id = l.account_id
      and (a.arr_minor, a.arr_currency, a.arr_from_lines) is distinct from (l.arr, l.currency, true)`.execute(tx);
  const back = await sql`with gone as (
      delete from entered_arr e where e.workspace_id = kernel.ws() ${of('e.account_id', accountId)}
        and not exists (select from pg_temp.ledger_arr l where l.account_id = e.account_id) returning e.*)
    update account a set arr_minor = g.arr_minor, arr_currency = g.arr_currency, arr_from_lines = false, updated_at = now()
    from gone g where a.workspace_id = kernel.ws() and a.id = g.account_id`.execute(tx);
  return Number(set.numAffectedRows ?? 0) + Number(back.numAffectedRows ?? 0);
}
