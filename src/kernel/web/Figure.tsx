// Figures on a page: one value in its unit, and a tile that names it and explains it when asked.
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Missing, Money, Num, Stat } from '../../ui/index.ts';
import { type Figure, getMetric, listMetrics, type MetricDefinition } from '../contract/metrics.ts';
import type { CallInput } from '../contract/route.ts';
import { useCall } from './queries.ts';

const Explain = lazy(() => import('./Explain.tsx'));

/** What can be asked about a figure: days, filters, currency. */
export type MetricAsk = NonNullable<CallInput<typeof getMetric>['query']>;

export type FigureTextProps = {
  value: Figure | undefined;
  unit: MetricDefinition['unit'] | 'part';
  /** Money: how exact. */
  style?: 'auto' | 'full' | 'whole' | 'compact';
};

/** A figure in its unit. Ratios are shown in percent; null is "not enough data", never 0. */
export function FigureText({ value, unit, style = 'auto' }: FigureTextProps) {
  if (value === null || value === undefined) return <Missing label="Not enough data" />;
  if (typeof value === 'object') return <Money value={value} style={style} />;
  // Parts are counts as numbers, and shares as texts with six places.
  if (unit === 'ratio' || (unit === 'part' && typeof value === 'string'))
    return <Num value={Number(value)} percent digits={1} />;
  const number = Number(value);
  return (
    <Num value={number} {...(unit === 'days' ? { unit: 'd' } : {})} {...(unit === 'score' ? { digits: 2 } : {})} />
  );
}

/** All definitions; they change only with a new release. */
export function useDefinition(id: string): MetricDefinition | undefined {
  return useCall(listMetrics, {}, { staleTime: Number.POSITIVE_INFINITY }).data?.items.find((d) => d.id === id);
}

export type MetricStatProps = {
  metric: string;
  query?: MetricAsk;
  /** In place of the definition's own name. */
  label?: string;
  hint?: ReactNode;
  aside?: ReactNode;
  style?: FigureTextProps['style'];
  className?: string;
};

/** A tile with one figure; its name opens definition, parts and rows. */
export function MetricStat({ metric, query = {}, label, hint, aside, style = 'compact', className }: MetricStatProps) {
  const [isOpen, setOpen] = useState(false);
  const definition = useDefinition(metric);
  const answer = useCall(getMetric, { params: { id: metric }, query }, { keepPrevious: true });
  const warned = answer.data?.warnings.length ? 'Some amounts are left out' : null;
  return (
    <>
      <Stat
        label={label ?? definition?.label ?? ' '}
        value={
          answer.error ? (
            <span className="text-base font-normal text-muted">Could not be loaded</span>
          ) : (
            <FigureText
              value={answer.data?.value}
              unit={answer.data?.unit ?? definition?.unit ?? 'count'}
              style={style}
            />
          )
        }
        isLoading={answer.isPending}
        hint={warned ?? hint}
        aside={aside}
        onExplain={() => setOpen(true)}
        {...(className ? { className } : {})}
      />
      {isOpen && (
        <Suspense fallback={null}>
          <Explain metric={metric} query={query} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
