/** Scores and ranks: exact, complete or marked, ties shared, the same on every run. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  axisPosition,
  packScores,
  quadrant,
  type Ranking,
  rankAll,
  type Score,
  scoreAccount,
  scoreNeeded,
} from '../rules.ts';

const aScore = fc.option(
  fc.integer({ min: 10, max: 100 }).map((tenths) => tenths / 10),
  { nil: null, freq: 4 },
);
const aTable = fc.array(fc.tuple(aScore, aScore, aScore), { maxLength: 60 });
const weights = [50, 30, 20];

const rank = (rows: Score[][], with_ = weights): Ranking => rankAll(packScores(rows, with_.length), with_);

describe('the score of an account', () => {
  it('is the weighted mean: 8, 6 and 9 at 50/30/20 make 7.6', () => {
    expect(scoreAccount([8, 6, 9], weights)).toEqual({ score: 7.6, coverage: 100, complete: true, ranked: true });
  });

  it('is exact where binary fractions would not be: 1.1, 2.2 and 3.3 make 1.87', () => {
    expect(scoreAccount([1.1, 2.2, 3.3], weights).score).toBe(1.87);
  });

  it('runs over the criteria that are scored, and says that it is incomplete', () => {
    expect(scoreAccount([8, 6, null], weights)).toEqual({ score: 7.25, coverage: 80, complete: false, ranked: true });
  });

  it('is not ranked when less than 60 % of the weight is scored', () => {
    expect(scoreAccount([10, null, null], weights)).toMatchObject({ score: 10, coverage: 50, ranked: false });
    expect(scoreAccount([10, null, null], [60, 20, 20]).ranked).toBe(true);
  });

  it('does not exist without any score', () => {
    expect(scoreAccount([null, null, null], weights)).toMatchObject({ score: null, coverage: 0, ranked: false });
  });

  it('always lies between the lowest and the highest score that went into it', () => {
    fc.assert(
      fc.property(fc.tuple(aScore, aScore, aScore), (scores) => {
        const known = scores.filter((score) => score !== null);
        const { score } = scoreAccount(scores, weights);
        if (known.length === 0) expect(score).toBeNull();
        else {
          expect(score).toBeGreaterThanOrEqual(Math.min(...known));
          expect(score).toBeLessThanOrEqual(Math.max(...known));
        }
      }),
    );
  });
});

describe('the ranking', () => {
  it('gives equal accounts the same rank, and the next one the place after all of them', () => {
    const {
      rank: ranks,
      place,
      order,
    } = rank([
      [7, 7, 7],
      [9, 9, 9],
      [7, 7, 7],
      [5, 5, 5],
    ]);
    expect([...ranks]).toEqual([2, 1, 2, 4]);
    expect([...place]).toEqual([3, 1, 3, 4]);
    expect([...order]).toEqual([1, 0, 2, 3]);
  });

  it('treats unlike scores with the same mean as a tie', () => {
    const { rank: ranks } = rank([
      [8, 6, 9],
      [7, 7, 10],
    ]);
    expect([...ranks]).toEqual([1, 1]);
  });

  it('leaves accounts without enough scores out, with rank 0', () => {
    const { rank: ranks, coverage } = rank([
      [10, null, null],
      [2, 2, 2],
    ]);
    expect([...ranks]).toEqual([0, 1]);
    expect([...coverage]).toEqual([50, 100]);
  });

  it('agrees for any table with a plain comparison of exact fractions', () => {
    fc.assert(
      fc.property(aTable, fc.constantFrom(weights, [34, 33, 33], [98, 1, 1], [330, 270, 550]), (rows, with_) => {
        const total = with_.reduce((a, b) => a + b, 0);
        const fractions = rows.map((scores) => {
          let points = 0n;
          let scored = 0n;
          scores.forEach((score, at) => {
            if (score === null) return;
            points += BigInt(with_[at]!) * BigInt(Math.round(score * 10));
            scored += BigInt(with_[at]!);
          });
          return { points, scored };
        });
        const takesPart = ({ scored }: { scored: bigint }) => scored > 0n && scored * 100n >= 60n * BigInt(total);
        const result = rank(rows, with_);
        fractions.forEach((mine, at) => {
          const better = fractions.filter((o) => takesPart(o) && o.points * mine.scored > mine.points * o.scored);
          const asGood = fractions.filter((o) => takesPart(o) && o.points * mine.scored >= mine.points * o.scored);
          expect(result.rank[at]).toBe(takesPart(mine) ? better.length + 1 : 0);
          expect(result.place[at]).toBe(takesPart(mine) ? asGood.length : 0);
        });
        expect([...result.order].map((row) => result.rank[row]!)).toEqual(
          [...result.rank].filter((value) => value > 0).sort((a, b) => a - b),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('never lets an account fall when one of its scores rises', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 1, max: 9 }))), { minLength: 2, maxLength: 30 }),
        fc.nat(2),
        (rows, column) => {
          const before = rank(rows).rank[0]!;
          const raised = rows.map((row, at) => (at === 0 ? row.map((s, c) => (c === column ? s + 1 : s)) : row));
          expect(rank(raised).rank[0]!).toBeLessThanOrEqual(before);
        },
      ),
    );
  });

  it('ranks 10,000 accounts on five criteria within a frame', () => {
    let seed = 7;
    const next = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed;
    };
    const tenths = Uint8Array.from({ length: 50_000 }, () => (next() % 20 === 0 ? 0 : 10 + (next() % 91)));
    const matrix = { rows: 10_000, columns: 5, tenths };
    const times: number[] = [];
    for (let round = 0; round < 15; round += 1) {
      const began = performance.now();
      rankAll(matrix, [30 + round, 25, 20, 15, 10 - (round % 5)]);
      times.push(performance.now() - began);
    }
    expect(times.sort((a, b) => a - b)[7]).toBeLessThan(16);
  });
});

describe('what would change the place', () => {
  it('names the score that an account needs on one criterion to reach a mean', () => {
    expect(scoreNeeded([5, 5, 5], weights, 0, 60)).toBe(7);
    expect(scoreNeeded([5, 5, 5], weights, 2, 60)).toBe(10);
    expect(scoreNeeded([5, 5, 5], weights, 2, 61)).toBeNull();
    expect(scoreNeeded([9, 9, 9], weights, 0, 60)).toBeNull();
  });

  it('names a score that is enough, and of which a tenth less is not', () => {
    fc.assert(
      fc.property(
        fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 10, max: 100 }).map((t) => t / 10))),
        fc.nat(2),
        fc.integer({ min: 10_000, max: 100_000 }).map((t) => t / 1000),
        (scores, column, target) => {
          const needed = scoreNeeded(scores, weights, column, target);
          const meanWith = (score: number) =>
            scores.reduce((p, s, at) => p + weights[at]! * (at === column ? score : s), 0) / 10;
          if (needed === null) {
            expect(meanWith(scores[column]!) >= target - 1e-4 || meanWith(10) < target).toBe(true);
            return;
          }
          expect(meanWith(needed)).toBeGreaterThanOrEqual(target - 1e-4);
          if (needed > 1) expect(meanWith(needed - 0.1)).toBeLessThan(target);
        },
      ),
    );
  });
});

describe('the two axes', () => {
  const criteria = [
    { axis: 'attractiveness', weight: 50 },
    { axis: 'strength', weight: 30 },
    { axis: 'attractiveness', weight: 20 },
  ] as const;

  it('are each the weighted mean of their own criteria', () => {
    expect(axisPosition([8, 4, 1], criteria)).toEqual({ attractiveness: 6, strength: 4 });
  });

  it('stay open where no criterion of the axis is scored', () => {
    expect(axisPosition([8, null, 1], criteria)).toEqual({ attractiveness: 6, strength: null });
    expect(quadrant({ attractiveness: 6, strength: null })).toBeNull();
  });

  it('divide the chart into four pieces of advice', () => {
    expect(quadrant({ attractiveness: 8, strength: 8 })).toBe('invest');
    expect(quadrant({ attractiveness: 8, strength: 3 })).toBe('build');
    expect(quadrant({ attractiveness: 3, strength: 8 })).toBe('maintain');
    expect(quadrant({ attractiveness: 3, strength: 3 })).toBe('serve');
  });
});
