// The door of the house, as people use it: first visit, signing in and out, second factor, passkey, invitation, forgotten password.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { totpCode } from '../test/auth-server.ts';
import { accessibilityProblems, openApp } from './app.ts';

const PASSWORD = 'correct horse battery';
let app: Awaited<ReturnType<typeof openApp>>;

beforeAll(async () => {
  app = await openApp();
});
afterAll(async () => {
  await app.close();
});

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
    const { page, context, problems } = await app.visit();
    await page.goto('/');
    await page.waitForURL('**/setup');
    await heading(page, 'Welcome');
    expect(await accessibilityProblems(page)).toEqual([]);

    await page.getByRole('button', { name: 'Create the workspace' }).click();
    await page.getByText('Use at least 10 characters', { exact: true }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);

    await page.getByRole('textbox', { name: 'Workspace' }).fill('Northwind');
    await page.getByLabel('Your name').fill('Mia Berg');
    await page.getByLabel('Your e-mail').fill('mia@example.com');
    await password(page).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create the workspace' }).click();
    await page.getByRole('button', { name: /^Start/ }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await myName(page)).toBe('Mia Berg');

    await page.goto('/setup');
    await page.waitForURL((to) => to.pathname === '/');
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('signing in', () => {
  it('refuses a wrong password in plain words, then leads to the page that was asked for', async () => {
    const { page, context, problems } = await app.visit();
    await page.goto('/settings/security');
    await page.waitForURL('**/sign-in?next=*');
    await heading(page, 'Sign in');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel('E-mail').fill('mia@example.com');
    await password(page).fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByText('The e-mail address or the password is not right.').waitFor();
    await password(page).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/settings/security');
    expect(await myName(page)).toBe('Mia Berg');
    expect(problems).toEqual([]);
    await context.close();
  });

  it('works with a passkey that was added under Security', async () => {
    const { page, context, problems } = await app.visit();
    const device = await context.newCDPSession(page);
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
    expect(await accessibilityProblems(page)).toEqual([]);
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
    expect(problems).toEqual([]);
    await context.close();
  });

  it('asks for a code once two-factor sign-in is on, and takes a backup code in its place', async () => {
    const { page, context, problems } = await app.visit();
    await signIn(page, 'mia@example.com', PASSWORD, '/sign-in?next=%2Fsettings%2Fsecurity');
    await page.getByRole('button', { name: 'Set up' }).click();
    await password(page, 'Your password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await heading(page, 'Scan with your authenticator app');
    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    const key = (await page.getByRole('dialog').locator('code').textContent()) ?? '';
    const code = () => totpCode(`otpauth://totp/x?secret=${key.trim()}`);
    await page.getByLabel('Code that the app shows').fill('000000');
    await page.getByText('This code is not right').waitFor();
    await page.keyboard.type(code());
    await heading(page, 'Two-factor sign-in is on');
    expect(await accessibilityProblems(page)).toEqual([]);
    const [backup = ''] = await page
      .getByRole('list', { name: 'Backup codes' })
      .getByRole('listitem')
      .allTextContents();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByRole('button', { name: 'Turn off' }).waitFor();

    await signOut(page);
    await signIn(page, 'mia@example.com', PASSWORD);
    await heading(page, 'One more step');
    expect(await accessibilityProblems(page)).toEqual([]);
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
    expect(problems).toEqual([]);
    await context.close();
  });

  it('elsewhere can be ended from the list of browsers, at once', async () => {
    const here = await app.visit();
    const there = await app.visit();
    await signIn(there.page, 'mia@example.com', PASSWORD);
    await there.page.waitForURL((to) => to.pathname === '/');
    await signIn(here.page, 'mia@example.com', PASSWORD, '/sign-in?next=%2Fsettings%2Fsecurity');
    await here.page.getByText('This browser').waitFor();
    expect(await accessibilityProblems(here.page)).toEqual([]);
    await here.page.getByRole('button', { name: 'Sign out all others' }).click();
    await here.page.getByText('All other browsers are signed out').waitFor();
    expect(await myName(there.page)).toBeNull();
    expect(await myName(here.page)).toBe('Mia Berg');
    await here.context.close();
    await there.context.close();
  });
});

describe('an invitation', () => {
  it('lets somebody choose a password and join, once, also on a phone', async () => {
    const admin = await app.visit();
    await signIn(admin.page, 'mia@example.com', PASSWORD);
    await admin.page.waitForURL((to) => to.pathname === '/');
    await admin.page.evaluate(() =>
      fetch('/api/v1/members', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Tom Keller', email: 'tom@example.com', role: 'kam' }),
      }),
    );
    const link =
      /http:\/\/localhost:\d+(\/invitation#token=[\w-]+)/.exec(await app.lastMailTo('tom@example.com'))?.[1] ?? '';
    await admin.context.close();

    const { page, context, problems } = await app.visit({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    await page.goto(link);
    await heading(page, 'Join Northwind');
    expect(await accessibilityProblems(page)).toEqual([]);
    await password(page).fill('toms long password');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.waitForURL((to) => to.pathname === '/');
    expect(await myName(page)).toBe('Tom Keller');
    await context.close();

    const again = await app.visit();
    await again.page.goto(link);
    await heading(again.page, 'This invitation does not work any more');
    expect(await accessibilityProblems(again.page)).toEqual([]);
    expect([...problems, ...again.problems]).toEqual([]);
    await again.context.close();
  });
});

describe('a forgotten password', () => {
  it('is replaced through the mailed link, which works once', async () => {
    const { page, context, problems } = await app.visit();
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill('tom@example.com');
    await page.getByRole('link', { name: 'Forgot password?' }).click();
    await heading(page, 'Forgot your password?');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await heading(page, 'Look at your mail');
    expect(await accessibilityProblems(page)).toEqual([]);

    const link =
      /http:\/\/localhost:\d+(\/reset-password#token=[\w-]+)/.exec(await app.lastMailTo('tom@example.com'))?.[1] ?? '';
    await page.goto(link);
    await heading(page, 'Choose a new password');
    expect(await accessibilityProblems(page)).toEqual([]);
    await password(page, 'New password').fill('toms other password');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await heading(page, 'Your new password is set');
    await signIn(page, 'tom@example.com', 'toms other password');
    await page.waitForURL((to) => to.pathname === '/');
    expect(await myName(page)).toBe('Tom Keller');

    const again = await app.visit();
    await again.page.goto(link);
    await password(again.page, 'New password').fill('toms third password');
    await again.page.getByRole('button', { name: 'Set the password' }).click();
    await heading(again.page, 'This link does not work any more');
    expect([...problems, ...again.problems]).toEqual([]);
    await context.close();
    await again.context.close();
  });
});
