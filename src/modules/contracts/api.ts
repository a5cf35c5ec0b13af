// The contracts room's contract: contracts and their amendments, renewals, offers, approvals, what was given and got.
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

export const STATUSES = ['draft', 'active', 'ended', 'cancelled'] as const;
export const BILLINGS = ['month', 'quarter', 'half_year', 'year', 'once'] as const;
export const REASONS = [
  'initial',
  'upgrade',
  'downgrade',
  'uplift',
  'renewal',
  'co_term',
  'partial_churn',
  'won',
] as const;
export const AMENDMENTS = ['upgrade', 'downgrade', 'uplift', 'co_term', 'partial_churn'] as const;
export const LIKELIHOODS = ['on_track', 'watch', 'at_risk', 'critical'] as const;
export const STAGES = ['not_started', 'preparing', 'proposed', 'negotiating', 'decided'] as const;
export const OUTCOMES = ['renewed_uplift', 'renewed_flat', 'reduced', 'lost', 'cancelled'] as const;
export const CHECKPOINTS = ['six_months', 'three_months'] as const;
export const ANSWERS = ['renew', 'grow', 'save', 'exit', 'monitor'] as const;
// biome-ignore format: one list
export const LOSS_REASONS = ['price', 'product_gap', 'service', 'adoption', 'competitor', 'in_house', 'budget', 'reorganisation', 'sponsor_left', 'strategy', 'terms', 'our_choice', 'other'] as const;
// biome-ignore format: one list
export const CONCESSION_KINDS = ['discount', 'terms', 'service', 'product', 'payment', 'commitment', 'reference', 'volume', 'other'] as const;

const title = z.string().trim().min(1, 'Required').max(300);
const note = z.string().trim().max(5000);
const percentOf = (min: number, max: number) => z.number().min(min).max(max);
const discount = percentOf(0, 100);
const uplift = percentOf(-100, 1000);
const months = z.int().min(1).max(240);
const quantity = z.number().min(0).max(1_000_000_000);
const minor = z.int().min(-1_000_000_000_000).max(1_000_000_000_000);
const billing = z.enum(BILLINGS);
const kind = z.enum(['recurring', 'one_off']);
const likelihood = z.enum(LIKELIHOODS);
const stale = { version_conflict: 'Changed since; `current` holds it as it stands.' };
const seen = z.strictObject({ id });

// Contracts -----------------------------------------------------------------

const lineInput = z.strictObject({
  productId: id.nullable().optional(),
  description: z.string().trim().max(2000).optional(),
  /** One-off lines are billed `once`. */
  kind: kind.optional(),
  quantity: quantity.default(1),
  /** What one unit costs for one billing period before the discount, in minor units of the contract's currency. */
  unitPriceMinor: minor,
  discountPercent: discount.default(0),
  billing: billing.default('month'),
  /** The contract's first day when left out. */
  startsOn: day.optional(),
  /** The last day; the contract's when left out, null: open-ended. */
  endsOn: day.nullable().optional(),
});
export type LineInput = z.output<typeof lineInput>;
export const lineShape = z
  .object({
    id,
    productId: id.nullable(),
    productName: z.string().nullable(),
    description: z.string(),
    kind,
    quantity: z.number(),
    unitPrice: money,
    discountPercent: z.number(),
    billing,
    startsOn: day,
    endsOn: day.nullable(),
    /** A year of a recurring line, the whole of a one-off one. */
    amount: money,
    reason: z.enum(REASONS),
    amendmentId: id.nullable(),
    replacesId: id.nullable(),
    opportunityId: id.nullable(),
    state: z.enum(['past', 'current', 'future']),
    position: z.int(),
    version,
  })
  .meta({ id: 'ContractLine' });
export type ContractLine = z.infer<typeof lineShape>;

const signatory = z.strictObject({
  side: z.enum(['ours', 'theirs']),
  name: z.string().trim().min(1, 'Required').max(200),
  title: z.string().trim().max(200).default(''),
  signedOn: day.nullable().default(null),
});
export type Signatory = z.output<typeof signatory>;

