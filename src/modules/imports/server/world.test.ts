// What lists of other systems become: notice periods in months, charges of twelve months, payments that failed, answers for nothing.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import * as accountsApi from '../../accounts/api.ts';
import * as contractsApi from '../../contracts/api.ts';
import * as pipelineApi from '../../pipeline/api.ts';
import { getImport, undoImport } from '../api.ts';
import { labelOf } from './analyse.ts';
import { type CliImport, runImportFromCli } from './cli.ts';
import { workbook } from './read/workbook-fixture.ts';
import { work } from './work.ts';

let t: TestApp;
let head: Person;
let folder: string;
beforeAll(async () => {
  t = await openTestApp();
  folder = await mkdtemp(path.join(tmpdir(), 'openkam-world-'));
});
afterAll(async () => {
  await t.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  head = await t.workspace('Northwind');
  await bring('crm_accounts.csv', ['Account Name', 'Brightwater', 'Kestrel']);
});

async function bring(
  name: string,
  lines: string[],
  options: Parameters<typeof runImportFromCli>[3] = {},
): Promise<CliImport> {
  const at = path.join(await mkdtemp(path.join(folder, 'f-')), name);
  await writeFile(at, `${lines.join('\n')}\n`);
  return runImportFromCli(t.building.services, head, [at], options);
}

describe('a list of contracts', () => {
  const lines = [
    'Vertragsnummer;Kunde;Bezeichnung;Vertragsbeginn;Vertragsende;Kündigungsfrist;Automatische Verlängerung;Verlängerung um (Monate);Jahreswert (EUR);Status',
    'V-1;Brightwater;Wartung;01.01.2026;31.12.2027;3 Monate zum Vertragsende;ja;12;48.000,00;aktiv',
    'V-2;Kestrel;Lizenz;15.07.2025;14.07.2027;6 Wochen;nein;;12.600,50;aktiv',
    'Summe;;;;;;;;60.600,50;',
  ];

  it('brings notice deadlines, terms and yearly values, whatever units stand in it', async () => {
    expect((await bring('Vertragsliste.csv', lines)).files).toMatchObject([
      { entity: 'contractLines', new: 2, rejected: 0 },
    ]);
    const { items } = await t.ok(head, contractsApi.listContracts, { query: { sort: 'name' } });
    expect(items).toMatchObject([
      { name: 'Lizenz', number: 'V-2', noticeDays: 42, noticeDeadlineOn: '2027-06-02', autoRenews: false },
      {
        name: 'Wartung',
        number: 'V-1',
        noticeDays: 92,
        noticeDeadlineOn: '2027-09-30',
        autoRenews: true,
        termMonths: 12,
      },
    ]);
    expect((await bring('Vertragsliste.csv', lines)).files).toMatchObject([{ new: 0, changed: 0, same: 2 }]);
  });
});

describe('imports that build on each other', () => {
  const state = async () =>
    (await t.ok(head, accountsApi.listAccounts, { query: { sort: 'name' } })).items.map((one) => [
      one.name,
      one.industry,
      one.renewalOn,
    ]);
  const back = async (done: CliImport) => {
    await t.ok(head, undoImport, { params: { id: done.id } });
    await work(t.building.services, head.workspaceId, done.id, new AbortController().signal);
    return t.ok(head, getImport, { params: { id: done.id } });
  };

  it('are taken back one after the other, and leave nothing', async () => {
    const before = await state();
    const made = await bring('erp.csv', ['Account Name,Industry,Renewal date', 'Gamma,Steel,2027-03-31', 'Delta,,']);
    const whole = await state();
    const changed = await bring('erp.csv', ['Account Name,Industry', 'Gamma,Chemistry', 'Delta,Paper']);
    const contracts = await bring('contracts.csv', [
      'Contract number,Customer,Start date,End date,Notice period,Annual value',
      'G-1,Gamma,2026-01-01,2026-12-31,90 days,1000',
      'D-1,Delta,2026-01-01,2026-12-31,90 days,1000',
    ]);
    expect((await state()).filter(([, , renewal]) => renewal === '2026-12-31')).toHaveLength(2);
    for (const done of [contracts, changed])
      expect(await back(done)).toMatchObject({ state: 'undone', undo: { kept: [] } });
    expect(await state(), 'what contracts said of renewals is gone, and what was typed is there again').toEqual(whole);
    expect(await back(made)).toMatchObject({ state: 'undone', undo: { removed: 2, kept: [] } });
    expect(await state()).toEqual(before);
  });
});

