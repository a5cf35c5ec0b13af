// Money, numbers, dates and times as readers see them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  daysBetween,
  formatBytes,
  formatDate,
  formatDuration,
  formatInstant,
  formatMoney,
  formatNumber,
  formatRelative,
  minorDigits,
  toMajor,
  toMinor,
} from './format.ts';

const plain = (text: string) => text.replaceAll(/\u00a0|\u202f/g, ' ');

describe('Money', () => {
  it('knows how many minor digits a currency has', () => {
    expect([minorDigits('EUR'), minorDigits('JPY'), minorDigits('KWD')]).toEqual([2, 0, 3]);
  });
  it('shows cents for small amounts and drops them from a thousand on', () => {
    expect(formatMoney({ amount: 12_345, currency: 'EUR' }, 'en-GB')).toBe('€123.45');
    expect(formatMoney({ amount: 12_300, currency: 'EUR' }, 'en-GB')).toBe('€123');
    expect(formatMoney({ amount: 12_345_678, currency: 'EUR' }, 'en-GB')).toBe('€123,457');
    expect(formatMoney({ amount: 12_345_678, currency: 'EUR' }, 'en-GB', 'full')).toBe('€123,456.78');
  });
  it('writes the currency the way the reader does', () => {
    expect(plain(formatMoney({ amount: 123_456_700, currency: 'EUR' }, 'de-DE'))).toBe('1.234.567 €');
    expect(formatMoney({ amount: 1234, currency: 'JPY' }, 'en-GB')).toBe('JP¥1,234');
  });
  it('shortens large amounts and leaves small ones whole', () => {
    expect(formatMoney({ amount: 123_456_789, currency: 'EUR' }, 'en-GB', 'compact')).toBe('€1.23m');
    expect(formatMoney({ amount: 950_000, currency: 'EUR' }, 'en-GB', 'compact')).toBe('€9,500');
  });
  it('comes back as the same minor units after a field showed it as a decimal', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e13, max: 1e13 }),
        fc.constantFrom('EUR', 'JPY', 'KWD', 'USD'),
        (amount, currency) => {
          expect(toMinor(toMajor({ amount, currency }), currency)).toBe(amount === 0 ? 0 : amount);
        },
      ),
    );
  });
  it('rounds half a cent away from zero', () => {
    expect([toMinor(1.005, 'EUR'), toMinor(-1.005, 'EUR'), toMinor(2.5, 'JPY')]).toEqual([101, -101, 3]);
  });
});

describe('Numbers', () => {
  it('shows ratios as percent and gains with a sign', () => {
    expect(formatNumber(0.9734, 'en-GB', { percent: true })).toBe('97.3%');
    expect(formatNumber(12.5, 'en-GB', { sign: true })).toBe('+12.5');
    expect(formatNumber(0, 'en-GB', { sign: true })).toBe('0');
    expect(formatNumber(3, 'en-GB', { digits: 2 })).toBe('3.00');
  });
  it('shows sizes and durations in readable units', () => {
    expect([formatBytes(999, 'en-GB'), formatBytes(1_482_220, 'en-GB')]).toEqual(['999 B', '1.5 MB']);
    expect([formatDuration(42), formatDuration(75), formatDuration(3900), formatDuration(-3)]).toEqual([
      '42 s',
      '1 min 15 s',
      '1 h 5 min',
      '0 s',
    ]);
  });
});

describe('Dates', () => {
  it('a calendar date stays the same day in every time zone', () => {
    expect(formatDate('2026-03-01', 'en-GB')).toBe('1 Mar 2026');
    expect(formatDate('2026-12-31', 'en-GB', 'long')).toBe('31 December 2026');
  });
  it('an instant is shown in the zone of the reader', () => {
    expect(formatInstant('2026-11-21T23:30:00Z', { locale: 'en-GB', timeZone: 'Europe/Berlin' })).toBe(
      '22 Nov 2026, 00:30',
    );
  });
  it('counts whole days across the change to summer time', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysBetween('2026-11-22', '2026-11-01')).toBe(-21);
  });
  it('says near dates in words', () => {
    const at = (value: string) => formatRelative(value, '2026-11-22', 'en-GB');
    expect([at('2026-11-22'), at('2026-11-23'), at('2026-11-21'), at('2026-12-01')]).toEqual([
      'today',
      'tomorrow',
      'yesterday',
      'in 9 days',
    ]);
    expect([at('2026-12-31'), at('2027-08-01'), at('2029-11-22')]).toEqual(['in 5 weeks', 'in 8 months', 'in 3 years']);
  });
  it('does not call an instant of 40 hours ago yesterday', () => {
    const at = (value: string) => formatRelative(value, '2026-11-22T02:00:00Z', 'en-GB');
    expect([
      at('2026-11-20T09:30:00Z'),
      at('2026-11-22T01:59:40Z'),
      at('2026-11-22T01:12:00Z'),
      at('2026-11-21T20:00:00Z'),
    ]).toEqual(['1 day ago', 'now', '48 minutes ago', '6 hours ago']);
  });
});
