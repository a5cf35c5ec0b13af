// The forecast through HTTP under a moved clock: calls, snapshots that never change, the next week's waterfall, closed quarters, hindsight.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { explainMetric, getMetric } from '../../../kernel/contract/metrics.ts';
import { createAccount } from '../../accounts/api.ts';
import { updateWorkspace } from '../../settings/api.ts';
import * as api from '../api.ts';
import * as closingApi from '../api-closing.ts';
import * as forecast from '../api-forecast.ts';
import { takeNightly } from './snapshots.ts';

let t: TestApp;
let head: Person;
let anna: Person;
let ben: Person;
let accounts: Record<string, string>;
beforeAll(async () => {
  t = await openTestApp();
  t.setTime('2026-10-05T09:00:00Z');
  head = await t.member('head', { name: 'Hedda Head' });
  anna = await t.member('kam', { name: 'Anna A' });
  ben = await t.member('kam', { name: 'Ben B' });
  accounts = {
    anna: (await t.ok(head, createAccount, { body: { name: 'Acme', ownerId: anna.memberId } })).id,
    ben: (await t.ok(head, createAccount, { body: { name: 'Globex', ownerId: ben.memberId } })).id,
  };
});
afterAll(() => t.close());

const night = (at: string) => {
  t.setTime(at);
  return takeNightly(t.building.services);
};
const open = (as: Person, name: string, amount: number, closesOn: string, more: Record<string, unknown> = {}) =>
  t.ok(as, api.createOpportunity, {
    body: {
      name,
      accountId: as === ben ? accounts.ben! : accounts.anna!,
      amount: { amount, currency: 'EUR' },
      closesOn,
      ...more,
    } as never,
  });
const change = (as: Person, id: string, body: Record<string, unknown>) =>
  t.ok(as, api.updateOpportunity, { params: { id }, body: body as never });
const win = (as: Person, id: string) =>
  t.ok(as, closingApi.winOpportunity, { params: { id }, body: { confirm: true, lines: [] } });
const rowOf = (page: { rows: forecast.OwnerRow[] }, of: Person) => page.rows.find((r) => r.ownerId === of.memberId)!;

