// Bars over categories: side by side or stacked, upright or lying. Import by path.
import type { EChartsOption } from 'echarts';
import { useCallback, useMemo } from 'react';
import { Chart } from './Chart.tsx';
import { axisTooltip, type SeriesChartProps, seriesTable } from './chartSeries.ts';
import { type ChartTheme, categoryAxis, legend, seriesColour, valueAxis } from './chartTheme.ts';

export type BarChartProps = SeriesChartProps & { isStacked?: boolean; isHorizontal?: boolean };

export function BarChart(props: BarChartProps) {
  const {
    categories,
    series,
    categoryLabel,
    formatValue = String,
    formatAxis = formatValue,
    yLabel,
    isStacked = false,
    isHorizontal = false,
    onSelect,
    ...rest
  } = props;
  const option = useCallback(
    (theme: ChartTheme): EChartsOption => {
      const hasLegend = series.length > 1;
      const values = valueAxis(theme, formatAxis, yLabel);
      const names = categoryAxis(theme, categories);
      return {
        legend: legend(theme, hasLegend),
        grid: { left: 8, right: 16, top: hasLegend ? 36 : 12, bottom: 8, containLabel: true },
        tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: axisTooltip(formatValue) },
        xAxis: isHorizontal ? values : names,
        yAxis: isHorizontal ? { ...names, inverse: true } : values,
        series: series.map((one, index) => ({
          type: 'bar',
          name: one.name,
          data: [...one.values],
          stack: isStacked ? 'all' : undefined,
          barMaxWidth: 36,
          itemStyle: {
            color: seriesColour(theme, index, one.tone),
            borderRadius: isStacked ? 0 : isHorizontal ? [0, 3, 3, 0] : [3, 3, 0, 0],
          },
        })),
      };
    },
    [categories, series, formatValue, formatAxis, yLabel, isStacked, isHorizontal],
  );
  const table = useMemo(
    () => seriesTable({ categories, series, categoryLabel }, formatValue),
    [categories, series, categoryLabel, formatValue],
  );
  return (
    <Chart
      {...rest}
      option={option}
      table={table}
      onSelect={onSelect && ((pick) => onSelect({ category: pick.name, index: pick.index, series: pick.series }))}
    />
  );
}
