// The grid itself: units down, products across. One cell has the cursor; letters set the status, digits the potential, Enter opens.
import { type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from 'react';
import { cx } from '../../../ui/cx.ts';
import { formatMoney, toMinor } from '../../../ui/format.ts';
import { useFormatSettings } from '../../../ui/index.ts';
import type { Grid, GridCell, Status } from '../api.ts';
import { type At, cellsByPlace, heatOf, keyAt, range, readAmount, sayCell, step } from './gridModel.ts';
import { STATUS_KEYS, STATUS_MARKS } from './words.ts';

export type CellChange = { status?: Status; potential?: { amount: number; currency: string } | null };
type Props = {
  grid: Grid;
  /** Cells as they will be when what was sent is stored. */
  ahead: ReadonlyMap<string, Partial<GridCell>>;
  onOpen: (at: At) => void;
  onChange: (places: At[], change: CellChange) => void;
  selection: At[];
  onSelect: (places: At[]) => void;
};

const MARK_TONES: Record<Status, string> = {
  ours: 'text-good-text',
  competitor: 'text-poor-text',
  in_house: 'text-watch-text',
  unknown: 'text-muted',
  not_eligible: 'text-muted',
};
const HEAT = [0, 7, 14, 21, 28];

export function WhitespaceGrid({ grid, ahead, onOpen, onChange, selection, onSelect }: Props) {
  const { locale } = useFormatSettings();
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<At>({ unit: 0, product: 0 });
  const [anchor, setAnchor] = useState<At | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const size = { units: grid.units.length, products: grid.products.length };
  const cells = useMemo(() => {
    const map = cellsByPlace(grid.cells);
    for (const [key, change] of ahead) {
      const [unit, product] = key.split('.').map(Number) as [number, number];
      const before = map.get(key) ?? emptyCell(unit, product);
      map.set(key, { ...before, ...change });
    }
    return map;
  }, [grid.cells, ahead]);
  const highest = useMemo(() => Math.max(0, ...grid.cells.map((c) => c.priority ?? 0)), [grid.cells]);
  const selected = useMemo(() => new Set(selection.map((p) => keyAt(p.unit, p.product))), [selection]);
  const rowsWithSelection = useMemo(() => new Set(selection.map((p) => p.unit)), [selection]);

  const focusAt = (next: At) =>
    table.current?.querySelector<HTMLElement>(`[data-at="${keyAt(next.unit, next.product)}"]`)?.focus();
  const go = (next: At, isExtending: boolean) => {
    setAt(next);
    if (isExtending) {
      const from = anchor ?? at;
      setAnchor(from);
      onSelect(range(from, next));
    } else {
      setAnchor(null);
      if (selection.length) onSelect([]);
    }
    focusAt(next);
  };
  const places = (): At[] => (selection.length > 1 ? selection : [at]);
  useEffect(() => {
    if (at.unit >= size.units || at.product >= size.products) setAt({ unit: 0, product: 0 });
  }, [at, size.units, size.products]);

  const finish = (save: boolean) => {
    if (typed === null) return;
    const amount = readAmount(typed);
    setTyped(null);
    focusAt(at);
    if (save && (amount !== null || typed.trim() === ''))
      onChange(places(), {
        potential: amount === null ? null : { amount: toMinor(amount, grid.currency), currency: grid.currency },
      });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (typed !== null) {
      if (event.key === 'Enter') {
        finish(true);
        const next = step(at, 'ArrowDown', size);
        if (next) go(next, false);
        event.preventDefault();
      } else if (event.key === 'Escape' || event.key === 'Tab') finish(event.key === 'Tab');
      return;
    }
    const next = step(at, event.key, size, event.ctrlKey || event.metaKey);
    if (next) {
      event.preventDefault();
      go(next, event.shiftKey);
      return;
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      onOpen(at);
    } else if (event.key === 'Escape' && selection.length) {
      onSelect([]);
      setAnchor(null);
    } else if (grid.can.update && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const status = STATUS_KEYS[event.key.toLowerCase()];
      if (status) {
        event.preventDefault();
        event.stopPropagation();
        onChange(places(), { status });
      } else if (/^\d$/.test(event.key)) {
        event.preventDefault();
        setTyped(event.key);
      }
    }
  };

  return (
    <div className="scroll-quiet max-h-[70vh] overflow-auto rounded-ui border border-line bg-surface">
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are walked by arrow keys is a grid
        role="grid"
        aria-label={`Whitespace ${grid.year}: units by products`}
        aria-multiselectable="true"
        aria-readonly={!grid.can.update}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const place = placeOf(event.target);
          if (!place || (typed !== null && place.unit === at.unit && place.product === at.product)) return;
          if (typed !== null) finish(true);
          go(place, event.shiftKey);
        }}
        onDoubleClick={(event) => {
          const place = placeOf(event.target);
          if (place && typed === null) onOpen(place);
        }}
        className="min-w-full border-separate border-spacing-0 text-sm"
      >
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky top-0 left-0 z-20 min-w-44 border-r border-b border-line bg-surface px-3 py-2 text-left font-medium text-muted"
            >
              Unit
            </th>
            {grid.products.map((p) => (
              <th
                key={p.id}
                scope="col"
                className="sticky top-0 z-10 w-24 min-w-24 border-b border-line bg-surface px-2 py-2 text-left align-bottom font-medium"
              >
                {p.seriesName && <span className="block truncate text-xs font-normal text-muted">{p.seriesName}</span>}
                <span className="line-clamp-2 break-words" title={p.name}>
                  {p.name}
                </span>
              </th>
            ))}
            <th
              scope="col"
              className="sticky top-0 z-10 min-w-24 border-b border-l border-line bg-surface px-3 py-2 text-right align-bottom font-medium text-muted"
            >
              Open
            </th>
          </tr>
        </thead>
        <tbody>
          {grid.units.map((_, unit) => (
            <Row
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the tree
              key={unit}
              grid={grid}
              unit={unit}
              cells={cells}
              highest={highest}
              locale={locale}
              activeProduct={at.unit === unit ? at.product : null}
              typed={at.unit === unit ? typed : null}
              onType={setTyped}
              onTyped={at.unit === unit && typed !== null ? finish : null}
              selected={rowsWithSelection.has(unit) ? selected : NOTHING}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The cell that was pressed. */
function placeOf(target: EventTarget): At | null {
  const key = target instanceof Element ? target.closest<HTMLElement>('[data-at]')?.dataset.at : undefined;
  if (!key) return null;
  const [unit, product] = key.split('.').map(Number) as [number, number];
  return { unit, product };
}

const NOTHING: ReadonlySet<string> = new Set();
const emptyCell = (unit: number, product: number): GridCell => ({
  id: null,
  unit,
  product,
  status: 'unknown',
  owned: false,
  potential: null,
  current: null,
  pipeline: null,
  open: null,
  priority: null,
  competitor: null,
  incumbentEndsOn: null,
  hasNext: false,
  opportunityId: null,
  version: null,
});

type RowProps = {
  grid: Grid;
  unit: number;
  cells: ReadonlyMap<string, GridCell>;
  highest: number;
  locale: string;
  activeProduct: number | null;
  typed: string | null;
  onType: (text: string) => void;
  onTyped: ((save: boolean) => void) | null;
  selected: ReadonlySet<string>;
};

const Row = memo(function Row({
  grid,
  unit,
  cells,
  highest,
  locale,
  activeProduct,
  typed,
  onType,
  onTyped,
  selected,
}: RowProps) {
  const u = grid.units[unit]!;
  const open = u.withBelow.open;
  return (
    <tr style={{ contentVisibility: 'auto', containIntrinsicSize: 'auto 44px' }}>
      <th
        scope="row"
        className="sticky left-0 z-10 max-w-64 min-w-44 border-r border-b border-line bg-surface px-3 py-1 text-left font-normal"
        style={{ paddingLeft: `${12 + Math.min(u.depth, 6) * 14}px` }}
      >
        <span className={cx('line-clamp-2', u.kind !== 'unit' && 'font-medium')}>{u.name}</span>
        {u.withBelow.penetration !== null && (
          <span className="tabular block text-xs text-muted">
            {u.withBelow.owned} of {u.withBelow.eligible}
          </span>
        )}
      </th>
      {grid.products.map((p, product) => {
        const key = keyAt(unit, product);
        const cell = cells.get(key);
        const isActive = activeProduct === product;
        const heat = HEAT[heatOf(cell?.priority ?? null, highest)] ?? 0;
        const isOurs = cell?.owned === true;
        const amount =
          cell?.status === 'not_eligible' && !isOurs
            ? null
            : isOurs && cell.open === null
              ? cell.current
              : (cell?.open ?? cell?.potential ?? null);
        return (
          <td
            key={p.id}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of the grid
            role="gridcell"
            data-at={key}
            tabIndex={isActive || (activeProduct === null && unit === 0 && product === 0) ? 0 : -1}
            aria-selected={selected.has(key)}
            style={heat ? { backgroundColor: `color-mix(in srgb, var(--ui-accent) ${heat}%, transparent)` } : undefined}
            className={cx(
              'h-11 w-24 min-w-24 cursor-default border-r border-b border-line px-2 py-1 align-top outline-none focus-visible:ring-2 focus-visible:ring-focus focus-visible:ring-inset',
              cell?.status === 'not_eligible' && 'bg-sunken',
              selected.has(key) && 'ring-1 ring-accent ring-inset',
            )}
          >
            <span className="sr-only">{sayCell(grid, { unit, product }, cell, locale)}</span>
            {isActive && typed !== null ? (
              <input
                // biome-ignore lint/a11y/noAutofocus: the person has begun to type into the cell
                autoFocus
                aria-label={`Potential in ${grid.currency}`}
                value={typed}
                onChange={(event) => onType(event.target.value)}
                onBlur={() => onTyped?.(true)}
                className="tabular w-full rounded-inner border border-line-strong bg-surface px-1 text-right"
              />
            ) : (
              <span aria-hidden="true" className="flex flex-col leading-tight">
                <span
                  className={cx(
                    'flex justify-between gap-1 text-xs',
                    MARK_TONES[isOurs ? 'ours' : (cell?.status ?? 'unknown')],
                  )}
                >
                  <span className="truncate">
                    {isOurs ? STATUS_MARKS.ours : cell?.competitor || STATUS_MARKS[cell?.status ?? 'unknown']}
                  </span>
                  {(cell?.pipeline ?? 0) > 0 && <span title="In the pipeline">▸</span>}
                </span>
                {amount !== null && (
                  <span className="tabular text-right text-ink">
                    {formatMoney({ amount, currency: grid.currency }, locale, 'compact')}
                  </span>
                )}
              </span>
            )}
          </td>
        );
      })}
      <td className="tabular border-b border-l border-line px-3 py-1 text-right align-top">
        {formatMoney({ amount: open, currency: grid.currency }, locale, 'compact')}
      </td>
    </tr>
  );
});
