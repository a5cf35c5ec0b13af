// Offers, approvals, give and get, figures and won deals through HTTP on a real PostgreSQL, under a fixed clock.
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { addLines, makeAccounts } from '../../../../test/ledger.ts';
import { explainMetric, getMetric } from '../../../kernel/contract/metrics.ts';
import { makeCtx } from '../../../kernel/server/ctx.ts';
import type { Measure } from '../../../kernel/server/measuring.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { createAccount } from '../../accounts/api.ts';
import { listNotifications } from '../../people/api.ts';
import * as api from '../api.ts';
import * as offersApi from '../api-offers.ts';
import * as renewalsApi from '../api-renewals.ts';
import { closeDeal, contractsForDeal } from './closing.ts';
import { remind } from './jobs.ts';
import { metrics } from './metrics.ts';

let t: TestApp;
let admin: Person;
let head: Person;
let kam: Person;
let finance: Person;
let account: string;
beforeAll(async () => {
  t = await openTestApp();
  admin = t.admin;
  head = await t.member('head', { name: 'Hedda Head' });
  kam = await t.member('kam', { name: 'Karim Kam' });
  // Finance sees no account of its own: only what it is asked.
  finance = await t.member('partner', { name: 'Fina Finance', level: 'own' });
  account = (await t.ok(head, createAccount, { body: { name: 'Acme', ownerId: kam.memberId } })).id;
  await t.ok(admin, offersApi.updateContractSettings, { body: { financeApproverIds: [finance.memberId] } });
});
afterAll(() => t.close());
beforeEach(() => t.setTime('2026-11-22T09:00:00Z'));

const SEATS = { description: 'Seats', quantity: 100, unitPriceMinor: 1000 };
const contractOf = (as: Person, more: object = {}) =>
  t.ok(as, api.createContract, {
    body: {
      accountId: account,
      name: 'Platform',
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
      noticeDays: 30,
      termMonths: 12,
      lines: [SEATS],
      ...more,
    },
  });
async function offerOf(discountPercent: number, as: Person = kam, more: object = {}) {
  const { renewalId } = await contractOf(as, more);
  const { id } = await t.ok(as, offersApi.createOffer, {
    params: { id: renewalId! },
    body: { name: `${discountPercent} % off`, terms: { discountPercent } },
  });
  return { renewalId: renewalId!, offerId: id };
}
const ask = (offerId: string, as: Person = kam) =>
  t.ok(as, offersApi.requestApproval, { params: { id: offerId }, body: { reason: 'Initech offers less' } });
const news = async (as: Person) => (await t.ok(as, listNotifications)).items;

/** The room's own functions under the rights of somebody, as other rooms call them. */
function as<T>(person: Person, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const actor = {
    kind: 'key' as const,
    workspaceId: person.workspaceId,
    memberId: person.memberId,
    userId: null,
    role: person.role,
    level: person.level,
    name: person.name,
    key: 'test',
  };
  const { services } = t.building;
  return services.database.as({ ...actor, label: 'test' }, (tx) =>
    work(makeCtx({ tx, actor, services, requestId: 'test', log: services.log, hooks: [] })),
  );
}

