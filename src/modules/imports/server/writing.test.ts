// Two connections that write one import at the same time: nothing twice, nothing lost, parents before children, stopped and taken back whole.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import * as api from '../api.ts';
import { runImportFromCli } from './cli.ts';
import { takeUp, work } from './work.ts';
import { SIZES } from './writing.ts';

let t: TestApp;
let head: Person;
let dir: string;
const usual = { ...SIZES };
beforeAll(async () => {
  t = await openTestApp();
  dir = await mkdtemp(path.join(tmpdir(), 'openkam-writing-'));
});
afterAll(async () => {
  await t.close();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  head = await t.workspace('Two pens');
  SIZES.chunk = 200;
});
afterEach(() => Object.assign(SIZES, usual));

/** 1,500 accounts; every third stands below one that comes later in the file, some of those below a third. */
async function tree(): Promise<string> {
  const at = path.join(dir, 'crm.csv');
  const lines = Array.from(
    { length: 1_500 },
    (_, n) => `${n},Account ${n},${n % 3 === 0 && n < 1_400 ? n + 1 + (n % 2) : ''}`,
  );
  await writeFile(at, ['Id,Name,Parent Id', ...lines, ''].join('\n'));
  return at;
}
const query = async <R>(text: string): Promise<R[]> => {
  const { rows } = await t.building.database.system((_tx, client) => client.query(text, [head.workspaceId]));
  return rows as R[];
};
const bring = async (file: string, signal?: AbortSignal) =>
  runImportFromCli(t.building.services, head, [file], signal ? { signal } : {});
const counted = () =>
  query<{ all: number; below: number; ids: number }>(
    `select count(*)::int as all, count(parent_id)::int as below,
       (select count(distinct external_id)::int from account_external_id where workspace_id = $1) as ids from account where workspace_id = $1`,
  );

describe('a large import', () => {
  it('is written by two connections, each row once, and the same file again changes nothing', async () => {
    const file = await tree();
    const done = await bring(file);
    expect(done.files).toMatchObject([{ new: 1_500, rejected: 0 }]);
    expect(await counted()).toEqual([{ all: 1_500, below: 467, ids: 1_500 }]);
    const sessions = await query<{ n: number }>(
      `select count(distinct xmin::text)::int as n from account where workspace_id = $1`,
    );
    expect(sessions, 'one transaction a chunk').toEqual([{ n: 8 }]);
    expect(t.building.database.pools.bulk.totalCount, 'connections that carried the import').toBe(2);
    expect((await bring(file)).files).toMatchObject([{ new: 0, changed: 0, same: 1_500 }]);
  });

  it('can be taken back whole', async () => {
    const done = await bring(await tree());
    await t.ok(head, api.undoImport, { params: { id: done.id } });
    await takeUp(t.building.services, 0);
    await work(t.building.services, head.workspaceId, done.id, new AbortController().signal);
    const { undo } = await t.ok(head, api.getImport, { params: { id: done.id } });
    expect(undo).toMatchObject({ removed: 1_500, kept: [] });
    expect(await counted()).toEqual([{ all: 0, below: 0, ids: 0 }]);
  });

  it('that is stopped keeps whole chunks and goes on where it stopped', async () => {
    const stop = new AbortController();
    const options = {
      signal: stop.signal,
      onProgress: (p: { phase: string; done: number }) => {
        if (p.phase.startsWith('Writing') && p.done > 0) stop.abort();
      },
    };
    await expect(runImportFromCli(t.building.services, head, [await tree()], options)).rejects.toThrow();
    const all = (await counted())[0]!.all;
    expect(all).toBeGreaterThan(0);
    expect(all).toBeLessThan(1_500);
    expect(all % 200).toBe(0);
    const [one] = (await t.ok(head, api.listImports)).items;
    await t.ok(head, api.resumeImport, { params: { id: one!.id } });
    await work(t.building.services, head.workspaceId, one!.id, new AbortController().signal);
    const now = await t.ok(head, api.getImport, { params: { id: one!.id } });
    expect(now).toMatchObject({ state: 'done', new: 1_500, same: 0, rejected: 0 });
    expect(await counted()).toEqual([{ all: 1_500, below: 467, ids: 1_500 }]);
  });

  it('is written by one connection where the others are taken', async () => {
    const { bulk } = t.building.database.pools;
    const taken = await Promise.all([bulk.connect(), bulk.connect()]);
    try {
      expect((await bring(await tree())).files).toMatchObject([{ new: 1_500 }]);
    } finally {
      for (const one of taken) one.release();
    }
  });
});
