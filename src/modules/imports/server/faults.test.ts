// What an import does when the ground shakes: a lost database, a full disk, a list without names, owners whom nobody knows.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { upload } from '../../../../test/upload.ts';
import * as accountsApi from '../../accounts/api.ts';
import * as peopleApi from '../../people/api.ts';
import * as settingsApi from '../../settings/api.ts';
import * as api from '../api.ts';
import { runImportFromCli } from './cli.ts';

let t: TestApp;
let admin: Person;
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
  admin = await t.workspace('Northwind');
});

const settled = async (id: string): Promise<api.Import> => {
  for (let i = 0; i < 1200; i++) {
    const now = await t.ok(admin, api.getImport, { params: { id } });
    if (!['analysing', 'checking', 'running', 'cancelling', 'undoing'].includes(now.state)) return now;
    await sleep(50);
  }
  throw new Error('the import does not settle');
};
async function brought(content: string, name = 'crm.csv'): Promise<api.Import> {
  const answer = await upload(t, admin, api.createImport, { name, content });
  return settled(answer.body.id);
}
const cli = async (content: string, name = 'crm.csv') => {
  const at = path.join(await mkdtemp(path.join(dir, 'x-')), name);
  await writeFile(at, content);
  return runImportFromCli(t.building.services, admin, [at]);
};
const accounts = async () => (await t.ok(admin, accountsApi.listAccounts, { query: { limit: 200 } })).items;

describe('a lost connection', () => {
  it('in the middle of an import costs nothing but a moment', async () => {
    const lines = Array.from({ length: 12_000 }, (_, i) => `${i},Account ${i}`);
    const { id } = await brought(['Id,Name', ...lines].join('\n'));
    await t.ok(admin, api.applyImport, { params: { id } });
    let cut = 0;
    for (let n = 0; n < 2000 && !cut; n++) {
      const now = await t.ok(admin, api.getImport, { params: { id } });
      if (now.phase.startsWith('Writing'))
        cut = await t.building.database.system(async (_tx, client) => {
          const { rows } = await client.query(
            `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid in (select pid from pg_locks where locktype = 'advisory')`,
          );
          return rows.length;
        });
      if (now.state !== 'running') break;
      await sleep(5);
    }
    expect(cut, 'the connection that holds the import was cut').toBeGreaterThan(0);
    const done = await settled(id);
    expect(done).toMatchObject({ state: 'done', new: 12_000, rejected: 0 });
    expect((await t.ok(admin, accountsApi.summariseAccounts)).count).toBe(12_000);
  }, 120_000);
});

describe('a full disk', () => {
  const full = (on: boolean) =>
    t.building.database.system((_tx, client) =>
      client.query(
        on
          ? `create or replace function public.disk_full() returns trigger language plpgsql as $$ begin raise exception 'no space left on device' using errcode = 'disk_full'; end $$;
             create trigger disk_full before insert on account for each statement execute function public.disk_full()`
          : 'drop trigger disk_full on account',
      ),
    );
  it('fails the import with the remedy, and it goes on when there is room again', async () => {
    const { id } = await brought('Id,Name\n1,Acme\n2,Globex\n');
    await full(true);
    try {
      await t.ok(admin, api.applyImport, { params: { id } });
      const failed = await settled(id);
      expect(failed.state).toBe('failed');
      expect(failed.problem).toMatch(/no disk space left.*free some space/i);
      expect(await accounts()).toEqual([]);
    } finally {
      await full(false);
    }
    await t.ok(admin, api.resumeImport, { params: { id } });
    expect(await settled(id)).toMatchObject({ state: 'done', new: 2, problem: null });
  });
});

