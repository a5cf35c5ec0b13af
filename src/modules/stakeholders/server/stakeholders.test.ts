// The stakeholders room through HTTP on a real PostgreSQL.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { accountTimeline, archiveAccount, createAccount, mergeAccounts, setAccountTeam } from '../../accounts/api.ts';
import { createField, readAudit, updateWorkspace } from '../../settings/api.ts';
import * as api from '../api.ts';
import { stakeholders } from './index.ts';

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

const account = (as: Person, name: string, more: Record<string, unknown> = {}) =>
  t.ok(as, createAccount, { body: { name, ...more } as never });
const add = (as: Person, name: string, accounts: { accountId: string; [k: string]: unknown }[] = [], more = {}) =>
  t.ok(as, api.createPerson, { body: { name, accounts, ...more } as never });
const role = (as: Person, id: string, accountId: string, body: Record<string, unknown> = {}) =>
  t.call(as, api.putRole, { params: { id, accountId }, body: body as never });
const names = async (as: Person, query = {}) =>
  (await t.ok(as, api.listPeople, { query })).items.map((p) => p.name).sort();
const search = (as: Person, q: string) =>
  t.building.database.as({ workspaceId: as.workspaceId, memberId: as.memberId, level: as.level, label: 'test' }, (tx) =>
    stakeholders.search!({ tx } as never, q, 10),
  );

