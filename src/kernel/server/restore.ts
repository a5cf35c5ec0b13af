// Puts a backup or an export into an installation: all of it in one transaction, or nothing.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import * as z from 'zod';
import { contentTables, FORMAT, FORMAT_VERSION, LINES, type Manifest, type Progress } from './backup.ts';
import { openFiles } from './files.ts';
import { knownMigrations, migrate } from './migrate.ts';
import { quoted } from './portion.ts';
import { openZip, ZipError, type ZipReader } from './zip-read.ts';

/** The backup cannot be put here; the message says why and what to do. Nothing was changed. */
export class RestoreError extends Error {
  override name = 'RestoreError';
}

export type RestoreOptions = {
  url: string;
  dataDir: string;
  file: string;
  /** Replaces what is there. Without it a filled installation is refused. */
  force?: boolean;
  /** Whether a server works on this data folder: then the schema stays, and only a backup of the same version fits. */
  serverRuns?: boolean;
  allowGaps?: boolean;
  log?: (line: string) => void;
  progress?: Progress;
};

export type Restored = {
  manifest: Manifest;
  rows: number;
  files: number;
  /** Whether the installation's secret was replaced: a running server has to be started again. */
  secretReplaced: boolean;
  /** How many people have to set up their second factor anew, because the secret that it was locked with is not in the file. */
  secondFactorsLost: number;
};

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const tableName = z.string().regex(/^(public|kernel|auth)\.\w{1,63}$/);
const manifestShape = z.object({
  format: z.literal(FORMAT),
  formatVersion: z.literal(FORMAT_VERSION),
  kind: z.enum(['backup', 'export']),
  openkam: z.string(),
  at: z.string(),
  migrations: z.array(z.object({ number: z.number(), name: z.string(), checksum: z.string() })),
  tables: z.array(
    z.object({
      name: tableName,
      entry: z.string(),
      columns: z.array(z.string().max(63)),
      rows: z.number().int(),
      sha256,
    }),
  ),
  jobs: z.object({ entry: z.string(), rows: z.number().int(), sha256 }),
  files: z.object({ count: z.number().int(), bytes: z.number() }),
  secret: z.boolean(),
  workspace: z.uuid().optional(),
});

/** What a backup file says of itself, without touching any installation. */
export async function readManifest(file: string): Promise<Manifest> {
  const zip = await openZip(file);
  try {
    return await manifestOf(zip);
  } finally {
    await zip.close();
  }
}

async function manifestOf(zip: ZipReader): Promise<Manifest> {
  const entry = zip.entries.get('manifest.json');
  const text = entry && (await zip.text(entry));
  try {
    return manifestShape.parse(JSON.parse(text ?? ''));
  } catch {
    throw new RestoreError('This is not a backup or export of OpenKAM, or one of a much newer version.');
  }
}

/** Checks everything that can be checked beforehand, then loads. Throws RestoreError or ZipError with nothing changed. */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const zip = await openZip(options.file);
  try {
    const manifest = await manifestOf(zip);
    const older = await compare(manifest, options);
    for (const { entry } of [...manifest.tables, manifest.jobs])
      if (!zip.entries.has(entry)) throw new ZipError(`The file is damaged: ${entry} is missing.`);
    await refuseFilled(options);
    // Files first: they are addressed by their content, so those of a broken attempt do no harm and the sweep takes them.
    const files = await restoreFiles(zip, manifest, options);
    if (older) {
      await withClient(options.url, async (client) => {
        await client.query(
          'drop schema if exists public, kernel, auth, pgboss cascade; create schema public; grant usage on schema public to public',
        );
      });
      await migrate(options.url, { ...migrateOptions(options), upTo: older });
    }
    const result = await withClient(options.url, (client) => load(client, zip, manifest, options));
    if (older) await migrate(options.url, migrateOptions(options));
    const secretReplaced = await restoreSecret(zip, manifest, options.dataDir);
    return { manifest, files, secretReplaced, ...result };
  } finally {
    await zip.close();
  }
}

