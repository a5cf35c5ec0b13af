// Why the forecast changed since a day: the waterfall, and each deal that moved it.
import { useState } from 'react';
import type { AnswerOf, CallInput } from '../../../kernel/contract/route.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { SumButton } from '../../../kernel/web/SumStat.tsx';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import { formatDate, formatMoney } from '../../../ui/format.ts';
import type { GridColumn } from '../../../ui/gridTypes.ts';
import {
  Banner,
  Card,
  DateText,
  EmptyState,
  ErrorState,
  Missing,
  Money,
  Select,
  Skeleton,
  useFormatSettings,
} from '../../../ui/index.ts';
import { WaterfallChart } from '../../../ui/WaterfallChart.tsx';
import { getWaterfall } from '../api-forecast.ts';
import { CATEGORY_WORDS, MEASURE_WORDS, optionsOf, periodLabel, REASON_WORDS, STATE_WORDS } from './words.ts';

type Answer = AnswerOf<typeof getWaterfall>;
type Change = Answer['changes'][number];
type Props = { period: string; scope: Record<string, unknown>; onOpen: (opportunityId: string) => void };

/** What was and what is, in as few words as the reason needs. */
function fromTo(c: Change, currency: string, locale: string): string {
  const { before, after } = c;
  const money = (amount: number) => formatMoney({ amount, currency }, locale, 'compact');
  const how = (look: NonNullable<Change['before']>) =>
    look.state === 'open'
      ? (CATEGORY_WORDS[look.category as keyof typeof CATEGORY_WORDS] ?? look.category)
      : STATE_WORDS[look.state].label;
  if (!before)
    return after ? `${money(after.amount)}, ${how(after)}, closes ${formatDate(after.closesOn, locale)}` : '';
  if (!after) return `was ${money(before.amount)}, ${how(before)}`;
  if (c.reason === 'pushed' || c.reason === 'pulled_in')
    return `${formatDate(before.closesOn, locale)} → ${formatDate(after.closesOn, locale)}`;
  if (c.reason === 'amount') return `${money(before.amount)} → ${money(after.amount)}`;
  return `${how(before)} → ${how(after)}, ${money(after.amount)}`;
}

export function WaterfallCard({ period, scope, onOpen }: Props) {
  const { locale } = useFormatSettings();
  const [measure, setMeasure] = useState<keyof typeof MEASURE_WORDS>('commit');
  const [from, setFrom] = useState<string | null>(null);
  const found = useCall(
    getWaterfall,
    { query: { period, measure, ...scope, ...(from ? { from } : {}) } } as CallInput<typeof getWaterfall>,
    { keepPrevious: true },
  );
  const w = found.data;
  const money = (amount: number) => formatMoney({ amount, currency: w?.currency ?? 'EUR' }, locale, 'compact');
  const columns: GridColumn<Change>[] = [
    { id: 'name', header: 'Opportunity', card: 'title', width: 220, text: (c) => c.name, cell: (c) => c.name },
    {
      id: 'account',
      header: 'Account',
      width: 160,
      text: (c) => c.accountName ?? '',
      cell: (c) => c.accountName ?? <Missing label="Not seen" />,
    },
    {
      id: 'owner',
      header: 'Owner',
      width: 130,
      text: (c) => c.ownerName ?? '',
      cell: (c) => c.ownerName ?? <Missing label="Nobody" />,
    },
    {
      id: 'reason',
      header: 'Why',
      width: 150,
      isSortable: true,
      text: (c) => REASON_WORDS[c.reason],
      cell: (c) => REASON_WORDS[c.reason],
    },
    {
      id: 'delta',
      header: 'Effect',
      align: 'end',
      width: 120,
      card: 'side',
      isSortable: true,
      sortValue: (c) => c.delta,
      text: (c) => money(c.delta),
      cell: (c) => (
        <span className={c.delta > 0 ? 'text-good-text' : c.delta < 0 ? 'text-poor-text' : 'text-muted'}>
          {c.delta > 0 && '+'}
          <Money value={{ amount: c.delta, currency: w?.currency ?? 'EUR' }} style="compact" />
        </span>
      ),
    },
    {
      id: 'fromTo',
      header: 'From, to',
      width: 300,
      text: (c) => fromTo(c, w?.currency ?? 'EUR', locale),
      cell: (c) => <span className="text-muted">{fromTo(c, w?.currency ?? 'EUR', locale)}</span>,
    },
  ];
  const controls = (
    <div className="flex flex-wrap items-end gap-2">
      <Select
        label="Figure"
        hideLabel
        value={measure}
        options={optionsOf(MEASURE_WORDS)}
        onChange={(next) => setMeasure(next)}
      />
      <DatePicker label="Since" hideLabel value={from ?? w?.from?.on ?? null} onChange={setFrom} />
    </div>
  );
  return (
    <Card
      title="What changed"
      subtitle={
        w?.from ? (
          <>
            Since the snapshot of <DateText value={w.from.on} />
            {!w.from.exact && ', the first there is'}
            {w.from.partial && ', of owners who had submitted'}
          </>
        ) : (
          'Week over week'
        )
      }
      actions={controls}
    >
      {found.error ? (
        <ErrorState
          title="The changes cannot be shown"
          text={found.error.message}
          onRetry={() => void found.refetch()}
        />
      ) : !w ? (
        <Skeleton className="h-72 w-full" />
      ) : !w.from ? (
        <EmptyState
          title="There is no snapshot yet"
          text="One is taken every night, and with every submission. From tomorrow on you see here what changed."
          size="sm"
        />
      ) : (
        <div className="flex flex-col gap-4">
          {w.missing.length > 0 && (
            <Banner tone="watch">
              No exchange rate is known for {w.missing.join(', ')}: these amounts are left out.
            </Banner>
          )}
          <WaterfallChart
            title={`${MEASURE_WORDS[measure]}, ${periodLabel(w.period.id)}`}
            hideTitle
            summary={`${MEASURE_WORDS[measure]} went from ${money(w.start)} to ${money(w.end)}: ${
              w.reasons
                .filter((r) => r.amount !== 0)
                .map((r) => `${REASON_WORDS[r.reason].toLowerCase()} ${money(r.amount)}`)
                .join(', ') || 'nothing moved it'
            }.`}
            stepLabel="Why"
            height={280}
            fileName={`forecast-${w.period.id}`}
            steps={[
              { label: 'Then', kind: 'total', value: w.start },
              ...w.reasons
                .filter((r) => r.amount !== 0)
                .map((r) => ({
                  label: REASON_WORDS[r.reason].replace(' changed', ''),
                  kind: 'change' as const,
                  value: r.amount,
                })),
              { label: 'Now', kind: 'total', value: w.end },
            ]}
            formatValue={money}
          />
          <Steps of={w} />
          {w.changes.length > 0 ? (
            <DataGrid<Change>
              label="Opportunities that changed"
              columns={columns}
              rows={w.changes}
              rowId={(c) => `${c.opportunityId} ${c.reason}`}
              onOpen={(c) => onOpen(c.opportunityId)}
              hideColumnChooser
            />
          ) : (
            <p className="text-muted">No opportunity of this quarter changed.</p>
          )}
        </div>
      )}
    </Card>
  );
}

