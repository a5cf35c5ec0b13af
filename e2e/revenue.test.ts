// Revenue as people look at it: figures with their explanation and their rows, groups, cohorts, an account's own; on a phone too.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '../src/modules/accounts/api.ts';
import { createContract } from '../src/modules/contracts/api.ts';
import { barriers, openSite, type Site } from './browser.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());
afterEach(() => expect(site.errors()).toEqual([]));

/** Acme grows from 100 to 130 a month, Globex shrinks from 200 to 150, Initech leaves with 50, Umbrella comes with 40. */
let isFilled = false;
async function fill(): Promise<void> {
  if (isFilled) return;
  isFilled = true;
  const line = (unitPriceMinor: number, startsOn: string, endsOn: string | null = null) => ({
    description: 'Maintenance',
    unitPriceMinor,
    startsOn,
    endsOn,
  });
  for (const [name, lines] of [
    ['Acme', [line(10_000, '2023-05-01'), line(3_000, '2024-03-01')]],
    ['Globex', [line(20_000, '2023-05-01', '2024-05-31'), line(15_000, '2024-06-01')]],
    ['Initech', [line(5_000, '2023-05-01', '2024-10-31')]],
    ['Umbrella', [line(4_000, '2024-12-01')]],
  ] as const) {
    const account = await site.ok(site.admin, createAccount, { body: { name } });
    await site.ok(site.admin, createContract, {
      body: {
        accountId: account.id,
        name: `${name} frame`,
        currency: 'EUR',
        startsOn: lines[0].startsOn,
        lines: [...lines],
      },
    });
  }
}

describe('the revenue page', () => {
  it('teaches the next step while there is no revenue', async () => {
    const page = await site.visit('/insights');
    await page.getByText('No recurring revenue yet').waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it('shows what was kept and what grew, explains every figure, and leads to the accounts behind it', async () => {
    await fill();
    const page = await site.visit('/insights?asOf=2024-12-31');
    const figures = page.getByRole('region', { name: 'Figures of revenue' });
    await figures.getByText('80.0%').waitFor();
    await figures.getByText('71.4%').waitFor();
    await page.getByRole('row', { name: /Globex/ }).waitFor();
    await page.getByRole('region', { name: 'Table of cohorts' }).getByText('Q2 2023').waitFor();
    expect(await barriers(page)).toEqual([]);

    await page.getByRole('button', { name: 'NRR: explain this number' }).click();
    const drawer = page.getByRole('dialog', { name: 'Net revenue retention' });
    await drawer.getByText(/Definition version \d/).waitFor();
    await drawer.getByRole('row', { name: /Accounts at the start 3/ }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await drawer.getByRole('button', { name: /Rows that add to/ }).click();
    await page.getByRole('option', { name: 'Churn' }).click();
    await drawer.getByRole('link', { name: 'Globex' }).waitFor({ state: 'detached' });
    await drawer.getByRole('link', { name: 'Initech' }).waitFor();
    const file = page.waitForEvent('download');
    await drawer.getByRole('button', { name: 'CSV' }).click();
    expect((await file).suggestedFilename()).toBe('nrr-rows.csv');
    await drawer.getByRole('link', { name: 'Initech' }).click();
    await page.getByRole('heading', { name: 'Initech' }).waitFor();
    await page.getByRole('region', { name: 'Lines of recurring revenue' }).getByText('Maintenance').waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it('keeps the question in the address, and fits a phone', async () => {
    const page = await site.visit('/insights?asOf=2024-12-31&period=last-quarter&by=owner', {
      size: 'phone',
      theme: 'dark',
    });
    await page.getByText('Retention by owner').waitFor();
    await page.getByText(/From the balance of 30 Jun 2024 to that of 30 Sep(t)? 2024/).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await barriers(page)).toEqual([]);
  });

  it('stands beside the portfolio’s own figures', async () => {
    const page = await site.visit('/');
    await page.getByRole('button', { name: 'NRR: explain this number' }).waitFor();
    await page.getByRole('button', { name: 'GRR: explain this number' }).waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});