describe('scenarios', () => {
  it('show margin, lifetime value, NRR and GRR of the quarter beside those of going on as it is', async () => {
    const w = await t.workspace('Scenarios');
    const id = (await t.ok(w, createAccount, { body: { name: 'Acme' } })).id;
    const other = (await t.ok(w, createAccount, { body: { name: 'Globex' } })).id;
    const { renewalId } = await contractOf(w, { accountId: id });
    await contractOf(w, {
      accountId: other,
      lines: [{ ...SEATS, quantity: 50, endsOn: null }],
      endsOn: null,
      termMonths: null,
    });
    const done = await t.ok(w, offersApi.evaluateScenarios, {
      params: { id: renewalId! },
      body: { scenarios: [{ discountPercent: 12 }, { upliftPercent: 5 }, { termMonths: 36, discountPercent: 5 }] },
    });
    expect(done.quarter).toEqual({ from: '2026-12-31', to: '2027-03-31' });
    expect(done.before).toMatchObject({
      arr: { amount: 1_200_000, currency: 'EUR' },
      margin: { amount: 840_000 },
      marginShare: '0.700000',
      lifetime: { amount: 8_400_000 },
      nrr: '1.000000',
      grr: '1.000000',
    });
    expect(done.scenarios[0]).toMatchObject({
      discountAsked: 12,
      limit: 10,
      needs: ['finance'],
      effect: { arr: { amount: 1_056_000 }, margin: { amount: 696_000 }, nrr: '0.920000', grr: '0.920000' },
    });
    expect(done.scenarios[1]).toMatchObject({
      needs: [],
      effect: { arr: { amount: 1_260_000 }, nrr: '1.033333', grr: '1.000000' },
    });
    expect(done.scenarios[2]!.effect.expectedYears).toBe('12');
    expect(done.assumptions.map((a) => a.code)).toEqual(['base', 'retention', 'cost', 'cost_assumed']);
    const wrong = await t.call(w, offersApi.evaluateScenarios, {
      params: { id: renewalId! },
      body: { scenarios: [{ quantities: [{ lineId: crypto.randomUUID(), quantity: 1 }] }] },
    });
    expect(wrong.problem.fields?.[0]?.field).toBe('scenarios.0.quantities.0.lineId');
  });

  it('reckon the quarter with subscriptions too: what is promised is what NRR and GRR say once it has come', async () => {
    const w = await t.workspace('Beside contracts');
    const ids = await makeAccounts(t, ['Acme', 'Globex', 'Initech'], { in: w });
    await addLines(
      t,
      ids,
      [
        { account: 'Acme', arr: 600_000, from: '2026-01-01' },
        { account: 'Globex', arr: 900_000, from: '2025-01-01', until: '2027-02-01' },
        { account: 'Globex', arr: 300_000, from: '2026-01-01' },
        { account: 'Initech', arr: 500_000, from: '2027-01-15' },
      ],
      w,
    );
    const { renewalId } = await contractOf(w, { accountId: ids.get('Acme')! });
    const { id } = await t.ok(w, offersApi.createOffer, {
      params: { id: renewalId! },
      body: { name: 'Ten off', terms: { discountPercent: 10 } },
    });
    const { before, items } = await t.ok(w, offersApi.listOffers, { params: { id: renewalId! } });
    // Of 3,000,000 a year Globex takes 900,000 away; the offer another 120,000.
    expect([before.nrr, before.grr]).toEqual(['0.700000', '0.700000']);
    expect([items[0]!.effect.nrr, items[0]!.effect.grr]).toEqual(['0.660000', '0.660000']);
    const rows = (await t.ok(w, explainMetric, { params: { id: 'offer-nrr' }, query: { of: id } })).items;
    expect(rows.map((r) => [r.label, (r.parts.start as { amount: number }).amount])).toEqual([
      ['Acme', 1_800_000],
      ['Globex', 1_200_000],
    ]);
    await t.ok(w, offersApi.decideRenewal, { params: { id: renewalId! }, body: { outcome: 'reduced', offerId: id } });
    t.setTime('2027-03-31T09:00:00Z');
    for (const metric of ['nrr', 'grr']) {
      const come = await t.ok(w, getMetric, {
        params: { id: metric },
        query: { from: '2026-12-31', to: '2027-03-31' },
      });
      expect(come.value).toBe('0.660000');
    }
  });

  it('are kept side by side, four at most', async () => {
    const { renewalId, offerId } = await offerOf(3);
    for (const n of [1, 2, 4])
      await t.ok(kam, offersApi.createOffer, {
        params: { id: renewalId },
        body: { name: `${n}`, terms: { discountPercent: n } },
      });
    const full = await t.call(kam, offersApi.createOffer, {
      params: { id: renewalId },
      body: { name: 'x', terms: {} },
    });
    expect(full.problem.code).toBe('too_many_offers');
    await t.ok(kam, offersApi.updateOffer, {
      params: { id: offerId },
      body: { version: 1, terms: { discountPercent: 12 } },
    });
    expect(
      (await t.call(kam, offersApi.updateOffer, { params: { id: offerId }, body: { version: 1, name: 'y' } })).status,
    ).toBe(409);
    const { items } = await t.ok(kam, offersApi.listOffers, { params: { id: renewalId } });
    expect(items.map((o) => [o.discountAsked, o.needs.length, o.can.request, o.can.decide])).toEqual([
      [12, 2, true, false],
      [1, 0, false, true],
      [2, 0, false, true],
      [4, 0, false, true],
    ]);
    await t.ok(kam, offersApi.removeOffer, { params: { id: items[1]!.id } });
    expect((await t.ok(kam, offersApi.listOffers, { params: { id: renewalId } })).items.length).toBe(3);
  });
});

