// Figures of what is still to be decided: the value of open terms, weighted, and at risk. They are about today: likelihoods have no past.
import Big from 'big.js';
import { invalid } from '../../../kernel/contract/problem.ts';
import type { Measure, Measured, MeasuredRow, Metric } from '../../../kernel/server/measuring.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { convertOn } from '../../settings/server/index.ts';
import { type OpenRow, openRows } from './store/measures.ts';

const GROUPS = ['account', 'owner', 'tier', 'industry', 'country', 'month'] as const;
type Group = (typeof GROUPS)[number];
/** With its value in the reporting currency. */
type Row = OpenRow & { due: number };

const NO_HISTORY = [{ code: 'no_history', message: 'Open renewals are known as of today only.' }];
const money = (amount: number, currency: string) => ({ amount, currency });
const sum = (rows: readonly Row[]) => rows.reduce((n, r) => n + r.due, 0);
const weigh = (rows: readonly Row[]) =>
  rows
    .reduce((n, r) => n.plus(new Big(r.due).times(r.probability)), new Big(0))
    .div(100)
    .round(0, Big.roundHalfUp)
    .toNumber();
const atRisk = (r: Row) => r.likelihood === 'at_risk' || r.likelihood === 'critical';
const passed = (ctx: Ctx) => (r: Row) => r.act_by_on < ctx.today;

function groupOf(r: Row, by: Group): { key: string; label: string } {
  if (by === 'account') return { key: r.account_id, label: r.account_name };
  if (by === 'owner') return { key: r.owner_id ?? 'none', label: r.owner_name ?? 'No owner' };
  const value = by === 'month' ? r.act_by_on.slice(0, 7) : r[by];
  return { key: value ?? 'none', label: value ?? 'Not set' };
}

function splitOf(q: Measure): Group | null {
  if (!q.groupBy) return null;
  const found = GROUPS.find((g) => g === q.groupBy);
  if (!found) throw invalid({ field: 'groupBy', message: `Choose one of: ${GROUPS.join(', ')}` });
  return found;
}

/** Open terms in the reporting currency; those without a rate are left out and told. Null: asked for a day gone by. */
async function read(
  ctx: Ctx,
  q: Measure,
): Promise<{ rows: Row[]; warnings: NonNullable<Measured['warnings']> } | null> {
  if (q.asOf < ctx.today) return null;
  const rows: Row[] = [];
  const missing = new Set<string>();
  for (const r of await openRows(ctx.tx, q)) {
    const amount = { amount: r.due_minor, currency: r.currency };
    const due =
      r.currency === q.currency || r.due_minor === 0
        ? r.due_minor
        : ((await convertOn(ctx.tx, amount, q.currency, ctx.today))?.to.amount ?? null);
    if (due === null) missing.add(r.currency);
    else rows.push({ ...r, due });
  }
  const warnings = [...missing]
    .sort()
    .map((c) => ({ code: 'rate_missing', message: `Renewals in ${c} are left out: no exchange rate is known.` }));
  return { rows, warnings };
}

type Kind = Pick<Metric['definition'], 'id' | 'label' | 'meaning' | 'formula' | 'includes' | 'excludes' | 'better'> & {
  counts: (r: Row) => boolean;
  value: (rows: readonly Row[]) => number;
};

function metric({ counts, value, ...definition }: Kind): Metric {
  const figure = (ctx: Ctx, rows: readonly Row[], currency: string): Pick<Measured, 'value' | 'parts'> => ({
    value: money(value(rows), currency),
    parts: {
      due: money(sum(rows), currency),
      weighted: money(weigh(rows), currency),
      atRisk: money(sum(rows.filter(atRisk)), currency),
      renewals: rows.length,
      pastDeadline: rows.filter(passed(ctx)).length,
    },
  });
  return {
    definition: { ...definition, version: 1, unit: 'money', over: 'day', groupBy: [...GROUPS] },
    async measure(ctx, q) {
      const by = splitOf(q);
      const found = await read(ctx, q);
      if (!found) return { value: null, parts: {}, warnings: NO_HISTORY };
      const rows = found.rows.filter(counts);
      const whole = { ...figure(ctx, rows, q.currency), warnings: found.warnings };
      if (!by) return whole;
      const inside = Map.groupBy(rows, (r) => groupOf(r, by).key);
      return {
        ...whole,
        groups: [...inside].map(([key, some]) => ({
          key,
          label: groupOf(some[0]!, by).label,
          ...figure(ctx, some, q.currency),
        })),
      };
    },
    async rows(ctx, q, page): Promise<MeasuredRow[]> {
      const by = splitOf(q);
      const adds = (r: Row) =>
        page.part === 'atRisk' ? atRisk(r) : page.part === 'pastDeadline' ? passed(ctx)(r) : true;
      return ((await read(ctx, q))?.rows ?? [])
        .filter((r) => counts(r) && adds(r))
        .filter((r) => page.group === null || by === null || groupOf(r, by).key === page.group)
        .slice(page.offset, page.offset + page.limit)
        .map((r) => ({
          key: r.id,
          label: `${r.account_name} · ${r.contract_name}`,
          accountId: r.account_id,
          href: `/renewals/${r.id}`,
          parts: {
            due: money(r.due, q.currency),
            probability: new Big(r.probability).div(100).toFixed(6),
            weighted: money(weigh([r]), q.currency),
          },
        }));
    },
  };
}

const INCLUDES = ['Terms of active contracts that end and are not decided', 'Recurring lines in force on the last day'];
const EXCLUDES = ['One-off lines', 'Contracts without an end', 'Amounts in a currency without a rate'];

export const openMetrics: readonly Metric[] = [
  metric({
    id: 'open-renewals',
    label: 'Open renewals',
    meaning: 'The yearly value of every term that ends and is not decided yet.',
    formula: 'Σ recurring value of a year on the last day of the term',
    includes: INCLUDES,
    excludes: EXCLUDES,
    better: null,
    counts: () => true,
    value: sum,
  }),
  metric({
    id: 'weighted-renewals',
    label: 'Weighted renewals',
    meaning: 'What open renewals would keep if every probability came true on average.',
    formula: 'Σ value that falls due × probability',
    includes: [...INCLUDES, 'The probability that a person gave, else that of dates and figures'],
    excludes: EXCLUDES,
    better: 'higher',
    counts: () => true,
    value: weigh,
  }),
  metric({
    id: 'renewals-at-risk',
    label: 'Renewals at risk',
    meaning: 'The yearly value of open renewals that are at risk or critical.',
    formula: 'Σ value that falls due where likelihood is at risk or critical',
    includes: [...INCLUDES, 'The likelihood that a person gave, else that of dates and figures'],
    excludes: EXCLUDES,
    better: 'lower',
    counts: atRisk,
    value: sum,
  }),
];
