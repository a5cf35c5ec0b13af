// One import at work on one connection: its lock, its starter's rights, its progress, and whether somebody wants it to stop.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../../../kernel/contract/access.ts';
import { makeCtx } from '../../../kernel/server/ctx.ts';
import type { Access, BulkSession } from '../../../kernel/server/database.ts';
import { type Importer, importersOf } from '../../../kernel/server/importing.ts';
import type { Ctx, Services } from '../../../kernel/server/module.ts';
import * as store from './store.ts';

export type Progress = { phase: string; done: number; total: number };
export type Work = {
  services: Services;
  session: BulkSession;
  actor: Actor;
  importId: string;
  importers: readonly Importer[];
  signal: AbortSignal;
  /** A short transaction beside the session, for what must be seen at once. */
  aside<T>(work: (tx: Parameters<Parameters<Services['database']['as']>[1]>[0]) => Promise<T>): Promise<T>;
  /** A use case's context over the session. */
  transaction<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>;
  /** Tells how far it is, at most some times a second unless `always`; throws `Stopped` when a person cancelled. */
  progress(phase: string, done: number, total: number, always?: boolean): Promise<void>;
};

/** A person cancelled the import. */
export class Stopped extends Error {
  override name = 'Stopped';
}

export const accessOf = (actor: Actor, importId: string): Access => ({
  workspaceId: actor.workspaceId,
  memberId: actor.memberId,
  level: actor.level,
  label: `import:${actor.name}`,
  requestId: importId,
});

const EVERY_MS = 400;

/** Runs `work` while holding the import's lock; waits for the lock until the signal ends it. */
export async function withImport<T>(
  services: Services,
  actor: Actor,
  importId: string,
  options: { signal: AbortSignal; onProgress?: ((p: Progress) => void) | undefined; turn?: boolean },
  work: (w: Work) => Promise<T>,
): Promise<T> {
  const access = accessOf(actor, importId);
  const aside: Work['aside'] = (inner) => services.database.as(access, inner);
  let told = 0;
  for (;;) {
    options.signal.throwIfAborted();
    // Waiting holds no connection: the few that can carry bulk work are for those who have something to do.
    const outcome = await services.database.session(access, async (session) => {
      if (!(await session.tryLock('import', importId))) return null;
      if (options.turn && !(await session.tryLock('imports', actor.workspaceId))) {
        await aside((tx) => store.setProgress(tx, importId, 'Waiting for another import to finish', 0, 0));
        return null;
      }
      const w: Work = {
        services,
        session,
        actor,
        importId,
        importers: importersOf(services.modules),
        signal: options.signal,
        aside,
        async transaction(inner) {
          const hooks: (() => void | Promise<void>)[] = [];
          const result = await session.transaction((tx) =>
            inner(makeCtx({ tx, actor, services, requestId: importId, log: services.log, hooks })),
          );
          for (const hook of hooks) await hook();
          return result;
        },
        async progress(phase, done, total, always = false) {
          options.signal.throwIfAborted();
          const now = Date.now();
          if (!always && now - told < EVERY_MS && done < total) return;
          told = now;
          options.onProgress?.({ phase, done, total });
          const state = await aside((tx) => store.setProgress(tx, importId, phase, done, total));
          if (state === 'cancelling') throw new Stopped('cancelled');
        },
      };
      return { result: await work(w) };
    });
    if (outcome) return outcome.result;
    await sleep(700, undefined, { signal: options.signal });
  }
}

/** One import of a workspace writes at a time; the others wait and say so. */
export async function inTurn<T>(w: Work, work: () => Promise<T>): Promise<T> {
  while (!(await w.session.tryLock('imports', w.actor.workspaceId))) {
    await w.progress('Waiting for another import to finish', 0, 0);
    await sleep(500, undefined, { signal: w.signal });
  }
  try {
    return await work();
  } finally {
    await w.session.unlock('imports', w.actor.workspaceId).catch(() => {});
  }
}
