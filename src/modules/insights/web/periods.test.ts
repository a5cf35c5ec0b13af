// Periods by name, in calendars and fiscal years of every beginning.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodOf } from './periods.ts';

describe('a period by its name', () => {
  it('begins with the balance of the day before', () => {
    expect(periodOf('this-year', '2024-05-20', 1)).toEqual({ from: '2023-12-31', to: '2024-05-20' });
    expect(periodOf('last-year', '2024-05-20', 1)).toEqual({ from: '2022-12-31', to: '2023-12-31' });
    expect(periodOf('this-quarter', '2024-05-20', 1)).toEqual({ from: '2024-03-31', to: '2024-05-20' });
    expect(periodOf('last-quarter', '2024-05-20', 1)).toEqual({ from: '2023-12-31', to: '2024-03-31' });
  });

  it('follows the fiscal year of the workspace', () => {
    expect(periodOf('this-year', '2024-01-31', 2)).toEqual({ from: '2023-01-31', to: '2024-01-31' });
    expect(periodOf('this-year', '2024-02-01', 2)).toEqual({ from: '2024-01-31', to: '2024-02-01' });
    expect(periodOf('last-quarter', '2024-04-10', 4)).toEqual({ from: '2023-12-31', to: '2024-03-31' });
    expect(periodOf('this-quarter', '2024-03-15', 12)).toEqual({ from: '2024-02-29', to: '2024-03-15' });
  });

  it('of twelve months keeps to days that exist', () => {
    expect(periodOf('last-12', '2024-02-29', 1)).toEqual({ from: '2023-02-28', to: '2024-02-29' });
    expect(periodOf('last-12', '2025-02-28', 1)).toEqual({ from: '2024-02-28', to: '2025-02-28' });
  });

  it('ends with the day it is about or before it, and is never longer than a year', () => {
    const day = fc
      .integer({ min: 0, max: 4000 })
      .map((n) => new Date(Date.UTC(2020, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom('this-year', 'last-year', 'this-quarter', 'last-quarter'),
        (asOf, start, id) => {
          const { from, to } = periodOf(id as 'this-year', asOf, start);
          expect(from < to && to <= asOf).toBe(true);
          expect(Date.parse(to) - Date.parse(from)).toBeLessThanOrEqual(366 * 86_400_000);
        },
      ),
    );
  });
});
