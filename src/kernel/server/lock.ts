// Locks on a data folder that end with the process that holds them, however it ends: each is a listening socket (a named
// pipe on Windows), which no kill -9 can leave behind alive. Whoever connects is told who holds it.
import { createHash, randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  chown,
  constants,
  link,
  lstat,
  mkdir,
  readdir,
  realpath,
  rename,
  stat,
  unlink,
} from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from './config.ts';

export type LockHolder = { pid: number; url: string | null };
export type Lock = { release(): Promise<void> };

/** Another process has the data folder; `holder` is null when it does not say who it is. */
export class DataDirInUseError extends Error {
  override name = 'DataDirInUseError';
  readonly holder: LockHolder | null;
  constructor(dir: string, holder: LockHolder | null) {
    const who = [holder && `process ${holder.pid}`, holder?.url].filter(Boolean).join(', ');
    super(
      `OpenKAM is already running on this data folder${who ? ` (${who})` : ''}. Stop it first, or set OPENKAM_DATA to another folder than ${dir}.`,
    );
    this.holder = holder;
  }
}

/**
 * Takes the data folder for one server; throws DataDirInUseError when another server has it and keeps it for `patienceMs`
 * more (one that was just told to stop needs a moment). `url` is what that error tells others.
 */
export async function lockDataDir(dir: string, options: { url?: string; patienceMs?: number } = {}): Promise<Lock> {
  const refusal = await mkdir(dir, { recursive: true })
    .then(() => access(dir, constants.W_OK))
    .then(
      () => null,
      (error: NodeJS.ErrnoException) => error.code,
    );
  if (refusal !== null) {
    throw new ConfigError([
      `OPENKAM_DATA names ${dir}, where this user may not write (${refusal}): give the folder to this user, or choose another one`,
    ]);
  }
  const holder = { pid: process.pid, url: options.url ?? null };
  const deadline = Date.now() + (options.patienceMs ?? 2000);
  for (;;) {
    const taken = await tryLock(dir, 'server', holder);
    if ('release' in taken) return taken;
    if (Date.now() > deadline) throw new DataDirInUseError(dir, taken.heldBy);
    await sleep(100);
  }
}

/** Who runs as the server of this data folder, or null: for commands that behave differently beside a running server. */
export async function serverOf(dir: string): Promise<LockHolder | null> {
  const reached = await reach(await lockPath(dir, 'server'));
  return reached === 'nobody' ? null : (reached ?? { pid: 0, url: null });
}

/** Runs `work` while no other process runs work under the same name on this folder; waits for its turn. */
export async function withLock<T>(dir: string, name: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const taken = await tryLock(dir, name, { pid: process.pid, url: null });
    if ('release' in taken) {
      try {
        return await work();
      } finally {
        await taken.release();
      }
    }
    if (Date.now() > deadline) throw new DataDirInUseError(dir, taken.heldBy);
    await sleep(20 + Math.random() * 20);
  }
}

type Taken = Lock | { heldBy: LockHolder | null };

async function tryLock(dir: string, name: string, self: LockHolder): Promise<Taken> {
  const path = await lockPath(dir, name);
  if (process.platform === 'win32') {
    try {
      return held(await listen(path, self));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      const reached = await reach(path);
      return { heldBy: reached === 'nobody' ? null : reached };
    }
  }

  // We listen under a name of our own and then link it to the lock's name: linking succeeds for one process only.
  const own = `${path}.${randomBytes(3).toString('hex')}`;
  const server = await listen(own, self);
  const giveUp = async (heldBy: LockHolder | null) => {
    await close(server);
    await removeQuietly(own);
    return { heldBy };
  };
  for (let attempt = 0; attempt < 20; attempt++) {
    if (await linked(own, path)) {
      // Someone who was clearing a dead lock may have moved ours by mistake; they put it back at once. Wait that moment
      // and see whether the name still means us.
      await sleep(15);
      const [mine, current] = await Promise.all([stat(own), stat(path).catch(() => null)]);
      if (current?.ino === mine.ino) {
        await sweep(path);
        return held(server, [path, own]);
      }
      continue;
    }
    const reached = await reach(path);
    if (reached !== 'nobody') return await giveUp(reached);
    await clearDead(path);
  }
  return await giveUp(null);
}

