// The one way through, with a toy room: problems, limits, repeats, a database that goes away and comes back.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openTestApp, type Person, type TestApp } from '../../../test/app.ts';
import { onServer } from '../../../test/postgres.ts';
import { EVERYONE } from '../contract/access.ts';
import { conflict } from '../contract/problem.ts';
import { defineRoute } from '../contract/route.ts';
import { route, type ServerModule } from './module.ts';

const toyRoute = <const I extends string, const P extends string>(id: I, path: P) =>
  ({ id, path, summary: 'A toy', permission: 'toys.use' }) as const;
const answer = z.object({ count: z.number().int() });
const addTeam = defineRoute({
  ...toyRoute('toys.addTeam', '/api/v1/toys/team'),
  method: 'POST',
  body: z.strictObject({
    name: z.string().min(1).max(50),
    after: z.enum(['fail', 'lie', 'refuse', 'sleep']).optional(),
  }),
  answer,
});
const countTeams = defineRoute({ ...toyRoute('toys.teams', '/api/v1/toys/teams'), method: 'GET', answer });
const guess = defineRoute({
  id: 'toys.guess',
  method: 'POST',
  path: '/api/v1/toys/guess',
  summary: 'A toy',
  permission: 'public',
  limitPerMinute: 5,
  answer,
});
const file = defineRoute({ ...toyRoute('toys.file', '/api/v1/toys/file'), method: 'GET', answers: 'stream' });

const toys: ServerModule = {
  name: 'toys',
  permissions: { 'toys.use': EVERYONE },
  routes: [
    route(addTeam, async (ctx, { body }) => {
      await ctx.tx.insertInto('team').values({ workspace_id: ctx.actor.workspaceId, name: body.name }).execute();
      if (body.after === 'fail') throw new Error('the secret of the database is out');
      if (body.after === 'refuse') throw conflict('toy_refused', 'Not today.');
      if (body.after === 'sleep') await new Promise((resolve) => setTimeout(resolve, 400));
      if (body.after === 'lie') return { count: 'many' } as never;
      return { count: (await ctx.tx.selectFrom('team').select('id').execute()).length };
    }),
    route(countTeams, async (ctx) => ({ count: (await ctx.tx.selectFrom('team').select('id').execute()).length })),
    route(guess, async () => ({ count: 1 })),
    route(file, async () => ({
      stream: Buffer.from('<script>alert(1)</script>'),
      type: 'text/html',
      fileName: 'a"b\r\nc.html',
    })),
  ],
};

