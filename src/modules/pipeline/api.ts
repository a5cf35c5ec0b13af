// The pipeline room's contract: stages, opportunities and what happens to them. Won and lost are in api-closing.ts, the forecast in api-forecast.ts.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import {
  byId,
  currency,
  day,
  flag,
  id,
  instant,
  listOf,
  many,
  money,
  paging,
  text,
  version,
} from '../../kernel/contract/shapes.ts';

export const TYPES = ['renewal', 'upsell', 'cross_sell', 'new_unit', 'new_business'] as const;
export const STATES = ['open', 'won', 'lost'] as const;
export const CATEGORIES = ['omitted', 'pipeline', 'best_case', 'commit', 'closed'] as const;
/** Those that a person or a stage may give to something open. */
export const OPEN_CATEGORIES = ['omitted', 'pipeline', 'best_case', 'commit'] as const;
export const LOST_REASONS = [
  'price',
  'competitor',
  'product',
  'no_budget',
  'no_decision',
  'timing',
  'relationship',
  'in_house',
  'duplicate',
  'other',
] as const;
export const BILLINGS = ['month', 'quarter', 'half_year', 'year', 'once'] as const;
export type Billing = (typeof BILLINGS)[number];
export const PARTS = [
  'economic_buyer',
  'decision_maker',
  'champion',
  'technical',
  'user',
  'procurement',
  'blocker',
  'executive_sponsor',
  'none',
] as const;
export const MEDDIC_FIELDS = [
  'metrics',
  'economicBuyer',
  'decisionCriteria',
  'decisionProcess',
  'paperProcess',
  'pain',
  'champion',
  'competition',
] as const;

const type = z.enum(TYPES);
const state = z.enum(STATES);
const percent = z.number().min(0).max(100).multipleOf(0.01);

// Stages --------------------------------------------------------------------
export const stageShape = z
  .object({
    id,
    name: z.string(),
    position: z.int(),
    /** Percent. */
    probability: z.number(),
    outcome: state,
    /** What an opportunity takes on when it comes here, unless a person chose one. */
    category: z.enum(CATEGORIES),
    openCount: z.int(),
  })
  .meta({ id: 'Stage' });
export type Stage = z.infer<typeof stageShape>;
const stagesAnswer = z.object({
  items: z.array(stageShape),
  nextCursor: z.null(),
  can: z.object({ update: z.boolean() }),
});

export const listStages = defineRoute({
  id: 'pipeline.stages',
  method: 'GET',
  path: '/api/v1/pipeline/stages',
  summary: 'The stages of the pipeline, in their order',
  permission: 'pipeline.read',
  answer: stagesAnswer,
});
export const saveStages = defineRoute({
  id: 'pipeline.saveStages',
  method: 'PUT',
  path: '/api/v1/pipeline/stages',
  summary: 'Set the stages as a whole: their names, order, probabilities and default categories',
  permission: 'pipeline.configure',
  body: z.strictObject({
    stages: z
      .array(
        z.strictObject({
          /** Left out: a new stage. A stage that is missing from the list is put away. */
          id: id.optional(),
          name: z.string().trim().min(1, 'Required').max(100),
          probability: percent,
          outcome: state.default('open'),
          category: z.enum(OPEN_CATEGORIES).default('pipeline'),
        }),
      )
      .min(3)
      .max(40),
  }),
  answer: stagesAnswer,
  problems: { stage_in_use: 'A stage that would go has open opportunities; move them first.' },
});

// Opportunities -------------------------------------------------------------
export const lineWrite = z
  .strictObject({
    productId: id.nullable().default(null),
    description: z.string().trim().max(2000).default(''),
    kind: z.enum(['recurring', 'one_off']).default('recurring'),
    quantity: z.number().min(0).max(1e9).multipleOf(0.000001).default(1),
    /** One unit for one billing period, before the discount; minor units of the opportunity's currency. */
    unitPriceMinor: z.int().min(-1e14).max(1e14),
    discountPercent: z.number().min(0).max(100).multipleOf(0.0001).default(0),
    billing: z.enum(BILLINGS).default('year'),
    startsOn: day.nullable().default(null),
    endsOn: day.nullable().default(null),
  })
  .refine((l) => (l.kind === 'one_off') === (l.billing === 'once'), {
    path: ['billing'],
    message: 'One-off lines are billed once, recurring ones are not',
  })
  .refine((l) => !l.startsOn || !l.endsOn || l.endsOn >= l.startsOn, { path: ['endsOn'], message: 'Before the start' });
