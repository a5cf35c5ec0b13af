// Stopping an import: one that was only tried is ready again and never writes; one that was writing can go on.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { upload } from '../../../../test/upload.ts';
import { summariseAccounts } from '../../accounts/api.ts';
import * as api from '../api.ts';
import { takeUp } from './work.ts';

let t: TestApp;
let head: Person;
beforeAll(async () => {
  t = await openTestApp({ worker: true });
});
afterAll(() => t.close());
beforeEach(async () => {
  head = await t.workspace('Northwind');
});

const AT_WORK = ['analysing', 'checking', 'running', 'cancelling', 'undoing'];
async function settled(id: string): Promise<api.Import> {
  for (let i = 0; i < 1200; i++) {
    const now = await t.ok(head, api.getImport, { params: { id } });
    if (!AT_WORK.includes(now.state)) return now;
    await sleep(50);
  }
  throw new Error('the import does not settle');
}
/** A file that was read and waits for its person. */
async function ready(rows: number): Promise<string> {
  const lines = Array.from({ length: rows }, (_, i) => `${i},Account ${i}`);
  const content = `Id,Name\n${lines.join('\n')}\n`;
  const { body } = await upload(t, head, api.createImport, { name: 'many.csv', content });
  expect((await settled(body.id)).state).toBe('ready');
  return body.id;
}
const written = async () => (await t.ok(head, summariseAccounts)).count;
const set = (id: string, values: string) =>
  t.building.database.system((_tx, client) => client.query(`update import set ${values} where id = $1`, [id]));

describe('a trial that is stopped', () => {
  it('leaves the import ready, with nothing written, nothing to resume, and still to be brought in', async () => {
    const id = await ready(20_000);
    await t.ok(head, api.dryRunImport, { params: { id } });
    await t.ok(head, api.cancelImport, { params: { id } });
    expect(await settled(id)).toMatchObject({ state: 'ready', finishedAt: null, can: { update: true, undo: false } });
    expect(await written()).toBe(0);
    const resumed = await t.call(head, api.resumeImport, { params: { id } });
    expect([resumed.status, resumed.problem.code]).toEqual([409, 'import_state']);
    await t.ok(head, api.applyImport, { params: { id } });
    expect(await settled(id)).toMatchObject({ state: 'done', new: 20_000 });
    expect(await written()).toBe(20_000);
  });

  it('is ready too when the server died between the wish to stop and the stop', async () => {
    const id = await ready(5);
    await set(id, `state = 'cancelling', touched_at = now() - interval '1 hour'`);
    await takeUp(t.building.services, 45);
    expect((await settled(id)).state).toBe('ready');
    expect(await written()).toBe(0);
  });

  it('never begins to write, whatever an earlier version left as the place to go on from', async () => {
    const id = await ready(5);
    await set(id, `state = 'cancelled', resume_state = 'running'`);
    await t.ok(head, api.resumeImport, { params: { id } });
    expect((await settled(id)).state).toBe('ready');
    expect(await written()).toBe(0);
  });
});

describe('an import that is stopped while it writes', () => {
  it('is stopped also when the server died in between, and goes on from there', async () => {
    const id = await ready(5);
    await set(id, `state = 'cancelling', applied_at = now(), touched_at = now() - interval '1 hour'`);
    await takeUp(t.building.services, 45);
    expect((await settled(id)).state).toBe('cancelled');
    expect(await written()).toBe(0);
    await t.ok(head, api.resumeImport, { params: { id } });
    expect(await settled(id)).toMatchObject({ state: 'done', new: 5 });
    expect(await written()).toBe(5);
  });
});
