// The account plan as people write it: through the form, through reloads, a dead server and a colleague at the same plan.
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '../src/modules/accounts/api.ts';
import { createPlan, getPlan, listPlans, updatePlan } from '../src/modules/plans/api.ts';
import { createPerson } from '../src/modules/stakeholders/api.ts';
import { readPdf } from '../test/pdf.ts';
import { barriers, openSite, type Site, type Somebody } from './browser.ts';

let site: Site;
let jordan: Somebody;
let acmeId: string;

beforeAll(async () => {
  site = await openSite();
  jordan = await site.somebody('kam', 'Jordan Lee');
  const acme = await site.ok(site.admin, createAccount, {
    body: {
      name: 'Acme Corp',
      arr: { amount: 250_000_000, currency: 'USD' },
      tier: 'Strategic',
      ownerId: jordan.id,
      sponsorId: site.admin.id,
    },
  });
  acmeId = acme.id;
  for (const [name, title, part] of [
    ['Dana Whitfield', 'CFO', 'economic_buyer'],
    ['Marcus Bell', 'Head of Ops', 'decision_maker'],
    ['Ewa Nowak', 'IT Director', 'champion'],
  ] as const) {
    await site.ok(site.admin, createPerson, { body: { name, accounts: [{ accountId: acmeId, title, part }] } });
  }
});
afterAll(() => site?.close());
afterEach(() => expect(site.errors()).toEqual([]));

/** A plan of its own for a journey. */
async function planFor(name: string) {
  const account = await site.ok(site.admin, createAccount, { body: { name, ownerId: jordan.id } });
  return site.ok(site.admin, createPlan, { body: { accountId: account.id } });
}
const stored = (id: string) => site.ok(site.admin, getPlan, { params: { id } });
const saved = (page: Page) =>
  page
    .getByRole('status', { name: 'Saving' })
    .getByText(/^Saved \d/)
    .waitFor();
const block = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const box = (place: Page | Locator, name: string) => place.getByRole('textbox', { name, exact: true });
async function setDay(place: Locator, name: string, day: string) {
  await place.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await place.getByLabel(name, { exact: true }).fill(day);
  await place.getByLabel(name, { exact: true }).press('Enter');
}

