// The pipeline as a table, sorted by the server.
import type { ReactNode } from 'react';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { useList } from '../../../kernel/web/queries.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import type { GridColumn } from '../../../ui/gridTypes.ts';
import { Link, Missing, Money, StatusPill } from '../../../ui/index.ts';
import { listOpportunities, type Opportunity, SORTS } from '../api.ts';
import { CategoryBadge, CloseDay } from './cards.tsx';
import type { ApiFilter } from './filters.ts';
import { STATE_WORDS, TYPE_WORDS } from './words.ts';

type Sort = (typeof SORTS)[number];
const COLUMN_OF: Record<string, string> = {
  closesOn: 'closesOn',
  amount: 'amount',
  name: 'name',
  updatedAt: 'updated',
  createdAt: 'created',
  probability: 'probability',
};

const columns = (hidesAccount: boolean): GridColumn<Opportunity>[] => [
  {
    id: 'name',
    header: 'Opportunity',
    card: 'title',
    width: 260,
    isSortable: true,
    text: (o) => o.name,
    cell: (o) => o.name,
  },
  ...(hidesAccount
    ? []
    : [
        {
          id: 'account',
          header: 'Account',
          width: 180,
          text: (o: Opportunity) => o.accountName,
          cell: (o: Opportunity) => (
            <Link href={`/accounts/${o.accountId}?tab=pipeline`} tone="text" className="truncate">
              {o.accountName}
            </Link>
          ),
        },
      ]),
  {
    id: 'stage',
    header: 'Stage',
    width: 150,
    text: (o) => o.stageName,
    cell: (o) =>
      o.state === 'open' ? (
        o.stageName
      ) : (
        <StatusPill variant="plain" tone={STATE_WORDS[o.state].tone} label={STATE_WORDS[o.state].label} />
      ),
  },
  {
    id: 'amount',
    header: 'Amount',
    align: 'end',
    width: 130,
    isSortable: true,
    card: 'side',
    hint: 'Of recurring business the value of a year',
    text: (o) => (o.amount ? `${o.amount.amount / 100} ${o.amount.currency}` : ''),
    cell: (o) => <Money value={o.amount} />,
  },
  {
    id: 'closesOn',
    header: 'Closes',
    width: 180,
    isSortable: true,
    text: (o) => o.closesOn,
    cell: (o) => <CloseDay of={o} />,
  },
  {
    id: 'probability',
    header: 'Probability',
    align: 'end',
    width: 110,
    isSortable: true,
    text: (o) => `${o.probability} %`,
    cell: (o) => <span className="tabular">{o.probability} %</span>,
  },
  { id: 'category', header: 'Category', width: 120, text: (o) => o.category, cell: (o) => <CategoryBadge of={o} /> },
  { id: 'type', header: 'Type', width: 120, text: (o) => TYPE_WORDS[o.type], cell: (o) => TYPE_WORDS[o.type] },
  {
    id: 'owner',
    header: 'Owner',
    width: 140,
    text: (o) => o.ownerName ?? '',
    cell: (o) => o.ownerName ?? <Missing label="Nobody" />,
  },
  {
    id: 'next',
    header: 'Next step',
    card: 'wide',
    width: 220,
    text: (o) => o.nextStep,
    cell: (o) => o.nextStep || <Missing label="None" />,
  },
];

type Props = {
  filter: ApiFilter;
  sort: Sort;
  onSort?: (sort: Sort | undefined) => void;
  onOpen: (id: string) => void;
  hidesAccount?: boolean;
  toolbar?: ReactNode;
  empty: ReactNode;
  height?: 'fill' | 'auto';
};

export const sortOf = (value: unknown): Sort => SORTS.find((s) => s === value) ?? 'closesOn';

export function PipelineTable({
  filter,
  sort,
  onSort,
  onOpen,
  hidesAccount = false,
  toolbar,
  empty,
  height = 'fill',
}: Props) {
  const list = useList(listOpportunities, { query: { ...filter, sort, limit: 100 } } as CallInput<
    typeof listOpportunities
  >);
  const isDown = sort.startsWith('-');
  return (
    <DataGrid<Opportunity>
      label="Opportunities"
      columns={columns(hidesAccount)}
      rows={list.items}
      rowId={(o) => o.id}
      onOpen={(o) => onOpen(o.id)}
      sort={{ column: COLUMN_OF[sort.replace('-', '')] ?? 'closesOn', direction: isDown ? 'desc' : 'asc' }}
      {...(onSort
        ? {
            onSortChange: (next) => {
              const wanted = next && `${next.direction === 'desc' ? '-' : ''}${next.column}`;
              // What has one direction on the server is sorted in that one.
              const found = SORTS.find((s) => s === wanted) ?? SORTS.find((s) => s.replace('-', '') === next?.column);
              onSort(found === 'closesOn' ? undefined : found);
            },
          }
        : {})}
      toolbar={toolbar}
      isLoading={list.isPending}
      error={list.isError ? list.error.message : undefined}
      onRetry={() => void list.refetch()}
      hasMore={list.hasNextPage}
      isLoadingMore={list.isFetchingNextPage}
      onLoadMore={() => void list.fetchNextPage()}
      height={height}
      hideColumnChooser
      empty={empty}
    />
  );
}