describe('charges', () => {
  it('of twelve months are a year’s, and an ended subscription keeps what it cost', async () => {
    const done = await bring('recurly_subscriptions.csv', [
      'uuid,account_company_name,state,plan_name,quantity,total_recurring_amount,subscription_currency,plan_interval_length,plan_interval_unit,activated_at,expires_at,mrr',
      's1,Brightwater,active,Gold,1,1200.00,EUR,12,months,2025-03-01,,',
      's2,Kestrel,expired,Silver,1,300.00,EUR,3,months,2024-03-01,2025-03-01,0.00',
      's3,Kestrel,active,Gold,1,50.00,EUR,1,months,2025-03-01,,',
    ]);
    expect(done.files).toMatchObject([{ entity: 'subscriptions', new: 3, rejected: 0 }]);
    const { items } = await t.ok(head, accountsApi.listAccounts, { query: { sort: 'name' } });
    expect(items.map((one) => one.arr?.amount)).toEqual([1_200_00, 600_00]);
  });
});

describe('payments', () => {
  it('that failed are no money', async () => {
    const done = await bring('unified_payments.csv', [
      'id,Created date (UTC),Amount,Currency,Status,Customer Description,Card ID',
      'ch_1,2026-10-05 10:12:00,1250.00,eur,Paid,Brightwater,card_1',
      'ch_2,2026-11-05 10:12:00,1250.00,eur,Failed,Brightwater,card_1',
    ]);
    expect(done.files).toMatchObject([
      {
        entity: 'payments',
        new: 1,
        rejected: 1,
        reasons: [{ row: 3, message: 'The payment failed: no money came in.' }],
      },
    ]);
  });
});

describe('the same list twice changes nothing, also where it leaves something open', () => {
  it.each([
    ['expenses', 'Date,Client,Expense Type,Amount,Currency', '2026-10-14,Brightwater,Business meals of ours,96.75,EUR'],
    ['payments', 'Payment Date,Customer,Amount,Currency,Payment Method', '2026-10-14,Brightwater,96.75,EUR,Cash'],
    ['subscriptions', 'Customer,Start date,MRR', 'Brightwater,2026-10-14,96.75'],
  ])('%s', async (entity, header, line) => {
    const name = `erp_${entity}.csv`;
    expect((await bring(name, [header, line])).files).toMatchObject([{ entity, new: 1, rejected: 0 }]);
    expect((await bring(name, [header, line])).files).toMatchObject([{ entity, new: 0, changed: 0, same: 1 }]);
  });
});

describe('a field of the workspace’s own', () => {
  it.each([
    ['seats', 'Seats'],
    ['referral_source', 'Referral source'],
    ['LastActivityDate', 'Last activity date'],
    ['Active__c', 'Active'],
    ['NPSScore', 'NPS score'],
    ['CHURN_FLAG', 'Churn flag'],
    ['Rating', 'Rating'],
    ['NPS', 'NPS'],
    ['Last QBR', 'Last QBR'],
    ['N° TVA', 'N° TVA'],
  ])('made for the column “%s” is called “%s”', (header, label) => {
    expect(labelOf(header)).toBe(label);
  });

  it('is found again by the name of the column', async () => {
    const lines = ['Account Name,referral_source', 'Gamma,Fair', 'Delta,Web'];
    expect((await bring('g.csv', lines)).files).toMatchObject([{ new: 2 }]);
    expect((await bring('other.csv', lines)).files).toMatchObject([{ same: 2 }]);
    const { items } = await t.ok(head, accountsApi.listAccounts, { query: { q: 'Gamma' } });
    expect(items[0]!.custom).toEqual({ referral_source: 'Fair' });
  });
});

