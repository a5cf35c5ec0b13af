// Renewals as a table: one row a term, sorted by notice deadline unless asked otherwise.
import { CalendarClock } from 'lucide-react';
import { useMemo } from 'react';
import { useList } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import type { GridColumn } from '../../../ui/gridTypes.ts';
import { Badge, Button, DateText, EmptyState, Missing, Money, StatusPill, useMedia } from '../../../ui/index.ts';
import { listRenewals, type RENEWAL_SORTS, type Renewal } from '../api-renewals.ts';
import { daysText } from './days.ts';
import type { RenewalFilter } from './filter.ts';
import { Deadline, Owner, openPoints, StandPill } from './parts.tsx';
import { LIKELIHOOD, OUTCOME, STAGE } from './words.ts';

type Sort = (typeof RENEWAL_SORTS)[number];
const SORTS: Record<string, { column: string; direction: 'asc' | 'desc' }> = {
  notice: { column: 'notice', direction: 'asc' },
  '-notice': { column: 'notice', direction: 'desc' },
  due: { column: 'due', direction: 'asc' },
  '-due': { column: 'due', direction: 'desc' },
  '-value': { column: 'value', direction: 'desc' },
};

const columns: GridColumn<Renewal>[] = [
  {
    id: 'account',
    header: 'Account',
    card: 'title',
    width: 250,
    minWidth: 162,
    text: (r) => `${r.accountName}, ${r.contractName}`,
    cell: (r) => (
      <span className="flex min-w-0 items-baseline gap-2 max-md:flex-col max-md:gap-0">
        <span className="max-w-full shrink-0 truncate font-medium">{r.accountName}</span>
        <span className="truncate text-sm font-normal text-muted">{r.contractName}</span>
      </span>
    ),
  },
  {
    id: 'notice',
    header: 'Notice deadline',
    card: 'line',
    width: 205,
    minWidth: 200,
    isSortable: true,
    text: (r) => `${r.actByOn}, ${daysText(r.daysLeft)}`,
    cell: (r) => <Deadline renewal={r} />,
  },
  {
    id: 'due',
    header: 'Term ends',
    width: 120,
    minWidth: 116,
    isSortable: true,
    text: (r) => r.dueOn,
    cell: (r) => <DateText value={r.dueOn} />,
  },
  {
    id: 'value',
    header: 'Falls due',
    align: 'end',
    width: 120,
    minWidth: 116,
    isSortable: true,
    card: 'side',
    text: (r) => `${r.due.amount / 100} ${r.due.currency}`,
    cell: (r) => <Money value={r.due} />,
  },
  {
    id: 'stand',
    header: 'Likelihood',
    card: 'line',
    width: 150,
    minWidth: 140,
    text: (r) => (r.outcome ? OUTCOME[r.outcome].label : `${LIKELIHOOD[r.likelihood].label}, ${r.probability} %`),
    cell: (r) => <StandPill renewal={r} />,
  },
  {
    id: 'points',
    header: 'Needs',
    card: 'wide',
    width: 260,
    minWidth: 160,
    text: (r) => openPoints(r).join(', '),
    cell: (r) => {
      const [first, ...rest] = openPoints(r);
      if (!first)
        return r.nextStep ? <span className="truncate text-muted">{r.nextStep}</span> : <Missing label="Nothing" />;
      return (
        <span className="flex min-w-0 items-center gap-2" title={first}>
          <StatusPill variant="plain" tone="watch" label={first} className="min-w-0" />
          {rest.length > 0 && (
            <span title={rest.join(', ')}>
              <Badge>+{rest.length}</Badge>
            </span>
          )}
        </span>
      );
    },
  },
  { id: 'stage', header: 'Stage', width: 110, text: (r) => STAGE[r.stage], cell: (r) => STAGE[r.stage] },
  {
    id: 'owner',
    header: 'Owner',
    width: 130,
    minWidth: 100,
    text: (r) => r.ownerName ?? '',
    cell: (r) => <Owner name={r.ownerName} />,
  },
];

export default function RenewalTable({ filter, isFiltered }: { filter: RenewalFilter; isFiltered: boolean }) {
  const [state, setState] = useUrlState();
  // A laptop has no room for the stage; the board is parted by it.
  const hasRoom = useMedia('(min-width: 1400px)');
  const shown = useMemo(() => (hasRoom ? columns : columns.filter((c) => c.id !== 'stage')), [hasRoom]);
  const mayImport = useMay()('imports.run');
  const sort: Sort = typeof state.sort === 'string' && state.sort in SORTS ? (state.sort as Sort) : 'notice';
  const list = useList(listRenewals, { query: { ...filter, sort, limit: 50 } });
  return (
    <DataGrid<Renewal>
      label="Renewals"
      columns={shown}
      rows={list.items}
      rowId={(r) => r.id}
      rowHref={(r) => `/renewals/${r.id}`}
      sort={SORTS[sort]!}
      onSortChange={(next) => {
        const wanted = next && `${next.direction === 'desc' ? '-' : ''}${next.column}`;
        setState({ sort: wanted === 'notice' || !wanted ? undefined : wanted === 'value' ? '-value' : wanted });
      }}
      isLoading={list.isPending}
      error={list.error?.message ?? null}
      onRetry={() => void list.refetch()}
      hasMore={list.hasNextPage}
      isLoadingMore={list.isFetchingNextPage}
      onLoadMore={() => void list.fetchNextPage()}
      height="fill"
      hideColumnChooser
      empty={
        isFiltered ? (
          <EmptyState title="No renewal is like this" text="Choose other filters, or reset them." />
        ) : (
          <EmptyState
            icon={<CalendarClock />}
            title="Nothing falls due yet"
            text="Add a contract with an end: its renewal, notice deadline and checkpoints come by themselves. Press c and choose Contract, or import a list."
            actions={mayImport ? <Button href="/import">Import contracts</Button> : undefined}
          />
        )
      }
    />
  );
}