describe('a discount above the limit', () => {
  it('goes to a head, then to finance, with the scenario; only then the renewal can be decided', async () => {
    const { renewalId, offerId } = await offerOf(12);
    const decide = () =>
      t.call(kam, offersApi.decideRenewal, { params: { id: renewalId }, body: { outcome: 'reduced', offerId } });
    const early = await decide();
    expect([early.status, early.problem.code]).toEqual([403, 'approval_required']);
    const asked = await ask(offerId);
    expect(asked).toMatchObject({
      status: 'pending',
      discountPercent: 12,
      limitPercent: 5,
      can: { decide: false, withdraw: true },
      steps: [
        { number: 1, kind: 'head', status: 'pending', approvers: [{ name: 'Hedda Head' }] },
        { number: 2, kind: 'finance', status: 'waiting', approvers: [{ name: 'Fina Finance' }] },
      ],
      scenario: { before: { arr: { amount: 1_200_000 } }, after: { arr: { amount: 1_056_000 } } },
    });
    expect((await news(head))[0]).toMatchObject({
      kind: 'approval.requested',
      link: `/approvals?approval=${asked.id}`,
    });
    expect((await decide()).problem.code).toBe('approval_required');
    expect((await t.call(kam, offersApi.approveOffer, { params: { id: asked.id }, body: {} })).status).toBe(403);
    expect((await t.call(finance, offersApi.approveOffer, { params: { id: asked.id }, body: {} })).status).toBe(403);

    await t.ok(head, offersApi.approveOffer, { params: { id: asked.id }, body: { note: 'Keep the reference' } });
    expect((await decide()).problem.code).toBe('approval_required');
    const inbox = (await t.ok(finance, offersApi.listApprovals, { query: { box: 'forMe' } })).items;
    expect(inbox.find((a) => a.id === asked.id)).toMatchObject({
      accountId: null,
      accountName: 'Acme',
      can: { decide: true },
    });
    const done = await t.ok(finance, offersApi.approveOffer, { params: { id: asked.id }, body: {} });
    expect(done.status).toBe('approved');
    expect((await news(kam))[0]).toMatchObject({ kind: 'approval.approved' });

    const other = await t.call(kam, offersApi.decideRenewal, {
      params: { id: renewalId },
      body: { outcome: 'reduced', terms: { discountPercent: 12, termMonths: 24 } },
    });
    expect(other.problem.code).toBe('approval_required');
    const decided = await t.ok(kam, offersApi.decideRenewal, {
      params: { id: renewalId },
      body: { outcome: 'reduced', offerId },
    });
    expect(decided).toMatchObject({ outcome: 'reduced', renewed: { amount: 1_056_000 }, discountPercent: 12 });
    const ledger = (await t.ok(kam, offersApi.listConcessions, { query: { renewalId } })).items;
    expect(ledger).toMatchObject([{ side: 'give', kind: 'discount', value: { amount: 144_000, currency: 'EUR' } }]);
  });

  it('is refused with a reason, and other terms need another approval', async () => {
    const { renewalId, offerId } = await offerOf(8);
    const asked = await ask(offerId);
    expect(asked.steps.map((s) => s.kind)).toEqual(['head']);
    expect(
      (await t.call(kam, offersApi.requestApproval, { params: { id: offerId }, body: { reason: 'x' } })).problem.code,
    ).toBe('already_asked');
    expect(
      (await t.call(head, offersApi.refuseOffer, { params: { id: asked.id }, body: {} })).problem.fields?.[0]?.field,
    ).toBe('note');
    await t.ok(head, offersApi.refuseOffer, { params: { id: asked.id }, body: { note: 'Ask for a longer term' } });
    expect((await t.call(head, offersApi.approveOffer, { params: { id: asked.id }, body: {} })).problem.code).toBe(
      'not_pending',
    );
    await t.ok(kam, offersApi.updateOffer, {
      params: { id: offerId },
      body: { terms: { discountPercent: 8, termMonths: 24 } },
    });
    expect((await t.ok(kam, offersApi.listOffers, { params: { id: renewalId } })).items[0]?.approval.status).toBe(
      'outdated',
    );
    await t.ok(head, offersApi.approveOffer, { params: { id: (await ask(offerId)).id }, body: {} });
    expect((await t.ok(kam, offersApi.listOffers, { params: { id: renewalId } })).items[0]).toMatchObject({
      approval: { status: 'approved' },
      can: { decide: true },
    });
    await t.ok(kam, offersApi.updateOffer, {
      params: { id: offerId },
      body: { terms: { discountPercent: 9, termMonths: 24 } },
    });
    expect(
      (await t.call(kam, offersApi.decideRenewal, { params: { id: renewalId }, body: { outcome: 'reduced', offerId } }))
        .problem.code,
    ).toBe('approval_required');
  });

  it('within the limit asks nobody', async () => {
    const { renewalId, offerId } = await offerOf(5);
    expect(
      (await t.call(kam, offersApi.requestApproval, { params: { id: offerId }, body: { reason: 'x' } })).problem.code,
    ).toBe('not_needed');
    expect(
      (await t.ok(kam, offersApi.decideRenewal, { params: { id: renewalId }, body: { outcome: 'reduced', offerId } }))
        .state,
    ).toBe('decided');
  });

  it('can be taken back, and handed to somebody else to decide', async () => {
    const first = await ask((await offerOf(6)).offerId);
    expect((await t.ok(kam, offersApi.withdrawApproval, { params: { id: first.id }, body: {} })).status).toBe(
      'withdrawn',
    );
    const { id } = await ask((await offerOf(7)).offerId);
    const stand = await t.member('sponsor', { name: 'Stan Stand-in', level: 'own' });
    expect((await t.call(stand, offersApi.getApproval, { params: { id } })).status).toBe(404);
    expect(
      (await t.call(head, offersApi.delegateApproval, { params: { id }, body: { memberId: kam.memberId } })).status,
    ).toBe(422);
    await t.ok(head, offersApi.delegateApproval, {
      params: { id },
      body: { memberId: stand.memberId, note: 'I am away' },
    });
    expect((await news(stand))[0]?.kind).toBe('approval.requested');
    const done = await t.ok(stand, offersApi.approveOffer, { params: { id }, body: {} });
    expect(done.steps[0]).toMatchObject({
      status: 'approved',
      decidedBy: { name: 'Stan Stand-in' },
      delegatedBy: { name: 'Hedda Head' },
    });
  });

  it('that waits is remembered after the days of the workspace', async () => {
    const { id } = await ask((await offerOf(9)).offerId);
    t.setTime('2026-11-23T09:00:00Z');
    await remind(t.building.services);
    expect((await t.ok(head, offersApi.getApproval, { params: { id } })).steps[0]?.remindedAt).toBeNull();
    t.setTime('2026-11-24T10:00:00Z');
    await remind(t.building.services);
    expect((await t.ok(head, offersApi.getApproval, { params: { id } })).steps[0]?.remindedAt).toBe(
      '2026-11-24T10:00:00.000Z',
    );
  });

  it('has limits and approvers that a head sets, and nobody else', async () => {
    expect((await t.call(kam, offersApi.updateContractSettings, { body: { limits: { kam: 50 } } })).status).toBe(403);
    const viewer = await t.member('viewer');
    const wrong = await t.call(head, offersApi.updateContractSettings, {
      body: { headApproverIds: [viewer.memberId] },
    });
    expect(wrong.problem.fields?.[0]?.field).toBe('headApproverIds');
    const w = await t.workspace('Limits');
    const first = await t.ok(w, offersApi.getContractSettings);
    expect(first).toMatchObject({ limits: { kam: 5, head: 10 }, version: 0 });
    const set = await t.ok(w, offersApi.updateContractSettings, { body: { version: 0, limits: { kam: 7.5 } } });
    expect([set.limits.kam, set.limits.head, set.version]).toEqual([7.5, 10, 1]);
    expect(
      (await t.call(w, offersApi.updateContractSettings, { body: { version: 0, limits: { kam: 8 } } })).status,
    ).toBe(409);
  });
});

