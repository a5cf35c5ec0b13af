// The forecast of a quarter: what stands in the pipeline by owner and team, what was called, and calling it.
import { newId } from '../../../kernel/contract/ids.ts';
import { conflict, type FieldError, forbidden, invalid } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import type * as api from '../api-forecast.ts';
import type { Figures, OwnerRow, Submission } from '../api-forecast.ts';
import { type Frame, factorsTo, frameOf, scopeOf, stateOf, teamsBelow } from './forecast-frame.ts';
import * as store from './forecast-store.ts';
import { may } from './policy.ts';
import { KINDS, type Kind } from './rules/deal.ts';
import { daysBetween, type Period, shift } from './rules/period.ts';
import { closings } from './snapshot-store.ts';
import { takeForSubmission } from './snapshots.ts';
import { activeMember } from './write-store.ts';

const STALE_AFTER_DAYS = 7;

const none = (): Figures => ({
  closed: 0,
  commit: 0,
  bestCase: 0,
  pipeline: 0,
  upToCommit: 0,
  upToBest: 0,
  open: 0,
  weighted: 0,
  count: 0,
});
function add(to: Figures, r: store.SumRow): void {
  to.closed += r.closed;
  to.commit += r.commit;
  to.bestCase += r.best_case;
  to.pipeline += r.pipeline;
  to.weighted += r.weighted;
  to.count += r.count;
  to.upToCommit += r.closed + r.commit;
  to.upToBest += r.closed + r.commit + r.best_case;
  to.open += r.commit + r.best_case + r.pipeline;
}
const emptyKinds = () => Object.fromEntries(KINDS.map((k) => [k, none()])) as Record<Kind, Figures>;
const sumOf = (rows: readonly store.SumRow[]) => {
  const total = none();
  const kinds = emptyKinds();
  for (const r of rows) {
    add(total, r);
    add(kinds[r.kind], r);
  }
  return { total, kinds };
};
const missingOf = (rows: readonly store.SumRow[]) => [...new Set(rows.flatMap((r) => r.missing ?? []))].sort();

const presentSaid = (c: store.CallRow) => ({
  id: c.id,
  commit: c.commit_minor,
  best: c.best_minor,
  kinds: c.kinds,
  currency: c.currency,
  note: c.note,
  at: c.said_at,
  byName: c.member_name,
});

/** A submission, and whether it still tells what its owner would say today. */
function presentSubmission(
  c: store.CallRow,
  ctx: Ctx,
  state: Frame['state'],
  now: { count: number; changedAt: string | null },
): Submission {
  const because: Submission['staleBecause'] = [];
  if (state !== 'past') {
    if (daysBetween(c.said_at.slice(0, 10), ctx.now.toISOString().slice(0, 10)) > STALE_AFTER_DAYS) because.push('age');
    const isChanged = now.changedAt !== null && Date.parse(now.changedAt) > Date.parse(c.said_at);
    if (isChanged || now.count < (c.rolled_up.count ?? 0)) because.push('changes');
  }
  return { ...presentSaid(c), snapshotId: c.snapshot_id, stale: because.length > 0, staleBecause: because };
}

/** Where the figures of a period come from: a closed one from its closing, or from the last restatement where that is asked for. */
async function sourceOf(
  ctx: Ctx,
  frame: Frame,
  scope: store.Scope,
  restated: boolean | undefined,
): Promise<{ source: store.Source; frozenAt: string | null; restatements: Awaited<ReturnType<typeof closings>> }> {
  const looks = frame.state === 'past' ? await closings(ctx.tx, [frame.period]) : [];
  const closing = looks.find((s) => s.kind === 'closing');
  const restatements = looks.filter((s) => s.kind === 'restatement');
  if (closing)
    return {
      source: {
        period: frame.period,
        scope,
        snapshotId: (restated ? (restatements.at(-1) ?? closing) : closing).id,
      },
      frozenAt: closing.taken_at,
      restatements,
    };
  const on = frame.state === 'past' ? frame.period.to : ctx.today;
  const factors = await factorsTo(ctx.tx, await store.currencies(ctx.tx), frame.currency, on);
  return { source: { period: frame.period, scope, factors }, frozenAt: null, restatements };
}

