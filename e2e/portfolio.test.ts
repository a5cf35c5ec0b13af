// The portfolio as people use it: find, filter, sort, group, change many, keep views; by mouse and on a phone.
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAccount, listAccounts } from '../src/modules/accounts/api.ts';
import { barriers, openSite, type Site, type Somebody } from './browser.ts';

let site: Site;
let karim: Somebody;
beforeAll(async () => {
  site = await openSite();
  karim = await site.somebody('kam', 'Karim Haddad');
});
const fill = async () => {
  for (let i = 0; i < 130; i++) {
    await site.ok(site.admin, createAccount, {
      body: {
        name: `Account ${String(i).padStart(3, '0')}`,
        arr: { amount: (i + 1) * 1_000_00, currency: 'EUR' },
        tier: i % 3 === 0 ? 'Strategic' : 'Key',
        status: i % 10 === 0 ? 'paused' : 'active',
        industry: i % 2 ? 'Energy' : 'Retail',
        ...(i < 3 ? { ownerId: karim.id } : {}),
      },
    });
  }
};
afterAll(() => site?.close());
afterEach(() => expect(site.errors()).toEqual([]));

describe('a portfolio without accounts', () => {
  it('shows the ways to begin, and opens the form for the first account', async () => {
    const page = await site.visit('/');
    await page.getByText('No accounts yet').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: /Add one by hand/ }).click();
    await page.getByRole('dialog', { name: 'Add account' }).getByRole('textbox', { name: 'Name' }).waitFor();
  });

  it('tells a viewer, who cannot add any, how accounts come here', async () => {
    const page = await site.visit('/', { as: await site.somebody('viewer', 'Vera View'), size: 'phone' });
    await page.getByText('No accounts yet').waitFor();
    expect(await page.getByRole('button', { name: /Add one by hand/ }).count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
  });
});

