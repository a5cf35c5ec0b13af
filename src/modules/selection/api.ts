// The selection room's contract: the model and its versions, scores, the matrix, reviews, decisions, watch list, readiness.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import { byId, day, id, instant, listOf, money, paging } from '../../kernel/contract/shapes.ts';

const short = z.string().trim().min(1).max(300);
const score = z.number().min(1).max(10);
export const axisShape = z.enum(['attractiveness', 'strength']);
export const decisionShape = z.enum(['promote', 'hold', 'watch', 'scale_back']);
const direction = z.enum(['up', 'down']);
const derivation = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('bands'),
    direction,
    bands: z
      .array(z.strictObject({ from: z.number().nullable(), score }))
      .min(2)
      .max(20),
  }),
  z.strictObject({ method: z.literal('percentile'), direction }),
]);
const field = z.string().trim().min(1).max(80);
const source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('manual') }),
  z.strictObject({ kind: z.literal('field'), field, unit: z.string().max(30) }),
  z.strictObject({ kind: z.literal('ratio'), numerator: field, denominator: field, unit: z.string().max(30) }),
]);
export const criterionShape = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,59}$/),
  name: z.string().trim().min(1).max(100),
  why: z.string().max(500),
  axis: axisShape,
  anchors: z.strictObject({ 1: short, 4: short, 7: short, 10: short }),
  source,
  derivation: derivation.nullable(),
});
export const activeCriterionShape = criterionShape.extend({ weight: z.int().min(0).max(100) });
export type ActiveCriterion = z.infer<typeof activeCriterionShape>;

const finding = z.object({ code: z.string(), level: z.enum(['error', 'warning']), text: z.string() });
export const modelShape = z
  .object({
    /** 0: nobody has chosen yet; the suggested model is shown. */
    number: z.number().int(),
    criteria: z.array(activeCriterionShape),
    findings: z.array(finding),
    note: z.string(),
    madeBy: z.string().nullable(),
    madeAt: instant.nullable(),
    can: z.object({ change: z.boolean(), score: z.boolean(), review: z.boolean(), decide: z.boolean() }),
  })
  .meta({ id: 'SelectionModel' });
export const getModel = defineRoute({
  id: 'selection.model',
  method: 'GET',
  path: '/api/v1/selection/model',
  summary: 'The selection model in use',
  permission: 'selection.read',
  answer: modelShape,
});
export const getLibrary = defineRoute({
  id: 'selection.library',
  method: 'GET',
  path: '/api/v1/selection/library',
  summary: 'The criteria to choose from, and the fields that can feed them',
  permission: 'selection.read',
  answer: z.object({
    criteria: z.array(criterionShape),
    fields: z.array(z.object({ field: z.string(), label: z.string(), unit: z.string() })),
  }),
});
export const setModel = defineRoute({
  id: 'selection.setModel',
  method: 'PUT',
  path: '/api/v1/selection/model',
  summary: 'Use another model: a new version; scores keep theirs',
  permission: 'selection.change',
  body: z.strictObject({
    number: z.int().min(0),
    criteria: z.array(activeCriterionShape).min(1).max(10),
    note: z.string().max(500).default(''),
  }),
  answer: modelShape,
  problems: { version_conflict: 'Somebody else made a new version since.' },
});
export const listModels = defineRoute({
  id: 'selection.listModels',
  method: 'GET',
  path: '/api/v1/selection/models',
  summary: 'Versions of the model, newest first',
  permission: 'selection.read',
  query: z.strictObject({ ...paging }),
  answer: listOf(
    z.object({
      number: z.number().int(),
      criteria: z.array(activeCriterionShape),
      note: z.string(),
      madeBy: z.string().nullable(),
      madeAt: instant,
    }),
  ),
});

const lines = z.object({ upper: z.number().int(), lower: z.number().int() });
export const matrixRow = z
  .object({
    id,
    name: z.string(),
    tier: z.string().nullable(),
    isKey: z.boolean(),
    ownerName: z.string().nullable(),
    arr: money.nullable(),
    potential: money.nullable(),
    /** One score a criterion of the model, in its order; null where nothing is known. */
    scores: z.array(z.number().nullable()),
    /** Growth of ARR over a year in percent, from snapshots; null without enough history. */
    growthPercent: z.number().nullable(),
    /** Criteria on which raters differ by three or more. */
    disputed: z.array(z.string()),
  })
  .meta({ id: 'SelectionRow' });
