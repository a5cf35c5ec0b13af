// What every room gets from tableImporter: dry run, natural keys, doubles, resume, undo, columns without a field.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { modules } from '../../../app/server.ts';
import { tableImporter } from '../../../kernel/server/import-table.ts';
import type { EntityShape, Importer } from '../../../kernel/server/importing.ts';
import { resolveAccountRefs } from '../../accounts/server/index.ts';
import * as api from '../api.ts';
import { runImportFromCli } from './cli.ts';
import { takeUp, work } from './work.ts';

const shape: EntityShape = {
  entity: 'receipts',
  label: 'Receipts',
  fields: [
    { key: 'externalId', label: 'Id', type: 'id', role: 'external-id', exact: true, weight: 2, synonyms: 'receipt id' },
    { key: 'accountId', label: 'Account (id)', type: 'id', role: 'account', synonyms: 'payer id', weight: 1 },
    { key: 'accountName', label: 'Account (name)', type: 'text', role: 'account', synonyms: 'payer', weight: 1 },
    { key: 'receivedOn', label: 'Received on', type: 'date', required: true, weight: 2, synonyms: 'received' },
    { key: 'amount', label: 'Amount', type: 'money', required: true, weight: 2, synonyms: 'amount|sum' },
    {
      key: 'method',
      label: 'Method',
      type: 'choice',
      synonyms: 'paid by',
      options: [
        { value: 'card', words: 'credit card' },
        { value: 'transfer', words: 'bank transfer|wire' },
      ],
    },
    { key: 'seenAt', label: 'Seen at', type: 'instant', synonyms: 'seen' },
  ],
  hints: { files: 'receipts', idPrefixes: {}, noise: 'the', against: 'stage', needs: [['receivedOn', 'amount']] },
};
let told = 0;
const receipts: Importer = tableImporter({
  shape,
  order: 90,
  table: 'payment',
  natural: ['account_id', 'received_on', 'amount_minor', 'currency'],
  prepare: (tx, run) => resolveAccountRefs(tx, run, { idColumn: 'account_id', nameColumn: 'account_name' }),
  from: () => sql`left join pg_temp.import_account a on a.n = s.n`,
  values: () => ({
    account_id: sql`a.account_id`,
    received_on: sql`s.received_on`,
    amount_minor: sql`s.amount_minor`,
    currency: sql`s.amount_currency`,
    method: sql`s.method`,
    reference: sql`to_char(s.seen_at, 'YYYY-MM-DD HH24:MI')`,
  }),
  fresh: { method: sql`'unknown'`, reference: sql`''` },
  async check(tx) {
    await sql`insert into pg_temp.import_remark (n, weight, field, code, message)
      select n, 'reject', 'accountName', 'no_account', 'The row names no account.' from pg_temp.import_row where account_id is null`.execute(
      tx,
    );
  },
  async afterwards() {
    told++;
  },
});

let t: TestApp;
let head: Person;
let dir: string;
beforeAll(async () => {
  t = await openTestApp({
    modules: [...modules, { name: 'receipts', routes: [], permissions: {}, contributes: { importers: [receipts] } }],
  });
  dir = await mkdtemp(path.join(tmpdir(), 'openkam-receipts-'));
});
afterAll(async () => {
  await t.close();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  head = await t.workspace('Till', { currency: 'EUR' });
});

async function file(name: string, ...lines: string[]): Promise<string> {
  const at = path.join(await mkdtemp(path.join(dir, 'f-')), name);
  await writeFile(at, `${lines.join('\n')}\n`);
  return at;
}
const run = (files: string[], options: Parameters<typeof runImportFromCli>[3] = {}) =>
  runImportFromCli(t.building.services, head, files, options);
async function rows(): Promise<string[]> {
  const { rows } = await t.building.database.system((_tx, client) =>
    client.query(
      `select a.name || ' ' || p.received_on || ' ' || p.amount_minor || ' ' || p.currency || ' ' || p.method as line
       from payment p join account a on a.workspace_id = p.workspace_id and a.id = p.account_id where p.workspace_id = $1 order by 1`,
      [head.workspaceId],
    ),
  );
  return rows.map((r) => r.line);
}
async function undo(id: string): Promise<void> {
  await t.ok(head, api.undoImport, { params: { id } });
  await takeUp(t.building.services, 0);
  await work(t.building.services, head.workspaceId, id, new AbortController().signal);
}
const HEADER = 'Receipt Id,Payer Id,Received,Amount,Paid by';

