// The words of the pipeline on screens, and the tones that go with them.
import type { CATEGORIES, LOST_REASONS, Opportunity, PARTS } from '../api.ts';
import type { REASONS } from '../api-forecast.ts';

export const TYPE_WORDS: Record<Opportunity['type'], string> = {
  renewal: 'Renewal',
  upsell: 'Upsell',
  cross_sell: 'Cross-sell',
  new_unit: 'New unit',
  new_business: 'New business',
};
export const KIND_WORDS = {
  renewal: 'Renewal',
  expansion: 'Expansion',
  new_unit: 'New unit',
  new_business: 'New business',
} as const;
export const CATEGORY_WORDS: Record<(typeof CATEGORIES)[number], string> = {
  omitted: 'Omitted',
  pipeline: 'Pipeline',
  best_case: 'Best case',
  commit: 'Commit',
  closed: 'Closed',
};
export const CATEGORY_TONES: Record<(typeof CATEGORIES)[number], 'neutral' | 'info' | 'accent' | 'good'> = {
  omitted: 'neutral',
  pipeline: 'neutral',
  best_case: 'info',
  commit: 'accent',
  closed: 'good',
};
export const STATE_WORDS: Record<Opportunity['state'], { label: string; tone: 'neutral' | 'good' | 'poor' }> = {
  open: { label: 'Open', tone: 'neutral' },
  won: { label: 'Won', tone: 'good' },
  lost: { label: 'Lost', tone: 'poor' },
};
export const LOST_WORDS: Record<(typeof LOST_REASONS)[number], string> = {
  price: 'Price',
  competitor: 'A competitor was chosen',
  product: 'The product lacks something',
  no_budget: 'No budget',
  no_decision: 'No decision was taken',
  timing: 'The wrong time',
  relationship: 'Relationship',
  in_house: 'They do it themselves',
  duplicate: 'Entered twice',
  other: 'Something else',
};
export const PART_WORDS: Record<(typeof PARTS)[number], string> = {
  economic_buyer: 'Economic buyer',
  decision_maker: 'Decision maker',
  champion: 'Champion',
  technical: 'Technical',
  user: 'User',
  procurement: 'Procurement',
  blocker: 'Blocker',
  executive_sponsor: 'Executive sponsor',
  none: 'No part yet',
};
export const BILLING_WORDS = {
  month: 'a month',
  quarter: 'a quarter',
  half_year: 'half a year',
  year: 'a year',
  once: 'once',
} as const;
export const REASON_WORDS: Record<(typeof REASONS)[number], string> = {
  added: 'Added',
  pulled_in: 'Pulled in',
  pushed: 'Pushed',
  amount: 'Amount changed',
  category: 'Category changed',
  won: 'Won',
  lost: 'Lost',
  reopened: 'Reopened',
  handed_over: 'Handed over',
  removed: 'Removed',
};
export const MEASURE_WORDS = {
  commit: 'Closed and commit',
  best: 'With best case',
  pipeline: 'With pipeline',
  open: 'All open',
} as const;
export const BIAS_WORDS = {
  over_called: 'over-called',
  under_called: 'under-called',
  on_the_mark: 'on the mark',
} as const;

/** How a field of the history is called. */
export const FIELD_WORDS: Record<string, string> = {
  name: 'Name',
  type: 'Type',
  owner_id: 'Owner',
  stage_id: 'Stage',
  state: 'State',
  amount_minor: 'Amount',
  currency: 'Currency',
  probability: 'Probability',
  category: 'Category',
  closes_on: 'Close date',
  next_step: 'Next step',
  next_step_on: 'Next step on',
  competitor: 'Competitor',
  product_id: 'Product',
  contract_id: 'Contract',
  account_id: 'Account',
  lost_reason: 'Why lost',
  archived_at: 'Put away',
};

export const optionsOf = <K extends string>(words: Record<K, string>): { value: K; label: string }[] =>
  (Object.entries(words) as [K, string][]).map(([value, label]) => ({ value, label }));

/** A quarter as people call it: `Q4 2026`. */
export const periodLabel = (id: string): string => {
  const [year, quarter] = id.split('-');
  return `${quarter} ${year}`;
};
