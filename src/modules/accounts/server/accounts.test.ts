// The accounts room through HTTP on a real PostgreSQL.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { listNotifications } from '../../people/api.ts';
import * as api from '../api.ts';

let t: TestApp;
let head: Person;
let kam: Person;
let other: Person;
beforeAll(async () => {
  t = await openTestApp();
  head = await t.member('head', { name: 'Hedda Head' });
  kam = await t.member('kam', { name: 'Karim Kam' });
  other = await t.member('kam', { name: 'Olga Other' });
});
afterAll(() => t.close());

const add = (as: Person, name: string, more: Partial<Record<string, unknown>> = {}) =>
  t.ok(as, api.createAccount, { body: { name, ...more } as never });

describe('adding and changing an account', () => {
  it('keeps what was entered and shows it again', async () => {
    const made = await add(head, 'Acme Corp', {
      industry: 'Machinery',
      arr: { amount: 250_000_000, currency: 'USD' },
      customerSince: '2019-03-01',
      tags: ['logistics'],
      externalIds: [{ system: 'salesforce', id: '001A' }],
      ownerId: kam.memberId,
    });
    const again = await t.ok(kam, api.getAccount, { params: { id: made.id } });
    expect(again).toMatchObject({
      name: 'Acme Corp',
      industry: 'Machinery',
      arr: { amount: 250_000_000, currency: 'USD' },
      customerSince: '2019-03-01',
      tags: ['logistics'],
      externalIds: [{ system: 'salesforce', id: '001A' }],
      ownerName: 'Karim Kam',
      version: 1,
    });
  });

  it('shows in the list exactly what the account’s own page shows', async () => {
    const top = await add(head, 'Top of “the” list\n');
    const made = await add(head, 'Every field Ltd', {
      parentId: top.id,
      ownerId: kam.memberId,
      sponsorId: head.memberId,
      tier: 'key',
      industry: 'Machinery',
      employees: 12_000_000_000,
      annualRevenue: { amount: 9_007_199_254_740_991, currency: 'JPY' },
      arr: { amount: 0, currency: 'USD' },
      customerSince: '2020-02-29',
      tags: ['"quoted"', 'two words'],
      externalIds: [
        { system: 'salesforce', id: '002B' },
        { system: 'erp', id: '4\\2' },
      ],
    });
    const archived = await add(head, 'Put away');
    await t.ok(head, api.archiveAccount, { params: { id: archived.id } });
    const page = await t.ok(head, api.listAccounts, { query: { ids: [top.id, made.id], sort: 'name' } });
    const away = await t.ok(head, api.listAccounts, { query: { ids: [archived.id], archived: 'true' } });
    expect(page.items).toHaveLength(2);
    for (const item of [...page.items, ...away.items]) {
      const {
        description: _d,
        mergedIntoId: _m,
        team: _t,
        children: _c,
        ...own
      } = await t.ok(head, api.getAccount, {
        params: { id: item.id },
      });
      const at = (text: string | null) => text && new Date(text);
      const plain = (a: typeof item) => ({
        ...a,
        createdAt: at(a.createdAt),
        updatedAt: at(a.updatedAt),
        archivedAt: at(a.archivedAt),
      });
      expect(plain(item)).toEqual(plain(own));
    }
  });

  it('never lets the second of two editors overwrite the first silently', async () => {
    const made = await add(head, 'Twice Edited');
    const first = await t.call(head, api.updateAccount, {
      params: { id: made.id },
      body: { version: 1, industry: 'Steel' },
    });
    const second = await t.call(t.admin, api.updateAccount, {
      params: { id: made.id },
      body: { version: 1, industry: 'Paper' },
    });
    expect(first.status).toBe(200);
    expect(second.status).toBe(409);
    expect(second.problem.code).toBe('version_conflict');
    expect(second.problem.current).toMatchObject({ industry: 'Steel', version: 2 });
  });

  it('names every wrong field at once and changes nothing', async () => {
    const answer = await t.call(head, api.createAccount, {
      body: { name: '', employees: -4, customerSince: '2023-02-30', nonsense: 1 } as never,
    });
    expect(answer.status).toBe(422);
    expect(answer.problem.fields?.map((f) => f.field).sort()).toEqual([
      'customerSince',
      'employees',
      'name',
      'nonsense',
    ]);
  });

  it('answers a repeated request with the same account', async () => {
    const key = { 'idempotency-key': 'once-1' };
    const one = await t.call(head, api.createAccount, { body: { name: 'Only Once' } }, key);
    const two = await t.call(head, api.createAccount, { body: { name: 'Only Once' } }, key);
    expect(two.body.id).toBe(one.body.id);
    const different = await t.call(head, api.createAccount, { body: { name: 'Something else' } }, key);
    expect(different.problem.code).toBe('idempotency_key_reused');
  });

  it('refuses an external id that another account has', async () => {
    await add(head, 'Has it', { externalIds: [{ system: 'erp', id: '77' }] });
    const answer = await t.call(head, api.createAccount, {
      body: { name: 'Wants it', externalIds: [{ system: 'erp', id: '77' }] },
    });
    expect([answer.status, answer.problem.code]).toEqual([409, 'external_id_taken']);
  });

  it('archives and restores', async () => {
    const made = await add(head, 'Put Away');
    await t.ok(head, api.archiveAccount, { params: { id: made.id } });
    expect((await t.ok(head, api.listAccounts, { query: { q: 'Put Away' } })).items).toHaveLength(0);
    await t.ok(head, api.restoreAccount, { params: { id: made.id } });
    expect((await t.ok(head, api.listAccounts, { query: { q: 'Put Away' } })).items).toHaveLength(1);
  });
});

