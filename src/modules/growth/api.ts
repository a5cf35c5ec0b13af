// The growth room's contract: the whitespace grid, its cells and units, competitors and what they hold. What it costs and what share of
// the wallet is ours stands in the second half.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import {
  byId,
  currency,
  day,
  flag,
  id,
  instant,
  line,
  listOf,
  many,
  money,
  name,
  paging,
  version,
} from '../../kernel/contract/shapes.ts';

export const STATUSES = ['ours', 'competitor', 'in_house', 'unknown', 'not_eligible'] as const;
export const status = z.enum(STATUSES);
export type Status = z.infer<typeof status>;
export const CONFIDENCES = ['low', 'medium', 'high'] as const;
const confidence = z.enum(CONFIDENCES);
export type Confidence = z.infer<typeof confidence>;
const year = z.int().min(2000).max(2200);
const yearQuery = z.coerce.number().int().min(2000).max(2200);
const amount = money.refine((m) => m.amount >= 0, 'Not below zero');
const percent = z.number().min(0).max(100);
const minor = z.int().nullable();

// The grid ------------------------------------------------------------------

/** Sums in minor units of the grid's currency. */
const sums = z.object({
  potential: z.int(),
  current: z.int(),
  pipeline: z.int(),
  /** Potential without what is ours and what is in the pipeline, cell by cell never below zero. */
  open: z.int(),
  owned: z.int(),
  eligible: z.int(),
  /** Owned of eligible cells, six places; null: no cell is eligible. */
  penetration: z.string().nullable(),
});
export type Sums = z.infer<typeof sums>;

export const gridUnit = z
  .object({
    accountId: id,
    /** Null: the account itself. */
    unitId: id.nullable(),
    name: z.string(),
    kind: z.enum(['account', 'child', 'unit']),
    depth: z.int(),
    /** Place in `units` of the unit above; null for the account asked for. */
    parent: z.int().nullable(),
    own: sums,
    /** With everything below it. */
    withBelow: sums,
  })
  .meta({ id: 'WhitespaceUnit' });
export const gridProduct = z
  .object({
    id,
    name: z.string(),
    seriesName: z.string().nullable(),
    archived: z.boolean(),
    total: sums,
  })
  .meta({ id: 'WhitespaceProduct' });
/** Amounts are minor units of the grid's currency; null: unknown, never zero in its place. */
export const gridCell = z
  .object({
    /** Null: nobody has said anything of this cell yet. */
    id: id.nullable(),
    /** Places in `units` and `products`. */
    unit: z.int(),
    product: z.int(),
    status,
    /** Ours by what was said, or by the ledger. */
    owned: z.boolean(),
    potential: minor,
    current: minor,
    pipeline: minor,
    open: minor,
    priority: minor,
    competitor: z.string().nullable(),
    incumbentEndsOn: day.nullable(),
    hasNext: z.boolean(),
    opportunityId: id.nullable(),
    version: version.nullable(),
  })
  .meta({ id: 'WhitespaceGridCell' });
export type GridCell = z.infer<typeof gridCell>;
export const grid = z
  .object({
    year: z.int(),
    /** The day of the ledger, the pipeline and the rates. */
    asOf: day,
    currency,
    units: z.array(gridUnit),
    products: z.array(gridProduct),
    /** Cells of which something is known; all others are unknown and eligible. */
    cells: z.array(gridCell),
    total: sums,
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
    /** Years that have cells. */
    years: z.array(z.int()),
    can: z.object({ update: z.boolean() }),
  })
  .meta({ id: 'WhitespaceGrid' });
export type Grid = z.infer<typeof grid>;
export const getGrid = defineRoute({
  id: 'growth.grid',
  method: 'GET',
  path: '/api/v1/growth/grid',
  summary: 'Units × products of an account: who has what, what could be ours; with roll-ups',
  permission: 'growth.read',
  query: z.strictObject({
    accountId: id,
    /** The accounts below it too. */
    withChildren: flag,
    year: yearQuery.optional(),
    seriesId: many(id),
  }),
  answer: grid,
  bulk: true,
  problems: { too_large: 'The grid has more than 200,000 cells: choose a series, or an account further down.' },
});
export const copyGrid = defineRoute({
  id: 'growth.copyGrid',
  method: 'POST',
  path: '/api/v1/growth/grid/copy',
  summary: 'Take the cells of another year over; what stands in the new year stays',
  permission: 'growth.write',
  body: z.strictObject({ accountId: id, withChildren: z.boolean().optional(), from: year, to: year }),
  answer: z.object({ copied: z.int() }),
});

