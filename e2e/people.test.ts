// People at an account, its actions and its documents: the journeys of somebody who looks after it.

import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AccountPage, createAccount } from '../src/modules/accounts/api.ts';
import { createAction, getAction, listActions } from '../src/modules/actions/api.ts';
import { listDocuments } from '../src/modules/documents/api.ts';
import { createPerson, getPerson, listPeople, type PersonPage, putRole } from '../src/modules/stakeholders/api.ts';
import { barriers, openSite, type Site, type Somebody } from './browser.ts';

let site: Site;
let karim: Somebody;
beforeAll(async () => {
  site = await openSite();
  karim = await site.somebody('kam', 'Karim Haddad');
});
afterAll(() => site?.close());
afterEach(() => expect(site.errors()).toEqual([]));

const account = (name: string, more: Record<string, unknown> = {}): Promise<AccountPage> =>
  site.ok(site.admin, createAccount, { body: { name, ...more } });
const person = (name: string, accountId: string, role: Record<string, unknown> = {}): Promise<PersonPage> =>
  site.ok(site.admin, createPerson, { body: { name, accounts: [{ accountId, ...role }] } });
const read = (id: string): Promise<PersonPage> => site.ok(site.admin, getPerson, { params: { id } });
const choose = async (page: Page, field: string, option: string) => {
  await page
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(field) })
    .click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

