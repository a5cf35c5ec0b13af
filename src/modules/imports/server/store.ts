// The imports room's SQL for its own tables: imports, their files, notes, saved mappings.
import { sql } from 'kysely';
import type { Actor, Level, Role } from '../../../kernel/contract/access.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import type { ImportOptions, ImportQuestion, ImportReport, ImportState } from '../api.ts';
import type { TableChoice } from './read/table.ts';
import type { ColumnMapping } from './recognise/mapping.ts';
import type { ColumnProfile } from './recognise/profile.ts';

const ws = sql<string>`kernel.ws()`;

export type Made = {
  fields?: string[];
  choices?: { id: string; before: string[] }[];
  members?: string[];
};
export type UndoReport = {
  removed: number;
  restored: number;
  kept: { file: number; row: number; reason: string }[];
  keptCount: number;
};
export type ImportRow = {
  id: string;
  name: string;
  state: ImportState;
  source: 'web' | 'cli';
  options: Partial<ImportOptions>;
  started_by: string;
  starter_name: string;
  phase: string;
  progress_done: number;
  progress_total: number;
  problem: string | null;
  resume_state: 'analysing' | 'checking' | 'running' | 'undoing' | null;
  attempts: number;
  made: Made;
  undo_report: UndoReport | null;
  applied_at: string | null;
  finished_at: string | null;
  undone_at: string | null;
  version: number;
  created_at: string;
  counts: { new: number; changed: number; same: number; rejected: number } | null;
};

/** A column's profile without what only recognition needs. */
export type SlimProfile = Pick<
  ColumnProfile,
  | 'index'
  | 'header'
  | 'unit'
  | 'filled'
  | 'type'
  | 'typeShare'
  | 'values'
  | 'examples'
  | 'dates'
  | 'numbers'
  | 'salesforcePrefix'
> &
  Partial<Pick<ColumnProfile, 'currencies'>>;
export type FileRecognition = {
  confidence?: number;
  reason?: string;
  /** The mapping for each entity, so that a person can choose another. */
  guesses?: { entity: string; mapping: ColumnMapping[] }[];
};
export type FileReading = {
  kind?: 'csv' | 'xlsx';
  encoding?: string | null;
  delimiter?: string | null;
  sheet?: string | null;
  sheets?: string[];
  headerRow?: number | null;
};
export type FileRow = {
  id: string;
  no: number;
  file_name: string;
  file_key: string;
  bytes: number;
  skipped: boolean;
  entity: string | null;
  recognition: FileRecognition;
  reading: FileReading;
  chosen: Pick<TableChoice, 'encoding' | 'delimiter' | 'sheet' | 'headerRow'> & { entity?: string; system?: string };
  profile: SlimProfile[];
  mapping: ColumnMapping[];
  answers: Record<string, string>;
  questions: ImportQuestion[];
  decisions: Record<string, string>;
  warnings: string[];
  preview: string[][];
  rows_total: number;
  system: string;
  saved_mapping_id: string | null;
  saved_mapping: string | null;
  problem: string | null;
  report: ImportReport | null;
};

const countsOf = sql`(select jsonb_build_object('new', coalesce(sum((f.report ->> 'new')::int), 0), 'changed', coalesce(sum((f.report ->> 'changed')::int), 0),
    'same', coalesce(sum((f.report ->> 'same')::int), 0), 'rejected', coalesce(sum((f.report ->> 'rejected')::int), 0))
  from import_file f where f.workspace_id = i.workspace_id and f.import_id = i.id)`;
const columns = sql`i.id, i.name, i.state, i.source, i.options, i.started_by, m.name as starter_name, i.phase, i.progress_done, i.progress_total, i.problem, i.resume_state,
  i.attempts, i.made, i.undo_report, i.applied_at, i.finished_at, i.undone_at, i.version, i.created_at, ${countsOf} as counts`;
const from = sql`from import i join member m on m.workspace_id = i.workspace_id and m.id = i.started_by`;

export async function imports(tx: Tx, after: CursorValue[] | null, limit: number): Promise<ImportRow[]> {
  const { rows } =
    await sql<ImportRow>`select ${columns} ${from} where i.workspace_id = ${ws} ${after ? sql`and i.id < ${after[0]}::uuid` : sql``} order by i.id desc limit ${sql.lit(limit + 1)}`.execute(
      tx,
    );
  return rows;
}

export async function oneImport(tx: Tx, id: string): Promise<ImportRow | undefined> {
  const { rows } =
    await sql<ImportRow>`select ${columns} ${from} where i.workspace_id = ${ws} and i.id = ${id}`.execute(tx);
  return rows[0];
}

