import { describe, expect, it } from 'vitest';
import { fiscalYearOf, localeNames, monthOptions, sampleOf, zoneNames, zoneNow } from './formats.ts';

describe('the choices of a workspace', () => {
  it('know the fiscal year that holds a day, also across the turn of the year', () => {
    expect(fiscalYearOf('2026-11-22', 1)).toEqual({ from: '2026-01-01', to: '2026-12-31' });
    expect(fiscalYearOf('2026-11-22', 4)).toEqual({ from: '2026-04-01', to: '2027-03-31' });
    expect(fiscalYearOf('2026-02-28', 3)).toEqual({ from: '2025-03-01', to: '2026-02-28' });
  });

  it('offer every language once, and the workspace’s own where it is a rare one', () => {
    const options = localeNames('de-LI', 'en');
    expect(options[0]).toEqual({ value: 'de-LI', label: 'German (Liechtenstein)' });
    expect(new Set(options.map((o) => o.value)).size).toBe(options.length);
    expect(localeNames('de-DE', 'en').length).toBe(options.length - 1);
    expect(sampleOf('de-DE', '2026-11-22', 'EUR')).toMatch(/^22\. Nov\. 2026 · 1\.234\.567,89\s€$/);
  });

  it('know the zones by name with their time now', () => {
    expect(zoneNames('Europe/Berlin')).toEqual(expect.arrayContaining(['Europe/Berlin', 'America/New_York', 'UTC']));
    expect(zoneNow('Asia/Tokyo', new Date('2026-11-22T05:30:00Z'), 'en-GB')).toBe('GMT+9 · 14:30 now');
  });

  it('name the months in the reader’s language', () => {
    expect(monthOptions('de').map((m) => m.label)[2]).toBe('März');
  });
});