let t: TestApp;
let other: Person;
beforeAll(async () => {
  t = await openTestApp({ modules: [toys] });
  other = await t.member('kam');
});
afterAll(() => t.close());
const teams = async () => (await t.ok(t.admin, countTeams)).count;
const raw = (payload: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  t.app.inject({
    method: 'POST',
    url: addTeam.path,
    payload,
    headers: { authorization: `Bearer ${t.admin.key}`, ...headers },
  });

describe('an error', () => {
  it('is a problem document with a code, and carries the id of the request', async () => {
    const refused = await t.call(
      t.admin,
      addTeam,
      { body: { name: 'x', after: 'refuse' } },
      { 'x-request-id': 'my-request-1' },
    );
    expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(refused.headers['x-request-id']).toBe('my-request-1');
    expect(refused.problem).toEqual({
      type: 'urn:openkam:problem:toy_refused',
      title: 'Not today.',
      status: 409,
      code: 'toy_refused',
      requestId: 'my-request-1',
    });
  });

  it('that nobody expected tells no detail, and undoes what was done', async () => {
    const before = await teams();
    const broken = await t.call(t.admin, addTeam, { body: { name: 'x', after: 'fail' } });
    expect([broken.status, broken.problem.code]).toEqual([500, 'unexpected']);
    expect(broken.raw).not.toMatch(/secret|database/);
    const lied = await t.call(t.admin, addTeam, { body: { name: 'x', after: 'lie' } });
    expect([lied.status, lied.problem.code]).toEqual([500, 'bad_answer']);
    expect(await teams()).toBe(before);
  });

  it('of the request itself says what to send instead', async () => {
    const codeOf = async (r: Promise<{ statusCode: number; json(): { code: string } }>) => [
      (await r).statusCode,
      (await r).json().code,
    ];
    expect(await codeOf(raw('{"name": '))).toEqual([400, 'not_json']);
    expect(await codeOf(raw('', { 'content-type': 'application/json' }))).toEqual([400, 'not_json']);
    expect(await codeOf(raw('name=x', { 'content-type': 'text/csv' }))).toEqual([415, 'media_type']);
    expect(await codeOf(raw(JSON.stringify({ name: 'x'.repeat(3_000_000) })))).toEqual([413, 'too_large']);
    expect(await codeOf(raw(JSON.stringify({ name: 'a\u0000b' })))).toEqual([422, 'invalid']);
    expect(await codeOf(raw('[1]'))).toEqual([422, 'invalid']);
    expect(await codeOf(raw('{"__proto__": {"name": "x"}}'))).toEqual([400, 'not_json']);
    expect(await codeOf(t.app.inject({ url: '/api/v1/nothing' }))).toEqual([404, 'no_such_path']);
  });
});

describe('every answer', () => {
  it('tells the browser to trust nothing else, and to keep nothing', async () => {
    const { headers } = await t.call(t.admin, countTeams);
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*script-src 'self'.*frame-ancestors 'none'/);
    expect(headers['content-security-policy']).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('with a file names it safely and never lets it run', async () => {
    const { headers } = await t.call(t.admin, file);
    expect(headers['content-disposition']).toBe(
      `attachment; filename="a_b__c.html"; filename*=UTF-8''a%22b%0D%0Ac.html`,
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('limits', () => {
  it('stop whoever guesses, by address, and say when to come back', async () => {
    const from = (remoteAddress: string) => t.app.inject({ method: 'POST', url: guess.path, remoteAddress });
    for (let i = 0; i < 5; i++) expect((await from('10.0.0.1')).statusCode).toBe(200);
    const sixth = await from('10.0.0.1');
    expect([sixth.statusCode, sixth.json().code]).toEqual([429, 'too_many_requests']);
    expect(Number(sixth.headers['retry-after'])).toBeGreaterThan(0);
    expect((await from('10.0.0.2')).statusCode).toBe(200);
  });

  it('stop a key that asks too often, and not the others', async () => {
    const strict = await openTestApp({ modules: [toys], rateLimitPerMinute: 10 });
    try {
      const second = await strict.member('kam');
      const statuses: number[] = [];
      for (let i = 0; i < 12; i++) statuses.push((await strict.call(strict.admin, countTeams)).status);
      expect(statuses.map((s) => s === 429)).toEqual([...Array(10).fill(false), true, true]);
      expect((await strict.call(second, countTeams)).status).toBe(200);
    } finally {
      await strict.close();
    }
  });
});

describe('a repeated POST', () => {
  const key = (k: string) => ({ 'idempotency-key': k });

  it('is done once, also when both come at the same time, and answers the same', async () => {
    const before = await teams();
    const both = await Promise.all(
      [1, 2, 3].map(() => t.call(t.admin, addTeam, { body: { name: 'Once', after: 'sleep' } }, key('race'))),
    );
    expect(both.map((b) => b.status)).toEqual([200, 200, 200]);
    expect(new Set(both.map((b) => b.raw)).size).toBe(1);
    expect(await teams()).toBe(before + 1);
  });

  it('with another body under the same key is refused', async () => {
    await t.ok(t.admin, addTeam, { body: { name: 'First' } }, key('reused'));
    const second = await t.call(t.admin, addTeam, { body: { name: 'Second' } }, key('reused'));
    expect([second.status, second.problem.code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('may be tried again after it failed', async () => {
    expect((await t.call(t.admin, addTeam, { body: { name: 'x', after: 'refuse' } }, key('again'))).status).toBe(409);
    expect((await t.call(t.admin, addTeam, { body: { name: 'x' } }, key('again'))).status).toBe(200);
  });

  it('of another member under the same key is another request', async () => {
    const before = await teams();
    await t.ok(t.admin, addTeam, { body: { name: 'Mine' } }, key('shared'));
    await t.ok(other, addTeam, { body: { name: 'Mine' } }, key('shared'));
    expect(await teams()).toBe(before + 2);
  });

  it('with a key that is no key is refused', async () => {
    const bad = await t.call(t.admin, addTeam, { body: { name: 'x' } }, key('x'.repeat(201)));
    expect(bad.problem.fields?.[0]?.field).toBe('Idempotency-Key');
  });
});

describe('a database that goes away', () => {
  const name = () => new URL(t.url).pathname.slice(1);
  const endAll = `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`;
  const settle = async (work: () => Promise<boolean>) => {
    for (let i = 0; i < 100; i++) {
      if (await work()) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('it did not settle within five seconds');
  };

  it('fails the requests at work clearly, half-does none of them, and the next ones work', async () => {
    const before = await teams();
    const atWork = Array.from({ length: 5 }, (_, i) =>
      t.call(t.admin, addTeam, { body: { name: `Lost ${i}`, after: 'sleep' } }),
    );
    await new Promise((resolve) => setTimeout(resolve, 150));
    await onServer(t.url, (client) => client.query(endAll, [name()]));
    for (const lost of await Promise.all(atWork)) {
      expect([lost.status, lost.problem.code]).toEqual([503, 'database_away']);
      expect(lost.headers['retry-after']).toBe('2');
    }
    await settle(async () => (await t.call(t.admin, countTeams)).status === 200);
    expect(await teams()).toBe(before);
    await t.ok(t.admin, addTeam, { body: { name: 'After' } });
    expect(await teams()).toBe(before + 1);
  });

  it('is told by /ready and by every route while it is away; /health stays well; all is back with it', async () => {
    const elsewhere = new URL(t.url);
    elsewhere.pathname = '/postgres';
    const admin = new pg.Client({ connectionString: elsewhere.href });
    await admin.connect();
    try {
      await admin.query(`alter database ${name()} allow_connections false`);
      await admin.query(endAll, [name()]);
      await settle(async () => (await t.app.inject({ url: '/ready' })).statusCode === 503);
      const away = await t.call(t.admin, countTeams);
      expect([away.status, away.problem.code]).toEqual([503, 'database_away']);
      expect((await t.app.inject({ url: '/health' })).statusCode).toBe(200);
    } finally {
      await admin.query(`alter database ${name()} allow_connections true`);
      await admin.end();
    }
    await settle(async () => (await t.app.inject({ url: '/ready' })).statusCode === 200);
    expect((await t.call(t.admin, countTeams)).status).toBe(200);
  });
});
