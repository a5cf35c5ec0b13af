// Expenses of travel tools and estimates of spend through the import room: lists without a column for the account, series that are new.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { importNotes, undoImport } from '../../imports/api.ts';
import { type CliImport, runImportFromCli } from '../../imports/server/cli.ts';
import { work } from '../../imports/server/work.ts';

let t: TestApp;
let head: Person;
let folder: string;
beforeAll(async () => {
  t = await openTestApp();
  folder = await mkdtemp(path.join(tmpdir(), 'openkam-growth-lists-'));
});
afterAll(async () => {
  await t.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  head = await t.workspace('Growth', { currency: 'EUR' });
  await bring('accounts.csv', 'Account Name', 'Brightwater', 'Kestrel Ltd', 'Orion');
});

async function bring(name: string, ...lines: string[]): Promise<CliImport> {
  const at = path.join(await mkdtemp(path.join(folder, 'f-')), name);
  await writeFile(at, `${lines.join('\n')}\n`);
  return runImportFromCli(t.building.services, head, [at], {});
}
async function back(done: CliImport): Promise<void> {
  await t.ok(head, undoImport, { params: { id: done.id } });
  await work(t.building.services, head.workspaceId, done.id, new AbortController().signal);
}
const lines = async (query: string): Promise<string[]> => {
  const { rows } = await t.building.database.system((_tx, client) => client.query(query, [head.workspaceId]));
  return rows.map((r) => r.line);
};
const expenses = () =>
  lines(`select concat_ws(' ', a.name, e.amount_minor, e.currency, e.kind, e.description) as line from expense e
    join account a on a.workspace_id = e.workspace_id and a.id = e.account_id where e.workspace_id = $1 order by 1`);
const estimates = () =>
  lines(`select concat_ws(' ', a.name, w.spend_minor, s.name) as line from wallet_estimate w join account a on a.workspace_id = w.workspace_id and a.id = w.account_id
    left join product_series s on s.workspace_id = w.workspace_id and s.id = w.series_id where w.workspace_id = $1 order by 1`);
const series = () => lines('select name as line from product_series where workspace_id = $1 order by 1');
const notes = async (done: CliImport) =>
  (await t.ok(head, importNotes, { params: { id: done.id }, query: { limit: 100 } })).items.map((n) => [n.row, n.code]);

describe('expenses without a column for the account', () => {
  it('ask for it, and go to the one account that a text of the row names; the others are rejected', async () => {
    const list = [
      'Report ID,Employee,Expense Type,Transaction Date,Vendor,Business Purpose,Amount,Currency',
      'R1,Ann,Airfare,2026-01-05,Lufthansa,Visit Brightwater,500,EUR',
      'R1,Ann,Hotel,2026-01-05,Hilton,Workshop at Kestrel Ltd.,300,EUR',
      'R1,Ann,Hotel,2026-01-06,Hilton,Internal,300,EUR',
      'R1,Ann,Dinner,2026-01-06,Bistro,Orion and Brightwater,100,EUR',
    ];
    const done = await bring('concur_expenses.csv', ...list);
    expect(done.files).toMatchObject([{ entity: 'expenses', new: 2, rejected: 2 }]);
    expect(done.files[0]!.warnings[0]).toContain('No column names the account');
    expect(await expenses()).toEqual([
      'Brightwater 50000 EUR travel Visit Brightwater',
      'Kestrel Ltd 30000 EUR travel Workshop at Kestrel Ltd.',
    ]);
    expect(await notes(done)).toEqual([
      [2, 'account_in_text'],
      [3, 'account_in_text'],
      [4, 'no_account'],
      [5, 'no_account'],
    ]);
    expect((await bring('concur_expenses.csv', ...list)).files).toMatchObject([{ new: 0, changed: 0, same: 2 }]);
    await back(done);
    expect(await expenses()).toEqual([]);
  });

  it('take the amount that the currency stands beside', async () => {
    await bring(
      'Expensify.csv',
      'Timestamp,Merchant,Amount,MCC,Category,Tag,Description,Reimbursable,Original Currency,Original Amount',
      '2026-01-05 00:00:00,Uber,25.40,4121,Taxi,Brightwater,,yes,USD,28.40',
      '2026-01-06 00:00:00,Hilton,225.40,4121,Hotel,Kestrel Ltd,,yes,GBP,195.10',
    );
    expect(await expenses()).toEqual(['Brightwater 2840 USD travel Uber', 'Kestrel Ltd 19510 GBP travel Hilton']);
  });
});

describe('estimates of spend', () => {
  it('make the series that nobody has named before, say so, and take it back with them', async () => {
    const list = [
      'Account,Category,Annual spend (EUR),Source,Confidence',
      'Brightwater,Analytics,50000,Report,high',
      'Orion,analytics,20000,Guess,low',
      'Orion,Cloud,-5,Guess,low',
    ];
    const done = await bring('wallet.csv', ...list);
    expect(done.files).toMatchObject([{ entity: 'wallet-estimates', new: 2, rejected: 1 }]);
    expect(await estimates()).toEqual(['Brightwater 5000000 Analytics', 'Orion 2000000 Analytics']);
    expect(await series()).toEqual(['Analytics']);
    expect(await notes(done)).toEqual([
      [2, 'new_series'],
      [4, 'negative'],
    ]);
    expect((await bring('wallet.csv', ...list)).files).toMatchObject([{ new: 0, changed: 0, same: 2 }]);
    await back(done);
    expect([await estimates(), await series()]).toEqual([[], []]);
  });
});
