// The access context of a transaction: it is there from the first statement, and gone with the last, whoever uses the connection next.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/postgres.ts';
import type { Level } from '../contract/access.ts';
import { type Access, type Database, openDatabase } from './database.ts';

let db: TestDatabase;
let database: Database;
type Who = Access & { sees: number };
const people: Who[] = [];
beforeAll(async () => {
  db = await testDatabase();
  // Two connections for everybody, so that each is used by all of them in turn.
  database = openDatabase(db.url, { max: 2, bulkMax: 2 });
  await database.system(async (_tx, client) => {
    for (const name of ['North', 'South']) {
      const { rows } = await client.query(`insert into workspace (name) values ($1) returning workspace_id as id`, [
        name,
      ]);
      const workspaceId: string = rows[0].id;
      const members = await client.query(
        `insert into member (workspace_id, name, email, role, level) select $1, 'M' || i, 'm' || i || '@example.com', 'kam', 'own' from generate_series(1, 3) i returning id`,
        [workspaceId],
      );
      const ids = members.rows.map((r) => r.id as string);
      // The first member owns one account, the second two, the third none; two more belong to nobody.
      await client.query(
        `insert into account (workspace_id, name, owner_id) values ($1, 'a', $2), ($1, 'b', $3), ($1, 'c', $3), ($1, 'd', null), ($1, 'e', null)`,
        [workspaceId, ids[0], ids[1]],
      );
      const level: Level = 'own';
      for (const [i, sees] of [1, 2, 0].entries())
        people.push({ workspaceId, memberId: ids[i]!, level, label: `M${i}`, sees });
      people.push({ workspaceId, memberId: ids[2]!, level: 'all', label: 'boss', sees: 5 });
    }
  });
});
afterAll(async () => {
  await database.close();
  await db.drop();
});

const look = `select kernel.ws() as ws, kernel.member() as member, kernel.setting('actor') as actor, current_user as role,
  (select count(*)::int from account) as sees, (select count(distinct workspace_id)::int from account) as spaces`;

type Step = { who: number; how: 'as' | 'read' | 'bulk'; end: 'commit' | 'throw' | 'sqlError' | 'reset' | 'slow' };
const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat({ max: 7 }),
  how: fc.constantFrom('as', 'read', 'read', 'bulk'),
  end: fc.constantFrom('commit', 'commit', 'throw', 'sqlError', 'reset', 'slow'),
});

async function act({ who, how, end }: Step): Promise<void> {
  const person = people[who]!;
  await database[how](person, async (_tx, client) => {
    const { rows } = await client.query(look);
    expect(rows[0]).toEqual({
      ws: person.workspaceId,
      member: person.memberId,
      actor: person.label,
      role: person.level === 'all' ? 'openkam_all' : 'openkam_scoped',
      sees: person.sees,
      spaces: person.sees ? 1 : 0,
    });
    if (end === 'throw') throw new Error('planned');
    if (end === 'sqlError') await client.query('select 1 / 0');
    // Whatever a statement does to the settings ends with the transaction.
    if (end === 'reset') await client.query(`select set_config('openkam.level', 'all', true)`);
    if (end === 'slow') await client.query('select pg_sleep(0.01)');
  }).catch((error: Error) => {
    if (end !== 'throw' && end !== 'sqlError') throw error;
    expect(error.message).toMatch(/planned|division by zero/);
  });
}

describe('the access context', () => {
  it('is that of the member at work, however transactions of many members follow and overlap each other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        await Promise.all(steps.map(act));
      }),
      { numRuns: 25 },
    );
  });

  it('does not outlive its transaction on the connection', async () => {
    for (const pool of [database.pools.app, database.pools.bulk]) {
      await Promise.all(
        people.map((_, who) => act({ who, how: pool === database.pools.app ? 'as' : 'bulk', end: 'commit' })),
      );
      const clients = await Promise.all([pool.connect(), pool.connect()]);
      for (const client of clients) {
        const { rows } = await client.query(look);
        expect(rows[0]).toEqual({ ws: null, member: null, actor: null, role: 'openkam_app', sees: 0, spaces: 0 });
        client.release();
      }
    }
  });

  it('lets reads that follow each other see what was written between them, and who may be seen by then', async () => {
    const [owner, , nobody, boss] = people;
    const name = (p: Access) =>
      database.read(p, async (_tx, client) =>
        (await client.query(`select name from account order by name`)).rows.map((r) => r.name),
      );
    for (let i = 0; i < 20; i++) {
      await database.as(boss!, (_tx, client) =>
        client.query(`update account set name = $1, owner_id = $2 where name like 'a%'`, [
          `a${i}`,
          (i % 2 ? nobody : owner)!.memberId,
        ]),
      );
      expect(await Promise.all([boss!, owner!, nobody!, boss!].map(name))).toEqual([
        [`a${i}`, 'b', 'c', 'd', 'e'],
        i % 2 ? [] : [`a${i}`],
        i % 2 ? [`a${i}`] : [],
        [`a${i}`, 'b', 'c', 'd', 'e'],
      ]);
    }
    await database.as(boss!, (_tx, client) =>
      client.query(`update account set name = 'a', owner_id = $1 where name like 'a%'`, [owner!.memberId]),
    );
    await expect(database.read(boss!, (_tx, client) => client.query(`delete from account`))).rejects.toThrow(
      /read-only/,
    );
    expect(await name(boss!)).toHaveLength(5);
  });

  it('leaves the rules themselves out of reach of a room’s statements', async () => {
    const statement = (sql: string) => database.as(people[2]!, (_tx, client) => client.query(sql));
    await expect(statement('alter table account disable row level security')).rejects.toThrow(/must be owner/);
    await expect(statement('drop policy tenant_scoped on account')).rejects.toThrow(/must be owner/);
    await expect(statement('grant openkam_all to openkam_scoped')).rejects.toThrow(/permission denied|admin option/i);
    await expect(
      database.as(people[2]!, async (_tx, client) => {
        await client.query('set local row_security = off');
        await client.query('select count(*) from account');
      }),
    ).rejects.toThrow(/row-level security/);
  });

  it('lets no row of another workspace be written, pointed at or taken over', async () => {
    const [north, south] = [people.find((p) => p.level === 'all')!, people.filter((p) => p.level === 'all')[1]!];
    const write = (sql: string, values: unknown[]) => database.as(north, (_tx, client) => client.query(sql, values));
    await expect(write(`insert into team (workspace_id, name) values ($1, 'x')`, [south.workspaceId])).rejects.toThrow(
      /row-level security/,
    );
    await expect(write(`update team set workspace_id = $1`, [south.workspaceId])).resolves.toMatchObject({
      rowCount: 0,
    });
    await expect(write(`update account set workspace_id = $1`, [south.workspaceId])).rejects.toThrow(
      /row-level security/,
    );
    await expect(write(`update account set owner_id = $1`, [south.memberId])).rejects.toThrow(/foreign key/);
    await expect(write(`delete from account where workspace_id = $1`, [south.workspaceId])).resolves.toMatchObject({
      rowCount: 0,
    });
  });
});