describe('people at an account', () => {
  it('start from an empty state, and a person added there counts for role coverage', async () => {
    const { id } = await account('Coverage Corp');
    const page = await site.visit(`/accounts/${id}?tab=people`);
    await page.getByText('Nobody is known here yet').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add person' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add person' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Ingrid Solberg');
    await dialog.getByRole('textbox', { name: 'Title' }).fill('CFO');
    await choose(page, 'Part in the decision', 'Economic buyer');
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Add person' }).click();
    await page
      .getByText('1 of 4 must-have parts; missing: decision maker, champion, executive sponsor')
      .first()
      .waitFor();
    const { items } = await site.ok(site.admin, listPeople, { query: { accountId: [id] } });
    expect(items.map((p) => [p.name, p.accounts[0]?.title, p.accounts[0]?.part])).toEqual([
      ['Ingrid Solberg', 'CFO', 'economic_buyer'],
    ]);
  });

  it('who are known elsewhere are recognised by e-mail and taken, not doubled', async () => {
    const [first, second] = [await account('Known At'), await account('New At')];
    const known = await site.ok(site.admin, createPerson, {
      body: { name: 'Oskar Lind', email: 'oskar@lind.example', accounts: [{ accountId: first.id }] },
    });
    const page = await site.visit(`/accounts/${second.id}?tab=people`);
    await page.getByRole('button', { name: 'Add person' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add person' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('O. Lind');
    await dialog.getByRole('textbox', { name: 'E-mail' }).fill('oskar@lind.example');
    await dialog.getByText('Somebody has this e-mail already').waitFor();
    await dialog.getByRole('button', { name: 'Add them here' }).click();
    await expect
      .poll(async () => (await read(known.id)).accounts.map((r) => r.accountName).sort())
      .toEqual(['Known At', 'New At']);
  });

  it('are edited in a drawer; two people at once are both heard', async () => {
    const { id } = await account('Edited At');
    const made = await person('Paula Reis', id, { title: 'Buyer' });
    const page = await site.visit(`/accounts/${id}?tab=people&person=${made.id}`);
    const drawer = page.getByRole('dialog', { name: 'Paula Reis' });
    await drawer.getByRole('textbox', { name: 'Title' }).fill('Head of purchasing');
    await site.ok(site.admin, putRole, {
      params: { id: made.id, accountId: id },
      body: { title: 'Senior buyer' },
    });
    await drawer.getByRole('button', { name: 'Save' }).click();
    await drawer.getByText('This person was changed meanwhile').waitFor();
    await drawer.getByText('Senior buyer').first().waitFor();
    expect(await barriers(page)).toEqual([]);
    await drawer.getByRole('button', { name: 'Save mine' }).click();
    await expect.poll(async () => (await read(made.id)).accounts[0]?.title).toBe('Head of purchasing');
  });

  it('cannot report in a circle, and the form says who stands below whom', async () => {
    const { id } = await account('Circle Corp');
    const boss = await person('Bea Boss', id);
    await person('Wim Worker', id, { reportsToId: boss.id });
    const page = await site.visit(`/accounts/${id}?tab=people&person=${boss.id}`);
    const drawer = page.getByRole('dialog', { name: 'Bea Boss' });
    await drawer.getByRole('combobox', { name: 'Reports to' }).fill('Wim');
    await page.getByRole('option', { name: /Wim Worker/ }).click();
    await drawer.getByRole('button', { name: 'Save' }).click();
    await drawer.getByText('Wim Worker is below Bea Boss. Nobody can report to somebody below them.').waitFor();
    expect((await read(boss.id)).accounts[0]?.reportsToId).toBeNull();
  });

  it('are taken off an account with an undo that gives judgement and reporting lines back', async () => {
    const { id } = await account('Taken Off Corp');
    const boss = await person('Uwe Undo', id, { title: 'COO', part: 'champion', stance: 2, influence: 4 });
    const worker = await person('Wanda Below', id, { reportsToId: boss.id });
    const page = await site.visit(`/accounts/${id}?tab=people&person=${boss.id}`);
    await page.getByRole('dialog').getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Take off this account' }).click();
    await page.getByText('Uwe Undo was taken off Taken Off Corp').waitFor();
    expect((await read(boss.id)).accounts).toEqual([]);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(async () => (await read(worker.id)).accounts[0]?.reportsToName).toBe('Uwe Undo');
    const back = (await read(boss.id)).accounts[0];
    expect([back?.title, back?.part, back?.stance, back?.influence]).toEqual(['COO', 'champion', 2, 4]);
  });

  it('whose judgement is private show that, and nothing of it, to everybody else', async () => {
    const { id } = await account('Private Corp', { ownerId: karim.id });
    const made = await site.ok(karim, createPerson, {
      body: { name: 'Petra Privat', accounts: [{ accountId: id, stance: -2, privacy: 'private' }] },
    });
    const page = await site.visit(`/people/${made.id}`);
    await page.getByText('private', { exact: true }).first().waitFor();
    expect(await page.getByText('Opposed').count()).toBe(0);
    const own = await site.visit(`/people/${made.id}`, { as: karim });
    await own.getByText('Opposed').waitFor();
  });
});

describe('all people', () => {
  it('are found, filtered in the address and opened; a reload shows the same', async () => {
    const { id } = await account('Listed Corp');
    await person('Lena Listed', id, { title: 'CTO', stance: 2 });
    await person('Leo Listed', id, { title: 'CIO', stance: -1 });
    const page = await site.visit('/people');
    await page.getByRole('searchbox', { name: 'Find in this list' }).fill('Listed');
    await page.getByText('2 people').waitFor();
    await page.goto(`${site.url}/people?q=Listed&f=stance.isAnyOf.2`);
    await page.getByText('1 person').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('link', { name: /Lena Listed/ }).click();
    await page.getByRole('heading', { name: 'Lena Listed', level: 1 }).waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});

describe('actions', () => {
  it('are added in one line at an account, done with one press, and taken back', async () => {
    const { id } = await account('Busy Corp');
    const page = await site.visit(`/accounts/${id}?tab=actions`);
    await page.getByText('Nothing to do here').waitFor();
    await page.getByRole('textbox', { name: 'New action' }).fill('Send the offer');
    await page.keyboard.press('Enter');
    const box = page.getByRole('checkbox', { name: 'Done: Send the offer' });
    await box.waitFor();
    expect(await barriers(page)).toEqual([]);
    const { items } = await site.ok(site.admin, listActions, { query: { accountId: id } });
    expect(items.map((a) => [a.title, a.ownerName])).toEqual([['Send the offer', 'Anna Berger']]);
    await page.locator('label').filter({ has: box }).click();
    await page.getByText('Done', { exact: true }).first().waitFor();
    const status = async () => (await site.ok(site.admin, getAction, { params: { id: items[0]!.id } })).status;
    await expect.poll(status).toBe('done');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(status).toBe('open');
  });

  it('stand by urgency, mine apart from everybody’s', async () => {
    const { id } = await account('Urgent Corp', { ownerId: karim.id });
    const add = (title: string, dueOn: string | null, ownerId: string) =>
      site.ok(site.admin, createAction, { body: { title, dueOn, ownerId, accountId: id } });
    await add('Long overdue', '2020-01-01', karim.id);
    await add('Far away', '2099-01-01', karim.id);
    await add('Not Karim’s', null, site.admin.id);
    const page = await site.visit('/actions', { as: karim });
    await page
      .getByRole('region', { name: /^Overdue/ })
      .getByText('Long overdue')
      .waitFor();
    await page
      .getByRole('region', { name: /^Later/ })
      .getByText('Far away')
      .waitFor();
    expect(await page.getByText('Not Karim’s').count()).toBe(0);
    await page.getByText('All', { exact: true }).click();
    await page.getByText('Not Karim’s').waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});

describe('documents', () => {
  it('are dropped in, shown, given a newer version, and archived with an undo', async () => {
    const { id } = await account('Paper Corp');
    const page = await site.visit(`/accounts/${id}?tab=documents`);
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([
        { name: 'minutes.txt', mimeType: 'text/plain', buffer: Buffer.from('We agreed on the pilot.') },
        { name: 'second.txt', mimeType: 'text/plain', buffer: Buffer.from('Another one.') },
      ]);
    await page.getByText('second.txt is here').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page
      .getByRole('row', { name: /minutes/ })
      .getByText('minutes')
      .first()
      .click();
    const dialog = page.getByRole('dialog', { name: /minutes/ });
    await dialog.getByText('We agreed on the pilot.').waitFor();
    await dialog.locator('input[type=file]').setInputFiles({
      name: 'minutes-2.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('We agreed on everything.'),
    });
    await dialog.getByText('We agreed on everything.').waitFor();
    await dialog.getByText('Version 2', { exact: true }).waitFor();
    expect(await barriers(page)).toEqual([]);
    const titles = async () =>
      (await site.ok(site.admin, listDocuments, { query: { accountId: id } })).items.map((d) => d.title).sort();
    const before = await titles();
    expect(before).toHaveLength(2);
    await dialog.getByRole('button', { name: 'Archive' }).click();
    await expect.poll(async () => (await titles()).length).toBe(1);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(titles).toEqual(before);
  });

  it('show their pages, and come back byte for byte, each version of them', async () => {
    const { id } = await account('Signed Corp');
    const page = await site.visit(`/accounts/${id}`);
    await page.getByRole('link', { name: 'Documents', exact: true }).click();
    const content = (mark: string) =>
      Buffer.from(
        `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj trailer<</Root 1 0 R>>\n%${mark}\n%%EOF\n`,
      );
    const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: content(name) });
    await page.locator('input[type=file]').first().setInputFiles(pdf('contract.pdf'));
    await page.getByRole('row', { name: /contract/ }).click();
    const dialog = page.getByRole('dialog', { name: /contract/ });
    await dialog.locator('iframe').waitFor();
    await dialog.locator('input[type=file]').setInputFiles(pdf('signed.pdf'));
    await dialog.getByText('Version 2', { exact: true }).waitFor();
    const versions = dialog.getByRole('listitem').filter({ hasText: /^Version/ });
    for (const name of ['signed.pdf', 'contract.pdf']) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        versions
          .filter({ hasText: name })
          .getByRole('link', { name: /Download/ })
          .click(),
      ]);
      expect(download.suggestedFilename()).toBe(name);
      expect(await readFile(await download.path())).toEqual(content(name));
    }
  });
});
