// The SQL by which files find the accounts that their rows speak of. One way for every room whose files point at accounts.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { ImportRun } from '../../../kernel/server/importing.ts';

const UUID = sql.lit('^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$');

/** Columns of `import_stage` that hold the id of an account, in whatever system, and its name. A file may have either or both. */
export type AccountColumns = { idColumn: string; nameColumn: string };

const of = (column: string): RawBuilder<unknown> => sql.ref(`s.${column}`);

/** One text to join by, null where the row names no account: equality of two columns that may be null cannot be hashed. */
export const accountRefKey = ({ idColumn, nameColumn }: AccountColumns): RawBuilder<unknown> =>
  sql`case when coalesce(${of(idColumn)}, ${of(nameColumn)}) is not null then coalesce(${of(idColumn)}, '') || chr(1) || coalesce(${of(nameColumn)}, '') end`;

/**
 * Finds the account of every staged row that names one. Makes the temporary tables `import_account_ref (key, rid, rname, account_id,
 * problem)`, one line for each account that is named, and `import_account (n, account_id)`, one for each row whose account is found.
 * Rows whose account is not found are remarked: rejected, or, when `without` says what becomes of them, taken with a warning
 * ("The person is taken without account."). A row that names no account has no line; whether it may is for the room to say.
 */
export async function resolveAccountRefs(
  tx: Tx,
  run: Pick<ImportRun, 'system'>,
  columns: AccountColumns & { without?: string },
): Promise<void> {
  await findAccounts(tx, run, columns);
  const { without } = columns;
  const join = sql`pg_temp.import_stage s join pg_temp.import_account_ref r on r.key = ${accountRefKey(columns)}`;
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select s.n, ${without ? 'warn' : 'reject'}, case when ${of(columns.idColumn)} is null then ${fieldOf(columns.nameColumn)} else ${fieldOf(columns.idColumn)} end,
      'no_account', r.problem || ${without ? ` ${without}` : ''}::text, coalesce(${of(columns.nameColumn)}, ${of(columns.idColumn)})
    from ${join} where r.problem is not null`.execute(tx);
  await sql`drop table if exists pg_temp.import_account`.execute(tx);
  await sql`create temp table import_account as select s.n, r.account_id from ${join} where r.account_id is not null`.execute(
    tx,
  );
  await sql`create unique index on pg_temp.import_account (n)`.execute(tx);
  await sql`analyze pg_temp.import_account`.execute(tx);
}

const fieldOf = (column: string): string => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/**
 * Makes and fills `import_account_ref`. An id is ours, or of the file's own system, or of a file in the same import, or of any
 * system where only one account has it; last comes the name, where only one account has it;
 * so an id column may hold names.
 */
export async function findAccounts(tx: Tx, run: Pick<ImportRun, 'system'>, columns: AccountColumns): Promise<void> {
  const { system } = run;
  const open = sql`r.account_id is null and r.problem is null`;
  await sql`drop table if exists pg_temp.import_account_ref`.execute(tx);
  await sql`create temp table import_account_ref as select distinct ${accountRefKey(columns)} as key, ${of(columns.idColumn)} as rid, ${of(columns.nameColumn)} as rname,
      null::uuid as account_id, null::text as problem
    from pg_temp.import_stage s where coalesce(${of(columns.idColumn)}, ${of(columns.nameColumn)}) is not null`.execute(
    tx,
  );
  await sql`analyze pg_temp.import_account_ref`.execute(tx);
  await sql`update pg_temp.import_account_ref r set account_id = coalesce(a.merged_into_id, a.id) from account a
    where ${open} and r.rid ~ ${UUID} and a.workspace_id = kernel.ws() and a.id = case when r.rid ~ ${UUID} then r.rid::uuid end`.execute(
    tx,
  );
  await sql`update pg_temp.import_account_ref r set account_id = m.id from pg_temp.import_made m
    where ${open} and m.entity = 'accounts' and m.external_id = r.rid and m.system = ${system}`.execute(tx);
  await sql`update pg_temp.import_account_ref r set account_id = x.account_id from account_external_id x
    where ${open} and x.workspace_id = kernel.ws() and x.system = ${system} and x.external_id = r.rid`.execute(tx);
  const named = sql`(select distinct o.rid from pg_temp.import_account_ref o where o.account_id is null and o.rid is not null)`;
  await sql`update pg_temp.import_account_ref r set account_id = f.id from (
      select o.rid, min(m.id::text)::uuid as id from ${named} o join pg_temp.import_made m on m.entity = 'accounts' and m.external_id = o.rid
      group by 1 having count(distinct m.id) = 1) f
    where ${open} and f.rid = r.rid`.execute(tx);
  await sql`update pg_temp.import_account_ref r set account_id = case when f.times = 1 then f.id end,
      problem = case when f.times > 1 and r.rname is null then 'Several accounts have the id “' || r.rid || '”.' end
    from (
      select o.rid, count(distinct x.account_id) as times, min(x.account_id::text)::uuid as id from ${named} o
      cross join (select distinct system from account_external_id where workspace_id = kernel.ws()) y
      join account_external_id x on x.workspace_id = kernel.ws() and x.system = y.system and x.external_id = o.rid group by 1) f
    where ${open} and f.rid = r.rid`.execute(tx);
  // A column of ids may hold names, where a list calls it only “Account”.
  const name = sql`coalesce(r.rname, r.rid)`;
  const { rows } = await sql`select 1 from pg_temp.import_account_ref r where ${open} limit 1`.execute(tx);
  if (rows.length)
    await sql`update pg_temp.import_account_ref r set account_id = case when f.times = 1 then f.id end,
        problem = case when f.times > 1 then 'Several accounts are called “' || ${name} || '”.' end
      from (
        select o.name, count(distinct u.id) as times, min(u.id::text)::uuid as id
        from (select distinct ${name} as name, kernel.plain_key(kernel.fold(${name})) as key from pg_temp.import_account_ref r where ${open}) o
        join (
          select kernel.plain_key(kernel.fold(m.name)) as key, m.id from pg_temp.import_made m where m.entity = 'accounts'
          union all
          select kernel.plain_key(a.name_key), a.id from account a where a.workspace_id = kernel.ws() and a.archived_at is null) u on u.key = o.key
        where o.key <> '' group by 1) f
      where ${open} and f.name = ${name}`.execute(tx);
  await sql`update pg_temp.import_account_ref r set problem = 'There is no account “' || ${name} || '”.' where ${open}`.execute(
    tx,
  );
}
