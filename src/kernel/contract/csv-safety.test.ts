import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeFormula, unescapeFormula } from './csv-safety.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .tuple(
      fc.constantFrom('', "'", "''", "'''"),
      fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', 'a', ''),
      fc.string(),
    )
    .map((parts) => parts.join('')),
);

describe('text that looks like a formula', () => {
  it('comes back from a CSV as it was, whatever it was', () => {
    fc.assert(fc.property(text, (value) => unescapeFormula(escapeFormula(value)) === value));
  });

  it('never begins with a character that a spreadsheet would run', () => {
    fc.assert(fc.property(text, (value) => !/^[=+\-@\t\r\n＝＋－＠]/.test(escapeFormula(value))));
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30 1234', "'+49 30 1234"],
    ["'=1+1", "''=1+1"],
    ["'t Hooft BV", "'t Hooft BV"],
    ['Acme', 'Acme'],
    ['', ''],
  ])('%j is exported as %j', (plain, exported) => {
    expect(escapeFormula(plain)).toBe(exported);
    expect(unescapeFormula(exported)).toBe(plain);
  });
});
