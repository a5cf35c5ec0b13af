// What is open in a quarter, one forecast category each: the columns of the forecast.
import type { Metric } from '../../../kernel/server/measuring.ts';
import { forecastParts, metric, money, NOT_OPEN, of, quarterNow, sum } from './deal-metric.ts';

const CATEGORIES = [
  { id: 'forecast-open-commit', category: 'commit', name: 'commit', means: 'What owners commit to' },
  { id: 'forecast-open-best', category: 'best_case', name: 'best case', means: 'What could come if it goes well' },
  {
    id: 'forecast-open-pipeline',
    category: 'pipeline',
    name: 'pipeline',
    means: 'What is under way without a promise',
  },
] as const;

export const categoryMetrics: readonly Metric[] = CATEGORIES.map(({ id, category, name, means }) =>
  metric({
    id,
    label: `Forecast: open, ${name}`,
    meaning: `${means} of what is expected to close in the quarter of this day; alone, without what is won.`,
    formula: `Σ amount of open opportunities with the category “${name}”`,
    includes: [`Open, category ${name}, expected to close in the quarter`],
    excludes: ['What is won already', 'Other categories', ...NOT_OPEN],
    unit: 'money',
    over: 'day',
    better: null,
    read: async (ctx, q) => {
      const found = await quarterNow(ctx, q);
      return found && { ...found, deals: of(found.deals, category) };
    },
    figure: (d, c) => {
      const { deals } = forecastParts(d, c);
      return { value: money(sum(d), c), parts: { amount: money(sum(d), c), deals: deals! } };
    },
  }),
);
