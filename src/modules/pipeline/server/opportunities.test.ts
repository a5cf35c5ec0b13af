// Opportunities through HTTP on a real PostgreSQL: stages, judgement, lines, history, won and lost, who sees what.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { createAccount } from '../../accounts/api.ts';
import { listNotifications } from '../../people/api.ts';
import { createPerson } from '../../stakeholders/api.ts';
import * as api from '../api.ts';
import * as closingApi from '../api-closing.ts';

let t: TestApp;
let head: Person;
let kam: Person;
let acme: string;
let stages: api.Stage[];
const stage = (name: string) => stages.find((s) => s.name === name)!.id;
beforeAll(async () => {
  t = await openTestApp();
  head = await t.member('head', { name: 'Hedda Head' });
  kam = await t.member('kam', { name: 'Karim Kam' });
  acme = (await t.ok(head, createAccount, { body: { name: 'Acme Corp', ownerId: kam.memberId } })).id;
  stages = (await t.ok(head, api.listStages)).items;
});
afterAll(() => t.close());

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const open = (as: Person, name: string, more: Partial<Record<string, unknown>> = {}) =>
  t.ok(as, api.createOpportunity, {
    body: { name, accountId: acme, closesOn: '2027-03-31', amount: eur(10_000_00), ...more } as never,
  });
const change = (id: string, body: Record<string, unknown>, as = kam) =>
  t.ok(as, api.updateOpportunity, { params: { id }, body: body as never });

describe('stages', () => {
  it('a new workspace has stages to begin with, none of which says commit before the deal is agreed', () => {
    expect(stages.map((s) => [s.name, s.probability, s.outcome, s.category])).toEqual([
      ['Qualification', 10, 'open', 'pipeline'],
      ['Discovery', 25, 'open', 'pipeline'],
      ['Proposal', 50, 'open', 'best_case'],
      ['Negotiation', 75, 'open', 'best_case'],
      ['Agreed', 90, 'open', 'commit'],
      ['Closed won', 100, 'won', 'closed'],
      ['Closed lost', 0, 'lost', 'omitted'],
    ]);
  });

  it('a head renames, adds and reorders them; one in use cannot go', async () => {
    const other = await t.workspace('Stages');
    const before = (await t.ok(other, api.listStages)).items;
    const write = (list: api.Stage[]) =>
      list.map(({ id, name, probability, outcome, category }) => ({
        id,
        name,
        probability,
        outcome,
        category: category === 'closed' ? ('pipeline' as const) : category,
      }));
    const [first, second, ...rest] = write(before);
    const swapped = [
      { ...second!, name: first!.name },
      { ...first!, name: second!.name },
      { name: 'Pilot', probability: 60 },
      ...rest,
    ];
    const after = await t.ok(other, api.saveStages, { body: { stages: swapped } });
    expect(after.items.map((s) => s.name).slice(0, 3)).toEqual(['Qualification', 'Discovery', 'Pilot']);
    expect(after.items[0]!.id).toBe(before[1]!.id);

    const account = (await t.ok(other, createAccount, { body: { name: 'Globex' } })).id;
    await t.ok(other, api.createOpportunity, {
      body: { name: 'Seats', accountId: account, closesOn: '2027-01-31', stageId: after.items[2]!.id },
    });
    const refused = await t.call(other, api.saveStages, { body: { stages: write(before) } });
    expect(refused.problem.code).toBe('stage_in_use');
    expect(refused.problem.title).toContain('Pilot');
  });

  it('only who leads may change them, and won and lost never go', async () => {
    const all = stages.map(({ id, name, probability, outcome }) => ({ id, name, probability, outcome }));
    expect((await t.call(kam, api.saveStages, { body: { stages: all } })).status).toBe(403);
    const refused = await t.call(head, api.saveStages, {
      body: { stages: all.filter((s) => s.outcome !== 'lost') },
    });
    expect(refused.problem.fields).toEqual([{ field: 'stages', message: 'Keep at least one stage for what is lost' }]);
  });
});