// Cells ---------------------------------------------------------------------

export const cellShape = z
  .object({
    id: id.nullable(),
    accountId: id,
    accountName: z.string(),
    unitId: id.nullable(),
    unitName: z.string().nullable(),
    productId: id,
    productName: z.string(),
    year: z.int(),
    status,
    owned: z.boolean(),
    /** As entered. */
    potential: money.nullable(),
    /** From the ledger; of named units as entered. In the workspace's currency. */
    current: money.nullable(),
    pipeline: money.nullable(),
    open: money.nullable(),
    priority: money.nullable(),
    competitorId: id.nullable(),
    competitorName: z.string().nullable(),
    incumbentEndsOn: day.nullable(),
    fit: z.number().nullable(),
    /** In percent; reckoned from the stakeholders where nobody said otherwise. */
    access: z.number().nullable(),
    accessSaid: z.number().nullable(),
    effort: z.number(),
    confidence: confidence.nullable(),
    source: z.string(),
    nextStep: z.string(),
    opportunityId: id.nullable(),
    version: version.nullable(),
    updatedAt: instant.nullable(),
    /** The same cell in other years. */
    history: z.array(
      z.object({ year: z.int(), status, potential: money.nullable(), competitorName: z.string().nullable() }),
    ),
    can: z.object({ update: z.boolean() }),
  })
  .meta({ id: 'WhitespaceCell' });
export type Cell = z.infer<typeof cellShape>;

const place = { accountId: id, unitId: id.nullable().optional(), productId: id, year };
const cellFields = {
  status: status.optional(),
  potential: amount.nullable().optional(),
  /** Only of named units. */
  current: amount.nullable().optional(),
  competitorId: id.nullable().optional(),
  incumbentEndsOn: day.nullable().optional(),
  fit: percent.nullable().optional(),
  access: percent.nullable().optional(),
  effort: z.number().min(0.1).max(100).nullable().optional(),
  confidence: confidence.nullable().optional(),
  source: z.string().trim().max(500).optional(),
  nextStep: z.string().trim().max(2000).optional(),
};
export const getCell = defineRoute({
  id: 'growth.cell',
  method: 'GET',
  path: '/api/v1/growth/cell',
  summary: 'One cell with what is reckoned for it and how it stood in other years',
  permission: 'growth.read',
  query: z.strictObject({ accountId: id, unitId: id.optional(), productId: id, year: yearQuery }),
  answer: cellShape,
});
export const putCell = defineRoute({
  id: 'growth.putCell',
  method: 'PUT',
  path: '/api/v1/growth/cell',
  summary: 'Write a cell; what is left out stays',
  permission: 'growth.write',
  /** The version that was seen; null: the cell was empty. */
  body: z.strictObject({ ...place, ...cellFields, version: version.nullable() }),
  answer: cellShape,
  problems: { version_conflict: 'Changed since; `current` holds the cell as it stands.' },
});
export const clearCell = defineRoute({
  id: 'growth.clearCell',
  method: 'DELETE',
  path: '/api/v1/growth/cells/{id}',
  summary: 'Forget what was said of a cell',
  permission: 'growth.write',
  params: byId,
});
export const bulkCells = defineRoute({
  id: 'growth.bulkCells',
  method: 'POST',
  path: '/api/v1/growth/cells/bulk',
  summary: 'Change many cells of a year alike; cells that changed since they were seen are left alone and counted',
  permission: 'growth.write',
  body: z.strictObject({
    year,
    cells: z
      .array(
        z.strictObject({
          accountId: id,
          unitId: id.nullable().optional(),
          productId: id,
          version: version.nullable().optional(),
        }),
      )
      .min(1)
      .max(5000),
    change: z.strictObject({
      status: status.optional(),
      potential: amount.nullable().optional(),
      competitorId: id.nullable().optional(),
      incumbentEndsOn: day.nullable().optional(),
      fit: percent.nullable().optional(),
      access: percent.nullable().optional(),
      effort: z.number().min(0.1).max(100).nullable().optional(),
      confidence: confidence.nullable().optional(),
      source: z.string().trim().max(500).optional(),
    }),
  }),
  answer: z.object({ changed: z.int(), conflicts: z.int() }),
});
export const openOpportunity = defineRoute({
  id: 'growth.openOpportunity',
  method: 'POST',
  path: '/api/v1/growth/cells/{id}/opportunity',
  summary: 'Turn a cell into an opportunity, with what is open of its potential',
  permission: 'growth.write',
  status: 201,
  params: byId,
  body: z.strictObject({
    name: name.optional(),
    type: z.enum(['upsell', 'cross_sell', 'new_unit']).optional(),
    closesOn: day,
    amount: amount.nullable().optional(),
    ownerId: id.nullable().optional(),
  }),
  answer: z.object({ opportunityId: id, cell: cellShape }),
  problems: {
    opportunity_open: 'This cell has an open opportunity already.',
    no_pipeline: 'This installation keeps no opportunities.',
  },
});

