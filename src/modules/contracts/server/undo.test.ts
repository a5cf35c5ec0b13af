// Decisions on renewals that are taken back: everything stands as before, as long as nothing followed.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { createAccount } from '../../accounts/api.ts';
import * as api from '../api.ts';
import * as offersApi from '../api-offers.ts';
import * as renewalsApi from '../api-renewals.ts';

let t: TestApp;
let kam: Person;
beforeAll(async () => {
  t = await openTestApp();
  kam = await t.member('kam', { name: 'Karim Kam' });
});
beforeEach(() => t.setTime('2026-11-22T10:00:00Z'));
afterAll(() => t.close());

async function decided(body: Record<string, unknown>, contract: Record<string, unknown> = {}) {
  const account = await t.ok(kam, createAccount, { body: { name: `Acme ${Math.random()}` } });
  const { id, renewalId } = await t.ok(kam, api.createContract, {
    body: {
      accountId: account.id,
      name: 'Frame',
      currency: 'EUR',
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
      termMonths: 12,
      noticeDays: 30,
      autoRenews: true,
      upliftPercent: 5,
      lines: [
        { description: 'Seats', quantity: 10, unitPriceMinor: 1000, billing: 'month' },
        {
          description: 'Begins later',
          unitPriceMinor: 500,
          billing: 'month',
          startsOn: '2027-06-01',
          endsOn: '2027-12-31',
        },
      ],
      ...contract,
    },
  });
  const params = { id: renewalId! };
  await t.ok(kam, renewalsApi.updateRenewal, { params, body: { stage: 'negotiating' } });
  const look = async () => {
    const { lines, endsOn, status, autoRenews, signedOn, arr, amendments } = await t.ok(kam, api.getContract, {
      params: { id },
    });
    const bare = lines.map(({ version: _, ...line }) => line);
    return { lines: bare, endsOn, status, autoRenews, signedOn, arr, amendments };
  };
  const before = await look();
  const done = await t.ok(kam, offersApi.decideRenewal, { params, body: body as never });
  return { id, accountId: account.id, params, before, look, done };
}
const back = (params: { id: string }) => t.ok(kam, offersApi.undoDecision, { params, body: {} });
const undo = (params: { id: string }) => t.call(kam, offersApi.undoDecision, { params, body: {} });

describe('a decision that is taken back', () => {
  it('leaves contract and lines as before, without the next term, and the renewal open again', async () => {
    const { id, params, before, look, done } = await decided(
      { outcome: 'reduced', terms: { discountPercent: 4 }, signedOn: '2026-11-20' },
      { lines: [{ description: 'Seats', quantity: 10, unitPriceMinor: 1000, billing: 'month' }] },
    );
    expect(done.canUndo).toBe(true);
    expect(await look()).not.toEqual(before);
    const open = await back(params);
    expect(open).toMatchObject({
      state: 'open',
      stage: 'negotiating',
      outcome: null,
      renewed: null,
      canUndo: false,
    });
    expect(await look()).toEqual(before);
    const all = (await t.ok(kam, renewalsApi.listRenewals, { query: { contractId: id } })).items;
    expect(all.map((r) => [r.id, r.state])).toEqual([[params.id, 'open']]);
    expect((await t.ok(kam, offersApi.listConcessions, { query: { contractId: id } })).items).toEqual([]);
    // And it can be decided otherwise.
    const again = await t.ok(kam, offersApi.decideRenewal, { params, body: { outcome: 'renewed_uplift' } });
    expect([again.newEndsOn, again.canUndo]).toEqual(['2027-12-31', true]);
    await undo(params);
    expect(await look()).toEqual(before);
  });

  it('brings back what a loss had ended, and lines that would never have begun', async () => {
    const { params, before, look } = await decided({
      outcome: 'lost',
      loss: { reason: 'price', detail: 'A rival was cheaper' },
    });
    const lost = await look();
    expect([lost.lines.length, lost.autoRenews]).toEqual([1, false]);
    expect(await back(params)).toMatchObject({ state: 'open', loss: null });
    expect(await look()).toEqual(before);
  });

  it('stays when something followed from it, and says so', async () => {
    const { id, params } = await decided({ outcome: 'renewed_uplift' });
    const next = (await t.ok(kam, renewalsApi.listRenewals, { query: { contractId: id, state: ['open'] } })).items[0]!;
    await t.ok(kam, renewalsApi.judgeRenewal, {
      params: { id: next.id },
      body: { likelihood: 'on_track', note: 'Safe' },
    });
    expect((await t.ok(kam, renewalsApi.getRenewal, { params })).canUndo).toBe(false);
    expect((await undo(params)).problem.code).toBe('decision_followed');

    const amended = await decided({ outcome: 'renewed_uplift' });
    await t.ok(kam, api.addContractLines, {
      params: { id: amended.id },
      body: { lines: [{ description: 'More', unitPriceMinor: 100 }] },
    });
    expect((await undo(amended.params)).problem.code).toBe('decision_followed');
  });

  it('is nobody’s who may not decide, and only of what is decided', async () => {
    const { params } = await decided({ outcome: 'renewed_uplift' });
    const viewer = await t.member('viewer', { level: 'all' });
    expect((await t.ok(viewer, renewalsApi.getRenewal, { params })).canUndo).toBe(false);
    expect((await t.call(viewer, offersApi.undoDecision, { params, body: {} })).status).toBe(403);
    await undo(params);
    expect((await undo(params)).problem.code).toBe('not_decided');
  });
});
