// SQL of the pipeline's figures: the rows they are made of, under the rights of who asks.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { Measure } from '../../../kernel/server/measuring.ts';
import { askedAccounts } from '../../accounts/server/index.ts';

export type DealRow = {
  id: string;
  name: string;
  account_id: string;
  account_name: string | null;
  owner_id: string | null;
  owner_name: string | null;
  tier: string | null;
  industry: string | null;
  country: string | null;
  type: string;
  state: 'open' | 'won' | 'lost';
  category: string;
  stage_id: string;
  stage_name: string;
  amount_minor: number | null;
  currency: string;
  probability: number;
  /** Expected while open, the actual day when closed. */
  closes_on: string;
};

/** Conditions of a question on the account `a`, the owner and the product of the opportunity `t`. */
function asked(q: Measure): RawBuilder<SqlBool>[] {
  const all = askedAccounts(q, { account: sql`t.account_id`, owner: sql`t.owner_id` });
  if (q.productId?.length) {
    const ofDeal = sql<SqlBool>`d.product_id = any(${q.productId}::uuid[])`;
    all.push(sql`exists (select from opportunity d where d.workspace_id = kernel.ws() and d.id = t.deal_id and (${ofDeal} or exists (
      select from opportunity_line l where l.workspace_id = kernel.ws() and l.opportunity_id = d.id and l.product_id = any(${q.productId}::uuid[]))))`);
  }
  return all;
}

const columns = sql`t.deal_id as id, t.name, t.account_id, a.name as account_name, t.owner_id, o.name as owner_name, a.tier, a.industry, a.country, t.type, t.state, t.category,
  t.stage_id, s.name as stage_name, t.amount_minor, t.currency, t.probability::float8 as probability, t.closes_on`;
const joins = sql`left join account a on a.workspace_id = kernel.ws() and a.id = t.account_id
  left join member o on o.workspace_id = kernel.ws() and o.id = t.owner_id
  left join pipeline_stage s on s.workspace_id = kernel.ws() and s.id = t.stage_id`;
const all = (parts: RawBuilder<SqlBool>[]) => (parts.length ? sql.join(parts, sql` and `) : sql`true`);

/** What is open and counts, as it is now, or as a snapshot has it. */
export async function openDeals(tx: Tx, q: Measure, snapshotId: string | null): Promise<DealRow[]> {
  const from = snapshotId
    ? sql`(select x.*, x.opportunity_id as deal_id from forecast_snapshot_row x where x.workspace_id = kernel.ws() and x.snapshot_id = ${snapshotId}::uuid)`
    : sql`(select x.*, x.id as deal_id from opportunity x where x.workspace_id = kernel.ws() and x.archived_at is null)`;
  const { rows } = await sql<DealRow>`select ${columns} from ${from} t ${joins}
    where t.state = 'open' and t.category <> 'omitted' and ${all(asked(q))}`.execute(tx);
  return rows;
}

/** Everything that is not put away, whatever became of it. */
export async function presentDeals(tx: Tx, q: Measure): Promise<DealRow[]> {
  const { rows } = await sql<DealRow>`select ${columns} from (
    select x.*, x.id as deal_id from opportunity x where x.workspace_id = kernel.ws() and x.archived_at is null) t ${joins} where ${all(asked(q))}`.execute(
    tx,
  );
  return rows;
}

/** What counts towards a forecast between two days: open by close day, won by the day it was won. */
export async function forecastDeals(
  tx: Tx,
  q: Measure,
  range: { from: string; to: string },
  snapshotId: string | null,
): Promise<DealRow[]> {
  const from = snapshotId
    ? sql`(select x.*, x.opportunity_id as deal_id from forecast_snapshot_row x where x.workspace_id = kernel.ws() and x.snapshot_id = ${snapshotId}::uuid)`
    : sql`(select x.id as deal_id, x.name, x.account_id, x.owner_id, x.type, x.state, x.category, x.stage_id, x.amount_minor, x.currency, x.probability,
        coalesce(x.closed_on, x.closes_on) as closes_on from opportunity x where x.workspace_id = kernel.ws() and x.archived_at is null)`;
  const { rows } = await sql<DealRow>`select ${columns} from ${from} t ${joins}
    where (t.state = 'won' or t.state = 'open' and t.category <> 'omitted') and t.closes_on between ${range.from}::date and ${range.to}::date and ${all(asked(q))}`.execute(
    tx,
  );
  return rows;
}

/** What was won or lost between two days, both counted in. */
export async function closedDeals(tx: Tx, q: Measure): Promise<DealRow[]> {
  const { rows } = await sql<DealRow>`
    select ${columns} from (select x.id as deal_id, x.name, x.account_id, x.owner_id, x.type, x.state, x.category, x.stage_id, x.amount_minor, x.currency, x.probability,
      x.closed_on as closes_on from opportunity x
      where x.workspace_id = kernel.ws() and x.archived_at is null and x.state <> 'open' and x.lost_reason is distinct from 'duplicate'
        and x.closed_on between ${q.from}::date and least(${q.to}::date, ${q.asOf}::date)) t ${joins} where ${all(asked(q))}`.execute(
    tx,
  );
  return rows;
}

export type StayRow = DealRow & { days: number };
/** Stays in stages that ended between two days. */
export async function stays(tx: Tx, q: Measure): Promise<StayRow[]> {
  const { rows } = await sql<StayRow>`
    select ${columns}, t.days from (
      select x.id as deal_id, x.name, x.account_id, x.owner_id, x.type, x.state, x.category, e.stage_id, x.amount_minor, x.currency, x.probability,
        coalesce(x.closed_on, x.closes_on) as closes_on, (extract(epoch from e.left_at - e.entered_at) / 86400)::float8 as days
      from opportunity_stage_span e join opportunity x on x.workspace_id = e.workspace_id and x.id = e.opportunity_id and x.archived_at is null
      where e.workspace_id = kernel.ws() and e.left_at >= ${q.from}::date and e.left_at < least(${q.to}::date, ${q.asOf}::date) + 1) t ${joins}
    where ${all(asked(q))}`.execute(tx);
  return rows;
}

/** By account and currency: what was won in a period and what is committed to close in it. */
export async function committed(
  tx: Tx,
  accountIds: readonly string[],
  from: string,
  to: string,
): Promise<{ account_id: string; currency: string; amount: number }[]> {
  const { rows } = await sql<{ account_id: string; currency: string; amount: number }>`
    select account_id, currency, sum(amount_minor)::bigint as amount from opportunity
    where workspace_id = kernel.ws() and account_id = any(${[...accountIds]}::uuid[]) and archived_at is null and amount_minor is not null
      and (state = 'won' and closed_on between ${from}::date and ${to}::date
        or state = 'open' and category = 'commit' and closes_on between ${from}::date and ${to}::date)
    group by 1, 2`.execute(tx);
  return rows;
}
