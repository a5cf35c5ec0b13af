// What happens after a change: events to their handlers, jobs, and news to open browsers, each under the reader's own rights.
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openTestApp, type Person, type TestApp } from '../../../test/app.ts';
import { modules } from '../../app/server.ts';
import { createAccount, updateAccount } from '../../modules/accounts/api.ts';
import { createTeam } from '../../modules/people/api.ts';
import { EVERYONE } from '../contract/access.ts';
import { defineRoute } from '../contract/route.ts';
import { route, type ServerModule } from './module.ts';

const act = defineRoute({
  id: 'toys.act',
  method: 'POST',
  path: '/api/v1/toys/act',
  summary: 'A toy',
  permission: 'toys.use',
  body: z.strictObject({
    type: z.string().max(40),
    n: z.int(),
    fail: z.boolean().optional(),
    job: z.boolean().optional(),
  }),
  answer: z.object({}),
});
let handled: string[] = [];
let failures = 0;
let done: number[] = [];
/** An event that the toys do not care about. */
const BORING = 666;
const toys: ServerModule = {
  name: 'toys',
  permissions: { 'toys.use': EVERYONE },
  routes: [
    route(act, async (ctx, { body }) => {
      await ctx.emit({ type: body.type, payload: { n: body.n } });
      if (body.job) await ctx.enqueue('toys.work', { n: body.n });
      if (body.fail) throw new Error('changed my mind');
      return {};
    }),
  ],
  on: {
    'toy.told': {
      wants: (event) => event.payload.n !== BORING,
      async handle(ctx, event) {
        const n = String(event.payload.n);
        await ctx.tx
          .insertInto('team')
          .values({ workspace_id: ctx.actor.workspaceId, name: `Team ${n}` })
          .execute();
        handled.push(n);
        if (failures-- > 0) throw new Error('not yet');
      },
    },
  },
  jobs: [{ name: 'toys.work', run: async (_services, data) => void done.push(Number(data.n)) }],
};

let t: TestApp;
beforeAll(async () => {
  t = await openTestApp({ modules: [...modules, toys], worker: true });
});
afterAll(() => t.close());
beforeEach(() => {
  handled = [];
  failures = 0;
  done = [];
});

