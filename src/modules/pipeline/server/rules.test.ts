// The pipeline's rules: fiscal quarters, the waterfall's identity, accuracy and calibration, what stages do to judgements.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accuracy, bias, biasWord, brier, reliability } from './rules/accuracy.ts';
import { enterStage, type Judged, lineAmount } from './rules/deal.ts';
import { addDays, daysBetween, periodById, periodOf, shift } from './rules/period.ts';
import { type Look, MEASURES, REASONS, waterfall } from './rules/waterfall.ts';

describe('fiscal quarters', () => {
  it('follow the calendar where the year starts in January', () => {
    expect(periodOf('2026-11-22', 1)).toEqual({
      id: '2026-Q4',
      from: '2026-10-01',
      to: '2026-12-31',
      year: 2026,
      quarter: 4,
    });
  });
  it('are named after the year in which they end where it starts later', () => {
    expect(periodOf('2026-02-01', 2)).toMatchObject({ id: '2027-Q1', from: '2026-02-01', to: '2026-04-30' });
    expect(periodOf('2028-02-29', 12)).toMatchObject({ id: '2028-Q1', from: '2027-12-01', to: '2028-02-29' });
    expect(periodOf('2026-03-31', 4)).toMatchObject({ id: '2026-Q4', from: '2026-01-01', to: '2026-03-31' });
  });
  it('cover every day once, whatever month the year starts in, and their ids lead back to them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 12 }), (n, start) => {
        const day = addDays('2000-01-01', n);
        const period = periodOf(day, start);
        expect(period.from <= day && day <= period.to).toBe(true);
        expect(daysBetween(period.from, period.to)).toBeGreaterThanOrEqual(88);
        expect(periodById(period.id, start)).toEqual(period);
        expect(shift(period, 1, start).from).toBe(addDays(period.to, 1));
        expect(shift(shift(period, -7, start), 7, start)).toEqual(period);
      }),
    );
  });
});

const look = (min: string): fc.Arbitrary<Look> =>
  fc.record({
    opportunityId: fc.integer({ min: 1, max: 12 }).map(String),
    state: fc.constantFrom('open', 'won', 'lost'),
    category: fc.constantFrom('omitted', 'pipeline', 'best_case', 'commit', 'closed'),
    amount: fc.integer({ min: 0, max: 1_000_000 }),
    closesOn: fc.integer({ min: 0, max: 250 }).map((n) => addDays(min, n)),
    inScope: fc.boolean(),
  });
const looks = fc.uniqueArray(look('2026-08-01'), { selector: (l) => l.opportunityId, maxLength: 12 });

describe('the waterfall between two looks', () => {
  const quarter = { from: '2026-10-01', to: '2026-12-31' };
  it('always adds up: the end is the start and all reasons', () => {
    fc.assert(
      fc.property(looks, looks, fc.constantFrom(...MEASURES), (before, after, measure) => {
        const w = waterfall(before, after, measure, quarter);
        const reasons = REASONS.reduce((sum, r) => sum + w.byReason[r], 0);
        expect(w.start + reasons).toBe(w.end);
        expect(w.changes.reduce((sum, c) => sum + c.delta, 0)).toBe(reasons);
        for (const reason of REASONS)
          expect(w.changes.filter((c) => c.reason === reason).reduce((s, c) => s + c.delta, 0)).toBe(
            w.byReason[reason],
          );
      }),
    );
  });
  it('finds nothing between a look and itself', () => {
    fc.assert(
      fc.property(looks, fc.constantFrom(...MEASURES), (same, measure) => {
        expect(waterfall(same, same, measure, quarter).changes).toEqual([]);
      }),
    );
  });
  it('gives each opportunity the reason for which it came or went', () => {
    const one = (id: string, more: Partial<Look> = {}): Look => ({
      opportunityId: id,
      state: 'open',
      category: 'commit',
      amount: 100,
      closesOn: '2026-12-01',
      inScope: true,
      ...more,
    });
    const before = [
      one('pushed'),
      one('pulled', { closesOn: '2027-02-01' }),
      one('bigger'),
      one('better', { category: 'best_case' }),
      one('won', { category: 'pipeline' }),
      one('lost'),
      one('given away'),
      one('away'),
    ];
    const after = [
      one('pushed', { closesOn: '2027-01-15' }),
      one('pulled', { closesOn: '2026-12-20' }),
      one('bigger', { amount: 130 }),
      one('better'),
      one('won', { state: 'won', category: 'closed' }),
      one('lost', { state: 'lost', category: 'omitted' }),
      one('given away', { inScope: false }),
      one('new'),
    ];
    const w = waterfall(before, after, 'commit', quarter);
    expect(w).toMatchObject({
      start: 500,
      end: 630 - 100,
      byReason: {
        pushed: -100,
        pulled_in: 100,
        amount: 30,
        category: 100,
        won: 100,
        lost: -100,
        handed_over: -100,
        removed: -100,
        added: 100,
        reopened: 0,
      },
    });
  });
});

