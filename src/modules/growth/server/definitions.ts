// What the growth room's figures mean, for everybody who asks.
import type { Metric } from '../../../kernel/server/measuring.ts';

type Definition = Metric['definition'];
const RECURRING = 'Recurring revenue: a twelfth of the yearly value at the end of each month';
const ONCE =
  'One-off revenue: one-off contract lines on their first day, and invoices that do not recur of accounts without contracts and subscriptions';

export const DEFINITIONS = {
  penetration: {
    id: 'penetration',
    version: 1,
    label: 'Penetration',
    meaning: 'Of everything that the units of our accounts could have from us, how much they have.',
    formula: 'owned cells / eligible cells of unit × product',
    includes: [
      'The whitespace grid of the year, of accounts where at least one cell was filled',
      'Owned: said to be ours, or with revenue in the ledger on the day',
      'Cells that nobody has said anything of are eligible',
    ],
    excludes: ['Cells that are not eligible leave the denominator', 'Archived accounts'],
    unit: 'ratio',
    over: 'day',
    better: 'higher',
    groupBy: ['account', 'product', 'owner'],
  },
  whitespace: {
    id: 'whitespace',
    version: 1,
    label: 'Open whitespace',
    meaning: 'What accounts could still buy from us in a year and is not in the pipeline yet.',
    formula: 'Σ max(0, potential − current − open pipeline), cell by cell',
    includes: [
      'Cells of the year with a potential',
      'Current: recurring value of the ledger on the day',
      'Open opportunities without renewals',
    ],
    excludes: ['Cells without a potential', 'Cells that are not eligible', 'Archived accounts'],
    unit: 'money',
    over: 'day',
    better: null,
    groupBy: ['account', 'product', 'owner'],
  },
  'share-of-wallet': {
    id: 'share-of-wallet',
    version: 2,
    label: 'Share of wallet',
    meaning: 'How much of what accounts spend in our categories they spend with us.',
    formula: 'our revenue of twelve months in the category / what the account spends a year in the category',
    includes: [
      'Accounts with an estimate on the day; of each category the newest one',
      'The estimate of everything that we sell where there is one, else those of the series',
      RECURRING,
      ONCE,
    ],
    excludes: ['Accounts without an estimate', 'Archived accounts'],
    unit: 'ratio',
    over: 'day',
    better: 'higher',
    groupBy: ['account', 'owner'],
  },
  'account-margin': {
    id: 'account-margin',
    version: 2,
    label: 'Account margin',
    meaning: 'What is left of the revenue of accounts after what it costs to deliver it and to serve them.',
    formula: 'revenue − cost of delivery − cost to serve',
    includes: [
      RECURRING,
      ONCE,
      'Cost of delivery: the share of each product',
      'Cost to serve: expenses (travel, entertainment, time, concessions) of the period, at the rate of their day',
    ],
    excludes: ['Cost of delivery of products that have no share; a warning says so', 'Archived accounts'],
    unit: 'money',
    over: 'period',
    better: 'higher',
    groupBy: ['account', 'owner'],
  },
} satisfies Record<string, Definition>;
