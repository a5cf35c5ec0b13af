// Imports through HTTP and the command line on a real PostgreSQL, with real files where they are at hand.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { upload } from '../../../../test/upload.ts';
import { root } from '../../../app/building.ts';
import * as accountsApi from '../../accounts/api.ts';
import * as peopleApi from '../../stakeholders/api.ts';
import * as api from '../api.ts';
import { runImportFromCli } from './cli.ts';

const shared = (name: string) => path.resolve(root, '../shared/data', name);
const salesforce = shared('salesforce-export/Account.csv');
const ravenstack = shared('ravenstack-saas/ravenstack_accounts.csv');

let t: TestApp;
let head: Person;
beforeAll(async () => {
  t = await openTestApp({ worker: true });
});
afterAll(() => t.close());
beforeEach(async () => {
  head = await t.workspace('Northwind');
});

/** Waits until an import stops working by itself. */
async function settled(as: Person, id: string): Promise<api.Import> {
  const until = Date.now() + 60_000;
  for (;;) {
    const now = await t.ok(as, api.getImport, { params: { id } });
    if (!['analysing', 'checking', 'running', 'cancelling', 'undoing'].includes(now.state)) return now;
    if (Date.now() > until) throw new Error(`still ${now.state}: ${now.phase}`);
    await sleep(50);
  }
}
async function bring(as: Person, ...files: { name: string; content: string | Uint8Array }[]): Promise<api.Import> {
  const answer = await upload(t, as, api.createImport, files);
  expect(answer.status, answer.raw).toBe(201);
  return settled(as, (answer.body as api.Import).id);
}
const cli = (as: Person, files: string[], options: Parameters<typeof runImportFromCli>[3] = {}) =>
  runImportFromCli(t.building.services, as, files, options);
const names = async (as: Person) =>
  (await t.ok(as, accountsApi.listAccounts, { query: { limit: 200 } })).items.map((a) => a.name);

describe('a list of accounts through the browser', () => {
  it('is recognised, tried, brought in, and taken back', async () => {
    const csv =
      'Customer No,Company,City,Annual Revenue,Favourite colour\n1,Acme,Berlin,"1,000.50",red\n2,Globex,Paris,"2,000.00",blue\n';
    const seen = await bring(head, { name: 'customers.csv', content: csv });
    expect(seen.state).toBe('ready');
    expect(seen.files[0]).toMatchObject({ entity: 'accounts', rows: 2, questions: [], problem: null });
    expect(Object.fromEntries(seen.files[0]!.columns.map((c) => [c.header, c.target]))).toMatchObject({
      'Customer No': { kind: 'field', field: 'externalId' },
      Company: { kind: 'field', field: 'name' },
      City: { kind: 'field', field: 'city' },
      'Favourite colour': { kind: 'custom', name: 'Favourite colour' },
    });

    await t.ok(head, api.dryRunImport, { params: { id: seen.id } });
    const tried = await settled(head, seen.id);
    expect(tried.state).toBe('ready');
    expect(tried.files[0]!.report).toMatchObject({
      new: 2,
      changed: 0,
      same: 0,
      rejected: 0,
      newFields: ['Favourite colour'],
    });
    expect(await names(head), 'a trial writes nothing').toEqual([]);

    await t.ok(head, api.applyImport, { params: { id: seen.id } });
    const done = await settled(head, seen.id);
    expect(done).toMatchObject({ state: 'done', problem: null });
    const { items } = await t.ok(head, accountsApi.listAccounts);
    expect(items.map((a) => [a.name, a.city, a.annualRevenue?.amount, a.custom, a.externalIds])).toEqual([
      ['Acme', 'Berlin', 100050, { favourite_colour: 'red' }, [{ system: 'customers', id: '1' }]],
      ['Globex', 'Paris', 200000, { favourite_colour: 'blue' }, [{ system: 'customers', id: '2' }]],
    ]);

    await t.ok(head, api.undoImport, { params: { id: seen.id } });
    const undone = await settled(head, seen.id);
    expect(undone).toMatchObject({ state: 'undone', undo: { removed: 2, restored: 0, keptCount: 0 } });
    expect(await names(head)).toEqual([]);
  });
});

