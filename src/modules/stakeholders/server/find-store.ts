// Filters and sorts of the list of people as SQL; list and count both come through here.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import { customCondition } from '../../settings/server/index.ts';
import type { PersonFilter, SORTS } from '../api.ts';
import type { Reader } from './policy.ts';

export type Sort = (typeof SORTS)[number];
type Where = RawBuilder<SqlBool>;
/** What the SQL needs to know of who asks. `scoped`: sees few accounts, so that the list starts from their people. */
export type Asker = Reader & { today: string; scoped: boolean };

const literal = (q: string) => q.replace(/[\\%_]/g, '\\$&');

/** May the reader see the judgement of role `s`? Lists, filters and counts ask the same, so that none gives away what another hides. */
export function judged(reader: Reader): Where {
  const team = reader.coaches
    ? sql`true`
    : sql`(exists (select from account x where x.workspace_id = s.workspace_id and x.id = s.account_id and ${reader.memberId} in (x.owner_id, x.sponsor_id))
           or exists (select from account_team x where x.workspace_id = s.workspace_id and x.account_id = s.account_id and x.member_id = ${reader.memberId}))`;
  return sql`(case s.privacy when 'company' then true when 'account_team' then ${team}
    else s.created_by = ${reader.memberId} or exists (select from account x where x.workspace_id = s.workspace_id and x.id = s.account_id and x.owner_id = ${reader.memberId}) end)`;
}

/** Conditions over `stakeholder s`; all must hold for one role. Empty: the filter asks nothing about roles. */
function roleConditions(f: PersonFilter, asker: Asker): Where[] {
  const all: Where[] = [];
  if (f.accountId?.length) all.push(sql`s.account_id = any(${f.accountId}::uuid[])`);
  if (f.under) {
    all.push(sql`s.account_id in (with recursive below(id) as (
      select ${f.under}::uuid union select c.id from account c join below b on c.parent_id = b.id where c.workspace_id = kernel.ws()) select id from below)`);
  }
  if (f.reportsToId) all.push(sql`s.reports_to_id = ${f.reportsToId}`);
  const judgement: Where[] = [];
  if (f.part?.length) judgement.push(sql`s.part = any(${f.part}::text[])`);
  if (f.stance?.length) judgement.push(sql`s.stance = any(${f.stance}::int[])`);
  if (f.coverage?.length) judgement.push(sql`s.coverage = any(${f.coverage}::text[])`);
  if (f.influenceMin !== undefined) judgement.push(sql`s.influence >= ${f.influenceMin}`);
  if (judgement.length) all.push(...judgement, judged(asker));
  if (all.length && !f.ended) all.push(sql`(s.ended_on is null or s.ended_on >= ${asker.today}::date)`);
  return all;
}

/** The conditions of a filter over `person as p`. Row-level security adds who may see. */
export function conditions(f: PersonFilter, asker: Asker): Where[] {
  const all: Where[] = [
    sql`p.workspace_id = kernel.ws()`,
    f.archived ? sql`p.archived_at is not null` : sql`p.archived_at is null`,
  ];
  const roles = roleConditions(f, asker);
  if (roles.length) {
    all.push(
      sql`p.id in (select s.person_id from stakeholder s where s.workspace_id = kernel.ws() and ${sql.join(roles, sql` and `)})`,
    );
  } else if (asker.scoped && !f.ids?.length) {
    // Nothing new for row-level security; it tells the planner where to start.
    all.push(sql`p.id in (select s.person_id from stakeholder s where s.workspace_id = kernel.ws()
      union all select c.id from person c where c.workspace_id = kernel.ws() and c.created_by = ${asker.memberId})`);
  }
  if (f.q) {
    all.push(
      asker.scoped || f.q.length < 3
        ? sql`(p.name_key like kernel.fold(${`%${literal(f.q)}%`}) or p.email_key like lower(${`${literal(f.q)}%`}))`
        : sql`p.id in (select people_matching(${f.q}))`,
    );
  }
  if (f.ids?.length) all.push(sql`p.id = any(${f.ids}::uuid[])`);
  if (f.email) all.push(sql`p.email_key = ${f.email.toLowerCase()}`);
  if (f.tag?.length) all.push(sql`p.tags && ${f.tag}::text[]`);
  if (f.language?.length) all.push(sql`p.language = any(${f.language}::text[])`);
  if (f.doNotContact !== undefined) all.push(sql`p.do_not_contact = ${f.doNotContact}`);
  for (const c of f.custom ?? []) all.push(customCondition(sql`p.custom`, c));
  return all;
}

/** Every sort has a total order and an index; ids carry the time of their making. */
function sortColumns(sort: Sort): { key: RawBuilder<unknown>; type: string; down: boolean } {
  const down = sort.startsWith('-');
  switch (down ? sort.slice(1) : sort) {
    case 'updatedAt':
      return { key: sql`p.updated_at`, type: 'timestamptz', down };
    case 'createdAt':
      return { key: sql`p.id`, type: 'uuid', down };
    default:
      return { key: sql`p.name_key collate "C"`, type: 'text', down };
  }
}

/** The ids of one page in order, each with its sort key; one more than the limit when there is a next page. */
export function pageOf(
  filter: PersonFilter,
  asker: Asker,
  sort: Sort,
  after: CursorValue[] | null,
  limit: number,
): RawBuilder<{ id: string; sort_key: string }> {
  const { key, type, down } = sortColumns(sort);
  const where = conditions(filter, asker);
  if (after) {
    const compare = down ? sql`<` : sql`>`;
    where.push(sql`(${key}, p.id) ${compare} (${after[0]}::${sql.raw(type)}, ${after[1]}::uuid)`);
  }
  const direction = down ? sql`desc` : sql`asc`;
  return sql`select p.id, ${key}::text as sort_key from person p where ${sql.join(where, sql` and `)}
             order by ${key} ${direction}, p.id ${direction} limit ${sql.lit(limit + 1)}`;
}
