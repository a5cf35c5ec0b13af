// The audit: who did what to which row, whatever the statement, without secrets, beyond change.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../test/app.ts';
import { createAccount } from '../../modules/accounts/api.ts';
import { createApiKey } from '../../modules/people/api.ts';

type Entry = {
  actor: string;
  member_id: string | null;
  request_id: string | null;
  table_name: string;
  row_id: string;
  account_id: string | null;
  action: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

let t: TestApp;
let w: Person;
beforeAll(async () => {
  t = await openTestApp();
});
afterAll(() => t.close());

const system = <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  t.building.database.system(async (_tx, client) => (await client.query(sql, values)).rows as T[]);
const entries = (table: string) =>
  system<Entry>('select * from kernel.audit where workspace_id = $1 and table_name = $2 order by id', [
    w.workspaceId,
    table,
  ]);
const as = { label: 'key:Ada', requestId: 'request-9' };

describe('the audit', () => {
  it('has one entry a row of a statement that changes many, with what changed and nothing else', async () => {
    w = await t.workspace('Many');
    await t.building.database.as({ ...w, ...as }, async (_tx, client) => {
      await client.query(
        `insert into account (workspace_id, name, city, employees) select kernel.ws(), 'A' || i, 'Rome', i from generate_series(1, 3) i`,
      );
      await client.query(
        `update account set city = case when employees = 2 then city else 'Oslo' end, version = version + 1, updated_at = now()`,
      );
      await client.query(`delete from account where employees = 3`);
    });
    const all = await entries('account');
    expect(all.map((e) => e.action)).toEqual(['insert', 'insert', 'insert', 'update', 'update', 'delete']);
    expect(new Set(all.map((e) => e.row_id)).size).toBe(3);
    for (const e of all)
      expect(e).toMatchObject({
        actor: 'key:Ada',
        member_id: w.memberId,
        request_id: 'request-9',
        account_id: e.row_id,
      });
    expect(all.filter((e) => e.action === 'update').map((e) => [e.before, e.after])).toEqual([
      [{ city: 'Rome' }, { city: 'Oslo' }],
      [{ city: 'Rome' }, { city: 'Oslo' }],
    ]);
    expect(all[0]!.after).toMatchObject({ name: 'A1', city: 'Rome', employees: 1 });
    expect(all[5]!.before).toMatchObject({ name: 'A3', city: 'Oslo' });
    expect(all[5]!.after).toBeNull();
  });

  it('has no entry for what changed nothing, or did not happen', async () => {
    w = await t.workspace('Nothing');
    const { id } = await t.ok(w, createAccount, { body: { name: 'Same', city: 'Rome' } });
    const before = (await entries('account')).length;
    await t.building.database.as({ ...w, ...as }, (_tx, client) =>
      client.query(`update account set city = 'Rome', version = version + 1 where id = $1`, [id]),
    );
    await expect(
      t.building.database.as({ ...w, ...as }, async (_tx, client) => {
        await client.query(`update account set city = 'Oslo' where id = $1`, [id]);
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect((await entries('account')).length).toBe(before);
  });

  it('never holds a secret', async () => {
    w = await t.workspace('Secrets');
    const made = await t.ok(w, createApiKey, { body: { name: 'robot' } });
    await system(`update api_key set key_hash = 'other' where name = 'robot' and workspace_id = $1`, [w.workspaceId]);
    const all = await entries('api_key');
    const hashes = (
      await system<{ key_hash: string }>('select key_hash from api_key where workspace_id = $1', [w.workspaceId])
    ).map((r) => r.key_hash);
    const text = JSON.stringify(all);
    expect(all.length).toBeGreaterThan(0);
    expect(all.every((e) => !('key_hash' in { ...e.before, ...e.after }))).toBe(true);
    for (const secret of [made.key, ...hashes]) expect(text).not.toContain(secret);
    // A change of nothing but a secret is no entry at all.
    expect(all.filter((e) => e.action === 'update')).toEqual([]);
  });

  it('cannot be written, changed or removed by the app, whatever a room’s code asks', async () => {
    w = await t.workspace('Fixed');
    await t.ok(w, createAccount, { body: { name: 'Seen' } });
    for (const statement of [
      'update kernel.audit set actor = $$nobody$$',
      'delete from kernel.audit',
      'truncate kernel.audit',
      'insert into kernel.audit (workspace_id, actor, table_name, action) values (kernel.ws(), $$x$$, $$account$$, $$insert$$)',
    ])
      await expect(
        t.building.database.as({ ...w, ...as }, (_tx, client) => client.query(statement)),
        statement,
      ).rejects.toThrow(/permission denied/);
  });

  it('is read by whoever sees the account, and otherwise by those who see everything', async () => {
    w = await t.workspace('Readers');
    const kam = await t.member('kam', { in: w });
    const mine = await t.ok(w, createAccount, { body: { name: 'Mine', ownerId: kam.memberId } });
    await t.ok(w, createAccount, { body: { name: 'Not mine' } });
    const seen = (who: Person) =>
      t.building.database.as({ ...who, label: 'x' }, async (_tx, client) =>
        (await client.query(`select distinct account_id from kernel.audit where table_name = 'account'`)).rows.map(
          (r) => r.account_id as string,
        ),
      );
    expect(await seen(kam)).toEqual([mine.id]);
    expect(await seen(w)).toHaveLength(2);
    expect(await seen(await t.workspace('Others'))).toEqual([]);
  });
});
