// What the figures of recurring revenue mean. A text that changes needs a new version (test/definitions in the insights room says so).
import type { Metric } from '../../../kernel/server/measuring.ts';

type Definition = Metric['definition'];

const BY_ACCOUNT = ['account', 'owner', 'tier', 'industry', 'country'];
const GROUPS = ['month', ...BY_ACCOUNT, 'product', 'currency'];
const COHORT = 'Accounts with recurring revenue on the first day of the period';
const REVENUE =
  'Recurring contract lines, imported subscriptions, and recurring invoices of accounts that have neither';
const SOURCES = 'Where an account has contract lines and subscriptions: both, or the one that the workspace has chosen';
const NOT_REVENUE = [
  'One-off lines and services',
  'Trials and lines at no price',
  'Contracts in draft, and what is cancelled or has ended after its last day',
];
const DAYS = 'Balances are those of the two days themselves; a line counts from its first day to its last';

export const DEFINITIONS = {
  nrr: {
    id: 'nrr',
    version: 2,
    label: 'Net revenue retention',
    meaning: 'What the accounts we had at the start pay at the end, compared with what they paid at the start.',
    formula: 'Σ end ÷ Σ start, over accounts with revenue at the start',
    includes: [COHORT, REVENUE, SOURCES, 'Expansion, price rises, contraction and churn of those accounts', DAYS],
    excludes: [
      'Accounts that are new since the start',
      'Accounts that came back, unless asked for (includeReactivation) or chosen under Settings',
      ...NOT_REVENUE,
    ],
    unit: 'ratio',
    over: 'period',
    better: 'higher',
    groupBy: GROUPS,
  },
  grr: {
    id: 'grr',
    version: 2,
    label: 'Gross revenue retention',
    meaning: 'What is left of the revenue we had at the start, with no credit for growth.',
    formula: 'Σ min(end, start) ÷ Σ start, account by account, over accounts with revenue at the start',
    includes: [COHORT, REVENUE, SOURCES, 'Contraction and churn of those accounts', DAYS],
    excludes: ['Expansion and price rises', 'Accounts that are new or came back', ...NOT_REVENUE],
    unit: 'ratio',
    over: 'period',
    better: 'higher',
    groupBy: GROUPS,
  },
  'logo-retention': {
    id: 'logo-retention',
    version: 2,
    label: 'Account retention',
    meaning: 'How many of the accounts we had at the start still pay at the end.',
    formula: 'accounts with revenue at both ends ÷ accounts with revenue at the start',
    includes: [COHORT, REVENUE, SOURCES, DAYS],
    excludes: ['How much they pay', 'Accounts that are new or came back', ...NOT_REVENUE],
    unit: 'ratio',
    over: 'period',
    better: 'higher',
    groupBy: GROUPS,
  },
  'mrr-movements': {
    id: 'mrr-movements',
    version: 2,
    label: 'Movements of monthly recurring revenue',
    meaning: 'Where the change of monthly recurring revenue between two days comes from.',
    formula: 'end = start + new + reactivation + expansion − contraction − churn',
    includes: [
      'All accounts, each with one movement between the two days',
      REVENUE,
      SOURCES,
      'Reactivation: paid before the first day, not on it, and pays again on the last day',
      DAYS,
    ],
    excludes: ['What came and went between the two days', ...NOT_REVENUE],
    unit: 'money',
    over: 'period',
    better: 'higher',
    groupBy: GROUPS,
  },
  mrr: {
    id: 'mrr',
    version: 2,
    label: 'Monthly recurring revenue',
    meaning: 'What all accounts pay us a month, as of one day.',
    formula: 'Σ yearly value of lines in force on the day ÷ 12',
    includes: [REVENUE, SOURCES, 'A line counts from its first day to its last'],
    excludes: NOT_REVENUE,
    unit: 'money',
    over: 'day',
    better: 'higher',
    groupBy: [...BY_ACCOUNT, 'product', 'currency'],
  },
  arr: {
    id: 'arr',
    version: 2,
    label: 'Annual recurring revenue',
    meaning: 'What all accounts pay us a year at what is in force on one day.',
    formula: 'Σ yearly value of lines in force on the day',
    includes: [REVENUE, SOURCES, 'A line counts from its first day to its last'],
    excludes: NOT_REVENUE,
    unit: 'money',
    over: 'day',
    better: 'higher',
    groupBy: [...BY_ACCOUNT, 'product', 'currency'],
  },
  concentration: {
    id: 'concentration',
    version: 2,
    label: 'Concentration',
    meaning: 'How much of the recurring revenue hangs on the ten largest accounts.',
    formula: 'Σ of the ten largest accounts ÷ Σ of all accounts, on one day',
    includes: [REVENUE, SOURCES, 'Each account by itself, not with those below it'],
    excludes: NOT_REVENUE,
    unit: 'ratio',
    over: 'day',
    better: 'lower',
    groupBy: ['account'],
  },
} as const satisfies Record<string, Definition>;
export type FigureId = keyof typeof DEFINITIONS;