export async function filesOf(tx: Tx, importId: string): Promise<FileRow[]> {
  const { rows } = await sql<FileRow>`
    select f.id, f.no, f.file_name, f.file_key, f.bytes, f.skipped, f.entity, f.recognition, f.reading, f.chosen, f.profile, f.mapping, f.answers, f.questions, f.decisions,
      f.warnings, f.preview, f.rows_total, f.system, f.saved_mapping_id, f.problem, f.report, s.name as saved_mapping
    from import_file f left join import_mapping s on s.workspace_id = f.workspace_id and s.id = f.saved_mapping_id
    where f.workspace_id = ${ws} and f.import_id = ${importId} order by f.no`.execute(tx);
  return rows;
}

export async function insertImport(
  tx: Tx,
  row: { id: string; name: string; source: 'web' | 'cli'; startedBy: string; options: Partial<ImportOptions> },
  files: { name: string; key: string; bytes: number }[],
): Promise<void> {
  await sql`insert into import (workspace_id, id, name, source, started_by, options)
    values (${ws}, ${row.id}, ${row.name}, ${row.source}, ${row.startedBy}, ${JSON.stringify(row.options)})`.execute(
    tx,
  );
  await sql`insert into import_file (workspace_id, import_id, started_by, no, file_name, file_key, bytes)
    select ${ws}, ${row.id}::uuid, ${row.startedBy}::uuid, f.no, f.name, f.key, f.bytes
    from unnest(${files.map((f) => f.name)}::text[], ${files.map((f) => f.key)}::text[], ${files.map((f) => f.bytes)}::bigint[]) with ordinality f(name, key, bytes, no)`.execute(
    tx,
  );
}

