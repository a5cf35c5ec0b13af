// The ledger's sources together: contract lines, subscriptions, invoices; what counts and what does not.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { addLines, makeAccounts } from '../../../../test/ledger.ts';
import { getMetric } from '../../../kernel/contract/metrics.ts';
import { getAccount } from '../../accounts/api.ts';
import { cancelContract, createContract } from '../../contracts/api.ts';
import { updateWorkspace } from '../../settings/api.ts';
import { listLines } from '../api.ts';

let t: TestApp;
beforeAll(async () => {
  t = await openTestApp();
});
afterAll(() => t.close());

const mrr = async (as: Person, query: Record<string, unknown>) =>
  ((await t.ok(as, getMetric, { params: { id: 'mrr' }, query: query as never })).value as { amount: number }).amount;

describe('contract lines', () => {
  it('count from their first day to their last, recurring ones only, each by its billing period', async () => {
    const w = await t.workspace('Contracts');
    const ids = await makeAccounts(t, ['Acme'], { in: w });
    const accountId = ids.get('Acme')!;
    await t.ok(w, createContract, {
      body: {
        accountId,
        name: 'Frame',
        currency: 'EUR',
        startsOn: '2024-01-01',
        endsOn: '2024-12-31',
        lines: [
          { description: 'Seats', quantity: 10, unitPriceMinor: 100, discountPercent: 10, billing: 'month' },
          { description: 'Support', unitPriceMinor: 300, billing: 'quarter' },
          { description: 'Set-up', unitPriceMinor: 99_999, kind: 'one_off', billing: 'once' },
        ],
      },
    });
    expect(
      await Promise.all(['2023-12-31', '2024-01-01', '2024-12-31', '2025-01-01'].map((asOf) => mrr(w, { asOf }))),
    ).toEqual([0, 1000, 1000, 0]);
    const { items } = await t.ok(w, listLines, { query: { accountId, on: '2024-06-01' } });
    expect(items.map((l) => [l.source, l.label, l.arr.amount, l.until]).sort()).toEqual([
      ['contract', 'Seats', 10_800, '2025-01-01'],
      ['contract', 'Support', 1200, '2025-01-01'],
    ]);
    // Lines without a product bring revenue all the same, only what they cost to deliver is not known.
    const margin = await t.ok(w, getMetric, {
      params: { id: 'account-margin' },
      query: { accountId, from: '2024-01-01', to: '2024-12-31' },
    });
    expect(margin.parts).toMatchObject({
      revenue: { amount: 12_000 + 99_999, currency: 'EUR' },
      oneOff: { amount: 99_999, currency: 'EUR' },
    });
    const later = { accountId, from: '2024-01-02', to: '2024-12-31' };
    const rest = await t.ok(w, getMetric, { params: { id: 'account-margin' }, query: later });
    expect(rest.parts.revenue).toEqual({ amount: 12_000, currency: 'EUR' });
    expect(margin.warnings[0]!.message).toContain('revenue without a product');
  });

  it('of a contract that is cancelled count until its last day, and are churn after it', async () => {
    t.setTime('2024-06-15T12:00:00Z');
    const w = await t.workspace('Cancelled');
    const accountId = (await makeAccounts(t, ['Acme'], { in: w })).get('Acme')!;
    const contract = await t.ok(w, createContract, {
      body: {
        accountId,
        name: 'Frame',
        currency: 'EUR',
        startsOn: '2023-01-01',
        endsOn: '2025-12-31',
        lines: [
          { description: 'Seats', unitPriceMinor: 700 },
          { description: 'Set-up', unitPriceMinor: 5000, kind: 'one_off', billing: 'once' },
        ],
      },
    });
    const figure = async (id: string, query: Record<string, string>) => t.ok(w, getMetric, { params: { id }, query });
    const year = { from: '2023-12-31', to: '2024-12-31' };
    expect((await figure('nrr', year)).value).toBe('1.000000');
    await t.ok(w, cancelContract, {
      params: { id: contract.id },
      body: { version: contract.version, endsOn: '2024-06-30', reason: 'They leave' },
    });
    await t.deliver();
    expect(await Promise.all(['2024-06-30', '2024-07-01'].map((asOf) => mrr(w, { asOf })))).toEqual([700, 0]);
    expect((await figure('nrr', year)).value).toBe('0.000000');
    expect((await figure('mrr-movements', year)).parts).toMatchObject({
      start: { amount: 700, currency: 'EUR' },
      churn: { amount: 700, currency: 'EUR' },
    });
    const margin = await figure('account-margin', { from: '2023-01-01', to: '2023-12-31' });
    expect(margin.parts).toMatchObject({ revenue: { amount: 8400 + 5000 }, oneOff: { amount: 5000 } });
    t.setTime(null);
  });

  it('stand beside subscriptions of other accounts, and give the account its ARR', async () => {
    t.setTime('2024-06-15T12:00:00Z');
    const w = await t.workspace('Both');
    const ids = await makeAccounts(t, ['Acme', 'Globex'], { in: w });
    await addLines(t, ids, [{ account: 'Globex', mrr: 500, from: '2023-01-01' }], w);
    await t.ok(w, createContract, {
      body: {
        accountId: ids.get('Acme')!,
        name: 'Frame',
        currency: 'EUR',
        startsOn: '2024-01-01',
        lines: [{ description: 'Seats', unitPriceMinor: 700 }],
      },
    });
    await t.deliver();
    expect(await mrr(w, {})).toBe(1200);
    expect((await t.ok(w, getAccount, { params: { id: ids.get('Acme')! } })).arr).toEqual({
      amount: 8400,
      currency: 'EUR',
    });
    t.setTime(null);
  });

  it('of an account that has subscriptions too count with them, or alone, or not, as the workspace chooses', async () => {
    t.setTime('2024-06-15T12:00:00Z');
    const w = await t.workspace('Choice');
    const ids = await makeAccounts(t, ['Acme', 'Globex'], { in: w });
    await addLines(
      t,
      ids,
      [
        { account: 'Acme', mrr: 500, from: '2023-01-01', plan: 'Seats' },
        { account: 'Globex', mrr: 70, from: '2023-01-01', plan: 'Seats' },
      ],
      w,
    );
    await t.ok(w, createContract, {
      body: {
        accountId: ids.get('Acme')!,
        name: 'Frame',
        currency: 'EUR',
        startsOn: '2024-01-01',
        lines: [{ description: 'seats', unitPriceMinor: 900 }],
      },
    });
    const arr = async () => {
      await t.deliver();
      return (await t.ok(w, getAccount, { params: { id: ids.get('Acme')! } })).arr?.amount;
    };
    const choose = (revenueFrom: 'both' | 'contracts' | 'subscriptions') =>
      t.ok(w, updateWorkspace, { body: { preferences: { revenueFrom } } });
    const moves = async () => {
      const year = { from: '2023-06-01', to: '2024-06-01' };
      const answer = await t.ok(w, getMetric, { params: { id: 'nrr' }, query: year });
      return [answer.value, answer.warnings.map((x) => x.code)];
    };
    // 570 at the start, 1,470 at the end; the same product on both sides is told.
    expect([await mrr(w, {}), await arr()]).toEqual([1470, 16_800]);
    expect(await moves()).toEqual(['2.578947', ['in_both']]);
    await choose('contracts');
    expect([await mrr(w, {}), await arr()]).toEqual([970, 10_800]);
    expect(await moves()).toEqual(['1.000000', []]);
    await choose('subscriptions');
    expect([await mrr(w, {}), await arr()]).toEqual([570, 6000]);
    const { items } = await t.ok(w, listLines, { query: { accountId: ids.get('Acme')! } });
    expect(items.map((l) => l.source)).toEqual(['subscription']);
    await choose('both');
    expect([await mrr(w, {}), await arr()]).toEqual([1470, 16_800]);
    t.setTime(null);
  });
});

