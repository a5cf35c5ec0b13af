// The growth room through HTTP on a real PostgreSQL, with a ledger of a few known amounts.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { modules } from '../../../app/server.ts';
import type { CallInput } from '../../../kernel/contract/route.ts';
import type { CurrentRevenue } from '../../../kernel/server/closing.ts';
import type { ServerModule } from '../../../kernel/server/module.ts';
import { createAccount, mergeAccounts } from '../../accounts/api.ts';
import { getOpportunity } from '../../pipeline/api.ts';
import { loseOpportunity } from '../../pipeline/api-closing.ts';
import { createProduct, createSeries } from '../../products/api.ts';
import { putRate, updateWorkspace } from '../../settings/api.ts';
import * as api from '../api.ts';
import * as moneyApi from '../api-money.ts';

/** What the ledger says: yearly amounts by account and product. */
let booked: Awaited<ReturnType<CurrentRevenue>> = [];
const ledger: ServerModule = {
  name: 'ledger',
  routes: [],
  permissions: {},
  contributes: {
    currentRevenue: async (_ctx, accountIds) => booked.filter((r) => accountIds.includes(r.accountId)),
  },
};

let t: TestApp;
let head: Person;
beforeAll(async () => {
  t = await openTestApp({ modules: [ledger, ...modules] });
  t.setTime('2026-11-22T10:00:00Z');
});
afterAll(() => t.close());
beforeEach(async () => {
  booked = [];
  head = await t.workspace('Northwind');
});

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const account = (name: string, more: Record<string, unknown> = {}, as = head) =>
  t.ok(as, createAccount, { body: { name, ...more } });
const product = (name: string, more: Record<string, unknown> = {}) =>
  t.ok(head, createProduct, { body: { name, ...more } });
const put = (body: NonNullable<CallInput<typeof api.putCell>['body']>, as = head) => t.call(as, api.putCell, { body });
const grid = (accountId: string, query: Record<string, unknown> = {}, as = head) =>
  t.ok(as, api.getGrid, { query: { accountId, ...query } });

