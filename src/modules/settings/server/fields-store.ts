// Filters by custom fields as SQL, for every room that has custom values.
import { type RawBuilder, type SqlBool, sql } from 'kysely';

/**
 * A condition over a jsonb column of custom values from its text: `key:eq:value`, `key:ne:value`, `key:gte:value`, `key:lte:value`,
 * `key:has:value`, `key:set`, `key:unset`. Numbers compare as numbers, money by its amount, dates as text; other texts match no range.
 */
export function customCondition(custom: RawBuilder<unknown>, text: string): RawBuilder<SqlBool> {
  const [key = '', op = ''] = text.split(':', 2);
  const value = text.slice(key.length + op.length + 2);
  const field = sql`${custom} ->> ${key}`;
  if (op === 'set') return sql`${field} is not null`;
  if (op === 'unset') return sql`${field} is null`;
  if (op === 'has') return sql`lower(${field}) like ${`%${value.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`}`;
  if (op === 'ne') return sql`${field} is distinct from ${value}`;
  if (op === 'eq') return sql`${field} = ${value}`;
  const compare = op === 'gte' ? sql`>=` : sql`<=`;
  if (value !== '' && Number.isFinite(Number(value))) {
    return sql`case jsonb_typeof(${custom} -> ${key}) when 'number' then (${field})::numeric ${compare} ${value}::numeric
               when 'object' then (${custom} -> ${key} ->> 'amount')::numeric ${compare} ${value}::numeric else false end`;
  }
  return sql`(jsonb_typeof(${custom} -> ${key}) = 'string' and ${field} ${compare} ${value})`;
}