describe('an opportunity', () => {
  it('starts in the first stage, is mine, and takes probability and category from the stage', async () => {
    const made = await open(kam, 'Fifty more seats', { type: 'upsell' });
    expect(made).toMatchObject({
      ownerName: 'Karim Kam',
      stageName: 'Qualification',
      state: 'open',
      probability: 10,
      category: 'pipeline',
      categoryByHand: false,
      pushes: 0,
    });
  });

  it('keeps the category that a person set when it changes stage, and takes the stage’s again when given back', async () => {
    const made = await open(kam, 'Judged by hand');
    await change(made.id, { category: 'commit' });
    const moved = await change(made.id, { stageId: stage('Discovery') });
    expect(moved).toMatchObject({ category: 'commit', categoryByHand: true, probability: 25 });
    const givenBack = await change(made.id, { category: null });
    expect(givenBack).toMatchObject({ category: 'pipeline', categoryByHand: false });
    const further = await change(made.id, { stageId: stage('Proposal') });
    expect(further.category).toBe('best_case');
  });

  it('keeps a probability set by hand in the same way', async () => {
    const made = await open(kam, 'Surely', { probability: 42 });
    expect((await change(made.id, { stageId: stage('Negotiation') })).probability).toBe(42);
    expect((await change(made.id, { probability: null })).probability).toBe(75);
  });

  it('counts every time that the close day is put off, not when it is brought forward', async () => {
    const made = await open(kam, 'Slipping');
    await change(made.id, { closesOn: '2027-04-30' });
    await change(made.id, { closesOn: '2027-04-15' });
    expect((await change(made.id, { closesOn: '2027-06-30' })).pushes).toBe(2);
  });

  it('is worth what its lines are: a year of what recurs, the whole of what does not', async () => {
    const made = await open(kam, 'By lines', { amount: undefined });
    const saved = await t.ok(kam, api.saveLines, {
      params: { id: made.id },
      body: {
        version: made.version,
        lines: [
          { quantity: 10, unitPriceMinor: 20_00, billing: 'month', discountPercent: 12.5 },
          { kind: 'one_off', billing: 'once', unitPriceMinor: 500_00 },
        ],
      },
    });
    expect(saved.lines.map((l) => l.amount.amount)).toEqual([2_100_00, 500_00]);
    expect(saved).toMatchObject({ amount: eur(2_600_00), amountOfLines: true });
    const refused = await t.call(kam, api.updateOpportunity, {
      params: { id: made.id },
      body: { amount: eur(1) },
    });
    expect(refused.problem.fields).toEqual([{ field: 'amount', message: 'The lines make the amount: change them' }]);
  });

  it('names the people who decide, only such as are at the account', async () => {
    const made = await open(kam, 'Who decides');
    const person = await t.ok(kam, createPerson, {
      body: { name: 'Paula Purse', accounts: [{ accountId: acme, title: 'CFO' }] },
    });
    const saved = await t.ok(kam, api.savePeople, {
      params: { id: made.id },
      body: { people: [{ personId: person.id, part: 'economic_buyer' }] },
    });
    expect(saved.people).toMatchObject([{ name: 'Paula Purse', part: 'economic_buyer' }]);
    const refused = await t.call(kam, api.savePeople, {
      params: { id: made.id },
      body: { people: [{ personId: acme }] },
    });
    expect(refused.problem.fields?.[0]?.field).toBe('people.0.personId');
  });

  it('never lets the second of two editors overwrite the first silently', async () => {
    const made = await open(kam, 'Twice edited');
    await change(made.id, { version: made.version, nextStep: 'Call Paula' });
    const second = await t.call(head, api.updateOpportunity, {
      params: { id: made.id },
      body: { version: made.version, nextStep: 'Write to Paula' },
    });
    expect(second.status).toBe(409);
    expect(second.problem.current).toMatchObject({ nextStep: 'Call Paula' });
  });

  it('tells who gets it from somebody else', async () => {
    await open(head, 'For Karim', { ownerId: kam.memberId });
    const news = await t.ok(kam, listNotifications);
    expect(news.items.map((n) => n.title)).toContain('For Karim is yours now');
  });
});

describe('the history of an opportunity', () => {
  it('tells every change with who and when, and the days in each stage, by the server’s clock', async () => {
    t.setTime('2026-11-01T09:00:00Z');
    const made = await open(kam, 'Remembered');
    t.setTime('2026-11-05T09:00:00Z');
    await change(made.id, { stageId: stage('Discovery'), amount: eur(12_000_00) });
    t.setTime('2026-11-15T21:00:00Z');
    await change(made.id, { stageId: stage('Proposal') }, head);
    t.setTime('2026-11-18T21:00:00Z');
    const seen = await t.ok(head, closingApi.getHistory, { params: { id: made.id } });
    expect(seen.stages.map((s) => [s.stageName, s.days, s.leftAt])).toEqual([
      ['Qualification', 4, '2026-11-05T09:00:00.000Z'],
      ['Discovery', 10.5, '2026-11-15T21:00:00.000Z'],
      ['Proposal', 3, null],
    ]);
    const told = seen.items.map((c) => [c.field, c.from, c.to, c.byName, c.at]);
    expect(told).toContainEqual(['stage_id', 'Qualification', 'Discovery', 'Karim Kam', '2026-11-05T09:00:00.000Z']);
    expect(told).toContainEqual(['amount_minor', '1000000', '1200000', 'Karim Kam', '2026-11-05T09:00:00.000Z']);
    expect(told).toContainEqual(['stage_id', 'Discovery', 'Proposal', 'Hedda Head', '2026-11-15T21:00:00.000Z']);
    t.setTime(null);
  });
});

