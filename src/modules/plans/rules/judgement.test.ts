/** Completeness, freshness, progress and risk: what a plan says about itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acmePlan } from '../../../../test/fixtures/acme.ts';
import { aPlan } from '../../../../test/fixtures/somePlans.ts';
import {
  blocksToReview,
  byExposure,
  completeness,
  emptyPlan,
  freshnessOf,
  type Goal,
  goalProgress,
  planFreshness,
  riskLevel,
} from '../rules.ts';

describe('completeness', () => {
  it('is 100 % for the worked example, with nothing missing', () => {
    expect(completeness(acmePlan.content)).toMatchObject({ percent: 100, missing: [] });
  });

  it('is 0 % for an empty plan, and says what to do first in every block', () => {
    const { percent, missing, blocks } = completeness(emptyPlan().content);
    expect(percent).toBe(0);
    expect(new Set(missing.map(({ block }) => block))).toEqual(new Set(Object.keys(emptyPlan().content)));
    expect(missing[0]).toEqual({ block: 'header', text: 'Set the renewal date', itemId: null });
    expect(Object.values(blocks).reduce((sum, { of }) => sum + of, 0)).toBe(100);
  });

  it('points at the very item that lacks something', () => {
    const plan = structuredClone(acmePlan);
    plan.content.goals.items[1]!.dueOn = null;
    plan.content.risks.items[0]!.mitigation = '';
    const { percent, missing } = completeness(plan.content);
    expect(percent).toBe(96);
    expect(missing).toEqual([
      {
        block: 'goals',
        text: 'Give the goal “Automate order processing” a due date',
        itemId: plan.content.goals.items[1]!.id,
      },
      {
        block: 'risks',
        text: 'Say what is done against “Delayed integrations”',
        itemId: plan.content.risks.items[0]!.id,
      },
    ]);
  });

  it('is not bought with our own goals: three of theirs are asked for', () => {
    const plan = structuredClone(acmePlan);
    plan.content.goals.items[2]!.side = 'ours';
    expect(completeness(plan.content).missing.map(({ text }) => text)).toEqual(['Add one more goal of theirs']);
  });

  it('lies between 0 and 100, is 100 exactly when nothing is missing, and adds up from its blocks', () => {
    fc.assert(
      fc.property(aPlan, ({ content }) => {
        const { percent, missing, blocks } = completeness(content);
        expect(percent).toBeGreaterThanOrEqual(0);
        expect(percent === 100).toBe(missing.length === 0);
        const sum = Object.values(blocks).reduce((total, { points }) => total + points, 0);
        expect(Math.abs(sum - percent)).toBeLessThan(1);
        for (const { points, of } of Object.values(blocks)) {
          expect(points).toBeGreaterThanOrEqual(0);
          expect(points).toBeLessThanOrEqual(of + 1e-9);
        }
      }),
    );
  });
});

describe('freshness', () => {
  it('turns amber after 30 days and grey after 90', () => {
    const state = (reviewedOn: string | null) => freshnessOf(reviewedOn, '2026-04-01').state;
    expect(state('2026-04-01')).toBe('fresh');
    expect(state('2026-03-03')).toBe('fresh');
    expect(state('2026-03-02')).toBe('ageing');
    expect(state('2026-01-02')).toBe('ageing');
    expect(state('2026-01-01')).toBe('stale');
    expect(state(null)).toBe('never');
  });

  it('follows the limits of the workspace', () => {
    const limits = { ageingAfterDays: 7, staleAfterDays: 14 };
    expect(freshnessOf('2026-03-20', '2026-04-01', limits)).toEqual({ state: 'ageing', ageDays: 12 });
  });

  it('leads the weekly update to the oldest blocks first and past the fresh ones', () => {
    const freshness = planFreshness(acmePlan.care, '2026-04-01');
    expect(blocksToReview(freshness)).toEqual(['expansion', 'business']);
    const never = planFreshness({ ...acmePlan.care, risks: { ownerId: null, reviewedOn: null } }, '2026-04-01');
    expect(blocksToReview(never)).toEqual(['risks', 'expansion', 'business']);
  });
});

describe('progress of a goal', () => {
  const goal = (start: number | null, target: number | null, current: number | null) =>
    goalProgress({ start, target, current } satisfies Pick<Goal, 'start' | 'target' | 'current'>);

  it('is the share of the way, also when less is better', () => {
    expect(goal(20, 70, 45)).toBe(0.5);
    expect(goal(12, 10.2, 11.3)).toBe(0.38);
    expect(goal(0, 3, 3)).toBe(1);
  });

  it('stays between nothing and all, and never claims all before the target', () => {
    expect(goal(20, 70, 10)).toBe(0);
    expect(goal(20, 70, 90)).toBe(1);
    expect(goal(0, 1000, 999)).toBe(0.99);
  });

  it('is unknown while a figure is missing', () => {
    expect([goal(null, 1, 1), goal(1, null, 1), goal(1, 2, null), goal(5, 5, 5)]).toEqual([null, null, null, null]);
  });
});

describe('weight of a risk', () => {
  it('is probability times impact, in three levels', () => {
    expect(riskLevel({ probability: 3, impact: 4 })).toBe('high');
    expect(riskLevel({ probability: 2, impact: 3 })).toBe('medium');
    expect(riskLevel({ probability: 1, impact: 5 })).toBe('low');
  });

  it('puts the heaviest first, the greater impact before the greater probability', () => {
    const risks = [
      { probability: 4, impact: 3 },
      { probability: 1, impact: 1 },
      { probability: 3, impact: 4 },
      { probability: 5, impact: 5 },
    ];
    expect(byExposure(risks)).toEqual([risks[3], risks[2], risks[0], risks[1]]);
  });
});