const migrateOptions = (o: RestoreOptions) => ({
  ...(o.log ? { log: o.log } : {}),
  ...(o.allowGaps ? { allowGaps: true } : {}),
});

/** Answers the number of the migration that the backup ends with when it is older than this code, else null. */
async function compare(manifest: Manifest, options: RestoreOptions): Promise<number | null> {
  const ours = await knownMigrations(options.allowGaps ? { allowGaps: true } : {});
  for (const [i, theirs] of manifest.migrations.entries()) {
    const mine = ours[i];
    if (!mine)
      throw new RestoreError(
        `This backup was made by a newer OpenKAM (${manifest.openkam}). Restore it with that version or a newer one.`,
      );
    if (mine.name !== theirs.name || mine.checksum !== theirs.checksum)
      throw new RestoreError(
        `This backup was made with another schema (${theirs.name}) than this OpenKAM knows (${mine.name}). Restore it with the version that made it: ${manifest.openkam}.`,
      );
  }
  if (manifest.migrations.length === ours.length) return null;
  if (options.serverRuns)
    throw new RestoreError(
      'This backup was made by an older OpenKAM, so the schema has to be built anew. Stop the server, restore, and start it again.',
    );
  return manifest.migrations.at(-1)?.number ?? 0;
}

async function refuseFilled({ url, force }: RestoreOptions): Promise<void> {
  if (force) return;
  const filled = await withClient(url, async (client) => {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('public.workspace') is not null and to_regclass('auth."user"') is not null as there`,
    );
    if (!rows[0]?.there) return false;
    const found = await client.query('select from public.workspace union all select from auth."user" limit 1');
    return found.rowCount !== 0;
  });
  if (filled)
    throw new RestoreError(
      'This installation is not empty. Restore into a new data folder (OPENKAM_DATA), or add --force to replace everything that is here.',
    );
}

async function restoreFiles(
  zip: ZipReader,
  manifest: Manifest,
  { dataDir, progress }: RestoreOptions,
): Promise<number> {
  const files = await openFiles(path.join(dataDir, 'files'));
  const total = manifest.files.count + manifest.tables.length;
  let done = 0;
  for (const entry of zip.entries.values()) {
    const key = /^files\/([0-9a-f]{64})$/.exec(entry.name)?.[1];
    if (!key) continue;
    progress?.(done, total, 'files');
    done++;
    if (existsSync(files.pathOf(key))) continue;
    const stored = await files.put(zip.stream(entry), { maxBytes: Number.MAX_SAFE_INTEGER });
    if (stored.key !== key) throw new ZipError('The file is damaged: a stored file is not what its name says.');
  }
  if (done !== manifest.files.count) throw new ZipError('The file is damaged: stored files are missing.');
  return done;
}

async function load(client: pg.Client, zip: ZipReader, manifest: Manifest, { progress }: RestoreOptions) {
  await client.query('begin');
  try {
    await client.query(`set local timezone = 'UTC'; set local search_path = pg_catalog, public, kernel`);
    const tables = await contentTables(client);
    const byName = new Map(tables.map((t) => [t.name, t]));
    for (const t of manifest.tables) {
      const here = byName.get(t.name);
      if (!here || [...here.columns].sort().join() !== [...t.columns].sort().join())
        throw new RestoreError(`The table ${t.name} of this backup does not fit. Nothing was changed.`);
    }
    // Rows come in any order and as they were: no reference is checked and no trigger runs until all are here.
    const references = await dropReferences(client);
    const all = tables.map((t) => quoted(t.name));
    await client.query(`truncate ${all.join(', ')}`);
    for (const t of all) await client.query(`alter table ${t} disable trigger user`);
    await client.query('create temporary table restored_line (line json) on commit drop');
    let rows = 0;
    for (const [i, t] of manifest.tables.entries()) {
      progress?.(manifest.files.count + i, manifest.files.count + manifest.tables.length, t.name);
      await copyIn(client, zip, t);
      const columns = t.columns.map((c) => pg.escapeIdentifier(c)).join(', ');
      const { rowCount } = await client.query(
        `insert into ${quoted(t.name)} (${columns}) select ${columns} from pg_temp.restored_line, json_populate_record(null::${quoted(t.name)}, line)`,
      );
      if (rowCount !== t.rows) throw new ZipError(`The file is damaged: ${t.name} has ${rowCount} of ${t.rows} rows.`);
      rows += t.rows;
      await client.query('truncate pg_temp.restored_line');
    }
    await restoreJobs(client, zip, manifest);
    const secondFactorsLost = manifest.secret ? 0 : await dropSecondFactors(client);
    for (const t of all) await client.query(`alter table ${t} enable trigger user`);
    for (const { table, name, definition } of references)
      await client.query(`alter table ${table} add constraint ${name} ${definition}`);
    await client.query(`select pg_notify('openkam_access', '')`);
    await client.query('commit');
    await client.query('analyze');
    return { rows, secondFactorsLost };
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

async function dropReferences(client: pg.Client): Promise<{ table: string; name: string; definition: string }[]> {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and connamespace in ('public'::regnamespace, 'kernel'::regnamespace, 'auth'::regnamespace)`,
  );
  for (const r of rows) await client.query(`alter table ${r.table} drop constraint ${r.name}`);
  return rows;
}

async function copyIn(client: pg.Client, zip: ZipReader, t: { entry: string; sha256: string }): Promise<void> {
  const hash = createHash('sha256');
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hash.update(chunk);
      next(null, chunk);
    },
  });
  const into = client.query(copyFrom(`copy pg_temp.restored_line from stdin ${LINES}`));
  const damaged = new ZipError(`The file is damaged: ${t.entry} has another checksum.`);
  try {
    await pipeline(zip.stream(zip.entries.get(t.entry)!), meter, into);
  } catch (error) {
    // Changed bytes may be no rows at all, and the database says so first: what is wrong is the file.
    if ((await checksumOf(zip, t.entry)) !== t.sha256) throw damaged;
    throw error;
  }
  if (hash.digest('hex') !== t.sha256) throw damaged;
}

