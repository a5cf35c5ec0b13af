// Who sees whom, and whose judgement, through HTTP on a real PostgreSQL.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { peopleIn } from '../../../../test/people.ts';
import { setAccountTeam } from '../../accounts/api.ts';
import * as api from '../api.ts';

let t: TestApp;
let head: Person;
let kam: Person;
let other: Person;
let account: ReturnType<typeof peopleIn>['account'];
let add: ReturnType<typeof peopleIn>['add'];
let role: ReturnType<typeof peopleIn>['role'];
let names: ReturnType<typeof peopleIn>['names'];
let search: ReturnType<typeof peopleIn>['search'];
beforeAll(async () => {
  t = await openTestApp();
  ({ account, add, role, names, search } = peopleIn(t));
  head = await t.member('head', { name: 'Hedda Head' });
  kam = await t.member('kam', { name: 'Karim Kam' });
  other = await t.member('kam', { name: 'Olga Other' });
});
afterAll(() => t.close());

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
