// The tables are written by hand; this holds them against what better-auth and the role of the server expect.
import { getMigrations } from 'better-auth/db/migration';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/postgres.ts';
import { authOptions } from './auth.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let pool: pg.Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
  pool.on('error', () => {}); // dropping the database ends idle connections
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const options = (warnings: string[]) => ({
  ...authOptions(
    { pool, secret: 'x'.repeat(32), publicUrl: 'http://127.0.0.1:4400', sendMail: async () => {} },
    () => {},
  ),
  logger: { level: 'warn' as const, log: (_level: string, message: string) => void warnings.push(message) },
});

describe('the tables of sign-in', () => {
  it('are all that better-auth expects: no table, column or type is missing', async () => {
    const warnings: string[] = [];
    const missing = await getMigrations(options(warnings));
    expect(missing.toBeCreated).toEqual([]);
    expect(missing.toBeAdded).toEqual([]);
    expect(missing.toBeAddedIndexes).toEqual([]);
    expect(missing.schemaProblems).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('would be missed if a column were not there', async () => {
    const client = await pool.connect();
    try {
      await client.query('alter table auth.passkey rename column aaguid to gone');
      const missing = await getMigrations(options([]));
      expect(missing.toBeAdded.map((t) => [t.table, Object.keys(t.fields)])).toEqual([['passkey', ['aaguid']]]);
    } finally {
      await client.query('alter table auth.passkey rename column gone to aaguid');
      client.release();
    }
  });

  it('have an index under every reference', async () => {
    const bare = await pool.query(`
      select c.conrelid::regclass::text as on_table, c.conname
      from pg_constraint c
      where c.contype = 'f' and c.connamespace = 'auth'::regnamespace
        and not exists (select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])`);
    expect(bare.rows).toEqual([]);
  });

  it('are open to the role of the server and to no other role', async () => {
    const rights = await pool.query(`
      select t.tablename, r.role, array_agg(p.act order by p.act) filter (
        where has_table_privilege(r.role, format('auth.%I', t.tablename), p.act)) as held
      from pg_tables t
        cross join unnest(array['openkam_app', 'openkam_all', 'openkam_scoped']) as r (role)
        cross join unnest(array['delete', 'insert', 'select', 'update']) as p (act)
      where t.schemaname = 'auth'
      group by t.tablename, r.role`);
    expect(rights.rows).toHaveLength(7 * 3);
    for (const { tablename, role, held } of rights.rows) {
      const expected = role === 'openkam_app' ? ['delete', 'insert', 'select', 'update'] : null;
      expect([tablename, role, held]).toEqual([tablename, role, expected]);
    }
  });
});