async function checksumOf(zip: ZipReader, entry: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of zip.stream(zip.entries.get(entry)!)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Unfinished jobs wait in the outbox, as if just asked for; the queue of whichever server comes next takes them. */
async function restoreJobs(client: pg.Client, zip: ZipReader, manifest: Manifest): Promise<void> {
  await copyIn(client, zip, manifest.jobs);
  await client.query(
    `with job as (
       select (line ->> 'id')::uuid as id, (line -> 'data' ->> 'workspaceId')::uuid as ws, 'job:' || (line ->> 'name') as type,
              jsonb_build_object('data', (line -> 'data')::jsonb - 'workspaceId', 'startAfter', line ->> 'startAfter', 'singletonKey', line ->> 'singletonKey') as payload
       from pg_temp.restored_line)
     insert into kernel.outbox (workspace_id, id, type, payload) select ws, id, type, payload from job where ws is not null
     on conflict (workspace_id, id) do update set delivered_at = null, attempts = 0`,
  );
  // The queue of this installation knew other rows.
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('pgboss.job') is not null as there`);
  if (rows[0]?.there) await client.query(`delete from pgboss.job where name not like '\\_\\_%'`);
}

/** Second factors are locked with the secret of the machine that made them: without it nobody could get in with one. */
async function dropSecondFactors(client: pg.Client): Promise<number> {
  const { rowCount } = await client.query('delete from auth."twoFactor"');
  if (rowCount) await client.query('update auth."user" set "twoFactorEnabled" = false where "twoFactorEnabled"');
  return rowCount ?? 0;
}

async function restoreSecret(zip: ZipReader, manifest: Manifest, dataDir: string): Promise<boolean> {
  const entry = manifest.secret ? zip.entries.get('secret') : undefined;
  if (!entry) return false;
  const target = path.join(dataDir, 'secret');
  await writeFile(`${target}.restored`, await zip.text(entry, 10_000), { mode: 0o600 });
  await rename(`${target}.restored`, target);
  return true;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'openkam restore' });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}