describe('a workbook with several sheets', () => {
  it('comes in sheet by sheet, and a sheet that is not there is named', async () => {
    const at = path.join(folder, 'book.xlsx');
    await writeFile(
      at,
      workbook([
        { name: 'Read me', rows: [['Exported by controlling']] },
        {
          name: 'Accounts',
          rows: [
            ['Account name', 'City'],
            ['Tessin', 'Lugano'],
            ['Loire', 'Tours'],
          ],
        },
        {
          name: 'Contacts',
          rows: [
            ['First name', 'Last name', 'Account'],
            ['Marta', 'Keller', 'Tessin'],
          ],
        },
      ]),
    );
    const both = await runImportFromCli(t.building.services, head, [at], { sheets: ['Accounts', 'Contacts'] });
    expect(both.files).toMatchObject([
      { file: 'book.xlsx', sheet: 'Accounts', entity: 'accounts', new: 2 },
      { file: 'book.xlsx', sheet: 'Contacts', entity: 'people', new: 1, rejected: 0 },
    ]);
    const none = await runImportFromCli(t.building.services, head, [at], { sheets: ['Deals'] });
    expect(none).toMatchObject({
      exitCode: 1,
      files: [{ problem: expect.stringContaining('There is no sheet “Deals”') }],
    });
  });
});

describe('what a person is told', () => {
  it('an answer for a column that is not there is named', async () => {
    const lines = ['Name,Customer since', 'Alpha,03/04/2020', 'Beta,05/06/2021'];
    const done = await bring('a.csv', lines, { answers: ['Custmer since=dmy'] });
    expect(done.exitCode).toBe(2);
    expect(done.unusedAnswers).toEqual([
      'There is no column “Custmer since” in use to which the answer “dmy” could belong.',
    ]);
    expect((await bring('a.csv', lines, { answers: ['Customer since=dmy'] })).unusedAnswers).toEqual([]);
  });

  it('amounts without a currency are said to be read in the workspace’s', async () => {
    const done = await bring('b.csv', ['Account Name,Annual revenue', 'Gamma,5000', 'Delta,6000']);
    expect(done.files[0]!.warnings.join(' ')).toContain('have no currency; they are read as EUR');
  });
});

describe('a workbook whose accounts are merged over their rows', () => {
  it('brings every row to its account', async () => {
    const plain = unzipSync(
      workbook([
        {
          name: 'Subscriptions',
          rows: [
            ['Account', 'Plan', 'MRR (EUR)', 'Start date'],
            ['Brightwater', 'Gold', 100, '2026-01-01'],
            [null, 'Support', 20, '2026-01-01'],
            ['Kestrel', 'Gold', 50, '2026-02-01'],
          ],
        },
      ]),
    );
    const sheet = 'xl/worksheets/sheet1.xml';
    plain[sheet] = strToU8(
      strFromU8(plain[sheet]!).replace('</sheetData>', '</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>'),
    );
    const at = path.join(folder, 'subscriptions.xlsx');
    await writeFile(at, zipSync(plain));
    const done = await runImportFromCli(t.building.services, head, [at]);
    expect(done.files).toMatchObject([{ entity: 'subscriptions', new: 3, rejected: 0 }]);
    const { items } = await t.ok(head, accountsApi.listAccounts, { query: { sort: 'name' } });
    expect(items.map((one) => one.arr?.amount)).toEqual([1_440_00, 600_00]);
  });
});

