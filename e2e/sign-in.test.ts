// The door of the house, as people use it: first visit, signing in and out, second factor, passkey, invitation, forgotten password.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { totpCode } from '../test/auth-server.ts';
import { barriers, type EmptySite, openEmptySite } from './browser.ts';

const PASSWORD = 'correct horse battery';
let site: EmptySite;

beforeAll(async () => {
  site = await openEmptySite();
});
afterAll(() => site?.close());
afterEach(() => expect(site.errors()).toEqual([]));

const password = (page: Page, name = 'Password') => page.getByRole('textbox', { name, exact: true });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).waitFor();
const myName = (page: Page) =>
  page.evaluate(
    async () => ((await (await fetch('/api/v1/me')).json()) as { member?: { name: string } }).member?.name ?? null,
  );
const signOut = (page: Page) =>
  page.evaluate(() =>
    fetch('/api/auth/sign-out', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).then(
      (r) => r.status,
    ),
  );

async function signIn(page: Page, email: string, secret: string, path = '/sign-in') {
  await page.goto(path);
  await page.getByLabel('E-mail').fill(email);
  await password(page).fill(secret);
  await page.keyboard.press('Enter');
}

// One story, told in order: each part stands on the ones before it.
describe('the first visit', () => {
  it('leads to set-up, which says what is missing and then signs the administrator in', async () => {
    const page = await site.stranger();
    await page.goto('/');
    await page.waitForURL('**/setup');
    await heading(page, 'Welcome');
    expect(await barriers(page)).toEqual([]);

    await page.getByRole('button', { name: 'Create the workspace' }).click();
    await page.getByText('Use at least 10 characters', { exact: true }).waitFor();
    expect(await barriers(page)).toEqual([]);

    await page.getByRole('textbox', { name: 'Workspace' }).fill('Northwind');
    await page.getByLabel('Your name').fill('Mia Berg');
    await page.getByLabel('Your e-mail').fill('mia@example.com');
    await password(page).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create the workspace' }).click();
    await page.getByRole('button', { name: /^Start/ }).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(await myName(page)).toBe('Mia Berg');

    await page.goto('/setup');
    await page.waitForURL((to) => to.pathname === '/');
  });
});

