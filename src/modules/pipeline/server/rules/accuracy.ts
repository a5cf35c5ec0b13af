// How good forecasts were: accuracy, bias, calibration. Ratios are decimal texts with six places; null where nothing can be said.
import Big from 'big.js';

/** Days before the end of a period at which a forecast is judged. */
export const HORIZONS = [90, 60, 30, 7] as const;

/** What was called, and what came, in minor units of one currency. */
export type Pair = { forecast: number; actual: number };

const ratio = (b: Big): string => b.round(6, Big.roundHalfEven).toFixed(6);

/**
 * 1 − Σ|F − A| / ΣA, not below 0: for one owner the accuracy, for several the team's, in which the errors of two never cancel.
 * Null where nothing came: there is nothing to measure against.
 */
export function accuracy(pairs: readonly Pair[]): string | null {
  const actual = pairs.reduce((sum, p) => sum.plus(p.actual), new Big(0));
  if (actual.lte(0)) return null;
  const missed = pairs.reduce((sum, p) => sum.plus(new Big(p.forecast).minus(p.actual).abs()), new Big(0));
  const value = new Big(1).minus(missed.div(actual));
  return ratio(value.lt(0) ? new Big(0) : value);
}

/** Σ(F − A) / ΣA: above 0 more was called than came. */
export function bias(pairs: readonly Pair[]): string | null {
  const actual = pairs.reduce((sum, p) => sum.plus(p.actual), new Big(0));
  if (actual.lte(0)) return null;
  return ratio(pairs.reduce((sum, p) => sum.plus(p.forecast).minus(p.actual), new Big(0)).div(actual));
}

/** The word for a bias; nobody has to read a sign. */
export const biasWord = (value: string | null): 'over_called' | 'under_called' | 'on_the_mark' | null =>
  value === null ? null : Number(value) === 0 ? 'on_the_mark' : Number(value) > 0 ? 'over_called' : 'under_called';

/** A renewal that was decided: the last probability (percent) that stood while it was open, and what came. */
export type Decided = { probability: number; won: boolean };

/** Mean of (p − outcome)²: 0 is perfect, 0.25 is a coin. */
export function brier(decided: readonly Decided[]): string | null {
  if (decided.length === 0) return null;
  const sum = decided.reduce(
    (s, d) =>
      s.plus(
        new Big(d.probability)
          .div(100)
          .minus(d.won ? 1 : 0)
          .pow(2),
      ),
    new Big(0),
  );
  return ratio(sum.div(decided.length));
}

export type Decile = { from: number; to: number; count: number; said: string | null; came: string | null };

/** The reliability by tenths of probability: what was said on average, and how often it came. */
export function reliability(decided: readonly Decided[]): Decile[] {
  return Array.from({ length: 10 }, (_, i) => {
    const inside = decided.filter((d) => Math.min(9, Math.floor(d.probability / 10)) === i);
    const n = inside.length;
    return {
      from: i * 10,
      to: i * 10 + 10,
      count: n,
      said: n ? ratio(inside.reduce((s, d) => s.plus(d.probability), new Big(0)).div(100 * n)) : null,
      came: n ? ratio(new Big(inside.filter((d) => d.won).length).div(n)) : null,
    };
  });
}
