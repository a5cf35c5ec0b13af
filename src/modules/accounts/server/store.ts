// The accounts room's SQL for rows: read, write, tree, team, external ids.
import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../../../kernel/contract/access.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import type { Account, AccountFilter } from '../api.ts';
import { conditions, type Group, type Grouping, groupKey, pageOf, type Sort } from './find-store.ts';

export type AccountRow = {
  id: string;
  name: string;
  parent_id: string | null;
  parent_name: string | null;
  owner_id: string | null;
  owner_name: string | null;
  sponsor_id: string | null;
  sponsor_name: string | null;
  tier: string | null;
  status: Account['status'];
  type: string | null;
  industry: string | null;
  country: string | null;
  region: string | null;
  city: string | null;
  street: string | null;
  postal_code: string | null;
  website: string | null;
  phone: string | null;
  employees: number | null;
  annual_revenue_minor: number | null;
  annual_revenue_currency: string | null;
  arr_minor: number | null;
  arr_currency: string | null;
  arr_from_lines: boolean;
  potential_minor: number | null;
  potential_currency: string | null;
  customer_since: string | null;
  renewal_on: string | null;
  tags: string[];
  custom: Record<string, unknown>;
  version: number;
  created_at: string;
  updated_at: string;
  archived_at: string | null;
  description: string;
  merged_into_id: string | null;
  external_ids: { system: string; id: string }[];
  sort_key: string;
  group_key: string | null;
};

const columns = sql`a.id, a.name, a.parent_id, p.name as parent_name, a.owner_id, o.name as owner_name, a.sponsor_id, s.name as sponsor_name, a.tier, a.status, a.type, a.industry, a.country,
  a.region, a.city, a.street, a.postal_code, a.website, a.phone, a.employees, a.annual_revenue_minor, a.annual_revenue_currency, a.arr_minor, a.arr_currency, a.arr_from_lines, a.potential_minor,
  a.potential_currency, a.customer_since, a.renewal_on, a.tags, a.custom, a.version, a.created_at, a.updated_at, a.archived_at, a.description, a.merged_into_id,
  coalesce((select jsonb_agg(jsonb_build_object('system', x.system, 'id', x.external_id) order by x.system, x.external_id)
            from account_external_id x where x.workspace_id = a.workspace_id and x.account_id = a.id), '[]') as external_ids`;
const members = sql`left join member o on o.workspace_id = a.workspace_id and o.id = a.owner_id
  left join member s on s.workspace_id = a.workspace_id and s.id = a.sponsor_id`;

/** The accounts of one page, or of the whole list with a large limit, in order. */
export const accountsQuery = (
  filter: AccountFilter,
  sort: Sort,
  after: CursorValue[] | null,
  limit: number,
  group?: Grouping,
): RawBuilder<AccountRow> => sql<AccountRow>`
    with page as materialized (select row_number() over () as n, x.* from (${pageOf(filter, sort, after, limit, group)}) x),
    -- One look for all parents: joined row by row, a member with a limited view would search the list of visible accounts each time.
    parent as materialized (select id, name from account where id = any(array(select distinct parent_id from page where parent_id is not null)))
    select a.sort_key, a.group_key, ${columns} from page a left join parent p on p.id = a.parent_id ${members} order by a.n`;

type ListRow = { id: string; sort_key: string; group_key: string | null; item: string };

const amount = (column: string, of = 'a') => {
  const [minor, currency] = [sql.ref(`${of}.${column}_minor`), sql.ref(`${of}.${column}_currency`)];
  return sql`case when ${currency} is not null and ${minor} is not null then json_build_object('amount', ${minor}, 'currency', ${currency}) end`;
};
// One name each for the few members and parents of a page; without an id there is nothing to look up.
const nameOf = (column: string) =>
  sql`(select m.name from member m where ${sql.ref(`a.${column}`)} is not null and m.workspace_id = a.workspace_id and m.id = ${sql.ref(`a.${column}`)})`;

