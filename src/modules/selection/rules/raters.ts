/** Several people score the same account: what they agree on, and where they should talk. */
import type { Score } from './derive.ts';

/** From this distance between the highest and the lowest score on, people mean different things (default). */
export const DISAGREEMENT_FROM = 3;

export interface Agreement {
  readonly raters: number;
  /** The middle score (mean of the two middle ones, to one decimal); null without any. */
  readonly median: Score;
  readonly lowest: Score;
  readonly highest: Score;
  readonly spread: number | null;
  readonly disagree: boolean;
}

/** Agreement of the scores that several people gave on one criterion; missing ones are left out. */
export function agreement(scores: readonly Score[], from = DISAGREEMENT_FROM): Agreement {
  const tenths = scores.flatMap((score) => (score === null ? [] : [Math.round(score * 10)])).sort((a, b) => a - b);
  const raters = tenths.length;
  if (raters === 0) return { raters, median: null, lowest: null, highest: null, spread: null, disagree: false };
  const lowest = tenths[0]!;
  const highest = tenths[raters - 1]!;
  const middle = tenths[(raters - 1) >> 1]! + tenths[raters >> 1]!;
  return {
    raters,
    median: Math.round(middle / 2) / 10,
    lowest: lowest / 10,
    highest: highest / 10,
    spread: (highest - lowest) / 10,
    disagree: highest - lowest >= from * 10,
  };
}
