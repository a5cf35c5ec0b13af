// Lines over time or another order. Import by path.
import type { EChartsOption } from 'echarts';
import { useCallback, useMemo } from 'react';
import { Chart } from './Chart.tsx';
import { axisTooltip, type SeriesChartProps, seriesTable } from './chartSeries.ts';
import { type ChartTheme, categoryAxis, legend, seriesColour, valueAxis } from './chartTheme.ts';

export type LineChartProps = SeriesChartProps & {
  /** Fills below the lines. */
  isArea?: boolean;
  /** Upright lines with a word: "today", "price change". */
  markers?: readonly { category: string; label: string }[];
  /** The axis starts at zero by default; false lets it start near the lowest value. */
  startsAtZero?: boolean;
};

export function LineChart(props: LineChartProps) {
  const {
    categories,
    series,
    categoryLabel,
    formatValue = String,
    formatAxis = formatValue,
    yLabel,
    isArea = false,
    markers = [],
    startsAtZero = true,
    onSelect,
    ...rest
  } = props;
  const option = useCallback(
    (theme: ChartTheme): EChartsOption => {
      const hasLegend = series.length > 1;
      return {
        legend: { ...legend(theme, hasLegend), icon: 'circle' },
        grid: { left: 8, right: 16, top: hasLegend ? 36 : 16, bottom: 8, containLabel: true },
        tooltip: {
          trigger: 'axis',
          axisPointer: { lineStyle: { color: theme.lineStrong } },
          formatter: axisTooltip(formatValue),
        },
        xAxis: {
          ...categoryAxis(theme, categories),
          boundaryGap: false,
          // The first and the last label stay within the picture.
          axisLabel: {
            color: theme.muted,
            hideOverlap: true,
            alignMinLabel: 'left',
            alignMaxLabel: 'right',
            showMinLabel: true,
            showMaxLabel: true,
          },
        },
        yAxis: { ...valueAxis(theme, formatAxis, yLabel), scale: !startsAtZero },
        series: series.map((one, index) => {
          const color = seriesColour(theme, index, one.tone);
          return {
            type: 'line',
            name: one.name,
            data: [...one.values],
            showSymbol: one.values.filter((value) => value !== null).length < 2,
            symbolSize: 7,
            lineStyle: { width: 2, color, type: one.isDashed ? 'dashed' : 'solid' },
            itemStyle: { color },
            areaStyle: isArea ? { color, opacity: 0.1 } : undefined,
            markLine:
              index === 0 && markers.length > 0
                ? {
                    symbol: 'none',
                    silent: true,
                    lineStyle: { color: theme.lineStrong, type: 'dashed' },
                    label: { color: theme.muted, formatter: (line: { name: string }) => line.name },
                    data: markers.map((marker) => ({ xAxis: marker.category, name: marker.label })),
                  }
                : undefined,
          };
        }),
      };
    },
    [categories, series, formatValue, formatAxis, yLabel, isArea, markers, startsAtZero],
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