export const lineShape = z
  .object({
    id,
    productId: id.nullable(),
    productName: z.string().nullable(),
    description: z.string(),
    kind: z.enum(['recurring', 'one_off']),
    quantity: z.number(),
    unitPriceMinor: z.int(),
    discountPercent: z.number(),
    billing: z.enum(BILLINGS),
    startsOn: day.nullable(),
    endsOn: day.nullable(),
    /** A year of a recurring line, the whole of a one-off one. */
    amount: money,
  })
  .meta({ id: 'OpportunityLine' });
export type Line = z.infer<typeof lineShape>;
const personShape = z
  .object({
    personId: id,
    name: z.string(),
    title: z.string().nullable(),
    part: z.enum(PARTS),
    note: z.string(),
  })
  .meta({ id: 'OpportunityPerson' });

export const can = z.object({ update: z.boolean(), win: z.boolean(), reopen: z.boolean(), archive: z.boolean() });
export const opportunityShape = z
  .object({
    id,
    name: z.string(),
    accountId: id,
    accountName: z.string(),
    type,
    ownerId: id.nullable(),
    ownerName: z.string().nullable(),
    stageId: id,
    stageName: z.string(),
    state,
    /** Of recurring business the value of a year; null: not known. */
    amount: money.nullable(),
    currency,
    amountOfLines: z.boolean(),
    /** Percent. */
    probability: z.number(),
    probabilityByHand: z.boolean(),
    category: z.enum(CATEGORIES),
    categoryByHand: z.boolean(),
    /** Expected while it is open. */
    closesOn: day,
    closedOn: day.nullable(),
    /** Open after its close day. */
    overdue: z.boolean(),
    /** How often the close day was put off. */
    pushes: z.int(),
    productId: id.nullable(),
    productName: z.string().nullable(),
    contractId: id.nullable(),
    competitor: z.string(),
    nextStep: z.string(),
    nextStepOn: day.nullable(),
    /** Days in the present stage. */
    daysInStage: z.int(),
    version,
    createdAt: instant,
    updatedAt: instant,
    archivedAt: instant.nullable(),
    can,
  })
  .meta({ id: 'Opportunity' });
export type Opportunity = z.infer<typeof opportunityShape>;
export const opportunityPage = opportunityShape
  .extend({
    description: z.string(),
    lostReason: z.enum(LOST_REASONS).nullable(),
    lostNote: z.string(),
    meddic: z.partialRecord(z.enum(MEDDIC_FIELDS), z.string()),
    lines: z.array(lineShape),
    people: z.array(personShape),
    source: z.object({ system: z.string(), id: z.string() }).nullable(),
  })
  .meta({ id: 'OpportunityPage' });
export type OpportunityPage = z.infer<typeof opportunityPage>;

export const filters = {
  q: z.string().trim().max(100).optional(),
  accountId: many(id),
  ownerId: many(z.union([id, z.literal('none')])),
  /** Only those that I own. */
  mine: flag,
  type: many(type),
  state: many(state),
  stageId: many(id),
  category: many(z.enum(CATEGORIES)),
  productId: many(id),
  closesFrom: day.optional(),
  closesTo: day.optional(),
  /** Open, and the close day is past. */
  overdue: flag,
  archived: flag,
};
export const SORTS = [
  'closesOn',
  '-closesOn',
  '-amount',
  'amount',
  'name',
  '-updatedAt',
  '-createdAt',
  '-probability',
] as const;

