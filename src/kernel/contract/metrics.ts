// How figures are asked for and explained: one shape for every metric of every room. Rooms contribute metrics (server/measuring.ts),
// the insights room mounts these routes, pages of any room ask through them.
import * as z from 'zod';
import { defineRoute } from './route.ts';
import { currency, day, flag, id, many, money } from './shapes.ts';

export const metricId = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/);
/** `money` is `{ amount, currency }`, `ratio` a decimal text with six places (1 = 100 %), `days` and `count` numbers. */
export const metricUnit = z.enum(['money', 'ratio', 'count', 'days', 'score']);

export const metricDefinition = z
  .object({
    id: metricId,
    version: z.int().min(1),
    label: z.string(),
    /** What it says, in a sentence that a tired person understands. */
    meaning: z.string(),
    formula: z.string(),
    includes: z.array(z.string()),
    excludes: z.array(z.string()),
    unit: metricUnit,
    /** The room that computes it. */
    room: z.string(),
    /** Whether it is about a period (`from`–`to`) or about one day (`asOf`). */
    over: z.enum(['period', 'day']),
    better: z.enum(['higher', 'lower']).nullable(),
    /** Words that `groupBy` takes. */
    groupBy: z.array(z.string()),
    /** What the figure is of, where it is of one record: `contract`. It is asked for with the id of the record as `of`. */
    of: z.string().optional(),
  })
  .meta({ id: 'MetricDefinition' });
export type MetricDefinition = z.infer<typeof metricDefinition>;

/** A figure; null: not enough data, never 0 in its place. Among parts a text is a ratio (1 = 100 %), a number a count. */
export const figure = z.union([z.string(), z.number(), money]).nullable();
export type Figure = z.infer<typeof figure>;
export const parts = z.record(z.string(), figure);

export const metricQuery = z.strictObject({
  /** A period reaches from the balance of `from` to the balance of `to`. Without them: the twelve months up to `asOf`. */
  from: day.optional(),
  to: day.optional(),
  /** The day that figures of one day are about, and the last day that figures of a period look at; today when left out. */
  asOf: day.optional(),
  groupBy: z.string().max(30).optional(),
  accountId: id.optional(),
  /** The one record that the figure is of, where its definition says so: a contract, a renewal, an offer. */
  of: id.optional(),
  /** With `accountId`: the accounts below it too. */
  withChildren: flag,
  /** Reporting currency; the workspace's own when left out. */
  currency: currency.optional(),
  /** Converts both ends of a period at the rate of its first day, so that only business moves the figure. */
  constantCurrency: flag,
  ownerId: many(id),
  productId: many(id),
  tier: many(z.string().max(60)),
  industry: many(z.string().max(200)),
  country: many(z.string().max(100)),
  /** Retention: accounts that came back within the period count with what they pay again. Off by default. */
  includeReactivation: flag,
});
export type MetricQuery = z.output<typeof metricQuery>;

export const metricAnswer = z
  .object({
    value: figure,
    unit: metricUnit,
    definition: z.object({ id: metricId, version: z.int() }),
    asOf: day,
    from: day.nullable(),
    to: day.nullable(),
    parts,
    /** By currency as it is in the books, before conversion. */
    byCurrency: z.array(z.object({ currency, parts: z.record(z.string(), figure) })).optional(),
    groups: z.array(z.object({ key: z.string(), label: z.string(), value: figure, parts })).optional(),
    /** What a reader should know: amounts without a rate, accounts left out. */
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  })
  .meta({ id: 'MetricAnswer' });
export type MetricAnswer = z.infer<typeof metricAnswer>;

export const listMetrics = defineRoute({
  id: 'insights.listMetrics',
  method: 'GET',
  path: '/api/v1/metrics',
  summary: 'The definitions of all figures',
  permission: 'signed-in',
  answer: z.object({ items: z.array(metricDefinition) }),
});

export const getMetric = defineRoute({
  id: 'insights.getMetric',
  method: 'GET',
  path: '/api/v1/metrics/{id}',
  summary: 'One figure, with its parts, its definition and what it is as of',
  permission: 'insights.read',
  params: z.strictObject({ id: metricId }),
  query: metricQuery,
  bulk: true,
  answer: metricAnswer,
  problems: { unknown_metric: 'There is no metric of this name.' },
});

/** A row behind a figure: what it is about, and what it adds to each part. */
export const metricRow = z
  .object({
    key: z.string(),
    label: z.string(),
    accountId: id.nullable(),
    /** Where the row can be looked at, a path of the app. */
    href: z.string().nullable(),
    parts,
  })
  .meta({ id: 'MetricRow' });
export const explainMetric = defineRoute({
  id: 'insights.explainMetric',
  method: 'GET',
  path: '/api/v1/metrics/{id}/rows',
  summary: 'The rows behind a figure, those that weigh most first',
  permission: 'insights.read',
  params: z.strictObject({ id: metricId }),
  query: z.strictObject({
    ...metricQuery.shape,
    /** Only rows of this group of `groupBy`. */
    group: z.string().max(200).optional(),
    /** Only rows that add to this part: `churn`, `expansion`. */
    part: z.string().max(60).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(2000).optional(),
  }),
  answer: z.object({ definition: metricDefinition, items: z.array(metricRow), nextCursor: z.string().nullable() }),
  problems: { unknown_metric: 'There is no metric of this name.' },
});
