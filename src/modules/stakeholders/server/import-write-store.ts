// The SQL of importing people, from the plan on: writing people and their roles, and taking them back.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { ImportRun } from '../../../kernel/server/importing.ts';
import { mappedOf, PERSON, ROLE } from './import-store.ts';

const UUID = sql.lit('^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$');
const chunk = (from: number, to: number) =>
  sql`(select p.* from pg_temp.import_plan p where p.pos >= ${from} and p.pos < ${to} and p.action in ('new', 'changed'))`;
const refs = (columns: string[]) => sql.join(columns.map((c) => sql.ref(c)));

export type Written = { n: number; id: string };

export async function insertPeople(tx: Tx, run: ImportRun, from: number, to: number): Promise<Written[]> {
  const columns = mappedOf(PERSON, run);
  const value = (c: string) =>
    c === 'notes'
      ? sql`coalesce(s.notes, '')`
      : c === 'do_not_contact'
        ? sql`coalesce(s.do_not_contact, false)`
        : c === 'language'
          ? sql`left(s.language, 35)`
          : sql`s.${sql.ref(c)}`;
  const { rows } = await sql<Written>`
    with p as materialized (select * from ${chunk(from, to)} p where p.makes),
    made as (
      insert into person (workspace_id, id, created_by, import_id, custom, ${refs(columns)})
      select kernel.ws(), p.id, ${run.actor.memberId}::uuid, ${run.importId}::uuid, coalesce(s.custom, '{}'),
        ${sql.join(columns.map(value))}
      from p join pg_temp.import_stage s on s.n = p.first order by p.pos returning id)
    select p.first as n, p.id from p join made on made.id = p.id`.execute(tx);
  return rows;
}

/** Ids of the other system that are not known yet, with whether the person is one that the import makes. */
export async function insertPersonIds(
  tx: Tx,
  run: ImportRun,
  from: number,
  to: number,
): Promise<{ n: number; id: string; fresh: boolean }[]> {
  const { rows } = await sql<{ n: number; id: string; fresh: boolean }>`
    with p as materialized ${chunk(from, to)},
    made as (
      insert into person_external_id (workspace_id, person_id, system, external_id)
      select kernel.ws(), p.id, i.system, i.external_id from p join pg_temp.import_stage s on s.n = p.n
      cross join lateral (
        select ${run.system} as system, s.external_id where s.external_id is not null and s.own_id is null and s.external_id !~ ${UUID}
        union select e.key, e.value from jsonb_each_text(s.more_ids) e where s.more_ids is not null) i
      where not exists (select from person_external_id x where x.workspace_id = kernel.ws() and x.system = i.system and x.external_id = i.external_id)
      on conflict do nothing returning id, person_id)
    select distinct on (made.id) p.n, made.id, p.fresh from made join p on p.id = made.person_id order by made.id, p.n`.execute(
    tx,
  );
  return rows;
}

type Updated = { n: number; id: string; version: number; before: Record<string, unknown> };

export async function updatePeople(tx: Tx, run: ImportRun, from: number, to: number): Promise<Updated[]> {
  const columns = mappedOf(PERSON, run);
  const set = columns.map((c) =>
    c === 'name'
      ? sql`name = case when m.how = 'id' and lower(s.name) is distinct from lower(s.email) then s.name else a.name end`
      : c === 'language'
        ? sql`language = coalesce(left(s.language, 35), a.language)`
        : sql`${sql.ref(c)} = coalesce(s.${sql.ref(c)}, a.${sql.ref(c)})`,
  );
  const { rows } = await sql<Updated>`
    with p as materialized (select * from ${chunk(from, to)} p where p.changes_person),
    old as materialized (select a.* from person a join p on p.id = a.id where a.workspace_id = kernel.ws() for update of a)
    update person a set ${sql.join(set)}, custom = a.custom || coalesce(s.custom, '{}'), version = a.version + 1, updated_at = now()
    from p join pg_temp.import_stage s on s.n = p.n join pg_temp.import_person m on m.n = p.n join old o on o.id = p.id
    where a.workspace_id = kernel.ws() and a.id = p.id
    returning p.n, a.id, a.version, jsonb_build_object(${sql.join([...columns, 'custom'].flatMap((c) => [sql.lit(c), sql`o.${sql.ref(c)}`]))}) as before`.execute(
    tx,
  );
  return rows;
}

