// Random histories through the whole building: what the API answers is what the definition says, for everybody who asks.
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { addLines, type Line, makeAccounts } from '../../../../test/ledger.ts';
import { getMetric } from '../../../kernel/contract/metrics.ts';
import * as api from '../api.ts';
import { balances, type Entry } from './rules.ts';

let t: TestApp;
beforeAll(async () => {
  t = await openTestApp();
});
afterAll(() => t.close());

const NAMES = ['Ada', 'Bob', 'Cid', 'Dot', 'Eve', 'Fay'];
const day = fc
  .integer({ min: 0, max: 900 })
  .map((n) => new Date(Date.UTC(2023, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
const line: fc.Arbitrary<Line> = fc
  .record({
    account: fc.constantFrom(...NAMES),
    arr: fc.integer({ min: 0, max: 9_999 }),
    a: day,
    b: day,
    open: fc.boolean(),
  })
  .map(({ account, arr, a, b, open }) => ({ account, arr, from: a < b ? a : b, until: open ? null : a < b ? b : a }));
const ask = (as: Person, id: string, query: Record<string, unknown>) =>
  t.ok(as, getMetric, { params: { id }, query: query as never });

function expected(lines: readonly Line[], accounts: readonly string[], from: string, to: string) {
  const entries: Entry[] = lines
    .filter((l) => accounts.includes(l.account))
    .map((l) => ({ accountId: l.account, arrMinor: l.arr!, startsOn: l.from, endsOn: l.until ?? null }));
  const [s, e] = [balances(entries, from), balances(entries, to)];
  const start = [...s.values()].reduce((a, b) => a + b, 0);
  const end = [...s.keys()].reduce((a, k) => a + (e.get(k) ?? 0), 0);
  const kept = [...s].reduce((a, [k, v]) => a + Math.min(v, e.get(k) ?? 0), 0);
  return { accounts: s.size, nrr: start ? end / start : null, grr: start ? kept / start : null };
}
const close = (value: unknown, to: number | null) =>
  to === null ? expect(value).toBeNull() : expect(Number(value)).toBeCloseTo(to, 5);

describe('figures over random histories', () => {
  it('are those of the definition, for who sees all and for a manager of some accounts; movements add up in every month', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 20 }), day, day, async (lines, a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const w = await t.workspace('Random');
        const kam = await t.member('kam', { in: w });
        const mine = await makeAccounts(t, NAMES.slice(0, 3), { in: w, owner: kam });
        const others = await makeAccounts(t, NAMES.slice(3), { in: w });
        await addLines(t, new Map([...mine, ...others]), lines, w);
        for (const [who, accounts] of [
          [w, NAMES],
          [kam, NAMES.slice(0, 3)],
        ] as const) {
          const wanted = expected(lines, accounts, from, to);
          const nrr = await ask(who, 'nrr', { from, to });
          close(nrr.value, wanted.nrr);
          expect(nrr.parts.accounts).toBe(wanted.accounts);
          close((await ask(who, 'grr', { from, to })).value, wanted.grr);
        }
        const moves = await ask(w, 'mrr-movements', { from, to, groupBy: 'month' });
        let last: unknown = moves.parts.start;
        for (const { parts } of [...moves.groups!, moves]) {
          const of = (k: string) => (parts[k] as { amount: number }).amount;
          expect(of('start') + of('new') + of('reactivation') + of('expansion') - of('contraction') - of('churn')).toBe(
            of('end'),
          );
        }
        for (const { parts } of moves.groups!) {
          expect(parts.start).toEqual(last);
          last = parts.end;
        }
        expect(last).toEqual(moves.parts.end);
      }),
      { numRuns: 8 },
    );
  });
});

