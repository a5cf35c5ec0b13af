// Lists of contracts as sales teams and lawyers keep them: values of a whole term, contracts to whose end notice was given, without names.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { importNotes, undoImport } from '../../imports/api.ts';
import { type CliImport, runImportFromCli } from '../../imports/server/cli.ts';
import { work } from '../../imports/server/work.ts';
import * as api from '../api.ts';
import * as renewalsApi from '../api-renewals.ts';

let t: TestApp;
let head: Person;
let folder: string;
beforeAll(async () => {
  t = await openTestApp();
  folder = await mkdtemp(path.join(tmpdir(), 'openkam-contract-values-'));
});
afterAll(async () => {
  await t.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  t.setTime('2026-11-20T09:00:00Z');
  head = await t.workspace('Papers', { currency: 'EUR' });
  await bring('accounts.csv', 'Account Name', 'Acme', 'Globex', 'Initech');
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
const contracts = async () => (await t.ok(head, api.listContracts, { query: { sort: 'name' } })).items;
const arr = async () => (await contracts()).map((c) => [c.name, c.arr.amount]);
const notes = async (done: CliImport) =>
  (await t.ok(head, importNotes, { params: { id: done.id }, query: { limit: 100 } })).items.map((n) => [n.row, n.code]);

describe('the value of a whole term', () => {
  const list = [
    'Contract number,Customer,Start date,End date,Notice period,TCV (EUR)',
    'C-1,Acme,2026-01-01,2027-12-31,90 days,48000',
    'C-2,Globex,2026-01-10,2026-12-20,30 days,1000',
    'C-3,Initech,2026-01-01,,30 days,1000',
  ];

  it('becomes a year’s by whole months, else by days, and says so; without a term it is left out, and the contract comes', async () => {
    const done = await bring('contracts.csv', ...list);
    expect(done.files).toMatchObject([{ entity: 'contractLines', new: 3, rejected: 0 }]);
    expect(await arr()).toEqual([
      ['Contract C-1', 24_000_00],
      ['Contract C-2', Math.round((1_000_00 * 365) / 345)],
      ['Contract C-3', 0],
    ]);
    expect(await notes(done)).toEqual([
      [2, 'by_term'],
      [3, 'by_term'],
      [4, 'no_term'],
    ]);
    expect((await bring('contracts.csv', ...list)).files).toMatchObject([{ new: 0, changed: 0, same: 3 }]);
    await bring('contracts.csv', ...list.slice(0, 3), 'C-3,Initech,2026-01-01,2027-06-30,30 days,1000');
    expect((await arr()).at(-1), 'once its end is known').toEqual(['Contract C-3', 666_67]);
  });

  it('is not added where a price or a yearly value is there; a value of nobody knows what is left out with a remark', async () => {
    await bring(
      'contract lines.csv',
      'Contract number,Customer,Quantity,Unit price,Total,Billing,Start date,End date',
      'P-1,Acme,10,5,50,monthly,2026-01-01,2026-12-31',
      'P-1,Acme,1,500,500,one-time,2026-01-01,',
    );
    const done = await bring(
      'values.csv',
      'Contract id,Account,Start,End,Value',
      'X-1,Globex,2026-01-01,2027-12-31,48000',
    );
    expect(await arr()).toEqual([
      ['Contract P-1', 600_00],
      ['Contract X-1', 0],
    ]);
    expect((await contracts())[0], 'what is paid once has no end, the contract has').toMatchObject({
      endsOn: '2026-12-31',
    });
    expect(await notes(done)).toEqual([[2, 'value_of_what']]);
  });
});

describe('a contract that is called cancelled', () => {
  const list = [
    'Vertragsnummer;Kunde;Vertragsbeginn;Vertragsende;Automatische Verlängerung;Vertragswert;Status',
    'V-1;Acme;01.01.2026;31.12.2027;ja;24.000,00 €;gekündigt',
    'V-2;Globex;01.01.2025;31.12.2025;nein;6.000,00 €;gekündigt',
    'V-3;Initech;01.01.2026;;nein;6.000,00 €;gekündigt',
    'V-4;Initech;01.01.2026;31.12.2026;ja;6.000,00 €;aktiv',
  ];

  it('with an end ahead runs until then and does not renew; with one behind it is over; without any it counts nowhere', async () => {
    const done = await bring('Verträge.csv', ...list);
    expect(done.files).toMatchObject([{ new: 4, rejected: 0 }]);
    expect((await contracts()).map((c) => [c.number, c.status, c.autoRenews, c.cancelReason !== ''])).toEqual([
      ['V-1', 'active', false, true],
      ['V-2', 'ended', false, false],
      ['V-3', 'cancelled', false, false],
      ['V-4', 'active', true, false],
    ]);
    const renewals = (await t.ok(head, renewalsApi.listRenewals, { query: { state: ['open', 'decided'] } })).items;
    expect(renewals.map((r) => [r.contractName, r.state, r.outcome, r.due.amount]).sort()).toEqual([
      ['Contract V-1', 'decided', 'cancelled', 12_000_00],
      ['Contract V-4', 'open', null, 6_000_00],
    ]);
    expect(await notes(done)).toEqual(
      expect.arrayContaining([
        [2, 'notice_given'],
        [4, 'ended_without_day'],
      ]),
    );
    expect((await bring('Verträge.csv', ...list)).files).toMatchObject([{ new: 0, changed: 0, same: 4 }]);
    await back(done);
    expect(await contracts()).toEqual([]);
  });

  it('in a later list decides the renewal that was open; taken back, it is open again', async () => {
    const head = 'Contract number,Contract name,Customer,Start date,End date,Auto renew,Status';
    await bring('contracts.csv', head, 'C-1,Frame,Acme,2026-01-01,2027-12-31,yes,active');
    const later = await bring('contracts.csv', head, 'C-1,Frame,Acme,2026-01-01,2027-12-31,yes,résilié');
    expect(later.files).toMatchObject([{ entity: 'contracts', changed: 1 }]);
    const state = async () => [
      (await contracts())[0]?.autoRenews,
      (await renewalsOf()).map((r) => [r.state, r.outcome]),
    ];
    expect(await state()).toEqual([false, [['decided', 'cancelled']]]);
    await back(later);
    expect(await state()).toEqual([true, [['open', null]]]);
  });
  const renewalsOf = async () =>
    (await t.ok(head, renewalsApi.listRenewals, { query: { state: ['open', 'decided'] } })).items;
});

describe('a list without numbers and names', () => {
  it('knows contracts by account and first day', async () => {
    const list = [
      'Customer,Product,Start date,End date,Annual value,Notice period',
      'Acme,Seats,2026-01-01,2026-12-31,3600,90 days',
      'Acme,Support,2026-01-01,2026-12-31,400,90 days',
      'Globex,Seats,2026-02-01,2027-01-31,1200,60 days',
    ];
    expect((await bring('contracts.csv', ...list)).files).toMatchObject([{ new: 3, rejected: 0 }]);
    expect(await arr()).toEqual([
      ['Contract from 2026-01-01', 4_000_00],
      ['Contract from 2026-02-01', 1_200_00],
    ]);
    expect((await bring('contracts.csv', ...list)).files).toMatchObject([{ new: 0, changed: 0, same: 3 }]);
  });
});
