// The figures over a portfolio through HTTP: the same as the page's sums, of the accounts that a member sees, with those accounts as rows.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { explainMetric, getMetric } from '../../../kernel/contract/metrics.ts';
import * as api from '../api.ts';

let t: TestApp;
let head: Person;
let kam: Person;
beforeAll(async () => {
  t = await openTestApp();
  t.setTime('2026-11-22T09:00:00Z');
  head = await t.member('head');
  kam = await t.member('kam', { level: 'own' });
  const add = (name: string, more: object) => t.ok(head, api.createAccount, { body: { name, ...more } });
  const eur = (amount: number) => ({ amount, currency: 'EUR' });
  await add('Acme', { ownerId: kam.memberId, arr: eur(500_000), potential: eur(90_000), renewalOn: '2026-12-31' });
  await add('Globex', { arr: eur(300_000), renewalOn: '2027-06-30' });
  await add('Initech', { arr: { amount: 100, currency: 'XAF' }, renewalOn: '2026-11-01' });
});
afterAll(() => t.close());

const ask = (id: string, as = head, query: Record<string, unknown> = {}) =>
  t.ok(as, getMetric, { params: { id }, query: query as never });
const rows = async (id: string, as = head, query: Record<string, unknown> = {}) =>
  (await t.ok(as, explainMetric, { params: { id }, query: query as never })).items.map((r) => r.label);

describe('a figure of the portfolio', () => {
  it('is the sum that the page shows, says what it leaves out, and lists its accounts', async () => {
    const page = await t.ok(head, api.summariseAccounts, { query: {} });
    const arr = await ask('portfolio-arr');
    expect(arr).toMatchObject({
      value: { amount: page.arr.amount, currency: 'EUR' },
      definition: { id: 'portfolio-arr', version: 1 },
      asOf: '2026-11-22',
      parts: { accounts: 3, withAmount: 3 },
      warnings: [{ code: 'rate_missing' }],
    });
    expect(await rows('portfolio-arr')).toEqual(['Acme', 'Globex', 'Initech']);
    expect((await ask('portfolio-potential')).value).toEqual({ amount: 90_000, currency: 'EUR' });
    expect(await rows('portfolio-potential', head, { part: 'withAmount' })).toEqual(['Acme']);
  });

  it('counts accounts, those that fall due from today on, and those without an owner', async () => {
    expect([(await ask('accounts')).value, (await ask('accounts-due')).value]).toEqual([3, 1]);
    expect(await rows('accounts-due')).toEqual(['Acme']);
    expect(await rows('accounts-without-owner')).toEqual(['Globex', 'Initech']);
  });

  it('is that of the accounts which a member sees', async () => {
    expect(await ask('portfolio-arr', kam)).toMatchObject({ value: { amount: 500_000 }, parts: { accounts: 1 } });
    expect(await rows('accounts', kam)).toEqual(['Acme']);
    expect((await ask('accounts-without-owner', kam)).value).toBe(0);
  });

  it('is split by owner and tells nothing of a day gone by', async () => {
    const { groups } = await ask('accounts', head, { groupBy: 'owner' });
    expect(groups?.map((g) => [g.key, g.value])).toEqual([
      [kam.memberId, 1],
      ['none', 2],
    ]);
    expect(await ask('accounts', head, { asOf: '2026-01-01' })).toMatchObject({
      value: null,
      warnings: [{ code: 'no_history' }],
    });
  });
});