/** Moves a dead lock away; if a live one took its place in between, puts that one back. */
async function clearDead(path: string): Promise<void> {
  const aside = `${path}.${randomBytes(3).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await reach(aside)) !== 'nobody') await linked(aside, path);
  await removeQuietly(aside);
}

/** Removes the own names that killed processes left beside the lock. */
async function sweep(path: string): Promise<void> {
  for (const name of await readdir(dirname(path))) {
    const file = join(dirname(path), name);
    if (!name.startsWith(`${basename(path)}.`)) continue;
    const age = Date.now() - (await stat(file).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > 60_000 && (await reach(file)) === 'nobody') await removeQuietly(file);
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function held(server: Server, paths: string[] = []): Lock {
  let released: Promise<void> | undefined;
  const release = async () => {
    await Promise.all(paths.map(removeQuietly));
    await close(server);
  };
  return { release: () => (released ??= release()) };
}

function listen(path: string, self: LockHolder): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.end(JSON.stringify(self));
  });
  // The lock alone must not keep a process alive.
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.removeListener('error', reject);
      resolve(server);
    });
  });
}

const close = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));
const removeQuietly = (path: string) => unlink(path).catch(() => {});

/** The holder who answers, null when one listens but does not say who it is, or 'nobody'. */
function reach(path: string): Promise<LockHolder | null | 'nobody'> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(path);
    socket.setTimeout(1000, () => socket.destroy(new Error('no answer')));
    // A process that is stopped or busy still holds its lock: only "nobody listens here" frees it.
    socket.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' || error.code === 'ENOENT' ? 'nobody' : null),
    );
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    socket.on('end', () => {
      try {
        resolve(JSON.parse(text) as LockHolder);
      } catch {
        resolve(null);
      }
    });
  });
}

async function lockPath(dir: string, name: string): Promise<string> {
  await mkdir(dir, { recursive: true });
  const real = await realpath(dir);
  if (process.platform === 'win32') return `\\\\.\\pipe\\openkam-${shortHash(real)}-${name}`;
  return join(await socketDir(real, 'lock'), `${name}.lock`);
}

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);

/**
 * A private folder for the sockets of one purpose: inside the data folder, or beneath the system's temporary folder when
 * the path would be longer than a socket address may be. `owner` gets the folder when it is not ourselves.
 */
export async function socketDir(
  dataDir: string,
  purpose: string,
  owner?: { uid: number; gid: number } | null,
): Promise<string> {
  const near = join(dataDir, 'run', purpose);
  // 107 bytes is Linux's limit, 103 that of macOS; the longest name inside has 20.
  const fits = Buffer.byteLength(near) + 22 <= 103;
  const path = fits ? near : join(tmpdir(), `openkam-${shortHash(dataDir)}-${purpose}`);
  if (fits) {
    const run = join(dataDir, 'run');
    await mkdir(run, { recursive: true });
    // The user who runs PostgreSQL for root must pass through, whatever the umask is.
    if ((await stat(run)).uid === process.getuid?.()) await chmod(run, 0o711);
  }
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const found = await lstat(path);
  const uid = process.getuid?.();
  const mine = found.isDirectory() && (found.uid === uid || uid === 0 || found.uid === owner?.uid);
  // In a folder where everyone may write, somebody else's folder of that name is not to be trusted.
  if (!mine || (!fits && (found.mode & 0o077) !== 0)) {
    throw new Error(`${path} belongs to somebody else. Remove it, or set TMPDIR to a folder of your own.`);
  }
  if (owner && found.uid !== owner.uid) await chown(path, owner.uid, owner.gid);
  return path;
}
