import { describe, expect, it } from 'vitest';
import { currencyOptions, likelyCurrency } from './currencies.ts';

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

  it('is offered among all currencies, each once and with its name', () => {
    const options = currencyOptions('en');
    expect(new Set(options.map((o) => o.value)).size).toBe(options.length);
    expect(options.length).toBeGreaterThan(100);
    expect(options.find((o) => o.value === 'CHF')?.label).toBe('CHF · Swiss Franc');
  });
});
