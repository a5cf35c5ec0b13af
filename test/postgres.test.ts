// The harness itself: copies are fast, whole and separate.
import pg from 'pg';
import { expect, it } from 'vitest';
import { migrationState } from '../src/kernel/server/migrate.ts';
import { onServer, testDatabase } from './postgres.ts';

it('every test database is migrated and shares nothing with another', async () => {
  const databases = await Promise.all([testDatabase(), testDatabase(), testDatabase()]);
  const [first, second] = databases;
  await onServer(first!.url, (client) => client.query('create table public.mine (id int)'));
  const seen = await onServer(second!.url, (client) => client.query("select to_regclass('public.mine') as table"));
  expect(seen.rows).toEqual([{ table: null }]);
  const state = await migrationState(first!.url);
  expect(state.pending).toEqual([]);
  expect(state.problem).toBeUndefined();
  await Promise.all(databases.map((database) => database.drop()));
  await expect(new pg.Client({ connectionString: first!.url }).connect()).rejects.toThrow('does not exist');
});
