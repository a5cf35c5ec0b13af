// The figures of growth: computed line by line (a cell, an account), summed by whatever is asked for.
import Big from 'big.js';
import type { Figure } from '../../../kernel/contract/metrics.ts';
import { invalid, notFound } from '../../../kernel/contract/problem.ts';
import type { Measure, Metric } from '../../../kernel/server/measuring.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { seenAccount } from '../../accounts/server/index.ts';
import * as cells from './cells-store.ts';
import { DEFINITIONS } from './definitions.ts';
import { costUnknown, deliveryOver, revenueOver, spendingOver, whole } from './earnings.ts';
import { exchange, factsOf, key, type Warning } from './facts.ts';
import { accountsInScope, type InScope, type With } from './figures-store.ts';
import { reckon } from './reckon.ts';
import { ratioOf } from './rules.ts';
import { sharesOf } from './wallet.ts';

/** One row behind a figure; `adds` are counts or minor units of the currency asked for. */
type Line = {
  account: InScope;
  product: { id: string; name: string } | null;
  label: string;
  adds: Record<string, number>;
};
type Lines = { lines: Line[]; warnings: Warning[] };
type Kind = {
  parts: readonly string[];
  /** Parts that are money. */
  money: readonly string[];
  lines(ctx: Ctx, q: Measure): Promise<Lines>;
  value(sums: Record<string, number>, any: boolean): string | number | null;
  /** What a row weighs. */
  weight(adds: Record<string, number>): number;
};

async function scope(ctx: Ctx, q: Measure, having: With): Promise<InScope[]> {
  if (q.accountId && !(await seenAccount(ctx.tx, q.accountId))) throw notFound('account');
  return accountsInScope(ctx.tx, q, having, yearOf(q));
}
const yearOf = (q: Measure): number => Number(q.asOf.slice(0, 4));

/** Every cell of the grids in scope: of each unit one for each product in use. */
async function gridLines(
  ctx: Ctx,
  q: Measure,
  say: (c: ReturnType<typeof reckon>) => Record<string, number> | null,
): Promise<Lines> {
  const accounts = await scope(ctx, q, 'cells');
  const ids = accounts.map((a) => a.id);
  const year = yearOf(q);
  const rows = await cells.gridCells(ctx.tx, ids, year);
  const facts = await factsOf(ctx, ids, year, rows, { on: q.asOf, currency: q.currency });
  const wanted = q.productId?.length ? new Set(q.productId) : null;
  const products = (await cells.products(ctx.tx, ids, year, undefined)).filter((p) => !wanted || wanted.has(p.id));
  const units = Map.groupBy(await cells.units(ctx.tx, ids), (u) => u.accountId);
  const rowAt = new Map(rows.map((r) => [`${key(r.account_id, r.product_id)} ${r.unit_id ?? ''}`, r]));
  const lines: Line[] = [];
  for (const account of accounts)
    for (const unit of [null, ...(units.get(account.id) ?? [])])
      for (const product of products) {
        const place = { accountId: account.id, unitId: unit?.id ?? null, productId: product.id };
        const adds = say(reckon(facts, place, rowAt.get(`${key(account.id, product.id)} ${unit?.id ?? ''}`)));
        if (adds)
          lines.push({
            account,
            product,
            label: [account.name, unit?.name, product.name].filter(Boolean).join(' · '),
            adds,
          });
      }
  return { lines, warnings: facts.money.warnings() };
}

const penetration: Kind = {
  parts: ['owned', 'eligible'],
  money: [],
  lines: (ctx, q) =>
    gridLines(ctx, q, (c) =>
      c.status === 'not_eligible' && !c.owned ? null : { owned: c.owned ? 1 : 0, eligible: 1 },
    ),
  value: (s) => ratioOf(s.owned ?? 0, s.eligible ?? 0),
  weight: (a) => a.owned ?? 0,
};

const whitespace: Kind = {
  parts: ['open', 'potential', 'current', 'pipeline', 'cells'],
  money: ['open', 'potential', 'current', 'pipeline'],
  lines: (ctx, q) =>
    gridLines(ctx, q, (c) =>
      c.open === null
        ? null
        : { open: c.open, potential: c.potential ?? 0, current: c.current ?? 0, pipeline: c.pipeline ?? 0, cells: 1 },
    ),
  value: (s, any) => (any ? (s.open ?? 0) : null),
  weight: (a) => a.open ?? 0,
};

const shareOfWallet: Kind = {
  parts: ['revenue', 'spend', 'accounts'],
  money: ['revenue', 'spend'],
  async lines(ctx, q) {
    const accounts = new Map((await scope(ctx, q, 'estimates')).map((a) => [a.id, a]));
    const { shares, warnings } = await sharesOf(ctx, [...accounts.keys()], q.asOf, q.currency);
    const lines: Line[] = [];
    for (const [id, some] of Map.groupBy(shares, (s) => s.estimate.account_id)) {
      const all = some.filter((s) => s.estimate.series_id === null);
      const counted = all.length ? all : some;
      if (counted.some((s) => s.revenue === null || s.spend === null)) continue;
      const sum = (part: 'revenue' | 'spend') => counted.reduce((total, s) => total + s[part]!, 0);
      const account = accounts.get(id)!;
      lines.push({
        account,
        product: null,
        label: account.name,
        adds: { revenue: sum('revenue'), spend: sum('spend'), accounts: 1 },
      });
    }
    return { lines, warnings };
  },
  value: (s) => ratioOf(s.revenue ?? 0, s.spend ?? 0),
  weight: (a) => a.spend ?? 0,
};

