// The SQL of a second connection that writes chunks: temporary tables like those of the first, with one chunk in them.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';

/** A temporary table like one of another session: its columns, without what it holds. */
export async function columnsOf(tx: Tx, table: string): Promise<string> {
  const { rows } = await sql<{ columns: string }>`
    select string_agg(quote_ident(attname) || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum) as columns
    from pg_attribute where attrelid = ${`pg_temp.${table}`}::regclass and attnum > 0 and not attisdropped`.execute(tx);
  return rows[0]!.columns;
}
export async function makeLike(tx: Tx, table: string, columns: string): Promise<void> {
  await sql`drop table if exists ${sql.table(`pg_temp.${table}`)}`.execute(tx);
  await sql`create temp table ${sql.ref(table)} (${sql.raw(columns)})`.execute(tx);
}
export async function empty(tx: Tx, table: string): Promise<void> {
  await sql`truncate ${sql.table(`pg_temp.${table}`)}`.execute(tx);
}
/** The rows of one chunk in one of the session's temporary tables, for `copyOut`. */
export const chunkOf = (table: string, from: number, to: number): string =>
  table === 'import_plan'
    ? `select * from pg_temp.import_plan where pos >= ${from} and pos < ${to}`
    : `select t.* from pg_temp."${table}" t where t.n in (select n from pg_temp.import_plan where pos >= ${from} and pos < ${to})`;
