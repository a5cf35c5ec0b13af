// The readings that a person chooses between must be the ones the values can have.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayIn, numberIn, readIn, sampleWord } from './words.ts';

describe('the two readings of a value', () => {
  it('03/04/2024 is 3 April, or 4 March', () => {
    expect(readIn('03/04/2024', 'dmy', 'en-GB')).toBe('“03/04/2024” is 3 April 2024');
    expect(readIn('03/04/2024', 'mdy', 'en-GB')).toBe('“03/04/2024” is 4 March 2024');
  });
  it('a day that an order cannot make is called no date', () => {
    expect(dayIn('31/01/2024', 'mdy')).toBeNull();
    expect(dayIn('30.02.2024', 'dmy')).toBeNull();
  });
  it('1.234 is more than a thousand with a decimal comma, and a little over one with a decimal point', () => {
    expect(numberIn('1.234', 'decimal-comma')).toBe(1234);
    expect(numberIn('1.234', 'decimal-point')).toBe(1.234);
    expect(numberIn('about', 'decimal-point')).toBeNull();
  });
  it('a date written day first, month first or year first reads back as the same day', () => {
    const days = fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.constantFrom('/', '.', '-'), (date, mark) => {
        const iso = date.toISOString().slice(0, 10);
        const [y, m, d] = iso.split('-') as [string, string, string];
        expect(dayIn([d, m, y].join(mark), 'dmy')).toBe(iso);
        expect(dayIn([m, d, y].join(mark), 'mdy')).toBe(iso);
        expect(dayIn([y, m, d].join(mark), 'ymd')).toBe(iso);
      }),
    );
  });
});

describe('a value of a changed row', () => {
  it('is said as its reader writes days, amounts and numbers; nothing is a dash', () => {
    const settings = { locale: 'en-GB', timeZone: 'Europe/Berlin' };
    const said = [null, '2024-04-03', { amount: 125_050, currency: 'EUR' }, 12_500, true, ['a', 'b'], 'Oslo'].map((v) =>
      sampleWord(v, settings),
    );
    expect(said).toEqual(['–', '3 Apr 2024', '€1,250.50', '12,500', 'Yes', 'a, b', 'Oslo']);
  });
});