export async function insertRoles(tx: Tx, run: ImportRun, from: number, to: number): Promise<Written[]> {
  const columns = mappedOf(ROLE, run).filter((c) => c !== 'name');
  const more = columns.length ? sql`, ${refs(columns)}` : sql``;
  const values = columns.length ? sql`, ${sql.join(columns.map((c) => sql`s.${sql.ref(c)}`))}` : sql``;
  const { rows } = await sql<Written>`
    with p as materialized (select * from ${chunk(from, to)} p where p.account_id is not null and not p.has_role),
    made as (
      insert into stakeholder (workspace_id, person_id, account_id, reports_to_id, is_primary, created_by, import_id${more})
      select kernel.ws(), p.id, p.account_id, p.boss_id,
        p.leads and not exists (select from stakeholder k where k.workspace_id = kernel.ws() and k.person_id = p.id),
        ${run.actor.memberId}::uuid, ${run.importId}::uuid${values}
      from p join pg_temp.import_stage s on s.n = p.n order by p.pos returning id, person_id, account_id)
    select p.n, made.id from p join made on made.person_id = p.id and made.account_id = p.account_id`.execute(tx);
  return rows;
}

export async function updateRoles(tx: Tx, run: ImportRun, from: number, to: number): Promise<Updated[]> {
  const columns = mappedOf(ROLE, run).filter((c) => c !== 'name');
  const set = columns.map((c) => sql`${sql.ref(c)} = coalesce(s.${sql.ref(c)}, k.${sql.ref(c)}),`);
  const kept = [...columns, 'reports_to_id'];
  const { rows } = await sql<Updated>`
    with p as materialized (select * from ${chunk(from, to)} p where p.changes_role),
    old as materialized (select k.* from stakeholder k join p on p.id = k.person_id and p.account_id = k.account_id where k.workspace_id = kernel.ws() for update of k)
    update stakeholder k set ${sql.join(set, sql` `)} reports_to_id = coalesce(p.boss_id, k.reports_to_id), version = k.version + 1, updated_at = now()
    from p join pg_temp.import_stage s on s.n = p.n join old o on o.person_id = p.id and o.account_id = p.account_id
    where k.workspace_id = kernel.ws() and k.id = o.id
    returning p.n, k.id, k.version, jsonb_build_object(${sql.join(kept.flatMap((c) => [sql.lit(c), sql`o.${sql.ref(c)}`]))}) as before`.execute(
    tx,
  );
  return rows;
}

// Taking back --------------------------------------------------------------

export async function changedSince(tx: Tx, table: 'person' | 'stakeholder', ids: string[], versions: number[]) {
  const { rows } = await sql<{ id: string }>`
    select u.id from unnest(${ids}::uuid[], ${versions}::int[]) u(id, version) join ${sql.table(table)} a on a.workspace_id = kernel.ws() and a.id = u.id where a.version <> u.version`.execute(
    tx,
  );
  return new Set(rows.map((r) => r.id));
}

/** People whom something still holds that the import did not bring. */
export async function heldPeople(tx: Tx, ids: string[]): Promise<Set<string>> {
  const { rows } = await sql<{
    id: string;
  }>`select id from kernel.referenced('person', ${ids}::uuid[], array['person_external_id'])`.execute(tx);
  return new Set(rows.map((r) => r.id));
}

export async function remove(
  tx: Tx,
  table: 'person' | 'stakeholder' | 'person_external_id',
  ids: string[],
): Promise<number> {
  const { numAffectedRows } =
    await sql`delete from ${sql.table(table)} where workspace_id = kernel.ws() and id = any (${ids}::uuid[])`.execute(
      tx,
    );
  return Number(numAffectedRows ?? 0);
}

const RESTORED = {
  person: [...PERSON.map(([, c]) => c), 'custom'],
  stakeholder: [...ROLE.map(([, c]) => c), 'reports_to_id'],
};
export async function restore(
  tx: Tx,
  table: 'person' | 'stakeholder',
  ids: string[],
  versions: number[],
  before: Record<string, unknown>[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    update ${sql.table(table)} a set ${sql.join(RESTORED[table].map((c) => sql`${sql.ref(c)} = r.${sql.ref(c)}`))}, version = a.version + 1, updated_at = now()
    from (
      select b.id as target, u.version as was, r.* from unnest(${ids}::uuid[], ${versions}::int[]) with ordinality u(id, version, place)
      join ${sql.table(table)} b on b.workspace_id = kernel.ws() and b.id = u.id
      cross join lateral jsonb_populate_record(b, ${JSON.stringify(before)}::jsonb -> (u.place - 1)::int) r) r
    where a.workspace_id = kernel.ws() and a.id = r.target and a.version = r.was
      ${table === 'stakeholder' ? sql`and (r.reports_to_id is null or exists (select from stakeholder x where x.workspace_id = kernel.ws() and x.account_id = a.account_id and x.person_id = r.reports_to_id))` : sql``}
    returning a.id`.execute(tx);
  return new Set(rows.map((r) => r.id));
}

export async function fieldInUse(tx: Tx, key: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from person where workspace_id = kernel.ws() and jsonb_exists(custom, ${key}) limit 1`.execute(
      tx,
    );
  return rows.length > 0;
}