export const getMatrix = defineRoute({
  id: 'selection.matrix',
  method: 'GET',
  path: '/api/v1/selection/matrix',
  summary: 'Scores of the accounts you may see (up to 10,000), for ranking in place',
  permission: 'selection.read',
  bulk: true,
  answer: z.object({
    model: modelShape,
    capacity: z.number().int(),
    managers: z.number().int(),
    lines,
    leastCoverage: z.number().int(),
    rows: z.array(matrixRow),
    cut: z.boolean(),
    asOf: day,
  }),
});

export const scoreAccounts = defineRoute({
  id: 'selection.score',
  method: 'PUT',
  path: '/api/v1/selection/scores',
  summary: 'Score accounts by hand, each with evidence; one score a rater, account and criterion',
  permission: 'selection.score',
  body: z.strictObject({
    scores: z
      .array(
        z.strictObject({
          accountId: id,
          criterion: z.string().min(1).max(60),
          score: score.nullable(),
          evidence: z.string().trim().max(2000).default(''),
        }),
      )
      .min(1)
      .max(500),
  }),
  answer: z.object({ saved: z.number().int() }),
});

const suggestion = z.object({ decision: decisionShape, reason: z.string() });
export const decisionRow = z
  .object({
    id,
    accountId: id,
    accountName: z.string(),
    decision: decisionShape,
    reason: z.string(),
    nextReviewOn: day,
    suggested: decisionShape.nullable(),
    tierBefore: z.string().nullable(),
    tierAfter: z.string().nullable(),
    overCapacityBy: z.number().int(),
    decidedBy: z.string().nullable(),
    decidedAt: instant,
    withdrawnAt: instant.nullable(),
  })
  .meta({ id: 'SelectionDecision' });
export const getSelection = defineRoute({
  id: 'selection.account',
  method: 'GET',
  path: '/api/v1/selection/accounts/{id}',
  summary: 'How one account scores, where it stood, what is suggested, what was decided',
  permission: 'selection.read',
  params: byId,
  answer: z.object({
    accountId: id,
    name: z.string(),
    isKey: z.boolean(),
    criteria: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        axis: axisShape,
        weight: z.number().int(),
        score: z.number().nullable(),
        /** The value a derived score comes from, in its unit. */
        value: z.number().nullable(),
        unit: z.string().nullable(),
        raters: z.array(
          z.object({
            raterId: id,
            rater: z.string(),
            score: z.number(),
            evidence: z.string(),
            modelNumber: z.number().int(),
            scoredAt: instant,
          }),
        ),
        spread: z.number().nullable(),
        disagree: z.boolean(),
      }),
    ),
    score: z.number().nullable(),
    coverage: z.number().int(),
    standings: z.array(
      z.object({
        number: z.number().int(),
        reviewedOn: day,
        place: z.number().int().nullable(),
        score: z.number().nullable(),
        upper: z.number().int(),
        lower: z.number().int(),
      }),
    ),
    suggestion,
    nextReviewOn: day.nullable(),
    decisions: z.array(decisionRow),
  }),
});

export const reviewShape = z
  .object({
    id,
    number: z.number().int(),
    reviewedOn: day,
    modelNumber: z.number().int(),
    capacity: z.number().int(),
    lines,
    ranked: z.number().int(),
    accounts: z.number().int(),
    note: z.string(),
    madeBy: z.string().nullable(),
    madeAt: instant,
  })
  .meta({ id: 'SelectionReview' });
