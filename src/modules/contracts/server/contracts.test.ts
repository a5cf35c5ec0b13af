// Contracts and renewals through HTTP on a real PostgreSQL, under a fixed clock.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { explainMetric, getMetric } from '../../../kernel/contract/metrics.ts';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { createAccount, getAccount, mergeAccounts } from '../../accounts/api.ts';
import { listNotifications } from '../../people/api.ts';
import * as api from '../api.ts';
import * as offersApi from '../api-offers.ts';
import * as renewalsApi from '../api-renewals.ts';
import { runNights } from './jobs.ts';

let t: TestApp;
let head: Person;
let kam: Person;
let viewer: Person;
let account: string;
beforeAll(async () => {
  t = await openTestApp();
  head = await t.member('head', { name: 'Hedda Head' });
  kam = await t.member('kam', { name: 'Karim Kam' });
  viewer = await t.member('viewer', { name: 'Vera Viewer' });
  account = await accountOf('Acme');
});
afterAll(() => t.close());
beforeEach(() => t.setTime('2026-11-22T09:00:00Z'));

const accountOf = async (name: string, owner: Person = kam, as: Person = head) =>
  (await t.ok(as, createAccount, { body: { name, ownerId: owner.memberId } })).id;

type NewContract = CallInput<typeof api.createContract>['body'];
const SEATS = { description: 'Seats', quantity: 100, unitPriceMinor: 1000 };
const make = (as: Person, more: Partial<NewContract> = {}) =>
  t.ok(as, api.createContract, {
    body: {
      accountId: account,
      name: 'Platform',
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
      termMonths: 12,
      noticeDays: 30,
      lines: [SEATS],
      ...more,
    },
  });
const renewalOf = async (as: Person, contractId: string) =>
  (await t.ok(as, renewalsApi.listRenewals, { query: { contractId, state: 'open' } })).items[0]!;
const news = async (as: Person) => (await t.ok(as, listNotifications)).items;

