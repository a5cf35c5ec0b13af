// The plans room's contract: the living plan of an account, saves with a version, named versions, the one-page document.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import { byId, day, flag, id, instant, listOf, money, paging, version } from '../../kernel/contract/shapes.ts';

const short = z.string().max(300);
const long = z.string().max(4000);
const horizon = z.enum(['short', 'mid', 'long']);
const scale = z.int().min(1).max(5);
const owner = id.nullable();
const when = day.nullable();
const list = <T extends z.ZodType>(item: T) => z.array(item).max(100);

/** The blocks of a plan; rules/plan.ts is the same shape in TypeScript. */
export const contentShape = z.strictObject({
  header: z.strictObject({
    renewalOn: when,
    upliftPercent: z.number().min(-100).max(1000).nullable(),
    outcome: short,
    summary: long,
  }),
  relationships: z.strictObject({
    summary: long,
    couldDerail: long,
    people: list(z.strictObject({ id, personId: id, note: short })),
  }),
  business: z.strictObject({
    goals: long,
    initiatives: long,
    market: long,
    finances: long,
    swot: list(z.strictObject({ id, kind: z.enum(['strength', 'weakness', 'opportunity', 'threat']), text: short })),
    competitors: list(z.strictObject({ id, name: short, note: short })),
  }),
  goals: z.strictObject({
    wonAndLost: long,
    growthAreas: long,
    items: list(
      z.strictObject({
        id,
        text: short,
        side: z.enum(['theirs', 'ours']),
        horizon,
        measure: short,
        start: z.number().nullable(),
        target: z.number().nullable(),
        current: z.number().nullable(),
        unit: z.string().max(30),
        ownerId: owner,
        dueOn: when,
      }),
    ),
  }),
  strategy: z.strictObject({
    items: list(
      z.strictObject({ id, text: short, goalId: id.nullable(), horizon, ownerId: owner, dueOn: when, doneOn: when }),
    ),
  }),
  risks: z.strictObject({
    items: list(
      z.strictObject({
        id,
        text: short,
        probability: scale,
        impact: scale,
        mitigation: z.string().max(1000),
        ownerId: owner,
      }),
    ),
  }),
  milestones: z.strictObject({
    items: list(
      z.strictObject({
        id,
        text: short,
        quarter: z.string().regex(/^\d{4}-Q[1-4]$/, 'Write a quarter as 2026-Q4'),
        ownerId: owner,
        doneOn: when,
      }),
    ),
  }),
  expansion: z.strictObject({
    items: list(
      z.strictObject({ id, text: short, value: money.nullable(), ownerId: owner, note: z.string().max(1000) }),
    ),
  }),
});
const careOne = z.strictObject({ ownerId: owner, reviewedOn: when });
const careShape = z.strictObject({
  header: careOne,
  relationships: careOne,
  business: careOne,
  goals: careOne,
  strategy: careOne,
  risks: careOne,
  milestones: careOne,
  expansion: careOne,
});
export const blockShape = z.enum([
  'header',
  'relationships',
  'business',
  'goals',
  'strategy',
  'risks',
  'milestones',
  'expansion',
]);

const freshness = z.object({
  block: blockShape,
  state: z.enum(['fresh', 'ageing', 'stale', 'never']),
  ageDays: z.number().int().nullable(),
});
export const planSummaryShape = z
  .object({
    id,
    accountId: id,
    accountName: z.string(),
    ownerName: z.string().nullable(),
    renewalOn: day.nullable(),
    /** Whole percent of what a complete plan holds. */
    completeness: z.number().int(),
    /** The oldest review among the blocks; null while some block was never reviewed. */
    oldestReviewOn: day.nullable(),
    signedOffAt: instant.nullable(),
    version,
    updatedAt: instant,
  })
  .meta({ id: 'PlanSummary' });
export const planShape = planSummaryShape
  .extend({
    content: contentShape,
    care: careShape,
    arr: money.nullable(),
    tier: z.string().nullable(),
    sponsorName: z.string().nullable(),
    missing: z.array(z.object({ block: blockShape, text: z.string(), itemId: z.string().nullable() })),
    freshness: z.array(freshness),
    limits: z.object({ ageingAfterDays: z.number().int(), staleAfterDays: z.number().int() }),
    /** Names behind the ids in the plan, as far as the reader may see them. */
    members: z.array(z.object({ id, name: z.string() })),
    people: z.array(
      z.object({ id, name: z.string(), title: z.string(), part: z.string(), stance: z.string(), contact: z.string() }),
    ),
    archivedAt: instant.nullable(),
    can: z.object({ update: z.boolean(), signOff: z.boolean(), archive: z.boolean() }),
  })
  .meta({ id: 'Plan' });
export type PlanPage = z.infer<typeof planShape>;

