// Every night what each account pays, on the account and as it was known that day: history cannot be made later.
import type { Schedule } from '../../../kernel/server/module.ts';
import { keepArr } from './arr.ts';
import { forgetOldMarks, keepDay, workspacesWithoutDay } from './moving-store.ts';

/** Looked at hourly, so that each workspace's day begins in its own zone. */
export const snapshotSchedule: Schedule = {
  name: 'revenue.snapshot',
  every: 'hour',
  async run(services) {
    const due = await services.database.system((tx) => workspacesWithoutDay(tx, services.clock()));
    for (const { workspace_id, day } of due) {
      await services.database.as({ workspaceId: workspace_id, memberId: null, level: 'all', label: 'system' }, (tx) =>
        keepArr(tx, day, null),
      );
      const rows = await services.database.system((tx) => keepDay(tx, workspace_id, day));
      services.log.info({ workspaceId: workspace_id, day, rows }, 'revenue of the day kept');
    }
    await services.database.system(forgetOldMarks);
  },
};
