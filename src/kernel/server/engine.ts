// The database that OpenKAM brings: a real PostgreSQL in the data folder, reachable by this user's processes only.
// It outlives a killed process and is adopted by the next one; the last process to let go stops it.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync } from 'node:fs';
import { chown, mkdir, readdir, readFile, realpath, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Binaries, chooseRunner, EngineError, findBinaries, type Runner } from './engine-binaries.ts';
import { clearStalePid, locate, type Running } from './engine-process.ts';
import { socketDir, withLock } from './lock.ts';

export { EngineError } from './engine-binaries.ts';

export type Engine = {
  /** Connection string of the database `openkam`, as its owner. Stays the same while this process lives. */
  url: string;
  /** True when PostgreSQL was already running, after a crash or for another process. */
  adopted: boolean;
  /** Lets go, and stops PostgreSQL when no other process of OpenKAM uses it. Close your pools first. */
  stop(): Promise<void>;
  /** Lets go and leaves PostgreSQL running. */
  release(): void;
};

export type EngineOptions = {
  dataDir: string;
  log?: (line: string) => void;
  /** False gives up safety against power cuts for speed: for tests alone. */
  durable?: boolean;
};

// The connection that marks this process as a user of the database. (The types of pg leave these two out.)
type Holder = pg.Client & { ref(): void; unref(): void };

const holderName = 'openkam process';
const database = 'openkam';

type Place = {
  dataDir: string;
  cluster: string;
  logFile: string;
  binaries: Binaries;
  runner: Runner;
  durable: boolean;
  log: (line: string) => void;
};

/**
 * Makes sure that PostgreSQL runs on `dataDir`/pg: adopts it, recovers it after a crash, or makes it on first use.
 * While this process lives, a database that dies is started again. Throws EngineError with what to do.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const log = options.log ?? (() => {});
  await mkdir(options.dataDir, { recursive: true });
  const dataDir = await realpath(options.dataDir);
  const binaries = await findBinaries();
  const cluster = join(dataDir, 'pg');
  const runner = await chooseRunner(binaries, cluster);
  const place: Place = {
    dataDir,
    cluster,
    logFile: join(dataDir, 'postgres.log'),
    binaries,
    runner,
    durable: options.durable ?? true,
    log,
  };

  const first = await withLock(dataDir, 'engine', () => runAndHold(place));
  let holder = first.holder;
  let leaving = false;
  let recovering: Promise<void> = Promise.resolve();

  const watch = () => {
    const watched = holder;
    watched.on('end', () => {
      if (!leaving && watched === holder) recovering = recover();
    });
  };
  const recover = async () => {
    log('The database stopped unexpectedly; starting it again');
    for (let wait = 100; !leaving; wait = Math.min(wait * 2, 10_000)) {
      try {
        holder = (await withLock(dataDir, 'engine', () => runAndHold(place))).holder;
        watch();
        log('The database is back');
        return;
      } catch (error) {
        log(`The database does not start: ${(error as Error).message}`);
        await sleep(wait, undefined, { ref: false });
      }
    }
  };
  watch();

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    leaving = true;
    await recovering;
    await withLock(dataDir, 'engine', async () => {
      holder.ref();
      const others = await countOtherHolders(holder).catch(() => 0);
      await holder.end().catch(() => {});
      if (others === 0) await shutDown(place);
    });
  };
  return {
    url: first.url,
    adopted: first.adopted,
    stop: () => (stopped ??= stop()),
    release: () => {
      leaving = true;
      void holder.end().catch(() => {});
    },
  };
}

/** Starts or adopts PostgreSQL and opens the connection that marks this process as one of its users. */
async function runAndHold(place: Place): Promise<{ url: string; adopted: boolean; holder: Holder }> {
  await makeCluster(place);
  const { running, adopted } = await ensureRunning(place);
  const url = await urlOf(place, running, database);
  const holder = new pg.Client({
    connectionString: await urlOf(place, running, 'postgres'),
    application_name: holderName,
    keepAlive: true,
  }) as Holder;
  // Its end is what counts (see watch); without a listener the error alone would end this process.
  holder.on('error', () => {});
  await holder.connect();
  const exists = await holder.query('select 1 from pg_database where datname = $1', [database]);
  if (exists.rowCount === 0) await holder.query(`create database ${database}`);
  // The mark must not keep a process alive that has nothing else to do.
  holder.unref();
  return { url, adopted, holder };
}

async function countOtherHolders(holder: Holder): Promise<number> {
  const { rows } = await holder.query<{ others: number }>(
    'select count(*)::int as others from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()',
    [holderName],
  );
  return rows[0]?.others ?? 0;
}

