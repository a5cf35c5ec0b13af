// The numbers over the portfolio. Each one opens what it means, what is in it, and the accounts behind it.
import { lazy, Suspense, useState } from 'react';
import type { AnswerOf, CallInput } from '../../../kernel/contract/route.ts';
import { gather, useModules } from '../../../kernel/web/module.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { useMay, useSession } from '../../../kernel/web/session.ts';
import { Slot } from '../../../kernel/web/slot.tsx';
import { formatDate, formatMoney, formatNumber } from '../../../ui/format.ts';
import { Stat, useFormatSettings, useMedia } from '../../../ui/index.ts';
import { summariseAccounts } from '../api.ts';
import { addDays, useToday } from './days.ts';
import type { NumberId } from './ExplainNumber.tsx';
import { type ApiFilter, renewingBetween } from './portfolioState.ts';
import { NEAR_DAYS } from './words.ts';

const ExplainNumber = lazy(() => import('./ExplainNumber.tsx'));

type Summary = AnswerOf<typeof summariseAccounts>;
type Total = Summary['arr'];

const query = (filter: ApiFilter) => ({ query: filter }) as CallInput<typeof summariseAccounts>;

/** "+ €13.0M", and currencies that have no rate. */
function hintOf(total: Total, locale: string): string | undefined {
  if (total.missing.length > 0) return `without ${total.missing.join(', ')}: no rate`;
  const others = total.byCurrency.filter((m) => m.currency !== total.currency && m.amount !== 0);
  if (others.length === 0) return undefined;
  const texts = others.slice(0, 2).map((m) => formatMoney(m, locale, 'compact'));
  return `incl. ${texts.join(', ')}${others.length > 2 ? ` and ${others.length - 2} more` : ''}`;
}

type Props = {
  filter: ApiFilter;
  isFiltered: boolean;
  onShowRenewals: () => void;
  onShowUnowned: () => void;
};

export function PortfolioStats({ filter, isFiltered, onShowRenewals, onShowUnowned }: Props) {
  const { locale } = useFormatSettings();
  const { workspace } = useSession();
  const today = useToday();
  const isPhone = useMedia('(max-width: 767px)');
  const [open, setOpen] = useState<NumberId | null>(null);
  const figures = gather(useModules(), 'portfolioFigures', useMay());
  const hasRoom = useMedia('(min-width: 1280px)');
  const isWide = useMedia('(min-width: 1400px)');
  const all = useCall(summariseAccounts, query(filter), { keepPrevious: true });
  const due = useCall(summariseAccounts, query(renewingBetween(filter, today, addDays(today, NEAR_DAYS))), {
    keepPrevious: true,
  });
  const ownerFilter = filter.ownerId as string[] | undefined;
  const countsUnowned = !ownerFilter || ownerFilter.includes('none');
  const unowned = useCall(summariseAccounts, query({ ...filter, ownerId: ['none'] }), {
    keepPrevious: true,
    enabled: countsUnowned,
  });

  const money = (total: Total | undefined) =>
    total ? formatMoney(total, locale, 'compact') : formatMoney({ amount: 0, currency: workspace.currency }, locale);
  const hint = (text: string | undefined) => (text && !isPhone ? { hint: text } : {});
  const unownedCount = countsUnowned ? (unowned.data?.count ?? 0) : 0;
  // On a phone two rows of three.
  const cell =
    'min-w-0 border-line px-3 py-2.5 not-last:border-r md:px-3.5 2xl:px-5 max-md:[&:nth-of-type(3n)]:border-r-0 max-md:[&:nth-of-type(n+4)]:border-t';
  return (
    <section
      aria-label={isFiltered ? 'Numbers of the filtered accounts' : 'Numbers of the portfolio'}
      className="grid grid-cols-3 rounded-ui border border-line bg-surface shadow-card max-md:[&_.text-2xl]:text-lg md:grid-cols-5 xl:auto-cols-fr xl:grid-flow-col xl:grid-cols-none"
    >
      <Stat
        className={cell}
        label="Accounts"
        value={formatNumber(all.data?.count ?? 0, locale)}
        isLoading={all.isPending}
        {...hint(all.data && `${isFiltered ? 'filtered, ' : ''}as of ${formatDate(all.data.asOf, locale, 'short')}`)}
        onExplain={() => setOpen('count')}
      />
      <Stat
        className={cell}
        label="ARR"
        value={money(all.data?.arr)}
        isLoading={all.isPending}
        {...hint(all.data && hintOf(all.data.arr, locale))}
        onExplain={() => setOpen('arr')}
      />
      <Stat
        className={cell}
        label="Potential"
        value={money(all.data?.potential)}
        isLoading={all.isPending}
        {...hint(all.data && hintOf(all.data.potential, locale))}
        onExplain={() => setOpen('potential')}
      />
      <Stat
        className={cell}
        label={isWide ? `Due in ${NEAR_DAYS} days` : `Due in ${NEAR_DAYS} d`}
        value={formatNumber(due.data?.count ?? 0, locale)}
        isLoading={due.isPending}
        {...hint(due.data && due.data.count > 0 ? `${formatMoney(due.data.arr, locale, 'compact')} ARR` : undefined)}
        onExplain={() => setOpen('renewals')}
      />
      {!isPhone && (
        <Stat
          className={cell}
          label="No owner"
          value={formatNumber(unownedCount, locale)}
          isLoading={countsUnowned && unowned.isPending}
          {...hint(
            unownedCount > 0 && unowned.data ? `${formatMoney(unowned.data.arr, locale, 'compact')} ARR` : undefined,
          )}
          onExplain={() => setOpen('unowned')}
        />
      )}
      {(hasRoom || isPhone) &&
        figures.map((f) => (
          <Suspense key={f.id} fallback={<Stat className={cell} label=" " value="" isLoading />}>
            <Slot load={f.load} props={{ filter, className: cell }} />
          </Suspense>
        ))}
      {open && all.data && (
        <Suspense>
          <ExplainNumber
            id={open}
            summary={open === 'renewals' ? due.data : open === 'unowned' ? unowned.data : all.data}
            filter={filter}
            isFiltered={isFiltered}
            onClose={() => setOpen(null)}
            {...(open === 'renewals'
              ? { onShow: onShowRenewals }
              : open === 'unowned'
                ? { onShow: onShowUnowned }
                : {})}
          />
        </Suspense>
      )}
    </section>
  );
}
