// Growth's figures as anybody asks for them, and its imports; with a ledger of a few known amounts.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { modules } from '../../../app/server.ts';
import { explainMetric, getMetric } from '../../../kernel/contract/metrics.ts';
import type { CallInput } from '../../../kernel/contract/route.ts';
import type { CurrentRevenue } from '../../../kernel/server/closing.ts';
import type { ServerModule } from '../../../kernel/server/module.ts';
import { createAccount } from '../../accounts/api.ts';
import { getImport, undoImport } from '../../imports/api.ts';
import { runImportFromCli } from '../../imports/server/cli.ts';
import { createProduct, createSeries } from '../../products/api.ts';
import * as api from '../api.ts';
import * as moneyApi from '../api-money.ts';

let booked: Awaited<ReturnType<CurrentRevenue>> = [];
const ledger: ServerModule = {
  name: 'ledger',
  routes: [],
  permissions: {},
  contributes: { currentRevenue: async (_ctx, ids) => booked.filter((r) => ids.includes(r.accountId)) },
};
let t: TestApp;
let head: Person;
let folder: string;
beforeAll(async () => {
  t = await openTestApp({ worker: true, modules: [ledger, ...modules] });
  t.setTime('2026-11-22T10:00:00Z');
  folder = await mkdtemp(path.join(tmpdir(), 'openkam-growth-'));
});
afterAll(async () => {
  await t.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  booked = [];
  head = await t.workspace('Northwind');
});

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const account = (name: string, more: Record<string, unknown> = {}) =>
  t.ok(head, createAccount, { body: { name, ...more } });
const product = (name: string, more: Record<string, unknown> = {}) =>
  t.ok(head, createProduct, { body: { name, ...more } });
const put = (body: Omit<NonNullable<CallInput<typeof api.putCell>['body']>, 'year' | 'version'>) =>
  t.ok(head, api.putCell, { body: { year: 2026, version: null, ...body } });
const metric = (id: string, query: Record<string, unknown> = {}, as = head) =>
  t.ok(as, getMetric, { params: { id }, query: query as never });

describe('figures of growth', () => {
  it('of a member who sees some accounts are those of these accounts; rows add up to the figure', async () => {
    const kam = await t.member('kam', { in: head });
    const [mine, other] = [await account('Mine', { ownerId: kam.memberId }), await account('Other')];
    const [a, b] = [await product('A'), await product('B')];
    booked = [{ accountId: mine.id, productId: a.id, currency: 'EUR', arrMinor: 400 }];
    await put({ accountId: mine.id, productId: a.id, potential: eur(1_000) });
    await put({ accountId: mine.id, productId: b.id, status: 'not_eligible' });
    await put({ accountId: other.id, productId: b.id, potential: eur(5_000) });
    expect(await metric('whitespace')).toMatchObject({
      value: eur(5_600),
      unit: 'money',
      definition: { id: 'whitespace', version: 1 },
      parts: { open: eur(5_600), cells: 2 },
    });
    expect((await metric('whitespace', {}, kam)).value).toEqual(eur(600));
    expect(await metric('penetration')).toMatchObject({ value: '0.333333', parts: { owned: 1, eligible: 3 } });
    expect((await metric('penetration', {}, kam)).value).toBe('1.000000');
    const grouped = await metric('whitespace', { groupBy: 'product' });
    expect(grouped.groups?.map((g) => [g.label, g.value])).toEqual([
      ['B', eur(5_000)],
      ['A', eur(600)],
    ]);
    const { items } = await t.ok(head, explainMetric, { params: { id: 'whitespace' } });
    expect(items.map((r) => [r.label, r.parts.open])).toEqual([
      ['Other · B', eur(5_000)],
      ['Mine · A', eur(600)],
    ]);
    expect(
      (await t.call(head, getMetric, { params: { id: 'whitespace' }, query: { groupBy: 'nonsense' } })).status,
    ).toBe(422);
  });

  it('say that they are not known where nothing is, never zero', async () => {
    await account('Empty');
    expect((await metric('whitespace')).value).toBeNull();
    expect((await metric('penetration')).value).toBeNull();
    expect((await metric('share-of-wallet')).value).toBeNull();
    expect((await metric('account-margin')).value).toBeNull();
  });

  it('of margin and wallet take revenue of twelve months, cost of delivery and cost to serve', async () => {
    const acme = await account('Acme');
    const suite = await product('Suite', { deliveryCostShare: 0.2 });
    booked = [{ accountId: acme.id, productId: suite.id, currency: 'EUR', arrMinor: 12_000 }];
    await t.ok(head, moneyApi.addExpense, {
      body: { accountId: acme.id, kind: 'travel', spentOn: '2026-05-01', amount: eur(600) },
    });
    await t.ok(head, moneyApi.addEstimate, {
      body: {
        accountId: acme.id,
        spend: eur(48_000),
        estimatedOn: '2026-01-01',
        source: 'interview',
        confidence: 'low',
      },
    });
    expect(await metric('account-margin', { from: '2025-11-23', to: '2026-11-22' })).toMatchObject({
      value: eur(9_000),
      parts: { revenue: eur(12_000), deliveryCost: eur(2_400), costToServe: eur(600) },
    });
    expect(await metric('share-of-wallet')).toMatchObject({ value: '0.250000', parts: { accounts: 1 } });
  });
});

