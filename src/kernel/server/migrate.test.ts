// The migration runner: order, all or nothing, once, and a clear refusal of databases that do not fit.
import { mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyDatabase, onServer, type TestDatabase } from '../../../test/postgres.ts';
import { migrate, migrationState } from './migrate.ts';

let database: TestDatabase;
let dir: string;
beforeEach(async () => {
  database = await emptyDatabase();
  dir = await mkdtemp(join(tmpdir(), 'openkam-migrations-'));
  await put('0001_first.sql', 'create table first (id int);');
  await put('0002_second.sql', 'create table second (id int);\ninsert into first values (1);');
});
afterEach(async () => {
  await database.drop();
  await rm(dir, { recursive: true, force: true });
});

const put = (file: string, sql: string) => writeFile(join(dir, file), sql);
const run = () => migrate(database.url, { dir });
const state = () => migrationState(database.url, { dir });
const query = (sql: string) => onServer(database.url, async (client) => (await client.query(sql)).rows as unknown[]);

describe('bringing a database up to date', () => {
  it('applies what is pending, in order, each once', async () => {
    expect(await state()).toEqual({ applied: [], pending: ['0001_first', '0002_second'] });
    const lines: string[] = [];
    expect(await migrate(database.url, { dir, log: (line) => lines.push(line) })).toEqual({
      applied: ['0001_first', '0002_second'],
    });
    expect(lines).toEqual(['Updating the database: 0001_first', 'Updating the database: 0002_second']);
    expect(await run()).toEqual({ applied: [] });
    await put('0003_third.sql', 'create table third (id int)');
    expect(await run()).toEqual({ applied: ['0003_third'] });
    expect(await state()).toEqual({ applied: ['0001_first', '0002_second', '0003_third'], pending: [] });
    expect(await query('select * from first')).toEqual([{ id: 1 }]);
  });

  it('two servers that start together migrate once', async () => {
    const results = await Promise.all([run(), run(), run()]);
    expect(results.flatMap((result) => result.applied).sort()).toEqual(['0001_first', '0002_second']);
  });

  it('a migration that fails leaves nothing of itself, and says which line', async () => {
    await put(
      '0003_broken.sql',
      'create table third (id int);\ninsert into third values (1);\ninsert into nowhere values (1);\n',
    );
    await expect(run()).rejects.toThrow(
      /0003_broken failed at line 3: relation "nowhere" does not exist\. Nothing of it was applied/,
    );
    expect(await query("select to_regclass('third') as third")).toEqual([{ third: null }]);
    expect(await state()).toMatchObject({ applied: ['0001_first', '0002_second'], pending: ['0003_broken'] });
    await put('0003_broken.sql', 'create table third (id int);');
    expect(await run()).toEqual({ applied: ['0003_broken'] });
  });

  it('looking at the state changes nothing', async () => {
    await state();
    expect(await query("select to_regnamespace('kernel') as kernel")).toEqual([{ kernel: null }]);
  });

  it('line ends of another system are no change', async () => {
    await run();
    await put('0002_second.sql', 'create table second (id int);\r\ninsert into first values (1);');
    expect(await run()).toEqual({ applied: [] });
  });
});

describe('a database that does not fit is refused before anything is changed', () => {
  const refused = async (message: RegExp) => {
    expect((await state()).problem).toMatch(message);
    const before = await query('select number from kernel.migration order by number');
    await expect(run()).rejects.toThrow(message);
    expect(await query('select number from kernel.migration order by number')).toEqual(before);
  };

  it('because an applied migration was edited', async () => {
    await run();
    await put('0001_first.sql', 'create table first (id bigint);');
    await refused(/0001_first was changed after it had been applied.*clean copy/);
  });

  it('because a newer OpenKAM was here', async () => {
    await put('0003_third.sql', 'create table third (id int)');
    await run();
    await unlink(join(dir, '0003_third.sql'));
    await refused(
      /newer than this OpenKAM: it has 0003_third, and this version ends at 0002_second.*newer version again/,
    );
  });

  it('because a migration is missing in the middle', async () => {
    await run();
    await query('delete from kernel.migration where number = 1');
    await refused(/misses migration 0001_first although later ones are there/);
  });

  it('because the folder of migrations itself is not complete', async () => {
    await unlink(join(dir, '0001_first.sql'));
    await expect(state()).rejects.toThrow(/not complete: number 1 is missing/);
    await put('0001_first.sql', '');
    await put('0002_other.sql', '');
    await expect(run()).rejects.toThrow(/two migrations have the number 0002/);
    await unlink(join(dir, '0002_other.sql'));
    await put('3-third.sql', '');
    await expect(run()).rejects.toThrow(/must be named like/);
    expect(await query("select to_regclass('first') as first")).toEqual([{ first: null }]);
  });

  it('because the user of the database may not create tables there', async () => {
    const name = `stranger_${process.pid}`;
    await query(`create role ${name} login`);
    const url = database.url.replace(/\/\/[^@]*@/, `//${name}@`);
    await expect(migrate(url, { dir })).rejects.toThrow(/may not create tables.*owner of the database/);
    await query(`drop role ${name}`);
  });
});
