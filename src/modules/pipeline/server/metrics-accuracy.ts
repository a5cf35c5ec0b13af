// Forecast accuracy and bias as figures of a period: quarters that ended in it, judged thirty days before their end.

import type { Figure } from '../../../kernel/contract/metrics.ts';
import { invalid } from '../../../kernel/contract/problem.ts';
import type { Measure, Metric } from '../../../kernel/server/measuring.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { convertOn } from '../../settings/server/index.ts';
import { type Frame, frameOf } from './forecast-frame.ts';
import { endedQuarters, type OwnerQuarter, pairsAt } from './hindsight.ts';
import { accuracy, bias, HORIZONS, type Pair } from './rules/accuracy.ts';
import { type Period, periodOf, shift } from './rules/period.ts';

const HORIZON = 30;
const GROUPS = ['owner', 'team', 'type', 'horizon', 'quarter'] as const;
const KIND_LABELS = {
  renewal: 'Renewal',
  expansion: 'Expansion',
  new_unit: 'New unit',
  new_business: 'New business',
} as const;

/** Quarters whose last day lies in the period and is past. */
function quartersOf(frame: Frame, q: Measure, today: string): Period[] {
  const last = q.to ?? q.asOf;
  const found: Period[] = [];
  for (let p = periodOf(last, frame.start_month); p.to >= (q.from ?? last); p = shift(p, -1, frame.start_month)) {
    if (p.to <= last && p.to < today) found.push(p);
    if (found.length >= 12) break;
  }
  return found;
}

async function read(ctx: Ctx, q: Measure) {
  const frame = await frameOf(ctx, undefined);
  const scope = { ownerIds: q.ownerId?.length ? q.ownerId : null };
  // Calls are for an owner's whole quarter; for one account nothing was called.
  const { quarters, names, missing } = q.accountId
    ? { quarters: [], names: new Map<string, { name: string; team_id: string | null }>(), missing: [] }
    : await endedQuarters(ctx, frame, quartersOf(frame, q, ctx.today), scope);
  return { frame, quarters, names, missing };
}

/** How much too much was called by those who called too much (sign 1), too little by the others (-1). */
const over = (pairs: readonly Pair[], sign: 1 | -1): number =>
  pairs.reduce((s, p) => s + Math.max(0, sign * (p.forecast - p.actual)), 0);

/** Sums in the currency that was asked for, at the rate of the day. */
async function inCurrency(ctx: Ctx, q: Measure, amount: number, from: string): Promise<Figure> {
  const done = await convertOn(ctx.tx, { amount, currency: from }, q.currency, q.asOf);
  return done ? done.to : { amount, currency: from };
}

