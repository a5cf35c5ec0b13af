// How one number becomes another: start, what was added, what was lost, end. Import by path.
import type { EChartsOption } from 'echarts';
import { useCallback, useMemo } from 'react';
import { Chart, type ChartProps } from './Chart.tsx';
import { type ChartTheme, categoryAxis, tooltipContent, valueAxis } from './chartTheme.ts';
import { type WaterfallStep, waterfallBars } from './waterfall.ts';

export type { WaterfallStep } from './waterfall.ts';

export type WaterfallChartProps = Omit<ChartProps, 'option' | 'table' | 'onSelect'> & {
  steps: readonly WaterfallStep[];
  stepLabel: string;
  formatValue?: (value: number) => string;
  formatAxis?: (value: number) => string;
  onSelect?: (index: number) => void;
};

export function WaterfallChart({
  steps,
  stepLabel,
  formatValue = String,
  formatAxis = formatValue,
  onSelect,
  ...rest
}: WaterfallChartProps) {
  const option = useCallback(
    (theme: ChartTheme): EChartsOption => {
      const bars = waterfallBars(steps);
      const colour = (step: WaterfallStep) =>
        step.kind === 'total' ? theme.neutral : step.value >= 0 ? theme.good : theme.poor;
      return {
        grid: { left: 8, right: 16, top: 28, bottom: 8, containLabel: true },
        tooltip: {
          trigger: 'axis',
          axisPointer: { type: 'shadow' },
          formatter: (hits: unknown) => {
            const index = (hits as { dataIndex: number }[])[0]?.dataIndex ?? 0;
            const step = steps[index];
            const end = bars[index]?.to ?? 0;
            if (!step) return '';
            const lines = [{ label: step.kind === 'total' ? 'Total' : 'Change', value: formatValue(step.value) }];
            return tooltipContent(
              step.label,
              step.kind === 'total' ? lines : [...lines, { label: 'Then', value: formatValue(end) }],
            );
          },
        },
        xAxis: {
          ...categoryAxis(
            theme,
            steps.map((step) => step.label),
          ),
          axisLabel: {
            color: theme.muted,
            fontSize: 11,
            interval: 0,
            hideOverlap: false,
            width: 90,
            overflow: 'break',
          },
        },
        yAxis: valueAxis(theme, formatAxis),
        series: [
          // The invisible foot on which a change floats.
          {
            type: 'bar',
            stack: 'all',
            silent: true,
            itemStyle: { color: 'transparent' },
            data: bars.map((bar) => Math.min(bar.from, bar.to)),
          },
          {
            type: 'bar',
            stack: 'all',
            barMaxWidth: 48,
            data: bars.map((bar, index) => ({
              value: Math.abs(bar.to - bar.from),
              itemStyle: { color: steps[index] ? colour(steps[index]) : theme.neutral, borderRadius: 3 },
            })),
            label: {
              show: true,
              position: 'top',
              color: theme.text,
              formatter: (bar: { dataIndex: number }) => formatAxis(steps[bar.dataIndex]?.value ?? 0),
            },
          },
        ],
      };
    },
    [steps, formatValue, formatAxis],
  );
  const table = useMemo(() => {
    const bars = waterfallBars(steps);
    return {
      columns: [
        { id: 'label', label: stepLabel },
        { id: 'value', label: 'Amount', align: 'end' as const },
        { id: 'level', label: 'Level after', align: 'end' as const },
      ],
      rows: steps.map((step, index) => ({ label: step.label, value: step.value, level: bars[index]?.to ?? null })),
      format: (value: number) => formatValue(value),
      onSelectRow: onSelect,
    };
  }, [steps, stepLabel, formatValue, onSelect]);
  return <Chart {...rest} option={option} table={table} onSelect={onSelect && ((pick) => onSelect(pick.index))} />;
}
