/** Scores from data: a value becomes 1–10 by bands or by its place among all accounts. Missing data stays missing. */

/** A score: 1–10 with at most one decimal; null where nothing is known. Nothing is ever guessed. */
export type Score = number | null;

/** Whether more is better (`up`) or less is better (`down`, e.g. days late). */
export type Direction = 'up' | 'down';

/** From this value on (null: from anywhere below the next band) the score holds until the next band begins. */
export interface Band {
  readonly from: number | null;
  readonly score: number;
}

export type Derivation =
  | { readonly method: 'bands'; readonly direction: Direction; readonly bands: readonly Band[] }
  | { readonly method: 'percentile'; readonly direction: Direction };

const known = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value);

/** A score is in range when it lies between 1 and 10 and has at most one decimal. */
export function isScore(value: number): boolean {
  return value >= 1 && value <= 10 && Math.abs(Math.round(value * 10) - value * 10) < 1e-9;
}

/** Numerator over denominator; null when one is missing or the denominator is zero. */
export function ratio(numerator: number | null, denominator: number | null): number | null {
  if (!known(numerator) || !known(denominator) || denominator === 0) return null;
  return numerator / denominator;
}

/** The score of the last band that begins at or below the value; null for a missing value or one below every band. */
export function scoreByBands(value: number | null, bands: readonly Band[]): Score {
  if (!known(value)) return null;
  let score: Score = null;
  for (const band of bands) {
    if (band.from === null || value >= band.from) score = band.score;
  }
  return score;
}

/** What is wrong with a set of bands, in words; an empty list means that they can be used. */
export function checkBands(bands: readonly Band[], direction: Direction): string[] {
  const problems: string[] = [];
  if (bands.length < 2) problems.push('Give at least two bands.');
  bands.forEach((band, at) => {
    if (!isScore(band.score)) problems.push(`Band ${at + 1}: the score must lie between 1 and 10.`);
    if (band.from === null && at > 0) problems.push(`Band ${at + 1}: only the first band may begin without a value.`);
    const before = bands[at - 1];
    if (!before) return;
    if (before.from !== null && band.from !== null && band.from <= before.from) {
      problems.push(`Band ${at + 1} must begin above band ${at}.`);
    }
    const step = band.score - before.score;
    if (direction === 'up' ? step < 0 : step > 0) {
      problems.push(`Band ${at + 1}: the score must ${direction === 'up' ? 'rise' : 'fall'} as the value rises.`);
    }
  });
  return problems;
}

/**
 * Scores each value by its place among all known ones: the lowest is 1, the highest 10, in even steps, to one decimal.
 * Equal values share the middle of their places; where all are equal (or there is only one), everybody gets 5.5.
 */
export function scoresByPercentile(values: readonly (number | null)[], direction: Direction): Score[] {
  const sorted = Float64Array.from(values.filter(known)).sort();
  const last = sorted.length - 1;
  // For each distinct value the sum of its first and last place, so that the middle stays a whole number of halves.
  const places = new Map<number, number>();
  for (let start = 0; start <= last; ) {
    let end = start;
    while (end < last && sorted[end + 1] === sorted[start]) end += 1;
    places.set(sorted[start]!, start + end);
    start = end + 1;
  }
  return values.map((value) => {
    if (!known(value)) return null;
    if (last === 0) return 5.5;
    const twice = places.get(value)!;
    const tenths = 10 + Math.round((90 * (direction === 'up' ? twice : 2 * last - twice)) / (2 * last));
    return tenths / 10;
  });
}

/** Scores of one criterion for all accounts at once. */
export function deriveScores(values: readonly (number | null)[], derivation: Derivation): Score[] {
  if (derivation.method === 'percentile') return scoresByPercentile(values, derivation.direction);
  return values.map((value) => scoreByBands(value, derivation.bands));
}
