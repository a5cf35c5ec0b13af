// Figures on a page: one value in its unit, and the definition behind it.
import type { ReactNode } from 'react';
import { Missing, Money, Num } from '../../ui/index.ts';
import { type Figure, type getMetric, listMetrics, type MetricDefinition } from '../contract/metrics.ts';
import type { CallInput } from '../contract/route.ts';
import { useCall } from './queries.ts';

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

/**
 * A figure in a cell that opens its explanation. One drawer serves the whole table, so that a table of many owners stays quick.
 */
export function FigureButton({
  label,
  onPress,
  children,
}: {
  label: string;
  onPress: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="rounded-inner decoration-line-strong decoration-dotted underline-offset-4 hover:underline"
    >
      {children}
      <span className="sr-only">, {label}: explain this number</span>
    </button>
  );
}
