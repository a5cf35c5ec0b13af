// openkam backup, export, restore, migrate: everything an installation holds, out and in again.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Progress, writeBackup } from '../../kernel/server/backup.ts';
import { serverOf } from '../../kernel/server/lock.ts';
import { migrate as migrateDatabase } from '../../kernel/server/migrate.ts';
import { readManifest, restoreBackup } from '../../kernel/server/restore.ts';
import { version } from '../building.ts';
import { CommandError, type Io, withDatabase } from './installation.ts';
import { withProgress } from './progress.ts';

const size = (bytes: number): string =>
  bytes > 2 ** 30
    ? `${(bytes / 2 ** 30).toFixed(1)} GB`
    : bytes > 2 ** 20
      ? `${(bytes / 2 ** 20).toFixed(1)} MB`
      : `${Math.max(1, Math.round(bytes / 1024))} kB`;
const many = (n: number, word: string): string => `${n.toLocaleString('en')} ${word}${n === 1 ? '' : 's'}`;

export async function write(io: Io, file: string, kind: 'backup' | 'export', o: { force?: boolean }): Promise<void> {
  const target = path.resolve(file);
  if (existsSync(target) && !o.force)
    throw new CommandError(`${target} exists already. Choose another name, or add --force to replace it.`);
  if (!existsSync(path.dirname(target))) throw new CommandError(`There is no folder ${path.dirname(target)}.`);
  const manifest = await withDatabase(io, async (config, url) => {
    await migrateDatabase(url);
    return withProgress(io, kind === 'backup' ? 'Backing up' : 'Exporting', (progress) =>
      writeBackup({ url, dataDir: config.dataDir, file: target, version, kind, progress }),
    );
  });
  const rows = manifest.tables.reduce((n, t) => n + t.rows, 0);
  io.out(
    `Wrote ${target}: ${many(rows, 'row')} of ${many(manifest.tables.length, 'table')}, ${many(manifest.files.count, 'file')} (${size(manifest.files.bytes)}).`,
  );
  if (manifest.secret)
    io.note('It holds password hashes and the secret of this installation: keep it where only admins can read it.');
}

export async function restore(io: Io, file: string, o: { force?: boolean }): Promise<void> {
  const source = path.resolve(file);
  if (!existsSync(source)) throw new CommandError(`There is no file ${source}.`);
  await readManifest(source);
  await withDatabase(io, async (config, url) => {
    const serverRuns = (await serverOf(config.dataDir)) !== null;
    await migrateDatabase(url);
    const done = await withProgress(io, 'Restoring', (progress: Progress) =>
      restoreBackup({
        url,
        dataDir: config.dataDir,
        file: source,
        serverRuns,
        log: io.note,
        progress,
        ...(o.force ? { force: true } : {}),
      }),
    );
    io.out(
      `Restored ${many(done.rows, 'row')} and ${many(done.files, 'file')} of the ${done.manifest.kind} from ${done.manifest.at} (OpenKAM ${done.manifest.openkam}).`,
    );
    if (done.secondFactorsLost)
      io.note(`${many(done.secondFactorsLost, 'member')} must set up the second step of signing in again.`);
    if (serverRuns && done.secretReplaced) io.note('Start the server again: it still works with its former secret.');
  });
}

export async function migrate(io: Io): Promise<void> {
  await withDatabase(io, async (_config, url) => {
    const { applied } = await migrateDatabase(url, { log: io.note });
    io.out(applied.length ? `Applied ${many(applied.length, 'update')}.` : 'The database is up to date.');
  });
}
