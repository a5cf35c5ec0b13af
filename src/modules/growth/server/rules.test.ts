// The rules of growth: worked vectors and properties.
import Big from 'big.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Status } from '../api.ts';
import {
  add,
  addMonths,
  fiscalSpan,
  fiscalYearOf,
  isOwned,
  marginOf,
  monthEnds,
  nothing,
  openOf,
  priorityOf,
  ratioOf,
  rollUp,
  sumsOf,
} from './rules.ts';

const cell = (c: Partial<Parameters<typeof openOf>[0]> = {}) => ({
  status: 'unknown' as Status,
  potential: null,
  current: null,
  pipeline: null,
  ...c,
});

describe('what is open of a cell', () => {
  it('is the potential without what is ours and what is in the pipeline, as worked by hand', () => {
    expect(openOf(cell({ potential: 100_000, current: 20_000, pipeline: 30_000 }))).toBe(50_000);
    expect(openOf(cell({ potential: 100_000 }))).toBe(100_000);
    expect(openOf(cell({ potential: 50_000, current: 40_000, pipeline: 30_000 })), 'never below zero').toBe(0);
  });
  it('is unknown without a potential, and nothing is open where the unit cannot have the product', () => {
    expect(openOf(cell({ current: 5 }))).toBeNull();
    expect(openOf(cell({ status: 'not_eligible', potential: 100 }))).toBeNull();
  });
});

describe('the priority of a cell', () => {
  it('is open × P(fit) × P(access) / effort, as worked by hand', () => {
    expect(priorityOf({ open: 50_000, fit: 60, access: 50, effort: 2 })).toBe(7_500);
    expect(priorityOf({ open: 50_000, fit: 100, access: 100, effort: 1 })).toBe(50_000);
    expect(priorityOf({ open: 100, fit: 33.33, access: 66.67, effort: 3 }), '7.407… rounded').toBe(7);
    expect(priorityOf({ open: 50_000, fit: 0, access: 50, effort: 2 })).toBe(0);
  });
  it('is unknown while open, fit or access is unknown', () => {
    expect(priorityOf({ open: null, fit: 60, access: 50, effort: 1 })).toBeNull();
    expect(priorityOf({ open: 1, fit: null, access: 50, effort: 1 })).toBeNull();
    expect(priorityOf({ open: 1, fit: 60, access: null, effort: 1 })).toBeNull();
  });
  it('is exact: the same as with decimal numbers, halves included', () => {
    const percent = fc.integer({ min: 0, max: 10_000 }).map((n) => n / 100);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e14 }),
        percent,
        percent,
        fc.integer({ min: 1, max: 1000 }),
        (open, fit, access, tenths) => {
          const exact = new Big(open)
            .times(fit)
            .times(access)
            .div(10_000)
            .div(tenths / 10)
            .round(0, Big.roundHalfUp)
            .toNumber();
          expect(priorityOf({ open, fit, access, effort: tenths / 10 })).toBe(exact);
        },
      ),
      { numRuns: 300 },
    );
    expect(priorityOf({ open: 5, fit: 50, access: 100, effort: 1 }), '2.5').toBe(3);
  });
  it('never exceeds what is open while the effort is as usual, and falls as effort grows', () => {
    const percent = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e12 }),
        percent,
        percent,
        fc.integer({ min: 1, max: 99 }),
        (open, fit, access, effort) => {
          const p = priorityOf({ open, fit, access, effort })!;
          expect(p).toBeLessThanOrEqual(open);
          expect(priorityOf({ open, fit, access, effort: effort + 1 })!).toBeLessThanOrEqual(p);
        },
      ),
    );
  });
});

const statuses: Status[] = ['ours', 'competitor', 'in_house', 'unknown', 'not_eligible'];
const amount = fc.option(fc.integer({ min: 0, max: 1e9 }));
const anyCell = fc.record({
  status: fc.constantFrom(...statuses),
  potential: amount,
  current: amount,
  pipeline: amount,
});

