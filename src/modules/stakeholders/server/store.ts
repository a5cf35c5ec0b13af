// The stakeholders room's SQL for rows: people, their roles, external ids.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import type { Part, PersonFilter, Role } from '../api.ts';
import { type Asker, conditions, judged, pageOf, type Sort } from './find-store.ts';
import type { Reader } from './policy.ts';

/** A role as it comes from the database: cadence still without its default. */
export type RoleRow = Omit<Role, 'cadenceDays' | 'cadenceIsDefault'> & { cadenceDays: number | null };
export type PersonRow = {
  id: string;
  name: string;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  phone: string | null;
  mobile: string | null;
  language: string | null;
  notes: string;
  tags: string[];
  do_not_contact: boolean;
  custom: Record<string, unknown>;
  version: number;
  created_at: string;
  updated_at: string;
  archived_at: string | null;
  merged_into_id: string | null;
  external_ids: { system: string; id: string }[];
  roles: RoleRow[];
  sort_key: string;
};

const own = <T>(visible: RawBuilder<unknown>, column: string) =>
  sql<T>`case when ${visible} then ${sql.ref(column)} end`;

const columns = (reader: Reader) => {
  const seen = sql`j.seen`;
  return sql`p.id, p.name, p.first_name, p.last_name, p.email, p.phone, p.mobile, p.language, p.notes, p.tags, p.do_not_contact, p.custom, p.version,
  p.created_at, p.updated_at, p.archived_at, p.merged_into_id,
  coalesce((select jsonb_agg(jsonb_build_object('system', x.system, 'id', x.external_id) order by x.system, x.external_id)
            from person_external_id x where x.workspace_id = p.workspace_id and x.person_id = p.id), '[]') as external_ids,
  coalesce((select jsonb_agg(jsonb_build_object('accountId', s.account_id, 'accountName', a.name, 'title', s.title, 'department', s.department,
              'reportsToId', s.reports_to_id, 'reportsToName', r.name, 'part', ${own(seen, 's.part')}, 'stance', ${own(seen, 's.stance')},
              'confirmed', ${own(seen, 's.confirmed')}, 'influence', ${own(seen, 's.influence')}, 'coverage', ${own(seen, 's.coverage')},
              'privacy', s.privacy, 'hidden', not j.seen, 'cadenceDays', s.cadence_days, 'isPrimary', s.is_primary, 'startedOn', s.started_on,
              'endedOn', s.ended_on, 'version', s.version) order by s.is_primary desc, s.ended_on desc nulls first, lower(a.name), s.id)
            from stakeholder s join account a on a.workspace_id = s.workspace_id and a.id = s.account_id
            left join person r on r.workspace_id = s.workspace_id and r.id = s.reports_to_id
            cross join lateral (select coalesce(${judged(reader)}, false) as seen) j
            where s.workspace_id = p.workspace_id and s.person_id = p.id), '[]') as roles`;
};

/** The people of one page, or of the whole list with a large limit, in order. */
export const peopleQuery = (
  filter: PersonFilter,
  asker: Asker,
  sort: Sort,
  after: CursorValue[] | null,
  limit: number,
): RawBuilder<PersonRow> => sql<PersonRow>`
    with page as materialized (select row_number() over () as n, x.* from (${pageOf(filter, asker, sort, after, limit)}) x)
    select page.sort_key, ${columns(asker)} from page join person p on p.workspace_id = kernel.ws() and p.id = page.id order by page.n`;

/** One page of people; one row more than the limit when there is a next page. */
export async function people(
  tx: Tx,
  filter: PersonFilter,
  asker: Asker,
  sort: Sort,
  after: CursorValue[] | null,
  limit: number,
): Promise<PersonRow[]> {
  const { rows } = await peopleQuery(filter, asker, sort, after, limit).execute(tx);
  return rows;
}

/** Systems that gave ids to people: an export has a column for each. */
export async function idSystems(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{
    system: string;
  }>`select distinct system from person_external_id where workspace_id = kernel.ws() order by 1 limit 50`.execute(tx);
  return rows.map((r) => r.system);
}

