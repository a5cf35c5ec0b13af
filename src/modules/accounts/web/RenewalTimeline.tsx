// Renewals of the next twelve months, month by month, with the money at stake; missed dates come first.
import { type ReactNode, useMemo } from 'react';
import { useSession } from '../../../kernel/web/session.ts';
import { formatDate, formatMoney } from '../../../ui/format.ts';
import {
  Avatar,
  Badge,
  cx,
  EmptyState,
  ErrorState,
  Link,
  Money,
  SkeletonRows,
  useFormatSettings,
} from '../../../ui/index.ts';
import type { Account } from '../api.ts';
import { addDays, addMonths, useToday } from './days.ts';
import { type ApiFilter, renewingBetween } from './portfolioState.ts';
import { useWholeList } from './wholeList.ts';

const LIMIT = 1000;
const PER_MONTH = 40;

type Month = { key: string; title: string; accounts: Account[] };

/** Accounts in columns: missed, then one a month for a year, empty months too. */
export function monthsOf(accounts: readonly Account[], today: string, locale: string): Month[] {
  const months: Month[] = Array.from({ length: 13 }, (_, i) => {
    const first = `${addMonths(`${today.slice(0, 7)}-01`, i).slice(0, 7)}-01`;
    return { key: first.slice(0, 7), title: formatDate(first, locale, 'month'), accounts: [] };
  });
  const missed: Month = { key: 'missed', title: 'Date has passed', accounts: [] };
  for (const account of accounts) {
    if (!account.renewalOn) continue;
    if (account.renewalOn < today) missed.accounts.push(account);
    else months.find((m) => m.key === account.renewalOn!.slice(0, 7))?.accounts.push(account);
  }
  return [...(missed.accounts.length > 0 ? [missed] : []), ...months];
}

export default function RenewalTimeline({ filter, empty }: { filter: ApiFilter; empty: ReactNode }) {
  const { locale } = useFormatSettings();
  const { workspace } = useSession();
  const today = useToday();
  const window = renewingBetween(filter, addDays(today, -90), addMonths(today, 12));
  const list = useWholeList(window, 'renewalOn', LIMIT);
  const months = useMemo(() => monthsOf(list.data?.items ?? [], today, locale), [list.data, today, locale]);
  if (list.isPending) return <SkeletonRows rows={8} columns={4} />;
  if (list.isError) return <ErrorState text={list.error.message} onRetry={() => void list.refetch()} />;
  if (list.data.items.length === 0)
    return Object.keys(filter).length > 0 ? (
      empty
    ) : (
      <EmptyState title="No renewal in the next twelve months" text="Accounts with a renewal date show up here." />
    );
  const most = Math.max(1, ...months.map((m) => sum(m.accounts, workspace.currency)));
  return (
    <section
      aria-label="Renewals by month"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
      tabIndex={0}
      className="scroll-quiet flex min-h-80 flex-1 gap-3 overflow-x-auto rounded-ui pb-2"
    >
      {months.map((month) => {
        const money = sum(month.accounts, workspace.currency);
        const others = new Set(
          month.accounts.flatMap((a) => (a.arr && a.arr.currency !== workspace.currency ? [a.arr.currency] : [])),
        );
        return (
          <section
            key={month.key}
            aria-label={`${month.title}, ${month.accounts.length} renewals`}
            className="flex w-60 shrink-0 flex-col overflow-hidden rounded-ui border border-line bg-sunken/50"
          >
            <header className="border-b border-line bg-surface px-3 pt-2.5 pb-2">
              <div className="flex items-baseline justify-between gap-2">
                <h2 className={cx('text-base font-semibold', month.key === 'missed' && 'text-poor-text')}>
                  {month.title}
                </h2>
                <span className="tabular text-sm text-muted">{month.accounts.length}</span>
              </div>
              <div className="tabular text-sm text-muted">
                {month.accounts.length === 0
                  ? 'No renewal'
                  : formatMoney({ amount: money, currency: workspace.currency }, locale, 'compact')}
                {others.size > 0 && ` + ${[...others].join(', ')}`}
              </div>
              <div aria-hidden="true" className="mt-1.5 h-1 rounded-full bg-sunken">
                <div
                  className={cx('h-1 rounded-full', month.key === 'missed' ? 'bg-poor' : 'bg-accent')}
                  style={{ width: `${(100 * money) / most}%` }}
                />
              </div>
            </header>
            <ul className="scroll-quiet flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto p-2">
              {month.accounts.slice(0, PER_MONTH).map((account) => (
                <li key={account.id}>
                  <Link
                    href={`/accounts/${account.id}`}
                    tone="text"
                    className="flex flex-col gap-1 rounded-ui border border-line bg-surface p-2.5 no-underline hover:border-line-strong hover:no-underline"
                  >
                    <span className="truncate text-base font-medium">{account.name}</span>
                    <span className="flex items-center justify-between gap-2 text-sm text-muted">
                      <span className="tabular">{formatDate(account.renewalOn!, locale, 'short')}</span>
                      <span className="tabular font-medium text-ink">
                        <Money value={account.arr} style="compact" />
                      </span>
                    </span>
                    <span className="flex items-center justify-between gap-2 text-sm text-muted">
                      {account.tier ? <Badge tone="outline">{account.tier}</Badge> : <span />}
                      {account.ownerName && <Avatar name={account.ownerName} size="xs" />}
                    </span>
                  </Link>
                </li>
              ))}
              {month.accounts.length > PER_MONTH && (
                <li className="px-1 text-sm text-muted">and {month.accounts.length - PER_MONTH} more</li>
              )}
            </ul>
          </section>
        );
      })}
    </section>
  );
}

const sum = (accounts: readonly Account[], currency: string): number =>
  accounts.reduce((total, a) => total + (a.arr?.currency === currency ? a.arr.amount : 0), 0);
