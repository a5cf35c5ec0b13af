// Exports through HTTP: exactly the list, safe in spreadsheets, and back again without a change.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { type CallInput, pathOf, type RouteSpec } from '../../../kernel/contract/route.ts';
import * as accountsApi from '../../accounts/api.ts';
import { runImportFromCli } from '../../imports/server/index.ts';
import * as settingsApi from '../../settings/api.ts';
import * as peopleApi from '../../stakeholders/api.ts';
import * as api from '../api.ts';

let t: TestApp;
let head: Person;
let dir: string;
beforeAll(async () => {
  t = await openTestApp();
  dir = await mkdtemp(path.join(tmpdir(), 'openkam-exports-'));
});
afterAll(async () => {
  await t.close();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  head = await t.workspace('Northwind');
});

async function download<S extends RouteSpec>(as: Person, route: S, query: CallInput<S>['query']): Promise<Buffer> {
  const answer = await t.app.inject({
    method: 'GET',
    url: pathOf(route, undefined, query),
    headers: { authorization: `Bearer ${as.key}` },
  });
  expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200);
  return answer.rawPayload;
}
/** The cells of a CSV without quotes in it. */
const cells = (file: Buffer): string[][] =>
  file
    .toString('utf8')
    .replace('\ufeff', '')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
async function back(as: Person, file: Buffer, name: string) {
  const at = path.join(await mkdtemp(path.join(dir, 'x-')), name);
  await writeFile(at, file);
  return runImportFromCli(t.building.services, as, [at]);
}
/** What the workspace holds, without what counts changes. */
async function content(as: Person): Promise<unknown> {
  const all: Record<string, unknown[]> = {};
  for (const table of [
    'account',
    'account_external_id',
    'person',
    'person_external_id',
    'stakeholder',
    'custom_field',
  ]) {
    const { rows } = await t.building.database.system((_tx, client) =>
      client.query(`select to_jsonb(x) as row from ${table} x where workspace_id = $1 order by to_jsonb(x)::text`, [
        as.workspaceId,
      ]),
    );
    all[table] = rows.map((r) => r.row);
  }
  return all;
}

