// Why the forecast of a period differs between two looks at the pipeline: every opportunity's difference has one reason, and the
// reasons add up to the difference.
import type { Category } from './deal.ts';

/** One opportunity in a snapshot, its amount already in the currency that is added up. */
export type Look = {
  opportunityId: string;
  state: 'open' | 'won' | 'lost';
  category: Category;
  amount: number;
  /** Expected close day while open, the actual one when closed. */
  closesOn: string;
  /** False when it lies outside what is looked at: another owner's, another type. */
  inScope: boolean;
};

/** Cumulative, as the forecast shows them; `open` leaves out what is closed. */
export const MEASURES = ['commit', 'best', 'pipeline', 'open'] as const;
export type Measure = (typeof MEASURES)[number];

export const REASONS = [
  'added',
  'pulled_in',
  'pushed',
  'amount',
  'category',
  'won',
  'lost',
  'reopened',
  'handed_over',
  'removed',
] as const;
export type Reason = (typeof REASONS)[number];

const categories: Record<Measure, readonly Category[]> = {
  commit: ['commit'],
  best: ['commit', 'best_case'],
  pipeline: ['commit', 'best_case', 'pipeline'],
  open: ['commit', 'best_case', 'pipeline'],
};

/** Whether an opportunity counts in a measure of a period. */
export function counts(look: Look, measure: Measure, period: { from: string; to: string }): boolean {
  if (!look.inScope || look.closesOn < period.from || look.closesOn > period.to) return false;
  if (look.state === 'open') return categories[measure].includes(look.category);
  return look.state === 'won' && measure !== 'open';
}

export type Change = {
  opportunityId: string;
  reason: Reason;
  /** What it adds to the measure, or takes from it. */
  delta: number;
};
export type Waterfall = { start: number; end: number; byReason: Record<Reason, number>; changes: Change[] };

/** The reason for the difference of one opportunity; null when nothing worth telling happened. */
function reasonOf(
  before: Look | undefined,
  after: Look | undefined,
  countedBefore: boolean,
  countsAfter: boolean,
  period: { from: string; to: string },
): Reason | null {
  if (!after) return countedBefore ? 'removed' : null;
  if (!before) {
    if (countsAfter) return after.state === 'won' ? 'won' : 'added';
    const isNews = after.inScope && after.state === 'open' && after.category !== 'omitted';
    return isNews && after.closesOn >= period.from && after.closesOn <= period.to ? 'added' : null;
  }
  const wasInPeriod = before.closesOn >= period.from && before.closesOn <= period.to;
  const isInPeriod = after.closesOn >= period.from && after.closesOn <= period.to;
  const touches = (before.inScope && wasInPeriod) || (after.inScope && isInPeriod);
  if (!touches) return null;
  if (before.inScope !== after.inScope) return countedBefore !== countsAfter ? 'handed_over' : null;
  if (before.state !== after.state) {
    if (after.state === 'won') return isInPeriod || countedBefore ? 'won' : null;
    if (after.state === 'lost') return wasInPeriod ? 'lost' : null;
    return 'reopened';
  }
  if (before.state === 'lost') return null;
  if (wasInPeriod !== isInPeriod) return after.closesOn > before.closesOn ? 'pushed' : 'pulled_in';
  if (countedBefore !== countsAfter || before.category !== after.category) return 'category';
  return before.amount !== after.amount ? 'amount' : null;
}

/** From one look to the next. What happened without moving the measure is listed too, with a delta of 0. */
export function waterfall(
  before: readonly Look[],
  after: readonly Look[],
  measure: Measure,
  period: { from: string; to: string },
): Waterfall {
  const now = new Map(after.map((l) => [l.opportunityId, l]));
  const was = new Map(before.map((l) => [l.opportunityId, l]));
  const byReason = Object.fromEntries(REASONS.map((r) => [r, 0])) as Record<Reason, number>;
  const changes: Change[] = [];
  let start = 0;
  let end = 0;
  for (const id of new Set([...was.keys(), ...now.keys()])) {
    const b = was.get(id);
    const a = now.get(id);
    const countedBefore = b !== undefined && counts(b, measure, period);
    const countsAfter = a !== undefined && counts(a, measure, period);
    const from = countedBefore ? b.amount : 0;
    const to = countsAfter ? a.amount : 0;
    start += from;
    end += to;
    const reason = reasonOf(b, a, countedBefore, countsAfter, period);
    if (!reason) continue;
    // An amount that changed on the way is told apart from the reason for which the opportunity came, went or stayed.
    const ofAmount = countedBefore && countsAfter && reason !== 'amount' ? to - from : 0;
    byReason[reason] += to - from - ofAmount;
    byReason.amount += ofAmount;
    changes.push({ opportunityId: id, reason, delta: to - from - ofAmount });
    if (ofAmount !== 0) changes.push({ opportunityId: id, reason: 'amount', delta: ofAmount });
  }
  changes.sort((x, y) => Math.abs(y.delta) - Math.abs(x.delta) || x.opportunityId.localeCompare(y.opportunityId));
  return { start, end, byReason, changes };
}
