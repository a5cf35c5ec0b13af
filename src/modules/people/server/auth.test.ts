import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authServer, totpCode } from '../../../../test/auth-server.ts';
// Loads the kernel's parsers (timestamps as text) as the running server does: sign-in must not depend on them.
import '../../../kernel/server/database.ts';

const PASSWORD = 'correct horse battery';
let server: Awaited<ReturnType<typeof authServer>>;
let people = 0;

beforeAll(async () => {
  server = await authServer();
});
afterAll(async () => {
  await server.close();
});

/** A user of this test alone. */
async function somebody() {
  const email = `person${++people}@example.com`;
  const { userId } = await server.auth.createUser({ email, name: `Person ${people}`, password: PASSWORD });
  return { email, userId };
}

async function signedIn(from?: string) {
  const person = await somebody();
  const browser = server.browser(from);
  expect((await browser.signIn(person.email, PASSWORD)).status).toBe(200);
  return { ...person, browser };
}

const linkIn = (text: string) => /#token=([\w-]+)/.exec(text)?.[1] ?? 'no link';
const mailsTo = (email: string) => server.mails.filter((mail) => mail.to.includes(email));

describe('signing in with a password', () => {
  it('lets the right password in, with a cookie that scripts and other sites cannot use', async () => {
    const { email, userId } = await somebody();
    const browser = server.browser();
    const reply = await browser.signIn(email.toUpperCase(), PASSWORD);
    expect(reply.status).toBe(200);
    const cookie = reply.cookies.find((c) => c.startsWith('openkam.session_token='));
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).toMatch(/Max-Age=2592000/i);
    expect(cookie).not.toMatch(/Secure/i);
    expect(reply.headers['cache-control']).toBe('no-store');
    expect((await browser.whoami()).body).toMatchObject({ userId, email });
  });

  it('answers a wrong password and an unknown address alike', async () => {
    const { email } = await somebody();
    const wrong = await server.browser().signIn(email, 'not the password');
    const unknown = await server.browser().signIn('nobody@example.com', 'not the password');
    expect(wrong.status).toBe(401);
    expect(wrong.body).toEqual(unknown.body);
    expect(wrong.body.code).toBe('invalid_email_or_password');
    expect(wrong.cookies).toEqual([]);
  });

  it('does not let strangers sign up', async () => {
    const browser = server.browser();
    const reply = await browser.post('/sign-up/email', {
      email: 'stranger@example.com',
      password: PASSWORD,
      name: 'Stranger',
    });
    expect(reply.status).toBe(404);
    expect(await server.auth.userByEmail('stranger@example.com')).toBeNull();
  });

  it('does not serve parts of the library that we do not use', async () => {
    const { browser } = await signedIn();
    for (const path of [
      '/delete-user',
      '/change-email',
      '/update-user',
      '/link-social',
      '/sign-in/social',
      '/revoke-session',
      '/two-factor/send-otp',
    ]) {
      expect([path, (await browser.post(path)).status]).toEqual([path, 404]);
    }
    for (const path of ['/list-sessions', '/ok', '/error', '/reset-password/abc', '/list-accounts']) {
      expect([path, (await browser.get(`/api/auth${path}`)).status]).toEqual([path, 404]);
    }
  });

  it('sends cookies over https only when the public address is https', async () => {
    const safe = await authServer({ publicUrl: 'https://kam.example.com' });
    try {
      await safe.auth.createUser({ email: 'a@example.com', name: 'A', password: PASSWORD });
      const browser = safe.browser();
      const reply = await browser.signIn('a@example.com', PASSWORD);
      expect(reply.cookies.find((c) => c.startsWith('__Secure-openkam.session_token='))).toMatch(/Secure/i);
      expect((await browser.whoami()).status).toBe(200);
    } finally {
      await safe.close();
    }
  });

  it('says no to a body that is too large or no JSON', async () => {
    const browser = server.browser();
    expect(
      (await browser.post('/sign-in/email', { email: 'a@example.com', password: 'x'.repeat(70_000) })).status,
    ).toBe(413);
    expect((await browser.post('/sign-in/email', undefined, { 'content-type': 'text/plain' })).status).toBe(415);
    const reply = await server.http.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      headers: { 'content-type': 'application/json' },
      payload: '{"email":',
    });
    expect(reply.statusCode).toBe(400);
  });
});

