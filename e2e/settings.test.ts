// Settings, as an admin and a colleague use them: people and rights, keys, fields, rates, the log, one's own profile.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../src/app/building.ts';
import { barriers, openSite, type Site } from './browser.ts';

const ECB = path.resolve(root, '../shared/data/fx-ecb/eurofxref-hist.csv');
const INGRID = { email: 'ingrid@example.com', password: 'correct horse battery' };
let site: Site;

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());
afterEach(() => expect(site.errors()).toEqual([]));

/** Calls the API as the one who is signed in, beside the page. */
const api = (page: Page, method: string, url: string, body?: unknown) =>
  page.evaluate(
    async ([m, u, b]) => {
      const answer = await fetch(u!, {
        method: m!,
        ...(b ? { headers: { 'content-type': 'application/json' }, body: b } : {}),
      });
      return answer.json() as Promise<Record<string, unknown>>;
    },
    [method, url, body === undefined ? '' : JSON.stringify(body)],
  );
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const dialog = (page: Page) => page.getByRole('dialog').last();
async function choose(page: Page, label: string, option: string | RegExp) {
  await page
    .getByRole('button', { name: new RegExp(`${label}$`) })
    .last()
    .click();
  await page.getByRole('option', { name: option }).click();
}

describe('members and roles', () => {
  let link = '';

  it('invite a colleague, and hand over the link where mail is not set up', async () => {
    const page = await site.visit('/settings/members');
    await seen(page, 'You are alone here so far');
    expect(await barriers(page)).toEqual([]);
    await button(page, 'Invite').click();
    await page.getByLabel('Name').fill('Ingrid Solberg');
    await page.getByLabel('E-mail').fill('not an address');
    await dialog(page).getByRole('button', { name: 'Invite', exact: true }).click();
    await seen(page, 'Give an e-mail address');
    await page.getByLabel('E-mail').fill('ingrid@example.com');
    expect(await barriers(page)).toEqual([]);
    await dialog(page).getByRole('button', { name: 'Invite', exact: true }).click();
    await seen(page, 'Send Ingrid Solberg this link');
    link = await dialog(page).locator('code').innerText();
    expect(link).toContain('/invitation#token=');
    expect(await barriers(page)).toEqual([]);
    await button(page, 'Done').click();
    await page
      .getByRole('row', { name: /Ingrid Solberg/ })
      .getByText('Invited')
      .waitFor();
  });

  it('the colleague accepts, reads the settings that are theirs, and changes nothing of the others', async () => {
    const page = await site.stranger();
    await page.goto(link);
    await page.getByRole('textbox', { name: 'Password', exact: true }).fill(INGRID.password);
    await page.keyboard.press('Enter');
    await page.waitForURL((to) => to.pathname === '/');
    await page.goto('/settings/members');
    await page.getByRole('row', { name: /Anna Berger/ }).waitFor();
    expect(await button(page, 'Invite').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
    await page.goto('/settings/workspace');
    await seen(page, 'An admin changes these.');
    expect(await barriers(page)).toEqual([]);
  });

  it('change role and visibility; a change by somebody else in between is shown, and the choice is the reader’s', async () => {
    const page = await site.visit('/settings/members');
    await page.getByText('Ingrid Solberg').click();
    await dialog(page)
      .getByRole('radio', { name: /All accounts/ })
      .click({ force: true });
    expect(await barriers(page)).toEqual([]);
    const id = new URL(page.url()).searchParams.get('member')!;
    await api(page, 'PATCH', `/api/v1/members/${id}`, {
      version: (await api(page, 'GET', `/api/v1/members/${id}`)).version,
      level: 'own',
    });
    await button(page, 'Save').click();
    await seen(page, 'This member was changed meanwhile');
    expect(await barriers(page)).toEqual([]);
    await button(page, 'Save mine').click();
    await seen(page, 'Ingrid Solberg saved');
    expect((await api(page, 'GET', `/api/v1/members/${id}`)).level).toBe('all');
  });

  it('take access away with its consequences said, and give it back by Undo', async () => {
    const page = await site.visit('/settings/members');
    await page.getByText('Ingrid Solberg').click();
    await button(page, 'More').click();
    await page.getByRole('menuitem', { name: 'Deactivate' }).click();
    await seen(page, 'Deactivate Ingrid Solberg?');
    await seen(page, /signed out everywhere, at once/);
    expect(await barriers(page)).toEqual([]);
    await button(page, 'Deactivate').click();
    await seen(page, 'Ingrid Solberg is deactivated');
    await button(page, 'Undo').click();
    await page
      .getByRole('row', { name: /Ingrid Solberg/ })
      .getByText('Active')
      .waitFor();
  });

  it('the last admin cannot leave, and is told why', async () => {
    const page = await site.visit('/settings/members');
    await page
      .getByRole('row', { name: /Anna Berger/ })
      .getByText('Anna Berger')
      .click();
    await choose(page, 'Role', /^Viewer/);
    await button(page, 'Save').click();
    await seen(page, 'A workspace keeps at least one active admin. Make somebody else an admin first.');
    await button(page, 'Discard').click();
  });

  it('teams form a tree that is built by keyboard, and a removed one comes back by Undo', async () => {
    const page = await site.visit('/settings/members?tab=teams');
    await button(page, 'Add a team').click();
    await page.getByLabel('Name').fill('Europe');
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: 'Europe' }).waitFor();
    await page.getByRole('row', { name: 'Europe' }).click();
    await button(page, 'Add a team below').click();
    await page.getByLabel('Name').fill('Nordics');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Nordics' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    const teams = async () =>
      ((await api(page, 'GET', '/api/v1/teams')).items as { name: string; parentId: string | null }[])
        .map((t) => `${t.name}${t.parentId ? ' below' : ''}`)
        .sort();
    expect(await teams()).toEqual(['Europe', 'Nordics below']);
    await choose(page, 'Part of', 'No other team');
    await seen(page, 'Nordics stands on its own now');
    expect(await teams()).toEqual(['Europe', 'Nordics']);
    await button(page, 'Remove team').click();
    await seen(page, 'Nordics removed');
    expect(await teams()).toEqual(['Europe']);
    await button(page, 'Undo').last().click();
    await page.getByRole('row', { name: 'Nordics' }).waitFor();
  });

  it('what roles may do is a table of what the server checks', async () => {
    const page = await site.visit('/settings/members?tab=roles');
    const row = page.getByRole('row').filter({ hasText: 'Merge a duplicate into this account' });
    await row.waitFor();
    expect(await row.getByRole('img', { name: 'Yes' }).count()).toBe(2);
    expect(await row.getByRole('img', { name: 'No' }).count()).toBe(5);
    expect(await barriers(page)).toEqual([]);
  });
});