describe('winning and losing', () => {
  it('shows what would become of it first, and is won only when that is confirmed', async () => {
    const made = await open(kam, 'To be won', { category: 'commit' });
    const shown = await t.ok(kam, closingApi.winOpportunity, { params: { id: made.id }, body: {} });
    expect(shown).toMatchObject({ confirmed: false, opportunity: { state: 'open' } });
    expect(shown.lines).toMatchObject([{ unitPriceMinor: 10_000_00, billing: 'year', kind: 'recurring' }]);
    const won = await t.ok(kam, closingApi.winOpportunity, { params: { id: made.id }, body: { confirm: true } });
    expect(won.opportunity).toMatchObject({
      state: 'won',
      stageName: 'Closed won',
      category: 'closed',
      probability: 100,
      closedOn: won.closedOn,
    });
    const again = await t.call(kam, closingApi.winOpportunity, { params: { id: made.id }, body: { confirm: true } });
    expect(again.problem.code).toBe('closed');
  });

  it('says why it was lost, and comes back as it was judged when it is reopened', async () => {
    const made = await open(kam, 'Lost for now', { category: 'best_case', probability: 35 });
    await change(made.id, { stageId: stage('Negotiation') });
    const lost = await t.ok(kam, closingApi.loseOpportunity, {
      params: { id: made.id },
      body: { reason: 'competitor', note: 'Cheaper', competitor: 'Initech' },
    });
    expect(lost).toMatchObject({ state: 'lost', lostReason: 'competitor', competitor: 'Initech', category: 'omitted' });
    const back = await t.ok(head, closingApi.reopenOpportunity, { params: { id: made.id } });
    expect(back).toMatchObject({
      state: 'open',
      stageName: 'Negotiation',
      category: 'best_case',
      probability: 35,
      lostReason: null,
      closedOn: null,
    });
  });

  it('is not done by moving it into a closing stage, nor on a day to come', async () => {
    const made = await open(kam, 'No short cut');
    const moved = await t.call(kam, api.updateOpportunity, {
      params: { id: made.id },
      body: { stageId: stage('Closed won') },
    });
    expect(moved.problem.code).toBe('closing_stage');
    const early = await t.call(kam, closingApi.winOpportunity, {
      params: { id: made.id },
      body: { closedOn: '2099-01-01' },
    });
    expect(early.problem.fields?.[0]?.field).toBe('closedOn');
  });
});

describe('finding opportunities', () => {
  it('filters, sorts and pages without losing or repeating one', async () => {
    const other = await t.workspace('Many');
    const account = (await t.ok(other, createAccount, { body: { name: 'Umbrella' } })).id;
    for (let i = 1; i <= 7; i++)
      await t.ok(other, api.createOpportunity, {
        body: {
          name: `Deal ${i}`,
          accountId: account,
          closesOn: `2027-01-0${(i % 3) + 1}`,
          amount: eur(i * 100_00),
          type: i % 2 ? 'upsell' : 'renewal',
        },
      });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await t.ok(other, api.listOpportunities, {
        query: { sort: 'closesOn', limit: 3, ...(cursor ? { cursor } : {}) },
      });
      seen.push(...page.items.map((o) => o.name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.length).toBe(7);
    expect(new Set(seen).size).toBe(7);
    const renewals = await t.ok(other, api.listOpportunities, { query: { type: ['renewal'], sort: '-amount' } });
    expect(renewals.items.map((o) => o.name)).toEqual(['Deal 6', 'Deal 4', 'Deal 2']);
    const sums = await t.ok(other, api.summariseOpportunities, { query: { type: ['renewal'] } });
    expect(sums).toMatchObject({
      count: 3,
      total: { amount: 1_200_00, currency: 'EUR' },
      weighted: { amount: 120_00 },
    });
  });

  it('a key account manager sees those of their own accounts only: list, sums, board, search and the thing itself', async () => {
    const foreign = (await t.ok(head, createAccount, { body: { name: 'Somebody else’s' } })).id;
    const hidden = await open(head, 'Hidden from Karim', { accountId: foreign });
    const names = (await t.ok(kam, api.listOpportunities, { query: { limit: 200 } })).items.map((o) => o.name);
    expect(names).not.toContain('Hidden from Karim');
    const all = await t.ok(head, api.listOpportunities, { query: { limit: 200 } });
    expect(all.items.map((o) => o.name)).toContain('Hidden from Karim');
    const sums = await t.ok(kam, api.summariseOpportunities);
    expect(sums.count).toBe(names.length);
    expect((await t.ok(kam, api.getBoard)).items.map((o) => o.id)).not.toContain(hidden.id);
    expect((await t.call(kam, api.getOpportunity, { params: { id: hidden.id } })).status).toBe(404);
    expect((await t.call(kam, closingApi.winOpportunity, { params: { id: hidden.id }, body: {} })).status).toBe(404);
    const wrong = await t.call(kam, api.createOpportunity, {
      body: { name: 'X', accountId: foreign, closesOn: '2027-01-01' },
    });
    expect(wrong.problem.fields?.[0]?.field).toBe('accountId');
  });

  it('what is put away counts nowhere and can be brought back', async () => {
    const made = await open(kam, 'Put away');
    const before = (await t.ok(kam, api.summariseOpportunities)).count;
    await t.ok(kam, closingApi.archiveOpportunity, { params: { id: made.id } });
    expect((await t.ok(kam, api.summariseOpportunities)).count).toBe(before - 1);
    await t.ok(kam, closingApi.restoreOpportunity, { params: { id: made.id } });
    expect((await t.ok(kam, api.summariseOpportunities)).count).toBe(before);
  });
});
