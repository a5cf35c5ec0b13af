// The actions room through HTTP on a real PostgreSQL.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { createAccount, listAccounts, mergeAccounts } from '../../accounts/api.ts';
import { listNotifications } from '../../people/api.ts';
import * as api from '../api.ts';

let t: TestApp;
let head: Person;
let kam: Person;
let partner: Person;
let account: string;
beforeAll(async () => {
  t = await openTestApp();
  head = await t.member('head', { name: 'Hedda Head' });
  kam = await t.member('kam', { name: 'Karim Kam' });
  partner = await t.member('partner', { name: 'Paula Partner' });
  account = (await t.ok(head, createAccount, { body: { name: 'Acme', ownerId: kam.memberId } })).id;
});
afterAll(() => t.close());
afterEach(() => t.setTime(null));

type NewAction = CallInput<typeof api.createAction>['body'];
const add = (as: Person, title: string, more: Omit<NewAction, 'title'> = {}) =>
  t.ok(as, api.createAction, { body: { title, ...more } });
const titles = async (as: Person, query: object = {}) =>
  (await t.ok(as, api.listActions, { query: query as never })).items.map((a) => a.title);
const news = async (as: Person) => (await t.ok(as, listNotifications)).items;

describe('adding an action', () => {
  it('keeps what was entered; without an owner it is mine', async () => {
    const made = await add(kam, 'Integration checklist', { accountId: account, dueOn: '2026-12-01', priority: 'high' });
    expect(await t.ok(kam, api.getAction, { params: { id: made.id } })).toMatchObject({
      title: 'Integration checklist',
      ownerName: 'Karim Kam',
      accountName: 'Acme',
      dueOn: '2026-12-01',
      status: 'open',
      doneAt: null,
      priority: 'high',
      createdByName: 'Karim Kam',
      version: 1,
      can: { update: true },
    });
  });

  it('names every wrong reference at once', async () => {
    const hidden = (await t.ok(head, createAccount, { body: { name: 'Globex' } })).id;
    const wrong = { ownerId: crypto.randomUUID(), accountId: hidden };
    const answer = await t.call(kam, api.createAction, { body: { title: 'x', ...wrong } });
    expect([answer.status, answer.problem.fields?.map((f) => f.field)]).toEqual([422, ['ownerId', 'accountId']]);
    const half = await t.call(kam, api.createAction, { body: { title: 'x', linkKind: 'plan' } });
    expect(half.problem.fields?.[0]?.field).toBe('linkId');
  });

  it('tells the member it is given to, once, and nobody when one gives it to oneself', async () => {
    const before = (await news(partner)).length;
    const made = await add(kam, 'Send the contract', {
      accountId: account,
      ownerId: partner.memberId,
      dueOn: '2026-12-24',
    });
    const [first] = await news(partner);
    expect(first).toMatchObject({ kind: 'action.assigned', detail: 'Due on 2026-12-24' });
    expect(first!.title).toMatch(/^Karim Kam.* gave you an action: Send the contract$/);
    await t.ok(kam, api.updateAction, { params: { id: made.id }, body: { notes: 'By post' } });
    expect((await news(partner)).length).toBe(before + 1);
    const mine = (await news(kam)).length;
    await add(kam, 'For myself');
    expect((await news(kam)).length).toBe(mine);
  });

  it('goes to the end of what it belongs to', async () => {
    const goal = { linkKind: 'goal', linkId: crypto.randomUUID(), accountId: account };
    for (const n of ['First', 'Second', 'Third']) await add(kam, n, goal);
    expect(await titles(kam, { linkId: goal.linkId, sort: 'position' })).toEqual(['First', 'Second', 'Third']);
  });
});

