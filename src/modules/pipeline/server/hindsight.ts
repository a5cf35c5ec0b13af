// Looking back at forecasts: why a figure changed between two looks, how near submissions came, whether probabilities can be believed.
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import type * as api from '../api-forecast.ts';
import { type Frame, factorsTo, frameOf, scopeOf } from './forecast-frame.ts';
import * as store from './forecast-store.ts';
import { accuracy, bias, biasWord, brier, HORIZONS, type Pair, reliability } from './rules/accuracy.ts';
import type { Kind } from './rules/deal.ts';
import { addDays, type Period, periodOf, shift } from './rules/period.ts';
import { type Look, REASONS, waterfall } from './rules/waterfall.ts';
import * as snapshots from './snapshot-store.ts';

const MOST_CHANGES = 500;

export async function getWaterfall(ctx: Ctx, { query }: Call<typeof api.getWaterfall>) {
  const frame = await frameOf(ctx, query.period);
  const wanted = await scopeOf(ctx, frame, query);
  // One owner's own submissions are looks at what is theirs.
  const oneOwner = wanted.ownerIds?.length === 1 ? wanted.ownerIds[0]! : null;
  const from = query.from ?? addDays(query.to ?? ctx.today, -7);
  const whole = await snapshots.snapshotOn(ctx.tx, from, oneOwner);
  // Before the first night there may be submissions: then only the owners who had submitted are looked at.
  const said = whole?.exact
    ? []
    : (await snapshots.submissionsOn(ctx.tx, from)).filter(
        (s) => wanted.ownerIds === null || wanted.ownerIds.includes(s.owner_id ?? ''),
      );
  const firsts = said.length ? said : whole ? [whole] : [];
  const first = [...firsts].sort((a, b) => (a.taken_at < b.taken_at ? 1 : -1))[0];
  const scope = said.length ? { ownerIds: said.flatMap((s) => (s.owner_id ? [s.owner_id] : [])) } : wanted;
  const last = query.to && query.to < ctx.today ? await snapshots.snapshotOn(ctx.tx, query.to, oneOwner) : undefined;
  const codes = await store.currencies(ctx.tx);
  const factors = await factorsTo(ctx.tx, codes, frame.currency, first?.on_date ?? ctx.today);
  const after = last
    ? await snapshots.snapshotLooks(ctx.tx, [last.id], factors)
    : await snapshots.presentLooks(ctx.tx, factors, shift(frame.period, -1, frame.start_month).from);
  const before = first
    ? await snapshots.snapshotLooks(
        ctx.tx,
        firsts.map((s) => s.id),
        factors,
      )
    : after;
  const lookOf = (r: snapshots.LookRow): Look => ({
    opportunityId: r.opportunity_id,
    state: r.state,
    category: r.category,
    amount: r.amount ?? 0,
    closesOn: r.closes_on,
    inScope: snapshots.isInScope(r, scope, query.type),
  });
  const done = waterfall(before.map(lookOf), after.map(lookOf), query.measure, frame.period);
  const was = new Map(before.map((r) => [r.opportunity_id, r]));
  const now = new Map(after.map((r) => [r.opportunity_id, r]));
  const shown = (r: snapshots.LookRow | undefined) =>
    r ? { state: r.state, category: r.category, amount: r.amount ?? 0, closesOn: r.closes_on } : null;
  return {
    period: frame.period,
    currency: frame.currency,
    measure: query.measure,
    from: first
      ? {
          snapshotId: first.id,
          on: first.on_date,
          at: first.taken_at,
          exact: said.length > 0 || (whole?.exact ?? false),
          partial: said.length > 0,
        }
      : null,
    to: last
      ? { snapshotId: last.id, on: last.on_date, at: last.taken_at }
      : { snapshotId: null, on: ctx.today, at: ctx.now.toISOString() },
    start: done.start,
    end: done.end,
    reasons: REASONS.map((reason) => ({
      reason,
      amount: done.byReason[reason],
      count: done.changes.filter((c) => c.reason === reason).length,
    })),
    changes: done.changes.slice(0, MOST_CHANGES).map((c) => {
      const row = (now.get(c.opportunityId) ?? was.get(c.opportunityId))!;
      return {
        opportunityId: c.opportunityId,
        name: row.name,
        accountId: row.account_id,
        accountName: row.account_name,
        ownerName: row.owner_name,
        reason: c.reason,
        delta: c.delta,
        before: shown(was.get(c.opportunityId)),
        after: shown(now.get(c.opportunityId)),
      };
    }),
    cut: done.changes.length > MOST_CHANGES,
    missing: [...new Set([...before, ...after].filter((r) => r.no_rate).map((r) => r.currency))].sort(),
  };
}

/** One owner's quarter: what came, and what was said at each horizon. */
export type OwnerQuarter = {
  ownerId: string;
  period: Period;
  actual: number;
  actualByKind: Record<Kind, number>;
  said: Map<number, { commit: number; byKind: Partial<Record<Kind, number>> }>;
};

