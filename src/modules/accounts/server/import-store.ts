// The SQL of importing accounts: who a staged row is, whom it refers to, and writing it. See kernel/server/importing.ts for the tables.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { ImportCandidate, ImportRun } from '../../../kernel/server/importing.ts';
import { accountRefKey, findAccounts } from './import-refs-store.ts';
import type { ParentLink } from './import-rules.ts';

type Fields = ReadonlySet<string>;
/** Field of the shape → column, for values that are simply set. */
const PLAIN: readonly (readonly [field: string, column: string])[] = [
  ['name', 'name'],
  ['status', 'status'],
  ['tier', 'tier'],
  ['type', 'type'],
  ['industry', 'industry'],
  ['street', 'street'],
  ['postalCode', 'postal_code'],
  ['city', 'city'],
  ['region', 'region'],
  ['country', 'country'],
  ['website', 'website'],
  ['phone', 'phone'],
  ['employees', 'employees'],
  ['customerSince', 'customer_since'],
  ['renewalOn', 'renewal_on'],
  ['description', 'description'],
];
const MONEY: readonly (readonly [field: string, column: string])[] = [
  ['annualRevenue', 'annual_revenue'],
  ['arr', 'arr'],
  ['potential', 'potential'],
];
const plain = (mapped: Fields) => PLAIN.filter(([field]) => mapped.has(field)).map(([, column]) => column);
// A file without names names new accounts by their ids, and leaves the names of others alone.
const named = (mapped: Fields) => [...new Set(['name', ...plain(mapped)])];
const moneys = (mapped: Fields) =>
  MONEY.filter(([field]) => mapped.has(field)).flatMap(([, column]) => [`${column}_minor`, `${column}_currency`]);
const has = (mapped: Fields, ...fields: string[]) => fields.some((f) => mapped.has(f));
const linked = (mapped: Fields) => [
  ...(has(mapped, 'parentId', 'parentName') ? ['parent_id'] : []),
  ...(has(mapped, 'ownerEmail', 'ownerName', 'ownerId') ? ['owner_id'] : []),
  ...(has(mapped, 'sponsorName') ? ['sponsor_id'] : []),
];
const list = (parts: RawBuilder<unknown>[]) => sql.join(parts);
/** The ARR of an account that has lines is theirs, whatever a list says. */
const isTaken = (column: string): RawBuilder<SqlBool> =>
  column.startsWith('arr_') ? sql<SqlBool>`not a.arr_from_lines` : sql<SqlBool>`true`;
const UUID = sql.lit('^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$');
const host = (column: RawBuilder<unknown>) =>
  sql`nullif(lower(substring(${column} from '^(?:https?://)?(?:www\\.)?([^/?#:]+)')), '')`;

/** `import_match (n, id, how)`: rows that are an account which we have. By our id, by the other system's, by name. */
export async function matchAccounts(tx: Tx, run: ImportRun): Promise<void> {
  await sql`drop table if exists pg_temp.import_match`.execute(tx);
  await sql`create temp table import_match as
    select s.n, coalesce(s.done_id, d.id, own.merged_into_id, own.id, x.account_id) as id,
           case when s.done_id is not null then 'done' else 'id' end as how
    from pg_temp.import_stage s
    left join account d on d.workspace_id = kernel.ws() and d.id = s.decision
    left join account own on own.workspace_id = kernel.ws() and s.decision is null
      and own.id = coalesce(s.own_id, case when s.external_id ~ ${UUID} then s.external_id::uuid end)
    left join account_external_id x on x.workspace_id = kernel.ws() and s.decision is null and x.system = ${run.system} and x.external_id = s.external_id
    where coalesce(s.done_id, d.id, own.id, x.account_id) is not null`.execute(tx);
  await sql`insert into pg_temp.import_match
    select distinct on (s.n) s.n, x.account_id, 'id' from pg_temp.import_stage s, jsonb_each_text(s.more_ids) m
    join account_external_id x on x.workspace_id = kernel.ws() and x.system = m.key and x.external_id = m.value
    where s.more_ids is not null and s.decision is null and not exists (select from pg_temp.import_match i where i.n = s.n) order by s.n, m.key`.execute(
    tx,
  );
  await sql`analyze pg_temp.import_match`.execute(tx);
  const { rows } =
    await sql`select 1 from pg_temp.import_stage s where s.decision is null and not exists (select from pg_temp.import_match m where m.n = s.n) limit 1`.execute(
      tx,
    );
  if (rows.length) await matchByName(tx, run);
}

