import { describe, expect, it } from 'vitest';
import { formatRate, startOf, thinned } from './rateSeries.ts';

describe('the line of a rate', () => {
  it('starts so many months ago, on the last day of a shorter month', () => {
    expect(startOf('3m', '2026-11-22')).toBe('2026-08-22');
    expect(startOf('3m', '2026-05-31')).toBe('2026-02-28');
    expect(startOf('5y', '2024-02-29')).toBe('2019-02-28');
    expect(startOf('all', '2026-11-22')).toBeUndefined();
  });

  it('keeps every day of a year, the last of each week of five, the last of each month of all', () => {
    // Monday 2 November to Monday 9 November 2026, newest first, without the weekend.
    const days = ['2026-11-09', '2026-11-06', '2026-11-05', '2026-11-04', '2026-11-03', '2026-11-02', '2026-10-30'];
    const points = days.map((on, i) => ({ on, rate: String(i) }));
    expect(thinned(points, '1y').map((p) => p.on)).toEqual([...days].reverse());
    expect(thinned(points, '5y').map((p) => p.on)).toEqual(['2026-10-30', '2026-11-06', '2026-11-09']);
    expect(thinned(points, 'all').map((p) => p.on)).toEqual(['2026-10-30', '2026-11-09']);
  });

  it('reads with six digits that matter, large or small', () => {
    expect(formatRate('1.0812345', 'en')).toBe('1.08123');
    expect(formatRate('17943.25', 'en')).toBe('17,943.3');
  });
});
