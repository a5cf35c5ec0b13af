// Growth as people do it: the grid by keyboard, a cell that becomes an opportunity, a name in a file that is confirmed once.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '../src/modules/accounts/api.ts';
import { getCell, putCell } from '../src/modules/growth/api.ts';
import { addEstimate, listExpenses } from '../src/modules/growth/api-money.ts';
import { listOpportunities } from '../src/modules/pipeline/api.ts';
import { createProduct, createSeries, getProduct, listProducts } from '../src/modules/products/api.ts';
import { barriers, openSite, type Site, type Somebody } from './browser.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const year = new Date().getFullYear();
let site: Site;
let jordan: Somebody;
const ids: Record<string, string> = {};

beforeAll(async () => {
  site = await openSite();
  jordan = await site.somebody('kam', 'Jordan Lee');
  const series = await site.ok(site.admin, createSeries, { body: { name: 'Cloud' } });
  for (const name of ['Backup', 'Suite'])
    ids[name] = (
      await site.ok(site.admin, createProduct, { body: { name, seriesId: series.id, deliveryCostShare: 0.25 } })
    ).id;
  const top = await site.ok(site.admin, createAccount, { body: { name: 'Northstar', ownerId: jordan.id } });
  const child = await site.ok(site.admin, createAccount, {
    body: { name: 'Northstar Rail', ownerId: jordan.id, parentId: top.id },
  });
  [ids.top, ids.child] = [top.id, child.id];
});
afterAll(() => site?.close());
afterEach(() => expect(site.errors()).toEqual([]));

const at = (accountId: string, productId: string) => ({ accountId, productId, year });
const stored = (account: string, product: string) =>
  site.ok(site.admin, getCell, { query: at(ids[account]!, ids[product]!) });
const cell = (page: Page, text: string) => page.getByRole('gridcell', { name: new RegExp(`^${text}`) });
/** Waits until the server has it: the page shows it before. */
async function until(what: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if (await what()) return;
    await new Promise((wait) => setTimeout(wait, 100));
  }
  throw new Error('it never came');
}

describe('the whitespace grid', () => {
  it('is filled by keyboard, opens a cell, and turns it into an opportunity', async () => {
    const page = await site.visit(`/accounts/${ids.top}?tab=growth`, { as: jordan });
    await cell(page, 'Backup, Northstar:').click();
    await page.keyboard.press('c');
    await page.keyboard.type('250k');
    await page.keyboard.press('Enter');
    await cell(page, 'Backup, Northstar: competitor, potential €250').waitFor();
    await until(async () => (await stored('top', 'Backup')).potential?.amount === 25_000_000);
    expect(await barriers(page)).toEqual([]);

    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'Backup' });
    await drawer.getByRole('textbox', { name: 'Fit' }).fill('60');
    await drawer.getByRole('textbox', { name: 'Access' }).fill('50');
    await drawer.getByRole('textbox', { name: 'Effort' }).fill('2');
    await drawer.getByRole('textbox', { name: 'Next step' }).fill('Ask for the tender');
    expect(await barriers(page)).toEqual([]);
    await drawer.getByRole('button', { name: 'Save' }).click();
    await drawer.waitFor({ state: 'detached' });
    expect(await stored('top', 'Backup')).toMatchObject({
      status: 'competitor',
      priority: eur(3_750_000),
      nextStep: 'Ask for the tender',
    });

    await cell(page, 'Backup, Northstar:').dblclick();
    await drawer.getByRole('button', { name: 'Open opportunity' }).click();
    const dialog = page.getByRole('dialog', { name: 'Open opportunity' });
    await dialog.getByRole('textbox', { name: 'Amount a year' }).fill('100000');
    await dialog.getByRole('button', { name: 'Open opportunity' }).click();
    await dialog.waitFor({ state: 'detached' });
    await drawer.getByText('€150,000').waitFor();
    const { items } = await site.ok(site.admin, listOpportunities, { query: { accountId: [ids.top!] } as never });
    expect(items).toMatchObject([{ name: 'Backup · Northstar', amount: eur(10_000_000), type: 'cross_sell' }]);
  });

  it('changes a selection of cells at once, and shows the same as a list', async () => {
    const page = await site.visit(`/accounts/${ids.top}?tab=growth`, { as: jordan });
    await cell(page, 'Suite, Northstar:').click();
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('2 cells selected').waitFor();
    await page.keyboard.press('i');
    await page.getByText('2 cells changed').waitFor();
    await until(async () => (await stored('child', 'Suite')).status === 'in_house');
    await page.getByRole('radio', { name: 'List' }).click({ force: true });
    const list = page.getByRole('grid', { name: `Cells of ${year}` });
    await list.getByText('In-house').first().waitFor();
    expect(await list.getByText('In-house').count()).toBe(2);
    expect(await barriers(page)).toEqual([]);
  });

  it('never loses what was typed when a colleague was faster', async () => {
    const place = { ...at(ids.child!, ids.Backup!), status: 'unknown' as const };
    const made = await site.ok(site.admin, putCell, { body: { ...place, version: null, potential: eur(100_000) } });
    const page = await site.visit(`/accounts/${ids.child}?tab=growth&cell=${ids.child}..${ids.Backup}`, { as: jordan });
    const drawer = page.getByRole('dialog', { name: 'Backup' });
    await drawer.getByRole('textbox', { name: 'Source' }).fill('Their tender');
    await site.ok(site.admin, putCell, { body: { ...place, version: made.version, source: 'A rumour' } });
    await drawer.getByRole('button', { name: 'Save' }).click();
    await drawer.getByText('A rumour').waitFor();
    await drawer.getByRole('button', { name: 'Save mine' }).click();
    await drawer.waitFor({ state: 'detached' });
    expect(await stored('child', 'Backup')).toMatchObject({ source: 'Their tender', potential: eur(100_000) });
  });
});

