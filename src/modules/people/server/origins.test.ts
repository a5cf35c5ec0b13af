import { describe, expect, it } from 'vitest';
import { passkeyDomain, sameLoopbackOrigin, trustedOrigins } from './origins.ts';

describe('web addresses that may sign in', () => {
  it('are the public address alone when that is a real name', () => {
    expect(trustedOrigins('https://kam.example.com/app/')).toEqual(['https://kam.example.com']);
    expect(trustedOrigins('https://kam.example.com', ['https://kam.example.org/x'])).toEqual([
      'https://kam.example.com',
      'https://kam.example.org',
    ]);
  });

  it('are all names of this machine when the public address is this machine', () => {
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      expect(new Set(trustedOrigins(`http://${name}:4400`))).toEqual(
        new Set(['http://localhost:4400', 'http://127.0.0.1:4400', 'http://[::1]:4400']),
      );
    }
  });

  it('include a forwarded port on this machine only when page and request agree', () => {
    const from = (origin: string, host: string, publicUrl = 'http://127.0.0.1:4400') =>
      sameLoopbackOrigin(publicUrl, new Headers({ origin, host }));
    expect(from('http://localhost:8080', 'localhost:8080')).toBe('http://localhost:8080');
    expect(from('http://localhost:3000', 'localhost:4400')).toBeNull();
    expect(from('http://evil.example', 'evil.example')).toBeNull();
    expect(from('http://localhost:8080', 'localhost:8080', 'https://kam.example.com')).toBeNull();
    expect(from('null', 'localhost:8080')).toBeNull();
    expect(sameLoopbackOrigin('http://127.0.0.1:4400', undefined)).toBeNull();
  });

  it('give passkeys a domain that browsers accept', () => {
    expect(passkeyDomain('http://127.0.0.1:4400')).toBe('localhost');
    expect(passkeyDomain('https://kam.example.com:8443/app')).toBe('kam.example.com');
  });
});
