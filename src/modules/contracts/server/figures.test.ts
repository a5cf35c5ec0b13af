// Every figure of a contract, a renewal and an offer explains itself: what the page shows, what it is made of, the rows, under the reader's rights.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import type { Figure } from '../../../kernel/contract/metrics.ts';
import { explainMetric, getMetric } from '../../../kernel/contract/metrics.ts';
import { createAccount } from '../../accounts/api.ts';
import { createProduct } from '../../products/api.ts';
import * as api from '../api.ts';
import * as offersApi from '../api-offers.ts';
import * as renewalsApi from '../api-renewals.ts';

let t: TestApp;
let head: Person;
let kam: Person;
let stranger: Person;
let account: string;
let contract: api.ContractPage;
beforeAll(async () => {
  t = await openTestApp();
  t.setTime('2026-11-22T09:00:00Z');
  head = await t.member('head');
  kam = await t.member('kam', { name: 'Karim Kam' });
  stranger = await t.member('kam', { level: 'own' });
  account = (await t.ok(head, createAccount, { body: { name: 'Acme', ownerId: kam.memberId } })).id;
  const { id: productId } = await t.ok(head, createProduct, { body: { name: 'Seat licence' } });
  contract = await t.ok(head, api.createContract, {
    body: {
      accountId: account,
      name: 'Platform',
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
      noticeDays: 30,
      termMonths: 12,
      lines: [
        { productId, quantity: 100, unitPriceMinor: 1000, discountPercent: 10 },
        { description: 'Support', quantity: 1, unitPriceMinor: 30_000, billing: 'quarter' },
        { description: 'Setup', quantity: 1, unitPriceMinor: 500_000, kind: 'one_off' },
      ],
    },
  });
});
afterAll(() => t.close());

const ask = (id: string, of: string, as = head, more = {}) =>
  t.ok(as, getMetric, { params: { id }, query: { of, ...more } });
const rowsOf = (id: string, of: string, as = head, more = {}) =>
  t.ok(as, explainMetric, { params: { id }, query: { of, ...more } });
const amounts = (items: readonly { parts: Record<string, Figure> }[], part: string) =>
  items.map((r) => r.parts[part]).map((v) => (typeof v === 'object' ? (v?.amount ?? null) : v));
const eur = (amount: number) => ({ amount, currency: 'EUR' });

describe('a figure of one contract', () => {
  it('tells what a year brings, what discounts take off, and which lines make it', async () => {
    const answer = await ask('contract-value', contract.id);
    expect(answer).toMatchObject({
      value: contract.arr,
      unit: 'money',
      definition: { id: 'contract-value', version: 1 },
      asOf: '2026-11-22',
      parts: { beforeDiscounts: eur(1_320_000), discounts: eur(-120_000), amount: eur(1_200_000), lines: 2 },
    });
    const { items, definition } = await rowsOf('contract-value', contract.id);
    expect(definition).toMatchObject({ of: 'contract', room: 'contracts', unit: 'money' });
    expect(items.map((r) => r.label)).toEqual(['Seat licence', 'Support']);
    expect(items[0]!.parts).toEqual({
      quantity: 100,
      unitPrice: eur(1000),
      periods: 12,
      discount: '0.100000',
      amount: eur(1_080_000),
    });
    expect(items.every((r) => r.accountId === account && r.href === `/contracts/${contract.id}`)).toBe(true);
  });

  it('is as of any day: nothing before it begins, nothing after it ends', async () => {
    expect((await ask('contract-value', contract.id, head, { asOf: '2025-12-31' })).value).toEqual(eur(0));
    expect((await ask('contract-value', contract.id, head, { asOf: '2027-01-01' })).value).toEqual(eur(0));
  });

  it('tells how the amount of every line comes about, of one-off lines too', async () => {
    for (const line of contract.lines) {
      const answer = await ask('contract-line', line.id);
      expect(answer.value).toEqual(line.amount);
      expect((await rowsOf('contract-line', line.id)).items).toHaveLength(1);
    }
  });

  it('tells how many days are left for notice, and how that is counted', async () => {
    const answer = await ask('contract-notice', contract.id);
    expect(answer).toMatchObject({
      value: 9,
      unit: 'days',
      parts: { daysToTheEnd: 39, noticePeriod: 30, daysLeft: 9 },
    });
    expect((await rowsOf('contract-notice', contract.id)).items.map((r) => [r.label, r.parts.days])).toEqual([
      ['Term ends on 2026-12-31', 39],
      ['Notice period', -30],
      ['Notice until 2026-12-01', 9],
    ]);
  });

  it('tells what an amendment changed, line by line', async () => {
    const other = await t.ok(head, api.createContract, {
      body: {
        accountId: account,
        name: 'Add-on',
        startsOn: '2026-01-01',
        endsOn: '2027-12-31',
        lines: [{ description: 'Boxes', quantity: 10, unitPriceMinor: 1000, billing: 'year' }],
      },
    });
    const amended = await t.ok(head, api.amendContract, {
      params: { id: other.id },
      body: { kind: 'upgrade', effectiveOn: '2026-12-01', changes: [{ lineId: other.lines[0]!.id, quantity: 15 }] },
    });
    const { id } = amended.amendments[0]!;
    expect(await ask('amendment-effect', id)).toMatchObject({
      value: eur(5000),
      parts: { before: eur(10_000), after: eur(15_000) },
    });
    const { items } = await rowsOf('amendment-effect', id);
    expect(amounts(items, 'before')).toEqual([10_000, undefined]);
    expect(amounts(items, 'after')).toEqual([undefined, 15_000]);
  });
});

