// The room's words on the screen: decisions, axes, how firm a place is.
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import type { BadgeTone } from '../../../ui/index.ts';
import type { ActiveCriterion, getMatrix, getModel, getSelection, listDecisions } from '../api.ts';
import type { Axis, CriterionSource, Decision } from '../rules.ts';

export type Matrix = AnswerOf<typeof getMatrix>;
export type MatrixRow = Matrix['rows'][number];
export type Model = AnswerOf<typeof getModel>;
export type AccountStanding = AnswerOf<typeof getSelection>;
export type DecisionRow = AnswerOf<typeof listDecisions>['items'][number];
/** A criterion without its weight, as the library holds it. */
export type Criterion = Omit<ActiveCriterion, 'weight'>;

export const DECISIONS: readonly Decision[] = ['promote', 'hold', 'watch', 'scale_back'];
export const DECISION_WORD: Record<Decision, string> = {
  promote: 'Promote',
  hold: 'Hold',
  watch: 'Watch',
  scale_back: 'Scale back',
};
export const DECISION_TEXT: Record<Decision, string> = {
  promote: 'It becomes a key account.',
  hold: 'Nothing changes until the next review.',
  watch: 'It stays where it is and goes on the watch list.',
  scale_back: 'It leaves the key accounts and is served with less effort.',
};
export const DECIDED_WORD: Record<Decision, string> = {
  promote: 'promoted',
  hold: 'held',
  watch: 'put on the watch list',
  scale_back: 'scaled back',
};
export const DECISION_TONE: Record<Decision, BadgeTone> = {
  promote: 'good',
  hold: 'neutral',
  watch: 'info',
  scale_back: 'watch',
};

export const AXIS_WORD: Record<Axis, string> = { attractiveness: 'Attractiveness', strength: 'Our strength' };

/** Where the scores of a criterion come from, in a few words. `labelOf` answers null for a field that is not here. */
export function sourceWord(source: CriterionSource, labelOf: (field: string) => string | null): string {
  if (source.kind === 'manual') return 'Scored by hand';
  const labels = (source.kind === 'field' ? [source.field] : [source.numerator, source.denominator]).map(labelOf);
  return labels.includes(null)
    ? 'From data; scored by hand as long as no field feeds it'
    : `From data: ${labels.join(' ÷ ')}`;
}

/** "1 account", "12 accounts". */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** A score or mean with at most one decimal more than people give: 7.3. */
export const scoreText = (score: number): string => (Math.round(score * 100) / 100).toFixed(score % 1 === 0 ? 0 : 1);
