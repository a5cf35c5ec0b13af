// How a figure of opportunities is made: which are read, what they come to, by which groups, and the rows behind it.
import Big from 'big.js';
import type { Figure } from '../../../kernel/contract/metrics.ts';
import { invalid } from '../../../kernel/contract/problem.ts';
import type { Measure, Measured, MeasuredRow, Metric } from '../../../kernel/server/measuring.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { factorsTo } from './forecast-frame.ts';
import { frame } from './forecast-store.ts';
import * as store from './measure-store.ts';
import { share } from './rules/figures.ts';
import { periodOf } from './rules/period.ts';
import { snapshotOn } from './snapshot-store.ts';

const GROUPS = ['account', 'owner', 'type', 'stage', 'category', 'tier', 'industry', 'country', 'month'] as const;
type Group = (typeof GROUPS)[number];
/** A deal with its amount in the reporting currency; null: it has none. */
type Deal = store.DealRow & { amount: number | null; days?: number };
type Parts = Measured['parts'];

const TYPE_LABELS: Record<string, string> = {
  renewal: 'Renewal',
  upsell: 'Upsell',
  cross_sell: 'Cross-sell',
  new_unit: 'New unit',
  new_business: 'New business',
};
const CATEGORY_LABELS: Record<string, string> = {
  pipeline: 'Pipeline',
  best_case: 'Best case',
  commit: 'Commit',
  closed: 'Closed',
  omitted: 'Omitted',
};

function groupOf(d: Deal, by: Group): { key: string; label: string } {
  const plain = (value: string | null, label = value) => ({ key: value ?? 'none', label: label ?? 'Not set' });
  if (by === 'account') return plain(d.account_id, d.account_name ?? 'An account that you do not see');
  if (by === 'owner') return plain(d.owner_id, d.owner_name ?? 'No owner');
  if (by === 'stage') return plain(d.stage_id, d.stage_name);
  if (by === 'type') return plain(d.type, TYPE_LABELS[d.type] ?? d.type);
  if (by === 'category') return plain(d.category, CATEGORY_LABELS[d.category] ?? d.category);
  if (by === 'month') return plain(d.closes_on.slice(0, 7));
  return plain(d[by]);
}

type Read = { deals: Deal[]; warnings: { code: string; message: string }[] };

/** Amounts in the reporting currency at the rate of a day; deals in a currency without a rate are left out and told. */
async function inCurrency(
  ctx: Ctx,
  q: Measure,
  rows: readonly (store.DealRow & { days?: number })[],
  on: string,
): Promise<Read> {
  const factors = await factorsTo(
    ctx.tx,
    rows.map((r) => r.currency),
    q.currency,
    on,
  );
  const missing = new Set<string>();
  const deals: Deal[] = [];
  for (const r of rows) {
    const factor = factors.get(r.currency);
    if (r.amount_minor !== null && factor === undefined) missing.add(r.currency);
    else
      deals.push({
        ...r,
        amount:
          r.amount_minor === null
            ? null
            : factor === '1'
              ? r.amount_minor
              : new Big(r.amount_minor).times(factor!).round(0, Big.roundHalfEven).toNumber(),
      });
  }
  return {
    deals,
    warnings: [...missing].sort().map((c) => ({
      code: 'rate_missing',
      message: `Opportunities in ${c} are left out: no exchange rate is known.`,
    })),
  };
}

/** The snapshot that a past day is looked at through; null: today, live. */
async function lookAt(
  ctx: Ctx,
  q: Measure,
): Promise<{ snapshotId: string | null; on: string; warnings: Read['warnings'] } | null> {
  if (q.asOf >= ctx.today) return { snapshotId: null, on: ctx.today, warnings: [] };
  const found = await snapshotOn(ctx.tx, q.asOf, null);
  if (!found?.exact) return null;
  return {
    snapshotId: found.id,
    on: found.on_date,
    warnings:
      found.on_date === q.asOf
        ? []
        : [
            {
              code: 'older_snapshot',
              message: `As of the snapshot of ${found.on_date}, the last one before this day.`,
            },
          ],
  };
}
const NO_SNAPSHOT: Read['warnings'] = [
  { code: 'no_snapshot', message: 'No snapshot of the pipeline is as old as this day.' },
];

export const openNow = async (ctx: Ctx, q: Measure): Promise<Read | null> => {
  const look = await lookAt(ctx, q);
  if (!look) return null;
  const read = await inCurrency(ctx, q, await store.openDeals(ctx.tx, q, look.snapshotId), look.on);
  return { ...read, warnings: [...look.warnings, ...read.warnings] };
};
export const quarterNow = async (ctx: Ctx, q: Measure): Promise<Read | null> => {
  const look = await lookAt(ctx, q);
  if (!look) return null;
  const { start_month } = await frame(ctx.tx);
  const rows = await store.forecastDeals(ctx.tx, q, periodOf(q.asOf, start_month), look.snapshotId);
  const read = await inCurrency(ctx, q, rows, look.on);
  return { ...read, warnings: [...look.warnings, ...read.warnings] };
};
/** Everything, as of today only. */
export const listedNow = async (ctx: Ctx, q: Measure): Promise<Read | null> =>
  q.asOf < ctx.today ? null : inCurrency(ctx, q, await store.presentDeals(ctx.tx, q), ctx.today);