const until = async (what: () => boolean | Promise<boolean>, patience = 8_000) => {
  const end = Date.now() + patience;
  while (!(await what())) {
    if (Date.now() > end) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
const rows = <R>(sql: string, values: unknown[] = []): Promise<R[]> =>
  t.building.database.system(async (_tx, client) => (await client.query(sql, values)).rows as R[]);
const outbox = (n: number) =>
  rows<{ delivered: boolean; attempts: number; last_error: string | null }>(
    `select delivered_at is not null as delivered, attempts, last_error from kernel.outbox where type = 'toy.told' and payload ->> 'n' = $1`,
    [String(n)],
  );
const teamsOf = async (w: Person) =>
  (await rows<{ name: string }>(`select name from team where workspace_id = $1 order by name`, [w.workspaceId])).map(
    (r) => r.name,
  );

describe('an event', () => {
  it('reaches its handler after the commit, and never when the change was undone', async () => {
    const w = await t.workspace('Told');
    expect((await t.call(w, act, { body: { type: 'toy.told', n: 1, fail: true } })).status).toBe(500);
    await t.ok(w, act, { body: { type: 'toy.told', n: 2 } });
    await until(async () => (await outbox(2))[0]?.delivered === true);
    expect(handled).toEqual(['2']);
    expect(await outbox(1)).toEqual([]);
    expect(await teamsOf(w)).toEqual(['Team 2']);
  });

  it('is delivered again when its handler fails, and what the handler half-did is undone each time', async () => {
    const w = await t.workspace('Again');
    failures = 2;
    await t.ok(w, act, { body: { type: 'toy.told', n: 3 } });
    await until(async () => {
      await t.deliver();
      return (await outbox(3))[0]?.delivered === true;
    });
    expect(handled).toEqual(['3', '3', '3']);
    expect(await teamsOf(w)).toEqual(['Team 3']);
    expect(await outbox(3)).toEqual([{ delivered: true, attempts: 2, last_error: 'not yet' }]);
  });

  it('that fails eight times is parked, visibly, and does not hold up the others', async () => {
    const w = await t.workspace('Parked');
    failures = 8;
    await t.ok(w, act, { body: { type: 'toy.told', n: 4 } });
    await until(async () => {
      await t.deliver();
      return (await outbox(4))[0]?.attempts === 8;
    });
    await t.deliver();
    expect(handled).toHaveLength(8);
    expect(await outbox(4)).toEqual([{ delivered: false, attempts: 8, last_error: 'not yet' }]);
    await t.ok(w, act, { body: { type: 'toy.told', n: 5 } });
    await until(async () => (await outbox(5))[0]?.delivered === true);
    expect(await teamsOf(w)).toEqual(['Team 5']);
  });

  it('that no room wants is done without a transaction of its own', async () => {
    const w = await t.workspace('Boring');
    await t.ok(w, act, { body: { type: 'toy.told', n: BORING } });
    await until(async () => (await outbox(BORING))[0]?.delivered === true);
    expect(handled).toEqual([]);
    expect(await outbox(BORING)).toEqual([{ delivered: true, attempts: 0, last_error: null }]);
  });

  it('is handled in the order in which things happened', async () => {
    const w = await t.workspace('Order');
    for (const n of [10, 11, 12, 13, 14]) await t.ok(w, act, { body: { type: 'toy.told', n } });
    await until(async () => (await outbox(14))[0]?.delivered === true);
    expect(handled).toEqual(['10', '11', '12', '13', '14']);
  });
});

describe('a job', () => {
  it('runs once the change is there, and never when the change was undone', async () => {
    const w = await t.workspace('Jobs');
    await t.call(w, act, { body: { type: 'toy.quiet', n: 20, job: true, fail: true } });
    await t.ok(w, act, { body: { type: 'toy.quiet', n: 21, job: true } });
    await until(() => done.includes(21), 15_000);
    expect(done).toEqual([21]);
  });
});

describe('live updates', () => {
  let base: string;
  beforeAll(async () => {
    await t.app.listen({ port: 0, host: '127.0.0.1' });
    base = `http://127.0.0.1:${(t.app.server.address() as AddressInfo).port}`;
  });

  /** Listens as somebody; collects what comes. */
  async function listen(as: Person, query = '') {
    const stop = new AbortController();
    const response = await fetch(`${base}/api/v1/live${query}`, {
      headers: { authorization: `Bearer ${as.key}` },
      signal: stop.signal,
    });
    const heard: { type: string; accountId: string | null; id: string | null }[] = [];
    const reading = (async () => {
      let text = '';
      for await (const chunk of response.body!) {
        text += new TextDecoder().decode(chunk);
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
          if (data) heard.push(JSON.parse(data));
          text = text.slice(end + 2);
        }
      }
    })().catch(() => {});
    return {
      response,
      heard,
      ended: reading,
      close: async () => {
        stop.abort();
        await reading;
      },
    };
  }

  it('need a session or a key', async () => {
    expect((await fetch(`${base}/api/v1/live`)).status).toBe(401);
  });

  it('tell a page that begins to listen what happened since it began to load, and nothing older', async () => {
    const w = await t.workspace('Late');
    await t.ok(w, act, { body: { type: 'toy.early', n: 1 } });
    const first = await listen(w, '?ago=30000');
    await until(() => first.heard.some((s) => s.type === 'toy.early'));
    await first.close();
    const second = await listen(w, '?ago=1');
    await t.ok(w, act, { body: { type: 'toy.later', n: 2 } });
    await until(() => second.heard.some((s) => s.type === 'toy.later'));
    expect(second.heard.map((s) => s.type)).toEqual(['toy.later']);
    await second.close();
  });

  it('tell a member of the accounts that they see, and nobody of another workspace', async () => {
    const w = await t.workspace('Live');
    const kam = await t.member('kam', { in: w });
    const stranger = await t.workspace('Elsewhere');
    const mine = await t.ok(w, createAccount, { body: { name: 'Mine', ownerId: kam.memberId } });
    const hidden = await t.ok(w, createAccount, { body: { name: 'Hidden' } });
    const [all, some, none] = [await listen(w), await listen(kam), await listen(stranger)];
    expect(all.response.headers.get('content-type')).toBe('text/event-stream');
    await t.ok(w, updateAccount, { params: { id: hidden.id }, body: { city: 'Rome' } });
    await t.ok(w, updateAccount, { params: { id: mine.id }, body: { city: 'Oslo' } });
    await until(() => all.heard.filter((s) => s.type === 'account.updated').length === 2);
    await until(() => some.heard.some((s) => s.accountId === mine.id));
    expect(some.heard.map((s) => s.accountId)).not.toContain(hidden.id);
    expect(JSON.stringify(some.heard)).not.toContain(hidden.id);
    // Only that something changed is told, never what.
    expect(JSON.stringify(all.heard)).not.toMatch(/Rome|Oslo|Mine|Hidden/);
    expect(none.heard).toEqual([]);
    // The account goes to somebody else: from then on its former owner hears nothing of it.
    await t.ok(w, updateAccount, { params: { id: mine.id }, body: { ownerId: w.memberId } });
    await until(() => all.heard.filter((s) => s.type === 'account.updated').length === 3);
    const before = some.heard.length;
    await t.ok(w, updateAccount, { params: { id: mine.id }, body: { city: 'Bonn' } });
    await until(() => all.heard.filter((s) => s.type === 'account.updated').length === 4);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(some.heard.slice(before).filter((s) => s.accountId === mine.id)).toEqual([]);
    for (const l of [all, some, none]) await l.close();
  });

  it('go on after the database was gone for a moment', async () => {
    const w = await t.workspace('Gone');
    const live = await listen(w);
    await rows(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'openkam-listen'`,
    );
    await until(async () => {
      await t.call(w, createTeam, { body: { name: 'x' } });
      await t.call(w, createAccount, { body: { name: 'y' } });
      return live.heard.length > 0;
    });
    await live.close();
  });

  it('end when access is taken away', async () => {
    const w = await t.workspace('Ending');
    const kam = await t.member('kam', { in: w });
    const live = await listen(kam);
    await rows(`update member set deactivated_at = now() where id = $1`, [kam.memberId]);
    let ended = false;
    void live.ended.then(() => (ended = true));
    await until(() => ended);
    await live.close();
  });
});
