/**
 * What a review suggests for an account, and when to look again. Two reviews in a row must say the same before anything
 * changes, and scaling back has a lower line than promotion: nobody is moved by noise. People decide; this proposes.
 */
import { isAboveLine, type Lines } from './capacity.ts';

export type Decision = 'promote' | 'hold' | 'watch' | 'scale_back';

/** Reviews in a row that must agree before a change is suggested (default). */
export const REVIEWS_IN_A_ROW = 2;
/** Months between reviews of key status (default: half-yearly). */
export const REVIEW_EVERY_MONTHS = 6;
/** Growth in percent a year from which an account outside the programme is watched (default). */
export const STRONG_GROWTH_PERCENT = 20;

/** Where an account stood in one review. */
export interface Standing {
  readonly reviewedOn: string;
  /** Worst place of its tie in the ranking; null where it lacked the scores to be ranked. */
  readonly place: number | null;
  /** The lines of that review: capacity changes over time. */
  readonly lines: Lines;
}

export interface Suggestion {
  readonly decision: Decision;
  readonly reason: string;
}

/** How many of the latest reviews in a row hold true, counted from the last one back. */
function streak(standings: readonly Standing[], holds: (standing: Standing) => boolean): number {
  let count = 0;
  while (count < standings.length && holds(standings[standings.length - 1 - count]!)) count += 1;
  return count;
}

const above = ({ place, lines }: Standing) => place !== null && isAboveLine(place, lines);
const below = ({ place, lines }: Standing) => place !== null && place > lines.lower;

/**
 * The suggestion for one account after the latest review (last in `standings`, oldest first). A review in which the
 * account was not ranked ends a streak: missing scores neither promote nor scale back.
 */
export function suggestDecision(account: {
  readonly isKey: boolean;
  readonly standings: readonly Standing[];
  readonly growthPercent?: number | null;
  readonly reviewsInARow?: number;
}): Suggestion {
  const { isKey, standings } = account;
  const needed = account.reviewsInARow ?? REVIEWS_IN_A_ROW;
  const latest = standings.at(-1);
  if (!latest) return { decision: 'hold', reason: 'Not reviewed yet.' };
  const { place, lines } = latest;
  if (place === null) return { decision: 'hold', reason: 'Too few scores to rank it: score it first.' };
  const where = `Place ${place}, line at ${lines.upper}`;
  if (isKey) {
    if (above(latest)) return { decision: 'hold', reason: `${where}: it belongs to the key accounts.` };
    const low = streak(standings, below);
    if (low >= needed) {
      return {
        decision: 'scale_back',
        reason: `${where}: below the lower line (${lines.lower}) in ${low} reviews in a row.`,
      };
    }
    if (low > 0) {
      const more = needed - low;
      return {
        decision: 'watch',
        reason: `${where}: below the lower line (${lines.lower}). ${more} more such ${more === 1 ? 'review' : 'reviews'} would suggest scaling back.`,
      };
    }
    return { decision: 'hold', reason: `${where}: still within the lower line (${lines.lower}), so nothing changes.` };
  }
  const high = streak(standings, above);
  if (high >= needed) {
    return { decision: 'promote', reason: `${where}: above the line in ${high} reviews in a row.` };
  }
  if (high > 0) {
    const more = needed - high;
    return {
      decision: 'watch',
      reason: `${where}: above the line. ${more} more such ${more === 1 ? 'review' : 'reviews'} would suggest a promotion.`,
    };
  }
  const watched = watchReasons({ isKey, place, lines, growthPercent: account.growthPercent ?? null });
  if (watched.length > 0) return { decision: 'watch', reason: `${where}: ${watched.join('; ')}.` };
  return { decision: 'hold', reason: `${where}: it stays outside the key accounts.` };
}

/**
 * Why an account outside the programme belongs on the watch list: strong growth, or a place near the line (within the
 * lower line). An empty list means that it does not belong there; key accounts never do.
 */
export function watchReasons(
  account: {
    readonly isKey: boolean;
    readonly place: number | null;
    readonly lines: Lines;
    readonly growthPercent: number | null;
  },
  strongGrowthPercent = STRONG_GROWTH_PERCENT,
): string[] {
  if (account.isKey) return [];
  const reasons: string[] = [];
  if (account.growthPercent !== null && account.growthPercent >= strongGrowthPercent) {
    reasons.push(`it grew by ${Math.round(account.growthPercent)} %`);
  }
  const { place, lines } = account;
  if (place !== null && place > 0 && place <= lines.lower) {
    reasons.push(isAboveLine(place, lines) ? 'it is above the line' : 'it is near the line');
  }
  return reasons;
}

/**
 * The next review: the first date after `after` on the rhythm that began on `anchorOn` (YYYY-MM-DD). Counted from the
 * anchor each time, so that the 31st comes back after a short month.
 */
export function nextReviewOn(anchorOn: string, after: string, everyMonths = REVIEW_EVERY_MONTHS): string {
  if (!Number.isInteger(everyMonths) || everyMonths < 1) throw new RangeError('A review rhythm is at least one month.');
  const months = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  let step = Math.max(1, Math.floor((months(after) - months(anchorOn)) / everyMonths));
  while (addMonths(anchorOn, step * everyMonths) <= after) step += 1;
  return addMonths(anchorOn, step * everyMonths);
}

/** A date moved by whole months; where the day does not exist, the last day of that month. */
function addMonths(date: string, months: number): string {
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const year = Math.floor(month / 12);
  const lastDay = new Date(Date.UTC(year, (month % 12) + 1, 0)).getUTCDate();
  const day = Math.min(Number(date.slice(8, 10)), lastDay);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two((month % 12) + 1)}-${two(day)}`;
}
