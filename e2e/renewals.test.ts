// A renewal from its notice deadline to the next term: a scenario above the limit, its approval by head and finance, the decision; a loss
// with its post-mortem.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '../src/modules/accounts/api.ts';
import * as api from '../src/modules/contracts/api.ts';
import * as offersApi from '../src/modules/contracts/api-offers.ts';
import * as renewalsApi from '../src/modules/contracts/api-renewals.ts';
import { openSite, type Site, type Somebody } from './browser.ts';

let site: Site;
let kam: Somebody;
let head: Somebody;
let finance: Somebody;
let account: string;
const day = (fromNow: number) => new Date(Date.now() + fromNow * 86_400_000).toISOString().slice(0, 10);
beforeAll(async () => {
  site = await openSite();
  kam = await site.somebody('kam', 'Karim Kam');
  head = await site.somebody('head', 'Hedda Head');
  finance = await site.somebody('partner', 'Fina Finance');
  await site.ok(site.admin, offersApi.updateContractSettings, { body: { financeApproverIds: [finance.id] } });
  account = (await site.ok(head, createAccount, { body: { name: 'Acme', ownerId: kam.id } })).id;
});
afterAll(() => site?.close());
afterEach(() => expect(site.errors()).toEqual([]));

const contractOf = (name: string, endsIn: number) =>
  site.ok(kam, api.createContract, {
    body: {
      accountId: account,
      name,
      startsOn: day(endsIn - 364),
      endsOn: day(endsIn),
      termMonths: 12,
      noticeDays: 30,
      lines: [{ description: 'Seats', quantity: 100, unitPriceMinor: 1000 }],
    },
  });
