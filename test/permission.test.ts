// For random people and accounts: what a list shows is what its sums, the search, single reads and the rooms upstairs show, and it is
// what the rules of visibility say, worked out here a second time in plain code.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEVELS, type Level } from '../src/kernel/contract/access.ts';
import { getAccount, listAccounts, summariseAccounts } from '../src/modules/accounts/api.ts';
import { getAction, listActions, summariseActions } from '../src/modules/actions/api.ts';
import { getDocument, listDocuments } from '../src/modules/documents/api.ts';
import { searchEverything } from '../src/modules/search/api.ts';
import { getPerson, listPeople, summarisePeople } from '../src/modules/stakeholders/api.ts';
import { openTestApp, type Person, type TestApp } from './app.ts';

let t: TestApp;
beforeAll(async () => {
  t = await openTestApp();
});
afterAll(() => t.close());

type World = {
  /** Parent team of each team, earlier in the list, or none. */
  teams: (number | null)[];
  members: { level: Level; team: number | null }[];
  accounts: {
    owner: number | null;
    sponsor: number | null;
    team: number[];
    arr: number;
    action: { owner: number | null; maker: number | null };
  }[];
};

const world: fc.Arbitrary<World> = fc
  .record({
    teams: fc.integer({ min: 1, max: 4 }),
    members: fc.integer({ min: 2, max: 5 }),
    accounts: fc.integer({ min: 1, max: 14 }),
  })
  .chain((n) =>
    fc.record({
      teams: fc.tuple(
        ...Array.from({ length: n.teams }, (_, i) => (i === 0 ? fc.constant(null) : fc.option(fc.nat({ max: i - 1 })))),
      ),
      members: fc.array(
        fc.record({ level: fc.constantFrom(...LEVELS), team: fc.option(fc.nat({ max: n.teams - 1 })) }),
        { minLength: n.members, maxLength: n.members },
      ),
      accounts: fc.array(
        fc.record({
          owner: fc.option(fc.nat({ max: n.members - 1 })),
          sponsor: fc.option(fc.nat({ max: n.members - 1 }), { freq: 4 }),
          team: fc.uniqueArray(fc.nat({ max: n.members - 1 }), { maxLength: 2 }),
          arr: fc.integer({ min: 0, max: 10_000 }),
          action: fc.record({
            owner: fc.option(fc.nat({ max: n.members - 1 })),
            maker: fc.option(fc.nat({ max: n.members - 1 })),
          }),
        }),
        { minLength: n.accounts, maxLength: n.accounts },
      ),
    }),
  );

/** The rule of visibility, in words of the practice: own, account team, team and below, all. */
function sees(w: World, member: number, account: number): boolean {
  const { level, team } = w.members[member]!;
  const a = w.accounts[account]!;
  if (level === 'all' || a.owner === member || a.sponsor === member) return true;
  if (level === 'own') return false;
  if (a.team.includes(member)) return true;
  if (level !== 'team' || team === null || a.owner === null) return false;
  for (let at = w.members[a.owner]!.team; at !== null; at = w.teams[at]!) if (at === team) return true;
  return false;
}

async function build(
  w: World,
): Promise<{ members: Person[]; accounts: string[]; actions: string[]; documents: string[]; people: string[] }> {
  const space = await t.workspace('World');
  const { system } = t.building.database;
  const ws = space.workspaceId;
  const one = (sql: string, values: unknown[]) =>
    system(async (_tx, client) => (await client.query(sql, values)).rows[0].id as string);
  const teams: string[] = [];
  for (const parent of w.teams)
    teams.push(
      await one(`insert into team (workspace_id, name, parent_id) values ($1, 'T', $2) returning id`, [
        ws,
        parent === null ? null : teams[parent],
      ]),
    );
  const members: Person[] = [];
  for (const m of w.members)
    members.push(
      await t.member('kam', { in: space, level: m.level, ...(m.team === null ? {} : { teamId: teams[m.team]! }) }),
    );
  const id = (m: number | null) => (m === null ? null : members[m]!.memberId);
  const [accounts, actions, documents, people]: [string[], string[], string[], string[]] = [[], [], [], []];
  for (const [i, a] of w.accounts.entries()) {
    const accountId = await one(
      `insert into account (workspace_id, name, owner_id, sponsor_id, arr_minor, arr_currency) values ($1, $2, $3, $4, $5, 'EUR') returning id`,
      [ws, `Wonder ${i} works`, id(a.owner), id(a.sponsor), a.arr],
    );
    for (const m of a.team)
      await one(`insert into account_team (workspace_id, account_id, member_id) values ($1, $2, $3) returning id`, [
        ws,
        accountId,
        id(m),
      ]);
    accounts.push(accountId);
    actions.push(
      await one(
        `insert into action (workspace_id, title, account_id, owner_id, created_by) values ($1, $2, $3, $4, $5) returning id`,
        [ws, `Wonder action ${i}`, accountId, id(a.action.owner), id(a.action.maker)],
      ),
    );
    documents.push(
      await one(
        `with d as (insert into document (workspace_id, title, account_id) values ($1, $2, $3) returning id, account_id),
         v as (insert into document_version (workspace_id, document_id, account_id, number, file_key, file_name, type, bytes) select $1, id, account_id, 1, repeat('0', 64), 'f', 'text/plain', 1 from d)
         select id from d`,
        [ws, `Wonder paper ${i}`, accountId],
      ),
    );
  }
  // One person an account; every second one has to do with the next account too.
  for (const i of accounts.keys()) {
    const personId = await one(`insert into person (workspace_id, name) values ($1, $2) returning id`, [
      ws,
      `Wonder person ${i}`,
    ]);
    for (const at of placesOf(i, accounts.length))
      await one(`insert into stakeholder (workspace_id, person_id, account_id) values ($1, $2, $3) returning id`, [
        ws,
        personId,
        accounts[at],
      ]);
    people.push(personId);
  }
  return { members, accounts, actions, documents, people };
}

