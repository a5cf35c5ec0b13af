// Rates over time as a line: the range asked for, thinned so that the line and its table stay readable. Pure.
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import type { latestRates } from '../api.ts';

export type Rate = AnswerOf<typeof latestRates>['items'][number];
export type RatePoint = { on: string; rate: string };

export const RANGES = [
  { value: '3m', label: '3 months', months: 3, every: 'day' },
  { value: '1y', label: '1 year', months: 12, every: 'day' },
  { value: '5y', label: '5 years', months: 60, every: 'week' },
  { value: 'all', label: 'All', months: null, every: 'month' },
] as const;
export type Range = (typeof RANGES)[number]['value'];

/** The first day of a range that ends today; undefined for all. */
export function startOf(range: Range, today: string): string | undefined {
  const months = RANGES.find((r) => r.value === range)?.months ?? null;
  if (months === null) return undefined;
  const date = new Date(`${today}T00:00:00Z`);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.toISOString().slice(0, 10);
}

const periodOf = {
  day: (on: string) => on,
  week: (on: string) => String(Math.floor((Date.parse(on) / 86_400_000 + 3) / 7)),
  month: (on: string) => on.slice(0, 7),
};

/** Oldest first; of each week or month the last rate known in it. */
export function thinned(newestFirst: readonly RatePoint[], range: Range): RatePoint[] {
  const every = RANGES.find((r) => r.value === range)?.every ?? 'day';
  const kept = new Map<string, RatePoint>();
  for (const point of newestFirst) {
    const period = periodOf[every](point.on);
    if (!kept.has(period)) kept.set(period, point);
  }
  return [...kept.values()].reverse();
}

/** A rate as people read it: six digits that matter. */
export const formatRate = (rate: string | number, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumSignificantDigits: 6 }).format(Number(rate));