function metric(
  definition: Pick<Metric['definition'], 'id' | 'label' | 'meaning' | 'formula' | 'better'>,
  value: (pairs: readonly Pair[]) => string | null,
): Metric {
  const figureOf = async (ctx: Ctx, q: Measure, currency: string, pairs: readonly Pair[]) => {
    const sum = (key: keyof Pair) => pairs.reduce((s, p) => s + p[key], 0);
    return {
      value: value(pairs),
      parts: {
        forecast: await inCurrency(ctx, q, sum('forecast'), currency),
        actual: await inCurrency(ctx, q, sum('actual'), currency),
        overCalled: await inCurrency(ctx, q, over(pairs, 1), currency),
        underCalled: await inCurrency(ctx, q, over(pairs, -1), currency),
        pairs: pairs.length,
        daysBefore: HORIZON,
      } as Record<string, Figure>,
    };
  };
  return {
    definition: {
      ...definition,
      version: 1,
      includes: [
        'Quarters of the fiscal calendar that ended in the period',
        'The commit that stood thirty days before the end of the quarter; by `horizon` also 90, 60 and 7 days',
        'Quarters as they closed; corrections afterwards do not count',
      ],
      excludes: ['Owners who had said nothing by then', 'Quarters in which nothing came'],
      unit: 'ratio',
      over: 'period',
      groupBy: [...GROUPS],
    },
    async measure(ctx, q) {
      const by = GROUPS.find((g) => g === q.groupBy);
      if (q.groupBy && !by) throw invalid({ field: 'groupBy', message: `Choose one of: ${GROUPS.join(', ')}` });
      const { frame, quarters, names, missing } = await read(ctx, q);
      const whole = await figureOf(ctx, q, frame.currency, pairsAt(quarters, HORIZON));
      const warnings = missing.map((c) => ({
        code: 'rate_missing',
        message: `Opportunities in ${c} are left out: no exchange rate is known.`,
      }));
      if (!by) return { ...whole, warnings };
      const split = new Map<string, { label: string; pairs: Pair[] }>();
      const put = (key: string, label: string, pairs: Pair[]) => {
        const one = split.get(key) ?? { label, pairs: [] };
        one.pairs.push(...pairs);
        split.set(key, one);
      };
      if (by === 'horizon') for (const h of HORIZONS) put(String(h), `${h} days before`, pairsAt(quarters, h));
      else if (by === 'type')
        for (const k of Object.keys(KIND_LABELS) as (keyof typeof KIND_LABELS)[])
          put(k, KIND_LABELS[k], pairsAt(quarters, HORIZON, k));
      else
        for (const one of quarters) {
          const pairs = pairsAt([one], HORIZON);
          const member = names.get(one.ownerId);
          const team = frame.teams.find((g) => g.id === member?.team_id);
          if (by === 'owner') put(one.ownerId, member?.name ?? 'Somebody', pairs);
          else if (by === 'team') put(team?.id ?? 'none', team?.name ?? 'Without a team', pairs);
          else put(one.period.id, one.period.id, pairs);
        }
      const groups = [];
      for (const [key, g] of split)
        if (g.pairs.length) groups.push({ key, label: g.label, ...(await figureOf(ctx, q, frame.currency, g.pairs)) });
      return { ...whole, warnings, groups };
    },
    async rows(ctx, q, page) {
      const { frame, quarters, names } = await read(ctx, q);
      const matches = (one: OwnerQuarter) =>
        page.group === null ||
        (q.groupBy === 'owner' && one.ownerId === page.group) ||
        (q.groupBy === 'quarter' && one.period.id === page.group) ||
        (q.groupBy === 'team' && (names.get(one.ownerId)?.team_id ?? 'none') === page.group) ||
        q.groupBy === 'type' ||
        q.groupBy === 'horizon';
      const horizon = q.groupBy === 'horizon' && page.group ? Number(page.group) : HORIZON;
      const rows = quarters
        .filter((one) => matches(one) && one.said.has(horizon))
        .map((one) => ({ one, pair: pairsAt([one], horizon)[0]! }))
        .sort((a, b) => Math.abs(b.pair.forecast - b.pair.actual) - Math.abs(a.pair.forecast - a.pair.actual))
        .slice(page.offset, page.offset + page.limit);
      return Promise.all(
        rows.map(async ({ one, pair }) => ({
          key: `${one.ownerId} ${one.period.id}`,
          label: `${names.get(one.ownerId)?.name ?? 'Somebody'} · ${one.period.id}`,
          accountId: null,
          href: `/forecast?period=${one.period.id}`,
          parts: {
            forecast: await inCurrency(ctx, q, pair.forecast, frame.currency),
            actual: await inCurrency(ctx, q, pair.actual, frame.currency),
            accuracy: accuracy([pair]),
            bias: bias([pair]),
          },
        })),
      );
    },
  };
}

export const accuracyMetrics: readonly Metric[] = [
  metric(
    {
      id: 'forecast-accuracy',
      label: 'Forecast accuracy',
      meaning: 'How near the submissions came to what was won. Errors of two owners never cancel each other.',
      formula: '1 − Σ|forecast − actual| / Σ actual, not below 0',
      better: 'higher',
    },
    accuracy,
  ),
  metric(
    {
      id: 'forecast-bias',
      label: 'Forecast bias',
      meaning: 'Whether more was called than came (over-called), or less (under-called), and by how much.',
      formula: 'Σ(forecast − actual) / Σ actual',
      better: null,
    },
    bias,
  ),
];
