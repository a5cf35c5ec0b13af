// What is open in a quarter, one forecast category each: the columns of the forecast; and the sums over lists of opportunities.
import type { Metric } from '../../../kernel/server/measuring.ts';
import {
  forecastParts,
  listedNow,
  metric,
  money,
  NOT_OPEN,
  of,
  quarterNow,
  sum,
  weigh,
  weighted,
} from './deal-metric.ts';

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

const categories = CATEGORIES.map(({ id, category, name, means }) =>
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

const LISTED = ['Every opportunity that the filters leave, open, won or lost, whatever its category'];
const NOT_LISTED = ['What is put away', 'Amounts in a currency without a rate'];

const lists = [
  metric({
    id: 'opportunities-sum',
    label: 'Worth of opportunities',
    meaning: 'The worth of the opportunities of a list or of a stage, as the filters of the page leave them.',
    formula: 'Σ amount',
    includes: LISTED,
    excludes: NOT_LISTED,
    unit: 'money',
    over: 'day',
    better: null,
    read: listedNow,
    figure: (d, c) => ({ value: money(sum(d), c), parts: { amount: money(sum(d), c), deals: d.length } }),
  }),
  metric({
    id: 'opportunities-weighted',
    label: 'Weighted worth of opportunities',
    meaning: 'What the opportunities of a list would bring if every probability came true on average.',
    formula: 'Σ amount × probability',
    includes: LISTED,
    excludes: NOT_LISTED,
    unit: 'money',
    over: 'day',
    better: null,
    read: listedNow,
    figure: (d, c) => ({ value: money(weigh(d), c), parts: { amount: money(sum(d), c), deals: d.length } }),
    row: weighted,
  }),
];

export const categoryMetrics: readonly Metric[] = [...categories, ...lists];
