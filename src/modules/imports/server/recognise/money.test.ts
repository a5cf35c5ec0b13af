import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MoneySettings } from './money.ts';
import { columnUnit, readMoney, toMinor } from './money.ts';
import type { DecimalMark } from './numbers.ts';
import { addNumber, decideNumbers, newNumberTally, numberParts, readNumber, shifted } from './numbers.ts';

const settings = (decimal: DecimalMark, more: Partial<MoneySettings> = {}): MoneySettings => ({
  decimal,
  column: { currency: null, factor: 1 },
  rowCurrency: null,
  workspaceCurrency: 'EUR',
  ...more,
});

function decide(values: string[], fileMark: DecimalMark | null = null, proven = true) {
  const tally = newNumberTally();
  values.forEach((value, i) => {
    const parts = numberParts(value);
    if (parts) addNumber(tally, parts, value, i + 2);
  });
  return decideNumbers(tally, fileMark, proven);
}

describe('money text', () => {
  it.each([
    ['$7,450,000.00 ', '.', 745_000_000, 'USD'],
    ['€ 1.234,50', ',', 123_450, 'EUR'],
    ["CHF 1'234.50", '.', 123_450, 'CHF'],
    ['1 234,50 zł', ',', 123_450, 'PLN'],
    ['(1,200.00)', '.', -120_000, 'EUR'],
    ['1.234,50-', ',', -123_450, 'EUR'],
    ['-€5', '.', -500, 'EUR'],
    ['− 5,00 €', ',', -500, 'EUR'],
    ['5,-', ',', 500, 'EUR'],
    ['1.2M', '.', 120_000_000, 'EUR'],
    ['7,450K', '.', 745_000_000, 'EUR'],
    ['2,5 Mrd. EUR', ',', 250_000_000_000, 'EUR'],
    ['1.5 Mio. €', '.', 150_000_000, 'EUR'],
    ['TEUR 5', '.', 500_000, 'EUR'],
    ['$1.5 million', '.', 150_000_000, 'USD'],
    ['¥1,200', '.', 1_200, 'JPY'],
    ['KWD 1.500', '.', 1_500, 'KWD'],
    ['₹12,34,567.50', '.', 123_456_750, 'INR'],
    ['US$ 5', '.', 500, 'USD'],
    ['1,5E+06', ',', 150_000_000, 'EUR'],
  ] as const)('%j is %d of %s', (text, decimal, amountMinor, currency) => {
    expect(readMoney(text, settings(decimal))).toMatchObject({ amountMinor, currency });
  });

  it.each(['abc', '1-2', '12,3456,7', '', '10 apples', '1.2.3,4,5', '$', '--5', '5 € 3'])('%j is no amount', (text) => {
    expect(readMoney(text, settings('.'))).toBe('not_a_number');
  });

  it('a sign that many currencies share is the workspace’s own when that is one of them, and flagged', () => {
    expect(readMoney('$5', settings('.', { workspaceCurrency: 'AUD' }))).toEqual({
      amountMinor: 500,
      currency: 'AUD',
      assumed: true,
    });
    expect(readMoney('$5', settings('.'))).toEqual({ amountMinor: 500, currency: 'USD', assumed: true });
    expect(readMoney('$5', settings('.', { rowCurrency: 'CAD' }))).toEqual({
      amountMinor: 500,
      currency: 'CAD',
      assumed: false,
    });
    expect(readMoney('5', settings('.', { rowCurrency: 'CAD' }))).toEqual({
      amountMinor: 500,
      currency: 'CAD',
      assumed: false,
    });
  });

  it('the unit in the column name multiplies amounts, but not those that name their own', () => {
    const column = columnUnit('Umsatz (TEUR)');
    expect(readMoney('1.500', settings(',', { column }))).toEqual({
      amountMinor: 150_000_000,
      currency: 'EUR',
      assumed: false,
    });
    expect(readMoney('1,5 Mio', settings(',', { column }))).toMatchObject({ amountMinor: 150_000_000 });
  });

  it.each([
    ['Umsatz (TEUR)', 'EUR', 1_000],
    ['Umsatz 2024 [k€]', '€', 1_000],
    ['Revenue in Mio. €', '€', 1_000_000],
    ['Revenue ($M)', '$', 1_000_000],
    ['Revenue ($000s)', '$', 1_000],
    ['Sales (in thousands)', null, 1_000],
    ['refund_amount_usd', 'USD', 1],
    ['ARR (USD)', 'USD', 1],
    ['Annual Revenue', null, 1],
    ['All Accounts', null, 1],
  ] as const)('“%s” says currency %s and factor %d', (name, currency, factor) => {
    const unit = columnUnit(name);
    expect([unit.currency?.text ?? null, unit.factor]).toEqual([currency, factor]);
  });

  it('counts cents where the column says so, and whole yen of what has no smaller unit', () => {
    const read = (text: string, name: string, currency: string) =>
      readMoney(text, { decimal: '.', column: columnUnit(name), rowCurrency: currency, workspaceCurrency: 'EUR' });
    for (const name of [
      'mrr_in_cents',
      'Product Price in cents',
      'amount (cents)',
      'unit_amount_cents',
      'Price in pence',
    ])
      expect(read('12000', name, 'USD'), name).toMatchObject({ amountMinor: 12_000 });
    expect(read('12000', 'plan_amount_in_cents', 'JPY')).toMatchObject({ amountMinor: 12_000, currency: 'JPY' });
    expect(read('12.5', 'amount_in_cents', 'USD')).toMatchObject({ amountMinor: 13 });
    for (const name of ['Percent', 'Recent amount', 'Centre']) expect(columnUnit(name).minor, name).toBeUndefined();
  });

  it('amounts are exact and rounded half away from zero', () => {
    expect(toMinor('0.1', 'EUR')).toBe(10);
    expect(toMinor('1.005', 'EUR')).toBe(101);
    expect(toMinor('-1.005', 'EUR')).toBe(-101);
    expect(toMinor('90071992547409.91', 'EUR')).toBe(9_007_199_254_740_991);
    expect(toMinor('90071992547409.92', 'EUR')).toBeNull();
    expect(shifted('1.2345', 3)).toBe('1234.5');
    expect(shifted('-0.5', 6)).toBe('-500000');
  });
});