/** The columns of an account under the names of the contract. */
const inContract = (
  parentName: RawBuilder<unknown>,
  externalIds: RawBuilder<unknown>,
) => sql`a.id, a.name, a.parent_id as "parentId", ${parentName} as "parentName",
  a.owner_id as "ownerId", ${nameOf('owner_id')} as "ownerName", a.sponsor_id as "sponsorId", ${nameOf('sponsor_id')} as "sponsorName", a.tier, a.status, a.type, a.industry, a.country, a.region,
  a.city, a.street, a.postal_code as "postalCode", a.website, a.phone, a.employees, ${amount('annual_revenue')} as "annualRevenue", ${amount('arr')} as arr, a.arr_from_lines as "arrFromLines", ${amount('potential')} as potential,
  a.customer_since as "customerSince", a.renewal_on as "renewalOn", a.tags, ${externalIds} as "externalIds", a.custom, a.version,
  a.created_at as "createdAt", a.updated_at as "updatedAt", a.archived_at as "archivedAt"`;

/**
 * One page of accounts as JSON texts; one row more than the limit when there is a next page. PostgreSQL writes the JSON, because taking
 * fifty rows of forty columns apart and putting them together again is most of what such a request would cost.
 */
export async function accounts(
  tx: Tx,
  filter: AccountFilter,
  sort: Sort,
  after: CursorValue[] | null,
  limit: number,
  group?: Grouping,
): Promise<ListRow[]> {
  const { rows } = await sql<ListRow>`
    with page as materialized (select row_number() over () as n, x.* from (${pageOf(filter, sort, after, limit, group)}) x),
    -- One look for all parents: joined row by row, a member with a limited view would search the list of visible accounts each time.
    parent as materialized (select id, name from account where id = any(array(select distinct parent_id from page where parent_id is not null))),
    given as materialized (select account_id, json_agg(json_build_object('system', system, 'id', external_id) order by system, external_id) as ids
      from account_external_id where workspace_id = kernel.ws() and account_id = any(array(select id from page)) group by account_id)
    select a.id, a.sort_key, a.group_key, (select row_to_json(item)::text from (select ${inContract(
      sql`(select p.name from parent p where p.id = a.parent_id)`,
      sql`coalesce((select g.ids from given g where g.account_id = a.id), '[]')`,
    )}) item) as item
    from page a order by a.n`.execute(tx);
  return rows;
}

/** Systems that gave ids to accounts, and the e-mail addresses of members: what an export needs beside the rows. */
export async function exportFacts(tx: Tx): Promise<{ systems: string[]; emails: Map<string, string> }> {
  const [{ rows: systems }, { rows: members }] = await Promise.all([
    sql<{
      system: string;
    }>`select distinct system from account_external_id where workspace_id = kernel.ws() order by 1 limit 50`.execute(
      tx,
    ),
    sql<{ id: string; email: string }>`select id, email from member where workspace_id = kernel.ws()`.execute(tx),
  ]);
  return { systems: systems.map((r) => r.system), emails: new Map(members.map((m) => [m.id, m.email])) };
}

export async function account(tx: Tx, id: string): Promise<AccountRow | undefined> {
  const { rows } =
    await sql<AccountRow>`select ${columns} from account a left join account p on p.workspace_id = a.workspace_id and p.id = a.parent_id ${members} where a.workspace_id = kernel.ws() and a.id = ${id}`.execute(
      tx,
    );
  return rows[0];
}

/** The page of one account as a JSON text, for the same reason; undefined: there is none, or it may not be seen. */
export async function accountPage(tx: Tx, id: string): Promise<{ version: number; page: string } | undefined> {
  const { rows } = await sql<{ version: number; page: string }>`
    select a.version, (select row_to_json(page)::text from (select ${inContract(
      sql`(select p.name from account p where a.parent_id is not null and p.workspace_id = a.workspace_id and p.id = a.parent_id)`,
      sql`coalesce((select json_agg(json_build_object('system', x.system, 'id', x.external_id) order by x.system, x.external_id)
        from account_external_id x where x.workspace_id = a.workspace_id and x.account_id = a.id), '[]')`,
    )}, a.description, a.merged_into_id as "mergedIntoId",
      coalesce((select json_agg(json_build_object('memberId', t.member_id, 'memberName', m.name, 'title', m.title, 'function', t.function) order by t.function, m.name)
        from account_team t join member m on m.workspace_id = t.workspace_id and m.id = t.member_id
        where t.workspace_id = a.workspace_id and t.account_id = a.id), '[]') as team,
      coalesce((select json_agg(json_build_object('id', c.id, 'name', c.name, 'tier', c.tier, 'arr', c.arr) order by lower(c.name))
        from (select c.id, c.name, c.tier, ${amount('arr', 'c')} as arr from account c
          where c.workspace_id = a.workspace_id and c.parent_id = a.id and c.archived_at is null order by lower(c.name) limit 200) c), '[]') as children) page) as page
    from account a where a.workspace_id = kernel.ws() and a.id = ${id}`.execute(tx);
  return rows[0];
}

