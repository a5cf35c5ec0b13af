// A whole server on a database of its own, and a browser in front of it: what every journey starts from.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { pino } from 'pino';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { openBuilding } from '../src/app/building.ts';
import type { Role } from '../src/kernel/contract/access.ts';
import { type AnswerOf, type CallInput, pathOf, type RouteSpec } from '../src/kernel/contract/route.ts';
import { readConfig } from '../src/kernel/server/config.ts';
import { acceptInvitation, createApiKey, inviteMember, setupCreate } from '../src/modules/people/api.ts';
import { testDatabase } from '../test/postgres.ts';

/** Somebody who can sign in at the page, and whose key speaks to the API. */
export type Somebody = { id: string; name: string; email: string; password: string; key: string };

const SIZES = {
  desktop: { width: 1440, height: 900 },
  laptop: { width: 1280, height: 720 },
  phone: { width: 390, height: 844 },
} as const;
export type VisitOptions = { as?: Somebody; size?: keyof typeof SIZES; theme?: 'light' | 'dark' };

export type Site = {
  url: string;
  admin: Somebody;
  /** A member of a role, invited and accepted. */
  somebody(role: Role, name: string): Promise<Somebody>;
  /** Calls the API; throws with the problem when it is refused. */
  ok<S extends RouteSpec>(as: Somebody, route: S, input?: CallInput<S>): Promise<AnswerOf<S>>;
  /** Opens a page of the app as somebody (default: the admin), signed in through the sign-in page. */
  visit(path: string, options?: VisitOptions): Promise<Page>;
  /** A browser that nobody has signed in with. */
  stranger(options?: VisitOptions): Promise<Page>;
  /** Errors that pages wrote to the console or threw since the last call. */
  errors(): string[];
  /** Stops answering, as a server that died; `answer` lets it answer again. */
  silence(): void;
  answer(): void;
  close(): Promise<void>;
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function openSite(): Promise<Site> {
  const db = await testDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'openkam-e2e-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const building = await openBuilding({
    config: readConfig({
      OPENKAM_DATA: dataDir,
      OPENKAM_PORT: String(port),
      OPENKAM_PUBLIC_URL: url,
      OPENKAM_LOG_LEVEL: 'error',
    }),
    databaseUrl: db.url,
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    checkAnswers: true,
    rateLimitPerMinute: 1_000_000,
  });
  const { app } = await building.http();
  await app.listen({ host: '127.0.0.1', port });
  await building.work();
  const browser: Browser = await chromium.launch({
    executablePath: process.env.OPENKAM_CHROMIUM ?? '/usr/bin/chromium',
    args: flags,
  });

  async function ask(method: string, where: string, body: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(url + where, {
      method,
      headers: {
        origin: url,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${where} answered ${response.status}: ${text}`);
    return { response, answer: text ? (JSON.parse(text) as unknown) : undefined };
  }
  const ok: Site['ok'] = async (as, route, input) => {
    const { params, query, body } = (input ?? {}) as { params?: unknown; query?: unknown; body?: unknown };
    const { answer } = await ask(route.method, pathOf(route, params, query), body, {
      authorization: `Bearer ${as.key}`,
    });
    return answer as never;
  };
  /** The key of somebody who has a password. */
  async function keyOf(email: string, password: string): Promise<string> {
    const { response } = await ask('POST', '/api/auth/sign-in/email', { email, password });
    const cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const { answer } = await ask(createApiKey.method, createApiKey.path, { name: 'journeys' }, { cookie });
    return (answer as AnswerOf<typeof createApiKey>).key;
  }

  const password = 'correct-horse-battery';
  const first = { name: 'Anna Berger', email: 'anna@northwind.example', password };
  const { answer: made } = await ask(setupCreate.method, setupCreate.path, {
    workspaceName: 'Northwind',
    currency: 'EUR',
    locale: 'en-GB',
    zone: 'Europe/Berlin',
    ...first,
  });
  const admin: Somebody = {
    ...first,
    id: (made as AnswerOf<typeof setupCreate>).memberId,
    key: await keyOf(first.email, password),
  };

  let heard: string[] = [];
  let isSilent = false;
  const states = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>();
  const contexts: BrowserContext[] = [];

  async function open({ size = 'desktop', theme = 'light' }: VisitOptions, state?: string): Promise<Page> {
    const known = state ? states.get(state) : undefined;
    const context = await browser.newContext({
      viewport: SIZES[size],
      colorScheme: theme,
      reducedMotion: 'reduce',
      hasTouch: size === 'phone',
      isMobile: size === 'phone',
      ...(known ? { storageState: known } : {}),
    });
    contexts.push(context);
    await context.route(/\/(api|health)/, (route) => (isSilent ? route.abort('connectionrefused') : route.fallback()));
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => heard.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      // What the server refuses is the journey's business; here count the errors of the page itself.
      if (message.type() === 'error' && !/Failed to load resource|net::ERR/.test(message.text()))
        heard.push(`${page.url()}: ${message.text()}`);
    });
    return page;
  }

  return {
    url,
    admin,
    ok,
    async somebody(role, name) {
      const email = `${name.toLowerCase().replace(/\W+/g, '.')}@northwind.example`;
      const { inviteLink, member } = await ok(admin, inviteMember, { body: { name, email, role } });
      const token = new URLSearchParams(new URL(inviteLink).hash.slice(1)).get('token')!;
      await ask(acceptInvitation.method, acceptInvitation.path, { token, password });
      return { id: member.id, name, email, password, key: await keyOf(email, password) };
    },
    async visit(where, options = {}) {
      const as = options.as ?? admin;
      const page = await open(options, as.email);
      await page.goto(url + where);
      if (!states.has(as.email)) {
        await signIn(page, as);
        states.set(as.email, await page.context().storageState());
        if (!page.url().endsWith(where)) await page.goto(url + where);
      }
      await page.getByRole('main').waitFor();
      return page;
    },
    stranger: (options = {}) => open(options),
    errors() {
      const now = heard;
      heard = [];
      return now;
    },
    silence: () => {
      isSilent = true;
    },
    answer: () => {
      isSilent = false;
    },
    async close() {
      await browser.close();
      await building.close();
      await db.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Types e-mail and password into the sign-in page and waits until it leads on. */
export async function signIn(page: Page, who: Somebody): Promise<void> {
  await page.getByRole('textbox', { name: /e-?mail/i }).fill(who.email);
  await page.locator('input[autocomplete="current-password"]').fill(who.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((now) => !now.pathname.startsWith('/sign-in'));
}

/** What axe finds on the page as it is shown, in lines that name the place. */
export async function barriers(page: Page): Promise<string[]> {
  // The library's live region repeats for seconds what was announced, also when the button that said it has gone.
  const { violations } = await new AxeBuilder({ page }).exclude('[data-live-announcer]').analyze();
  return violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(' ')} (${v.help})`));
}
