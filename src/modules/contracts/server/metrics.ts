// The room's figures: how many terms that fell due were renewed, at which value, how early, and how well it was foreseen.
import { invalid } from '../../../kernel/contract/problem.ts';
import type { Measure, Measured, MeasuredRow, Metric } from '../../../kernel/server/measuring.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { convertOn } from '../../settings/server/index.ts';
import { byCount, byValue, calibration, type Due, timing } from './rules/measures.ts';
import { type DueRow, dueRows } from './store/measures.ts';

const GROUPS = ['account', 'owner', 'tier', 'industry', 'country', 'month'] as const;
type Group = (typeof GROUPS)[number];
type Row = DueRow & Due;
type Parts = Measured['parts'];

function groupOf(r: DueRow, by: Group): { key: string; label: string } {
  const plain = (value: string | null) => ({ key: value ?? 'none', label: value ?? 'Not set' });
  if (by === 'account') return { key: r.account_id, label: r.account_name };
  if (by === 'owner') return { key: r.owner_id ?? 'none', label: r.owner_name ?? 'No owner' };
  if (by === 'month') return plain(r.due_on.slice(0, 7));
  return plain(r[by]);
}

/** Rows in the reporting currency at the rate of the day they fall due (or of the first day of the period); those without a rate are left out. */
async function rowsOf(ctx: Ctx, q: Measure, by: 'due' | 'notice') {
  const rates = new Map<string, { to: { amount: number } } | null>();
  const missing = new Set<string>();
  const rows: Row[] = [];
  const convert = async (amount: number, currency: string, on: string): Promise<number | null> => {
    if (currency === q.currency || amount === 0) return amount;
    const key = `${currency} ${on} ${amount}`;
    if (!rates.has(key)) rates.set(key, await convertOn(ctx.tx, { amount, currency }, q.currency, on));
    return rates.get(key)?.to.amount ?? null;
  };
  for (const r of await dueRows(ctx.tx, q, by)) {
    const on = q.constantCurrency && q.from ? q.from : r.due_on < ctx.today ? r.due_on : ctx.today;
    const due = await convert(r.due_minor, r.currency, on);
    const renewed = await convert(r.renewed_minor, r.currency, on);
    if (due === null || renewed === null) missing.add(r.currency);
    else
      rows.push({
        ...r,
        dueOn: r.due_on,
        due,
        renewed,
        isRenewed: r.is_renewed,
        isDecided: r.is_decided,
        signedOn: r.signed_on,
      });
  }
  const warnings = [...missing]
    .sort()
    .map((c) => ({ code: 'rate_missing', message: `Renewals in ${c} are left out: no exchange rate is known.` }));
  return { rows, warnings };
}

type Kind = {
  id: string;
  label: string;
  meaning: string;
  formula: string;
  includes: string[];
  excludes: string[];
  unit: Metric['definition']['unit'];
  better: Metric['definition']['better'];
  by?: 'due' | 'notice';
  figure: (rows: Row[], currency: string) => Pick<Measured, 'value' | 'parts'>;
  row: (r: Row, currency: string) => Parts;
  /** Whether a row adds to a part. */
  adds: (r: Row, part: string) => boolean;
};

function metric(k: Kind): Metric {
  const groupBy = (q: Measure): Group | null => {
    if (!q.groupBy) return null;
    const found = GROUPS.find((g) => g === q.groupBy);
    if (!found) throw invalid({ field: 'groupBy', message: `Choose one of: ${GROUPS.join(', ')}` });
    return found;
  };
  return {
    definition: {
      id: k.id,
      version: 1,
      label: k.label,
      meaning: k.meaning,
      formula: k.formula,
      includes: k.includes,
      excludes: k.excludes,
      unit: k.unit,
      over: 'period',
      better: k.better,
      groupBy: [...GROUPS],
    },
    async measure(ctx, q) {
      const by = groupBy(q);
      const { rows, warnings } = await rowsOf(ctx, q, k.by ?? 'due');
      const whole = { ...k.figure(rows, q.currency), warnings };
      if (!by) return whole;
      const groups = new Map<string, { label: string; rows: Row[] }>();
      for (const r of rows) {
        const { key, label } = groupOf(r, by);
        const group = groups.get(key) ?? { label, rows: [] };
        group.rows.push(r);
        groups.set(key, group);
      }
      return {
        ...whole,
        groups: [...groups].map(([key, g]) => ({ key, label: g.label, ...k.figure(g.rows, q.currency) })),
      };
    },
    async rows(ctx, q, page): Promise<MeasuredRow[]> {
      const by = groupBy(q);
      const { rows } = await rowsOf(ctx, q, k.by ?? 'due');
      return rows
        .filter((r) => page.group === null || by === null || groupOf(r, by).key === page.group)
        .filter((r) => page.part === null || k.adds(r, page.part))
        .sort((a, b) => b.due - a.due || (a.id < b.id ? -1 : 1))
        .slice(page.offset, page.offset + page.limit)
        .map((r) => ({
          key: r.id,
          label: `${r.account_name} · ${r.contract_name}`,
          accountId: r.account_id,
          href: `/renewals/${r.id}`,
          parts: k.row(r, q.currency),
        }));
    },
  };
}