describe('a contract', () => {
  it('keeps what was entered, says its notice deadline and what it brings a year', async () => {
    const made = await make(kam, {
      number: 'C-1',
      upliftPercent: 5,
      signatories: [{ side: 'theirs', name: 'Dana Director', title: 'CFO', signedOn: '2025-12-15' }],
      lines: [SEATS, { description: 'Set-up', kind: 'one_off', unitPriceMinor: 50_000, billing: 'once' }],
    });
    expect(made).toMatchObject({
      accountName: 'Acme',
      ownerName: 'Karim Kam',
      status: 'active',
      noticeDeadlineOn: '2026-12-01',
      upliftPercent: 5,
      arr: { amount: 1_200_000, currency: 'EUR' },
      signatories: [{ side: 'theirs', name: 'Dana Director', title: 'CFO', signedOn: '2025-12-15' }],
      lines: [
        { quantity: 100, endsOn: '2026-12-31', amount: { amount: 1_200_000, currency: 'EUR' }, state: 'current' },
        { kind: 'one_off', billing: 'once', endsOn: '2026-01-01', amount: { amount: 50_000, currency: 'EUR' } },
      ],
      can: { update: true, decide: true },
    });
    expect(made.renewalId).not.toBeNull();
    expect((await t.ok(kam, getAccount, { params: { id: account } })).renewalOn).toBe('2026-12-31');
  });

  it('without an end, but with a term, ends with it', async () => {
    const made = await t.ok(kam, api.createContract, {
      body: { accountId: account, name: 'x', startsOn: '2027-03-01', termMonths: 12, lines: [] },
    });
    expect(made.endsOn).toBe('2028-02-29');
  });

  it('names everything that is wrong at once', async () => {
    const answer = await t.call(kam, api.createContract, {
      body: {
        accountId: crypto.randomUUID(),
        name: 'x',
        startsOn: '2026-02-01',
        endsOn: '2026-01-01',
        lines: [{ unitPriceMinor: 1, productId: crypto.randomUUID(), startsOn: '2026-05-01', endsOn: '2026-04-01' }],
      },
    });
    expect([answer.status, answer.problem.fields?.map((f) => f.field)]).toEqual([
      422,
      ['accountId', 'endsOn', 'lines.0.productId', 'lines.0.endsOn'],
    ]);
    expect(
      (await t.call(viewer, api.createContract, { body: { accountId: account, name: 'x', startsOn: '2026-01-01' } }))
        .status,
    ).toBe(403);
  });

  it('refuses a change to a version that is not the current one, and keeps the other', async () => {
    const made = await make(kam);
    const changed = await t.ok(kam, api.updateContract, {
      params: { id: made.id },
      body: { version: made.version, noticeDays: 60 },
    });
    expect(changed.noticeDeadlineOn).toBe('2026-11-01');
    const stale = await t.call(head, api.updateContract, {
      params: { id: made.id },
      body: { version: made.version, name: 'Mine' },
    });
    expect([stale.status, stale.problem.code]).toEqual([409, 'version_conflict']);
    expect(stale.problem.current).toMatchObject({ name: 'Platform', noticeDays: 60 });
  });

  it('moves its lines and its renewal with its end', async () => {
    const made = await make(kam);
    const moved = await t.ok(kam, api.updateContract, { params: { id: made.id }, body: { endsOn: '2027-06-30' } });
    expect(moved.lines[0]?.endsOn).toBe('2027-06-30');
    expect(await renewalOf(kam, made.id)).toMatchObject({
      id: made.renewalId,
      dueOn: '2027-06-30',
      noticeDeadlineOn: '2027-05-31',
    });
  });

  it('corrects, adds and removes lines; those of an amendment stay', async () => {
    const made = await make(kam);
    const more = await t.ok(kam, api.addContractLines, {
      params: { id: made.id },
      body: { lines: [{ description: 'Support', unitPriceMinor: 100 }] },
    });
    expect(more.arr.amount).toBe(1_201_200);
    const [seats, support] = more.lines;
    const fixed = await t.ok(kam, api.updateContractLine, {
      params: { id: made.id, lineId: support!.id },
      body: { unitPriceMinor: 200, version: 1 },
    });
    expect(fixed.arr.amount).toBe(1_202_400);
    expect((await renewalOf(kam, made.id)).due.amount).toBe(1_202_400);
    const wrong = await t.call(kam, api.updateContractLine, {
      params: { id: made.id, lineId: support!.id },
      body: { endsOn: '2025-01-01' },
    });
    expect(wrong.problem.fields?.[0]?.field).toBe('endsOn');
    await t.ok(kam, api.amendContract, {
      params: { id: made.id },
      body: { kind: 'upgrade', effectiveOn: '2026-07-01', changes: [{ lineId: seats!.id, quantity: 120 }] },
    });
    const kept = await t.call(kam, api.removeContractLine, { params: { id: made.id, lineId: seats!.id } });
    expect([kept.status, kept.problem.code]).toEqual([409, 'line_in_history']);
    const less = await t.ok(kam, api.removeContractLine, { params: { id: made.id, lineId: support!.id } });
    expect(less.arr.amount).toBe(1_440_000);
  });

  it('is listed by notice deadline and found by account, status, dates and words', async () => {
    const w = await t.workspace('Lists');
    const id = await accountOf('Globex', w, w);
    for (const [name, endsOn, noticeDays] of [
      ['Late', '2027-12-31', 30],
      ['Early', '2027-01-31', null],
      ['Soon', '2027-03-31', 90],
      ['Open', null, null],
    ] as const)
      await make(w, { accountId: id, name, endsOn, termMonths: null, noticeDays, lines: [] });
    const names = async (query: object) =>
      (await t.ok(w, api.listContracts, { query: query as never })).items.map((c) => c.name);
    expect(await names({})).toEqual(['Soon', 'Early', 'Late', 'Open']);
    expect(await names({ noticeTo: '2027-01-15' })).toEqual(['Soon']);
    expect(await names({ endsFrom: '2027-02-01', endsTo: '2027-12-31', sort: '-ends' })).toEqual(['Late', 'Soon']);
    expect(await names({ q: 'open', status: 'active', accountId: id })).toEqual(['Open']);
    const first = await t.ok(w, api.listContracts, { query: { limit: 2 } });
    expect(
      (await t.ok(w, api.listContracts, { query: { limit: 2, cursor: first.nextCursor! } })).items.map((c) => c.name),
    ).toEqual(['Late', 'Open']);
  });

  it('cancelled early ends its lines with the day given, and drops its renewal', async () => {
    const made = await make(kam, { name: 'Cancelled' });
    const done = await t.ok(kam, api.cancelContract, {
      params: { id: made.id },
      body: { endsOn: '2026-11-30', reason: 'Site is closed' },
    });
    expect(done).toMatchObject({
      status: 'cancelled',
      endsOn: '2026-11-30',
      cancelReason: 'Site is closed',
      renewalId: null,
    });
    expect(done.lines[0]?.endsOn).toBe('2026-11-30');
    expect(done.amendments[0]).toMatchObject({
      kind: 'cancellation',
      effectiveOn: '2026-12-01',
      before: { amount: 1_200_000 },
      after: { amount: 0 },
    });
    const again = await t.call(kam, api.cancelContract, {
      params: { id: made.id },
      body: { endsOn: '2026-11-30', reason: 'x' },
    });
    expect(again.problem.code).toBe('contract_closed');
  });
});