describe('give and get', () => {
  it('says what was conceded, what was received for it, and the balance', async () => {
    const id = (await t.ok(kam, createAccount, { body: { name: 'Ledger' } })).id;
    const give = await t.ok(kam, offersApi.createConcession, {
      body: {
        accountId: id,
        side: 'give',
        what: 'Free onboarding',
        kind: 'service',
        value: { amount: 50_000, currency: 'EUR' },
        on: '2026-11-20',
      },
    });
    const get = await t.ok(kam, offersApi.createConcession, {
      body: {
        accountId: id,
        side: 'get',
        what: 'Reference call',
        kind: 'reference',
        on: '2026-11-21',
        answersId: give.id,
      },
    });
    expect(await t.ok(kam, offersApi.balanceConcessions, { query: { accountId: id } })).toMatchObject({
      given: { amount: 50_000, currency: 'EUR' },
      got: { amount: 0 },
      unvalued: 1,
    });
    const valued = await t.ok(kam, offersApi.updateConcession, {
      params: { id: get.id },
      body: { version: 1, value: { amount: 20_000, currency: 'EUR' } },
    });
    expect(valued).toMatchObject({ answersId: give.id, value: { amount: 20_000 } });
    expect(
      (await t.call(kam, offersApi.updateConcession, { params: { id: get.id }, body: { version: 1, what: 'x' } }))
        .status,
    ).toBe(409);
    const wrong = await t.call(kam, offersApi.createConcession, {
      body: { accountId: account, side: 'get', what: 'x', on: '2026-11-21', answersId: give.id },
    });
    expect(wrong.problem.fields?.[0]?.field).toBe('answersId');
    await t.ok(kam, offersApi.removeConcession, { params: { id: give.id } });
    expect(
      (await t.ok(kam, offersApi.listConcessions, { query: { accountId: id } })).items.map((c) => [
        c.what,
        c.answersId,
      ]),
    ).toEqual([['Reference call', null]]);
  });
});

