import { describe, expect, it } from 'vitest';
import { FIELD_TYPES } from '../api.ts';
import { choicesIn, typeOptions } from './fieldWords.ts';

describe('custom fields in words', () => {
  it('offer every type that the server knows', () => {
    expect(typeOptions.map((o) => o.value)).toEqual([...FIELD_TYPES]);
  });
  it('take choices one a line, each once and without blanks', () => {
    expect(choicesIn(' SAP \n\nOracle\nSAP\n')).toEqual(['SAP', 'Oracle']);
  });
});
