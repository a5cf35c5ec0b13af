// The component gallery in a real browser: every component in every state, both themes, desktop and phone, under the server's content policy.
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { barriers, openBrowser, settled, watchRequests } from './chromium.ts';

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
const screens = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
} satisfies Record<string, BrowserContextOptions>;
type Screen = keyof typeof screens;

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
      'cache-control': 'max-age=600',
    });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  origin = `http://127.0.0.1:${address.port}`;
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

// One window for each screen: opening one costs more than most of these tests.
const windows = new Map<Screen, Page>();
let problems: string[] = [];
afterEach(() => {
  const seen = problems;
  problems = [];
  expect(seen, 'errors and refused or foreign resources').toEqual([]);
});

async function windowOf(screen: Screen): Promise<Page> {
  const known = windows.get(screen);
  if (known) return known;
  const context = await browser.newContext({
    ...screens[screen],
    reducedMotion: 'reduce',
    locale: 'en-GB',
    baseURL: origin,
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  watchRequests(page);
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
  page.on(
    'request',
    (request) =>
      !request.url().startsWith(origin) && !request.url().startsWith('blob:') && problems.push(request.url()),
  );
  windows.set(screen, page);
  return page;
}

/** Opens a section anew, with nothing kept from the test before. */
async function open(section: string, theme: string, screen: Screen = 'desktop'): Promise<Page> {
  const page = await windowOf(screen);
  if (page.url().startsWith(origin)) await page.evaluate(() => localStorage.clear());
  await page.goto(`/gallery.html?section=${section}&theme=${theme}`);
  await page.locator('main').waitFor();
  if (section !== 'auth') await page.locator(`[data-ready="${section}"] > section`).first().waitFor();
  await settled(page);
  return page;
}

const sections = ['actions', 'fields', 'showing', 'pickers', 'lists', 'grid', 'charts', 'auth'];
const looks = sections.flatMap((section) =>
  ['light', 'dark'].flatMap((theme) => [
    { section, theme, screen: 'desktop' as const },
    { section, theme, screen: 'phone' as const },
  ]),
);

describe('Every component, in both themes, on desktop and phone', () => {
  it.each(looks)(
    '$section, $theme, $screen: no barrier, no error, nothing wider than the screen',
    async ({ section, theme, screen }) => {
      const page = await open(section, theme, screen);
      expect(await barriers(page)).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
    },
    30_000,
  );
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
      const page = await open(section, 'dark');
      await page
        .getByRole('button', { name: button, exact: typeof button === 'string' })
        .first()
        .click();
      await page.getByRole(waitFor).first().waitFor();
      expect(await barriers(page)).toEqual([]);
    },
    30_000,
  );
});

describe('By keyboard alone', () => {
  it('the palette opens, finds here and on the server, goes there, and gives the focus back on Escape', async () => {
    const page = await open('actions', 'light');
    await page.keyboard.press('Control+k');
    const box = page.getByRole('combobox', { name: 'Search or type a command' });
    await box.waitFor();
    await page.keyboard.type('fie');
    await page.getByRole('option', { name: /Fields/ }).waitFor();
    await page.getByRole('option', { name: 'fie 3 Somewhere' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await box.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('fields');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Fields' }).waitFor();
  });

  it('two keys go to a page, a question mark shows all keys, and typing in a field triggers none', async () => {
    const page = await open('fields', 'light');
    await page.getByRole('textbox', { name: 'Name' }).focus();
    await page.keyboard.type('g s?');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Fields');
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.getByRole('heading', { level: 1, name: 'Showing' }).waitFor();
  });

  it('the grid has one tab stop; arrows walk, Space selects, Ctrl+End reaches row 100,000, Enter on a head sorts', async () => {
    const page = await open('grid', 'light');
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
    expect(await at()).toBe('-1:0');
    // In the small grid: to put 100,000 names in order takes this build of the browser app seconds.
    const head = page.getByRole('grid', { name: 'Trees by owner' }).getByRole('columnheader', { name: 'Name' });
    await head.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => head.getAttribute('aria-sort')).toBe('ascending');
    await page.keyboard.press('Enter');
    await expect.poll(() => head.getAttribute('aria-sort')).toBe('descending');
  });

  it('a column is taken away and comes back in the chooser', async () => {
    const page = await open('grid', 'light');
    const grid = page.getByRole('grid', { name: 'Trees', exact: true });
    await page.getByRole('button', { name: 'Choose columns' }).first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('grid', { name: 'Columns shown' }).getByRole('row', { name: 'City' }).waitFor();
    await page.getByRole('grid', { name: 'Columns shown' }).getByRole('row', { name: 'City' }).focus();
    await page.keyboard.press('Space');
    expect(await grid.getByRole('columnheader', { name: 'City', includeHidden: true }).count()).toBe(0);
    await page.keyboard.press('Space');
    expect(await grid.getByRole('columnheader', { name: 'City', includeHidden: true }).count()).toBe(1);
  });

  it('a value is edited in place: Enter saves, Escape keeps the old one, a refusal says why and keeps what was typed', async () => {
    const page = await open('fields', 'light');
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
  });

  it('a filter is added from field to value', async () => {
    const page = await open('lists', 'light');
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
  });

  it('a removal can be undone from its message', async () => {
    const page = await open('actions', 'light');
    await page.getByRole('button', { name: 'Toast with undo' }).press('Enter');
    await page.getByRole('button', { name: 'Undo', exact: true }).press('Enter');
    await page.getByText('Back again').waitFor();
  });

  it('a chart shows its numbers as a table', async () => {
    const page = await open('charts', 'light');
    const figure = page.getByRole('figure', { name: 'Renewed and lost' });
    await figure.getByRole('button', { name: 'Show as table' }).press('Enter');
    await figure.getByRole('cell', { name: '€290k' }).waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});

describe('On a phone', () => {
  it('rows become cards, and all pages are behind More', async () => {
    const page = await open('grid', 'light', 'phone');
    await page.getByRole('region', { name: 'Trees', exact: true }).getByRole('listitem').first().waitFor();
    expect(await page.getByRole('grid').count()).toBe(0);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('dialog', { name: 'Navigation' }).getByRole('link', { name: 'Charts' }).waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});
