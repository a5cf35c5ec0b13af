// Work on the clock: every night terms and views are kept, contracts renew by themselves or end, and a snapshot is taken; approvals
// that wait are remembered.
import type { Actor } from '../../../kernel/contract/access.ts';
import { makeCtx } from '../../../kernel/server/ctx.ts';
import type { Ctx, Schedule, Services } from '../../../kernel/server/module.ts';
import { notify } from '../../people/server/index.ts';
import { renewBySelf } from './decide.ts';
import { keepRenewals } from './keeping.ts';
import { takeReminders } from './store/approvals.ts';
import * as store from './store/keeping.ts';

/** Runs work as the system in one workspace, in a transaction of its own, on the workspace's own day. */
async function asSystem<T>(
  services: Services,
  workspaceId: string,
  day: string,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const actor: Actor = {
    kind: 'system',
    workspaceId,
    memberId: null,
    userId: null,
    role: 'admin',
    level: 'all',
    name: 'The system',
    key: 'system',
  };
  const hooks: (() => void | Promise<void>)[] = [];
  const result = await services.database.as({ workspaceId, memberId: null, level: 'all', label: 'system' }, (tx) =>
    work({ ...makeCtx({ tx, actor, services, requestId: 'night', log: services.log, hooks }), today: day }),
  );
  for (const hook of hooks) await hook();
  return result;
}

/** Looked at hourly, so that each workspace's night comes in its own zone, and a server that slept catches up. */
export const nightSchedule: Schedule = {
  name: 'contracts.night',
  every: 'hour',
  run: (services) => runNights(services),
};

/** The nights that are due. One workspace that fails does not keep the others waiting; it is tried again in an hour. */
export async function runNights(services: Services): Promise<void> {
  const days = await services.database.system((tx) => store.workspaceDays(tx, services.clock()));
  for (const { workspace_id, day } of days.filter((d) => !d.night_done)) {
    try {
      await night(services, workspace_id, day);
      await services.database.system((tx) => store.nightIsDone(tx, workspace_id, day));
    } catch (error) {
      services.log.error(
        { err: error, workspaceId: workspace_id, day },
        'the night of the contracts failed; it is tried again',
      );
    }
  }
}

const BATCH = 200;
const WARN_DAYS = [60, 30, 7] as const;

async function night(services: Services, workspaceId: string, day: string): Promise<void> {
  const run = <T>(work: (ctx: Ctx) => Promise<T>) => asSystem(services, workspaceId, day, work);
  await run((ctx) => keepRenewals(ctx, null));
  for (;;) {
    const due = await run((ctx) => store.selfRenewing(ctx.tx, ctx.today, BATCH));
    let renewed = 0;
    for (const { id } of due) {
      // One contract that cannot renew by itself must not stop the others.
      const done = await run((ctx) => renewBySelf(ctx, id)).then(
        () => true,
        (error) => {
          services.log.warn({ err: error, renewalId: id }, 'a contract could not renew by itself');
          return false;
        },
      );
      if (done) renewed += 1;
    }
    // A term that follows may be over as well.
    if (renewed === 0) break;
  }
  await run(async (ctx) => {
    const ended = await store.endContracts(ctx.tx, ctx.today);
    if (ended) {
      await keepRenewals(ctx, null);
      await ctx.emit({ type: 'contract.changed' });
    }
    for (const r of await store.approaching(ctx.tx, ctx.today, WARN_DAYS[0])) {
      const window = WARN_DAYS.findLast((d) => r.days <= d)!;
      await notify(ctx, [r.owner_id], {
        kind: 'renewal.notice_near',
        title: `${r.account_name}: ${r.days === 0 ? 'notice deadline today' : r.days === 1 ? 'notice deadline tomorrow' : `${r.days} days until the notice deadline`}`,
        detail: `${r.contract_name}, ${r.notice_on}`,
        link: `/renewals/${r.id}`,
        dedupeKey: `renewal-notice:${r.id}:${window}`,
      });
    }
  });
  await services.database.system((tx) => store.takeSnapshot(tx, workspaceId, day));
}

/** Approvals that wait are remembered after the workspace's days, again and again until somebody decides. */
export const reminderSchedule: Schedule = {
  name: 'contracts.reminders',
  every: 'hour',
  run: (services) => remind(services),
};

export async function remind(services: Services): Promise<void> {
  const days = await services.database.system((tx) => store.workspaceDays(tx, services.clock()));
  for (const { workspace_id, day } of days)
    await asSystem(services, workspace_id, day, async (ctx) => {
      for (const w of await takeReminders(ctx.tx, ctx.now.toISOString()))
        await notify(ctx, w.approver_ids, {
          kind: 'approval.reminder',
          title: `Still waiting for you: ${Number(w.discount_percent)} % discount for ${w.scenario.accountName}`,
          detail: w.requested_by_name ? `${w.requested_by_name} asked for it` : '',
          link: `/approvals?approval=${w.approval_id}`,
          dedupeKey: `approval:${w.approval_id}`,
        });
    });
}
