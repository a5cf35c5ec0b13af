// What rooms of one floor need from each other when business is won: a deal becomes contract lines, a cell of the whitespace grid
// becomes an opportunity. They never import each other; each contributes its half and asks here for the other's.
import type { Ctx } from './module.ts';
import { contributions } from './module.ts';

declare module './module.ts' {
  interface Contributions {
    /** Contracts contributes it: makes a won deal a contract, or adds its lines to one. */
    dealCloser?: DealCloser;
    /** Contracts contributes it: the contracts that could take the lines of a deal. */
    dealContracts?: DealContracts;
    /** Pipeline contributes it: opens an opportunity. */
    opportunityMaker?: OpportunityMaker;
    /** Revenue contributes it: what products bring at present. */
    currentRevenue?: CurrentRevenue;
    /** Revenue contributes it: what products brought once. */
    onceRevenue?: OnceRevenue;
  }
}

export type Billing = 'month' | 'quarter' | 'half_year' | 'year' | 'once';

export type DealLine = {
  productId: string | null;
  description: string;
  kind: 'recurring' | 'one_off';
  /** A decimal number, as `contract_line.quantity`. */
  quantity: number;
  /** What one unit costs for one billing period (once, for one-off lines), before the discount; in the currency of the deal. */
  unitPriceMinor: number;
  discountPercent: number;
  billing: Billing;
  startsOn: string;
  /** The last day; null: open-ended. */
  endsOn: string | null;
};

export type OpportunityType = 'renewal' | 'upsell' | 'cross_sell' | 'new_unit' | 'new_business';

export type Deal = {
  opportunityId: string;
  accountId: string;
  name: string;
  type: OpportunityType;
  currency: string;
  /** The contract that takes the lines; null: a new one. */
  contractId: string | null;
  lines: DealLine[];
};

/**
 * Writes the lines of a won deal, with reason `won` and the id of the opportunity, in the transaction of the caller.
 * Called again for the same opportunity it answers what it made before. Problems: `invalid` for a contract of another account or
 * another currency.
 */
export type DealCloser = (ctx: Ctx, deal: Deal) => Promise<{ contractId: string; lineIds: string[] }>;

/** Contracts of the account that are in force, in the currency of the deal; those that end last come first. */
export type DealContracts = (
  ctx: Ctx,
  deal: { accountId: string; currency: string },
) => Promise<{ id: string; name: string; startsOn: string; endsOn: string | null }[]>;

export type NewOpportunity = {
  accountId: string;
  name: string;
  type: OpportunityType;
  productId: string | null;
  contractId?: string | null;
  ownerId?: string | null;
  amountMinor: number | null;
  currency: string;
  closesOn: string;
};
/** Opens an opportunity in the first stage; asks for the right to do so. */
export type OpportunityMaker = (ctx: Ctx, opportunity: NewOpportunity) => Promise<{ opportunityId: string }>;

/** Recurring value of a year in minor units by account and product on a day, per currency as it is in the books. */
export type CurrentRevenue = (
  ctx: Ctx,
  accountIds: readonly string[],
  on: string,
) => Promise<{ accountId: string; productId: string | null; currency: string; arrMinor: number }[]>;

/** One-off revenue in minor units by account, product and the day that it belongs to, both days included. */
export type OnceRevenue = (
  ctx: Ctx,
  accountIds: readonly string[],
  from: string,
  to: string,
) => Promise<{ accountId: string; productId: string | null; currency: string; on: string; amountMinor: number }[]>;

/** The closer of the building, if a room brings one. */
export const dealCloserOf = (ctx: Ctx): DealCloser | null =>
  contributions(ctx.services.modules, 'dealCloser')[0] ?? null;

export const dealContractsOf = (ctx: Ctx): DealContracts | null =>
  contributions(ctx.services.modules, 'dealContracts')[0] ?? null;

export const opportunityMakerOf = (ctx: Ctx): OpportunityMaker | null =>
  contributions(ctx.services.modules, 'opportunityMaker')[0] ?? null;

export const currentRevenueOf = (ctx: Ctx): CurrentRevenue | null =>
  contributions(ctx.services.modules, 'currentRevenue')[0] ?? null;

export const onceRevenueOf = (ctx: Ctx): OnceRevenue | null =>
  contributions(ctx.services.modules, 'onceRevenue')[0] ?? null;
