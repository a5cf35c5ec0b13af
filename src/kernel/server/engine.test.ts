// The embedded database under bad luck: killed servers, killed databases, half-made folders, two users at once.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Engine, EngineError, startEngine } from './engine.ts';

// Making a cluster takes a second, so tests that are not about that share one.
let base: string;
beforeAll(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'okt-base-')));
  const engine = await startEngine({ dataDir: base, durable: false });
  await engine.stop();
});
afterAll(() => rm(base, { recursive: true, force: true }));
const useShared = () => {
  shared = true;
};

const engineFile = new URL('./engine.ts', import.meta.url).href;
let dir: string;
let shared: boolean;
let started: Engine[];
let children: ChildProcess[];

beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'okt-')));
  shared = false;
  started = [];
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const engine of started) await engine.stop();
  await rm(dir, { recursive: true, force: true });
}, 60_000);

const data = () => (shared ? base : join(dir, 'data'));
const start = async (dataDir = data(), options: { log?: (line: string) => void; durable?: boolean } = {}) => {
  const engine = await startEngine({ dataDir, durable: false, ...options });
  started.push(engine);
  return engine;
};
const query = async (engine: { url: string }, sql: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: engine.url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
};
const pidFile = (dataDir = data()) => join(dataDir, 'pg', 'postmaster.pid');
const postmaster = async () => Number((await readFile(pidFile(), 'utf8')).split('\n')[0]);
const eventually = async <T>(what: string, look: () => Promise<T | undefined>): Promise<T> => {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(25)) {
    const seen = await look().catch(() => undefined);
    if (seen !== undefined) return seen;
  }
  throw new Error(`Waited in vain: ${what}`);
};

/** Another process that starts the engine, says so, and lives until it is killed. */
async function otherProcess(options = { durable: false }): Promise<{ kill(): Promise<void>; stop(): Promise<void> }> {
  const code = `
    const { startEngine } = await import(${JSON.stringify(engineFile)});
    const engine = await startEngine(${JSON.stringify({ dataDir: data(), ...options })});
    process.stdout.write('up\\n');
    process.stdin.once('data', () => engine.stop().then(() => process.exit(0)));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout!.once('data', () => resolve());
    child.once('exit', (exit) => reject(new Error(`The other process ended with ${exit}`)));
  });
  return {
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
    stop: () => {
      child.stdin!.write('stop');
      return ended;
    },
  };
}

describe('the first start', () => {
  it('is made on first use, keeps what is in it, and is closed to everybody else', async () => {
    const first = await start();
    expect(first.adopted).toBe(false);
    const settings = await query(
      first,
      `select current_setting('server_encoding'), current_setting('data_checksums'), current_setting('listen_addresses'),
              current_setting('jit'), datcollate, datlocale, datlocprovider from pg_database where datname = 'openkam'`,
    );
    expect(settings).toEqual([['UTF8', 'on', '', 'off', 'C', 'C.UTF-8', 'b']]);
    const socket = new URL(first.url).searchParams.get('host')!;
    expect((await stat(socket)).mode & 0o777).toBe(0o700);
    expect((await stat(join(data(), 'pg'))).mode & 0o077).toBe(0);
    await query(first, 'drop table if exists kept; create table kept as select 42 as answer');
    await first.stop();
    expect(existsSync(pidFile())).toBe(false);

    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await query(second, 'select answer from kept')).toEqual([[42]]);
  });

  it('is made anew when the very first start was killed halfway', async () => {
    await mkdir(join(data(), 'pg.new-0badcafe', 'base'), { recursive: true });
    await writeFile(join(data(), 'pg.new-0badcafe', 'PG_VERSION'), '18\n');
    await start();
    expect((await readdir(data())).filter((name) => name.startsWith('pg'))).toEqual(['pg']);
  });

  it('is complete from the first moment at which it is seen', async () => {
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const { startEngine } = await import(${JSON.stringify(engineFile)}); await startEngine({ dataDir: ${JSON.stringify(data())}, durable: false });`,
      ],
      { stdio: 'ignore' },
    );
    children.push(child);
    await eventually('the first start is under way', async () =>
      (await readdir(data())).some((name) => name.startsWith('pg.new-')) ? true : undefined,
    );
    child.kill('SIGKILL');
    const engine = await start();
    expect(await query(engine, 'select 1')).toEqual([[1]]);
  });

  it('refuses an incomplete folder instead of writing over it', async () => {
    await mkdir(join(data(), 'pg'), { recursive: true });
    await writeFile(join(data(), 'pg', 'precious'), 'data');
    await expect(start()).rejects.toThrow(/not a complete database .*Put the whole folder back/);
    expect(await readFile(join(data(), 'pg', 'precious'), 'utf8')).toBe('data');
  });

  it('refuses a folder that another version of PostgreSQL made, and says what to do', async () => {
    await mkdir(join(data(), 'pg'), { recursive: true });
    await writeFile(join(data(), 'pg', 'PG_VERSION'), '15\n');
    await expect(start()).rejects.toThrow(/made by PostgreSQL 15.*brings 18.*backup/);
  });

  it('the first to start makes it, all others adopt it, and the last to leave stops it', async () => {
    const engines = await Promise.all([start(), start(), start(), start()]);
    expect(engines.map((engine) => engine.adopted).filter((adopted) => !adopted)).toHaveLength(1);
    expect(new Set(engines.map((engine) => engine.url)).size).toBe(1);
    const [last, ...others] = engines;
    for (const engine of others) await engine.stop();
    expect(await query(last!, 'select 1')).toEqual([[1]]);
    await last!.stop();
    expect(existsSync(pidFile())).toBe(false);
  });
});

