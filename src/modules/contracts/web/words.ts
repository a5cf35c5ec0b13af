// Words and colours of the contracts room: one place, so that every page says the same.
import type { AMENDMENTS, ANSWERS, CONCESSION_KINDS, Contract, ContractLine, LOSS_REASONS } from '../api.ts';
import type { Renewal } from '../api-renewals.ts';

type Tone = 'good' | 'watch' | 'poor' | 'info' | 'neutral';

export const LIKELIHOOD: Record<Renewal['likelihood'], { label: string; tone: Tone }> = {
  on_track: { label: 'On track', tone: 'good' },
  watch: { label: 'Watch', tone: 'info' },
  at_risk: { label: 'At risk', tone: 'watch' },
  critical: { label: 'Critical', tone: 'poor' },
};
export const STAGE: Record<Renewal['stage'], string> = {
  not_started: 'Not started',
  preparing: 'Preparing',
  proposed: 'Proposed',
  negotiating: 'Negotiating',
  decided: 'Decided',
};
export const OUTCOME: Record<NonNullable<Renewal['outcome']>, { label: string; tone: Tone }> = {
  renewed_uplift: { label: 'Renewed with uplift', tone: 'good' },
  renewed_flat: { label: 'Renewed flat', tone: 'good' },
  reduced: { label: 'Reduced', tone: 'watch' },
  lost: { label: 'Lost', tone: 'poor' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
};
export const STATUS: Record<Contract['status'], { label: string; tone: Tone }> = {
  draft: { label: 'Draft', tone: 'neutral' },
  active: { label: 'Active', tone: 'good' },
  ended: { label: 'Ended', tone: 'neutral' },
  cancelled: { label: 'Cancelled', tone: 'poor' },
};
export const BILLING: Record<ContractLine['billing'], string> = {
  month: 'a month',
  quarter: 'a quarter',
  half_year: 'a half-year',
  year: 'a year',
  once: 'once',
};
export const REASON: Record<ContractLine['reason'], string> = {
  initial: 'Initial',
  upgrade: 'Upgrade',
  downgrade: 'Downgrade',
  uplift: 'Uplift',
  renewal: 'Renewal',
  co_term: 'Co-term',
  partial_churn: 'Partial churn',
  won: 'Won',
};
export const AMENDMENT: Record<(typeof AMENDMENTS)[number] | 'renewal' | 'won' | 'cancellation', string> = {
  upgrade: 'Upgrade',
  downgrade: 'Downgrade',
  uplift: 'Price change',
  co_term: 'Co-term',
  partial_churn: 'Partial churn',
  renewal: 'Renewal',
  won: 'Won business',
  cancellation: 'Cancellation',
};
export const ANSWER: Record<(typeof ANSWERS)[number], { label: string; description: string }> = {
  renew: { label: 'Renew', description: 'It will be renewed as it is' },
  grow: { label: 'Grow', description: 'It will be renewed with more' },
  save: { label: 'Save', description: 'It is in danger, and there is a plan' },
  exit: { label: 'Exit', description: 'It will end' },
  monitor: { label: 'Monitor', description: 'Too early to say' },
};
export const CHECKPOINT: Record<'six_months' | 'three_months', string> = {
  six_months: 'Six months before the end',
  three_months: 'Three months before the end',
};
export const LOSS: Record<(typeof LOSS_REASONS)[number], string> = {
  price: 'Price',
  product_gap: 'Product lacks something',
  service: 'Service and support',
  adoption: 'Not used enough',
  competitor: 'Went to a competitor',
  in_house: 'Does it in-house',
  budget: 'Budget was cut',
  reorganisation: 'Merger, sale or closure',
  sponsor_left: 'Sponsor left',
  strategy: 'Strategy changed',
  terms: 'Contract terms',
  our_choice: 'Our own choice',
  other: 'Something else',
};
export const CONCESSION: Record<(typeof CONCESSION_KINDS)[number], string> = {
  discount: 'Discount',
  terms: 'Terms',
  service: 'Service',
  product: 'Product',
  payment: 'Payment',
  commitment: 'Commitment',
  reference: 'Reference',
  volume: 'Volume',
  other: 'Other',
};

export const optionsOf = <K extends string>(words: Record<K, string | { label: string; description?: string }>) =>
  (Object.entries(words) as [K, string | { label: string; description?: string }][]).map(([value, word]) =>
    typeof word === 'string' ? { value, label: word } : { value, ...pick(word) },
  );
const pick = ({ label, description }: { label: string; description?: string }) => ({
  label,
  ...(description ? { description } : {}),
});

/** What a decision on a renewal changes on the screen, and taking it back too. */
export const DECIDED = ['renewals.', 'contracts.', 'offers.', 'concessions.', 'insights.', 'revenue.', 'accounts.'];
