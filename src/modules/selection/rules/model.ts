/** What a selection model is: criteria with their anchored scales, and the checks that it must pass to be used. */
import type { Derivation } from './derive.ts';
import { WEIGHT_TOTAL, type Weight } from './weights.ts';

/** How a criterion gets its scores: by hand with evidence, from one field, or from one field divided by another. */
export type CriterionSource =
  | { readonly kind: 'manual' }
  | { readonly kind: 'field'; readonly field: string; readonly unit: string }
  | { readonly kind: 'ratio'; readonly numerator: string; readonly denominator: string; readonly unit: string };

/** The two axes of the bubble chart; every criterion speaks for exactly one of them. */
export type Axis = 'attractiveness' | 'strength';

/** The text beside the scale at 1, 4, 7 and 10, so that two people mean the same by a seven. */
export interface ScaleAnchors {
  readonly 1: string;
  readonly 4: string;
  readonly 7: string;
  readonly 10: string;
}

export interface Criterion {
  readonly key: string;
  readonly name: string;
  /** Why it matters, in one sentence. */
  readonly why: string;
  readonly axis: Axis;
  readonly anchors: ScaleAnchors;
  readonly source: CriterionSource;
  /** How a value becomes a score; null for a criterion that people score by hand. */
  readonly derivation: Derivation | null;
}

export const FEWEST_CRITERIA = 3;
export const MOST_CRITERIA = 5;

export interface ModelFinding {
  readonly code: 'too_few' | 'too_many' | 'repeated' | 'not_whole' | 'no_weight' | 'total' | 'one_axis';
  /** An error keeps the model from being used; a warning is only said. */
  readonly level: 'error' | 'warning';
  readonly text: string;
}

/** Everything that is wrong with a set of active criteria, all at once; an empty list means that it can be used. */
export function checkModel(
  weights: readonly Weight[],
  axisOf: (key: string) => Axis | undefined = () => undefined,
): ModelFinding[] {
  const findings: ModelFinding[] = [];
  const error = (code: ModelFinding['code'], text: string) => findings.push({ code, level: 'error', text });
  const count = weights.length;
  if (count < FEWEST_CRITERIA) {
    error('too_few', `Choose at least ${FEWEST_CRITERIA} criteria: ${count} ${count === 1 ? 'is' : 'are'} active.`);
  }
  if (count > MOST_CRITERIA) {
    error('too_many', `Choose at most ${MOST_CRITERIA} criteria: ${count} are active. Fewer weigh more.`);
  }
  const keys = weights.map((weight) => weight.key);
  if (new Set(keys).size < count) error('repeated', 'The same criterion is active twice.');
  if (weights.some(({ weight }) => !Number.isInteger(weight) || weight < 0 || weight > WEIGHT_TOTAL)) {
    error('not_whole', 'Every weight is a whole percent between 0 and 100.');
  }
  if (weights.some(({ weight }) => weight === 0)) {
    error('no_weight', 'A criterion has no weight: give it at least 1 % or switch it off.');
  }
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  if (total !== WEIGHT_TOTAL) error('total', `The weights add up to ${total} %; they must make 100 %.`);
  const axes = new Set(keys.map(axisOf));
  if (!axes.has(undefined) && axes.size === 1) {
    const absent = axes.has('strength') ? 'attractiveness' : 'strength';
    findings.push({
      code: 'one_axis',
      level: 'warning',
      text: `No active criterion speaks for ${absent === 'strength' ? 'our strength' : 'attractiveness'}, so the chart has one axis only.`,
    });
  }
  return findings;
}
