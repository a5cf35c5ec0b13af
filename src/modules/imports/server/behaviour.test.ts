// What imports do with links, look-alikes, rejected rows, other rights, and what undo leaves.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { upload } from '../../../../test/upload.ts';
import * as accountsApi from '../../accounts/api.ts';
import * as peopleApi from '../../stakeholders/api.ts';
import * as api from '../api.ts';
import { runImportFromCli } from './cli.ts';

let t: TestApp;
let head: Person;
let dir: string;
beforeAll(async () => {
  t = await openTestApp({ worker: true });
  dir = await mkdtemp(path.join(tmpdir(), 'openkam-files-'));
});
afterAll(async () => {
  await t.close();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  head = await t.workspace('Northwind');
});

let counter = 0;
/** A file of lines in a folder of its own, so that names may repeat. */
async function file(name: string, ...lines: string[]): Promise<string> {
  const folder = await mkdtemp(path.join(dir, `${counter++}-`));
  const at = path.join(folder, name);
  await writeFile(at, `${lines.join('\n')}\n`);
  return at;
}
const run = (as: Person, files: string[], options: Parameters<typeof runImportFromCli>[3] = {}) =>
  runImportFromCli(t.building.services, as, files, options);
/** Brings files in and insists that it worked. */
async function bring(as: Person, ...files: string[]) {
  const done = await run(as, files);
  expect([done.exitCode, done.problem]).toEqual([0, null]);
  return done;
}
async function settled(as: Person, id: string): Promise<api.Import> {
  for (let i = 0; i < 1200; i++) {
    const now = await t.ok(as, api.getImport, { params: { id } });
    if (!['analysing', 'checking', 'running', 'cancelling', 'undoing'].includes(now.state)) return now;
    await sleep(50);
  }
  throw new Error('the import does not settle');
}
const undone = async (as: Person, id: string) => {
  await t.ok(as, api.undoImport, { params: { id } });
  const now = await settled(as, id);
  expect([now.state, now.problem]).toEqual(['undone', null]);
  return now;
};
const accounts = async (as: Person) => (await t.ok(as, accountsApi.listAccounts, { query: { limit: 200 } })).items;
const people = async (as: Person) => (await t.ok(as, peopleApi.listPeople, { query: { limit: 200 } })).items;
const account = async (as: Person, name: string) => (await accounts(as)).find((a) => a.name === name)!;
const notes = async (as: Person, id: string) => (await t.ok(as, api.importNotes, { params: { id } })).items;

describe('parents', () => {
  it('are found by id and by name, also when they stand further down in the file', async () => {
    await bring(head, await file('a.csv', 'Id,Name,Parent Id', '1,Child,3', '2,Grandchild,1', '3,Top,'));
    expect((await account(head, 'Grandchild')).parentName).toBe('Child');
    expect((await account(head, 'Child')).parentName).toBe('Top');
    await bring(head, await file('b.csv', 'Name,Parent Account', 'Below,Above', 'Above,Top'));
    expect((await account(head, 'Below')).parentName).toBe('Above');
    expect((await account(head, 'Above')).parentName).toBe('Top');
  });

  it('that close a circle are left out with a reason, and the rows are taken', async () => {
    const done = await bring(
      head,
      await file('a.csv', 'Id,Name,Parent Id', '1,One,3', '2,Two,1', '3,Three,2', '4,Four,3', '5,Five,5'),
    );
    expect(done.files).toMatchObject([{ new: 5, rejected: 0 }]);
    expect((await accounts(head)).map((a) => [a.name, a.parentName])).toEqual([
      ['Five', null],
      ['Four', 'Three'],
      ['One', null],
      ['Three', null],
      ['Two', null],
    ]);
    expect((await notes(head, done.id)).map((n) => [n.row, n.code, n.column])).toEqual([
      [2, 'circle', 'Parent Id'],
      [3, 'circle', 'Parent Id'],
      [4, 'circle', 'Parent Id'],
    ]);
  });

  it('close no circle with the tree that is there', async () => {
    await bring(head, await file('a.csv', 'Id,Name,Parent Id', '1,Top,', '2,Middle,1', '3,Low,2'));
    await bring(head, await file('a.csv', 'Id,Name,Parent Id', '1,Top,3'));
    expect((await account(head, 'Top')).parentName).toBeNull();
    expect((await account(head, 'Low')).parentName).toBe('Middle');
  });

  it('that nobody knows are named, and the row is taken without', async () => {
    const done = await bring(head, await file('a.csv', 'Name,Parent Account', 'Acme,Nobody Ltd'));
    expect(await notes(head, done.id)).toMatchObject([
      { row: 2, weight: 'warn', code: 'no_parent', value: 'Nobody Ltd' },
    ]);
    expect((await accounts(head)).map((a) => a.name)).toEqual(['Acme']);
  });

  it('never lead in a circle, whatever a file asks for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 8 })), {
          minLength: 1,
          maxLength: 8,
        }),
        async (wishes) => {
          const lines = [...new Map(wishes)].map(([id, parent]) => `${id},Account ${id},${parent || ''}`);
          await bring(head, await file('tree.csv', 'Id,Name,Parent Id', ...lines));
          const parents = new Map((await accounts(head)).map((a) => [a.id, a.parentId]));
          for (const start of parents.keys()) {
            let at = parents.get(start) ?? null;
            for (let n = 0; at; n++, at = parents.get(at) ?? null) expect(n, 'the way up ends').toBeLessThan(20);
          }
        },
      ),
      { numRuns: 5 },
    );
  });
});

