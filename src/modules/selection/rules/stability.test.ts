/** Rank stability: who stays above the line when the weights are a little different. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  firmness,
  isAboveLine,
  linesFor,
  nudgedWeights,
  packScores,
  rankAll,
  rankStability,
  ranksWithout,
} from '../rules.ts';

const aRow = fc.tuple(...[1, 2, 3].map(() => fc.option(fc.integer({ min: 1, max: 10 }), { nil: null, freq: 8 })));

describe('the weightings that are tried', () => {
  it('are all combinations of lower, same and higher, without the three that change nothing', () => {
    expect(nudgedWeights([50, 30, 20]).length).toBe(24);
    expect(nudgedWeights([40, 30, 20, 10]).length).toBe(78);
    expect(nudgedWeights([20, 20, 20, 20, 20]).length).toBe(240);
    expect(nudgedWeights([50, 30, 20])).not.toContainEqual([500, 300, 200]);
    expect(nudgedWeights([50, 30, 20])).toContainEqual([450, 300, 220]);
  });
});

describe('rank stability', () => {
  it('is full for an account that leads in everything, and none for one that trails', () => {
    const matrix = packScores(
      [
        [9, 9, 9],
        [5, 5, 5],
        [1, 1, 1],
      ],
      3,
    );
    const { tried, above } = rankStability(matrix, [50, 30, 20], linesFor(1));
    expect([tried, ...above]).toEqual([24, 24, 0, 0]);
  });

  it('is split between two accounts whose order hangs on the weights', () => {
    // The first leads where 10·w1 + 2·w2 > 2·w1 + 10·w2, that is where w1 > w2; both start at 40.
    const matrix = packScores(
      [
        [10, 2, 5],
        [2, 10, 5],
      ],
      3,
    );
    const { tried, above } = rankStability(matrix, [40, 40, 20], linesFor(1));
    // Of 27 weightings 9 each have w1 above, equal to and below w2; the three left out are equal: 9 of 24.
    expect([tried, ...above]).toEqual([24, 9, 9]);
  });

  it('counts for every table exactly what ranking each weighting anew would say', () => {
    fc.assert(
      fc.property(fc.array(aRow, { maxLength: 40 }), fc.nat(12), (rows, capacity) => {
        const matrix = packScores(rows, 3);
        const lines = linesFor(capacity);
        const { above, tried } = rankStability(matrix, [50, 30, 20], lines);
        const expected = rows.map(() => 0);
        for (const weights of nudgedWeights([50, 30, 20])) {
          const { place } = rankAll(matrix, weights);
          rows.forEach((_, row) => {
            if (isAboveLine(place[row]!, lines)) expected[row]! += 1;
          });
        }
        expect([...above]).toEqual(expected);
        for (const times of above) expect(times).toBeLessThanOrEqual(tried);
      }),
      { numRuns: 200 },
    );
  });

  it('never puts more accounts above the line on average than there is room for', () => {
    fc.assert(
      fc.property(fc.array(aRow, { maxLength: 40 }), fc.nat(12), (rows, capacity) => {
        const { above, tried } = rankStability(packScores(rows, 3), [50, 30, 20], linesFor(capacity));
        expect([...above].reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(capacity * tried);
      }),
    );
  });

  it('is told in words', () => {
    expect([firmness(24, 24), firmness(20, 24), firmness(19, 24)]).toEqual(['firm', 'likely', 'close']);
  });

  it('shows what the order would be without one criterion', () => {
    const matrix = packScores(
      [
        [10, 2, 5],
        [2, 10, 5],
      ],
      3,
    );
    expect([...ranksWithout(matrix, [50, 30, 20], 0)]).toEqual([2, 1]);
  });
});