describe('where requests come from', () => {
  it('accepts localhost and 127.0.0.1 alike, and a forwarded port, on one machine', async () => {
    const { email } = await somebody();
    for (const origin of ['http://localhost:4400', 'http://127.0.0.1:4400', 'http://localhost:8080']) {
      const browser = server.browser();
      const reply = await browser.post(
        '/sign-in/email',
        { email, password: PASSWORD },
        { origin, host: new URL(origin).host },
      );
      expect([origin, reply.status]).toEqual([origin, 200]);
    }
  });

  it('refuses other sites and other programs on this machine', async () => {
    const { email } = await somebody();
    for (const origin of [
      'https://evil.example',
      'http://localhost:3000',
      'http://localhost.evil.example:4400',
      'null',
    ]) {
      const reply = await server.browser().post('/sign-in/email', { email, password: PASSWORD }, { origin });
      expect([origin, reply.status]).toEqual([origin, 403]);
    }
    const { browser } = await signedIn();
    const reply = await browser.post('/sign-out', {}, { origin: 'https://evil.example' });
    expect(reply.body.code).toBe('invalid_origin');
    expect((await browser.whoami()).status).toBe(200);
  });

  it('writes down the address of the connection, whatever headers claim', async () => {
    const { email, userId } = await somebody();
    const browser = server.browser('198.51.100.7');
    await browser.post(
      '/sign-in/email',
      { email, password: PASSWORD },
      { 'x-forwarded-for': '1.2.3.4', 'x-openkam-address': '1.2.3.4', forwarded: 'for=1.2.3.4' },
    );
    const rows = await server.pool.query('select "ipAddress" from auth.session where "userId" = $1', [userId]);
    expect(rows.rows).toEqual([{ ipAddress: '198.51.100.7' }]);
  });
});

describe('guessing', () => {
  it('stops after ten wrong passwords for one address, from wherever they come, and opens again after a reset', async () => {
    const { email } = await somebody();
    for (let i = 0; i < 10; i++) {
      expect((await server.browser(`192.0.2.${i}`).signIn(email, 'not the password')).status).toBe(401);
    }
    const stopped = await server.browser('192.0.2.200').signIn(email, PASSWORD);
    expect(stopped.status).toBe(429);
    expect(stopped.body.code).toBe('too_many_sign_ins');
    expect(Number(stopped.headers['retry-after'])).toBeGreaterThan(600);

    const browser = server.browser('192.0.2.201');
    await browser.post('/request-password-reset', { email });
    await server.auth.settled();
    await browser.post('/reset-password', {
      token: linkIn(mailsTo(email)[0]?.text ?? ''),
      newPassword: 'another good password',
    });
    expect((await browser.signIn(email, 'another good password')).status).toBe(200);
  });

  it('forgets wrong tries once the right password came', async () => {
    const { email } = await somebody();
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 5; i++) await server.browser(`192.0.2.${20 + round}`).signIn(email, 'not the password');
      expect((await server.browser(`192.0.2.${20 + round}`).signIn(email, PASSWORD)).status).toBe(200);
    }
  });

  it('stops one client that tries many addresses, until its minute is over', async () => {
    let now = new Date('2026-11-22T10:00:00Z');
    const clocked = await authServer({ clock: () => now });
    try {
      const statuses: number[] = [];
      for (let i = 0; i < 32; i++) statuses.push((await clocked.browser().signIn(`nobody${i}`, 'x')).status);
      expect(statuses.filter((s) => s === 400)).toHaveLength(30);
      expect(statuses.slice(30)).toEqual([429, 429]);
      expect((await clocked.browser('203.0.113.2').signIn('nobody', 'x')).status).toBe(400);
      now = new Date('2026-11-22T10:01:01Z');
      expect((await clocked.browser().signIn('nobody', 'x')).status).toBe(400);
    } finally {
      await clocked.close();
    }
  });
});