export async function get(ctx: Ctx, { query }: Call<typeof api.getForecast>) {
  const frame = await frameOf(ctx, query.period);
  const scope = await scopeOf(ctx, frame, query);
  const { source, frozenAt, restatements } = await sourceOf(ctx, frame, scope, query.restated);
  const sums = await store.byOwner(ctx.tx, source);
  const calls = await store.callsInForce(ctx.tx, frame.period.from);
  const isWanted = (ownerId: string | null) =>
    scope.ownerIds === null || (ownerId !== null && scope.ownerIds.includes(ownerId));

  const owners = new Map<string | null, { name: string; teamId: string | null; sums: store.SumRow[] }>();
  for (const r of sums) {
    const one = owners.get(r.key) ?? { name: r.label ?? 'Nobody', teamId: r.team_id, sums: [] };
    one.sums.push(r);
    owners.set(r.key, one);
  }
  // Who said something has a row also without a pipeline, and so has an account manager who asks.
  const me = ctx.actor.role === 'kam' ? ctx.actor.memberId : null;
  const others = [me, ...calls.map((c) => c.owner_id)].filter(
    (id): id is string => id !== null && !owners.has(id) && isWanted(id),
  );
  if (others.length)
    for (const m of await store.members(ctx.tx, { ids: others }))
      owners.set(m.id, { name: m.name, teamId: m.team_id, sums: [] });

  const canManage = may(ctx.actor, 'forecast.manage');
  const canCall = frame.state !== 'past';
  const rows: OwnerRow[] = [...owners].map(([ownerId, o]) => {
    const { total, kinds } = sumOf(o.sums);
    const said = calls.find((c) => c.said_by === 'owner' && c.owner_id === ownerId);
    const managers = calls.find((c) => c.said_by === 'manager' && ownerId !== null && c.owner_id === ownerId);
    const changedAt = o.sums.reduce<string | null>(
      (last, r) => (r.changed_at && (!last || Date.parse(r.changed_at) > Date.parse(last)) ? r.changed_at : last),
      null,
    );
    return {
      ownerId,
      ownerName: o.name,
      teamId: o.teamId,
      total,
      kinds,
      submission: said ? presentSubmission(said, ctx, frame.state, { count: total.count, changedAt }) : null,
      managerCall: managers ? presentSaid(managers) : null,
      can: {
        submit:
          canCall &&
          ownerId !== null &&
          (canManage || ownerId === ctx.actor.memberId) &&
          may(ctx.actor, 'forecast.submit'),
        call: canCall && ownerId !== null && canManage,
      },
    };
  });
  rows.sort((a, b) => a.ownerName.localeCompare(b.ownerName, 'en'));

  const teamOf = (teamId: string | null) => {
    const inside = teamId === null ? null : new Set(teamsBelow(frame.teams, teamId));
    const of = rows.filter((r) => inside === null || (r.teamId !== null && inside.has(r.teamId)));
    const total = none();
    const kinds = emptyKinds();
    for (const r of of) {
      for (const key of Object.keys(total) as (keyof Figures)[]) total[key] += r.total[key];
      for (const k of KINDS)
        for (const key of Object.keys(total) as (keyof Figures)[]) kinds[k][key] += r.kinds[k]?.[key] ?? 0;
    }
    const said = of.flatMap((r) => (r.submission ? [r.submission] : []));
    const managers = calls.find((c) => c.said_by === 'manager' && c.owner_id === null && c.team_id === teamId);
    return {
      total,
      kinds,
      submitted: {
        commit: said.reduce((s, c) => s + c.commit, 0),
        best: said.reduce((s, c) => s + c.best, 0),
        owners: said.length,
        of: of.filter((r) => r.ownerId !== null).length,
      },
      managerCall: managers ? presentSaid(managers) : null,
    };
  };
  const shown = query.teamId ? teamsBelow(frame.teams, query.teamId) : frame.teams.map((g) => g.id);
  const teams = [
    { teamId: null, teamName: 'Everybody', parentId: null, ...teamOf(null) },
    ...frame.teams
      .filter((g) => shown.includes(g.id))
      .map((g) => ({ teamId: g.id, teamName: g.name, parentId: g.parent_id, ...teamOf(g.id) })),
  ];
  return {
    period: frame.period,
    state: frame.state,
    currency: frame.currency,
    asOf: ctx.today,
    frozenAt,
    restatements: restatements.map((r) => ({ snapshotId: r.id, at: r.taken_at, note: r.note, byName: r.by_name })),
    rows,
    teams,
    slipped: frame.state === 'past' ? 0 : await store.slipped(ctx.tx, frame.period.from, scope),
    missing: missingOf(sums),
    can: { submit: canCall && may(ctx.actor, 'forecast.submit'), manage: canManage },
  };
}

