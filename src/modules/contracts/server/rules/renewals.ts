// How a renewal is judged, and what its decision has to carry.
import { CHECKPOINTS, type CheckpointKind, checkpointDue, daysBetween } from './days.ts';

export const LIKELIHOODS = ['on_track', 'watch', 'at_risk', 'critical'] as const;
export type Likelihood = (typeof LIKELIHOODS)[number];
/** Where a likelihood starts until somebody says a number. */
export const PROBABILITY: Record<Likelihood, number> = { on_track: 95, watch: 75, at_risk: 45, critical: 15 };
export const FLOOR = 5;
export const CAP = 98;
/** Nothing is certain before it is decided. */
export const bounded = (probability: number): number => Math.min(CAP, Math.max(FLOOR, probability));

export const OUTCOMES = ['renewed_uplift', 'renewed_flat', 'reduced', 'lost', 'cancelled'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const isRenewed = (outcome: Outcome): boolean => outcome !== 'lost' && outcome !== 'cancelled';

export type Facts = {
  today: string;
  dueOn: string;
  noticeDeadlineOn: string | null;
  autoRenews: boolean;
  stage: 'not_started' | 'preparing' | 'proposed' | 'negotiating' | 'decided';
  /** How often the day of the decision was put off. */
  pushes: number;
  /** The largest discount asked in an offer or conceded, in percent. */
  discountAsked: number;
  answered: readonly CheckpointKind[];
  /** The term got smaller by amendments of the last twelve months, in percent of what it was. */
  shrunkPercent: number;
};
export type Reason = { code: string; text: string; points: number };
export type SystemView = { likelihood: Likelihood; probability: number; reasons: Reason[] };

/** What the dates and figures say of a renewal, with every reason and its weight. Simple on purpose: a person can follow it. */
export function systemView(f: Facts): SystemView {
  const reasons: Reason[] = [];
  const say = (code: string, points: number, text: string) => reasons.push({ code, points, text });
  const toEnd = daysBetween(f.today, f.dueOn);
  const toNotice = f.noticeDeadlineOn === null ? null : daysBetween(f.today, f.noticeDeadlineOn);
  const offered = f.stage === 'proposed' || f.stage === 'negotiating' || f.stage === 'decided';
  const days = (n: number) => (n === 1 ? '1 day' : `${n} days`);

  if (toEnd < 0) say('overdue', 4, `The term ended ${days(-toEnd)} ago without a decision`);
  else if (f.autoRenews && toNotice !== null && toNotice < 0)
    say('renews_itself', -2, 'The notice deadline has passed without notice: the contract renews by itself');
  else if (toNotice !== null && toNotice < 0)
    say('notice_passed', 2, `The notice deadline passed ${days(-toNotice)} ago without a decision`);
  else if (toNotice !== null && toNotice <= 30)
    say('notice_near', 2, `No decision, and the notice deadline is in ${days(toNotice)}`);
  else if (toNotice !== null && toNotice <= 60)
    say('notice_coming', 1, `No decision, and the notice deadline is in ${days(toNotice)}`);
  if (!offered && toEnd >= 0 && toEnd <= 90)
    say('no_offer', 1, `No offer is made, and the term ends in ${days(toEnd)}`);
  if (f.pushes >= 3) say('pushed_often', 2, `The decision was put off ${f.pushes} times`);
  else if (f.pushes > 0)
    say('pushed', 1, f.pushes === 1 ? 'The decision was put off once' : 'The decision was put off twice');
  if (f.discountAsked >= 20) say('deep_discount', 2, `A discount of ${f.discountAsked} % is asked for`);
  else if (f.discountAsked > 0) say('discount', 1, `A discount of ${f.discountAsked} % is asked for`);
  for (const kind of CHECKPOINTS)
    if (toEnd >= 0 && isMissed(kind, f.dueOn, f.today, f.answered))
      say(
        `missed_${kind}`,
        1,
        `The checkpoint ${kind === 'six_months' ? 'six' : 'three'} months before the end is not answered`,
      );
  if (f.shrunkPercent >= 25) say('shrunk_much', 2, `The contract shrank by ${f.shrunkPercent} % within twelve months`);
  else if (f.shrunkPercent > 0) say('shrunk', 1, `The contract shrank by ${f.shrunkPercent} % within twelve months`);

  const points = reasons.reduce((sum, r) => sum + r.points, 0);
  const likelihood: Likelihood =
    points <= 0 ? 'on_track' : points <= 2 ? 'watch' : points <= 4 ? 'at_risk' : 'critical';
  return { likelihood, probability: bounded(PROBABILITY[likelihood]), reasons };
}

/** A checkpoint whose day has passed without an answer. That of six months is moot when the next one has come. */
export function isMissed(
  kind: CheckpointKind,
  dueOn: string,
  today: string,
  answered: readonly CheckpointKind[],
): boolean {
  if (answered.includes(kind) || checkpointDue(kind, dueOn) >= today) return false;
  return kind === 'three_months' || checkpointDue('three_months', dueOn) >= today;
}

export const ANSWERS = ['renew', 'grow', 'save', 'exit', 'monitor'] as const;
export type CheckpointAnswer = (typeof ANSWERS)[number];
/** Watching is no plan when three months are left. */
export const mayAnswer = (kind: CheckpointKind, answer: CheckpointAnswer): boolean =>
  !(kind === 'three_months' && answer === 'monitor');

/** The Brier score of judgements that met their outcome: mean of (p − outcome)², 0 is perfect. Null without any. */
export function brier(judged: readonly { probability: number; renewed: boolean }[]): number | null {
  if (!judged.length) return null;
  const sum = judged.reduce((s, j) => s + (j.probability / 100 - (j.renewed ? 1 : 0)) ** 2, 0);
  return Math.round((sum / judged.length) * 1e6) / 1e6;
}
