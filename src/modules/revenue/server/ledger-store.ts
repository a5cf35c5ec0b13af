// SQL of the ledger: balances of accounts on some days, and what became of them in between. One scan, whatever the number of days.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';

export const SOURCES = ['contract', 'subscription', 'invoice'] as const;
export type Source = (typeof SOURCES)[number];
const VIEWS: Record<Source, string> = {
  contract: 'revenue_of_contracts',
  subscription: 'revenue_of_subscriptions',
  invoice: 'revenue_of_invoices',
};
/** The same, without what another source speaks for. */
const COUNTED: Record<Source, string> = {
  contract: 'revenue_counted_contracts',
  subscription: 'revenue_counted_subscriptions',
  invoice: 'revenue_of_invoices',
};

/** What sums are parted by: columns of the ledger, or of the account. */
export const KEYS = ['account', 'product', 'currency', 'owner', 'tier', 'industry', 'country'] as const;
export type Key = (typeof KEYS)[number];

export type Scope = {
  /** Null: all accounts that the member sees. */
  accountIds: readonly string[] | null;
  productId?: readonly string[] | undefined;
  ownerId?: readonly string[] | undefined;
  tier?: readonly string[] | undefined;
  industry?: readonly string[] | undefined;
  country?: readonly string[] | undefined;
};
export type Question = {
  sources: readonly Source[];
  /** Days whose balances are wanted. */
  points: readonly string[];
  /** Pairs of places in `points`: from which day to which. */
  steps: readonly (readonly [number, number])[];
  /** Units of the reporting currency for a minor unit of each currency, on each of the points; without a rate: null. Empty: one currency. */
  factors: readonly { currency: string; at: readonly (string | null)[] }[];
  key: Key | null;
  scope: Scope;
  /** The only currency of the ledger: its rows need not be told apart, which halves the work. Null: there are several. */
  currency: string | null;
  /** Whether it matters that an account paid before: new business and accounts that came back are told apart. */
  history: boolean;
};

/** Which sources have rows at all: the others need not be read. */
export async function sourcesInUse(tx: Tx): Promise<Source[]> {
  const { rows } = await sql<Record<Source, boolean>>`select
    exists (select from contract_line where workspace_id = kernel.ws()) as contract,
    exists (select from subscription where workspace_id = kernel.ws()) as subscription,
    exists (select from invoice where workspace_id = kernel.ws() and recurring) as invoice`.execute(tx);
  return SOURCES.filter((s) => rows[0]?.[s]);
}

/** Accounts for which a contract and a subscription of the same product are in force on a day, four at most. */
export async function inBoth(tx: Tx, day: string, accountIds: readonly string[] | null): Promise<string[]> {
  const of = (e: string) =>
    sql`${accountIds ? sql`and ${sql.ref(`${e}.account_id`)} = any(${[...accountIds]}::uuid[])` : sql``}
      and ${sql.ref(`${e}.starts_on`)} <= ${day}::date and (${sql.ref(`${e}.ends_on`)} is null or ${sql.ref(`${e}.ends_on`)} > ${day}::date)`;
  const { rows } = await sql<{ name: string }>`
    select distinct a.name from revenue_of_contracts c
    join revenue_of_subscriptions s on s.workspace_id = c.workspace_id and s.account_id = c.account_id
      and (s.product_id = c.product_id or lower(s.plan) = lower(c.plan))
    join account a on a.workspace_id = c.workspace_id and a.id = c.account_id
    where c.workspace_id = kernel.ws() and c.arr_minor > 0 and s.arr_minor > 0 ${of('c')} ${of('s')} order by a.name limit 4`.execute(
    tx,
  );
  return rows.map((r) => r.name);
}

export async function currencies(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ currency: string }>`
    select currency from revenue_currency where workspace_id = kernel.ws() order by 1`.execute(tx);
  return rows.map((r) => r.currency);
}

/**
 * What counts and stands in no contract line. Where subscriptions speak for an account that has contracts too, it is left out all the same:
 * who asks for this reckons with the contracts, and nothing counts twice.
 */
export const besidesContracts = sql`
  select e.account_id, e.currency, e.starts_on, e.ends_on, e.arr_minor
  from (select * from revenue_counted_subscriptions union all select * from revenue_of_invoices) e
  where e.workspace_id = kernel.ws() and (
    not exists (select from workspace w where w.workspace_id = kernel.ws() and w.preferences ->> 'revenueFrom' = 'subscriptions')
    or not exists (select from revenue_of_contracts c where c.workspace_id = e.workspace_id and c.account_id = e.account_id))`;