describe('who is who', () => {
  it('a row with a known id changes the account, blank cells change nothing', async () => {
    await bring(head, await file('crm.csv', 'Id,Name,City,Industry', '1,Acme,Berlin,Steel'));
    const done = await bring(head, await file('crm.csv', 'Id,Name,City,Industry', '1,Acme Renamed,,Tin'));
    expect(done.files).toMatchObject([{ new: 0, changed: 1, same: 0 }]);
    expect(await accounts(head)).toMatchObject([{ name: 'Acme Renamed', city: 'Berlin', industry: 'Tin', version: 2 }]);
  });

  it('the 15 and the 18 characters of a Salesforce id are one', async () => {
    await bring(head, await file('a.csv', 'Id,Name', '001bm00001ZL8U9AAL,Edge', '001bm00001ZL8UAAA1,Burlington'));
    const done = await bring(
      head,
      await file('b.csv', 'Id,Name', '001bm00001ZL8U9,Edge', '001bm00001ZL8UA,Burlington'),
    );
    expect(done.files).toMatchObject([{ new: 0, same: 2 }]);
  });

  it('without an id the name decides, unless the town speaks against it', async () => {
    await bring(head, await file('a.csv', 'Name,City', 'Café Müller,Köln'));
    const done = await bring(
      head,
      await file('other.csv', 'Name,City,Industry', 'CAFE MULLER,Köln,Food', 'Café Müller,Bonn,Food'),
    );
    expect(done.files).toMatchObject([{ new: 1, changed: 1 }]);
    expect((await accounts(head)).map((a) => [a.name, a.city, a.industry])).toEqual([
      ['Café Müller', 'Köln', 'Food'],
      ['Café Müller', 'Bonn', 'Food'],
    ]);
  });

  it('the same account twice in a file is taken once, with a reason for the other row', async () => {
    const many = Array.from({ length: 30 }, (_, i) => `${i + 10},Account ${i}`);
    const done = await bring(
      head,
      await file('a.csv', 'Id,Name', '1,Acme', '1,Acme again', ',Globex', ',GLOBEX', ...many),
    );
    expect(done.files).toMatchObject([{ new: 32, rejected: 2 }]);
    expect((await notes(head, done.id)).map((n) => [n.row, n.weight, n.message])).toEqual([
      [3, 'reject', 'Row 2 has the same id.'],
      [5, 'reject', 'This is the same account as row 4.'],
    ]);
  });

  it('look-alikes are shown before anything is written, and a person decides', async () => {
    await bring(head, await file('a.csv', 'Name,City', 'Acme Incorporated,Berlin', 'Initech,Austin'));
    const known = await account(head, 'Acme Incorporated');
    const answer = await upload(t, head, api.createImport, {
      name: 'b.csv',
      content: 'Name,Industry\nAcme Inc.,Steel\nUnlike,Tin\n',
    });
    const { id } = answer.body;
    await settled(head, id);
    await t.ok(head, api.dryRunImport, { params: { id } });
    const tried = await settled(head, id);
    expect(tried.files[0]!.report).toMatchObject({ new: 2, candidates: [{ row: 2, options: [{ id: known.id }] }] });
    await t.ok(head, api.updateImport, { params: { id }, body: { files: [{ no: 1, decisions: { '2': known.id } }] } });
    await t.ok(head, api.applyImport, { params: { id } });
    const done = await settled(head, id);
    expect(done).toMatchObject({ state: 'done', new: 1, changed: 1 });
    expect((await accounts(head)).map((a) => [a.name, a.industry])).toEqual([
      ['Acme Inc.', 'Steel'],
      ['Initech', null],
      ['Unlike', 'Tin'],
    ]);
  });

  it('people with one e-mail are one person at several accounts; another name at a shared address is somebody else', async () => {
    const companies = await file('accounts.csv', 'Id,Name', '1,Acme', '2,Globex');
    const list = await file(
      'contacts.csv',
      'Contact Id,First Name,Last Name,Email,Account Id,Title',
      'c1,Rose,Gonzalez,rose@edge.example,1,CFO',
      'c2,Rose,Gonzalez,Rose@Edge.example,2,Advisor',
      'c3,Jack,Rogers,info@edge.example,1,Buyer',
      'c4,Pat,Stumuller,info@edge.example,1,Clerk',
      'c5,Nora,Nowhere,nora@edge.example,99,CEO',
    );
    const done = await bring(head, list, companies);
    expect(done.files[0]).toMatchObject({ entity: 'people', new: 4, changed: 1, rejected: 0 });
    const known = await people(head);
    expect(known.map((p) => [p.name, p.accounts.map((a) => [a.accountName, a.title, a.isPrimary])])).toEqual([
      ['Jack Rogers', [['Acme', 'Buyer', true]]],
      ['Nora Nowhere', []],
      ['Pat Stumuller', [['Acme', 'Clerk', true]]],
      [
        'Rose Gonzalez',
        [
          ['Acme', 'CFO', true],
          ['Globex', 'Advisor', false],
        ],
      ],
    ]);
    expect(known.find((p) => p.name === 'Rose Gonzalez')!.externalIds.map((x) => x.id)).toEqual(['c1', 'c2']);
    expect(await notes(head, done.id)).toMatchObject([
      { row: 6, code: 'no_account', column: 'Account Id', value: '99' },
    ]);
    const again = await bring(head, list, companies);
    expect(again.files).toMatchObject([
      { new: 0, changed: 0, same: 5 },
      { new: 0, changed: 0, same: 2 },
    ]);
  });

  it('managers are found by id and by name at the same account, and circles are left out', async () => {
    const companies = await file('accounts.csv', 'Id,Name', '1,Acme', '2,Globex');
    const list = await file(
      'contacts.csv',
      'Contact Id,Name,Account Id,Reports To Id,Reports To',
      'a,Ann Low,1,b,',
      'b,Bea Mid,1,,Cyd Top',
      'c,Cyd Top,1,,',
      'd,Dan Round,2,e,',
      'e,Eve Round,2,d,',
      'f,Fay Far,2,c,',
    );
    const done = await bring(head, companies, list);
    const lines = (await people(head)).map((p) => [p.name, p.accounts[0]!.reportsToName]);
    expect(lines).toEqual([
      ['Ann Low', 'Bea Mid'],
      ['Bea Mid', 'Cyd Top'],
      ['Cyd Top', null],
      ['Dan Round', null],
      ['Eve Round', null],
      ['Fay Far', null],
    ]);
    expect((await notes(head, done.id)).map((n) => [n.row, n.code])).toEqual([
      [5, 'circle'],
      [6, 'circle'],
      [7, 'no_manager'],
    ]);
  });
});

