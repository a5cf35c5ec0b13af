/**
 * Would an account stay above the line if the weights were a little different? Weights are opinions; a place that hangs
 * on one percent of them should be seen as such.
 */
import type { Lines } from './capacity.ts';
import { LEAST_COVERAGE, meansOf, rankAll, type ScoreMatrix } from './ranking.ts';

export interface Stability {
  /** How many weightings were tried. */
  readonly tried: number;
  /** For each row: in how many of them the account was above the line. */
  readonly above: Uint16Array;
}

/**
 * The weightings that are tried: each weight is taken 10 % lower, as it is, and 10 % higher, in all 3ⁿ combinations.
 * The three in which all weights move alike are left out: made up to 100 % again they change nothing, and would only
 * flatter the result. Three criteria give 24 weightings, four 78, five 240. Weights come back times ten, in whole
 * numbers; ranking needs only their proportions.
 */
export function nudgedWeights(weights: readonly number[]): number[][] {
  const steps = [9, 10, 11] as const;
  let combinations: number[][] = [[]];
  for (const _ of weights) combinations = combinations.flatMap((taken) => steps.map((step) => [...taken, step]));
  return combinations
    .filter((combination) => combination.some((step) => step !== combination[0]))
    .map((combination) => combination.map((step, at) => step * weights[at]!));
}

/** Tries all {@link nudgedWeights} and counts for each account how often it and its ties fit above the line. */
export function rankStability(
  matrix: ScoreMatrix,
  weights: readonly number[],
  lines: Lines,
  leastCoverage = LEAST_COVERAGE,
): Stability {
  const tries = nudgedWeights(weights);
  const above = new Uint16Array(matrix.rows);
  const mean = new Float64Array(matrix.rows);
  const scored = new Uint16Array(matrix.rows);
  const candidates = new Float64Array(matrix.rows);
  for (const nudged of tries) {
    const total = meansOf(matrix, nudged, { mean, scored });
    let count = 0;
    for (let row = 0; row < matrix.rows; row += 1) {
      if (scored[row]! > 0 && scored[row]! * 100 >= leastCoverage * total) candidates[count++] = mean[row]!;
      else mean[row] = -1;
    }
    // All that are better than the first one that does not fit are above the line; its ties are not.
    const bar = lines.upper <= 0 ? Infinity : lines.upper >= count ? 0 : nthLargest(candidates, count, lines.upper);
    for (let row = 0; row < matrix.rows; row += 1) {
      if (mean[row]! > bar) above[row]! += 1;
    }
  }
  return { tried: tries.length, above };
}

/** The value at position `n` (0-based) when the first `count` values are sorted from the largest; reorders them. */
function nthLargest(values: Float64Array, count: number, n: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let left = low;
    let right = high;
    while (left <= right) {
      while (values[left]! > pivot) left += 1;
      while (values[right]! < pivot) right -= 1;
      if (left > right) break;
      const held = values[left]!;
      values[left] = values[right]!;
      values[right] = held;
      left += 1;
      right -= 1;
    }
    if (n <= right) high = right;
    else if (n >= left) low = left;
    else return values[n]!;
  }
  return values[low]!;
}

export type Firmness = 'firm' | 'likely' | 'close';

/** In words: firm = in every weighting, likely = in at least four of five, close = the weights decide. */
export function firmness(times: number, tried: number): Firmness {
  if (times === tried) return 'firm';
  return times * 5 >= tried * 4 ? 'likely' : 'close';
}

/** Rank that each account would have if one criterion were left out: shows which criterion carries the order. */
export function ranksWithout(matrix: ScoreMatrix, weights: readonly number[], column: number): Uint32Array {
  return rankAll(
    matrix,
    weights.map((weight, at) => (at === column ? 0 : weight)),
  ).rank;
}
