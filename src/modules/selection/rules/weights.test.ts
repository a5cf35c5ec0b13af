/** Weights: always 100, never negative, always what the hand on the slider asked for. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWeight, apportion, checkModel, moveWeight, removeWeight, type Weight, weightRange } from '../rules.ts';

const sum = (weights: readonly Weight[]) => weights.reduce((total, { weight }) => total + weight, 0);

/** Between one and eight weights that make 100, some of them locked. */
const someWeights = fc
  .array(fc.record({ part: fc.nat(100), locked: fc.boolean() }), { minLength: 1, maxLength: 8 })
  .map((parts): Weight[] => {
    const shares = apportion(
      parts.map(({ part }) => part),
      100,
    );
    return parts.map(({ locked }, at) => ({ key: `c${at}`, weight: shares[at]!, locked }));
  });
const aMove = someWeights.chain((weights) =>
  fc.record({
    weights: fc.constant(weights),
    index: fc.nat(weights.length - 1),
    value: fc.oneof(fc.integer({ min: -20, max: 120 }), fc.double({ min: -20, max: 120, noNaN: true })),
  }),
);

describe('moving a slider', () => {
  it('keeps the sum at 100 and no weight below zero', () => {
    fc.assert(
      fc.property(aMove, ({ weights, index, value }) => {
        const moved = moveWeight(weights, index, value);
        expect(sum(moved)).toBe(100);
        for (const { weight } of moved) {
          expect(Number.isInteger(weight)).toBe(true);
          expect(weight).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('gives the moved weight what was chosen, within what locked weights leave', () => {
    fc.assert(
      fc.property(aMove, ({ weights, index, value }) => {
        const { min, max } = weightRange(weights, index);
        const expected = Math.min(max, Math.max(min, Math.round(value)));
        expect(moveWeight(weights, index, value)[index]!.weight).toBe(expected);
      }),
    );
  });

  it('leaves locked weights where they are', () => {
    fc.assert(
      fc.property(aMove, ({ weights, index, value }) => {
        const moved = moveWeight(weights, index, value);
        weights.forEach((weight, at) => {
          if (at !== index && weight.locked) expect(moved[at]!.weight).toBe(weight.weight);
        });
      }),
    );
  });

  it('never turns the order of the other weights round', () => {
    fc.assert(
      fc.property(aMove, ({ weights, index, value }) => {
        const moved = moveWeight(weights, index, value);
        const free = weights.flatMap((weight, at) => (at === index || weight.locked ? [] : [at]));
        for (const a of free) {
          for (const b of free) {
            if (weights[a]!.weight > weights[b]!.weight) {
              expect(moved[a]!.weight).toBeGreaterThanOrEqual(moved[b]!.weight);
            }
          }
        }
      }),
    );
  });

  it('changes nothing when the slider returns to where it was', () => {
    fc.assert(
      fc.property(aMove, ({ weights, index }) => {
        expect(moveWeight(weights, index, weights[index]!.weight)).toEqual(weights);
      }),
    );
  });

  it('shares the rest out in proportion: 50/30/20 with the first at 20 becomes 20/48/32', () => {
    const weights = [50, 30, 20].map((weight, at) => ({ key: `c${at}`, weight }));
    expect(moveWeight(weights, 0, 20).map(({ weight }) => weight)).toEqual([20, 48, 32]);
  });

  it('gives odd percents to the largest remainders: 40/30/30 with the first at 35 becomes 35/33/32', () => {
    const weights = [40, 30, 30].map((weight, at) => ({ key: `c${at}`, weight }));
    expect(moveWeight(weights, 0, 35).map(({ weight }) => weight)).toEqual([35, 33, 32]);
  });

  it('cannot move the last free weight beside locked ones', () => {
    const weights: Weight[] = [
      { key: 'a', weight: 40 },
      { key: 'b', weight: 60, locked: true },
    ];
    expect(moveWeight(weights, 0, 90)).toEqual(weights);
  });

  it('brings back others that stood at zero in even shares', () => {
    const weights = [100, 0, 0].map((weight, at) => ({ key: `c${at}`, weight }));
    expect(moveWeight(weights, 0, 50).map(({ weight }) => weight)).toEqual([50, 25, 25]);
  });
});

describe('taking criteria in and out', () => {
  it('keeps the sum at 100', () => {
    fc.assert(
      fc.property(someWeights, (weights) => {
        expect(sum(addWeight(weights, 'new'))).toBe(100);
        if (weights.length > 1) expect(sum(removeWeight(weights, 'c0'))).toBe(100);
      }),
    );
  });

  it('gives a new criterion an even share', () => {
    const weights = [50, 30, 20].map((weight, at) => ({ key: `c${at}`, weight }));
    expect(addWeight(weights, 'new').map(({ weight }) => weight)).toEqual([38, 22, 15, 25]);
  });
});

describe('the check of a model', () => {
  const model = (...weights: number[]) => weights.map((weight, at) => ({ key: `c${at}`, weight }));
  const codes = (weights: Weight[]) => checkModel(weights).map(({ code }) => code);

  it('accepts three to five criteria that make 100', () => {
    expect(codes(model(50, 30, 20))).toEqual([]);
    expect(codes(model(20, 20, 20, 20, 20))).toEqual([]);
  });

  it('names too few, too many, a wrong sum, a weight of zero and a repeated criterion', () => {
    expect(codes(model(50, 50))).toEqual(['too_few']);
    expect(codes(model(20, 20, 20, 20, 10, 10))).toEqual(['too_many']);
    expect(codes(model(50, 30, 30))).toEqual(['total']);
    expect(codes(model(70, 30, 0))).toEqual(['no_weight']);
    expect(codes(model(33.5, 33.5, 33))).toEqual(['not_whole']);
    expect(codes([...model(50, 30), { key: 'c0', weight: 20 }])).toEqual(['repeated']);
  });

  it('warns when every criterion speaks for the same axis', () => {
    const findings = checkModel(model(50, 30, 20), () => 'attractiveness');
    expect(findings.map(({ code, level }) => [code, level])).toEqual([['one_axis', 'warning']]);
    expect(findings[0]!.text).toContain('our strength');
  });
});