describe('a won deal', () => {
  const deal = (more: object = {}) => ({
    opportunityId: crypto.randomUUID(),
    accountId: account,
    name: 'Second site',
    type: 'upsell' as const,
    currency: 'EUR',
    contractId: null as string | null,
    lines: [
      {
        productId: null,
        description: 'Seats',
        kind: 'recurring' as const,
        quantity: 10,
        unitPriceMinor: 1000,
        discountPercent: 0,
        billing: 'month' as const,
        startsOn: '2026-12-01',
        endsOn: '2027-11-30',
      },
    ],
    ...more,
  });

  it('becomes a contract, once however often it is closed', async () => {
    const won = deal();
    const first = await as(kam, (ctx) => closeDeal(ctx, won));
    expect(await as(kam, (ctx) => closeDeal(ctx, won))).toEqual(first);
    const contract = await t.ok(kam, api.getContract, { params: { id: first.contractId } });
    expect(contract).toMatchObject({
      name: 'Second site',
      startsOn: '2026-12-01',
      endsOn: '2027-11-30',
      termMonths: 12,
      amendments: [{ kind: 'won', after: { amount: 120_000 } }],
    });
    expect(contract.lines).toMatchObject([
      { id: first.lineIds[0], reason: 'won', opportunityId: won.opportunityId, amount: { amount: 120_000 } },
    ]);
  });

  it('adds its lines to a contract of the same account and currency', async () => {
    const taker = await contractOf(kam, { name: 'Taker' });
    expect(
      (await as(kam, (ctx) => contractsForDeal(ctx, { accountId: account, currency: 'EUR' }))).map((c) => c.id),
    ).toContain(taker.id);
    const { contractId } = await as(kam, (ctx) => closeDeal(ctx, deal({ contractId: taker.id })));
    expect(contractId).toBe(taker.id);
    expect((await t.ok(kam, api.getContract, { params: { id: taker.id } })).lines.length).toBe(2);
    await expect(
      as(kam, (ctx) => closeDeal(ctx, deal({ contractId: taker.id, currency: 'USD' }))),
    ).rejects.toMatchObject({ status: 422 });
  });
});

