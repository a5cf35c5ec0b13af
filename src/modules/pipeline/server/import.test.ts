// Opportunities and their history through the import room: a real export of Salesforce against an independent count, lists of other CRM
// systems, dirty rows, the same file twice, taking it back.
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { importersOf } from '../../../kernel/server/importing.ts';
import { exportOpportunities } from '../../exports/api.ts';
import { importNotes, undoImport } from '../../imports/api.ts';
import { runImportFromCli } from '../../imports/server/cli.ts';
import { inspect } from '../../imports/server/inspect.ts';
import { takeUp, work } from '../../imports/server/work.ts';
import * as api from '../api.ts';
import * as closingApi from '../api-closing.ts';

const salesforce = path.resolve(import.meta.dirname, '../../../../../shared/data/salesforce-export');
let t: TestApp;
let head: Person;
let folder: string;
beforeAll(async () => {
  t = await openTestApp();
  folder = await mkdtemp(path.join(tmpdir(), 'openkam-pipeline-'));
});
afterAll(async () => {
  await t.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  head = await t.workspace('Deals', { currency: 'USD' });
});

const run = (files: string[], options: Parameters<typeof runImportFromCli>[3] = {}) =>
  runImportFromCli(t.building.services, head, files, options);
async function file(name: string, ...lines: string[]): Promise<string> {
  const at = path.join(await mkdtemp(path.join(folder, 'f-')), name);
  await writeFile(at, `${lines.join('\n')}\n`);
  return at;
}
const accounts = () => file('crm_accounts.csv', 'Account Id,Account Name', 'A1,Acme', 'A2,Globex', 'A3,Initech');
const list = async (query: Record<string, unknown> = {}) =>
  (await t.ok(head, api.listOpportunities, { query: { limit: 200, sort: 'name', ...query } as never })).items;
const usd = (whole: number) => ({ amount: whole * 100, currency: 'USD' });

describe.skipIf(!existsSync(salesforce))('an export of Salesforce (files absent: skipped)', () => {
  const files = ['Account', 'Opportunity', 'OpportunityHistory'].map((n) => path.join(salesforce, `${n}.csv`));

  it('agrees with an independent count: twelve won, eight lost, and the days between the stages of the history', async () => {
    const done = await run(files);
    expect(done).toMatchObject({
      exitCode: 0,
      files: [
        { entity: 'accounts' },
        { entity: 'opportunities', new: 36, rejected: 0 },
        { entity: 'opportunity_history', new: 48, rejected: 0 },
      ],
    });
    const won = await t.ok(head, api.summariseOpportunities, { query: { state: ['won'] } });
    expect(won).toMatchObject({ count: 12, total: { amount: 2_815_000_00, currency: 'USD' } });
    expect((await t.ok(head, api.summariseOpportunities, { query: { state: ['lost'] } })).count).toBe(8);
    // Expected revenue of the 16 open ones, as the file has it, and nothing for those without an amount.
    const open = await t.ok(head, api.summariseOpportunities, { query: { state: ['open'] } });
    expect(open).toMatchObject({ count: 16, weighted: { amount: 1_094_500_00 } });

    const { items: stages } = await t.ok(head, api.listStages);
    expect(stages.find((s) => s.name === 'Perception Analysis')).toMatchObject({ probability: 70, outcome: 'open' });
    expect(stages.filter((s) => s.outcome === 'won').map((s) => s.name)).toEqual(['Closed won']);
    // Stages of the file stand among ours, by how likely they are.
    const likely = stages.filter((s) => s.outcome === 'open').map((s) => s.probability);
    expect(likely).toEqual(likely.toSorted((a, b) => a - b));
    expect(stages.slice(-2).map((s) => s.outcome)).toEqual(['won', 'lost']);

    const [sla] = await list({ q: 'United Oil SLA' });
    expect(sla).toMatchObject({ state: 'lost', stageName: 'Closed lost', closedOn: '2024-02-03' });
    const history = await t.ok(head, closingApi.getHistory, { params: { id: sla!.id } });
    expect(history.stages.map((s) => [s.stageName, s.leftAt])).toEqual([
      ['Closed won', '2026-03-07T21:00:00.000Z'],
      ['Closed lost', null],
    ]);
    expect(history.stages[0]!.days).toBeCloseTo(12 + 5 / 1440, 6);

    const { items: durations } = await t.ok(head, closingApi.stageDurations);
    // Five stays in Prospecting of 1, 5, 2, 2 and 1 minutes; seven in Closed won until they were lost after all.
    const prospecting = durations.find((d) => d.stageName === 'Prospecting')!;
    expect(prospecting).toMatchObject({ ended: 5, underWay: 1 });
    expect(prospecting.meanDays).toBeCloseTo(2.2 / 1440, 8);
    expect(prospecting.medianDays).toBeCloseTo(2 / 1440, 8);
    expect(durations.find((d) => d.stageName === 'Closed won')).toMatchObject({ ended: 7, underWay: 0 });
  });

  it('changes nothing the second time, and is gone when it is taken back', async () => {
    const done = await run(files);
    const again = await run(files);
    expect(again.files.slice(1)).toMatchObject([
      { entity: 'opportunities', new: 0, changed: 0, same: 36 },
      { entity: 'opportunity_history', new: 0, changed: 0, same: 48 },
    ]);
    await t.ok(head, undoImport, { params: { id: done.id } });
    await takeUp(t.building.services, 0);
    await work(t.building.services, head.workspaceId, done.id, new AbortController().signal);
    expect(await list()).toEqual([]);
    expect((await t.ok(head, api.listStages)).items.length).toBe(7);
  });

  it('is tried without writing: the history finds opportunities that only the file before it has', async () => {
    const tried = await run(files, { dryRun: true });
    expect(tried.files).toMatchObject([{}, { new: 36, rejected: 0 }, { new: 48, rejected: 0 }]);
    expect(await list()).toEqual([]);
  });
});

