// The growth room's contract about money: share of wallet, expenses, budgets, profit and loss of an account.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import { byId, currency, day, flag, id, listOf, many, money, paging, version } from '../../kernel/contract/shapes.ts';
import { amount, confidence, year, yearQuery } from './api.ts';

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
