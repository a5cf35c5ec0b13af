// Bubbles on two scales, with quarters and cut lines. Import by path.
import type { EChartsOption } from 'echarts';
import { useCallback, useMemo } from 'react';
import { Chart, type ChartProps } from './Chart.tsx';
import { type ChartTheme, type ChartTone, seriesColour, tooltipContent, valueAxis } from './chartTheme.ts';

export type Bubble = {
  id: string;
  name: string;
  x: number;
  y: number;
  /** Area follows it. */
  size: number;
  /** Colour and legend entry. */
  group?: string;
  tone?: ChartTone;
  /** Further lines of the tooltip. */
  details?: readonly { label: string; value: string }[];
};

export type BubbleChartProps = Omit<ChartProps, 'option' | 'table' | 'onSelect'> & {
  points: readonly Bubble[];
  xLabel: string;
  yLabel: string;
  sizeLabel: string;
  nameLabel?: string;
  xRange?: readonly [number, number];
  yRange?: readonly [number, number];
  /** Words in the quarters, and where they meet. */
  quadrants?: { x: number; y: number; topLeft: string; topRight: string; bottomLeft: string; bottomRight: string };
  formatX?: (value: number) => string;
  formatY?: (value: number) => string;
  formatSize?: (value: number) => string;
  onSelect?: (id: string) => void;
};

const plain = (value: number) => String(Math.round(value * 100) / 100);

export function BubbleChart(props: BubbleChartProps) {
  const {
    points,
    xLabel,
    yLabel,
    sizeLabel,
    nameLabel = 'Name',
    xRange,
    yRange,
    quadrants,
    formatX = plain,
    formatY = plain,
    formatSize = plain,
    onSelect,
    height = 420,
    ...rest
  } = props;
  const option = useCallback(
    (theme: ChartTheme): EChartsOption => {
      const groups = [...new Set(points.map((point) => point.group ?? ''))];
      const largest = Math.max(1, ...points.map((point) => point.size));
      const diameter = (size: number) => 10 + 40 * Math.sqrt(Math.max(0, size) / largest);
      const hasLegend = groups.length > 1;
      return {
        legend: { show: hasLegend, top: 0, left: 0, icon: 'circle', itemWidth: 10, textStyle: { color: theme.muted } },
        grid: { left: 24, right: 24, top: hasLegend ? 40 : 20, bottom: 28, containLabel: true },
        tooltip: {
          trigger: 'item',
          formatter: (hit: unknown) => {
            const point = (hit as { data?: { point?: Bubble } }).data?.point;
            if (!point) return '';
            return tooltipContent(point.name, [
              { label: xLabel, value: formatX(point.x) },
              { label: yLabel, value: formatY(point.y) },
              { label: sizeLabel, value: formatSize(point.size) },
              ...(point.details ?? []),
            ]);
          },
        },
        xAxis: { ...valueAxis(theme, formatX, xLabel), min: xRange?.[0], max: xRange?.[1], nameGap: 28 },
        yAxis: { ...valueAxis(theme, formatY, yLabel), min: yRange?.[0], max: yRange?.[1], nameGap: 40 },
        series: groups.map((group, index) => ({
          type: 'scatter',
          name: group || yLabel,
          data: points
            .filter((point) => (point.group ?? '') === group)
            .map((point) => ({
              name: point.id,
              value: [point.x, point.y],
              point,
              symbolSize: diameter(point.size),
              itemStyle: { color: seriesColour(theme, index, point.tone) },
            })),
          itemStyle: {
            color: seriesColour(theme, index, points.find((point) => (point.group ?? '') === group)?.tone),
            opacity: 0.82,
            borderColor: theme.surface,
            borderWidth: 1.5,
          },
          label: {
            show: true,
            position: 'right',
            color: theme.text,
            formatter: (bubble: { data?: unknown }) => (bubble.data as { point: Bubble }).point.name,
            fontSize: 11,
          },
          labelLayout: { hideOverlap: true },
          emphasis: { focus: 'none' },
          markLine:
            index === 0 && quadrants
              ? {
                  silent: true,
                  symbol: 'none',
                  label: { show: false },
                  lineStyle: { color: theme.lineStrong, type: 'dashed' },
                  data: [{ xAxis: quadrants.x }, { yAxis: quadrants.y }],
                }
              : undefined,
          markArea:
            index === 0 && quadrants
              ? { silent: true, itemStyle: { color: 'transparent' }, data: quarters(theme, quadrants) }
              : undefined,
        })),
      };
    },
    [points, xLabel, yLabel, sizeLabel, xRange, yRange, quadrants, formatX, formatY, formatSize],
  );
  const table = useMemo(
    () => ({
      columns: [
        { id: 'name', label: nameLabel },
        { id: 'x', label: xLabel, align: 'end' as const },
        { id: 'y', label: yLabel, align: 'end' as const },
        { id: 'size', label: sizeLabel, align: 'end' as const },
        ...(points.some((point) => point.group) ? [{ id: 'group', label: 'Group' }] : []),
      ],
      rows: points.map((point) => ({
        name: point.name,
        x: point.x,
        y: point.y,
        size: point.size,
        group: point.group ?? null,
      })),
      format: (value: number, column: string) =>
        column === 'x' ? formatX(value) : column === 'y' ? formatY(value) : formatSize(value),
      onSelectRow: onSelect && ((index: number) => points[index] && onSelect(points[index].id)),
    }),
    [points, nameLabel, xLabel, yLabel, sizeLabel, formatX, formatY, formatSize, onSelect],
  );
  return (
    <Chart
      {...rest}
      height={height}
      option={option}
      table={table}
      onSelect={onSelect && ((pick) => onSelect(pick.name))}
    />
  );
}

type Quarters = NonNullable<BubbleChartProps['quadrants']>;
type Corner = { name?: string; xAxis: number; yAxis: number; label?: object };

/** Infinity is the edge of the picture. */
function quarters(theme: ChartTheme, q: Quarters): [Corner, Corner][] {
  const label = (position: string) => ({
    show: true,
    position,
    color: theme.faint,
    fontSize: 12,
    fontWeight: 500,
    distance: 8,
  });
  const start = Number.NEGATIVE_INFINITY;
  const end = Number.POSITIVE_INFINITY;
  return [
    [
      { name: q.topLeft, xAxis: start, yAxis: q.y, label: label('insideTopLeft') },
      { xAxis: q.x, yAxis: end },
    ],
    [
      { name: q.topRight, xAxis: q.x, yAxis: q.y, label: label('insideTopRight') },
      { xAxis: end, yAxis: end },
    ],
    [
      { name: q.bottomLeft, xAxis: start, yAxis: start, label: label('insideBottomLeft') },
      { xAxis: q.x, yAxis: q.y },
    ],
    [
      { name: q.bottomRight, xAxis: q.x, yAxis: start, label: label('insideBottomRight') },
      { xAxis: end, yAxis: q.y },
    ],
  ];
}
