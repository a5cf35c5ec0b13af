// One account from its page: facts edited in place, two people at once, tree, merge, archive; what changed, in words.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AccountPage, createAccount, getAccount, updateAccount } from '../src/modules/accounts/api.ts';
import { barriers, openSite, type Site } from './browser.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
  await site.somebody('kam', 'Karim Haddad');
});
afterAll(() => site?.close());
afterEach(() => expect(site.errors()).toEqual([]));

const add = (name: string, more: Record<string, unknown> = {}): Promise<AccountPage> =>
  site.ok(site.admin, createAccount, { body: { name, ...more } });
const read = (id: string): Promise<AccountPage> => site.ok(site.admin, getAccount, { params: { id } });
const fact = (page: Page, name: string) =>
  page.getByRole('main').getByRole('button', { name: new RegExp(`^${name}: `) });

describe('the account page', () => {
  it('saves a fact where it stands, shows it at once and tells it on the timeline in words', async () => {
    const { id } = await add('Edited', { industry: 'Retail', arr: { amount: 100_000_00, currency: 'EUR' } });
    const page = await site.visit(`/accounts/${id}`);
    await page.getByRole('heading', { name: /Edited/, level: 1 }).waitFor();
    await fact(page, 'Industry').click();
    await page.getByRole('textbox', { name: 'Industry' }).fill('Energy');
    await page.keyboard.press('Enter');
    await page.getByText('Saved', { exact: true }).waitFor();
    await fact(page, 'ARR').click();
    await page.getByRole('textbox', { name: 'ARR' }).fill('250000');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await fact(page, 'ARR').filter({ hasText: '€250,000' }).waitFor();
    await fact(page, 'Owner').click();
    await page.getByRole('combobox', { name: 'Owner' }).fill('Karim');
    await page.getByRole('option', { name: /Karim Haddad/ }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await fact(page, 'Owner').filter({ hasText: 'Karim Haddad' }).waitFor();
    const now = await read(id);
    expect([now.industry, now.arr, now.ownerName]).toEqual([
      'Energy',
      { amount: 250_000_00, currency: 'EUR' },
      'Karim Haddad',
    ]);
    expect(await barriers(page)).toEqual([]);

    await page.getByRole('link', { name: 'Timeline' }).click();
    await page.getByText('Owner changed').waitFor();
    const told = (await page.getByRole('region', { name: /What changed/ }).allTextContents()).join(' ');
    expect(told).toMatch(/Owner\s*from –\s*to Karim Haddad/);
    expect(told).toMatch(/ARR\s*from €100,000\s*to €250,000/);
    expect(told).toContain('Account added');
    expect(await barriers(page)).toEqual([]);
  });

  it('keeps both changes when two people edit different facts', async () => {
    const account = await add('Beside', { city: 'Paris' });
    const page = await site.visit(`/accounts/${account.id}`);
    await fact(page, 'City').click();
    await page.getByRole('textbox', { name: 'City' }).fill('Lyon');
    await site.ok(site.admin, updateAccount, { params: { id: account.id }, body: { phone: '+33 1', version: 1 } });
    await page.keyboard.press('Enter');
    await page.getByText('Saved beside a colleague’s change').waitFor();
    const now = await read(account.id);
    expect([now.city, now.phone]).toEqual(['Lyon', '+33 1']);
  });

  it('shows both when two people edit the same fact, and saves what the reader chooses', async () => {
    for (const [choice, wanted] of [
      ['mine', 'Mine typed'],
      ['theirs', 'Theirs typed'],
    ] as const) {
      const account = await add(`Disputed ${choice}`, { city: 'Before' });
      const page = await site.visit(`/accounts/${account.id}`);
      await fact(page, 'City').click();
      await page.getByRole('textbox', { name: 'City' }).fill('Mine typed');
      await site.ok(site.admin, updateAccount, {
        params: { id: account.id },
        body: { city: 'Theirs typed', version: 1 },
      });
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: /changed this while you were editing/ });
      await dialog.getByText('Theirs typed').waitFor();
      await dialog.getByText('Mine typed').waitFor();
      await dialog.getByText('was Before').waitFor();
      expect(await barriers(page)).toEqual([]);
      if (choice === 'mine') await dialog.getByRole('radio', { name: /Mine typed/ }).check();
      await dialog.getByRole('button', { name: 'Save my choice' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await expect.poll(async () => (await read(account.id)).city).toBe(wanted);
      await fact(page, 'City').filter({ hasText: wanted }).waitFor();
    }
  });

  it('names the field and the reason when the server refuses, and keeps what was typed', async () => {
    const { id } = await add('Refused');
    const page = await site.visit(`/accounts/${id}`);
    await fact(page, 'Employees').click();
    await page.getByRole('textbox', { name: 'Employees' }).fill('many');
    await page.keyboard.press('Enter');
    await page.getByText('Write a whole number.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Employees' }).inputValue()).toBe('many');
  });

  it('archives with an undo, and an archived account says so and comes back', async () => {
    const { id } = await add('Put away');
    const page = await site.visit(`/accounts/${id}`);
    const archive = async () => {
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Archive' }).click();
      await page.getByText('This account is archived').waitFor();
    };
    await archive();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('This account is archived').waitFor({ state: 'hidden' });
    expect((await read(id)).archivedAt).toBeNull();
    await archive();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByText('This account is archived').waitFor({ state: 'hidden' });
  });

  it('lists colleagues around the account, and takes a removal back', async () => {
    const { id } = await add('With a team');
    const page = await site.visit(`/accounts/${id}`);
    await page.getByRole('button', { name: 'Add a colleague' }).click();
    await page.getByRole('combobox', { name: 'Colleague' }).fill('Karim');
    await page.getByRole('option', { name: /Karim Haddad/ }).click();
    await page.getByRole('button', { name: 'Add to the team' }).click();
    await page.getByRole('button', { name: 'Remove Karim Haddad, Support' }).click();
    await page.getByText('Karim Haddad left the account team').waitFor();
    expect((await read(id)).team).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect
      .poll(async () => (await read(id)).team.map((m) => [m.memberName, m.function]))
      .toEqual([['Karim Haddad', 'support']]);
  });
});

