// How one currency moved: a line over the chosen time, and the rates that were entered by hand, which can be removed.
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { Problem } from '../../../kernel/contract/problem.ts';
import { call } from '../../../kernel/web/call.ts';
import { keyOf, useVerb } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { asProblem } from '../../../kernel/web/submit.ts';
import { currencyName } from '../../../ui/currencies.ts';
import { formatDate } from '../../../ui/format.ts';
import {
  Button,
  DateText,
  Drawer,
  EmptyState,
  ErrorState,
  SegmentedControl,
  Skeleton,
  toast,
  useFormatSettings,
} from '../../../ui/index.ts';
import { LineChart } from '../../../ui/LineChart.tsx';
import { deleteRate, listRates, putRate } from '../api.ts';
import { formatRate, RANGES, type Range, type Rate, startOf, thinned } from './rateSeries.ts';

type Props = { base: string; currency: string; today: string; onClose: () => void };

/** All pages of a range; since 1999 these are about seven. */
async function allRates(
  query: { base: string; currency: string; from?: string },
  signal: AbortSignal,
): Promise<Rate[]> {
  const rates: Rate[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: Rate[]; nextCursor: string | null } = await call(
      listRates,
      { query: { ...query, limit: 1000, ...(cursor ? { cursor } : {}) } },
      { signal },
    );
    rates.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return rates;
}

export default function RateHistory({ base, currency, today, onClose }: Props) {
  const { locale } = useFormatSettings();
  const mayChange = useMay()('settings.rates');
  const [range, setRange] = useState<Range>('1y');
  const from = startOf(range, today);
  const query = { base, currency, ...(from ? { from } : {}) };
  const found = useQuery<Rate[], Problem>({
    queryKey: [...keyOf(listRates, query), 'whole'],
    queryFn: ({ signal }) => allRates(query, signal),
    placeholderData: (before) => before,
  });
  const points = useMemo(() => thinned(found.data ?? [], range), [found.data, range]);
  const chart = useMemo(
    () => ({
      categories: points.map((p) => formatDate(p.on, locale)),
      series: [{ name: `${currency} for one ${base}`, values: points.map((p) => Number(p.rate)) }],
    }),
    [points, locale, currency, base],
  );
  const format = useCallback((value: number) => formatRate(value, locale), [locale]);
  const put = useVerb(putRate);
  const drop = useVerb(deleteRate);
  const byHand = (found.data ?? []).filter((r) => r.source === 'hand');

  const remove = async (rate: Rate) => {
    const { on } = rate;
    try {
      await drop.mutateAsync({ params: { base, currency, on } });
      toast.show({
        title: `Rate of ${formatDate(on, locale)} removed`,
        action: {
          label: 'Undo',
          onAction: () =>
            void put
              .mutateAsync({ body: { base, currency, on, rate: rate.rate } })
              .catch((error) => toast.show({ title: 'Not undone', text: asProblem(error).message, tone: 'poor' })),
        },
      });
    } catch (error) {
      toast.show({ title: 'Not removed', text: asProblem(error).message, tone: 'poor' });
    }
  };

  return (
    <Drawer
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="lg"
      title={`${currencyName(currency, locale)} (${currency})`}
      description={`What one ${base} buys`}
    >
      <div className="flex flex-col gap-5">
        <SegmentedControl
          label="Time"
          options={RANGES}
          value={range}
          onChange={setRange}
          size="sm"
          className="self-start"
        />
        {found.data ? (
          points.length === 0 ? (
            <EmptyState size="sm" title="No rates in this time" text="Choose a longer time." />
          ) : (
            <LineChart
              title={`${currency} for one ${base}`}
              hideTitle
              summary={summaryOf(points, base, currency, locale)}
              categories={chart.categories}
              series={chart.series}
              categoryLabel="Day"
              formatValue={format}
              startsAtZero={false}
              height={320}
              fileName={`${base}-${currency}`}
            />
          )
        ) : found.error ? (
          <ErrorState
            title="The rates could not be loaded"
            text={found.error.message}
            onRetry={() => void found.refetch()}
          />
        ) : (
          <Skeleton className="h-80" />
        )}
        {byHand.length > 0 && (
          <section aria-label="Entered by hand">
            <h3 className="pb-1 text-sm font-medium">Entered by hand</h3>
            <ul className="divide-y divide-line">
              {byHand.slice(0, 50).map((rate) => (
                <li key={rate.on} className="flex min-h-row items-center gap-3">
                  <DateText value={rate.on} />
                  <span className="tabular ml-auto">{formatRate(rate.rate, locale)}</span>
                  {mayChange && (
                    <Button
                      size="sm"
                      variant="quiet"
                      aria-label={`Remove the rate of ${formatDate(rate.on, locale)}`}
                      onPress={() => void remove(rate)}
                    >
                      Remove
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Drawer>
  );
}

function summaryOf(points: readonly { on: string; rate: string }[], base: string, currency: string, locale: string) {
  const values = points.map((p) => Number(p.rate));
  const last = points.at(-1)!;
  return `One ${base} bought between ${formatRate(Math.min(...values), locale)} and ${formatRate(Math.max(...values), locale)} ${currency}; last ${formatRate(last.rate, locale)} on ${formatDate(last.on, locale)}.`;
}