/** A cell in a list over the portfolio. Amounts in the workspace's currency. */
export const whitespaceItem = z
  .object({
    id,
    accountId: id,
    accountName: z.string(),
    unitId: id.nullable(),
    unitName: z.string().nullable(),
    productId: id,
    productName: z.string(),
    year: z.int(),
    status,
    competitorName: z.string().nullable(),
    incumbentEndsOn: day.nullable(),
    potential: money.nullable(),
    open: money.nullable(),
    priority: money.nullable(),
    nextStep: z.string(),
    opportunityId: id.nullable(),
  })
  .meta({ id: 'WhitespaceItem' });
export type WhitespaceItem = z.infer<typeof whitespaceItem>;
export const listWhitespace = defineRoute({
  id: 'growth.whitespace',
  method: 'GET',
  path: '/api/v1/growth/whitespace',
  summary: 'What is open over all accounts that you see, most worth doing first',
  permission: 'growth.read',
  query: z.strictObject({
    ...paging,
    year: yearQuery.optional(),
    accountId: many(id),
    productId: many(id),
    status: many(status),
  }),
  answer: listOf(whitespaceItem).extend({
    currency,
    asOf: day,
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  }),
});
export const listEnding = defineRoute({
  id: 'growth.ending',
  method: 'GET',
  path: '/api/v1/growth/ending',
  summary: 'Contracts that accounts have with others and that end soon: twelve months, unless said otherwise',
  permission: 'growth.read',
  query: z.strictObject({
    ...paging,
    months: z.coerce.number().int().min(1).max(60).default(12),
    accountId: many(id),
    competitorId: many(id),
  }),
  answer: listOf(whitespaceItem).extend({ from: day, to: day }),
});

// Units and competitors -----------------------------------------------------

export const unitShape = z.object({ id, accountId: id, name: z.string(), position: z.int(), version });
export const createUnit = defineRoute({
  id: 'growth.createUnit',
  method: 'POST',
  path: '/api/v1/growth/units',
  summary: 'Add a unit to an account: a plant, a department',
  permission: 'growth.write',
  status: 201,
  body: z.strictObject({ accountId: id, name, position: z.int().min(0).max(10_000).optional() }),
  answer: unitShape,
  problems: { duplicate_name: 'The account has a unit of this name.' },
});
export const updateUnit = defineRoute({
  id: 'growth.updateUnit',
  method: 'PATCH',
  path: '/api/v1/growth/units/{id}',
  summary: 'Rename or move a unit',
  permission: 'growth.write',
  params: byId,
  body: z.strictObject({
    version: version.optional(),
    name: name.optional(),
    position: z.int().min(0).max(10_000).optional(),
  }),
  answer: unitShape,
  problems: { duplicate_name: 'The account has a unit of this name.', version_conflict: 'Changed since.' },
});
export const removeUnit = defineRoute({
  id: 'growth.removeUnit',
  method: 'DELETE',
  path: '/api/v1/growth/units/{id}',
  summary: 'Remove a unit with its cells',
  permission: 'growth.write',
  params: byId,
});

export const competitorShape = z
  .object({
    id,
    name: z.string(),
    notes: z.string(),
    /** Cells of this year that you see. */
    cells: z.int(),
    version,
  })
  .meta({ id: 'Competitor' });