describe('a figure of one renewal', () => {
  const renewal = () => t.ok(head, renewalsApi.getRenewal, { params: { id: contract.renewalId! } });

  it('tells what falls due, how likely it is and why, and how much time is left', async () => {
    const r = await renewal();
    expect((await ask('renewal-due', r.id)).value).toEqual(r.due);
    expect(amounts((await rowsOf('renewal-due', r.id)).items, 'due')).toEqual([1_080_000, 120_000]);
    expect((await ask('renewal-days-left', r.id)).value).toBe(r.daysLeft);
    const chance = await ask('renewal-probability', r.id);
    expect(Number(chance.value)).toBe(r.probability / 100);
    expect(chance.parts).toMatchObject({ person: null, points: r.system.reasons.reduce((n, x) => n + x.points, 0) });
    expect((await rowsOf('renewal-probability', r.id)).items.map((x) => x.label)).toEqual(
      r.system.reasons.map((x) => x.text),
    );
  });

  it('takes the word of a person over that of dates and figures', async () => {
    const r = await renewal();
    await t.ok(kam, renewalsApi.judgeRenewal, { params: { id: r.id }, body: { likelihood: 'watch', probability: 70 } });
    const chance = await ask('renewal-probability', r.id);
    expect(chance).toMatchObject({ value: '0.700000', parts: { person: '0.700000' } });
    expect((await rowsOf('renewal-probability', r.id)).items[0]).toMatchObject({ label: 'Word of Karim Kam' });
    expect(await ask('renewal-probability', r.id, head, { asOf: '2026-01-01' })).toMatchObject({
      value: null,
      warnings: [{ code: 'no_history' }],
    });
  });
});

describe('a figure of an offer', () => {
  it('is that of the page, before and after, with the lines and accounts that make it', async () => {
    const renewalId = contract.renewalId!;
    const { id } = await t.ok(kam, offersApi.createOffer, {
      params: { id: renewalId },
      body: { name: '12 % off', terms: { discountPercent: 12, termMonths: 24 } },
    });
    const { items, before } = await t.ok(kam, offersApi.listOffers, { params: { id: renewalId } });
    const { effect } = items[0]!;
    const shown = (e: offersApi.OfferEffect) => [e.arr, e.margin, e.marginShare, e.lifetime, e.nrr, e.grr];
    const all = ['offer-value', 'offer-margin', 'offer-margin-share', 'offer-lifetime', 'offer-nrr', 'offer-grr'];
    expect(await Promise.all(all.map(async (m) => (await ask(m, id)).value))).toEqual(shown(effect));
    expect(await Promise.all(all.map(async (m) => (await ask(m, renewalId)).value))).toEqual(shown(before));

    const margin = await ask('offer-margin', id);
    const lines = (await rowsOf('offer-margin', id)).items;
    expect(lines.map((r) => r.label)).toEqual(['Seat licence', 'Support']);
    const sum = (part: string) => amounts(lines, part).reduce<number>((n, x) => n + Number(x), 0);
    expect([sum('amount'), sum('deliveryCost'), sum('margin')]).toEqual([
      effect.arr.amount,
      (margin.parts.deliveryCost as { amount: number }).amount,
      effect.margin.amount,
    ]);
    expect(margin.warnings.map((w) => w.code)).toEqual(['cost_assumed']);

    const cohort = (await rowsOf('offer-nrr', id)).items;
    expect(cohort[0]).toMatchObject({ label: 'Acme', accountId: account });
    const total = (part: string) => amounts(cohort, part).reduce<number>((n, x) => n + Number(x), 0);
    expect((total('end') / total('start')).toFixed(6)).toBe(effect.nrr);
    const kept = (await rowsOf('offer-grr', id)).items;
    expect((amounts(kept, 'kept').reduce<number>((n, x) => n + Number(x), 0) / total('start')).toFixed(6)).toBe(
      effect.grr,
    );
  });

  it('is told after the decision as what it was renewed at', async () => {
    const own = await t.ok(head, api.createContract, {
      body: {
        accountId: account,
        name: 'Service',
        startsOn: '2026-01-01',
        endsOn: '2026-12-31',
        lines: [{ description: 'Service', quantity: 1, unitPriceMinor: 100_000, billing: 'year' }],
      },
    });
    const { id } = await t.ok(kam, offersApi.decideRenewal, {
      params: { id: own.renewalId! },
      body: { outcome: 'renewed_uplift', terms: { upliftPercent: 5 } },
    });
    expect(await ask('renewal-renewed', id)).toMatchObject({
      value: eur(105_000),
      parts: { due: eur(100_000), renewed: eur(105_000), change: eur(5000), uplift: '0.050000' },
    });
    const { items } = await rowsOf('renewal-renewed', id);
    expect(amounts(items, 'due')).toEqual([100_000, undefined]);
    expect(amounts(items, 'renewed')).toEqual([undefined, 105_000]);
    expect((await rowsOf('renewal-renewed', id, head, { part: 'renewed' })).items).toHaveLength(1);
  });
});