describe('rows that cannot be taken', () => {
  it('are counted, named with row, column and reason, and come back as a file', async () => {
    const done = await bring(
      head,
      await file(
        'a.csv',
        'Name,Employees,Customer Since,IsDeleted',
        'Acme,12,2024-02-30,',
        ',5,,',
        'Gone,1,,TRUE',
        'Good,7,2024-02-28,',
      ),
    );
    expect(done.files).toMatchObject([{ new: 1, rejected: 3 }]);
    expect((await notes(head, done.id)).map((n) => [n.row, n.column, n.code])).toEqual([
      [2, 'Customer Since', 'not_a_date'],
      [3, 'Name', 'missing'],
      [4, '', 'deleted'],
    ]);
    const csv = await t.call(head, api.rejectedRows, { params: { id: done.id } });
    expect(csv.status).toBe(200);
    const lines = csv.raw.replace('\ufeff', '').trim().split('\r\n');
    expect(lines[0]).toBe('Row,Reason,Name,Employees,Customer Since,IsDeleted');
    expect(lines.slice(1).map((l) => l.split(',')[0])).toEqual(['2', '3', '4']);
  });

  it('ambiguous dates are asked and never guessed', async () => {
    const list = await file('a.csv', 'Name,Customer Since', 'Acme,03/04/2024', 'Globex,05/06/2024');
    const asked = await run(head, [list]);
    expect([asked.exitCode, asked.files[0]!.questions.map((q) => [q.column, q.kind, [...q.options].sort()])]).toEqual([
      2,
      [['Customer Since', 'date-format', ['dmy', 'mdy']]],
    ]);
    expect(await accounts(head)).toEqual([]);
    const answered = await run(head, [list], { answers: ['a.csv:Customer Since=mdy'] });
    expect(answered.exitCode).toBe(0);
    expect((await account(head, 'Acme')).customerSince).toBe('2024-03-04');
    const again = await run(head, [list]);
    expect(again, 'the answer is kept with the mapping').toMatchObject({ exitCode: 0, files: [{ same: 2 }] });
  });
});