describe('lists of other systems', () => {
  const systems: [string, string, string[], Record<string, unknown>[]][] = [
    [
      'HubSpot',
      'hubspot-crm-exports-all-deals.csv',
      [
        'Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Deal probability,Deal Type,Associated Company,Is Closed Won',
        '9001,Acme seats,Decision Maker Bought-In,2027-03-16 10:00,Ann,12000,80,existingbusiness,Acme,false',
        '9002,Globex start,Closed Won,2026-03-31 09:00,Bob,9000,100,newbusiness,Globex,true',
        '9003,Globex more,Closed Lost,2026-04-30 09:00,Bob,700,0,existingbusiness,Globex,false',
      ],
      [
        {
          name: 'Acme seats',
          state: 'open',
          stageName: 'Decision Maker Bought-In',
          probability: 80,
          amount: usd(12_000),
        },
        { name: 'Globex more', state: 'lost', closedOn: '2026-04-30' },
        { name: 'Globex start', state: 'won', type: 'new_business', closedOn: '2026-03-31', category: 'closed' },
      ],
    ],
    [
      'Pipedrive',
      'deals-1234567-1.csv',
      [
        'Deal - ID,Deal - Title,Deal - Value,Deal - Currency of Value,Deal - Stage,Deal - Status,Deal - Organization,Deal - Owner,Deal - Expected close date,Deal - Deal closed on,Deal - Probability',
        '1,Acme renewal,1200,USD,Contact Made,Open,Acme,Ann,2027-02-28,,40',
        '2,Initech pilot,300,USD,Negotiations Started,Won,Initech,Ann,2026-03-01,2026-02-20,',
        '3,Initech rollout,900,USD,Contact Made,Lost,Initech,Ann,,2026-05-20,',
      ],
      [
        { name: 'Acme renewal', state: 'open', stageName: 'Contact Made', probability: 40, closesOn: '2027-02-28' },
        { name: 'Initech pilot', state: 'won', stageName: 'Closed won', closedOn: '2026-02-20' },
        { name: 'Initech rollout', state: 'lost', stageName: 'Closed lost', closedOn: '2026-05-20' },
      ],
    ],
    [
      'Dynamics',
      'All Opportunities.csv',
      [
        '(Do Not Modify) Opportunity,Topic,Potential Customer,Est. Close Date,Est. Revenue,Probability,Pipeline Phase,Status,Actual Close Date,Forecast Category',
        'd1,Acme expansion,Acme,2027-01-20,5000,60,2-Develop,Open,,Committed',
        'd2,Globex licence,Globex,2026-01-20,4000,100,4-Close,Won,2026-01-18,Won',
      ],
      [
        { name: 'Acme expansion', stageName: '2-Develop', category: 'commit', probability: 60 },
        { name: 'Globex licence', state: 'won', closedOn: '2026-01-18' },
      ],
    ],
    [
      'Zoho',
      'Deals_001.csv',
      [
        'Record Id,Deal Name,Account Name,Closing Date,Stage,Amount,Probability (%),Type,Deal Owner,Next Step',
        'zcrm_1,Acme module,Acme,2027-04-01,Value Proposition,2500,45,Existing Business,Ann,Send offer',
      ],
      [
        {
          name: 'Acme module',
          stageName: 'Value Proposition',
          probability: 45,
          nextStep: 'Send offer',
          type: 'upsell',
        },
      ],
    ],
    [
      'a sheet of a German sales team',
      'Verkaufschancen.csv',
      [
        'Verkaufschance;Kunde;Phase;Betrag;Wahrscheinlichkeit;Abschlussdatum',
        'Mehr Plätze;Acme;Angebot;1.200,50;50 %;31.03.2027',
        'Neues Werk;Globex;Verhandlung;20.000,00;75 %;30.06.2027',
      ],
      [
        { name: 'Mehr Plätze', stageName: 'Angebot', probability: 50, closesOn: '2027-03-31' },
        { name: 'Neues Werk', stageName: 'Verhandlung', amount: usd(20_000) },
      ],
    ],
  ];
  it.each(systems)(
    '%s: deals come with their stage, state, amount and account',
    async (_system, name, lines, expected) => {
      await run([await accounts()]);
      const done = await run([await file(name, ...lines)]);
      expect(done).toMatchObject({
        exitCode: 0,
        files: [{ entity: 'opportunities', rejected: 0, new: expected.length }],
      });
      expect(await list()).toMatchObject(expected);
    },
  );

  it('lists of accounts, people and products are not taken for deals, nor deals for them', async () => {
    const shapes = importersOf(t.building.services.modules).map((i) => i.shape);
    const entityOf = async (header: string, row: string) =>
      (await inspect(Buffer.from(`${header}\n${row}\n${row}x\n`), 'list.csv', { shapes, workspaceCurrency: 'EUR' }))
        .recognition.entity;
    expect(await entityOf('Account Name,Website,Owner', 'Acme,acme.com,Ann')).toBe('accounts');
    expect(await entityOf('First Name,Last Name,Email,Account Name', 'Ann,Lee,a@b.co,Acme')).toBe('people');
    expect(await entityOf('Product Name,Product Code,List Price', 'Seat,S-1,12')).toBe('products');
    expect(await entityOf('Deal,Account,Stage,Value,Close Date', 'Seats,Acme,Proposal,12,2027-01-31')).toBe(
      'opportunities',
    );
    expect(
      await entityOf('Id,Opportunity ID,Stage Name,Created Date,Probability', 'H1,O1,Proposal,2026-01-31 10:00,50'),
    ).toBe('opportunity_history');
  });
});

