// SQL of offers, and of what scenarios are reckoned with: delivery costs, and the quarter's base from contract lines and what stands beside.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../../kernel/server/database.ts';
import type { QuarterBase } from '../rules/scenarios.ts';

export type OfferRow = {
  id: string;
  renewal_id: string;
  account_id: string;
  name: string;
  terms: unknown;
  note: string;
  made_by_name: string | null;
  approval_id: string | null;
  approval_status: 'pending' | 'approved' | 'refused' | 'withdrawn' | null;
  approval_terms: unknown;
  version: number;
  updated_at: string;
};
const columns = sql`o.id, o.renewal_id, o.account_id, o.name, o.terms, o.note, m.name as made_by_name, p.id as approval_id, p.status as approval_status, p.terms as approval_terms, o.version, o.updated_at`;
const joins = sql`left join member m on m.workspace_id = o.workspace_id and m.id = o.made_by
  left join lateral (select x.id, x.status, x.terms from approval x where x.workspace_id = kernel.ws() and x.offer_id = o.id order by x.created_at desc, x.id desc limit 1) p on true`;

export async function offers(tx: Tx, renewalId: string): Promise<OfferRow[]> {
  const { rows } =
    await sql<OfferRow>`select ${columns} from offer o ${joins} where o.workspace_id = kernel.ws() and o.renewal_id = ${renewalId}::uuid order by o.created_at, o.id`.execute(
      tx,
    );
  return rows;
}
export async function offer(tx: Tx, id: string): Promise<OfferRow | undefined> {
  const { rows } =
    await sql<OfferRow>`select ${columns} from offer o ${joins} where o.workspace_id = kernel.ws() and o.id = ${id}::uuid`.execute(
      tx,
    );
  return rows[0];
}
export async function insert(
  tx: Tx,
  workspaceId: string,
  row: {
    id: string;
    renewal_id: string;
    account_id: string;
    name: string;
    terms: string;
    note: string;
    made_by: string | null;
  },
): Promise<void> {
  await tx
    .insertInto('offer')
    .values({ workspace_id: workspaceId, ...row })
    .execute();
}
/** Answers false when the version is not the current one. */
export async function update(
  tx: Tx,
  id: string,
  version: number | null,
  change: Partial<{ name: string; terms: string; note: string }>,
): Promise<boolean> {
  let query = tx
    .updateTable('offer')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', sql<string>`kernel.ws()`)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}
export async function remove(tx: Tx, id: string): Promise<void> {
  await sql`delete from offer where workspace_id = kernel.ws() and id = ${id}::uuid`.execute(tx);
}

/** The terms that were approved for a renewal. */
export async function approvedTerms(tx: Tx, renewalId: string): Promise<unknown[]> {
  const { rows } = await sql<{ terms: unknown }>`
    select terms from approval where workspace_id = kernel.ws() and renewal_id = ${renewalId}::uuid and status = 'approved'`.execute(
    tx,
  );
  return rows.map((r) => r.terms);
}

export type CostRow = { id: string; share: string | null; minor: number | null; currency: string | null };
export async function costs(tx: Tx, productIds: readonly string[]): Promise<CostRow[]> {
  if (!productIds.length) return [];
  const { rows } = await sql<CostRow>`
    select id, delivery_cost_share as share, delivery_cost_minor as minor, delivery_cost_currency as currency from product
    where workspace_id = kernel.ws() and id = any(${[...productIds]}::uuid[]) and (delivery_cost_share is not null or delivery_cost_minor is not null)`.execute(
    tx,
  );
  return rows;
}

/** The currencies of all contracts that the actor sees. */
export async function currencies(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{
    currency: string;
  }>`select distinct currency from contract where workspace_id = kernel.ws()`.execute(tx);
  return rows.map((r) => r.currency);
}

/** A select of what recurs and stands in no contract: account_id, currency, starts_on, ends_on (the first day without it), arr_minor. */
export type Besides = RawBuilder<unknown>;
type Quarter = { from: string; to: string; accountId: string; renewalId: string; besides: readonly Besides[] };
type Factor = { currency: string; factor: string };

/**
 * The quarter as contract lines have it, and what other rooms know beside them, account by account and without the renewal in question:
 * what each had at the start (s) and has at the end (e). Renewals that are still open count as renewed at the same price; drafts count
 * nothing. `factors`: minor units of the reporting currency for one of each currency; others are left out.
 */
const quarterByAccount = (q: Quarter, factors: readonly Factor[]) => sql`
    factor as (
      select * from unnest(${factors.map((f) => f.currency)}::text[], ${factors.map((f) => f.factor)}::numeric[]) f(currency, factor)),
    line as (
      select l.account_id, l.starts_on, l.amount_minor * f.factor as amount,
        case when d.due then null else l.ends_on end as ends_on, coalesce(d.due, false) and r.id = ${q.renewalId}::uuid as ours
      from contract_line l
      join contract c on c.workspace_id = l.workspace_id and c.id = l.contract_id and c.status <> 'draft'
      join factor f on f.currency = l.currency
      left join renewal r on r.workspace_id = l.workspace_id and r.contract_id = l.contract_id and (r.state = 'open' or r.id = ${q.renewalId}::uuid)
      left join lateral (select l.starts_on <= r.due_on and (l.ends_on is null or l.ends_on >= r.due_on) as due) d on true
      where l.workspace_id = kernel.ws() and l.kind = 'recurring'
      ${sql.join(
        q.besides.map(
          (rows) => sql`union all
      select b.account_id, b.starts_on, b.arr_minor * f.factor, b.ends_on - 1, false from (${rows}) b join factor f on f.currency = b.currency
      where b.starts_on <= ${q.to}::date and (b.ends_on is null or b.ends_on > ${q.from}::date)`,
        ),
        sql` `,
      )}),
    by_account as (
      select account_id, coalesce(sum(amount) filter (where starts_on <= ${q.from}::date and (ends_on is null or ends_on >= ${q.from}::date)), 0) as s,
        coalesce(sum(amount) filter (where not ours and starts_on <= ${q.to}::date and (ends_on is null or ends_on >= ${q.to}::date)), 0) as e
      from line group by 1)`;

export async function quarterBase(tx: Tx, q: Quarter, factors: readonly Factor[]): Promise<QuarterBase> {
  const { rows } = await sql<QuarterBase>`
    with ${quarterByAccount(q, factors)}
    select coalesce(sum(s), 0)::text as start,
      coalesce(sum(e) filter (where s > 0 and account_id <> ${q.accountId}::uuid), 0)::text as "otherEnd",
      coalesce(sum(least(e, s)) filter (where s > 0 and account_id <> ${q.accountId}::uuid), 0)::text as "otherKept",
      coalesce(sum(s) filter (where account_id = ${q.accountId}::uuid), 0)::text as "accountStart",
      coalesce(sum(e) filter (where account_id = ${q.accountId}::uuid), 0)::text as "accountOtherEnd"
    from by_account`.execute(tx);
  return rows[0]!;
}

export type QuarterAccount = { id: string; name: string; start: string; end: string };
/** The accounts that the quarter begins with, that of the renewal first, then those that weigh most. */
export async function quarterAccounts(
  tx: Tx,
  q: Quarter,
  factors: readonly Factor[],
  page: { limit: number; offset: number },
): Promise<QuarterAccount[]> {
  const { rows } = await sql<QuarterAccount>`
    with ${quarterByAccount(q, factors)}
    select b.account_id as id, a.name, b.s::text as start, b.e::text as "end"
    from by_account b join account a on a.workspace_id = kernel.ws() and a.id = b.account_id where b.s > 0
    order by b.account_id <> ${q.accountId}::uuid, b.s desc, b.account_id limit ${sql.lit(page.limit)} offset ${sql.lit(page.offset)}`.execute(
    tx,
  );
  return rows;
}
