// SQL of single lines and invoices, and of what accounts bring by product.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import type { Invoice, RevenueLine } from '../api.ts';

type Find = {
  accountIds: readonly string[] | null;
  on?: string | undefined;
  source?: RevenueLine['source'] | undefined;
};
export type LineRow = {
  id: string;
  source: RevenueLine['source'];
  account_id: string;
  account_name: string;
  contract_id: string | null;
  product_id: string | null;
  label: string;
  arr_minor: number;
  currency: string;
  starts_on: string;
  ends_on: string | null;
};

export async function lines(tx: Tx, f: Find, after: CursorValue[] | null, limit: number): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select e.row_id as id, e.source, e.account_id, a.name as account_name, e.contract_id, e.product_id,
      coalesce(p.name, e.plan) as label, e.arr_minor, e.currency, e.starts_on, e.ends_on
    from revenue_entry e
    join account a on a.workspace_id = e.workspace_id and a.id = e.account_id
    left join product p on p.workspace_id = e.workspace_id and p.id = e.product_id
    where e.workspace_id = kernel.ws()
      ${f.accountIds ? sql`and e.account_id = any(${[...f.accountIds]}::uuid[])` : sql``}
      ${f.on ? sql`and e.starts_on <= ${f.on}::date and (e.ends_on is null or e.ends_on > ${f.on}::date)` : sql``}
      ${f.source ? sql`and e.source = ${f.source}` : sql``}
      ${after ? sql`and (e.starts_on, e.row_id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``}
    order by e.starts_on desc, e.row_id desc limit ${sql.lit(limit + 1)}`.execute(tx);
  return rows;
}

export type InvoiceRow = {
  id: string;
  account_id: string;
  account_name: string;
  number: string;
  issued_on: string;
  due_on: string | null;
  amount_minor: number;
  currency: string;
  paid_minor: number;
  status: Invoice['status'];
  recurring: boolean;
  period_from: string | null;
  period_to: string | null;
};

export async function invoices(
  tx: Tx,
  f: { accountIds: readonly string[] | null; status?: Invoice['status'] | undefined },
  after: CursorValue[] | null,
  limit: number,
): Promise<InvoiceRow[]> {
  const { rows } = await sql<InvoiceRow>`
    select i.id, i.account_id, a.name as account_name, i.number, i.issued_on, i.due_on, i.amount_minor, i.currency,
      coalesce((select sum(p.amount_minor) from payment p where p.workspace_id = i.workspace_id and p.invoice_id = i.id and p.currency = i.currency), 0)::bigint as paid_minor,
      i.status, i.recurring, i.period_from, i.period_to
    from invoice i join account a on a.workspace_id = i.workspace_id and a.id = i.account_id
    where i.workspace_id = kernel.ws()
      ${f.accountIds ? sql`and i.account_id = any(${[...f.accountIds]}::uuid[])` : sql``}
      ${f.status ? sql`and i.status = ${f.status}` : sql``}
      ${after ? sql`and (i.issued_on, i.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``}
    order by i.issued_on desc, i.id desc limit ${sql.lit(limit + 1)}`.execute(tx);
  return rows;
}

/** What products bring a year, by account, on a day; what has no product comes under null. */
export async function byProduct(
  tx: Tx,
  accountIds: readonly string[],
  on: string,
): Promise<{ accountId: string; productId: string | null; currency: string; arrMinor: number }[]> {
  const { rows } = await sql<{ accountId: string; productId: string | null; currency: string; arrMinor: number }>`
    select account_id as "accountId", product_id as "productId", currency, sum(arr_minor)::bigint as "arrMinor" from revenue_entry
    where workspace_id = kernel.ws() and account_id = any(${[...accountIds]}::uuid[])
      and starts_on <= ${on}::date and (ends_on is null or ends_on > ${on}::date)
    group by 1, 2, 3`.execute(tx);
  return rows;
}

/**
 * What was sold once: one-off lines of contracts by the day that they begin, and invoices that recur not of accounts that have neither contracts
 * nor subscriptions (elsewhere they bill what counts already). Both days included.
 */
export async function once(
  tx: Tx,
  accountIds: readonly string[],
  from: string,
  to: string,
): Promise<{ accountId: string; productId: string | null; currency: string; on: string; amountMinor: number }[]> {
  const counts = sql`(c.status in ('active', 'ended') or c.status = 'cancelled' and c.ends_on is not null)`;
  const ids = sql`any(${[...accountIds]}::uuid[])`;
  const { rows } = await sql<{
    accountId: string;
    productId: string | null;
    currency: string;
    on: string;
    amountMinor: number;
  }>`
    select account_id as "accountId", product_id as "productId", currency, day as "on", sum(amount_minor)::bigint as "amountMinor" from (
      select l.account_id, l.product_id, l.currency, l.starts_on as day, l.amount_minor
      from contract_line l join contract c on c.workspace_id = l.workspace_id and c.id = l.contract_id
      where l.workspace_id = kernel.ws() and l.account_id = ${ids} and l.kind = 'one_off' and ${counts}
        and l.starts_on between ${from}::date and ${to}::date
      union all
      select i.account_id, i.product_id, i.currency, i.issued_on, i.amount_minor from invoice i
      where i.workspace_id = kernel.ws() and i.account_id = ${ids} and not i.recurring and i.status in ('open', 'paid', 'uncollectible')
        and i.issued_on between ${from}::date and ${to}::date
        and not exists (select from subscription s where s.workspace_id = i.workspace_id and s.account_id = i.account_id)
        and not exists (select from contract_line l join contract c on c.workspace_id = l.workspace_id and c.id = l.contract_id
          where l.workspace_id = i.workspace_id and l.account_id = i.account_id and ${counts})) x
    group by 1, 2, 3, 4`.execute(tx);
  return rows;
}
