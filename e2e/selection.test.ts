// Choosing key accounts as people do it: model, sliders, a score with evidence, reviews, a decision and its way back.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAccount, getAccount } from '../src/modules/accounts/api.ts';
import {
  getMatrix,
  getModel,
  getSelection,
  listDecisions,
  scoreAccounts,
  takeReview,
} from '../src/modules/selection/api.ts';
import { barriers, openSite, type Site, type Somebody } from './browser.ts';

let site: Site;
let karim: Somebody;
const ids: string[] = [];
beforeAll(async () => {
  site = await openSite();
  karim = await site.somebody('kam', 'Karim Haddad');
  for (let i = 0; i < 14; i++) {
    const made = await site.ok(site.admin, createAccount, {
      body: {
        name: `Account ${String(i).padStart(2, '0')}`,
        arr: { amount: (i + 1) * 1_000_00, currency: 'EUR' },
        potential: { amount: (i + 1) * 2_000_00, currency: 'EUR' },
        customerSince: `20${String(24 - i).padStart(2, '0')}-01-01`,
        ownerId: karim.id,
      },
    });
    ids.push(made.id);
  }
  const criteria = ['product_fit', 'partner_history', 'purchasing_process', 'cultural_fit', 'solvency'];
  await site.ok(site.admin, scoreAccounts, {
    body: {
      scores: ids.flatMap((accountId, i) =>
        criteria.map((criterion, c) => ({
          accountId,
          criterion,
          score: 1 + ((i * (c + 2)) % 9),
          evidence: 'Workshop in spring',
        })),
      ),
    },
  });
});
afterAll(() => site?.close());
afterEach(() => expect(site.errors()).toEqual([]));

