import { describe, expect, it } from 'vitest';
import { likelyCurrency } from './currencies.ts';

describe('the first guess at a workspace currency', () => {
  it('follows the region of the browser, else is the euro', () => {
    expect(['de-CH', 'en-GB', 'en', 'de', 'fr-BE', 'pt-BR', 'sv'].map(likelyCurrency)).toEqual([
      'CHF',
      'GBP',
      'USD',
      'EUR',
      'EUR',
      'BRL',
      'SEK',
    ]);
  });
});