describe('amendments', () => {
  it('keep the history: lines end, others take their place', async () => {
    const made = await make(kam);
    const line = made.lines[0]!;
    const up = await t.ok(kam, api.amendContract, {
      params: { id: made.id },
      body: {
        kind: 'upgrade',
        effectiveOn: '2026-07-01',
        note: 'Second site',
        changes: [{ lineId: line.id, quantity: 150 }],
        add: [{ description: 'Module', unitPriceMinor: 5000 }],
      },
    });
    expect(up.lines.map((l) => [l.startsOn, l.endsOn, l.quantity, l.reason, l.replacesId === line.id])).toEqual([
      ['2026-01-01', '2026-06-30', 100, 'initial', false],
      ['2026-07-01', '2026-12-31', 150, 'upgrade', true],
      ['2026-07-01', '2026-12-31', 1, 'upgrade', false],
    ]);
    expect(up.amendments[0]).toMatchObject({
      number: 1,
      kind: 'upgrade',
      before: { amount: 1_200_000 },
      after: { amount: 1_860_000 },
      madeByName: 'Karim Kam',
    });
    expect((await renewalOf(kam, made.id)).due.amount).toBe(1_860_000);
    const down = await t.ok(kam, api.amendContract, {
      params: { id: made.id },
      body: { kind: 'partial_churn', effectiveOn: '2026-10-01', changes: [{ lineId: up.lines[2]!.id, quantity: 0 }] },
    });
    expect(down.arr.amount).toBe(1_800_000);
    expect((await renewalOf(kam, made.id)).system.reasons.map((r) => r.code)).toContain('shrunk');
  });

  it('are what they are called', async () => {
    const made = await make(kam);
    const lineId = made.lines[0]!.id;
    const refused = async (kind: 'upgrade' | 'downgrade' | 'partial_churn' | 'co_term', quantity: number) =>
      (
        await t.call(kam, api.amendContract, {
          params: { id: made.id },
          body: { kind, effectiveOn: '2026-07-01', changes: [{ lineId, quantity }] },
        })
      ).problem.fields?.[0]?.message;
    expect(await refused('upgrade', 90)).toMatch(/brings more/);
    expect(await refused('downgrade', 110)).toMatch(/brings less/);
    expect(await refused('partial_churn', 0)).toMatch(/Nothing would be left/);
  });

  it('co-terming ends lines with the contract', async () => {
    const made = await make(kam, {
      lines: [SEATS, { description: 'Module', unitPriceMinor: 100, endsOn: '2026-09-30' }],
    });
    const done = await t.ok(kam, api.amendContract, {
      params: { id: made.id },
      body: { kind: 'co_term', effectiveOn: '2026-10-01', changes: [{ lineId: made.lines[1]!.id }] },
    });
    expect(done.lines.at(-1)).toMatchObject({
      startsOn: '2026-10-01',
      endsOn: '2026-12-31',
      reason: 'co_term',
      replacesId: made.lines[1]!.id,
    });
  });
});

