import { describe, expect, it } from 'vitest';
import { currencyOptions } from './currencies.ts';

describe('the currencies to choose from', () => {
  it('are all there are, each once and with its name', () => {
    const options = currencyOptions('en');
    expect(new Set(options.map((o) => o.value)).size).toBe(options.length);
    expect(options.length).toBeGreaterThan(100);
    expect(options.find((o) => o.value === 'CHF')?.label).toBe('CHF · Swiss Franc');
  });
});
