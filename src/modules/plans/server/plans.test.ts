// The plans room through HTTP on a real PostgreSQL.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { accountTimeline, createAccount, getAccount, updateAccount } from '../../accounts/api.ts';
import * as api from '../api.ts';
import { mergePlans, type Plan } from '../rules.ts';

let t: TestApp;
let head: Person;
let kam: Person;
beforeAll(async () => {
  t = await openTestApp();
  head = await t.member('head', { name: 'Hedda Head' });
  kam = await t.member('kam', { name: 'Karim Kam' });
});
afterAll(() => t.close());

async function planned(name: string) {
  const account = await t.ok(head, createAccount, {
    body: { name, ownerId: kam.memberId, renewalOn: '2026-10-15', arr: { amount: 250_000_000, currency: 'USD' } },
  });
  const plan = await t.ok(kam, api.createPlan, { body: { accountId: account.id } });
  return { account, plan };
}
const goal = (text: string) => ({
  id: crypto.randomUUID(),
  text,
  side: 'theirs' as const,
  horizon: 'short' as const,
  measure: '',
  start: null,
  target: null,
  current: null,
  unit: '',
  ownerId: null,
  dueOn: null,
});

describe('writing a plan', () => {
  it('starts with what the account knows, and there is one plan an account', async () => {
    const { account, plan } = await planned('Starts');
    expect(plan).toMatchObject({
      accountName: 'Starts',
      renewalOn: '2026-10-15',
      arr: { amount: 250_000_000 },
      version: 1,
    });
    expect(plan.care.goals.ownerId).toBe(kam.memberId);
    const again = await t.call(kam, api.createPlan, { body: { accountId: account.id } });
    expect([again.status, again.problem.code, again.problem.current]).toEqual([409, 'plan_exists', { id: plan.id }]);
  });

  it('saves single blocks, judges completeness, and says what is missing', async () => {
    const { plan } = await planned('Saves');
    const saved = await t.ok(kam, api.updatePlan, {
      params: { id: plan.id },
      body: { version: 1, content: { goals: { ...plan.content.goals, items: [goal('Operating cost −15 %')] } } },
    });
    expect(saved.version).toBe(2);
    expect(saved.completeness).toBeGreaterThan(plan.completeness);
    expect(saved.missing.map((m) => m.text)).toContain('Give the goal “Operating cost −15 %” an owner');
    expect(saved.content.header).toEqual(plan.content.header);
  });

  it('lets two people save different fields by merging, and never overwrites silently', async () => {
    const { plan } = await planned('Two Editors');
    const mine: Plan = {
      content: { ...plan.content, header: { ...plan.content.header, outcome: 'Renew at +15 %' } },
      care: plan.care,
    };
    await t.ok(head, api.updatePlan, {
      params: { id: plan.id },
      body: { version: 1, content: { header: { ...plan.content.header, summary: 'From Hedda' } } },
    });
    const refused = await t.call(kam, api.updatePlan, {
      params: { id: plan.id },
      body: { version: 1, content: { header: mine.content.header } },
    });
    expect(refused.status).toBe(409);
    const theirs = refused.problem.current as api.PlanPage;
    const { merged, conflicts } = mergePlans(plan, mine, theirs);
    expect(conflicts).toEqual([]);
    const saved = await t.ok(kam, api.updatePlan, {
      params: { id: plan.id },
      body: { version: theirs.version, content: { header: merged.content.header } },
    });
    expect(saved.content.header).toMatchObject({ outcome: 'Renew at +15 %', summary: 'From Hedda' });
  });

  it('names references that lead nowhere and keeps the plan as it was', async () => {
    const { plan } = await planned('Refs');
    const answer = await t.call(kam, api.updatePlan, {
      params: { id: plan.id },
      body: {
        version: 1,
        content: {
          strategy: {
            items: [
              {
                id: crypto.randomUUID(),
                text: 'Training',
                goalId: crypto.randomUUID(),
                horizon: 'mid',
                ownerId: null,
                dueOn: null,
                doneOn: null,
              },
            ],
          },
        },
      },
    });
    expect(answer.problem.fields?.map((f) => f.field)).toEqual(['content.strategy.items.0.goalId']);
    expect((await t.ok(kam, api.getPlan, { params: { id: plan.id } })).version).toBe(1);
  });

  it('says the same renewal date as the account, whichever of the two is changed', async () => {
    const { account, plan } = await planned('Renewal');
    await t.ok(kam, api.updatePlan, {
      params: { id: plan.id },
      body: { version: 1, content: { header: { ...plan.content.header, renewalOn: '2026-11-30' } } },
    });
    const changed = await t.ok(kam, getAccount, { params: { id: account.id } });
    expect(changed.renewalOn).toBe('2026-11-30');
    await t.ok(kam, updateAccount, {
      params: { id: account.id },
      body: { version: changed.version, renewalOn: '2027-01-31' },
    });
    await t.deliver();
    expect((await t.ok(kam, api.getPlan, { params: { id: plan.id } })).content.header.renewalOn).toBe('2027-01-31');
  });
});

