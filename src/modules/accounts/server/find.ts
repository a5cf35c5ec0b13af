// Filters and sorts of the account list as SQL; list, sums, export and bulk edit all come through here.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import type { AccountFilter, SORTS } from '../api.ts';

export type Sort = (typeof SORTS)[number];
type Where = RawBuilder<SqlBool>;

const like = (q: string) => `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;

/** The conditions of a filter over `account as a`. Row-level security adds who may see. */
export function conditions(f: AccountFilter): Where[] {
  const all: Where[] = [f.archived ? sql`a.archived_at is not null` : sql`a.archived_at is null`];
  const oneOf = (column: RawBuilder<unknown>, values: readonly string[] | undefined) => {
    if (values?.length) all.push(sql`${column} = any(${values}::text[])`);
  };
  if (f.q) all.push(sql`kernel.fold(a.name) like kernel.fold(${like(f.q)})`);
  if (f.ids?.length) all.push(sql`a.id = any(${f.ids}::uuid[])`);
  oneOf(sql`a.tier`, f.tier);
  oneOf(sql`a.status`, f.status);
  oneOf(sql`a.industry`, f.industry);
  oneOf(sql`a.country`, f.country);
  oneOf(sql`a.type`, f.type);
  if (f.ownerId?.length) {
    const owners = f.ownerId.filter((o) => o !== 'none');
    const none = owners.length < f.ownerId.length;
    all.push(
      none
        ? sql`(a.owner_id is null or a.owner_id = any(${owners}::uuid[]))`
        : sql`a.owner_id = any(${owners}::uuid[])`,
    );
  }
  if (f.sponsorId?.length) all.push(sql`a.sponsor_id = any(${f.sponsorId}::uuid[])`);
  if (f.parentId) all.push(sql`a.parent_id = ${f.parentId}`);
  if (f.under) {
    all.push(sql`a.id in (with recursive below(id) as (
      select ${f.under}::uuid union select c.id from account c join below b on c.parent_id = b.id) select id from below)`);
  }
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
      return { column: sql`lower(a.name)`, type: 'text', down };
  }
}

/** The rows of one page in order, each with its sort key; one more than the limit when there is a next page. */
export function pageOf(
  filter: AccountFilter,
  sort: Sort,
  after: CursorValue[] | null,
  limit: number,
): RawBuilder<{ sort_key: string }> {
  const { column, type, down } = sortColumn(sort);
  const where = conditions(filter);
  const cast = sql.raw(type);
  if (after) {
    const compare = down ? sql`<` : sql`>`;
    where.push(sql`(${column}, a.id) ${compare} (${after[0]}::${cast}, ${after[1]}::uuid)`);
  }
  const direction = down ? sql`desc` : sql`asc`;
  return sql`select a.*, ${column}::text as sort_key from account a where ${sql.join(where, sql` and `)}
             order by ${column} ${direction}, a.id ${direction} limit ${limit + 1}`;
}
