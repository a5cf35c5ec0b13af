// The figures of recurring revenue: the question in words of the ledger, the answer with its parts.
import Big from 'big.js';
import { Temporal } from 'temporal-polyfill';
import type { Figure } from '../../../kernel/contract/metrics.ts';
import { invalid, notFound } from '../../../kernel/contract/problem.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import type { Asked, Measure, Measured, MeasuredRow, Metric } from '../../../kernel/server/measuring.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { seenAccount } from '../../accounts/server/index.ts';
import { crossRate, minorDigits, preferences, ratesOn, workspaceCurrency } from '../../settings/server/index.ts';
import { DEFINITIONS, type FigureId } from './definitions.ts';
import * as store from './ledger-store.ts';
import { MOVEMENTS, monthly, monthlySteps, monthOf, monthPoints, movementOf, yearly } from './rules.ts';

const MAX_MONTHS = 120;
const MAX_GROUPS = 500;

const daysOf = (q: Measure): { from: string; to: string } => ({ from: q.from ?? q.asOf, to: q.to ?? q.asOf });

/** What each unit of a currency is worth on each point; null: no rate was known by then. */
async function factorsAt(
  tx: Tx,
  used: readonly string[],
  to: string,
  points: readonly string[],
  constant: boolean,
): Promise<store.Question['factors']> {
  if (used.every((c) => c === to)) return [];
  const tables = new Map<string, Awaited<ReturnType<typeof ratesOn>>>();
  for (const day of new Set(constant ? points.slice(0, 1) : points))
    tables.set(day, await ratesOn(tx, [...used, to], day));
  return used.map((currency) => ({
    currency,
    at: points.map((p) => {
      const table = tables.get(constant ? points[0]! : p)!;
      const rate = crossRate(table.perBase, table.base, currency, to);
      return rate === null ? null : rate.times(new Big(10).pow(minorDigits(to) - minorDigits(currency))).toFixed();
    }),
  }));
}

async function scopeOf(tx: Tx, q: Measure): Promise<store.Scope> {
  const { productId, ownerId, tier, industry, country } = q;
  let accountIds: string[] | null = null;
  if (q.accountId) {
    if (!(await seenAccount(tx, q.accountId))) throw notFound('account');
    accountIds = q.withChildren ? await store.below(tx, q.accountId) : [q.accountId];
  }
  return { accountIds, productId, ownerId, tier, industry, country };
}

/** The question between the balances of some points; `key` parts the sums. */
export async function questionOf(ctx: Ctx, q: Measure, points: readonly string[]) {
  const [sources, used, scope] = await Promise.all([
    store.sourcesInUse(ctx.tx),
    store.currencies(ctx.tx),
    scopeOf(ctx.tx, q),
  ]);
  const factors = await factorsAt(ctx.tx, used, q.currency, points, q.constantCurrency === true);
  await store.prepareForSums(ctx.tx);
  const question: store.Question = {
    sources,
    points,
    steps: [[0, points.length - 1]],
    factors,
    key: null,
    scope,
    currency: used.length === 1 ? used[0]! : null,
    history: true,
  };
  const missing = factors.filter((f) => f.at.some((a) => a === null)).map((f) => f.currency);
  return { question, used, missing };
}

const NOTHING: store.SumRow = {
  step: 0,
  key: '',
  accounts: 0,
  end_accounts: 0,
  total_accounts: 0,
  start: '0',
  end: '0',
  kept: '0',
  start_total: '0',
  end_total: '0',
  new: '0',
  reactivation: '0',
  expansion: '0',
  contraction: '0',
  churn: '0',
  nrr: null,
  nrr_with: null,
  grr: null,
  logos: null,
};

type Parted = Pick<Measured, 'value' | 'parts'>;

function partedOf(figure: FigureId, r: store.SumRow, currency: string, q: Measure): Parted {
  const month = (arr: string) => ({ amount: monthly(arr), currency });
  const cohort = {
    start: month(r.start),
    end: month(r.end),
    kept: month(r.kept),
    accounts: r.accounts,
    endAccounts: r.end_accounts,
    startTotal: month(r.start_total),
    endTotal: month(r.end_total),
  };
  const moves = () => {
    const steps = monthlySteps(r.start_total, r);
    return Object.fromEntries(Object.entries(steps).map(([k, amount]) => [k, { amount, currency }]));
  };
  switch (figure) {
    case 'nrr':
      return {
        value: q.includeReactivation ? r.nrr_with : r.nrr,
        parts: { ...cohort, ...only(moves(), ['reactivation', 'expansion', 'contraction', 'churn']) },
      };
    case 'grr':
      return { value: r.grr, parts: { ...cohort, ...only(moves(), ['contraction', 'churn']) } };
    case 'logo-retention':
      return { value: r.logos, parts: { ...cohort, lost: r.accounts - r.end_accounts } };
    case 'mrr-movements': {
      const m = moves();
      const net = m.end!.amount - m.start!.amount;
      return {
        value: { amount: net, currency },
        parts: {
          ...m,
          net: { amount: net, currency },
          startTotal: cohort.startTotal,
          endTotal: cohort.endTotal,
          accounts: r.accounts,
          endAccounts: r.total_accounts,
        },
      };
    }
    default: {
      const mrr = month(r.end_total);
      const arr = { amount: yearly(r.end_total), currency };
      return { value: figure === 'arr' ? arr : mrr, parts: { mrr, arr, accounts: r.total_accounts } };
    }
  }
}
const only = <T>(all: Record<string, T>, keys: readonly string[]): Record<string, T> =>
  Object.fromEntries(keys.map((k) => [k, all[k]!]));

