// Brings the schema of a database up to date: plain SQL files, in order, each in one transaction, never the same one twice.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const oldestServer = 15;
// Any number will do, as long as every OpenKAM uses the same: two servers that start together migrate one after the other.
const lockNumber = 4400_0001;

export const migrationsDir = fileURLToPath(new URL('../../../migrations/', import.meta.url));

/** The database and this version of OpenKAM do not fit together; the message says what to do. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

type Migration = { number: number; name: string; checksum: string; sql: string };
type Applied = { number: number; name: string; checksum: string };

export type MigrationState = {
  /** Names of the migrations in the database, in order. */
  applied: string[];
  /** Names of those still to come. */
  pending: string[];
  /** Why this code must not work on this database, or absent. */
  problem?: string;
};

export type MigrateOptions = {
  log?: (line: string) => void;
  dir?: string;
  /** Lets tests run while several people add migrations side by side; never for a database that is to last. */
  allowGaps?: boolean;
  /** Stops after this migration: a backup of an older version is put into the schema it was made in. */
  upTo?: number;
};

/**
 * Applies what is pending, as the login role of `url` (the owner of the schema). Safe to call from several servers at once.
 * Throws MigrationError, with nothing half done, when a file fails or the database does not fit this code.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<{ applied: string[] }> {
  const log = options.log ?? (() => {});
  const migrations = await readMigrations(options.dir ?? migrationsDir, options.allowGaps);
  return await withClient(url, async (client) => {
    await refuseOldServer(client);
    await client.query('select pg_advisory_lock($1)', [lockNumber]);
    await makeRegister(client);
    const state = compare(migrations, await readRegister(client));
    if (state.problem) throw new MigrationError(state.problem);
    const done: string[] = [];
    for (const migration of migrations) {
      if (!state.pending.includes(migration.name) || migration.number > (options.upTo ?? Infinity)) continue;
      log(`Updating the database: ${migration.name}`);
      await apply(client, migration);
      done.push(migration.name);
    }
    return { applied: done };
  });
}

/** Compares the database with this code and changes nothing. */
export async function migrationState(url: string, options: { dir?: string } = {}): Promise<MigrationState> {
  const migrations = await readMigrations(options.dir ?? migrationsDir);
  return await withClient(url, async (client) => {
    await refuseOldServer(client);
    return compare(migrations, await readRegister(client));
  });
}

/** The migrations of this code, for comparing with those a backup was made with. */
export async function knownMigrations(
  options: { dir?: string; allowGaps?: boolean } = {},
): Promise<Pick<Migration, 'number' | 'name' | 'checksum'>[]> {
  const all = await readMigrations(options.dir ?? migrationsDir, options.allowGaps);
  return all.map(({ number, name, checksum }) => ({ number, name, checksum }));
}

async function readMigrations(dir: string, allowGaps = false): Promise<Migration[]> {
  const files = (await readdir(dir)).filter((file) => file.endsWith('.sql')).sort();
  const migrations: Migration[] = [];
  for (const file of files) {
    const match = /^(\d{4})_[a-z0-9_-]+\.sql$/.exec(file);
    if (!match) throw new MigrationError(`${join(dir, file)} must be named like 0007_accounts.sql.`);
    const number = Number(match[1]);
    const expected = (migrations.at(-1)?.number ?? 0) + 1;
    if (number < expected || (number > expected && !allowGaps)) {
      const what = number < expected ? `two migrations have the number ${match[1]}` : `number ${expected} is missing`;
      throw new MigrationError(
        `The folder ${dir} is not complete: ${what}. Get a clean copy of this version of OpenKAM.`,
      );
    }
    // A checkout on Windows may change line ends; that is no change of the migration.
    const sql = (await readFile(join(dir, file), 'utf8')).replaceAll('\r\n', '\n');
    migrations.push({ number, name: file.slice(0, -4), checksum: createHash('sha256').update(sql).digest('hex'), sql });
  }
  return migrations;
}

function compare(migrations: readonly Migration[], register: readonly Applied[]): MigrationState {
  const applied = register.map((row) => row.name);
  const known = new Map(register.map((row) => [row.number, row]));
  const pending = migrations.filter((migration) => !known.has(migration.number)).map((migration) => migration.name);
  const last = register.at(-1)?.number ?? 0;
  const say = (problem: string): MigrationState => ({ applied, pending, problem });

  if (last > (migrations.at(-1)?.number ?? 0)) {
    return say(
      `The database is newer than this OpenKAM: it has ${register.at(-1)?.name}, and this version ends at ${migrations.at(-1)?.name ?? 'nothing'}. Start the newer version again, or restore a backup that this version made.`,
    );
  }
  const gap = migrations.find((migration) => migration.number < last && !known.has(migration.number));
  if (gap) {
    return say(
      `The database misses migration ${gap.name} although later ones are there. Restore the last backup, or ask for help with the list in the table kernel.migration.`,
    );
  }
  const changed = migrations.find(
    (migration) => (known.get(migration.number)?.checksum ?? migration.checksum) !== migration.checksum,
  );
  if (changed) {
    return say(
      `Migration ${changed.name} was changed after it had been applied to this database (there as ${known.get(changed.number)?.name}). Get a clean copy of this version of OpenKAM; changes to the schema belong in a new migration.`,
    );
  }
  return { applied, pending };
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into kernel.migration (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw new MigrationError(
      `Migration ${migration.name} failed${lineOf(error, migration.sql)}: ${(error as Error).message}. Nothing of it was applied; the database is as it was before.`,
      { cause: error },
    );
  }
}

function lineOf(error: unknown, sql: string): string {
  const position = Number((error as { position?: string }).position);
  return position > 0 ? ` at line ${sql.slice(0, position).split('\n').length}` : '';
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string; number: number }>(
    "select current_setting('server_version') as version, current_setting('server_version_num')::int as number",
  );
  const server = rows[0];
  if (server && server.number < oldestServer * 10_000) {
    throw new MigrationError(
      `OpenKAM needs PostgreSQL ${oldestServer} or newer; DATABASE_URL leads to ${server.version}. Upgrade that server, or remove DATABASE_URL to use the database that OpenKAM brings.`,
    );
  }
}

async function makeRegister(client: pg.Client): Promise<void> {
  await client
    .query(`
      create schema if not exists kernel;
      create table if not exists kernel.migration (
        number int primary key,
        name text not null,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`)
    .catch((error: Error & { code?: string }) => {
      if (error.code !== '42501') throw error;
      throw new MigrationError(
        `The user of DATABASE_URL may not create tables in that database (${error.message}). Make it the owner of the database: alter database … owner to ….`,
      );
    });
}

async function readRegister(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<{ there: boolean }>(
    "select to_regclass('kernel.migration') is not null as there",
  );
  if (!rows[0]?.there) return [];
  return (await client.query<Applied>('select number, name, checksum from kernel.migration order by number')).rows;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'openkam migrate' });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