describe('an export of accounts', () => {
  it('holds exactly the filtered, sorted rows that the member sees', async () => {
    const kam = await t.member('kam', { in: head, name: 'Karim Kam' });
    for (const [name, city, ownerId] of [
      ['Acme', 'Berlin', kam.memberId],
      ['Globex', 'Rome', kam.memberId],
      ['Initech', 'Berlin', null],
      ['Zorg', 'Berlin', kam.memberId],
    ] as const)
      await t.ok(head, accountsApi.createAccount, { body: { name, city, industry: city, ownerId } });
    const names = (file: Buffer) => cells(file).map((c) => c[0]);
    const query = { columns: ['name', 'city'], sort: '-name' as const };
    expect(names(await download(head, api.exportAccounts, query))).toEqual([
      'Name',
      'Zorg',
      'Initech',
      'Globex',
      'Acme',
    ]);
    expect(names(await download(kam, api.exportAccounts, query))).toEqual(['Name', 'Zorg', 'Globex', 'Acme']);
    const some = await download(kam, api.exportAccounts, { ...query, industry: ['Berlin'] });
    expect(cells(some)).toEqual([
      ['Name', 'City'],
      ['Zorg', 'Berlin'],
      ['Acme', 'Berlin'],
    ]);
  });

  it('opens in a spreadsheet without running anything', async () => {
    await t.ok(head, accountsApi.createAccount, {
      body: { name: '=cmd|calc!A1', phone: '+49 30 1234', description: 'a, "b"\nc' },
    });
    const file = await download(head, api.exportAccounts, { columns: ['name', 'phone', 'description'] });
    expect(file.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(file.toString('utf8').slice(1)).toBe(
      'Name,Phone,Description\r\n\'=cmd|calc!A1,\'+49 30 1234,"a, ""b""\nc"\r\n',
    );
  });

  it('names columns that it does not have', async () => {
    const answer = await t.call(head, api.exportAccounts, { query: { columns: ['name', 'nonsense'] } });
    expect([answer.status, answer.problem.fields?.[0]?.field]).toEqual([422, 'columns']);
  });
});

describe('export, then import', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .map((s) => s.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '').trim())
    .filter((s) => /[\p{L}\p{N}]/u.test(s));
  const formula = fc.tuple(fc.constantFrom('=', '+', '-', '@', "'=", "'", ''), text).map(([a, b]) => a + b);
  const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
  const money = maybe(
    fc.record({ amount: fc.integer({ min: 0, max: 1e12 }), currency: fc.constantFrom('EUR', 'JPY', 'KWD') }),
  );
  const day = fc
    .date({ min: new Date('1950-01-01'), max: new Date('2080-12-31'), noInvalidDate: true })
    .map((d) => d.toISOString().slice(0, 10));
  const account = fc.record({
    name: formula,
    city: maybe(formula),
    description: formula,
    postalCode: maybe(fc.stringMatching(/^[0-9]{5}$/)),
    employees: maybe(fc.integer({ min: 0, max: 1e9 })),
    annualRevenue: money,
    arr: money,
    customerSince: maybe(day),
    status: fc.constantFrom('prospect' as const, 'active' as const, 'former' as const),
    tags: fc.uniqueArray(fc.constantFrom('alpha', 'beta two', 'gamma'), { maxLength: 2 }),
    externalIds: fc.uniqueArray(fc.record({ system: fc.constantFrom('salesforce', 'erp'), id: fc.uuid() }), {
      selector: (x) => x.system,
      maxLength: 2,
    }),
    score: maybe(fc.integer({ min: -5, max: 500 })),
    segment: maybe(formula),
    budget: money,
    seen: maybe(day),
    vip: maybe(fc.boolean()),
  });

  it.each(['csv', 'xlsx'] as const)(
    'changes nothing, whatever the accounts and people are like (%s)',
    async (format) => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(account, { selector: (a) => a.name, minLength: 1, maxLength: 5 }),
          async (list) => {
            head = await t.workspace('Round trip');
            for (const [label, type] of [
              ['Score', 'number'],
              ['Segment', 'text'],
              ['Budget', 'money'],
              ['Seen', 'date'],
              ['VIP', 'boolean'],
              ['Name', 'text'],
            ] as const)
              await t.ok(head, settingsApi.createField, { body: { entity: 'accounts', label, type } });
            let parentId: string | null = null;
            for (const { score, segment, budget, seen, vip, ...body } of list) {
              const custom = { score, segment, budget, seen, vip, name: segment };
              const made: { id: string } = await t.ok(head, accountsApi.createAccount, {
                body: { ...body, parentId, custom, ownerId: head.memberId },
              });
              parentId = made.id;
              const boss = await t.ok(head, peopleApi.createPerson, {
                body: { name: `${body.name} boss`, email: 'boss@example.com', accounts: [{ accountId: made.id }] },
              });
              await t.ok(head, peopleApi.createPerson, {
                body: {
                  name: body.name,
                  firstName: body.city ?? 'Ann',
                  notes: body.description,
                  doNotContact: vip ?? false,
                  accounts: [
                    { accountId: made.id, title: body.city ?? null, reportsToId: boss.id },
                    ...(list.length > 1 ? [{ accountId: await firstOf(head, made.id), department: 'Sales' }] : []),
                  ].filter((a, i, all) => all.findIndex((b) => b.accountId === a.accountId) === i),
                },
              });
            }
            const before = await content(head);
            const accounts = await back(
              head,
              await download(head, api.exportAccounts, { format }),
              `Accounts.${format}`,
            );
            expect([accounts.problem, accounts.files]).toMatchObject([
              null,
              [{ entity: 'accounts', new: 0, changed: 0, same: list.length, rejected: 0 }],
            ]);
            const people = await back(head, await download(head, api.exportPeople, { format }), `People.${format}`);
            expect([people.problem, people.files]).toMatchObject([
              null,
              [{ entity: 'people', new: 0, changed: 0, rejected: 0 }],
            ]);
            expect(await content(head)).toEqual(before);
          },
        ),
        { numRuns: 3 },
      );
    },
    300_000,
  );
  const firstOf = async (as: Person, other: string): Promise<string> => {
    const { items } = await t.ok(as, accountsApi.listAccounts, { query: { sort: 'createdAt' } });
    return items[0]?.id ?? other;
  };

  it('into an empty workspace makes the same accounts, with tree and ids', async () => {
    const top = await t.ok(head, accountsApi.createAccount, {
      body: { name: 'Top', externalIds: [{ system: 'erp', id: '7' }], arr: { amount: 12345, currency: 'EUR' } },
    });
    await t.ok(head, accountsApi.createAccount, { body: { name: 'Below', parentId: top.id, tags: ['x'] } });
    const other = await t.workspace('Elsewhere');
    const done = await back(other, await download(head, api.exportAccounts, { format: 'xlsx' }), 'Accounts.xlsx');
    expect(done.files).toMatchObject([{ new: 2, rejected: 0 }]);
    const { items } = await t.ok(other, accountsApi.listAccounts);
    expect(items.map((a) => [a.name, a.parentName, a.arr, a.tags, a.externalIds])).toEqual([
      ['Below', 'Top', null, ['x'], []],
      ['Top', null, { amount: 12345, currency: 'EUR' }, [], [{ system: 'erp', id: '7' }]],
    ]);
  });
});
