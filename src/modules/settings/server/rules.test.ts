// Pure rules of the settings room: money across currencies, rate files, preferences, keys of custom fields.
import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyFrom } from './rules/fields.ts';
import { DEFAULT_PREFERENCES, preferencesOf, validLocale, validZone } from './rules/preferences.ts';
import { rateTable, readDay, readRateFile } from './rules/rates.ts';
import { convert, crossRate, customProblems, minorDigits } from './rules.ts';

const codes = ['EUR', 'USD', 'GBP', 'JPY', 'CHF', 'KWD', 'HUF', 'IDR', 'BRL'] as const;
const code = fc.constantFrom(...codes);
const amount = fc.integer({ min: -1_000_000_000_00, max: 1_000_000_000_00 });
/** Rates between a hundredth and some twenty thousand, as a file writes them. */
const rateText = fc.integer({ min: 100, max: 200_000_000 }).map((n) => new Big(n).div(10_000).toFixed());

describe('money in another currency', () => {
  it('comes back within one minor unit of the coarser currency', () => {
    fc.assert(
      fc.property(amount, code, code, rateText, (value, from, to, text) => {
        const rate = new Big(text);
        const there = convert(value, from, to, rate);
        const back = convert(there, to, from, new Big(1).div(rate));
        // One minor unit of `to`, in minor units of `from`.
        const unit = new Big(10).pow(minorDigits(from) - minorDigits(to)).div(rate);
        const allowed = Big(Math.max(1, unit.toNumber()));
        return new Big(back).minus(value).abs().lte(allowed.times('1.0001'));
      }),
    );
  });

  it('keeps order and sign: more money is never less in another currency', () => {
    fc.assert(
      fc.property(amount, amount, code, code, rateText, (a, b, from, to, text) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        const rate = new Big(text);
        expect(convert(less, from, to, rate)).toBeLessThanOrEqual(convert(more, from, to, rate));
        expect(convert(-a, from, to, rate) + convert(a, from, to, rate)).toBe(0);
      }),
    );
  });

  it('rounds a half to the even neighbour, so that sums do not drift', () => {
    expect([1, 3, 5, 7].map((n) => convert(n, 'EUR', 'USD', new Big('0.5')))).toEqual([0, 2, 2, 4]);
  });

  it('knows that a yen has no cents and a dinar has a thousand fils', () => {
    expect(convert(100_00, 'EUR', 'JPY', new Big('186.75'))).toBe(18_675);
    expect(convert(1, 'JPY', 'KWD', new Big('0.002'))).toBe(2);
  });

  it('goes over the euro, and the way there and back is the inverse', () => {
    const table = rateTable([
      { base: 'EUR', currency: 'USD', rate: '1.25', on: '2026-01-02' },
      { base: 'EUR', currency: 'GBP', rate: '0.8', on: '2026-01-05' },
    ]);
    expect(crossRate(table.perBase, table.base, 'GBP', 'USD')?.toFixed()).toBe('1.5625');
    expect(crossRate(table.perBase, table.base, 'USD', 'GBP')?.toFixed()).toBe('0.64');
    expect(crossRate(table.perBase, table.base, 'USD', 'CHF')).toBeNull();
  });

  it('joins a rate that is entered against another currency than the euro, and names the older of the two days', () => {
    const table = rateTable([
      { base: 'EUR', currency: 'USD', rate: '1.25', on: '2026-01-05' },
      { base: 'USD', currency: 'AED', rate: '3.6725', on: '2025-12-31' },
      { base: 'QAR', currency: 'USD', rate: '0.25', on: '2026-01-01' },
    ]);
    expect(table.base).toBe('EUR');
    expect(table.perBase.get('AED')).toBe('4.590625');
    expect(table.days.get('AED')).toBe('2025-12-31');
    expect(table.perBase.get('QAR')).toBe('5');
  });
});