describe('a quarter, from the first call to the closing', () => {
  const made: Record<string, string> = {};

  it('adds up what stands, kinds and categories apart, single and cumulative', async () => {
    made.renewal = (await open(anna, 'Renewal', 100_00, '2026-11-30', { type: 'renewal', category: 'commit' })).id;
    made.upsell = (await open(anna, 'Upsell', 40_00, '2026-12-10', { type: 'upsell', category: 'best_case' })).id;
    made.unit = (await open(anna, 'New plant', 30_00, '2026-12-20', { type: 'new_unit', probability: 50 })).id;
    made.later = (await open(anna, 'Next year', 70_00, '2027-02-01', { category: 'commit' })).id;
    made.ben = (await open(ben, 'Ben’s', 55_00, '2026-12-01', { type: 'cross_sell', category: 'commit' })).id;
    await open(anna, 'Left out', 500_00, '2026-12-01', { category: 'omitted' });
    const page = await t.ok(head, forecast.getForecast);
    expect(page).toMatchObject({ period: { id: '2026-Q4' }, state: 'present', currency: 'EUR', frozenAt: null });
    expect(rowOf(page, anna)).toMatchObject({
      total: {
        closed: 0,
        commit: 100_00,
        bestCase: 40_00,
        pipeline: 30_00,
        upToCommit: 100_00,
        upToBest: 140_00,
        open: 170_00,
        weighted: 10_00 + 4_00 + 15_00,
      },
      kinds: { renewal: { commit: 100_00 }, expansion: { bestCase: 40_00 }, new_unit: { pipeline: 30_00 } },
      submission: null,
    });
    expect(page.teams[0]).toMatchObject({ teamId: null, total: { upToCommit: 155_00 } });
    for (const [id, of] of [
      ['forecast-closed', 'closed'],
      ['forecast-commit', 'upToCommit'],
      ['forecast-best', 'upToBest'],
      ['forecast-weighted', 'weighted'],
    ] as const)
      expect((await t.ok(head, getMetric, { params: { id } })).value, id).toEqual({
        amount: page.teams[0]!.total[of],
        currency: 'EUR',
      });
  });

  it('a key account manager sees their own row, and sums of what they see', async () => {
    const page = await t.ok(anna, forecast.getForecast);
    expect(page.rows.map((r) => r.ownerName)).toEqual(['Anna A']);
    expect(page.teams[0]!.total.upToCommit).toBe(100_00);
    expect(page.can).toEqual({ submit: true, manage: false });
  });

  it('keeps what each owner says, refuses what does not add up, and lets nobody speak for another', async () => {
    const wrong = await t.call(anna, forecast.submitForecast, {
      body: { period: '2026-Q4', commit: 100_00, best: 90_00 },
    });
    expect(wrong.problem.fields?.[0]?.field).toBe('best');
    const other = await t.call(anna, forecast.submitForecast, {
      body: { period: '2026-Q4', commit: 1, ownerId: ben.memberId },
    });
    expect(other.status).toBe(403);
    const past = await t.call(anna, forecast.submitForecast, { body: { period: '2026-Q3', commit: 1 } });
    expect(past.problem.code).toBe('period_over');
    const said = await t.ok(anna, forecast.submitForecast, {
      body: {
        period: '2026-Q4',
        kinds: [
          { kind: 'renewal', commit: 100_00 },
          { kind: 'expansion', commit: 0, best: 40_00 },
        ],
        note: 'Paula will sign',
      },
    });
    expect(said).toMatchObject({ commit: 100_00, best: 140_00, stale: false, byName: 'Anna A' });
    expect(said.snapshotId).not.toBeNull();
    await t.ok(head, forecast.callForecast, {
      body: { period: '2026-Q4', ownerId: anna.memberId, commit: 90_00, note: 'Paula is on leave' },
    });
    const page = await t.ok(head, forecast.getForecast);
    expect(rowOf(page, anna)).toMatchObject({ submission: { commit: 100_00 }, managerCall: { commit: 90_00 } });
    expect(page.teams[0]).toMatchObject({ submitted: { commit: 100_00, owners: 1, of: 2 } });
    // The same as figures: owners added up, the manager's word for everybody, each only for who may see it.
    const called = async (as: Person, id: string, query = {}) => t.ok(as, getMetric, { params: { id }, query });
    const eur = (amount: number) => ({ amount, currency: 'EUR' });
    expect(await called(head, 'forecast-called')).toMatchObject({
      value: eur(100_00),
      parts: { bestCase: eur(140_00), calls: 1 },
    });
    expect((await called(head, 'forecast-manager-call')).value).toBeNull();
    await t.ok(head, forecast.callForecast, { body: { period: '2026-Q4', commit: 120_00 } });
    expect((await called(head, 'forecast-manager-call')).value).toEqual(eur(120_00));
    const { items } = await t.ok(head, explainMetric, { params: { id: 'forecast-manager-call' } });
    expect(items.map((r) => [r.label, r.parts.commit])).toEqual([
      ['Everybody', eur(120_00)],
      ['Anna A · Paula is on leave', eur(90_00)],
    ]);
    expect((await called(ben, 'forecast-called')).value).toBeNull();
    expect((await called(head, 'forecast-called', { asOf: '2026-07-01' })).value).toBeNull();
    const bens = await t.ok(ben, forecast.getForecast);
    expect(bens.rows.map((r) => r.ownerName)).toEqual(['Ben B']);
    expect((await t.ok(ben, forecast.listCalls)).items).toEqual([]);
  });

  it('says that a submission is stale once the pipeline behind it changed, or after a week', async () => {
    await night('2026-10-05T23:30:00Z');
    t.setTime('2026-10-07T09:00:00Z');
    await change(anna, made.upsell!, { amount: { amount: 45_00, currency: 'EUR' } });
    expect(rowOf(await t.ok(head, forecast.getForecast), anna).submission).toMatchObject({
      stale: true,
      staleBecause: ['changes'],
    });
    t.setTime('2026-10-13T09:00:00Z');
    expect(rowOf(await t.ok(head, forecast.getForecast), anna).submission?.staleBecause).toEqual(['age', 'changes']);
  });

  it('a week later tells deal by deal why the figure changed, and it adds up', async () => {
    t.setTime('2026-10-12T10:00:00Z');
    await change(anna, made.later!, { closesOn: '2026-12-15' });
    await change(anna, made.renewal!, { closesOn: '2027-01-20' });
    await change(anna, made.unit!, { category: 'commit' });
    await open(anna, 'Found', 12_00, '2026-12-05', { category: 'commit' });
    await win(ben, made.ben!);
    const seen = await t.ok(head, forecast.getWaterfall, { query: { from: '2026-10-05', measure: 'commit' } });
    expect(seen.from).toMatchObject({ on: '2026-10-05', exact: true });
    expect(seen.to.snapshotId).toBeNull();
    const reasons = Object.fromEntries(seen.reasons.filter((r) => r.count > 0).map((r) => [r.reason, r.amount]));
    expect(reasons).toEqual({ pulled_in: 70_00, pushed: -100_00, category: 30_00, added: 12_00, won: 0, amount: 0 });
    expect(seen.start).toBe(155_00);
    expect(seen.end).toBe(167_00);
    const pushed = seen.changes.find((c) => c.reason === 'pushed')!;
    expect(pushed).toMatchObject({
      name: 'Renewal',
      accountName: 'Acme',
      delta: -100_00,
      before: { closesOn: '2026-11-30' },
      after: { closesOn: '2027-01-20' },
    });
    const annas = await t.ok(anna, forecast.getWaterfall, { query: { from: '2026-10-05', measure: 'open' } });
    expect(annas.changes.map((c) => c.name)).not.toContain('Ben’s');
    expect(annas.start + annas.reasons.reduce((s, r) => s + r.amount, 0)).toBe(annas.end);
  });

  it('snapshots and calls cannot be changed, not even by the server itself', async () => {
    const access = { workspaceId: t.admin.workspaceId, memberId: null, level: 'all' as const, label: 'test' };
    for (const table of ['forecast_snapshot', 'forecast_snapshot_row', 'forecast_call']) {
      const change = t.building.services.database.as(access, (tx) =>
        sql`update ${sql.table(table)} set currency = 'USD'`.execute(tx),
      );
      await expect(change).rejects.toThrow(/permission denied/);
      const remove = t.building.services.database.as(access, (tx) => sql`delete from ${sql.table(table)}`.execute(tx));
      await expect(remove).rejects.toThrow(/permission denied/);
      const owner = t.building.services.database.system((tx) =>
        sql`set local role none`.execute(tx).then(() => sql`delete from ${sql.table(table)}`.execute(tx)),
      );
      await expect(owner).rejects.toThrow(/is not changed|permission denied/);
    }
  });

  it('the night takes one snapshot, however often it comes by', async () => {
    await night('2026-10-12T23:10:00Z');
    await night('2026-10-12T23:50:00Z');
    const { items } = await t.ok(head, forecast.listSnapshots, { query: { from: '2026-10-12', to: '2026-10-12' } });
    expect(items.filter((s) => s.kind === 'nightly').length).toBe(1);
  });

  it('closes with the quarter: the figures stay, and a correction is a restatement beside them', async () => {
    for (const at of ['2026-10-20', '2026-11-25', '2026-12-20']) {
      t.setTime(`${at}T09:00:00Z`);
      await t.ok(ben, forecast.submitForecast, { body: { period: '2026-Q4', commit: at > '2026-12' ? 60_00 : 66_00 } });
    }
    t.setTime('2026-12-30T10:00:00Z');
    await win(anna, made.later!);
    await night('2027-01-01T01:00:00Z');
    const closed = await t.ok(head, forecast.getForecast, { query: { period: '2026-Q4' } });
    expect(closed).toMatchObject({ state: 'past', frozenAt: '2027-01-01T01:00:00.000Z' });
    expect(rowOf(closed, anna).total.closed).toBe(70_00);

    t.setTime('2027-01-10T09:00:00Z');
    await change(anna, made.later!, { amount: { amount: 75_00, currency: 'EUR' } });
    const later = await t.ok(head, forecast.getForecast, { query: { period: '2026-Q4' } });
    expect(rowOf(later, anna).total).toEqual(rowOf(closed, anna).total);
    await t.ok(head, forecast.restatePeriod, { body: { period: '2026-Q4', note: 'The order was larger' } });
    const restated = await t.ok(head, forecast.getForecast, { query: { period: '2026-Q4', restated: 'true' } });
    expect(rowOf(restated, anna).total.closed).toBe(75_00);
    expect(restated.restatements).toMatchObject([{ note: 'The order was larger', byName: 'Hedda Head' }]);
    const asClosed = await t.ok(head, forecast.getForecast, { query: { period: '2026-Q4' } });
    expect(rowOf(asClosed, anna).total.closed).toBe(70_00);
    const early = await t.call(head, forecast.restatePeriod, { body: { period: '2027-Q1', note: 'x' } });
    expect(early.problem.code).toBe('period_open');
  });

  it('judges each submission by what came: 90, 60, 30 and 7 days before the end, and says the bias in a word', async () => {
    const seen = await t.ok(head, forecast.getAccuracy, { query: { periods: 1 } });
    expect(seen.periods.map((p) => p.id)).toEqual(['2026-Q4']);
    const bens = seen.groups.find((g) => g.label === 'Ben B')!.horizons;
    // 55 came. On 2 October nothing had been said; 66 stood from 20 October on, 60 from 20 December on.
    expect(bens.map((h) => [h.horizon, h.pairs, h.forecast, h.accuracy, h.biasWord])).toEqual([
      [90, 0, 0, null, null],
      [60, 1, 66_00, '0.800000', 'over_called'],
      [30, 1, 66_00, '0.800000', 'over_called'],
      [7, 1, 60_00, '0.909091', 'over_called'],
    ]);
    const team = seen.all.find((h) => h.horizon === 7)!;
    // Anna said 100 and 70 came: errors of 30 and 5 over 125.
    expect(team).toMatchObject({ pairs: 2, accuracy: '0.720000', bias: '0.280000', biasWord: 'over_called' });
    const byType = await t.ok(head, forecast.getAccuracy, { query: { periods: 1, groupBy: 'type' } });
    expect(byType.groups.map((g) => g.label)).toEqual(['Expansion', 'Renewal']);
    const own = await t.ok(ben, forecast.getAccuracy, { query: { periods: 1 } });
    expect(own.groups.map((g) => g.label)).toEqual(['Ben B']);
  });

  it('knows whether probabilities of renewals can be believed', async () => {
    const one = await open(anna, 'Sure', 10_00, '2027-01-15', { type: 'renewal', probability: 90 });
    const two = await open(anna, 'Doubtful', 10_00, '2027-01-15', { type: 'renewal', probability: 30 });
    await win(anna, one.id);
    await t.ok(anna, closingApi.loseOpportunity, { params: { id: two.id }, body: { reason: 'price' } });
    const seen = await t.ok(anna, forecast.getCalibration);
    expect(seen).toMatchObject({ brier: '0.050000', count: 2 });
    expect(seen.deciles[9]).toMatchObject({ count: 1, said: '0.900000', came: '1.000000' });
  });
});

