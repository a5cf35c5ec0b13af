// The portfolio narrowed to one import: what it made and what it changed, for those who may see the import.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { createAccount, groupAccounts, listAccounts, summariseAccounts } from '../../accounts/api.ts';
import * as api from '../api.ts';
import { runImportFromCli } from './cli.ts';

let t: TestApp;
let head: Person;
let kam: Person;
let dir: string;
beforeAll(async () => {
  t = await openTestApp({ worker: true });
  dir = await mkdtemp(path.join(tmpdir(), 'openkam-of-import-'));
  head = await t.workspace('Northwind');
  kam = await t.member('kam', { in: head, name: 'Karim Kam', level: 'own' });
});
afterAll(async () => {
  await t.close();
  await rm(dir, { recursive: true, force: true });
});
async function bring(...lines: string[]): Promise<string> {
  const at = path.join(dir, 'accounts.csv');
  await writeFile(at, `${lines.join('\n')}\n`);
  return (await runImportFromCli(t.building.services, head, [at])).id;
}
const names = async (as: Person, importId: string) =>
  (await t.ok(as, listAccounts, { query: { importId } })).items.map((a) => a.name);

describe('the accounts of an import', () => {
  it('are those that it made or changed, in list, sums, groups and export alike, until it is taken back', async () => {
    await t.ok(head, createAccount, { body: { name: 'By hand', ownerId: kam.memberId } });
    const first = await bring('Id,Name,City', '1,Acme,Rome', '2,Globex,Oslo', '3,Initech,Bonn');
    const second = await bring('Id,Name,City', '1,Acme,Rome', '2,Globex,Bergen', '4,Umbrella,Kyiv');
    expect(await names(head, first)).toEqual(['Acme', 'Globex', 'Initech']);
    expect(await names(head, second)).toEqual(['Globex', 'Umbrella']);
    expect((await t.ok(head, summariseAccounts, { query: { importId: second } })).count).toBe(2);
    const { items } = await t.ok(head, groupAccounts, { query: { importId: second, group: 'status' } });
    expect(items.map((g) => g.count)).toEqual([2]);
    const file = await t.app.inject({
      method: 'GET',
      url: `/api/v1/exports/accounts?importId=${second}&columns=name`,
      headers: { authorization: `Bearer ${head.key}` },
    });
    expect(file.body.replace('\ufeff', '').trim().split('\r\n')).toEqual(['Name', 'Globex', 'Umbrella']);
    await t.ok(head, api.undoImport, { params: { id: second } });
    await expect
      .poll(async () => (await t.ok(head, api.getImport, { params: { id: second } })).state, { timeout: 30_000 })
      .toBe('undone');
    expect(await names(head, second)).toEqual([]);
    expect(await names(head, first)).toEqual(['Acme', 'Globex', 'Initech']);
  });

  it('stay unknown to who may not see the import, even where the accounts are their own', async () => {
    const id = await bring('Id,Name,Owner', '7,Hers,Karim Kam', '8,Nobody’s,');
    expect((await t.ok(kam, listAccounts)).items.map((a) => a.name)).toContain('Hers');
    expect(await names(kam, id)).toEqual([]);
    expect((await t.ok(kam, summariseAccounts, { query: { importId: id } })).count).toBe(0);
    expect(await names(head, id)).toHaveLength(2);
    // Nor to people of another workspace.
    expect(await names(t.admin, id)).toEqual([]);
  });
});
