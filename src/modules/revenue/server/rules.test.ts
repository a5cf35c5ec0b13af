// Rules of recurring revenue, checked by properties: movements add up, splitting a line changes nothing, rounding never loses a cent.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  balances,
  type Entry,
  MOVEMENTS,
  type Movement,
  monthlySteps,
  monthOf,
  monthPoints,
  movementOf,
  periodEnds,
} from './rules.ts';

const day = fc
  .integer({ min: 0, max: 1500 })
  .map((n) => new Date(Date.UTC(2022, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
const entry: fc.Arbitrary<Entry> = fc
  .record({
    account: fc.integer({ min: 0, max: 4 }),
    arr: fc.integer({ min: 0, max: 100_000 }),
    days: fc.array(day, { minLength: 2, maxLength: 2 }),
    open: fc.boolean(),
  })
  .map(({ account, arr, days, open }) => {
    const [startsOn, endsOn] = [...days].sort() as [string, string];
    return { accountId: `A${account}`, arrMinor: arr, startsOn, endsOn: open ? null : endsOn };
  });
const history = fc.array(entry, { maxLength: 25 });
const sum = (of: Map<string, number>) => [...of.values()].reduce((a, b) => a + b, 0);

/** Σ start, Σ end and Σ min(start, end) of the cohort, by the definition. */
function retention(entries: readonly Entry[], from: string, to: string) {
  const [s, e] = [balances(entries, from), balances(entries, to)];
  let [start, end, kept] = [0, 0, 0];
  for (const [account, at] of s) {
    start += at;
    end += e.get(account) ?? 0;
    kept += Math.min(at, e.get(account) ?? 0);
  }
  return { start, end, kept };
}

describe('movements', () => {
  it('lead from the balance of the first day to that of the last, whatever happened in between', () => {
    fc.assert(
      fc.property(history, day, day, (entries, a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const [s, e] = [balances(entries, from), balances(entries, to)];
        let end = sum(s);
        for (const account of new Set([...s.keys(), ...e.keys()])) {
          const move = movementOf(s.get(account) ?? 0, e.get(account) ?? 0, false);
          if (!move) continue;
          expect(move.amount).toBeGreaterThan(0);
          end += move.kind === 'churn' || move.kind === 'contraction' ? -move.amount : move.amount;
        }
        expect(end).toBe(sum(e));
      }),
    );
  });

  it('are called what they are', () => {
    expect(movementOf(0, 5, false)).toEqual({ kind: 'new', amount: 5 });
    expect(movementOf(0, 5, true)).toEqual({ kind: 'reactivation', amount: 5 });
    expect(movementOf(5, 0, true)).toEqual({ kind: 'churn', amount: 5 });
    expect(movementOf(5, 8, true)).toEqual({ kind: 'expansion', amount: 3 });
    expect(movementOf(8, 5, true)).toEqual({ kind: 'contraction', amount: 3 });
    expect(movementOf(5, 5, true)).toBeNull();
  });

  it('rounded to whole cents still add up, each off by less than one', () => {
    const amount = fc.integer({ min: 0, max: 10_000_000 }).map((n) => (n / 100).toFixed(2));
    fc.assert(
      fc.property(amount, fc.tuple(amount, amount, amount, amount, amount), (start, parts) => {
        const movements = Object.fromEntries(MOVEMENTS.map((m, i) => [m, parts[i]!])) as Record<Movement, string>;
        const steps = monthlySteps(start, movements);
        expect(steps.start + steps.new + steps.reactivation + steps.expansion - steps.contraction - steps.churn).toBe(
          steps.end,
        );
        for (const m of MOVEMENTS) expect(Math.abs(steps[m] - Number(movements[m]) / 12)).toBeLessThanOrEqual(1);
        for (const m of MOVEMENTS) if (Number(movements[m]) === 0) expect(steps[m]).toBe(0);
      }),
    );
  });
});

describe('retention', () => {
  it('gross is never above one, nor above net', () => {
    fc.assert(
      fc.property(history, day, day, (entries, a, b) => {
        const { start, end, kept } = retention(entries, a < b ? a : b, a < b ? b : a);
        expect(kept).toBeLessThanOrEqual(start);
        expect(kept).toBeLessThanOrEqual(end);
      }),
    );
  });

  it('does not change when a line is split in two, by its amount or by a day', () => {
    fc.assert(
      fc.property(
        history,
        entry,
        fc.double({ min: 0, max: 1, noNaN: true }),
        day,
        day,
        day,
        (entries, line, share, cut, a, b) => {
          const part = Math.floor(line.arrMinor * share);
          const byAmount: Entry[] = [
            { ...line, arrMinor: part },
            { ...line, arrMinor: line.arrMinor - part },
          ];
          const inside = cut > line.startsOn && (line.endsOn === null || cut < line.endsOn);
          const byDay: Entry[] = inside
            ? [
                { ...line, endsOn: cut },
                { ...line, startsOn: cut },
              ]
            : [line];
          const [from, to] = a < b ? [a, b] : [b, a];
          const whole = retention([...entries, line], from, to);
          expect(retention([...entries, ...byAmount], from, to)).toEqual(whole);
          expect(retention([...entries, ...byDay], from, to)).toEqual(whole);
        },
      ),
    );
  });
});

describe('days', () => {
  it('of months are the last ones, also in leap years, between the two days asked for', () => {
    expect(monthPoints('2024-01-15', '2024-04-10')).toEqual([
      '2024-01-15',
      '2024-01-31',
      '2024-02-29',
      '2024-03-31',
      '2024-04-10',
    ]);
    expect(monthPoints('2023-12-31', '2024-01-31')).toEqual(['2023-12-31', '2024-01-31']);
    expect(monthPoints('2023-01-31', '2023-02-28')).toEqual(['2023-01-31', '2023-02-28']);
    expect(monthPoints('2024-02-29', '2024-02-29')).toEqual(['2024-02-29', '2024-02-29']);
    expect(monthPoints('2024-01-01', '2024-12-31').slice(1).map(monthOf)).toHaveLength(12);
  });

  it('of quarters and years end where calendars end, the present one today', () => {
    expect(periodEnds('quarter', '2024-05-20', 4)).toEqual(['2023-09-30', '2023-12-31', '2024-03-31', '2024-05-20']);
    expect(periodEnds('month', '2024-03-31', 3)).toEqual(['2024-01-31', '2024-02-29', '2024-03-31']);
    expect(periodEnds('year', '2024-02-29', 2)).toEqual(['2023-12-31', '2024-02-29']);
    expect(periodEnds('month', '2024-02-29', 1)).toEqual(['2024-02-29']);
  });
});