describe('a forgotten password', () => {
  it('is replaced by a link that comes by mail, works once and signs every browser out', async () => {
    const { email, browser } = await signedIn('203.0.113.20');
    const elsewhere = server.browser('203.0.113.21');
    expect((await elsewhere.post('/request-password-reset', { email })).status).toBe(200);
    await server.auth.settled();
    const [mail] = mailsTo(email);
    expect(mail?.text).toContain('http://127.0.0.1:4400/reset-password#token=');
    const token = linkIn(mail?.text ?? '');

    expect((await elsewhere.post('/reset-password', { token, newPassword: 'short' })).body.code).toBe(
      'password_too_short',
    );
    expect((await elsewhere.post('/reset-password', { token, newPassword: 'a brand new password' })).status).toBe(200);
    expect((await browser.whoami()).status).toBe(401);
    expect((await elsewhere.post('/reset-password', { token, newPassword: 'once more, please' })).body.code).toBe(
      'invalid_token',
    );
    expect((await elsewhere.signIn(email, PASSWORD)).status).toBe(401);
    expect((await elsewhere.signIn(email, 'a brand new password')).status).toBe(200);
    await server.auth.settled();
    expect(mailsTo(email)[1]?.text).toContain('password was just changed');
  });

  it('answers the same for an address that nobody has, and sends nothing', async () => {
    const { email } = await somebody();
    const known = await server.browser('203.0.113.22').post('/request-password-reset', { email });
    const unknown = await server
      .browser('203.0.113.22')
      .post('/request-password-reset', { email: 'nobody@example.com' });
    await server.auth.settled();
    expect(unknown).toMatchObject({ status: known.status, body: known.body });
    expect(mailsTo('nobody@example.com')).toEqual([]);
  });

  it('cannot be replaced after half an hour', async () => {
    const { email, userId } = await somebody();
    const browser = server.browser('203.0.113.23');
    await browser.post('/request-password-reset', { email });
    await server.auth.settled();
    const lives = await server.pool.query(
      `select extract(epoch from "expiresAt" - now())::int as seconds from auth.verification where value = $1`,
      [userId],
    );
    expect(lives.rows[0].seconds).toBeGreaterThan(1700);
    expect(lives.rows[0].seconds).toBeLessThanOrEqual(1800);
    await server.pool.query(`update auth.verification set "expiresAt" = now() - interval '1 second' where value = $1`, [
      userId,
    ]);
    const reply = await browser.post('/reset-password', {
      token: linkIn(mailsTo(email)[0]?.text ?? ''),
      newPassword: 'a brand new password',
    });
    expect(reply.body.code).toBe('invalid_token');
  });

  it('leaves the secret of the link neither in the database nor in the log', async () => {
    const { email } = await somebody();
    await server.browser('203.0.113.24').post('/request-password-reset', { email });
    await server.auth.settled();
    const token = linkIn(mailsTo(email)[0]?.text ?? '');
    expect(token.length).toBeGreaterThan(20);
    const kept = await server.pool.query(
      `select 1 from auth.verification where identifier like '%' || $1 || '%' or value like '%' || $1 || '%'`,
      [token],
    );
    expect(kept.rowCount).toBe(0);
    expect(server.lines.join('\n')).not.toContain(token);
    expect(server.lines.join('\n')).not.toContain(PASSWORD);
  });
});

