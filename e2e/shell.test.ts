// The frame around every page: by keyboard alone, on a phone, without a server, after the session ended; and its weight.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAccount, getAccount, listAccounts, updateAccount } from '../src/modules/accounts/api.ts';
import { barriers, openSite, type Site } from './browser.ts';

let site: Site;
let id: string;
beforeAll(async () => {
  site = await openSite();
  ({ id } = await site.ok(site.admin, createAccount, { body: { name: 'Quarry Networks', city: 'Oslo' } }));
  await site.ok(site.admin, createAccount, { body: { name: 'Zephyr Foods' } });
});
afterAll(() => site?.close());
afterEach(() => expect(site.errors()).toEqual([]));

describe('by keyboard alone', () => {
  it('signs in, finds an account, edits it, adds one, and lists the keys', async () => {
    const page = await site.stranger();
    const press = (key: string) => page.keyboard.press(key);
    await page.goto(site.url);
    await page.waitForURL(/sign-in/);
    await page.getByRole('textbox', { name: /e-?mail/i }).focus();
    await page.keyboard.type(site.admin.email);
    await press('Tab');
    for (let i = 0; i < 3; i++) {
      if (await page.evaluate(() => (document.activeElement as HTMLInputElement)?.type === 'password')) break;
      await press('Tab');
    }
    await page.keyboard.type(site.admin.password);
    await press('Enter');
    await page.getByRole('grid', { name: 'Accounts' }).waitFor();

    await press('Control+k');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.type('quary netwrks');
    await page.getByRole('option', { name: /Quarry Networks/ }).waitFor();
    await press('Enter');
    await page.waitForURL(new RegExp(`/accounts/${id}`));
    await page.getByRole('heading', { name: /Quarry Networks/, level: 1 }).waitFor();
    expect(await page.title()).toBe('Quarry Networks · OpenKAM');

    await page.getByRole('button', { name: /^City: Oslo/ }).focus();
    await press('Enter');
    await press('Control+a');
    await page.keyboard.type('Bergen');
    await press('Enter');
    await expect.poll(async () => (await site.ok(site.admin, getAccount, { params: { id } })).city).toBe('Bergen');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await press(']');
    await page.waitForURL(/tab=/);
    await press('[');
    await page.waitForURL((now) => !now.search.includes('tab='));

    await press('g');
    await press('a');
    await page.getByRole('grid', { name: 'Accounts' }).waitFor();
    await press('c');
    await page.getByRole('dialog', { name: 'Add' }).waitFor();
    await press('a');
    await page.getByRole('dialog', { name: 'Add account' }).waitFor();
    await page.getByRole('textbox', { name: 'Name' }).waitFor();
    await page.keyboard.type('Typed by hand');
    await press('Enter');
    await page.getByRole('heading', { name: /Typed by hand/, level: 1 }).waitFor();

    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByRole('heading', { name: 'Go to' }).waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it('walks the list with arrows and opens what it stands on', async () => {
    const page = await site.visit('/?sort=name');
    const grid = page.getByRole('grid', { name: 'Accounts' });
    await grid.getByRole('row', { name: /Quarry Networks/ }).waitFor();
    await grid.locator('[tabindex="0"]').first().focus();
    const rowHere = () => page.evaluate(() => document.activeElement?.closest('[role="row"]')?.textContent ?? '');
    for (let i = 0; i < 5 && !(await rowHere()).includes('Quarry'); i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/accounts/${id}`));
  });
});

describe('when the server is away', () => {
  it('says so, keeps what was typed, and goes on by itself when the server is back', async () => {
    const page = await site.visit(`/accounts/${id}`);
    await page.getByRole('button', { name: /^Phone: / }).click();
    await page.getByRole('textbox', { name: 'Phone' }).fill('+47 55');
    await site.silence();
    await page.keyboard.press('Enter');
    await page.getByText('The server cannot be reached').first().waitFor();
    await page.getByRole('button', { name: 'Edit again' }).waitFor();
    await site.answer();
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByText('Connected again').waitFor();
    await page.getByRole('button', { name: 'Edit again' }).click();
    expect(await page.getByRole('textbox', { name: 'Phone' }).inputValue()).toBe('+47 55');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await site.ok(site.admin, getAccount, { params: { id } })).phone).toBe('+47 55');
  });

  it('leaves the page standing when something cannot be opened, and opens it when the server is back', async () => {
    const page = await site.visit(`/accounts/${id}`);
    await page.getByRole('button', { name: /^Phone: / }).waitFor();
    await page.route('**', (route) => route.abort('connectionrefused'));
    await page.keyboard.press('c');
    await page.getByText('This could not be opened').waitFor();
    expect(await page.getByRole('button', { name: /^Phone: / }).isVisible()).toBe(true);
    await page.unroute('**');
    // The page may load itself anew in between: what it missed could have been a new version.
    const dialog = page.getByRole('dialog');
    await expect
      .poll(async () => {
        if (!(await dialog.isVisible())) await page.keyboard.press('c');
        return dialog.isVisible();
      })
      .toBe(true);
  });

  it('gives back a half-typed new account after a reload', async () => {
    const page = await site.visit('/');
    await page.getByRole('button', { name: 'Add account' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Half an acc');
    await page.reload();
    await page.getByRole('button', { name: 'Add account' }).first().click();
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Half an acc');
  });

  it('asks for the password over the page when the session ended, and goes on there', async () => {
    const page = await site.visit(`/accounts/${id}`);
    await page.getByRole('button', { name: /^Region: / }).click();
    await page.getByRole('textbox', { name: 'Region' }).fill('Vestland');
    await page.context().clearCookies();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.locator('input[type="password"]').fill(site.admin.password);
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('Signed in again').waitFor();
    await page.getByRole('button', { name: 'Edit again' }).click();
    expect(await page.getByRole('textbox', { name: 'Region' }).inputValue()).toBe('Vestland');
  });
});

describe('with colleagues at work', () => {
  it('shows their changes in every open tab, with one connection for all', async () => {
    const first = await site.visit('/');
    const second = await first.context().newPage();
    await second.goto(`${site.url}/`);
    await second.getByRole('grid', { name: 'Accounts' }).waitFor();
    const added = await site.ok(site.admin, createAccount, { body: { name: 'Added by a colleague' } });
    for (const page of [first, second]) await page.getByRole('link', { name: 'Added by a colleague' }).waitFor();
    // The tab that listens closes; the other takes over.
    await first.close();
    await site.ok(site.admin, updateAccount, { params: { id: added.id }, body: { name: 'Renamed by a colleague' } });
    await second.getByRole('link', { name: 'Renamed by a colleague' }).waitFor();
  });
});

describe('the bell', () => {
  it('rings when a colleague gives an account away, leads there, and falls silent', async () => {
    const karim = await site.somebody('kam', 'Karim Haddad');
    const page = await site.visit('/', { as: karim });
    const given = await site.ok(site.admin, createAccount, { body: { name: 'Handed over' } });
    await site.ok(site.admin, updateAccount, { params: { id: given.id }, body: { ownerId: karim.id } });
    await page.getByRole('button', { name: 'Notifications, 1 unread' }).click();
    await page.getByRole('dialog', { name: 'Notifications' }).getByText('Handed over is yours now').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: /Handed over is yours now/ }).click();
    await page.getByRole('heading', { name: /Handed over/, level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
  });
});

describe('on a phone', () => {
  it('navigates by the bar below and the drawer, opens an account, and reads without sideways scrolling', async () => {
    const page = await site.visit('/', { size: 'phone', theme: 'dark' });
    await page.getByRole('link', { name: 'Quarry Networks' }).click();
    await page.getByRole('heading', { name: /Quarry Networks/, level: 1 }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('dialog', { name: 'Navigation' }).getByRole('link', { name: 'Portfolio' }).click();
    await page.waitForURL(/\/$/);
    const { items } = await site.ok(site.admin, listAccounts, { query: { limit: 50 } });
    await page.getByRole('link', { name: items[0]!.name }).first().waitFor();
  });
});

const dist = path.resolve(import.meta.dirname, '../dist/web');
describe('the first visit', () => {
  it.skipIf(!existsSync(dist))('needs at most 250 kB of compressed script until the portfolio shows', () => {
    const html = readFileSync(path.join(dist, 'index.html'), 'utf8');
    const entry = /src="\/(assets\/[^"]+\.js)"/.exec(html)![1]!;
    const portfolio = readdirSync(path.join(dist, 'assets')).find((file) => /^Portfolio-[^.]+\.js$/.test(file))!;
    const seen = new Map<string, number>();
    const read = (file: string) => {
      if (seen.has(file)) return;
      const code = readFileSync(path.join(dist, file), 'utf8');
      seen.set(file, gzipSync(code).length);
      for (const [, name] of code.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) read(`assets/${name}`);
    };
    read(entry);
    read(`assets/${portfolio}`);
    expect(seen.size).toBeGreaterThan(5);
    expect([...seen.values()].reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(250_000);
  });
});
