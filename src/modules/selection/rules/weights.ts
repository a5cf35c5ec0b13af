/** Weights of criteria: whole percents that always add up to exactly 100, also while a slider is being dragged. */

export const WEIGHT_TOTAL = 100;

export interface Weight {
  readonly key: string;
  /** Whole percent, 0–100. */
  readonly weight: number;
  /** A locked weight stays as it is while others move. */
  readonly locked?: boolean;
}

/**
 * Shares `total` out in proportion to `parts` in whole numbers (largest remainder; on equal remainders the earlier part
 * wins). All parts zero: shared out evenly. The result has the length of `parts` and sums to exactly `total`.
 */
export function apportion(parts: readonly number[], total: number): number[] {
  if (parts.length === 0) return [];
  const sum = parts.reduce((a, b) => a + b, 0);
  const shares = sum > 0 ? parts : parts.map(() => 1);
  const divisor = sum > 0 ? sum : parts.length;
  // Integer division with remainder keeps this exact; a quotient in floating point could rank equal remainders apart.
  const whole = shares.map((part) => Math.floor((part * total) / divisor));
  const order = shares
    .map((part, index) => ({ index, remainder: part * total - whole[index]! * divisor }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  let left = total - whole.reduce((a, b) => a + b, 0);
  for (const { index } of order) {
    if (left === 0) break;
    whole[index]! += 1;
    left -= 1;
  }
  return whole;
}

/** Smallest and largest value that the weight at `index` can take without touching locked weights. */
export function weightRange(weights: readonly Weight[], index: number): { min: number; max: number } {
  let locked = 0;
  let free = 0;
  weights.forEach((weight, at) => {
    if (at === index) return;
    if (weight.locked) locked += weight.weight;
    else free += 1;
  });
  const max = Math.max(0, WEIGHT_TOTAL - locked);
  return { min: free === 0 ? max : 0, max };
}

/**
 * Moves one slider: the weight at `index` becomes `value` (rounded, held within {@link weightRange}); the other unlocked
 * ones keep their proportion to each other, locked ones stay. While a slider is dragged, always start from the weights
 * that were there when the drag began: so the proportions come back when the hand comes back.
 */
export function moveWeight(weights: readonly Weight[], index: number, value: number): Weight[] {
  const moved = weights[index];
  if (!moved) throw new RangeError(`There is no weight at position ${index}.`);
  const { min, max } = weightRange(weights, index);
  const wanted = Number.isFinite(value) ? Math.round(value) : moved.weight;
  const next = Math.min(max, Math.max(min, wanted));
  const free = weights.flatMap((weight, at) => (at === index || weight.locked ? [] : [at]));
  const shares = apportion(
    free.map((at) => weights[at]!.weight),
    max - next,
  );
  const result = weights.map((weight) => ({ ...weight }));
  result[index]!.weight = next;
  free.forEach((at, position) => {
    result[at]!.weight = shares[position]!;
  });
  return result;
}

/** Takes a criterion in: it gets an even share, the others keep their proportion; locks are released. */
export function addWeight(weights: readonly Weight[], key: string): Weight[] {
  if (weights.some((weight) => weight.key === key)) return [...weights];
  const share = Math.round(WEIGHT_TOTAL / (weights.length + 1));
  const rest = apportion(
    weights.map((weight) => weight.weight),
    WEIGHT_TOTAL - share,
  );
  const kept = weights.map((weight, at) => ({ key: weight.key, weight: rest[at]! }));
  return [...kept, { key, weight: kept.length === 0 ? WEIGHT_TOTAL : share }];
}

/** Takes a criterion out: its weight goes to the others in proportion; locks are released. */
export function removeWeight(weights: readonly Weight[], key: string): Weight[] {
  const kept = weights.filter((weight) => weight.key !== key);
  const shares = apportion(
    kept.map((weight) => weight.weight),
    WEIGHT_TOTAL,
  );
  return kept.map((weight, at) => ({ key: weight.key, weight: shares[at]! }));
}