const accountMargin: Kind = {
  parts: ['revenue', 'oneOff', 'deliveryCost', 'costToServe', 'margin'],
  money: ['revenue', 'oneOff', 'deliveryCost', 'costToServe', 'margin'],
  async lines(ctx, q) {
    const accounts = await scope(ctx, q, 'all');
    const ids = accounts.map((a) => a.id);
    const [from, to] = [q.from ?? q.asOf, q.to ?? q.asOf];
    const revenue = await revenueOver(ctx, ids, from, to, q.currency);
    if (!revenue.hasLedger) return { lines: [], warnings: revenue.warnings };
    const delivery = await deliveryOver(ctx, revenue, await exchange(ctx.tx, [], q.currency, to));
    const spending = await spendingOver(ctx, { accountId: ids, from, to }, q.currency);
    const earned = new Map<string, Big>();
    const once = new Map<string, Big>();
    for (const r of revenue.by.values()) {
      earned.set(r.accountId, (earned.get(r.accountId) ?? new Big(0)).plus(r.amount));
      once.set(r.accountId, (once.get(r.accountId) ?? new Big(0)).plus(r.once));
    }
    const spent = new Map<string, number>();
    for (const s of spending.rows) spent.set(s.account_id, (spent.get(s.account_id) ?? 0) + (s.converted ?? 0));
    const lines = accounts.flatMap((account): Line[] => {
      if (!earned.has(account.id) && !spent.has(account.id)) return [];
      const income = whole(earned.get(account.id) ?? new Big(0));
      const deliveryCost = whole(delivery.get(account.id)?.amount ?? new Big(0));
      const costToServe = spent.get(account.id) ?? 0;
      const oneOff = whole(once.get(account.id) ?? new Big(0));
      const adds = { revenue: income, oneOff, deliveryCost, costToServe, margin: income - deliveryCost - costToServe };
      return [{ account, product: null, label: account.name, adds }];
    });
    const unknown = new Set([...delivery.values()].flatMap((d) => [...d.unknown]));
    return { lines, warnings: [...revenue.warnings, ...spending.warnings, ...costUnknown(unknown)] };
  },
  value: (s, any) => (any ? (s.margin ?? 0) : null),
  weight: (a) => Math.abs(a.margin ?? 0),
};

function groupOf(line: Line, by: string): { key: string; label: string } {
  if (by === 'account') return { key: line.account.id, label: line.account.name };
  if (by === 'owner') return { key: line.account.owner_id ?? 'none', label: line.account.owner_name ?? 'No owner' };
  return { key: line.product?.id ?? 'none', label: line.product?.name ?? 'No product' };
}

function metric(definition: Metric['definition'], kind: Kind): Metric {
  const sumOf = (lines: readonly Line[]) => {
    const sums: Record<string, number> = Object.fromEntries(kind.parts.map((p) => [p, 0]));
    for (const l of lines) for (const p of kind.parts) sums[p]! += l.adds[p] ?? 0;
    return sums;
  };
  const figures = (sums: Record<string, number>, currency: string): Record<string, Figure> =>
    Object.fromEntries(
      kind.parts.map((p) => [p, kind.money.includes(p) ? { amount: sums[p] ?? 0, currency } : (sums[p] ?? 0)]),
    );
  const figureOf = (lines: readonly Line[], currency: string): Figure => {
    const value = kind.value(sumOf(lines), lines.length > 0);
    return typeof value === 'number' && definition.unit === 'money' ? { amount: value, currency } : value;
  };
  const checkGroup = (q: Measure) => {
    if (q.groupBy && !definition.groupBy.includes(q.groupBy))
      throw invalid({ field: 'groupBy', message: `Choose among ${definition.groupBy.join(', ')}` });
  };
  return {
    definition,
    async measure(ctx, q) {
      checkGroup(q);
      const { lines, warnings } = await kind.lines(ctx, q);
      const by = q.groupBy;
      const groups = by
        ? [...Map.groupBy(lines, (l) => groupOf(l, by).key)].map(([k, some]) => ({
            key: k,
            label: groupOf(some[0]!, by).label,
            value: figureOf(some, q.currency),
            parts: figures(sumOf(some), q.currency),
            weight: some.reduce((sum, l) => sum + kind.weight(l.adds), 0),
          }))
        : null;
      return {
        value: figureOf(lines, q.currency),
        parts: figures(sumOf(lines), q.currency),
        warnings,
        ...(groups
          ? {
              groups: groups
                .sort((a, b) => b.weight - a.weight)
                .slice(0, 500)
                .map(({ weight: _, ...g }) => g),
            }
          : {}),
      };
    },
    async rows(ctx, q, page) {
      checkGroup(q);
      const { lines } = await kind.lines(ctx, q);
      const by = q.groupBy;
      return lines
        .filter((l) => !(by && page.group !== null) || groupOf(l, by).key === page.group)
        .filter((l) => page.part === null || (l.adds[page.part] ?? 0) !== 0)
        .sort((a, b) => kind.weight(b.adds) - kind.weight(a.adds) || a.label.localeCompare(b.label))
        .slice(page.offset, page.offset + page.limit)
        .map((l) => ({
          key: `${l.account.id} ${l.label}`,
          label: l.label,
          accountId: l.account.id,
          href: `/accounts/${l.account.id}?tab=growth`,
          parts: figures(l.adds, q.currency),
        }));
    },
  };
}

export const metrics: readonly Metric[] = [
  metric(DEFINITIONS.penetration, penetration),
  metric(DEFINITIONS.whitespace, whitespace),
  metric(DEFINITIONS['share-of-wallet'], shareOfWallet),
  metric(DEFINITIONS['account-margin'], accountMargin),
];
