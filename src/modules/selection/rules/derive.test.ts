/** Scores that come from data: bands, places among all, and honest gaps. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreement, checkBands, deriveScores, isScore, ratio, scoreByBands, scoresByPercentile } from '../rules.ts';

const years = [
  { from: null, score: 1 },
  { from: 1, score: 3 },
  { from: 5, score: 7 },
  { from: 12, score: 10 },
];

describe('scores by bands', () => {
  it('take the band that the value has reached, its first value included', () => {
    expect([-1, 0.9, 1, 4.99, 5, 12, 40].map((value) => scoreByBands(value, years))).toEqual([1, 1, 3, 3, 7, 10, 10]);
  });

  it('stay missing where the value is missing or lies below every band', () => {
    expect(scoreByBands(null, years)).toBeNull();
    expect(scoreByBands(Number.NaN, years)).toBeNull();
    expect(scoreByBands(0, years.slice(1))).toBeNull();
  });

  it('are refused when bands overlap, leave the scale or turn against the direction', () => {
    expect(checkBands(years, 'up')).toEqual([]);
    expect(checkBands(years, 'down').length).toBe(3);
    expect(
      checkBands(
        [
          { from: 1, score: 0 },
          { from: 1, score: 11 },
        ],
        'up',
      ).length,
    ).toBe(3);
    expect(checkBands([{ from: 1, score: 4 }], 'up')).toEqual(['Give at least two bands.']);
    expect(
      checkBands(
        [
          { from: 1, score: 4 },
          { from: null, score: 5 },
        ],
        'up',
      ).length,
    ).toBe(1);
  });
});

describe('scores by place', () => {
  it('spread evenly from 1 to 10', () => {
    expect(scoresByPercentile([10, 40, 20, 30], 'up')).toEqual([1, 10, 4, 7]);
  });

  it('turn round where less is better', () => {
    expect(scoresByPercentile([10, 40, 20, 30], 'down')).toEqual([10, 1, 7, 4]);
  });

  it('are shared by equal values', () => {
    expect(scoresByPercentile([5, 5, 9], 'up')).toEqual([3.3, 3.3, 10]);
    expect(scoresByPercentile([5, 5, 5], 'up')).toEqual([5.5, 5.5, 5.5]);
  });

  it('leave gaps as gaps, and do not count them', () => {
    expect(scoresByPercentile([null, 1, Number.POSITIVE_INFINITY, 2], 'up')).toEqual([null, 1, null, 10]);
    expect(scoresByPercentile([null, 3], 'up')).toEqual([null, 5.5]);
    expect(scoresByPercentile([], 'up')).toEqual([]);
  });

  it('keep the order of the values and stay on the scale', () => {
    const values = fc.array(fc.option(fc.integer({ min: -50, max: 50 }), { nil: null }), { maxLength: 40 });
    fc.assert(
      fc.property(values, (list) => {
        const up = scoresByPercentile(list, 'up');
        const down = scoresByPercentile(list, 'down');
        list.forEach((value, a) => {
          expect(up[a] === null).toBe(value === null);
          if (value === null) return;
          expect(isScore(up[a]!)).toBe(true);
          expect(Math.abs(up[a]! + down[a]! - 11)).toBeLessThan(0.11);
          list.forEach((other, b) => {
            if (other === null) return;
            if (value < other) expect(up[a]!).toBeLessThanOrEqual(up[b]!);
            if (value === other) expect(up[a]).toBe(up[b]);
          });
        });
      }),
    );
  });

  it('come out the same through the door that serves a criterion', () => {
    expect(deriveScores([10, null, 20], { method: 'percentile', direction: 'up' })).toEqual([1, null, 10]);
    expect(deriveScores([0, 6], { method: 'bands', direction: 'up', bands: years })).toEqual([1, 7]);
  });
});

describe('ratios', () => {
  it('are missing when a part is missing or the divisor is zero', () => {
    expect(ratio(10, 4)).toBe(2.5);
    expect(ratio(10, 0)).toBeNull();
    expect(ratio(null, 4)).toBeNull();
    expect(ratio(10, null)).toBeNull();
  });
});

describe('several raters', () => {
  it('agree on the middle score', () => {
    expect(agreement([7, 8, 6])).toMatchObject({ raters: 3, median: 7, spread: 2, disagree: false });
    expect(agreement([7, 8])).toMatchObject({ median: 7.5 });
  });

  it('are asked to talk when they lie three apart', () => {
    expect(agreement([4, 7, null])).toMatchObject({ raters: 2, lowest: 4, highest: 7, disagree: true });
  });

  it('say nothing when nobody has scored', () => {
    expect(agreement([null])).toMatchObject({ raters: 0, median: null, spread: null, disagree: false });
  });
});