describe('the tree of an account', () => {
  it('shows own and total, moves an account by its dialog, takes it back, and refuses a loop in words', async () => {
    const money = (thousands: number) => ({ arr: { amount: thousands * 1000_00, currency: 'EUR' } });
    const group = await add('Group', money(10));
    const west = await add('West', { parentId: group.id, ...money(20) });
    const site2 = await add('Plant', { parentId: west.id, ...money(40) });
    const page = await site.visit(`/accounts/${group.id}?tab=tree`);
    const row = (name: string) => page.getByRole('treegrid').getByRole('row', { name: new RegExp(`^${name}`) });
    await row('Group').getByText('€70k').waitFor();
    await row('West').getByText('€60k').waitFor();
    expect(await barriers(page)).toEqual([]);

    await row('Plant').getByRole('button', { name: 'Move Plant' }).click();
    await page.getByRole('combobox', { name: 'New parent' }).fill('Group');
    await page.getByRole('option', { name: 'Group', exact: true }).click();
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByText('Plant is now below Group').waitFor();
    await row('West').getByText('€20k').first().waitFor();
    expect((await read(site2.id)).parentId).toBe(group.id);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await read(site2.id)).parentId).toBe(west.id);

    await row('Group').getByRole('button', { name: 'Move Group' }).click();
    await page.getByRole('combobox', { name: 'New parent' }).fill('Plant');
    await page.getByRole('option', { name: /^Plant/ }).click();
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByText('Plant is Group itself or stands below it. An account cannot be below itself.').waitFor();
    expect((await read(group.id)).parentId).toBeNull();
  });

  it('moves an account with the keyboard alone', async () => {
    const top = await add('Top');
    const left = await add('Left', { parentId: top.id });
    const right = await add('Right', { parentId: top.id });
    const page = await site.visit(`/accounts/${top.id}?tab=tree`);
    const row = (name: string) => page.getByRole('treegrid').getByRole('row', { name: new RegExp(`^${name}`) });
    await row('Right').focus();
    await row('Right').getByRole('button', { name: /drag/i }).focus();
    const where = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    const start = await where();
    await page.keyboard.press('Enter');
    await expect.poll(where).not.toBe(start);
    for (let i = 0; i < 12; i++) {
      const now = await where();
      if (/on Left/i.test(now)) break;
      await page.keyboard.press('ArrowUp');
      await expect.poll(where).not.toBe(now);
    }
    await page.keyboard.press('Enter');
    await page.getByText('Right is now below Left').waitFor();
    expect((await read(right.id)).parentId).toBe(left.id);
  });
});

describe('duplicates', () => {
  it('are found by name, shown with what a merge does, and become one account', async () => {
    const kept = await add('Meridian Logistics GmbH', { city: 'Berlin' });
    const twin = await add('Meridian Logistics', { phone: '+49 30', city: 'Potsdam' });
    const child = await add('Meridian Hamburg', { parentId: twin.id });
    const page = await site.visit(`/accounts/${kept.id}`);
    const card = page.getByRole('region', { name: 'Possible duplicates' });
    await card.getByRole('button', { name: 'Merge' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Merge a duplicate' });
    await dialog.getByText('Comes over, because it is empty here').waitFor();
    await dialog.getByRole('cell', { name: '+49 30' }).waitFor();
    await dialog.getByText('1 account below it').waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: /^Merge Meridian Logistics into/ }).click();
    await page.getByText('was merged into').waitFor();
    const now = await read(kept.id);
    expect([now.phone, now.city]).toEqual(['+49 30', 'Berlin']);
    expect((await read(child.id)).parentId).toBe(kept.id);
    expect((await read(twin.id)).mergedIntoId).toBe(kept.id);
  });

  it('are warned of while a new account is typed', async () => {
    await add('Halcyon Airlines');
    const page = await site.visit('/');
    await page.getByRole('button', { name: 'Add account' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Halcyon Airline');
    await page.getByText('Perhaps it is here already').waitFor();
    await page.getByRole('dialog').getByRole('link', { name: 'Halcyon Airlines' }).waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});
