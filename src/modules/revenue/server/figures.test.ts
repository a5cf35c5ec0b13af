// The figures of recurring revenue through HTTP: the worked example, periods, currencies, groups, rights, rows.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { addLines, makeAccounts } from '../../../../test/ledger.ts';
import { explainMetric, getMetric, listMetrics } from '../../../kernel/contract/metrics.ts';
import { updateWorkspace } from '../../settings/api.ts';

let t: TestApp;
beforeAll(async () => {
  t = await openTestApp();
});
afterAll(() => t.close());

const ask = (as: Person, id: string, query: Record<string, unknown> = {}) =>
  t.ok(as, getMetric, { params: { id }, query: query as never });
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const YEAR = { from: '2024-01-01', to: '2024-12-31' };

/** The example that everybody works through by hand: A 100→130, B 200→150, C 50→0, D 0→40. */
async function example(name: string) {
  const w = await t.workspace(name);
  const ids = await makeAccounts(t, ['A', 'B', 'C', 'D'], { in: w });
  await addLines(
    t,
    ids,
    [
      { account: 'A', mrr: 100, from: '2023-05-01' },
      { account: 'A', mrr: 30, from: '2024-03-01' },
      { account: 'B', mrr: 200, from: '2023-05-01', until: '2024-06-01' },
      { account: 'B', mrr: 150, from: '2024-06-01' },
      { account: 'C', mrr: 50, from: '2023-05-01', until: '2024-12-31' },
      { account: 'D', mrr: 40, from: '2024-12-31' },
    ],
    w,
  );
  return { w, ids };
}

describe('the worked example', () => {
  it('gives retention, account retention and movements as worked out by hand', async () => {
    const { w } = await example('Worked');
    expect(await ask(w, 'nrr', YEAR)).toMatchObject({
      value: '0.800000',
      unit: 'ratio',
      definition: { id: 'nrr', version: 2 },
      ...YEAR,
      parts: { start: eur(350), end: eur(280), accounts: 3, endAccounts: 2, startTotal: eur(350), endTotal: eur(320) },
    });
    expect((await ask(w, 'grr', YEAR)).value).toBe('0.714286');
    expect(await ask(w, 'logo-retention', YEAR)).toMatchObject({ value: '0.666667', parts: { lost: 1 } });
    expect(await ask(w, 'mrr-movements', YEAR)).toMatchObject({
      value: eur(-30),
      parts: {
        start: eur(350),
        new: eur(40),
        reactivation: eur(0),
        expansion: eur(30),
        contraction: eur(50),
        churn: eur(50),
        end: eur(320),
      },
    });
    expect((await ask(w, 'arr', { asOf: '2024-12-31' })).value).toEqual(eur(320 * 12));
    expect(await ask(w, 'concentration', { asOf: '2024-12-31' })).toMatchObject({
      value: '1.000000',
      parts: { top1: '0.468750', accounts: 3 },
    });
  });

  it('shows the accounts behind each part, those that weigh most first, page by page', async () => {
    const { w, ids } = await example('Rows');
    const rows = (query: Record<string, unknown>) =>
      t.ok(w, explainMetric, { params: { id: 'nrr' }, query: { ...YEAR, ...query } as never });
    const first = await rows({ limit: 2 });
    expect(first.items.map((r) => [r.label, r.parts.start, r.parts.end])).toEqual([
      ['B', eur(200), eur(150)],
      ['A', eur(100), eur(130)],
    ]);
    const second = await rows({ limit: 2, cursor: first.nextCursor });
    expect(second.items.map((r) => r.label)).toEqual(['C']);
    expect(second.nextCursor).toBeNull();
    expect((await rows({ part: 'churn' })).items).toMatchObject([
      { accountId: ids.get('C'), href: `/accounts/${ids.get('C')}?tab=revenue`, parts: { churn: eur(50) } },
    ]);
  });

  it('parts a year into months that lead from one end to the next', async () => {
    const { w } = await example('Months');
    const { groups } = await ask(w, 'mrr-movements', { ...YEAR, groupBy: 'month' });
    expect(groups!.map((g) => g.key)).toHaveLength(12);
    expect([groups![0]!.key, groups![11]!.key]).toEqual(['2024-01', '2024-12']);
    expect(groups!.map((g) => g.parts.start)).toEqual([eur(350), ...groups!.slice(0, 11).map((g) => g.parts.end)]);
    expect(groups![11]!.parts).toMatchObject({ new: eur(40), churn: eur(50), end: eur(320) });
  });

  it('counts an account that came back where somebody asks for it, or the workspace has chosen so', async () => {
    const w = await t.workspace('Back again');
    const ids = await makeAccounts(t, ['Stays', 'Returns'], { in: w });
    await addLines(
      t,
      ids,
      [
        { account: 'Stays', mrr: 100, from: '2023-01-01' },
        { account: 'Returns', mrr: 70, from: '2022-01-01', until: '2023-06-01' },
        { account: 'Returns', mrr: 60, from: '2024-05-01' },
      ],
      w,
    );
    expect((await ask(w, 'nrr', YEAR)).value).toBe('1.000000');
    expect((await ask(w, 'nrr', { ...YEAR, includeReactivation: true })).value).toBe('1.600000');
    expect((await ask(w, 'mrr-movements', YEAR)).parts).toMatchObject({ new: eur(0), reactivation: eur(60) });
    await t.ok(w, updateWorkspace, { body: { preferences: { returningInNrr: true } } });
    expect((await ask(w, 'nrr', YEAR)).value).toBe('1.600000');
    expect((await ask(w, 'nrr', { ...YEAR, includeReactivation: false })).value).toBe('1.000000');
    const behind = await t.ok(w, explainMetric, { params: { id: 'nrr' }, query: YEAR });
    expect(behind.items.map((r) => r.label)).toEqual(['Stays', 'Returns']);
  });

  it('has no ratio where nobody paid at the start', async () => {
    const w = await t.workspace('Empty');
    expect(await ask(w, 'nrr', YEAR)).toMatchObject({ value: null, parts: { accounts: 0 } });
    expect(await ask(w, 'grr', { ...YEAR, groupBy: 'month' })).toMatchObject({ value: null });
    expect((await ask(w, 'concentration')).value).toBeNull();
  });

  it('shows steps that add up when a month is no whole number of cents', async () => {
    const w = await t.workspace('Broken cents');
    const ids = await makeAccounts(t, ['A', 'B', 'C'], { in: w });
    await addLines(
      t,
      ids,
      [
        { account: 'A', arr: 1000, from: '2023-01-01' },
        { account: 'A', arr: 7, from: '2024-02-01' },
        { account: 'B', arr: 500, from: '2023-01-01', until: '2024-02-01' },
        { account: 'C', arr: 333, from: '2024-02-01' },
      ],
      w,
    );
    const { parts } = await ask(w, 'mrr-movements', YEAR);
    const of = (k: string) => (parts[k] as { amount: number }).amount;
    expect(of('start') + of('new') + of('expansion') - of('contraction') - of('churn')).toBe(of('end'));
    expect([of('start'), of('end')]).toEqual([125, 112]);
  });
});

