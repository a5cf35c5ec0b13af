// The component gallery in a real browser: every component in every state, both themes, desktop and phone, under the server's content policy.
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; object-src 'none'";
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const desktop: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

let folder: string;
let server: Server;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gallery-'));
  await build({
    configFile: path.join(root, 'vite.config.ts'),
    mode: 'gallery',
    logLevel: 'silent',
    build: { outDir: folder },
  });
  server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = path.join(folder, path.normalize(name));
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': types[path.extname(file)] ?? 'application/octet-stream',
      'content-security-policy': policy,
    });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  origin = `http://127.0.0.1:${address.port}`;
  browser = await chromium.launch({ executablePath: process.env.OPENKAM_CHROMIUM ?? '/usr/bin/chromium', args: flags });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Opens a section; `problems` gathers errors and refused resources and must stay empty. */
async function open(section: string, theme: string, options: BrowserContextOptions = desktop) {
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce', locale: 'en-GB', baseURL: origin });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
  page.on(
    'request',
    (request) =>
      !request.url().startsWith(origin) && !request.url().startsWith('blob:') && problems.push(request.url()),
  );
  await page.goto(`/gallery.html?section=${section}&theme=${theme}`);
  await page.locator('main').waitFor();
  await page.waitForLoadState('networkidle');
  return { context, page, problems };
}

async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).exclude('[data-live-announcer]').analyze();
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

const sections = ['actions', 'fields', 'showing', 'pickers', 'lists', 'grid', 'charts', 'auth'];
const looks = sections.flatMap((section) =>
  ['light', 'dark'].flatMap((theme) => [
    { section, theme, screen: 'desktop', options: desktop },
    { section, theme, screen: 'phone', options: phone },
  ]),
);

describe('Every component, in both themes, on desktop and phone', () => {
  it.each(looks)(
    '$section, $theme, $screen: no barrier, no error, nothing wider than the screen',
    async ({ section, theme, options }) => {
      const { context, page, problems } = await open(section, theme, options);
      expect(await findings(page)).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
      expect(problems).toEqual([]);
      await context.close();
    },
    30_000,
  );
});

describe('A number at its end', () => {
  it('disables one stepper and leaves the field as it looks in use', async () => {
    const { context, page } = await open('fields', 'light');
    const look = (name: string) =>
      page.getByRole('textbox', { name, exact: true }).evaluate((input) => {
        const { backgroundColor, borderColor, color } = getComputedStyle(input.parentElement!);
        return { backgroundColor, borderColor, color };
      });
    const inUse = await look('Count');
    await page.getByRole('textbox', { name: 'Count', exact: true }).fill('0');
    await page.keyboard.press('Tab');
    const down = page.getByRole('button', { name: /^Decrease Count$/ });
    expect(await down.isDisabled()).toBe(true);
    await page.waitForTimeout(300);
    expect(await look('Count')).toEqual(inUse);
    expect(await look('Count, fixed')).not.toEqual(inUse);
    await context.close();
  });
});

describe('What floats has no barriers either', () => {
  const triggers = [
    { section: 'actions', button: 'Dialog', waitFor: 'dialog' },
    { section: 'actions', button: 'Drawer', waitFor: 'dialog' },
    { section: 'actions', button: 'Confirm', waitFor: 'alertdialog' },
    { section: 'actions', button: 'More', waitFor: 'menu' },
    { section: 'actions', button: 'Popover', waitFor: 'dialog' },
    { section: 'fields', button: /Fruit/, waitFor: 'listbox' },
    { section: 'pickers', button: 'Towns: choose', waitFor: 'dialog' },
    { section: 'pickers', button: /Calendar/, waitFor: 'dialog' },
    { section: 'lists', button: 'Add a filter', waitFor: 'dialog' },
    { section: 'lists', button: /^Status/, waitFor: 'dialog' },
    { section: 'grid', button: 'Choose columns', waitFor: 'dialog' },
    { section: 'charts', button: 'Download', waitFor: 'menu' },
  ] as const;
  it.each(triggers)(
    '$button in $section',
    async ({ section, button, waitFor }) => {
      const { context, page, problems } = await open(section, 'dark');
      await page
        .getByRole('button', { name: button, exact: typeof button === 'string' })
        .first()
        .click();
      await page.getByRole(waitFor).first().waitFor();
      expect(await findings(page)).toEqual([]);
      expect(problems).toEqual([]);
      await context.close();
    },
    30_000,
  );
});