describe.skipIf(!existsSync(salesforce))('a Salesforce export (needs the shared data)', () => {
  const both = [shared('salesforce-export/Contact.csv'), salesforce];
  it('brings 18 accounts and 25 people with their parents and accounts, and changes nothing the second time', async () => {
    const first = await cli(head, both);
    expect(first).toMatchObject({ exitCode: 0, problem: null });
    expect(first.files).toMatchObject([
      { file: 'Contact.csv', entity: 'people', new: 25, changed: 0, same: 0, rejected: 0 },
      { file: 'Account.csv', entity: 'accounts', new: 18, changed: 0, same: 0, rejected: 0 },
    ]);
    const cells = (name: string) =>
      readFileSync(shared(name), 'utf8')
        .trim()
        .split(/\r?\n/)
        .slice(1)
        .map((l) => [...l.matchAll(/"([^"]*)"|([^,]+)|(?<=^|,)(?=,|$)/g)].map((m) => m[1] ?? m[2] ?? ''));
    const { items: accounts } = await t.ok(head, accountsApi.listAccounts, { query: { limit: 200 } });
    const byId = new Map(accounts.map((a) => [a.externalIds.find((x) => x.system === 'salesforce')!.id, a]));
    expect(byId.size).toBe(18);
    for (const row of cells('salesforce-export/Account.csv')) {
      const found = byId.get(row[0]!)!;
      expect(found.name).toBe(row[2]);
      expect(found.parentId).toBe(row[4] ? byId.get(row[4])!.id : null);
    }
    const { items: people } = await t.ok(head, peopleApi.listPeople, { query: { limit: 200 } });
    expect(people).toHaveLength(25);
    for (const row of cells('salesforce-export/Contact.csv')) {
      const found = people.find((p) => p.externalIds.some((x) => x.id === row[0]))!;
      expect([found.name, found.email]).toEqual([`${row[4]} ${row[3]}`, row[8] || null]);
      expect(found.accounts.map((a) => [a.accountId, a.title])).toEqual(
        row[2] ? [[byId.get(row[2])!.id, row[9] || null]] : [],
      );
    }
    const second = await cli(head, both);
    expect(second.files).toMatchObject([
      { new: 0, changed: 0, same: 25, rejected: 0 },
      { new: 0, changed: 0, same: 18, rejected: 0 },
    ]);
  });

  it('is tried with links between its files, and nothing is written', async () => {
    const tried = await cli(head, both, { dryRun: true });
    expect(tried.files).toMatchObject([
      { entity: 'people', new: 25, rejected: 0 },
      { entity: 'accounts', new: 18, rejected: 0 },
    ]);
    expect(tried.files.flatMap((f) => f.reasons)).toEqual([]);
    expect(await names(head)).toEqual([]);
    expect((await t.ok(head, api.listImports)).items, 'a trial leaves no import behind').toEqual([]);
  });
});

describe.skipIf(!existsSync(ravenstack))('the accounts of a subscription business (needs the shared data)', () => {
  it('are 500 with sign-up dates read day first', async () => {
    const done = await cli(head, [ravenstack]);
    expect(done.files).toMatchObject([{ entity: 'accounts', new: 500, rejected: 0, questions: [] }]);
    const rows = readFileSync(ravenstack, 'utf8').split(/\r?\n/).slice(1, 4);
    const [id, name, , , day] = rows[0]!.split(',') as [string, string, string, string, string];
    const found = (await t.ok(head, accountsApi.listAccounts, { query: { q: name } })).items.find(
      (a) => a.name === name,
    )!;
    expect(found.customerSince).toBe(day.split('-').reverse().join('-'));
    expect(found.externalIds).toEqual([{ system: 'ravenstack', id }]);
  });
});
