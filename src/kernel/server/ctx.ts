// Makes the context of one transaction.

import type { Logger } from 'pino';
import { Temporal } from 'temporal-polyfill';
import type { Actor } from '../contract/access.ts';
import type { Tx } from './database.ts';
import { enqueueIn } from './jobs.ts';
import type { Ctx, Services } from './module.ts';

type Parts = {
  tx: Tx;
  actor: Actor;
  services: Services;
  requestId: string;
  log: Logger;
  hooks: (() => void | Promise<void>)[];
  zone?: string;
};

export function makeCtx({ tx, actor, services, requestId, log, hooks, zone }: Parts): Ctx {
  const now = services.clock();
  return {
    tx,
    actor,
    now,
    today: dayIn(now, zone ?? zoneOf(actor.workspaceId)),
    log,
    requestId,
    services,
    async emit(event) {
      await tx
        .insertInto('kernel.outbox')
        .values({
          workspace_id: actor.workspaceId,
          type: event.type,
          account_id: event.accountId ?? null,
          row_id: event.rowId ?? null,
          member_id: actor.memberId,
          payload: JSON.stringify(event.payload ?? {}),
        })
        .execute();
      hooks.push(() =>
        services.signal({
          ws: actor.workspaceId,
          type: event.type,
          accountId: event.accountId ?? null,
          id: event.rowId ?? null,
        }),
      );
    },
    async enqueue(job, data, options) {
      await enqueueIn(tx, job, { workspaceId: actor.workspaceId, ...data }, options);
      hooks.push(() => services.signal({ ws: actor.workspaceId, type: 'job:', accountId: null, id: null }));
    },
    afterCommit: (work) => void hooks.push(work),
  };
}

/** The calendar day of an instant in a zone, `YYYY-MM-DD`. */
export function dayIn(at: Date, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();
}

// The zone of a workspace changes rarely; the settings room tells us when it does.
const zones = new Map<string, string>();
export const zoneOf = (workspaceId: string): string => zones.get(workspaceId) ?? 'UTC';
export const setZone = (workspaceId: string, zone: string): void => void zones.set(workspaceId, zone);