// ── The cluster ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Makes the cluster under another name and renames it when it is whole, so that a killed first start leaves no half. */
async function makeCluster(place: Place): Promise<void> {
  const { dataDir, cluster, runner, binaries, log } = place;
  for (const name of await readdir(dataDir)) {
    // The program that a killed start left behind may still be writing there; then a later start clears it away.
    if (name.startsWith('pg.new-')) await rm(join(dataDir, name), { recursive: true, force: true }).catch(() => {});
  }
  if (existsSync(cluster)) {
    const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => null);
    if (version === null && (await readdir(cluster)).length > 0) {
      throw new EngineError(
        `${cluster} is not a complete database (PG_VERSION is missing). Put the whole folder back from a copy, or move it away to begin with an empty database.`,
      );
    }
    if (version !== null) {
      const ours = (await output(runner, binaries.postgres, ['-V'])).match(/(\d+)/)?.[1];
      if (version.trim() !== ours) {
        throw new EngineError(
          `The database in ${cluster} was made by PostgreSQL ${version.trim()}, and this OpenKAM brings ${ours}. Make a backup with the OpenKAM that made it, then restore it into an empty data folder here.`,
        );
      }
      await giveTo(runner, cluster);
      return;
    }
    await rm(cluster, { recursive: true });
  }

  log('Creating the database');
  const draft = join(dataDir, `pg.new-${randomBytes(4).toString('hex')}`);
  await mkdir(draft, { mode: 0o700 });
  if (runner.owner) await chown(draft, runner.owner.uid, runner.owner.gid);
  const args = ['-D', draft, '-U', 'openkam', '--encoding=UTF8', '--locale=C', '--locale-provider=builtin'];
  args.push('--builtin-locale=C.UTF-8', '--data-checksums', '--no-instructions');
  if (!place.durable) args.push('--no-sync');
  if (process.platform === 'win32') {
    const password = randomBytes(24).toString('base64url');
    await writeFile(passwordFile(dataDir), password, { mode: 0o600 });
    args.push('--auth=scram-sha-256', `--pwfile=${passwordFile(dataDir)}`);
  } else {
    // Whoever reaches the socket is trusted: it lies in a folder that only its owner may enter.
    args.push('--auth=trust');
  }
  await output(runner, binaries.initdb, args).catch((error: Error) => {
    if (!/could not look up effective user/.test(error.message)) throw error;
    throw new EngineError(
      'PostgreSQL runs only as a user that has a name, and this one has a number alone. Add it to /etc/passwd, start OpenKAM as another user, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  });
  await rename(draft, cluster);
}

/** A cluster that root copied here (from a backup) is given to the user who runs PostgreSQL. */
async function giveTo(runner: Runner, cluster: string): Promise<void> {
  if (!runner.owner || (await stat(cluster)).uid === runner.owner.uid) return;
  const { uid, gid } = runner.owner;
  await Promise.all(
    (await readdir(cluster, { recursive: true })).map((entry) => chown(join(cluster, entry), uid, gid)),
  );
  await chown(cluster, uid, gid);
}

const passwordFile = (dataDir: string) => join(dataDir, 'pg-password');

async function urlOf(place: Place, running: Running, name: string): Promise<string> {
  if (process.platform !== 'win32') {
    return `postgres://openkam@localhost:${running.port}/${name}?host=${encodeURIComponent(running.socketDir)}`;
  }
  const password = (await readFile(passwordFile(place.dataDir), 'utf8')).trim();
  return `postgres://openkam:${password}@127.0.0.1:${running.port}/${name}`;
}

// ── Starting and stopping ───────────────────────────────────────────────────────────────────────────────────────────

async function ensureRunning(place: Place): Promise<{ running: Running; adopted: boolean }> {
  const giveUpAt = Date.now() + 60_000;
  let told = false;
  for (;;) {
    const running = await locate(place.cluster);
    if (running && (await answers(place, running))) return { running, adopted: true };
    if (running?.alive) {
      // It is starting up, recovering or shutting down; any of them ends.
      if (Date.now() > giveUpAt) {
        throw new EngineError(
          `PostgreSQL (process ${running.pid}) holds ${place.cluster} but does not answer. See ${place.logFile}; end that process and start again.`,
        );
      }
      if (!told) place.log(`Waiting for the database that is already running (process ${running.pid})`);
      told = true;
      await sleep(50);
      continue;
    }
    await clearStalePid(place.cluster);
    const started = await launch(place);
    if (started) return { running: started, adopted: false };
    // Processes of a killed server may hold its shared memory for a moment longer.
    if (Date.now() > giveUpAt) throw new EngineError(`PostgreSQL does not start.\n${await lastWords(place)}`);
    await sleep(200);
  }
}

/** Starts PostgreSQL and waits until it answers. Null: it could not yet, try again. */
async function launch(place: Place): Promise<Running | null> {
  const { runner, binaries, cluster, logFile } = place;
  const log = await openLog(logFile);
  const before = (await stat(logFile)).size;
  let child: ChildProcess;
  try {
    const { file, args, ...identity } = runner.command(binaries.postgres, ['-D', cluster, ...(await settings(place))]);
    child = spawn(file, args, {
      ...identity,
      cwd: process.platform === 'win32' ? undefined : '/',
      env: cleanEnvironment(),
      // A session of its own: Ctrl-C in the terminal reaches us alone, and a killed parent does not take it along.
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
  let gone: string | null = null;
  child.once('error', (error) => {
    gone = error.message;
  });
  child.once('exit', (code, signal) => {
    gone = `it ended with ${signal ?? `code ${code}`}`;
  });
  child.unref();

  const begun = Date.now();
  for (let told = false; ; ) {
    if (gone !== null) {
      const words = await lastWords(place, before);
      if (/still in use|lock file .* already exists|could not bind/.test(words)) return null;
      throw new EngineError(`PostgreSQL does not start: ${gone as string}.\n${words}`);
    }
    const running = await locate(cluster);
    if (running && running.pid === child.pid && (await answers(place, running))) return running;
    if (!told && Date.now() - begun > 5000) {
      place.log('The database is recovering after a crash; this can take a while');
      told = true;
    }
    await sleep(10);
  }
}

async function settings(place: Place): Promise<string[]> {
  const sharedMb = Math.max(128, Math.min(256, Math.floor(totalmem() / 2 ** 20 / 16)));
  const values: Record<string, string | number> = {
    max_connections: 60,
    shared_buffers: `${sharedMb}MB`,
    effective_cache_size: `${Math.max(512, Math.floor(totalmem() / 2 ** 20 / 2))}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    wal_compression: 'on',
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_logical_replication_workers: 0,
    checkpoint_timeout: '15min',
    random_page_cost: 1.1,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] ',
    idle_in_transaction_session_timeout: '5min',
    ...(place.durable
      ? { fsync: 'on', synchronous_commit: 'on' }
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 200 }),
  };
  if (process.platform === 'win32') {
    values.listen_addresses = '127.0.0.1';
    values.port = 20000 + Math.floor(Math.random() * 20000);
  } else {
    values.listen_addresses = '';
    values.port = 5432;
    const socket = await socketDir(place.dataDir, 'pg', place.runner.owner);
    values.unix_socket_directories = `"${socket.replaceAll('"', '""')}"`;
    values.unix_socket_permissions = '0700';
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function answers(place: Place, running: Running): Promise<boolean> {
  const client = new pg.Client({
    connectionString: await urlOf(place, running, 'postgres'),
    connectionTimeoutMillis: 3000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function shutDown(place: Place): Promise<void> {
  const running = await locate(place.cluster);
  if (!running?.alive) return;
  const ask = async (signal: 'SIGINT' | 'SIGQUIT', mode: 'fast' | 'immediate') => {
    if (process.platform !== 'win32') return void process.kill(running.pid, signal);
    await output(place.runner, place.binaries.pgCtl, ['stop', '-D', place.cluster, '-m', mode, '-W']);
  };
  const stillThere = async () => (await locate(place.cluster))?.pid === running.pid;
  await ask('SIGINT', 'fast');
  const begun = Date.now();
  for (let forced = false; await stillThere(); ) {
    if (!forced && Date.now() - begun > 30_000) {
      place.log('The database does not stop in time; stopping it at once (the next start recovers)');
      await ask('SIGQUIT', 'immediate');
      forced = true;
    }
    if (Date.now() - begun > 45_000) throw new EngineError(`PostgreSQL (process ${running.pid}) does not stop.`);
    await sleep(10);
  }
}

// ── Talking to programs ─────────────────────────────────────────────────────────────────────────────────────────────

function cleanEnvironment(): NodeJS.ProcessEnv {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG|NODE_)/.test(name)));
  return { ...env, LC_ALL: 'C' };
}

async function output(runner: Runner, program: string, programArgs: string[]): Promise<string> {
  const { file, args, ...identity } = runner.command(program, programArgs);
  const cwd = process.platform === 'win32' ? undefined : '/';
  const child = spawn(file, args, { ...identity, cwd, env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  child.stderr.on('data', (chunk) => (text += chunk));
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new EngineError(`${program} failed (code ${code}).\n${text.trim()}`)),
    );
  });
  return text;
}

async function openLog(file: string): Promise<number> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > 10 * 2 ** 20) {
    await unlink(`${file}.1`).catch(() => {});
    await rename(file, `${file}.1`);
  }
  return openSync(file, 'a', 0o600);
}

async function lastWords(place: Place, after = 0): Promise<string> {
  const bytes = await readFile(place.logFile).catch(() => Buffer.alloc(0));
  return bytes.subarray(after).toString().trim().split('\n').slice(-12).join('\n');
}
