// Revenue: what is kept, what grows, where it hangs on a few. Every figure opens its explanation; the address holds the question.
import { TrendingUp } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { getMetric } from '../../../kernel/contract/metrics.ts';
import { MetricStat } from '../../../kernel/web/MetricStat.tsx';
import { usePlace } from '../../../kernel/web/place.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { Banner, Button, DateText, EmptyState, Link, PageHeader, Skeleton } from '../../../ui/index.ts';
import { listLines } from '../../revenue/api.ts';
import Toolbar from './Toolbar.tsx';
import { useAsk } from './useAsk.ts';

const Movements = lazy(() => import('./Movements.tsx'));
const Groups = lazy(() => import('./Groups.tsx'));
const Cohorts = lazy(() => import('./Cohorts.tsx'));

const cell = 'min-w-0 border-line px-4 py-3 max-md:border-b md:not-last:border-r';

export default function Insights() {
  usePlace({ title: 'Revenue' });
  const may = useMay();
  const [asked, set, state] = useAsk();
  const some = useCall(listLines, { query: { limit: 1 } });
  const warnings = useCall(getMetric, { params: { id: 'nrr' }, query: asked.over }, { keepPrevious: true }).data
    ?.warnings;
  const isEmpty = some.data?.items.length === 0;
  return (
    <>
      <PageHeader
        title="Revenue"
        subtitle={
          isEmpty ? (
            'What accounts pay again and again: what is kept, what grows, what is lost'
          ) : (
            <>
              From the balance of <DateText value={asked.from} /> to that of <DateText value={asked.to} />
            </>
          )
        }
      />
      {isEmpty ? (
        <EmptyState
          icon={<TrendingUp />}
          title="No recurring revenue yet"
          text="Bring in the subscriptions of your billing system, or enter contracts with recurring lines. NRR, GRR and all movements follow from them."
          actions={
            <>
              {may('imports.run') && (
                <Button variant="primary" href="/import">
                  Import subscriptions
                </Button>
              )}
              <Button href="/">Go to the portfolio</Button>
            </>
          }
        />
      ) : (
        <div className="flex flex-col gap-4 p-4 md:p-6">
          <Toolbar asked={asked} set={set} />
          {warnings?.map((w) => (
            <Banner key={w.message} tone="watch" title={w.message}>
              {w.code === 'rate_missing' && <Link href="/settings/rates">Enter or import rates</Link>}
            </Banner>
          ))}
          <section
            aria-label="Figures of revenue"
            className="grid grid-cols-2 rounded-ui border border-line bg-surface shadow-card md:grid-cols-3 xl:grid-cols-6"
          >
            <MetricStat metric="nrr" label="NRR" query={asked.over} className={cell} />
            <MetricStat metric="grr" label="GRR" query={asked.over} className={cell} />
            <MetricStat metric="logo-retention" query={asked.over} className={cell} />
            <MetricStat metric="mrr" label="MRR" query={asked.at} className={cell} />
            <MetricStat metric="arr" label="ARR" query={asked.at} className={cell} />
            <MetricStat metric="concentration" label="Ten largest" query={asked.at} className={cell} />
          </section>
          <Suspense fallback={<Skeleton className="h-80 w-full" />}>
            <Movements
              asked={asked}
              latest={some.data?.items[0]?.startsOn}
              onShow={(day) => set({ asOf: day, period: undefined, from: undefined, to: undefined }, { push: true })}
            />
            <Groups
              asked={asked}
              by={typeof state.by === 'string' ? state.by : null}
              onBy={(by) => set({ by: by === 'account' ? undefined : by })}
            />
            <Cohorts asked={asked} />
          </Suspense>
        </div>
      )}
    </>
  );
}
