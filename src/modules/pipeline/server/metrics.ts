// The room's figures of deals: what is open, weighted and called for a quarter, what was won, how often, how large, how long stages take.
import Big from 'big.js';
import type { Metric } from '../../../kernel/server/measuring.ts';
import {
  CLOSED,
  closed,
  EXPANSION,
  forecastPart,
  forecastParts,
  metric,
  money,
  NOT_CLOSED,
  NOT_OPEN,
  OPEN,
  of,
  openNow,
  quarterNow,
  sum,
  weigh,
  weighted,
  whole,
  won,
} from './deal-metric.ts';
import * as store from './measure-store.ts';
import { accuracyMetrics } from './metrics-accuracy.ts';
import { callMetrics } from './metrics-calls.ts';
import { categoryMetrics } from './metrics-categories.ts';
import { changeMetrics } from './metrics-change.ts';
import { median, share } from './rules/figures.ts';

export const metrics: readonly Metric[] = [
  metric({
    id: 'open-pipeline',
    label: 'Open pipeline',
    meaning: 'The worth of everything that is open and counts in the forecast, whenever it closes.',
    formula: 'Σ amount',
    includes: OPEN,
    excludes: NOT_OPEN,
    unit: 'money',
    over: 'day',
    better: 'higher',
    read: openNow,
    figure: (d, c) => ({ value: money(sum(d), c), parts: { ...forecastParts(d, c), weighted: money(weigh(d), c) } }),
    adds: forecastPart,
  }),
  metric({
    id: 'weighted-pipeline',
    label: 'Weighted pipeline',
    meaning: 'What the open pipeline would bring if every probability came true on average.',
    formula: 'Σ amount × probability',
    includes: OPEN,
    excludes: NOT_OPEN,
    unit: 'money',
    over: 'day',
    better: 'higher',
    read: openNow,
    figure: (d, c) => ({ value: money(weigh(d), c), parts: { amount: money(sum(d), c), deals: d.length } }),
    row: weighted,
  }),
  metric({
    id: 'forecast-commit',
    label: 'Forecast: commit',
    meaning: 'What is won in the quarter of this day, and what owners commit to on top.',
    formula: 'closed + commit',
    includes: ['Won in the quarter', 'Open, category commit, expected to close in the quarter'],
    excludes: NOT_OPEN,
    unit: 'money',
    over: 'day',
    better: 'higher',
    read: quarterNow,
    figure: (d, c) => ({ value: money(sum(won(d)) + sum(of(d, 'commit')), c), parts: forecastParts(d, c) }),
    adds: forecastPart,
  }),
  metric({
    id: 'forecast-best',
    label: 'Forecast: best case',
    meaning: 'What the quarter of this day would bring if the best cases came too.',
    formula: 'closed + commit + best case',
    includes: ['Won in the quarter', 'Open, category commit or best case, expected to close in the quarter'],
    excludes: NOT_OPEN,
    unit: 'money',
    over: 'day',
    better: 'higher',
    read: quarterNow,
    figure: (d, c) => ({
      value: money(sum(won(d)) + sum(of(d, 'commit', 'best_case')), c),
      parts: forecastParts(d, c),
    }),
    adds: forecastPart,
  }),
  metric({
    id: 'forecast-closed',
    label: 'Forecast: closed',
    meaning: 'What is won in the quarter of this day.',
    formula: 'Σ amount of what was won in the quarter',
    includes: ['Won in the quarter'],
    excludes: ['What is open', 'What is put away', 'Amounts in a currency without a rate'],
    unit: 'money',
    over: 'day',
    better: 'higher',
    read: async (ctx, q) => {
      const found = await quarterNow(ctx, q);
      return found && { ...found, deals: won(found.deals) };
    },
    figure: (d, c) => ({ value: money(sum(d), c), parts: { closed: money(sum(d), c), deals: d.length } }),
  }),
  metric({
    id: 'forecast-weighted',
    label: 'Forecast: weighted',
    meaning: 'What is open in the quarter of this day would bring this if every probability came true on average.',
    formula: 'Σ open amount × probability',
    includes: ['Open with a forecast category, expected to close in the quarter'],
    excludes: ['What is won already', ...NOT_OPEN],
    unit: 'money',
    over: 'day',
    better: 'higher',
    read: async (ctx, q) => {
      const found = await quarterNow(ctx, q);
      return found && { ...found, deals: found.deals.filter((d) => d.state === 'open') };
    },
    figure: (d, c) => ({ value: money(weigh(d), c), parts: { amount: money(sum(d), c), deals: d.length } }),
    row: weighted,
  }),
  metric({
    id: 'won',
    label: 'Won',
    meaning: 'The worth of what was won; of recurring business the value of a year.',
    formula: 'Σ amount of won opportunities',
    includes: CLOSED,
    excludes: NOT_CLOSED,
    unit: 'money',
    over: 'period',
    better: 'higher',
    read: async (ctx, q) => {
      const found = await closed(ctx, q);
      return { ...found, deals: won(found.deals) };
    },
    figure: (d, c) => ({ value: money(sum(d), c), parts: { won: money(sum(d), c), deals: d.length } }),
  }),
  metric({
    id: 'win-rate',
    label: 'Win rate',
    meaning: 'Of what was decided, the share that was won, by count.',
    formula: 'won / (won + lost)',
    includes: CLOSED,
    excludes: NOT_CLOSED,
    unit: 'ratio',
    over: 'period',
    better: 'higher',
    read: closed,
    figure: (d, c) => ({
      value: share(won(d).length, d.length),
      parts: {
        won: won(d).length,
        lost: d.length - won(d).length,
        wonAmount: money(sum(won(d)), c),
        lostAmount: money(sum(d) - sum(won(d)), c),
        byValue: share(sum(won(d)), sum(d)),
      },
    }),
    row: (d, c) => ({
      amount: d.amount === null ? null : money(d.amount, c),
      won: d.state === 'won' ? 1 : 0,
      lost: d.state === 'lost' ? 1 : 0,
    }),
    adds: (d, part) =>
      part.startsWith('won') ? d.state === 'won' : part.startsWith('lost') ? d.state === 'lost' : true,
  }),
  metric({
    id: 'average-expansion-deal',
    label: 'Average expansion deal',
    meaning: 'How large a won upsell, cross-sell or new unit is on average; the median stands beside it.',
    formula: 'Σ amount / number of won upsell, cross-sell and new-unit opportunities with an amount',
    includes: ['Won upsell, cross-sell and new-unit opportunities'],
    excludes: ['Renewals', 'New business', 'Opportunities without an amount', ...NOT_CLOSED],
    unit: 'money',
    over: 'period',
    better: 'higher',
    read: async (ctx, q) => {
      const found = await closed(ctx, q);
      return {
        ...found,
        deals: won(found.deals).filter((d) => EXPANSION.includes(d.type) && d.amount !== null),
      };
    },
    figure: (d, c) => {
      const middle = median(d.map((x) => x.amount ?? 0));
      return {
        value: d.length ? money(whole(new Big(sum(d)).div(d.length)), c) : null,
        parts: {
          total: money(sum(d), c),
          deals: d.length,
          median: middle === null ? null : money(whole(new Big(middle)), c),
        },
      };
    },
  }),
  metric({
    id: 'stage-duration',
    label: 'Time in a stage',
    meaning:
      'Days that opportunities stay in a stage on average; of stays that ended in the period. By stage it shows where things wait.',
    formula: 'Σ days / stays that ended',
    includes: ['Stays in any stage that ended in the period, from imported histories too'],
    excludes: ['Stays under way'],
    unit: 'days',
    over: 'period',
    better: 'lower',
    groupBy: ['stage', 'owner', 'type', 'account', 'tier', 'industry', 'country'],
    read: async (ctx, q) => {
      const rows = await store.stays(ctx.tx, q);
      return { deals: rows.map((r) => ({ ...r, amount: r.amount_minor })), warnings: [] };
    },
    figure: (d) => {
      const days = d.map((x) => x.days ?? 0);
      return {
        value: days.length ? days.reduce((s, n) => s + n, 0) / days.length : null,
        parts: { stays: days.length, median: median(days), longest: days.length ? Math.max(...days) : null },
      };
    },
    row: (d) => ({ days: d.days ?? null }),
  }),
  ...categoryMetrics,
  ...callMetrics,
  ...changeMetrics,
  ...accuracyMetrics,
];
