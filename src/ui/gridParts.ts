// What DataGrid hands to its two faces: the table and the cards.
import type { DataGridProps, GridColumn, GridItem, GridSort } from './gridTypes.ts';

export type SizedColumn<Row> = { column: GridColumn<Row>; isFixed: boolean; width: number };

export type GridFaceProps<Row> = Omit<DataGridProps<Row>, 'sort' | 'selection'> & {
  items: GridItem<Row>[];
  sized: SizedColumn<Row>[];
  sort: GridSort | null;
  selection: ReadonlySet<string>;
  onSort: (columnId: string) => void;
  onToggleGroup: (key: string) => void;
};

/** CSS grid columns: fixed where someone dragged, else at least its width and a share of what is left. */
export function gridTemplate<Row>(
  sized: readonly SizedColumn<Row>[],
  hasSelection: boolean,
): { template: string; minWidth: number } {
  const widths = sized.map(({ column, isFixed, width }) => {
    const least = isFixed ? width : (column.minWidth ?? Math.min(width, 200));
    return { least, text: isFixed ? `${width}px` : `minmax(${least}px, ${width}fr)` };
  });
  return {
    template: [...(hasSelection ? ['2.5rem'] : []), ...widths.map((width) => width.text)].join(' '),
    minWidth: widths.reduce((sum, width) => sum + width.least, hasSelection ? 40 : 0),
  };
}

export function rowName<Row>(row: Row, props: Pick<DataGridProps<Row>, 'rowLabel' | 'columns' | 'rowId'>): string {
  return props.rowLabel?.(row) ?? props.columns[0]?.text?.(row) ?? props.rowId(row);
}

/** Selection after a click on a box; with `from` all rows between are set alike. */
export function toggled<Row>(
  selection: ReadonlySet<string>,
  items: readonly GridItem<Row>[],
  at: number,
  from: number | null,
): Set<string> {
  const next = new Set(selection);
  const target = items[at];
  if (target?.kind !== 'row') return next;
  const on = !selection.has(target.key);
  const [low, high] = from === null ? [at, at] : [Math.min(at, from), Math.max(at, from)];
  for (const item of items.slice(low, high + 1)) {
    if (item.kind !== 'row') continue;
    if (on) next.add(item.key);
    else next.delete(item.key);
  }
  return next;
}