describe('imports of growth', () => {
  async function bring(name: string, lines: string[]) {
    const file = path.join(folder, name);
    await writeFile(file, lines.join('\n'));
    const done = await runImportFromCli(t.building.services, head, [file]);
    expect(done, JSON.stringify(done)).toMatchObject({ exitCode: 0, problem: null });
    return { id: done.id, ...done.files[0]! };
  }

  it('bring expenses of a travel tool, the same file again changes nothing, and are taken back', async () => {
    await account('Acme');
    const lines = [
      'Expense date,Employee,Customer,Category,Amount,Currency,Purpose',
      `2026-03-01,${head.name},Acme,Flight,"1,200.50",EUR,Kick-off`,
      '2026-03-02,Somebody Else,Acme,Dinner,80.00,USD,Kick-off',
      '2026-03-02,Somebody Else,Acme,Dinner,80.00,USD,Kick-off',
      '2026-03-05,Somebody Else,Acme,Flight,-100.00,EUR,Refund',
      '2026-03-05,Somebody Else,Nobody knows,Flight,100.00,EUR,Lost',
    ];
    const first = await bring('travel expenses.csv', lines);
    expect(first).toMatchObject({ entity: 'expenses', new: 4, rejected: 1 });
    const { items } = await t.ok(head, moneyApi.listExpenses);
    expect(items.map((e) => [e.spentOn, e.kind, e.amount, e.memberName])).toEqual([
      ['2026-03-05', 'travel', eur(-10_000), 'Somebody Else'],
      ['2026-03-02', 'entertainment', { amount: 8_000, currency: 'USD' }, 'Somebody Else'],
      ['2026-03-02', 'entertainment', { amount: 8_000, currency: 'USD' }, 'Somebody Else'],
      ['2026-03-01', 'travel', eur(120_050), head.name],
    ]);
    expect(items[3]!.memberId).toBe(head.memberId);
    expect(await bring('travel expenses.csv', lines)).toMatchObject({ new: 0, changed: 0, same: 4 });
    await t.ok(head, undoImport, { params: { id: first.id } });
    for (let i = 0; i < 200; i++) {
      if ((await t.ok(head, getImport, { params: { id: first.id } })).state === 'undone') break;
      await sleep(50);
    }
    expect((await t.ok(head, moneyApi.listExpenses)).items).toEqual([]);
  });

  it('bring wallet estimates with source and confidence, also where nobody has named the category before', async () => {
    const acme = await account('Acme');
    await t.ok(head, createSeries, { body: { name: 'Cloud' } });
    const done = await bring('wallet.csv', [
      'Account,Category,Annual spend,Currency,As of,Source,Confidence',
      'Acme,Cloud,500000,EUR,2026-01-31,Annual report,high',
      'Acme,,2000000,EUR,2026-01-31,Analyst,low',
      'Acme,Hardware,1,EUR,2026-01-31,Analyst,low',
    ]);
    expect(done).toMatchObject({ entity: 'wallet-estimates', new: 3, rejected: 0 });
    const wallet = await t.ok(head, moneyApi.getWallet, { query: { accountId: acme.id } });
    expect(wallet.estimates.map((e) => [e.seriesName, e.spend.amount, e.confidence, e.source]).sort()).toEqual([
      [null, 200_000_000, 'low', 'Analyst'],
      ['Cloud', 50_000_000, 'high', 'Annual report'],
      ['Hardware', 100, 'low', 'Analyst'],
    ]);
  });
});