describe('adding and changing a person', () => {
  it('keeps what was entered and shows it again, with what the person is at each account', async () => {
    const w = await t.workspace('Keeping');
    const acme = await account(w, 'Acme');
    const globex = await account(w, 'Globex');
    const boss = await add(w, 'Ben Boss', [{ accountId: acme.id, title: 'CEO', part: 'economic_buyer' }]);
    const made = await t.ok(w, api.createPerson, {
      body: {
        firstName: 'Rose',
        lastName: 'Gonzalez',
        email: 'rose@edge.example',
        mobile: '(512) 757-9340',
        language: 'es',
        tags: ['golf'],
        externalIds: [{ system: 'salesforce', id: '003A' }],
        accounts: [
          { accountId: globex.id, title: 'Adviser' },
          {
            accountId: acme.id,
            title: 'SVP, Procurement',
            department: 'Procurement',
            reportsToId: boss.id,
            part: 'decision_maker',
            stance: 1,
            influence: 4,
            coverage: 'multiple',
            confirmed: true,
            isPrimary: true,
          },
        ],
      },
    });
    const again = await t.ok(w, api.getPerson, { params: { id: made.id } });
    expect(again).toMatchObject({
      name: 'Rose Gonzalez',
      email: 'rose@edge.example',
      externalIds: [{ system: 'salesforce', id: '003A' }],
      tags: ['golf'],
      accounts: [
        {
          accountId: acme.id,
          accountName: 'Acme',
          title: 'SVP, Procurement',
          reportsToId: boss.id,
          reportsToName: 'Ben Boss',
          part: 'decision_maker',
          stance: 1,
          confirmed: true,
          influence: 4,
          coverage: 'multiple',
          cadenceDays: 30,
          cadenceIsDefault: true,
          isPrimary: true,
        },
        { accountId: globex.id, title: 'Adviser', part: 'none', cadenceDays: 45, isPrimary: false },
      ],
      version: 1,
    });
    expect((await t.ok(w, api.listPeople, { query: { accountId: [acme.id] } })).items).toHaveLength(2);
  });

  it('never lets the second of two editors overwrite the first, neither the person nor the role', async () => {
    const acme = await account(head, 'Twice');
    const made = await add(head, 'Twice Edited', [{ accountId: acme.id }]);
    const params = { id: made.id };
    expect((await t.call(head, api.updatePerson, { params, body: { version: 1, phone: '1' } })).status).toBe(200);
    const late = await t.call(t.admin, api.updatePerson, { params, body: { version: 1, phone: '2' } });
    expect([late.status, late.problem.code]).toEqual([409, 'version_conflict']);
    expect(late.problem.current).toMatchObject({ phone: '1', version: 2 });
    expect((await role(head, made.id, acme.id, { version: 1, stance: 2 })).status).toBe(200);
    const lateRole = await role(t.admin, made.id, acme.id, { version: 1, stance: -2 });
    expect(lateRole.status).toBe(409);
    expect((lateRole.problem.current as typeof made).accounts[0]).toMatchObject({ stance: 2, version: 2 });
  });

  it('lets the name follow its parts, unless it was written otherwise', async () => {
    const one = await t.ok(head, api.createPerson, { body: { firstName: 'Ann', lastName: 'Lee' } });
    expect((await t.ok(head, api.updatePerson, { params: { id: one.id }, body: { lastName: 'Li' } })).name).toBe(
      'Ann Li',
    );
    const two = await t.ok(head, api.createPerson, {
      body: { name: 'Dr. Ann Lee', firstName: 'Ann', lastName: 'Lee' },
    });
    expect((await t.ok(head, api.updatePerson, { params: { id: two.id }, body: { lastName: 'Li' } })).name).toBe(
      'Dr. Ann Lee',
    );
  });

  it('names every wrong field at once and changes nothing', async () => {
    const answer = await t.call(head, api.createPerson, {
      body: { email: 'not an e-mail', accounts: [{ accountId: crypto.randomUUID(), stance: 3 }], nonsense: 1 } as never,
    });
    expect(answer.status).toBe(422);
    expect(answer.problem.fields?.map((f) => f.field).sort()).toEqual([
      'accounts.0.stance',
      'email',
      'name',
      'nonsense',
    ]);
    const unknown = await t.call(head, api.createPerson, {
      body: { name: 'At nowhere', accounts: [{ accountId: crypto.randomUUID() }] },
    });
    expect(unknown.problem.fields?.[0]?.field).toBe('accounts.0.accountId');
    expect(await names(head, { q: 'At nowhere' })).toEqual([]);
    expect((await t.call(head, api.createPerson, { body: {} })).problem.fields?.[0]?.field).toBe('name');
  });

  it('refuses an external id that another person has', async () => {
    await add(head, 'Has it', [], { externalIds: [{ system: 'erp', id: '77' }] });
    const answer = await t.call(head, api.createPerson, {
      body: { name: 'Wants it', externalIds: [{ system: 'erp', id: '77' }] },
    });
    expect([answer.status, answer.problem.code]).toEqual([409, 'external_id_taken']);
  });

  it('checks custom values, and filters by them', async () => {
    const w = await t.workspace('Custom people');
    await t.ok(w, createField, { body: { entity: 'people', label: 'Golf handicap', type: 'number' } });
    await add(w, 'Good', [], { custom: { golf_handicap: 12 } });
    await add(w, 'Better', [], { custom: { golf_handicap: 4 } });
    const bad = await t.call(w, api.createPerson, { body: { name: 'Bad', custom: { golf_handicap: 'low' } } });
    expect(bad.problem.fields?.[0]?.field).toBe('custom.golf_handicap');
    expect(await names(w, { custom: ['golf_handicap:lte:5'] })).toEqual(['Better']);
  });

  it('archives and restores', async () => {
    const made = await add(head, 'Put Away Person');
    await t.ok(head, api.archivePerson, { params: { id: made.id } });
    expect(await names(head, { q: 'Put Away Person' })).toEqual([]);
    expect(await names(head, { q: 'Put Away Person', archived: 'true' })).toEqual(['Put Away Person']);
    await t.ok(head, api.restorePerson, { params: { id: made.id } });
    expect(await names(head, { q: 'Put Away Person' })).toEqual(['Put Away Person']);
  });
});

