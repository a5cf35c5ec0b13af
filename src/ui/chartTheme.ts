// The design tokens as plain colours for the canvas, and the pieces of chart options which all charts share.
import type { EChartsOption } from 'echarts';

export type ChartTheme = {
  text: string;
  muted: string;
  faint: string;
  line: string;
  lineStrong: string;
  surface: string;
  raised: string;
  accent: string;
  good: string;
  watch: string;
  poor: string;
  info: string;
  neutral: string;
  /** Eight series colours. */
  series: string[];
  font: string;
};

export type ChartTone = 'accent' | 'good' | 'watch' | 'poor' | 'info' | 'neutral';

/** Reads the tokens where the chart stands. A canvas knows no CSS variables and no light-dark(). */
export function readChartTheme(host: HTMLElement): ChartTheme {
  const probe = document.createElement('span');
  // A transition would answer with the colour before.
  probe.style.setProperty('transition', 'none', 'important');
  host.append(probe);
  const colour = (token: string): string => {
    probe.style.color = `var(--ui-${token})`;
    return getComputedStyle(probe).color;
  };
  const theme: ChartTheme = {
    text: colour('text'),
    muted: colour('muted'),
    faint: colour('faint'),
    line: colour('line'),
    lineStrong: colour('line-strong'),
    surface: colour('surface'),
    raised: colour('raised'),
    accent: colour('accent'),
    good: colour('good'),
    watch: colour('watch'),
    poor: colour('poor'),
    info: colour('info'),
    neutral: colour('line-strong'),
    series: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => colour(`chart-${number}`)),
    font: getComputedStyle(host).fontFamily,
  };
  probe.remove();
  return theme;
}

export function seriesColour(theme: ChartTheme, index: number, tone?: ChartTone): string {
  return tone ? theme[tone] : (theme.series[index % theme.series.length] ?? theme.accent);
}

/** Quiet axes, one font, tooltip inside the frame. Put your own options over it. */
export function baseOption(theme: ChartTheme): EChartsOption {
  return {
    color: theme.series,
    textStyle: { fontFamily: theme.font, fontSize: 12, color: theme.muted },
    grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
    legend: { show: false },
    tooltip: {
      confine: true,
      backgroundColor: theme.raised,
      borderColor: theme.line,
      borderWidth: 1,
      padding: [8, 10],
      textStyle: { color: theme.text, fontSize: 12, fontFamily: theme.font },
      extraCssText: 'border-radius:8px;box-shadow:0 8px 24px rgb(0 0 0 / 0.16);',
    },
  };
}

export function valueAxis(theme: ChartTheme, format: (value: number) => string, name?: string) {
  return {
    type: 'value' as const,
    name,
    nameLocation: 'middle' as const,
    nameGap: 32,
    nameTextStyle: { color: theme.muted },
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: theme.muted, formatter: format, hideOverlap: true },
    splitLine: { lineStyle: { color: theme.line } },
  };
}

export function categoryAxis(theme: ChartTheme, data: readonly string[]) {
  return {
    type: 'category' as const,
    data: [...data],
    axisLine: { lineStyle: { color: theme.line } },
    axisTick: { show: false },
    axisLabel: { color: theme.muted, hideOverlap: true },
  };
}

export function legend(theme: ChartTheme, isShown: boolean) {
  return {
    show: isShown,
    top: 0,
    left: 0,
    itemWidth: 10,
    itemHeight: 10,
    itemGap: 16,
    icon: 'roundRect',
    textStyle: { color: theme.muted, fontSize: 12 },
  };
}

/** Content of a tooltip as elements, never as HTML text: names may hold anything. */
export function tooltipContent(
  title: string,
  lines: readonly { label: string; value: string; color?: string }[],
): HTMLElement {
  const box = document.createElement('div');
  const head = document.createElement('div');
  head.textContent = title;
  head.className = 'font-semibold mb-1';
  box.append(head);
  for (const line of lines) {
    const row = document.createElement('div');
    row.className = 'flex items-center gap-2';
    if (line.color) {
      const dot = document.createElement('span');
      dot.className = 'size-2 rounded-full shrink-0';
      dot.style.background = line.color;
      row.append(dot);
    }
    const label = document.createElement('span');
    label.className = 'text-muted';
    label.textContent = line.label;
    const value = document.createElement('span');
    value.className = 'tabular ml-auto pl-4 font-medium';
    value.textContent = line.value;
    row.append(label, value);
    box.append(row);
  }
  return box;
}
