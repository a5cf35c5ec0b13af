// What an opportunity is worth by its lines, and what a change of stage does to it.
import Big from 'big.js';
import type { Billing } from '../../api.ts';

const perYear: Record<Billing, number> = { month: 12, quarter: 4, half_year: 2, year: 1, once: 1 };

/**
 * What a line brings, in minor units: a year of a recurring one, the whole of a one-off one; after the discount, half to even.
 * The same reckoning as on a contract line.
 */
export function lineAmount(line: {
  quantity: number;
  unitPriceMinor: number;
  discountPercent: number;
  billing: Billing;
}): number {
  return new Big(line.quantity)
    .times(line.unitPriceMinor)
    .times(new Big(100).minus(line.discountPercent))
    .div(100)
    .times(perYear[line.billing])
    .round(0, Big.roundHalfEven)
    .toNumber();
}

export type Category = 'omitted' | 'pipeline' | 'best_case' | 'commit' | 'closed';
export type StageFacts = { probability: number; category: Category; outcome: 'open' | 'won' | 'lost' };
export type Judged = {
  probability: number;
  probabilityByHand: boolean;
  category: Category;
  categoryByHand: boolean;
  /** What stood there before it was closed. */
  openProbability: number | null;
  openCategory: Category | null;
};

/**
 * What probability and category become when an opportunity enters a stage. What a person set stays as it is while the opportunity is
 * open; being won or lost is a fact and no judgement, so it shows as such, and the judgement comes back when it is reopened.
 */
export function enterStage(now: Judged, wasOpen: boolean, stage: StageFacts): Judged {
  const judged: Judged = wasOpen
    ? now
    : {
        ...now,
        probability: now.openProbability ?? stage.probability,
        category: now.openCategory ?? stage.category,
      };
  if (stage.outcome === 'open') {
    const category = judged.categoryByHand ? judged.category : stage.category;
    return {
      ...judged,
      probability: judged.probabilityByHand ? judged.probability : stage.probability,
      // Nothing open is closed business.
      category: category === 'closed' ? 'pipeline' : category,
      openProbability: null,
      openCategory: null,
    };
  }
  return {
    ...judged,
    openProbability: judged.probability,
    openCategory: judged.category === 'closed' ? 'pipeline' : judged.category,
    probability: stage.outcome === 'won' ? 100 : 0,
    category: stage.outcome === 'won' ? 'closed' : 'omitted',
  };
}

/** Kinds of business that are forecast apart. */
export const KINDS = ['renewal', 'expansion', 'new_unit', 'new_business'] as const;
export type Kind = (typeof KINDS)[number];