describe('a list', () => {
  it('without names makes accounts named by their ids, and renames none that it finds', async () => {
    expect((await cli('Id,Name,City\nA-1,Acme,Rome\nA-2,Globex,Rome\n')).exitCode).toBe(0);
    const done = await cli('Account Id,Industry\nA-1,Steel\nA-3,Tin\n');
    expect(done.files).toMatchObject([{ entity: 'accounts', new: 1, changed: 1 }]);
    expect((await accounts()).map((a) => [a.name, a.industry])).toEqual([
      ['A-3', 'Tin'],
      ['Acme', 'Steel'],
      ['Globex', null],
    ]);
  });

  it('that cannot be read says why and touches nothing', async () => {
    const broken = await brought('\u0000\u0001\u0002 not a table', 'x.xlsx');
    expect(broken.state).toBe('questions');
    expect(broken.files[0]!.problem).toBeTruthy();
    expect((await t.call(admin, api.applyImport, { params: { id: broken.id } })).problem.code).toBe('import_questions');
    expect((await cli('', 'empty.csv')).exitCode).toBe(1);
  });

  it('of something else is asked about, and an answer says what it is', async () => {
    const asked = await cli('Ticket,Opened,Priority\n1,2024-01-05,high\n2,2024-01-06,low\n', 'tickets.csv');
    expect([asked.exitCode, asked.files[0]!.entity, asked.files[0]!.questions[0]!.kind]).toEqual([2, null, 'entity']);
  });
});

describe('owners', () => {
  it('are found by name or e-mail; others are listed, and become members when that is asked for', async () => {
    const kam = await t.member('kam', { in: admin, name: 'Karim Kam' });
    const csv = 'Id,Name,Owner\n1,Acme,Karim Kam\n2,Globex,Nina New\n3,Initech,Nina New\n';
    const first = await brought(csv);
    await t.ok(admin, api.dryRunImport, { params: { id: first.id } });
    const tried = await settled(first.id);
    expect(tried.files[0]!.report!.unknownMembers).toEqual([{ name: 'Nina New', rows: 2 }]);
    await t.ok(admin, api.updateImport, { params: { id: first.id }, body: { options: { owners: 'create' } } });
    await t.ok(admin, api.applyImport, { params: { id: first.id } });
    expect(await settled(first.id)).toMatchObject({ state: 'done', new: 3 });
    expect((await accounts()).map((a) => a.ownerName)).toEqual(['Karim Kam', 'Nina New', 'Nina New']);
    const { items } = await t.ok(admin, peopleApi.listMembers);
    expect(items.map((m) => m.name).sort()).toEqual(['Karim Kam', 'Nina New', admin.name]);
    expect((await t.ok(kam, accountsApi.listAccounts)).items.map((a) => a.name)).toEqual(['Acme']);

    await t.ok(admin, api.undoImport, { params: { id: first.id } });
    expect((await settled(first.id)).state).toBe('undone');
    expect((await t.ok(admin, peopleApi.listMembers)).items).toHaveLength(2);
  });
});

describe('columns without a field', () => {
  it('become fields of their kind, once', async () => {
    const csv = (more: string) => `Id,Name,Seats,Plan,Trial\n1,Acme,5,Gold,yes\n2,Globex,7,Silver,no\n${more}`;
    const many = Array.from(
      { length: 12 },
      (_, i) => `${i + 10},Account ${i},${i},${i % 2 ? 'Gold' : 'Silver'},no`,
    ).join('\n');
    expect((await cli(csv(many))).exitCode).toBe(0);
    const fields = async () =>
      (await t.ok(admin, settingsApi.listFields, { query: { entity: 'accounts' } })).items.map((f) => [
        f.label,
        f.type,
        f.choices,
      ]);
    expect(await fields()).toEqual([
      ['Seats', 'number', []],
      ['Plan', 'choice', ['Gold', 'Silver']],
      ['Trial', 'boolean', []],
    ]);
    expect((await cli(csv(`${many}\n99,Later,1,Bronze,no`))).files).toMatchObject([{ new: 1, changed: 0, same: 14 }]);
    expect((await fields())[1]).toEqual(['Plan', 'choice', ['Gold', 'Silver', 'Bronze']]);
  });

  it('are left out, and said so, when a head imports who may not add fields', async () => {
    const head = await t.member('head', { in: admin });
    const answer = await upload(t, head, api.createImport, { name: 'crm.csv', content: 'Id,Name,Seats\n1,Acme,5\n' });
    await settled(answer.body.id);
    await t.ok(head, api.applyImport, { params: { id: answer.body.id } });
    const done = await settled(answer.body.id);
    expect(done.files[0]!.report).toMatchObject({ new: 1, newFields: [], leftOut: [{ column: 'Seats' }] });
    expect(await accounts()).toMatchObject([{ name: 'Acme', custom: {} }]);
  });
});