describe('By keyboard alone', () => {
  it('the palette opens, finds here and on the server, goes there, and gives the focus back on Escape', async () => {
    const { context, page } = await open('actions', 'light');
    await page.keyboard.press('Control+k');
    const box = page.getByRole('combobox', { name: 'Search or type a command' });
    await box.waitFor();
    await page.keyboard.type('fie');
    await page.getByRole('option', { name: /Fields/ }).waitFor();
    await page.getByRole('option', { name: 'fie 3 Somewhere' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await box.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('fields');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Fields' }).waitFor();
    await context.close();
  });

  it('two keys go to a page, a question mark shows all keys, and typing in a field triggers none', async () => {
    const { context, page } = await open('fields', 'light');
    await page.getByRole('textbox', { name: 'Name' }).focus();
    await page.keyboard.type('g s?');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Fields');
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.getByRole('heading', { level: 1, name: 'Showing' }).waitFor();
    await context.close();
  });

  it('the grid has one tab stop; arrows walk, Space selects, Ctrl+End reaches row 100,000, Enter on a head sorts', async () => {
    const { context, page } = await open('grid', 'light');
    const grid = page.getByRole('grid', { name: 'Trees', exact: true });
    const at = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.at);
    await grid.locator('[data-at="-1:1"]').focus();
    expect(await grid.locator('[data-at][tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    expect(await at()).toBe('0:2');
    await page.keyboard.press(' ');
    await page.getByText('3 selected').waitFor();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('4 selected').waitFor();
    await page.keyboard.press('Control+End');
    expect(await at()).toBe('99999:6');
    await grid.getByText('Juniper Ginkgo 100000').waitFor();
    expect(await grid.getByRole('row').count()).toBeLessThan(60);
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    expect(await grid.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending');
    await page.keyboard.press('Enter');
    expect(await grid.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('descending');
    await context.close();
  });

  it('a column is taken away and comes back in the chooser', async () => {
    const { context, page } = await open('grid', 'light');
    const grid = page.getByRole('grid', { name: 'Trees', exact: true });
    await page.getByRole('button', { name: 'Choose columns' }).first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('grid', { name: 'Columns shown' }).getByRole('row', { name: 'City' }).waitFor();
    await page.getByRole('grid', { name: 'Columns shown' }).getByRole('row', { name: 'City' }).focus();
    await page.keyboard.press('Space');
    expect(await grid.getByRole('columnheader', { name: 'City', includeHidden: true }).count()).toBe(0);
    await page.keyboard.press('Space');
    expect(await grid.getByRole('columnheader', { name: 'City', includeHidden: true }).count()).toBe(1);
    await context.close();
  });

  it('a value is edited in place: Enter saves, Escape keeps the old one, a refusal says why and keeps what was typed', async () => {
    const { context, page } = await open('fields', 'light');
    await page.getByRole('button', { name: /^Title: *Click to edit me *\. Edit$/ }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('A new title');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Title: *A new title *\. Edit$/ }).waitFor();
    await page.getByText('Saved').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('never mind');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Title: *A new title *\. Edit$/ }).waitFor();
    await page.getByRole('button', { name: /^Refused: *Change me and see *\. Edit$/ }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Mine');
    await page.keyboard.press('Enter');
    await page.getByText('Someone else changed it.').waitFor();
    await page.getByRole('button', { name: 'Edit again' }).press('Enter');
    expect(await page.getByRole('textbox', { name: 'Refused' }).inputValue()).toBe('Mine');
    await context.close();
  });

  it('a filter is added from field to value', async () => {
    const { context, page } = await open('lists', 'light');
    await page.getByRole('button', { name: 'Add a filter' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('listbox', { name: 'Fields' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Filter by Amount' }).waitFor();
    await page.getByRole('textbox', { name: 'Value' }).waitFor();
    await page.keyboard.type('5000');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove filter: Amount is at least 5,000 EUR' }).waitFor();
    await context.close();
  });

  it('a removal can be undone from its message', async () => {
    const { context, page } = await open('actions', 'light');
    await page.getByRole('button', { name: 'Toast with undo' }).press('Enter');
    await page.getByRole('button', { name: 'Undo', exact: true }).press('Enter');
    await page.getByText('Back again').waitFor();
    await context.close();
  });

  it('a chart shows its numbers as a table', async () => {
    const { context, page } = await open('charts', 'light');
    const figure = page.getByRole('figure', { name: 'Renewed and lost' });
    await figure.getByRole('button', { name: 'Show as table' }).press('Enter');
    await figure.getByRole('cell', { name: '€290k' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await context.close();
  });
});

describe('On a phone', () => {
  it('rows become cards, and all pages are behind More', async () => {
    const { context, page } = await open('grid', 'light', phone);
    await page.getByRole('region', { name: 'Trees', exact: true }).getByRole('listitem').first().waitFor();
    expect(await page.getByRole('grid').count()).toBe(0);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('dialog', { name: 'Navigation' }).getByRole('link', { name: 'Charts' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await context.close();
  });
});
