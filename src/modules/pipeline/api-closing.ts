// The pipeline room's contract about ends: what is won and lost, and what happened on the way.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import { byId, day, id, instant, listOf, money, paging, version } from '../../kernel/contract/shapes.ts';
import { BILLINGS, LOST_REASONS, lineWrite, opportunityPage } from './api.ts';

// Won and lost --------------------------------------------------------------
const dealLine = z.object({
  productId: id.nullable(),
  productName: z.string().nullable(),
  description: z.string(),
  kind: z.enum(['recurring', 'one_off']),
  quantity: z.number(),
  unitPriceMinor: z.int(),
  discountPercent: z.number(),
  billing: z.enum(BILLINGS),
  startsOn: day,
  endsOn: day.nullable(),
});
export const winOpportunity = defineRoute({
  id: 'pipeline.win',
  method: 'POST',
  path: '/api/v1/opportunities/{id}/win',
  summary: 'Won: without `confirm` it shows the contract lines that would be made, with it makes them',
  permission: 'pipeline.write',
  params: byId,
  body: z.strictObject({
    confirm: z.boolean().default(false),
    version: version.optional(),
    /** The day of the signature; today when left out. */
    closedOn: day.optional(),
    /** Which of the stages that count as won; the first when left out. */
    stageId: id.optional(),
    /** The contract that takes the lines; null: a new one. Left out: the opportunity's own, if it has one. */
    contractId: id.nullable().optional(),
    /** Left out: the lines of the opportunity. Empty: no contract lines are made. */
    lines: z.array(lineWrite).max(200).optional(),
  }),
  answer: z.object({
    confirmed: z.boolean(),
    opportunity: opportunityPage,
    closedOn: day,
    contractId: id.nullable(),
    lines: z.array(dealLine),
    lineIds: z.array(id),
    /** Contracts that could take the lines. */
    contracts: z.array(z.object({ id, name: z.string(), startsOn: day, endsOn: day.nullable() })),
    /** False: no room of this building makes contracts, so none is made. */
    makesContract: z.boolean(),
  }),
  problems: {
    version_conflict: 'Changed since; `current` holds the opportunity as it stands.',
    closed: 'It is closed already.',
  },
});
export const loseOpportunity = defineRoute({
  id: 'pipeline.lose',
  method: 'POST',
  path: '/api/v1/opportunities/{id}/lose',
  summary: 'Lost, and why',
  permission: 'pipeline.write',
  params: byId,
  body: z.strictObject({
    version: version.optional(),
    reason: z.enum(LOST_REASONS),
    note: z.string().trim().max(5000).default(''),
    competitor: z.string().trim().max(200).optional(),
    closedOn: day.optional(),
    stageId: id.optional(),
  }),
  answer: opportunityPage,
  problems: {
    version_conflict: 'Changed since; `current` holds the opportunity as it stands.',
    closed: 'It is closed already.',
  },
});
const turn = <const I extends string, const P extends string>(operation: I, path: P, summary: string) =>
  defineRoute({
    id: operation,
    method: 'POST',
    path,
    summary,
    permission: 'pipeline.write',
    params: byId,
    answer: opportunityPage,
  });
export const reopenOpportunity = turn(
  'pipeline.reopen',
  '/api/v1/opportunities/{id}/reopen',
  'It is open again, in the stage where it was; contract lines that it became stay',
);
export const archiveOpportunity = turn(
  'pipeline.archive',
  '/api/v1/opportunities/{id}/archive',
  'Put away: it counts nowhere, and can be brought back',
);
export const restoreOpportunity = turn('pipeline.restore', '/api/v1/opportunities/{id}/restore', 'Bring it back');

// What happened -------------------------------------------------------------
export const changeShape = z
  .object({
    id,
    field: z.string(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    at: instant,
    byId: id.nullable(),
    byName: z.string().nullable(),
  })
  .meta({ id: 'OpportunityChange' });
export const spanShape = z.object({
  id,
  stageId: id,
  stageName: z.string(),
  enteredAt: instant,
  /** Null: it is there now. */
  leftAt: instant.nullable(),
  /** Days with fractions; of the present stage, until now. */
  days: z.number().nullable(),
  amount: money.nullable(),
  probability: z.number().nullable(),
  category: z.string().nullable(),
  closesOn: day.nullable(),
  byName: z.string().nullable(),
});
export const getHistory = defineRoute({
  id: 'pipeline.history',
  method: 'GET',
  path: '/api/v1/opportunities/{id}/history',
  summary: 'Every change, newest first, and the time in each stage',
  permission: 'pipeline.read',
  params: byId,
  query: z.strictObject(paging),
  answer: listOf(changeShape).extend({ stages: z.array(spanShape) }),
});
export const stageDurations = defineRoute({
  id: 'pipeline.stageDurations',
  method: 'GET',
  path: '/api/v1/pipeline/stage-durations',
  summary: 'How long opportunities stay in each stage: of stays that ended; those under way are counted apart',
  permission: 'pipeline.read',
  query: z.strictObject({ from: day.optional(), to: day.optional() }),
  answer: z.object({
    items: z.array(
      z.object({
        stageId: id,
        stageName: z.string(),
        ended: z.int(),
        underWay: z.int(),
        /** Days with fractions. */
        meanDays: z.number().nullable(),
        medianDays: z.number().nullable(),
        maxDays: z.number().nullable(),
      }),
    ),
    nextCursor: z.null(),
  }),
});
