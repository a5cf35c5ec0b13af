// Accounts by the quarter in which they first paid: how much of their first revenue, and how many of them, are still here.
import { useState } from 'react';
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { SumDrawer } from '../../../kernel/web/SumStat.tsx';
import { TakeCsv } from '../../../kernel/web/TakeCsv.tsx';
import { Card, ErrorState, SegmentedControl, Skeleton } from '../../../ui/index.ts';
import { listCohorts } from '../../revenue/api.ts';
import { CohortCell } from './CohortCell.tsx';
import type { Asked } from './useAsk.ts';

type By = 'month' | 'quarter' | 'year';
const PERIODS: Record<By, number> = { month: 12, quarter: 12, year: 6 };

type Cohort = AnswerOf<typeof listCohorts>['items'][number];

/** What stands behind one cell: the cohort at the end of its first period, and on the day of the cell. */
function explained(cohort: Cohort, age: Cohort['ages'][number], what: 'revenue' | 'accounts', name: string) {
  const at = (a: Cohort['ages'][number], label: string) => ({
    key: `${label} ${a.on}`,
    label: `${label}, ${a.on}`,
    accountId: null,
    href: null,
    parts: { monthlyRevenue: a.mrr, accounts: a.accounts },
  });
  return {
    metric: what === 'revenue' ? 'cohort-revenue' : 'cohort-accounts',
    value: what === 'revenue' ? age.share : age.accountShare,
    asOf: age.on,
    filters: [`accounts that first paid in ${name}`],
    of: { items: [at(cohort.ages[0]!, 'End of the first period'), at(age, 'This day')] },
  };
}

export default function Cohorts({ asked }: { asked: Asked }) {
  const [by, setBy] = useState<By>('quarter');
  const [what, setWhat] = useState<'revenue' | 'accounts'>('revenue');
  const { currency, constantCurrency, ownerId, tier } = asked.at;
  const answer = useCall(
    listCohorts,
    {
      query: {
        by,
        periods: PERIODS[by],
        asOf: asked.to,
        ...(currency ? { currency } : {}),
        ...(constantCurrency ? { constantCurrency } : {}),
        ...(ownerId ? { ownerId } : {}),
        ...(tier ? { tier } : {}),
      },
    },
    { keepPrevious: true },
  );
  const [open, setOpen] = useState<{ cohort: Cohort; age: Cohort['ages'][number] } | null>(null);
  const cohorts = answer.data?.items ?? [];
  const most = Math.max(0, ...cohorts.map((c) => c.ages.length));
  return (
    <Card
      title="Cohorts"
      subtitle={
        what === 'revenue'
          ? 'What the accounts of a cohort pay, as a share of the end of their first period'
          : 'How many accounts of a cohort still pay'
      }
      padding="none"
      actions={
        <div className="flex flex-wrap gap-2">
          <SegmentedControl
            label="What is compared"
            size="sm"
            value={what}
            onChange={setWhat}
            options={[
              { value: 'revenue', label: 'Revenue' },
              { value: 'accounts', label: 'Accounts' },
            ]}
          />
          <SegmentedControl
            label="Length of a period"
            size="sm"
            value={by}
            onChange={setBy}
            options={[
              { value: 'month', label: 'Months' },
              { value: 'quarter', label: 'Quarters' },
              { value: 'year', label: 'Years' },
            ]}
          />
          <TakeCsv
            size="sm"
            label="Export this table as CSV"
            fileName={`cohorts-${what}-${asked.to}`}
            figures={{ metrics: [what === 'revenue' ? 'cohort-revenue' : 'cohort-accounts'], asOf: asked.to }}
            head={['First paid', 'Accounts', ...Array.from({ length: most }, (_, age) => (age ? `+${age}` : 'First'))]}
            rows={() =>
              cohorts.map((c) => [
                cohortName(c.cohort, by),
                c.accounts,
                ...Array.from({ length: most }, (_, age) => {
                  const a = c.ages[age];
                  return (what === 'revenue' ? a?.share : a?.accountShare) ?? null;
                }),
              ])
            }
          />
        </div>
      }
    >
      {answer.error ? (
        <ErrorState text={answer.error.message} onRetry={() => void answer.refetch()} />
      ) : answer.isPending ? (
        <Skeleton className="m-4 h-60" />
      ) : cohorts.length === 0 ? (
        <p className="px-pad pb-4 text-base text-muted">No account first paid in these periods.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section aria-label="Table of cohorts" tabIndex={0} className="scroll-quiet overflow-x-auto pb-2">
          <table className="w-full text-base">
            <thead>
              <tr className="border-y border-line text-sm whitespace-nowrap text-muted">
                <th scope="col" className="px-pad py-2 text-left font-medium">
                  First paid
                </th>
                <th scope="col" className="px-3 py-2 text-right font-medium">
                  Accounts
                </th>
                {Array.from({ length: most }, (_, age) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the age is what the column is
                  <th key={age} scope="col" className="px-2 py-2 text-right font-medium">
                    {age === 0 ? 'First' : `+${age}`}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {cohorts.map((c) => (
                <tr key={c.cohort}>
                  <th scope="row" className="px-pad py-1 text-left font-normal whitespace-nowrap">
                    {cohortName(c.cohort, by)}
                  </th>
                  <td className="tabular px-3 py-1 text-right">{c.accounts}</td>
                  {c.ages.map((a) => (
                    <CohortCell
                      key={a.on}
                      share={what === 'revenue' ? a.share : a.accountShare}
                      on={a.on}
                      mrr={a.mrr}
                      accounts={a.accounts}
                      onExplain={() => setOpen({ cohort: c, age: a })}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <SumDrawer
        sum={open && explained(open.cohort, open.age, what, cohortName(open.cohort.cohort, by))}
        onClose={() => setOpen(null)}
      />
    </Card>
  );
}

function cohortName(day: string, by: By): string {
  const [year = '', month = ''] = day.split('-');
  if (by === 'year') return year;
  return by === 'quarter' ? `Q${Math.ceil(Number(month) / 3)} ${year}` : `${year}-${month}`;
}
