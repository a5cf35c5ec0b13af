// The parts of ECharts we use, in a chunk of their own. Only Chart loads it, and only when a chart is on screen.
import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { type EChartsInitOpts, init, use as register } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

let isReady = false;

/** Starts a chart; without an element it draws text (SVG) only. */
export function startChart(element: HTMLElement | null, options: EChartsInitOpts) {
  // Inside the function, since a bundler may drop what a module does by merely being loaded.
  if (!isReady) {
    register([
      BarChart,
      CustomChart,
      HeatmapChart,
      LineChart,
      ScatterChart,
      GridComponent,
      LegendComponent,
      MarkAreaComponent,
      MarkLineComponent,
      TooltipComponent,
      VisualMapComponent,
      LabelLayout,
      CanvasRenderer,
      SVGRenderer,
    ]);
    isReady = true;
  }
  return init(element, null, options);
}