const keyOf = (group: string | undefined): store.Key | null =>
  group === undefined || group === 'month' ? null : (group as store.Key);
const NONE: Record<string, string> = { owner: 'No owner', product: 'No product' };

/** Whether accounts that came back count is a choice of the workspace, where the question does not say. */
async function resolved(figure: FigureId, ctx: Ctx, q: Measure): Promise<Measure> {
  if (figure !== 'nrr' || q.includeReactivation !== undefined) return q;
  return { ...q, includeReactivation: (await preferences(ctx.tx)).returningInNrr };
}

async function measure(figure: FigureId, ctx: Ctx, asked: Measure): Promise<Measured> {
  const q = await resolved(figure, ctx, asked);
  const { from, to } = daysOf(q);
  const points = q.groupBy === 'month' ? monthPoints(from, to) : from === to ? [to] : [from, to];
  if (points.length > MAX_MONTHS + 1)
    throw invalid({ field: 'from', message: `Months can be shown for up to ${MAX_MONTHS} months` });
  const { question, used, missing } = await questionOf(ctx, q, points);
  const last = points.length - 1;
  question.history = figure === 'nrr' || figure === 'mrr-movements';
  if (q.groupBy === 'month')
    question.steps = [[0, last], ...points.slice(1).map((_, i): [number, number] => [i, i + 1])];
  const rows = await store.sums(ctx.tx, question, MAX_MONTHS + 1);
  const total = rows.find((r) => r.step === 0) ?? NOTHING;
  const answer: Measured = {
    ...partedOf(figure, total, q.currency, q),
    warnings: [...warningsOf(missing, q.currency), ...(await twiceIn(ctx.tx, question))],
  };
  if (figure === 'concentration') {
    const parted = await concentration(ctx, question, q.currency);
    Object.assign(answer, parted);
  }
  if (used.some((c) => c !== q.currency)) {
    const own = await store.sums(ctx.tx, { ...question, steps: [[0, last]], key: 'currency', factors: [] }, 300);
    answer.byCurrency = own.map((r) => ({
      currency: r.key,
      parts: partedOf(figure === 'concentration' ? 'mrr' : figure, r, r.key, q).parts,
    }));
  }
  if (q.groupBy === 'month') {
    answer.groups = points.slice(1).map((end, i) => {
      const row = rows.find((r) => r.step === i + 1) ?? NOTHING;
      return { key: monthOf(end), label: monthOf(end), ...partedOf(figure, row, q.currency, q) };
    });
  } else if (q.groupBy) {
    const key = keyOf(q.groupBy)!;
    const ownMoney = key === 'currency';
    const found = await store.sums(
      ctx.tx,
      { ...question, key, factors: ownMoney ? [] : question.factors },
      MAX_GROUPS + 1,
    );
    if (found.length > MAX_GROUPS)
      answer.warnings?.push({ code: 'groups_cut', message: `Only the ${MAX_GROUPS} largest groups are listed` });
    const shown = found.slice(0, MAX_GROUPS);
    const names = await store.labels(
      ctx.tx,
      key,
      shown.map((r) => r.key),
    );
    answer.groups = shown.map((r) => ({
      key: r.key,
      label: r.key === 'none' ? (NONE[key] ?? 'Not set') : (names.get(r.key) ?? r.key),
      ...groupParts(figure, r, total, ownMoney ? r.key : q.currency, q),
    }));
  }
  return answer;
}

function groupParts(figure: FigureId, r: store.SumRow, total: store.SumRow, currency: string, q: Measure): Parted {
  if (figure !== 'concentration') return partedOf(figure, r, currency, q);
  const all = new Big(total.end_total);
  return {
    value: all.eq(0) ? null : new Big(r.end_total).div(all).toFixed(6),
    parts: partedOf('mrr', r, currency, q).parts,
  };
}

async function concentration(ctx: Ctx, question: store.Question, currency: string): Promise<Parted> {
  const r = await store.shares(ctx.tx, question);
  const total = r?.total ?? '0';
  const share = (v: string | undefined) => (new Big(total).eq(0) ? null : (v ?? null));
  return {
    value: share(r?.top10),
    parts: {
      mrr: { amount: monthly(total), currency },
      accounts: r?.accounts ?? 0,
      top1: share(r?.top1),
      top5: share(r?.top5),
      top10: share(r?.top10),
      top20: share(r?.top20),
      hhi: r?.hhi ?? null,
    },
  };
}

