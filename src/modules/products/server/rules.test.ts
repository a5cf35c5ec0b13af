// The rules of the catalogue: days of prices, what delivery costs.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayBefore, deliveryCostOf, holdsOn, overlap, overlapping, predecessor } from './rules.ts';

const day = fc.integer({ min: 0, max: 1500 }).map((n) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10));
const span = fc
  .tuple(fc.option(day), fc.option(day))
  .map(([a, b]) => (a !== null && b !== null && b < a ? { startsOn: b, endsOn: a } : { startsOn: a, endsOn: b }));

describe('the days of a list price', () => {
  it('include the first and the last', () => {
    const price = { startsOn: '2024-02-29', endsOn: '2024-12-31' };
    expect(['2024-02-28', '2024-02-29', '2024-12-31', '2025-01-01'].map((on) => holdsOn(price, on))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('of two prices are shared exactly when some day belongs to both', () => {
    const days = Array.from({ length: 1502 }, (_, n) =>
      new Date(Date.UTC(2023, 11, 31 + n)).toISOString().slice(0, 10),
    );
    fc.assert(
      fc.property(span, span, (a, b) => {
        expect(overlap(a, b)).toBe(days.some((on) => holdsOn(a, on) && holdsOn(b, on)));
        expect(overlap(a, b)).toBe(overlap(b, a));
      }),
      { numRuns: 60 },
    );
  });

  it('clash only within one currency and billing, and never with the price itself', () => {
    const open = { startsOn: null, endsOn: null };
    const prices = [
      { id: 'a', currency: 'EUR', billing: 'month' as const, ...open },
      { id: 'b', currency: 'USD', billing: 'month' as const, ...open },
      { id: 'c', currency: 'EUR', billing: 'year' as const, ...open },
    ];
    const fresh = { currency: 'EUR', billing: 'month' as const, ...open };
    expect(overlapping(prices, fresh).map((p) => p.id)).toEqual(['a']);
    expect(overlapping(prices, { ...fresh, id: 'a' })).toEqual([]);
  });

  it('leave room for the price that follows: the one before ends the day before', () => {
    const prices = [{ id: 'a', currency: 'EUR', billing: 'month' as const, startsOn: '2023-01-01', endsOn: null }];
    const next = { currency: 'EUR', billing: 'month' as const, startsOn: '2024-03-01', endsOn: null };
    expect(predecessor(prices, next)?.id).toBe('a');
    expect(dayBefore('2024-03-01')).toBe('2024-02-29');
    expect(predecessor(prices, { ...next, startsOn: '2023-01-01' })).toBeNull();
    expect(predecessor(prices, { ...next, currency: 'USD' })).toBeNull();
  });
});

describe('what delivery costs', () => {
  const sold = { amount: 120_000, currency: 'EUR', quantity: 10 };
  it('is a share of what is paid, or an amount a unit: for twelve months, or once', () => {
    expect(deliveryCostOf({ kind: 'recurring', share: '0.25', perUnit: null }, sold)).toEqual({
      amount: 30_000,
      currency: 'EUR',
    });
    const perUnit = { amount: 150, currency: 'USD' };
    expect(deliveryCostOf({ kind: 'recurring', share: null, perUnit }, sold)).toEqual({
      amount: 18_000,
      currency: 'USD',
    });
    expect(deliveryCostOf({ kind: 'one_off', share: null, perUnit }, sold)).toEqual({ amount: 1_500, currency: 'USD' });
  });

  it('is unknown rather than nothing where nobody said it', () => {
    expect(deliveryCostOf({ kind: 'recurring', share: null, perUnit: null }, sold)).toBeNull();
    const perUnit = { amount: 150, currency: 'EUR' };
    expect(deliveryCostOf({ kind: 'recurring', share: null, perUnit }, { ...sold, quantity: null })).toBeNull();
  });

  it('of a share never exceeds what is paid', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 0, max: 1_000_000 }), (amount, millionths) => {
        const cost = deliveryCostOf(
          { kind: 'recurring', share: (millionths / 1e6).toFixed(6), perUnit: null },
          { amount, currency: 'EUR', quantity: null },
        );
        expect(cost!.amount).toBeGreaterThanOrEqual(0);
        expect(cost!.amount).toBeLessThanOrEqual(amount);
      }),
    );
  });
});
