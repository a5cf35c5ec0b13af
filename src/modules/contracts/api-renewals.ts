// The contracts room's contract about renewals: each term that falls due, from its first checkpoint to the decision.
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
  version,
} from '../../kernel/contract/shapes.ts';
import {
  ANSWERS,
  CHECKPOINTS,
  LOSS_REASONS,
  likelihood,
  lineShape,
  note,
  OUTCOMES,
  percentOf,
  STAGES,
  stale,
  uplift,
} from './api.ts';

// Renewals ------------------------------------------------------------------

export const reason = z.object({ code: z.string(), text: z.string(), points: z.number() });
export const checkpointShape = z
  .object({
    kind: z.enum(CHECKPOINTS),
    dueOn: day,
    /** Not answered, and its day has passed. */
    overdue: z.boolean(),
    answer: z
      .object({
        answer: z.enum(ANSWERS),
        likelihood,
        systemLikelihood: likelihood,
        disagrees: z.boolean(),
        note: z.string(),
        madeByName: z.string().nullable(),
        madeAt: instant,
        resolvedLikelihood: likelihood.nullable(),
        resolvedNote: z.string(),
        resolvedByName: z.string().nullable(),
        resolvedAt: instant.nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'RenewalCheckpoint' });
export type Checkpoint = z.infer<typeof checkpointShape>;
const renewalCan = z.object({ update: z.boolean(), decide: z.boolean(), resolve: z.boolean() });
export const renewalShape = z
  .object({
    id,
    contractId: id,
    contractName: z.string(),
    accountId: id,
    accountName: z.string(),
    ownerId: id.nullable(),
    ownerName: z.string().nullable(),
    dueOn: day,
    noticeDeadlineOn: day.nullable(),
    /** The notice deadline, or the end where there is none. */
    actByOn: day,
    /** Days until then; negative when it has passed. */
    daysLeft: z.int(),
    autoRenews: z.boolean(),
    /** Recurring value of a year that falls due. */
    due: money,
    state: z.enum(['open', 'decided', 'dropped']),
    stage: z.enum(STAGES),
    target: z.enum(OUTCOMES).nullable(),
    targetPercent: z.number().nullable(),
    nextStep: z.string(),
    nextStepOn: day.nullable(),
    expectedOn: day.nullable(),
    pushes: z.int(),
    /** A person's judgement; null: nobody has said anything. */
    judgement: z.object({ likelihood, probability: z.number(), byName: z.string().nullable(), at: instant }).nullable(),
    system: z.object({ likelihood, probability: z.number(), reasons: z.array(reason) }),
    /** What counts: the head's word, else the person's, else the system's. */
    likelihood,
    probability: z.number(),
    checkpoints: z.array(checkpointShape),
    /** A checkpoint where person and system differ waits for the head. */
    disagreement: z.boolean(),
    outcome: z.enum(OUTCOMES).nullable(),
    decidedOn: day.nullable(),
    signedOn: day.nullable(),
    renewed: money.nullable(),
    upliftPercent: z.number().nullable(),
    discountPercent: z.number().nullable(),
    newEndsOn: day.nullable(),
    loss: z
      .object({
        reason: z.enum(LOSS_REASONS),
        competitor: z.string().nullable(),
        detail: z.string(),
        lesson: z.string(),
        avoidable: z.boolean().nullable(),
      })
      .nullable(),
    pendingApproval: z.boolean(),
    version,
    updatedAt: instant,
    can: renewalCan,
  })
  .meta({ id: 'Renewal' });
export type Renewal = z.infer<typeof renewalShape>;

export const renewalFilters = {
  q: z.string().trim().max(100).optional(),
  accountId: many(id),
  contractId: id.optional(),
  ownerId: many(id),
  state: many(z.enum(['open', 'decided', 'dropped'])),
  stage: many(z.enum(STAGES)),
  outcome: many(z.enum(OUTCOMES)),
  likelihood: many(likelihood),
  /** By notice deadline, or end where there is none. */
  noticeFrom: day.optional(),
  noticeTo: day.optional(),
  dueFrom: day.optional(),
  dueTo: day.optional(),
  /** Only where person and system differ at a checkpoint, and the head has not spoken. */
  disagreement: flag,
  /** Only with a checkpoint that is due and not answered. */
  checkpointDue: flag,
};
export const RENEWAL_SORTS = ['notice', '-notice', 'due', '-due', '-value'] as const;
export const listRenewals = defineRoute({
  id: 'renewals.list',
  method: 'GET',
  path: '/api/v1/renewals',
  summary: 'Terms that fall due, nearest notice deadline first',
  permission: 'contracts.read',
  query: z.strictObject({ ...renewalFilters, sort: z.enum(RENEWAL_SORTS).default('notice'), ...paging }),
  answer: listOf(renewalShape),
});
export const total = z.object({ amount: z.int(), currency, missing: z.array(currency), byCurrency: z.array(money) });
export const summariseRenewals = defineRoute({
  id: 'renewals.summary',
  method: 'GET',
  path: '/api/v1/renewals/summary',
  summary: 'How many and how much, with the same filters as the list',
  permission: 'contracts.read',
  query: z.strictObject(renewalFilters),
  answer: z.object({
    count: z.int(),
    due: total,
    /** Due × probability. */
    weighted: total,
    atRisk: total,
    noticePassed: z.int(),
    disagreements: z.int(),
    byStage: z.array(z.object({ stage: z.enum(STAGES), count: z.int(), due: total })),
    asOf: day,
  }),
});
export const renewalPageShape = renewalShape
  .extend({
    lines: z.array(lineShape),
    judgements: z.array(
      z.object({
        source: z.enum(['person', 'system']),
        likelihood,
        probability: z.number(),
        note: z.string(),
        byName: z.string().nullable(),
        on: day,
      }),
    ),
    termMonths: z.int().nullable(),
    clausePercent: z.number().nullable(),
    /** Percent that you may give without asking. */
    discountLimit: z.number(),
    currency,
    /** Decided, and nothing followed from it: the decision can be taken back. */
    canUndo: z.boolean(),
  })
  .meta({ id: 'RenewalPage' });
export type RenewalPage = z.infer<typeof renewalPageShape>;
export const getRenewal = defineRoute({
  id: 'renewals.get',
  method: 'GET',
  path: '/api/v1/renewals/{id}',
  summary: 'One renewal with the lines that fall due, its checkpoints and judgements',
  permission: 'contracts.read',
  params: byId,
  answer: renewalPageShape,
});
export const updateRenewal = defineRoute({
  id: 'renewals.update',
  method: 'PATCH',
  path: '/api/v1/renewals/{id}',
  summary: 'Stage, target, next step, and when the decision is expected; putting that off is counted',
  permission: 'contracts.write',
  params: byId,
  body: z.strictObject({
    version: version.optional(),
    stage: z.enum(['not_started', 'preparing', 'proposed', 'negotiating']).optional(),
    target: z.enum(OUTCOMES).nullable().optional(),
    targetPercent: uplift.nullable().optional(),
    nextStep: z.string().trim().max(2000).optional(),
    nextStepOn: day.nullable().optional(),
    expectedOn: day.nullable().optional(),
  }),
  answer: renewalPageShape,
  problems: { ...stale, renewal_decided: 'It is decided.' },
});
export const judgeRenewal = defineRoute({
  id: 'renewals.judge',
  method: 'POST',
  path: '/api/v1/renewals/{id}/judgements',
  summary: 'Say how likely it is; kept with its day, for measuring later',
  permission: 'contracts.write',
  params: byId,
  body: z.strictObject({
    likelihood,
    /** 5 to 98; that of the likelihood when left out. */
    probability: percentOf(5, 98).optional(),
    note: z.string().trim().max(2000).default(''),
  }),
  answer: renewalPageShape,
  problems: { renewal_decided: 'It is decided.' },
});
export const answerCheckpoint = defineRoute({
  id: 'renewals.answerCheckpoint',
  method: 'POST',
  path: '/api/v1/renewals/{id}/checkpoints',
  summary:
    'What is to be done six and three months before the end; where you and the system differ, the head hears of it',
  permission: 'contracts.write',
  params: byId,
  body: z.strictObject({
    kind: z.enum(CHECKPOINTS),
    /** `monitor` is refused at three months. */
    answer: z.enum(ANSWERS),
    likelihood,
    note: note.default(''),
  }),
  answer: renewalPageShape,
  problems: { renewal_decided: 'It is decided.' },
});
export const resolveCheckpoint = defineRoute({
  id: 'renewals.resolveCheckpoint',
  method: 'POST',
  path: '/api/v1/renewals/{id}/checkpoints/resolve',
  summary: 'The head’s word where person and system differ',
  permission: 'contracts.resolve',
  params: byId,
  body: z.strictObject({ kind: z.enum(CHECKPOINTS), likelihood, note: note.default('') }),
  answer: renewalPageShape,
  problems: { nothing_to_resolve: 'There is no disagreement.' },
});
