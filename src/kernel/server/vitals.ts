// What the database says of itself: for the doctor. Reads only, and works on any state of the schema.
import { existsSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { fileColumns } from './files-sweep.ts';

export type DatabaseFacts = {
  server: string;
  bytes: number;
  /** This machine's clock minus the database's. */
  clockOffSeconds: number;
  /** How far the newest entry lies in the future. */
  secondsAhead: number;
  /** False where the schema is not there. */
  installed: boolean;
  workspaces: number;
  members: number;
  jobs: { waiting: number; active: number; failed: number; failedNames: string[] };
  outbox: { waiting: number; parked: number; oldestSeconds: number; lastError: string | null };
  files: { named: number; missing: number };
};

export async function databaseFacts(url: string, dataDir: string): Promise<DatabaseFacts> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'openkam doctor',
    connectionTimeoutMillis: 10_000,
    options: '-c search_path=public,kernel -c default_transaction_read_only=on',
  });
  client.on('error', () => {});
  await client.connect();
  try {
    const one = async <R extends Record<string, unknown>>(sql: string): Promise<R> =>
      (await client.query<R>(sql)).rows[0] as R;
    const asked = Date.now();
    const base = await one<{ server: string; bytes: string; now: number; installed: boolean; queue: boolean }>(
      `select current_setting('server_version') as server, pg_database_size(current_database())::text as bytes, extract(epoch from clock_timestamp())::float8 as now,
              to_regclass('public.workspace') is not null and to_regclass('kernel.outbox') is not null as installed, to_regclass('pgboss.job') is not null as queue`,
    );
    const middle = (asked + Date.now()) / 2 / 1000;
    const facts: DatabaseFacts = {
      server: base.server,
      bytes: Number(base.bytes),
      clockOffSeconds: middle - base.now,
      secondsAhead: 0,
      installed: base.installed,
      workspaces: 0,
      members: 0,
      jobs: { waiting: 0, active: 0, failed: 0, failedNames: [] },
      outbox: { waiting: 0, parked: 0, oldestSeconds: 0, lastError: null },
      files: { named: 0, missing: 0 },
    };
    if (base.queue) {
      const jobs = await one<{ waiting: number; active: number; failed: number; names: string[] }>(
        `select count(*) filter (where state in ('created', 'retry'))::int as waiting, count(*) filter (where state = 'active')::int as active,
                count(*) filter (where state = 'failed')::int as failed, coalesce(array_agg(distinct name) filter (where state = 'failed'), '{}') as names from pgboss.job`,
      );
      facts.jobs = { waiting: jobs.waiting, active: jobs.active, failed: jobs.failed, failedNames: jobs.names };
    }
    if (!base.installed) return facts;
    Object.assign(
      facts,
      await one(
        `select (select count(*) from workspace)::int as workspaces, (select count(*) from member where deactivated_at is null and user_id is not null)::int as members,
                greatest(0, extract(epoch from (select max(a.at) from workspace w cross join lateral (
                  select at from kernel.audit where workspace_id = w.workspace_id order by id desc limit 1) a) - now()))::float8 as "secondsAhead"`,
      ),
    );
    facts.outbox = await one(
      `select count(*) filter (where attempts < 8)::int as waiting, count(*) filter (where attempts >= 8)::int as parked,
              coalesce(extract(epoch from now() - min(at) filter (where attempts < 8)), 0)::float8 as "oldestSeconds", max(last_error) filter (where attempts >= 8) as "lastError"
       from kernel.outbox where delivered_at is null`,
    );
    const keys = new Set<string>();
    for (const { place, column } of await fileColumns(client)) {
      if (!column.includes('file')) continue;
      const { rows } = await client.query<{ key: string }>(
        `select distinct ${column} as key from ${place} where ${column} ~ '^[0-9a-f]{64}$'`,
      );
      for (const r of rows) keys.add(r.key);
    }
    const root = path.join(dataDir, 'files');
    facts.files = {
      named: keys.size,
      missing: [...keys].filter((k) => !existsSync(path.join(root, k.slice(0, 2), k))).length,
    };
    return facts;
  } finally {
    await client.end();
  }
}
