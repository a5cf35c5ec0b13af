// Figures of cohorts: of the accounts that first paid in one quarter, what they still pay, and how many of them still do.
import Big from 'big.js';
import type { Figure } from '../../../kernel/contract/metrics.ts';
import { invalid } from '../../../kernel/contract/problem.ts';
import type { Measure, MeasuredRow, Metric } from '../../../kernel/server/measuring.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { listCohorts } from './revenue.ts';

const PERIODS = 60;
type Cohort = Awaited<ReturnType<typeof listCohorts>>['items'][number];

/** Cohorts by quarter, each with its first balance and that of the last day. */
async function read(ctx: Ctx, q: Measure) {
  for (const field of ['accountId', 'productId'] as const)
    if (q[field]?.length) throw invalid({ field, message: 'Cohorts cannot be narrowed by it: leave it out' });
  if (q.groupBy && q.groupBy !== 'cohort') throw invalid({ field: 'groupBy', message: 'Choose one of: cohort' });
  return listCohorts(ctx, {
    query: {
      by: 'quarter',
      periods: PERIODS,
      asOf: q.asOf,
      currency: q.currency,
      constantCurrency: q.constantCurrency,
      ownerId: q.ownerId,
      tier: q.tier,
      industry: q.industry,
      country: q.country,
    },
  } as Parameters<typeof listCohorts>[1]);
}

const nameOf = (cohort: string) => `${cohort.slice(0, 4)}-Q${Math.ceil(Number(cohort.slice(5, 7)) / 3)}`;
const share = (part: number, whole: number): string | null =>
  whole === 0 ? null : new Big(part).div(whole).toFixed(6);
const ends = (c: Cohort) => ({ first: c.ages[0]!, last: c.ages.at(-1)! });

function metric(
  words: Pick<Metric['definition'], 'id' | 'label' | 'meaning' | 'formula'>,
  figure: (cohorts: readonly Cohort[]) => { value: Figure; parts: Record<string, Figure> },
): Metric {
  return {
    definition: {
      ...words,
      version: 1,
      includes: [
        'Accounts by the quarter in which they first paid; on the page also by month and year',
        'The balance at the end of the first period and on the last day',
        `Cohorts of the last ${PERIODS} quarters`,
      ],
      excludes: ['Accounts that first paid before', 'Amounts in a currency without a rate'],
      unit: 'ratio',
      over: 'day',
      better: 'higher',
      groupBy: ['cohort'],
    },
    async measure(ctx, q) {
      const { items, warnings } = await read(ctx, q);
      const groups = items.map((c) => ({ key: c.cohort, label: nameOf(c.cohort), ...figure([c]) }));
      return { ...figure(items), warnings, ...(q.groupBy ? { groups } : {}) };
    },
    async rows(ctx, q, page): Promise<MeasuredRow[]> {
      const { items } = await read(ctx, q);
      return items
        .filter((c) => page.group === null || !q.groupBy || c.cohort === page.group)
        .slice(page.offset, page.offset + page.limit)
        .map((c) => ({
          key: c.cohort,
          label: nameOf(c.cohort),
          accountId: null,
          href: null,
          parts: figure([c]).parts,
        }));
    },
  };
}

export const cohortMetrics: readonly Metric[] = [
  metric(
    {
      id: 'cohort-revenue',
      label: 'Revenue of a cohort',
      meaning: 'What the accounts that came together pay now, as a share of the end of their first period.',
      formula: 'Σ monthly revenue on the last day / Σ monthly revenue at the end of the first period',
    },
    (cohorts) => {
      const sum = (which: 'first' | 'last') => cohorts.reduce((n, c) => n + ends(c)[which].mrr.amount, 0);
      const currency = cohorts[0]?.ages[0]?.mrr.currency;
      const money = (amount: number) => (currency ? { amount, currency } : null);
      return {
        value: share(sum('last'), sum('first')),
        parts: {
          first: money(sum('first')),
          now: money(sum('last')),
          accounts: cohorts.reduce((n, c) => n + c.accounts, 0),
        },
      };
    },
  ),
  metric(
    {
      id: 'cohort-accounts',
      label: 'Accounts of a cohort',
      meaning: 'How many of the accounts that came together still pay.',
      formula: 'accounts that pay on the last day / accounts of the cohort',
    },
    (cohorts) => {
      const all = cohorts.reduce((n, c) => n + c.accounts, 0);
      const still = cohorts.reduce((n, c) => n + ends(c).last.accounts, 0);
      return { value: share(still, all), parts: { accounts: all, stillPaying: still } };
    },
  ),
];