const contractCan = z.object({ update: z.boolean(), decide: z.boolean() });
export const contractShape = z
  .object({
    id,
    accountId: id,
    accountName: z.string(),
    ownerId: id.nullable(),
    ownerName: z.string().nullable(),
    number: z.string().nullable(),
    name: z.string(),
    status: z.enum(STATUSES),
    currency,
    startsOn: day,
    endsOn: day.nullable(),
    termMonths: z.int().nullable(),
    autoRenews: z.boolean(),
    noticeDays: z.int().nullable(),
    /** The last day on which notice can be given. */
    noticeDeadlineOn: day.nullable(),
    upliftPercent: z.number().nullable(),
    signedOn: day.nullable(),
    notes: z.string(),
    previousId: id.nullable(),
    signatories: z.array(signatory),
    cancelReason: z.string(),
    /** Recurring value of a year of the lines in force today. */
    arr: money,
    renewalId: id.nullable(),
    source: z.object({ system: z.string(), id: z.string() }).nullable(),
    version,
    createdAt: instant,
    updatedAt: instant,
    can: contractCan,
  })
  .meta({ id: 'Contract' });
export type Contract = z.infer<typeof contractShape>;
export const amendmentShape = z
  .object({
    id,
    number: z.int(),
    kind: z.enum([...AMENDMENTS, 'renewal', 'won', 'cancellation']),
    effectiveOn: day,
    note: z.string(),
    /** Recurring value of a year the day before, and on the day itself. */
    before: money,
    after: money,
    madeByName: z.string().nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Amendment' });
export const contractPageShape = contractShape
  .extend({
    lines: z.array(lineShape),
    amendments: z.array(amendmentShape),
  })
  .meta({ id: 'ContractPage' });
export type ContractPage = z.infer<typeof contractPageShape>;

export const contractFilters = {
  q: z.string().trim().max(100).optional(),
  accountId: many(id),
  ownerId: many(id),
  status: many(z.enum(STATUSES)),
  noticeFrom: day.optional(),
  noticeTo: day.optional(),
  endsFrom: day.optional(),
  endsTo: day.optional(),
};
export const CONTRACT_SORTS = ['notice', '-notice', 'ends', '-ends', 'name', '-updatedAt'] as const;
const terms = {
  number: z.string().trim().min(1).max(100).nullable().optional(),
  endsOn: day.nullable().optional(),
  termMonths: months.nullable().optional(),
  autoRenews: z.boolean().optional(),
  noticeDays: z.int().min(0).max(3650).nullable().optional(),
  upliftPercent: uplift.nullable().optional(),
  signedOn: day.nullable().optional(),
  notes: text.optional(),
  previousId: id.nullable().optional(),
  signatories: z.array(signatory).max(30).optional(),
  status: z.enum(['draft', 'active', 'ended']).optional(),
};

export const listContracts = defineRoute({
  id: 'contracts.list',
  method: 'GET',
  path: '/api/v1/contracts',
  summary: 'Contracts of the accounts that you see; without a notice period the end counts as deadline',
  permission: 'contracts.read',
  query: z.strictObject({ ...contractFilters, sort: z.enum(CONTRACT_SORTS).default('notice'), ...paging }),
  answer: listOf(contractShape),
});
export const getContract = defineRoute({
  id: 'contracts.get',
  method: 'GET',
  path: '/api/v1/contracts/{id}',
  summary: 'One contract with its lines and amendments',
  permission: 'contracts.read',
  params: byId,
  answer: contractPageShape,
});
export const createContract = defineRoute({
  id: 'contracts.create',
  method: 'POST',
  path: '/api/v1/contracts',
  summary: 'Add a contract with its lines',
  permission: 'contracts.write',
  status: 201,
  body: z.strictObject({
    accountId: id,
    name: title,
    currency: currency.optional(),
    startsOn: day,
    ...terms,
    lines: z.array(lineInput).max(500).default([]),
  }),
  answer: contractPageShape,
});
export const updateContract = defineRoute({
  id: 'contracts.update',
  method: 'PATCH',
  path: '/api/v1/contracts/{id}',
  summary: 'Change a contract; send the version you saw',
  permission: 'contracts.write',
  params: byId,
  body: z.strictObject({ version: version.optional(), name: title.optional(), startsOn: day.optional(), ...terms }),
  answer: contractPageShape,
  problems: { ...stale, contract_closed: 'It is cancelled.' },
});
export const cancelContract = defineRoute({
  id: 'contracts.cancel',
  method: 'POST',
  path: '/api/v1/contracts/{id}/cancel',
  summary: 'It ends early: lines end with the last day given',
  permission: 'contracts.write',
  params: byId,
  body: z.strictObject({
    version: version.optional(),
    endsOn: day,
    reason: z.string().trim().min(1, 'Required').max(2000),
  }),
  answer: contractPageShape,
  problems: { ...stale, contract_closed: 'It is cancelled or has ended.' },
});
export const addContractLines = defineRoute({
  id: 'contracts.addLines',
  method: 'POST',
  path: '/api/v1/contracts/{id}/lines',
  summary: 'Add lines that were forgotten; for a change from a day on, amend',
  permission: 'contracts.write',
  params: byId,
  body: z.strictObject({ lines: z.array(lineInput).min(1).max(200) }),
  answer: contractPageShape,
  problems: { contract_closed: 'It is cancelled.' },
});
export const updateContractLine = defineRoute({
  id: 'contracts.updateLine',
  method: 'PATCH',
  path: '/api/v1/contracts/{id}/lines/{lineId}',
  summary: 'Correct a line that was entered wrongly; for a change from a day on, amend',
  permission: 'contracts.write',
  params: z.strictObject({ id, lineId: id }),
  body: z.strictObject({
    version: version.optional(),
    productId: id.nullable().optional(),
    description: z.string().trim().max(2000).optional(),
    quantity: quantity.optional(),
    unitPriceMinor: minor.optional(),
    discountPercent: discount.optional(),
    billing: billing.optional(),
    startsOn: day.optional(),
    endsOn: day.nullable().optional(),
  }),
  answer: contractPageShape,
  problems: stale,
});
export const removeContractLine = defineRoute({
  id: 'contracts.removeLine',
  method: 'DELETE',
  path: '/api/v1/contracts/{id}/lines/{lineId}',
  summary: 'Take a line away that never was; lines that an amendment made or replaced stay',
  permission: 'contracts.write',
  params: z.strictObject({ id, lineId: id }),
  answer: contractPageShape,
  problems: { line_in_history: 'An amendment made or replaced it.' },
});
export const amendContract = defineRoute({
  id: 'contracts.amend',
  method: 'POST',
  path: '/api/v1/contracts/{id}/amendments',
  summary: 'Change lines from a day on: old lines end, new ones take their place, history stays',
  permission: 'contracts.write',
  status: 201,
  params: byId,
  body: z.strictObject({
    version: version.optional(),
    kind: z.enum(AMENDMENTS),
    /** The first day of the new terms. */
    effectiveOn: day,
    note: note.default(''),
    changes: z
      .array(
        z.strictObject({
          lineId: id,
          /** 0 ends the line. */
          quantity: quantity.optional(),
          unitPriceMinor: minor.optional(),
          discountPercent: discount.optional(),
          endsOn: day.nullable().optional(),
        }),
      )
      .max(500)
      .default([]),
    add: z.array(lineInput).max(200).default([]),
  }),
  answer: contractPageShape,
  problems: { ...stale, contract_closed: 'It is cancelled or has ended.' },
});

// Renewals ------------------------------------------------------------------

const reason = z.object({ code: z.string(), text: z.string(), points: z.number() });
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
const total = z.object({ amount: z.int(), currency, missing: z.array(currency), byCurrency: z.array(money) });
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

// Offers --------------------------------------------------------------------

export const termsInput = z.strictObject({
  upliftPercent: uplift.default(0),
  discountPercent: discount.default(0),
  /** Months of the next term; the contract's when left out. */
  termMonths: months.nullable().default(null),
  /** Other quantities; 0 leaves a line out. */
  quantities: z
    .array(z.strictObject({ lineId: id, quantity }))
    .max(500)
    .default([]),
  bundle: z
    .array(
      z.strictObject({
        productId: id.nullable().default(null),
        description: z.string().trim().max(2000).default(''),
        kind: kind.default('recurring'),
        quantity: quantity.default(1),
        unitPriceMinor: minor,
        discountPercent: discount.default(0),
        billing: billing.default('month'),
      }),
    )
    .max(50)
    .default([]),
});
export type OfferTerms = z.output<typeof termsInput>;
export type OfferTermsInput = z.input<typeof termsInput>;

const ratio = z.string().nullable();
const effect = z
  .object({
    arr: money,
    oneOff: money,
    /** Recurring value of a year less the cost of delivery. */
    margin: money,
    marginShare: ratio,
    /** Margin × expected years. */
    lifetime: money,
    expectedYears: z.string(),
    nrr: ratio,
    grr: ratio,
  })
  .meta({ id: 'OfferEffect' });
export type OfferEffect = z.infer<typeof effect>;
export const scenarioShape = z
  .object({
    terms: termsInput,
    /** The largest discount that it asks for, in percent. */
    discountAsked: z.number(),
    /** Percent that you may give yourself. */
    limit: z.number(),
    /** Who has to agree; empty: nobody. */
    needs: z.array(z.enum(['head', 'finance'])),
    effect,
  })
  .meta({ id: 'Scenario' });
const comparison = {
  /** The next term at the present prices. */
  before: effect,
  quarter: z.object({ from: day, to: day }),
  assumptions: z.array(z.object({ code: z.string(), text: z.string() })),
};
export const evaluateScenarios = defineRoute({
  id: 'offers.evaluate',
  method: 'POST',
  path: '/api/v1/renewals/{id}/scenarios',
  summary:
    'What up to four offers would do to recurring value, margin, lifetime value, NRR and GRR of the quarter; keeps nothing',
  permission: 'contracts.read',
  params: byId,
  body: z.strictObject({ scenarios: z.array(termsInput).min(1).max(4) }),
  answer: z.object({ ...comparison, scenarios: z.array(scenarioShape) }),
});
export const offerShape = scenarioShape
  .extend({
    id,
    renewalId: id,
    name: z.string(),
    note: z.string(),
    madeByName: z.string().nullable(),
    /** The last request for it: `none` where nobody asked; `outdated` when the terms changed since. */
    approval: z.object({
      id: id.nullable(),
      status: z.enum(['none', 'pending', 'approved', 'refused', 'withdrawn', 'outdated']),
    }),
    version,
    updatedAt: instant,
    can: z.object({ update: z.boolean(), request: z.boolean(), decide: z.boolean() }),
  })
  .meta({ id: 'Offer' });
export type Offer = z.infer<typeof offerShape>;
export const listOffers = defineRoute({
  id: 'offers.list',
  method: 'GET',
  path: '/api/v1/renewals/{id}/offers',
  summary: 'The offers kept for a renewal side by side, with their effect as of today',
  permission: 'contracts.read',
  params: byId,
  answer: z.object({ items: z.array(offerShape), nextCursor: z.null(), ...comparison }),
});
const offerBody = { name: z.string().trim().min(1, 'Required').max(120), terms: termsInput, note: note.optional() };
export const createOffer = defineRoute({
  id: 'offers.create',
  method: 'POST',
  path: '/api/v1/renewals/{id}/offers',
  summary: 'Keep an offer; up to four a renewal',
  permission: 'contracts.write',
  status: 201,
  params: byId,
  body: z.strictObject(offerBody),
  answer: seen,
  problems: { renewal_decided: 'It is decided.', too_many_offers: 'Four offers stand side by side; remove one first.' },
});
export const updateOffer = defineRoute({
  id: 'offers.update',
  method: 'PATCH',
  path: '/api/v1/offers/{id}',
  summary: 'Change an offer; other terms need another approval',
  permission: 'contracts.write',
  params: byId,
  body: z.strictObject({
    version: version.optional(),
    name: offerBody.name.optional(),
    terms: termsInput.optional(),
    note: note.optional(),
  }),
  answer: seen,
  problems: { ...stale, renewal_decided: 'It is decided.' },
});
export const removeOffer = defineRoute({
  id: 'offers.remove',
  method: 'DELETE',
  path: '/api/v1/offers/{id}',
  summary: 'Take an offer away; what was approved stays on record',
  permission: 'contracts.write',
  params: byId,
});
export const decideRenewal = defineRoute({
  id: 'renewals.decide',
  method: 'POST',
  path: '/api/v1/renewals/{id}/decide',
  summary:
    'Renewed: the next term and its lines begin. Lost or cancelled: lines end with the term, and a post-mortem is required',
  permission: 'contracts.decide',
  params: byId,
  body: z.strictObject({
    version: version.optional(),
    outcome: z.enum(OUTCOMES),
    /** The terms of this offer, or `terms`, or what the contract says. */
    offerId: id.optional(),
    terms: termsInput.optional(),
    signedOn: day.nullable().optional(),
    note: note.optional(),
    loss: z
      .strictObject({
        reason: z.enum(LOSS_REASONS),
        competitor: z.string().trim().min(1).max(200).nullable().optional(),
        detail: z.string().trim().min(1, 'Required').max(5000),
        lesson: z.string().trim().max(5000).default(''),
        avoidable: z.boolean().nullable().optional(),
      })
      .optional(),
  }),
  answer: renewalPageShape,
  problems: {
    ...stale,
    renewal_decided: 'It is decided.',
    approval_required: 'The discount is above your limit and nobody has approved it.',
  },
});

export const undoDecision = defineRoute({
  id: 'renewals.undoDecision',
  method: 'POST',
  path: '/api/v1/renewals/{id}/undo-decision',
  summary:
    'Takes a decision back while nothing followed from it: contract and lines stand as before, the renewal is open again',
  permission: 'contracts.decide',
  params: byId,
  body: z.strictObject({ version: version.optional() }),
  answer: renewalPageShape,
  problems: {
    ...stale,
    not_decided: 'It is not decided.',
    decision_followed: 'The contract or the next term changed since the decision.',
  },
});

// Approvals -----------------------------------------------------------------

const person = z.object({ id, name: z.string() });
export const approvalShape = z
  .object({
    id,
    status: z.enum(['pending', 'approved', 'refused', 'withdrawn']),
    /** Null for an approver who does not see the account itself. */
    accountId: id.nullable(),
    accountName: z.string(),
    renewalId: id,
    offerId: id.nullable(),
    offerName: z.string(),
    contractName: z.string(),
    dueOn: day,
    discountPercent: z.number(),
    limitPercent: z.number(),
    reason: z.string(),
    requestedBy: person.nullable(),
    requestedAt: instant,
    decidedAt: instant.nullable(),
    /** The scenario as it was when it was asked for. */
    scenario: z.object({
      terms: termsInput,
      before: effect,
      after: effect,
      quarter: z.object({ from: day, to: day }),
      assumptions: comparison.assumptions,
    }),
    steps: z.array(
      z.object({
        number: z.int(),
        kind: z.enum(['head', 'finance']),
        status: z.enum(['waiting', 'pending', 'approved', 'refused']),
        approvers: z.array(person),
        delegatedBy: person.nullable(),
        decidedBy: person.nullable(),
        decidedAt: instant.nullable(),
        note: z.string(),
        remindedAt: instant.nullable(),
      }),
    ),
    version,
    can: z.object({ decide: z.boolean(), delegate: z.boolean(), withdraw: z.boolean() }),
  })
  .meta({ id: 'Approval' });
export type Approval = z.infer<typeof approvalShape>;
export const listApprovals = defineRoute({
  id: 'approvals.list',
  method: 'GET',
  path: '/api/v1/approvals',
  summary: 'Requests for discounts above a limit, newest first: of your accounts, or waiting for you',
  permission: 'contracts.read',
  query: z.strictObject({
    /** `forMe`: waiting for my decision; `byMe`: that I asked for. */
    box: z.enum(['forMe', 'byMe', 'all']).default('all'),
    status: many(z.enum(['pending', 'approved', 'refused', 'withdrawn'])),
    accountId: id.optional(),
    renewalId: id.optional(),
    ...paging,
  }),
  answer: listOf(approvalShape),
});
export const getApproval = defineRoute({
  id: 'approvals.get',
  method: 'GET',
  path: '/api/v1/approvals/{id}',
  summary: 'One request with its steps and the scenario',
  permission: 'contracts.read',
  params: byId,
  answer: approvalShape,
});
export const requestApproval = defineRoute({
  id: 'approvals.request',
  method: 'POST',
  path: '/api/v1/offers/{id}/approval',
  summary: 'Ask for an offer above your limit',
  permission: 'contracts.write',
  status: 201,
  params: byId,
  body: z.strictObject({ reason: z.string().trim().min(1, 'Required').max(5000) }),
  answer: approvalShape,
  problems: {
    not_needed: 'It is within your limit.',
    already_asked: 'It is asked for or approved already.',
    no_approver: 'Nobody can decide: an admin names approvers under Settings.',
    renewal_decided: 'It is decided.',
  },
});
const verdict = <const I extends string, const P extends string>(operation: I, path: P, summary: string) =>
  defineRoute({
    id: operation,
    method: 'POST',
    path,
    summary,
    permission: 'contracts.approve',
    params: byId,
    body: z.strictObject({ note: note.default('') }),
    answer: approvalShape,
    problems: { not_pending: 'It is decided or withdrawn.' },
  });
export const approveOffer = verdict(
  'approvals.approve',
  '/api/v1/approvals/{id}/approve',
  'Agree; the next step begins, or it is approved',
);
export const refuseOffer = verdict('approvals.refuse', '/api/v1/approvals/{id}/refuse', 'Refuse, with a reason');
export const withdrawApproval = verdict(
  'approvals.withdraw',
  '/api/v1/approvals/{id}/withdraw',
  'Take back what you asked for',
);
export const delegateApproval = defineRoute({
  id: 'approvals.delegate',
  method: 'POST',
  path: '/api/v1/approvals/{id}/delegate',
  summary: 'Let another member decide this step',
  permission: 'contracts.approve',
  params: byId,
  body: z.strictObject({ memberId: id, note: note.default('') }),
  answer: approvalShape,
  problems: { not_pending: 'It is decided or withdrawn.' },
});

// Give and get --------------------------------------------------------------

export const concessionShape = z
  .object({
    id,
    accountId: id,
    accountName: z.string(),
    contractId: id.nullable(),
    renewalId: id.nullable(),
    side: z.enum(['give', 'get']),
    what: z.string(),
    kind: z.enum(CONCESSION_KINDS),
    value: money.nullable(),
    on: day,
    /** What this was given or received for. */
    answersId: id.nullable(),
    note: z.string(),
    madeByName: z.string().nullable(),
    version,
    can: z.object({ update: z.boolean() }),
  })
  .meta({ id: 'Concession' });
export type Concession = z.infer<typeof concessionShape>;
const concessionFilter = { accountId: id.optional(), contractId: id.optional(), renewalId: id.optional() };
export const listConcessions = defineRoute({
  id: 'concessions.list',
  method: 'GET',
  path: '/api/v1/concessions',
  summary: 'What was conceded and what was received for it, newest first',
  permission: 'contracts.read',
  query: z.strictObject({ ...concessionFilter, ...paging }),
  answer: listOf(concessionShape),
});
export const balanceConcessions = defineRoute({
  id: 'concessions.balance',
  method: 'GET',
  path: '/api/v1/concessions/balance',
  summary: 'Values given and got; `unvalued`: entries without a value',
  permission: 'contracts.read',
  query: z.strictObject(concessionFilter),
  answer: z.object({ given: total, got: total, unvalued: z.int() }),
});
const concessionFields = {
  side: z.enum(['give', 'get']),
  what: z.string().trim().min(1, 'Required').max(500),
  kind: z.enum(CONCESSION_KINDS).default('other'),
  value: z
    .strictObject({ amount: z.int().min(0).max(1_000_000_000_000), currency })
    .nullable()
    .default(null),
  on: day,
  answersId: id.nullable().default(null),
  note: note.default(''),
};
export const createConcession = defineRoute({
  id: 'concessions.create',
  method: 'POST',
  path: '/api/v1/concessions',
  summary: 'Write down a give or a get',
  permission: 'contracts.write',
  status: 201,
  body: z.strictObject({
    accountId: id,
    contractId: id.nullable().default(null),
    renewalId: id.nullable().default(null),
    ...concessionFields,
  }),
  answer: concessionShape,
});
export const updateConcession = defineRoute({
  id: 'concessions.update',
  method: 'PATCH',
  path: '/api/v1/concessions/{id}',
  summary: 'Change an entry',
  permission: 'contracts.write',
  params: byId,
  body: z.strictObject({
    version: version.optional(),
    what: concessionFields.what.optional(),
    kind: z.enum(CONCESSION_KINDS).optional(),
    value: z
      .strictObject({ amount: z.int().min(0).max(1_000_000_000_000), currency })
      .nullable()
      .optional(),
    on: day.optional(),
    answersId: id.nullable().optional(),
    note: note.optional(),
  }),
  answer: concessionShape,
  problems: stale,
});
export const removeConcession = defineRoute({
  id: 'concessions.remove',
  method: 'DELETE',
  path: '/api/v1/concessions/{id}',
  summary: 'Remove an entry',
  permission: 'contracts.write',
  params: byId,
});

// Settings ------------------------------------------------------------------

const limits = z.strictObject({ admin: discount, head: discount, kam: discount, sponsor: discount, partner: discount });
export const contractSettingsShape = z.object({
  /** Percent that a role may give without asking. */
  limits,
  /** Members who decide instead of every head. */
  headApproverIds: z.array(id),
  /** Members of finance and legal; without any, admins decide. */
  financeApproverIds: z.array(id),
  remindAfterDays: z.int(),
  assumedCostPercent: z.number(),
  assumedGrrPercent: z.number(),
  version: z.int().min(0),
  can: z.object({ update: z.boolean() }),
});
export type ContractSettings = z.infer<typeof contractSettingsShape>;
export const getContractSettings = defineRoute({
  id: 'contractSettings.get',
  method: 'GET',
  path: '/api/v1/contract-settings',
  summary: 'Discount limits, approvers, and what scenarios assume',
  permission: 'contracts.read',
  answer: contractSettingsShape,
});
export const updateContractSettings = defineRoute({
  id: 'contractSettings.update',
  method: 'PATCH',
  path: '/api/v1/contract-settings',
  summary: 'Change limits, approvers or assumptions',
  permission: 'contracts.settings',
  body: z.strictObject({
    version: z.int().min(0).optional(),
    limits: limits.partial().optional(),
    headApproverIds: z.array(id).max(50).optional(),
    financeApproverIds: z.array(id).max(50).optional(),
    remindAfterDays: z.int().min(1).max(60).optional(),
    assumedCostPercent: discount.optional(),
    assumedGrrPercent: discount.optional(),
  }),
  answer: contractSettingsShape,
  problems: stale,
});
