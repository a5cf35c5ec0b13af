/** The bubble chart's two axes: how attractive an account is, and how strong we stand there. */
import type { Score } from './derive.ts';
import type { Axis } from './model.ts';

export interface AxisPosition {
  /** 1–10 to two decimals; null where no criterion of the axis is scored. */
  readonly attractiveness: number | null;
  readonly strength: number | null;
}

/** Weighted mean of the scored criteria, for each axis by itself. */
export function axisPosition(
  scores: readonly Score[],
  criteria: readonly { readonly axis: Axis; readonly weight: number }[],
): AxisPosition {
  const points = { attractiveness: 0, strength: 0 };
  const weights = { attractiveness: 0, strength: 0 };
  criteria.forEach(({ axis, weight }, at) => {
    const score = scores[at];
    if (score === null || score === undefined) return;
    points[axis] += weight * Math.round(score * 10);
    weights[axis] += weight;
  });
  const mean = (axis: Axis) => (weights[axis] > 0 ? Math.round((points[axis] * 10) / weights[axis]) / 100 : null);
  return { attractiveness: mean('attractiveness'), strength: mean('strength') };
}

export type Quadrant = 'invest' | 'build' | 'maintain' | 'serve';

/** What each quarter of the chart suggests, in words for the screen. */
export const QUADRANT_TEXT: Record<Quadrant, string> = {
  invest: 'Invest: attractive, and we are strong there',
  build: 'Build: attractive, but our position is weak',
  maintain: 'Maintain: we are strong, but there is little to win',
  serve: 'Serve lightly: little to win, and our position is weak',
};

/** The quarter of the chart that an account lies in; the middle of the scale (5.5) counts as the upper half. */
export function quadrant({ attractiveness, strength }: AxisPosition): Quadrant | null {
  if (attractiveness === null || strength === null) return null;
  if (attractiveness >= 5.5) return strength >= 5.5 ? 'invest' : 'build';
  return strength >= 5.5 ? 'maintain' : 'serve';
}
