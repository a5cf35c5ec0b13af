// Reads PostgreSQL's own note of who runs on a cluster (postmaster.pid), and whether to believe it.
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { readFile, realpath, unlink } from 'node:fs/promises';
import { join } from 'node:path';

export type Running = {
  pid: number;
  port: number;
  socketDir: string;
  /** A PostgreSQL process of that number exists; it may be starting or shutting down. */
  alive: boolean;
};

/** Who runs on the cluster according to postmaster.pid; null when there is no note or it is about another folder. */
export async function locate(cluster: string): Promise<Running | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => null);
  if (text === null) return null;
  const [pid, dataDir, , port, socket] = text.split('\n').map((line) => line.trim());
  if (!pid || !/^\d+$/.test(pid)) return null;
  const alive = runsPostgres(Number(pid), cluster);
  // A folder that was copied while PostgreSQL ran carries the note of the original: that server is not ours to touch.
  const about = dataDir ? await realpath(dataDir).catch(() => dataDir) : cluster;
  if (about !== cluster && !alive) return null;
  return { pid: Number(pid), port: Number(port) || 5432, socketDir: socket ?? '', alive };
}

/**
 * Removes the note that a killed server left. PostgreSQL would do so itself, unless its number has since gone to another
 * process of the same user: the rule rather than the exception after a container restart. It still guards the cluster
 * by its shared memory.
 */
export async function clearStalePid(cluster: string): Promise<void> {
  await unlink(join(cluster, 'postmaster.pid')).catch(() => {});
}

/** Whether the process exists and is a PostgreSQL server on this cluster, as well as this system can tell. */
function runsPostgres(pid: number, cluster: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (process.platform === 'linux') {
    try {
      // A server works inside its cluster. Zombies have no folder, so they count as gone.
      return readlinkSync(`/proc/${pid}/cwd`) === cluster;
    } catch {
      // Without the right to look, its name has to do.
      return nameOf(pid).startsWith('postgres');
    }
  }
  if (process.platform === 'win32') return true;
  try {
    return /postgres/.test(execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }));
  } catch {
    return false;
  }
}

function nameOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const state = stat.slice(stat.lastIndexOf(')') + 2)[0];
    return state === 'Z' ? '' : stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
  } catch {
    return '';
  }
}
