// Nightly snapshots on a real PostgreSQL under a fixed clock.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../../../test/app.ts';
import * as api from '../api.ts';
import { takeSnapshots } from './snapshots.ts';

let t: TestApp;
beforeAll(async () => {
  t = await openTestApp();
});
afterAll(() => t.close());

const shots = (workspaceId: string) =>
  t.building.database.system(
    async (_tx, c) =>
      (
        await c.query(
          `select on_date, data ->> 'tier' as tier from kernel.snapshot where workspace_id = $1 order by on_date`,
          [workspaceId],
        )
      ).rows,
  );

it('keeps one row an account and day, in the zone of the workspace, and never changes it', async () => {
  const tokyo = await t.workspace('Tokyo', { zone: 'Asia/Tokyo' });
  const made = await t.ok(tokyo, api.createAccount, { body: { name: 'Sakura', tier: 'growth' } });
  t.setTime('2026-02-28T16:00:00Z'); // the first of March in Tokyo
  await takeSnapshots(t.building.services);
  await t.ok(tokyo, api.updateAccount, { params: { id: made.id }, body: { tier: 'key' } });
  await takeSnapshots(t.building.services);
  expect(await shots(tokyo.workspaceId)).toEqual([{ on_date: '2026-03-01', tier: 'growth' }]);
  t.setTime('2026-03-01T16:00:00Z');
  await takeSnapshots(t.building.services);
  expect(await shots(tokyo.workspaceId)).toEqual([
    { on_date: '2026-03-01', tier: 'growth' },
    { on_date: '2026-03-02', tier: 'key' },
  ]);
  const access = { workspaceId: tokyo.workspaceId, memberId: tokyo.memberId, level: 'all' as const, label: 'test' };
  await expect(
    t.building.database.as(access, (tx) => tx.updateTable('kernel.snapshot').set({ data: '{}' }).execute()),
  ).rejects.toThrow(/permission denied/);
});