/** The bars in words: each figure with what it is made of. */
function Steps({ of: w }: { of: Answer }) {
  const money = (amount: number) => ({ amount, currency: w.currency });
  const rowOf = (c: Change) => ({
    key: `${c.opportunityId} ${c.reason}`,
    label: [c.name, c.accountName].filter(Boolean).join(' · '),
    accountId: c.accountName ? c.accountId : null,
    href: `/pipeline?opportunity=${c.opportunityId}`,
    parts: { change: money(c.delta) },
  });
  const moved = w.reasons.filter((r) => r.amount !== 0);
  const about = [periodLabel(w.period.id), MEASURE_WORDS[w.measure].toLowerCase()];
  const reasonRow = (r: Answer['reasons'][number]) => ({
    key: r.reason,
    label: REASON_WORDS[r.reason],
    accountId: null,
    href: null,
    parts: { change: money(r.amount), opportunities: r.count },
  });
  const look = (label: string, total: number) => ({
    key: label,
    label,
    accountId: null,
    href: null,
    parts: { forecast: money(total) },
  });
  const sum = (value: number, asOf: string, what: string, items: readonly ReturnType<typeof rowOf>[]) => ({
    metric: 'forecast-change',
    value: money(value),
    asOf,
    filters: [...about, what],
    missing: w.missing,
    of: { items },
  });
  return (
    <p className="tabular flex flex-wrap gap-x-4 gap-y-1 text-base text-muted">
      <span>
        Change{' '}
        <SumButton
          label="Change of the forecast"
          sum={{
            ...sum(w.end - w.start, w.to.on, 'all reasons', []),
            of: { items: [look('Then', w.start), ...moved.map(reasonRow), look('Now', w.end)] },
          }}
        />
      </span>
      {moved.map((r) => (
        <span key={r.reason}>
          {REASON_WORDS[r.reason]}{' '}
          <SumButton
            label={REASON_WORDS[r.reason]}
            sum={sum(
              r.amount,
              w.to.on,
              REASON_WORDS[r.reason].toLowerCase(),
              w.changes.filter((c) => c.reason === r.reason).map(rowOf),
            )}
          />
        </span>
      ))}
    </p>
  );
}
