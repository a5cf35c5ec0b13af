import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likeness, nameKey, searchWord } from './similar.ts';

describe('names that may be the same account', () => {
  it('are the same without accents, punctuation and legal form', () => {
    expect(likeness('Müller & Söhne GmbH', 'muller sohne')).toBe(1);
    expect(likeness('ACME, Inc.', 'Acme')).toBe(1);
    expect(nameKey('Group')).toBe('group');
  });

  it('are alike with a slip of the finger, and not alike by one shared word', () => {
    expect(likeness('Halcyon Airlines', 'Halcyon Airline')).toBeGreaterThan(0.9);
    expect(likeness('Burlington Textiles', 'Burlington Airport Parking')).toBeLessThan(0.6);
  });

  it('are two where only a number tells them apart', () => {
    expect(likeness('Company 10', 'Company 11')).toBe(0);
    expect(likeness('Plant 2', 'Plant')).toBeGreaterThan(0.5);
  });

  it('are equally alike both ways, between nothing and the same', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const share = likeness(a, b);
        expect(share).toBe(likeness(b, a));
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are asked for by their longest word, or not at all', () => {
    expect(searchWord('United Oil & Gas, Singapore')).toBe('Singapore');
    expect(searchWord('AB')).toBeNull();
  });
});