describe('choosing key accounts', () => {
  it('takes over the suggested model with one press', async () => {
    const page = await site.visit('/selection');
    await page.getByText('This is a suggestion').waitFor();
    expect((await site.ok(site.admin, getModel)).number).toBe(0);
    await page.getByRole('button', { name: 'Use this model' }).click();
    await page.getByText('This model is in use now').waitFor();
    await page.getByText('Model version 1').waitFor();
    expect((await site.ok(site.admin, getModel)).number).toBe(1);
  });

  it('shows at once what a moved slider changes, keeps the sum at 100, and saves it as a new version only when asked', async () => {
    const page = await site.visit('/selection');
    const before = (await site.ok(site.admin, getModel)).criteria;
    const slider = page.getByRole('slider', { name: before[0]!.name });
    await slider.focus();
    for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowRight');
    await page.getByText('What if').waitFor();
    await page.getByText(/accounts change place/).waitFor();
    const weights = await page
      .getByRole('slider')
      .evaluateAll((all) => all.map((one) => Number((one as HTMLInputElement).value)));
    expect(weights.reduce((a, b) => a + b, 0)).toBe(100);
    expect(weights[0]).toBe(before[0]!.weight + 20);
    expect((await site.ok(site.admin, getModel)).number).toBe(1);

    await page.reload();
    await page.getByText('What if').waitFor();
    await page.getByRole('button', { name: 'Save as new version' }).click();
    await page.getByRole('textbox', { name: 'Note' }).fill('Potential counts more this year');
    await page.getByRole('button', { name: 'Save version 2' }).click();
    await page.getByText('Version 2 is in use').waitFor();
    const saved = await site.ok(site.admin, getModel);
    expect(saved).toMatchObject({ number: 2, note: 'Potential counts more this year' });
    expect(saved.criteria.map((c) => c.weight)).toEqual(weights);
    await page.getByText('What if').waitFor({ state: 'detached' });
  });

  it('draws the line of the capacity between the rows, and says how firm each place is', async () => {
    const page = await site.visit('/selection');
    const { capacity } = await site.ok(site.admin, getMatrix);
    const grid = page.getByRole('grid', { name: 'Ranking' });
    await grid.getByText(`Above the line: ${capacity} places`).waitFor();
    await grid.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await grid.getByText(`Capacity: ${capacity} accounts – below the line`).waitFor();
    await grid.evaluate((box) => box.scrollTo(0, 0));
    await grid
      .getByText(/firm|likely|close/)
      .first()
      .waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it('takes a score with its evidence, shows what the numbers mean, and notices raters who differ', async () => {
    const page = await site.visit('/selection', { as: karim });
    await page.getByRole('grid', { name: 'Ranking' }).getByText('Account 03').click();
    const drawer = page.getByRole('dialog', { name: 'Account 03' });
    await drawer.getByRole('button', { name: 'Score it: Product fit' }).click();
    const form = drawer.getByRole('form', { name: 'Score Product fit' });
    await form.getByText('They need exactly what we do best, today and on our roadmap').waitFor();
    await form.getByRole('radio', { name: '10', exact: true }).check({ force: true });
    expect(await form.getByRole('button', { name: 'Save score' }).isDisabled()).toBe(true);
    await form.getByRole('textbox', { name: 'Evidence' }).fill('Fits in all eleven plants, audit of May');
    await form.getByRole('button', { name: 'Save score' }).click();
    await page.getByText('Account 03: Product fit 10').waitFor();
    await drawer.getByText('Fits in all eleven plants, audit of May').waitFor();
    const { criteria } = await site.ok(site.admin, getSelection, { params: { id: ids[3]! } });
    const fit = criteria.find((c) => c.key === 'product_fit')!;
    expect(fit.raters.find((r) => r.raterId === karim.id)).toMatchObject({ score: 10, modelNumber: 2 });
    expect(fit.raters).toHaveLength(2);
    expect(fit.disagree).toBe(true);
    await drawer.getByText(/Raters differ/).waitFor();
    expect(await drawer.getByRole('button', { name: 'Decide' }).count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
  });

  it('holds a review, and after two that agree suggests a promotion which is decided with one press and taken back', async () => {
    await site.ok(site.admin, takeReview, { body: {} });
    const page = await site.visit('/selection?tab=review');
    await page.getByRole('button', { name: 'Hold a review' }).click();
    await page.getByText(/Kept for good: score and place of 14 accounts/).waitFor();
    await page.getByRole('button', { name: 'Hold the review' }).click();
    await page.getByText('Review 2 is kept').waitFor();
    const promote = page.getByRole('button', { name: /^Promote Account/ }).first();
    const name = (await promote.getAttribute('aria-label'))!.replace('Promote ', '');
    await promote.click();
    await page.getByText(`${name} is promoted`).waitFor();
    const id = ids[Number(name.slice(-2))]!;
    const isKey = async () => (await site.ok(site.admin, getSelection, { params: { id } })).isKey;
    expect(await isKey()).toBe(true);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Decision withdrawn').waitFor();
    expect(await isKey()).toBe(false);
    expect((await site.ok(site.admin, getAccount, { params: { id } })).tier).toBeNull();
    expect(await barriers(page)).toEqual([]);
  });

  it('asks for an explicit yes before more accounts are promoted than the team can carry', async () => {
    const page = await site.visit('/selection?tab=review');
    const { capacity } = await site.ok(site.admin, getMatrix);
    await page.getByRole('checkbox', { name: /Select all/ }).check({ force: true });
    await page.getByRole('button', { name: 'Decide…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Decide on 14 accounts' });
    await dialog
      .locator('label')
      .filter({ hasText: /^Promote/ })
      .click();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('All of them, said the board');
    await dialog.getByRole('button', { name: 'Promote' }).click();
    await dialog.getByText(/more than its capacity/).waitFor();
    expect((await site.ok(site.admin, getMatrix)).rows.filter((r) => r.isKey)).toEqual([]);
    await dialog.getByText('Decide all the same').click();
    await dialog.getByRole('button', { name: 'Promote' }).click();
    await page.getByText('14 accounts decided').waitFor();
    expect((await site.ok(site.admin, getMatrix)).rows.filter((r) => r.isKey)).toHaveLength(14);
    const log = await site.ok(site.admin, listDecisions, { query: { limit: 1 } });
    expect(log.items[0]!.overCapacityBy).toBe(14 - capacity);
  });

  it('keeps the log of decisions, and withdraws the latest of an account', async () => {
    const page = await site.visit('/selection?tab=decisions');
    const grid = page.getByRole('grid', { name: 'Decisions' });
    await grid.getByText('All of them, said the board').first().waitFor();
    await grid
      .getByRole('row', { name: /Account 05/ })
      .first()
      .click();
    const drawer = page.getByRole('dialog', { name: 'Account 05' });
    await drawer.getByRole('button', { name: 'Withdraw' }).click();
    await drawer.getByText('withdrawn').first().waitFor();
    expect((await site.ok(site.admin, getSelection, { params: { id: ids[5]! } })).isKey).toBe(false);
  });

  it('shows model, readiness, watch list and bubbles without barriers, in the dark and on a phone', async () => {
    for (const [tab, text] of [
      ['model', 'To choose from'],
      ['readiness', 'Recommendation'],
      ['watch', 'Accounts outside the key accounts'],
      ['matrix&show=chart', 'Attractiveness and our strength'],
    ] as const) {
      const page = await site.visit(`/selection?tab=${tab}`, { theme: 'dark' });
      await page.getByText(text).first().waitFor();
      expect(await barriers(page), tab).toEqual([]);
    }
    const page = await site.visit('/selection', { size: 'phone' });
    await page.getByText('Above the line').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await barriers(page)).toEqual([]);
  });
});
