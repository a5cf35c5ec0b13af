// The stakeholders room through HTTP on a real PostgreSQL.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { peopleIn } from '../../../../test/people.ts';
import { explainMetric, getMetric } from '../../../kernel/contract/metrics.ts';
import { accountTimeline } from '../../accounts/api.ts';
import { createField, readAudit, updateWorkspace } from '../../settings/api.ts';
import * as api from '../api.ts';

let t: TestApp;
let head: Person;
let account: ReturnType<typeof peopleIn>['account'];
let add: ReturnType<typeof peopleIn>['add'];
let role: ReturnType<typeof peopleIn>['role'];
let names: ReturnType<typeof peopleIn>['names'];
let search: ReturnType<typeof peopleIn>['search'];
beforeAll(async () => {
  t = await openTestApp();
  ({ account, add, role, names, search } = peopleIn(t));
  head = await t.member('head', { name: 'Hedda Head' });
});
afterAll(() => t.close());

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
    // As a figure it explains itself, to who sees the account.
    const asked = { params: { id: 'role-coverage' }, query: { of: acme.id } };
    expect(await t.ok(w, getMetric, asked)).toMatchObject({ value: '0.500000', parts: { filled: 2, parts: 4 } });
    expect((await t.ok(w, explainMetric, asked)).items.map((r) => r.label)).toEqual([
      'Economic buyer: Buyer',
      'Decision maker: nobody yet',
      'Champion: Champ (assumed), Second champ (assumed)',
      'Executive sponsor: nobody yet',
    ]);
    expect((await t.call(stranger, getMetric, asked)).status).toBe(404);
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
    expect((await search(w, 'zoe'))[0]).toMatchObject({ type: 'person', accountId: acme.id, subtitle: 'CFO · Acme' });
  });
});
