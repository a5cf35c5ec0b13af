// The shapes which DataGrid takes, and the pure parts of its behaviour.
import type { ReactNode } from 'react';
import type { Density } from './theme.ts';

export type GridColumn<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Plain text of the cell: for cards, copying, and sorting when there is no `sortValue`. */
  text?: (row: Row) => string;
  /** What the grid sorts by when the page does not sort itself. */
  sortValue?: (row: Row) => string | number | null;
  isSortable?: boolean;
  align?: 'start' | 'end' | 'center';
  /** Width in px, also its share of the space left over. */
  width?: number;
  minWidth?: number;
  /** Hidden until chosen. */
  isHidden?: boolean;
  /** False: always shown. The first column always is. */
  canHide?: boolean;
  /** Explains the column on hover. */
  hint?: string;
  /** Where the value stands in the card on a phone. Default: the first column is the title, others are lines; `wide` is a line of its own. */
  card?: 'title' | 'side' | 'line' | 'wide' | 'none';
};

export type GridSort = { column: string; direction: 'asc' | 'desc' };

/** Which columns, in which order, how wide. Store it with the saved view. */
export type GridLayout = { order: string[]; hidden: string[]; widths: Record<string, number> };

export type GridGroup = {
  key: string;
  label: string;
  detail?: ReactNode;
  /** How many rows the group has, where not all are loaded yet. */
  count?: number;
};

export type DataGridProps<Row> = {
  label: string;
  columns: readonly GridColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Name of the row for its checkbox; default: text of the first column. */
  rowLabel?: (row: Row) => string;
  /** The first column becomes a real link to it. */
  rowHref?: (row: Row) => string;
  /** Enter or click on a row. Without it `rowHref` opens. */
  onOpen?: (row: Row) => void;
  sort?: GridSort | null;
  /** With it the page (the server) sorts; without it the grid sorts what it has. */
  onSortChange?: (sort: GridSort | null) => void;
  selection?: ReadonlySet<string>;
  /** With it rows can be selected. */
  onSelectionChange?: (selection: Set<string>) => void;
  /** Buttons of the bar that appears with a selection. */
  bulkActions?: (ids: string[], clear: () => void) => ReactNode;
  /** Groups stand in the order of their first rows. */
  groupBy?: (row: Row) => GridGroup;
  layout?: GridLayout;
  onLayoutChange?: (layout: GridLayout) => void;
  hideColumnChooser?: boolean;
  /** Left of the column chooser. */
  toolbar?: ReactNode;
  isLoading?: boolean;
  error?: ReactNode;
  onRetry?: () => void;
  empty?: ReactNode;
  hasMore?: boolean;
  isLoadingMore?: boolean;
  onLoadMore?: () => void;
  /** Last row, e.g. sums: what stands under this column. */
  totals?: (columnId: string) => ReactNode;
  /** `fill` takes the parent's height, a number is px, `auto` grows up to 70 % of the window. */
  height?: 'fill' | 'auto' | number;
  density?: Density;
  /** Leaves out the frame, for a grid inside a card. */
  isPlain?: boolean;
};

export const defaultWidth = 140;

/** The columns to show, in order: the first one stays first, unknown ids are ignored, new columns stand at their place. */
export function visibleColumns<Row>(
  columns: readonly GridColumn<Row>[],
  layout: GridLayout | undefined,
): GridColumn<Row>[] {
  const [first, ...rest] = columns;
  if (!first) return [];
  const hidden = layout
    ? new Set(layout.hidden)
    : new Set(rest.filter((column) => column.isHidden).map((column) => column.id));
  return [first, ...orderColumns(rest, layout?.order ?? [])].filter(
    (column) => column === first || column.canHide === false || !hidden.has(column.id),
  );
}

/** Columns by the stored order; those the order does not know keep their place behind their former neighbour. */
export function orderColumns<C extends { id: string }>(columns: readonly C[], order: readonly string[]): C[] {
  const known = order.flatMap((id) => columns.filter((column) => column.id === id));
  columns.forEach((column, index) => {
    if (order.includes(column.id)) return;
    const before = columns[index - 1];
    const at = before ? known.indexOf(before) + 1 : 0;
    known.splice(at, 0, column);
  });
  return known;
}

/** What a click on a column head does: up, down, off. */
export function nextSort(current: GridSort | null | undefined, column: string): GridSort | null {
  if (current?.column !== column) return { column, direction: 'asc' };
  return current.direction === 'asc' ? { column, direction: 'desc' } : null;
}

/** Compares for sorting: empty values come last in both directions, text by locale with numbers in order. */
export function compareValues(
  a: string | number | null,
  b: string | number | null,
  direction: 'asc' | 'desc',
  collator: Intl.Collator,
): number {
  const aEmpty = a === null || a === '';
  const bEmpty = b === null || b === '';
  if (aEmpty || bEmpty) return Number(aEmpty) - Number(bEmpty);
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
  return direction === 'asc' ? order : -order;
}

type GroupItem = { kind: 'group'; key: string; group: GridGroup; count: number; isOpen: boolean };

export type GridItem<Row> = GroupItem | { kind: 'row'; key: string; row: Row };

/** Rows and group heads as one flat list; closed groups keep only their head. */
export function flattenRows<Row>(
  rows: readonly Row[],
  rowId: (row: Row) => string,
  groupBy: ((row: Row) => GridGroup) | undefined,
  closed: ReadonlySet<string>,
): GridItem<Row>[] {
  if (!groupBy) return rows.map((row) => ({ kind: 'row', key: rowId(row), row }));
  const groups = new Map<string, [GroupItem, ...GridItem<Row>[]]>();
  for (const row of rows) {
    const group = groupBy(row);
    const known = groups.get(group.key);
    const items = known ?? [
      { kind: 'group', key: `group:${group.key}`, group, count: 0, isOpen: !closed.has(group.key) },
    ];
    if (!known) groups.set(group.key, items);
    const [head] = items;
    head.count = group.count ?? head.count + 1;
    if (head.isOpen) items.push({ kind: 'row', key: rowId(row), row });
  }
  return [...groups.values()].flat();
}

/** What the column chooser and its list take. */
export type ColumnChooserProps<Row> = {
  columns: readonly GridColumn<Row>[];
  layout: GridLayout;
  onChange: (layout: GridLayout) => void;
};
