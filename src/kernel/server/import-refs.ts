// How rows of a file find the records of another table that they speak of: by our id, the id of the source, or the name.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from './database.ts';
import type { ImportRun } from './importing.ts';

const UUID = sql.lit('^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$');

export type RefsOf = {
  /** What is referred to, as files of the same import announce it. */
  entity: string;
  /** Its table, with `source_system` and `source_id`. */
  table: string;
  /** Columns of `import_stage`; either may be missing. */
  idColumn?: string;
  nameColumn?: string;
  /** The comparable name of a row of the table `t`, for `nameColumn`: `kernel.plain_key(t.name_key)`. */
  tableName?: RawBuilder<unknown>;
  /** In words: "opportunity". */
  noun: string;
  /** What becomes of a row whose reference is not found; without it, the row is rejected. */
  without?: string;
  /** The temporary table to make: `(n, id)`, one line for each row whose reference is found. */
  into: string;
};

/**
 * Finds what every staged row refers to, fills the temporary table `into`, and remarks the rows whose reference is unknown or meant
 * several. Accounts have a door of their own, `resolveAccountRefs`.
 */
export async function resolveRefs(tx: Tx, run: Pick<ImportRun, 'system'>, of: RefsOf): Promise<void> {
  const table = sql.table(of.table);
  const into = sql.table(`pg_temp.${of.into}`);
  const rid = of.idColumn ? sql.ref(`s.${of.idColumn}`) : sql`null::text`;
  const rname = of.nameColumn ? sql.ref(`s.${of.nameColumn}`) : sql`null::text`;
  const key = sql`case when coalesce(${rid}, ${rname}) is not null then coalesce(${rid}, '') || chr(1) || coalesce(${rname}, '') end`;
  await sql`drop table if exists pg_temp.import_ref, ${into}`.execute(tx);
  await sql`create temp table import_ref as select distinct ${key} as key, ${rid} as rid, ${rname} as rname, null::uuid as id, null::text as problem
    from pg_temp.import_stage s where coalesce(${rid}, ${rname}) is not null`.execute(tx);
  await sql`analyze pg_temp.import_ref`.execute(tx);
  const open = sql`r.id is null and r.problem is null`;
  if (of.idColumn) {
    await sql`update pg_temp.import_ref r set id = t.id from ${table} t
      where ${open} and t.workspace_id = kernel.ws() and t.id = case when r.rid ~ ${UUID} then r.rid::uuid end`.execute(
      tx,
    );
    await sql`update pg_temp.import_ref r set id = m.id from pg_temp.import_made m
      where ${open} and m.entity = ${of.entity} and m.external_id = r.rid and m.system = ${run.system}`.execute(tx);
    await sql`update pg_temp.import_ref r set id = t.id from ${table} t
      where ${open} and t.workspace_id = kernel.ws() and t.source_system = ${run.system} and t.source_id = r.rid`.execute(
      tx,
    );
    await sql`update pg_temp.import_ref r set id = f.id from (
        select rid, min(id::text)::uuid as id from (
          select o.rid, m.id from pg_temp.import_ref o join pg_temp.import_made m on m.entity = ${of.entity} and m.external_id = o.rid where o.id is null
          union
          select o.rid, t.id from pg_temp.import_ref o
            cross join (select distinct source_system from ${table} where workspace_id = kernel.ws() and source_id is not null) y
            join ${table} t on t.workspace_id = kernel.ws() and t.source_system = y.source_system and t.source_id = o.rid where o.id is null) u
        group by rid having count(distinct id) = 1) f
      where ${open} and f.rid = r.rid`.execute(tx);
  }
  if (of.nameColumn && of.tableName)
    await sql`update pg_temp.import_ref r set id = case when f.times = 1 then f.id end,
        problem = case when f.times > 1 then ${`Several of the kind ${of.noun} are called “`}::text || r.rname || '”.' end
      from (
        select o.rname, count(distinct u.id) as times, min(u.id::text)::uuid as id
        from (select distinct r.rname, kernel.plain_key(kernel.fold(r.rname)) as key from pg_temp.import_ref r where ${open} and r.rname is not null) o
        join (
          select kernel.plain_key(kernel.fold(m.name)) as key, m.id from pg_temp.import_made m where m.entity = ${of.entity} and m.name is not null
          union all
          select ${of.tableName}, t.id from ${table} t where t.workspace_id = kernel.ws()) u on u.key = o.key
        where o.key <> '' group by 1) f
      where ${open} and f.rname = r.rname`.execute(tx);
  await sql`update pg_temp.import_ref r set problem = ${`There is no ${of.noun} “`}::text || coalesce(r.rname, r.rid) || '”.' where ${open}`.execute(
    tx,
  );
  const join = sql`pg_temp.import_stage s join pg_temp.import_ref r on r.key = ${key}`;
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select s.n, ${of.without ? 'warn' : 'reject'}, case when ${rid} is null then ${fieldOf(of.nameColumn)} else ${fieldOf(of.idColumn)} end,
      'no_reference', r.problem || ${of.without ? ` ${of.without}` : ''}::text, coalesce(${rname}, ${rid})
    from ${join} where r.problem is not null`.execute(tx);
  await sql`create temp table ${sql.ref(of.into)} as select s.n, r.id from ${join} where r.id is not null`.execute(tx);
  await sql`create unique index on ${into} (n)`.execute(tx);
  await sql`analyze ${into}`.execute(tx);
}

const fieldOf = (column: string | undefined): string =>
  (column ?? '').replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
