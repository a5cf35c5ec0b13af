// Every figure of the forecast explains itself: cells by category, calls, what changed, how near it came; under the reader's rights.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { explainMetric, getMetric } from '../../../kernel/contract/metrics.ts';
import { createAccount } from '../../accounts/api.ts';
import * as api from '../api.ts';
import * as closingApi from '../api-closing.ts';
import * as forecast from '../api-forecast.ts';
import { takeNightly } from './snapshots.ts';

let t: TestApp;
let head: Person;
let anna: Person;
let stranger: Person;
let account: string;
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const ask = (id: string, query: Record<string, unknown> = {}, as = head) =>
  t.ok(as, getMetric, { params: { id }, query: query as never });
const rows = async (id: string, query: Record<string, unknown> = {}, as = head) =>
  (await t.ok(as, explainMetric, { params: { id }, query: query as never })).items;
const add = (name: string, amount: number, more: Record<string, unknown> = {}) =>
  t.ok(head, api.createOpportunity, {
    body: { name, accountId: account, amount: eur(amount), closesOn: '2026-12-01', ...more } as never,
  });

beforeAll(async () => {
  t = await openTestApp();
  t.setTime('2026-11-10T10:00:00Z');
  head = await t.member('head', { name: 'Hedda Head' });
  anna = await t.member('kam', { name: 'Anna' });
  stranger = await t.member('kam', { level: 'own' });
  account = (await t.ok(head, createAccount, { body: { name: 'Acme', ownerId: anna.memberId } })).id;
  await add('Firm', 1000_00, { ownerId: anna.memberId, category: 'commit', type: 'renewal', probability: 80 });
  await add('Maybe', 500_00, { ownerId: anna.memberId, category: 'best_case' });
  await add('Early', 200_00, { ownerId: anna.memberId, category: 'pipeline' });
  await add('Nobody’s', 70_00, { ownerId: null, category: 'commit' });
});
afterAll(() => t.close());

describe('a cell of the forecast', () => {
  it('is the figure of its category alone, for its owner, with the opportunities behind it', async () => {
    const f = await t.ok(head, forecast.getForecast, { query: {} });
    const { total } = f.rows.find((r) => r.ownerId === anna.memberId)!;
    const ownerId = [anna.memberId];
    for (const [id, amount] of [
      ['forecast-open-commit', total.commit],
      ['forecast-open-best', total.bestCase],
      ['forecast-open-pipeline', total.pipeline],
      ['forecast-commit', total.upToCommit],
      ['forecast-best', total.upToBest],
      ['forecast-weighted', total.weighted],
    ] as const)
      expect([id, (await ask(id, { ownerId })).value]).toEqual([id, eur(amount)]);
    expect((await rows('forecast-open-best', { ownerId })).map((r) => r.label)).toEqual(['Maybe · Acme']);
    expect((await ask('forecast-open-commit', {}, stranger)).value).toEqual(eur(0));
    expect(await rows('forecast-open-commit', {}, stranger)).toEqual([]);
  });

  it('of nobody holds what nobody owns, by account, and nothing else', async () => {
    const f = await t.ok(head, forecast.getForecast, { query: {} });
    const nobody = f.rows.find((r) => r.ownerId === null)!;
    const { items } = await t.ok(head, forecast.getForecastAccounts, { query: { unowned: 'true' } });
    expect(items.map((i) => [i.accountName, i.total.commit])).toEqual([['Acme', nobody.total.commit]]);
  });
});

describe('the sum over a list of opportunities', () => {
  it('is that of the page, stage by stage, of those that the reader sees', async () => {
    const page = await t.ok(head, api.summariseOpportunities, { query: {} });
    const answer = await ask('opportunities-sum', { groupBy: 'stage' });
    expect(answer.value).toEqual(eur(page.total.amount));
    expect((await ask('opportunities-weighted')).value).toEqual(eur(page.weighted.amount));
    for (const s of page.stages.filter((x) => x.count > 0))
      expect(answer.groups!.find((g) => g.key === s.stageId)!.value).toEqual(eur(s.total.amount));
    expect((await ask('opportunities-sum', {}, stranger)).value).toEqual(eur(0));
  });
});

