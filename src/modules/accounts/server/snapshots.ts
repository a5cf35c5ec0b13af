// Every night an immutable row for each account: history cannot be made later.
import type { Schedule, Services } from '../../../kernel/server/module.ts';
import { takeSnapshot, workspacesWithoutSnapshot } from './snapshot-store.ts';

/** Looked at hourly, so that each workspace's day begins in its own zone, and a server that slept catches up. */
export const snapshotSchedule: Schedule = {
  name: 'accounts.snapshot',
  every: 'hour',
  run: (services) => takeSnapshots(services),
};

/** Takes the snapshots that are missing for today; answers how many rows were written. */
export async function takeSnapshots(services: Services): Promise<void> {
  const due = await services.database.system((tx) => workspacesWithoutSnapshot(tx, services.clock()));
  for (const { workspace_id, day } of due) {
    const rows = await services.database.system((tx) => takeSnapshot(tx, workspace_id, day));
    services.log.info({ workspaceId: workspace_id, day, rows }, 'snapshot taken');
  }
}