describe('sessions', () => {
  it('end at once when they are revoked, in every way there is', async () => {
    const { browser, email, userId } = await signedIn();
    const laptop = server.browser('203.0.113.30');
    await laptop.signIn(email, PASSWORD);

    const { items } = (await browser.get('/api/auth/sessions')).body as {
      items: { id: string; current: boolean; address: string }[];
    };
    expect(items.map((s) => [s.current, s.address])).toEqual([
      [true, '203.0.113.1'],
      [false, '203.0.113.30'],
    ]);
    expect(JSON.stringify(items)).not.toContain('token');
    expect((await browser.post('/sessions/end', { id: items[1]?.id })).status).toBe(200);
    expect((await laptop.whoami()).status).toBe(401);
    expect((await browser.post('/sessions/end', { id: items[1]?.id })).status).toBe(404);

    await laptop.signIn(email, PASSWORD);
    await browser.post('/revoke-other-sessions');
    expect((await laptop.whoami()).status).toBe(401);
    expect((await browser.whoami()).status).toBe(200);

    await server.auth.revokeSessions(userId);
    expect((await browser.whoami()).status).toBe(401);
  });

  it('are nobody else’s to end', async () => {
    const one = await signedIn();
    const other = await signedIn();
    const mine = (await one.browser.whoami()).body.sessionId;
    expect((await other.browser.post('/sessions/end', { id: mine })).status).toBe(404);
    expect((await one.browser.whoami()).status).toBe(200);
  });

  it('end by signing out, on the server too: a kept cookie opens nothing', async () => {
    const { browser } = await signedIn();
    const kept = new Map(browser.jar);
    expect((await browser.post('/sign-out')).status).toBe(200);
    expect(browser.jar.has('openkam.session_token')).toBe(false);
    for (const [name, value] of kept) browser.jar.set(name, value);
    expect((await browser.whoami()).status).toBe(401);
  });

  it('end after thirty days, and roll forward, cookie and all, when the page asks once a day', async () => {
    const { browser, userId } = await signedIn();
    const ask = () => browser.get('/api/auth/get-session');
    expect((await ask()).cookies).toEqual([]);
    await server.pool.query(`update auth.session set "expiresAt" = now() + interval '10 days' where "userId" = $1`, [
      userId,
    ]);
    expect((await browser.whoami()).status).toBe(200);
    const rolled = await ask();
    expect(rolled.cookies.find((c) => c.startsWith('openkam.session_token='))).toMatch(/Max-Age=2592000/i);
    const days = await server.pool.query(
      `select extract(day from "expiresAt" - now())::int as left from auth.session where "userId" = $1`,
      [userId],
    );
    expect(days.rows[0].left).toBeGreaterThanOrEqual(29);
    await server.pool.query(`update auth.session set "expiresAt" = now() - interval '1 second' where "userId" = $1`, [
      userId,
    ]);
    expect((await browser.whoami()).status).toBe(401);
    expect((await ask()).body).toBeNull();
  });

  it('need the server’s signature: a token alone or a changed cookie opens nothing', async () => {
    const { browser, userId } = await signedIn();
    const stored = await server.pool.query('select token from auth.session where "userId" = $1', [userId]);
    const good = browser.jar.get('openkam.session_token') ?? '';
    for (const forged of [
      stored.rows[0].token,
      `${stored.rows[0].token}.AAAA`,
      good.replace(/^./, (c) => (c === 'a' ? 'b' : 'a')),
    ]) {
      browser.jar.set('openkam.session_token', forged);
      expect((await browser.whoami()).status).toBe(401);
    }
  });

  it('of other browsers end when the password is changed, and its owner hears of it', async () => {
    const { browser, email } = await signedIn();
    const laptop = server.browser();
    await laptop.signIn(email, PASSWORD);
    const wrong = await browser.post('/change-password', {
      currentPassword: 'no',
      newPassword: 'a brand new password',
      revokeOtherSessions: true,
    });
    expect(wrong.body.code).toBe('invalid_password');
    const right = await browser.post('/change-password', {
      currentPassword: PASSWORD,
      newPassword: 'a brand new password',
      revokeOtherSessions: true,
    });
    expect(right.status).toBe(200);
    expect((await laptop.whoami()).status).toBe(401);
    expect((await browser.whoami()).status).toBe(200);
    await server.auth.settled();
    expect(mailsTo(email).map((mail) => mail.text.includes('password was just changed'))).toEqual([true]);
  });
});