describe('a renewal', () => {
  it('is judged by a person beside the system; the day and the word are kept', async () => {
    const made = await make(kam);
    const before = await renewalOf(kam, made.id);
    expect(before).toMatchObject({
      daysLeft: 9,
      actByOn: '2026-12-01',
      state: 'open',
      judgement: null,
      likelihood: 'at_risk',
      probability: 45,
    });
    expect(before.system.reasons.map((r) => r.code)).toEqual(['notice_near', 'no_offer', 'missed_three_months']);
    const judged = await t.ok(kam, renewalsApi.judgeRenewal, {
      params: { id: before.id },
      body: { likelihood: 'watch', probability: 80, note: 'Good talks' },
    });
    expect(judged).toMatchObject({ likelihood: 'watch', probability: 80, judgement: { byName: 'Karim Kam' } });
    expect(judged.judgements[0]).toMatchObject({
      source: 'person',
      probability: 80,
      note: 'Good talks',
      on: '2026-11-22',
    });
  });

  it('at three months refuses to be watched, and takes a disagreement to the head', async () => {
    const made = await make(kam);
    const { id } = await renewalOf(kam, made.id);
    const refused = await t.call(kam, renewalsApi.answerCheckpoint, {
      params: { id },
      body: { kind: 'three_months', answer: 'monitor', likelihood: 'watch' },
    });
    expect([refused.status, refused.problem.fields?.[0]?.code]).toEqual([422, 'monitor_refused']);
    const answered = await t.ok(kam, renewalsApi.answerCheckpoint, {
      params: { id },
      body: { kind: 'three_months', answer: 'renew', likelihood: 'on_track' },
    });
    expect(answered).toMatchObject({ disagreement: true, likelihood: 'on_track' });
    expect(answered.checkpoints[1]).toMatchObject({
      kind: 'three_months',
      dueOn: '2026-09-30',
      overdue: false,
      answer: { disagrees: true, systemLikelihood: 'at_risk' },
    });
    expect((await news(head))[0]?.title).toMatch(/^Acme: Karim Kam.* says on track, the figures say at risk$/);
    expect(
      (await t.ok(head, renewalsApi.listRenewals, { query: { disagreement: 'true' as never } })).items.map((r) => r.id),
    ).toContain(id);
    expect(
      (
        await t.call(kam, renewalsApi.resolveCheckpoint, {
          params: { id },
          body: { kind: 'three_months', likelihood: 'watch' },
        })
      ).status,
    ).toBe(403);
    const resolved = await t.ok(head, renewalsApi.resolveCheckpoint, {
      params: { id },
      body: { kind: 'three_months', likelihood: 'watch', note: 'See the CFO' },
    });
    expect(resolved).toMatchObject({ disagreement: false, likelihood: 'watch', probability: 75 });
    expect(
      (
        await t.call(head, renewalsApi.resolveCheckpoint, {
          params: { id },
          body: { kind: 'three_months', likelihood: 'watch' },
        })
      ).problem.code,
    ).toBe('nothing_to_resolve');
  });

  it('counts how often its decision is put off', async () => {
    const made = await make(kam);
    const { id } = await renewalOf(kam, made.id);
    const set = (expectedOn: string) =>
      t.ok(kam, renewalsApi.updateRenewal, { params: { id }, body: { expectedOn, stage: 'proposed' } });
    await set('2026-11-25');
    expect((await set('2026-11-20')).pushes).toBe(0);
    const pushed = await set('2026-12-10');
    expect([pushed.pushes, pushed.system.reasons.map((r) => r.code)]).toEqual([
      1,
      ['notice_near', 'pushed', 'missed_three_months'],
    ]);
  });

  it('renewed at the clause’s rise begins the next term and its lines', async () => {
    const made = await make(kam, { upliftPercent: 5 });
    const { id } = await renewalOf(kam, made.id);
    const wrong = await t.call(kam, offersApi.decideRenewal, {
      params: { id },
      body: { outcome: 'renewed_flat', terms: { upliftPercent: 5 } },
    });
    expect(wrong.problem.fields?.[0]?.message).toMatch(/renewed with uplift/);
    const done = await t.ok(kam, offersApi.decideRenewal, {
      params: { id },
      body: { outcome: 'renewed_uplift', signedOn: '2026-11-20' },
    });
    expect(done).toMatchObject({
      state: 'decided',
      stage: 'decided',
      outcome: 'renewed_uplift',
      renewed: { amount: 1_260_000 },
      newEndsOn: '2027-12-31',
      upliftPercent: 5,
    });
    const contract = await t.ok(kam, api.getContract, { params: { id: made.id } });
    expect(contract).toMatchObject({
      endsOn: '2027-12-31',
      noticeDeadlineOn: '2027-12-01',
      signedOn: '2026-11-20',
      arr: { amount: 1_200_000 },
    });
    expect(contract.lines.at(-1)).toMatchObject({
      startsOn: '2027-01-01',
      endsOn: '2027-12-31',
      reason: 'uplift',
      state: 'future',
      replacesId: contract.lines[0]!.id,
    });
    expect(await renewalOf(kam, made.id)).toMatchObject({
      dueOn: '2027-12-31',
      due: { amount: 1_260_000 },
      state: 'open',
    });
    expect(
      (await t.call(kam, offersApi.decideRenewal, { params: { id }, body: { outcome: 'renewed_flat' } })).problem.code,
    ).toBe('renewal_decided');
  });

  it('lost asks for a post-mortem, then ends with its term', async () => {
    const made = await make(kam, { lines: [{ ...SEATS, endsOn: null }] });
    const { id } = await renewalOf(kam, made.id);
    const bare = await t.call(kam, offersApi.decideRenewal, { params: { id }, body: { outcome: 'lost' } });
    expect([bare.status, bare.problem.fields?.[0]]).toMatchObject([
      422,
      { field: 'loss', code: 'post_mortem_required' },
    ]);
    const lost = await t.ok(kam, offersApi.decideRenewal, {
      params: { id },
      body: {
        outcome: 'lost',
        loss: {
          reason: 'competitor',
          competitor: 'Initech',
          detail: 'Half the price',
          lesson: 'Meet the CFO earlier',
          avoidable: true,
        },
      },
    });
    expect(lost).toMatchObject({
      outcome: 'lost',
      renewed: { amount: 0 },
      loss: { reason: 'competitor', competitor: 'Initech', avoidable: true },
    });
    const contract = await t.ok(kam, api.getContract, { params: { id: made.id } });
    expect([contract.lines[0]?.endsOn, contract.status, contract.renewalId]).toEqual(['2026-12-31', 'active', null]);
    t.setTime('2027-01-02T09:00:00Z');
    await runNights(t.building.services);
    expect((await t.ok(kam, api.getContract, { params: { id: made.id } })).status).toBe('ended');
  });

  it('sums what falls due by stage, in one currency, only over accounts that one sees', async () => {
    const w = await t.workspace('Sums');
    const other = await t.member('kam', { in: w, level: 'own', name: 'Olga Other' });
    const mine = await accountOf('Mine', other, w);
    const theirs = await accountOf('Theirs', w, w);
    await make(w, { accountId: mine });
    await make(w, { accountId: theirs, lines: [{ ...SEATS, quantity: 50 }] });
    const all = await t.ok(w, renewalsApi.summariseRenewals);
    expect([all.count, all.due.amount, all.atRisk.amount]).toEqual([2, 1_800_000, 1_800_000]);
    expect(all.byStage[0]).toMatchObject({
      stage: 'not_started',
      count: 2,
      due: { amount: 1_800_000, currency: 'EUR' },
    });
    const seen = await t.ok(other, renewalsApi.summariseRenewals);
    expect([seen.count, seen.due.amount, seen.weighted.amount]).toEqual([1, 1_200_000, 540_000]);

    // The figures behind these sums say the same, with the rows that they are made of.
    const figure = async (as: Person, id: string, query = {}) => t.ok(as, getMetric, { params: { id }, query });
    const eur = (amount: number) => ({ amount, currency: 'EUR' });
    expect((await figure(w, 'open-renewals')).parts).toMatchObject({ due: eur(1_800_000), renewals: 2 });
    expect((await figure(w, 'renewals-at-risk', { groupBy: 'account' })).groups!.map((g) => g.label).sort()).toEqual([
      'Mine',
      'Theirs',
    ]);
    expect((await figure(other, 'weighted-renewals')).value).toEqual(eur(540_000));
    const rows = await t.ok(other, explainMetric, { params: { id: 'open-renewals' } });
    expect(rows.items.map((r) => r.parts.due)).toEqual([eur(1_200_000)]);
    expect((await figure(w, 'open-renewals', { asOf: '2020-01-01' })).value).toBeNull();
  });
});