export async function teamOf(tx: Tx, accountId: string) {
  const { rows } = await sql<{ member_id: string; member_name: string; title: string; function: string }>`
    select t.member_id, m.name as member_name, m.title, t.function from account_team t join member m on m.workspace_id = t.workspace_id and m.id = t.member_id
    where t.workspace_id = kernel.ws() and t.account_id = ${accountId} order by t.function, m.name`.execute(tx);
  return rows;
}

export async function childrenOf(tx: Tx, accountId: string) {
  const { rows } = await sql<{
    id: string;
    name: string;
    tier: string | null;
    arr_minor: number | null;
    arr_currency: string | null;
  }>`
    select id, name, tier, arr_minor, arr_currency from account where workspace_id = kernel.ws() and parent_id = ${accountId} and archived_at is null order by lower(name) limit 200`.execute(
    tx,
  );
  return rows;
}

export type AccountWrite = Partial<{
  name: string;
  parent_id: string | null;
  owner_id: string | null;
  sponsor_id: string | null;
  tier: string | null;
  status: string;
  type: string | null;
  industry: string | null;
  country: string | null;
  region: string | null;
  city: string | null;
  street: string | null;
  postal_code: string | null;
  website: string | null;
  phone: string | null;
  employees: number | null;
  annual_revenue_minor: number | null;
  annual_revenue_currency: string | null;
  arr_minor: number | null;
  arr_currency: string | null;
  potential_minor: number | null;
  potential_currency: string | null;
  customer_since: string | null;
  renewal_on: string | null;
  description: string;
  tags: string[];
  archived_at: string | null;
  merged_into_id: string | null;
}>;

export async function insertAccount(
  tx: Tx,
  actor: Pick<Actor, 'workspaceId' | 'level'>,
  id: string,
  row: AccountWrite & { name: string },
  custom: Record<string, unknown>,
): Promise<void> {
  // Who sees all accounts sees this one anyway.
  if (actor.level !== 'all') await sql`select kernel.see_also(${id}::uuid)`.execute(tx);
  await tx
    .insertInto('account')
    .values({ workspace_id: actor.workspaceId, id, ...row, custom: JSON.stringify(custom) })
    .execute();
}

/** Answers the number of rows changed: 0 when the version is not the current one (or the row is not there). */
export async function updateAccount(
  tx: Tx,
  id: string,
  version: number | null,
  change: AccountWrite,
  custom: Record<string, unknown> | undefined,
): Promise<number> {
  let query = tx
    .updateTable('account')
    .set({
      ...change,
      ...(custom ? { custom: sql`jsonb_strip_nulls(custom || ${JSON.stringify(custom)}::jsonb)` } : {}),
      version: sql`version + 1`,
      updated_at: sql`now()`,
    })
    .where('workspace_id', '=', sql<string>`kernel.ws()`)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
}

export async function setExternalIds(
  tx: Tx,
  workspaceId: string,
  accountId: string,
  ids: readonly { system: string; id: string }[],
): Promise<void> {
  await tx.deleteFrom('account_external_id').where('account_id', '=', accountId).execute();
  if (ids.length)
    await tx
      .insertInto('account_external_id')
      .values(
        ids.map((x) => ({ workspace_id: workspaceId, account_id: accountId, system: x.system, external_id: x.id })),
      )
      .execute();
}