describe('giving accounts away', () => {
  it('tells the new owner once a change, and nobody who takes an account for themselves', async () => {
    const w = await t.workspace('Handing over');
    const kam = await t.member('kam', { in: w, name: 'Kim New' });
    const [one, two, three] = [await add(w, 'One'), await add(w, 'Two'), await add(w, 'Three')];
    await t.ok(w, api.updateAccount, { params: { id: one.id }, body: { ownerId: kam.memberId } });
    await t.ok(w, api.updateAccount, { params: { id: one.id }, body: { city: 'Oslo' } });
    await t.ok(w, api.bulkUpdateAccounts, {
      body: { ids: [one.id, two.id, three.id], set: { ownerId: kam.memberId } },
    });
    await t.ok(w, api.updateAccount, { params: { id: two.id }, body: { ownerId: w.memberId } });
    const { items } = await t.ok(kam, listNotifications);
    expect(items.map((n) => [n.title, n.link])).toEqual([
      ['2 accounts are yours now', `/?f=ownerId.isAnyOf.${kam.memberId}&sort=-updatedAt`],
      ['One is yours now', `/accounts/${one.id}`],
    ]);
    expect((await t.ok(w, listNotifications)).items).toEqual([]);
  });
});

describe('the list', () => {
  it('pages through every account exactly once in each sort', async () => {
    const w = await t.workspace('Paging');
    for (let i = 0; i < 23; i++)
      await add(
        w,
        `Account ${String(i % 5)} ${i}`,
        i % 3
          ? { arr: { amount: i % 4, currency: 'EUR' }, tier: `t${i % 2}`, renewalOn: `2026-0${1 + (i % 9)}-01` }
          : {},
      );
    for (const sort of api.SORTS) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await t.ok(w, api.listAccounts, { query: { sort, limit: 5, ...(cursor ? { cursor } : {}) } });
        seen.push(...page.items.map((a) => a.id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(new Set(seen).size, sort).toBe(23);
      expect(seen.length, sort).toBe(23);
    }
  });

  it('keeps groups together across pages, sorts inside them, and counts each group as the list shows it', async () => {
    const w = await t.workspace('Groups', { currency: 'EUR' });
    const owner = await t.member('kam', { in: w, name: 'Zoe Groups' });
    for (let i = 0; i < 17; i++)
      await add(w, `Account ${i}`, {
        ...(i % 4 ? { tier: `t${i % 4}` } : {}),
        ...(i % 3 ? { ownerId: owner.memberId } : {}),
        arr: { amount: (i * 7) % 5, currency: 'EUR' },
      });
    for (const group of ['tier', 'owner', 'status'] as const) {
      const seen: { key: string | null; arr: number }[] = [];
      let cursor: string | undefined;
      do {
        const page = await t.ok(w, api.listAccounts, {
          query: { sort: '-arr', group, groupFirst: ['t3', 't1'], limit: 4, ...(cursor ? { cursor } : {}) },
        });
        for (const a of page.items) seen.push({ key: group === 'owner' ? a.ownerId : a[group], arr: a.arr!.amount });
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(seen).toHaveLength(17);
      const runs = seen.filter((row, i) => row.key !== seen[i - 1]?.key || i === 0);
      expect(new Set(runs.map((r) => r.key)).size, group).toBe(runs.length);
      if (group !== 'status') expect(seen.at(-1)!.key).toBeNull();
      if (group === 'tier') expect(runs.map((r) => r.key)).toEqual(['t3', 't1', 't2', null]);
      expect(seen.every((row, i) => i === 0 || row.key !== seen[i - 1]!.key || row.arr <= seen[i - 1]!.arr)).toBe(true);
      const sums = await t.ok(w, api.groupAccounts, { query: { group } });
      expect(new Map(sums.items.map((g) => [g.key, [g.count, g.arr.amount]]))).toEqual(
        new Map(
          runs.map(({ key }) => {
            const rows = seen.filter((row) => row.key === key);
            return [key, [rows.length, rows.reduce((sum, row) => sum + row.arr, 0)]];
          }),
        ),
      );
    }
  });

  it('finds accounts without a tier, an owner or a sponsor, and any of several values of a custom field', async () => {
    const w = await t.workspace('Without');
    await add(w, 'Tiered', { tier: 'A' });
    await add(w, 'Bare');
    const bare = await t.ok(w, api.listAccounts, { query: { tier: ['none'], ownerId: ['none'], sponsorId: ['none'] } });
    expect(bare.items.map((a) => a.name)).toEqual(['Bare']);
    const either = await t.ok(w, api.listAccounts, { query: { tier: ['none', 'A'] } });
    expect(either.items).toHaveLength(2);
    const none = await t.ok(w, api.listAccounts, { query: { custom: ['nothing:any:["a","b"]'] } });
    expect(none.items).toEqual([]);
  });

  it('refuses a cursor of another sort instead of showing a wrong page', async () => {
    const w = await t.workspace('Cursors');
    for (const n of ['A', 'B', 'C']) await add(w, n);
    const page = await t.ok(w, api.listAccounts, { query: { limit: 1 } });
    const answer = await t.call(w, api.listAccounts, { query: { limit: 1, sort: '-arr', cursor: page.nextCursor! } });
    expect(answer.problem.fields?.[0]?.field).toBe('cursor');
  });

  it('sums in the workspace currency and never adds unlike currencies without a rate', async () => {
    const w = await t.workspace('Sums', { currency: 'EUR' });
    await add(w, 'Euro', { arr: { amount: 1_000_00, currency: 'EUR' } });
    await add(w, 'Dollar', { arr: { amount: 500_00, currency: 'USD' } });
    const before = await t.ok(w, api.summariseAccounts);
    expect(before.arr).toMatchObject({ amount: 1_000_00, currency: 'EUR', missing: ['USD'] });
    await t.building.database.system((tx) =>
      tx
        .insertInto('fx_rate')
        .values({
          workspace_id: w.workspaceId,
          base: 'EUR',
          currency: 'USD',
          on_date: '2020-01-01',
          rate: '1.25',
          source: 'test',
        })
        .execute(),
    );
    const after = await t.ok(w, api.summariseAccounts);
    expect(after.arr).toMatchObject({
      amount: 1_400_00,
      currency: 'EUR',
      missing: [],
      byCurrency: [
        { amount: 1_000_00, currency: 'EUR' },
        { amount: 500_00, currency: 'USD' },
      ],
    });
  });
});

describe('who sees what', () => {
  it('shows a key account manager with three accounts exactly three: in the list, the sum and by id', async () => {
    const mine = [];
    for (const n of ['One', 'Two', 'Three'])
      mine.push(await add(head, `Mine ${n}`, { ownerId: other.memberId, arr: { amount: 100, currency: 'EUR' } }));
    const foreign = await add(head, 'Not Mine', { arr: { amount: 999, currency: 'EUR' } });
    const list = await t.ok(other, api.listAccounts);
    expect(list.items.map((a) => a.name).sort()).toEqual(['Mine One', 'Mine Three', 'Mine Two']);
    const sum = await t.ok(other, api.summariseAccounts);
    expect([sum.count, sum.arr.amount]).toEqual([3, 300]);
    expect((await t.call(other, api.getAccount, { params: { id: foreign.id } })).status).toBe(404);
    expect(
      (await t.call(other, api.updateAccount, { params: { id: foreign.id }, body: { name: 'Stolen' } })).status,
    ).toBe(404);
    expect((await t.call(other, api.getAccount, { params: { id: mine[0]!.id } })).status).toBe(200);
  });

  it('shows a team lead the accounts of the teams below, and the account team its accounts', async () => {
    const w = await t.workspace('Teams');
    const { rows } = await t.building.database.system((_tx, c) =>
      c.query(
        `with top as (insert into team (workspace_id, name) values ($1, 'Europe') returning id), sub as (insert into team (workspace_id, name, parent_id) select $1, 'Iberia', id from top returning id) select (select id from top) as top, (select id from sub) as sub`,
        [w.workspaceId],
      ),
    );
    const lead = await t.member('head', { in: w, level: 'team', teamId: rows[0].top, name: 'Lead' });
    const below = await t.member('kam', { in: w, teamId: rows[0].sub, name: 'Below' });
    const helper = await t.member('partner', { in: w, name: 'Helper' });
    const a = await add(w, 'Of Below', { ownerId: below.memberId });
    await add(w, 'Of Nobody');
    expect((await t.ok(lead, api.listAccounts)).items.map((x) => x.name)).toEqual(['Of Below']);
    expect((await t.ok(helper, api.listAccounts)).items).toEqual([]);
    await t.ok(w, api.setAccountTeam, {
      params: { id: a.id },
      body: { members: [{ memberId: helper.memberId, function: 'support' }] },
    });
    expect((await t.ok(helper, api.listAccounts)).items.map((x) => x.name)).toEqual(['Of Below']);
  });

  it('lets a key account manager add an account and own it, but not give it to somebody else', async () => {
    const made = await add(kam, 'Own Find');
    expect(made.ownerId).toBe(kam.memberId);
    expect((await t.call(kam, api.createAccount, { body: { name: 'For You', ownerId: other.memberId } })).status).toBe(
      403,
    );
    expect(
      (await t.call(kam, api.updateAccount, { params: { id: made.id }, body: { ownerId: other.memberId } })).status,
    ).toBe(403);
  });
});

describe('the tree', () => {
  it('shows own and total at every node, and refuses a circle', async () => {
    const w = await t.workspace('Trees');
    const top = await add(w, 'Group', { arr: { amount: 100, currency: 'EUR' } });
    const mid = await add(w, 'Division', { parentId: top.id, arr: { amount: 20, currency: 'EUR' } });
    const leaf = await add(w, 'Plant', { parentId: mid.id, arr: { amount: 3, currency: 'EUR' } });
    const tree = await t.ok(w, api.accountTree, { params: { id: leaf.id } });
    expect(tree.nodes.map((n) => [n.name, n.depth, n.own?.amount, n.total.amount])).toEqual([
      ['Group', 0, 100, 123],
      ['Division', 1, 20, 23],
      ['Plant', 2, 3, 3],
    ]);
    const circle = await t.call(w, api.moveAccount, { params: { id: top.id }, body: { parentId: leaf.id } });
    expect([circle.status, circle.problem.code]).toEqual([409, 'account_cycle']);
    expect((await t.call(w, api.moveAccount, { params: { id: top.id }, body: { parentId: top.id } })).status).toBe(409);
  });

  it('thinks of a slip of the finger as a possible duplicate, and not of another number', async () => {
    const w = await t.workspace('Alike');
    const make = (name: string) => t.ok(w, api.createAccount, { body: { name } });
    const [first] = [
      await make('Company 166'),
      await make('Company 16'),
      await make('Company 167'),
      await make('Compani 166'),
    ];
    const { items } = await t.ok(w, api.duplicateAccounts, { params: { id: first.id } });
    expect(items.map((i) => i.name)).toEqual(['Compani 166']);
  });

  it('merges a duplicate: children, ids, team and missing facts come over, the duplicate is put away', async () => {
    const w = await t.workspace('Merges');
    const keep = await add(w, 'Globex', { industry: 'Energy' });
    const twin = await add(w, 'Globex Corporation', {
      industry: 'Oil',
      city: 'Houston',
      externalIds: [{ system: 'sf', id: '9' }],
      tags: ['vip'],
    });
    const child = await add(w, 'Globex UK', { parentId: twin.id });
    const merged = await t.ok(w, api.mergeAccounts, { params: { id: keep.id }, body: { duplicateId: twin.id } });
    expect(merged).toMatchObject({
      industry: 'Energy',
      city: 'Houston',
      tags: ['vip'],
      externalIds: [{ system: 'sf', id: '9' }],
    });
    expect(merged.children.map((c) => c.id)).toEqual([child.id]);
    expect((await t.ok(w, api.getAccount, { params: { id: twin.id } })).mergedIntoId).toBe(keep.id);
  });
});

describe('changes to many at once', () => {
  it('changes all or none and can be put back', async () => {
    const w = await t.workspace('Bulk');
    const ids = [];
    for (const n of ['A', 'B', 'C']) ids.push((await add(w, n, { tier: n })).id);
    const nothing = await t.call(w, api.bulkUpdateAccounts, {
      body: { ids: [...ids, crypto.randomUUID()], set: { tier: 'key' } },
    });
    expect(nothing.status).toBe(404);
    const done = await t.ok(w, api.bulkUpdateAccounts, { body: { ids, set: { tier: 'key', addTags: ['q3'] } } });
    expect((await t.ok(w, api.listAccounts, { query: { tier: ['key'] } })).items.map((a) => a.tags)).toEqual([
      ['q3'],
      ['q3'],
      ['q3'],
    ]);
    await t.ok(w, api.revertBulkAccounts, { body: { undo: done.undo } });
    expect((await t.ok(w, api.listAccounts)).items.map((a) => a.tier)).toEqual(['A', 'B', 'C']);
  });
});

describe('what changed', () => {
  it('tells who changed which field from what to what', async () => {
    const made = await add(head, 'Watched', { industry: 'Steel' });
    await t.ok(head, api.updateAccount, {
      params: { id: made.id },
      body: { version: 1, industry: 'Paper', ownerId: kam.memberId },
    });
    const { items } = await t.ok(head, api.accountTimeline, { params: { id: made.id } });
    expect(items[0]).toMatchObject({ action: 'update', what: 'account', by: 'Hedda Head' });
    expect(items[0]!.changes).toEqual(
      expect.arrayContaining([
        { field: 'industry', before: 'Steel', after: 'Paper' },
        { field: 'owner_id', before: null, after: 'Karim Kam' },
      ]),
    );
    expect(items.at(-1)).toMatchObject({ action: 'insert', label: 'Watched' });
  });
});