describe('the embedded database', () => {
  beforeEach(useShared);

  it('writes every acknowledged commit to disk unless a test gives that up', async () => {
    const engine = await startEngine({ dataDir: data() });
    started.push(engine);
    expect(
      await query(
        engine,
        "select current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes')",
      ),
    ).toEqual([['on', 'on', 'on']]);
  });

  it('outlives a killed server and is adopted by the next one', async () => {
    const killed = await otherProcess();
    const before = await postmaster();
    await killed.kill();
    const next = await start();
    expect(next.adopted).toBe(true);
    expect(await postmaster()).toBe(before);
    await next.stop();
    expect(existsSync(pidFile())).toBe(false);
  });

  it('recovers by itself when server and database were both killed', async () => {
    const killed = await otherProcess({ durable: true });
    const url = `postgres://openkam@localhost:5432/openkam?host=${encodeURIComponent(join(data(), 'run/pg'))}`;
    await query({ url }, 'drop table if exists kept; create table kept as select 42 as answer');
    await killed.kill();
    process.kill(await postmaster(), 'SIGKILL');
    const next = await start();
    expect(next.adopted).toBe(false);
    expect(await query(next, 'select answer from kept')).toEqual([[42]]);
  });

  it('is started again while the server runs on, when only the database was killed', async () => {
    const lines: string[] = [];
    const engine = await start(data(), { log: (line) => lines.push(line), durable: true });
    await query(engine, 'drop table if exists kept; create table kept as select 42 as answer');
    const before = await postmaster();
    process.kill(before, 'SIGKILL');
    const rows = await eventually('the database is back', () => query(engine, 'select answer from kept'));
    expect(rows).toEqual([[42]]);
    expect(await postmaster()).not.toBe(before);
    await eventually('the log says so', async () => (lines.includes('The database is back') ? true : undefined));
  });

  it('survives the crash of a single connection without a new server', async () => {
    const engine = await start();
    const before = await postmaster();
    const victim = new pg.Client({ connectionString: engine.url });
    victim.on('error', () => {});
    await victim.connect();
    const { rows } = await victim.query<{ pid: number }>('select pg_backend_pid() as pid');
    process.kill(rows[0]!.pid, 'SIGKILL');
    expect(await eventually('it answers again', () => query(engine, 'select 1'))).toEqual([[1]]);
    expect(await postmaster()).toBe(before);
    await victim.end().catch(() => {});
  });

  it('does not take a process for its own that merely has the number of a dead one', async () => {
    await (await start()).stop();
    // After a container restart the old number may belong to anything: here, to this test.
    const note = [process.pid, join(data(), 'pg'), 1, 5432, join(data(), 'run/pg'), '', '  1  2', 'ready'].join('\n');
    await writeFile(pidFile(), note);
    const engine = await start();
    expect(engine.adopted).toBe(false);
    expect(await query(engine, 'select 1')).toEqual([[1]]);
  });

  it('does not touch the original when it is started on a copy that was taken while the original ran', async () => {
    const original = await start();
    await query(original, 'drop table if exists kept; create table kept as select 42 as answer');
    await query(original, 'checkpoint');
    const copy = join(dir, 'copy');
    await cp(data(), copy, {
      recursive: true,
      filter: (source) => !source.includes(`${data()}/run`),
      preserveTimestamps: true,
    });
    const second = await start(copy);
    expect(second.adopted).toBe(false);
    await query(second, 'drop table kept');
    expect(await query(original, 'select answer from kept')).toEqual([[42]]);
  });
});

describe('several processes on one database', () => {
  beforeEach(useShared);

  it('a command that ends while the server runs leaves the database to the server, and the other way round', async () => {
    const server = await otherProcess();
    const command = await start();
    await command.stop();
    expect(existsSync(pidFile())).toBe(true);

    const longCommand = await start();
    await server.stop();
    expect(await query(longCommand, 'select 1')).toEqual([[1]]);
    await longCommand.stop();
    expect(existsSync(pidFile())).toBe(false);
  });

  it('letting go without stopping leaves it running', async () => {
    const first = await start();
    first.release();
    const second = await start();
    expect(second.adopted).toBe(true);
  });

  it('two that start together with a third which stops never meet a dead database', async () => {
    for (let round = 0; round < 5; round++) {
      const leaving = await start();
      const [, coming] = await Promise.all([leaving.stop(), start()]);
      expect(await query(coming, 'select 1')).toEqual([[1]]);
      await coming.stop();
    }
  });
});

describe('awkward places', () => {
  it('works in a folder whose path is too long for a socket', async () => {
    const deep = join(dir, 'a'.repeat(60), 'b'.repeat(60));
    const engine = await start(deep);
    expect(await query(engine, 'select 1')).toEqual([[1]]);
    const socket = new URL(engine.url).searchParams.get('host')!;
    expect(socket.startsWith(deep)).toBe(false);
    expect((await stat(socket)).mode & 0o777).toBe(0o700);
    await engine.stop();
    await rm(socket, { recursive: true });
    await rm(socket.replace(/-pg$/, '-lock'), { recursive: true });
  });

  it('works beneath a folder which only its owner may enter, for root too', async () => {
    await chmod(dir, 0o700);
    const engine = await start(join(dir, 'my data, "1"'));
    expect(await query(engine, 'select 1')).toEqual([[1]]);
  });

  it('says that the disk refuses, instead of hanging, when the folder cannot be written', async () => {
    await writeFile(data(), 'a file where the folder should be');
    await expect(start()).rejects.toThrow(/EEXIST|ENOTDIR/);
    await rm(data());
    await (await start()).stop();
    await writeFile(join(data(), 'pg', 'postgresql.conf'), 'shared_preload_libraries = nonsense\n');
    await expect(start()).rejects.toThrow(EngineError);
  });
});