describe('another calendar, other currencies', () => {
  it('the quarter is the workspace’s own, and money without a rate is left out and told', async () => {
    t.setTime('2026-11-22T09:00:00Z');
    const other = await t.workspace('Fiscal', { currency: 'USD' });
    await t.ok(other, updateWorkspace, { body: { fiscalYearStartMonth: 2 } });
    const account = (await t.ok(other, createAccount, { body: { name: 'Umbrella' } })).id;
    const add = (amount: number, currency: string, closesOn: string) =>
      t.ok(other, api.createOpportunity, {
        body: { name: currency, accountId: account, amount: { amount, currency }, closesOn, category: 'commit' },
      });
    await add(10_00, 'USD', '2027-01-31');
    await add(99_00, 'CHF', '2027-01-31');
    await add(7_00, 'USD', '2027-02-01');
    const page = await t.ok(other, forecast.getForecast);
    expect(page.period).toEqual({ id: '2027-Q4', from: '2026-11-01', to: '2027-01-31', year: 2027, quarter: 4 });
    expect(page).toMatchObject({ currency: 'USD', missing: ['CHF'] });
    expect(page.teams[0]!.total.commit).toBe(10_00);
    const { items, present } = await t.ok(other, forecast.listPeriods);
    expect(present).toBe('2027-Q4');
    expect(items.length).toBe(13);
  });
});