describe('figures of renewals', () => {
  const question = (more: Partial<Measure> = {}): Measure =>
    ({ from: '2026-01-01', to: '2026-12-31', asOf: '2026-12-31', currency: 'EUR', ...more }) as Measure;
  const figure = (who: Person, id: string, q: Partial<Measure> = {}) =>
    as(who, (ctx) => metrics.find((m) => m.definition.id === id)!.measure(ctx, question(q)));

  it('are those of the formulas, by account and with their rows', async () => {
    const w = await t.workspace('Figures');
    const accounts: string[] = [];
    for (const name of ['A', 'B', 'C']) accounts.push((await t.ok(w, createAccount, { body: { name } })).id);
    const made: api.ContractPage[] = [];
    for (const [i, quantity] of [100, 200, 50].entries())
      made.push(
        await contractOf(w, {
          accountId: accounts[i],
          lines: [{ ...SEATS, quantity, unitPriceMinor: 100 }],
          endsOn: '2026-12-15',
          startsOn: '2025-12-16',
        }),
      );
    const decide = (i: number, body: object) =>
      t.ok(w, offersApi.decideRenewal, { params: { id: made[i]!.renewalId! }, body: body as never });
    await decide(0, { outcome: 'renewed_uplift', terms: { upliftPercent: 30 }, signedOn: '2026-12-01' });
    await decide(1, {
      outcome: 'reduced',
      terms: { quantities: [{ lineId: made[1]!.lines[0]!.id, quantity: 150 }] },
      signedOn: '2026-12-17',
    });
    await decide(2, { outcome: 'lost', loss: { reason: 'price', detail: 'Too dear' } });
    // Starts 100, 200, 50; ends 130, 150, 0: the worked example.
    expect((await figure(w, 'renewal-rate-value-net')).value).toBe('0.800000');
    expect((await figure(w, 'renewal-rate-value-gross')).value).toBe('0.714286');
    expect((await figure(w, 'renewal-rate-count')).value).toBe('0.666667');
    expect(await figure(w, 'renewal-timing')).toMatchObject({
      value: -6,
      parts: { onTimeShare: '0.500000', count: 2 },
    });
    expect((await figure(w, 'notice-due', { from: '2026-11-01', to: '2026-11-30' })).value).toEqual({
      amount: 420_000,
      currency: 'EUR',
    });
    const grouped = await figure(w, 'renewal-rate-value-net', { groupBy: 'account' });
    expect(grouped.groups?.map((g) => [g.label, g.value]).sort()).toEqual([
      ['A', '1.300000'],
      ['B', '0.750000'],
      ['C', '0.000000'],
    ]);
    const rows = await as(w, (ctx) =>
      metrics[0]!.rows(ctx, question(), { group: null, part: 'lost', limit: 10, offset: 0 }),
    );
    expect(rows.map((r) => r.label)).toEqual(['B · Platform', 'C · Platform']);
    expect((await figure(w, 'renewal-rate-count', { asOf: '2026-11-01' })).value).toBeNull();
    await expect(figure(w, 'renewal-rate-count', { groupBy: 'colour' })).rejects.toMatchObject({ status: 422 });
    expect((await figure(w, 'renewal-brier')).parts).toMatchObject({ count: 3 });
  });

  it('and every list and sum of a member are those of the accounts that the member sees', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ mine: fc.boolean(), quantity: fc.integer({ min: 1, max: 100 }) }), {
          minLength: 1,
          maxLength: 5,
        }),
        async (world) => {
          const w = await t.workspace('Rights');
          const some = await t.member('kam', { in: w, level: 'own' });
          for (const [i, one] of world.entries()) {
            const id = (
              await t.ok(w, createAccount, { body: { name: `N${i}`, ownerId: (one.mine ? some : w).memberId } })
            ).id;
            await contractOf(w, { accountId: id, lines: [{ ...SEATS, quantity: one.quantity }] });
          }
          const mine = world.filter((o) => o.mine).reduce((n, o) => n + o.quantity * 12_000, 0);
          const listed = (await t.ok(some, renewalsApi.listRenewals, { query: {} })).items;
          expect(listed.reduce((n, r) => n + r.due.amount, 0)).toBe(mine);
          expect((await t.ok(some, api.listContracts, { query: {} })).items.reduce((n, c) => n + c.arr.amount, 0)).toBe(
            mine,
          );
          expect((await t.ok(some, renewalsApi.summariseRenewals)).due.amount).toBe(mine);
          expect((await figure(some, 'notice-due')).value).toEqual({ amount: mine, currency: 'EUR' });
        },
      ),
      { numRuns: 5 },
    );
  });
});
