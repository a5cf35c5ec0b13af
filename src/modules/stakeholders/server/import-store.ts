// The SQL of importing people, up to the plan: who a staged row is, at which account, whom it reports to, what becomes of it.
// See kernel/server/importing.ts for the tables.
import { type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { ImportCandidate, ImportRun } from '../../../kernel/server/importing.ts';

/** Field of the shape → column of the person. */
export const PERSON: readonly (readonly [field: string, column: string])[] = [
  ['name', 'name'],
  ['firstName', 'first_name'],
  ['lastName', 'last_name'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['mobile', 'mobile'],
  ['language', 'language'],
  ['notes', 'notes'],
  ['doNotContact', 'do_not_contact'],
];
export const ROLE: readonly (readonly [field: string, column: string])[] = [
  ['title', 'title'],
  ['department', 'department'],
];
export const mappedOf = (all: typeof PERSON, run: Pick<ImportRun, 'mapped'>): string[] =>
  all.filter(([field]) => field === 'name' || run.mapped.has(field)).map(([, column]) => column);

const UUID = sql.lit('^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$');
const key = sql`kernel.plain_key(kernel.fold(s.name))`;
/** What must agree, besides the address, for two people with one e-mail to be one: the last name, or the last word of the whole. */
const lastKey = sql`kernel.plain_key(kernel.fold(coalesce(s.last_name, substring(s.name from '[^ ]+$'))))`;
const rejected = sql`exists (select from pg_temp.import_remark r where r.n = s.n and r.weight = 'reject')`;

/** `import_match (n, id, how)`: rows that are a person whom we have. By ids, by e-mail and last name, by name at the same account. */
export async function matchPeople(tx: Tx, run: ImportRun): Promise<void> {
  await sql`drop table if exists pg_temp.import_match`.execute(tx);
  await sql`create temp table import_match as
    select s.n, coalesce(s.done_id, d.id, own.merged_into_id, own.id, x.person_id) as id, case when s.done_id is not null then 'done' else 'id' end as how
    from pg_temp.import_stage s
    left join person d on d.workspace_id = kernel.ws() and d.id = s.decision
    left join person own on own.workspace_id = kernel.ws() and s.decision is null
      and own.id = coalesce(s.own_id, case when s.external_id ~ ${UUID} then s.external_id::uuid end)
    left join person_external_id x on x.workspace_id = kernel.ws() and s.decision is null and x.system = ${run.system} and x.external_id = s.external_id
    where coalesce(s.done_id, d.id, own.id, x.person_id) is not null`.execute(tx);
  const open = sql`s.decision is null and s.done_id is null and not exists (select from pg_temp.import_match m where m.n = s.n)`;
  await sql`insert into pg_temp.import_match
    select distinct on (s.n) s.n, x.person_id, 'id' from pg_temp.import_stage s, jsonb_each_text(s.more_ids) j
    join person_external_id x on x.workspace_id = kernel.ws() and x.system = j.key and x.external_id = j.value
    where s.more_ids is not null and ${open} order by s.n, j.key`.execute(tx);
  await sql`analyze pg_temp.import_match`.execute(tx);
  const { rows } = await sql`select 1 from pg_temp.import_stage s where ${open} limit 1`.execute(tx);
  const { rows: known } = await sql`select 1 from person where workspace_id = kernel.ws() limit 1`.execute(tx);
  if (!rows.length || !known.length) return;
  await sql`insert into pg_temp.import_match
    select s.n, min(p.id::text)::uuid, 'email' from pg_temp.import_stage s join person p on p.workspace_id = kernel.ws() and p.email_key = lower(s.email)
    where s.email is not null and ${open} and p.archived_at is null
      and (lower(s.name) = lower(s.email) or ${key} = kernel.plain_key(p.name_key) or ${lastKey} = kernel.plain_key(coalesce(p.last_key, substring(p.name_key from '[^ ]+$'))))
    group by s.n having count(*) = 1`.execute(tx);
  await sql`insert into pg_temp.import_match
    select s.n, min(p.id::text)::uuid, 'name' from pg_temp.import_stage s join pg_temp.import_account r on r.n = s.n
    join stakeholder k on k.workspace_id = kernel.ws() and k.account_id = r.account_id
    join person p on p.workspace_id = kernel.ws() and p.id = k.person_id and kernel.plain_key(p.name_key) = ${key}
    where ${open} and p.archived_at is null and (s.email is null or p.email is null or p.email_key = lower(s.email))
      and not (s.external_id is not null and exists (
        select from person_external_id x where x.workspace_id = p.workspace_id and x.person_id = p.id and x.system = ${run.system}))
    group by s.n having count(*) = 1`.execute(tx);
  await sql`insert into pg_temp.import_match
    select s.n, min(p.id::text)::uuid, 'name' from pg_temp.import_stage s join person p on p.workspace_id = kernel.ws() and p.name_key = kernel.fold(s.name)
    where ${open} and s.email is null and s.external_id is null and p.email is null and p.archived_at is null
      and not exists (select from pg_temp.import_account r where r.n = s.n)
      and not exists (select from stakeholder k where k.workspace_id = p.workspace_id and k.person_id = p.id)
    group by s.n having count(*) = 1`.execute(tx);
  await sql`analyze pg_temp.import_match`.execute(tx);
}

/**
 * `import_person (n, id, first)`: the person of each row. Rows of one person, by id, by e-mail and last name, or by name at one account,
 * are one person with several accounts; `first` is the row that says who they are. The same person twice at one account is rejected.
 */
export async function groupPeople(tx: Tx): Promise<void> {
  await sql`drop table if exists pg_temp.import_person`.execute(tx);
  await sql`create temp table import_person as
    with fresh as materialized (
      select s.n, s.new_id,
        least(
          case when s.external_id is not null then min(s.n) over (partition by s.external_id) end,
          case when s.email is not null then min(s.n) over (partition by lower(s.email), ${lastKey}) end,
          case when s.external_id is null and s.email is null then min(s.n) over (partition by s.email, s.external_id, r.account_id, ${key}) end) as lead
      from pg_temp.import_stage s left join pg_temp.import_account r on r.n = s.n
      where not exists (select from pg_temp.import_match m where m.n = s.n)),
    whole as (
      select m.n, m.id, m.how from pg_temp.import_match m
      union all
      select f.n, l.new_id, 'new' from fresh f join fresh g on g.n = f.lead join fresh l on l.n = least(g.n, g.lead))
    select w.n, w.id, w.how, min(w.n) over (partition by w.id) as first from whole w`.execute(tx);
  await sql`create unique index on pg_temp.import_person (n)`.execute(tx);
  await sql`analyze pg_temp.import_person`.execute(tx);
  await sql`insert into pg_temp.import_remark (n, weight, code, message, value)
    select n, 'reject', 'duplicate', case when account_id is null then 'This is the same person as row ' else 'This is the same person at the same account as row ' end || lead || '.', name from (
      select p.n, r.account_id, s.name, min(p.n) over (partition by p.id, r.account_id) as lead, p.first
      from pg_temp.import_person p join pg_temp.import_stage s on s.n = p.n left join pg_temp.import_account r on r.n = p.n) x
    where n > lead or (account_id is null and n > first)`.execute(tx);
}

export type Line = { row: number; account: string; child: string; parent: string };

/** `import_boss (n, person_id)`: whom rows report to. It has to be somebody at the same account. */
export async function wantedLines(tx: Tx, run: ImportRun): Promise<Line[]> {
  await sql`drop table if exists pg_temp.import_boss`.execute(tx);
  await sql`create temp table import_boss (n int primary key, person_id uuid)`.execute(tx);
  if (!run.mapped.has('reportsToId') && !run.mapped.has('reportsToName')) return [];
  await sql`insert into pg_temp.import_boss select s.n, null from pg_temp.import_stage s join pg_temp.import_account r on r.n = s.n
    where (s.reports_to_id is not null or s.reports_to_name is not null) and not ${rejected}`.execute(tx);
  const open = sql`b.person_id is null`;
  await sql`
    with wanted as materialized (select distinct s.reports_to_id as ref from pg_temp.import_stage s where s.reports_to_id is not null),
    found as (
      select w.ref, p.id from wanted w join pg_temp.import_stage o on o.external_id = w.ref join pg_temp.import_person p on p.n = o.n
      union
      select w.ref, x.person_id from wanted w join person_external_id x on x.workspace_id = kernel.ws() and x.system = ${run.system} and x.external_id = w.ref
      union
      select w.ref, p.id from wanted w join person p on p.workspace_id = kernel.ws() and p.id = case when w.ref ~ ${UUID} then w.ref::uuid end),
    sure as (select ref, min(id::text)::uuid as id from found group by ref having count(distinct id) = 1)
    update pg_temp.import_boss b set person_id = f.id from pg_temp.import_stage s join sure f on f.ref = s.reports_to_id where ${open} and s.n = b.n`.execute(
    tx,
  );
  await sql`update pg_temp.import_boss b set person_id = f.id from (
      select s.n, min(f.id::text)::uuid as id
      from (select s.n, r.account_id, kernel.plain_key(kernel.fold(s.reports_to_name)) as key from pg_temp.import_stage s join pg_temp.import_account r on r.n = s.n where s.reports_to_name is not null) s
      join (
        select r.account_id, ${key} as key, p.id from pg_temp.import_stage s join pg_temp.import_account r on r.n = s.n join pg_temp.import_person p on p.n = s.n
        union
        select k.account_id, kernel.plain_key(p.name_key), p.id from stakeholder k join person p on p.workspace_id = k.workspace_id and p.id = k.person_id
        where k.workspace_id = kernel.ws() and k.account_id in (select account_id from pg_temp.import_account)) f on f.account_id = s.account_id and f.key = s.key
      group by s.n having count(distinct f.id) = 1) f
    where ${open} and f.n = b.n`.execute(tx);
  // Only somebody who is at the account, or will be after this file.
  await sql`update pg_temp.import_boss b set person_id = null from pg_temp.import_account r
    where r.n = b.n and b.person_id is not null
      and not exists (select from stakeholder k where k.workspace_id = kernel.ws() and k.account_id = r.account_id and k.person_id = b.person_id)
      and not exists (select from pg_temp.import_person p join pg_temp.import_account o on o.n = p.n where p.id = b.person_id and o.account_id = r.account_id
        and not exists (select from pg_temp.import_remark x where x.n = p.n and x.weight = 'reject'))`.execute(tx);
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select s.n, 'warn', case when s.reports_to_id is null then 'reportsToName' else 'reportsToId' end, 'no_manager',
      'Nobody at the same account is “' || coalesce(s.reports_to_name, s.reports_to_id) || '”. The line upwards is left out.', coalesce(s.reports_to_name, s.reports_to_id)
    from pg_temp.import_boss b join pg_temp.import_stage s on s.n = b.n where b.person_id is null`.execute(tx);
  await sql`delete from pg_temp.import_boss b using pg_temp.import_person p where p.n = b.n and (b.person_id is null or b.person_id = p.id)`.execute(
    tx,
  );
  const { rows } = await sql<Line>`select b.n as row, r.account_id as account, p.id as child, b.person_id as parent
    from pg_temp.import_boss b join pg_temp.import_person p on p.n = b.n join pg_temp.import_account r on r.n = b.n`.execute(
    tx,
  );
  return rows;
}

/** The lines upwards that stand at these accounts, as pairs of `account person`. */
export async function linesAtAll(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{ child: string; parent: string }>`
    select account_id || ' ' || person_id as child, account_id || ' ' || reports_to_id as parent from stakeholder
    where workspace_id = kernel.ws() and reports_to_id is not null and account_id in (select account_id from pg_temp.import_account)`.execute(
    tx,
  );
  return new Map(rows.map((r) => [r.child, r.parent]));
}

export async function dropLines(tx: Tx, ns: number[]): Promise<void> {
  if (!ns.length) return;
  await sql`delete from pg_temp.import_boss where n = any (${ns}::int[])`.execute(tx);
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select s.n, 'warn', case when s.reports_to_id is null then 'reportsToName' else 'reportsToId' end, 'circle', 'Nobody can report to somebody below them. The line upwards is left out.', coalesce(s.reports_to_name, s.reports_to_id)
    from pg_temp.import_stage s where s.n = any (${ns}::int[])`.execute(tx);
}

/** `import_plan`: what becomes of each row. The first row of a person, in the order of writing, makes them. */
export async function planPeople(tx: Tx, run: ImportRun, depths: ReadonlyMap<number, number>): Promise<void> {
  const deep = [...depths].filter(([, depth]) => depth > 0);
  const person = mappedOf(PERSON, run).map((c) =>
    c === 'name'
      ? sql<SqlBool>`(p.how = 'id' and lower(s.name) is distinct from lower(s.email) and s.name is distinct from a.name)`
      : c === 'email'
        ? sql<SqlBool>`(s.email is not null and lower(s.email) is distinct from a.email_key)`
        : c === 'language'
          ? sql<SqlBool>`(s.language is not null and left(s.language, 35) is distinct from a.language)`
          : sql<SqlBool>`(s.${sql.ref(c)} is not null and s.${sql.ref(c)} is distinct from a.${sql.ref(c)})`,
  );
  const role = mappedOf(ROLE, run)
    .filter((c) => c !== 'name')
    .map((c) => sql<SqlBool>`(s.${sql.ref(c)} is not null and s.${sql.ref(c)} is distinct from k.${sql.ref(c)})`);
  const or = (parts: ReturnType<typeof sql<SqlBool>>[]) => (parts.length ? sql.join(parts, sql` or `) : sql`false`);
  await sql`drop table if exists pg_temp.import_plan`.execute(tx);
  await sql`create temp table import_plan as
    with seen as (
      select s.n, p.id, p.how, p.first, r.account_id, b.person_id as boss_id, d.depth, a.id is not null as known, k.id is not null as has_role,
        s.n = p.first and a.id is not null and (${or(person)} or (s.custom is not null and not (a.custom @> s.custom))) as changes_person,
        k.id is not null and (${or(role)} or (b.person_id is not null and b.person_id is distinct from k.reports_to_id)) as changes_role,
        s.external_id is not null and s.own_id is null and s.external_id !~ ${UUID}
          and not exists (select from person_external_id x where x.workspace_id = kernel.ws() and x.system = ${run.system} and x.external_id = s.external_id)
        or s.more_ids is not null and exists (select from jsonb_each_text(s.more_ids) e where not exists (
          select from person_external_id x where x.workspace_id = kernel.ws() and x.system = e.key and x.external_id = e.value)) as adds_id
      from pg_temp.import_stage s join pg_temp.import_person p on p.n = s.n
      left join pg_temp.import_account r on r.n = s.n
      left join pg_temp.import_boss b on b.n = s.n
      left join person a on a.workspace_id = kernel.ws() and a.id = p.id
      left join stakeholder k on k.workspace_id = kernel.ws() and k.person_id = p.id and k.account_id = r.account_id
      left join unnest(${deep.map(([n]) => n)}::int[], ${deep.map(([, depth]) => depth)}::int[]) d(n, depth) on d.n = s.n
      where not ${rejected}),
    placed as (select (row_number() over (order by depth nulls first, n) - 1)::int as pos, * from seen)
    select pos, n, id, first, account_id, boss_id, changes_person, changes_role, has_role,
      case when how = 'done' then 'done' when not known and n = first then 'new'
        when not known or changes_person or changes_role or adds_id or (account_id is not null and not has_role) then 'changed' else 'same' end as action,
      not known and pos = min(pos) over (partition by id) as makes,
      not known as fresh,
      row_number() over (partition by id order by (account_id is null), n) = 1 as leads
    from placed`.execute(tx);
}

/** New rows that have the name of somebody whom we have, with another address or at another account. */
export async function likePeople(tx: Tx, limit: number): Promise<ImportCandidate[]> {
  const { rows } = await sql<ImportCandidate>`
    select s.n as row, s.name, concat_ws(', ', s.email, s.account_name) as detail,
      jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'similarity', 1, 'detail', concat_ws(', ', a.email,
        (select string_agg(c.name, ', ') from stakeholder k join account c on c.workspace_id = k.workspace_id and c.id = k.account_id where k.workspace_id = kernel.ws() and k.person_id = a.id)))
        order by a.id) as options
    from pg_temp.import_plan p join pg_temp.import_stage s on s.n = p.n
    join person a on a.workspace_id = kernel.ws() and a.archived_at is null and kernel.plain_key(a.name_key) = ${key}
    where p.action = 'new' and s.decision is null and lower(s.name) is distinct from lower(s.email) and not exists (select from pg_temp.import_match m where m.id = a.id)
    group by s.n, s.name, s.email, s.account_name having count(*) <= 5 order by s.n limit ${sql.lit(limit)}`.execute(
    tx,
  );
  return rows;
}