describe('doing it', () => {
  it('is done, reopened, dropped; the time of leaving is kept and the asker hears of it', async () => {
    const made = await add(kam, 'Train operations', { ownerId: partner.memberId, accountId: account });
    t.setTime('2026-11-22T09:00:00Z');
    const done = await t.ok(partner, api.doAction, { params: { id: made.id } });
    expect(done).toMatchObject({ status: 'done', doneAt: '2026-11-22T09:00:00.000Z', version: 2 });
    expect((await news(kam))[0]).toMatchObject({ kind: 'action.done' });
    expect((await t.ok(partner, api.doAction, { params: { id: made.id } })).version).toBe(2);
    expect(await t.ok(kam, api.reopenAction, { params: { id: made.id } })).toMatchObject({
      status: 'open',
      doneAt: null,
    });
    expect((await t.ok(kam, api.dropAction, { params: { id: made.id } })).status).toBe('dropped');
  });

  it('refuses a change to a version that is not the current one', async () => {
    const made = await add(kam, 'Twice', { accountId: account });
    await t.ok(kam, api.updateAction, { params: { id: made.id }, body: { version: 1, title: 'Twice, changed' } });
    const stale = await t.call(head, api.updateAction, {
      params: { id: made.id },
      body: { version: 1, title: 'Mine' },
    });
    expect([stale.status, stale.problem.code]).toEqual([409, 'version_conflict']);
    expect(stale.problem.current).toMatchObject({ title: 'Twice, changed' });
  });

  it('of many at once is all or none, and can be undone', async () => {
    const w = await t.workspace('Bulk');
    const ids = [(await add(w, 'A')).id, (await add(w, 'B')).id, (await add(w, 'C')).id];
    await t.ok(w, api.dropAction, { params: { id: ids[2]! } });
    const stranger = await t.call(w, api.bulkDone, { body: { ids: [...ids, crypto.randomUUID()] } });
    expect(stranger.status).toBe(404);
    expect(await titles(w, { status: 'done' })).toEqual([]);
    const done = await t.ok(w, api.bulkDone, { body: { ids } });
    expect([done.changed, done.ids.sort()]).toEqual([2, ids.slice(0, 2).sort()]);
    await t.ok(w, api.bulkReopen, { body: { ids: done.ids } });
    expect((await titles(w, { status: 'open' })).sort()).toEqual(['A', 'B']);
  });
});

describe('who sees an action', () => {
  it('is whoever sees the account, its owner and its maker; a colleague does not see the account through it', async () => {
    const w = await t.workspace('Seeing');
    const owner = await t.member('kam', { in: w });
    const helper = await t.member('partner', { in: w });
    const stranger = await t.member('kam', { in: w });
    const { id: accountId } = await t.ok(w, createAccount, { body: { name: 'Hush Inc', ownerId: owner.memberId } });
    const given = await add(owner, 'Check the clause', { accountId, ownerId: helper.memberId });
    await add(owner, 'Call the CFO', { accountId });
    expect((await titles(owner)).sort()).toEqual(['Call the CFO', 'Check the clause']);
    expect(await titles(helper)).toEqual(['Check the clause']);
    expect(await titles(stranger)).toEqual([]);
    expect((await t.call(stranger, api.doAction, { params: { id: given.id } })).status).toBe(404);
    expect(await t.ok(helper, api.getAction, { params: { id: given.id } })).toMatchObject({ accountName: null });
    expect((await t.ok(helper, listAccounts)).items).toEqual([]);
    const handed = await t.call(helper, api.updateAction, {
      params: { id: given.id },
      body: { ownerId: stranger.memberId },
    });
    expect([handed.status, handed.problem.code]).toEqual([403, 'forbidden']);
    expect(
      (await t.ok(helper, api.updateAction, { params: { id: given.id }, body: { notes: 'Fine by us' } })).notes,
    ).toBe('Fine by us');
  });

  it('a viewer reads and changes nothing', async () => {
    const viewer = await t.member('viewer');
    const made = await add(kam, 'Look only', { accountId: account });
    expect((await t.ok(viewer, api.getAction, { params: { id: made.id } })).can).toEqual({ update: false });
    expect((await t.call(viewer, api.doAction, { params: { id: made.id } })).status).toBe(403);
  });
});

