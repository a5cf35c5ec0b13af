// Pipeline and forecast as people use them: from a new opportunity over a submitted forecast to the next week's reasons, and from won to contract lines.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '../src/modules/accounts/api.ts';
import { createOpportunity, listOpportunities, updateOpportunity } from '../src/modules/pipeline/api.ts';
import { getForecast } from '../src/modules/pipeline/api-forecast.ts';
import { barriers, openSite, type Site, type Somebody } from './browser.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
let site: Site;
let karim: Somebody;
let acme: string;

beforeAll(async () => {
  site = await openSite();
  karim = await site.somebody('kam', 'Karim Kam');
  acme = (await site.ok(site.admin, createAccount, { body: { name: 'Acme', ownerId: karim.id } })).id;
});
afterAll(() => site?.close());
afterEach(() => expect(site.errors()).toEqual([]));

/** Types a day into the parts of a date field. */
async function day(page: Page, label: string, on: string): Promise<void> {
  const [year, month, date] = on.split('-') as [string, string, string];
  const field = page.getByRole('group', { name: label });
  await field.getByRole('spinbutton').first().click();
  await page.keyboard.type(`${date}${month}${year}`);
}
const opportunity = async (name: string) => (await site.ok(karim, listOpportunities, { query: { q: name } })).items[0]!;

describe('an account manager’s quarter', () => {
  it('begins with an opportunity that is added, moved by keyboard, committed to and submitted', async () => {
    site.setTime('2026-11-09T09:00:00Z');
    const page = await site.visit('/pipeline', { as: karim });
    await page.getByRole('button', { name: 'Add an opportunity' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add an opportunity' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Fifty more seats');
    await dialog.getByRole('combobox', { name: 'Account' }).fill('Acme');
    await page.getByRole('option', { name: 'Acme' }).click();
    await dialog.getByRole('textbox', { name: 'Amount' }).fill('60000');
    await day(page, 'Expected to close on', '2026-12-10');
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Add opportunity' }).click();
    const card = page.getByRole('row', { name: 'Fifty more seats, Acme' });
    await card.waitFor();
    expect(await barriers(page)).toEqual([]);

    // By keyboard alone: take the card, go to the next column, let go.
    await page.getByRole('button', { name: /Move Fifty more seats/ }).focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => {
        const column = await page.evaluate(() =>
          document.activeElement?.closest('[role=grid]')?.getAttribute('aria-label'),
        );
        if (column !== 'Discovery') await page.keyboard.press('Tab');
        return column;
      })
      .toBe('Discovery');
    await page.keyboard.press('Enter');
    await page.getByRole('grid', { name: 'Discovery' }).getByText('Fifty more seats').waitFor();
    await expect.poll(async () => (await opportunity('Fifty')).stageName, { timeout: 20_000 }).toBe('Discovery');

    await card.click();
    const drawer = page.getByRole('dialog', { name: 'Fifty more seats' });
    await drawer.getByRole('button', { name: /Forecast category/ }).click();
    await page.getByRole('option', { name: 'Commit' }).click();
    await drawer.getByText('stages leave it alone').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await page.goto('/forecast');
    await page.getByRole('button', { name: 'Submit my forecast' }).click();
    const submit = page.getByRole('dialog', { name: 'My forecast of Q4 2026' });
    await submit.getByText('no ended quarter with a submission').waitFor();
    await submit.getByRole('textbox', { name: 'Note' }).fill('Paula will sign');
    expect(await barriers(page)).toEqual([]);
    await submit.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('button', { name: 'Submit again' }).waitFor();
    const said = (await site.ok(karim, getForecast)).rows.find((r) => r.ownerId === karim.id)!;
    expect(said.submission).toMatchObject({ commit: 6_000_000, note: 'Paula will sign', stale: false });
    expect(await barriers(page)).toEqual([]);
  });

  it('goes on a week later with the reasons why the figure changed, deal by deal', async () => {
    site.setTime('2026-11-16T09:00:00Z');
    const seats = await opportunity('Fifty');
    await site.ok(karim, updateOpportunity, { params: { id: seats.id }, body: { closesOn: '2027-01-20' } });
    await site.ok(karim, createOpportunity, {
      body: {
        name: 'Plant in Lyon',
        accountId: acme,
        type: 'new_unit',
        amount: eur(2_500_000),
        closesOn: '2026-12-01',
        category: 'commit',
      },
    });
    const page = await site.visit('/forecast', { as: karim });
    await page.getByText('Stale').first().waitFor();
    await page.getByRole('img', { name: /went from €60k to €25k/ }).waitFor();
    const changes = page.getByRole('grid', { name: 'Opportunities that changed' });
    await changes.getByRole('row', { name: /Fifty more seats.*Pushed/ }).waitFor();
    await changes.getByRole('row', { name: /Plant in Lyon.*Added/ }).waitFor();
    expect(await barriers(page)).toEqual([]);

    // A cell of the table, a call and a bar say what they mean, as of when, and what they are made of.
    const explained = async (figure: RegExp, title: string, row: RegExp) => {
      const button = page.getByRole('button', { name: figure }).first();
      await button.focus();
      await page.keyboard.press('Enter');
      const drawer = page.getByRole('dialog', { name: title });
      await drawer.getByText('Definition version 1').waitFor();
      await drawer.getByText(/As of 16 Nov 2026/).waitFor();
      await drawer.getByRole('row', { name: row }).waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'hidden' });
    };
    await explained(/Commit, New unit, Everybody: explain this number/, 'Forecast: open, commit', /Acme.*25,000/);
    await explained(/Owner’s call, .*: explain this number/, 'Forecast: owners’ calls', /Paula will sign.*60,000/);
    await explained(/Pushed: explain this number/, 'Change of the forecast', /Fifty more seats.*60,000/);
  });

  it('ends with a deal that becomes contract lines, once that is confirmed', async () => {
    const page = await site.visit('/pipeline', { as: karim });
    await page.getByRole('row', { name: 'Plant in Lyon, Acme' }).click();
    await page.getByRole('button', { name: 'Won…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Won' });
    await dialog.getByText('It becomes contract lines').waitFor();
    expect((await opportunity('Plant')).state).toBe('open');
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Confirm: won, make the contract lines' }).click();
    await page.getByText('1 contract line was made').waitFor();
    const won = await opportunity('Plant');
    expect(won).toMatchObject({ state: 'won', category: 'closed', closedOn: '2026-11-16' });
    expect(won.contractId).not.toBeNull();
    site.setTime(null);
  });
});

describe('the stages of the pipeline', () => {
  it('are renamed under Settings, by who leads', async () => {
    const page = await site.visit('/settings/stages');
    await page.getByRole('textbox', { name: 'Name of stage 2' }).fill('Needs');
    await page.getByRole('button', { name: 'Save the stages' }).click();
    await page.getByText('Stages saved').waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});
