// Pure rules of the stakeholders room.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PARTS } from '../api.ts';
import { cadenceOf, closesCircle, coverageOf, joinLines, nameFrom } from './rules.ts';

type Lines = Map<string, string | null>;
const hasCircle = (lines: Lines): boolean =>
  [...lines.keys()].some((start) => {
    let at = lines.get(start) ?? null;
    for (let n = 0; at !== null && n <= lines.size; n++) {
      if (at === start) return true;
      at = lines.get(at) ?? null;
    }
    return false;
  });
const someone = fc.constantFrom(...'ABCDEFGH');
/** Random wishes, taken only where they close no circle. */
const tree = fc.array(fc.tuple(someone, someone), { maxLength: 20 }).map((wishes) => {
  const lines: Lines = new Map([...'ABCDEFGH'].map((p) => [p, null]));
  for (const [person, manager] of wishes) if (!closesCircle(lines, person, manager)) lines.set(person, manager);
  return lines;
});

describe('reporting lines', () => {
  it('never close a circle, whatever is asked for in whatever order', () => {
    fc.assert(fc.property(tree, (lines) => !hasCircle(lines)));
  });

  it('refuse exactly the lines that would close one', () => {
    fc.assert(
      fc.property(tree, someone, someone, (lines, person, manager) => {
        const asked: Lines = new Map(lines).set(person, manager);
        expect(closesCircle(lines, person, manager)).toBe(hasCircle(asked));
      }),
    );
  });

  it('of two accounts that become one close no circle, and keep every line of the account that stays', () => {
    fc.assert(
      fc.property(tree, tree, (into, from) => {
        const joined: Lines = new Map(into);
        for (const { person, manager } of joinLines(into, from)) {
          expect(into.get(person)).toBeNull();
          expect(from.get(person)).toBe(manager);
          joined.set(person, manager);
        }
        expect(hasCircle(joined)).toBe(false);
      }),
    );
  });
});

describe('role coverage', () => {
  it('is the filled must-have parts of four, whoever else is there', () => {
    expect(coverageOf([])).toEqual({ filled: 0, of: 4, ratio: 0 });
    expect(coverageOf(['champion', 'champion', 'user', 'blocker', 'none'])).toEqual({ filled: 1, of: 4, ratio: 0.25 });
    expect(coverageOf(PARTS).ratio).toBe(1);
  });
});

describe('cadence', () => {
  it('goes by the part: champion 14, decision maker 30, sponsor 90, others 45 days', () => {
    const defaults = { champion: 14, decision_maker: 30, executive_sponsor: 90, other: 45 };
    expect(PARTS.map((p) => cadenceOf(p, defaults))).toEqual([45, 30, 14, 45, 45, 45, 45, 90, 45]);
    expect(cadenceOf(null, defaults)).toBe(45);
  });
});

describe('names', () => {
  it('come from their parts where nobody wrote the whole', () => {
    expect([nameFrom('Rose', 'Gonzalez'), nameFrom(null, 'Forbes'), nameFrom('Cher', undefined)]).toEqual([
      'Rose Gonzalez',
      'Forbes',
      'Cher',
    ]);
  });
});