export const listOpportunities = defineRoute({
  id: 'pipeline.list',
  method: 'GET',
  path: '/api/v1/opportunities',
  summary: 'Opportunities of the accounts that you see',
  permission: 'pipeline.read',
  query: z.strictObject({ ...filters, sort: z.enum(SORTS).default('closesOn'), ...paging }),
  answer: listOf(opportunityShape),
  bulk: true,
});
const total = z.object({
  amount: z.int(),
  currency,
  missing: z.array(z.string()),
  byCurrency: z.array(money),
});
export const summariseOpportunities = defineRoute({
  id: 'pipeline.summary',
  method: 'GET',
  path: '/api/v1/opportunities/summary',
  summary: 'How many and how much, by stage, with the same filters as the list',
  permission: 'pipeline.read',
  query: z.strictObject(filters),
  answer: z.object({
    count: z.int(),
    total,
    weighted: total,
    stages: z.array(z.object({ stageId: id, count: z.int(), total, weighted: total })),
    asOf: day,
  }),
});
export const getBoard = defineRoute({
  id: 'pipeline.board',
  method: 'GET',
  path: '/api/v1/opportunities/board',
  summary: 'The first opportunities of every stage, those that close soonest first',
  permission: 'pipeline.read',
  query: z.strictObject({ ...filters, perStage: z.coerce.number().int().min(1).max(100).default(30) }),
  answer: z.object({ items: z.array(opportunityShape), nextCursor: z.null() }),
  bulk: true,
});
export const getOpportunity = defineRoute({
  id: 'pipeline.get',
  method: 'GET',
  path: '/api/v1/opportunities/{id}',
  summary: 'One opportunity with lines, people and what is known of the decision',
  permission: 'pipeline.read',
  params: byId,
  answer: opportunityPage,
});

export const write = {
  type: type.optional(),
  ownerId: id.nullable().optional(),
  /** Not while lines make the amount. */
  amount: money.nullable().optional(),
  /** For opportunities without an amount; must be that of the amount otherwise. */
  currency: currency.optional(),
  /** Setting it makes it yours: stages leave it alone. Null: as the stage says. */
  probability: percent.nullable().optional(),
  /** Setting it makes it yours: stages leave it alone. Null: as the stage says. */
  category: z.enum(OPEN_CATEGORIES).nullable().optional(),
  closesOn: day.optional(),
  productId: id.nullable().optional(),
  contractId: id.nullable().optional(),
  competitor: z.string().trim().max(200).optional(),
  nextStep: z.string().trim().max(2000).optional(),
  nextStepOn: day.nullable().optional(),
  description: text.optional(),
  meddic: z.partialRecord(z.enum(MEDDIC_FIELDS), z.string().max(5000)).optional(),
};
const opportunityName = z.string().trim().min(1, 'Required').max(300);
export const createOpportunity = defineRoute({
  id: 'pipeline.create',
  method: 'POST',
  path: '/api/v1/opportunities',
  summary: 'Open an opportunity; without a stage it starts in the first, without an owner it is yours',
  permission: 'pipeline.write',
  status: 201,
  body: z.strictObject({
    name: opportunityName,
    accountId: id,
    ...write,
    closesOn: day,
    stageId: id.optional(),
    lines: z.array(lineWrite).max(200).optional(),
  }),
  answer: opportunityPage,
});
export const updateOpportunity = defineRoute({
  id: 'pipeline.update',
  method: 'PATCH',
  path: '/api/v1/opportunities/{id}',
  summary: 'Change an opportunity; send the version you saw',
  permission: 'pipeline.write',
  params: byId,
  body: z.strictObject({
    version: version.optional(),
    name: opportunityName.optional(),
    stageId: id.optional(),
    ...write,
  }),
  answer: opportunityPage,
  problems: {
    version_conflict: 'Changed since; `current` holds the opportunity as it stands.',
    closing_stage: 'Won and lost have verbs of their own.',
    closed: 'It is closed; reopen it first.',
  },
});
export const saveLines = defineRoute({
  id: 'pipeline.saveLines',
  method: 'PUT',
  path: '/api/v1/opportunities/{id}/lines',
  summary: 'Set what is offered; with lines the amount is their sum',
  permission: 'pipeline.write',
  params: byId,
  body: z.strictObject({ version: version.optional(), lines: z.array(lineWrite).max(200) }),
  answer: opportunityPage,
  problems: { version_conflict: 'Changed since; `current` holds the opportunity as it stands.' },
});
export const savePeople = defineRoute({
  id: 'pipeline.savePeople',
  method: 'PUT',
  path: '/api/v1/opportunities/{id}/people',
  summary: 'Set who takes part in the decision, and how',
  permission: 'pipeline.write',
  params: byId,
  body: z.strictObject({
    people: z
      .array(
        z.strictObject({
          personId: id,
          part: z.enum(PARTS).default('none'),
          note: z.string().trim().max(2000).default(''),
        }),
      )
      .max(100),
  }),
  answer: opportunityPage,
});
