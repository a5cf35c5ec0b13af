// SQL of the figures of renewals: the rows they are made of, under the rights of who asks.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../../kernel/server/database.ts';
import type { Measure } from '../../../../kernel/server/measuring.ts';
import { askedAccounts } from '../../../accounts/server/index.ts';

export type DueRow = {
  id: string;
  account_id: string;
  account_name: string;
  contract_name: string;
  owner_name: string | null;
  owner_id: string | null;
  tier: string | null;
  industry: string | null;
  country: string | null;
  due_on: string;
  notice_on: string | null;
  currency: string;
  due_minor: number;
  renewed_minor: number;
  is_renewed: boolean;
  is_decided: boolean;
  signed_on: string | null;
  probability: number | null;
};

/** `contract` is the column that says of which contract a row is. */
function accounts(q: Measure, contract: RawBuilder<unknown> = sql`r.contract_id`): RawBuilder<SqlBool>[] {
  const all = askedAccounts(q);
  if (q.productId?.length)
    all.push(
      sql`exists (select from contract_line l where l.workspace_id = kernel.ws() and l.contract_id = ${contract} and l.product_id = any(${q.productId}::uuid[]))`,
    );
  return all;
}

/**
 * Renewals of a period as they stood on `asOf`. `due`: the term ended in the period, and it is decided or over. `notice`: the notice
 * deadline lies in the period. What was thought of it: the last word that was said 90 days before the end, a person's before the system's.
 */
export async function dueRows(tx: Tx, q: Measure, by: 'due' | 'notice'): Promise<DueRow[]> {
  const decided = sql<SqlBool>`(r.state = 'decided' and r.decided_on <= ${q.asOf}::date)`;
  const where: RawBuilder<SqlBool>[] = [
    sql`r.workspace_id = kernel.ws() and r.state <> 'dropped'`,
    by === 'due'
      ? sql`r.due_on >= ${q.from}::date and r.due_on <= ${q.to}::date and (${decided} or r.due_on <= ${q.asOf}::date)`
      : sql`r.notice_deadline_on >= ${q.from}::date and r.notice_deadline_on <= ${q.to}::date`,
    ...accounts(q),
  ];
  const { rows } = await sql<DueRow>`
    select r.id, r.account_id, a.name as account_name, c.name as contract_name, o.name as owner_name, a.owner_id, a.tier, a.industry, a.country, r.due_on,
      r.notice_deadline_on as notice_on, r.currency, r.due_minor, case when ${decided} then coalesce(r.renewed_minor, 0) else 0 end as renewed_minor,
      ${decided} and r.outcome not in ('lost', 'cancelled') as is_renewed, ${decided} as is_decided, case when ${decided} then coalesce(r.signed_on, r.decided_on) end as signed_on,
      coalesce(
        (select j.probability::float8 from renewal_judgement j where j.workspace_id = kernel.ws() and j.renewal_id = r.id and j.made_on <= r.due_on - 90 order by j.source, j.id desc limit 1),
        (select j.probability::float8 from renewal_judgement j where j.workspace_id = kernel.ws() and j.renewal_id = r.id and j.made_on <= coalesce(r.decided_on, r.due_on) order by j.source, j.id limit 1)) as probability
    from renewal r join contract c on c.workspace_id = r.workspace_id and c.id = r.contract_id
    join account a on a.workspace_id = r.workspace_id and a.id = r.account_id
    left join member o on o.workspace_id = a.workspace_id and o.id = a.owner_id
    where ${sql.join(where, sql` and `)} order by r.due_minor desc, r.id`.execute(tx);
  return rows;
}

export type OpenRow = Pick<
  DueRow,
  | 'id'
  | 'account_id'
  | 'account_name'
  | 'contract_name'
  | 'owner_name'
  | 'owner_id'
  | 'tier'
  | 'industry'
  | 'country'
  | 'currency'
  | 'due_minor'
> & { act_by_on: string; likelihood: string; probability: number };

/** Terms that are still to be decided, those that weigh most first. */
export async function openRows(tx: Tx, q: Measure): Promise<OpenRow[]> {
  const where = [sql<SqlBool>`r.workspace_id = kernel.ws() and r.state = 'open'`, ...accounts(q)];
  const { rows } = await sql<OpenRow>`
    select r.id, r.account_id, a.name as account_name, c.name as contract_name, o.name as owner_name, a.owner_id, a.tier, a.industry, a.country,
      r.currency, r.due_minor, r.act_by_on, coalesce(r.likelihood, r.system_likelihood) as likelihood,
      coalesce(r.probability, r.system_probability)::float8 as probability
    from renewal r join contract c on c.workspace_id = r.workspace_id and c.id = r.contract_id
    join account a on a.workspace_id = r.workspace_id and a.id = r.account_id
    left join member o on o.workspace_id = a.workspace_id and o.id = a.owner_id
    where ${sql.join(where, sql` and `)} order by r.due_minor desc, r.id`.execute(tx);
  return rows;
}

/** The contract that one of its lines or amendments is of. */
export async function contractOf(
  tx: Tx,
  table: 'contract_line' | 'contract_amendment',
  id: string,
): Promise<string | null> {
  const { rows } = await sql<{ contract_id: string }>`
    select contract_id from ${sql.table(table)} where workspace_id = kernel.ws() and id = ${id}::uuid`.execute(tx);
  return rows[0]?.contract_id ?? null;
}

export type GivenRow = {
  id: string;
  account_id: string;
  account_name: string;
  owner_id: string | null;
  owner_name: string | null;
  side: 'give' | 'get';
  kind: string;
  what: string;
  given_on: string;
  amount_minor: number | null;
  currency: string | null;
};

/** What was given and got, the newest first; on a day gone by only what was written for then. */
export async function givenRows(tx: Tx, q: Measure, side: 'give' | 'get', today: string): Promise<GivenRow[]> {
  const where = [
    sql<SqlBool>`g.workspace_id = kernel.ws() and g.side = ${side}`,
    ...(q.asOf < today ? [sql<SqlBool>`g.given_on <= ${q.asOf}::date`] : []),
    ...accounts(q, sql`g.contract_id`),
  ];
  const { rows } = await sql<GivenRow>`
    select g.id, g.account_id, a.name as account_name, a.owner_id, o.name as owner_name, g.side, g.kind, g.what, g.given_on, g.amount_minor, g.currency
    from concession g join account a on a.workspace_id = g.workspace_id and a.id = g.account_id
    left join member o on o.workspace_id = a.workspace_id and o.id = a.owner_id
    where ${sql.join(where, sql` and `)} order by g.given_on desc, g.id desc`.execute(tx);
  return rows;
}

export async function productNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (!ids.length) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from product where workspace_id = kernel.ws() and id = any(${[...ids]}::uuid[])`.execute(tx);
  return new Map(rows.map((r) => [r.id, r.name]));
}
