/** What a review suggests: calm by rule, with a reason that a person can read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  capacityWarning,
  isAboveLine,
  linesFor,
  nextReviewOn,
  type Standing,
  suggestDecision,
  teamCapacity,
  tiesAcrossLine,
  watchReasons,
} from '../rules.ts';

const lines = linesFor(20);
const reviews = (...places: (number | null)[]): Standing[] =>
  places.map((place, at) => ({ reviewedOn: `202${at}-06-30`, place, lines }));
const decide = (isKey: boolean, ...places: (number | null)[]) =>
  suggestDecision({ isKey, standings: reviews(...places) }).decision;

describe('capacity and the line', () => {
  it('adds up what the members can carry, ten where nothing is set', () => {
    expect(teamCapacity([{ capacity: 8 }, { capacity: null }, { capacity: 15 }])).toBe(33);
    expect(teamCapacity([])).toBe(0);
  });

  it('draws the lower line a fifth further down', () => {
    expect(linesFor(20)).toEqual({ upper: 20, lower: 24 });
    expect(linesFor(13)).toEqual({ upper: 13, lower: 16 });
    expect(linesFor(10, 1.5)).toEqual({ upper: 10, lower: 15 });
    expect(linesFor(0)).toEqual({ upper: 0, lower: 0 });
  });

  it('keeps accounts that tie across the line below it', () => {
    expect(isAboveLine(20, lines)).toBe(true);
    expect(isAboveLine(21, lines)).toBe(false);
    expect(isAboveLine(0, lines)).toBe(false);
    expect(tiesAcrossLine(19, 21, lines)).toBe(true);
    expect(tiesAcrossLine(19, 20, lines)).toBe(false);
  });

  it('warns before promotions that the team cannot carry', () => {
    expect(capacityWarning({ keyAccounts: 18, promotions: 2, scaleBacks: 0, capacity: 20 })).toBeNull();
    expect(capacityWarning({ keyAccounts: 19, promotions: 3, scaleBacks: 2, capacity: 20 })).toBeNull();
    const warning = capacityWarning({ keyAccounts: 19, promotions: 3, scaleBacks: 0, capacity: 20 });
    expect(warning).toMatchObject({ keyAccounts: 22, over: 2 });
    expect(warning?.text).toContain('2 more than its capacity of 20');
  });
});

describe('the suggested decision', () => {
  it('promotes after two reviews in a row above the line, not after one', () => {
    expect(decide(false, 12)).toBe('watch');
    expect(decide(false, 12, 15)).toBe('promote');
    expect(decide(false, 12, 30, 15)).toBe('watch');
  });

  it('scales back after two reviews in a row below the lower line, not after one', () => {
    expect(decide(true, 25)).toBe('watch');
    expect(decide(true, 25, 25)).toBe('scale_back');
    expect(decide(true, 25, 22, 25)).toBe('watch');
  });

  it('changes nothing between the lines, however long it lasts', () => {
    expect(decide(true, 21, 24, 23, 22)).toBe('hold');
    expect(decide(false, 26, 40, 33)).toBe('hold');
  });

  it('neither promotes nor scales back over a review without enough scores', () => {
    expect(decide(false, 12, null, 12)).toBe('watch');
    expect(decide(true, 40, null, 40)).toBe('watch');
    expect(suggestDecision({ isKey: true, standings: reviews(40, null) })).toEqual({
      decision: 'hold',
      reason: 'Too few scores to rank it: score it first.',
    });
  });

  it('judges each review by the lines of its own time', () => {
    const standings = [
      { reviewedOn: '2025-06-30', place: 12, lines: linesFor(10) },
      { reviewedOn: '2025-12-31', place: 12, lines: linesFor(20) },
    ];
    expect(suggestDecision({ isKey: false, standings }).decision).toBe('watch');
  });

  it('says why in a sentence', () => {
    expect(suggestDecision({ isKey: true, standings: reviews(25, 30) }).reason).toBe(
      'Place 30, line at 20: below the lower line (24) in 2 reviews in a row.',
    );
    expect(suggestDecision({ isKey: false, standings: reviews(18) }).reason).toBe(
      'Place 18, line at 20: above the line. 1 more such review would suggest a promotion.',
    );
  });

  it('never contradicts the status: only key accounts are scaled back, only others promoted or put near the line', () => {
    const places = fc.array(fc.option(fc.integer({ min: 1, max: 60 }), { nil: null }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.boolean(), places, (isKey, list) => {
        const { decision, reason } = suggestDecision({ isKey, standings: reviews(...list) });
        expect(decision).not.toBe(isKey ? 'promote' : 'scale_back');
        if (decision === 'promote') expect(list.slice(-2).every((place) => place !== null && place <= 20)).toBe(true);
        if (decision === 'scale_back') expect(list.slice(-2).every((place) => place !== null && place > 24)).toBe(true);
        expect(reason.endsWith('.')).toBe(true);
      }),
    );
  });
});

describe('the watch list', () => {
  const account = { isKey: false, place: 60, lines, growthPercent: 5 };

  it('takes accounts outside the programme that grow strongly or are near the line', () => {
    expect(watchReasons(account)).toEqual([]);
    expect(watchReasons({ ...account, growthPercent: 34.6 })).toEqual(['it grew by 35 %']);
    expect(watchReasons({ ...account, place: 23 })).toEqual(['it is near the line']);
    expect(watchReasons({ ...account, place: 3, growthPercent: 20 })).toEqual([
      'it grew by 20 %',
      'it is above the line',
    ]);
    expect(watchReasons({ ...account, place: null, growthPercent: null })).toEqual([]);
  });

  it('never takes a key account', () => {
    expect(watchReasons({ ...account, isKey: true, place: 3, growthPercent: 90 })).toEqual([]);
  });

  it('feeds the suggestion for an account below the line', () => {
    const suggestion = suggestDecision({ isKey: false, standings: reviews(60), growthPercent: 40 });
    expect(suggestion).toEqual({ decision: 'watch', reason: 'Place 60, line at 20: it grew by 40 %.' });
  });
});

describe('the next review', () => {
  it('comes every half year', () => {
    expect(nextReviewOn('2026-01-15', '2026-01-15')).toBe('2026-07-15');
    expect(nextReviewOn('2026-01-15', '2026-11-22')).toBe('2027-01-15');
    expect(nextReviewOn('2026-01-15', '2026-07-14')).toBe('2026-07-15');
  });

  it('falls on the last day of a short month, and returns to its own day after it', () => {
    expect(nextReviewOn('2026-08-31', '2026-08-31')).toBe('2027-02-28');
    expect(nextReviewOn('2026-08-31', '2027-02-28')).toBe('2027-08-31');
    expect(nextReviewOn('2027-08-31', '2027-09-01')).toBe('2028-02-29');
    expect(nextReviewOn('2026-10-31', '2026-10-31', 1)).toBe('2026-11-30');
  });

  it('is always the first date of its rhythm after the given day', () => {
    const day = fc
      .integer({ min: 0, max: 20_000 })
      .map((days) => new Date(Date.UTC(2000, 0, 1 + days)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, fc.integer({ min: 1, max: 24 }), (anchor, after, every) => {
        const next = nextReviewOn(anchor, after, every);
        expect(next > after && next > anchor).toBe(true);
        expect(next <= nextReviewOn(anchor, next, every)).toBe(true);
        const months = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
        expect((months(next) - months(anchor)) % every).toBe(0);
        if (after >= anchor) expect(months(next) - months(after)).toBeLessThanOrEqual(every);
      }),
    );
  });

  it('refuses a rhythm that does not move', () => {
    expect(() => nextReviewOn('2026-01-15', '2026-01-15', 0)).toThrow('at least one month');
  });
});
