// The temporary tables of an import at work, and what an import wrote. See kernel/server/importing.ts for what the tables hold.
import { type RawBuilder, sql } from 'kysely';
import type { Bulk, Tx } from '../../../kernel/server/database.ts';
import type { EntityShape, FieldRole, FieldType, ImportChange } from '../../../kernel/server/importing.ts';
import { columnName, type Note, sqlType, stagedFields } from './staging.ts';

/** Once for an import: what its files would make. */
export async function prepare(tx: Tx): Promise<void> {
  await sql`create temp table if not exists import_made (entity text not null, file int not null, system text, external_id text, name text, id uuid not null)`.execute(
    tx,
  );
  await sql`truncate pg_temp.import_made`.execute(tx);
}

/** Once for a file. */
export async function createStage(tx: Tx, shape: EntityShape): Promise<void> {
  const columns = stagedFields(shape).flatMap((f) => {
    const name = sql.ref(columnName(f.key));
    if (f.type !== 'money') return [sql`${name} ${sql.raw(sqlType(f.type))}`];
    return [
      sql`${sql.ref(`${columnName(f.key)}_minor`)} bigint`,
      sql`${sql.ref(`${columnName(f.key)}_currency`)} text`,
    ];
  });
  await sql`drop table if exists pg_temp.import_stage, pg_temp.import_remark, pg_temp.import_member, pg_temp.import_plan`.execute(
    tx,
  );
  await sql`create temp table import_stage (n int not null, new_id uuid not null default kernel.new_id(), own_id uuid, done_id uuid, decision uuid,
    more_ids jsonb, custom jsonb, ${sql.join(columns)})`.execute(tx);
  await sql`create temp table import_remark (n int not null, weight text not null, field text, column_name text not null default '', code text not null, message text not null, value text default '')`.execute(
    tx,
  );
  await sql`create temp table import_member (ref text primary key, id uuid)`.execute(tx);
}

export async function copyStage(bulk: Bulk, columns: string[], lines: AsyncIterable<string>): Promise<number> {
  return bulk.copyIn(`pg_temp.import_stage (${columns.map((c) => `"${c}"`).join(', ')})`, lines);
}

/** After the rows: what was said of others while they were read, decisions of people, rows that an interrupted run wrote. */
export async function completeStage(
  tx: Tx,
  importId: string,
  file: number,
  decisions: Record<string, string>,
): Promise<void> {
  await sql`create unique index on pg_temp.import_stage (n)`.execute(tx);
  await sql`analyze pg_temp.import_stage`.execute(tx);
  const decided = Object.entries(decisions);
  if (decided.length)
    await sql`update pg_temp.import_stage s set decision = d.id from unnest(${decided.map(([n]) => Number(n))}::int[],
      ${decided.map(([, id]) => (id === 'new' ? '00000000-0000-0000-0000-000000000000' : id))}::uuid[]) d(n, id) where d.n = s.n`.execute(
      tx,
    );
  await sql`update pg_temp.import_stage s set done_id = d.id from (
      select unnest(row_nos) as n, unnest(row_ids) as id from import_change
      where workspace_id = kernel.ws() and import_id = ${importId} and file_no = ${file} and table_name = 'row' and undone_at is null) d
    where d.n = s.n`.execute(tx);
}

const columnsOf = (shape: EntityShape, ...roles: FieldRole[]) =>
  stagedFields(shape).filter((f) => f.role !== undefined && roles.includes(f.role));

/** Members whom rows name: by e-mail, by their whole name where only one has it, by our id. */
export async function findMembers(tx: Tx, shape: EntityShape): Promise<void> {
  for (const field of columnsOf(shape, 'owner', 'member')) {
    const column = sql.ref(`s.${columnName(field.key)}`);
    await sql`insert into pg_temp.import_member (ref) select distinct lower(${column}) from pg_temp.import_stage s where ${column} is not null on conflict do nothing`.execute(
      tx,
    );
  }
  await sql`update pg_temp.import_member r set id = m.id from (
      select ref, min(id::text)::uuid as id from (
        select r.ref, m.id from pg_temp.import_member r join member m on lower(m.email) = r.ref where m.workspace_id = kernel.ws() and m.deactivated_at is null
        union
        select r.ref, m.id from pg_temp.import_member r join member m on m.id::text = r.ref where m.workspace_id = kernel.ws() and m.deactivated_at is null
        union
        select r.ref, m.id from pg_temp.import_member r join member m on kernel.plain_key(kernel.fold(m.name)) = kernel.plain_key(kernel.fold(r.ref)) where m.workspace_id = kernel.ws() and m.deactivated_at is null
      ) x group by ref having count(distinct id) = 1) m where m.ref = r.ref`.execute(tx);
  await sql`analyze pg_temp.import_member`.execute(tx);
}

