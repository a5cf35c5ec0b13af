// The SQL behind tableImporter: values of staged rows, who they are, what becomes of them, writing and taking back.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from './database.ts';
import type { TableImport } from './import-table-shape.ts';
import type { ImportRun } from './importing.ts';

const UUID = sql.lit('^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$');
const rejected = sql`exists (select from pg_temp.import_remark x where x.n = r.n and x.weight = 'reject')`;
const columnsOf = (of: TableImport, run: ImportRun): string[] => Object.keys(of.values(run));
const has = (of: TableImport, what: 'source' | 'version' | 'updated_at'): boolean => !of.lacks?.includes(what);
const hasId = (of: TableImport): boolean => of.shape.fields.some((f) => f.key === 'externalId');
const tableOf = (of: TableImport) => sql.table(of.table);
const list = (parts: RawBuilder<unknown>[]) => sql.join(parts, sql`, `);

/** `import_row (n, new_id, own_id, done_id, decision, external_id, …columns)`: what the table would hold. */
export async function takeValues(tx: Tx, run: ImportRun, of: TableImport): Promise<void> {
  await sql`drop table if exists pg_temp.import_row, pg_temp.import_match`.execute(tx);
  const values = Object.entries(of.values(run)).map(([column, value]) => sql`${value} as ${sql.ref(column)}`);
  await sql`create temp table import_row as
    select s.n, s.new_id, s.own_id, s.done_id, s.decision, ${hasId(of) ? sql`s.external_id` : sql`null::text as external_id`}, ${list(values)}
    from pg_temp.import_stage s ${of.from?.(run) ?? sql``}
    where not exists (select from pg_temp.import_remark x where x.n = s.n and x.weight = 'reject')`.execute(tx);
  await sql`analyze pg_temp.import_row`.execute(tx);
}

async function some(tx: Tx, of: TableImport): Promise<boolean> {
  const { rows } = await sql`select 1 from ${tableOf(of)} t where t.workspace_id = kernel.ws() limit 1`.execute(tx);
  return rows.length > 0;
}

/**
 * One text for the natural key: equality of columns that may be null cannot be hashed. What a row of the file (`r`) leaves open is what a
 * new row would get, or the same file would bring it again.
 */
const keyOf = (of: TableImport, from: 'r' | 't'): RawBuilder<unknown> => {
  const column = (c: string) => {
    const fresh = from === 'r' ? of.fresh?.[c] : undefined;
    const own = sql`${sql.ref(`${from}.${c}`)}::text`;
    return fresh ? sql`coalesce(${own}, (${fresh})::text, chr(2))` : sql`coalesce(${own}, chr(2))`;
  };
  return sql`concat_ws(chr(1), ${list((of.natural ?? []).map(column))})`;
};

/** `import_match (n, id, how)`: rows that we have. By our id, by the id of the source, by what they say. */
export async function matchRows(tx: Tx, run: ImportRun, of: TableImport): Promise<void> {
  await sql`create temp table import_match (n int not null, id uuid not null, how text not null)`.execute(tx);
  await sql`insert into pg_temp.import_match select n, done_id, 'done' from pg_temp.import_row where done_id is not null`.execute(
    tx,
  );
  if (!(await some(tx, of))) return;
  const open = sql`r.done_id is null and not exists (select from pg_temp.import_match m where m.n = r.n)`;
  await sql`insert into pg_temp.import_match
    select r.n, t.id, 'id' from pg_temp.import_row r
    join ${tableOf(of)} t on t.workspace_id = kernel.ws()
      and t.id = coalesce(r.decision, r.own_id, case when r.external_id ~ ${UUID} then r.external_id::uuid end)
    where ${open}`.execute(tx);
  if (has(of, 'source') && hasId(of))
    await sql`insert into pg_temp.import_match
      select r.n, t.id, 'id' from pg_temp.import_row r
      join ${tableOf(of)} t on t.workspace_id = kernel.ws() and t.source_system = ${run.system} and t.source_id = r.external_id
      where r.decision is null and ${open}`.execute(tx);
  await sql`analyze pg_temp.import_match`.execute(tx);
  if (!of.natural?.length) return;
  await matchNatural(tx, of, sql`r.external_id is null`, sql`true`);
  if (has(of, 'source')) await matchNatural(tx, of, sql`r.external_id is not null`, sql`t.source_id is null`);
  await sql`analyze pg_temp.import_match`.execute(tx);
}