describe('a cell', () => {
  it('keeps what was said and adds what ledger and pipeline know: the worked vector', async () => {
    const [acme, suite] = [await account('Acme'), await product('Suite')];
    booked = [{ accountId: acme.id, productId: suite.id, currency: 'EUR', arrMinor: 20_000 }];
    const rival = await t.ok(head, api.createCompetitor, { body: { name: 'Rival' } });
    const place = { accountId: acme.id, productId: suite.id, year: 2026 };
    const made = await put({
      ...place,
      version: null,
      status: 'competitor',
      potential: eur(100_000),
      competitorId: rival.id,
      incumbentEndsOn: '2027-03-31',
      fit: 60,
      access: 50,
      effort: 2,
      confidence: 'medium',
      source: 'their annual report',
      nextStep: 'Ask for the tender',
    });
    expect(made.body).toMatchObject({
      potential: eur(100_000),
      current: eur(20_000),
      open: eur(80_000),
      priority: eur(12_000),
      competitorName: 'Rival',
      owned: true,
      version: 1,
    });
    const opened = await t.ok(head, api.openOpportunity, {
      params: { id: made.body.id! },
      body: { closesOn: '2027-01-31', amount: eur(30_000) },
    });
    expect(opened.cell).toMatchObject({ pipeline: eur(30_000), open: eur(50_000), priority: eur(7_500) });
    expect(await t.ok(head, getOpportunity, { params: { id: opened.opportunityId } })).toMatchObject({
      accountId: acme.id,
      productId: suite.id,
      type: 'upsell',
      amount: eur(30_000),
      closesOn: '2027-01-31',
    });
    const twice = await t.call(head, api.openOpportunity, {
      params: { id: made.body.id! },
      body: { closesOn: '2027-01-31' },
    });
    expect(twice.problem.code).toBe('opportunity_open');
  });

  it('becomes an opportunity of what is open; when that is lost, another one may follow', async () => {
    const [acme, suite] = [await account('Acme'), await product('Suite')];
    const made = await put({
      accountId: acme.id,
      productId: suite.id,
      year: 2026,
      version: null,
      potential: eur(70_000),
    });
    const params = { id: made.body.id! };
    const first = await t.ok(head, api.openOpportunity, { params, body: { closesOn: '2027-01-31' } });
    expect((await t.ok(head, getOpportunity, { params: { id: first.opportunityId } })).amount).toEqual(eur(70_000));
    expect(first.cell.open).toEqual(eur(0));
    await t.ok(head, loseOpportunity, { params: { id: first.opportunityId }, body: { reason: 'price' } as never });
    const next = await t.ok(head, api.openOpportunity, { params, body: { closesOn: '2027-06-30' } });
    expect(next.opportunityId).not.toBe(first.opportunityId);
  });

  it('never lets the second of two editors overwrite the first, nor an empty cell hide what somebody wrote', async () => {
    const place = { accountId: (await account('Acme')).id, productId: (await product('Suite')).id, year: 2026 };
    await put({ ...place, version: null, status: 'in_house' });
    const blind = await put({ ...place, version: null, status: 'ours' });
    expect([blind.status, blind.problem.code]).toEqual([409, 'version_conflict']);
    expect(blind.problem.current).toMatchObject({ status: 'in_house', version: 1 });
    expect((await put({ ...place, version: 1, fit: 80 })).body).toMatchObject({
      status: 'in_house',
      fit: 80,
      version: 2,
    });
    expect((await put({ ...place, version: 1, fit: 10 })).status).toBe(409);
  });

  it('shows how it stood in other years, and is cleared without touching them', async () => {
    const place = { accountId: (await account('Acme')).id, productId: (await product('Suite')).id };
    await put({ ...place, year: 2025, version: null, status: 'competitor', potential: eur(5) });
    const now = await put({ ...place, year: 2026, version: null, status: 'ours' });
    expect(now.body.history).toEqual([{ year: 2025, status: 'competitor', potential: eur(5), competitorName: null }]);
    await t.ok(head, api.clearCell, { params: { id: now.body.id! } });
    expect(await t.ok(head, api.getCell, { query: { ...place, year: 2026 } })).toMatchObject({
      id: null,
      status: 'unknown',
      version: null,
    });
    expect((await grid(place.accountId, { year: 2025 })).cells).toHaveLength(1);
  });

  it('refuses what is not there and what only the ledger may say', async () => {
    const place = { accountId: (await account('Acme')).id, productId: (await product('Suite')).id, year: 2026 };
    expect((await put({ ...place, version: null, current: eur(1) })).problem.fields?.[0]?.field).toBe('current');
    expect((await put({ ...place, version: null, competitorId: crypto.randomUUID() })).status).toBe(422);
    expect((await put({ ...place, version: null, unitId: crypto.randomUUID() })).status).toBe(404);
    expect((await put({ ...place, version: null, fit: 101 })).status).toBe(422);
    expect((await put({ ...place, version: null, potential: eur(-1) })).status).toBe(422);
  });
});