/** The same name, and nothing that speaks against it: another town, another web site, another id in the same system. */
async function matchByName(tx: Tx, run: ImportRun): Promise<void> {
  await sql`insert into pg_temp.import_match
    with open as materialized (
      select s.n, kernel.plain_key(kernel.fold(s.name)) as key, lower(s.city) as city, ${host(sql`s.website`)} as host, upper(s.country) as country, s.external_id
      from pg_temp.import_stage s where s.decision is null and s.done_id is null and not exists (select from pg_temp.import_match m where m.n = s.n)),
    found as (
      select o.n, a.id,
        (o.city = lower(a.city))::int + 2 * (o.host = ${host(sql`a.website`)})::int as fits
      from open o join account a on kernel.plain_key(a.name_key) = o.key
      where a.workspace_id = kernel.ws() and a.archived_at is null and o.key <> ''
        and (o.city = lower(a.city)) is not false and (o.host = ${host(sql`a.website`)}) is not false
        and (length(o.country) = 2 and length(a.country) = 2 and o.country <> upper(a.country)) is not true
        and not (o.external_id is not null and exists (
          select from account_external_id x where x.workspace_id = a.workspace_id and x.account_id = a.id and x.system = ${run.system}))
        and not exists (select from pg_temp.import_match m where m.id = a.id)),
    best as (select n, id, fits, rank() over (partition by n order by coalesce(fits, 0) desc) as place from found)
    select n, min(id::text)::uuid, 'name' from best where place = 1 group by n having count(*) = 1`.execute(tx);
  await sql`analyze pg_temp.import_match`.execute(tx);
}

/** Two rows of one account: the first counts. And ids that somebody has whom the actor may not see. */
export async function rejectAccounts(tx: Tx, run: ImportRun): Promise<void> {
  await sql`insert into pg_temp.import_remark (n, weight, code, message, value)
    select n, 'reject', 'duplicate', 'This is the same account as row ' || first || '.', name from (
      select s.n, s.name, min(s.n) over (partition by m.id) as first from pg_temp.import_match m join pg_temp.import_stage s on s.n = m.n) x where n > first`.execute(
    tx,
  );
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select n, 'reject', 'externalId', 'duplicate', 'Row ' || first || ' has the same id.', external_id from (
      select s.n, s.external_id, min(s.n) over (partition by s.external_id) as first from pg_temp.import_stage s
      where s.external_id is not null and not exists (select from pg_temp.import_match m where m.n = s.n)) x where n > first`.execute(
    tx,
  );
  await sql`insert into pg_temp.import_remark (n, weight, code, message, value)
    select n, 'reject', 'duplicate', 'This is the same account as row ' || first || '.', name from (
      select s.n, s.name, min(s.n) over (partition by kernel.plain_key(kernel.fold(s.name)), lower(s.city), ${host(sql`s.website`)}, upper(s.country)) as first
      from pg_temp.import_stage s where s.external_id is null and s.own_id is null and s.decision is null
        and not exists (select from pg_temp.import_match m where m.n = s.n)) x where n > first`.execute(tx);
  if (run.actor.level !== 'all')
    await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
      select s.n, 'reject', 'externalId', 'not_yours', 'An account that you do not see has this id.', s.external_id
      from pg_temp.import_stage s join account_external_ids_taken(${run.system}, array(select external_id from pg_temp.import_stage where external_id is not null)) t
        on t.external_id = s.external_id where not exists (select from pg_temp.import_match m where m.n = s.n)`.execute(
      tx,
    );
}

/** Tells the files after this one, and forward references within it, which accounts it makes. */
export async function announceAccounts(tx: Tx, run: ImportRun): Promise<void> {
  await sql`insert into pg_temp.import_made (entity, file, system, external_id, name, id)
    select 'accounts', ${run.file}::int, ${run.system}, s.external_id, s.name, coalesce(m.id, s.new_id)
    from pg_temp.import_stage s left join pg_temp.import_match m on m.n = s.n
    where (m.id is null or s.external_id is not null) and not exists (select from pg_temp.import_remark r where r.n = s.n and r.weight = 'reject')`.execute(
    tx,
  );
  await sql`analyze pg_temp.import_made`.execute(tx);
}