export async function person(tx: Tx, id: string, reader: Reader): Promise<PersonRow | undefined> {
  const { rows } = await sql<PersonRow>`
    select ${columns(reader)} from person p where p.workspace_id = kernel.ws() and p.id = ${id}`.execute(tx);
  return rows[0];
}

export async function summary(tx: Tx, filter: PersonFilter, asker: Asker) {
  const { rows } = await sql<{ count: number; do_not_contact: number }>`
    select count(*) as count, count(*) filter (where p.do_not_contact) as do_not_contact
    from person p where ${sql.join(conditions(filter, asker), sql` and `)}`.execute(tx);
  return rows[0]!;
}

export type PersonWrite = Partial<{
  name: string;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  phone: string | null;
  mobile: string | null;
  language: string | null;
  notes: string;
  tags: string[];
  do_not_contact: boolean;
  archived_at: string | null;
  merged_into_id: string | null;
}>;

export async function insertPerson(
  tx: Tx,
  row: PersonWrite & { workspace_id: string; id: string; name: string; created_by: string | null },
  custom: Record<string, unknown>,
): Promise<void> {
  await tx
    .insertInto('person')
    .values({ ...row, custom: JSON.stringify(custom) })
    .execute();
}

/** Answers the number of rows changed: 0 when the version is not the current one (or the row is not there). */
export async function updatePerson(
  tx: Tx,
  id: string,
  version: number | null,
  change: PersonWrite,
  custom: Record<string, unknown> | undefined,
): Promise<number> {
  let query = tx
    .updateTable('person')
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
  personId: string,
  ids: readonly { system: string; id: string }[],
): Promise<void> {
  await sql`delete from person_external_id where workspace_id = kernel.ws() and person_id = ${personId}`.execute(tx);
  if (ids.length)
    await tx
      .insertInto('person_external_id')
      .values(ids.map((x) => ({ workspace_id: workspaceId, person_id: personId, system: x.system, external_id: x.id })))
      .execute();
}

export async function externalIdHolder(
  tx: Tx,
  ids: readonly { system: string; id: string }[],
  notPerson: string,
): Promise<string | undefined> {
  if (!ids.length) return undefined;
  const { rows } = await sql<{ external_id: string }>`
    select x.external_id from person_external_id x join unnest(${ids.map((i) => i.system)}::text[], ${ids.map((i) => i.id)}::text[]) u(system, external_id)
      on u.system = x.system and u.external_id = x.external_id where x.workspace_id = kernel.ws() and x.person_id <> ${notPerson} limit 1`.execute(
    tx,
  );
  return rows[0]?.external_id;
}

// Roles ---------------------------------------------------------------------
export type RoleWrite = Partial<{
  title: string | null;
  department: string | null;
  reports_to_id: string | null;
  part: Part;
  stance: number | null;
  confirmed: boolean;
  influence: number | null;
  coverage: string;
  privacy: string;
  cadence_days: number | null;
  is_primary: boolean;
  started_on: string | null;
  ended_on: string | null;
}>;

