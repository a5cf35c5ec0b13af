// Histories of opportunities that have a row a change of one field, through the import room: states, stays in stages, changes.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { importNotes, undoImport } from '../../imports/api.ts';
import { type CliImport, runImportFromCli } from '../../imports/server/cli.ts';
import { work } from '../../imports/server/work.ts';
import * as api from '../api.ts';
import * as closingApi from '../api-closing.ts';

let t: TestApp;
let head: Person;
let folder: string;
beforeAll(async () => {
  t = await openTestApp();
  folder = await mkdtemp(path.join(tmpdir(), 'openkam-history-'));
});
afterAll(async () => {
  await t.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  head = await t.workspace('Deals', { currency: 'EUR' });
});

async function bring(files: Record<string, string[]>): Promise<CliImport> {
  const at = await mkdtemp(path.join(folder, 'f-'));
  const paths = Object.keys(files).map((name) => path.join(at, name));
  for (const [i, lines] of Object.values(files).entries()) await writeFile(paths[i]!, `${lines.join('\n')}\n`);
  return runImportFromCli(t.building.services, head, paths, {});
}
const deals = [
  'Opportunity ID,Opportunity Name,Account Name,Stage,Amount,Close Date',
  '006000000000001AAA,Big deal,Acme,Negotiation,5000,2026-12-31',
  '006000000000002AAA,Other deal,Globex,Closed Won,900,2026-03-31',
];
const files = {
  'accounts.csv': ['Account Name', 'Acme', 'Globex'],
  'sf_opportunities.csv': deals,
  'OpportunityFieldHistory.csv': [
    'Opportunity ID,Edit Date,Field / Event,Old Value,New Value,Edited By',
    '006000000000001AAA,2026-01-05,Created.,,,Ann',
    '006000000000001AAA,2026-02-05,Stage,Prospecting,Negotiation,Ann',
    '006000000000001AAA,2026-02-06,Amount,"EUR 4,000.00","EUR 5,000.00",Ann',
    '006000000000001AAA,2026-02-07,Close Date,2026-09-30,2026-12-31,Ann',
    '006000000000001AAA,2026-02-08,Owner,Ann,Bob,Ann',
    '006000000000002AAA,2026-03-30,Stage,Negotiation,Closed Won,Ann',
    '006000000000002AAA,2026-03-30,Forecast Category,Commit,Closed,Ann',
    '006000000000009AAA,2026-03-30,Stage,Negotiation,Closed Won,Ann',
  ],
};
const idOf = async (name: string) => (await t.ok(head, api.listOpportunities, { query: { q: name } })).items[0]!.id;

describe('a history of fields', () => {
  it('tells what an opportunity was after every change, and how long it stayed in a stage whatever else changed', async () => {
    const done = await bring(files);
    expect(done.files[2]).toMatchObject({ entity: 'opportunity_history', new: 5, rejected: 1 });
    const history = await t.ok(head, closingApi.getHistory, { params: { id: await idOf('Big deal') } });
    expect(
      history.stages.map((s) => [s.stageName, s.enteredAt.slice(0, 10), s.leftAt?.slice(0, 10), s.amount?.amount]),
    ).toEqual([
      ['Prospecting', '2026-01-05', '2026-02-05', 4_000_00],
      ['Negotiation', '2026-02-05', undefined, 4_000_00],
    ]);
    expect(history.items.map((c) => [c.at.slice(0, 10), c.field, c.from, c.to])).toEqual([
      ['2026-02-07', 'closes_on', '2026-09-30', '2026-12-31'],
      ['2026-02-06', 'amount_minor', '400000', '500000'],
      ['2026-02-05', 'stage_id', 'Prospecting', 'Negotiation'],
    ]);
    const won = await t.ok(head, closingApi.getHistory, { params: { id: await idOf('Other deal') } });
    expect(won.stages).toMatchObject([{ stageName: 'Closed won', category: 'closed', closesOn: '2026-03-31' }]);
    const notes = (await t.ok(head, importNotes, { params: { id: done.id }, query: { limit: 100 } })).items;
    expect(notes.map((n) => [n.row, n.code])).toEqual([
      [6, 'not_kept'],
      [8, 'same_time'],
      [9, 'no_reference'],
    ]);
  });

  it('changes nothing the second time and leaves nothing when it is taken back', async () => {
    const done = await bring(files);
    expect((await bring(files)).files).toMatchObject([{ same: 2 }, { same: 2 }, { new: 0, changed: 0, same: 5 }]);
    await t.ok(head, undoImport, { params: { id: done.id } });
    await work(t.building.services, head.workspaceId, done.id, new AbortController().signal);
    expect((await t.ok(head, api.listOpportunities, { query: {} })).items).toEqual([]);
  });

  it('says which values it cannot be sure of', async () => {
    const done = await bring({
      ...files,
      'OpportunityFieldHistory.csv': [
        'Id,OpportunityId,CreatedDate,Field,OldValue,NewValue',
        '017000000000001AAA,006000000000001AAA,2026-01-06T10:00:00.000Z,StageName,Prospecting,Negotiation',
        '017000000000002AAA,006000000000001AAA,2026-01-07T10:00:00.000Z,CloseDate,05/04/2026,31/12/2026',
      ],
    });
    expect(done.files[2]).toMatchObject({ entity: 'opportunity_history', new: 2, rejected: 0 });
    const notes = (await t.ok(head, importNotes, { params: { id: done.id }, query: { limit: 100 } })).items;
    expect(notes.map((n) => [n.row, n.code, n.value])).toEqual([[3, 'unreadable_value', '05/04/2026']]);
  });
});
