// Writes what was planned, chunk by chunk. Where the room allows it, a second connection writes every other chunk at the same time:
// it gets the chunk's rows of the first one's temporary tables. A chunk and the record of it commit together, on either connection.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Tx } from '../../../kernel/server/database.ts';
import type { ImportChange, Importer, ImportRun } from '../../../kernel/server/importing.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { accessOf, Stopped, type Work } from './session.ts';
import * as stage from './stage-store.ts';
import * as store from './store.ts';
import * as shared from './writing-store.ts';

/** Rows a chunk, for who sees everything and for others, and from how many chunks on a second connection is worth its opening. */
export const SIZES = { chunk: 10_000, scoped: 1_000, many: 3 };
const WRITER = 'import-writer';

type Session = Work['session'];
export type Writing = {
  importer: Importer;
  run: ImportRun;
  file: Pick<store.FileRow, 'no' | 'file_name'>;
  /** In the transaction of a chunk that the first connection writes. */
  wrote: (ctx: Ctx, changes: ImportChange[]) => Promise<void>;
};

export async function writeChunks(w: Work, one: Writing): Promise<void> {
  const all = w.actor.level === 'all';
  const size = all ? SIZES.chunk : SIZES.scoped;
  const chunks = await w.transaction((ctx) => stage.chunksWithWork(ctx.tx, size));
  const total = chunks.reduce((sum, c) => sum + c.rows, 0);
  if (all && one.importer.beside && chunks.length >= SIZES.many)
    await w.services.database.spareSession(accessOf(w.actor, w.importId), (second) =>
      inRounds(w, one, chunks, total, size, second),
    );
  else await inRounds(w, one, chunks, total, size, null);
}

/**
 * What a process that died had begun on its second connection ends before anything is planned: it holds this lock as long as it lives,
 * and whatever it still commits is seen by the plan.
 */
export async function aloneAtWriting(w: Work): Promise<void> {
  while (!(await w.session.tryLock(WRITER, w.importId))) await sleep(100, undefined, { signal: w.signal });
  await w.session.unlock(WRITER, w.importId);
}

async function inRounds(
  w: Work,
  one: Writing,
  chunks: readonly stage.Chunk[],
  total: number,
  size: number,
  second: Session | null,
): Promise<void> {
  const { beside } = one.importer;
  const helper = second && beside && (await second.tryLock(WRITER, w.importId)) ? second : null;
  if (helper) await prepare(w, helper, beside!.tables);
  let done = 0;
  for (let i = 0; i < chunks.length; ) {
    w.signal.throwIfAborted();
    const [mine, other] = [chunks[i]!, chunks[i + 1]];
    const together = helper && other && sameLevel(mine, other) ? other : null;
    if (together) await hand(w, helper!, beside!.tables, together.from, size);
    const writes = [
      w.transaction(async (ctx) => {
        const changes = await writeOne(w, ctx.tx, one, one.importer.write, mine.from, size);
        await one.wrote(ctx, changes);
      }),
    ];
    if (together)
      writes.push(
        helper!.transaction(async (tx) => {
          await stage.joinByHash(tx);
          await writeOne(w, tx, one, beside!.write, together.from, size);
        }),
      );
    // Both have ended, well or not, before the session goes on or is given back.
    for (const outcome of await Promise.allSettled(writes)) if (outcome.status === 'rejected') throw outcome.reason;
    done += mine.rows + (together?.rows ?? 0);
    i += together ? 2 : 1;
    await w.progress(`Writing ${one.file.file_name}`, done, total, true);
  }
}

const sameLevel = (a: stage.Chunk, b: stage.Chunk): boolean => a.levels[0] === b.levels[1];

async function writeOne(
  w: Work,
  tx: Tx,
  { run, file }: Writing,
  write: Importer['write'],
  from: number,
  size: number,
): Promise<ImportChange[]> {
  // Held with the chunk, so that a cancel comes either before or after it.
  if ((await store.holdState(tx, w.importId)) === 'cancelling') throw new Stopped('cancelled');
  const changes = await write(tx, run, from, from + size);
  const at = { importId: w.importId, file: file.no, startedBy: w.actor.memberId! };
  await stage.keepChanges(tx, at, changes, from, from + size);
  return changes;
}

async function prepare(w: Work, helper: Session, tables: readonly string[]): Promise<void> {
  const columns = await w.transaction(async (ctx) => {
    const each = [];
    for (const table of tables) each.push([table, await shared.columnsOf(ctx.tx, table)] as const);
    return each;
  });
  await helper.transaction(async (tx) => {
    for (const [table, list] of columns) await shared.makeLike(tx, table, list);
  });
}

/** Gives the second connection the rows of a chunk. */
async function hand(w: Work, helper: Session, tables: readonly string[], from: number, size: number): Promise<void> {
  await w.session.transaction((_tx, bulk) =>
    helper.transaction(async (tx, other) => {
      for (const table of tables) {
        await shared.empty(tx, table);
        await other.copyIn(`pg_temp."${table}"`, bulk.copyOut(shared.chunkOf(table, from, from + size)));
      }
    }),
  );
}
