// Days of contracts: when a term ends, until when notice can be given, when checkpoints fall due, which quarter a day is in.
// Calendar days only; whose today it is decides the caller.
import { Temporal } from 'temporal-polyfill';

const plain = (day: string) => Temporal.PlainDate.from(day);

export const addDays = (day: string, days: number): string => plain(day).add({ days }).toString();
/** The same day of another month; where that month is shorter, its last day. */
export const addMonths = (day: string, months: number): string => plain(day).add({ months }).toString();
/** Days from one day to another; negative when it lies before. */
export const daysBetween = (from: string, to: string): number =>
  plain(from).until(plain(to), { largestUnit: 'day' }).days;

/** The last day on which notice can be given: calendar days before the last day of the term. Null where nothing can be missed. */
export function noticeDeadline(endsOn: string | null, noticeDays: number | null): string | null {
  return endsOn === null || noticeDays === null ? null : addDays(endsOn, -noticeDays);
}

/** The last day of the term that follows one. Counted from its first day, so that month ends and leap days stay month ends. */
export const nextTermEnd = (endsOn: string, months: number): string =>
  addDays(addMonths(addDays(endsOn, 1), months), -1);

export const CHECKPOINTS = ['six_months', 'three_months'] as const;
export type CheckpointKind = (typeof CHECKPOINTS)[number];
const MONTHS: Record<CheckpointKind, number> = { six_months: 6, three_months: 3 };

/** The day by which a checkpoint is to be answered. */
export const checkpointDue = (kind: CheckpointKind, dueOn: string): string => addMonths(dueOn, -MONTHS[kind]);

/** Whole months of a term, rounded; at least one. Null where it has no end. */
export function monthsOf(startsOn: string, endsOn: string | null): number | null {
  if (endsOn === null) return null;
  return Math.max(
    1,
    Math.round(
      plain(startsOn)
        .until(plain(endsOn).add({ days: 1 }), { largestUnit: 'month' })
        .total({ unit: 'month', relativeTo: plain(startsOn) }),
    ),
  );
}

/** The fiscal quarter that a day is in. `from` is the day before it begins: what is in force there is what the quarter starts with. */
export function quarterOf(day: string, fiscalStartMonth: number): { from: string; first: string; to: string } {
  const d = plain(day);
  const monthsIn = (((d.month - fiscalStartMonth) % 3) + 3) % 3;
  const first = d.with({ day: 1 }).subtract({ months: monthsIn });
  return {
    from: first.subtract({ days: 1 }).toString(),
    first: first.toString(),
    to: first.add({ months: 3 }).subtract({ days: 1 }).toString(),
  };
}