describe('days', () => {
  it('a line counts on its first day and no longer on the day it ends, also on the 29th of February', async () => {
    const w = await t.workspace('Leap');
    const ids = await makeAccounts(t, ['A'], { in: w });
    await addLines(t, ids, [{ account: 'A', mrr: 10, from: '2024-02-29', until: '2024-03-31' }], w);
    const on = async (asOf: string) => (await ask(w, 'mrr', { asOf })).value;
    expect(await Promise.all(['2024-02-28', '2024-02-29', '2024-03-30', '2024-03-31'].map(on))).toEqual(
      [0, 10, 10, 0].map(eur),
    );
  });

  it('without days a period is the twelve months up to today, and as of a day the twelve months up to it', async () => {
    const w = await t.workspace('Days');
    t.setTime('2025-02-28T12:00:00Z');
    expect(await ask(w, 'nrr')).toMatchObject({ from: '2024-02-28', to: '2025-02-28', asOf: '2025-02-28' });
    t.setTime(null);
    expect(await ask(w, 'nrr', { asOf: '2024-02-29' })).toMatchObject({ from: '2023-02-28', to: '2024-02-29' });
    expect(await ask(w, 'nrr', { ...YEAR, asOf: '2024-06-30' })).toMatchObject({
      from: '2024-01-01',
      to: '2024-06-30',
    });
  });

  it('refuses what cannot be answered, and says which word is wrong', async () => {
    const call = (id: string, query: Record<string, unknown>) =>
      t.call(t.admin, getMetric, { params: { id }, query: query as never });
    expect((await call('nrr', { from: '2024-12-31', to: '2024-01-01' })).problem.fields?.[0]?.field).toBe('from');
    expect((await call('nrr', { groupBy: 'moon' })).problem.fields?.[0]?.field).toBe('groupBy');
    expect((await call('nrr', { from: '1990-01-01', to: '2024-01-01', groupBy: 'month' })).status).toBe(422);
    const unknown = await call('nonsense', {});
    expect([unknown.status, unknown.problem.code]).toEqual([404, 'unknown_metric']);
    expect((await call('nrr', { accountId: crypto.randomUUID() })).status).toBe(404);
  });
});

