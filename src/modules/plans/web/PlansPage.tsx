// All plans that the member sees: how complete, how fresh, signed off, renewal; the stale ones on request.
import { NotebookText } from 'lucide-react';
import type * as z from 'zod';
import { usePlace } from '../../../kernel/web/place.ts';
import { useCall, useList } from '../../../kernel/web/queries.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import type { GridColumn } from '../../../ui/gridTypes.ts';
import {
  Button,
  DateText,
  EmptyState,
  Meter,
  Missing,
  PageHeader,
  RelativeTime,
  SegmentedControl,
  StatusPill,
} from '../../../ui/index.ts';
import { getWorkspace } from '../../settings/api.ts';
import { listPlans, type planSummaryShape } from '../api.ts';
import { freshnessOf } from '../rules.ts';
import { useToday } from './days.ts';
import { FRESHNESS_WORDS } from './words.ts';

type Row = z.infer<typeof planSummaryShape>;

export default function PlansPage() {
  usePlace({ title: 'Plans' });
  const today = useToday();
  const [state, setState] = useUrlState();
  const isStale = state.show === 'stale';
  const sort = state.sort === 'completeness' ? 'completeness' : '-updatedAt';
  const plans = useList(listPlans, { query: { sort, limit: 50, ...(isStale ? { stale: 'true' } : {}) } });
  const settings = useCall(getWorkspace, {}, { staleTime: 60_000 });
  const preferences = settings.data?.preferences;
  const limits = preferences && {
    ageingAfterDays: preferences.planAgeingAfterDays,
    staleAfterDays: preferences.planStaleAfterDays,
  };
  const age = (row: Row) => freshnessOf(row.oldestReviewOn, today, limits);
  const columns: GridColumn<Row>[] = [
    {
      id: 'account',
      header: 'Account',
      card: 'title',
      width: 260,
      text: (row) => row.accountName,
      cell: (row) => row.accountName,
    },
    {
      id: 'completeness',
      header: 'Complete',
      card: 'line',
      width: 150,
      isSortable: true,
      text: (row) => `${row.completeness} %`,
      cell: (row) => (
        <span className="flex w-full items-center gap-2">
          <Meter
            label="Complete"
            hideLabel
            value={row.completeness}
            tone={row.completeness === 100 ? 'good' : 'accent'}
            className="flex-1"
          />
          <span className="tabular w-12 shrink-0 text-right whitespace-nowrap">{row.completeness} %</span>
        </span>
      ),
    },
    {
      id: 'freshness',
      header: 'Oldest review',
      card: 'side',
      width: 190,
      text: (row) => FRESHNESS_WORDS[age(row).state].label,
      cell: (row) => {
        const { state: how, ageDays } = age(row);
        const words = FRESHNESS_WORDS[how];
        const isPart = how === 'never';
        return (
          <StatusPill
            variant="plain"
            tone={words.tone}
            label={isPart ? 'Not all reviewed' : words.label}
            {...(ageDays === null ? {} : { detail: ageDays === 0 ? 'today' : `${ageDays} days ago` })}
          />
        );
      },
    },
    {
      id: 'owner',
      header: 'Owner',
      width: 160,
      text: (row) => row.ownerName ?? '',
      cell: (row) => row.ownerName ?? <Missing label="Nobody" />,
    },
    {
      id: 'renewal',
      header: 'Renewal',
      width: 130,
      text: (row) => row.renewalOn ?? '',
      cell: (row) => <DateText value={row.renewalOn} />,
    },
    {
      id: 'signedOff',
      header: 'Signed off',
      width: 130,
      text: (row) => row.signedOffAt ?? '',
      cell: (row) =>
        row.signedOffAt ? <DateText value={row.signedOffAt.slice(0, 10)} /> : <Missing label="Not yet" />,
    },
    {
      id: 'updated',
      header: 'Updated',
      width: 140,
      isSortable: true,
      text: (row) => row.updatedAt,
      cell: (row) => <RelativeTime value={row.updatedAt} />,
    },
  ];
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader title="Plans" subtitle="One page for each key account: what they want, who decides, what we do" />
      <div className="min-h-0 flex-1 p-4 md:p-6">
        <DataGrid<Row>
          label="Plans"
          columns={columns}
          rows={plans.items}
          rowId={(row) => row.id}
          rowHref={(row) => `/plans/${row.id}`}
          sort={
            sort === 'completeness'
              ? { column: 'completeness', direction: 'asc' }
              : { column: 'updated', direction: 'desc' }
          }
          onSortChange={(next) => setState({ sort: next?.column === 'completeness' ? 'completeness' : undefined })}
          toolbar={
            <SegmentedControl
              label="Which plans"
              value={isStale ? 'stale' : 'all'}
              options={[
                { value: 'all', label: 'All plans' },
                { value: 'stale', label: 'To review' },
              ]}
              onChange={(show) => setState({ show: show === 'stale' ? 'stale' : undefined })}
            />
          }
          isLoading={plans.isPending}
          error={plans.error?.message ?? null}
          onRetry={() => void plans.refetch()}
          hasMore={plans.hasNextPage}
          isLoadingMore={plans.isFetchingNextPage}
          onLoadMore={() => void plans.fetchNextPage()}
          height="fill"
          hideColumnChooser
          empty={
            isStale ? (
              <EmptyState
                title="No plan needs a review"
                text="Every block of every plan was confirmed lately."
                actions={<Button onPress={() => setState({ show: undefined })}>All plans</Button>}
              />
            ) : (
              <EmptyState
                icon={<NotebookText />}
                title="No plans yet"
                text="A plan belongs to an account: open one and press “Start the plan” on its Plan tab. What we know about the account is in it already."
                actions={
                  <Button variant="primary" href="/">
                    Choose an account
                  </Button>
                }
              />
            )
          }
        />
      </div>
    </div>
  );
}
