// The selection room through HTTP on a real PostgreSQL.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { createAccount, getAccount } from '../../accounts/api.ts';
import * as api from '../api.ts';

let t: TestApp;
beforeAll(async () => {
  t = await openTestApp();
});
afterAll(() => t.close());

type Setting = { head: Person; kam: Person; ids: string[] };

/** A workspace with one manager who can carry two key accounts, and five accounts of falling potential. */
async function setting(name: string): Promise<Setting> {
  const w = await t.workspace(name);
  const head = await t.member('head', { in: w, name: 'Hedda Head' });
  const kam = await t.member('kam', { in: w, name: 'Karim Kam', capacity: 2 });
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) {
    const made = await t.ok(head, createAccount, {
      body: {
        name: `Account ${i}`,
        ownerId: kam.memberId,
        potential: { amount: (5 - i) * 100_000, currency: 'EUR' },
        customerSince: `20${10 + i * 2}-01-01`,
      },
    });
    ids.push(made.id);
  }
  return { head, kam, ids };
}

/** Potential and tenure derived, fit by hand. */
async function useModel(as: Person) {
  const { criteria } = await t.ok(as, api.getLibrary);
  const pick = (key: string, weight: number) => ({ ...criteria.find((c) => c.key === key)!, weight });
  const now = await t.ok(as, api.getModel);
  return t.ok(as, api.setModel, {
    body: {
      number: now.number,
      criteria: [pick('revenue_potential', 50), pick('tenure', 20), pick('product_fit', 30)],
    },
  });
}
const scoreAll = (as: Person, ids: string[], scores: number[]) =>
  t.ok(as, api.scoreAccounts, {
    body: {
      scores: ids.map((accountId, at) => ({
        accountId,
        criterion: 'product_fit',
        score: scores[at]!,
        evidence: 'Workshop in May',
      })),
    },
  });

describe('the model', () => {
  it('is versioned, insists on three to five criteria that make 100 %, and refuses a stale change', async () => {
    const { head } = await setting('Model');
    const first = await t.ok(head, api.getModel);
    expect(first.number).toBe(0);
    const two = await t.call(head, api.setModel, { body: { number: 0, criteria: first.criteria.slice(0, 2) } });
    expect(two.status).toBe(422);
    expect(two.problem.fields?.map((f) => f.code)).toEqual(expect.arrayContaining(['too_few', 'total']));
    expect((await useModel(head)).number).toBe(1);
    const stale = await t.call(head, api.setModel, { body: { number: 0, criteria: first.criteria } });
    expect([stale.status, stale.problem.code]).toEqual([409, 'version_conflict']);
  });
});

describe('scores', () => {
  it('derives from data, takes the hand-made ones with evidence, and shows where raters disagree', async () => {
    const { head, kam, ids } = await setting('Scores');
    await useModel(head);
    const bare = await t.call(kam, api.scoreAccounts, {
      body: { scores: [{ accountId: ids[0]!, criterion: 'product_fit', score: 8 }] },
    });
    expect(bare.problem.fields?.[0]?.field).toBe('scores.0.evidence');
    await scoreAll(kam, ids, [9, 8, 5, 5, 5]);
    await scoreAll(head, [ids[0]!], [4]);
    const matrix = await t.ok(head, api.getMatrix);
    const row = matrix.rows.find((r) => r.id === ids[0])!;
    expect(row.scores[0]).toBe(10); // the highest potential of all
    expect(row.scores[2]).toBe(6.5); // the middle of 9 and 4
    expect(row.disputed).toEqual(['product_fit']);
    const one = await t.ok(head, api.getSelection, { params: { id: ids[0]! } });
    expect(one.criteria.find((c) => c.key === 'product_fit')!.raters.map((r) => [r.rater, r.score])).toEqual([
      ['Karim Kam', 9],
      ['Hedda Head', 4],
    ]);
  });
});

