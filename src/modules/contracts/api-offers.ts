// The contracts room's contract about negotiating: offers, approvals, what was given and got, and the limits for them.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import {
  byId,
  currency,
  day,
  id,
  instant,
  listOf,
  many,
  money,
  paging,
  version,
} from '../../kernel/contract/shapes.ts';
import {
  billing,
  CONCESSION_KINDS,
  discount,
  kind,
  LOSS_REASONS,
  minor,
  months,
  note,
  OUTCOMES,
  quantity,
  seen,
  stale,
  uplift,
} from './api.ts';
import { renewalPageShape, total } from './api-renewals.ts';

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
