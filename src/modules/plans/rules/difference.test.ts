/** The difference between two versions, told so that a person can follow it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACME_GOALS, acmeId, acmePlan } from '../../../../test/fixtures/acme.ts';
import { aPlan } from '../../../../test/fixtures/somePlans.ts';
import { comparePlans, differenceInWords, type FieldValue } from '../rules.ts';

const say = (value: FieldValue) => (typeof value === 'object' ? `${value?.amount}` : String(value));

describe('the difference of two versions', () => {
  it('is empty when they say the same', () => {
    fc.assert(
      fc.property(aPlan, (plan) => {
        expect(comparePlans(plan, structuredClone(plan))).toEqual([]);
      }),
    );
  });

  it('names what was added, removed, changed and put into a new order, and only the blocks concerned', () => {
    const next = structuredClone(acmePlan);
    next.content.header.renewalOn = '2026-11-30';
    next.content.goals.items[2]!.dueOn = '2026-07-31';
    next.content.goals.items[2]!.ownerId = null;
    next.content.risks.items.splice(2, 1);
    next.content.risks.items.reverse();
    next.content.milestones.items.push({
      id: acmeId(85),
      text: 'Handover',
      quarter: '2027-Q1',
      ownerId: null,
      doneOn: null,
    });
    const difference = comparePlans(acmePlan, next);
    expect(difference.map(({ block }) => block)).toEqual(['header', 'goals', 'risks', 'milestones']);
    expect(difference.flatMap((block) => differenceInWords(block, say))).toEqual([
      'Renewal date: 2026-10-15 → 2026-11-30',
      `Goal “Better SLAs”, owner: ${acmePlan.content.goals.items[2]!.ownerId} → empty; due date: 2026-06-30 → 2026-07-31`,
      'Risk “ERP vendor bundles a competing module” removed',
      'New order: risk',
      'Milestone “Handover” added',
    ]);
  });

  it('keeps values as values, for the screen to format', () => {
    const next = structuredClone(acmePlan);
    next.content.expansion.items[0]!.value = { amount: 40_000_000, currency: 'USD' };
    expect(comparePlans(acmePlan, next)[0]!.items[0]).toMatchObject({
      change: 'changed',
      label: 'Order automation at two more sites',
      fields: [{ name: 'value', kind: 'money', before: { amount: 37_500_000 }, after: { amount: 40_000_000 } }],
    });
  });

  it('counts a confirmed block as a change', () => {
    const next = structuredClone(acmePlan);
    next.care.business.reviewedOn = '2026-04-01';
    expect(comparePlans(acmePlan, next).flatMap((block) => differenceInWords(block, say))).toEqual([
      'Reviewed on: 2026-02-10 → 2026-04-01',
    ]);
  });

  it('reads the same backwards: what was added was removed', () => {
    fc.assert(
      fc.property(aPlan, aPlan, (a, b) => {
        const there = comparePlans(a, b);
        const back = comparePlans(b, a);
        expect(back.map(({ block }) => block)).toEqual(there.map(({ block }) => block));
        const count = (list: typeof there, change: string) =>
          list.flatMap(({ items }) => items).filter((item) => item.change === change).length;
        expect(count(back, 'added')).toBe(count(there, 'removed'));
        expect(count(back, 'changed')).toBe(count(there, 'changed'));
      }),
    );
  });

  it('names an item by what it is called now', () => {
    const next = structuredClone(acmePlan);
    next.content.goals.items.find(({ id }) => id === ACME_GOALS.sla)!.text = 'SLAs that hold';
    expect(differenceInWords(comparePlans(acmePlan, next)[0]!, say)).toEqual([
      'Goal “SLAs that hold”, text: Better SLAs → SLAs that hold',
    ]);
  });
});
