// Every remark of every row, on demand: row, column, what is wrong, the value.
import { useState } from 'react';
import { useList } from '../../../kernel/web/queries.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { DataGrid, type GridColumn } from '../../../ui/DataGrid.tsx';
import { Button, Card, SegmentedControl, StatusPill } from '../../../ui/index.ts';
import { type Import, importNotes } from '../api.ts';

type Note = { file: number; row: number; weight: 'reject' | 'warn'; column: string; message: string; value: string };

export function RowNotes({ one }: { one: Import }) {
  const [url, setUrl] = useUrlState();
  const [weight, setWeight] = useState<'all' | 'reject' | 'warn'>('all');
  const isOpen = url.rows === 'all';
  const list = useList(
    importNotes,
    { params: { id: one.id }, query: { limit: 100, ...(weight === 'all' ? {} : { weight }) } },
    { enabled: isOpen },
  );
  const has = one.files.some((f) => (f.report?.reasons.length ?? 0) > 0);
  if (!has) return null;
  if (!isOpen)
    return (
      <div>
        <Button onPress={() => setUrl({ rows: 'all' })}>Show every row with a remark</Button>
      </div>
    );
  const fileName = (no: number) => one.files.find((f) => f.no === no)?.name ?? '';
  const columns: GridColumn<Note>[] = [
    {
      id: 'row',
      header: 'Row',
      width: 220,
      isSortable: false,
      cell: (n) => (
        <span className="tabular truncate">
          {n.row}
          {one.files.length > 1 && <span className="text-muted"> {fileName(n.file)}</span>}
        </span>
      ),
      text: (n) => String(n.row),
    },
    {
      id: 'weight',
      header: 'Outcome',
      width: 110,
      card: 'side',
      isSortable: false,
      cell: (n) => (
        <StatusPill
          variant="plain"
          {...(n.weight === 'reject'
            ? { tone: 'poor' as const, label: 'Rejected' }
            : { tone: 'watch' as const, label: 'Taken, but' })}
        />
      ),
    },
    {
      id: 'column',
      header: 'Column',
      width: 150,
      isSortable: false,
      cell: (n) => <span className="truncate">{n.column}</span>,
    },
    {
      id: 'message',
      header: 'Why',
      width: 360,
      isSortable: false,
      text: (n) => n.message,
      cell: (n) => <span className="truncate">{n.message}</span>,
    },
    {
      id: 'value',
      header: 'Value',
      width: 200,
      isSortable: false,
      cell: (n) => <span className="truncate text-muted">{n.value}</span>,
    },
  ];
  return (
    <Card
      title="Rows with a remark"
      padding="none"
      actions={
        <>
          <SegmentedControl
            label="Show"
            value={weight}
            onChange={setWeight}
            options={[
              { value: 'all', label: 'All' },
              { value: 'reject', label: 'Rejected' },
              { value: 'warn', label: 'Taken, but' },
            ]}
          />
          <Button size="sm" variant="quiet" onPress={() => setUrl({ rows: undefined })}>
            Hide
          </Button>
        </>
      }
    >
      <DataGrid
        label="Rows with a remark"
        columns={columns}
        rows={list.items.map((n, at) => ({ ...n, key: `${n.file} ${n.row} ${at}` }))}
        rowId={(n) => n.key}
        sort={null}
        onSortChange={() => {}}
        hideColumnChooser
        isLoading={list.isPending}
        hasMore={list.hasNextPage}
        isLoadingMore={list.isFetchingNextPage}
        onLoadMore={() => void list.fetchNextPage()}
      />
    </Card>
  );
}