describe('two-factor sign-in', () => {
  async function enrolled() {
    const person = await signedIn(`203.0.113.${100 + people}`);
    const offered = await person.browser.post('/two-factor/enable', { password: PASSWORD });
    const { totpURI, backupCodes } = offered.body as { totpURI: string; backupCodes: string[] };
    return { ...person, totpURI, backupCodes, from: `203.0.113.${100 + people}` };
  }

  it('is on only after a first code proved the authenticator, then asks for one at every sign-in', async () => {
    const { browser, email, totpURI } = await enrolled();
    expect(totpURI).toMatch(/^otpauth:\/\/totp\/OpenKAM:/);
    const before = server.browser();
    expect((await before.signIn(email, PASSWORD)).body.twoFactorRedirect).toBeUndefined();
    expect((await browser.post('/two-factor/verify-totp', { code: '000000' })).body.code).toBe('invalid_code');
    expect((await browser.post('/two-factor/verify-totp', { code: totpCode(totpURI) })).status).toBe(200);

    const again = server.browser();
    const first = await again.signIn(email, PASSWORD);
    expect(first.body).toMatchObject({ twoFactorRedirect: true, twoFactorMethods: ['totp'] });
    expect((await again.whoami()).status).toBe(401);
    expect((await again.post('/two-factor/verify-totp', { code: '000000' })).status).toBe(401);
    expect((await again.post('/two-factor/verify-totp', { code: totpCode(totpURI) })).status).toBe(200);
    expect((await again.whoami()).body.email).toBe(email);
  });

  it('accepts each backup code once', async () => {
    const { browser, email, totpURI, backupCodes } = await enrolled();
    await browser.post('/two-factor/verify-totp', { code: totpCode(totpURI) });
    expect(new Set(backupCodes).size).toBe(10);
    for (const code of backupCodes) expect(code).toMatch(/^[2-9a-hj-km-np-z]{5}-[2-9a-hj-km-np-z]{5}$/);
    for (const [code, status] of [
      [backupCodes[0], 200],
      [backupCodes[0], 401],
      [backupCodes[1], 200],
    ]) {
      const other = server.browser();
      await other.signIn(email, PASSWORD);
      expect((await other.post('/two-factor/verify-backup-code', { code })).status).toBe(status);
    }
  });

  it('keeps neither the secret nor the codes readable in the database', async () => {
    const { totpURI, backupCodes, userId } = await enrolled();
    const row = JSON.stringify(
      (await server.pool.query('select * from auth."twoFactor" where "userId" = $1', [userId])).rows,
    );
    for (const secret of [new URL(totpURI).searchParams.get('secret')!, ...backupCodes])
      expect(row).not.toContain(secret);
  });

  it('is turned off with the password, or by an administrator for somebody who lost everything', async () => {
    for (const way of ['self', 'admin']) {
      const { browser, email, userId, totpURI } = await enrolled();
      await browser.post('/two-factor/verify-totp', { code: totpCode(totpURI) });
      if (way === 'admin') await server.auth.resetTwoFactor(userId);
      else {
        expect((await browser.post('/two-factor/disable', { password: 'wrong' })).body.code).toBe('invalid_password');
        expect((await browser.post('/two-factor/disable', { password: PASSWORD })).status).toBe(200);
      }
      const other = server.browser();
      await other.signIn(email, PASSWORD);
      expect((await other.whoami()).status).toBe(200);
    }
  });
});

