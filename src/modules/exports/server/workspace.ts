// Everything of a workspace as a zip, made while it is sent. That it was taken is written down first; the audit has it from there.
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { conflict, Problem } from '../../../kernel/contract/problem.ts';
import { sendWorkspace } from '../../../kernel/server/backup.ts';
import type { Ctx, FileAnswer } from '../../../kernel/server/module.ts';
import * as store from './store.ts';

/** A reader that takes nothing for so long is gone: the snapshot of the database must not stay open for it. */
const STALLED_MS = 120_000;

/** Each export reads every row of the workspace. */
const AT_MOST = 10;
const WITHIN_MINUTES = 10;

/** Workspaces that are being sent by this server: one export at a time. */
const underWay = new Set<string>();

const seesAll = (ctx: Ctx): boolean => ctx.actor.level === 'all';

export async function everything(ctx: Ctx): Promise<FileAnswer> {
  const { actor, services, log, requestId } = ctx;
  const { workspaceId } = actor;
  if (!seesAll(ctx))
    throw new Problem(
      403,
      'forbidden',
      'You see some accounts only. Someone who sees all of them can take everything.',
    );
  if (underWay.has(workspaceId))
    throw conflict('export_running', 'Another export of everything is under way. Try again when it is done.');
  const since = new Date(ctx.now.getTime() - WITHIN_MINUTES * 60_000);
  if ((await store.runsSince(ctx.tx, since)) >= AT_MOST)
    throw new Problem(
      429,
      'too_many_exports',
      `Everything was taken ${AT_MOST} times within ${WITHIN_MINUTES} minutes. Try again later.`,
    );
  const name = await store.workspaceName(ctx.tx);
  const id = await store.addRun(ctx.tx, workspaceId, actor.memberId!);
  const access = {
    workspaceId,
    memberId: actor.memberId,
    level: actor.level,
    label: `export:${actor.name}`,
    requestId,
  };
  const out = new PassThrough({ highWaterMark: 1024 * 1024 });
  let bytes = 0;
  const send = async (chunk: Uint8Array): Promise<void> => {
    if (out.destroyed) throw new Error('the reader has gone');
    bytes += chunk.length;
    if (out.write(chunk)) return;
    const waited = new AbortController();
    const stalled = setTimeout(() => out.destroy(new Error('the reader takes nothing')), STALLED_MS);
    try {
      await Promise.race(['drain', 'close'].map((event) => once(out, event, { signal: waited.signal })));
    } finally {
      clearTimeout(stalled);
      waited.abort();
    }
  };
  // Begins when the transaction of the request is over; the reader sets the pace.
  ctx.afterCommit(() => {
    underWay.add(workspaceId);
    const source = { url: services.database.url, dataDir: services.config.dataDir, version: services.version };
    void sendWorkspace({ ...source, workspaceId, now: ctx.now }, send)
      .then(() => services.database.as(access, (tx) => store.endRun(tx, id, bytes)))
      .then(
        () => out.end(),
        (error: Error) => {
          if (!out.destroyed) log.error({ err: error }, 'an export of everything broke off');
          // A file that ends early must not look whole.
          out.destroy(error);
        },
      )
      .finally(() => underWay.delete(workspaceId));
  });
  return { stream: out, type: 'application/zip', fileName: `${name} ${ctx.today}.zip` };
}

export async function lastTaken(ctx: Ctx) {
  return { last: (await store.lastRun(ctx.tx)) ?? null, can: { run: seesAll(ctx) } };
}