export async function accounts(ctx: Ctx, { query }: Call<typeof api.getForecastAccounts>) {
  const frame = await frameOf(ctx, query.period);
  const scope = { ...(await scopeOf(ctx, frame, query)), unowned: query.unowned ?? false };
  const { source } = await sourceOf(ctx, frame, scope, query.restated);
  const sums = await store.byAccount(ctx.tx, source, 500);
  const ids = [...new Set(sums.map((r) => r.key!))];
  return {
    period: frame.period,
    currency: frame.currency,
    items: ids.map((accountId) => {
      const of = sums.filter((r) => r.key === accountId);
      return { accountId, accountName: of[0]!.label ?? 'An account that you do not see', ...sumOf(of) };
    }),
    nextCursor: null,
    missing: missingOf(sums),
  };
}

export async function periods(ctx: Ctx) {
  const frame = await frameOf(ctx, undefined);
  const list = Array.from({ length: 13 }, (_, i) => shift(frame.period, i - 8, frame.start_month));
  const closed = (await closings(ctx.tx, list)).filter((s) => s.kind === 'closing');
  return {
    items: list.map((p) => ({
      ...p,
      state: stateOf(p, ctx.today),
      frozenAt: closed.find((s) => s.period_from === p.from)?.taken_at ?? null,
    })),
    nextCursor: null,
    present: frame.period.id,
    fiscalYearStartMonth: frame.start_month,
  };
}

type Amounts = Pick<Call<typeof api.submitForecast>['body'], 'commit' | 'best' | 'kinds'>;
/** Totals and kinds that agree with each other. */
function saidOf(body: Amounts): {
  commit: number;
  best: number;
  kinds: { kind: Kind; commit: number; best: number }[];
} {
  const problems: FieldError[] = [];
  const kinds = (body.kinds ?? []).map((k) => ({ kind: k.kind, commit: k.commit, best: k.best ?? k.commit }));
  kinds.forEach((k, i) => {
    if (k.best < k.commit)
      problems.push({ field: `kinds.${i}.best`, message: 'Best case includes commit: it cannot be less' });
    if (kinds.findIndex((x) => x.kind === k.kind) !== i)
      problems.push({ field: `kinds.${i}.kind`, message: 'Twice in the list' });
  });
  const sum = (key: 'commit' | 'best') => kinds.reduce((s, k) => s + k[key], 0);
  if (!kinds.length && body.commit === undefined) problems.push({ field: 'commit', message: 'Required' });
  if (kinds.length && body.commit !== undefined && body.commit !== sum('commit'))
    problems.push({ field: 'commit', message: 'Not the sum of the kinds; leave it out' });
  if (kinds.length && body.best !== undefined && body.best !== sum('best'))
    problems.push({ field: 'best', message: 'Not the sum of the kinds; leave it out' });
  const commit = body.commit ?? sum('commit');
  const best = body.best ?? (kinds.length ? sum('best') : commit);
  if (best < commit) problems.push({ field: 'best', message: 'Best case includes commit: it cannot be less' });
  if (problems.length) throw invalid(problems);
  return { commit, best, kinds };
}

function refuseEnded(frame: Frame): void {
  if (frame.state === 'past')
    throw conflict('period_over', 'This quarter has ended. What was said of it stays as it is.');
}

