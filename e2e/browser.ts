// People in front of a server: browsers that somebody is signed in with, and the same people's keys to the API.
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { Role } from '../src/kernel/contract/access.ts';
import { type AnswerOf, type CallInput, pathOf, type RouteSpec } from '../src/kernel/contract/route.ts';
import { acceptInvitation, createApiKey, inviteMember, setupCreate } from '../src/modules/people/api.ts';
import { openBrowser, watchRequests } from './chromium.ts';
import { startServer } from './server.ts';

export { barriers } from './chromium.ts';

/** Somebody who can sign in at the page, and whose key speaks to the API. */
export type Somebody = { id: string; name: string; email: string; password: string; key: string };

const SIZES = {
  desktop: { width: 1440, height: 900 },
  laptop: { width: 1280, height: 720 },
  phone: { width: 390, height: 844 },
} as const;
export type VisitOptions = { size?: keyof typeof SIZES; theme?: 'light' | 'dark' };

/** A server that nobody has set up yet, and browsers in front of it. */
export type EmptySite = Awaited<ReturnType<typeof openEmptySite>>;
export type Site = Awaited<ReturnType<typeof openSite>>;

/** Windows of one person, kept for the next test: a new one costs more than most tests. */
type Seat = { context: BrowserContext; own: Set<Page>; free: Page[] };

export async function openEmptySite() {
  const server = await startServer();
  const { url } = server;
  const browser = await openBrowser();
  const contexts = new Set<BrowserContext>();
  let heard: string[] = [];

  async function newContext({ size = 'desktop', theme = 'light' }: VisitOptions): Promise<BrowserContext> {
    const options: BrowserContextOptions = {
      viewport: SIZES[size],
      colorScheme: theme,
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      baseURL: url,
      hasTouch: size === 'phone',
      isMobile: size === 'phone',
    };
    const context = await browser.newContext(options);
    context.setDefaultTimeout(60_000);
    contexts.add(context);
    context.on('close', () => contexts.delete(context));
    context.on('page', (page) => {
      watchRequests(page);
      const hear = (text: string) => page.url().startsWith(url) && heard.push(`${page.url()}: ${text}`);
      page.on('pageerror', (error) => hear(error.message));
      page.on('console', (message) => {
        // What the server refuses is the journey's business; here count the errors of the page itself.
        if (
          message.type() === 'error' &&
          !/Failed to load resource|net::ERR|dynamically imported module/.test(message.text())
        )
          hear(message.text());
      });
    });
    return context;
  }

  return {
    ...server,
    newContext,
    /** A browser that nobody has signed in with; it is closed after the test. */
    async stranger(options: VisitOptions = {}): Promise<Page> {
      const context = await newContext(options);
      onTestFinished(() => context.close());
      return context.newPage();
    },
    /** Errors that pages wrote to the console or threw since the last call. */
    errors(): string[] {
      const now = heard;
      heard = [];
      return now;
    },
    /** Stops answering, as a server that died; `answer` lets it answer again. */
    async silence(): Promise<void> {
      for (const context of contexts)
        await context.route(/^https?:\/\/[^/]+\/(api|health)\b/, (route) => route.abort('connectionrefused'));
    },
    async answer(): Promise<void> {
      for (const context of contexts) await context.unrouteAll({ behavior: 'ignoreErrors' });
    },
    async close(): Promise<void> {
      await browser.close();
      await server.close();
    },
  };
}

const PASSWORD = 'correct-horse-battery';

/** A workspace with an administrator. */
export async function openSite() {
  const site = await openEmptySite();
  const { url } = site;

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
  /** Calls the API; throws with the problem when it is refused. */
  async function ok<S extends RouteSpec>(as: Somebody, route: S, input?: CallInput<S>): Promise<AnswerOf<S>> {
    const { params, query, body } = (input ?? {}) as { params?: unknown; query?: unknown; body?: unknown };
    const { answer } = await ask(route.method, pathOf(route, params, query), body, {
      authorization: `Bearer ${as.key}`,
    });
    return answer as never;
  }
  const signedIn = new Map<string, Promise<string[]>>();
  /** The cookies of a session, `name=value` each; everybody signs in once. */
  function cookiesOf(email: string, password = PASSWORD): Promise<string[]> {
    const known = signedIn.get(email);
    if (known) return known;
    const cookies = ask('POST', '/api/auth/sign-in/email', { email, password }).then(({ response }) =>
      response.headers.getSetCookie().map((line) => line.split(';')[0]!),
    );
    signedIn.set(email, cookies);
    return cookies;
  }
  async function keyOf(email: string): Promise<string> {
    const cookie = (await cookiesOf(email)).join('; ');
    const { answer } = await ask(createApiKey.method, createApiKey.path, { name: 'journeys' }, { cookie });
    return (answer as AnswerOf<typeof createApiKey>).key;
  }

  const first = { name: 'Anna Berger', email: 'anna@northwind.example', password: PASSWORD };
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
    key: await keyOf(first.email),
  };

  const seats = new Map<string, Seat>();
  async function leave(seat: Seat, page: Page): Promise<void> {
    for (const other of seat.context.pages()) if (!seat.own.has(other)) await other.close();
    if (page.isClosed()) {
      seat.own.delete(page);
      return;
    }
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    // Away from the app first, or it would write down once more what is cleared; then nothing of this test is left.
    await page.goto('/favicon.svg');
    await page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
    seat.free.push(page);
  }

  return {
    ...site,
    admin,
    ok,
    /** A member of a role, invited and accepted. */
    async somebody(role: Role, name: string): Promise<Somebody> {
      const email = `${name.toLowerCase().replace(/\W+/g, '.')}@northwind.example`;
      const { inviteLink, member } = await ok(admin, inviteMember, { body: { name, email, role } });
      const token = new URLSearchParams(new URL(inviteLink).hash.slice(1)).get('token')!;
      await ask(acceptInvitation.method, acceptInvitation.path, { token, password: PASSWORD });
      return { id: member.id, name, email, password: PASSWORD, key: await keyOf(email) };
    },
    /** Opens a page of the app as somebody who is signed in (default: the admin), with nothing kept from other tests. */
    async visit(
      where: string,
      options: VisitOptions & { as?: Pick<Somebody, 'email' | 'password'> } = {},
    ): Promise<Page> {
      const { email, password } = options.as ?? admin;
      const key = JSON.stringify([email, options.size, options.theme]);
      let seat = seats.get(key);
      if (!seat) {
        seat = { context: await site.newContext(options), own: new Set(), free: [] };
        seats.set(key, seat);
      }
      const { context, own, free } = seat;
      await context.addCookies(
        (await cookiesOf(email, password)).map((cookie) => {
          const [name = '', value = ''] = cookie.split(/=(.*)/s);
          return { name, value, url, httpOnly: true, sameSite: 'Lax' as const };
        }),
      );
      const page = free.pop() ?? (await context.newPage());
      own.add(page);
      onTestFinished(() => leave({ context, own, free }, page));
      await page.goto(where);
      await page.getByRole('main').waitFor();
      return page;
    },
  };
}