describe('lines, cohorts and what products bring', () => {
  it('lists the lines behind a day, page by page, only those of accounts that are seen', async () => {
    const w = await t.workspace('Lines');
    const kam = await t.member('kam', { in: w });
    const mine = await makeAccounts(t, ['Mine'], { in: w, owner: kam });
    const ids = new Map([...mine, ...(await makeAccounts(t, ['Other'], { in: w }))]);
    await addLines(
      t,
      ids,
      [
        { account: 'Mine', mrr: 10, from: '2023-01-01', until: '2023-06-01', plan: 'Old' },
        { account: 'Mine', mrr: 20, from: '2023-06-01', plan: 'New' },
        { account: 'Other', mrr: 30, from: '2023-07-01', plan: 'New' },
      ],
      w,
    );
    const first = await t.ok(w, api.listLines, { query: { limit: 2 } });
    expect(first.items.map((l) => [l.accountName, l.label, l.mrr.amount])).toEqual([
      ['Other', 'New', 30],
      ['Mine', 'New', 20],
    ]);
    const second = await t.ok(w, api.listLines, { query: { limit: 2, cursor: first.nextCursor! } });
    expect(second.items.map((l) => [l.label, l.until])).toEqual([['Old', '2023-06-01']]);
    expect((await t.ok(kam, api.listLines, { query: { on: '2023-08-01' } })).items.map((l) => l.accountName)).toEqual([
      'Mine',
    ]);
    expect((await t.call(kam, api.listLines, { query: { accountId: ids.get('Other')! } })).status).toBe(404);
  });

  it('shows what became of the accounts that first paid in a quarter', async () => {
    const w = await t.workspace('Cohorts');
    const ids = await makeAccounts(t, ['A', 'B', 'C'], { in: w });
    await addLines(
      t,
      ids,
      [
        { account: 'A', mrr: 100, from: '2023-02-01' },
        { account: 'A', mrr: 20, from: '2023-08-01' },
        { account: 'B', mrr: 100, from: '2023-03-01', until: '2023-07-01' },
        { account: 'C', mrr: 50, from: '2023-05-01' },
      ],
      w,
    );
    const { points, items } = await t.ok(w, api.listCohorts, {
      query: { by: 'quarter', asOf: '2023-09-30', periods: 3 },
    });
    expect(points).toEqual(['2023-03-31', '2023-06-30', '2023-09-30']);
    expect(items.map((c) => [c.cohort, c.accounts, c.ages.map((a) => a.share), c.ages.map((a) => a.accounts)])).toEqual(
      [
        ['2023-01-01', 2, ['1.000000', '1.000000', '0.600000'], [2, 2, 1]],
        ['2023-04-01', 1, ['1.000000', '1.000000'], [1, 1]],
      ],
    );
    // As a figure it explains itself: all cohorts together, one by one, and as rows.
    const day = { asOf: '2023-09-30' };
    const answer = await ask(w, 'cohort-revenue', { ...day, groupBy: 'cohort' });
    expect([answer.value, answer.groups?.map((g) => [g.label, g.value])]).toEqual([
      '0.680000',
      [
        ['2023-Q1', '0.600000'],
        ['2023-Q2', '1.000000'],
      ],
    ]);
    expect(await ask(w, 'cohort-accounts', day)).toMatchObject({
      value: '0.666667',
      parts: { accounts: 3, stillPaying: 2 },
    });
  });

  it('moves with an account that is merged into another', async () => {
    const w = await t.workspace('Merging');
    const ids = await makeAccounts(t, ['Twin', 'Acme'], { in: w });
    await addLines(
      t,
      ids,
      [
        { account: 'Twin', mrr: 10, from: '2023-01-01' },
        { account: 'Acme', mrr: 5, from: '2023-01-01' },
      ],
      w,
    );
    const { mergeAccounts } = await import('../../accounts/api.ts');
    await t.ok(w, mergeAccounts, { params: { id: ids.get('Acme')! }, body: { duplicateId: ids.get('Twin')! } });
    expect((await ask(w, 'mrr', { asOf: '2024-01-01', accountId: ids.get('Acme') })).value).toEqual({
      amount: 15,
      currency: 'EUR',
    });
  });

  it('is kept every night as it was known, whatever is corrected later', async () => {
    const w = await t.workspace('Nights');
    const ids = await makeAccounts(t, ['A'], { in: w });
    await addLines(t, ids, [{ account: 'A', mrr: 10, from: '2023-01-01' }], w);
    const { keepDay } = await import('./moving-store.ts');
    await t.building.database.system((tx) => keepDay(tx, w.workspaceId, '2024-01-01'));
    await addLines(t, ids, [{ account: 'A', mrr: 10, from: '2023-01-01' }], w);
    await t.building.database.system((tx) => keepDay(tx, w.workspaceId, '2024-01-01'));
    const { rows } = await t.building.database.system((tx) =>
      sql<{
        data: unknown;
      }>`select data from kernel.snapshot where workspace_id = ${w.workspaceId} and kind = 'revenue'`.execute(tx),
    );
    expect(rows).toEqual([{ data: { arr: { EUR: 120 } } }]);
  });
});
