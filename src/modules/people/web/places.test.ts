import { describe, expect, it } from 'vitest';
import { browserName, safeNext, tidyBackupCode, tokenIn } from './places.ts';

describe('after signing in', () => {
  it('one lands where one wanted to go', () => {
    expect(safeNext('?next=%2Faccounts%3Ftier%3DA%23top')).toBe('/accounts?tier=A#top');
    expect(safeNext('')).toBe('/');
    expect(safeNext('?next=%2Fsettings%2Fsecurity')).toBe('/settings/security');
    expect(safeNext(`?next=${encodeURIComponent('/sign-in?next=%2Faccounts')}`)).toBe('/accounts');
    expect(safeNext(`?next=${encodeURIComponent('/sign-in?next=%2F%2Fevil.example')}`)).toBe('/');
  });

  it('one never lands on another site or back at the door', () => {
    const bad = [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      'javascript:alert(1)',
      '/\t/evil.example',
      'accounts',
      '/sign-in',
      '/setup',
      '/reset-password',
    ];
    for (const next of bad) expect([next, safeNext(`?next=${encodeURIComponent(next)}`)]).toEqual([next, '/']);
  });
});

describe('a mailed link', () => {
  it('carries its secret behind the #', () => {
    expect(tokenIn('#token=a-b_c')).toBe('a-b_c');
    expect(tokenIn('')).toBe('');
    expect(tokenIn('#other=1')).toBe('');
  });
});

describe('a backup code', () => {
  it('counts however it was typed from paper', () => {
    for (const typed of ['k7m2p-x9f4d', ' K7M2P X9F4D ', 'k7m2px9f4d'])
      expect(tidyBackupCode(typed)).toBe('k7m2p-x9f4d');
  });
});

describe('a browser in the list of sessions', () => {
  it('has a name that its owner recognises', () => {
    const known = {
      'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0': 'Firefox on Linux',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0':
        'Edge on Windows',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15':
        'Safari on Mac',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1':
        'Chrome on iPhone',
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36':
        'Chrome on Android',
      'curl/8.0': 'Unknown browser',
      '': 'Unknown browser',
    };
    for (const [said, name] of Object.entries(known)) expect(browserName(said)).toBe(name);
    expect(browserName(null)).toBe('Unknown browser');
  });
});