describe('a list that a room brings as a plain table', () => {
  it('is recognised beside the accounts that it refers to, and comes in with them in one import', async () => {
    const accounts = await file('till_accounts.csv', 'Account Id,Account Name', 'A1,Acme', 'A2,Globex');
    const list = await file(
      'till_receipts.csv',
      HEADER,
      'R1,A1,2024-01-31,100.50,credit card',
      'R2,A2,2024-02-01,7,cash',
      'R3,A9,2024-02-01,8,card',
    );
    const tried = await run([list, accounts], { dryRun: true });
    expect(tried.files).toMatchObject([
      { entity: 'receipts', new: 2, rejected: 1 },
      { entity: 'accounts', new: 2 },
    ]);
    expect(await rows()).toEqual([]);
    const done = await run([list, accounts]);
    expect(done).toMatchObject({ exitCode: 0, files: [{ new: 2, rejected: 1 }, { new: 2 }] });
    expect(await rows()).toEqual(['Acme 2024-01-31 10050 EUR card', 'Globex 2024-02-01 700 EUR unknown']);
    const notes = (await t.ok(head, api.importNotes, { params: { id: done.id } })).items;
    expect(notes.map((n) => [n.row, n.weight, n.code, n.column])).toEqual([
      [3, 'warn', 'unknown_choice', 'Paid by'],
      [4, 'reject', 'no_account', 'Payer Id'],
    ]);
    const again = await run([list, accounts]);
    expect(again.files, 'the same files again change nothing').toMatchObject([
      { new: 0, changed: 0, same: 2 },
      { new: 0, changed: 0, same: 2 },
    ]);
  });

  it('without ids is known again by what it says, equal rows one by one', async () => {
    await run([await file('till_accounts.csv', 'Account Id,Account Name', 'A1,Acme')]);
    const lines = ['Acme,2024-01-31,5', 'Acme,2024-01-31,5', 'Acme,2024-02-01,5'];
    const first = await run([await file('receipts.csv', 'Payer,Received,Amount', ...lines)]);
    expect(first.files).toMatchObject([{ new: 3, same: 0 }]);
    const more = await run([await file('receipts.csv', 'Payer,Received,Amount', ...lines, 'Acme,2024-01-31,5')]);
    expect(more.files).toMatchObject([{ new: 1, same: 3 }]);
    const named = await run([await file('receipts.csv', 'Receipt Id,Payer,Received,Amount', 'R7,Acme,2024-02-01,5')]);
    expect(named.files, 'an id that comes later is added to the row').toMatchObject([{ new: 0, changed: 1 }]);
    const same = await run([await file('receipts.csv', 'Receipt Id,Payer,Received,Amount', 'R7,Acme,2024-02-02,6')]);
    expect(same.files, 'and knows it from then on').toMatchObject([{ new: 0, changed: 1 }]);
    expect(await rows()).toHaveLength(4);
  });

  it('takes no column that has no field: it is left out, says so, and rejects nothing', async () => {
    await run([await file('till_accounts.csv', 'Account Id,Account Name', 'A1,Acme')]);
    const done = await run([
      await file(
        'receipts.csv',
        `${HEADER},Cleared,Mood`,
        'R1,A1,2024-01-31,1,card,2024-01-01,x',
        'R2,A1,2024-01-31,2,card,never,y',
      ),
    ]);
    expect(done.files).toMatchObject([{ new: 2, rejected: 0 }]);
    const shown = await t.ok(head, api.getImport, { params: { id: done.id } });
    expect(shown.files[0]).toMatchObject({ ownFields: false });
    expect(shown.files[0]!.report!.leftOut).toEqual([
      { column: 'Cleared', reason: 'There is no field for it.' },
      { column: 'Mood', reason: 'There is no field for it.' },
    ]);
  });

  it('rejects rows that lack what none can do without, repeat an id, or name no account', async () => {
    await run([await file('till_accounts.csv', 'Account Id,Account Name', 'A1,Acme')]);
    const done = await run([
      await file(
        'receipts.csv',
        HEADER,
        'R1,A1,2024-01-31,1,',
        'R1,A1,2024-01-31,2,',
        'R3,A1,2024-01-31,,',
        'R4,,2024-01-31,4,',
      ),
    ]);
    expect(done.files).toMatchObject([{ new: 1, rejected: 3 }]);
    const notes = (await t.ok(head, api.importNotes, { params: { id: done.id } })).items;
    expect(notes.map((n) => [n.row, n.code, n.message])).toEqual([
      [3, 'duplicate', 'Row 2 has the same id.'],
      [4, 'missing', '“Amount” is missing.'],
      [5, 'no_account', 'The row names no account.'],
    ]);
  });

  it('is taken back whole: new rows go, changed rows become what they were, touched ones stay', async () => {
    await run([await file('till_accounts.csv', 'Account Id,Account Name', 'A1,Acme')]);
    await run([await file('receipts.csv', HEADER, 'R1,A1,2024-01-31,1,card')]);
    const before = await rows();
    told = 0;
    const done = await run([
      await file('receipts.csv', HEADER, 'R1,A1,2024-03-31,9,wire', 'R2,A1,2024-04-30,2,', 'R3,A1,2024-05-31,3,'),
    ]);
    expect(done.files).toMatchObject([{ new: 2, changed: 1 }]);
    await t.building.database.system((_tx, client) =>
      client.query(`update payment set version = 2, method = 'by hand' where workspace_id = $1 and source_id = 'R3'`, [
        head.workspaceId,
      ]),
    );
    await undo(done.id);
    expect(await rows()).toEqual([...before, 'Acme 2024-05-31 300 EUR by hand']);
    const { undo: report } = await t.ok(head, api.getImport, { params: { id: done.id } });
    expect(report).toMatchObject({ removed: 1, restored: 1, kept: [{ row: 4, reason: 'It was changed since.' }] });
    expect(told, 'the room hears of the import and of its undo').toBe(2);
  });

  it('keeps times to the minute, with the zone that the file gives', async () => {
    await run([await file('till_accounts.csv', 'Account Id,Account Name', 'A1,Acme')]);
    await run([
      await file(
        'receipts.csv',
        `${HEADER},Seen`,
        'R1,A1,2024-01-31,1,,02/23/26 08:55 PM',
        'R2,A1,2024-01-31,2,,02/23/26 08:55 AM',
      ),
      await file('more_receipts.csv', `${HEADER},Seen`, 'S1,A1,2024-01-31,1,,2026-02-23T08:55:00+02:00'),
    ]);
    const { rows: seen } = await t.building.database.system((_tx, client) =>
      client.query(`select reference from payment where workspace_id = $1 order by source_id`, [head.workspaceId]),
    );
    expect(seen.map((r) => r.reference)).toEqual(['2026-02-23 20:55', '2026-02-23 08:55', '2026-02-23 06:55']);
  });
});