describe('keeping a plan alive', () => {
  it('ages block by block until somebody confirms it', async () => {
    t.setTime('2026-03-01T10:00:00Z');
    const { plan } = await planned('Ages');
    expect(plan.freshness.every((f) => f.state === 'never')).toBe(true);
    await t.ok(kam, api.reviewBlock, { params: { id: plan.id }, body: { blocks: ['goals', 'risks'] } });
    t.setTime('2026-06-15T10:00:00Z');
    await t.ok(kam, api.reviewBlock, { params: { id: plan.id }, body: { blocks: ['risks'] } });
    const later = await t.ok(kam, api.getPlan, { params: { id: plan.id } });
    expect(later.freshness.find((f) => f.block === 'goals')).toMatchObject({ state: 'stale', ageDays: 106 });
    expect(later.freshness.find((f) => f.block === 'risks')).toMatchObject({ state: 'fresh', ageDays: 0 });
    t.setTime(null);
  });

  it('keeps named versions, tells their difference, and signs off once', async () => {
    const { plan } = await planned('Versions');
    const first = await t.ok(kam, api.saveVersion, { params: { id: plan.id }, body: { note: 'Before the review' } });
    await t.ok(kam, api.updatePlan, {
      params: { id: plan.id },
      body: { version: 1, content: { goals: { ...plan.content.goals, items: [goal('Better SLAs')] } } },
    });
    const { difference } = await t.ok(kam, api.comparePlan, { params: { id: plan.id }, query: { from: first.number } });
    expect(difference).toMatchObject([{ block: 'goals', items: [{ change: 'added', label: 'Better SLAs' }] }]);
    const signed = await t.ok(head, api.signOffVersion, { params: { id: plan.id, number: first.number } });
    expect(signed.signedOffBy).toBe('Hedda Head');
    expect(
      (await t.call(head, api.signOffVersion, { params: { id: plan.id, number: first.number } })).problem.code,
    ).toBe('signed_off');
    expect((await t.call(kam, api.signOffVersion, { params: { id: plan.id, number: first.number } })).status).toBe(403);
  });

  it('shows on the account’s timeline what a save changed', async () => {
    const { account, plan } = await planned('Told');
    await t.ok(kam, api.updatePlan, {
      params: { id: plan.id },
      body: { version: 1, content: { goals: { ...plan.content.goals, items: [goal('Automate order processing')] } } },
    });
    const { items } = await t.ok(kam, accountTimeline, { params: { id: account.id } });
    expect(items.find((i) => i.what === 'plan_change')?.label).toContain('Automate order processing');
    expect((await t.ok(kam, api.planHistory, { params: { id: plan.id } })).items[0]).toMatchObject({ by: 'Karim Kam' });
  });
});

describe('the one page', () => {
  it.each(['a4', 'letter'] as const)('is a PDF of one page on %s', async (paper) => {
    const { plan } = await planned(`Printed ${paper}`);
    const answer = await t.call(kam, api.planDocument, { params: { id: plan.id }, query: { paper } });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/pdf');
    expect(answer.raw.startsWith('%PDF-')).toBe(true);
  });

  it('is not for those who do not see the account', async () => {
    const { plan } = await planned('Hidden');
    const stranger = await t.member('kam', { name: 'Stranger' });
    expect((await t.call(stranger, api.getPlan, { params: { id: plan.id } })).status).toBe(404);
    expect((await t.call(stranger, api.planDocument, { params: { id: plan.id } })).status).toBe(404);
    expect((await t.ok(stranger, api.listPlans)).items).toEqual([]);
  });
});