export type Competitor = z.infer<typeof competitorShape>;
export const listCompetitors = defineRoute({
  id: 'growth.listCompetitors',
  method: 'GET',
  path: '/api/v1/growth/competitors',
  summary: 'Competitors by name, with how much of the grid they hold',
  permission: 'growth.read',
  query: z.strictObject({ ...paging, q: line.optional() }),
  answer: listOf(competitorShape),
});
export const createCompetitor = defineRoute({
  id: 'growth.createCompetitor',
  method: 'POST',
  path: '/api/v1/growth/competitors',
  summary: 'Add a competitor',
  permission: 'growth.write',
  status: 201,
  body: z.strictObject({ name, notes: z.string().max(5000).optional() }),
  answer: competitorShape,
  problems: { duplicate_name: 'There is a competitor of this name.' },
});
export const updateCompetitor = defineRoute({
  id: 'growth.updateCompetitor',
  method: 'PATCH',
  path: '/api/v1/growth/competitors/{id}',
  summary: 'Rename a competitor or change the notes',
  permission: 'growth.write',
  params: byId,
  body: z.strictObject({ version: version.optional(), name: name.optional(), notes: z.string().max(5000).optional() }),
  answer: competitorShape,
  problems: { duplicate_name: 'There is a competitor of this name.', version_conflict: 'Changed since.' },
});

// Share of wallet -----------------------------------------------------------

export const estimateShape = z
  .object({
    id,
    accountId: id,
    seriesId: id.nullable(),
    seriesName: z.string().nullable(),
    /** What they spend in a year, with anybody. */
    spend: money,
    estimatedOn: day,
    source: z.string(),
    confidence,
    note: z.string(),
    version,
  })
  .meta({ id: 'WalletEstimate' });
export type Estimate = z.infer<typeof estimateShape>;
export const walletShare = z
  .object({
    seriesId: id.nullable(),
    /** Null: everything that we sell. */
    seriesName: z.string().nullable(),
    /** Revenue of the last twelve months, recurring and one-off; null: no ledger, or a rate is missing. */
    revenue: money.nullable(),
    spend: money.nullable(),
    /** Six places; null: not enough is known. */
    share: z.string().nullable(),
    /** The estimate that holds: the newest one up to the day. */
    estimate: estimateShape,
  })
  .meta({ id: 'WalletShare' });
export const getWallet = defineRoute({
  id: 'growth.wallet',
  method: 'GET',
  path: '/api/v1/growth/wallet',
  summary:
    'Our share of what an account spends, category by category, with source, day and confidence of each estimate',
  permission: 'growth.read',
  query: z.strictObject({ accountId: id, asOf: day.optional() }),
  answer: z.object({
    asOf: day,
    currency,
    shares: z.array(walletShare),
    /** All estimates, the newest first. */
    estimates: z.array(estimateShape),
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
    can: z.object({ update: z.boolean() }),
  }),
});
export type Wallet = z.output<NonNullable<typeof getWallet.answer>>;
const estimateFields = {
  seriesId: id.nullable().optional(),
  spend: amount,
  estimatedOn: day,
  source: z.string().trim().min(1, 'Say where the number comes from').max(500),
  confidence,
  note: z.string().max(5000).optional(),
};
export const addEstimate = defineRoute({
  id: 'growth.addEstimate',
  method: 'POST',
  path: '/api/v1/growth/wallet',
  summary: 'Add an estimate of what an account spends in a category',
  permission: 'growth.write',
  status: 201,
  body: z.strictObject({ accountId: id, ...estimateFields }),
  answer: estimateShape,
});
export const updateEstimate = defineRoute({
  id: 'growth.updateEstimate',
  method: 'PATCH',
  path: '/api/v1/growth/wallet/{id}',
  summary: 'Correct an estimate',
  permission: 'growth.write',
  params: byId,
  body: z.strictObject({
    version: version.optional(),
    seriesId: id.nullable().optional(),
    spend: amount.optional(),
    estimatedOn: day.optional(),
    source: estimateFields.source.optional(),
    confidence: confidence.optional(),
    note: estimateFields.note,
  }),
  answer: estimateShape,
  problems: { version_conflict: 'Changed since.' },
});
export const removeEstimate = defineRoute({
  id: 'growth.removeEstimate',
  method: 'DELETE',
  path: '/api/v1/growth/wallet/{id}',
  summary: 'Remove an estimate',
  permission: 'growth.write',
  params: byId,
});

// What it costs -------------------------------------------------------------

export const EXPENSE_KINDS = ['travel', 'entertainment', 'time', 'concession', 'marketing', 'other'] as const;
export const expenseKind = z.enum(EXPENSE_KINDS);
export const expenseShape = z
  .object({
    id,
    accountId: id,
    accountName: z.string(),
    kind: expenseKind,
    spentOn: day,
    /** Below zero: a refund. */
    amount: money,
    description: z.string(),
    memberId: id.nullable(),
    memberName: z.string().nullable(),
    version,
    can: z.object({ update: z.boolean() }),
  })
  .meta({ id: 'Expense' });