export async function externalIdHolder(
  tx: Tx,
  ids: readonly { system: string; id: string }[],
  notAccount: string,
): Promise<string | undefined> {
  if (!ids.length) return undefined;
  const { rows } = await sql<{ external_id: string }>`
    select x.external_id from account_external_id x join unnest(${ids.map((i) => i.system)}::text[], ${ids.map((i) => i.id)}::text[]) u(system, external_id)
      on u.system = x.system and u.external_id = x.external_id where x.account_id <> ${notAccount} limit 1`.execute(tx);
  return rows[0]?.external_id;
}

export async function setTeam(
  tx: Tx,
  workspaceId: string,
  accountId: string,
  members: readonly { memberId: string; function: string }[],
): Promise<void> {
  await sql`delete from account_team where workspace_id = kernel.ws() and account_id = ${accountId}
    and (member_id, function) not in (select * from unnest(${members.map((m) => m.memberId)}::uuid[], ${members.map((m) => m.function)}::text[]))`.execute(
    tx,
  );
  if (members.length) {
    await tx
      .insertInto('account_team')
      .values(
        members.map((m) => ({
          workspace_id: workspaceId,
          account_id: accountId,
          member_id: m.memberId,
          function: m.function,
        })),
      )
      .onConflict((c) => c.columns(['workspace_id', 'account_id', 'member_id', 'function']).doNothing())
      .execute();
  }
}

/** Serialises changes of the tree in one workspace, so that two moves cannot close a circle together. */
export async function lockTree(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('account-tree'), hashtext(kernel.ws()::text))`.execute(tx);
}

/** The ancestors of an account, nearest first, across what the actor may see or not: a circle must never be made in the dark. */
export async function ancestors(tx: Tx, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from account_ancestors(${id}::uuid)`.execute(tx);
  return rows.map((r) => r.id);
}

export type TreeRow = {
  id: string;
  name: string;
  parent_id: string | null;
  depth: number;
  tier: string | null;
  status: Account['status'];
  owner_name: string | null;
  arr_minor: number | null;
  arr_currency: string | null;
  archived_at: string | null;
};

/** The tree below the topmost visible ancestor. */
export async function tree(tx: Tx, rootId: string, limit: number): Promise<TreeRow[]> {
  const { rows } = await sql<TreeRow>`
    with recursive below as (
      select id, parent_id, 0 as depth, array[lower(name) || id::text] as path from account where workspace_id = kernel.ws() and id = ${rootId}
      union all
      select c.id, c.parent_id, b.depth + 1, b.path || (lower(c.name) || c.id::text) from account c join below b on c.parent_id = b.id
      where c.workspace_id = kernel.ws() and c.archived_at is null and b.depth < 50
    )
    select a.id, a.name, a.parent_id, b.depth, a.tier, a.status, o.name as owner_name, a.arr_minor, a.arr_currency, a.archived_at
    from below b join account a on a.workspace_id = kernel.ws() and a.id = b.id left join member o on o.workspace_id = a.workspace_id and o.id = a.owner_id
    order by b.path limit ${sql.lit(limit)}`.execute(tx);
  return rows;
}