describe('deals of other systems', () => {
  it('whose ids look like ours keep them: the same again changes nothing, and everything can be taken back', async () => {
    const lines = [
      '(Do Not Modify) Opportunity,Topic,Account,Est. Close Date,Est. Revenue,Currency,Probability,Status,Pipeline Phase',
      '0a1b2c3d-0000-4000-8000-000000000001,Upgrade,Brightwater,12/20/2026,"€12,500.00",Euro,60,Open,2-Develop',
      '0A1B2C3D-0000-4000-8000-000000000002,More seats,Kestrel,6/30/2026,"€1,500.00",Euro,0,Lost,4-Close',
    ];
    const done = await bring('Opportunities.csv', lines);
    expect(done.files).toMatchObject([{ entity: 'opportunities', new: 2, rejected: 0 }]);
    expect((await bring('Opportunities.csv', lines)).files).toMatchObject([{ new: 0, changed: 0, same: 2 }]);
    await t.ok(head, undoImport, { params: { id: done.id } });
    await work(t.building.services, head.workspaceId, done.id, new AbortController().signal);
    expect(await t.ok(head, getImport, { params: { id: done.id } })).toMatchObject({ undo: { removed: 2, kept: [] } });
  });

  it('may have a column for the time of winning and one for that of losing', async () => {
    await bring('deals.csv', [
      'Deal - ID,Deal - Title,Deal - Value,Deal - Currency of Value,Deal - Organization,Deal - Stage,Deal - Status,Deal - Expected close date,Deal - Won time,Deal - Lost time',
      '1,Won deal,1500,EUR,Brightwater,Proposal,Won,,2026-05-05 10:00:00,',
      '2,Lost deal,1500,EUR,Kestrel,Proposal,Lost,2026-09-30,,2026-05-06 10:00:00',
    ]);
    const { items } = await t.ok(head, pipelineApi.listOpportunities, { query: {} });
    expect(items.map((one) => [one.name, one.state, one.closedOn]).sort()).toEqual([
      ['Lost deal', 'lost', '2026-05-06'],
      ['Won deal', 'won', '2026-05-05'],
    ]);
  });
});

describe('lists of accounting and of banks', () => {
  it('open items of SAP are invoices with the day on which they were cleared; a minus behind the amount is one', async () => {
    const done = await bring('FBL5N.csv', [
      'Customer;Document Number;Document Type;Document Date;Net due date;Amount in doc. curr.;Document currency;Clearing date;Text',
      'Brightwater;90000001;RV;15.01.2026;14.02.2026;1.190,00;EUR;21.02.2026;Licence',
      'Kestrel;90000002;RG;06.01.2026;05.02.2026;2.380,00-;EUR;;Credit',
    ]);
    expect(done.files).toMatchObject([{ entity: 'invoices', new: 2, rejected: 0 }]);
    const { rows } = await t.building.database.system((_tx, client) =>
      client.query(
        `select concat_ws(' ', number, amount_minor, status, due_on, paid_on) as line from invoice where workspace_id = $1 order by number`,
        [head.workspaceId],
      ),
    );
    expect(rows.map((r) => r.line)).toEqual([
      '90000001 119000 paid 2026-02-14 2026-02-21',
      '90000002 -238000 open 2026-02-05',
    ]);
  });

  it('a list of what a bank received brings payments; who is no account is named', async () => {
    const done = await bring('Zahlungseingänge.csv', [
      'Buchungstag;Auftraggeber;Verwendungszweck;Betrag;Währung',
      '25.02.2026;Brightwater;RE-1 Danke;1.190,00;EUR',
      '26.02.2026;Unbekannt AG;RE-9;50,00;EUR',
    ]);
    expect(done.files).toMatchObject([{ entity: 'payments', new: 1, rejected: 1 }]);
    expect(done.files[0]!.reasons[0]).toMatchObject({ row: 3, message: 'There is no account “Unbekannt AG”.' });
  });
});
