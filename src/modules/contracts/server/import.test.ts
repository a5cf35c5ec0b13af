// Contracts and their lines through the import room: two files, one file with repeated contract ids, dirty rows, the same again, undo.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { getAccount, listAccounts } from '../../accounts/api.ts';
import { importNotes, undoImport } from '../../imports/api.ts';
import { runImportFromCli } from '../../imports/server/cli.ts';
import { takeUp, work } from '../../imports/server/work.ts';
import { confirmName, createProduct, listUnknown } from '../../products/api.ts';
import * as api from '../api.ts';
import * as renewalsApi from '../api-renewals.ts';

let t: TestApp;
let head: Person;
let folder: string;
beforeAll(async () => {
  t = await openTestApp();
  folder = await mkdtemp(path.join(tmpdir(), 'openkam-contracts-'));
});
afterAll(async () => {
  await t.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  head = await t.workspace('Papers');
});

const run = (files: string[]) => runImportFromCli(t.building.services, head, files, {});
async function file(name: string, ...lines: string[]): Promise<string> {
  const at = path.join(await mkdtemp(path.join(folder, 'f-')), name);
  await writeFile(at, `${lines.join('\n')}\n`);
  return at;
}
const accounts = () => file('erp_accounts.csv', 'Account Id,Account Name', 'A1,Acme', 'A2,Globex');
const contracts = async () => (await t.ok(head, api.listContracts, { query: { sort: 'name' } })).items;