describe('the grid', () => {
  it('rolls units and accounts up the tree: sums, penetration without what is not eligible', async () => {
    const top = await account('Top');
    const child = await account('Child', { parentId: top.id });
    const [a, b] = [await product('A'), await product('B')];
    const plant = await t.ok(head, api.createUnit, { body: { accountId: child.id, name: 'Plant' } });
    booked = [{ accountId: child.id, productId: a.id, currency: 'EUR', arrMinor: 1000 }];
    const at = (accountId: string, productId: string, unitId: string | null = null) => ({
      accountId,
      productId,
      unitId,
      year: 2026,
      version: null,
    });
    await put({ ...at(top.id, a.id), status: 'ours', potential: eur(500) });
    await put({ ...at(child.id, b.id), status: 'not_eligible', potential: eur(900) });
    await put({ ...at(child.id, a.id, plant.id), potential: eur(300), current: eur(100), status: 'ours' });
    const g = await grid(top.id, { withChildren: 'true' });
    expect(g.units.map((u) => [u.name, u.kind, u.depth, u.parent])).toEqual([
      ['Top', 'account', 0, null],
      ['Child', 'child', 1, 0],
      ['Plant', 'unit', 2, 1],
    ]);
    expect(g.total).toEqual({
      potential: 800,
      current: 1100,
      pipeline: 0,
      open: 700,
      owned: 3,
      eligible: 5,
      penetration: '0.600000',
    });
    expect(g.units[0]!.withBelow).toEqual(g.total);
    expect(g.units[1]!.withBelow).toMatchObject({ owned: 2, eligible: 3, potential: 300 });
    expect(g.products.map((p) => [p.name, p.total.owned])).toEqual([
      ['A', 3],
      ['B', 0],
    ]);
    expect((await grid(top.id)).units.map((u) => u.name)).toEqual(['Top']);
  });

  it('takes the year before over, and leaves alone what stands', async () => {
    const acme = await account('Acme');
    const [a, b] = [await product('A'), await product('B')];
    for (const p of [a, b])
      await put({ accountId: acme.id, productId: p.id, year: 2025, version: null, status: 'competitor', fit: 40 });
    await put({ accountId: acme.id, productId: a.id, year: 2026, version: null, status: 'ours' });
    const body = { accountId: acme.id, from: 2025, to: 2026 };
    expect(await t.ok(head, api.copyGrid, { body })).toEqual({ copied: 1 });
    expect(await t.ok(head, api.copyGrid, { body }), 'a second time changes nothing').toEqual({ copied: 0 });
    const g = await grid(acme.id);
    expect(g.cells.map((c) => c.status).sort()).toEqual(['competitor', 'ours']);
    expect(g.years).toEqual([2025, 2026]);
  });

  it('never adds unlike money: other currencies at the rate of the day, without a rate they are left out and said', async () => {
    const [acme, suite] = [await account('Acme'), await product('Suite')];
    const place = { accountId: acme.id, productId: suite.id, year: 2026 };
    await put({ ...place, version: null, potential: { amount: 10_000, currency: 'USD' }, fit: 100, access: 100 });
    const without = await grid(acme.id);
    expect(without.cells).toMatchObject([{ potential: null, open: null, priority: null }]);
    expect(without.warnings).toMatchObject([{ code: 'no_rate' }]);
    await t.ok(head, putRate, { body: { base: 'EUR', currency: 'USD', on: '2026-11-20', rate: '1.25' } });
    expect((await grid(acme.id)).cells).toMatchObject([{ potential: 8_000, open: 8_000, priority: 8_000 }]);
  });

  it('changes many cells alike, but none that changed since it was seen', async () => {
    const acme = await account('Acme');
    const [a, b, c] = [await product('A'), await product('B'), await product('C')];
    await put({ accountId: acme.id, productId: a.id, year: 2026, version: null, fit: 10 });
    const cell = (productId: string, version?: number | null) => ({
      accountId: acme.id,
      productId,
      ...(version === undefined ? {} : { version }),
    });
    const done = await t.ok(head, api.bulkCells, {
      body: {
        year: 2026,
        cells: [cell(a.id, 7), cell(b.id, null), cell(c.id)],
        change: { status: 'in_house', potential: eur(9) },
      },
    });
    expect(done).toEqual({ changed: 2, conflicts: 1 });
    expect((await grid(acme.id)).cells.map((x) => [x.status, x.potential])).toEqual([
      ['unknown', null],
      ['in_house', 9],
      ['in_house', 9],
    ]);
    const stranger = await t.call(head, api.bulkCells, {
      body: {
        year: 2026,
        cells: [cell(a.id), { accountId: crypto.randomUUID(), productId: a.id }],
        change: { fit: 1 },
      },
    });
    expect(stranger.status).toBe(404);
  });
});