const placesOf = (i: number, n: number): number[] => [...new Set(i % 2 ? [i, (i + 1) % n] : [i])];
const sorted = (ids: string[]) => [...ids].sort();

describe('what a member sees', () => {
  it('is the same everywhere, and what the rules say, for random teams, members, owners, sponsors and account teams', {
    timeout: 120_000,
  }, async () => {
    let hidden = 0;
    await fc.assert(
      fc.asyncProperty(world, async (w) => {
        const { members, accounts, actions, documents, people } = await build(w);
        for (const [m, person] of members.entries()) {
          const visible = accounts.filter((_, i) => sees(w, m, i));
          hidden += accounts.length - visible.length;
          const sum = w.accounts.reduce((n, a, i) => n + (sees(w, m, i) ? a.arr : 0), 0);

          const listed: string[] = [];
          let cursor: string | undefined;
          do {
            const page = await t.ok(person, listAccounts, { query: { limit: 3, ...(cursor ? { cursor } : {}) } });
            listed.push(...page.items.map((a) => a.id));
            cursor = page.nextCursor ?? undefined;
          } while (cursor);
          expect(sorted(listed), 'the list').toEqual(sorted(visible));
          const summary = await t.ok(person, summariseAccounts);
          expect([summary.count, summary.arr.amount], 'the sum').toEqual([visible.length, sum]);
          for (const [i, id] of accounts.entries())
            expect((await t.call(person, getAccount, { params: { id } })).status, 'by id').toBe(
              sees(w, m, i) ? 200 : 404,
            );

          // Rooms upstairs: documents follow the account; an action is also seen by who does it and who asked for it.
          const seenDocuments = documents.filter((_, i) => sees(w, m, i));
          const seenActions = actions.filter(
            (_, i) => sees(w, m, i) || w.accounts[i]!.action.owner === m || w.accounts[i]!.action.maker === m,
          );
          expect(sorted((await t.ok(person, listDocuments, { query: { limit: 200 } })).items.map((d) => d.id))).toEqual(
            sorted(seenDocuments),
          );
          expect(sorted((await t.ok(person, listActions, { query: { limit: 200 } })).items.map((a) => a.id))).toEqual(
            sorted(seenActions),
          );
          expect((await t.ok(person, summariseActions)).count).toBe(seenActions.length);
          for (const id of documents)
            expect((await t.call(person, getDocument, { params: { id } })).status).toBe(
              seenDocuments.includes(id) ? 200 : 404,
            );
          for (const id of actions)
            expect((await t.call(person, getAction, { params: { id } })).status).toBe(
              seenActions.includes(id) ? 200 : 404,
            );

          const seenPeople = people.filter((_, i) => placesOf(i, people.length).some((at) => sees(w, m, at)));
          expect(sorted((await t.ok(person, listPeople, { query: { limit: 200 } })).items.map((p) => p.id))).toEqual(
            sorted(seenPeople),
          );
          expect((await t.ok(person, summarisePeople)).count).toBe(seenPeople.length);
          for (const id of people)
            expect((await t.call(person, getPerson, { params: { id } })).status).toBe(
              seenPeople.includes(id) ? 200 : 404,
            );

          const found = (await t.ok(person, searchEverything, { query: { q: 'wonder', limit: 100 } })).items;
          expect(sorted(found.map((f) => f.id)), 'the search').toEqual(
            sorted([...visible, ...seenDocuments, ...seenActions, ...seenPeople]),
          );
        }
      }),
      { numRuns: 8 },
    );
    expect(hidden, 'the worlds hid something').toBeGreaterThan(20);
  });
});
