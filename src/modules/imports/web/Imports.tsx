// Import: drop files, and every import so far with how it ended. Mappings that are remembered can be forgotten.
import { History } from 'lucide-react';
import { usePlace } from '../../../kernel/web/place.ts';
import { useCall, useList, useVerb } from '../../../kernel/web/queries.ts';
import { DataGrid, type GridColumn } from '../../../ui/DataGrid.tsx';
import {
  Button,
  Card,
  EmptyState,
  ErrorState,
  Num,
  PageHeader,
  RelativeTime,
  StatusPill,
  toast,
} from '../../../ui/index.ts';
import { forgetMapping, type ImportLine, listImports, listMappings } from '../api.ts';
import DropFiles from './DropFiles.tsx';
import { STATE } from './words.ts';

const count = (id: 'new' | 'changed' | 'same' | 'rejected', header: string): GridColumn<ImportLine> => ({
  id,
  header,
  width: 90,
  align: 'end',
  isSortable: false,
  cell: (one) => <Num value={one[id]} />,
});

const COLUMNS: GridColumn<ImportLine>[] = [
  {
    id: 'name',
    header: 'Import',
    width: 280,
    isSortable: false,
    text: (one) => one.name,
    cell: (one) => <span className="truncate">{one.name}</span>,
  },
  {
    id: 'state',
    header: 'State',
    width: 130,
    card: 'side',
    isSortable: false,
    cell: (one) => <StatusPill {...STATE[one.state]} variant="plain" />,
  },
  count('new', 'New'),
  count('changed', 'Changed'),
  count('same', 'Same'),
  count('rejected', 'Rejected'),
  {
    id: 'by',
    header: 'By',
    width: 150,
    isSortable: false,
    cell: (one) => <span className="truncate">{one.source === 'cli' ? `${one.startedBy}, shell` : one.startedBy}</span>,
  },
  {
    id: 'when',
    header: 'Started',
    width: 120,
    isSortable: false,
    cell: (one) => <RelativeTime value={one.createdAt} />,
  },
];

export default function Imports() {
  usePlace({ title: 'Import' });
  const list = useList(listImports, { query: { limit: 50 } });
  return (
    <>
      <PageHeader
        title="Import"
        subtitle="Bring in accounts, people and what belongs to them, from any list. Every import can be taken back."
      />
      <div className="flex flex-col gap-6 p-4 md:p-6">
        <div className="w-full max-w-3xl">
          <DropFiles />
        </div>
        <section aria-label="Imports so far" className="flex flex-col gap-3">
          <h2 className="text-base font-semibold">Imports so far</h2>
          {list.error && list.items.length === 0 ? (
            <ErrorState text={list.error.message} onRetry={() => void list.refetch()} />
          ) : (
            <DataGrid
              label="Imports so far"
              columns={COLUMNS}
              rows={list.items}
              rowId={(one) => one.id}
              rowHref={(one) => `/import/${one.id}`}
              sort={null}
              onSortChange={() => {}}
              hideColumnChooser
              isLoading={list.isPending}
              hasMore={list.hasNextPage}
              isLoadingMore={list.isFetchingNextPage}
              onLoadMore={() => void list.fetchNextPage()}
              empty={
                <EmptyState
                  size="sm"
                  icon={<History />}
                  title="Nothing imported yet"
                  text="Start with the list of accounts that your CRM exports. The people come along or later."
                />
              }
            />
          )}
        </section>
        <Remembered />
      </div>
    </>
  );
}

function Remembered() {
  const mappings = useCall(listMappings, {});
  const forget = useVerb(forgetMapping, {
    refreshes: ['imports.mappings'],
    onDone: () => toast.show({ title: 'Mapping forgotten', text: 'The next such file is recognised anew.' }),
  });
  const items = mappings.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Card
      title="Remembered mappings"
      subtitle="A file with the same columns is read the same way without asking."
      padding="none"
      className="max-w-3xl"
    >
      <ul>
        {items.map((one) => (
          <li key={one.id} className="flex items-center gap-3 border-t border-line px-pad py-2">
            <span className="min-w-0 flex-1">
              <span className="block truncate">{one.name}</span>
              <span className="block truncate text-sm text-muted">
                {one.header.length} columns, used <RelativeTime value={one.usedAt} />
              </span>
            </span>
            <Button
              size="sm"
              variant="quiet"
              aria-label={`Forget ${one.name}`}
              isDisabled={forget.isPending}
              onPress={() => forget.mutate({ params: { id: one.id } })}
            >
              Forget
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
