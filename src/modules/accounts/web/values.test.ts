import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountPage } from '../api.ts';
import { type Change, collisions, partsOf, sameValue, without } from './values.ts';

const page = (more: Partial<AccountPage>) =>
  ({ city: 'Before', phone: null, custom: {}, tags: [], ...more }) as unknown as AccountPage;

describe('two people edit one account', () => {
  it('collide only where both changed the same thing to different values', () => {
    const base = page({ custom: { seats: 5, lead: 'Ann' } });
    const theirs = page({ city: 'Theirs', custom: { seats: 6, lead: 'Ann' } });
    expect(collisions(base, theirs, { phone: '+1' })).toEqual([]);
    expect(collisions(base, theirs, { city: 'Mine' })).toEqual([{ field: 'city' }]);
    expect(collisions(base, theirs, { city: 'Theirs' })).toEqual([]);
    expect(collisions(base, theirs, { custom: { seats: 7, lead: 'Bob' } })).toEqual([
      { field: 'custom', key: 'seats' },
    ]);
  });

  it('lose nothing that is not given up: what is kept and what is dropped make the whole change', () => {
    const change = fc.record(
      {
        city: fc.string(),
        phone: fc.option(fc.string()),
        tags: fc.array(fc.string(), { maxLength: 3 }),
        custom: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.string(), fc.integer(), fc.constant(null))),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(change, fc.infiniteStream(fc.boolean()), (given, coins) => {
        const parts = partsOf(given as Change);
        const dropped = parts.filter(() => coins.next().value);
        const kept = partsOf(without(given as Change, dropped));
        expect(kept.length + dropped.length).toBe(parts.length);
        for (const part of kept) expect(dropped).not.toContainEqual(part);
      }),
    );
  });

  it('agree when both mean empty, or the same amount', () => {
    expect(sameValue(null, '')).toBe(true);
    expect(sameValue({ amount: 1, currency: 'EUR' }, { currency: 'EUR', amount: 1 })).toBe(true);
    expect(sameValue({ amount: 1, currency: 'EUR' }, { amount: 1, currency: 'USD' })).toBe(false);
    expect(sameValue(0, null)).toBe(false);
  });
});