/** Changes whenever something was written that balances are made of. */
export const stamp = sql<string>`(select count(*) || ' ' || coalesce(max(id::text collate "C"), '') from revenue_change where workspace_id = kernel.ws())`;

/** An account and those below it, as far as they may be seen. */
export async function below(tx: Tx, accountId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive b(id) as (
      select ${accountId}::uuid
      union select a.id from account a join b on a.parent_id = b.id where a.workspace_id = kernel.ws())
    select id from b`.execute(tx);
  return rows.map((r) => r.id);
}

/** For the rest of the transaction: whole-ledger sums read the index in its order and are too short to be compiled. */
export async function prepareForSums(tx: Tx): Promise<void> {
  await sql`select set_config('jit', 'off', true), set_config('random_page_cost', '1.1', true), set_config('work_mem', '64MB', true)`.execute(
    tx,
  );
}

const list = (parts: RawBuilder<unknown>[]) => sql.join(parts, sql`, `);
const column = (prefix: string, i: number) => sql.ref(`${prefix}${i}`);
const accountKeys: Partial<Record<Key, RawBuilder<unknown>>> = {
  owner: sql`a.owner_id::text`,
  tier: sql`a.tier`,
  industry: sql`a.industry`,
  country: sql`a.country`,
};
const entryKeys: Partial<Record<Key, RawBuilder<unknown>>> = {
  product: sql`coalesce(e.product_id::text, nullif(e.plan, ''))`,
};

function conditions(scope: Scope): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [];
  if (scope.accountIds) all.push(sql`e.account_id = any(${[...scope.accountIds]}::uuid[])`);
  if (scope.productId?.length) all.push(sql`e.product_id = any(${[...scope.productId]}::uuid[])`);
  const ofAccount: RawBuilder<unknown>[] = [];
  if (scope.ownerId?.length) ofAccount.push(sql`a.owner_id = any(${[...scope.ownerId]}::uuid[])`);
  for (const name of ['tier', 'industry', 'country'] as const) {
    const values = scope[name];
    if (values?.length) ofAccount.push(sql`a.${sql.ref(name)} = any(${[...values]}::text[])`);
  }
  if (ofAccount.length)
    all.push(
      sql`e.account_id in (select a.id from account a where a.workspace_id = kernel.ws() and ${sql.join(ofAccount, sql` and `)})`,
    );
  return all.length ? sql`where ${sql.join(all, sql` and `)}` : sql``;
}

/** `v`: a row an account and key with its balances `v0`, `v1` …, a year's worth in the reporting currency, and the first day that it paid. */
export function valued(q: Question): RawBuilder<unknown> {
  const from =
    q.sources.length === 1
      ? sql`${sql.raw(VIEWS[q.sources[0]!])} e`
      : sql`(${sql.join(
          q.sources.map(
            (s) =>
              sql`select account_id, currency, product_id, plan, arr_minor, starts_on, ends_on from ${sql.raw(COUNTED[s])}`,
          ),
          sql` union all `,
        )}) e`;
  const entryKey = q.key ? entryKeys[q.key] : undefined;
  const accountKey = q.key ? accountKeys[q.key] : undefined;
  const one = q.currency;
  const key =
    accountKey ??
    (q.key === 'account'
      ? sql`b.account_id::text`
      : q.key === 'currency'
        ? one
          ? sql`${one}::text`
          : sql`b.currency`
        : entryKey
          ? sql`b.key`
          : sql`''`);
  const groups = list([sql`e.account_id`, ...(one ? [] : [sql`e.currency`]), ...(entryKey ? [entryKey] : [])]);
  const balances = sql`b as (
      select e.account_id, ${one ? sql`` : sql`e.currency,`} ${entryKey ? sql`${entryKey} as key,` : sql``}
        ${list(
          q.points.map(
            (p, i) =>
              sql`sum(e.arr_minor) filter (where e.starts_on <= ${p}::date and (e.ends_on is null or e.ends_on > ${p}::date)) as ${column('b', i)}`,
          ),
        )},
        ${q.history ? sql`min(e.starts_on) filter (where e.arr_minor > 0 and (e.ends_on is null or e.ends_on > e.starts_on))` : sql`null::date`} as first_on
      from ${from} ${conditions(q.scope)}
      group by ${groups})`;
  const owner = accountKey ? sql`join account a on a.workspace_id = kernel.ws() and a.id = b.account_id` : sql``;
  if (one) {
    const rate = (i: number) => (q.factors.length ? sql` * ${q.factors[0]!.at[i] ?? null}::numeric` : sql``);
    return sql`${balances},
    v as (
      select b.account_id, coalesce(${key}, 'none') as key, b.first_on,
        ${list(q.points.map((_, i) => sql`coalesce(${column('b', i)}${rate(i)}, 0) as ${column('v', i)}`))}
      from b ${owner})`;
  }
  const factor = (i: number) => (q.factors.length ? sql`${column('f', i)}` : sql`1`);
  return sql`${balances},
    ${
      q.factors.length
        ? sql`f(currency, ${list(q.points.map((_, i) => column('f', i)))}) as (
      select * from unnest(${q.factors.map((f) => f.currency)}::text[], ${list(q.points.map((_, i) => sql`${q.factors.map((f) => f.at[i] ?? null)}::numeric[]`))})),`
        : sql``
    }
    v as (
      select b.account_id, coalesce(${key}, 'none') as key, min(b.first_on) as first_on,
        ${list(q.points.map((_, i) => sql`coalesce(sum(${column('b', i)} * ${factor(i)}), 0) as ${column('v', i)}`))}
      from b ${q.factors.length ? sql`left join f on f.currency = b.currency` : sql``} ${owner}
      group by 1, 2)`;
}

/** `m`: a row an account, key and step with both balances, and whether it paid before. */
function moved(q: Question): RawBuilder<unknown> {
  return sql`${valued(q)},
    m as (
      select v.account_id, v.key, x.step, x.s, x.e, coalesce(v.first_on < x.p, false) as before
      from v cross join lateral (values ${list(
        q.steps.map(([s, e], i) => sql`(${sql.lit(i)}, ${column('v', s)}, ${column('v', e)}, ${q.points[s]!}::date)`),
      )}) x(step, s, e, p))`;
}

export type SumRow = {
  step: number;
  key: string;
  accounts: number;
  end_accounts: number;
  total_accounts: number;
  start: string;
  end: string;
  kept: string;
  start_total: string;
  end_total: string;
  new: string;
  reactivation: string;
  expansion: string;
  contraction: string;
  churn: string;
  nrr: string | null;
  nrr_with: string | null;
  grr: string | null;
  logos: string | null;
};

/** Sums over accounts for every step, and for every key that weighs enough; a year's worth in whole and broken minor units. */
export async function sums(tx: Tx, q: Question, limit: number): Promise<SumRow[]> {
  if (q.sources.length === 0) return [];
  const { rows } = await sql<SumRow>`with ${moved(q)},
    t as (select step, key,
      count(*) filter (where s > 0) as accounts, count(*) filter (where s > 0 and e > 0) as end_accounts,
      count(*) filter (where e > 0) as total_accounts,
      coalesce(sum(s) filter (where s > 0), 0) as start, coalesce(sum(e) filter (where s > 0), 0) as "end",
      coalesce(sum(greatest(least(e, s), 0)) filter (where s > 0), 0) as kept,
      coalesce(sum(s), 0) as start_total, coalesce(sum(e), 0) as end_total,
      coalesce(sum(e - s) filter (where s <= 0 and e > 0 and not before), 0) as new,
      coalesce(sum(e - s) filter (where s <= 0 and e > 0 and before), 0) as reactivation,
      coalesce(sum(e - s) filter (where e > s and (s > 0) = (e > 0)), 0) as expansion,
      coalesce(sum(s - e) filter (where e < s and (s > 0) = (e > 0)), 0) as contraction,
      coalesce(sum(s - e) filter (where s > 0 and e <= 0), 0) as churn,
      coalesce(sum(e) filter (where s <= 0 and e > 0 and before), 0) as returned
      from m group by step, key)
    select step, key, accounts, end_accounts, total_accounts, start::text, "end"::text, kept::text, start_total::text, end_total::text,
      new::text, reactivation::text, expansion::text, contraction::text, churn::text,
      round("end" / nullif(start, 0), 6)::text as nrr, round(("end" + returned) / nullif(start, 0), 6)::text as nrr_with,
      round(kept / nullif(start, 0), 6)::text as grr, round(end_accounts::numeric / nullif(accounts, 0), 6)::text as logos
    from t order by greatest(start_total, end_total) desc, key, step limit ${sql.lit(limit)}`.execute(tx);
  return rows;
}

export type ShareRow = {
  accounts: number;
  total: string;
  top1: string;
  top5: string;
  top10: string;
  top20: string;
  hhi: string | null;
};

/** How much of the revenue of one day hangs on the largest accounts. */
export async function shares(tx: Tx, q: Question): Promise<ShareRow | undefined> {
  if (q.sources.length === 0) return undefined;
  const top = (n: number) => sql`coalesce(sum(e) filter (where n <= ${sql.lit(n)}), 0)`;
  const { rows } = await sql<ShareRow>`with ${moved(q)},
    o as (select e, row_number() over (order by e desc, account_id) as n from m where e > 0),
    t as (select count(*) as accounts, coalesce(sum(e), 0) as total, ${top(1)} as a, ${top(5)} as b, ${top(10)} as c, ${top(20)} as d,
                 coalesce(sum(e * e), 0) as squares from o)
    select accounts, total::text, round(a / nullif(total, 0), 6)::text as top1, round(b / nullif(total, 0), 6)::text as top5,
      round(c / nullif(total, 0), 6)::text as top10, round(d / nullif(total, 0), 6)::text as top20,
      round(squares / nullif(total * total, 0), 6)::text as hhi from t`.execute(tx);
  return rows[0];
}

export type AccountRow = { account_id: string; name: string; s: string; e: string; before: boolean };

const PARTS: Record<string, RawBuilder<unknown>> = {
  start: sql`m.s > 0`,
  end: sql`m.s > 0 and m.e > 0`,
  accounts: sql`m.s > 0`,
  endAccounts: sql`m.s > 0 and m.e > 0`,
  lost: sql`m.s > 0 and m.e <= 0`,
  startTotal: sql`m.s <> 0`,
  endTotal: sql`m.e <> 0`,
  new: sql`m.s <= 0 and m.e > 0 and not m.before`,
  reactivation: sql`m.s <= 0 and m.e > 0 and m.before`,
  expansion: sql`m.e > m.s and (m.s > 0) = (m.e > 0)`,
  contraction: sql`m.e < m.s and (m.s > 0) = (m.e > 0)`,
  churn: sql`m.s > 0 and m.e <= 0`,
};
const MOVES = new Set(['new', 'reactivation', 'expansion', 'contraction', 'churn']);

/** The accounts behind a figure, those that weigh most first; of movements those that moved most. */
const AMONG = {
  all: sql`(m.s <> 0 or m.e <> 0)`,
  cohort: sql`m.s > 0`,
  'cohort and returning': sql`(m.s > 0 or (m.e > 0 and m.before))`,
};
export async function accountRows(
  tx: Tx,
  q: Question,
  page: { group: string | null; part: string | null; of: keyof typeof AMONG; limit: number; offset: number },
): Promise<AccountRow[]> {
  if (q.sources.length === 0) return [];
  const part = page.part ? PARTS[page.part] : undefined;
  const conditions = [part ?? AMONG[page.of]];
  if (page.group !== null) conditions.push(sql`m.key = ${page.group}`);
  const weight = page.part && MOVES.has(page.part) ? sql`abs(m.e - m.s)` : sql`greatest(m.s, m.e)`;
  const { rows } = await sql<AccountRow>`with ${moved(q)}
    select m.account_id, a.name, m.s::text, m.e::text, m.before
    from m join account a on a.workspace_id = kernel.ws() and a.id = m.account_id
    where m.step = 0 and ${sql.join(conditions, sql` and `)}
    order by ${weight} desc, m.account_id limit ${sql.lit(page.limit)} offset ${page.offset}`.execute(tx);
  return rows;
}

/** What the keys of groups are called. */
export async function labels(tx: Tx, key: Key, ids: readonly string[]): Promise<Map<string, string>> {
  const table = { account: 'account', owner: 'member', product: 'product' }[key as string];
  const uuids = ids.filter((i) => /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(i));
  if (!table || uuids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from ${sql.ref(table)} where workspace_id = kernel.ws() and id = any(${uuids}::uuid[])`.execute(tx);
  return new Map(rows.map((r) => [r.id, r.name]));
}