describe('the workspace', () => {
  it('keeps what was typed over a reload, says at its field what is wrong, saves, and takes it back', async () => {
    const page = await site.visit('/settings/workspace');
    await page.getByLabel('Name').fill('Northwind Group');
    const zone = page.getByRole('combobox', { name: 'Time zone' });
    await zone.fill('oslo');
    await page.getByRole('option', { name: /Europe\/Oslo/ }).click();
    await page.reload();
    await seen(page, 'Not saved: name, time zone');
    await page.getByRole('textbox', { name: 'Tier 2' }).fill('KEY');
    expect(await barriers(page)).toEqual([]);
    await button(page, 'Save').click();
    await seen(page, 'Use each word once');
    await page.getByRole('textbox', { name: 'Tier 2' }).fill('growth');
    await button(page, 'Save').click();
    await seen(page, 'Workspace saved');
    expect(await api(page, 'GET', '/api/v1/workspace')).toMatchObject({ name: 'Northwind Group', zone: 'Europe/Oslo' });
    await button(page, 'Undo').click();
    await page.waitForFunction(
      async () => ((await (await fetch('/api/v1/workspace')).json()) as { name: string }).name === 'Northwind',
    );
  });

  it('shows both values when somebody else saved meanwhile', async () => {
    const page = await site.visit('/settings/workspace');
    await page.getByLabel('Name').fill('Mine');
    await api(page, 'PATCH', '/api/v1/workspace', { name: 'Theirs' });
    await button(page, 'Save').click();
    await seen(page, 'The workspace was changed meanwhile');
    await page.getByRole('cell', { name: 'Theirs', exact: true }).waitFor();
    await button(page, 'Take theirs').click();
    await page.waitForFunction(() => (document.querySelector('form input') as HTMLInputElement).value === 'Theirs');
  });
});