describe('contracts and lines', () => {
  it('come in as two files, the same again changes nothing, and undo takes both back', async () => {
    const files = [
      await accounts(),
      await file(
        'erp_contracts.csv',
        'Contract Id,Contract Name,Account Id,Start Date,End Date,Notice Days,Term Months,Auto Renew,Currency',
        'C1,Platform,A1,2026-01-01,2026-12-31,90,12,no,EUR',
        'C2,Support,A2,2026-03-01,2027-02-28,30,12,yes,USD',
      ),
      await file(
        'erp_contract_lines.csv',
        'Contract Line Id,Contract Id,Description,Quantity,Unit Price,Billing Period,Discount %,Start Date,End Date,Currency',
        'L1,C1,Seats,100,10.00,monthly,10,2026-01-01,2026-12-31,EUR',
        'L2,C1,Set-up,1,500.00,one time,0,2026-01-01,,EUR',
        'L3,C2,Hotline,1,2500.00,quarterly,0,2026-03-01,2027-02-28,USD',
      ),
    ];
    const done = await run(files);
    expect(done.files).toMatchObject([
      { entity: 'accounts', new: 2 },
      { entity: 'contracts', new: 2, rejected: 0 },
      { entity: 'contractLines', new: 3, rejected: 0 },
    ]);
    const [platform, support] = await contracts();
    expect(platform).toMatchObject({
      name: 'Platform',
      noticeDeadlineOn: '2026-10-02',
      termMonths: 12,
      arr: { amount: 1_080_000, currency: 'EUR' },
    });
    expect(support).toMatchObject({ name: 'Support', autoRenews: true, currency: 'USD' });
    expect(
      (await t.ok(head, renewalsApi.listRenewals, { query: {} })).items.map((r) => [r.contractName, r.due]),
    ).toEqual([
      ['Platform', { amount: 1_080_000, currency: 'EUR' }],
      ['Support', { amount: 1_000_000, currency: 'USD' }],
    ]);
    const acme = (await t.ok(head, listAccounts, { query: { q: 'acme' } })).items[0]!;
    expect((await t.ok(head, getAccount, { params: { id: acme.id } })).renewalOn).toBe('2026-12-31');
    const again = await run(files);
    expect(again.files).toMatchObject([{ same: 2 }, { same: 2, new: 0 }, { same: 3, new: 0 }]);
    await t.ok(head, undoImport, { params: { id: done.id } });
    await takeUp(t.building.services, 0);
    await work(t.building.services, head.workspaceId, done.id, new AbortController().signal);
    expect(await contracts()).toEqual([]);
  });

  it('come in as one file with repeated contract ids; each contract once, with all its lines', async () => {
    await run([await accounts()]);
    const mixed = await file(
      'contracts.csv',
      'Contract Number,Contract Name,Account,Product,Annual Value,Contract Start Date,Contract End Date,Notice Period',
      'V-1,Frame,Acme,Seats,12000.00,2026-01-01,2026-12-31,60',
      'V-1,Frame,Acme,Module,3000.00,2026-01-01,2026-12-31,60',
      'V-2,Small,Globex,Seats,600.00,2026-05-01,2027-04-30,30',
    );
    const done = await run([mixed]);
    expect(done.files).toMatchObject([{ entity: 'contractLines', new: 3, rejected: 0 }]);
    const made = await contracts();
    expect(made.map((c) => [c.name, c.number, c.arr.amount, c.noticeDays, c.endsOn])).toEqual([
      ['Frame', 'V-1', 1_500_000, 60, '2026-12-31'],
      ['Small', 'V-2', 60_000, 30, '2027-04-30'],
    ]);
    expect(
      (await t.ok(head, api.getContract, { params: { id: made[0]!.id } })).lines.map((l) => l.description),
    ).toEqual(['Seats', 'Module']);
    expect((await run([mixed])).files).toMatchObject([{ same: 3, new: 0, changed: 0 }]);
    await t.ok(head, undoImport, { params: { id: done.id } });
    await takeUp(t.building.services, 0);
    await work(t.building.services, head.workspaceId, done.id, new AbortController().signal);
    expect(await contracts()).toEqual([]);
  });

  it('say a product by a name that is confirmed once: lines that came before get it, later ones at once', async () => {
    await run([await accounts()]);
    await t.ok(head, createProduct, { body: { name: 'GTX Pro' } });
    const lines = (number: string) =>
      file(
        'contract_lines.csv',
        'Contract Number,Account,Product,Description,Quantity,Unit Price,Start Date,End Date,Currency',
        `${number},Acme,GTXPro,,10,10.00,2026-01-01,2026-12-31,EUR`,
        `${number},Acme,GTXPro,For the plant,1,10.00,2026-01-01,2026-12-31,EUR`,
      );
    await run([await lines('V-1')]);
    const products = async () => {
      const found = await Promise.all(
        (await contracts()).map((c) => t.ok(head, api.getContract, { params: { id: c.id } })),
      );
      return found.map((c) => [c.number, c.lines.map((l) => [l.productName, l.description, l.version])]);
    };
    expect(await products()).toEqual([
      [
        'V-1',
        [
          [null, 'GTXPro', 1],
          [null, 'GTXPro · For the plant', 1],
        ],
      ],
    ]);
    const [name] = (await t.ok(head, listUnknown)).items;
    await t.ok(head, confirmName, { params: { id: name!.id }, body: {} });
    // Each line is found again: the same file makes no second one.
    expect((await run([await lines('V-1')])).files).toMatchObject([{ new: 0, same: 2 }]);
    await run([await lines('V-2')]);
    const known = (version: number) => [
      ['GTX Pro', 'GTXPro', version],
      ['GTX Pro', 'For the plant', version],
    ];
    expect(await products()).toEqual([
      ['V-1', known(2)],
      ['V-2', known(1)],
    ]);
    expect((await t.ok(head, listUnknown)).items).toEqual([]);
  });

  it('with faults are rejected or taken with a remark, never hidden', async () => {
    await run([await accounts()]);
    const done = await run([
      await file(
        'contract_lines.csv',
        'Contract Number,Account,Description,Quantity,Unit Price,Discount %,Start Date,End Date,Currency',
        'V-1,Acme,Good,10,10.00,0,2026-01-01,2026-12-31,EUR',
        'V-1,Acme,End before start,10,10.00,0,2026-06-01,2026-05-01,EUR',
        'V-1,Acme,Negative,10,-10.00,0,2026-01-01,2026-12-31,EUR',
        'V-1,Acme,Other currency,10,10.00,0,2026-01-01,2026-12-31,USD',
        'V-1,Acme,Free,10,0.00,0,2026-01-01,2026-12-31,EUR',
        'V-2,Nobody,No account,10,10.00,0,2026-01-01,2026-12-31,EUR',
        'V-3,Globex,Too cheap,10,10.00,120,2026-01-01,2026-12-31,EUR',
      ),
    ]);
    expect(done.files).toMatchObject([{ entity: 'contractLines', new: 2, rejected: 5 }]);
    const notes = (await t.ok(head, importNotes, { params: { id: done.id }, query: { limit: 100 } })).items;
    expect(notes.map((n) => n.code).sort()).toEqual([
      'discount_range',
      'end_before_start',
      'negative_amount',
      'no_account',
      'no_price',
      'other_currency',
    ]);
    expect((await contracts()).map((c) => [c.name, c.arr.amount])).toEqual([['Contract V-1', 120_000]]);
  });
});
