// What the page asks: kept in the address, so that a link shows the same figures.
import { useMemo } from 'react';
import type { MetricAsk } from '../../../kernel/web/Figure.tsx';
import { useSession } from '../../../kernel/web/session.ts';
import { type UrlState, useUrlState } from '../../../kernel/web/urlState.ts';
import { PERIODS, type PeriodId, periodOf } from './periods.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const dayOr = (value: UrlState[string], other: string): string =>
  typeof value === 'string' && DAY.test(value) ? value : other;
const text = (value: UrlState[string]): string | null => (typeof value === 'string' && value ? value : null);

const todayIn = (zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format();

export type Asked = {
  period: PeriodId;
  asOf: string;
  from: string;
  to: string;
  currency: string;
  constant: boolean;
  /** NRR with accounts that came back; null: as the workspace has chosen. */
  returning: boolean | null;
  ownerId: string | null;
  tier: string | null;
  /** For figures of a period, and for figures of one day. */
  over: MetricAsk;
  at: MetricAsk;
};

export function useAsk(): [Asked, ReturnType<typeof useUrlState>[1], UrlState] {
  const { workspace } = useSession();
  const [state, set] = useUrlState();
  const asked = useMemo((): Asked => {
    const today = todayIn(workspace.zone);
    const asOf = dayOr(state.asOf, today);
    const period = PERIODS.find((p) => p === state.period) ?? 'last-12';
    const known = period === 'custom' ? null : periodOf(period, asOf, workspace.fiscalYearStartMonth);
    const to = known?.to ?? dayOr(state.to, asOf);
    const from = known?.from ?? dayOr(state.from, periodOf('last-12', to, 1).from);
    const currency = text(state.currency) ?? workspace.currency;
    const ownerId = text(state.owner);
    const tier = text(state.tier);
    const constant = state.constant === '1';
    const returning = state.returning === '1' ? true : state.returning === '0' ? false : null;
    const common: MetricAsk = {
      ...(currency === workspace.currency ? {} : { currency }),
      ...(constant ? { constantCurrency: 'true' } : {}),
      ...(ownerId ? { ownerId: [ownerId] } : {}),
      ...(tier ? { tier: [tier] } : {}),
    };
    return {
      period,
      asOf,
      from,
      to,
      currency,
      constant,
      returning,
      ownerId,
      tier,
      over: { ...common, from, to, ...(returning === null ? {} : { includeReactivation: String(returning) }) },
      at: { ...common, asOf: to },
    };
  }, [state, workspace]);
  return [asked, set, state];
}
