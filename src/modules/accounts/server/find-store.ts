// Filters and sorts of the account list as SQL; list, sums, export and bulk edit all come through here.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import type { AccountFilter, GROUPS, SORTS } from '../api.ts';

export type Sort = (typeof SORTS)[number];
export type Group = (typeof GROUPS)[number];
/** How a list is parted, and which groups come first. */
export type Grouping = { by: Group; first: readonly string[] };
type Where = RawBuilder<SqlBool>;

const like = (q: string) => `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;

/** The conditions of a filter over `account as a`. Row-level security adds who may see. */
export function conditions(f: AccountFilter): Where[] {
  const all: Where[] = [f.archived ? sql`a.archived_at is not null` : sql`a.archived_at is null`];
  const oneOf = (column: RawBuilder<unknown>, values: readonly string[] | undefined) => {
    if (values?.length) all.push(sql`${column} = any(${values}::text[])`);
  };
  if (f.q) all.push(sql`a.name_key like kernel.fold(${like(f.q)})`);
  if (f.ids?.length) all.push(sql`a.id = any(${f.ids}::uuid[])`);
  const oneOfOrNone = (column: RawBuilder<unknown>, values: readonly string[] | undefined, type: 'text' | 'uuid') => {
    if (!values?.length) return;
    const wanted = values.filter((v) => v !== 'none');
    const among = sql<SqlBool>`${column} = any(${wanted}::${sql.raw(type)}[])`;
    all.push(wanted.length < values.length ? sql`(${column} is null or ${among})` : among);
  };
  oneOfOrNone(sql`a.tier`, f.tier, 'text');
  oneOf(sql`a.status`, f.status);
  oneOf(sql`a.industry`, f.industry);
  oneOf(sql`a.country`, f.country);
  oneOf(sql`a.type`, f.type);
  oneOfOrNone(sql`a.owner_id`, f.ownerId, 'uuid');
  oneOfOrNone(sql`a.sponsor_id`, f.sponsorId, 'uuid');
  if (f.parentId) all.push(sql`a.parent_id = ${f.parentId}`);
  if (f.under) {
    all.push(sql`a.id in (with recursive below(id) as (
      select ${f.under}::uuid union select c.id from account c join below b on c.parent_id = b.id) select id from below)`);
  }
  // Published by the imports room; it knows nothing of imports that the caller may not see.
  if (f.importId) all.push(sql`a.id in (select i.id from import_accounts(${f.importId}::uuid) i)`);
  if (f.tag?.length) all.push(sql`a.tags && ${f.tag}::text[]`);
  if (f.arrMin !== undefined) all.push(sql`a.arr_minor >= ${f.arrMin}`);
  if (f.arrMax !== undefined) all.push(sql`a.arr_minor <= ${f.arrMax}`);
  if (f.renewalFrom) all.push(sql`a.renewal_on >= ${f.renewalFrom}::date`);
  if (f.renewalTo) all.push(sql`a.renewal_on <= ${f.renewalTo}::date`);
  if (f.customerSinceFrom) all.push(sql`a.customer_since >= ${f.customerSinceFrom}::date`);
  if (f.customerSinceTo) all.push(sql`a.customer_since <= ${f.customerSinceTo}::date`);
  for (const c of f.custom ?? []) all.push(customCondition(c));
  return all;
}

function customCondition(text: string): Where {
  const [key = '', op = ''] = text.split(':', 2);
  const value = text.slice(key.length + op.length + 2);
  const field = sql`a.custom ->> ${key}`;
  if (op === 'set') return sql`${field} is not null`;
  if (op === 'unset') return sql`${field} is null`;
  if (op === 'any') return sql`${field} = any(${textsOf(value)}::text[])`;
  if (op === 'has') return sql`lower(${field}) like ${like(value)}`;
  if (op === 'ne') return sql`${field} is distinct from ${value}`;
  if (op === 'eq') return sql`${field} = ${value}`;
  // Numbers compare as numbers, money by its amount, dates as text; other texts never match a range.
  const compare = op === 'gte' ? sql`>=` : sql`<=`;
  const number = Number(value);
  if (value !== '' && Number.isFinite(number)) {
    return sql`case jsonb_typeof(a.custom -> ${key}) when 'number' then (a.custom ->> ${key})::numeric ${compare} ${value}::numeric
               when 'object' then (a.custom -> ${key} ->> 'amount')::numeric ${compare} ${value}::numeric else false end`;
  }
  return sql`jsonb_typeof(a.custom -> ${key}) = 'string' and ${field} ${compare} ${value}`;
}

/** The values of `any:["a","b"]`; what is not a list of texts matches nothing. */
function textsOf(value: string): string[] {
  try {
    const read: unknown = JSON.parse(value);
    return Array.isArray(read) ? read.filter((v) => typeof v === 'string') : [];
  } catch {
    return [];
  }
}

type SqlType = 'text' | 'int8' | 'date' | 'timestamptz';

const LAST_TEXT = '\u{10FFFF}';
/** Every sort has a total order: missing values come last, ties break by id. */
function sortColumn(sort: Sort): { column: RawBuilder<unknown>; type: SqlType; down: boolean } {
  const down = sort.startsWith('-');
  const key = down ? sort.slice(1) : sort;
  const text = (c: RawBuilder<unknown>) => ({
    column: sql`coalesce(lower(${c}), ${sql.lit(down ? '' : LAST_TEXT)})`,
    type: 'text' as const,
    down,
  });
  const number = (c: RawBuilder<unknown>) => ({
    column: sql`coalesce(${c}, ${sql.lit(down ? -1 : 9007199254740991)})`,
    type: 'int8' as const,
    down,
  });
  const date = (c: RawBuilder<unknown>) => ({
    column: sql`coalesce(${c}, ${sql.lit(down ? '0001-01-01' : '9999-12-31')}::date)`,
    type: 'date' as const,
    down,
  });
  switch (key) {
    case 'arr':
      return number(sql`a.arr_minor`);
    case 'potential':
      return number(sql`a.potential_minor`);
    case 'employees':
      return number(sql`a.employees`);
    case 'annualRevenue':
      return number(sql`a.annual_revenue_minor`);
    case 'updatedAt':
      return { column: sql`a.updated_at`, type: 'timestamptz', down };
    case 'createdAt':
      return { column: sql`a.created_at`, type: 'timestamptz', down };
    case 'customerSince':
      return date(sql`a.customer_since`);
    case 'renewalOn':
      return date(sql`a.renewal_on`);
    case 'tier':
      return text(sql`a.tier`);
    case 'industry':
      return text(sql`a.industry`);
    case 'country':
      return text(sql`a.country`);
    default:
      return { column: sql`a.name_key collate "C"`, type: 'text', down };
  }
}

/** By what groups are ordered: the named ones in their order, then by name; accounts without come last. */
function groupOrder({ by, first }: Grouping): RawBuilder<unknown> {
  const value = by === 'owner' ? sql`a.owner_id::text` : sql`a.${sql.ref(by)}`;
  const name =
    by === 'owner'
      ? sql`(select lower(m.name) || m.id from member m where m.workspace_id = a.workspace_id and m.id = a.owner_id)`
      : value;
  return sql`coalesce(lpad(array_position(${first}::text[], ${value})::text, 3, '0'), '999' || ${name}, ${sql.lit(LAST_TEXT)})`;
}

/** The group of an account as the contract names it. */
export const groupKey = (group: Group): RawBuilder<string | null> =>
  group === 'owner' ? sql`a.owner_id::text` : sql`a.${sql.ref(group)}`;

/** The rows of one page in order, each with its sort keys; one more than the limit when there is a next page. */
export function pageOf(
  filter: AccountFilter,
  sort: Sort,
  after: CursorValue[] | null,
  limit: number,
  group?: Grouping,
): RawBuilder<{ sort_key: string; group_key: string | null }> {
  const { column, type, down } = sortColumn(sort);
  const where = conditions(filter);
  const cast = sql.raw(type);
  const within = group ? groupOrder(group) : null;
  if (after) {
    const compare = down ? sql`<` : sql`>`;
    const behind = sql<SqlBool>`(${column}, a.id) ${compare} (${after[0]}::${cast}, ${after[1]}::uuid)`;
    where.push(within ? sql`(${within} > ${after[2]}::text or (${within} = ${after[2]}::text and ${behind}))` : behind);
  }
  const direction = down ? sql`desc` : sql`asc`;
  const groups = within ? sql`${within} asc,` : sql``;
  return sql`select a.*, ${column}::text as sort_key, ${within ?? sql`null::text`} as group_key from account a
             where ${sql.join(where, sql` and `)} order by ${groups} ${column} ${direction}, a.id ${direction} limit ${sql.lit(limit + 1)}`;
}