/** The parents that rows ask for and do not have; those that cannot be found are noted. */
export async function wantedParents(tx: Tx, run: ImportRun): Promise<ParentLink[]> {
  await sql`create temp table if not exists import_parent (n int not null, child uuid not null, parent_id uuid not null)`.execute(
    tx,
  );
  await sql`truncate pg_temp.import_parent`.execute(tx);
  if (!has(run.mapped, 'parentId', 'parentName')) return [];
  const parents = { idColumn: 'parent_id', nameColumn: 'parent_name' };
  await findAccounts(tx, run, parents);
  const taken = sql`not exists (select from pg_temp.import_remark r where r.n = s.n and r.weight = 'reject')`;
  const join = sql`pg_temp.import_stage s join pg_temp.import_account_ref r on r.key = ${accountRefKey(parents)}`;
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select s.n, 'warn', case when s.parent_id is null then 'parentName' else 'parentId' end, 'no_parent', r.problem || ' The account is taken without parent.', coalesce(s.parent_name, s.parent_id)
    from ${join} where r.problem is not null and ${taken}`.execute(tx);
  // Lists often name a head office as its own parent.
  const { rows } = await sql<{ n: number; child: string; parent: string }>`insert into pg_temp.import_parent
    select s.n, coalesce(m.id, s.new_id), r.account_id from ${join} left join pg_temp.import_match m on m.n = s.n
    left join account a on a.workspace_id = kernel.ws() and a.id = m.id
    where r.account_id is not null and r.account_id <> coalesce(m.id, s.new_id) and a.parent_id is distinct from r.account_id and ${taken}
    returning n, child, parent_id as parent`.execute(tx);
  return rows.map((r) => ({ row: r.n, child: r.child, parent: r.parent }));
}

export async function edges(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; parent_id: string }>`select id, parent_id from account_edges()`.execute(tx);
  return new Map(rows.map((r) => [r.id, r.parent_id]));
}

/** Ids of the accounts that are new and have or are wanted parents. */
export async function freshAmong(tx: Tx, ids: string[]): Promise<Set<string>> {
  const { rows } = await sql<{
    new_id: string;
  }>`select s.new_id from pg_temp.import_stage s where s.new_id = any (${ids}::uuid[]) and not exists (select from pg_temp.import_match m where m.n = s.n)`.execute(
    tx,
  );
  return new Set(rows.map((r) => r.new_id));
}

export async function dropCircular(tx: Tx, links: readonly ParentLink[]): Promise<void> {
  if (!links.length) return;
  const ns = links.map((l) => l.row);
  await sql`delete from pg_temp.import_parent where n = any (${ns}::int[])`.execute(tx);
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select s.n, 'warn', case when s.parent_id is null then 'parentName' else 'parentId' end, 'circle', 'The account would be below itself. It is taken without this parent.', coalesce(s.parent_name, s.parent_id)
    from pg_temp.import_stage s where s.n = any (${ns}::int[])`.execute(tx);
}