export const listPlans = defineRoute({
  id: 'plans.list',
  method: 'GET',
  path: '/api/v1/plans',
  summary: 'Plans of the accounts you may see',
  permission: 'plans.read',
  query: z.strictObject({
    ...paging,
    accountId: id.optional(),
    stale: flag,
    sort: z.enum(['-updatedAt', 'completeness']).default('-updatedAt'),
  }),
  answer: listOf(planSummaryShape),
});
export const getPlan = defineRoute({
  id: 'plans.get',
  method: 'GET',
  path: '/api/v1/plans/{id}',
  summary: 'One plan with all its blocks',
  permission: 'plans.read',
  params: byId,
  answer: planShape,
});
export const createPlan = defineRoute({
  id: 'plans.create',
  method: 'POST',
  path: '/api/v1/plans',
  summary: 'Start the plan of an account',
  permission: 'plans.write',
  status: 201,
  body: z.strictObject({ accountId: id, content: contentShape.partial().optional() }),
  answer: planShape,
  problems: { plan_exists: 'The account has a plan already; `current` holds its id.' },
});
export const updatePlan = defineRoute({
  id: 'plans.update',
  method: 'PATCH',
  path: '/api/v1/plans/{id}',
  summary: 'Save whole blocks; send the version they were edited from',
  permission: 'plans.write',
  params: byId,
  body: z.strictObject({ version, content: contentShape.partial().optional(), care: careShape.partial().optional() }),
  answer: planShape,
  problems: { version_conflict: 'Saved by somebody else since; `current` holds the plan as it stands, for merging.' },
});
export const reviewBlock = defineRoute({
  id: 'plans.review',
  method: 'POST',
  path: '/api/v1/plans/{id}/review',
  summary: 'Confirm that blocks still hold today',
  permission: 'plans.write',
  params: byId,
  body: z.strictObject({ blocks: z.array(blockShape).min(1).max(8) }),
  answer: planShape,
});
export const archivePlan = defineRoute({
  id: 'plans.archive',
  method: 'POST',
  path: '/api/v1/plans/{id}/archive',
  summary: 'Put a plan away; the account may start another',
  permission: 'plans.write',
  params: byId,
  answer: planShape,
});
export const restorePlan = defineRoute({
  id: 'plans.restore',
  method: 'POST',
  path: '/api/v1/plans/{id}/restore',
  summary: 'Bring a plan back',
  permission: 'plans.write',
  params: byId,
  answer: planShape,
  problems: { plan_exists: 'The account has another plan by now.' },
});

export const versionSummaryShape = z
  .object({
    number: z.number().int(),
    note: z.string(),
    madeBy: z.string().nullable(),
    madeAt: instant,
    signedOffBy: z.string().nullable(),
    signedOffAt: instant.nullable(),
  })
  .meta({ id: 'PlanVersion' });
const numberedPlan = z.strictObject({ id, number: z.coerce.number().int().min(1) });
export const listVersions = defineRoute({
  id: 'plans.listVersions',
  method: 'GET',
  path: '/api/v1/plans/{id}/versions',
  summary: 'Named versions, newest first',
  permission: 'plans.read',
  params: byId,
  query: z.strictObject({ ...paging }),
  answer: listOf(versionSummaryShape),
});
export const saveVersion = defineRoute({
  id: 'plans.saveVersion',
  method: 'POST',
  path: '/api/v1/plans/{id}/versions',
  summary: 'Keep the plan as it stands as a named version',
  permission: 'plans.write',
  params: byId,
  status: 201,
  body: z.strictObject({ note: z.string().max(500).default('') }),
  answer: versionSummaryShape,
});
export const getVersion = defineRoute({
  id: 'plans.getVersion',
  method: 'GET',
  path: '/api/v1/plans/{id}/versions/{number}',
  summary: 'One named version',
  permission: 'plans.read',
  params: numberedPlan,
  answer: versionSummaryShape.extend({ content: contentShape, care: careShape }),
});
export const signOffVersion = defineRoute({
  id: 'plans.signOff',
  method: 'POST',
  path: '/api/v1/plans/{id}/versions/{number}/sign-off',
  summary: 'Sign a version off',
  permission: 'plans.signOff',
  params: numberedPlan,
  answer: versionSummaryShape,
  problems: { signed_off: 'It is signed off already.' },
});

const value = z.union([z.string(), z.number(), money, z.null()]);
const fieldChange = z.object({ field: z.string(), name: z.string(), kind: z.string(), before: value, after: value });
export const differenceShape = z.array(
  z.object({
    block: blockShape,
    name: z.string(),
    fields: z.array(fieldChange),
    items: z.array(
      z.object({
        change: z.enum(['added', 'removed', 'changed']),
        id: z.string(),
        item: z.string(),
        label: value,
        labelKind: z.string(),
        fields: z.array(fieldChange),
      }),
    ),
    reordered: z.array(z.string()),
  }),
);
export const comparePlan = defineRoute({
  id: 'plans.compare',
  method: 'GET',
  path: '/api/v1/plans/{id}/difference',
  summary: 'What changed between two versions; without `to`, up to today',
  permission: 'plans.read',
  params: byId,
  query: z.strictObject({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1).optional() }),
  answer: z.object({ difference: differenceShape }),
});
export const planHistory = defineRoute({
  id: 'plans.history',
  method: 'GET',
  path: '/api/v1/plans/{id}/history',
  summary: 'What each save changed, newest first',
  permission: 'plans.read',
  params: byId,
  query: z.strictObject({ ...paging }),
  answer: listOf(
    z.object({ id, at: instant, by: z.string().nullable(), title: z.string(), difference: differenceShape }),
  ),
});
export const planDocument = defineRoute({
  id: 'plans.document',
  method: 'GET',
  path: '/api/v1/plans/{id}/document',
  summary: 'The plan on one page as PDF',
  permission: 'plans.read',
  params: byId,
  answers: 'stream',
  query: z.strictObject({
    format: z.enum(['pdf']).default('pdf'),
    paper: z.enum(['a4', 'letter']).default('a4'),
    inline: flag,
  }),
});