async function say(
  ctx: Ctx,
  period: Period,
  currency: string,
  said: ReturnType<typeof saidOf>,
  more: {
    said_by: 'owner' | 'manager';
    owner_id: string | null;
    team_id: string | null;
    note: string;
    snapshot_id: string | null;
  },
  rolledUp: Record<string, unknown>,
): Promise<store.CallRow> {
  const id = newId(ctx.now.getTime());
  await store.insertCall(
    ctx.tx,
    ctx.actor.workspaceId,
    {
      id,
      period_from: period.from,
      period_to: period.to,
      currency,
      commit_minor: said.commit,
      best_minor: said.best,
      said_at: ctx.now.toISOString(),
      member_id: ctx.actor.memberId,
      ...more,
    },
    said.kinds,
    rolledUp,
  );
  return (await store.calls(ctx.tx, { id }, null, 1))[0]!;
}

export async function submit(ctx: Ctx, { body }: Call<typeof api.submitForecast>): Promise<Submission> {
  const frame = await frameOf(ctx, body.period);
  refuseEnded(frame);
  const ownerId = body.ownerId ?? ctx.actor.memberId;
  if (!ownerId) throw invalid({ field: 'ownerId', message: 'Required' });
  if (ownerId !== ctx.actor.memberId) {
    if (!may(ctx.actor, 'forecast.manage')) throw forbidden('Everybody says their own forecast.');
    if (!(await activeMember(ctx.tx, ownerId)))
      throw invalid({ field: 'ownerId', message: 'There is no such active member' });
  }
  const said = saidOf(body);
  const { source } = await sourceOf(ctx, frame, { ownerIds: [ownerId] }, false);
  const stands = sumOf(await store.byOwner(ctx.tx, source));
  const snapshotId = await takeForSubmission(ctx, frame, ownerId);
  const call = await say(
    ctx,
    frame.period,
    frame.currency,
    said,
    { said_by: 'owner', owner_id: ownerId, team_id: null, note: body.note, snapshot_id: snapshotId },
    { ...stands.total, kinds: stands.kinds },
  );
  await ctx.emit({ type: 'forecast.submitted', rowId: call.id });
  return presentSubmission(call, ctx, frame.state, { count: stands.total.count, changedAt: null });
}

export async function callFor(ctx: Ctx, { body }: Call<typeof api.callForecast>) {
  const frame = await frameOf(ctx, body.period);
  refuseEnded(frame);
  if (body.ownerId && body.teamId)
    throw invalid({ field: 'teamId', message: 'A call is for an owner or for a team, not for both' });
  if (body.ownerId && !(await activeMember(ctx.tx, body.ownerId)))
    throw invalid({ field: 'ownerId', message: 'There is no such active member' });
  if (body.teamId && !frame.teams.some((g) => g.id === body.teamId))
    throw invalid({ field: 'teamId', message: 'There is no such team' });
  const call = await say(
    ctx,
    frame.period,
    frame.currency,
    saidOf(body),
    {
      said_by: 'manager',
      owner_id: body.ownerId ?? null,
      team_id: body.teamId ?? null,
      note: body.note,
      snapshot_id: null,
    },
    {},
  );
  await ctx.emit({ type: 'forecast.called', rowId: call.id });
  return presentSaid(call);
}

export async function listCalls(ctx: Ctx, { query }: Call<typeof api.listCalls>) {
  const frame = query.period ? await frameOf(ctx, query.period) : null;
  const rows = await store.calls(
    ctx.tx,
    { periodFrom: frame?.period.from, ownerIds: query.ownerId },
    decodeCursor('forecast calls', query.cursor, 2),
    query.limit,
  );
  const { items, nextCursor } = page(rows, query.limit, (r) => encodeCursor('forecast calls', [r.said_at, r.id]));
  return {
    items: items.map((c) => ({
      ...presentSaid(c),
      saidBy: c.said_by,
      ownerId: c.owner_id,
      ownerName: c.owner_name,
      teamId: c.team_id,
      teamName: c.team_name,
      periodFrom: c.period_from,
      periodTo: c.period_to,
      snapshotId: c.snapshot_id,
    })),
    nextCursor,
  };
}
