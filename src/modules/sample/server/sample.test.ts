// The sample portfolio through HTTP: it comes whole and goes whole.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../../../test/app.ts';
import { createAccount, listAccounts, summariseAccounts } from '../../accounts/api.ts';
import { listPlans } from '../../plans/api.ts';
import { suggestions } from '../../selection/api.ts';
import { listPeople } from '../../stakeholders/api.ts';
import * as api from '../api.ts';

let t: TestApp;
beforeAll(async () => {
  t = await openTestApp();
});
afterAll(() => t.close());

it('brings twelve key accounts with units, people, plans and reviews, once', async () => {
  const w = await t.workspace('Looks around', { currency: 'EUR' });
  await t.ok(w, api.addSample);
  const key = (await t.ok(w, listAccounts, { query: { tier: ['key'], limit: 100 } })).items;
  expect(key).toHaveLength(12);
  const all = (await t.ok(w, listAccounts, { query: { limit: 100 } })).items;
  expect(all.filter((a) => a.parentId !== null).length).toBeGreaterThan(5);
  expect((await t.ok(w, listPeople, { query: { limit: 100 } })).items.length).toBeGreaterThan(35);
  expect((await t.ok(w, listPlans)).items.length).toBeGreaterThanOrEqual(4);
  expect((await t.ok(w, suggestions)).reviewNumber).toBe(2);
  expect((await t.call(w, api.addSample)).problem.code).toBe('sample_present');
});

it('leaves in one step, and leaves alone what is not its own', async () => {
  const w = await t.workspace('Cleans up');
  const own = await t.ok(w, createAccount, { body: { name: 'Our own account' } });
  const before = await rowsOf(w.workspaceId);
  await t.ok(w, api.addSample);
  const sampleAccount = (await t.ok(w, listAccounts, { query: { q: 'Kestrel Automotive' } })).items[0]!;
  const below = await t.ok(w, createAccount, {
    body: { name: 'Our own, below a sample account', parentId: sampleAccount.id },
  });
  expect(await t.ok(w, api.removeSample)).toEqual({ present: false, accounts: 0, people: 0 });
  expect((await t.ok(w, listAccounts)).items.map((a) => a.id).sort()).toEqual([own.id, below.id].sort());
  expect((await t.ok(w, summariseAccounts)).count).toBe(2);
  expect(await rowsOf(w.workspaceId)).toEqual({ ...before, account: before.account! + 1 });
  await t.ok(w, api.addSample);
});

/** Rows of the workspace in every table that the sample touches. */
async function rowsOf(workspaceId: string): Promise<Record<string, number>> {
  const tables = [
    'account',
    'person',
    'stakeholder',
    'member',
    'plan',
    'plan_version',
    'plan_change',
    'action',
    'selection_model',
    'selection_review',
    'selection_standing',
    'selection_decision',
    'selection_score',
    'selection_readiness',
    'product',
    'product_series',
    'growth_competitor',
    'sample_item',
  ];
  return t.building.database.system(async (_tx, c) => {
    const counts: Record<string, number> = {};
    for (const table of tables)
      counts[table] = Number(
        (await c.query(`select count(*) as n from ${table} where workspace_id = $1`, [workspaceId])).rows[0].n,
      );
    return counts;
  });
}
