// How files of any room find the products that their rows name, and remember the names that nobody knows.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { ImportRun } from '../../../kernel/server/importing.ts';
import { remember, resolve } from './names-store.ts';

/** The columns of the staging table that name a product; at least one. */
export type ProductColumns = { id?: string; name?: string };
const column = (name: string | undefined) => (name ? sql`s.${sql.ref(name)}` : sql`null::text`);

/** What a staged row `s` is joined to `import_product_ref.key` by. */
export const productRefKey = (columns: ProductColumns): RawBuilder<string> =>
  sql<string>`coalesce(${column(columns.id)}, '') || chr(1) || coalesce(${column(columns.name)}, '')`;

/**
 * Finds the products that staged rows name: makes `import_product_ref (key, product_id, problem)`, where `problem` says why there is none
 * and which product it may be. By our id, the id in the file's system, code, name, confirmed other name. A name that is only alike is
 * suggested, never taken. Rows without product are taken with the problem as a warning (`unknown_product`), keep the name in a column of
 * their own and contribute `relinkProducts`; `write` calls `productsSeen`, so that a person is asked once.
 */
export async function resolveProductRefs(
  tx: Tx,
  run: Pick<ImportRun, 'system'>,
  columns: ProductColumns,
): Promise<void> {
  await sql`drop table if exists pg_temp.import_product_ref`.execute(tx);
  const rid = column(columns.id);
  const rname = column(columns.name);
  await sql`create temp table import_product_ref as select ${productRefKey(columns)} as key, ${rid} as rid, ${rname} as rname, count(*)::int as rows,
      null::uuid as product_id, null::uuid as suggestion_id, null::text as suggestion, null::text as problem
    from pg_temp.import_stage s where coalesce(${rid}, ${rname}) is not null group by 1, 2, 3`.execute(tx);
  await resolve(tx, run.system);
  await sql`create unique index on pg_temp.import_product_ref (key)`.execute(tx);
  await sql`analyze pg_temp.import_product_ref`.execute(tx);
}

/** A warning in every row whose product is not known, with what becomes of the row; when there is a catalogue at all: else it is said once, under Products. */
export async function remarkUnknownProducts(
  tx: Tx,
  columns: ProductColumns & { name: string },
  keeps: string,
): Promise<void> {
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select s.n, 'warn', ${columns.name}, 'unknown_product', r.problem || ${` ${keeps}`}::text, ${column(columns.name)}
    from pg_temp.import_stage s join pg_temp.import_product_ref r on r.key = ${productRefKey(columns)}
    where r.problem is not null and exists (select from product where workspace_id = kernel.ws())`.execute(tx);
}

/** Notes the unknown names of the file for a person to say what they are; for `write`, once or with every chunk. */
export async function productsSeen(tx: Tx, run: Pick<ImportRun, 'importId'>): Promise<void> {
  const { rows } = await sql<{ name: string; rows: number; suggestionId: string | null }>`
    with left_over as (delete from pg_temp.import_product_ref where problem is not null returning coalesce(rname, rid) as name, rows, suggestion_id)
    select name, sum(rows)::int as rows, min(suggestion_id::text)::uuid as "suggestionId" from left_over group by name`.execute(
    tx,
  );
  await remember(tx, run.importId, rows);
}