describe('several currencies', () => {
  async function twoCurrencies(name: string) {
    const w = await t.workspace(name);
    const ids = await makeAccounts(t, ['Euro', 'Dollar', 'Yen'], { in: w });
    await t.building.database.system((tx) =>
      sql`insert into fx_rate (workspace_id, base, currency, on_date, rate, source) values
        (${w.workspaceId}::uuid, 'EUR', 'USD', '2023-12-29', 2, 'hand'), (${w.workspaceId}::uuid, 'EUR', 'USD', '2024-12-30', 4, 'hand')`.execute(
        tx,
      ),
    );
    await addLines(
      t,
      ids,
      [
        { account: 'Euro', mrr: 1000, from: '2023-01-01' },
        { account: 'Dollar', mrr: 1000, from: '2023-01-01', currency: 'USD' },
        { account: 'Dollar', mrr: 200, from: '2024-06-01', currency: 'USD' },
        { account: 'Yen', mrr: 5000, from: '2023-01-01', currency: 'JPY' },
      ],
      w,
    );
    return { w, ids };
  }

  it('are converted at the rate of each day, never added as they are; amounts without a rate are left out and named', async () => {
    const { w } = await twoCurrencies('Dated rates');
    const answer = await ask(w, 'nrr', YEAR);
    expect(answer.parts).toMatchObject({ start: eur(1500), end: eur(1300), accounts: 2 });
    expect(answer.warnings.map((x) => [x.code, /JPY/.test(x.message)])).toEqual([['rate_missing', true]]);
    expect(answer.byCurrency?.map((c) => [c.currency, c.parts.start])).toEqual([
      ['JPY', { amount: 5000, currency: 'JPY' }],
      ['USD', { amount: 1000, currency: 'USD' }],
      ['EUR', eur(1000)],
    ]);
  });

  it('at constant rates only business moves the figure', async () => {
    const { w } = await twoCurrencies('Constant');
    const answer = await ask(w, 'nrr', { ...YEAR, constantCurrency: true });
    expect(answer.parts).toMatchObject({ start: eur(1500), end: eur(1600) });
  });

  it('are shown in any currency that a rate leads to, and each by itself', async () => {
    const { w } = await twoCurrencies('Reporting');
    expect((await ask(w, 'mrr', { asOf: '2024-01-01', currency: 'USD' })).value).toEqual({
      amount: 3000,
      currency: 'USD',
    });
    const { groups } = await ask(w, 'mrr', { asOf: '2024-12-31', groupBy: 'currency' });
    expect(groups?.map((g) => g.value)).toEqual([
      { amount: 5000, currency: 'JPY' },
      { amount: 1200, currency: 'USD' },
      { amount: 1000, currency: 'EUR' },
    ]);
  });
});

