import { describe, expect, it } from 'vitest';
import { areDurations, durationUnit, readDuration } from './durations.ts';

describe('lengths of time', () => {
  it.each([
    ['90 days', 90],
    ['90', 90],
    ['3 Monate zum Vertragsende', 92],
    ['1 month', 31],
    ['6 Wochen', 42],
    ['6 mois', 184],
    ['1 año', 365],
    ['P3M', 92],
    ['1 quarter', 92],
  ])('a notice of “%s” is %i days, and never fewer than were agreed', (text, days) => {
    expect(readDuration(text, 'days', null)).toBe(days);
  });

  it('three months are at least as long as any three months of the calendar', () => {
    for (let month = 0; month < 48; month++)
      for (const length of [1, 2, 3, 6, 9, 12]) {
        const days = (Date.UTC(2024, month + length, 1) - Date.UTC(2024, month, 1)) / 86_400_000;
        expect(readDuration(`${length} months`, 'days', null)! + (length === 12 ? 1 : 0)).toBeGreaterThanOrEqual(days);
      }
  });

  it.each([
    ['3 years', 36],
    ['36', 36],
    ['24 Monate', 24],
    ['365 days', 12],
    ['90 days', 3],
    ['100 days', null],
  ])('a term of “%s” is %s months', (text, months) => {
    expect(readDuration(text, 'months', null)).toBe(months);
  });

  it('the name of the column says what a number alone counts', () => {
    expect(durationUnit('Kündigungsfrist (Monate)')).toBe('months');
    expect(durationUnit('notice_period_weeks')).toBe('weeks');
    expect(durationUnit('Notice period')).toBeNull();
    expect(readDuration('3', 'days', durationUnit('Kündigungsfrist (Monate)'))).toBe(92);
  });

  it('words are no length', () => {
    expect(readDuration('unbefristet', 'months', null)).toBeNull();
    expect(readDuration('3 people', 'days', null)).toBeNull();
    expect(areDurations(['90 days', 'by agreement'], 'days')).toBe(true);
    expect(areDurations(['by agreement', 'none'], 'days')).toBe(false);
  });
});
