/** The readiness check: five answers, one recommendation, and the reasons for it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, assessReadiness, READINESS_QUESTIONS, type ReadinessKey } from '../rules.ts';

const answers = (...values: Answer[]) =>
  Object.fromEntries(READINESS_QUESTIONS.map(({ key }, at) => [key, values[at]])) as Record<ReadinessKey, Answer>;

describe('programme readiness', () => {
  it('says go when the sum is high and nothing is weak', () => {
    const result = assessReadiness(answers(4, 4, 3, 4, 4));
    expect(result).toMatchObject({ verdict: 'go', points: 19, pilot: null });
    expect(result.reasons.length).toBe(4);
  });

  it('asks for a pilot when one answer is weak, and says which', () => {
    const result = assessReadiness(answers(5, 5, 2, 5, 5));
    expect(result.verdict).toBe('pilot');
    expect(result.reasons[0]).toBe('Accounts have few units to expand into.');
    expect(result.pilot).toMatchObject({ managers: 1, months: 6 });
    expect(result.pilot?.metrics.length).toBeGreaterThan(0);
  });

  it('gives a reason for a pilot also when every answer is middling', () => {
    expect(assessReadiness(answers(3, 3, 3, 3, 3)).reasons.length).toBe(1);
  });

  it('says not yet when the sale is a transaction or nobody backs it, whatever the rest', () => {
    expect(assessReadiness(answers(1, 5, 5, 5, 5)).verdict).toBe('not_yet');
    expect(assessReadiness(answers(5, 5, 5, 5, 1)).verdict).toBe('not_yet');
    expect(assessReadiness(answers(5, 1, 5, 5, 5)).verdict).toBe('pilot');
  });

  it('says not yet when the sum is low', () => {
    expect(assessReadiness(answers(2, 2, 2, 2, 3)).verdict).toBe('not_yet');
    expect(assessReadiness(answers(2, 2, 2, 3, 3)).verdict).toBe('pilot');
  });

  it('waits for all five answers', () => {
    expect(assessReadiness({ relational: 5 })).toMatchObject({ verdict: 'incomplete', points: null });
    expect(assessReadiness({ ...answers(5, 5, 5, 5, 5), backing: null }).unanswered).toEqual(['backing']);
  });

  it('never turns worse when an answer turns better', () => {
    const order = ['not_yet', 'pilot', 'go'];
    const answer = fc.integer({ min: 1, max: 5 }) as fc.Arbitrary<Answer>;
    fc.assert(
      fc.property(fc.tuple(answer, answer, answer, answer, answer), fc.nat(4), (list, at) => {
        const better = list.map((value, i) => (i === at ? Math.min(5, value + 1) : value)) as Answer[];
        const before = order.indexOf(assessReadiness(answers(...list)).verdict);
        const after = order.indexOf(assessReadiness(answers(...better)).verdict);
        expect(after).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});