describe('rights', () => {
  it('an import runs under the rights of who starts it', async () => {
    const scoped = await t.member('head', { in: head, level: 'team', name: 'Scoped Head' });
    await bring(head, await file('crm.csv', 'Id,Name', '1,Hidden'));
    const done = await run(scoped, [await file('crm.csv', 'Id,Name,City', '1,Hidden,Rome', '2,Mine,Rome')]);
    expect(done.files).toMatchObject([{ new: 1, rejected: 1 }]);
    expect((await accounts(scoped)).map((a) => [a.name, a.ownerName])).toEqual([['Mine', 'Scoped Head']]);
    expect((await account(head, 'Hidden')).city).toBeNull();
    const [line] = (await t.ok(scoped, api.listImports)).items;
    expect(line!.id, 'others’ imports are not shown to who sees only some accounts').toBe(done.id);
    expect((await t.ok(scoped, api.listImports)).items).toHaveLength(1);
    expect((await t.ok(head, api.listImports)).items).toHaveLength(2);
  });

  it('a kam may not import', async () => {
    const kam = await t.member('kam', { in: head });
    expect((await upload(t, kam, api.createImport, { name: 'a.csv', content: 'Name\nAcme\n' })).status).toBe(403);
  });
});

/** All rows of the workspace that an import may touch, without what counts changes. */
async function content(as: Person): Promise<unknown> {
  const tables = [
    'account',
    'account_external_id',
    'person',
    'person_external_id',
    'stakeholder',
    'custom_field',
    'member',
    'account_team',
  ];
  const all: Record<string, unknown[]> = {};
  for (const table of tables) {
    const { rows } = await t.building.database.system((_tx, client) =>
      client.query(
        `select to_jsonb(x) - '{version,updated_at}'::text[] as row from ${table} x where workspace_id = $1 order by (to_jsonb(x) - '{version,updated_at}'::text[])::text`,
        [as.workspaceId],
      ),
    );
    all[table] = rows.map((r) => r.row);
  }
  return all;
}

