// The contracts room's contract: contracts, their lines and amendments. Renewals are in api-renewals.ts, offers and approvals in api-offers.ts.
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
export const note = z.string().trim().max(5000);
export const percentOf = (min: number, max: number) => z.number().min(min).max(max);
export const discount = percentOf(0, 100);
export const uplift = percentOf(-100, 1000);
export const months = z.int().min(1).max(240);
export const quantity = z.number().min(0).max(1_000_000_000);
export const minor = z.int().min(-1_000_000_000_000).max(1_000_000_000_000);
export const billing = z.enum(BILLINGS);
export const kind = z.enum(['recurring', 'one_off']);
export const likelihood = z.enum(LIKELIHOODS);
export const stale = { version_conflict: 'Changed since; `current` holds it as it stands.' };
export const seen = z.strictObject({ id });

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
export const terms = {
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
