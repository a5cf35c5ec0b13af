/** How old the word of a block is: a plan that nobody confirms dies quietly, so its age is shown. */
import { BLOCK_KEYS, type BlockCare, type BlockKey } from './plan.ts';

export type Freshness = 'fresh' | 'ageing' | 'stale' | 'never';

/** Days since the last review from which a block is ageing (amber) and stale (grey); editable defaults. */
export interface FreshnessLimits {
  readonly ageingAfterDays: number;
  readonly staleAfterDays: number;
}
export const FRESHNESS_LIMITS: FreshnessLimits = { ageingAfterDays: 30, staleAfterDays: 90 };

export interface BlockFreshness {
  readonly block: BlockKey;
  readonly state: Freshness;
  /** Whole days since the review; null when there was none. A review dated ahead counts as today's. */
  readonly ageDays: number | null;
}

/** The state of one block on the day `today` (YYYY-MM-DD). */
export function freshnessOf(
  reviewedOn: string | null,
  today: string,
  limits: FreshnessLimits = FRESHNESS_LIMITS,
): { state: Freshness; ageDays: number | null } {
  if (reviewedOn === null) return { state: 'never', ageDays: null };
  const ageDays = Math.max(0, Math.round((Date.parse(today) - Date.parse(reviewedOn)) / 86_400_000));
  if (ageDays >= limits.staleAfterDays) return { state: 'stale', ageDays };
  return { state: ageDays >= limits.ageingAfterDays ? 'ageing' : 'fresh', ageDays };
}

/** The state of every block, in the order of the plan. */
export function planFreshness(
  care: Readonly<Record<BlockKey, BlockCare>>,
  today: string,
  limits: FreshnessLimits = FRESHNESS_LIMITS,
): BlockFreshness[] {
  return BLOCK_KEYS.map((block) => ({ block, ...freshnessOf(care[block].reviewedOn, today, limits) }));
}

/** The blocks that the weekly update should step through: stale or never reviewed first, then ageing, oldest first. */
export function blocksToReview(freshness: readonly BlockFreshness[]): BlockKey[] {
  const age = ({ ageDays }: BlockFreshness) => ageDays ?? Number.POSITIVE_INFINITY;
  return freshness
    .filter(({ state }) => state !== 'fresh')
    .sort((a, b) => (age(a) === age(b) ? 0 : age(b) - age(a)))
    .map(({ block }) => block);
}