export type Expense = z.infer<typeof expenseShape>;
export const listExpenses = defineRoute({
  id: 'growth.listExpenses',
  method: 'GET',
  path: '/api/v1/growth/expenses',
  summary: 'What was spent on accounts, latest first',
  permission: 'growth.read',
  query: z.strictObject({
    ...paging,
    accountId: many(id),
    memberId: many(id),
    kind: many(expenseKind),
    from: day.optional(),
    to: day.optional(),
  }),
  answer: listOf(expenseShape),
});
const expenseFields = {
  kind: expenseKind,
  spentOn: day,
  amount: money,
  description: z.string().trim().max(1000).optional(),
  memberId: id.nullable().optional(),
};
export const addExpense = defineRoute({
  id: 'growth.addExpense',
  method: 'POST',
  path: '/api/v1/growth/expenses',
  summary: 'Note what was spent on an account; without a member it was you',
  permission: 'growth.write',
  status: 201,
  body: z.strictObject({ accountId: id, ...expenseFields }),
  answer: expenseShape,
});
export const updateExpense = defineRoute({
  id: 'growth.updateExpense',
  method: 'PATCH',
  path: '/api/v1/growth/expenses/{id}',
  summary: 'Correct an expense',
  permission: 'growth.write',
  params: byId,
  body: z.strictObject({
    version: version.optional(),
    kind: expenseKind.optional(),
    spentOn: day.optional(),
    amount: money.optional(),
    description: expenseFields.description,
    memberId: expenseFields.memberId,
  }),
  answer: expenseShape,
  problems: { version_conflict: 'Changed since.' },
});
export const removeExpense = defineRoute({
  id: 'growth.removeExpense',
  method: 'DELETE',
  path: '/api/v1/growth/expenses/{id}',
  summary: 'Remove an expense',
  permission: 'growth.write',
  params: byId,
});

export const budgetShape = z
  .object({
    accountId: id.nullable(),
    memberId: id.nullable(),
    name: z.string(),
    /** The fiscal year, named after the calendar year in which it ends. */
    year: z.int(),
    from: day,
    to: day,
    budget: money,
    /** What was spent of it up to today, in its currency. */
    spent: money,
    version,
  })
  .meta({ id: 'Budget' });
export type Budget = z.infer<typeof budgetShape>;
export const listBudgets = defineRoute({
  id: 'growth.listBudgets',
  method: 'GET',
  path: '/api/v1/growth/budgets',
  summary: 'Budgets of accounts and members in a fiscal year, with what was spent',
  permission: 'growth.read',
  query: z.strictObject({ year: yearQuery.optional() }),
  answer: z.object({
    items: z.array(budgetShape),
    nextCursor: z.null(),
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  }),
});
export const putBudget = defineRoute({
  id: 'growth.putBudget',
  method: 'PUT',
  path: '/api/v1/growth/budgets',
  summary: 'Set what may be spent on an account, or by a member, in a fiscal year; null takes it away',
  permission: 'growth.budget',
  body: z.strictObject({
    accountId: id.optional(),
    memberId: id.optional(),
    year,
    budget: amount.nullable(),
    version: version.optional(),
  }),
  answer: z.object({ budget: budgetShape.nullable() }),
  problems: { version_conflict: 'Changed since.' },
});

export const pnlShape = z
  .object({
    accountId: id,
    from: day,
    to: day,
    currency,
    /** Recurring revenue of the months and what was sold once in them; null: no ledger, or a rate is missing. */
    revenue: money.nullable(),
    /** The part of it that does not come again. */
    oneOff: money.nullable(),
    deliveryCost: money.nullable(),
    costToServe: money,
    expenses: z.array(z.object({ kind: expenseKind, amount: money })),
    margin: money.nullable(),
    /** Margin of revenue, six places. */
    marginShare: z.string().nullable(),
    /** Products that bring revenue and whose cost of delivery is not known. */
    unknownCost: z.array(z.object({ id, name: z.string() })),
    budget: budgetShape.nullable(),
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
    can: z.object({ update: z.boolean(), budget: z.boolean() }),
  })
  .meta({ id: 'AccountPnl' });
export type Pnl = z.infer<typeof pnlShape>;
export const getPnl = defineRoute({
  id: 'growth.pnl',
  method: 'GET',
  path: '/api/v1/growth/pnl',
  summary: 'What an account brings and costs: twelve months, unless said otherwise',
  permission: 'growth.read',
  query: z.strictObject({ accountId: id, withChildren: flag, from: day.optional(), to: day.optional() }),
  answer: pnlShape,
});
