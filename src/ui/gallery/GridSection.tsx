// Gallery: the data grid with 100,000 rows, and its states.
import { useCallback, useMemo, useState } from 'react';
import { DataGrid, type GridColumn } from '../DataGrid.tsx';
import { Avatar, Button, DateText, Money, SearchField, StatusPill, type StatusTone } from '../index.ts';
import { Part } from './Part.tsx';

type Item = { id: string; name: string; owner: string; amount: number; tone: StatusTone; due: string; city: string };

const words = ['Alder', 'Birch', 'Cedar', 'Dogwood', 'Elm', 'Fir', 'Ginkgo', 'Hazel', 'Ironwood', 'Juniper'];
const owners = ['Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Barbara Liskov'];
const cities = ['Hamburg', 'Lyon', 'Porto', 'Gdańsk', 'Turin'];
const tones: StatusTone[] = ['good', 'good', 'watch', 'good', 'poor', 'neutral'];
const toneWords: Record<StatusTone, string> = {
  good: 'On track',
  watch: 'Watch',
  poor: 'At risk',
  info: 'Running',
  neutral: 'No data',
};

function makeItems(count: number): Item[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `row-${index}`,
    name: `${words[index % 10]} ${words[(index * 7 + 3) % 10]} ${index + 1}`,
    owner: owners[(index * 3) % 4] ?? '',
    amount: ((index * 7919) % 90_000) * 1000 + 125_00,
    tone: tones[(index * 5) % 6] ?? 'neutral',
    due: new Date(Date.UTC(2026, 0, 1 + ((index * 13) % 720))).toISOString().slice(0, 10),
    city: cities[(index * 11) % 5] ?? '',
  }));
}

const columns: GridColumn<Item>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 220,
    text: (row) => row.name,
    cell: (row) => (
      <>
        <Avatar name={row.name} shape="square" isDecorative />
        <span className="truncate">{row.name}</span>
      </>
    ),
  },
  {
    id: 'amount',
    header: 'Amount',
    align: 'end',
    width: 130,
    sortValue: (row) => row.amount,
    cell: (row) => <Money value={{ amount: row.amount, currency: 'EUR' }} style="whole" />,
    card: 'side',
  },
  {
    id: 'status',
    header: 'Status',
    width: 120,
    text: (row) => row.tone,
    cell: (row) => <StatusPill tone={row.tone} label={toneWords[row.tone]} variant="plain" />,
    card: 'side',
  },
  {
    id: 'due',
    header: 'Due',
    width: 130,
    sortValue: (row) => row.due,
    cell: (row) => <DateText value={row.due} />,
    hint: 'The last day to act',
  },
  { id: 'owner', header: 'Owner', width: 150, text: (row) => row.owner, cell: (row) => row.owner },
  { id: 'city', header: 'City', width: 120, text: (row) => row.city, cell: (row) => row.city },
  {
    id: 'id',
    header: 'Number',
    width: 120,
    text: (row) => row.id,
    cell: (row) => <span className="text-muted">{row.id}</span>,
    isHidden: true,
  },
];

export function GridSection() {
  const many = useMemo(() => makeItems(100_000), []);
  const few = useMemo(() => makeItems(24).sort((a, b) => a.owner.localeCompare(b.owner)), []);
  const [selection, setSelection] = useState<Set<string>>(new Set(['row-1', 'row-3']));
  const [search, setSearch] = useState('');
  const rowId = useCallback((row: Item) => row.id, []);
  const groupBy = useCallback((row: Item) => ({ key: row.owner, label: row.owner }), []);
  const found = useMemo(
    () => (search ? many.filter((row) => row.name.toLowerCase().includes(search.toLowerCase())) : many),
    [many, search],
  );
  return (
    <>
      <Part name="DataGrid: 100,000 rows, selection, columns" wide>
        <DataGrid
          label="Trees"
          columns={columns}
          rows={found}
          rowId={rowId}
          rowHref={(row) => `#${row.id}`}
          height={460}
          selection={selection}
          onSelectionChange={setSelection}
          bulkActions={(ids) => <Button size="sm">Assign {ids.length}</Button>}
          toolbar={<SearchField label="Search trees" value={search} onChange={setSearch} className="w-64 max-w-full" />}
          totals={(id) =>
            id === 'name' ? (
              'Total'
            ) : id === 'amount' ? (
              <Money value={{ amount: 987_654_300, currency: 'EUR' }} style="whole" />
            ) : null
          }
        />
      </Part>
      <Part name="DataGrid: groups, compact, plain" wide>
        <DataGrid
          label="Trees by owner"
          columns={columns}
          rows={few}
          rowId={rowId}
          rowHref={(row) => `#${row.id}`}
          groupBy={groupBy}
          density="compact"
          height={320}
          isPlain
          hideColumnChooser
        />
      </Part>
      <Part name="DataGrid: empty">
        <DataGrid label="Nothing" columns={columns} rows={[]} rowId={rowId} hideColumnChooser />
      </Part>
      <Part name="DataGrid: loading">
        <DataGrid label="Later" columns={columns} rows={[]} rowId={rowId} isLoading hideColumnChooser />
      </Part>
      <Part name="DataGrid: failed">
        <DataGrid
          label="Failed"
          columns={columns}
          rows={[]}
          rowId={rowId}
          error="The server did not answer."
          onRetry={() => {}}
          hideColumnChooser
        />
      </Part>
    </>
  );
}
