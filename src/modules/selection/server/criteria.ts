/**
 * The library of ten criteria that every workspace starts with. Data, not rules: each may be reworded, re-banded or
 * replaced there; three to five of them are active at a time. Where a workspace lacks the field that a criterion is
 * derived from, it is scored by hand.
 */
import type { Criterion, Weight } from '../rules.ts';

export const DEFAULT_CRITERIA: readonly Criterion[] = [
  {
    key: 'product_fit',
    name: 'Product fit',
    why: 'Accounts that need what we do best stay longer and cost less to serve.',
    axis: 'strength',
    anchors: {
      1: 'They need something else; every order is an exception',
      4: 'We cover a part of the need, with workarounds',
      7: 'We cover most of the need as it is',
      10: 'They need exactly what we do best, today and on our roadmap',
    },
    source: { kind: 'manual' },
    derivation: null,
  },
  {
    key: 'transaction_size',
    name: 'Average transaction size',
    why: 'Large orders pay for the attention that a key account gets.',
    axis: 'attractiveness',
    anchors: {
      1: 'Among the smallest orders we handle',
      4: 'Somewhat below our usual order',
      7: 'Clearly above our usual order',
      10: 'Among the largest orders we have',
    },
    source: { kind: 'ratio', numerator: 'invoicedLastYear', denominator: 'invoicesLastYear', unit: 'money' },
    derivation: { method: 'percentile', direction: 'up' },
  },
  {
    key: 'revenue_potential',
    name: 'Revenue potential',
    why: 'What can still be won there in the next years, beside what they buy today.',
    axis: 'attractiveness',
    anchors: {
      1: 'They buy all that they can from us',
      4: 'A little more is possible, at one unit',
      7: 'Could grow by half within two years',
      10: 'Could at least double within two years',
    },
    source: { kind: 'field', field: 'expansionPotential', unit: 'money' },
    derivation: { method: 'percentile', direction: 'up' },
  },
  {
    key: 'purchasing_process',
    name: 'Purchasing process',
    why: 'Buyers who choose for value and for years reward a partner; tenders on price do not.',
    axis: 'attractiveness',
    anchors: {
      1: 'Every order is a tender on price',
      4: 'Purchasing leads, users are heard late',
      7: 'Users and purchasing decide together, for a year or more',
      10: 'Long contracts, decided with us at the table',
    },
    source: { kind: 'manual' },
    derivation: null,
  },
  {
    key: 'partner_history',
    name: 'Partner history and potential',
    why: 'Accounts that work with their suppliers as partners share plans, and so let us plan.',
    axis: 'strength',
    anchors: {
      1: 'Changes suppliers at every chance',
      4: 'Correct, but at arm’s length',
      7: 'Has built something together with a supplier before',
      10: 'Plans with us, shares its roadmap, gives references',
    },
    source: { kind: 'manual' },
    derivation: null,
  },
  {
    key: 'tenure',
    name: 'Tenure',
    why: 'Years together show that the relationship survives changes of people on both sides.',
    axis: 'strength',
    anchors: {
      1: 'Less than a year with us',
      4: 'Two to three years with us',
      7: 'Five to eight years with us',
      10: 'Twelve years with us or more',
    },
    source: { kind: 'field', field: 'tenureYears', unit: 'years' },
    derivation: {
      method: 'bands',
      direction: 'up',
      bands: [
        { from: null, score: 1 },
        { from: 1, score: 3 },
        { from: 2, score: 4 },
        { from: 3, score: 6 },
        { from: 5, score: 7 },
        { from: 8, score: 9 },
        { from: 12, score: 10 },
      ],
    },
  },
  {
    key: 'solvency',
    name: 'Solvency',
    why: 'Growth with an account that cannot pay is a loss that has not happened yet.',
    axis: 'attractiveness',
    anchors: {
      1: 'More than 60 days late on average, or payments open in dispute',
      4: 'Two to four weeks late on average',
      7: 'A few days late on average',
      10: 'Pays on time or early, sound balance sheet',
    },
    source: { kind: 'field', field: 'averageDaysLate', unit: 'days' },
    derivation: {
      method: 'bands',
      direction: 'down',
      bands: [
        { from: null, score: 10 },
        { from: 1, score: 8 },
        { from: 5, score: 7 },
        { from: 10, score: 5 },
        { from: 15, score: 4 },
        { from: 30, score: 2 },
        { from: 60, score: 1 },
      ],
    },
  },
  {
    key: 'existing_relationships',
    name: 'Existing relationships',
    why: 'An account that is close to others whom we want to win opens their doors.',
    axis: 'attractiveness',
    anchors: {
      1: 'Knows nobody whom we want to win',
      4: 'Knows some of them',
      7: 'Works with several of them and would introduce us',
      10: 'The others look to it; it has introduced us already',
    },
    source: { kind: 'manual' },
    derivation: null,
  },
  {
    key: 'cultural_fit',
    name: 'Cultural fit',
    why: 'Where people work alike, trouble is settled by a call and not by a contract.',
    axis: 'strength',
    anchors: {
      1: 'Values clash; every issue becomes a dispute',
      4: 'Different pace and style, works with effort',
      7: 'Similar pace and style, open about problems',
      10: 'Feels like one team',
    },
    source: { kind: 'manual' },
    derivation: null,
  },
  {
    key: 'geographic_alignment',
    name: 'Geographic alignment',
    why: 'We can only serve well where we are, or where we are going.',
    axis: 'strength',
    anchors: {
      1: 'Their sites lie where we have no delivery',
      4: 'We reach some of their sites, others through partners',
      7: 'We reach most of their sites',
      10: 'We are where they are, and where they grow',
    },
    source: { kind: 'manual' },
    derivation: null,
  },
];

/** The model that a new workspace begins with: five criteria, scored by hand or from fields that an import brings. */
export const STARTING_WEIGHTS: readonly Weight[] = [
  { key: 'revenue_potential', weight: 30 },
  { key: 'product_fit', weight: 25 },
  { key: 'partner_history', weight: 20 },
  { key: 'tenure', weight: 15 },
  { key: 'solvency', weight: 10 },
];
