// Moving in the grid, selecting, typing amounts, heat.
import { describe, expect, it } from 'vitest';
import { heatOf, range, readAmount, step } from './gridModel.ts';

const size = { units: 3, products: 4 };

describe('the cursor', () => {
  it('goes by arrows and stops at the edges', () => {
    expect(step({ unit: 0, product: 0 }, 'ArrowRight', size)).toEqual({ unit: 0, product: 1 });
    expect(step({ unit: 0, product: 0 }, 'ArrowUp', size)).toEqual({ unit: 0, product: 0 });
    expect(step({ unit: 2, product: 3 }, 'ArrowDown', size)).toEqual({ unit: 2, product: 3 });
    expect(step({ unit: 0, product: 0 }, 'x', size)).toBeNull();
  });
  it('goes to the ends with Home, End and Ctrl', () => {
    expect(step({ unit: 1, product: 2 }, 'Home', size)).toEqual({ unit: 1, product: 0 });
    expect(step({ unit: 1, product: 2 }, 'End', size, true)).toEqual({ unit: 2, product: 3 });
    expect(step({ unit: 0, product: 1 }, 'ArrowDown', size, true)).toEqual({ unit: 2, product: 1 });
  });
});

describe('a selection', () => {
  it('is the rectangle between two corners, whichever comes first', () => {
    const all = range({ unit: 2, product: 1 }, { unit: 1, product: 2 });
    expect(all.map((a) => [a.unit, a.product])).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ]);
  });
});

describe('an amount that is typed', () => {
  it('may be short', () => {
    expect(['250000', '250k', '1.2m', '1,5 M', '0'].map(readAmount)).toEqual([
      250_000, 250_000, 1_200_000, 1_500_000, 0,
    ]);
    expect(['', 'abc', '-5', '1.2.3'].map(readAmount)).toEqual([null, null, null, null]);
  });
});

describe('heat', () => {
  it('grows in quarters up to the highest priority; unknown is cold', () => {
    expect([null, 0, 1, 25, 26, 75, 100].map((p) => heatOf(p, 100))).toEqual([0, 0, 1, 1, 2, 3, 4]);
    expect(heatOf(5, 0)).toBe(0);
  });
});