describe('give and get', () => {
  it('add up to what the page shows, with the entries behind them', async () => {
    const add = (side: 'give' | 'get', what: string, value: number | null) =>
      t.ok(kam, offersApi.createConcession, {
        body: {
          accountId: account,
          side,
          what,
          kind: 'other',
          value: value === null ? null : eur(value),
          on: '2026-11-20',
        },
      });
    await add('give', 'Free training', 40_000);
    await add('give', 'Longer payment', null);
    await add('get', 'Reference call', 25_000);
    const page = await t.ok(kam, offersApi.balanceConcessions, { query: { accountId: account } });
    const figure = (id: string, as = kam, more = {}) =>
      t.ok(as, getMetric, { params: { id }, query: { accountId: account, ...more } });
    expect(await figure('given')).toMatchObject({
      value: { amount: page.given.amount, currency: 'EUR' },
      parts: { entries: 2, withoutValue: 1 },
    });
    expect((await figure('got')).value).toEqual(eur(page.got.amount));
    expect((await figure('given', kam, { asOf: '2026-11-19' })).value).toEqual(eur(0));
    const { items } = await t.ok(kam, explainMetric, { params: { id: 'given' }, query: { accountId: account } });
    expect(items.map((r) => r.label).sort()).toEqual([
      '2026-11-20 · Free training · Acme',
      '2026-11-20 · Longer payment · Acme',
    ]);
    expect((await figure('given', stranger)).value).toEqual(eur(0));
  });
});

describe('a figure of one record', () => {
  it('is not there for whoever does not see the account', async () => {
    const { items } = await t.ok(kam, offersApi.listOffers, { params: { id: contract.renewalId! } });
    for (const [id, of] of [
      ['contract-value', contract.id],
      ['contract-line', contract.lines[0]!.id],
      ['contract-notice', contract.id],
      ['renewal-due', contract.renewalId!],
      ['renewal-probability', contract.renewalId!],
      ['offer-margin', items[0]!.id],
      ['offer-nrr', contract.renewalId!],
    ] as const) {
      const answer = await t.call(stranger, getMetric, { params: { id }, query: { of } });
      expect([id, answer.status]).toEqual([id, 404]);
      const rows = await t.call(stranger, explainMetric, { params: { id }, query: { of } });
      expect([id, rows.status]).toEqual([id, 404]);
    }
  });

  it('wants to know of which record, and stands in its currency; other figures want none', async () => {
    const refused = async (id: string, query: object) =>
      (await t.call(head, getMetric, { params: { id }, query })).problem.fields?.map((f) => f.field);
    expect(await refused('contract-value', {})).toEqual(['of']);
    expect(await refused('contract-value', { of: contract.id, currency: 'USD' })).toEqual(['currency']);
    expect(await refused('open-renewals', { of: contract.id })).toEqual(['of']);
  });
});
