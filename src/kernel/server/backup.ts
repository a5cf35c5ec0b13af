// A backup is a zip of everything: every table as JSON Lines from one moment, every stored file, checksums, and the state of the schema.
// An export is the same without what belongs to this one machine: its secret, open sessions, tokens under way. One workspace's export
// goes out as a stream and holds nothing that opens a door.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { filesOf, MACHINE_TABLES, rowsOf } from './portion.ts';
import { createZip, type Sink, type ZipWriter, zipInto } from './zip-write.ts';

export const FORMAT = 'openkam-backup';
export const FORMAT_VERSION = 1;
/** Our schemas; the queue's tables are its own, its unfinished jobs travel by themselves. */
const SCHEMAS = ['public', 'kernel', 'auth'];
const NOT_A_TABLE_OF_CONTENT = ['kernel.migration'];
export type BackupTable = { name: string; entry: string; columns: string[]; rows: number; sha256: string };
export type Manifest = {
  format: typeof FORMAT;
  formatVersion: number;
  kind: 'backup' | 'export';
  openkam: string;
  at: string;
  migrations: { number: number; name: string; checksum: string }[];
  tables: BackupTable[];
  /** Jobs that were asked for and not done. */
  jobs: { entry: string; rows: number; sha256: string };
  files: { count: number; bytes: number };
  secret: boolean;
  /** The one workspace that it holds; its passwords, second factors and keys stayed behind. */
  workspace?: string | undefined;
};

export type Progress = (done: number, total: number, what: string) => void;

type Source = { url: string; dataDir: string; version: string; now?: Date };
export type BackupOptions = Source & { file: string; kind?: 'backup' | 'export'; progress?: Progress };

/** Writes the zip; it appears under its name only when it is whole. Runs beside a working server. */
export async function writeBackup(options: BackupOptions): Promise<Manifest> {
  const { kind = 'backup', progress = () => {} } = options;
  const zip = await createZip(options.file);
  try {
    const manifest = await pack(zip, options, kind, null, progress);
    await zip.close();
    progress(1, 1, 'done');
    return manifest;
  } catch (error) {
    await zip.abandon();
    throw error;
  }
}

/** Sends one workspace as a zip: all of its content, and nothing to sign in with. */
export async function sendWorkspace(options: Source & { workspaceId: string }, sink: Sink): Promise<Manifest> {
  const zip = zipInto(sink);
  const manifest = await pack(zip, options, 'export', options.workspaceId, () => {});
  await zip.close();
  return manifest;
}

async function pack(
  zip: ZipWriter,
  { url, dataDir, version, now = new Date() }: Source,
  kind: 'backup' | 'export',
  workspaceId: string | null,
  progress: Progress,
): Promise<Manifest> {
  const client = new pg.Client({ connectionString: url, application_name: `openkam ${kind}` });
  client.on('error', () => {});
  try {
    await client.connect();
    // One snapshot for all tables, and one way of writing dates and numbers.
    await client.query('begin isolation level repeatable read, read only');
    await client.query(
      `set local timezone = 'UTC'; set local datestyle = 'ISO'; set local intervalstyle = 'iso_8601'; set local extra_float_digits = 1; set local search_path = pg_catalog`,
    );
    const migrations = await client.query<Manifest['migrations'][number]>(
      'select number, name, checksum from kernel.migration order by number',
    );
    const list = (await contentTables(client)).filter((t) => kind === 'backup' || !MACHINE_TABLES.includes(t.name));
    const stored = await storedFiles(dataDir);
    const files = workspaceId === null ? stored : await filesOf(client, workspaceId, stored);
    const total = list.length + files.length + 1;
    let done = 0;
    const tables: BackupTable[] = [];
    for (const table of list) {
      const { name, columns } = table;
      progress(done++, total, name);
      const entry = `tables/${name}.jsonl`;
      const rows = rowsOf(table, workspaceId);
      if (rows) tables.push({ name, entry, columns, ...(await copyOut(client, zip, entry, rows)) });
    }
    progress(done++, total, 'jobs');
    const open = workspaceId === null ? await openJobs(client) : NO_JOBS;
    const jobs = { entry: 'jobs.jsonl', ...(await copyOut(client, zip, 'jobs.jsonl', open)) };
    await client.query('commit');
    let bytes = 0;
    // Files never change once they are there, so reading them after the snapshot is as good as in it.
    for (const key of files) {
      progress(done++, total, 'files');
      bytes += await addFile(zip, dataDir, key);
    }
    const secret = kind === 'backup' ? await readFile(path.join(dataDir, 'secret')).catch(() => null) : null;
    if (secret) await zip.add('secret', secret);
    const manifest: Manifest = {
      format: FORMAT,
      formatVersion: FORMAT_VERSION,
      kind,
      openkam: version,
      at: now.toISOString(),
      migrations: migrations.rows,
      tables,
      jobs,
      files: { count: files.length, bytes },
      secret: secret !== null,
      ...(workspaceId === null ? {} : { workspace: workspaceId }),
    };
    await zip.add('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
    return manifest;
  } finally {
    await client.end().catch(() => {});
  }
}

/** The tables that hold content, with the columns that are stored and not computed, in their order. */
export async function contentTables(client: pg.ClientBase): Promise<{ name: string; columns: string[] }[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select format('%s.%s', n.nspname, c.relname) as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind = 'r' and n.nspname = any ($1) group by 1 order by 1`,
    [SCHEMAS],
  );
  return rows.filter((r) => !NOT_A_TABLE_OF_CONTENT.includes(r.name));
}

const NO_JOBS = 'select null where false';

/** Jobs wait in the outbox until the queue has them; those in the queue that are not done go back there. */
async function openJobs(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('pgboss.job') is not null as there`);
  if (!rows[0]?.there) return NO_JOBS;
  return `select json_build_object('id', id, 'name', name, 'data', data, 'startAfter', case when start_after > now() then start_after end, 'singletonKey', singleton_key)
          from pgboss.job where state in ('created', 'retry', 'active') and name not like '\\_\\_%' order by created_on`;
}

/** JSON holds no control characters, so a CSV with two of them as marks is the bare lines. */
export const LINES = `(format csv, delimiter e'\\x02', quote e'\\x01')`;

async function copyOut(client: pg.Client, zip: ZipWriter, entry: string, query: string) {
  const hash = createHash('sha256');
  let rows = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hash.update(chunk);
      for (const byte of chunk) if (byte === 10) rows++;
      next(null, chunk);
    },
  });
  const out = client.query(copyTo(`copy (${query}) to stdout ${LINES}`));
  await Promise.all([pipeline(out, meter), zip.add(entry, meter)]);
  return { rows, sha256: hash.digest('hex') };
}

async function storedFiles(dataDir: string): Promise<string[]> {
  const root = path.join(dataDir, 'files');
  const keys: string[] = [];
  for (const folder of await readdir(root).catch(() => []))
    if (/^[0-9a-f]{2}$/.test(folder))
      keys.push(...(await readdir(path.join(root, folder))).filter((n) => /^[0-9a-f]{64}$/.test(n)));
  return keys.sort();
}

async function addFile(zip: ZipWriter, dataDir: string, key: string): Promise<number> {
  const at = path.join(dataDir, 'files', key.slice(0, 2), key);
  return zip.add(`files/${key}`, createReadStream(at), { store: true });
}