describe('groups and filters', () => {
  it('by account, owner, tier, industry and product add up to the whole', async () => {
    const w = await t.workspace('Groups');
    const ann = await t.member('kam', { in: w, name: 'Ann' });
    const one = await makeAccounts(t, ['One'], { in: w, owner: ann, tier: 'key', industry: 'Steel' });
    const two = await makeAccounts(t, ['Two'], { in: w });
    const ids = new Map([...one, ...two]);
    await addLines(
      t,
      ids,
      [
        { account: 'One', mrr: 100, from: '2023-01-01', plan: 'Pro' },
        { account: 'One', mrr: 20, from: '2023-01-01', plan: 'Basic' },
        { account: 'Two', mrr: 300, from: '2023-01-01', plan: 'Pro' },
      ],
      w,
    );
    const groups = async (groupBy: string) =>
      (await ask(w, 'mrr', { asOf: '2024-01-01', groupBy })).groups?.map((g) => [
        g.label,
        (g.value as { amount: number }).amount,
      ]);
    expect(await groups('account')).toEqual([
      ['Two', 300],
      ['One', 120],
    ]);
    expect(await groups('owner')).toEqual([
      ['No owner', 300],
      ['Ann', 120],
    ]);
    expect(await groups('tier')).toEqual([
      ['Not set', 300],
      ['key', 120],
    ]);
    expect(await groups('product')).toEqual([
      ['Pro', 400],
      ['Basic', 20],
    ]);
    // A segment is what the workspace says it is.
    expect(await groups('segment')).toEqual([
      ['Not set', 300],
      ['Steel', 120],
    ]);
    await t.ok(w, updateWorkspace, { body: { preferences: { segment: 'tier' } } });
    expect(await groups('segment')).toEqual(await groups('tier'));
    // Who asks for the rows behind it reads the same words to group by as in the list of figures.
    const { items } = await t.ok(w, listMetrics, {});
    const { definition } = await t.ok(w, explainMetric, { params: { id: 'nrr' }, query: {} });
    expect(definition).toEqual(items.find((d) => d.id === 'nrr'));
    expect((await ask(w, 'mrr', { asOf: '2024-01-01', tier: 'key' })).value).toEqual(eur(120));
    expect((await ask(w, 'mrr', { asOf: '2024-01-01', industry: 'Steel', ownerId: ann.memberId })).value).toEqual(
      eur(120),
    );
    const rows = await t.ok(w, explainMetric, {
      params: { id: 'mrr' },
      query: { asOf: '2024-01-01', groupBy: 'product', group: 'Pro' },
    });
    expect(rows.items.map((r) => [r.label, r.parts.mrr])).toEqual([
      ['Two', eur(300)],
      ['One', eur(100)],
    ]);
  });

  it('of an account include those below it when asked', async () => {
    const w = await t.workspace('Tree');
    const ids = await makeAccounts(t, ['Group', 'Daughter'], { in: w });
    await t.building.database.system((tx) =>
      sql`update account set parent_id = ${ids.get('Group')!} where id = ${ids.get('Daughter')!}`.execute(tx),
    );
    await addLines(
      t,
      ids,
      [
        { account: 'Group', mrr: 10, from: '2023-01-01' },
        { account: 'Daughter', mrr: 5, from: '2023-01-01' },
      ],
      w,
    );
    const mrr = async (withChildren?: boolean) =>
      (await ask(w, 'mrr', { asOf: '2024-01-01', accountId: ids.get('Group'), withChildren })).value;
    expect([await mrr(), await mrr(true)]).toEqual([eur(10), eur(15)]);
  });
});

describe('rights', () => {
  it('a manager’s figures are those of the accounts that the manager sees', async () => {
    const w = await t.workspace('Rights');
    const kam = await t.member('kam', { in: w });
    const mine = await makeAccounts(t, ['Mine', 'Mine too'], { in: w, owner: kam });
    const others = await makeAccounts(t, ['Other'], { in: w });
    const ids = new Map([...mine, ...others]);
    await addLines(
      t,
      ids,
      [
        { account: 'Mine', mrr: 100, from: '2023-01-01', until: '2024-05-01' },
        { account: 'Mine too', mrr: 100, from: '2023-01-01' },
        { account: 'Mine too', mrr: 10, from: '2024-02-01' },
        { account: 'Other', mrr: 1000, from: '2023-01-01' },
      ],
      w,
    );
    expect(await ask(w, 'nrr', YEAR)).toMatchObject({ value: '0.925000', parts: { accounts: 3 } });
    expect(await ask(kam, 'nrr', YEAR)).toMatchObject({ value: '0.550000', parts: { accounts: 2, start: eur(200) } });
    const rows = await t.ok(kam, explainMetric, { params: { id: 'nrr' }, query: YEAR });
    expect(rows.items.map((r) => r.label)).toEqual(['Mine too', 'Mine']);
    expect(
      (await t.call(kam, getMetric, { params: { id: 'mrr' }, query: { accountId: ids.get('Other')! } })).status,
    ).toBe(404);
  });
});

describe('an answer that was computed before', () => {
  it('is given again until the books change', async () => {
    const { w, ids } = await example('Kept');
    const first = await ask(w, 'nrr', YEAR);
    expect(await ask(w, 'nrr', YEAR)).toEqual(first);
    await addLines(t, ids, [{ account: 'B', mrr: 35, from: '2024-11-01' }], w);
    expect((await ask(w, 'nrr', YEAR)).value).toBe('0.900000');
    const ledger = await t.building.database.system((tx) =>
      sql<{ n: number }>`select count(*) as n from metric_result where workspace_id = ${w.workspaceId}`.execute(tx),
    );
    expect(Number(ledger.rows[0]!.n)).toBe(1);
  });
});

describe('the registry', () => {
  it('lists every figure with its definition, and each can be asked for', async () => {
    const { items } = await t.ok(t.admin, listMetrics);
    expect(items.map((d) => d.id)).toEqual(
      expect.arrayContaining(['nrr', 'grr', 'logo-retention', 'mrr-movements', 'mrr', 'arr', 'concentration']),
    );
    for (const d of items.filter((d) => d.room === 'revenue')) {
      for (const groupBy of d.groupBy)
        expect((await t.call(t.admin, getMetric, { params: { id: d.id }, query: { groupBy } })).status).toBe(200);
    }
  });
});
