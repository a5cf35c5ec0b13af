// Making and checking a criterion while it is edited.
import { type CriterionSource, checkBands, type Derivation } from '../rules.ts';
import type { Criterion } from './words.ts';

/** A criterion of one's own, scored by hand until somebody says otherwise; its key is not used yet. */
export function emptyCriterion(taken: readonly string[]): Criterion {
  let number = 1;
  while (taken.includes(`own_${number}`)) number += 1;
  return {
    key: `own_${number}`,
    name: '',
    why: '',
    axis: 'attractiveness',
    anchors: { 1: '', 4: '', 7: '', 10: '' },
    source: { kind: 'manual' },
    derivation: null,
  };
}

/** Derivation that fits the source: none for scores by hand, places among all accounts to begin with. */
export const derivationFor = (source: CriterionSource, now: Derivation | null): Criterion['derivation'] =>
  source.kind === 'manual' ? null : ((now as Criterion['derivation']) ?? { method: 'percentile', direction: 'up' });

/** What is wrong with it, by field; an empty object means that it can be kept. */
export function problemsOf(c: Criterion): Record<string, string> {
  const problems: Record<string, string> = {};
  if (c.name.trim() === '') problems.name = 'Give it a name.';
  for (const at of [1, 4, 7, 10] as const)
    if (c.anchors[at].trim() === '') problems[`anchor${at}`] = `Say what a ${at} means.`;
  if (c.source.kind === 'field' && c.source.field === '') problems.field = 'Choose a field.';
  if (c.source.kind === 'ratio') {
    if (c.source.numerator === '') problems.numerator = 'Choose a field.';
    if (c.source.denominator === '') problems.denominator = 'Choose a field.';
  }
  if (c.source.kind !== 'manual' && c.derivation?.method === 'bands') {
    const wrong = checkBands(c.derivation.bands, c.derivation.direction);
    if (wrong.length > 0) problems.bands = wrong.join(' ');
  }
  return problems;
}
