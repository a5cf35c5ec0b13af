// The pipeline's figures through HTTP, and that every sum is the sum of what a member sees.
import fc from 'fast-check';
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
beforeAll(async () => {
  t = await openTestApp();
  head = await t.member('head', { name: 'Hedda Head' });
});
afterAll(() => t.close());

const ask = (id: string, query: Record<string, unknown> = {}, as = head) =>
  t.ok(as, getMetric, { params: { id }, query: query as never });
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const close = (id: string, won: boolean, as: Person) =>
  won
    ? t.ok(as, closingApi.winOpportunity, { params: { id }, body: { confirm: true, lines: [] } })
    : t.ok(as, closingApi.loseOpportunity, { params: { id }, body: { reason: 'price' } });

describe('figures of the pipeline', () => {
  it('are those worked out by hand, with what they are made of', async () => {
    t.setTime('2026-11-20T10:00:00Z');
    const account = (await t.ok(head, createAccount, { body: { name: 'Acme' } })).id;
    const add = (name: string, amount: number, more: Record<string, unknown>) =>
      t.ok(head, api.createOpportunity, {
        body: { name, accountId: account, amount: eur(amount), closesOn: '2026-12-01', ...more } as never,
      });
    await add('Open', 1000_00, { probability: 30, category: 'commit' });
    await add('Omitted', 9999_00, { category: 'omitted' });
    const [small, large, renewal, lost] = [
      await add('Small', 100_00, { type: 'upsell' }),
      await add('Large', 500_00, { type: 'new_unit' }),
      await add('Renewal', 4000_00, { type: 'renewal' }),
      await add('Lost', 200_00, { type: 'cross_sell' }),
    ];
    t.setTime('2026-11-22T10:00:00Z');
    for (const o of [small, large, renewal]) await close(o.id, true, head);
    await close(lost.id, false, head);
    expect(await ask('open-pipeline')).toMatchObject({
      value: eur(1000_00),
      parts: { commit: eur(1000_00), deals: 1 },
    });
    expect((await ask('weighted-pipeline')).value).toEqual(eur(300_00));
    expect((await ask('forecast-commit')).value).toEqual(eur(5600_00));
    expect((await ask('forecast-best')).value).toEqual(eur(5600_00));
    const range = { from: '2026-11-01', to: '2026-11-30' };
    expect(await ask('won', { ...range, groupBy: 'type' })).toMatchObject({ value: eur(4600_00), parts: { deals: 3 } });
    expect(await ask('win-rate', range)).toMatchObject({
      value: '0.750000',
      parts: { won: 3, lost: 1, byValue: '0.958333' },
    });
    expect(await ask('average-expansion-deal', range)).toMatchObject({
      value: eur(300_00),
      parts: { deals: 2, median: eur(300_00) },
    });
    const stays = await ask('stage-duration', { ...range, groupBy: 'stage' });
    expect(stays).toMatchObject({ value: 2, parts: { stays: 4, median: 2 }, groups: [{ label: 'Qualification' }] });
    const rows = await t.ok(head, explainMetric, { params: { id: 'won' }, query: range });
    expect(rows.items.map((r) => [r.label, r.parts.amount])).toEqual([
      ['Renewal · Acme', eur(4000_00)],
      ['Large · Acme', eur(500_00)],
      ['Small · Acme', eur(100_00)],
    ]);
    expect(await ask('forecast-accuracy', { from: '2026-01-01', to: '2026-12-31' })).toMatchObject({ value: null });
  });

  it('of a past day are those of its snapshot, and are not known before the first one', async () => {
    const other = await t.workspace('Past');
    const account = (await t.ok(other, createAccount, { body: { name: 'Globex' } })).id;
    t.setTime('2026-11-22T10:00:00Z');
    const made = await t.ok(other, api.createOpportunity, {
      body: { name: 'Grows', accountId: account, amount: eur(100_00), closesOn: '2026-12-01' },
    });
    await takeNightly(t.building.services);
    t.setTime('2026-11-25T10:00:00Z');
    await t.ok(other, api.updateOpportunity, { params: { id: made.id }, body: { amount: eur(170_00) } });
    expect((await ask('open-pipeline', {}, other)).value).toEqual(eur(170_00));
    expect((await ask('open-pipeline', { asOf: '2026-11-22' }, other)).value).toEqual(eur(100_00));
    const before = await ask('open-pipeline', { asOf: '2026-11-01' }, other);
    expect(before).toMatchObject({ value: null, warnings: [{ code: 'no_snapshot' }] });
  });
});

describe('every sum', () => {
  it('of an account manager is the sum over the accounts that they see, whatever there is', async () => {
    t.setTime('2026-11-22T10:00:00Z');
    const deal = fc.record({
      mine: fc.boolean(),
      amount: fc.integer({ min: 1, max: 900 }),
      category: fc.constantFrom('pipeline', 'best_case', 'commit'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(deal, { minLength: 1, maxLength: 5 }), async (deals) => {
        const admin = await t.workspace('Property');
        const kam = await t.member('kam', { in: admin, name: 'Karim Kam' });
        const mine = (await t.ok(admin, createAccount, { body: { name: 'Mine', ownerId: kam.memberId } })).id;
        const theirs = (await t.ok(admin, createAccount, { body: { name: 'Theirs' } })).id;
        for (const [i, d] of deals.entries())
          await t.ok(admin, api.createOpportunity, {
            body: {
              name: `Deal ${i}`,
              accountId: d.mine ? mine : theirs,
              amount: eur(d.amount),
              closesOn: '2026-12-01',
              category: d.category as 'commit',
              ownerId: kam.memberId,
            },
          });
        const sum = (of: typeof deals) => of.reduce((s, d) => s + d.amount, 0);
        const seen = deals.filter((d) => d.mine);
        expect((await ask('open-pipeline', {}, kam)).value).toEqual(eur(sum(seen)));
        expect((await ask('open-pipeline', {}, admin)).value).toEqual(eur(sum(deals)));
        expect((await t.ok(kam, api.summariseOpportunities)).total.amount).toBe(sum(seen));
        const page = await t.ok(kam, forecast.getForecast);
        expect(page.teams[0]!.total.open).toBe(sum(seen));
        expect(page.teams[0]!.total.commit).toBe(sum(seen.filter((d) => d.category === 'commit')));
        const list = await t.ok(kam, api.listOpportunities, { query: { limit: 200 } });
        expect(list.items.length).toBe(seen.length);
      }),
      { numRuns: 6 },
    );
  });
});