const INCLUDES = ['Terms of contracts whose last day lies in the period, that are decided or over'];
const EXCLUDES = ['Terms that are not over and not decided', 'One-off lines', 'New accounts'];
const money = (amount: number, currency: string) => ({ amount, currency });
const valueParts = (rows: Due[], currency: string): Parts => {
  const v = byValue(rows);
  return {
    due: money(v.due, currency),
    kept: money(v.kept, currency),
    renewed: money(v.renewed, currency),
    lost: money(v.lost, currency),
    open: money(v.open, currency),
  };
};
const valueAdds = (r: Row, part: string) =>
  part === 'lost'
    ? r.renewed < r.due
    : part === 'open'
      ? !r.isDecided
      : part === 'renewed' || part === 'kept'
        ? r.renewed > 0
        : true;

export const metrics: readonly Metric[] = [
  metric({
    id: 'renewal-rate-value-gross',
    label: 'Renewal rate by value, gross',
    meaning: 'Of the recurring value that fell due, the part that was renewed, without rises.',
    formula: 'Σ min(renewed, due) / Σ due',
    includes: [...INCLUDES, 'Terms that are over without a decision count as not renewed'],
    excludes: EXCLUDES,
    unit: 'ratio',
    better: 'higher',
    figure: (rows, currency) => ({ value: byValue(rows).gross, parts: valueParts(rows, currency) }),
    row: (r, currency) => valueParts([r], currency),
    adds: valueAdds,
  }),
  metric({
    id: 'renewal-rate-value-net',
    label: 'Renewal NRR',
    meaning: 'Of the recurring value that fell due, what was renewed with rises. Not the NRR of the whole cohort.',
    formula: 'Σ renewed incl. uplift / Σ due',
    includes: [...INCLUDES, 'Rises and what was added with the renewal'],
    excludes: EXCLUDES,
    unit: 'ratio',
    better: 'higher',
    figure: (rows, currency) => ({ value: byValue(rows).net, parts: valueParts(rows, currency) }),
    row: (r, currency) => valueParts([r], currency),
    adds: valueAdds,
  }),
  metric({
    id: 'renewal-rate-count',
    label: 'Renewal rate by count',
    meaning: 'Of the contracts that fell due, how many were renewed.',
    formula: 'contracts renewed / contracts due',
    includes: INCLUDES,
    excludes: EXCLUDES.slice(0, 1),
    unit: 'ratio',
    better: 'higher',
    figure: (rows) => {
      const { value, ...parts } = byCount(rows);
      return { value, parts };
    },
    row: (r) => ({ due: 1, renewed: r.isRenewed ? 1 : 0 }),
    adds: (r, part) => (part === 'renewed' ? r.isRenewed : part === 'lost' ? r.isDecided && !r.isRenewed : true),
  }),
  metric({
    id: 'renewal-timing',
    label: 'Renewal timing',
    meaning: 'How many days after the end of the term renewals were signed; early is negative, on time is 0 or less.',
    formula: 'median of (signed − end of term), in days',
    includes: ['Renewed contracts whose term ended in the period', 'Without a day of signing, the day of the decision'],
    excludes: ['Lost and open renewals'],
    unit: 'days',
    better: 'lower',
    figure: (rows) => {
      const { median, onTimeShare, count } = timing(rows);
      return { value: median, parts: { onTimeShare, count } };
    },
    row: (r) => ({ days: timing([r]).median }),
    adds: (r) => r.isRenewed,
  }),
  metric({
    id: 'notice-due',
    label: 'Notice due',
    meaning: 'Recurring value of the contracts whose notice deadline lies in the period.',
    formula: 'Σ due over renewals with notice deadline in the period',
    includes: ['Contracts with a notice period, decided or not'],
    excludes: ['Contracts without a notice period', 'One-off lines'],
    unit: 'money',
    better: null,
    by: 'notice',
    figure: (rows, currency) => {
      const part = (keep: (r: Row) => boolean) =>
        money(
          rows.reduce((n, r) => (keep(r) ? n + r.due : n), 0),
          currency,
        );
      return {
        value: part(() => true),
        parts: { open: part((r) => !r.isDecided), decided: part((r) => r.isDecided), count: rows.length },
      };
    },
    row: (r, currency) => ({ due: money(r.due, currency) }),
    adds: (r, part) => (part === 'open' ? !r.isDecided : part === 'decided' ? r.isDecided : true),
  }),
  metric({
    id: 'renewal-brier',
    label: 'Brier score of renewals',
    meaning: 'How far judgements of renewals were from what happened: 0 is perfect, 0.25 is a coin.',
    formula: 'mean((p − outcome)²)',
    includes: [
      'Decided renewals of the period',
      'The last judgement 90 days before the end, a person’s before the system’s; else the first before the decision',
    ],
    excludes: ['Renewals that nobody judged before the decision'],
    unit: 'score',
    better: 'lower',
    figure: (rows) => {
      const { value, ...parts } = calibration(rows);
      return { value, parts };
    },
    row: (r) => ({ probability: r.probability, renewed: r.isRenewed ? 1 : 0, error: calibration([r]).value }),
    adds: (r, part) => r.isDecided && r.probability !== null && (part !== 'renewed' || r.isRenewed),
  }),
];