/** Owners whom nobody knows, and how many rows have them. */
export async function unknownMembers(
  tx: Tx,
  shape: EntityShape,
): Promise<{ name: string; email: string | null; rows: number }[]> {
  const owners = columnsOf(shape, 'owner');
  if (!owners.some((f) => f.type === 'text')) return [];
  const of = (...types: FieldType[]) =>
    owners.filter((f) => types.includes(f.type)).map((f) => sql`${sql.ref(`s.${columnName(f.key)}`)}`);
  const first = (columns: RawBuilder<unknown>[]) =>
    columns.length ? sql`coalesce(${sql.join(columns)}, null)` : sql`null`;
  const [emails, names] = [of('email'), [...of('text'), ...of('id')]];
  const whole = first([...emails, ...names]);
  const { rows } = await sql<{ name: string; email: string | null; rows: number }>`
    select coalesce(max(${first(names)}), max(${first(emails)})) as name, lower(max(${first(emails)})) as email, count(*)::int as rows
    from pg_temp.import_stage s
    left join pg_temp.import_member e on e.ref = lower(${first(emails)}) left join pg_temp.import_member n on n.ref = lower(${first(names)})
    where ${whole} is not null and coalesce(e.id, n.id) is null
    group by lower(${whole}) order by 3 desc, 1 limit 500`.execute(tx);
  return rows;
}

/**
 * For the rest of the transaction: rows meet by hashing. Sizes of what was just computed are guesses, and a wrong guess makes the planner
 * compare every row with every other.
 */
export async function joinByHash(tx: Tx): Promise<void> {
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(tx);
}

export type PlanCounts = { new: number; changed: number; same: number; done: number; positions: number };
export async function countPlan(tx: Tx): Promise<PlanCounts> {
  await sql`create unique index on pg_temp.import_plan (pos)`.execute(tx);
  await sql`analyze pg_temp.import_plan`.execute(tx);
  const { rows } =
    await sql<PlanCounts>`select count(*) filter (where action = 'new')::int as new, count(*) filter (where action = 'changed')::int as changed,
    count(*) filter (where action = 'same')::int as same, count(*) filter (where action = 'done')::int as done, coalesce(max(pos) + 1, 0)::int as positions from pg_temp.import_plan`.execute(
      tx,
    );
  return rows[0]!;
}

export type Chunk = { from: number; rows: number; levels: [least: number, most: number] };
/** The chunks of positions in which there is something to write, and the levels of their rows. */
export async function chunksWithWork(tx: Tx, size: number): Promise<Chunk[]> {
  const { rows: leveled } =
    await sql`select from pg_attribute where attrelid = 'pg_temp.import_plan'::regclass and attname = 'level'`.execute(
      tx,
    );
  const level = leveled.length ? sql`level` : sql`0`;
  const { rows } = await sql<{ from: number; rows: number; least: number; most: number }>`
    select (pos / ${size}::int) * ${size}::int as from, count(*)::int as rows, min(${level})::int as least, max(${level})::int as most
    from pg_temp.import_plan where action in ('new', 'changed') group by 1 order by 1`.execute(tx);
  return rows.map(({ from, rows, least, most }) => ({ from, rows, levels: [least, most] }));
}

/** What the rooms said of rows, with the names that the columns have in the file. */
export async function planNotes(tx: Tx, headers: Record<string, string>): Promise<Note[]> {
  const { rows } =
    await sql<Note>`select n as row, weight, case when column_name <> '' then column_name else coalesce(${JSON.stringify(headers)}::jsonb ->> field, '') end as "column", code, message,
    left(coalesce(value, ''), 200) as value from pg_temp.import_remark order by n limit 200000`.execute(tx);
  return rows;
}

/** What was written for rows that an interrupted run had done. */
export async function countDone(tx: Tx, importId: string, file: number): Promise<{ new: number; changed: number }> {
  const { rows } = await sql<{ new: number; changed: number }>`
    select coalesce(sum(cardinality(row_nos)) filter (where action = 'insert'), 0)::int as new, coalesce(sum(cardinality(row_nos)) filter (where action = 'update'), 0)::int as changed
    from import_change where workspace_id = kernel.ws() and import_id = ${importId} and file_no = ${file} and table_name = 'row' and undone_at is null`.execute(
    tx,
  );
  return rows[0]!;
}

