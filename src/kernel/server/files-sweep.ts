// Removes stored files that no row names any more: what a broken upload or a deleted row left behind.
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import type { Services } from './module.ts';

// Younger files may belong to an upload whose transaction is still open.
const KEEP_MS = 24 * 3_600_000;

/**
 * Deletes orphans older than a day and answers their number. A file counts as named when any text column of any tenant
 * table whose column name speaks of a file, a hash or a key holds its SHA-256, so a new room needs to register nothing.
 */
export async function sweepFiles(services: Services, now: Date = services.clock()): Promise<number> {
  const { files } = services;
  const old: string[] = [];
  for (const folder of await readdir(files.root)) {
    const at = path.join(files.root, folder);
    const isTemporary = folder === 'tmp';
    if (!isTemporary && !/^[0-9a-f]{2}$/.test(folder)) continue;
    for (const name of await readdir(at)) {
      const found = await stat(path.join(at, name)).catch(() => null);
      if (!found || now.getTime() - found.mtimeMs < KEEP_MS) continue;
      if (isTemporary) await rm(path.join(at, name), { force: true, recursive: true });
      else if (/^[0-9a-f]{64}$/.test(name)) old.push(name);
    }
  }
  let removed = 0;
  for (let i = 0; i < old.length; i += 1000) {
    const batch = old.slice(i, i + 1000);
    const named = await namedOf(services, batch);
    for (const key of batch.filter((k) => !named.has(k))) {
      await rm(files.pathOf(key), { force: true });
      removed++;
    }
  }
  if (removed) services.log.info({ removed }, 'removed stored files that nothing names');
  return removed;
}

/** Every text column of a tenant table whose name speaks of a file, a hash or a key. */
export async function fileColumns(client: pg.ClientBase): Promise<{ place: string; column: string }[]> {
  const { rows } = await client.query<{ place: string; column: string }>(
    `select format('%I.%I', table_schema, table_name) as place, quote_ident(column_name) as column
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where table_schema = 'public' and t.table_type = 'BASE TABLE' and data_type = 'text' and column_name ~ '(file|sha|hash|key)'`,
  );
  return rows;
}

async function namedOf({ database }: Services, keys: string[]): Promise<Set<string>> {
  return database.system(async (_tx, client) => {
    const named = new Set<string>();
    for (const { place, column } of await fileColumns(client)) {
      const { rows } = await client.query<{ key: string }>(
        `select distinct ${column} as key from ${place} where ${column} = any ($1)`,
        [keys],
      );
      for (const r of rows) named.add(r.key);
    }
    return named;
  });
}