describe('writing a plan', () => {
  it('starts from the account and takes the worked example through the page, saved by itself', async () => {
    const page = await site.visit(`/accounts/${acmeId}?tab=plan`, { as: jordan });
    await page.getByRole('checkbox', { name: 'Bring the people we know there' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Start the plan' }).click();
    const relationships = block(page, 'Relationships');
    await relationships.getByText('CFO · Economic buyer', { exact: false }).waitFor();
    expect(await relationships.getByRole('listitem').count()).toBe(3);

    const head = block(page, 'Renewal and target');
    await setDay(head, 'Renewal date', '2026-10-15');
    await box(head, 'Target uplift in percent').fill('15');
    await box(head, 'Target outcome').fill('Renew at +15 %');

    const goals = block(page, 'Goals');
    await goals.getByRole('button', { name: 'Add their first goal' }).click();
    await page.keyboard.type('Reduce operating cost by 15 %');
    await page.keyboard.press('Enter');
    // From here on in one piece, as from the clipboard: a press for each letter takes seconds.
    await page.keyboard.insertText('Automate order processing');
    await page.keyboard.press('Enter');
    await page.keyboard.insertText('Better SLAs');
    await setDay(goals, 'Due date of Better SLAs', '2026-12-31');
    await box(goals, 'Measure of Better SLAs').fill('Response in 4 h for 98 % of tickets');

    const strategy = block(page, 'Strategy');
    await strategy.getByRole('button', { name: 'Add the first action' }).click();
    await page.keyboard.insertText('Integration checklist');
    await page.keyboard.press('Enter');
    await page.keyboard.insertText('Adoption training in month 2');
    await strategy
      .getByRole('combobox', { name: 'Goal of Integration checklist' })
      .selectOption('Automate order processing');

    const risks = block(page, 'Risks');
    await risks.getByRole('button', { name: 'Add the first risk' }).click();
    await page.keyboard.insertText('Delayed integrations');
    await page.keyboard.press('Enter');
    await page.keyboard.insertText('Low adoption in Ops');
    await risks.getByRole('button', { name: /^Exposure of Low adoption in Ops/ }).click();
    // By keyboard: the little form may still be on its way to its place.
    for (const name of ['4: Likely', '5: We lose the account']) {
      await page.getByRole('radio', { name }).focus();
      await page.keyboard.press('Space');
      await page.getByRole('radio', { name, checked: true }).waitFor();
    }
    await page.keyboard.press('Escape');

    await block(page, 'Milestones').getByRole('button', { name: 'Add the first milestone' }).click();
    await page.keyboard.insertText('Integrations live');
    await block(page, 'Their business').getByRole('button', { name: 'Add a threat' }).click();
    await page.keyboard.insertText('ERP vendor bundles a module');
    await block(page, 'Goals').getByRole('button', { name: 'Still true' }).click();
    await saved(page);

    const plan = (await site.ok(site.admin, listPlans, { query: { accountId: acmeId } })).items[0]!;
    const { content } = await stored(plan.id);
    expect(content.header).toMatchObject({ renewalOn: '2026-10-15', upliftPercent: 15, outcome: 'Renew at +15 %' });
    expect(content.goals.items.map(({ text }) => text)).toEqual([
      'Reduce operating cost by 15 %',
      'Automate order processing',
      'Better SLAs',
    ]);
    expect(content.goals.items[2]).toMatchObject({ dueOn: '2026-12-31', side: 'theirs' });
    expect(content.strategy.items.map(({ text, goalId }) => [text, goalId === content.goals.items[1]!.id])).toEqual([
      ['Integration checklist', true],
      ['Adoption training in month 2', false],
    ]);
    expect(content.risks.items.map(({ text, probability, impact }) => [text, probability * impact])).toEqual([
      ['Delayed integrations', 9],
      ['Low adoption in Ops', 20],
    ]);
    expect(content.business.swot).toMatchObject([{ kind: 'threat', text: 'ERP vendor bundles a module' }]);
    await expect.poll(async () => (await stored(plan.id)).care.goals.reviewedOn, { timeout: 30_000 }).not.toBeNull();
    expect(await barriers(page)).toEqual([]);
  });

  it('gives the plan as one printed page with the goals on it', async () => {
    const page = await site.visit(`/accounts/${acmeId}?tab=plan`, { as: jordan });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download PDF (A4)' }).click(),
    ]);
    const pdf = readPdf(await readFile(await download.path()));
    expect(pdf.pages).toBe(1);
    expect(pdf.text).toContain('Reduce operating cost by 15 %');
    expect(pdf.text).toContain('Better SLAs');
  });

  it('keeps what was typed when the page is reloaded before it was saved', async () => {
    const plan = await planFor('Reload Works');
    const page = await site.visit(`/plans/${plan.id}`, { as: jordan });
    const summary = box(page, 'Summary');
    await summary.pressSequentially('Typed and not sent');
    await page.reload();
    await summary.waitFor();
    expect(await summary.inputValue()).toBe('Typed and not sent');
    await saved(page);
    expect((await stored(plan.id)).content.header.summary).toBe('Typed and not sent');
  });

  it('keeps typing while the server is away, survives a reload then, and sends all of it afterwards', async () => {
    const plan = await planFor('Offline Works');
    const page = await site.visit(`/plans/${plan.id}`, { as: jordan });
    const summary = box(page, 'Summary');
    await summary.waitFor();
    await site.silence();
    try {
      await summary.fill('Written while nobody answered');
      await page.getByText('Offline – kept in this browser').waitFor();
      await summary.press('End');
      await page.keyboard.type(', and on');
      expect(await summary.inputValue()).toBe('Written while nobody answered, and on');
      await page.reload();
    } finally {
      await site.answer();
    }
    await page.reload();
    await saved(page);
    expect(await summary.inputValue()).toBe('Written while nobody answered, and on');
    expect((await stored(plan.id)).content.header.summary).toBe('Written while nobody answered, and on');
  });

  it('keeps what two tabs wrote while the server was away, also when both are closed', async () => {
    const plan = await planFor('Two Tabs Works');
    const one = await site.visit(`/plans/${plan.id}`, { as: jordan });
    await box(one, 'Summary').waitFor();
    const other = await one.context().newPage();
    await other.goto(one.url());
    await box(other, 'Target outcome').waitFor();
    await site.silence();
    await box(one, 'Summary').fill('Written in one tab');
    await box(other, 'Target outcome').fill('Written in the other');
    await one.getByText('Offline – kept in this browser').waitFor();
    await other.getByText('Offline – kept in this browser').waitFor();
    const context = one.context();
    await one.close();
    await other.close();
    await site.answer();
    const page = await context.newPage();
    await page.goto(`${site.url}/plans/${plan.id}`);
    await expect
      .poll(async () => (await stored(plan.id)).content.header, { timeout: 30_000 })
      .toMatchObject({ summary: 'Written in one tab', outcome: 'Written in the other' });
    expect(await box(page, 'Summary').inputValue()).toBe('Written in one tab');
    // All of it has arrived, so nothing is left behind in the browser.
    await expect
      .poll(() => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes(':draft:plan:'))))
      .toEqual([]);
  });

  it('asks when two tabs wrote different words into one field, and takes nothing from a tab that is still open', async () => {
    const plan = await planFor('Same Field Works');
    const one = await site.visit(`/plans/${plan.id}`, { as: jordan });
    await box(one, 'Summary').waitFor();
    const context = one.context();
    await site.silence();
    await box(one, 'Summary').fill('From the first tab');
    await one.getByText('Offline – kept in this browser').waitFor();
    // The first tab must not get through before the second has written: only it is held back from here on.
    await one.route('**/api/**', (route) => route.abort('connectionrefused'));
    await site.answer();
    const other = await context.newPage();
    await other.goto(`${site.url}/plans/${plan.id}`);
    await box(other, 'Summary').waitFor();
    await other.route('**/api/**', (route) => route.abort('connectionrefused'));
    expect(await box(other, 'Summary').inputValue()).toBe('');
    await box(other, 'Summary').fill('From the second tab');
    await other.getByText('Offline – kept in this browser').waitFor();
    await one.close();
    const dialog = other.getByRole('dialog', { name: 'You wrote something else in another tab' });
    await dialog.waitFor();
    await dialog.getByText('From the first tab').waitFor();
    await dialog.getByText('From the second tab').waitFor();
    expect(await barriers(other)).toEqual([]);
    await dialog.getByRole('radio', { name: /From the first tab/ }).check();
    await other.unroute('**/api/**');
    await dialog.getByRole('button', { name: 'Save my choice' }).click();
    await saved(other);
    expect((await stored(plan.id)).content.header.summary).toBe('From the first tab');
  });

  it('takes a removed risk back', async () => {
    const plan = await planFor('Undo Works');
    const page = await site.visit(`/plans/${plan.id}`, { as: jordan });
    const risks = block(page, 'Risks');
    await risks.getByRole('button', { name: 'Add the first risk' }).click();
    await page.keyboard.type('Budget freeze');
    await saved(page);
    await risks.getByRole('listitem').hover();
    await risks.getByRole('button', { name: 'More for Budget freeze' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await risks.getByRole('listitem').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await box(risks, 'Risk 1').inputValue()).toBe('Budget freeze');
  });
});

