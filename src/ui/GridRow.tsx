// One row of the grid, one head of a group, and the box to tick.
/* biome-ignore-all lint/a11y/useSemanticElements: virtual rows and sticky columns need divs; their roles and the grid's one tab stop say what they are. */
/* biome-ignore-all lint/a11y/useFocusableInteractive: virtual rows and sticky columns need divs; their roles and the grid's one tab stop say what they are. */
/* biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of all its cells. */
import { Check, ChevronRight, Minus } from 'lucide-react';
import { type MouseEvent, memo } from 'react';
import { checkBoxFill, checkBoxLook } from './Checkbox.tsx';
import { cx } from './cx.ts';
import { rowName, type SizedColumn } from './gridParts.ts';
import type { GridColumn, GridItem } from './gridTypes.ts';
import { followClick } from './uiContext.ts';

export type GridPlace = { index: number; top: number; height: number; activeColumn: number | null };

/** A native box: cheap enough for thousands of rows. */
export function GridBox({
  label,
  isSelected,
  isIndeterminate = false,
  onToggle,
}: {
  label: string;
  isSelected: boolean;
  isIndeterminate?: boolean;
  onToggle: (isRange: boolean) => void;
}) {
  return (
    <span className="relative grid size-6 place-items-center">
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={label}
        checked={isSelected}
        ref={(element) => {
          if (element) element.indeterminate = isIndeterminate;
        }}
        onChange={(event) => onToggle((event.nativeEvent as globalThis.MouseEvent).shiftKey)}
        className="absolute inset-0 size-6 cursor-default opacity-0"
      />
      <span aria-hidden="true" className={cx(checkBoxLook, checkBoxFill(isSelected || isIndeterminate))}>
        {isIndeterminate ? (
          <Minus className="size-3.5" strokeWidth={3} />
        ) : isSelected ? (
          <Check className="size-3.5" strokeWidth={3} />
        ) : null}
      </span>
    </span>
  );
}

type GridRowProps<Row> = {
  row: Row;
  id: string;
  place: GridPlace;
  template: string;
  sized: SizedColumn<Row>[];
  columns: readonly GridColumn<Row>[];
  rowId: (row: Row) => string;
  rowLabel?: (row: Row) => string;
  href?: string;
  isOpenable: boolean;
  isSelected: boolean;
  onSelect?: (isRange: boolean) => void;
  onClick: (event: MouseEvent, index: number) => void;
  open: (href: string) => void;
};

function GridRowInner<Row extends object>(props: GridRowProps<Row>) {
  const { row, place, sized, href, isSelected, onSelect } = props;
  const offset = onSelect ? 1 : 0;
  const background = isSelected ? 'bg-accent-soft' : 'bg-surface group-hover:bg-hover';
  const tab = (column: number) => ({
    'data-at': `${place.index}:${column}`,
    tabIndex: place.activeColumn === column ? 0 : -1,
  });
  return (
    <div
      role="row"
      aria-rowindex={place.index + 2}
      aria-selected={onSelect ? isSelected : undefined}
      onClick={(event) => props.onClick(event, place.index)}
      className="group absolute inset-x-0 grid border-b border-line"
      style={{ gridTemplateColumns: props.template, height: place.height, transform: `translateY(${place.top}px)` }}
    >
      {onSelect && (
        <div
          role="gridcell"
          {...tab(0)}
          onClick={(event) => {
            event.stopPropagation();
            if (!(event.target instanceof HTMLInputElement)) onSelect(event.shiftKey);
          }}
          className={cx('sticky left-0 z-10 flex items-center justify-center outline-offset-[-2px]', background)}
        >
          <GridBox label={`Select ${rowName(row, props)}`} isSelected={isSelected} onToggle={onSelect} />
        </div>
      )}
      {sized.map(({ column }, index) => {
        const at = index + offset;
        const content = column.cell(row);
        return (
          <div
            key={column.id}
            role="gridcell"
            aria-colindex={at + 1}
            {...tab(at)}
            className={cx(
              'flex min-w-0 items-center px-3 text-base outline-offset-[-2px]',
              column.align === 'end' && 'tabular justify-end text-right',
              column.align === 'center' && 'justify-center',
              index === 0 && cx('sticky z-10', onSelect ? 'left-10' : 'left-0'),
              background,
            )}
          >
            {index === 0 && href ? (
              <a
                href={href}
                tabIndex={-1}
                onClick={(event) => followClick(event, href, props.open)}
                className={cx(
                  'min-w-0 truncate font-medium text-ink no-underline group-hover:underline',
                  typeof content !== 'string' && 'flex items-center gap-2',
                )}
              >
                {content}
              </a>
            ) : (
              <span className={cx('min-w-0 truncate', typeof content !== 'string' && 'flex items-center gap-2')}>
                {content}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}

function samePlace(a: GridPlace, b: GridPlace): boolean {
  return a.index === b.index && a.top === b.top && a.height === b.height && a.activeColumn === b.activeColumn;
}

/** Rows redraw only when something of their own changes; handlers are read anew on each grid render, so they may differ. */
export const GridRow = memo(
  GridRowInner,
  (a, b) =>
    a.row === b.row &&
    a.id === b.id &&
    a.template === b.template &&
    a.columns === b.columns &&
    a.href === b.href &&
    a.isSelected === b.isSelected &&
    a.isOpenable === b.isOpenable &&
    (a.onSelect === undefined) === (b.onSelect === undefined) &&
    samePlace(a.place, b.place),
) as typeof GridRowInner;

export function GridGroupRow<Row>({
  item,
  place,
  columnCount,
  onToggle,
}: {
  item: Extract<GridItem<Row>, { kind: 'group' }>;
  place: GridPlace;
  columnCount: number;
  onToggle: (key: string) => void;
}) {
  return (
    <div
      role="row"
      aria-rowindex={place.index + 2}
      className="absolute inset-x-0 border-b border-line bg-sunken"
      style={{ height: place.height, transform: `translateY(${place.top}px)` }}
    >
      <div
        role="gridcell"
        aria-expanded={item.isOpen}
        aria-colspan={columnCount}
        data-at={`${place.index}:${place.activeColumn ?? 0}`}
        tabIndex={place.activeColumn === null ? -1 : 0}
        onClick={() => onToggle(item.group.key)}
        className="sticky left-0 flex h-full w-fit max-w-full items-center gap-2 px-3 text-sm font-medium text-ink outline-offset-[-2px]"
      >
        <ChevronRight
          aria-hidden="true"
          className={cx('size-4 shrink-0 text-muted transition-transform', item.isOpen && 'rotate-90')}
        />
        <span className="truncate">{item.group.label}</span>
        <span className="tabular font-normal text-muted">{item.count}</span>
        {item.group.detail && <span className="font-normal text-muted">{item.group.detail}</span>}
      </div>
    </div>
  );
}