describe('signing in', () => {
  it('refuses a wrong password in plain words, then leads to the page that was asked for', async () => {
    const page = await site.stranger();
    await page.goto('/settings/security');
    await page.waitForURL('**/sign-in?next=*');
    await heading(page, 'Sign in');
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel('E-mail').fill('mia@example.com');
    await password(page).fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByText('The e-mail address or the password is not right.').waitFor();
    await password(page).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/settings/security');
    expect(await myName(page)).toBe('Mia Berg');
  });

  it('works with a passkey that was added under Security', async () => {
    const page = await site.stranger();
    const device = await page.context().newCDPSession(page);
    await device.send('WebAuthn.enable');
    await device.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await signIn(page, 'mia@example.com', PASSWORD, '/sign-in?next=%2Fsettings%2Fsecurity');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('My laptop');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Remove My laptop' }).waitFor();

    await signOut(page);
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL((to) => to.pathname === '/');
    expect(await myName(page)).toBe('Mia Berg');

    await page.goto('/settings/security');
    await page.getByRole('button', { name: 'Remove My laptop' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).last().click();
    await page.getByText('You have none yet.').waitFor();
  });

  it('asks for a code once two-factor sign-in is on, and takes a backup code in its place', async () => {
    const page = await site.stranger();
    await signIn(page, 'mia@example.com', PASSWORD, '/sign-in?next=%2Fsettings%2Fsecurity');
    await page.getByRole('button', { name: 'Set up' }).click();
    await password(page, 'Your password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await heading(page, 'Scan with your authenticator app');
    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    const key = (await page.getByRole('dialog').locator('code').textContent()) ?? '';
    const code = () => totpCode(`otpauth://totp/x?secret=${key.trim()}`);
    await page.getByLabel('Code that the app shows').fill('000000');
    await page.getByText('This code is not right').waitFor();
    await page.keyboard.type(code());
    await heading(page, 'Two-factor sign-in is on');
    expect(await barriers(page)).toEqual([]);
    const [backup = ''] = await page
      .getByRole('list', { name: 'Backup codes' })
      .getByRole('listitem')
      .allTextContents();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByRole('button', { name: 'Turn off' }).waitFor();

    await signOut(page);
    await signIn(page, 'mia@example.com', PASSWORD);
    await heading(page, 'One more step');
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.type(code());
    await page.waitForURL((to) => to.pathname === '/');

    await signOut(page);
    await signIn(page, 'mia@example.com', PASSWORD);
    await page.getByRole('button', { name: 'Use a backup code' }).click();
    await page.getByLabel('Backup code').fill(backup.toUpperCase().replace('-', ' '));
    await page.keyboard.press('Enter');
    await page.waitForURL((to) => to.pathname === '/');
    expect(await myName(page)).toBe('Mia Berg');

    await page.goto('/settings/security');
    await page.getByRole('button', { name: 'Turn off' }).click();
    await password(page, 'Your password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Set up' }).waitFor();
  });

  it('elsewhere can be ended from the list of browsers, at once', async () => {
    const here = await site.stranger();
    const there = await site.stranger();
    await signIn(there, 'mia@example.com', PASSWORD);
    await there.waitForURL((to) => to.pathname === '/');
    await signIn(here, 'mia@example.com', PASSWORD, '/sign-in?next=%2Fsettings%2Fsecurity');
    await here.getByText('This browser').waitFor();
    expect(await barriers(here)).toEqual([]);
    await here.getByRole('button', { name: 'Sign out all others' }).click();
    await here.getByText('All other browsers are signed out').waitFor();
    expect(await myName(there)).toBeNull();
    expect(await myName(here)).toBe('Mia Berg');
  });
});

describe('an invitation', () => {
  it('lets somebody choose a password and join, once, also on a phone', async () => {
    const admin = await site.stranger();
    await signIn(admin, 'mia@example.com', PASSWORD);
    await admin.waitForURL((to) => to.pathname === '/');
    await admin.evaluate(() =>
      fetch('/api/v1/members', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Tom Keller', email: 'tom@example.com', role: 'kam' }),
      }),
    );
    const link =
      /http:\/\/localhost:\d+(\/invitation#token=[\w-]+)/.exec(await site.lastMailTo('tom@example.com'))?.[1] ?? '';
    await admin.context().close();

    const page = await site.stranger({ size: 'phone', theme: 'dark' });
    await page.goto(link);
    await heading(page, 'Join Northwind');
    expect(await barriers(page)).toEqual([]);
    await password(page).fill('toms long password');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.waitForURL((to) => to.pathname === '/');
    expect(await myName(page)).toBe('Tom Keller');

    const again = await site.stranger();
    await again.goto(link);
    await heading(again, 'This invitation does not work any more');
    expect(await barriers(again)).toEqual([]);
  });
});

describe('a forgotten password', () => {
  it('is replaced through the mailed link, which works once', async () => {
    const page = await site.stranger();
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill('tom@example.com');
    await page.getByRole('link', { name: 'Forgot password?' }).click();
    await heading(page, 'Forgot your password?');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await heading(page, 'Look at your mail');
    expect(await barriers(page)).toEqual([]);

    const link =
      /http:\/\/localhost:\d+(\/reset-password#token=[\w-]+)/.exec(await site.lastMailTo('tom@example.com'))?.[1] ?? '';
    await page.goto(link);
    await heading(page, 'Choose a new password');
    expect(await barriers(page)).toEqual([]);
    await password(page, 'New password').fill('toms other password');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await heading(page, 'Your new password is set');
    await signIn(page, 'tom@example.com', 'toms other password');
    await page.waitForURL((to) => to.pathname === '/');
    expect(await myName(page)).toBe('Tom Keller');

    const again = await site.stranger();
    await again.goto(link);
    await password(again, 'New password').fill('toms third password');
    await again.getByRole('button', { name: 'Set the password' }).click();
    await heading(again, 'This link does not work any more');
  });
});