type ImportWrite = Partial<{
  state: ImportState;
  options: string;
  phase: string;
  progress_done: number;
  progress_total: number;
  problem: string | null;
  resume_state: ImportRow['resume_state'];
  attempts: number;
  made: string;
  undo_report: string | null;
  applied_at: string | null;
  finished_at: string | null;
  undone_at: string | null;
}>;
/** `unless` guards a change of state: answers false when the import is in none of the states `among`. */
export async function setImport(
  tx: Tx,
  id: string,
  change: ImportWrite,
  guard: { among?: readonly ImportState[]; version?: number | undefined } = {},
): Promise<boolean> {
  let query = tx
    .updateTable('import')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()`, touched_at: sql`now()` })
    .where('workspace_id', '=', ws)
    .where('id', '=', id);
  if (guard.among) query = query.where('state', 'in', [...guard.among]);
  if (guard.version !== undefined) query = query.where('version', '=', guard.version);
  return Number((await query.executeTakeFirst()).numUpdatedRows) > 0;
}

/** Progress changes no version: nobody edits it. Answers the state, so that work hears of a cancel. */
export async function setProgress(
  tx: Tx,
  id: string,
  phase: string,
  done: number,
  total: number,
): Promise<ImportState | undefined> {
  const { rows } = await sql<{ state: ImportState }>`
    update import set phase = ${phase}, progress_done = ${done}, progress_total = ${total}, touched_at = now() where workspace_id = ${ws} and id = ${id} returning state`.execute(
    tx,
  );
  return rows[0]?.state;
}

/** The state, held until the transaction ends: a cancel comes before or after it. Several may hold it at once. */
export async function holdState(tx: Tx, id: string): Promise<ImportState | undefined> {
  const { rows } = await sql<{ state: ImportState }>`
    select state from import where workspace_id = ${ws} and id = ${id} for share`.execute(tx);
  return rows[0]?.state;
}

const JSON_COLUMNS = new Set([
  'recognition',
  'reading',
  'chosen',
  'profile',
  'mapping',
  'answers',
  'questions',
  'decisions',
  'warnings',
  'preview',
  'report',
]);
export async function setFile(
  tx: Tx,
  id: string,
  change: Partial<Omit<FileRow, 'id' | 'no' | 'file_key' | 'saved_mapping'>>,
): Promise<void> {
  const set = Object.fromEntries(
    Object.entries(change).map(([k, v]) => [k, JSON_COLUMNS.has(k) && v !== null ? JSON.stringify(v) : v]),
  );
  if (Object.keys(set).length === 0) return;
  await tx.updateTable('import_file').set(set).where('workspace_id', '=', ws).where('id', '=', id).execute();
}

export async function deleteImport(tx: Tx, id: string): Promise<void> {
  await sql`delete from import where workspace_id = ${ws} and id = ${id}`.execute(tx);
}

/** Imports at work that nobody has touched for a while and whose lock is free, over all workspaces; with 0 all that are at work. As the system. */
export async function abandoned(tx: Tx, seconds: number): Promise<{ workspace_id: string; id: string }[]> {
  const { rows } = await sql<{ workspace_id: string; id: string }>`
    select workspace_id, id from import where state in ('analysing', 'checking', 'running', 'cancelling', 'undoing') and touched_at < now() - make_interval(secs => ${seconds})
      and (${seconds} = 0 or pg_try_advisory_xact_lock(hashtext('import'), hashtext(id::text)))
    order by touched_at limit 100`.execute(tx);
  return rows;
}

/** The member an import runs for, with the rights that they have now. */
export async function starterOf(tx: Tx, importId: string): Promise<Actor | undefined> {
  const { rows } = await sql<{ workspace_id: string; id: string; name: string; role: Role; level: Level }>`
    select m.workspace_id, m.id, m.name, m.role, m.level from import i join member m on m.workspace_id = i.workspace_id and m.id = i.started_by
    where i.workspace_id = ${ws} and i.id = ${importId} and m.deactivated_at is null`.execute(tx);
  const row = rows[0];
  return row && actorOf(row);
}

export async function memberActor(tx: Tx, memberId: string): Promise<Actor | undefined> {
  const { rows } = await sql<{ workspace_id: string; id: string; name: string; role: Role; level: Level }>`
    select workspace_id, id, name, role, level from member where workspace_id = ${ws} and id = ${memberId} and deactivated_at is null`.execute(
    tx,
  );
  return rows[0] && actorOf(rows[0]);
}

const actorOf = (m: { workspace_id: string; id: string; name: string; role: Role; level: Level }): Actor => ({
  kind: 'system',
  workspaceId: m.workspace_id,
  memberId: m.id,
  userId: null,
  role: m.role,
  level: m.level,
  name: m.name,
  key: `import:${m.id}`,
});

// Notes --------------------------------------------------------------------
export type NoteRow = {
  file_no: number;
  row_no: number;
  no: number;
  weight: 'reject' | 'warn';
  column_name: string;
  code: string;
  message: string;
  value: string;
};
export async function notes(
  tx: Tx,
  importId: string,
  find: { weight?: string | undefined; file?: number; after: CursorValue[] | null; limit: number },
): Promise<NoteRow[]> {
  const { rows } = await sql<NoteRow>`
    select file_no, row_no, no, weight, column_name, code, message, value from import_note where workspace_id = ${ws} and import_id = ${importId}
      ${find.weight ? sql`and weight = ${find.weight}` : sql``} ${find.file !== undefined ? sql`and file_no = ${find.file}` : sql``}
      ${find.after ? sql`and (file_no, row_no, no) > (${find.after[0]}::int, ${find.after[1]}::int, ${find.after[2]}::int)` : sql``}
    order by file_no, row_no, no limit ${sql.lit(find.limit + 1)}`.execute(tx);
  return rows;
}

// Saved mappings -----------------------------------------------------------
export type MappingRow = {
  id: string;
  name: string;
  entity: string;
  fingerprint: string;
  header: string[];
  mapping: ColumnMapping[];
  answers: Record<string, string>;
  system: string;
  used_at: string;
};
const mappingColumns = sql`id, name, entity, fingerprint, header, mapping, answers, system, used_at`;
export async function mappings(tx: Tx): Promise<MappingRow[]> {
  const { rows } =
    await sql<MappingRow>`select ${mappingColumns} from import_mapping where workspace_id = ${ws} order by used_at desc limit 200`.execute(
      tx,
    );
  return rows;
}
/** The mapping that files with this header were read with; one that has the file's name goes first. */
export async function mappingFor(tx: Tx, fingerprint: string, name: string): Promise<MappingRow | undefined> {
  const { rows } =
    await sql<MappingRow>`select ${mappingColumns} from import_mapping where workspace_id = ${ws} and fingerprint = ${fingerprint}
      order by lower(name) = lower(${name}) desc, used_at desc limit 1`.execute(tx);
  return rows[0];
}
export async function saveMapping(tx: Tx, row: Omit<MappingRow, 'id' | 'used_at'>): Promise<void> {
  await sql`insert into import_mapping (workspace_id, name, entity, fingerprint, header, mapping, answers, system)
    values (${ws}, ${row.name}, ${row.entity}, ${row.fingerprint}, ${row.header}, ${JSON.stringify(row.mapping)}, ${JSON.stringify(row.answers)}, ${row.system})
    on conflict (workspace_id, lower(name)) do update set entity = excluded.entity, fingerprint = excluded.fingerprint, header = excluded.header, mapping = excluded.mapping,
      answers = excluded.answers, system = excluded.system, used_at = now(), version = import_mapping.version + 1, updated_at = now()`.execute(
    tx,
  );
}
export async function deleteMapping(tx: Tx, id: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('import_mapping')
    .where('workspace_id', '=', ws)
    .where('id', '=', id)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}
