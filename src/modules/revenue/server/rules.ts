// Recurring revenue without a database: what a balance is, which kind of movement a change is, and how sums are rounded
// so that what is shown still adds up.
import Big from 'big.js';
import { Temporal } from 'temporal-polyfill';

/** A line of recurring revenue. `endsOn` is the first day without it; null: goes on. */
export type Entry = { accountId: string; arrMinor: number; startsOn: string; endsOn: string | null };

const counts = (e: Entry, day: string) => e.startsOn <= day && (e.endsOn === null || e.endsOn > day);

/** A year's worth of what each account pays on a day; accounts without any are left out. */
export function balances(entries: readonly Entry[], day: string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const e of entries)
    if (counts(e, day) && e.arrMinor !== 0) sums.set(e.accountId, (sums.get(e.accountId) ?? 0) + e.arrMinor);
  return sums;
}

export const MOVEMENTS = ['new', 'reactivation', 'expansion', 'contraction', 'churn'] as const;
export type Movement = (typeof MOVEMENTS)[number];

/** Which movement leads from one balance of an account to another; null where nothing moved. `before`: it paid before the first. */
export function movementOf(start: number, end: number, before: boolean): { kind: Movement; amount: number } | null {
  if (start === end) return null;
  if (start <= 0 && end > 0) return { kind: before ? 'reactivation' : 'new', amount: end - start };
  if (start > 0 && end <= 0) return { kind: 'churn', amount: start - end };
  return end > start ? { kind: 'expansion', amount: end - start } : { kind: 'contraction', amount: start - end };
}

/**
 * Sums of a year as rounded amounts of a month, that add up exactly: the running total is rounded, each movement is the step
 * between two rounded totals. No step is off by a whole unit, and nothing that is zero becomes more.
 */
export function monthlySteps(
  start: string,
  movements: Record<Movement, string>,
): Record<'start' | Movement | 'end', number> {
  const month = (v: Big) => v.div(12).round(0, Big.roundHalfEven).toNumber();
  let total = new Big(start);
  const result = { start: month(total) } as Record<'start' | Movement | 'end', number>;
  let shown = result.start;
  for (const kind of MOVEMENTS) {
    const down = kind === 'contraction' || kind === 'churn';
    total = down ? total.minus(movements[kind]) : total.plus(movements[kind]);
    const next = month(total);
    result[kind] = down ? shown - next : next - shown;
    shown = next;
  }
  result.end = shown;
  return result;
}

/** A twelfth of a year's minor units, rounded half to even. */
export const monthly = (arr: string): number => new Big(arr).div(12).round(0, Big.roundHalfEven).toNumber();
export const yearly = (arr: string): number => new Big(arr).round(0, Big.roundHalfEven).toNumber();

/** The days between which the movements of single months lie: the first day asked for, each last day of a month, the last day. */
export function monthPoints(from: string, to: string): string[] {
  const points = [from];
  const last = Temporal.PlainDate.from(to);
  let end = Temporal.PlainDate.from(from);
  end = end.with({ day: end.daysInMonth });
  if (end.toString() === from) end = nextMonthEnd(end);
  for (; Temporal.PlainDate.compare(end, last) < 0; end = nextMonthEnd(end)) points.push(end.toString());
  points.push(to);
  return points;
}
const nextMonthEnd = (d: Temporal.PlainDate) => {
  const next = d.with({ day: 1 }).add({ months: 1 });
  return next.with({ day: next.daysInMonth });
};

/** The month that a step between two points is about: that of its end. */
export const monthOf = (end: string): string => end.slice(0, 7);

/** The last days of the periods up to a day, oldest first; the present period ends with that day. */
export function periodEnds(by: 'month' | 'quarter' | 'year', asOf: string, count: number): string[] {
  const months = { month: 1, quarter: 3, year: 12 }[by];
  const last = Temporal.PlainDate.from(asOf);
  const first = last.with({ day: 1, month: last.month - ((last.month - 1) % months) });
  const ends = Array.from({ length: count - 1 }, (_, i) =>
    first
      .subtract({ months: months * (count - 2 - i) })
      .subtract({ days: 1 })
      .toString(),
  );
  return [...ends, asOf];
}