describe('penetration', () => {
  it('is owned of eligible cells; cells that are not eligible leave the denominator', () => {
    const t = { ...nothing(), eligible: 6 };
    for (const status of ['ours', 'ours', 'competitor', 'unknown', 'not_eligible'] as const)
      add(t, { ...cell({ status }), open: null });
    expect(sumsOf(t)).toMatchObject({ owned: 2, eligible: 5, penetration: '0.400000' });
  });
  it('counts a cell as owned when the ledger has revenue there, whatever was said', () => {
    expect(isOwned({ status: 'competitor', current: 1 })).toBe(true);
    expect(isOwned({ status: 'unknown', current: 0 })).toBe(false);
    expect(isOwned({ status: 'ours', current: null })).toBe(true);
  });
  it('lies between 0 and 1, and there is none without eligible cells', () => {
    fc.assert(
      fc.property(fc.array(anyCell, { maxLength: 30 }), (cells) => {
        const t = { ...nothing(), eligible: cells.length };
        for (const c of cells) add(t, { ...c, open: openOf(c) });
        const { penetration, eligible } = sumsOf(t);
        if (eligible === 0) expect(penetration).toBeNull();
        else expect(Number(penetration)).toBeGreaterThanOrEqual(0);
        if (penetration !== null) expect(Number(penetration)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('the roll-up', () => {
  it('of a tree gives the top exactly what all units have together', () => {
    const unit = fc.tuple(fc.nat(), anyCell);
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 40 }), (list) => {
        const units = list.map(([n, c], i) => {
          const own = { ...nothing(), eligible: 1 };
          add(own, { ...c, open: openOf(c) });
          return { parent: i === 0 ? null : n % i, own };
        });
        const [top] = rollUp(units);
        for (const k of ['potential', 'current', 'pipeline', 'open', 'owned', 'eligible'] as const)
          expect(top![k]).toBe(units.reduce((sum, u) => sum + u.own[k], 0));
      }),
    );
  });
  it('leaves what a unit has itself alone', () => {
    const own = { ...nothing(), open: 5 };
    rollUp([
      { parent: null, own },
      { parent: 0, own: { ...nothing(), open: 7 } },
    ]);
    expect(own.open).toBe(5);
  });
});

describe('years', () => {
  it('are named after the calendar year in which they end, whatever month they start in', () => {
    expect([fiscalYearOf('2026-11-22', 1), fiscalSpan(2026, 1)]).toEqual([
      2026,
      { from: '2026-01-01', to: '2026-12-31' },
    ]);
    expect([fiscalYearOf('2026-11-22', 4), fiscalYearOf('2026-03-31', 4)]).toEqual([2027, 2026]);
    expect(fiscalSpan(2024, 3)).toEqual({ from: '2023-03-01', to: '2024-02-29' });
  });
  it('hold every day of theirs', () => {
    const day = fc
      .integer({ min: 0, max: 20_000 })
      .map((n) => new Date(Date.UTC(2000, 0, 1 + n)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 12 }), (on, start) => {
        const { from, to } = fiscalSpan(fiscalYearOf(on, start), start);
        expect(from <= on && on <= to).toBe(true);
      }),
    );
  });
  it('of twelve months have twelve month ends', () => {
    expect(monthEnds('2025-11-23', '2026-11-22')).toHaveLength(12);
    expect(monthEnds('2024-02-01', '2024-02-29')).toEqual(['2024-02-29']);
    expect(monthEnds('2024-02-01', '2024-02-28')).toEqual([]);
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
  });
});

describe('the margin of an account', () => {
  it('is revenue without cost of delivery and cost to serve', () => {
    expect(marginOf(100_000, 25_000, 15_000)).toEqual({ margin: 60_000, share: '0.600000' });
    expect(marginOf(10_000, 8_000, 5_000)).toEqual({ margin: -3_000, share: '-0.300000' });
  });
  it('is unknown, not nothing, while revenue is unknown; a share needs revenue', () => {
    expect(marginOf(null, 1, 1)).toEqual({ margin: null, share: null });
    expect(marginOf(0, 0, 50)).toEqual({ margin: -50, share: null });
    expect(ratioOf(1, 3)).toBe('0.333333');
  });
});