export const warningsOf = (missing: readonly string[], to: string) =>
  missing.map((c) => ({
    code: 'rate_missing',
    message: `Amounts in ${c} are left out: no rate between ${c} and ${to} is known for these days`,
  }));

/** The same product in a contract and a subscription of one account, at one time: probably one business that was brought in twice. */
async function twiceIn(tx: Tx, question: store.Question): Promise<{ code: string; message: string }[]> {
  if (!question.sources.includes('contract') || !question.sources.includes('subscription')) return [];
  if ((await preferences(tx)).revenueFrom !== 'both') return [];
  const names = await store.inBoth(tx, question.points.at(-1)!, question.scope.accountIds);
  if (names.length === 0) return [];
  const some = names.slice(0, 3).join(', ') + (names.length > 3 ? ' and others' : '');
  return [
    {
      code: 'in_both',
      message: `The same product stands in a contract and in a subscription of ${some}, and both count. If they are one business, choose under Settings which of the two counts.`,
    },
  ];
}

async function rows(
  figure: FigureId,
  ctx: Ctx,
  asked: Measure,
  page: { group: string | null; part: string | null; limit: number; offset: number },
): Promise<MeasuredRow[]> {
  const q = await resolved(figure, ctx, asked);
  let { from, to } = daysOf(q);
  let group = page.group;
  let groupBy = q.groupBy;
  if (groupBy === 'month') {
    // A month's rows are those between its two points.
    const points = monthPoints(from, to);
    const at = group === null ? -1 : points.findIndex((p, i) => i > 0 && monthOf(p) === group);
    if (group !== null && at < 0) return [];
    if (at > 0) [from, to] = [points[at - 1]!, points[at]!];
    group = null;
    groupBy = undefined;
  }
  const { question } = await questionOf(ctx, { ...q, groupBy }, [from, to]);
  const key = group === null ? null : keyOf(groupBy);
  const inOwn = key === 'currency';
  const currency = inOwn ? (group ?? q.currency) : q.currency;
  const isCohort = figure === 'nrr' || figure === 'grr' || figure === 'logo-retention';
  const of = !isCohort ? 'all' : q.includeReactivation ? 'cohort and returning' : 'cohort';
  const found = await store.accountRows(
    ctx.tx,
    { ...question, key, factors: inOwn ? [] : question.factors },
    { ...page, group: key ? group : null, of },
  );
  return found.map((r) => ({
    key: r.account_id,
    label: r.name,
    accountId: r.account_id,
    href: `/accounts/${r.account_id}?tab=revenue`,
    parts: rowParts(figure, r, currency),
  }));
}

function rowParts(figure: FigureId, r: store.AccountRow, currency: string): Record<string, Figure> {
  const month = (arr: string) => ({ amount: monthly(arr), currency });
  if (DEFINITIONS[figure].over === 'day') return { mrr: month(r.e), arr: { amount: yearly(r.e), currency } };
  const move = movementOf(Number(r.s), Number(r.e), r.before);
  const amounts = Object.fromEntries(MOVEMENTS.map((m) => [m, '0']));
  if (move) amounts[move.kind] = new Big(r.e).minus(r.s).abs().toFixed();
  const steps = monthlySteps(r.s, amounts as Record<(typeof MOVEMENTS)[number], string>);
  const start = { amount: steps.start, currency };
  const end = { amount: steps.end, currency };
  return move ? { start, end, [move.kind]: { amount: steps[move.kind], currency } } : { start, end };
}

/** Groups and filters by what accounts are called or belong to would need their changes in the stamp too. */
const lastsUntilBooksChange = (q: Asked): boolean =>
  (q.groupBy === undefined || q.groupBy === 'month' || q.groupBy === 'currency') &&
  !q.accountId &&
  !(q.ownerId?.length || q.tier?.length || q.industry?.length || q.country?.length);

/** Yearly gross retention of the last twelve months, for lifetime values; null where nobody paid a year ago. */
export async function retentionOf(ctx: Ctx): Promise<{ grr: string; source: string } | null> {
  const from = Temporal.PlainDate.from(ctx.today).subtract({ years: 1 }).toString();
  const currency = await workspaceCurrency(ctx.tx);
  const { value } = await measure('grr', ctx, { from, to: ctx.today, asOf: ctx.today, currency });
  return typeof value === 'string' ? { grr: value, source: `GRR of the twelve months up to ${ctx.today}` } : null;
}

/** All figures of the room; the insights room mounts them. */
export const metrics: readonly Metric[] = (Object.keys(DEFINITIONS) as FigureId[]).map((id) => ({
  definition: {
    ...DEFINITIONS[id],
    includes: [...DEFINITIONS[id].includes],
    excludes: [...DEFINITIONS[id].excludes],
    groupBy: [...DEFINITIONS[id].groupBy],
  },
  measure: (ctx, q) => measure(id, ctx, q),
  rows: (ctx, q, page) => rows(id, ctx, q, page),
  stamp: (q) => (lastsUntilBooksChange(q) ? store.stamp : null),
}));
