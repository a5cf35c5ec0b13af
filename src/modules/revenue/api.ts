// The revenue room's contract: the lines of the ledger, invoices with what was paid, cohorts. Figures are asked for as metrics.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import { currency, day, flag, id, listOf, many, money, paging } from '../../kernel/contract/shapes.ts';

export const SOURCES = ['contract', 'subscription', 'invoice'] as const;

export const revenueLine = z
  .object({
    id,
    /** Where it comes from: a line of a contract, an imported subscription, a recurring invoice. */
    source: z.enum(SOURCES),
    accountId: id,
    accountName: z.string(),
    contractId: id.nullable(),
    productId: id.nullable(),
    /** The product's name, or what the file or contract calls it. */
    label: z.string(),
    mrr: money,
    arr: money,
    startsOn: day,
    /** The first day without it; null: goes on. */
    until: day.nullable(),
  })
  .meta({ id: 'RevenueLine' });
export type RevenueLine = z.infer<typeof revenueLine>;

export const listLines = defineRoute({
  id: 'revenue.listLines',
  method: 'GET',
  path: '/api/v1/revenue/lines',
  summary: 'Lines of recurring revenue, the latest first: what every figure of revenue is made of',
  permission: 'revenue.read',
  query: z.strictObject({
    accountId: id.optional(),
    /** With `accountId`: the accounts below it too. */
    withChildren: flag,
    /** Only lines in force on this day. */
    on: day.optional(),
    source: z.enum(SOURCES).optional(),
    ...paging,
  }),
  answer: listOf(revenueLine),
});

export const INVOICE_STATES = ['draft', 'open', 'paid', 'void', 'uncollectible'] as const;
export const invoiceShape = z
  .object({
    id,
    accountId: id,
    accountName: z.string(),
    number: z.string(),
    issuedOn: day,
    dueOn: day.nullable(),
    amount: money,
    /** Payments matched to it, in its currency. */
    paid: money,
    status: z.enum(INVOICE_STATES),
    /** Open and past its day. */
    isOverdue: z.boolean(),
    recurring: z.boolean(),
    periodFrom: day.nullable(),
    periodTo: day.nullable(),
  })
  .meta({ id: 'Invoice' });
export type Invoice = z.infer<typeof invoiceShape>;

export const listInvoices = defineRoute({
  id: 'revenue.listInvoices',
  method: 'GET',
  path: '/api/v1/invoices',
  summary: 'Invoices, the latest first, with what was paid',
  permission: 'revenue.read',
  query: z.strictObject({
    accountId: id.optional(),
    withChildren: flag,
    status: z.enum(INVOICE_STATES).optional(),
    ...paging,
  }),
  answer: listOf(invoiceShape),
});

export const listCohorts = defineRoute({
  id: 'revenue.listCohorts',
  method: 'GET',
  path: '/api/v1/revenue/cohorts',
  summary: 'Accounts by the period in which they first paid, and what they pay in the periods after it',
  permission: 'revenue.read',
  query: z.strictObject({
    by: z.enum(['month', 'quarter', 'year']).default('quarter'),
    /** The last day that is looked at; today when left out. */
    asOf: day.optional(),
    /** How many periods back. */
    periods: z.coerce.number().int().min(1).max(60).default(12),
    currency: currency.optional(),
    /** At the rates of the last day, so that only business moves the figures. */
    constantCurrency: flag,
    ownerId: many(id),
    tier: many(z.string().max(60)),
    industry: many(z.string().max(200)),
    country: many(z.string().max(100)),
  }),
  answer: z.object({
    asOf: day,
    by: z.enum(['month', 'quarter', 'year']),
    /** The last day of each period, oldest first. */
    points: z.array(day),
    items: z.array(
      z.object({
        /** The first day of the period in which these accounts first paid. */
        cohort: day,
        accounts: z.int(),
        /** From the cohort's own period on: what its accounts pay a month at the end of it, as a share of the first, and how many pay. */
        ages: z.array(
          z.object({
            on: day,
            mrr: money,
            share: z.string().nullable(),
            accounts: z.int(),
            accountShare: z.string().nullable(),
          }),
        ),
      }),
    ),
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  }),
});