async function expectAccessible(page: Page): Promise<void> {
  await page.waitForTimeout(400);
  const { violations } = await new AxeBuilder({ page }).exclude('[data-live-announcer]').analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`)).toEqual([]);
}

describe('renewals', () => {
  it('a discount of 12 % is modelled, approved by head and finance, and decided', async () => {
    await contractOf('Platform', 80);
    const page = await site.visit('/renewals', { as: kam, size: 'desktop' });
    await page.getByText('in 50 days').first().waitFor();
    await expectAccessible(page);
    for (const view of ['Board', 'Timeline', 'Table']) {
      await page.getByRole('radio', { name: view }).click();
      await page.getByText('Platform', { exact: false }).first().waitFor();
      await expectAccessible(page);
    }
    // A figure says what it means, under which filters, and which rows it is made of.
    await page.getByRole('button', { name: 'Weighted: explain this number' }).click();
    const explained = page.getByRole('dialog', { name: 'Weighted renewals' });
    await explained.getByRole('link', { name: 'Acme · Platform' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');

    await page.getByRole('link', { name: /Acme/ }).first().click();
    await page.getByRole('heading', { name: 'Acme', level: 1 }).waitFor();

    await page.getByRole('button', { name: 'Add scenario' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Discount' }).fill('12');
    await dialog.getByRole('textbox', { name: 'Name' }).click();
    await dialog.getByText('Needs approval').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Keep scenario' }).click();
    await dialog.waitFor({ state: 'hidden' });
    // What the offer leaves explains itself, down to the lines of the next term.
    await page.getByRole('button', { name: /Gross margin, 12 % discount: explain this number/ }).click();
    const margin = page.getByRole('dialog', { name: 'Gross margin of an offer' });
    await margin.getByText('Definition version 1').waitFor();
    await margin.getByText(/^as of \d/).waitFor();
    await margin.getByRole('region', { name: 'Rows behind the figure' }).getByRole('row').nth(1).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await margin.waitFor({ state: 'hidden' });
    await dialog.waitFor({ state: 'detached' });

    // Margin and NRR stand before and after, side by side.
    const table = page.getByRole('region', { name: 'Scenarios side by side' });
    const row = async (name: string) => (await table.getByRole('row', { name }).innerText()).replace(/\s+/g, ' ');
    expect(await row('Gross margin')).toMatch(/€8,400.*€6,960/);
    expect(await row('NRR of the quarter')).toMatch(/100\.0 ?%.*88\.0 ?%/);
    await expectAccessible(page);
    await table.getByRole('button', { name: 'Ask for approval' }).click();
    await page.getByRole('dialog').getByLabel('Why').fill('They commit to three more sites');
    await page.getByRole('dialog').getByRole('button', { name: 'Ask for approval' }).click();
    await page.getByText('Waits for approval').first().waitFor();

    for (const [who, text] of [
      [head, 'Agreed: the next step begins'],
      [finance, 'Acme: approved'],
    ] as const) {
      const theirs = await site.visit('/approvals', { as: who, size: 'laptop' });
      await theirs.getByText('They commit to three more sites').waitFor();
      await theirs.getByRole('link', { name: /Approvals\s*1 waiting/ }).waitFor();
      await expectAccessible(theirs);
      await theirs.getByRole('button', { name: 'Agree' }).click();
      await theirs.getByRole('dialog').getByRole('button', { name: 'Agree' }).click();
      await theirs.getByText(text).waitFor();
      await theirs.context().close();
    }

    await page.reload();
    await page.getByRole('button', { name: 'Decide on this' }).click();
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Reduced' }).click();
    await page.getByRole('heading', { name: 'Reduced' }).waitFor();
    await page.getByText('12 % discount for the term from').waitFor();
    await page.context().close();
    const [next] = (await site.ok(kam, renewalsApi.listRenewals, { query: { state: ['open'] } })).items;
    expect(next).toMatchObject({ contractName: 'Platform', due: { amount: 1_056_000, currency: 'EUR' } });
  });

  it('a lost one says why before it is lost', async () => {
    const contract = await contractOf('Support', 20);
    const page = await site.visit(`/renewals/${contract.renewalId}`, { as: kam, size: 'phone' });
    await page.getByRole('button', { name: 'Decide' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('They leave, or do not renew').click();
    const button = dialog.getByRole('button', { name: 'It is lost' });
    expect(await button.isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: /Why/ }).click();
    await page.getByRole('option', { name: 'Went to a competitor' }).click();
    await dialog.getByRole('textbox', { name: /What happened/ }).fill('Half the price, same service');
    await expectAccessible(page);
    await button.click();
    await page.getByText('Half the price, same service').waitFor();
    await expectAccessible(page);
    const params = { id: contract.renewalId! };
    expect(await site.ok(kam, renewalsApi.getRenewal, { params })).toMatchObject({
      outcome: 'lost',
      loss: { reason: 'competitor' },
    });
    // They come back the next morning: the decision is taken back, nothing else is to be repaired.
    await page.getByRole('button', { name: 'Take back' }).click();
    await expectAccessible(page);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('button', { name: 'Decide' }).first().waitFor();
    expect(await site.ok(kam, renewalsApi.getRenewal, { params })).toMatchObject({ state: 'open', outcome: null });
    await page.context().close();
  });

  it('a contract is added and amended; its history stays in sight', async () => {
    const page = await site.visit(`/accounts/${account}?tab=contracts`, { as: kam, size: 'laptop' });
    await page.getByRole('button', { name: 'Add contract' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Analytics');
    await dialog.getByRole('textbox', { name: 'Description' }).fill('Users');
    await dialog.getByRole('textbox', { name: 'Price of one' }).fill('25');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Add contract' }).click();
    await page.getByRole('heading', { name: 'Analytics', level: 1 }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'More' }).first().click();
    await page.keyboard.press('Escape');
    const id = page.url().split('/').pop()!;
    const made = await site.ok(kam, api.getContract, { params: { id } });
    expect(made.arr).toEqual({ amount: 30_000, currency: 'EUR' });
    await site.ok(kam, api.updateContractLine, {
      params: { id, lineId: made.lines[0]!.id },
      body: { startsOn: day(-10) },
    });
    await page.reload();
    await page.getByRole('button', { name: 'Amend' }).click();
    const amend = page.getByRole('dialog');
    await amend.getByRole('textbox', { name: 'Quantity' }).fill('5');
    await amend.getByRole('textbox', { name: 'Note' }).fill('Four more users');
    await expectAccessible(page);
    await amend.getByRole('button', { name: 'Amend' }).click();
    await amend.waitFor({ state: 'detached' });
    await page.getByText('Four more users').waitFor();
    expect((await site.ok(kam, api.getContract, { params: { id } })).arr).toEqual({ amount: 150_000, currency: 'EUR' });
    const settings = await site.visit('/settings/contracts', { as: site.admin, size: 'laptop' });
    await settings.getByRole('heading', { name: 'Who agrees' }).waitFor();
    await expectAccessible(settings);
    await settings.context().close();
    await page.context().close();
  });
});
