// Renewals on a line of months by notice deadline, with the money at stake; what is past comes first.
import { Fragment } from 'react';
import { useList } from '../../../kernel/web/queries.ts';
import { SumButton } from '../../../kernel/web/SumStat.tsx';
import { formatDate } from '../../../ui/format.ts';
import {
  Button,
  cx,
  EmptyState,
  ErrorState,
  Link,
  Money,
  SkeletonRows,
  StatusPill,
  useFormatSettings,
} from '../../../ui/index.ts';
import { listRenewals, type Renewal } from '../api-renewals.ts';
import { daysText, useToday } from './days.ts';
import { type RenewalFilter, renewalRow } from './filter.ts';
import { LIKELIHOOD } from './words.ts';

type Month = { key: string; title: string; isPast: boolean; items: Renewal[] };

/** One group for what is past, then one a month. */
function monthsOf(items: readonly Renewal[], today: string, locale: string): Month[] {
  const months = new Map<string, Month>();
  for (const r of items) {
    const isPast = r.state === 'open' && r.actByOn < today;
    const key = isPast ? 'past' : r.actByOn.slice(0, 7);
    const month = months.get(key) ?? {
      key,
      isPast,
      title: isPast ? 'Deadline has passed' : formatDate(`${key}-01`, locale, 'month'),
      items: [],
    };
    month.items.push(r);
    months.set(key, month);
  }
  return [...months.values()];
}

/** Sums a currency each: unlike currencies are never added. */
function sums(items: readonly Renewal[]) {
  const by = new Map<string, number>();
  for (const r of items) by.set(r.due.currency, (by.get(r.due.currency) ?? 0) + r.due.amount);
  return [...by].sort((a, b) => b[1] - a[1]).map(([currency, amount]) => ({ amount, currency }));
}

export default function Timeline({ filter }: { filter: RenewalFilter }) {
  const { locale } = useFormatSettings();
  const today = useToday();
  const list = useList(listRenewals, { query: { ...filter, sort: 'notice', limit: 200 } });
  if (list.isPending) return <SkeletonRows rows={8} columns={4} />;
  if (list.error) return <ErrorState text={list.error.message} onRetry={() => void list.refetch()} />;
  if (list.items.length === 0)
    return <EmptyState title="No deadline in sight" text="Renewals with these filters show up here, month by month." />;
  const months = monthsOf(list.items, today, locale);
  return (
    <section aria-label="Renewals by notice deadline" className="mx-auto flex w-full max-w-5xl flex-col">
      <ol className="flex flex-col">
        {months.map((month) => (
          <li key={month.key} className="grid gap-x-6 border-l-2 border-line pb-6 pl-4 md:grid-cols-[12rem_1fr]">
            <div className="relative pb-2">
              <span
                aria-hidden="true"
                className={cx(
                  'absolute top-1.5 -left-[22px] size-2.5 rounded-full ring-4 ring-canvas',
                  month.isPast ? 'bg-poor' : 'bg-accent',
                )}
              />
              <h2 className={cx('text-base font-semibold', month.isPast && 'text-poor-text')}>{month.title}</h2>
              <p className="tabular text-sm text-muted">
                {month.items.length} ·{' '}
                {sums(month.items).map((money, i) => (
                  <Fragment key={money.currency}>
                    {i > 0 && ' + '}
                    <SumButton
                      label={`${month.title}: falls due`}
                      sum={{
                        metric: 'open-renewals',
                        value: money,
                        asOf: today,
                        filters: [month.title.toLowerCase(), `in ${money.currency}`],
                        of: { items: month.items.filter((r) => r.due.currency === money.currency).map(renewalRow) },
                      }}
                    />
                  </Fragment>
                ))}
              </p>
            </div>
            <ul className="flex flex-col gap-1.5">
              {month.items.map((r) => (
                <li key={r.id}>
                  <Link
                    href={`/renewals/${r.id}`}
                    tone="text"
                    className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 rounded-ui border border-line bg-surface px-3 py-2 no-underline hover:border-line-strong hover:no-underline sm:grid-cols-[8rem_1fr_8rem_7rem]"
                  >
                    <span className="tabular text-sm max-sm:order-3">
                      {formatDate(r.actByOn, locale, 'short')}
                      {r.state === 'open' && <span className="block text-muted">{daysText(r.daysLeft)}</span>}
                    </span>
                    <span className="min-w-0">
                      <span className="block truncate font-medium">{r.accountName}</span>
                      <span className="block truncate text-sm text-muted">
                        {r.contractName} · ends {formatDate(r.dueOn, locale, 'short')}
                      </span>
                    </span>
                    <span className="max-sm:order-4 max-sm:justify-self-end">
                      <StatusPill tone={LIKELIHOOD[r.likelihood].tone} label={LIKELIHOOD[r.likelihood].label} />
                    </span>
                    <span className="tabular text-right font-medium">
                      <Money value={r.due} style="compact" />
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {list.hasNextPage && (
        <Button variant="quiet" isLoading={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          Show later ones
        </Button>
      )}
    </section>
  );
}