async function matchNatural(
  tx: Tx,
  of: TableImport,
  ofRows: RawBuilder<unknown>,
  ofTable: RawBuilder<unknown>,
): Promise<void> {
  const open = sql`${ofRows} and r.decision is null and not exists (select from pg_temp.import_match m where m.n = r.n)`;
  const { rows } = await sql`select 1 from pg_temp.import_row r where ${open} limit 1`.execute(tx);
  if (!rows.length) return;
  await sql`insert into pg_temp.import_match
    with asked as materialized (
      select r.n, ${keyOf(of, 'r')} as key, row_number() over (partition by ${keyOf(of, 'r')} order by r.n) as nth from pg_temp.import_row r where ${open}),
    there as materialized (
      select t.id, ${keyOf(of, 't')} as key, row_number() over (partition by ${keyOf(of, 't')} order by t.id) as nth from ${tableOf(of)} t
      where t.workspace_id = kernel.ws() and ${ofTable} and not exists (select from pg_temp.import_match m where m.id = t.id))
    select a.n, t.id, 'says' from asked a join there t on t.key = a.key and t.nth = a.nth`.execute(tx);
}

/** Two rows with one id, and rows that may not stand beside others. */
export async function rejectDoubles(tx: Tx, run: ImportRun, of: TableImport): Promise<void> {
  const id = of.shape.fields.find((f) => f.role === 'external-id')?.key ?? '';
  // Grouped first: in a file of a million rows hardly one repeats.
  const again = (what: RawBuilder<unknown>, from: RawBuilder<unknown>) => sql`
    insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select r.n, 'reject', ${id}, 'duplicate', 'Row ' || d.first || ' has the same id.', r.external_id
    from (select ${what} as what, min(r.n) as first from ${from} group by 1 having count(*) > 1) d join ${from} on ${what} = d.what and r.n > d.first`;
  if (hasId(of))
    await again(
      sql`r.external_id`,
      sql`(select n, external_id from pg_temp.import_row x where external_id is not null and not exists (select from pg_temp.import_match m where m.n = x.n)) r`,
    ).execute(tx);
  await again(
    sql`r.id`,
    sql`(select m.n, m.id, x.external_id from pg_temp.import_match m join pg_temp.import_row x on x.n = m.n) r`,
  ).execute(tx);
  if (run.actor.level !== 'all' && has(of, 'source') && hasId(of))
    await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
      select r.n, 'reject', ${id}, 'not_yours', 'A row that you do not see has this id.', r.external_id
      from pg_temp.import_row r
      join kernel.sources_taken(${of.table}, ${run.system}, array(select external_id from pg_temp.import_row where external_id is not null)) t on t.source_id = r.external_id
      where not exists (select from pg_temp.import_match m where m.n = r.n)`.execute(tx);
  for (const { columns, field, message } of of.unique ?? []) {
    const whole = sql.join(
      columns.map((c) => sql<SqlBool>`${sql.ref(`r.${c}`)} is not null`),
      sql` and `,
    );
    const same = sql.join(
      columns.map((c) => sql<SqlBool>`${sql.ref(`t.${c}`)} = ${sql.ref(`r.${c}`)}`),
      sql` and `,
    );
    await sql`insert into pg_temp.import_remark (n, weight, field, code, message)
      select n, 'reject', ${field}, 'duplicate', ${message} from (
        select r.n, m.id is null as fresh, min(r.n) over (partition by ${list(columns.map((c) => sql.ref(`r.${c}`)))}) as first,
          exists (select from ${tableOf(of)} t where t.workspace_id = kernel.ws() and ${same} and t.id is distinct from m.id) as taken
        from pg_temp.import_row r left join pg_temp.import_match m on m.n = r.n where ${whole} and not ${rejected}) x
      where n > first or taken`.execute(tx);
  }
}

/** Tells the files after this one what it makes. */
export async function announceRows(tx: Tx, run: ImportRun, of: TableImport): Promise<void> {
  if (!run.followed) return;
  await sql`insert into pg_temp.import_made (entity, file, system, external_id, name, id)
    select ${of.shape.entity}, ${run.file}::int, ${run.system}, r.external_id, ${of.nameColumn ? sql.ref(`r.${of.nameColumn}`) : sql`null`}, coalesce(m.id, r.new_id)
    from pg_temp.import_row r left join pg_temp.import_match m on m.n = r.n where not ${rejected}`.execute(tx);
  await sql`analyze pg_temp.import_made`.execute(tx);
}

/** `import_plan (pos, n, id, action, external_id, …columns)`. */
export async function planRows(tx: Tx, run: ImportRun, of: TableImport): Promise<void> {
  const columns = columnsOf(of, run);
  const differs = [
    ...columns.map((c) => {
      const [mine, theirs] = [sql.ref(`r.${c}`), sql.ref(`t.${c}`)];
      return sql<SqlBool>`(${mine} is not null and ${mine} is distinct from ${theirs})`;
    }),
    ...(has(of, 'source') && hasId(of) ? [sql<SqlBool>`(m.how = 'says' and r.external_id is not null)`] : []),
  ];
  await sql`drop table if exists pg_temp.import_plan`.execute(tx);
  // By account, where the order is free: a chunk then touches, locks and finds in indexes few accounts instead of all.
  const first = of.sortBy ?? (of.independent && columns.includes('account_id') ? sql`r.account_id` : null);
  const order = first ? sql`${first}, r.n` : sql`r.n`;
  await sql`create temp table import_plan as
    select (row_number() over (order by ${order}) - 1)::int as pos, r.n, coalesce(m.id, r.new_id) as id,
      case when m.how = 'done' then 'done' when m.id is null then 'new' when ${sql.join(differs, sql` or `)} then 'changed' else 'same' end as action,
      r.external_id, ${list(columns.map((c) => sql.ref(`r.${c}`)))}
    from pg_temp.import_row r
    left join pg_temp.import_match m on m.n = r.n
    left join ${tableOf(of)} t on t.workspace_id = kernel.ws() and t.id = m.id
    where not ${rejected}`.execute(tx);
}

const chunk = (from: number, to: number, action: string) =>
  sql`pg_temp.import_plan p where p.pos >= ${from} and p.pos < ${to} and p.action = ${action}`;

export type Written = { n: number; id: string };

export async function insertRows(
  tx: Tx,
  run: ImportRun,
  of: TableImport,
  from: number,
  to: number,
): Promise<Written[]> {
  const columns = columnsOf(of, run);
  const value = (c: string) =>
    of.fresh?.[c] ? sql`coalesce(${sql.ref(`p.${c}`)}, ${of.fresh[c]})` : sql.ref(`p.${c}`);
  const rest = Object.keys(of.fresh ?? {}).filter((c) => !columns.includes(c));
  const sourced = has(of, 'source') && hasId(of);
  await sql`insert into ${tableOf(of)} (workspace_id, id, import_id, ${sourced ? sql`source_system, source_id, ` : sql``}${list([...columns, ...rest].map((c) => sql.ref(c)))})
    select kernel.ws(), p.id, ${run.importId}::uuid, ${sourced ? sql`case when p.external_id is not null then ${run.system}::text end, p.external_id, ` : sql``}${list([...columns.map(value), ...rest.map((c) => of.fresh![c]!)])}
    from ${chunk(from, to, 'new')} order by p.pos`.execute(tx);
  const { rows } = await sql<Written>`select p.n, p.id from ${chunk(from, to, 'new')} order by p.pos`.execute(tx);
  return rows;
}

type Updated = Written & { version: number; before: Record<string, unknown> };

export async function updateRows(
  tx: Tx,
  run: ImportRun,
  of: TableImport,
  from: number,
  to: number,
): Promise<Updated[]> {
  const { rows: waiting } = await sql`select 1 from ${chunk(from, to, 'changed')} limit 1`.execute(tx);
  if (!waiting.length) return [];
  const columns = columnsOf(of, run);
  const sourced = has(of, 'source') && hasId(of);
  // Ids of other systems may look like ours: what is not the row's own is theirs.
  const foreign = sql`lower(p.external_id) <> t.id::text`;
  const kept = [...columns, ...(sourced ? ['source_system', 'source_id'] : [])];
  const set = [
    ...columns.map((c) => sql`${sql.ref(c)} = coalesce(${sql.ref(`p.${c}`)}, ${sql.ref(`t.${c}`)})`),
    ...(sourced
      ? [
          sql`source_system = case when t.source_id is null and ${foreign} then ${run.system} else t.source_system end`,
          sql`source_id = coalesce(t.source_id, case when ${foreign} then p.external_id end)`,
        ]
      : []),
    ...(has(of, 'version') ? [sql`version = t.version + 1`] : []),
    ...(has(of, 'updated_at') ? [sql`updated_at = now()`] : []),
  ];
  const { rows } = await sql<Updated>`
    with p as materialized (select p.* from ${chunk(from, to, 'changed')}),
    old as materialized (select t.* from ${tableOf(of)} t join p on p.id = t.id where t.workspace_id = kernel.ws() for update of t)
    update ${tableOf(of)} t set ${list(set)} from p join old o on o.id = p.id
    where t.workspace_id = kernel.ws() and t.id = p.id
    returning p.n, t.id, ${has(of, 'version') ? sql`t.version` : sql`1`} as version,
      jsonb_build_object(${list(kept.flatMap((c) => [sql.lit(c), sql.ref(`o.${c}`)]))}) as before`.execute(tx);
  return rows;
}

// Taking back --------------------------------------------------------------

export async function changedSince(tx: Tx, of: TableImport, ids: string[], versions: number[]): Promise<Set<string>> {
  if (!has(of, 'version')) return new Set();
  const { rows } = await sql<{ id: string }>`
    select u.id from unnest(${ids}::uuid[], ${versions}::int[]) u(id, version)
    join ${tableOf(of)} t on t.workspace_id = kernel.ws() and t.id = u.id where t.version <> u.version`.execute(tx);
  return new Set(rows.map((r) => r.id));
}

/** Rows that something holds which is no part of them. */
export async function heldRows(tx: Tx, of: TableImport, ids: string[]): Promise<Set<string>> {
  const held = new Set<string>();
  for (;;) {
    const going = ids.filter((id) => !held.has(id));
    const { rows } = await sql<{ id: string }>`
      select id from kernel.referenced(${of.table}, ${going}::uuid[], ${[...(of.parts ?? [])]}::text[])`.execute(tx);
    if (!rows.length) return held;
    for (const { id } of rows) held.add(id);
  }
}

export async function removeRows(tx: Tx, of: TableImport, ids: string[]): Promise<number> {
  const { numAffectedRows } =
    await sql`delete from ${tableOf(of)} where workspace_id = kernel.ws() and id = any (${ids}::uuid[])`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Puts rows back as they were where the version is still the import's; answers their ids. */
export async function restoreRows(
  tx: Tx,
  of: TableImport,
  ids: string[],
  versions: number[],
  before: Record<string, unknown>[],
): Promise<Set<string>> {
  const columns = Object.keys(before[0] ?? {});
  if (!columns.length) return new Set();
  const set = [
    ...columns.map((c) => sql`${sql.ref(c)} = ${sql.ref(`r.${c}`)}`),
    ...(has(of, 'version') ? [sql`version = t.version + 1`] : []),
    ...(has(of, 'updated_at') ? [sql`updated_at = now()`] : []),
  ];
  const { rows } = await sql<{ id: string }>`
    update ${tableOf(of)} t set ${list(set)}
    from (
      select b.id as target, u.version as was, r.* from unnest(${ids}::uuid[], ${versions}::int[]) with ordinality u(id, version, place)
      join ${tableOf(of)} b on b.workspace_id = kernel.ws() and b.id = u.id
      cross join lateral jsonb_populate_record(b, ${JSON.stringify(before)}::jsonb -> (u.place - 1)::int) r) r
    where t.workspace_id = kernel.ws() and t.id = r.target ${has(of, 'version') ? sql`and t.version = r.was` : sql``} returning t.id`.execute(
    tx,
  );
  return new Set(rows.map((r) => r.id));
}