describe('at night', () => {
  it('contracts that renew by themselves go on, in the zone of their workspace, and a snapshot is kept', async () => {
    const tokyo = await t.workspace('Tokyo', { zone: 'Asia/Tokyo' });
    const id = await accountOf('Sakura', tokyo, tokyo);
    const made = await make(tokyo, { accountId: id, autoRenews: true, upliftPercent: 3 });
    t.setTime('2026-12-31T14:30:00Z'); // still the last day of December there
    await runNights(t.building.services);
    expect((await renewalOf(tokyo, made.id)).id).toBe(made.renewalId);
    t.setTime('2026-12-31T15:30:00Z'); // the first of January there
    await runNights(t.building.services);
    const after = await t.ok(tokyo, api.getContract, { params: { id: made.id } });
    expect(after).toMatchObject({ endsOn: '2027-12-31', arr: { amount: 1_236_000 } });
    expect(await t.ok(tokyo, renewalsApi.getRenewal, { params: { id: made.renewalId! } })).toMatchObject({
      outcome: 'renewed_uplift',
      decidedOn: '2027-01-01',
    });
    const { rows } = await t.building.database.system((_tx, c) =>
      c.query(
        `select on_date from kernel.snapshot where workspace_id = $1 and kind = 'renewal' and row_id = $2 order by 1`,
        [tokyo.workspaceId, made.renewalId],
      ),
    );
    expect(rows.map((r) => r.on_date)).toEqual(['2026-12-31', '2027-01-01']);
    const again = (await t.ok(tokyo, renewalsApi.listRenewals, { query: { contractId: made.id } })).items.length;
    await runNights(t.building.services);
    expect((await t.ok(tokyo, renewalsApi.listRenewals, { query: { contractId: made.id } })).items.length).toBe(again);
  });

  it('owners hear of a notice deadline that comes near, once for each window', async () => {
    const owner = await t.member('kam', { name: 'Nora Near' });
    await make(head, { accountId: await accountOf('Umbrella', owner) });
    t.setTime('2026-11-23T09:00:00Z');
    await runNights(t.building.services);
    t.setTime('2026-11-24T09:00:00Z');
    await runNights(t.building.services);
    const told = (await news(owner)).filter((n) => n.kind === 'renewal.notice_near');
    expect(told.map((n) => n.title)).toContain('Umbrella: 8 days until the notice deadline');
    expect(told.length).toBeLessThanOrEqual(2);
  });
});

describe('duplicates of an account', () => {
  it('bring their contracts and renewals along when they merge', async () => {
    const from = await accountOf('Hooli Ltd');
    const into = await accountOf('Hooli');
    const made = await make(head, { accountId: from });
    await t.ok(head, mergeAccounts, { params: { id: into }, body: { duplicateId: from } as never });
    expect((await t.ok(head, api.getContract, { params: { id: made.id } })).accountId).toBe(into);
    expect((await renewalOf(head, made.id)).accountId).toBe(into);
    expect((await t.ok(head, getAccount, { params: { id: into } })).renewalOn).toBe('2026-12-31');
  });
});