describe('passkeys', () => {
  it('are offered for this site, bound to a device that checks its owner', async () => {
    const { browser, email } = await signedIn();
    const offered = (await browser.get('/api/auth/passkey/generate-register-options')).body;
    expect(offered).toMatchObject({
      rp: { id: 'localhost', name: 'OpenKAM' },
      user: { name: email },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    expect(String(offered.challenge).length).toBeGreaterThan(40);
    expect((await browser.get('/api/auth/passkey/list-user-passkeys')).body).toEqual([]);
  });

  it('need a session from the last day to be added, and any session to be removed', async () => {
    expect((await server.browser().get('/api/auth/passkey/generate-register-options')).body.code).toBe('signed_out');
    expect((await server.browser().get('/api/auth/sessions')).body.code).toBe('signed_out');
    const { browser, userId } = await signedIn();
    await server.pool.query(`update auth.session set "createdAt" = now() - interval '25 hours' where "userId" = $1`, [
      userId,
    ]);
    expect((await browser.get('/api/auth/passkey/generate-register-options')).body.code).toBe('session_not_fresh');
    for (const id of ['not an id', '0190a0b0-0000-7000-8000-000000000000']) {
      expect((await browser.post('/passkey/delete-passkey', { id })).status).toBe(404);
    }
  });

  it('refuse an answer that was made for no question', async () => {
    const reply = await server.browser().post('/passkey/verify-authentication', { response: { id: 'x' } });
    expect(reply.body.code).toBe('challenge_not_found');
  });
});

describe('users', () => {
  it('are unique by e-mail, whatever its case', async () => {
    const { email, userId } = await somebody();
    await expect(server.auth.createUser({ email: email.toUpperCase(), name: 'Twin' })).rejects.toMatchObject({
      status: 409,
      code: 'email_taken',
    });
    expect((await server.auth.userByEmail(` ${email.toUpperCase()} `))?.userId).toBe(userId);
  });

  it('are not made with a bad e-mail or a short password', async () => {
    await expect(server.auth.createUser({ email: 'nonsense', name: 'N' })).rejects.toMatchObject({ status: 422 });
    await expect(
      server.auth.createUser({ email: 'n@example.com', name: 'N', password: 'ninechars' }),
    ).rejects.toMatchObject({ status: 422 });
    expect(await server.auth.userByEmail('n@example.com')).toBeNull();
  });

  it('without a password cannot sign in until one is set', async () => {
    const { userId } = await server.auth.createUser({ email: 'later@example.com', name: 'Later' });
    expect((await server.browser('203.0.113.40').signIn('later@example.com', '')).status).toBe(401);
    await server.auth.setPassword(userId, 'now there is one');
    await server.auth.setPassword(userId, 'and now another');
    expect((await server.browser('203.0.113.40').signIn('later@example.com', 'now there is one')).status).toBe(401);
    expect((await server.browser('203.0.113.40').signIn('later@example.com', 'and now another')).status).toBe(200);
  });

  it('prove their password outside of sign-in too, as often as sign-in allows', async () => {
    const { email } = await somebody();
    expect(await server.auth.checkPassword(email.toUpperCase(), PASSWORD)).toBe(true);
    expect(await server.auth.checkPassword('nobody@example.com', PASSWORD)).toBe(false);
    for (let i = 0; i < 10; i++) expect(await server.auth.checkPassword(email, '')).toBe(false);
    await expect(server.auth.checkPassword(email, PASSWORD)).rejects.toMatchObject({ status: 429 });
  });

  it('leave no expired sessions or links behind after the nightly clean-up', async () => {
    const { userId } = await signedIn();
    await server.pool.query(`update auth.session set "expiresAt" = now() - interval '1 day' where "userId" = $1`, [
      userId,
    ]);
    await server.auth.forgetExpired();
    expect((await server.pool.query('select 1 from auth.session where "userId" = $1', [userId])).rowCount).toBe(0);
  });
});