describe('reviews and decisions', () => {
  it('suggests a promotion only after two reviews above the line, warns over capacity, and sets the tier', async () => {
    const { head, kam, ids } = await setting('Decisions');
    await useModel(head);
    await scoreAll(kam, ids, [9, 8, 7, 3, 2]);
    await t.ok(head, api.takeReview, { body: {} });
    expect((await t.ok(head, api.suggestions)).items.find((s) => s.accountId === ids[0])).toMatchObject({
      decision: 'watch',
      place: 1,
    });
    await t.ok(head, api.takeReview, { body: {} });
    expect(
      (await t.ok(head, api.suggestions)).items.filter((s) => s.decision === 'promote').map((s) => s.accountId),
    ).toEqual(ids.slice(0, 2));

    const decided = await t.ok(head, api.decide, {
      body: {
        items: ids
          .slice(0, 2)
          .map((accountId) => ({ accountId, decision: 'promote' as const, reason: 'Strong for a year' })),
      },
    });
    expect(decided.warning).toBeNull();
    expect((await t.ok(head, getAccount, { params: { id: ids[0]! } })).tier).toBe('key');
    const third = { items: [{ accountId: ids[2]!, decision: 'promote' as const, reason: 'We like them' }] };
    const refused = await t.call(head, api.decide, { body: third });
    expect([refused.status, refused.problem.code]).toEqual([409, 'over_capacity']);
    const accepted = await t.ok(head, api.decide, { body: { ...third, acceptOverCapacity: true } });
    expect(accepted.items[0]).toMatchObject({ overCapacityBy: 1, tierBefore: null, tierAfter: 'key' });

    const undone = await t.ok(head, api.withdrawDecision, { params: { id: accepted.items[0]!.id } });
    expect(undone.withdrawnAt).not.toBeNull();
    expect((await t.ok(head, getAccount, { params: { id: ids[2]! } })).tier).toBeNull();
    expect((await t.ok(head, api.listDecisions)).items).toHaveLength(3);
  });

  it('asks for a reason, and leaves decisions to heads and admins', async () => {
    const { head, kam, ids } = await setting('Reasons');
    const noReason = await t.call(head, api.decide, {
      body: { items: [{ accountId: ids[0]!, decision: 'watch', reason: '' }] },
    });
    expect(noReason.problem.fields?.[0]?.field).toBe('items.0.reason');
    expect(
      (
        await t.call(kam, api.decide, {
          body: { items: [{ accountId: ids[0]!, decision: 'watch', reason: 'Growing fast' }] },
        })
      ).status,
    ).toBe(403);
    await t.ok(head, api.decide, {
      body: { items: [{ accountId: ids[0]!, decision: 'watch', reason: 'Growing fast' }] },
    });
  });

  it('keeps the scores of a review as they were', async () => {
    const { head, kam, ids } = await setting('Records');
    await useModel(head);
    await scoreAll(kam, ids, [9, 8, 7, 3, 2]);
    await t.ok(head, api.takeReview, { body: { note: 'Spring' } });
    await scoreAll(kam, ids, [1, 1, 1, 10, 10]);
    await t.ok(head, api.takeReview, { body: { note: 'Autumn' } });
    const { standings } = await t.ok(head, api.getSelection, { params: { id: ids[0]! } });
    expect(standings.map((s) => s.number)).toEqual([1, 2]);
    expect(standings[0]!.score).toBeGreaterThan(standings[1]!.score!);
  });

  it('shows a manager only the accounts that the manager sees', async () => {
    const { head, ids } = await setting('Visibility');
    await useModel(head);
    await t.ok(head, api.takeReview, { body: {} });
    const stranger = await t.member('kam', { in: head, name: 'Stranger' });
    expect((await t.ok(stranger, api.getMatrix)).rows).toEqual([]);
    expect((await t.ok(stranger, api.suggestions)).items).toEqual([]);
    expect((await t.call(stranger, api.getSelection, { params: { id: ids[0]! } })).status).toBe(404);
  });
});

describe('readiness', () => {
  it('keeps the latest answers', async () => {
    const { head } = await setting('Readiness');
    const answered = await t.ok(head, api.setReadiness, {
      body: { answers: { relational: 4, potential: 4, expansion: 3, advantage: 4, backing: 5 } },
    });
    expect(answered).toMatchObject({ madeBy: 'Hedda Head', answers: { backing: 5 } });
  });
});