describe('over the portfolio', () => {
  it('what is most worth doing comes first, and pages join', async () => {
    const acme = await account('Acme');
    for (const [name, fit, effort] of [
      ['low', 10, 1],
      ['high', 90, 1],
      ['hard', 90, 3],
      ['unsaid', null, 1],
    ] as const) {
      const p = await product(name);
      await put({
        accountId: acme.id,
        productId: p.id,
        year: 2026,
        version: null,
        potential: eur(1000),
        fit,
        effort,
        access: 100,
      });
    }
    const seen: (string | number | undefined)[][] = [];
    let cursor: string | undefined;
    do {
      const one = await t.ok(head, api.listWhitespace, { query: { limit: 2, cursor } });
      seen.push(...one.items.map((i) => [i.productName, i.priority?.amount]));
      cursor = one.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual([
      ['high', 900],
      ['hard', 300],
      ['low', 100],
      ['unsaid', undefined],
    ]);
  });

  it('contracts of others that end within twelve months are listed by day; the newest year counts', async () => {
    const acme = await account('Acme');
    const rival = await t.ok(head, api.createCompetitor, { body: { name: 'Rival' } });
    const ends = async (name: string, on: string, year = 2026) =>
      put({
        accountId: acme.id,
        productId: (await product(name)).id,
        year,
        version: null,
        status: 'competitor',
        competitorId: rival.id,
        incumbentEndsOn: on,
      });
    await ends('today', '2026-11-22');
    await ends('last day', '2027-11-22');
    await ends('too late', '2027-11-23');
    await ends('over', '2026-11-21');
    const old = await ends('moved', '2026-12-31', 2025);
    await put({ accountId: acme.id, productId: old.body.productId, year: 2026, version: null, status: 'ours' });
    const list = await t.ok(head, api.listEnding, { query: { limit: 1 } });
    const next = await t.ok(head, api.listEnding, { query: { cursor: list.nextCursor! } });
    expect([...list.items, ...next.items].map((i) => [i.productName, i.competitorName])).toEqual([
      ['today', 'Rival'],
      ['last day', 'Rival'],
    ]);
    expect((await t.ok(head, api.listCompetitors)).items).toMatchObject([{ name: 'Rival', cells: 4 }]);
  });
});

describe('who sees only some accounts', () => {
  it('has sums, lists and shares over exactly those, and 404 for the others', async () => {
    const kam = await t.member('kam', { in: head });
    const mine = await account('Mine', { ownerId: kam.memberId });
    const other = await account('Other', { parentId: mine.id });
    const suite = await product('Suite');
    booked = [mine, other].map((a) => ({ accountId: a.id, productId: suite.id, currency: 'EUR', arrMinor: 100 }));
    for (const a of [mine, other])
      await put({
        accountId: a.id,
        productId: suite.id,
        year: 2026,
        version: null,
        potential: eur(1000),
        fit: 50,
        access: 50,
        status: 'competitor',
        incumbentEndsOn: '2027-01-01',
      });
    await t.ok(head, moneyApi.addExpense, {
      body: { accountId: other.id, kind: 'travel', spentOn: '2026-05-01', amount: eur(77) },
    });
    const seesBoth = await grid(mine.id, { withChildren: 'true' });
    const seesOne = await grid(mine.id, { withChildren: 'true' }, kam);
    expect([seesBoth.total.open, seesOne.total.open]).toEqual([1800, 900]);
    expect((await t.ok(kam, api.listWhitespace)).items.map((i) => i.accountName)).toEqual(['Mine']);
    expect((await t.ok(kam, api.listEnding)).items.map((i) => i.accountName)).toEqual(['Mine']);
    expect((await t.ok(kam, moneyApi.listExpenses)).items).toEqual([]);
    expect((await t.call(kam, api.getGrid, { query: { accountId: other.id } })).status).toBe(404);
    expect((await t.call(kam, moneyApi.getPnl, { query: { accountId: other.id } })).status).toBe(404);
    expect((await put({ accountId: other.id, productId: suite.id, year: 2026, version: 1, fit: 1 }, kam)).status).toBe(
      404,
    );
    expect(
      (await t.ok(kam, moneyApi.getPnl, { query: { accountId: mine.id, withChildren: 'true' } })).costToServe,
    ).toEqual(eur(0));
  });
});

describe('share of wallet', () => {
  it('is our revenue of twelve months in the category over what they spend, with the newest estimate', async () => {
    const acme = await account('Acme');
    const series = await t.ok(head, createSeries, { body: { name: 'Cloud' } });
    const [cloud, other] = [await product('Cloud suite', { seriesId: series.id }), await product('Other')];
    booked = [
      { accountId: acme.id, productId: cloud.id, currency: 'EUR', arrMinor: 25_000 },
      { accountId: acme.id, productId: other.id, currency: 'EUR', arrMinor: 15_000 },
      // Revenue that the ledger has no product for is ours all the same, in no category.
      { accountId: acme.id, productId: '', currency: 'EUR', arrMinor: 24_000 },
    ];
    const estimate = (body: Record<string, unknown>) =>
      t.ok(head, moneyApi.addEstimate, {
        body: { accountId: acme.id, source: 'interview', confidence: 'low', ...body } as never,
      });
    await estimate({ seriesId: series.id, spend: eur(500_000), estimatedOn: '2025-01-01' });
    await estimate({ seriesId: series.id, spend: eur(100_000), estimatedOn: '2026-06-01', confidence: 'high' });
    await estimate({ spend: eur(320_000), estimatedOn: '2026-01-01' });
    await estimate({ spend: eur(1), estimatedOn: '2027-01-01' });
    const wallet = await t.ok(head, moneyApi.getWallet, { query: { accountId: acme.id } });
    expect(wallet.shares.map((s) => [s.seriesName, s.revenue, s.share, s.estimate.confidence]).sort()).toEqual([
      [null, eur(64_000), '0.200000', 'low'],
      ['Cloud', eur(25_000), '0.250000', 'high'],
    ]);
    expect(wallet.estimates).toHaveLength(4);
    const [, newest] = wallet.estimates;
    const params = { id: newest!.id };
    await t.ok(head, moneyApi.updateEstimate, { params, body: { version: 1, spend: eur(50_000) } });
    expect((await t.call(head, moneyApi.updateEstimate, { params, body: { version: 1, note: 'late' } })).status).toBe(
      409,
    );
    await t.ok(head, moneyApi.removeEstimate, { params });
  });
});

describe('what an account costs', () => {
  it('stands beside what it brings: revenue, delivery, cost to serve, margin, budget', async () => {
    await t.ok(head, updateWorkspace, { body: { version: 1, fiscalYearStartMonth: 4 } });
    const acme = await account('Acme');
    const cheap = await product('Cheap', { deliveryCostShare: 0.25 });
    const unknown = await product('Unknown');
    booked = [
      { accountId: acme.id, productId: cheap.id, currency: 'EUR', arrMinor: 80_000 },
      { accountId: acme.id, productId: unknown.id, currency: 'EUR', arrMinor: 20_000 },
    ];
    const spend = (kind: moneyApi.Expense['kind'], spentOn: string, amount: number) =>
      t.ok(head, moneyApi.addExpense, { body: { accountId: acme.id, kind, spentOn, amount: eur(amount) } });
    await spend('travel', '2026-05-01', 9_000);
    await spend('travel', '2026-06-01', -1_000);
    await spend('time', '2026-01-15', 7_000);
    await spend('entertainment', '2025-01-15', 5_000);
    const budget = await t.ok(head, moneyApi.putBudget, {
      body: { accountId: acme.id, year: 2027, budget: eur(10_000) },
    });
    expect(budget.budget).toMatchObject({ from: '2026-04-01', to: '2027-03-31', spent: eur(8_000) });
    const pnl = await t.ok(head, moneyApi.getPnl, { query: { accountId: acme.id } });
    expect(pnl).toMatchObject({
      from: '2025-11-23',
      to: '2026-11-22',
      revenue: eur(100_000),
      deliveryCost: eur(20_000),
      costToServe: eur(15_000),
      margin: eur(65_000),
      marginShare: '0.650000',
      expenses: [
        { kind: 'travel', amount: eur(8_000) },
        { kind: 'time', amount: eur(7_000) },
      ],
      unknownCost: [{ name: 'Unknown' }],
      budget: { spent: eur(8_000), budget: eur(10_000) },
    });
    expect(pnl.warnings).toMatchObject([{ code: 'cost_unknown' }]);
    await t.ok(head, moneyApi.putBudget, { body: { memberId: head.memberId, year: 2027, budget: eur(50_000) } });
    const all = await t.ok(head, moneyApi.listBudgets);
    expect(all.items.map((b) => [b.name, b.spent.amount])).toEqual([
      ['Acme', 8_000],
      ['Northwind Admin', 8_000],
    ]);
    await t.ok(head, moneyApi.putBudget, { body: { accountId: acme.id, year: 2027, budget: null } });
    expect((await t.ok(head, moneyApi.listBudgets)).items).toHaveLength(1);
  });

  it('is corrected with its version, removed, and set a budget for by heads alone', async () => {
    const kam = await t.member('kam', { in: head });
    const acme = await account('Acme', { ownerId: kam.memberId });
    const made = await t.ok(kam, moneyApi.addExpense, {
      body: { accountId: acme.id, kind: 'travel', spentOn: '2026-05-01', amount: eur(100) },
    });
    expect(made.memberName).toBe(kam.name);
    const params = { id: made.id };
    await t.ok(kam, moneyApi.updateExpense, { params, body: { version: 1, amount: eur(120), kind: 'time' } });
    expect((await t.call(kam, moneyApi.updateExpense, { params, body: { version: 1, amount: eur(1) } })).status).toBe(
      409,
    );
    expect(
      (await t.call(kam, moneyApi.putBudget, { body: { accountId: acme.id, year: 2026, budget: eur(1) } })).status,
    ).toBe(403);
    await t.ok(kam, moneyApi.removeExpense, { params });
    expect((await t.ok(kam, moneyApi.listExpenses)).items).toEqual([]);
  });
});

describe('merging accounts', () => {
  it('brings both grids together: the one that stays keeps its own and takes what it lacks', async () => {
    const [into, from] = [await account('Into'), await account('From')];
    const [a, b] = [await product('A'), await product('B')];
    const at = (accountId: string, productId: string) => ({ accountId, productId, year: 2026, version: null });
    await put({ ...at(into.id, a.id), status: 'ours' });
    await put({ ...at(from.id, a.id), status: 'competitor', potential: eur(500) });
    await put({ ...at(from.id, b.id), status: 'in_house' });
    for (const x of [into, from]) {
      const unit = await t.ok(head, api.createUnit, { body: { accountId: x.id, name: 'Plant' } });
      await put({ ...at(x.id, x === into ? a.id : b.id), unitId: unit.id, status: 'ours' });
    }
    await t.ok(head, moneyApi.addExpense, {
      body: { accountId: from.id, kind: 'time', spentOn: '2026-05-01', amount: eur(5) },
    });
    for (const x of [into, from])
      await t.ok(head, moneyApi.putBudget, { body: { accountId: x.id, year: 2026, budget: eur(10) } });
    await t.ok(head, mergeAccounts, { params: { id: into.id }, body: { duplicateId: from.id } as never });
    const g = await grid(into.id);
    expect(g.units.map((u) => u.name)).toEqual(['Into', 'Plant']);
    expect(g.cells.map((c) => [c.unit, g.products[c.product]!.name, c.status, c.potential])).toEqual([
      [0, 'A', 'ours', 500],
      [0, 'B', 'in_house', null],
      [1, 'A', 'ours', null],
      [1, 'B', 'ours', null],
    ]);
    expect((await t.ok(head, moneyApi.listExpenses, { query: { accountId: [into.id] } })).items).toHaveLength(1);
    expect((await t.ok(head, moneyApi.listBudgets, { query: { year: 2026 } })).items).toMatchObject([
      { budget: eur(20) },
    ]);
  });
});

describe('units', () => {
  it('are named once an account, renamed with their version, and removed with their cells', async () => {
    const acme = await account('Acme');
    const unit = await t.ok(head, api.createUnit, { body: { accountId: acme.id, name: 'Plant' } });
    expect((await t.call(head, api.createUnit, { body: { accountId: acme.id, name: 'plant' } })).problem.code).toBe(
      'duplicate_name',
    );
    const params = { id: unit.id };
    await t.ok(head, api.updateUnit, { params, body: { version: 1, name: 'Factory' } });
    expect((await t.call(head, api.updateUnit, { params, body: { version: 1, name: 'Late' } })).status).toBe(409);
    const p = await product('A');
    await put({ accountId: acme.id, unitId: unit.id, productId: p.id, year: 2026, version: null, status: 'ours' });
    await t.ok(head, api.removeUnit, { params });
    expect((await grid(acme.id)).cells).toEqual([]);
  });
});
