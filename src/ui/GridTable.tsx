// The table face of DataGrid: an ARIA grid with virtual rows, sticky head and first column, and one tab stop.
/* biome-ignore-all lint/a11y/useSemanticElements: virtual rows and sticky columns need divs; their roles and the grid's one tab stop say what they are. */
/* biome-ignore-all lint/a11y/useFocusableInteractive: virtual rows and sticky columns need divs; their roles and the grid's one tab stop say what they are. */
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { cx } from './cx.ts';
import { GridHead } from './GridHead.tsx';
import { GridGroupRow, GridRow } from './GridRow.tsx';
import { type GridFaceProps, gridTemplate, toggled } from './gridParts.ts';
import { useDensity } from './theme.ts';
import { useOpenHref } from './uiContext.ts';
import { useMedia } from './useMedia.ts';

export type GridTableProps<Row> = GridFaceProps<Row> & { onWidth: (columnId: string, px: number) => void };

/** Row −1 is the head. */
type Active = { row: number; column: number };

export function GridTable<Row extends object>(props: GridTableProps<Row>) {
  const {
    items,
    sized,
    selection,
    onSelectionChange,
    onLoadMore,
    hasMore = false,
    isLoadingMore = false,
    rowHref,
    onOpen,
  } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const open = useOpenHref();
  const isCoarse = useMedia('(pointer: coarse)');
  const globalDensity = useDensity();
  const rowHeight = isCoarse ? 44 : (props.density ?? globalDensity) === 'compact' ? 32 : 40;
  const hasSelection = onSelectionChange !== undefined;
  const { template, minWidth } = useMemo(() => gridTemplate(sized, hasSelection), [sized, hasSelection]);
  const columnCount = sized.length + (hasSelection ? 1 : 0);
  const [active, setActive] = useState<Active>({ row: -1, column: hasSelection ? 1 : 0 });
  const wantsFocus = useRef(false);
  const anchor = useRef<number | null>(null);

  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    // Stable, else every scroll measures all rows again.
    getItemKey: useCallback((index: number) => items[index]?.key ?? index, [items]),
    overscan: 8,
    // The row with the focus stays in the page even when it is scrolled away.
    rangeExtractor: useCallback(
      (range: Range) => {
        const indexes = defaultRangeExtractor(range);
        if (active.row < 0 || active.row >= range.count || indexes.includes(active.row)) return indexes;
        return [...indexes, active.row].sort((a, b) => a - b);
      },
      [active.row],
    ),
  });
  const rowsInView = virtual.getVirtualItems();
  const lastShown = rowsInView.at(-1)?.index ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed height must be measured anew.
  useLayoutEffect(() => virtual.measure(), [rowHeight]);

  useEffect(() => {
    if (hasMore && !isLoadingMore && lastShown >= items.length - 12) onLoadMore?.();
  }, [hasMore, isLoadingMore, lastShown, items.length, onLoadMore]);

  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    scroller.current
      ?.querySelector<HTMLElement>(`[data-at="${active.row}:${active.column}"]`)
      ?.focus({ preventScroll: active.row >= 0 });
  });

  const moveTo = (row: number, column: number) => {
    const next = {
      row: Math.max(-1, Math.min(items.length - 1, row)),
      column: Math.max(0, Math.min(columnCount - 1, column)),
    };
    wantsFocus.current = true;
    setActive(next);
    if (next.row >= 0) virtual.scrollToIndex(next.row, { align: 'auto' });
    revealColumn(scroller.current, next.row, next.column);
  };

  const select = (at: number, from: number | null) => {
    if (!onSelectionChange) return;
    onSelectionChange(toggled(selection, items, at, from));
    anchor.current = at;
  };

  const openRow = (at: number) => {
    const item = items[at];
    if (item?.kind === 'group') props.onToggleGroup(item.group.key);
    else if (item && onOpen) onOpen(item.row);
    else if (item && rowHref) open(rowHref(item.row));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const place = (event.target as HTMLElement).dataset.at;
    if (place === undefined) {
      // Something inside a cell has the focus: Escape gives it back to the cell.
      if (event.key === 'Escape') (event.target as HTMLElement).closest<HTMLElement>('[data-at]')?.focus();
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 2);
    const { row, column } = active;
    const mod = event.ctrlKey || event.metaKey;
    if (row === -1 && event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault();
      widen(event.target as HTMLElement, column - (hasSelection ? 1 : 0), event.key === 'ArrowRight' ? 16 : -16);
      return;
    }
    const keys: Record<string, () => void> = {
      ArrowDown: () => {
        if (event.shiftKey && row >= 0 && onSelectionChange) {
          const next = items[row + 1];
          if (next?.kind === 'row') onSelectionChange(new Set([...selection, ...rowKeys(items, row, row + 1)]));
        }
        moveTo(mod ? items.length - 1 : row + 1, column);
      },
      ArrowUp: () => {
        if (event.shiftKey && row > 0 && onSelectionChange)
          onSelectionChange(new Set([...selection, ...rowKeys(items, row - 1, row)]));
        moveTo(mod ? -1 : row - 1, column);
      },
      ArrowRight: () => moveTo(row, mod ? columnCount - 1 : column + 1),
      ArrowLeft: () => moveTo(row, mod ? 0 : column - 1),
      Home: () => moveTo(mod ? -1 : row, 0),
      End: () => moveTo(mod ? items.length - 1 : row, columnCount - 1),
      PageDown: () => moveTo(row + page, column),
      PageUp: () => moveTo(Math.max(0, row - page), column),
      Enter: () => enterCell(event),
      F2: () => focusInside(event.target as HTMLElement),
      ' ': () => {
        if (row < 0) enterCell(event);
        else if (hasSelection) select(row, event.shiftKey ? anchor.current : null);
        else openRow(row);
      },
      Escape: () => {
        if (selection.size > 0) onSelectionChange?.(new Set());
      },
    };
    if (mod && event.key.toLowerCase() === 'a' && onSelectionChange) {
      event.preventDefault();
      onSelectionChange(new Set(rowKeys(items, 0, items.length - 1)));
      return;
    }
    const run = keys[event.key];
    if (!run || (event.key === 'Escape' && selection.size === 0)) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };

  const widen = (head: HTMLElement, index: number, px: number) => {
    const column = sized[index]?.column;
    if (column)
      props.onWidth(column.id, Math.max(column.minWidth ?? 72, Math.round(head.getBoundingClientRect().width + px)));
  };

  /** Enter: sorts on a head, presses what the cell holds, else opens the row. */
  const enterCell = (event: KeyboardEvent) => {
    const cell = event.target as HTMLElement;
    if (active.row < 0) {
      cell.click();
      return;
    }
    const inner = cell.querySelector<HTMLElement>('button, input, select, textarea, [role="button"]');
    if (inner) inner.focus();
    else openRow(active.row);
  };

  const onRowClick = (event: MouseEvent, at: number) => {
    const target = event.target as HTMLElement;
    const place = target.closest<HTMLElement>('[data-at]')?.dataset.at;
    if (place) setActive({ row: at, column: Number(place.split(':')[1]) });
    if (event.defaultPrevented || target.closest('a, button, input, select, textarea, label, [role="button"]')) return;
    if (window.getSelection()?.isCollapsed === false) return;
    openRow(at);
  };

  const isAuto = (props.height ?? 'auto') === 'auto';
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={hasMore ? -1 : items.length + 1}
      aria-colcount={columnCount}
      aria-multiselectable={hasSelection || undefined}
      aria-busy={isLoadingMore || undefined}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className={cx(
        'scroll-quiet relative min-h-0 overflow-auto overscroll-contain outline-none print:max-h-none print:overflow-visible',
        isAuto ? 'max-h-[70vh]' : 'flex-1',
      )}
    >
      <div role="presentation" style={{ minWidth }} className="flex min-h-full flex-col">
        <GridHead
          {...props}
          template={template}
          active={active.row === -1 ? active.column : null}
          rowHeight={rowHeight}
          onFocusColumn={(column) => setActive({ row: -1, column })}
        />
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {rowsInView.map((view) => {
            const item = items[view.index];
            if (!item) return null;
            const place = {
              index: view.index,
              top: view.start,
              height: rowHeight,
              activeColumn: active.row === view.index ? active.column : null,
            };
            if (item.kind === 'group') {
              return (
                <GridGroupRow
                  key={item.key}
                  item={item}
                  place={place}
                  columnCount={columnCount}
                  onToggle={props.onToggleGroup}
                />
              );
            }
            return (
              <GridRow
                key={item.key}
                row={item.row}
                id={item.key}
                place={place}
                template={template}
                sized={sized}
                columns={props.columns}
                rowId={props.rowId}
                rowLabel={props.rowLabel}
                href={rowHref?.(item.row)}
                isOpenable={onOpen !== undefined || rowHref !== undefined}
                isSelected={selection.has(item.key)}
                onSelect={hasSelection ? (isRange) => select(view.index, isRange ? anchor.current : null) : undefined}
                onClick={onRowClick}
                open={open}
              />
            );
          })}
        </div>
        {hasMore && (
          <div role="presentation" className="sticky left-0 grid h-row w-full place-items-center text-sm text-muted">
            <span aria-hidden="true">{isLoadingMore ? 'Loading more…' : ''}</span>
          </div>
        )}
        {selection.size > 0 && <div role="presentation" className="h-16 shrink-0" />}
        {props.totals && (
          <div role="rowgroup" className="sticky bottom-0 z-20 mt-auto">
            <div
              role="row"
              className="grid border-t border-line bg-sunken font-medium"
              style={{ gridTemplateColumns: template, height: rowHeight }}
            >
              {hasSelection && <div role="gridcell" className="sticky left-0 z-10 bg-sunken" />}
              {sized.map(({ column }, index) => (
                <div
                  key={column.id}
                  role="gridcell"
                  className={cx(
                    'tabular flex min-w-0 items-center px-3',
                    column.align === 'end' && 'justify-end',
                    index === 0 && cx('sticky z-10 bg-sunken', hasSelection ? 'left-10' : 'left-0'),
                  )}
                >
                  {props.totals?.(column.id)}
                </div>
              ))}
            </div>
          </div>
        )}
      </div>
    </div>
  );
}

function rowKeys<Row>(items: GridFaceProps<Row>['items'], from: number, to: number): string[] {
  return items.slice(from, to + 1).flatMap((item) => (item.kind === 'row' ? [item.key] : []));
}

function focusInside(cell: HTMLElement): void {
  cell.querySelector<HTMLElement>('a, button, input, select, textarea, [role="button"]')?.focus();
}

/** Scrolls sideways so far that the cell is not under the sticky column. */
function revealColumn(scroller: HTMLDivElement | null, row: number, column: number): void {
  requestAnimationFrame(() => {
    const cell = scroller?.querySelector<HTMLElement>(`[data-at="${row}:${column}"]`);
    if (!scroller || !cell || getComputedStyle(cell).position === 'sticky') return;
    const sticky = scroller.querySelector<HTMLElement>('[data-sticky-last]');
    const left = sticky ? sticky.getBoundingClientRect().right : scroller.getBoundingClientRect().left;
    const box = cell.getBoundingClientRect();
    const right = scroller.getBoundingClientRect().right;
    if (box.left < left) scroller.scrollLeft -= left - box.left;
    else if (box.right > right) scroller.scrollLeft += Math.min(box.right - right, box.left - left);
  });
}