describe('custom fields', () => {
  it('are added with type and choices, put in order by keyboard, put away and brought back', async () => {
    const page = await site.visit('/settings/fields');
    await seen(page, 'No custom fields for accounts yet');
    expect(await barriers(page)).toEqual([]);
    const add = async (label: string, type?: string) => {
      await button(page, 'Add a field').first().click();
      await page.getByLabel('Label').fill(label);
      if (type) await choose(page, 'Type', new RegExp(`^${type}`));
    };
    await add('Number of sites', 'Number');
    await button(page, 'Add field').click();
    await page.getByRole('row', { name: 'Number of sites' }).waitFor();
    await add('ERP in use', 'Choice');
    await page.getByLabel('Choices').fill('SAP\nOracle');
    expect(await barriers(page)).toEqual([]);
    await button(page, 'Add field').click();
    await page.getByRole('row', { name: 'ERP in use' }).waitFor();
    await add('number OF sites');
    await button(page, 'Add field').click();
    await seen(page, 'Another field has this label');
    await button(page, 'Cancel').click();

    const order = async () =>
      ((await api(page, 'GET', '/api/v1/custom-fields?entity=accounts')).items as { label: string }[]).map(
        (f) => f.label,
      );
    await page.getByRole('row', { name: 'Number of sites' }).focus();
    for (const key of ['ArrowDown', 'Tab', 'Enter', 'ArrowUp', 'ArrowUp', 'Enter']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(100);
    }
    await expect.poll(order).toEqual(['ERP in use', 'Number of sites']);
    expect(await barriers(page)).toEqual([]);

    await button(page, 'More for ERP in use').click();
    await page.getByRole('menuitem', { name: 'Put away' }).click();
    await seen(page, 'ERP in use is put away');
    await button(page, 'Bring ERP in use back').click();
    await page.getByRole('row', { name: 'ERP in use' }).waitFor();
  });
});

