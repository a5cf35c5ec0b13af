// The grid as a list: everything that is known of cells, sortable; what phones show.
import { useMemo } from 'react';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import type { GridColumn } from '../../../ui/gridTypes.ts';
import { DateText, EmptyState, Missing, Money, StatusPill } from '../../../ui/index.ts';
import type { Grid, GridCell } from '../api.ts';
import type { At } from './gridModel.ts';
import { STATUS_TONES, STATUS_WORDS } from './words.ts';

export function CellList({
  grid,
  cells,
  onOpen,
}: {
  grid: Grid;
  cells: readonly GridCell[];
  onOpen: (at: At) => void;
}) {
  const columns = useMemo((): GridColumn<GridCell>[] => {
    const money = (
      id: 'potential' | 'current' | 'pipeline' | 'open' | 'priority',
      header: string,
    ): GridColumn<GridCell> => ({
      id,
      header,
      align: 'end',
      width: 120,
      isSortable: true,
      sortValue: (c) => c[id],
      text: (c) => (c[id] === null ? '' : String(c[id])),
      cell: (c) => <Money value={c[id] === null ? null : { amount: c[id], currency: grid.currency }} />,
    });
    const unitOf = (c: GridCell) => grid.units[c.unit]?.name ?? '';
    const productOf = (c: GridCell) => grid.products[c.product]?.name ?? '';
    return [
      {
        id: 'product',
        header: 'Product',
        width: 200,
        minWidth: 140,
        isSortable: true,
        text: productOf,
        cell: (c) => <span className="font-medium">{productOf(c)}</span>,
      },
      { id: 'unit', header: 'Unit', width: 180, isSortable: true, text: unitOf, cell: unitOf },
      {
        id: 'status',
        header: 'Status',
        width: 150,
        isSortable: true,
        card: 'side',
        text: (c) => STATUS_WORDS[c.owned ? 'ours' : c.status],
        cell: (c) => (
          <StatusPill
            tone={STATUS_TONES[c.owned ? 'ours' : c.status]}
            label={STATUS_WORDS[c.owned ? 'ours' : c.status]}
          />
        ),
      },
      money('priority', 'Priority'),
      money('open', 'Open'),
      money('potential', 'Potential'),
      money('current', 'Current'),
      money('pipeline', 'Pipeline'),
      {
        id: 'competitor',
        header: 'Competitor',
        width: 140,
        isSortable: true,
        text: (c) => c.competitor ?? '',
        cell: (c) => c.competitor ?? <Missing />,
      },
      {
        id: 'ends',
        header: 'Their contract ends',
        width: 150,
        isSortable: true,
        sortValue: (c) => c.incumbentEndsOn,
        text: (c) => c.incumbentEndsOn ?? '',
        cell: (c) => (c.incumbentEndsOn ? <DateText value={c.incumbentEndsOn} /> : <Missing />),
      },
    ];
  }, [grid]);
  const rows = useMemo(
    () => [...cells].sort((a, b) => (b.priority ?? -1) - (a.priority ?? -1) || (b.open ?? -1) - (a.open ?? -1)),
    [cells],
  );
  return (
    <DataGrid<GridCell>
      label={`Cells of ${grid.year}`}
      columns={columns}
      rows={rows}
      rowId={(c) => `${c.unit}.${c.product}`}
      onOpen={(c) => onOpen({ unit: c.unit, product: c.product })}
      empty={
        <EmptyState
          size="sm"
          title="Nothing is known of this year yet"
          text="Switch to the grid and say who has what."
        />
      }
    />
  );
}