/** `import_plan`: what becomes of each row, parents before children. */
export async function planAccounts(tx: Tx, run: ImportRun, depths: ReadonlyMap<string, number>): Promise<void> {
  const deep = [...depths].filter(([, depth]) => depth > 0);
  const differs: RawBuilder<SqlBool>[] = [
    ...plain(run.mapped).map((c) =>
      c === 'name'
        ? sql<SqlBool>`(m.how <> 'name' and s.name is distinct from a.name)`
        : sql<SqlBool>`(s.${sql.ref(c)} is not null and s.${sql.ref(c)} is distinct from a.${sql.ref(c)})`,
    ),
    ...moneys(run.mapped).map(
      (c) =>
        sql<SqlBool>`(s.${sql.ref(c)} is not null and s.${sql.ref(c)} is distinct from a.${sql.ref(c)} and ${isTaken(c)})`,
    ),
    sql<SqlBool>`p.parent_id is not null`,
    sql<SqlBool>`(coalesce(om.id, oi.id) is not null and coalesce(om.id, oi.id) is distinct from a.owner_id)`,
    sql<SqlBool>`(sm.id is not null and sm.id is distinct from a.sponsor_id)`,
    sql<SqlBool>`(s.tags is not null and not (a.tags @> s.tags))`,
    sql<SqlBool>`(s.custom is not null and not (a.custom @> s.custom))`,
    sql<SqlBool>`(s.external_id is not null and s.external_id !~ ${UUID} and not exists (select from account_external_id x where x.workspace_id = a.workspace_id and x.system = ${run.system} and x.external_id = s.external_id))`,
    sql<SqlBool>`(s.more_ids is not null and exists (select from jsonb_each_text(s.more_ids) e where not exists (
      select from account_external_id x where x.workspace_id = a.workspace_id and x.system = e.key and x.external_id = e.value)))`,
  ];
  await sql`drop table if exists pg_temp.import_plan`.execute(tx);
  await sql`create temp table import_plan as
    select (row_number() over (order by d.depth nulls first, s.n) - 1)::int as pos, s.n, coalesce(m.id, s.new_id) as id, coalesce(m.how = 'name', false) as by_name,
      case when m.how = 'done' then 'done' when m.id is null then 'new' when ${sql.join(differs, sql` or `)} then 'changed' else 'same' end as action,
      p.parent_id, coalesce(om.id, oi.id) as owner_id, sm.id as sponsor_id, coalesce(d.depth, 0) as level
    from pg_temp.import_stage s
    left join pg_temp.import_match m on m.n = s.n
    left join account a on a.workspace_id = kernel.ws() and a.id = m.id
    left join pg_temp.import_parent p on p.n = s.n
    left join pg_temp.import_member om on om.ref = lower(s.owner_email)
    left join pg_temp.import_member oi on oi.ref = lower(coalesce(s.owner_name, s.owner_id))
    left join pg_temp.import_member sm on sm.ref = lower(s.sponsor_name)
    left join unnest(${deep.map(([id]) => id)}::uuid[], ${deep.map(([, depth]) => depth)}::int[]) d(id, depth) on d.id = s.new_id
    where not exists (select from pg_temp.import_remark r where r.n = s.n and r.weight = 'reject')`.execute(tx);
  if (run.mapped.has('arr'))
    await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
      select s.n, 'warn', 'arr', 'arr_from_lines', 'The ARR of this account is that of its contracts and subscriptions. The one in the row is left out.', (s.arr_minor)::text
      from pg_temp.import_plan p join pg_temp.import_stage s on s.n = p.n join account a on a.workspace_id = kernel.ws() and a.id = p.id
      where a.arr_from_lines and s.arr_minor is not null and (s.arr_minor, s.arr_currency) is distinct from (a.arr_minor, a.arr_currency)`.execute(
      tx,
    );
}

const FORMS = sql.lit(
  '( (inc|incorporated|corp|corporation|co|company|llc|llp|lp|ltd|limited|plc|gmbh|mbh|ag|kg|ohg|se|sa|sas|sarl|sl|srl|spa|bv|nv|ab|as|asa|aps|oy|oyj|group|holding))+$',
);
const bare = (key: RawBuilder<unknown>) => sql`regexp_replace(${key}, ${FORMS}, '')`;
const SEARCHED = 300;

/** New rows whose name is that of an account but for its legal form, or, of the first few hundred rows, looks like it. */
export async function likeAccounts(tx: Tx, limit: number): Promise<ImportCandidate[]> {
  const fresh = sql`pg_temp.import_plan p join pg_temp.import_stage s on s.n = p.n where p.action = 'new' and s.decision is null`;
  const { rows } = await sql<ImportCandidate>`
    with near as (
      select x.n, a.id, 1 as similarity from (select s.n, ${bare(sql`kernel.plain_key(kernel.fold(s.name))`)} as key from ${fresh}) x
      join account a on a.workspace_id = kernel.ws() and a.archived_at is null and ${bare(sql`kernel.plain_key(a.name_key)`)} = x.key
      union
      select x.n, c.id, c.rank from (select s.n, s.name from ${fresh} order by p.pos limit ${sql.lit(SEARCHED)}) x cross join lateral account_similar(x.name, 3) c),
    best as (select n, id, max(similarity) as similarity from near group by 1, 2)
    select s.n as row, s.name, concat_ws(', ', s.city, s.country) as detail,
      jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'detail', concat_ws(', ', a.city, a.country), 'similarity', least(1, b.similarity)) order by b.similarity desc, a.name) as options
    from best b join pg_temp.import_stage s on s.n = b.n join account a on a.workspace_id = kernel.ws() and a.id = b.id
    where not exists (select from pg_temp.import_match m where m.id = a.id)
    group by s.n, s.name, s.city, s.country order by s.n limit ${sql.lit(limit)}`.execute(tx);
  return rows;
}

const chunk = (from: number, to: number, action: string) =>
  sql`(select p.* from pg_temp.import_plan p where p.pos >= ${from} and p.pos < ${to} and p.action = ${action})`;

/** Whether the chunk gives accounts that we have another parent. New ones cannot close a circle. */
export async function movesAccounts(tx: Tx, from: number, to: number): Promise<boolean> {
  const { rows } =
    await sql`select 1 from ${chunk(from, to, 'changed')} p where p.parent_id is not null limit 1`.execute(tx);
  return rows.length > 0;
}

export async function insertAccounts(tx: Tx, run: ImportRun, from: number, to: number) {
  const columns = [...named(run.mapped), ...moneys(run.mapped)];
  // Who sees only some accounts would lose sight of new ones without owner.
  const owner = run.actor.level === 'all' ? sql`p.owner_id` : sql`coalesce(p.owner_id, ${run.actor.memberId}::uuid)`;
  if (run.actor.level !== 'all')
    await sql`select set_config('openkam.seen', (kernel.seen() || array(select p.id from ${chunk(from, to, 'new')} p))::text, true)`.execute(
      tx,
    );
  const value = (c: string) =>
    c === 'status'
      ? sql`coalesce(s.status, 'active')`
      : c === 'description'
        ? sql`coalesce(s.description, '')`
        : sql`s.${sql.ref(c)}`;
  await sql`
    insert into account (workspace_id, id, parent_id, owner_id, sponsor_id, tags, custom, import_id, ${list(columns.map((c) => sql.ref(c)))})
    select kernel.ws(), p.id, p.parent_id, ${owner}, p.sponsor_id, coalesce(s.tags, '{}'), coalesce(s.custom, '{}'), ${run.importId}::uuid, ${list(columns.map(value))}
    from ${chunk(from, to, 'new')} p join pg_temp.import_stage s on s.n = p.n order by p.pos`.execute(tx);
  await insertExternalIds(tx, run, from, to, 'new');
  const { rows: made } = await sql<{
    n: number;
    id: string;
  }>`select p.n, p.id from ${chunk(from, to, 'new')} p order by p.pos`.execute(tx);
  return made;
}

/** Ids of the other system, where they are not known yet. */
export async function insertExternalIds(tx: Tx, run: ImportRun, from: number, to: number, action: 'new' | 'changed') {
  const fresh = action === 'new';
  const { rows } = await sql<{ id: string; account_id: string }>`
    insert into account_external_id (workspace_id, account_id, system, external_id)
    select kernel.ws(), p.id, i.system, i.external_id from ${chunk(from, to, action)} p join pg_temp.import_stage s on s.n = p.n
    cross join lateral (
      select ${run.system} as system, s.external_id where s.external_id is not null and (s.own_id is null) and s.external_id !~ ${UUID}
      union select e.key, e.value from jsonb_each_text(s.more_ids) e where s.more_ids is not null) i
    ${fresh ? sql`` : sql`where not exists (select from account_external_id x where x.workspace_id = kernel.ws() and x.system = i.system and x.external_id = i.external_id)`}
    returning id, account_id`.execute(tx);
  return rows;
}

export async function updateAccounts(tx: Tx, run: ImportRun, from: number, to: number) {
  const { mapped } = run;
  const kept = [...plain(mapped), ...moneys(mapped), ...linked(mapped), 'tags', 'custom'];
  const set = [
    ...plain(mapped).map((c) =>
      c === 'name'
        ? sql`name = case when p.by_name then a.name else coalesce(s.name, a.name) end`
        : sql`${sql.ref(c)} = coalesce(s.${sql.ref(c)}, a.${sql.ref(c)})`,
    ),
    ...moneys(mapped).map(
      (c) =>
        sql`${sql.ref(c)} = case when ${isTaken(c)} then coalesce(s.${sql.ref(c)}, a.${sql.ref(c)}) else a.${sql.ref(c)} end`,
    ),
    ...linked(mapped).map((c) => sql`${sql.ref(c)} = coalesce(p.${sql.ref(c)}, a.${sql.ref(c)})`),
    sql`tags = case when s.tags is null or a.tags @> s.tags then a.tags else array(select distinct t from unnest(a.tags || s.tags) t order by t) end`,
    sql`custom = a.custom || coalesce(s.custom, '{}')`,
  ];
  const { rows } = await sql<{ n: number; id: string; version: number; before: Record<string, unknown> }>`
    with p as materialized ${chunk(from, to, 'changed')},
    old as materialized (select a.* from account a join p on p.id = a.id where a.workspace_id = kernel.ws() for update of a)
    update account a set ${list(set)}, version = a.version + 1, updated_at = now()
    from p join pg_temp.import_stage s on s.n = p.n join old o on o.id = p.id
    where a.workspace_id = kernel.ws() and a.id = p.id
    returning p.n, a.id, a.version, jsonb_build_object(${list(kept.flatMap((c) => [sql.lit(c), sql`o.${sql.ref(c)}`]))}) as before`.execute(
    tx,
  );
  return rows;
}