describe('the list', () => {
  it('pages through every person exactly once in each sort', async () => {
    const w = await t.workspace('Paging people');
    const acme = await account(w, 'Acme');
    for (let i = 0; i < 17; i++) await add(w, `Person ${i % 4}`, i % 2 ? [{ accountId: acme.id }] : []);
    for (const sort of api.SORTS) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await t.ok(w, api.listPeople, { query: { sort, limit: 4, ...(cursor ? { cursor } : {}) } });
        seen.push(...page.items.map((p) => p.id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect([new Set(seen).size, seen.length], sort).toEqual([17, 17]);
    }
    expect(await t.ok(w, api.summarisePeople)).toEqual({ count: 17, doNotContact: 0 });
  });

  it('asks role filters of one and the same account, and leaves out roles that have ended', async () => {
    const w = await t.workspace('Filters');
    const [acme, globex] = [await account(w, 'Acme'), await account(w, 'Globex')];
    const plant = await account(w, 'Acme Plant', { parentId: acme.id });
    await add(w, 'Champion here', [{ accountId: acme.id, part: 'champion', influence: 5 }]);
    await add(w, 'Champion there', [{ accountId: acme.id }, { accountId: globex.id, part: 'champion' }]);
    await add(w, 'Gone', [{ accountId: acme.id, part: 'champion', startedOn: '2020-01-01', endedOn: '2021-01-01' }]);
    await add(w, 'At the plant', [{ accountId: plant.id }]);
    expect(await names(w, { accountId: [acme.id], part: ['champion'] })).toEqual(['Champion here']);
    expect(await names(w, { accountId: [acme.id] })).toEqual(['Champion here', 'Champion there']);
    expect(await names(w, { accountId: [acme.id], ended: 'true' })).toHaveLength(3);
    expect(await names(w, { under: acme.id })).toEqual(['At the plant', 'Champion here', 'Champion there']);
    expect(await names(w, { influenceMin: 5 })).toEqual(['Champion here']);
    expect(await names(w, { q: 'champ' })).toHaveLength(2);
    await add(w, '50%_Ænigma', [], { email: 'Nobody@Else.example' });
    for (const q of ['50%', '%_', '_', 'nobody@e', 'NO']) expect(await names(w, { q }), q).toEqual(['50%_Ænigma']);
    for (const q of ['%', 'else.example', '50__']) expect((await names(w, { q })).length, q).toBe(q === '%' ? 1 : 0);
  });
});

describe('who sees whom', () => {
  it('shows people with the accounts that a member sees, and of their accounts only those', async () => {
    const mine = await account(head, 'Mine', { ownerId: kam.memberId });
    const foreign = await account(head, 'Foreign', { ownerId: other.memberId });
    const both = await add(head, 'At both', [
      { accountId: foreign.id, title: 'Secret title' },
      { accountId: mine.id, title: 'CFO' },
    ]);
    const hidden = await add(head, 'Only foreign', [{ accountId: foreign.id }]);
    expect(await names(kam)).toEqual(['At both']);
    const seen = await t.ok(kam, api.getPerson, { params: { id: both.id } });
    expect(seen.accounts.map((a) => [a.accountName, a.title])).toEqual([['Mine', 'CFO']]);
    expect((await t.call(kam, api.getPerson, { params: { id: hidden.id } })).status).toBe(404);
    expect((await t.call(kam, api.updatePerson, { params: { id: hidden.id }, body: { name: 'Stolen' } })).status).toBe(
      404,
    );
    expect((await role(kam, hidden.id, mine.id)).status).toBe(404);
    expect((await role(kam, both.id, foreign.id, { title: 'Mine now' })).status).toBe(404);
    expect((await t.call(kam, api.deleteRole, { params: { id: both.id, accountId: foreign.id } })).status).toBe(404);
    expect((await t.ok(kam, api.summarisePeople)).count).toBe(1);
    expect((await search(kam, 'foreign')).map((h) => h.title)).toEqual([]);
    expect((await search(kam, 'At bth')).map((h) => [h.title, h.subtitle])).toEqual([['At both', 'CFO · Mine']]);
    // A manager at a foreign account must not be named through the back door.
    const answer = await role(kam, both.id, mine.id, { reportsToId: hidden.id });
    expect(answer.problem.fields?.[0]?.field).toBe('reportsToId');
  });

  it('shows a person without any account to the one who added them, and to who sees all, until there is an account', async () => {
    const made = await add(kam, 'Just met');
    expect((await t.call(other, api.getPerson, { params: { id: made.id } })).status).toBe(404);
    expect((await t.call(kam, api.getPerson, { params: { id: made.id } })).status).toBe(200);
    expect((await t.call(head, api.getPerson, { params: { id: made.id } })).status).toBe(200);
    expect(await names(kam, { q: 'Just met' })).toEqual(['Just met']);
    expect((await search(kam, 'Just met')).map((h) => h.id)).toEqual([made.id]);
    const theirs = await account(head, 'Theirs', { ownerId: other.memberId });
    expect((await role(head, made.id, theirs.id)).status).toBe(200);
    expect((await t.call(kam, api.getPerson, { params: { id: made.id } })).status).toBe(404);
    expect(await names(kam, { q: 'Just met' })).toEqual([]);
    expect(await search(kam, 'Just met')).toEqual([]);
    expect((await t.call(other, api.getPerson, { params: { id: made.id } })).status).toBe(200);
  });

  it('keeps workspaces apart', async () => {
    const [one, two] = [await t.workspace('People one'), await t.workspace('People two')];
    const made = await add(one, 'Only in one', [{ accountId: (await account(one, 'A')).id }]);
    expect((await t.call(two, api.getPerson, { params: { id: made.id } })).status).toBe(404);
    expect(await names(two)).toEqual([]);
    expect(await search(two, 'Only in one')).toEqual([]);
  });

  it('shows a judgement to those its privacy class names, in the person, the filter and the coverage alike', async () => {
    const w = await t.workspace('Privacy');
    const coach = await t.member('head', { in: w, name: 'Coach' });
    const owner = await t.member('kam', { in: w, name: 'Owner' });
    const helper = await t.member('partner', { in: w, name: 'Helper' });
    const viewer = await t.member('viewer', { in: w, name: 'Viewer' });
    const acme = await account(w, 'Acme', { ownerId: owner.memberId });
    await t.ok(w, setAccountTeam, {
      params: { id: acme.id },
      body: { members: [{ memberId: helper.memberId, function: 'support' }] },
    });
    const made = await add(owner, 'Judged', [{ accountId: acme.id, title: 'CFO', part: 'blocker', stance: -2 }]);
    const readers = { coach, owner, helper, viewer };
    const knowing = async () => {
      const known: string[] = [];
      for (const [name, who] of Object.entries(readers)) {
        const seen = (await t.ok(who, api.getPerson, { params: { id: made.id } })).accounts[0]!;
        expect(seen.title).toBe('CFO');
        expect(seen.stance, name).toBe(seen.hidden ? null : -2);
        expect((await names(who, { part: ['blocker'] })).length, name).toBe(seen.hidden ? 0 : 1);
        if (!seen.hidden) known.push(name);
      }
      return known;
    };
    expect(await knowing()).toEqual(['coach', 'owner', 'helper', 'viewer']);
    await role(owner, made.id, acme.id, { privacy: 'account_team' });
    expect(await knowing()).toEqual(['coach', 'owner', 'helper']);
    await role(owner, made.id, acme.id, { privacy: 'private' });
    expect(await knowing()).toEqual(['owner']);
    // Who may not read it may not overwrite it either, but may keep the title right.
    expect((await role(coach, made.id, acme.id, { stance: 2 })).status).toBe(403);
    expect((await role(coach, made.id, acme.id, { title: 'CEO' })).status).toBe(200);
  });

  it('shows in the list, the count and the search exactly the people of visible accounts, whatever the data', async () => {
    const w = await t.workspace('Random');
    const kams = [await t.member('kam', { in: w, name: 'K0' }), await t.member('kam', { in: w, name: 'K1' })];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(0, 1, null), { minLength: 1, maxLength: 4 }),
        fc.array(fc.uniqueArray(fc.nat({ max: 3 }), { maxLength: 3 }), { minLength: 1, maxLength: 5 }),
        async (owners, people) => {
          const mark = `Q${Math.random().toString(36).slice(2, 9)}`;
          const accounts: { id: string }[] = [];
          for (const o of owners)
            accounts.push(await account(w, `Account ${mark}`, o === null ? {} : { ownerId: kams[o]!.memberId }));
          const placed: { name: string; seenBy: Set<number> }[] = [];
          for (const [i, at] of people.entries()) {
            const here = at.filter((a) => a < accounts.length);
            const name = `${mark} ${i}`;
            await add(
              w,
              name,
              here.map((a) => ({ accountId: accounts[a]!.id })),
            );
            placed.push({ name, seenBy: new Set(here.flatMap((a) => owners[a] ?? [])) });
          }
          for (const [k, who] of kams.entries()) {
            const wanted = placed.filter((p) => p.seenBy.has(k)).map((p) => p.name);
            expect(await names(who, { q: mark })).toEqual(wanted);
            expect((await t.ok(who, api.summarisePeople, { query: { q: mark } })).count).toBe(wanted.length);
            expect((await search(who, mark)).map((h) => h.title).sort()).toEqual(wanted);
          }
          expect(await names(w, { q: mark })).toHaveLength(placed.length);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('what a person is at an account', () => {
  it('has lines of reporting that never close a circle, and only within one account', async () => {
    const w = await t.workspace('Lines');
    const [acme, globex] = [await account(w, 'Acme'), await account(w, 'Globex')];
    const [a, b, c] = [
      await add(w, 'A', [{ accountId: acme.id }, { accountId: globex.id }]),
      await add(w, 'B', [{ accountId: acme.id }, { accountId: globex.id }]),
      await add(w, 'C', [{ accountId: acme.id }]),
    ];
    expect((await role(w, b.id, acme.id, { reportsToId: a.id })).status).toBe(200);
    expect((await role(w, c.id, acme.id, { reportsToId: b.id })).status).toBe(200);
    const circle = await role(w, a.id, acme.id, { reportsToId: c.id });
    expect([circle.status, circle.problem.code]).toEqual([409, 'reports_to_cycle']);
    expect((await role(w, a.id, acme.id, { reportsToId: a.id })).status).toBe(409);
    // At another account the lines are others.
    expect((await role(w, a.id, globex.id, { reportsToId: b.id })).status).toBe(200);
    expect((await role(w, a.id, globex.id, { reportsToId: c.id })).problem.fields?.[0]?.field).toBe('reportsToId');
    // Whoever leaves the account leaves no line behind.
    await t.call(w, api.deleteRole, { params: { id: b.id, accountId: acme.id } });
    const after = await t.ok(w, api.getPerson, { params: { id: c.id } });
    expect(after.accounts[0]?.reportsToId).toBeNull();
  });

  it('has a circle refused also when two people draw its halves at the same moment', async () => {
    const w = await t.workspace('Race');
    const acme = await account(w, 'Acme');
    const [a, b] = [await add(w, 'A', [{ accountId: acme.id }]), await add(w, 'B', [{ accountId: acme.id }])];
    const [one, two] = await Promise.all([
      role(w, a.id, acme.id, { reportsToId: b.id }),
      role(w, b.id, acme.id, { reportsToId: a.id }),
    ]);
    expect([one.status, two.status].sort()).toEqual([200, 409]);
  });

  it('keeps what is not named, takes its cadence from the workspace, and has one main account', async () => {
    const w = await t.workspace('Cadence');
    const [acme, globex] = [await account(w, 'Acme'), await account(w, 'Globex')];
    const made = await add(w, 'Chris', [
      { accountId: acme.id, title: 'CTO', part: 'champion' },
      { accountId: globex.id },
    ]);
    await t.ok(w, updateWorkspace, {
      body: { preferences: { cadenceDays: { champion: 7, decision_maker: 30, executive_sponsor: 90, other: 60 } } },
    });
    const changed = await role(w, made.id, globex.id, { isPrimary: true, cadenceDays: 10 });
    expect(changed.body.accounts.map((r) => [r.accountName, r.isPrimary, r.cadenceDays, r.title])).toEqual([
      ['Globex', true, 10, null],
      ['Acme', false, 7, 'CTO'],
    ]);
    const wrong = await role(w, made.id, acme.id, { startedOn: '2026-02-01', endedOn: '2026-01-01' });
    expect(wrong.problem.fields?.[0]?.field).toBe('endedOn');
  });

  it('tells in the account’s timeline who changed their mind about whom', async () => {
    const acme = await account(head, 'Watched account');
    const made = await add(head, 'Wanda Watched', [{ accountId: acme.id, stance: -1 }]);
    await role(head, made.id, acme.id, { stance: 2, confirmed: true });
    const { items } = await t.ok(head, accountTimeline, { params: { id: acme.id }, query: { what: ['stakeholder'] } });
    expect(items[0]).toMatchObject({ action: 'update', what: 'stakeholder', by: 'Hedda Head', label: 'Wanda Watched' });
    expect(items[0]!.changes).toEqual(
      expect.arrayContaining([
        { field: 'stance', before: '-1', after: '2' },
        { field: 'confirmed', before: 'false', after: 'true' },
      ]),
    );
    const log = await t.ok(t.admin, readAudit, { query: { accountId: acme.id, what: ['stakeholder'] } });
    expect(log.items.map((i) => [i.label, i.accountName])).toEqual([
      ['Wanda Watched', 'Watched account'],
      ['Wanda Watched', 'Watched account'],
    ]);
  });
});

describe('role coverage', () => {
  it('counts filled must-have parts of four, by people who are there now', async () => {
    const w = await t.workspace('Coverage');
    const [acme, empty] = [await account(w, 'Acme'), await account(w, 'Empty')];
    await add(w, 'Buyer', [{ accountId: acme.id, part: 'economic_buyer', confirmed: true }]);
    await add(w, 'Champ', [{ accountId: acme.id, part: 'champion' }]);
    await add(w, 'Second champ', [{ accountId: acme.id, part: 'champion' }]);
    await add(w, 'Left', [{ accountId: acme.id, part: 'decision_maker', endedOn: '2020-01-01' }]);
    const away = await add(w, 'Away', [{ accountId: acme.id, part: 'executive_sponsor' }]);
    await t.ok(w, api.archivePerson, { params: { id: away.id } });
    const { items } = await t.ok(w, api.accountCoverage, { query: { accountId: [acme.id, empty.id] } });
    expect(items[0]).toMatchObject({ accountId: acme.id, filled: 2, of: 4, ratio: 0.5, people: 3 });
    expect(items[0]!.parts.map((p) => p.people.map((x) => [x.name, x.confirmed]))).toEqual([
      [['Buyer', true]],
      [],
      [
        ['Champ', false],
        ['Second champ', false],
      ],
      [],
    ]);
    expect(items[1]).toMatchObject({ filled: 0, of: 4, ratio: 0, people: 0 });
    const stranger = await t.member('kam', { in: w, name: 'Stranger' });
    expect((await t.ok(stranger, api.accountCoverage, { query: { accountId: [acme.id] } })).items).toEqual([]);
  });
});

describe('duplicates', () => {
  it('are found by e-mail and by name', async () => {
    const w = await t.workspace('Duplicates');
    const one = await add(w, 'Katharina Schneider', [], { email: 'k.schneider@acme.example' });
    await add(w, 'K. Schneider', [{ accountId: (await account(w, 'Acme')).id }], { email: 'K.Schneider@acme.example' });
    await add(w, 'Katarina Schneider');
    await add(w, 'Somebody Else');
    const { items } = await t.ok(w, api.duplicatePeople, { params: { id: one.id } });
    expect(items.map((i) => i.name)).toEqual(['K. Schneider', 'Katarina Schneider']);
    expect(items[0]).toMatchObject({ similarity: 1, accounts: ['Acme'] });
  });

  it('become one: roles, lines and ids come over, blanks are filled, nobody reports to themselves', async () => {
    const w = await t.workspace('Merging people');
    const [acme, globex] = [await account(w, 'Acme'), await account(w, 'Globex')];
    const keep = await add(w, 'Rose Gonzalez', [{ accountId: acme.id, title: 'CPO', part: 'champion' }]);
    const twin = await add(
      w,
      'R. Gonzalez',
      [
        { accountId: acme.id, title: 'Buyer', stance: 2, privacy: 'account_team' },
        { accountId: globex.id, title: 'Adviser' },
      ],
      { email: 'rose@edge.example', externalIds: [{ system: 'sf', id: '9' }], doNotContact: true, tags: ['vip'] },
    );
    const below = await add(w, 'Below', [
      { accountId: acme.id, reportsToId: twin.id },
      { accountId: globex.id, reportsToId: twin.id },
    ]);
    await role(w, keep.id, acme.id, { reportsToId: twin.id });
    const merged = await t.ok(w, api.mergePeople, { params: { id: keep.id }, body: { duplicateId: twin.id } });
    expect(merged).toMatchObject({
      name: 'Rose Gonzalez',
      email: 'rose@edge.example',
      doNotContact: true,
      tags: ['vip'],
      externalIds: [{ system: 'sf', id: '9' }],
    });
    expect(merged.accounts).toMatchObject([
      {
        accountName: 'Acme',
        title: 'CPO',
        part: 'champion',
        stance: 2,
        privacy: 'account_team',
        isPrimary: true,
        reportsToId: null,
      },
      { accountName: 'Globex', title: 'Adviser', isPrimary: false },
    ]);
    const reporter = await t.ok(w, api.getPerson, { params: { id: below.id } });
    expect(reporter.accounts.map((r) => r.reportsToId)).toEqual([keep.id, keep.id]);
    const gone = await t.ok(w, api.getPerson, { params: { id: twin.id } });
    expect([gone.mergedIntoId, gone.accounts.length, gone.archivedAt !== null]).toEqual([keep.id, 0, true]);
    expect((await t.call(w, api.mergePeople, { params: { id: keep.id }, body: { duplicateId: keep.id } })).status).toBe(
      409,
    );
  });

  it('are not merged by somebody who does not see all their accounts', async () => {
    const w = await t.workspace('Half seen');
    const lead = await t.member('head', { in: w, level: 'own', name: 'Lead' });
    const [mine, foreign] = [await account(w, 'Mine', { ownerId: lead.memberId }), await account(w, 'Foreign')];
    const one = await add(w, 'One', [{ accountId: mine.id }]);
    const two = await add(w, 'Two', [{ accountId: mine.id }, { accountId: foreign.id }]);
    const answer = await t.call(lead, api.mergePeople, { params: { id: one.id }, body: { duplicateId: two.id } });
    expect([answer.status, answer.problem.code]).toEqual([409, 'merge_hidden']);
    expect((await t.call(kam, api.mergePeople, { params: { id: one.id }, body: { duplicateId: two.id } })).status).toBe(
      403,
    );
  });
});

describe('when accounts change', () => {
  it('people follow a merge of accounts, with their lines and without a circle', async () => {
    const w = await t.workspace('Merging accounts');
    const [into, from] = [await account(w, 'Globex'), await account(w, 'Globex Corp')];
    const both = await add(w, 'At both', [{ accountId: into.id }, { accountId: from.id, title: 'CFO', stance: 1 }]);
    const boss = await add(w, 'Boss', [{ accountId: from.id }, { accountId: into.id }]);
    const only = await add(w, 'Only there', [{ accountId: from.id }]);
    await role(w, boss.id, into.id, { reportsToId: both.id });
    await role(w, both.id, from.id, { reportsToId: boss.id });
    await role(w, only.id, from.id, { reportsToId: boss.id });
    await t.ok(w, mergeAccounts, { params: { id: into.id }, body: { duplicateId: from.id } });
    const at = (await t.ok(w, api.listPeople, { query: { accountId: [into.id] } })).items;
    expect(at.map((p) => [p.name, p.accounts.length, p.accounts[0]!.reportsToName, p.accounts[0]!.title])).toEqual([
      ['At both', 1, null, 'CFO'],
      ['Boss', 1, 'At both', null],
      ['Only there', 1, 'Boss', null],
    ]);
    expect(await names(w, { accountId: [from.id], ended: 'true' })).toEqual([]);
  });

  it('people of an archived account stay', async () => {
    const w = await t.workspace('Archive account');
    const acme = await account(w, 'Acme');
    await add(w, 'Stays', [{ accountId: acme.id }]);
    await t.ok(w, archiveAccount, { params: { id: acme.id } });
    expect(await names(w)).toEqual(['Stays']);
  });
});

describe('the search', () => {
  it('finds people by the beginning of any name, by e-mail, without accents and with typing errors', async () => {
    const w = await t.workspace('Searching');
    const acme = await account(w, 'Acme');
    await add(w, 'Zoë Müller', [{ accountId: acme.id, title: 'CFO' }], {
      email: 'zoe@acme.example',
      lastName: 'Müller',
    });
    await add(w, 'Anna van der Berg', [], { email: 'anna@berg.example' });
    await add(w, '100% Sure_Person');
    const found = async (q: string) => (await search(w, q)).map((h) => h.title);
    for (const q of ['zoe', 'muller', 'MÜL', 'zoe@ac', 'muller zoe', 'Muler', 'zoe mullr'])
      expect(await found(q), q).toEqual(['Zoë Müller']);
    expect(await found('berg anna')).toEqual(['Anna van der Berg']);
    expect(await found('der')).toEqual(['Anna van der Berg']);
    expect(await found('%')).toEqual([]);
    expect(await found('100%')).toEqual(['100% Sure_Person']);
    expect(await found('   ')).toEqual([]);
    expect((await search(w, 'zoe'))[0]).toMatchObject({ type: 'person', accountId: acme.id, subtitle: 'CFO · Acme' });
  });
});
