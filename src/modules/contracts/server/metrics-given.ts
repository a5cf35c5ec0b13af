// Figures of the give/get ledger: what was conceded, and what was received for it.
import { invalid } from '../../../kernel/contract/problem.ts';
import type { Measure, Measured, MeasuredRow, Metric } from '../../../kernel/server/measuring.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { convertOn } from '../../settings/server/index.ts';
import { type GivenRow, givenRows } from './store/measures.ts';

const GROUPS = ['account', 'owner', 'kind'] as const;
type Group = (typeof GROUPS)[number];
const groupOf = (r: GivenRow, by: Group): { key: string; label: string } =>
  by === 'account'
    ? { key: r.account_id, label: r.account_name }
    : by === 'owner'
      ? { key: r.owner_id ?? 'none', label: r.owner_name ?? 'No owner' }
      : { key: r.kind, label: r.kind };

function splitOf(q: Measure): Group | null {
  if (!q.groupBy) return null;
  const found = GROUPS.find((g) => g === q.groupBy);
  if (!found) throw invalid({ field: 'groupBy', message: `Choose one of: ${GROUPS.join(', ')}` });
  return found;
}

/** Sums of each currency are converted, not entries one by one, as on the page. */
async function figure(ctx: Ctx, q: Measure, rows: readonly GivenRow[]) {
  const sums = new Map<string, number>();
  for (const r of rows)
    if (r.currency !== null) sums.set(r.currency, (sums.get(r.currency) ?? 0) + (r.amount_minor ?? 0));
  let total = 0;
  const missing: string[] = [];
  for (const [currency, amount] of sums) {
    const done =
      currency === q.currency ? { amount } : (await convertOn(ctx.tx, { amount, currency }, q.currency, q.asOf))?.to;
    if (done) total += done.amount;
    else missing.push(currency);
  }
  const value = { amount: total, currency: q.currency };
  return {
    value,
    parts: { value, entries: rows.length, withoutValue: rows.filter((r) => r.currency === null).length },
    warnings: missing
      .sort()
      .map((c) => ({ code: 'rate_missing', message: `Entries in ${c} are left out: no exchange rate is known.` })),
  };
}

function metric(
  side: GivenRow['side'],
  words: Pick<Metric['definition'], 'id' | 'label' | 'meaning' | 'formula'>,
): Metric {
  return {
    definition: {
      ...words,
      version: 1,
      includes: [
        'Entries of the ledger; asked for a day gone by, those written for that day or earlier',
        'Discounts that a decided renewal wrote down by itself, with the value of a year',
      ],
      excludes: ['Entries without a value: they are counted among the parts', 'Amounts in a currency without a rate'],
      unit: 'money',
      over: 'day',
      better: null,
      groupBy: [...GROUPS],
    },
    async measure(ctx, q): Promise<Measured> {
      const by = splitOf(q);
      const rows = await givenRows(ctx.tx, q, side, ctx.today);
      const whole = await figure(ctx, q, rows);
      if (!by) return whole;
      const groups: NonNullable<Measured['groups']> = [];
      for (const [key, some] of Map.groupBy(rows, (r) => groupOf(r, by).key)) {
        const { value, parts } = await figure(ctx, q, some);
        groups.push({ key, label: groupOf(some[0]!, by).label, value, parts });
      }
      return { ...whole, groups };
    },
    async rows(ctx, q, page): Promise<MeasuredRow[]> {
      const by = splitOf(q);
      const adds = (r: GivenRow) =>
        page.part === 'withoutValue' ? r.currency === null : page.part === 'value' ? r.currency !== null : true;
      return (await givenRows(ctx.tx, q, side, ctx.today))
        .filter((r) => adds(r) && (page.group === null || by === null || groupOf(r, by).key === page.group))
        .slice(page.offset, page.offset + page.limit)
        .map((r) => ({
          key: r.id,
          label: `${r.given_on} · ${r.what} · ${r.account_name}`,
          accountId: r.account_id,
          href: `/accounts/${r.account_id}?tab=contracts`,
          parts: {
            value:
              r.currency === null || r.amount_minor === null ? null : { amount: r.amount_minor, currency: r.currency },
          },
        }));
    },
  };
}

export const givenMetrics: readonly Metric[] = [
  metric('give', {
    id: 'given',
    label: 'Given',
    meaning: 'What was conceded to accounts, as the give/get ledger has it.',
    formula: 'Σ value of the entries on the side “give”',
  }),
  metric('get', {
    id: 'got',
    label: 'Got',
    meaning: 'What was received for concessions, as the give/get ledger has it.',
    formula: 'Σ value of the entries on the side “get”',
  }),
];
