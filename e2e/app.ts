// The built app on a real server, database and browser, for journeys. `npm test` builds it first.
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { pino } from 'pino';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { openBuilding, root } from '../src/app/building.ts';
import { readConfig } from '../src/kernel/server/config.ts';
import { testDatabase } from '../test/postgres.ts';

const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A port that nobody listens on: the server's own address must be known before it listens, for links and cookies. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

/** Starts a server on an empty database, with jobs, and a browser. Mails land in files: see `lastMailTo`. */
export async function openApp() {
  if (!existsSync(path.join(root, 'dist/web/index.html'))) throw new Error('build the web app first: npx vite build');
  const database = await testDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'openkam-e2e-'));
  const port = await freePort();
  // By name, since browsers allow passkeys on names only.
  const url = `http://localhost:${port}`;
  const building = await openBuilding({
    config: readConfig({
      OPENKAM_DATA: dataDir,
      OPENKAM_PORT: String(port),
      OPENKAM_PUBLIC_URL: url,
      OPENKAM_LOG_LEVEL: 'error',
    }),
    databaseUrl: database.url,
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    checkAnswers: true,
  });
  const { app } = await building.http();
  await app.listen({ port, host: 'localhost' });
  await building.work();
  const executablePath = process.env.OPENKAM_CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });

  return {
    url,
    building,
    /** A fresh browser profile with one page. `problems` gathers what went wrong inside the page: it should stay empty. */
    async visit(options: BrowserContextOptions = {}) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
        baseURL: url,
        ...options,
      });
      const page = await context.newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (line) => {
        // The browser itself notes every refused request here; that is the page's everyday business.
        if (line.type() === 'error' && !line.text().startsWith('Failed to load resource')) problems.push(line.text());
      });
      return { context, page, problems };
    },
    /** The text of the newest mail to an address. */
    async lastMailTo(address: string): Promise<string> {
      const folder = path.join(dataDir, 'mail');
      for (let tries = 0; tries < 50; tries++) {
        const names = existsSync(folder) ? (await readdir(folder)).sort().reverse() : [];
        for (const name of names) {
          const text = await readFile(path.join(folder, name), 'utf8');
          if (text.includes(`To: ${address}`)) return text.replace(/=\r\n/g, '').replaceAll('=3D', '=');
        }
        await new Promise((wait) => setTimeout(wait, 100));
      }
      throw new Error(`no mail to ${address}`);
    },
    async close() {
      await browser.close();
      await building.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** What axe finds wrong on the page as it stands, one line a finding. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // React Aria's announcer holds messages for a moment and points at buttons that may be gone already.
  const { violations } = await new AxeBuilder({ page }).exclude('[data-live-announcer]').analyze();
  return violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`);
}