describe('the portfolio', () => {
  beforeAll(fill);

  it('shows every account with its sum, the largest first, and loads more while scrolling', async () => {
    const page = await site.visit('/');
    const grid = page.getByRole('grid', { name: 'Accounts' });
    await grid.getByRole('row', { name: /Account 129/ }).waitFor();
    expect((await page.getByText('€8.5m').isVisible()) || (await page.getByText('€8.52m').isVisible())).toBe(true);
    expect(await page.title()).toBe('Portfolio · OpenKAM');
    for (let i = 0; i < 40 && !(await grid.getByRole('row', { name: /Account 000/ }).isVisible()); i++) {
      await grid.evaluate((box) => box.scrollBy(0, 1500));
      await page.waitForTimeout(100);
    }
    expect(await grid.getByRole('row', { name: /Account 000/ }).isVisible()).toBe(true);
    expect(await barriers(page)).toEqual([]);
  });

  it('keeps search, filter, sort and group in the address, through a reload', async () => {
    const page = await site.visit('/');
    await page.getByRole('searchbox', { name: 'Find in this list' }).fill('Account 12');
    await page.getByRole('button', { name: 'Add a filter' }).click();
    await page.getByRole('option', { name: 'Tier' }).click();
    await page.getByRole('option', { name: 'Strategic' }).click();
    await page.keyboard.press('Escape');
    await page.getByText('4 accounts', { exact: true }).waitFor();
    await page.getByRole('columnheader', { name: 'Account' }).click();
    await page.getByRole('button', { name: 'Group' }).click();
    await page.getByRole('menuitem', { name: 'By status' }).click();
    await page.reload();
    const rows = page.getByRole('grid', { name: 'Accounts' }).getByRole('row');
    await page.getByText('Account 120').waitFor();
    const texts = (await rows.allTextContents()).join('|');
    expect(texts.indexOf('Account 123')).toBeLessThan(texts.indexOf('Account 126'));
    expect(texts).toContain('Paused');
    expect(texts).not.toContain('Account 121');
    await page.getByText('4 accounts', { exact: true }).waitFor();
  });

  it('explains a number: what it means, what is in it, as of when', async () => {
    const page = await site.visit('/');
    await page.getByRole('button', { name: 'ARR: explain this number' }).click();
    const drawer = page.getByRole('dialog', { name: 'ARR' });
    await drawer.getByText('Annual recurring revenue').waitFor();
    await drawer.getByText('As of').waitFor();
    await drawer.getByText('portfolio-arr').waitFor();
    await drawer.getByRole('region', { name: 'Rows behind the figure' }).getByRole('row').nth(1).waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it('changes many accounts at once and takes it back', async () => {
    const page = await site.visit('/?sort=name');
    await page.getByText('Account 000').waitFor();
    await page.getByRole('checkbox', { name: 'Select Account 001' }).click();
    await page.getByRole('checkbox', { name: 'Select Account 003' }).click({ modifiers: ['Shift'] });
    await page.getByText('3 selected').waitFor();
    await page.getByRole('region', { name: 'Selected rows' }).getByRole('button', { name: 'Status' }).click();
    await page.getByRole('menuitem', { name: 'Former' }).click();
    await page.getByText('Status set to former for 3 accounts').waitFor();
    const former = async () =>
      (await site.ok(site.admin, listAccounts, { query: { status: ['former'] } })).items.map((a) => a.name);
    expect(await former()).toEqual(['Account 001', 'Account 002', 'Account 003']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken back').waitFor();
    expect(await former()).toEqual([]);
  });

  it('keeps a view under a name, and gives it back with one press', async () => {
    const page = await site.visit('/?f=tier.isAnyOf.Key&sort=name');
    await page.getByText('Account 001').waitFor();
    await page.getByRole('button', { name: 'Save as a new view' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Key ones');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'All accounts' }).click();
    await page.getByText('Account 129').waitFor();
    await page.getByRole('button', { name: 'Key ones' }).click();
    await page.getByText('Account 001').waitFor();
    expect(new URL(page.url()).searchParams.get('f')).toBe('tier.isAnyOf.Key');
  });

  it('exports what is shown: the filtered rows, in their order, with the columns chosen', async () => {
    const page = await site.visit('/?q=Account%2001&sort=-name&cols=arr,owner');
    await page.getByText('Account 019').waitFor();
    await page.getByRole('button', { name: 'Export this list' }).click();
    const file = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'CSV, columns as shown' }).click();
    const text = readFileSync(await (await file).path(), 'utf8').replace(/^\uFEFF/, '');
    const lines = text.trim().split(/\r?\n/);
    expect(lines[0]).toMatch(/^Name[,;]Parent id[,;]Parent name[,;]ARR[,;]ARR currency[,;]Owner/);
    expect(lines.slice(1).map((line) => line.slice(0, 11))).toEqual(
      [19, 18, 17, 16, 15, 14, 13, 12, 11, 10].map((i) => `Account 0${i}`),
    );
  });

  it('shows a manager only the own accounts, in the list and in the sum', async () => {
    const page = await site.visit('/', { as: karim });
    await page.getByText('Account 002').waitFor();
    expect(await page.getByRole('grid', { name: 'Accounts' }).getByRole('row').count()).toBe(4);
    await page.getByText('€6,000').first().waitFor();
  });

  it('works on a phone: cards, sort, a filter, and no barrier', async () => {
    const page = await site.visit('/', { size: 'phone' });
    await page.getByRole('link', { name: 'Account 129' }).waitFor();
    await page.getByRole('button', { name: 'Sort, group, export' }).click();
    await page.getByRole('menuitem', { name: 'Name' }).click();
    await page.getByRole('link', { name: 'Account 000' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await barriers(page)).toEqual([]);
  });

  it('shows account trees and renewals without barriers, in the dark too', async () => {
    for (const view of ['tree', 'renewals']) {
      const page = await site.visit(`/?view=${view}`, { theme: 'dark' });
      await page.getByText(view === 'tree' ? 'No account has a parent yet' : 'No renewal in the next').waitFor();
      expect(await barriers(page), view).toEqual([]);
    }
  });
});