describe('our own export', () => {
  it('comes back without a change: open, won and lost, with and without an amount', async () => {
    await run([await accounts()]);
    await run([
      await file(
        'deals.csv',
        'Deal ID,Deal Name,Account Name,Deal Stage,Amount,Close Date,Probability,Deal Type',
        'D1,Open,Acme,Proposal,100.50,2027-01-31,55,renewal',
        'D2,Won,Globex,Closed won,200,2026-01-31,100,upsell',
        'D3,Lost,Globex,Closed lost,,2026-02-28,0,cross sell',
      ),
    ]);
    const taken = await t.call(head, exportOpportunities, { query: { sort: 'name' } });
    expect(taken.raw).toContain('100.5');
    const done = await run([await file('Opportunities.csv', taken.raw.replace(/^\uFEFF/, '').trimEnd())]);
    expect(done.files).toMatchObject([{ entity: 'opportunities', new: 0, changed: 0, same: 3, rejected: 0 }]);
    const open = await t.call(head, exportOpportunities, { query: { state: ['open'], columns: ['name', 'amount'] } });
    expect(open.raw.trim().split(/\r?\n/)).toEqual(
      ['\uFEFFName,Amount,Amount currency', 'Open,100.50,USD'].map((l) => l.trim()),
    );
  });
});

describe('dirty rows', () => {
  it('are rejected or taken with a remark, each with its column and reason', async () => {
    await run([await accounts()]);
    const done = await run([
      await file(
        'deals.csv',
        'Deal ID,Deal Name,Account Name,Deal Stage,Amount,Close Date,Probability,Status',
        'D1,Fine,Acme,Proposal,100,2027-01-31,50,Open',
        'D2,No account,,Proposal,100,2027-01-31,50,Open',
        'D3,Unknown account,Nobody Ltd,Proposal,100,2027-01-31,50,Open',
        'D4,No date,Acme,Proposal,100,,50,Open',
        'D5,Closed without a date,Acme,Proposal,100,,50,Won',
        'D6,Below zero,Acme,Proposal,-5,2027-01-31,50,Open',
        'D1,The same id,Acme,Proposal,100,2027-01-31,50,Open',
      ),
    ]);
    expect(done.files[0]).toMatchObject({ new: 3, rejected: 4 });
    const notes = (await t.ok(head, importNotes, { params: { id: done.id }, query: { limit: 100 } })).items;
    const told = notes.map((n) => [n.row, n.code]);
    for (const one of [
      [3, 'no_account'],
      [5, 'no_close_date'],
      [6, 'no_close_date'],
      [7, 'negative'],
      [8, 'duplicate'],
    ])
      expect(told).toContainEqual(one);
    const [noDate] = await list({ q: 'No date' });
    expect(noDate).toMatchObject({ category: 'omitted', categoryByHand: true });
  });

  it('what a person judged or closed here stays, whatever an older file says', async () => {
    await run([await accounts()]);
    const deals = await file(
      'deals.csv',
      'Deal ID,Deal Name,Account Name,Deal Stage,Amount,Close Date',
      'D1,Judged,Acme,Proposal,100,2027-01-31',
      'D2,Won here,Acme,Proposal,100,2027-01-31',
    );
    await run([deals]);
    const [judged, wonHere] = await list();
    await t.ok(head, api.updateOpportunity, { params: { id: judged!.id }, body: { category: 'commit' } });
    await t.ok(head, closingApi.winOpportunity, { params: { id: wonHere!.id }, body: { confirm: true, lines: [] } });
    await run([deals]);
    const [moved] = await list({ q: 'Judged' });
    expect(moved).toMatchObject({ category: 'commit', categoryByHand: true });
    expect((await list({ q: 'Won here' }))[0]).toMatchObject({ state: 'won', category: 'closed' });
  });
});
