// Importing in the browser: real exports in and out again, what is asked, what is refused, and stopping.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../src/app/building.ts';
import { createAccount, listAccounts, summariseAccounts } from '../src/modules/accounts/api.ts';
import { barriers, openSite, type Site } from './browser.ts';

const exported = path.resolve(root, '../shared/data/salesforce-export');
const hasExports = existsSync(path.join(exported, 'Account.csv'));

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site?.close());

const csv = (name: string, lines: readonly string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`${lines.join('\n')}\n`),
});
type Given = ReturnType<typeof csv>[] | string[];

/** Drops files on the import page and waits until they are read. */
async function drop(page: Page, files: Given): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(files as string[]);
  await page.waitForURL(/\/import\/[0-9a-f-]{36}/);
  await page.getByRole('button', { name: 'Next: columns' }).waitFor();
}
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const countAccounts = async () => (await site.ok(site.admin, summariseAccounts, { query: {} })).count;

describe('import', () => {
  it.skipIf(!hasExports)(
    'accounts and people of a CRM export come in together, show in the portfolio, and go again',
    async () => {
      const page = await site.visit('/import');
      expect(await barriers(page)).toEqual([]);
      await drop(page, [path.join(exported, 'Account.csv'), path.join(exported, 'Contact.csv')]);
      expect(await barriers(page)).toEqual([]);
      await press(page, 'Next: columns');
      await page.getByText('Columns of Account.csv').waitFor();
      expect(await barriers(page)).toEqual([]);
      await press(page, /^(Check without writing|Next: \d)/);
      await page.getByRole('button', { name: /^Import 43 rows/ }).waitFor();
      expect(await countAccounts()).toBe(0);
      expect(await barriers(page)).toEqual([]);
      await press(page, /^Import 43 rows/);
      await page.getByText('43 new, 0 changed').waitFor();
      expect(await barriers(page)).toEqual([]);
      expect(await countAccounts()).toBe(18);

      await site.ok(site.admin, createAccount, { body: { name: 'Not of this import' } });
      await page.getByRole('link', { name: 'Show these accounts' }).click();
      await page.getByText('Burlington Textiles').first().waitFor();
      await page.getByText('18 accounts').first().waitFor();
      expect(await page.getByText('Not of this import').count()).toBe(0);
      expect(await barriers(page)).toEqual([]);
      await page.getByRole('button', { name: /this import/ }).click();
      await page.getByText('Not of this import').first().waitFor();
      await page.goBack();
      await page.goBack();
      await press(page, 'Undo this import');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Undo this import' }).click();
      await page.getByText('43 removed, 0 restored, 0 kept.').waitFor();
      expect(await barriers(page)).toEqual([]);
      expect(await countAccounts()).toBe(1);
      expect(site.errors()).toEqual([]);
    },
    120_000,
  );

  it('what changes in rows that are there is shown field by field, before and after it is written', async () => {
    await site.ok(site.admin, createAccount, { body: { name: 'Omega Works', employees: 120 } });
    const page = await site.visit('/import');
    await drop(page, [csv('moved.csv', ['Account name,Employees', 'Omega Works,1500'])]);
    await press(page, 'Next: columns');
    await press(page, 'Check without writing');
    const changes = page.getByRole('region', { name: 'Changed rows' });
    await changes.getByText('Omega Works').waitFor();
    expect((await changes.innerText()).replace(/\s+/g, ' ')).toMatch(/Employees before: 120 after: 1,500/i);
    expect(await barriers(page)).toEqual([]);
    await press(page, 'Import 1 row');
    await page.getByText('0 new, 1 changed').waitFor();
    await page.getByText('What changed').waitFor();
    expect(site.errors()).toEqual([]);
  }, 60_000);

  it('dates that can be read in two ways are asked, shown in both readings, and stored as answered', async () => {
    const page = await site.visit('/import');
    await drop(page, [
      csv('signed.csv', ['Account name,Customer since', 'Alpha Works,03/04/2024', 'Beta Works,05/06/2024']),
      csv('report.pdf', ['%PDF-1.7']),
    ]);
    await page.getByText('report.pdf: this kind of file is not taken here.').waitFor();
    await press(page, 'Next: columns');
    await press(page, 'Next: 1 question');
    await page.getByText(/“03\/04\/2024” is 3 April 2024/).waitFor();
    await page.getByText(/“03\/04\/2024” is 4 March 2024/).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(await page.getByRole('button', { name: 'Check without writing' }).isDisabled()).toBe(true);
    await page.getByRole('radio', { name: /Day first/ }).check({ force: true });
    // The answer stands on the server: a reload asks nothing twice.
    await page.getByText('Answered').waitFor();
    await page.reload();
    await page.getByText('Answered').waitFor();
    await press(page, 'Check without writing');
    await press(page, 'Import 2 rows');
    await page.getByText('2 new, 0 changed').waitFor();
    const { items } = await site.ok(site.admin, listAccounts, { query: { q: 'Alpha Works' } });
    expect(items[0]?.customerSince).toBe('2024-04-03');
  }, 60_000);

  it('rejected rows are counted with their reason and come back as a file', async () => {
    const page = await site.visit('/import');
    await drop(page, [
      csv('mixed.csv', ['Account name,Employees,City', 'Gamma Works,120,Ulm', ',40,Bonn', 'Delta Works,80,Kiel']),
    ]);
    await press(page, 'Next: columns');
    await press(page, 'Check without writing');
    await page.getByRole('button', { name: 'Import 2 rows' }).waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Rejected rows as CSV')]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text).toContain('Bonn');
    expect(text).not.toContain('Kiel');
    await press(page, 'Show every row with a remark');
    await page.getByRole('grid', { name: 'Rows with a remark' }).waitFor();
    expect(await barriers(page)).toEqual([]);
  }, 60_000);

  it('a row that looks like an account we have is shown beside it, and becomes that account when a person says so', async () => {
    await site.ok(site.admin, createAccount, { body: { name: 'Müller Maschinenbau GmbH', city: 'Stuttgart' } });
    const before = await countAccounts();
    const page = await site.visit('/import');
    await drop(page, [csv('twins.csv', ['Account name;City;Employees', 'Mueller Maschinenbau;Stuttgart;310'])]);
    await press(page, 'Next: columns');
    await press(page, 'Check without writing');
    await page.getByRole('radio', { name: /The same as Müller Maschinenbau/ }).check({ force: true });
    expect(await barriers(page)).toEqual([]);
    await press(page, /^Import 1 row$/);
    await page.getByText('0 new, 1 changed').waitFor();
    expect(await countAccounts()).toBe(before);
  }, 60_000);

  it('a running import is stopped, says what is in, goes on where it stopped, and is listed', async () => {
    const lines = Array.from({ length: 60_000 }, (_, n) => `Stop ${n} Works,City ${n % 100},${n}`);
    const before = await countAccounts();
    const page = await site.visit('/import');
    await drop(page, [csv('many.csv', ['Account name,City,Employees', ...lines])]);
    await press(page, 'Next: columns');
    await press(page, 'Check without writing');
    await press(page, 'Import 60,000 rows');
    await page.getByRole('button', { name: /^Cancel: / }).click();
    await page.getByText('Stopped', { exact: true }).first().waitFor();
    expect(await countAccounts()).toBeLessThan(before + 60_000);
    expect(await barriers(page)).toEqual([]);
    await press(page, 'Go on where it stopped');
    await page.getByText('60,000 new, 0 changed').waitFor({ timeout: 60_000 });
    expect(await countAccounts()).toBe(before + 60_000);
    await page.goto(`${site.url}/import`);
    await page.getByRole('link', { name: 'many.csv' }).waitFor();
    await page.getByText('Done').first().waitFor();
  }, 180_000);

  it('a phone shows files, columns and the trial without scrolling sideways', async () => {
    const page = await site.visit('/import', { size: 'phone' });
    const isWithin = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    await drop(page, [csv('small.csv', ['Account name,City,Loyalty colour', 'Epsilon Works,Jena,blue'])]);
    expect(await isWithin()).toBe(true);
    await press(page, 'Next: columns');
    await page.getByText('Columns of small.csv').waitFor();
    expect(await isWithin()).toBe(true);
    await press(page, 'Check without writing');
    await page.getByRole('button', { name: 'Import 1 row' }).waitFor();
    expect(await isWithin()).toBe(true);
    expect(await barriers(page)).toEqual([]);
  }, 60_000);
});
