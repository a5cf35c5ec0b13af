// The head row of the grid: sorting, select all, dragging a column wider.
/* biome-ignore-all lint/a11y/useSemanticElements: virtual rows and sticky columns need divs; their roles and the grid's one tab stop say what they are. */
/* biome-ignore-all lint/a11y/useFocusableInteractive: virtual rows and sticky columns need divs; their roles and the grid's one tab stop say what they are. */
/* biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of all its cells. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type PointerEvent, useMemo } from 'react';
import { cx } from './cx.ts';
import { GridBox } from './GridRow.tsx';
import type { GridFaceProps } from './gridParts.ts';

type GridHeadProps<Row> = GridFaceProps<Row> & {
  template: string;
  rowHeight: number;
  /** Column which has the tab stop, when the head has it. */
  active: number | null;
  onFocusColumn: (column: number) => void;
  onWidth: (columnId: string, px: number) => void;
};

export function GridHead<Row extends object>({
  sized,
  items,
  selection,
  onSelectionChange,
  sort,
  onSort,
  onSortChange,
  template,
  rowHeight,
  active,
  onFocusColumn,
  onWidth,
}: GridHeadProps<Row>) {
  const hasSelection = onSelectionChange !== undefined;
  const offset = hasSelection ? 1 : 0;
  // Scrolling draws the head anew; counting 100,000 rows each time would be felt.
  const keys = useMemo(() => items.flatMap((item) => (item.kind === 'row' ? [item.key] : [])), [items]);
  const chosen = useMemo(
    () => (selection.size > 0 ? keys.filter((key) => selection.has(key)).length : 0),
    [keys, selection],
  );
  const cell =
    'relative flex min-w-0 items-center bg-surface px-3 text-sm font-medium text-muted outline-offset-[-2px]';
  return (
    <div role="rowgroup" className="sticky top-0 z-20">
      <div
        role="row"
        aria-rowindex={1}
        className="grid border-b border-line bg-surface"
        style={{ gridTemplateColumns: template, height: rowHeight }}
      >
        {hasSelection && (
          <div
            role="columnheader"
            data-at="-1:0"
            tabIndex={active === 0 ? 0 : -1}
            onFocus={() => onFocusColumn(0)}
            onClick={() => onSelectionChange(new Set(chosen === keys.length ? [] : keys))}
            className={cx(cell, 'sticky left-0 z-10 justify-center px-0')}
          >
            <GridBox
              label="Select all rows shown"
              isSelected={keys.length > 0 && chosen === keys.length}
              isIndeterminate={chosen > 0 && chosen < keys.length}
              onToggle={() => {}}
            />
          </div>
        )}
        {sized.map(({ column, width }, index) => {
          const isSortable = column.isSortable ?? (onSortChange ? false : Boolean(column.sortValue ?? column.text));
          const direction = sort?.column === column.id ? sort.direction : null;
          const at = index + offset;
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-colindex={at + 1}
              aria-sort={
                isSortable
                  ? direction === 'asc'
                    ? 'ascending'
                    : direction === 'desc'
                      ? 'descending'
                      : 'none'
                  : undefined
              }
              data-at={`-1:${at}`}
              data-sticky-last={index === 0 || undefined}
              tabIndex={active === at ? 0 : -1}
              title={column.hint}
              onFocus={() => onFocusColumn(at)}
              onClick={isSortable ? () => onSort(column.id) : undefined}
              className={cx(
                cell,
                'group/head select-none',
                column.align === 'end' && 'justify-end text-right',
                column.align === 'center' && 'justify-center',
                isSortable && 'hover:text-ink',
                direction && 'text-ink',
                index === 0 && cx('sticky z-10', hasSelection ? 'left-10' : 'left-0'),
              )}
            >
              <span className={cx('flex min-w-0 items-center gap-1', column.align === 'end' && 'flex-row-reverse')}>
                <span className="truncate">{column.header}</span>
                {isSortable &&
                  (direction === 'desc' ? (
                    <ArrowDown aria-hidden="true" className="size-3.5 shrink-0" />
                  ) : (
                    <ArrowUp
                      aria-hidden="true"
                      className={cx('size-3.5 shrink-0', !direction && 'opacity-0 group-hover/head:opacity-60')}
                    />
                  ))}
              </span>
              {index < sized.length - 1 && (
                <Resizer onWidth={(px) => onWidth(column.id, px)} least={column.minWidth ?? 72} fallback={width} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The right edge of a head: drag to make the column wider. By keyboard: Alt and the arrows on the head. */
function Resizer({ onWidth, least, fallback }: { onWidth: (px: number) => void; least: number; fallback: number }) {
  const start = (event: PointerEvent<HTMLSpanElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const handle = event.currentTarget;
    const from = event.clientX;
    const width = handle.parentElement?.getBoundingClientRect().width ?? fallback;
    const move = (next: globalThis.PointerEvent) => onWidth(Math.round(Math.max(least, width + next.clientX - from)));
    const stop = () => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', stop);
      handle.removeEventListener('pointercancel', stop);
    };
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', stop);
    handle.addEventListener('pointercancel', stop);
  };
  return (
    <span
      aria-hidden="true"
      onPointerDown={start}
      onClick={(event) => event.stopPropagation()}
      className="absolute inset-y-0 -right-1 z-10 w-2 cursor-col-resize touch-none after:absolute after:inset-y-2 after:left-[3px] after:w-px after:bg-line hover:after:bg-accent"
    />
  );
}
