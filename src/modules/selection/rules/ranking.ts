/**
 * Score and rank of accounts: Σ weight × score in whole numbers, so that equal accounts are equal and nothing depends on
 * the order of addition. Fast enough to run again for every move of a slider (10,000 accounts × 5 criteria in a frame).
 *
 * An account that lacks scores is not thrown away and not guessed at: its mean runs over the criteria that it has, it is
 * marked incomplete, and it takes part in the ranking only when these carry at least 60 % of the weight.
 */
import type { Score } from './derive.ts';

/** Percent of the weight that must be scored before an account is ranked (default). */
export const LEAST_COVERAGE = 60;

/** Scores of all accounts in tenths (10–100; 0 = missing), row by row: one row an account, one column a criterion. */
export interface ScoreMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly tenths: Uint8Array;
}

export interface Ranking {
  /** Weighted mean in tenths over the scored criteria (10–100); 0 where nothing is scored. Exact for comparison. */
  readonly mean: Float64Array;
  /** Percent of the weight that is scored, rounded down. */
  readonly coverage: Uint8Array;
  /** Row numbers, best first; only ranked rows. */
  readonly order: Uint32Array;
  /** 1 = best, equal means share a rank; 0 = not ranked. */
  readonly rank: Uint32Array;
  /** How many accounts are at least as good as this one, itself included: the worst place of its tie. 0 = not ranked. */
  readonly place: Uint32Array;
}

/** Packs scores into the matrix that {@link rankAll} takes. `scores[row][column]`, null = missing. */
export function packScores(scores: readonly (readonly Score[])[], columns: number): ScoreMatrix {
  const tenths = new Uint8Array(scores.length * columns);
  scores.forEach((row, at) => {
    for (let column = 0; column < columns; column += 1) {
      const score = row[column];
      if (score !== null && score !== undefined) tenths[at * columns + column] = Math.round(score * 10);
    }
  });
  return { rows: scores.length, columns, tenths };
}

/**
 * Weighted means and coverage. Means are quotients of small whole numbers: equal quotients give the same double, and
 * unequal ones lie at least 1/(Σ weight)² apart, so comparing them is exact.
 */
export function meansOf(
  matrix: ScoreMatrix,
  weights: readonly number[],
  into: { mean: Float64Array; scored: Uint16Array },
): number {
  const { rows, columns, tenths } = matrix;
  let total = 0;
  for (let column = 0; column < columns; column += 1) total += weights[column]!;
  for (let row = 0, cell = 0; row < rows; row += 1) {
    let points = 0;
    let scored = 0;
    for (let column = 0; column < columns; column += 1, cell += 1) {
      const score = tenths[cell]!;
      if (score > 0) {
        const weight = weights[column]!;
        points += weight * score;
        scored += weight;
      }
    }
    into.mean[row] = scored > 0 ? points / scored : 0;
    into.scored[row] = scored;
  }
  return total;
}

/** Means differ by at least 1/(Σ weight)²; with Σ weight ≤ 3,000 this factor takes them apart as whole numbers. */
const SPREAD = 1e7;

/**
 * Ranks all accounts. `weights` has one whole number a column (percents, or any multiple of them up to a sum of 3,000).
 * Ties share a rank; within a tie the earlier row comes first, so hand rows over in a lasting order (by id).
 */
export function rankAll(matrix: ScoreMatrix, weights: readonly number[], leastCoverage = LEAST_COVERAGE): Ranking {
  const { rows } = matrix;
  const mean = new Float64Array(rows);
  const scored = new Uint16Array(rows);
  const total = meansOf(matrix, weights, { mean, scored });
  const coverage = new Uint8Array(rows);
  // One number holds mean and row, so that the typed array sorts by itself: no comparator is called.
  const keys = new Float64Array(rows);
  let ranked = 0;
  for (let row = 0; row < rows; row += 1) {
    coverage[row] = total > 0 ? Math.floor((scored[row]! * 100) / total) : 0;
    if (scored[row]! > 0 && scored[row]! * 100 >= leastCoverage * total) {
      keys[ranked] = Math.floor((100 - mean[row]!) * SPREAD) * rows + row;
      ranked += 1;
    }
  }
  const sorted = keys.subarray(0, ranked).sort();
  const order = new Uint32Array(ranked);
  const rank = new Uint32Array(rows);
  const place = new Uint32Array(rows);
  for (let at = 0; at < ranked; at += 1) order[at] = sorted[at]! % rows;
  for (let start = 0; start < ranked; ) {
    let end = start + 1;
    while (end < ranked && mean[order[end]!] === mean[order[start]!]) end += 1;
    for (let at = start; at < end; at += 1) {
      rank[order[at]!] = start + 1;
      place[order[at]!] = end;
    }
    start = end;
  }
  return { mean, coverage, order, rank, place };
}

export interface AccountScore {
  /** 1–10 to three decimals (exact when complete); null where nothing is scored. */
  readonly score: number | null;
  /** Percent of the weight that is scored. */
  readonly coverage: number;
  readonly complete: boolean;
  /** Enough is scored to take part in the ranking. */
  readonly ranked: boolean;
}

/** The score of one account: weighted mean over the criteria that have a score. */
export function scoreAccount(
  scores: readonly Score[],
  weights: readonly number[],
  leastCoverage = LEAST_COVERAGE,
): AccountScore {
  let points = 0;
  let scored = 0;
  let total = 0;
  weights.forEach((weight, column) => {
    total += weight;
    const score = scores[column];
    if (score === null || score === undefined) return;
    points += weight * Math.round(score * 10);
    scored += weight;
  });
  return {
    score: scored > 0 ? Math.round((points * 100) / scored) / 1000 : null,
    coverage: total > 0 ? Math.floor((scored * 100) / total) : 0,
    complete: total > 0 && scored === total,
    ranked: scored > 0 && scored * 100 >= leastCoverage * total,
  };
}

/**
 * The score that an account would need on one criterion, all else equal, to reach a mean (in tenths, as in
 * {@link Ranking}); to one decimal, rounded up. Null when even a ten is not enough or the account is there already.
 */
export function scoreNeeded(
  scores: readonly Score[],
  weights: readonly number[],
  column: number,
  targetMean: number,
): number | null {
  const weight = weights[column] ?? 0;
  if (weight === 0) return null;
  let others = 0;
  let sum = weight;
  scores.forEach((score, at) => {
    if (at === column || score === null) return;
    others += weights[at]! * Math.round(score * 10);
    sum += weights[at]!;
  });
  // Rounded up to whole tenths; the small allowance takes back what the division of the target's mean has rounded.
  const tenths = Math.max(10, Math.ceil((targetMean * sum - others) / weight - 1e-6));
  const now = scores[column] ?? null;
  if (now !== null && Math.round(now * 10) >= tenths) return null;
  return tenths > 100 ? null : tenths / 10;
}