/** Serialises changes of reporting lines at one account, so that two of them cannot close a circle together. */
export async function lockLines(tx: Tx, accountId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('reports-to'), hashtext(${accountId}))`.execute(tx);
}

/** Person → manager of everybody at an account. */
export async function linesAt(tx: Tx, accountId: string): Promise<Map<string, string | null>> {
  const { rows } = await sql<{ person_id: string; reports_to_id: string | null }>`
    select person_id, reports_to_id from stakeholder where workspace_id = kernel.ws() and account_id = ${accountId}`.execute(
    tx,
  );
  return new Map(rows.map((r) => [r.person_id, r.reports_to_id]));
}

export async function insertRole(
  tx: Tx,
  row: RoleWrite & { workspace_id: string; person_id: string; account_id: string; created_by: string | null },
): Promise<void> {
  await tx.insertInto('stakeholder').values(row).execute();
}

export async function updateRole(
  tx: Tx,
  personId: string,
  accountId: string,
  version: number | null,
  change: RoleWrite,
): Promise<number> {
  let query = tx
    .updateTable('stakeholder')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', sql<string>`kernel.ws()`)
    .where('account_id', '=', accountId)
    .where('person_id', '=', personId);
  if (version !== null) query = query.where('version', '=', version);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
}

export async function deleteRole(tx: Tx, personId: string, accountId: string): Promise<number> {
  const done = await tx
    .deleteFrom('stakeholder')
    .where('workspace_id', '=', sql<string>`kernel.ws()`)
    .where('account_id', '=', accountId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return Number(done.numDeletedRows);
}

/** One account is the person's main one; also among those that the actor does not see. */
export async function makePrimary(tx: Tx, personId: string, accountId: string): Promise<void> {
  await sql`select stakeholder_make_primary(${personId}::uuid, ${accountId}::uuid)`.execute(tx);
}

/** How many roles a person has in all, seen or not. */
export async function roleCount(tx: Tx, personId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select person_role_count(${personId}::uuid) as n`.execute(tx);
  return Number(rows[0]!.n);
}

export type CoverageRow = {
  account_id: string;
  person_id: string;
  name: string;
  part: Part | null;
  confirmed: boolean;
};
/** Everybody who is at the accounts now, with the part as far as the reader may know it. */
export async function rolesAt(tx: Tx, accountIds: readonly string[], asker: Asker): Promise<CoverageRow[]> {
  const { rows } = await sql<CoverageRow>`
    select s.account_id, s.person_id, p.name, ${own(sql`coalesce(${judged(asker)}, false)`, 's.part')} as part, s.confirmed
    from stakeholder s join person p on p.workspace_id = s.workspace_id and p.id = s.person_id
    where s.workspace_id = kernel.ws() and s.account_id = any(${[...accountIds]}::uuid[]) and p.archived_at is null
      and (s.ended_on is null or s.ended_on >= ${asker.today}::date)
    order by s.account_id, lower(p.name), p.id`.execute(tx);
  return rows;
}

export async function accountsSeen(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from account where workspace_id = kernel.ws() and id = any(${[...ids]}::uuid[])`.execute(tx);
  return new Set(rows.map((r) => r.id));
}

/** The same e-mail, or a name like it; with the names of the visible accounts. */
export async function similar(tx: Tx, id: string, name: string, email: string | null) {
  const { rows } = await sql<{
    id: string;
    name: string;
    email: string | null;
    similarity: number;
    accounts: string[];
  }>`
    with found as (
      select p.id, 1.0 as rank from person p where p.workspace_id = kernel.ws() and p.email_key = ${email?.toLowerCase() ?? null} and p.archived_at is null
      union all select h.id, least(1, h.rank) from person_similar(${name}, 12) h),
    best as (select id, max(rank) as similarity from found where id <> ${id} group by id order by 2 desc limit 8)
    select p.id, p.name, p.email, best.similarity::float8 as similarity,
      array(select a.name from stakeholder s join account a on a.workspace_id = s.workspace_id and a.id = s.account_id
            where s.workspace_id = kernel.ws() and s.person_id = p.id order by s.is_primary desc, a.name limit 5) as accounts
    from best join person p on p.workspace_id = kernel.ws() and p.id = best.id order by best.similarity desc, p.name, p.id`.execute(
    tx,
  );
  return rows;
}

/** What rows of this room are called: people by their name, roles by the person's. */
export async function names(tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from person where workspace_id = kernel.ws() and id = any(${[...ids]}::uuid[])
    union all
    select s.id, p.name from stakeholder s join person p on p.workspace_id = s.workspace_id and p.id = s.person_id
    where s.workspace_id = kernel.ws() and s.id = any(${[...ids]}::uuid[])`.execute(tx);
  return rows;
}

export async function seen(tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from person where workspace_id = kernel.ws() and id = any(${[...ids]}::uuid[])`.execute(tx);
  return rows;
}
