// The pure parts of the whitespace grid: where the cursor goes, what is selected, how hot a cell is, what a cell says aloud.
import { formatMoney, minorDigits } from '../../../ui/format.ts';
import type { Grid, GridCell } from '../api.ts';
import { STATUS_WORDS } from './words.ts';

/** A place in the grid: of `units` and of `products`. */
export type At = { unit: number; product: number };
export type Size = { units: number; products: number };

export const keyAt = (unit: number, product: number): string => `${unit}.${product}`;
export const cellsByPlace = (cells: readonly GridCell[]): Map<string, GridCell> =>
  new Map(cells.map((c) => [keyAt(c.unit, c.product), c]));

const STEPS: Record<string, [unit: number, product: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};
/** Where a key leads; null: it leads nowhere. `far`: with Ctrl, to the end. */
export function step(at: At, key: string, size: Size, far = false): At | null {
  const within = (n: number, end: number) => Math.max(0, Math.min(end - 1, n));
  if (key === 'Home') return { unit: far ? 0 : at.unit, product: 0 };
  if (key === 'End') return { unit: far ? size.units - 1 : at.unit, product: size.products - 1 };
  const way = STEPS[key];
  if (!way) return null;
  const reach = far ? Math.max(size.units, size.products) : 1;
  return {
    unit: within(at.unit + way[0] * reach, size.units),
    product: within(at.product + way[1] * reach, size.products),
  };
}

/** The rectangle between two corners, row by row. */
export function range(a: At, b: At): At[] {
  const places: At[] = [];
  for (let unit = Math.min(a.unit, b.unit); unit <= Math.max(a.unit, b.unit); unit++)
    for (let product = Math.min(a.product, b.product); product <= Math.max(a.product, b.product); product++)
      places.push({ unit, product });
  return places;
}

/** 0 to 4: by the priority against the highest one; the steps are a quarter each. Null priority: none. */
export function heatOf(priority: number | null, highest: number): number {
  if (priority === null || priority <= 0 || highest <= 0) return 0;
  return Math.max(1, Math.ceil((4 * priority) / highest));
}

/** What a person typed as an amount: `250000`, `250k`, `1.2m`; in major units. Null: no amount. */
export function readAmount(text: string): number | null {
  const match = /^\s*(\d+(?:[.,]\d+)?)\s*([km]?)\s*$/i.exec(text);
  if (!match) return null;
  const factor = { k: 1_000, m: 1_000_000 }[match[2]!.toLowerCase()] ?? 1;
  return Number(match[1]!.replace(',', '.')) * factor;
}

/** The whole cell as a sentence, for those who do not see it. */
export function sayCell(grid: Grid, at: At, cell: GridCell | undefined, locale: string): string {
  const money = (amount: number | null | undefined) =>
    amount === null || amount === undefined
      ? null
      : formatMoney({ amount, currency: grid.currency }, locale, 'compact');
  const parts = [
    `${grid.products[at.product]!.name}, ${grid.units[at.unit]!.name}: ${STATUS_WORDS[cell?.status ?? 'unknown'].toLowerCase()}`,
    cell?.competitor ? `with ${cell.competitor}` : null,
    money(cell?.potential) && `potential ${money(cell?.potential)}`,
    money(cell?.current) && `current ${money(cell?.current)}`,
    money(cell?.pipeline) && `pipeline ${money(cell?.pipeline)}`,
    money(cell?.open) && `open ${money(cell?.open)}`,
    money(cell?.priority) && `priority ${money(cell?.priority)}`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** Everything that is known of the cells, for a spreadsheet: amounts in major units of the grid's currency. */
export function gridTable(grid: Grid): { header: string[]; rows: (string | number | null)[][] } {
  const digits = 10 ** minorDigits(grid.currency);
  const money = (minor: number | null) => (minor === null ? null : minor / digits);
  return {
    header: [
      'Unit',
      'Product',
      'Series',
      'Year',
      'Status',
      'Competitor',
      'Their contract ends',
      'Potential',
      'Current',
      'Pipeline',
      'Open',
      'Priority',
      'Currency',
      'As of',
    ],
    rows: grid.cells.map((c) => [
      grid.units[c.unit]!.name,
      grid.products[c.product]!.name,
      grid.products[c.product]!.seriesName,
      grid.year,
      STATUS_WORDS[c.owned ? 'ours' : c.status],
      c.competitor,
      c.incumbentEndsOn,
      money(c.potential),
      money(c.current),
      money(c.pipeline),
      money(c.open),
      money(c.priority),
      grid.currency,
      grid.asOf,
    ]),
  };
}