describe('two people at one plan', () => {
  it('merges what they wrote in different places without a question, and keeps the focus', async () => {
    const plan = await planFor('Merge Works');
    const page = await site.visit(`/plans/${plan.id}`, { as: jordan });
    const summary = box(page, 'Summary');
    await summary.waitFor();
    await site.silence();
    await summary.fill('Mine');
    await site.answer();
    const { content, version } = await stored(plan.id);
    await site.ok(site.admin, updatePlan, {
      params: { id: plan.id },
      body: { version, content: { header: { ...content.header, outcome: 'Theirs' } } },
    });
    await page.getByText('Merged with changes by Anna Berger').waitFor();
    await saved(page);
    expect(await summary.evaluate((field) => field === document.activeElement)).toBe(true);
    expect((await stored(plan.id)).content.header).toMatchObject({ summary: 'Mine', outcome: 'Theirs' });
  });

  it('shows a colleague’s change while the page stands open', async () => {
    const plan = await planFor('Live Works');
    const hers = await site.visit(`/plans/${plan.id}`, { as: site.admin });
    const his = await site.visit(`/plans/${plan.id}`, { as: jordan });
    await box(his, 'Summary').fill('Seen by both');
    await saved(his);
    await hers.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('textarea[aria-label="Summary"]')?.value === 'Seen by both',
    );
  });

  it('asks when both changed the same field, and saves what is chosen', async () => {
    const plan = await planFor('Conflict Works');
    const page = await site.visit(`/plans/${plan.id}`, { as: jordan });
    const summary = box(page, 'Summary');
    await summary.waitFor();
    await site.silence();
    await summary.fill('My words');
    await page.getByText('Offline – kept in this browser').waitFor();
    const { content, version } = await stored(plan.id);
    await site.ok(site.admin, updatePlan, {
      params: { id: plan.id },
      body: { version, content: { header: { ...content.header, summary: 'Her words' } } },
    });
    await site.answer();
    const dialog = page.getByRole('dialog', { name: 'Anna Berger changed the same while you were editing' });
    await dialog.waitFor();
    await dialog.getByText('My words').waitFor();
    await dialog.getByText('Her words').waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save my choice' }).click();
    await saved(page);
    expect((await stored(plan.id)).content.header.summary).toBe('My words');
  });
});

