// The list of everything: 100,000 virtual rows, sorting, columns, selection, groups, keyboard; cards on a phone. Import by path.
import {
  type ColumnDef,
  columnOrderingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { Button } from './Button.tsx';
import { ColumnChooser } from './ColumnChooser.tsx';
import { cx } from './cx.ts';
import { EmptyState } from './EmptyState.tsx';
import { ErrorState } from './ErrorState.tsx';
import { GridTable } from './GridTable.tsx';
import {
  compareValues,
  type DataGridProps,
  defaultWidth,
  flattenRows,
  type GridColumn,
  type GridLayout,
  type GridSort,
  nextSort,
  visibleColumns,
} from './gridTypes.ts';
import { SkeletonRows } from './Skeleton.tsx';
import { useFormatSettings } from './uiContext.ts';
import { useWidth } from './useMedia.ts';

// Wide screens never show cards.
const GridCards = lazy(async () => ({
  default: (await import('./GridCards.tsx')).GridCards,
})) as unknown as typeof import('./GridCards.tsx')['GridCards'];

export type { DataGridProps, GridColumn, GridGroup, GridLayout, GridSort } from './gridTypes.ts';

const features = tableFeatures({
  columnVisibilityFeature,
  columnOrderingFeature,
  columnSizingFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});

const cardsBelow = 600;
const noSelection: ReadonlySet<string> = new Set();

function tableColumns<Row extends object>(columns: readonly GridColumn<Row>[], locale: string, sort: GridSort | null) {
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  return columns.map((column): ColumnDef<typeof features, Row> => {
    const sortable = column.sortValue ?? column.text;
    return {
      id: column.id,
      accessorFn: (row: Row) => (sortable ? sortable(row) : null),
      enableSorting: Boolean(sortable),
      size: column.width ?? defaultWidth,
      // The table turns the order round for "desc"; empty values must stay last, so the turn is undone here first.
      sortFn: (a, b) => {
        const direction = sort?.direction ?? 'asc';
        const order = compareValues(
          sortable?.(a.original) ?? null,
          sortable?.(b.original) ?? null,
          direction,
          collator,
        );
        return direction === 'desc' ? -order : order;
      },
    };
  });
}

export function DataGrid<Row extends object>(props: DataGridProps<Row>) {
  const {
    columns,
    rows,
    rowId,
    onSortChange,
    height = 'auto',
    selection = noSelection,
    onSelectionChange,
    onLayoutChange,
  } = props;
  const { locale } = useFormatSettings();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [ownSort, setOwnSort] = useState<GridSort | null>(props.sort ?? null);
  const [ownLayout, setOwnLayout] = useState<GridLayout | undefined>(props.layout);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());

  const isServerSorted = onSortChange !== undefined;
  const sort = isServerSorted ? (props.sort ?? null) : ownSort;
  const layout = props.layout ?? ownLayout;
  const changeSort = useCallback(
    (column: string) => {
      const next = nextSort(sort, column);
      if (onSortChange) onSortChange(next);
      else setOwnSort(next);
    },
    [sort, onSortChange],
  );
  const changeLayout = (next: GridLayout) => {
    setOwnLayout(next);
    onLayoutChange?.(next);
  };

  const shown = useMemo(() => visibleColumns(columns, layout), [columns, layout]);
  const definitions = useMemo(() => tableColumns(columns, locale, sort), [columns, locale, sort]);
  const data = useMemo(() => [...rows], [rows]);
  const sorting = useMemo(
    () => (sort && !isServerSorted ? [{ id: sort.column, desc: sort.direction === 'desc' }] : []),
    [sort, isServerSorted],
  );
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: rowId,
    manualSorting: isServerSorted,
    state: {
      sorting,
      columnOrder: shown.map((column) => column.id),
      columnVisibility: Object.fromEntries(columns.map((column) => [column.id, shown.includes(column)])),
      columnSizing: layout?.widths ?? {},
    },
  });
  const model = table.getRowModel();
  const items = useMemo(
    () =>
      flattenRows(
        model.rows.map((row) => row.original),
        rowId,
        props.groupBy,
        closed,
      ),
    [model, rowId, props.groupBy, closed],
  );
  const sized = table.getVisibleLeafColumns().flatMap((leaf) => {
    const column = shown.find((candidate) => candidate.id === leaf.id);
    return column ? [{ column, isFixed: layout?.widths[column.id] !== undefined, width: leaf.getSize() }] : [];
  });

  const toggleGroup = useCallback((key: string) => {
    setClosed((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);

  const isEmpty = rows.length === 0;
  const hasToolbar = props.toolbar !== undefined || !props.hideColumnChooser;
  const isCards = width > 0 && width < cardsBelow;
  const bodyStyle = typeof height === 'number' ? { height } : undefined;
  const bodyClass = cx(
    'relative flex min-h-0 flex-col overflow-hidden bg-surface',
    height === 'fill' && 'flex-1',
    !props.isPlain && 'rounded-ui border border-line shadow-card',
  );

  const content = () => {
    if (props.error && isEmpty) return <ErrorState text={props.error} onRetry={props.onRetry} />;
    if (props.isLoading && isEmpty)
      return <SkeletonRows columns={Math.min(5, shown.length)} label={`${props.label}: loading`} />;
    if (isEmpty) return props.empty ?? <EmptyState title="Nothing here yet" />;
    const shared = { ...props, items, sized, sort, selection, onSort: changeSort, onToggleGroup: toggleGroup };
    return isCards ? (
      <Suspense fallback={<SkeletonRows columns={1} label={`${props.label}: loading`} />}>
        <GridCards {...shared} />
      </Suspense>
    ) : (
      <GridTable
        {...shared}
        onWidth={(id, px) => changeLayout({ ...layoutOf(columns, layout), widths: { ...layout?.widths, [id]: px } })}
      />
    );
  };

  return (
    <div
      ref={frame}
      data-density={props.density}
      className={cx('flex min-w-0 flex-col gap-3', height === 'fill' && 'h-full min-h-0', isCards && 'print:block')}
    >
      {hasToolbar && (
        <div className={cx('flex min-w-0 flex-wrap items-center gap-2', props.isPlain && 'px-3 pt-3')}>
          <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">{props.toolbar}</div>
          {!props.hideColumnChooser && !isCards && (
            <ColumnChooser columns={columns} layout={layoutOf(columns, layout)} onChange={changeLayout} />
          )}
        </div>
      )}
      <div style={bodyStyle} className={bodyClass}>
        {width > 0 && content()}
        {selection.size > 0 && onSelectionChange && (
          <BulkBar
            isRaised={props.totals !== undefined && !isCards}
            count={selection.size}
            onClear={() => onSelectionChange(new Set())}
          >
            {props.bulkActions?.([...selection], () => onSelectionChange(new Set()))}
          </BulkBar>
        )}
      </div>
    </div>
  );
}

function layoutOf<Row>(columns: readonly GridColumn<Row>[], layout: GridLayout | undefined): GridLayout {
  return (
    layout ?? {
      order: columns.slice(1).map((column) => column.id),
      hidden: columns.filter((column) => column.isHidden).map((column) => column.id),
      widths: {},
    }
  );
}

function BulkBar({
  isRaised,
  count,
  onClear,
  children,
}: {
  isRaised: boolean;
  count: number;
  onClear: () => void;
  children: ReactNode;
}) {
  return (
    <div
      className={cx(
        'pointer-events-none absolute inset-x-0 z-30 flex justify-center p-3',
        isRaised ? 'bottom-row' : 'bottom-0',
      )}
    >
      <section
        aria-label="Selected rows"
        className="pointer-events-auto flex max-w-full animate-rise flex-wrap items-center gap-2 rounded-ui border border-line bg-raised py-1.5 pr-1.5 pl-3.5 shadow-float"
      >
        <span aria-live="polite" className="tabular pr-1 text-base font-medium whitespace-nowrap">
          {count} selected
        </span>
        {children}
        <Button size="sm" variant="quiet" onPress={onClear}>
          Clear
        </Button>
      </section>
    </div>
  );
}
