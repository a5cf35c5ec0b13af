// A chart with everything it owes: a sentence in its place, its table, its files; loads ECharts only when shown. Import by path.
import type { EChartsOption } from 'echarts';
import type { EChartsType } from 'echarts/core';
import { ChartColumn, Download, Table2 } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { ChartTable, type ChartTableData, tableRows } from './ChartTable.tsx';
import { saveBlob, toCsv } from './chartFiles.ts';
import { baseOption, type ChartTheme, readChartTheme } from './chartTheme.ts';
import { cx } from './cx.ts';
import { IconButton } from './IconButton.tsx';
import { Menu } from './Menu.tsx';
import { Skeleton } from './Skeleton.tsx';
import { toast } from './Toast.tsx';
import { useDensity, useResolvedTheme } from './theme.ts';

export type { ChartTableData } from './ChartTable.tsx';
export type { ChartTheme } from './chartTheme.ts';

export type ChartPick = { series: string; name: string; index: number };

export type ChartProps = {
  title: string;
  subtitle?: ReactNode;
  /** One sentence that says what the picture shows. */
  summary: string;
  table: ChartTableData;
  /** Makes the options from the colours of the theme; `baseOption` lies beneath. Keep it stable (useCallback). */
  option: (theme: ChartTheme) => EChartsOption;
  height?: number;
  /** Without ending. */
  fileName?: string;
  onSelect?: (pick: ChartPick) => void;
  actions?: ReactNode;
  hideTitle?: boolean;
  className?: string;
};

const prefersCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

export function Chart({
  title,
  subtitle,
  summary,
  table,
  option,
  height = 280,
  fileName,
  onSelect,
  actions,
  hideTitle = false,
  className,
}: ChartProps) {
  const id = useId();
  const [isTable, setTable] = useState(false);
  const [state, setState] = useState<'waiting' | 'shown' | 'failed'>('waiting');
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const select = useRef(onSelect);
  select.current = onSelect;
  const look = useResolvedTheme();
  const density = useDensity();

  const latest = useRef(option);
  latest.current = option;

  // biome-ignore lint/correctness/useExhaustiveDependencies: theme and density change the colours and the room.
  useEffect(() => {
    const element = host.current;
    if (!element || isTable) return;
    let isGone = false;
    let observer: ResizeObserver | null = null;
    import('./echartsParts.ts').then(
      ({ startChart }) => {
        if (isGone) return;
        const made = startChart(element, { renderer: 'canvas' });
        made.setOption({ animation: !prefersCalm(), animationDuration: 300, ...merged(element, latest.current) });
        made.on('click', (event) =>
          select.current?.({ series: event.seriesName ?? '', name: event.name, index: event.dataIndex ?? 0 }),
        );
        observer = new ResizeObserver(() => made.resize());
        observer.observe(element);
        chart.current = made;
        setState('shown');
      },
      () => setState('failed'),
    );
    return () => {
      isGone = true;
      observer?.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, [isTable, look, density]);

  useEffect(() => {
    if (host.current) chart.current?.setOption(merged(host.current, option), { notMerge: true });
  }, [option]);

  const name = fileName ?? title;
  const saveCsv = () =>
    saveBlob(
      new Blob(
        [
          '\ufeff',
          toCsv(
            table.columns.map((column) => column.label),
            tableRows(table),
          ),
        ],
        { type: 'text/csv' },
      ),
      `${name}.csv`,
    );
  const savePicture = async (kind: 'png' | 'svg') => {
    const element = host.current;
    if (!element || !chart.current) return;
    const background = readChartTheme(element).surface;
    if (kind === 'png') {
      chart.current.renderToCanvas({ pixelRatio: 2, backgroundColor: background }).toBlob((blob) => {
        if (blob) saveBlob(blob, `${name}.png`);
        else toast.show({ title: 'The picture could not be made', tone: 'poor' });
      });
      return;
    }
    const { startChart } = await import('./echartsParts.ts');
    const drawing = startChart(null, {
      renderer: 'svg',
      ssr: true,
      width: element.clientWidth,
      height: element.clientHeight,
    });
    drawing.setOption({ animation: false, backgroundColor: background, ...merged(element, option) });
    saveBlob(new Blob([drawing.renderToSVGString()], { type: 'image/svg+xml' }), `${name}.svg`);
    drawing.dispose();
  };

  const isDrawn = !isTable && state !== 'failed';
  return (
    <figure aria-labelledby={`${id}-title`} className={cx('flex min-w-0 flex-col', className)}>
      <figcaption className="mb-2 flex min-h-control-sm items-center gap-1">
        <div className="min-w-0 flex-1">
          <div id={`${id}-title`} className={hideTitle ? 'sr-only' : 'truncate text-base font-semibold text-ink'}>
            {title}
          </div>
          {subtitle && <div className="text-sm text-muted">{subtitle}</div>}
        </div>
        {actions}
        <IconButton
          label={isTable ? 'Show as chart' : 'Show as table'}
          icon={isTable ? <ChartColumn /> : <Table2 />}
          size="sm"
          onPress={() => setTable(!isTable)}
        />
        <Menu
          label={`Download ${title}`}
          placement="bottom end"
          trigger={<IconButton label="Download" icon={<Download />} size="sm" />}
          items={[
            { id: 'png', label: 'Picture (PNG)', isDisabled: !isDrawn, onAction: () => void savePicture('png') },
            { id: 'svg', label: 'Drawing (SVG)', isDisabled: !isDrawn, onAction: () => void savePicture('svg') },
            { id: 'csv', label: 'Data (CSV)', onAction: saveCsv },
          ]}
        />
      </figcaption>
      {isDrawn ? (
        <div className="relative" style={{ height }}>
          <div ref={host} role="img" aria-label={summary} className="size-full" />
          {state === 'waiting' && <Skeleton className="absolute inset-0" />}
        </div>
      ) : (
        <>
          <p className="mb-2 text-sm text-muted">{summary}</p>
          <ChartTable title={title} table={table} maxHeight={height} />
        </>
      )}
    </figure>
  );
}

function merged(element: HTMLElement, option: (theme: ChartTheme) => EChartsOption): EChartsOption {
  const theme = readChartTheme(element);
  const base = baseOption(theme);
  const own = option(theme);
  return { ...base, ...own, tooltip: { ...base.tooltip, ...own.tooltip } } as EChartsOption;
}