describe('accuracy and bias', () => {
  it('are those of the worked example: two owners whose errors would cancel', () => {
    const owners = [
      { forecast: 100, actual: 120 },
      { forecast: 200, actual: 180 },
    ];
    expect(owners.map((o) => accuracy([o]))).toEqual(['0.833333', '0.888889']);
    expect(accuracy(owners)).toBe('0.866667');
    expect(bias(owners)).toBe('0.000000');
    expect(biasWord(bias(owners))).toBe('on_the_mark');
  });
  it('say in a word who called too much and who too little', () => {
    expect(biasWord(bias([{ forecast: 120, actual: 100 }]))).toBe('over_called');
    expect(biasWord(bias([{ forecast: 80, actual: 100 }]))).toBe('under_called');
  });
  it('are not known where nothing came, and never below nothing', () => {
    expect(accuracy([{ forecast: 100, actual: 0 }])).toBeNull();
    expect(biasWord(bias([]))).toBeNull();
    expect(accuracy([{ forecast: 500, actual: 100 }])).toBe('0.000000');
  });
  it('a team is never better than its owners weighed by what came', () => {
    const pair = fc.record({ forecast: fc.integer({ min: 0, max: 200 }), actual: fc.integer({ min: 100, max: 200 }) });
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 8 }), (pairs) => {
        const sum = pairs.reduce((s, p) => s + p.actual, 0);
        const weighed = pairs.reduce((s, p) => s + (Number(accuracy([p])) * p.actual) / sum, 0);
        expect(Number(accuracy(pairs))).toBeLessThanOrEqual(weighed + 1e-5);
      }),
    );
  });
});

describe('calibration', () => {
  it('is the mean square of what was said against what came', () => {
    const decided = [
      { probability: 90, won: true },
      { probability: 90, won: false },
      { probability: 20, won: false },
      { probability: 100, won: true },
    ];
    expect(brier(decided)).toBe('0.215000');
    const nineties = reliability(decided)[9]!;
    expect(nineties).toMatchObject({ from: 90, to: 100, count: 3, said: '0.933333', came: '0.666667' });
    expect(brier([])).toBeNull();
  });
});

describe('a stage', () => {
  it('never overwrites a category or a probability that a person set, however often it changes', () => {
    const stage = fc.record({
      probability: fc.integer({ min: 0, max: 100 }),
      category: fc.constantFrom('omitted' as const, 'pipeline' as const, 'best_case' as const, 'commit' as const),
      outcome: fc.constant('open' as const),
    });
    fc.assert(
      fc.property(fc.array(stage, { maxLength: 6 }), (moves) => {
        const start: Judged = {
          probability: 42,
          probabilityByHand: true,
          category: 'commit',
          categoryByHand: true,
          openProbability: null,
          openCategory: null,
        };
        expect(moves.reduce<Judged>((j, s) => enterStage(j, true, s), start)).toEqual(start);
      }),
    );
  });
});

describe('the worth of a line', () => {
  it('is a year of what recurs, after the discount, to the cent', () => {
    const line = { quantity: 3, unitPriceMinor: 999, discountPercent: 10, billing: 'month' as const };
    expect(lineAmount(line)).toBe(32_368);
    expect(lineAmount({ ...line, billing: 'once' })).toBe(2_697);
    expect(lineAmount({ ...line, billing: 'quarter' })).toBe(10_789);
  });
});