/** The topmost ancestor that the actor sees, going up without a gap. */
export async function rootOf(tx: Tx, id: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with recursive up as (
      select id, parent_id, 0 as n from account where workspace_id = kernel.ws() and id = ${id}
      union all select p.id, p.parent_id, u.n + 1 from account p join up u on p.id = u.parent_id where p.workspace_id = kernel.ws() and u.n < 50
    ) select id from up order by n desc limit 1`.execute(tx);
  return rows[0]?.id ?? id;
}

const sumOf = (minor: RawBuilder<unknown>, code: RawBuilder<unknown>) =>
  sql`select ${code} as currency, sum(${minor})::bigint as amount from seen where ${code} is not null group by 1 order by 1`;

export async function summary(tx: Tx, filter: AccountFilter) {
  const { rows } = await sql<{
    count: number;
    employees: number;
    arr: { currency: string; amount: number }[];
    potential: { currency: string; amount: number }[];
    by_tier: { tier: string | null; count: number }[];
    by_status: { status: Account['status']; count: number }[];
  }>`
    with seen as materialized (select a.tier, a.status, a.employees, a.arr_minor, a.arr_currency, a.potential_minor, a.potential_currency from account a where ${sql.join(conditions(filter), sql` and `)})
    select (select count(*) from seen) as count, (select coalesce(sum(employees), 0)::bigint from seen) as employees,
      coalesce((select jsonb_agg(t) from (${sumOf(sql`arr_minor`, sql`arr_currency`)}) t), '[]') as arr,
      coalesce((select jsonb_agg(t) from (${sumOf(sql`potential_minor`, sql`potential_currency`)}) t), '[]') as potential,
      coalesce((select jsonb_agg(t) from (select tier, count(*) as count from seen group by 1 order by 2 desc, 1) t), '[]') as by_tier,
      coalesce((select jsonb_agg(t) from (select status, count(*) as count from seen group by 1 order by 2 desc, 1) t), '[]') as by_status`.execute(
    tx,
  );
  return rows[0]!;
}

/** Count and money per currency of every group, the largest first. */
export async function groups(tx: Tx, filter: AccountFilter, group: Group, limit: number) {
  const { rows } = await sql<{ key: string | null; count: number; arr: { currency: string; amount: number }[] }>`
    with seen as materialized (select ${groupKey(group)} as key, a.arr_minor, a.arr_currency from account a where ${sql.join(conditions(filter), sql` and `)}),
      part as (select key, arr_currency, count(*) as count, sum(arr_minor) as amount from seen group by 1, 2)
    select key, sum(count)::bigint as count,
      coalesce(jsonb_agg(jsonb_build_object('currency', arr_currency, 'amount', amount) order by arr_currency) filter (where arr_currency is not null), '[]') as arr
    from part group by 1 order by 2 desc, 1 limit ${sql.lit(limit)}`.execute(tx);
  return rows;
}

export async function facets(tx: Tx) {
  const distinct = (c: string, n = 200) =>
    sql`coalesce((select jsonb_agg(v) from (select ${sql.ref(c)} as v from account where archived_at is null and ${sql.ref(c)} is not null group by 1 order by count(*) desc, 1 limit ${sql.lit(n)}) x), '[]')`;
  const { rows } = await sql<{
    tiers: string[];
    industries: string[];
    countries: string[];
    types: string[];
    tags: string[];
  }>`
    select ${distinct('tier')} as tiers, ${distinct('industry')} as industries, ${distinct('country')} as countries, ${distinct('type')} as types,
      coalesce((select jsonb_agg(v) from (select v from account, unnest(tags) v where archived_at is null group by 1 order by count(*) desc, 1 limit 200) x), '[]') as tags`.execute(
    tx,
  );
  return rows[0]!;
}

export async function similar(tx: Tx, id: string, name: string) {
  const { rows } = await sql<{
    id: string;
    name: string;
    similarity: number;
    city: string | null;
    owner_name: string | null;
  }>`
    select a.id, a.name, s.rank as similarity, a.city, o.name as owner_name from account_similar(${name}, 12) s join account a on a.workspace_id = kernel.ws() and a.id = s.id
    left join member o on o.workspace_id = a.workspace_id and o.id = a.owner_id where a.id <> ${id}
      -- Company 10 and Company 11 are two: other numbers tell names apart, however alike the rest is.
      and not (a.name ~ '[0-9]' and ${name}::text ~ '[0-9]'
        and trim(regexp_replace(a.name, '[^0-9]+', ' ', 'g')) <> trim(regexp_replace(${name}::text, '[^0-9]+', ' ', 'g')))
    order by s.rank desc limit 5`.execute(tx);
  return rows;
}

export async function summaryOf(tx: Tx, id: string) {
  const { rows } = await sql<{
    id: string;
    name: string;
    owner_id: string | null;
    renewal_on: string | null;
    archived_at: string | null;
  }>`
    select id, name, owner_id, renewal_on, archived_at from account where workspace_id = kernel.ws() and id = ${id}`.execute(
    tx,
  );
  return rows[0];
}