describe('a call', () => {
  it('of an owner, of the manager for an owner, for a team and for everybody stands alone', async () => {
    const period = '2026-Q4';
    await t.ok(anna, forecast.submitForecast, { body: { period, commit: 900_00, best: 1200_00 } });
    const call = (commit: number, more = {}) =>
      t.ok(head, forecast.callForecast, { body: { period, commit, ...more } });
    await call(800_00, { ownerId: anna.memberId });
    await call(850_00);
    expect((await ask('forecast-called', { ownerId: [anna.memberId] })).value).toEqual(eur(900_00));
    expect(await ask('forecast-owner-calls-of-manager', { groupBy: 'owner' })).toMatchObject({
      value: eur(800_00),
      groups: [{ key: anna.memberId, label: 'Anna', value: eur(800_00) }],
    });
    expect((await rows('forecast-owner-calls-of-manager')).map((r) => r.label)).toEqual(['Anna']);
    expect((await ask('forecast-manager-call')).value).toEqual(eur(850_00));
    expect((await ask('forecast-team-calls-of-manager')).value).toBeNull();
  });
});

describe('the change of the forecast', () => {
  it('is told by reason and deal, and adds up', async () => {
    t.setTime('2026-11-11T02:00:00Z');
    await takeNightly(t.building.services);
    t.setTime('2026-11-18T10:00:00Z');
    await add('New', 300_00, { ownerId: anna.memberId, category: 'commit' });
    const week = { from: '2026-11-11', to: '2026-11-18' };
    const answer = await ask('forecast-change', { ...week, groupBy: 'reason' });
    expect(answer).toMatchObject({ value: eur(300_00), parts: { start: eur(1070_00), end: eur(1370_00) } });
    expect(answer.groups?.map((g) => [g.key, g.value])).toEqual([['added', eur(300_00)]]);
    expect((await rows('forecast-change', week)).map((r) => r.label)).toEqual(['New · Acme · Added']);
    expect((await ask('forecast-change', week, stranger)).value).toEqual(eur(0));
  });

  it('refuses to be narrowed by what it does not know, in place of a figure that is too wide', async () => {
    const answer = await t.call(head, getMetric, { params: { id: 'forecast-change' }, query: { accountId: account } });
    expect([answer.status, answer.problem.fields?.map((f) => f.field)]).toEqual([422, ['accountId']]);
  });
});

describe('accuracy', () => {
  it('by type tells each pair of owner and quarter, as a whole and by kind of business', async () => {
    t.setTime('2027-01-15T10:00:00Z');
    const { pairs } = await t.ok(head, forecast.getAccuracy, { query: { groupBy: 'type' } });
    const annas = pairs.filter((p) => p.ownerId === anna.memberId && p.period === '2026-Q4');
    expect(annas.map((p) => p.kind)).toEqual([null, 'renewal', 'expansion', 'new_unit', 'new_business']);
    expect(annas[0]!.forecasts.find((f) => f.horizon === 30)!.commit).toBe(900_00);
    const plain = await t.ok(head, forecast.getAccuracy, { query: {} });
    expect(plain.pairs.every((p) => p.kind === null)).toBe(true);
  });

  it('of renewal probabilities lists the decided renewals behind the Brier score', async () => {
    const [firm] = (await t.ok(head, api.listOpportunities, { query: { q: 'Firm' } })).items;
    await t.ok(head, closingApi.winOpportunity, { params: { id: firm!.id }, body: { confirm: true, lines: [] } });
    const answer = await ask('renewal-opportunity-brier');
    expect(answer).toMatchObject({ value: '0.040000', parts: { decided: 1, won: 1, lost: 0 } });
    expect(await rows('renewal-opportunity-brier')).toMatchObject([
      { label: 'Firm', accountId: account, parts: { probability: '0.800000', won: 1, error: 0.04 } },
    ]);
    expect((await ask('renewal-opportunity-brier', {}, stranger)).value).toBeNull();
  });
});
