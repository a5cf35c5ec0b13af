import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countOf, forestOf, sumOf } from './forest.ts';

const node = (id: string, parentId: string | null, amount = 0) => ({ id, parentId, arr: { amount, currency: 'EUR' } });

describe('accounts as trees', () => {
  it('stand under their parents; whose parent is not shown stands at the top', () => {
    const forest = forestOf([node('b', 'a', 2), node('a', null, 1), node('c', 'b', 4), node('x', 'unseen', 8)]);
    expect(forest.map((b) => b.item.id)).toEqual(['a', 'x']);
    expect(sumOf(forest[0]!).get('EUR')).toBe(7);
    expect(countOf(forest[0]!)).toBe(3);
  });

  it('hold every account exactly once and every cent, also when parents run in a circle', () => {
    const items = fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 15 }).chain((ids) =>
      fc.tuple(
        ...ids.map((id) =>
          fc.record({
            id: fc.constant(String(id)),
            parentId: fc.option(fc.integer({ min: 0, max: 20 }).map(String)),
            arr: fc.record({ amount: fc.nat(1000), currency: fc.constantFrom('EUR', 'USD') }),
          }),
        ),
      ),
    );
    fc.assert(
      fc.property(items, (given) => {
        const forest = forestOf(given);
        expect(forest.reduce((n, b) => n + countOf(b), 0)).toBe(given.length);
        const total = forest.flatMap((b) => [...sumOf(b).values()]).reduce((a, b) => a + b, 0);
        expect(total).toBe(given.reduce((n, a) => n + a.arr.amount, 0));
      }),
    );
  });
});