describe('the decimal mark of a column', () => {
  it('is decided by values that can be read in one way only', () => {
    expect(decide(['1.234', '1.234,50'])).toMatchObject({ status: 'decided', decimal: ',' });
    expect(decide(['1,234', '12.5'])).toMatchObject({ status: 'decided', decimal: '.' });
    expect(decide(['1.234.567', '1.234'])).toMatchObject({ status: 'decided', decimal: ',' });
    expect(decide(['7,450K', '1.2M'])).toMatchObject({ status: 'decided', decimal: '.' });
  });

  it('comes from the rest of the file when the column does not tell', () => {
    expect(decide(['1,234', '5,678'], '.')).toMatchObject({ status: 'assumed', decimal: '.' });
    expect(decide(['1.234'], ',')).toMatchObject({ status: 'assumed', decimal: ',' });
    expect(decide(['1.234', '12345'])).toMatchObject({ status: 'assumed', decimal: '.' });
  });

  it('is asked when nothing tells', () => {
    expect(decide(['1.234', '5.678'])).toMatchObject({ status: 'ask' });
    expect(decide(['1,234'], ',', false)).toMatchObject({ status: 'ask' });
    expect(decide(['1,234', '1.234'])).toMatchObject({ status: 'ask' });
  });

  it('does not matter to plain whole numbers', () => {
    expect(decide(['12', '3456'])).toMatchObject({ status: 'plain' });
  });

  it('every amount that is printed is read back, in any style', () => {
    const style = fc.constantFrom<[string, DecimalMark]>(
      [',', '.'],
      ['.', ','],
      [' ', ','],
      ["'", '.'],
      ['\u202f', ','],
      ['', '.'],
    );
    const wrap = fc.constantFrom(
      (text: string) => text,
      (text: string) => `€ ${text}`,
      (text: string) => `${text} EUR`,
      (text: string) => ` ${text}\u00a0€ `,
    );
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }),
        style,
        wrap,
        (minor, [group, decimal], around) => {
          const digits = String(Math.abs(minor)).padStart(3, '0');
          const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, group);
          const text = around(`${minor < 0 ? '-' : ''}${whole}${decimal}${digits.slice(-2)}`);
          expect(readMoney(text, settings(decimal))).toMatchObject({ amountMinor: minor, currency: 'EUR' });
        },
      ),
    );
  });

  it('any text gives a number or none, and never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom<DecimalMark>('.', ','), (text, decimal) => {
        const parts = numberParts(text);
        const plain = parts && readNumber(parts, decimal);
        if (plain !== null) expect(plain).toMatch(/^-?\d+(\.\d+)?$/);
      }),
    );
  });
});