describe('versions', () => {
  it('keeps a version, says in words what changed since, and is signed off by a sponsor', async () => {
    const plan = await planFor('Version Works');
    const page = await site.visit(`/plans/${plan.id}`, { as: site.admin });
    await box(page, 'Summary').waitFor();
    await page.getByRole('button', { name: 'Versions' }).click();
    const drawer = page.getByRole('dialog', { name: 'Versions' });
    await box(drawer, 'Keep the plan as it stands').fill('Before the budget round');
    await drawer.getByRole('button', { name: 'Save version' }).click();
    await drawer.getByText('Before the budget round').waitFor();
    await drawer.getByRole('button', { name: 'Sign off' }).click();
    await drawer.getByText(/^Signed off by Anna Berger/).waitFor();
    await drawer.getByRole('button', { name: 'Close' }).click();
    await box(page, 'Target outcome').fill('Three more years');
    await saved(page);
    await page.getByRole('button', { name: 'Versions' }).click();
    await drawer.getByRole('tab', { name: 'Difference' }).click();
    await drawer.getByText('Target outcome: empty → Three more years').waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});

describe('the list of plans', () => {
  it('leads from the stale ones to the plan', async () => {
    const page = await site.visit('/plans');
    await page.getByRole('radio', { name: 'To review' }).click();
    await page.getByRole('grid').getByRole('link', { name: 'Acme Corp' }).first().click();
    await page.getByRole('article', { name: 'Plan of Acme Corp' }).waitFor();
    await page.goBack();
    expect(new URL(page.url()).searchParams.get('show')).toBe('stale');
    expect(await barriers(page)).toEqual([]);
  });

  it('reads on a phone', async () => {
    const plan = (await site.ok(site.admin, listPlans, { query: { accountId: acmeId } })).items[0]!;
    const page = await site.visit(`/plans/${plan.id}`, { size: 'phone' });
    await block(page, 'Goals').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await barriers(page)).toEqual([]);
  });
});
