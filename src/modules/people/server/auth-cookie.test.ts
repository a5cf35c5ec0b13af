import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sessionTokenIn } from './auth-cookie.ts';

const SECRET = 'a-secret-for-tests-with-enough-characters';
const sign = (token: string, secret = SECRET) =>
  `${token}.${createHmac('sha256', secret).update(token).digest('base64')}`;
const read = (header: string | null) => sessionTokenIn(header, 'openkam.session_token', SECRET);

describe('the session cookie', () => {
  it('is found among others and read when the signature is ours', () => {
    const good = encodeURIComponent(sign('abc'));
    for (const header of [
      `openkam.session_token=${good}`,
      `a=b; openkam.session_token=${good}; c=d`,
      `openkam.session_token=${sign('abc')}`,
    ]) {
      expect(read(header)).toBe('abc');
    }
  });

  it('counts for nothing when it is missing, unsigned, broken or signed by somebody else', () => {
    const other = sign('abc', 'another-secret-for-tests-with-enough-characters');
    const bad = [
      '',
      'a=b',
      'openkam.session_token=',
      'openkam.session_token=abc',
      'openkam.session_token=abc.',
      `openkam.session_token=${other}`,
      'openkam.session_token=%E0%A4%A',
      `openkam.session_token=.${sign('').slice(1)}`,
      `xopenkam.session_token=${sign('abc')}`,
      `openkam.session_token=abd${sign('abc').slice(3)}`,
    ];
    for (const header of [null, ...bad]) expect([header, read(header)]).toEqual([header, null]);
  });
});
