// Small arithmetic of figures: shares as decimal texts, medians; null where there is nothing to reckon with.
import Big from 'big.js';

/** part / whole with six places; null when there is no whole. */
export const share = (part: number, whole: number): string | null =>
  whole === 0 ? null : new Big(part).div(whole).round(6, Big.roundHalfEven).toFixed(6);

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return null;
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!;
}