/** Replaces the notes of a file. */
export async function keepNotes(tx: Tx, importId: string, file: number, startedBy: string, all: Note[]): Promise<void> {
  await sql`delete from import_note where workspace_id = kernel.ws() and import_id = ${importId} and file_no = ${file}`.execute(
    tx,
  );
  for (let i = 0; i < all.length; i += 5_000) {
    const some = all.slice(i, i + 5_000);
    await sql`insert into import_note (workspace_id, import_id, file_no, row_no, no, started_by, weight, column_name, code, message, value)
      select kernel.ws(), ${importId}::uuid, ${file}::int, n.row, ${i}::int + n.place, ${startedBy}::uuid, n.weight, n.col, n.code, n.message, n.value
      from unnest(${some.map((n) => n.row)}::int[], ${some.map((n) => n.weight)}::text[], ${some.map((n) => n.column)}::text[], ${some.map((n) => n.code)}::text[],
        ${some.map((n) => n.message)}::text[], ${some.map((n) => n.value)}::text[]) with ordinality n(row, weight, col, code, message, value, place)`.execute(
      tx,
    );
  }
}

/** Row number → why it was rejected, all reasons together. */
export async function rejectReasons(tx: Tx, importId: string, file: number): Promise<Map<number, string>> {
  const { rows } = await sql<{ row: number; reason: string }>`
    select row_no as row, string_agg(case when column_name = '' then message else column_name || ': ' || message end, ' ' order by no) as reason
    from import_note where workspace_id = kernel.ws() and import_id = ${importId} and file_no = ${file} and weight = 'reject' group by row_no`.execute(
    tx,
  );
  return new Map(rows.map((r) => [r.row, r.reason]));
}

/** Keeps what a chunk wrote, and what became of its rows. */
export async function keepChanges(
  tx: Tx,
  at: { importId: string; file: number; startedBy: string },
  changes: ImportChange[],
  from: number,
  to: number,
): Promise<void> {
  for (const c of changes)
    await sql`insert into import_change (workspace_id, import_id, file_no, started_by, table_name, action, row_nos, row_ids, versions, before)
      values (kernel.ws(), ${at.importId}, ${at.file}, ${at.startedBy}, ${c.table}, ${c.action}, ${c.rows}, ${c.ids}, ${c.versions}, ${c.before ? JSON.stringify(c.before) : null})`.execute(
      tx,
    );
  await sql`insert into import_change (workspace_id, import_id, file_no, started_by, table_name, action, row_nos, row_ids, versions)
    select kernel.ws(), ${at.importId}::uuid, ${at.file}::int, ${at.startedBy}::uuid, 'row', case action when 'new' then 'insert' else 'update' end, array_agg(n), array_agg(id), '{}'
    from pg_temp.import_plan where pos >= ${from} and pos < ${to} and action in ('new', 'changed') group by action`.execute(
    tx,
  );
}

/** The tables that an import wrote to, whether or not it was taken back. */
export async function tablesWritten(tx: Tx, importId: string): Promise<string[]> {
  const { rows } = await sql<{ table_name: string }>`
    select distinct table_name from import_change where workspace_id = kernel.ws() and import_id = ${importId}`.execute(
    tx,
  );
  return rows.map((r) => r.table_name);
}

export async function tidy(tx: Tx, tables: string[]): Promise<void> {
  await sql`select kernel.tidy(${tables}::text[])`.execute(tx);
}

export type ChangeLine = ImportChange & { id: string; file: number };
/** What an import wrote and has not been taken back, the last first. */
export async function lastChange(tx: Tx, importId: string): Promise<ChangeLine | undefined> {
  const { rows } = await sql<ChangeLine>`
    select id, file_no as file, table_name as table, action, row_nos as rows, row_ids as ids, versions, before from import_change
    where workspace_id = kernel.ws() and import_id = ${importId} and undone_at is null order by id desc limit 1`.execute(
    tx,
  );
  return rows[0];
}
export async function markUndone(tx: Tx, id: string): Promise<void> {
  await sql`update import_change set undone_at = now() where workspace_id = kernel.ws() and id = ${id}`.execute(tx);
}
export async function countChanges(tx: Tx, importId: string): Promise<{ left: number; all: number }> {
  const { rows } = await sql<{ left: number; all: number }>`
    select count(*) filter (where undone_at is null)::int as left, count(*)::int as all from import_change where workspace_id = kernel.ws() and import_id = ${importId}`.execute(
    tx,
  );
  return rows[0]!;
}
