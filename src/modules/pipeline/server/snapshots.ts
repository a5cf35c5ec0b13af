// Snapshots of the pipeline: every night, with each submission, when a quarter closes, and on demand. History cannot be made later.
import { newId } from '../../../kernel/contract/ids.ts';
import { conflict } from '../../../kernel/contract/problem.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import type { Call, Ctx, Schedule, Services } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import type * as api from '../api-forecast.ts';
import { factorsTo, frameOf } from './forecast-frame.ts';
import { currencies } from './forecast-store.ts';
import { type Period, periodOf, shift } from './rules/period.ts';
import * as store from './snapshot-store.ts';

type Taking = {
  workspaceId: string;
  kind: store.SnapshotKind;
  now: Date;
  today: string;
  currency: string;
  startMonth: number;
  ownerId?: string | null;
  period?: Period;
  note?: string;
  memberId: string | null;
};

/** Takes one; null when that night or closing has its snapshot already. */
export async function take(tx: Tx, t: Taking): Promise<string | null> {
  const id = newId(t.now.getTime());
  // A closed quarter is reckoned at the rates of its last day.
  const on = t.period?.to ?? t.today;
  const factors = await factorsTo(tx, await currencies(tx), t.currency, on);
  const taken = await store.takeSnapshot(
    tx,
    t.workspaceId,
    {
      id,
      kind: t.kind,
      on_date: t.today,
      taken_at: t.now.toISOString(),
      owner_id: t.ownerId ?? null,
      period: t.period ?? null,
      note: t.note ?? '',
      currency: t.currency,
      taken_by: t.memberId,
    },
    factors,
    // What was closed this quarter and the one before; older quarters have their closing snapshot.
    (t.period ?? shift(periodOf(t.today, t.startMonth), -1, t.startMonth)).from,
  );
  return taken ? id : null;
}

/** Looked at hourly, so that each workspace's day begins in its own zone, and a server that slept catches up. */
export const snapshotSchedule: Schedule = {
  name: 'forecast.snapshot',
  every: 'hour',
  run: (services) => takeNightly(services),
};

/** Takes the snapshots that are missing for today, and closes the quarter that ended. */
export async function takeNightly(services: Services): Promise<void> {
  const now = services.clock();
  const due = await services.database.system((tx) => store.workspacesWithoutSnapshot(tx, now));
  for (const w of due) {
    const access = { workspaceId: w.workspace_id, memberId: null, level: 'all' as const, label: 'forecast.snapshot' };
    await services.database.as(access, async (tx) => {
      const common = {
        workspaceId: w.workspace_id,
        now,
        today: w.day,
        currency: w.currency,
        startMonth: w.start_month,
        memberId: null,
      };
      const ended = shift(periodOf(w.day, w.start_month), -1, w.start_month);
      await take(tx, { ...common, kind: 'closing', period: ended });
      await take(tx, { ...common, kind: 'nightly' });
    });
    services.log.info({ workspaceId: w.workspace_id, day: w.day }, 'forecast snapshot taken');
  }
}

const present = (r: store.SnapshotRow) => ({
  id: r.id,
  kind: r.kind,
  on: r.on_date,
  takenAt: r.taken_at,
  ownerId: r.owner_id,
  periodFrom: r.period_from,
  periodTo: r.period_to,
  note: r.note,
  byName: r.by_name,
});

export async function list(ctx: Ctx, { query }: Call<typeof api.listSnapshots>) {
  const after = decodeCursor('forecast snapshots', query.cursor, 2);
  const rows = await store.snapshots(ctx.tx, query, after, query.limit);
  const { items, nextCursor } = page(rows, query.limit, (r) => encodeCursor('forecast snapshots', [r.taken_at, r.id]));
  return { items: items.map(present), nextCursor };
}

export async function takeOne(ctx: Ctx, { body }: Call<typeof api.takeSnapshot>) {
  const frame = await frameOf(ctx, undefined);
  const id = await take(ctx.tx, { ...common(ctx, frame), kind: 'manual', note: body.note });
  await ctx.emit({ type: 'forecast.snapshot_taken', rowId: id });
  return present((await store.snapshots(ctx.tx, { id: id! }, null, 1))[0]!);
}

const common = (ctx: Ctx, frame: { currency: string; start_month: number }) => ({
  workspaceId: ctx.actor.workspaceId,
  now: ctx.now,
  today: ctx.today,
  currency: frame.currency,
  startMonth: frame.start_month,
  memberId: ctx.actor.memberId,
});

/** The snapshot that a submission stands on: the owner's opportunities, as far as the one who submits sees them. */
export const takeForSubmission = (
  ctx: Ctx,
  frame: { currency: string; start_month: number },
  ownerId: string,
): Promise<string | null> => take(ctx.tx, { ...common(ctx, frame), kind: 'submission', ownerId });

export async function restate(ctx: Ctx, { body }: Call<typeof api.restatePeriod>) {
  const frame = await frameOf(ctx, body.period);
  const [closing] = await store.closings(ctx.tx, [frame.period]);
  if (frame.state !== 'past' || !closing)
    throw conflict('period_open', 'This quarter is not closed yet; its figures change by themselves.');
  const id = await take(ctx.tx, { ...common(ctx, frame), kind: 'restatement', period: frame.period, note: body.note });
  await ctx.emit({ type: 'forecast.restated', rowId: id });
  return { snapshotId: id!, at: ctx.now.toISOString(), note: body.note, byName: ctx.actor.name };
}