describe('undo', () => {
  it('takes away what an import made and puts back what it changed', async () => {
    await bring(head, await file('crm.csv', 'Id,Name,City,Parent Id', '1,Acme,Berlin,', '2,Globex,Rome,1'));
    const before = await content(head);
    const done = await bring(
      head,
      await file(
        'crm.csv',
        'Id,Name,City,Parent Id,Colour',
        '1,Acme,Hamburg,3,red',
        '2,Globex,Rome,,blue',
        '3,Top,Oslo,,',
      ),
      await file('contacts.csv', 'Contact Id,Name,Account Id,Email', 'c1,Rose Gonzalez,1,rose@a.example'),
    );
    expect(await content(head)).not.toEqual(before);
    const { undo } = await undone(head, done.id);
    expect(undo).toEqual({ removed: 2, restored: 2, kept: [], keptCount: 0 });
    expect(await content(head)).toEqual(before);
  });

  it('leaves alone what somebody changed or used since, and says so', async () => {
    const done = await bring(
      head,
      await file('crm.csv', 'Id,Name,Parent Id', '1,Acme,', '2,Globex,', '3,Initech,2', '4,Hooli,'),
    );
    await t.ok(head, accountsApi.updateAccount, {
      params: { id: (await account(head, 'Acme')).id },
      body: { city: 'Bonn' },
    });
    const child = await account(head, 'Initech');
    await t.ok(head, accountsApi.createAccount, { body: { name: 'Made by hand', parentId: child.id } });
    const { undo } = await undone(head, done.id);
    expect((await accounts(head)).map((a) => a.name)).toEqual(['Acme', 'Globex', 'Initech', 'Made by hand']);
    expect(undo).toMatchObject({ removed: 1, keptCount: 3 });
    expect(undo!.kept.map((k) => k.row).sort()).toEqual([2, 3, 4]);
  });

  it('leaves the workspace as it was, whatever was imported', async () => {
    const cell = fc.constantFrom('', 'Berlin', 'Rome', 'Köln');
    const line = fc.tuple(fc.integer({ min: 1, max: 6 }), cell, cell, fc.integer({ min: 0, max: 6 }));
    const person = fc.tuple(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 7 }),
      fc.integer({ min: 0, max: 4 }),
      cell,
    );
    const files = fc.record({ accounts: fc.array(line, { maxLength: 7 }), people: fc.array(person, { maxLength: 6 }) });
    const write = async ({
      accounts: a,
      people: p,
    }: {
      accounts: [number, string, string, number][];
      people: [number, number, number, string][];
    }) => {
      const some = [];
      if (a.length)
        some.push(
          await file(
            'crm.csv',
            'Id,Name,City,Hobby,Parent Id',
            ...a.map(([id, city, hobby, up]) => `${id},Account ${id},${city},${hobby},${up || ''}`),
          ),
        );
      if (p.length)
        some.push(
          await file(
            'contacts.csv',
            'Contact Id,Name,Email,Account Id,Reports To Id,Title',
            ...p.map(
              ([id, at, boss, title]) =>
                `p${id},Person ${id},p${id}@x.example,${at || ''},${boss ? `p${boss}` : ''},${title}`,
            ),
          ),
        );
      return some;
    };
    await fc.assert(
      fc.asyncProperty(files, files, async (first, second) => {
        const w = await t.workspace('Undo');
        const one = await write(first);
        if (one.length) await bring(w, ...one);
        const before = await content(w);
        const two = await write(second);
        if (!two.length) return;
        const done = await bring(w, ...two);
        const { undo } = await undone(w, done.id);
        expect(undo?.kept ?? []).toEqual([]);
        expect(await content(w)).toEqual(before);
      }),
      {
        numRuns: 3,
        // Empty columns and an id that repeats: the list is still one of accounts.
        examples: [
          [
            { accounts: [], people: [] },
            {
              accounts: [
                [1, '', '', 0],
                [1, '', '', 1],
              ],
              people: [],
            },
          ],
        ],
      },
    );
  }, 300_000);
});

describe('stopping and going on', () => {
  it('a stopped import keeps what is in and goes on when asked', async () => {
    const lines = Array.from({ length: 12_000 }, (_, i) => `${i},Account ${i}`);
    const list = await file('many.csv', 'Id,Name', ...lines);
    const answer = await upload(t, head, api.createImport, { name: 'many.csv', content: readFileSync(list) });
    const { id } = answer.body;
    await settled(head, id);
    await t.ok(head, api.applyImport, { params: { id } });
    for (;;) {
      const now = await t.ok(head, api.getImport, { params: { id } });
      if (now.phase.startsWith('Writing') && now.progress.done > 0) break;
      expect(now.state).toBe('running');
      await sleep(10);
    }
    await t.call(head, api.cancelImport, { params: { id } });
    const stopped = await settled(head, id);
    const { count } = await t.ok(head, accountsApi.summariseAccounts);
    if (stopped.state === 'cancelled') {
      expect(count % 1_000, 'whole chunks only').toBe(0);
      await t.ok(head, api.resumeImport, { params: { id } });
    }
    const done = await settled(head, id);
    expect(done).toMatchObject({ state: 'done', new: 12_000, same: 0, rejected: 0 });
    expect((await t.ok(head, accountsApi.summariseAccounts)).count).toBe(12_000);
  }, 120_000);

  it('two imports at once go one after the other', async () => {
    const lines = (city: string) => Array.from({ length: 300 }, (_, i) => `${i},Account ${i},${city}`);
    const [a, b] = await Promise.all([
      run(head, [await file('many.csv', 'Id,Name,City', ...lines('Rome'))]),
      run(head, [await file('many.csv', 'Id,Name,City', ...lines('Oslo'))]),
    ]);
    expect([a.exitCode, b.exitCode]).toEqual([0, 0]);
    expect([a.files[0]!.new, b.files[0]!.new].sort()).toEqual([0, 300]);
    expect((await t.ok(head, accountsApi.summariseAccounts)).count).toBe(300);
  });
});