/** Quarters that have ended, with what every owner said and what came. Closed ones as they closed. */
export async function endedQuarters(
  ctx: Ctx,
  frame: Frame,
  periods: readonly Period[],
  scope: store.Scope,
): Promise<{ quarters: OwnerQuarter[]; names: Map<string, store.MemberRow>; missing: string[] }> {
  const closed = (await snapshots.closings(ctx.tx, periods)).filter((s) => s.kind === 'closing');
  const said = await store.submissionsAt(ctx.tx, periods, HORIZONS, scope);
  const codes = await store.currencies(ctx.tx);
  const quarters: OwnerQuarter[] = [];
  const missing = new Set<string>();
  for (const period of periods) {
    const closing = closed.find((s) => s.period_from === period.from);
    const sums = await store.byOwner(
      ctx.tx,
      closing
        ? { period, scope, snapshotId: closing.id }
        : { period, scope, factors: await factorsTo(ctx.tx, codes, frame.currency, period.to) },
    );
    for (const r of sums) for (const c of r.missing ?? []) missing.add(c);
    const ofPeriod = said.filter((s) => s.period_from === period.from);
    const owners = new Set([...ofPeriod.map((s) => s.owner_id), ...sums.flatMap((r) => (r.key ? [r.key] : []))]);
    for (const ownerId of owners) {
      const own = sums.filter((r) => r.key === ownerId);
      const actualByKind: Record<Kind, number> = { renewal: 0, expansion: 0, new_unit: 0, new_business: 0 };
      for (const r of own) actualByKind[r.kind] += r.closed;
      quarters.push({
        ownerId,
        period,
        actual: own.reduce((s, r) => s + r.closed, 0),
        actualByKind,
        said: new Map(
          ofPeriod
            .filter((s) => s.owner_id === ownerId)
            .map((s) => [
              s.horizon,
              { commit: s.commit_minor, byKind: Object.fromEntries(s.kinds.map((k) => [k.kind, k.commit])) },
            ]),
        ),
      });
    }
  }
  const ids = [...new Set(quarters.map((q) => q.ownerId))];
  const names = new Map((ids.length ? await store.members(ctx.tx, { ids }) : []).map((m) => [m.id, m]));
  return { quarters, names, missing: [...missing].sort() };
}

/** Pairs of called and come at a horizon; who had said nothing by then is left out. */
export const pairsAt = (quarters: readonly OwnerQuarter[], horizon: number, kind?: Kind): Pair[] =>
  quarters.flatMap((q) => {
    const said = q.said.get(horizon);
    if (!said) return [];
    if (!kind) return [{ forecast: said.commit, actual: q.actual }];
    const forecast = said.byKind[kind];
    return forecast === undefined ? [] : [{ forecast, actual: q.actualByKind[kind] }];
  });

const judgedAt = (quarters: readonly OwnerQuarter[], kind?: Kind) =>
  HORIZONS.map((horizon) => {
    const pairs = pairsAt(quarters, horizon, kind);
    const value = bias(pairs);
    return {
      horizon,
      forecast: pairs.reduce((s, p) => s + p.forecast, 0),
      actual: pairs.reduce((s, p) => s + p.actual, 0),
      pairs: pairs.length,
      accuracy: accuracy(pairs),
      bias: value,
      biasWord: biasWord(value),
    };
  });

const KIND_LABELS: Record<Kind, string> = {
  renewal: 'Renewal',
  expansion: 'Expansion',
  new_unit: 'New unit',
  new_business: 'New business',
};

export async function getAccuracy(ctx: Ctx, { query }: Call<typeof api.getAccuracy>) {
  const frame = await frameOf(ctx, undefined);
  const scope = await scopeOf(ctx, frame, query);
  const present = periodOf(ctx.today, frame.start_month);
  const periods = Array.from({ length: query.periods }, (_, i) => shift(present, -1 - i, frame.start_month));
  const { quarters, names, missing } = await endedQuarters(ctx, frame, periods, scope);
  const nameOf = (id: string) => names.get(id)?.name ?? 'Somebody';
  const group = (key: string, label: string, of: readonly OwnerQuarter[], kind?: Kind) => ({
    key,
    label,
    horizons: judgedAt(of, kind),
  });
  const owners = [...new Set(quarters.map((q) => q.ownerId))];
  const groups =
    query.groupBy === 'type'
      ? (Object.keys(KIND_LABELS) as Kind[]).map((k) => group(k, KIND_LABELS[k], quarters, k))
      : query.groupBy === 'team'
        ? [
            ...frame.teams.map((g) => ({ id: g.id as string | null, name: g.name })),
            { id: null, name: 'Without a team' },
          ].map((g) =>
            group(
              g.id ?? 'none',
              g.name,
              quarters.filter((q) => (names.get(q.ownerId)?.team_id ?? null) === g.id),
            ),
          )
        : owners.map((id) =>
            group(
              id,
              nameOf(id),
              quarters.filter((q) => q.ownerId === id),
            ),
          );
  return {
    currency: frame.currency,
    periods,
    all: judgedAt(quarters),
    groups: groups
      .filter((g) => g.horizons.some((h) => h.pairs > 0))
      .sort((a, b) => a.label.localeCompare(b.label, 'en')),
    pairs: quarters
      .filter((q) => q.said.size > 0 || q.actual !== 0)
      .flatMap((q) =>
        [null, ...(query.groupBy === 'type' ? (Object.keys(KIND_LABELS) as Kind[]) : [])].map((kind) => ({
          ownerId: q.ownerId,
          ownerName: nameOf(q.ownerId),
          teamId: names.get(q.ownerId)?.team_id ?? null,
          kind,
          period: q.period.id,
          actual: kind ? q.actualByKind[kind] : q.actual,
          forecasts: HORIZONS.map((horizon) => {
            const said = q.said.get(horizon);
            return { horizon, commit: (kind ? said?.byKind[kind] : said?.commit) ?? null };
          }),
        })),
      ),
    missing,
  };
}

export async function getCalibration(ctx: Ctx, { query }: Call<typeof api.getCalibration>) {
  const frame = await frameOf(ctx, undefined);
  const rows = await store.decided(ctx.tx, query, await scopeOf(ctx, frame, query));
  return { brier: brier(rows), count: rows.length, deciles: reliability(rows) };
}