describe('files of the European Central Bank', () => {
  it('reads the history: absent values are absent, the comma at the end is nothing', () => {
    const file = readRateFile('Date,USD,CYP,\n2026-04-13,1.1684,N/A,\n1999-01-04,1.1789,0.58231,\n');
    expect(file).toEqual({
      on: ['2026-04-13', '1999-01-04', '1999-01-04'],
      currency: ['USD', 'USD', 'CYP'],
      rate: ['1.1684', '1.1789', '0.58231'],
      rejected: 0,
      problems: [],
    });
  });

  it('reads the sheet of a day with months in words and spaces', () => {
    const file = readRateFile('\uFEFFDate, USD, JPY, \r\n13 April 2026, 1.1684, 186.75, \r\n');
    expect(file).toMatchObject({ on: ['2026-04-13', '2026-04-13'], rate: ['1.1684', '186.75'], rejected: 0 });
  });

  it('says which cell is wrong and takes the others', () => {
    const file = readRateFile('Date,USD,JPY\n2026-04-13,-1,186.75\n2026-02-30,1,2\n2026-04-13,1,2\n2026-04-14,1e3,0\n');
    expect(file?.rate).toEqual(['186.75']);
    expect(file?.rejected).toBe(7);
    expect(file?.problems.map((p) => [p.line, p.column])).toEqual([
      [2, 'USD'],
      [3, 'Date'],
      [4, 'Date'],
      [5, 'USD'],
      [5, 'JPY'],
    ]);
  });

  it('takes nothing else for such a file', () => {
    for (const text of ['', 'Name,USD\nx,1\n', 'Date\n2026-01-01\n', 'Date,usd\n2026-01-01,1\n', 'Date,USD,USD\n'])
      expect(readRateFile(text)).toBeNull();
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (a, b) => {
        readRateFile(a);
        const file = readRateFile(`Date,USD,JPY\n${b}`);
        expect(file!.rate.every((r) => Number(r) > 0)).toBe(true);
      }),
    );
  });

  it('knows days that exist', () => {
    expect([readDay('1 May 2026'), readDay('2024-02-29'), readDay('2026-02-29'), readDay('31 June 2026')]).toEqual([
      '2026-05-01',
      '2024-02-29',
      null,
      null,
    ]);
  });
});

describe('choices of the workspace', () => {
  it('fall back to our defaults, also where an older value no longer fits', () => {
    expect(preferencesOf({})).toEqual(DEFAULT_PREFERENCES);
    expect(preferencesOf({ accountsPerKam: 12, tiers: 'A', unknown: 1 })).toEqual({
      ...DEFAULT_PREFERENCES,
      accountsPerKam: 12,
    });
    expect(preferencesOf(null)).toEqual(DEFAULT_PREFERENCES);
  });

  it('take zones and languages that exist', () => {
    expect([validZone('Europe/Paris'), validZone('UTC'), validZone('+02:00'), validZone('Mars/Base')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([validLocale('de-AT'), validLocale('xx-nothing-at-all-here'), validLocale('')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('custom fields', () => {
  it('get a key that any label gives, unique and fit for a column', () => {
    expect(keyFrom('Größe (m²)', new Set())).toBe('groesse_m2');
    expect(keyFrom('Région', new Set(['region']))).toBe('region_2');
    expect(keyFrom('2nd site', new Set())).toBe('field_2nd_site');
    expect(keyFrom('地域', new Set(['field']))).toBe('field_2');
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 100, unit: 'grapheme' }), { maxLength: 40 }),
        (labels) => {
          const keys = new Set<string>();
          for (const label of labels) {
            const key = keyFrom(label, keys);
            expect(key).toMatch(/^[a-z][a-z0-9_]{0,59}$/);
            expect(keys.has(key)).toBe(false);
            keys.add(key);
          }
        },
      ),
    );
  });

  it('accept what their type allows, and name each wrong value', () => {
    const field = (
      key: string,
      type: Parameters<typeof customProblems>[0][number]['type'],
      choices: string[] = [],
    ) => ({
      id: key,
      entity: 'accounts' as const,
      key,
      label: key,
      type,
      choices,
    });
    const fields = [
      field('n', 'number'),
      field('d', 'date'),
      field('c', 'choice', ['a', 'b']),
      field('m', 'money'),
      field('u', 'url'),
      field('b', 'boolean'),
    ];
    const good = {
      n: 1.5,
      d: '2024-02-29',
      c: 'a',
      m: { amount: 5, currency: 'EUR' },
      u: 'https://x.example',
      b: false,
    };
    expect(customProblems(fields, good)).toEqual([]);
    expect(customProblems(fields, { n: null, d: null })).toEqual([]);
    const bad = { n: '1', d: '2023-02-30', c: 'z', m: { amount: 0.5, currency: 'EUR' }, u: 'ftp://x', b: 1, x: 1 };
    expect(customProblems(fields, bad).map((p) => p.field)).toEqual(
      ['n', 'd', 'c', 'm', 'u', 'b', 'x'].map((k) => `custom.${k}`),
    );
  });
});
