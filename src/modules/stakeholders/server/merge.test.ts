// Duplicates of people, and accounts that become one, through HTTP on a real PostgreSQL.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { peopleIn } from '../../../../test/people.ts';
import { archiveAccount, mergeAccounts } from '../../accounts/api.ts';
import * as api from '../api.ts';

let t: TestApp;
let kam: Person;
let account: ReturnType<typeof peopleIn>['account'];
let add: ReturnType<typeof peopleIn>['add'];
let role: ReturnType<typeof peopleIn>['role'];
let names: ReturnType<typeof peopleIn>['names'];
beforeAll(async () => {
  t = await openTestApp();
  ({ account, add, role, names } = peopleIn(t));
  kam = await t.member('kam', { name: 'Karim Kam' });
});
afterAll(() => t.close());

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
