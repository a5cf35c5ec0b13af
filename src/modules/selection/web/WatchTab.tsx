// Accounts outside the programme that deserve a look: strong growth, near the line, or put here by a decision.
import { Eye } from 'lucide-react';
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import type { GridColumn } from '../../../ui/gridTypes.ts';
import { EmptyState, Missing, Num } from '../../../ui/index.ts';
import { watchList } from '../api.ts';

type Item = AnswerOf<typeof watchList>['items'][number];

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const columns: GridColumn<Item>[] = [
  { id: 'name', header: 'Account', width: 220, text: (i) => i.name, cell: (i) => i.name, card: 'title' },
  {
    id: 'place',
    header: 'Place',
    align: 'end',
    width: 80,
    sortValue: (i) => i.place,
    text: (i) => (i.place === null ? '' : String(i.place)),
    cell: (i) => i.place ?? <Missing label="Not ranked" />,
    card: 'side',
  },
  {
    id: 'growth',
    header: 'Growth',
    align: 'end',
    width: 100,
    hint: 'ARR against a year ago',
    sortValue: (i) => i.growthPercent,
    cell: (i) => <Num value={i.growthPercent} sign unit="%" />,
  },
  {
    id: 'why',
    header: 'Why it is watched',
    width: 420,
    minWidth: 240,
    text: (i) => i.reasons.join('; '),
    cell: (i) => (
      <span className="truncate" title={upper(i.reasons.join('; '))}>
        {upper(i.reasons.join('; '))}
      </span>
    ),
  },
  {
    id: 'owner',
    header: 'Manager',
    width: 160,
    text: (i) => i.ownerName ?? '',
    cell: (i) => i.ownerName ?? <Missing label="Nobody" />,
  },
];

export default function WatchTab({ onOpen }: { onOpen: (id: string) => void }) {
  const list = useCall(watchList, {}, { keepPrevious: true });
  return (
    <DataGrid<Item>
      label="Watch list"
      columns={columns}
      rows={list.data?.items ?? []}
      rowId={(i) => i.accountId}
      onOpen={(i) => onOpen(i.accountId)}
      isLoading={list.isPending}
      error={list.error?.message}
      onRetry={() => void list.refetch()}
      toolbar={
        <p className="text-base text-muted">
          Accounts outside the key accounts that grow by a fifth or more, stand near the line, or were put here.
        </p>
      }
      hideColumnChooser
      empty={
        <EmptyState
          icon={<Eye />}
          title="Nothing to watch"
          text="After a review, accounts near the line and those that grow strongly show up here."
        />
      }
    />
  );
}
