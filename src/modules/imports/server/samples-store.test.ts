// Changed rows with each field before and after: in the trial, where nothing is written, and after the import.
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { upload } from '../../../../test/upload.ts';
import { createAccount, listAccounts } from '../../accounts/api.ts';
import { createField } from '../../settings/api.ts';
import { listPeople } from '../../stakeholders/api.ts';
import * as api from '../api.ts';
import { differences } from './samples-store.ts';

let t: TestApp;
let head: Person;
beforeAll(async () => {
  t = await openTestApp({ worker: true });
});
afterAll(() => t.close());
beforeEach(async () => {
  head = await t.workspace('Northwind');
});

async function settled(id: string): Promise<api.Import> {
  for (let i = 0; i < 1200; i++) {
    const now = await t.ok(head, api.getImport, { params: { id } });
    if (!['analysing', 'checking', 'running', 'undoing'].includes(now.state)) return now;
    await sleep(50);
  }
  throw new Error('the import does not settle');
}
async function tried(...files: { name: string; lines: string[] }[]): Promise<api.Import> {
  const parts = files.map((f) => ({ name: f.name, content: `${f.lines.join('\n')}\n` }));
  const { body } = await upload(t, head, api.createImport, parts);
  expect(await settled(body.id)).toMatchObject({ state: 'ready', problem: null });
  await t.ok(head, api.dryRunImport, { params: { id: body.id } });
  const one = await settled(body.id);
  expect([one.state, one.problem]).toEqual(['ready', null]);
  return one;
}
async function applied(id: string): Promise<api.Import> {
  await t.ok(head, api.applyImport, { params: { id } });
  const one = await settled(id);
  expect([one.state, one.problem]).toEqual(['done', null]);
  return one;
}
const bring = async (...files: { name: string; lines: string[] }[]) => applied((await tried(...files)).id);
const samples = (one: api.Import, file = 0) => one.files[file]!.report!.samples;
/** Everything that a trial must leave alone. */
const content = async () => ({
  accounts: (await t.ok(head, listAccounts, { query: { limit: 200 } })).items,
  people: (await t.ok(head, listPeople, { query: { limit: 200 } })).items,
  audit: (
    await t.building.database.system((_tx, client) =>
      client.query(
        `select table_name, count(*) from kernel.audit where workspace_id = $1 and table_name <> 'import' group by 1 order by 1`,
        [head.workspaceId],
      ),
    )
  ).rows,
});

describe('a changed row', () => {
  it('shows every field before and after, amounts, owners, parents and own fields by name; the same after the import', async () => {
    await t.member('kam', { in: head, name: 'Karim Kam' });
    await t.ok(head, createField, { body: { entity: 'accounts', label: 'Segment', type: 'text' } });
    await bring({
      name: 'accounts.csv',
      lines: [
        'Id,Name,City,Annual Revenue,Customer since,Segment,Owner,Parent Account',
        '1,Acme,Rome,"€1,000.00",2020-01-31,A,,',
        '2,Holding,Bonn,,,,,',
      ],
    });
    const before = await content();
    const one = await tried({
      name: 'accounts.csv',
      lines: [
        'Id,Name,City,Annual Revenue,Customer since,Segment,Owner,Parent Account',
        '1,Acme,Oslo,"€1,250.50",2021-02-28,B,Karim Kam,Holding',
        '2,Holding,Bonn,,,,,',
      ],
    });
    expect(one).toMatchObject({ new: 0, changed: 1, same: 1 });
    const expected = [
      {
        row: 2,
        name: 'Acme',
        fields: expect.arrayContaining([
          { label: 'City', before: 'Rome', after: 'Oslo' },
          {
            label: 'Annual revenue',
            before: { amount: 100_000, currency: 'EUR' },
            after: { amount: 125_050, currency: 'EUR' },
          },
          { label: 'Customer since', before: '2020-01-31', after: '2021-02-28' },
          { label: 'Owner', before: null, after: 'Karim Kam' },
          { label: 'Parent', before: null, after: 'Holding' },
          { label: 'Segment', before: 'A', after: 'B' },
        ]),
      },
    ];
    expect(samples(one)).toEqual(expected);
    expect(samples(one)[0]!.fields).toHaveLength(6);
    // The trial wrote nothing, not even a line of the audit log.
    expect(await content()).toEqual(before);
    expect(samples(await applied(one.id))).toEqual(expected);
  });

  it('of a person shows what changes with them and at their account', async () => {
    const file = (...lines: string[]) => ({
      name: 'people.csv',
      lines: ['First name,Last name,Email,Phone,Title,Account', ...lines],
    });
    await t.ok(head, createAccount, { body: { name: 'Acme' } });
    await bring(file('Ann,Lee,ann@acme.example,+49 30 1,Buyer,Acme'));
    const one = await tried(file('Ann,Lee,ann@acme.example,+49 30 2,Head of buying,Acme'));
    const fields = [
      { label: 'Phone', before: '+49 30 1', after: '+49 30 2' },
      { label: 'Job title', before: 'Buyer', after: 'Head of buying' },
    ];
    expect(samples(one)).toMatchObject([{ row: 2, name: 'Ann Lee', fields }]);
    expect(samples(await applied(one.id))).toMatchObject([{ row: 2, name: 'Ann Lee', fields }]);
  });

  it('is one of ten at most, however many change, and a field that the import would make has its name', async () => {
    const rows = (city: string, more = '') => Array.from({ length: 40 }, (_, i) => `${i},Account ${i},${city}${more}`);
    await bring({ name: 'a.csv', lines: ['Id,Name,City', ...rows('Rome')] });
    const one = await tried({ name: 'a.csv', lines: ['Id,Name,City,Shoe size', ...rows('Oslo', ',43')] });
    expect(one.changed).toBe(40);
    expect(samples(one).map((s) => s.row)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(samples(one)[0]!.fields).toEqual([
      { label: 'City', before: 'Rome', after: 'Oslo' },
      { label: 'Shoe size', before: null, after: 43 },
    ]);
    const done = await applied(one.id);
    expect(samples(done)).toHaveLength(10);
    expect(samples(done)[0]!.fields.map((f) => f.label)).toEqual(['City', 'Shoe size']);
  });

  it('that leans on a row which is not there yet is passed over in the trial, and shown after the import', async () => {
    await bring({ name: 'a.csv', lines: ['Id,Name,Parent Id', '1,Acme,'] });
    const one = await tried({ name: 'a.csv', lines: ['Id,Name,Parent Id', '1,Acme,2', '2,New parent,'] });
    expect(one).toMatchObject({ new: 1, changed: 1 });
    expect(samples(one)).toEqual([]);
    expect(samples(await applied(one.id))).toEqual([
      { row: 2, name: 'Acme', fields: [{ label: 'Parent', before: null, after: 'New parent' }] },
    ]);
  });
});

describe('two images of a row', () => {
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string(), { maxLength: 3 }),
  );
  const row = fc.dictionary(fc.constantFrom('name', 'city', 'tags', 'employees', 'is_primary', 'notes'), value, {
    noNullPrototype: true,
  });
  it('that are the same differ in nothing; a difference is found on exactly the columns that were kept', () => {
    fc.assert(
      fc.property(row, row, (before, after) => {
        expect(differences(before, { ...after, ...before })).toEqual([]);
        const whole = { ...before, ...after };
        const found = differences(before, whole);
        expect(found.every((d) => d.column in before)).toBe(true);
        for (const d of found) expect(d.before).not.toEqual(d.after);
      }),
    );
  });
});