export const takeReview = defineRoute({
  id: 'selection.takeReview',
  method: 'POST',
  path: '/api/v1/selection/reviews',
  summary: 'Hold a review: where every account stands today is kept',
  permission: 'selection.review',
  status: 201,
  body: z.strictObject({ note: z.string().max(500).default('') }),
  answer: reviewShape,
  problems: { no_model: 'Choose three to five criteria first.' },
});
export const listReviews = defineRoute({
  id: 'selection.listReviews',
  method: 'GET',
  path: '/api/v1/selection/reviews',
  summary: 'Reviews held, newest first',
  permission: 'selection.read',
  query: z.strictObject({ ...paging }),
  answer: listOf(reviewShape),
});
export const suggestions = defineRoute({
  id: 'selection.suggestions',
  method: 'GET',
  path: '/api/v1/selection/suggestions',
  summary: 'What the latest reviews suggest for each account, changes first',
  permission: 'selection.read',
  answer: z.object({
    items: z.array(
      z.object({
        accountId: id,
        name: z.string(),
        isKey: z.boolean(),
        place: z.number().int().nullable(),
        decision: decisionShape,
        reason: z.string(),
        decidedSince: decisionShape.nullable(),
      }),
    ),
    reviewNumber: z.number().int().nullable(),
  }),
});

export const decide = defineRoute({
  id: 'selection.decide',
  method: 'POST',
  path: '/api/v1/selection/decisions',
  summary: 'Promote, hold, watch or scale back, each with a reason and a next review date',
  permission: 'selection.decide',
  status: 201,
  body: z.strictObject({
    items: z
      .array(
        z.strictObject({
          accountId: id,
          decision: decisionShape,
          reason: z.string().trim().min(3, 'Say why').max(2000),
          nextReviewOn: day.optional(),
        }),
      )
      .min(1)
      .max(200),
    /** Needed when the decisions lead to more key accounts than the team can carry. */
    acceptOverCapacity: z.boolean().default(false),
  }),
  answer: z.object({ items: z.array(decisionRow), warning: z.string().nullable() }),
  problems: {
    over_capacity: 'More key accounts than the team can carry; send acceptOverCapacity to decide all the same.',
  },
});
export const listDecisions = defineRoute({
  id: 'selection.listDecisions',
  method: 'GET',
  path: '/api/v1/selection/decisions',
  summary: 'The decision log, newest first',
  permission: 'selection.read',
  query: z.strictObject({ ...paging, accountId: id.optional() }),
  answer: listOf(decisionRow),
});
export const withdrawDecision = defineRoute({
  id: 'selection.withdraw',
  method: 'POST',
  path: '/api/v1/selection/decisions/{id}/withdraw',
  summary: 'Take back the latest decision on an account; its tier returns',
  permission: 'selection.decide',
  params: byId,
  answer: decisionRow,
  problems: { not_latest: 'A later decision stands; withdraw that one first.' },
});
export const watchList = defineRoute({
  id: 'selection.watchList',
  method: 'GET',
  path: '/api/v1/selection/watch-list',
  summary: 'Accounts outside the key accounts that grow strongly, are near the line, or were decided to be watched',
  permission: 'selection.read',
  answer: z.object({
    items: z.array(
      z.object({
        accountId: id,
        name: z.string(),
        ownerName: z.string().nullable(),
        place: z.number().int().nullable(),
        growthPercent: z.number().nullable(),
        reasons: z.array(z.string()),
      }),
    ),
  }),
});

const answer = z.int().min(1).max(5);
const answers = z.strictObject({
  relational: answer,
  potential: answer,
  expansion: answer,
  advantage: answer,
  backing: answer,
});
const question = z.object({
  key: z.string(),
  question: z.string(),
  anchors: z.object({ 1: z.string(), 3: z.string(), 5: z.string() }),
});
export const getReadiness = defineRoute({
  id: 'selection.readiness',
  method: 'GET',
  path: '/api/v1/selection/readiness',
  summary: 'The readiness check: five questions, the latest answers',
  permission: 'selection.read',
  answer: z.object({
    questions: z.array(question),
    answers: answers.nullable(),
    madeBy: z.string().nullable(),
    madeAt: instant.nullable(),
  }),
});
export const setReadiness = defineRoute({
  id: 'selection.setReadiness',
  method: 'PUT',
  path: '/api/v1/selection/readiness',
  summary: 'Answer the readiness check',
  permission: 'selection.review',
  body: z.strictObject({ answers }),
  answer: getReadiness.answer,
});
