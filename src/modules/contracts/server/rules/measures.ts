// The figures of renewals, from rows that are already in one currency. Ratios are decimals of six places; without a denominator: null.
import Big from 'big.js';
import { daysBetween } from './days.ts';
import { brier } from './renewals.ts';

export type Due = {
  dueOn: string;
  /** Minor units of the reporting currency, recurring value of a year. */
  due: number;
  /** What it was renewed at; 0 where it was lost, cancelled, or is overdue without a decision. */
  renewed: number;
  isRenewed: boolean;
  isDecided: boolean;
  /** The day it was signed, else decided. */
  signedOn: string | null;
  /** What was thought of it three months before; null: nothing was said in time. */
  probability: number | null;
};

export const ratio = (part: number, whole: number): string | null =>
  whole === 0 ? null : new Big(part).div(whole).round(6, Big.roundHalfEven).toFixed(6);

const sum = (rows: readonly Due[], of: (r: Due) => number) => rows.reduce((n, r) => n + of(r), 0);

export function byValue(rows: readonly Due[]) {
  const due = sum(rows, (r) => r.due);
  const kept = sum(rows, (r) => Math.min(r.renewed, r.due));
  const renewed = sum(rows, (r) => r.renewed);
  const open = sum(rows, (r) => (r.isDecided ? 0 : r.due));
  return { gross: ratio(kept, due), net: ratio(renewed, due), due, kept, renewed, lost: due - kept, open };
}

export function byCount(rows: readonly Due[]) {
  const renewed = rows.filter((r) => r.isRenewed).length;
  return {
    value: ratio(renewed, rows.length),
    due: rows.length,
    renewed,
    lost: rows.filter((r) => r.isDecided && !r.isRenewed).length,
  };
}

/** Days between signing and the end of the term; early is negative. Median, and the share signed on time. */
export function timing(rows: readonly Due[]) {
  const days = rows
    .filter((r) => r.isRenewed && r.signedOn !== null)
    .map((r) => daysBetween(r.dueOn, r.signedOn!))
    .sort((a, b) => a - b);
  if (!days.length) return { median: null, onTimeShare: null, count: 0 };
  const middle = days.length >> 1;
  const median = days.length % 2 ? days[middle]! : (days[middle - 1]! + days[middle]!) / 2;
  return { median, onTimeShare: ratio(days.filter((d) => d <= 0).length, days.length), count: days.length };
}

export function calibration(rows: readonly Due[]) {
  const judged = rows.flatMap((r) =>
    r.isDecided && r.probability !== null ? [{ probability: r.probability, renewed: r.isRenewed }] : [],
  );
  const value = brier(judged);
  return {
    value: value === null ? null : value.toFixed(6),
    count: judged.length,
    renewed: judged.filter((j) => j.renewed).length,
    meanProbability: judged.length
      ? ratio(
          judged.reduce((n, j) => n + j.probability, 0),
          judged.length * 100,
        )
      : null,
  };
}