describe('invoices that do not recur', () => {
  it('are revenue of accounts that have neither contracts nor subscriptions, and elsewhere bill what counts already', async () => {
    t.setTime('2024-06-15T12:00:00Z');
    const w = await t.workspace('Once');
    const ids = await makeAccounts(t, ['Acme', 'Globex'], { in: w });
    await addLines(t, ids, [{ account: 'Globex', mrr: 500, from: '2023-01-01' }], w);
    await t.building.database.as({ ...w, label: 'test' }, async (_tx, client) => {
      for (const [i, [name, status, on]] of (
        [
          ['Acme', 'paid', '2024-02-01'],
          ['Acme', 'void', '2024-02-02'],
          ['Acme', 'open', '2023-05-01'],
          ['Globex', 'paid', '2024-02-01'],
        ] as const
      ).entries())
        await client.query(
          `insert into invoice (workspace_id, account_id, number, issued_on, amount_minor, currency, status) values (kernel.ws(), $1, $2, $3, 7000, 'EUR', $4)`,
          [ids.get(name), `R-${i}`, on, status],
        );
    });
    const { groups } = await t.ok(w, getMetric, {
      params: { id: 'account-margin' },
      query: { from: '2024-01-01', to: '2024-03-31', groupBy: 'account' },
    });
    expect(groups!.map((g) => [g.label, g.parts.revenue, g.parts.oneOff])).toEqual([
      ['Acme', { amount: 7000, currency: 'EUR' }, { amount: 7000, currency: 'EUR' }],
      ['Globex', { amount: 1500, currency: 'EUR' }, { amount: 0, currency: 'EUR' }],
    ]);
    t.setTime(null);
  });
});