describe('the growth of an account', () => {
  it('shows the share of the wallet with its source, and takes an expense with Undo', async () => {
    await site.ok(site.admin, addEstimate, {
      body: {
        accountId: ids.top!,
        spend: eur(50_000_000),
        estimatedOn: '2026-01-31',
        source: 'Annual report',
        confidence: 'high',
      },
    });
    const page = await site.visit(`/accounts/${ids.top}?tab=growth`, { as: jordan });
    await page.getByText('high confidence', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Add expense' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add expense' });
    await dialog.getByRole('textbox', { name: 'Amount' }).fill('120.50');
    await dialog.getByRole('textbox', { name: 'What for' }).fill('Train to Hamburg');
    await dialog.getByRole('button', { name: 'Add expense' }).click();
    await dialog.waitFor({ state: 'detached' });
    const spent = async () => (await site.ok(site.admin, listExpenses)).items;
    expect(await spent()).toMatchObject([
      { amount: eur(12_050), description: 'Train to Hamburg', memberName: 'Jordan Lee' },
    ]);
    await page.getByText('Expenses', { exact: true }).click();
    await page.getByRole('button', { name: /^Remove the expense/ }).click();
    await until(async () => (await spent()).length === 0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await until(async () => (await spent()).length === 1);
  });
});

describe('over the portfolio', () => {
  it('what is most worth doing is read on a phone too', async () => {
    const page = await site.visit('/growth', { as: jordan, size: 'phone' });
    await page.getByText('Backup').first().waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('link', { name: 'Contracts with others' }).click();
    await page.getByText('No contract with others ends within twelve months').waitFor();
  });
});

describe('the catalogue', () => {
  it('takes a product with a price that follows another, and another name', async () => {
    const page = await site.visit('/products');
    await page.getByRole('button', { name: 'Add product' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add product' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('GTX Pro');
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Add product' }).click();
    const drawer = page.getByRole('dialog', { name: 'GTX Pro' });
    for (const price of ['4,821', '5,000']) {
      await drawer.getByRole('button', { name: 'Add price' }).click();
      const form = drawer.getByRole('form', { name: 'New list price' });
      await form.getByRole('textbox', { name: 'Price of one' }).fill(price);
      await form.getByRole('button', { name: 'Add price' }).click();
      await form.waitFor({ state: 'detached' });
    }
    await drawer.getByRole('textbox', { name: 'Another name' }).fill('GTXPro');
    await drawer.getByRole('button', { name: 'Add', exact: true }).click();
    await drawer.getByText('GTXPro', { exact: true }).waitFor();
    expect(await barriers(page)).toEqual([]);
    const { items } = await site.ok(site.admin, listProducts, { query: { q: 'GTXPro' } });
    const product = await site.ok(site.admin, getProduct, { params: { id: items[0]!.id } });
    expect(product.prices.map((p) => [p.price, p.startsOn === null, p.endsOn === null])).toEqual([
      [eur(482_100), true, false],
      [eur(500_000), false, true],
    ]);
  });
});