describe('finding', () => {
  it('sorts by due day with the undated last, pages through each exactly once, in every sort', async () => {
    const w = await t.workspace('Sorting');
    const days = ['2026-12-03', null, '2026-12-01', '2026-12-02', null, '2026-12-01', '2026-11-30'];
    for (const [i, dueOn] of days.entries()) await add(w, `${i}`, { dueOn });
    for (const sort of api.SORTS) {
      const seen: (string | null)[] = [];
      const ids = new Set<string>();
      let cursor: string | undefined;
      do {
        const page = await t.ok(w, api.listActions, { query: { sort, limit: 2, ...(cursor ? { cursor } : {}) } });
        for (const a of page.items) ids.add(a.id);
        seen.push(...page.items.map((a) => a.dueOn));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect([sort, ids.size, seen.length]).toEqual([sort, 7, 7]);
      if (sort === 'due')
        expect(seen).toEqual(['2026-11-30', '2026-12-01', '2026-12-01', '2026-12-02', '2026-12-03', null, null]);
    }
  });

  it('knows what is overdue by the workspace’s own calendar', async () => {
    const w = await t.workspace('Auckland', { zone: 'Pacific/Auckland' });
    await add(w, 'Yesterday there', { dueOn: '2026-11-22' });
    await add(w, 'Today there', { dueOn: '2026-11-23' });
    // 22 November in Europe, already the 23rd in Auckland.
    t.setTime('2026-11-22T12:00:00Z');
    const { items } = await t.ok(w, api.listActions);
    expect(items.map((a) => [a.title, a.overdue])).toEqual([
      ['Yesterday there', true],
      ['Today there', false],
    ]);
    expect(await titles(w, { overdue: true })).toEqual(['Yesterday there']);
    expect(await titles(w, { overdue: false })).toEqual(['Today there']);
    expect(await t.ok(w, api.summariseActions)).toEqual({
      count: 2,
      open: 2,
      overdue: 1,
      dueThisWeek: 1,
      asOf: '2026-11-23',
    });
  });

  it('filters by mine, owner, account, state, priority, due day, link and words', async () => {
    const w = await t.workspace('Filters');
    const other = await t.member('kam', { in: w });
    const { id: accountId } = await t.ok(w, createAccount, { body: { name: 'Umbrella' } });
    const linkId = crypto.randomUUID();
    await add(w, 'Mine', { dueOn: '2026-12-10' });
    await add(w, 'Theirs', { ownerId: other.memberId, accountId, priority: 'high' });
    await add(w, 'Nobody’s', { ownerId: null, linkKind: 'risk', linkId });
    expect(await titles(w, { mine: true })).toEqual(['Mine']);
    expect(await titles(w, { ownerId: other.memberId })).toEqual(['Theirs']);
    expect(await titles(w, { ownerId: ['none', other.memberId] })).toEqual(['Theirs', 'Nobody’s']);
    expect(await titles(w, { accountId })).toEqual(['Theirs']);
    expect(await titles(w, { accountId: 'none', mine: true })).toEqual(['Mine']);
    expect(await titles(w, { priority: 'high' })).toEqual(['Theirs']);
    expect(await titles(w, { dueFrom: '2026-12-10', dueTo: '2026-12-10' })).toEqual(['Mine']);
    expect(await titles(w, { dueTo: '2026-12-09' })).toEqual([]);
    expect(await titles(w, { linkKind: 'risk', linkId })).toEqual(['Nobody’s']);
    expect(await titles(w, { q: 'THEI' })).toEqual(['Theirs']);
    expect(await titles(w, { q: '%' })).toEqual([]);
    expect(await t.ok(w, api.summariseActions, { query: { priority: ['high'] } })).toMatchObject({ count: 1 });
  });

  it('follows its account into a merge', async () => {
    const w = await t.workspace('Merging');
    const keep = await t.ok(w, createAccount, { body: { name: 'Hooli' } });
    const twin = await t.ok(w, createAccount, { body: { name: 'Hooli Inc' } });
    const made = await add(w, 'Merge me', { accountId: twin.id });
    await t.ok(w, mergeAccounts, { params: { id: keep.id }, body: { duplicateId: twin.id } });
    expect((await t.ok(w, api.getAction, { params: { id: made.id } })).accountId).toBe(keep.id);
  });
});
