// Periods by name, worked out from the day that is looked at and the month in which the fiscal year begins.

export const PERIODS = ['last-12', 'this-year', 'last-year', 'this-quarter', 'last-quarter', 'custom'] as const;
export type PeriodId = (typeof PERIODS)[number];
export const PERIOD_WORDS: Record<PeriodId, string> = {
  'last-12': 'Last 12 months',
  'this-year': 'This fiscal year',
  'last-year': 'Last fiscal year',
  'this-quarter': 'This fiscal quarter',
  'last-quarter': 'Last fiscal quarter',
  custom: 'From – to',
};
export type Period = { from: string; to: string };

const iso = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
const partsOf = (day: string) => day.split('-').map(Number) as [number, number, number];

/** The same day some months earlier; the last of the month where there is no such day. */
function monthsBefore(day: string, count: number): string {
  const [year, month, date] = partsOf(day);
  const last = new Date(Date.UTC(year, month - count, 0)).getUTCDate();
  return iso(year, month - 1 - count, Math.min(date, last));
}

/** First month (0–11) and year of the stretch of `months` fiscal months in which a day lies. */
function stretchOf(day: string, startMonth: number, months: number): { year: number; month: number } {
  const [year, month] = partsOf(day);
  const since = (month - startMonth + 12) % months;
  const first = new Date(Date.UTC(year, month - 1 - since, 1));
  return { year: first.getUTCFullYear(), month: first.getUTCMonth() };
}

/**
 * From which balance to which: a year or quarter begins with the balance of the day before it, so that what started on its first day
 * counts as its own movement.
 */
export function periodOf(id: Exclude<PeriodId, 'custom'>, asOf: string, fiscalStartMonth: number): Period {
  if (id === 'last-12') return { from: monthsBefore(asOf, 12), to: asOf };
  const months = id.endsWith('year') ? 12 : 3;
  const { year, month } = stretchOf(asOf, fiscalStartMonth, months);
  if (id.startsWith('this')) return { from: iso(year, month, 0), to: asOf };
  return { from: iso(year, month - months, 0), to: iso(year, month, 0) };
}
