// Databases for tests: every call of testDatabase() is a fresh copy of one migrated template on a real PostgreSQL.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    testServer: { url: string; template: string };
  }
}

export type TestDatabase = { url: string; drop(): Promise<void> };

/** A migrated, otherwise empty database of the caller's own (about 20 ms). Close your pools, then drop it in `afterAll`. */
export function testDatabase(): Promise<TestDatabase> {
  return cloneOf(inject('testServer').template);
}

/** A database without any schema, for tests of the migrations themselves. */
export function emptyDatabase(): Promise<TestDatabase> {
  return cloneOf('template1');
}

async function cloneOf(template: string): Promise<TestDatabase> {
  const { url } = inject('testServer');
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await onServer(url, async (client) => {
    for (let attempt = 1; ; attempt++) {
      try {
        // Copying files takes a tenth of the time of the default, which writes the template through the log.
        return await client.query(`create database ${name} template ${template} strategy file_copy`);
      } catch (error) {
        // 55006: another clone of the same template is being made right now.
        if ((error as { code?: string }).code !== '55006' || attempt > 200) throw error;
        await sleep(10 + Math.random() * 20);
      }
    }
  });
  return {
    url: databaseUrl(url, name),
    drop: () =>
      onServer(url, async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  };
}

/** The same server, another database. */
export function databaseUrl(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

export async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