describe('criteria', () => {
  it('are chosen under Settings, as the same model that the selection ranks by', async () => {
    const page = await site.visit('/settings');
    await page.getByRole('link', { name: 'Criteria', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Criteria' }).waitFor();
    await seen(page, /^Active criteria/);
    expect(await barriers(page)).toEqual([]);
    await button(page, 'Use this model').click();
    await page.getByRole('textbox', { name: 'Note' }).fill('Agreed in the spring meeting');
    await button(page, 'Save version 1').click();
    await seen(page, 'Version 1 is in use');
    expect(await api(page, 'GET', '/api/v1/selection/model')).toMatchObject({
      number: 1,
      note: 'Agreed in the spring meeting',
    });
    await page.goto('/selection?tab=model');
    await seen(page, /Agreed in the spring meeting/);
  });
});

describe('API keys', () => {
  it('are shown once, listed, and withdrawn after a question', async () => {
    const page = await site.visit('/settings/api-keys');
    // A name of its own, so that another try does not meet the first one's key.
    const name = `Revenue spreadsheet ${Date.now()}`;
    await button(page, 'New key').first().click();
    await page.getByLabel('Name').fill(name);
    expect(await barriers(page)).toEqual([]);
    await button(page, 'Make the key').click();
    const key = await dialog(page).locator('code').first().innerText();
    const asKey = () =>
      fetch(`${site.url}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } }).then((r) => r.status);
    expect(await asKey()).toBe(200);
    expect(await barriers(page)).toEqual([]);
    await button(page, 'I have copied it').click();
    await page.getByRole('row', { name: new RegExp(name) }).waitFor();
    expect(await page.content()).not.toContain(key);
    expect(await barriers(page)).toEqual([]);
    await button(page, `Withdraw ${name}`).click();
    const question = page.locator('[role=alertdialog], [role=dialog]');
    await question.getByRole('button', { name: /^Withdraw/ }).click();
    await seen(page, `${name} is withdrawn`);
    expect(await asKey()).toBe(401);
  });
});

describe('exchange rates', () => {
  it('one is entered by hand, converted with, and removed again', async () => {
    const page = await site.visit('/settings/rates');
    await seen(page, 'No rates yet');
    await button(page, 'Add a rate').click();
    await page.getByRole('combobox', { name: 'Buys so many' }).fill('ISK');
    await page.getByRole('option', { name: /^ISK/ }).click();
    await page.getByRole('textbox', { name: 'Rate' }).fill('none');
    await dialog(page).getByRole('button', { name: 'Add rate', exact: true }).click();
    await seen(page, 'Use a positive number with up to ten decimals');
    await page.getByRole('textbox', { name: 'Rate' }).fill('143.5');
    expect(await barriers(page)).toEqual([]);
    await dialog(page).getByRole('button', { name: 'Add rate', exact: true }).click();
    await page.getByRole('row', { name: /ISK/ }).waitFor();
    await seen(page, /1 ISK = 0.00696864 EUR/);
    await page.getByRole('row', { name: /ISK/ }).click();
    await seen(page, 'What one EUR buys');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: /^Remove the rate of/ }).click();
    await seen(page, 'No rates yet');
    await button(page, 'Undo').click();
    await page.getByRole('row', { name: /ISK/ }).waitFor();
  });

  it.skipIf(!existsSync(ECB))(
    'the whole file of the central bank is read, and read again changes nothing',
    async () => {
      const page = await site.visit('/settings/rates');
      const send = async () => {
        await button(page, 'Upload rates').first().click();
        await page.locator('input[type=file]').setInputFiles(ECB);
        await dialog(page).getByText('Same as before').waitFor({ timeout: 60_000 });
      };
      await send();
      await seen(page, 'The rates are in');
      expect(await barriers(page)).toEqual([]);
      await button(page, 'Done').click();
      await send();
      await seen(page, 'Nothing to change: all of it was here already');
      await button(page, 'Done').click();
      await page.getByRole('row', { name: /CHF/ }).click();
      await dialog(page).locator('canvas, svg').first().waitFor();
      await dialog(page).getByRole('radio', { name: 'All' }).click();
      await dialog(page).getByRole('button', { name: /table/i }).first().click();
      await dialog(page).getByRole('cell', { name: /1999/ }).first().waitFor();
      expect(await barriers(page)).toEqual([]);
    },
  );
});

describe('the audit log', () => {
  it('says who changed what, before and after, and is narrowed by kind and to one thing', async () => {
    const page = await site.visit('/settings/audit');
    await page
      .getByRole('row', { name: /Ingrid Solberg/ })
      .first()
      .waitFor();
    expect(await barriers(page)).toEqual([]);
    await choose(page, 'Kind', 'Custom field');
    await page.waitForURL(/kind=Custom\+field/);
    await page
      .getByRole('row', { name: /Changed.*ERP in use/ })
      .first()
      .click();
    await page.getByRole('columnheader', { name: 'Before' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await button(page, 'Only this custom field').click();
    await page.waitForURL(/row=/);
    await expect.poll(() => page.getByRole('row', { name: /Number of sites/ }).count()).toBe(0);
  });
});

describe('one’s own profile', () => {
  it('has a name, a title and a look, which last', async () => {
    const page = await site.visit('/settings/profile', { as: INGRID });
    await page.getByLabel('Title').fill('Key account manager, Nordics');
    await button(page, 'Save').click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await api(page, 'GET', '/api/v1/me')).toMatchObject({ member: { title: 'Key account manager, Nordics' } });
    await page.getByRole('radio', { name: 'Dark' }).click();
    await page.getByRole('radio', { name: 'Compact' }).click();
    await page.reload();
    await page.getByRole('heading', { name: 'Profile' }).waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await page.locator('html').getAttribute('data-density')).toBe('compact');
    expect(await barriers(page)).toEqual([]);
  });
});

describe('import and export', () => {
  it('brings the sample portfolio in and takes it away in one step', async () => {
    const page = await site.visit('/settings/data');
    await button(page, 'Bring in the sample').click();
    await seen(page, /^It is here: \d+ accounts/);
    expect(await barriers(page)).toEqual([]);
    await button(page, 'Remove the sample').click();
    await seen(page, /Your own accounts stay/);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove the sample' }).click();
    await seen(page, 'It is not here. Your own data stays untouched beside it.');
    expect((await api(page, 'GET', '/api/v1/accounts')).items).toEqual([]);
  });
});

describe('everything in one file', () => {
  it('is downloaded by an admin, and the log says so', async () => {
    const page = await site.visit('/settings/data');
    await seen(page, 'Take everything along');
    const download = page.waitForEvent('download');
    await button(page, 'Download everything').click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^.+ \d{4}-\d\d-\d\d\.zip$/);
    expect((await readFile(await file.path())).subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
    await seen(page, /^Last taken .* by Anna Berger/);
    expect(await barriers(page)).toEqual([]);
    await page.goto('/settings/audit');
    await page
      .getByRole('row', { name: /Export of everything/ })
      .first()
      .waitFor();
  });
});

describe('on a phone', () => {
  it('every page fits, is reached from the list, and has no accessibility problem', async () => {
    const page = await site.visit('/settings', { size: 'phone' });
    await page.getByRole('link', { name: 'Audit log' }).waitFor();
    const pages = await page.getByRole('navigation', { name: 'Settings' }).getByRole('link').allInnerTexts();
    expect(pages).toEqual(expect.arrayContaining(['Workspace', 'Members and roles', 'Audit log', 'API keys']));
    for (const name of pages) {
      await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name, exact: true }).click();
      const back = page.getByRole('main').getByRole('link', { name: 'Settings' });
      await back.waitFor();
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect([name, await barriers(page)]).toEqual([name, []]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect([name, overflow]).toEqual([name, 0]);
      await back.click();
    }
  });
});
