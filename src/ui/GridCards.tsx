// The card face of DataGrid on narrow screens: the same rows, one card each.
/* biome-ignore-all lint/a11y/useSemanticElements: the region is the scrolling box around the list. */
/* biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight } from 'lucide-react';
import { useCallback, useEffect, useRef } from 'react';
import { cx } from './cx.ts';
import { GridBox } from './GridRow.tsx';
import { type GridFaceProps, rowName, toggled } from './gridParts.ts';
import type { GridColumn } from './gridTypes.ts';
import { followClick, useOpenHref } from './uiContext.ts';

function cardPlace<Row>(column: GridColumn<Row>, index: number): NonNullable<GridColumn<Row>['card']> {
  return column.card ?? (index === 0 ? 'title' : 'line');
}

export function GridCards<Row extends object>(props: GridFaceProps<Row>) {
  const { items, sized, selection, onSelectionChange, hasMore = false, isLoadingMore = false, onLoadMore } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const open = useOpenHref();
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === 'group' ? 36 : 116),
    // Stable, else every scroll measures all rows again.
    getItemKey: useCallback((index: number) => items[index]?.key ?? index, [items]),
    overscan: 4,
  });
  const inView = virtual.getVirtualItems();
  const lastShown = inView.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoadingMore && lastShown >= items.length - 6) onLoadMore?.();
  }, [hasMore, isLoadingMore, lastShown, items.length, onLoadMore]);

  const at = (...places: NonNullable<GridColumn<Row>['card']>[]) =>
    sized.filter(({ column }, index) => places.includes(cardPlace(column, index))).map(({ column }) => column);
  const titles = at('title');
  const sides = at('side');
  const lines = at('line', 'wide');
  const isAuto = (props.height ?? 'auto') === 'auto';

  const card = (row: Row, index: number) => {
    const href = props.rowHref?.(row);
    const key = props.rowId(row);
    const title = titles.map((column) => (
      <span key={column.id} className="flex min-w-0 items-center gap-2">
        {column.cell(row)}
      </span>
    ));
    const titleLook = 'flex min-w-0 flex-wrap items-center gap-2 text-base font-medium text-ink';
    return (
      <>
        <div className="flex items-start gap-2.5">
          {onSelectionChange && (
            <GridBox
              label={`Select ${rowName(row, props)}`}
              isSelected={selection.has(key)}
              onToggle={() => onSelectionChange(toggled(selection, items, index, null))}
            />
          )}
          <div className="min-w-0 flex-1">
            {href ? (
              <a
                href={href}
                onClick={(event) => {
                  if (props.onOpen && !event.metaKey && !event.ctrlKey) {
                    event.preventDefault();
                    props.onOpen(row);
                  } else followClick(event, href, open);
                }}
                className={cx(titleLook, 'rounded-inner no-underline')}
              >
                {title}
              </a>
            ) : props.onOpen ? (
              <button type="button" onClick={() => props.onOpen?.(row)} className={cx(titleLook, 'text-left')}>
                {title}
              </button>
            ) : (
              <div className={titleLook}>{title}</div>
            )}
          </div>
          {sides.length > 0 && (
            <div className="flex flex-col items-end gap-1 text-base">
              {sides.map((column) => (
                <span key={column.id}>{column.cell(row)}</span>
              ))}
            </div>
          )}
        </div>
        {lines.length > 0 && (
          <dl className="mt-2 grid grid-cols-2 gap-x-4 gap-y-2">
            {lines.map((column) => (
              <div key={column.id} className={cx('min-w-0', column.card === 'wide' && 'col-span-2')}>
                <dt className="truncate text-xs text-faint">{column.header}</dt>
                <dd className="flex min-w-0 flex-wrap items-center gap-1 text-sm wrap-anywhere text-ink">
                  {column.cell(row)}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </>
    );
  };

  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={props.label}
      className={cx(
        'scroll-quiet min-h-0 overflow-y-auto outline-offset-[-2px] print:max-h-none',
        isAuto ? 'max-h-[75dvh]' : 'flex-1',
        selection.size > 0 && 'pb-16',
      )}
    >
      <ul className="relative" style={{ height: virtual.getTotalSize() }}>
        {inView.map((view) => {
          const item = items[view.index];
          if (!item) return null;
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={view.index}
              aria-setsize={hasMore ? -1 : items.length}
              aria-posinset={view.index + 1}
              className="absolute inset-x-0 top-0 border-b border-line"
              style={{ transform: `translateY(${view.start}px)` }}
            >
              {item.kind === 'group' ? (
                <button
                  type="button"
                  aria-expanded={item.isOpen}
                  onClick={() => props.onToggleGroup(item.group.key)}
                  className="flex min-h-9 w-full items-center gap-2 bg-sunken px-3 text-sm font-medium outline-offset-[-2px]"
                >
                  <ChevronRight aria-hidden="true" className={cx('size-4 text-muted', item.isOpen && 'rotate-90')} />
                  {item.group.label}
                  <span className="tabular font-normal text-muted">{item.count}</span>
                </button>
              ) : (
                <div className={cx('px-4 py-3', selection.has(item.key) && 'bg-accent-soft')}>
                  {card(item.row, view.index)}
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {isLoadingMore && (
        <div role="status" className="py-3 text-center text-sm text-muted">
          Loading more…
        </div>
      )}
    </div>
  );
}