export const closed = async (ctx: Ctx, q: Measure): Promise<Read> =>
  inCurrency(ctx, q, await store.closedDeals(ctx.tx, q), q.constantCurrency && q.from ? q.from : q.asOf);
export const EXPANSION = ['upsell', 'cross_sell', 'new_unit'];

export const money = (amount: number, currency: string) => ({ amount, currency });
export const sum = (deals: readonly Deal[]) => deals.reduce((s, d) => s + (d.amount ?? 0), 0);
export const weigh = (deals: readonly Deal[]) =>
  deals
    .reduce((s, d) => s.plus(new Big(d.amount ?? 0).times(d.probability)), new Big(0))
    .div(100)
    .round(0, Big.roundHalfEven)
    .toNumber();
export const won = (deals: readonly Deal[]) => deals.filter((d) => d.state === 'won');
export const of = (deals: readonly Deal[], ...categories: string[]) =>
  deals.filter((d) => d.state === 'open' && categories.includes(d.category));
export const forecastParts = (d: readonly Deal[], c: string): Parts => ({
  closed: money(sum(won(d)), c),
  commit: money(sum(of(d, 'commit')), c),
  bestCase: money(sum(of(d, 'best_case')), c),
  pipeline: money(sum(of(d, 'pipeline')), c),
  deals: d.length,
});
export const weighted = (d: Deal, c: string): Parts => ({
  amount: d.amount === null ? null : money(d.amount, c),
  probability: share(d.probability, 100),
  weighted: money(weigh([d]), c),
});
export const whole = (value: Big) => value.round(0, Big.roundHalfEven).toNumber();

type Kind = Pick<
  Metric['definition'],
  'id' | 'label' | 'meaning' | 'formula' | 'includes' | 'excludes' | 'unit' | 'over' | 'better'
> & {
  groupBy?: readonly Group[];
  read: (ctx: Ctx, q: Measure) => Promise<Read | null>;
  figure: (deals: readonly Deal[], currency: string) => { value: Figure; parts: Parts };
  row?: (d: Deal, currency: string) => Parts;
  adds?: (d: Deal, part: string) => boolean;
};

/** One figure of opportunities. */
export function metric({ read, figure, row, adds, groupBy, ...definition }: Kind): Metric {
  const groups = groupBy ?? GROUPS;
  const by = (q: Measure): Group | null => {
    if (!q.groupBy) return null;
    const found = groups.find((g) => g === q.groupBy);
    if (!found) throw invalid({ field: 'groupBy', message: `Choose one of: ${groups.join(', ')}` });
    return found;
  };
  return {
    definition: { ...definition, version: 1, groupBy: [...groups] },
    async measure(ctx, q) {
      const split = by(q);
      const found = await read(ctx, q);
      if (!found) return { value: null, parts: {}, warnings: NO_SNAPSHOT };
      const answer = { ...figure(found.deals, q.currency), warnings: found.warnings };
      if (!split) return answer;
      const inside = new Map<string, { label: string; deals: Deal[] }>();
      for (const d of found.deals) {
        const { key, label } = groupOf(d, split);
        const group = inside.get(key) ?? { label, deals: [] };
        group.deals.push(d);
        inside.set(key, group);
      }
      return {
        ...answer,
        groups: [...inside].map(([key, g]) => ({ key, label: g.label, ...figure(g.deals, q.currency) })),
      };
    },
    async rows(ctx, q, page): Promise<MeasuredRow[]> {
      const split = by(q);
      const deals = (await read(ctx, q))?.deals ?? [];
      return deals
        .filter((d) => page.group === null || split === null || groupOf(d, split).key === page.group)
        .filter((d) => page.part === null || (adds?.(d, page.part) ?? true))
        .sort((a, b) => (b.days ?? b.amount ?? 0) - (a.days ?? a.amount ?? 0) || (a.id < b.id ? -1 : 1))
        .slice(page.offset, page.offset + page.limit)
        .map((d, i) => ({
          key: d.days === undefined ? d.id : `${d.id}:${page.offset + i}`,
          label: [d.name, d.account_name].filter(Boolean).join(' · '),
          accountId: d.account_name === null ? null : d.account_id,
          href: `/pipeline?opportunity=${d.id}`,
          parts: row?.(d, q.currency) ?? {
            amount: d.amount === null ? null : money(d.amount, q.currency),
            probability: share(d.probability, 100),
          },
        }));
    },
  };
}

export const OPEN = ['Open opportunities of every type with a forecast category'];
export const NOT_OPEN = ['Omitted opportunities', 'What is put away', 'Amounts in a currency without a rate'];
export const CLOSED = ['Opportunities by the day they were won or lost, first and last day of the period counted in'];
export const NOT_CLOSED = ['Duplicates', 'What is put away'];
export const forecastPart = (d: Deal, part: string) =>
  part === 'closed'
    ? d.state === 'won'
    : part === 'bestCase'
      ? d.state === 'open' && d.category === 'best_case'
      : part === 'commit' || part === 'pipeline'
        ? d.state === 'open' && d.category === part
        : true;
