// What bar and line charts share: series of numbers over categories, their table and their tooltip.

import type { ChartProps } from './Chart.tsx';
import type { ChartTableData } from './ChartTable.tsx';
import type { ChartTone } from './chartTheme.ts';
import { tooltipContent } from './chartTheme.ts';

export type ChartSeries = {
  name: string;
  /** One for each category; null is a gap. */
  values: readonly (number | null)[];
  tone?: ChartTone;
  /** Line charts: dashed, for targets and forecasts. */
  isDashed?: boolean;
};

export type SeriesChartProps = Omit<ChartProps, 'option' | 'table' | 'onSelect'> & {
  categories: readonly string[];
  series: readonly ChartSeries[];
  /** Head of the first column of the table: "Month". */
  categoryLabel: string;
  formatValue?: (value: number) => string;
  /** Shorter form for the axis; default `formatValue`. */
  formatAxis?: (value: number) => string;
  yLabel?: string;
  onSelect?: (pick: { category: string; index: number; series: string }) => void;
};

export function seriesTable(
  props: Pick<SeriesChartProps, 'categories' | 'series' | 'categoryLabel'>,
  format: (value: number) => string,
): ChartTableData {
  return {
    columns: [
      { id: 'category', label: props.categoryLabel },
      ...props.series.map((series, index) => ({ id: `s${index}`, label: series.name, align: 'end' as const })),
    ],
    rows: props.categories.map((category, at) => ({
      category,
      ...Object.fromEntries(props.series.map((series, index) => [`s${index}`, series.values[at] ?? null])),
    })),
    format: (value) => format(value),
  };
}

type AxisHit = { axisValueLabel?: string; name?: string; seriesName?: string; value?: unknown; color?: unknown };

/** Formatter for `tooltip.trigger = 'axis'`. */
export function axisTooltip(format: (value: number) => string) {
  return (hits: unknown): HTMLElement => {
    const list = (Array.isArray(hits) ? hits : [hits]) as AxisHit[];
    const lines = list
      .filter((hit) => typeof hit.value === 'number')
      .map((hit) => ({
        label: hit.seriesName ?? '',
        value: format(hit.value as number),
        color: typeof hit.color === 'string' ? hit.color : undefined,
      }));
    return tooltipContent(list[0]?.axisValueLabel ?? list[0]?.name ?? '', lines);
  };
}
