// The fiscal calendar: quarters of years that start in any month.

/** A quarter of a fiscal year. The year is named after the calendar year in which it ends: from February 2026 on it is 2027. */
export type Period = { id: string; from: string; to: string; year: number; quarter: number };

const iso = (year: number, month: number, dayOfMonth: number) =>
  new Date(Date.UTC(year, month, dayOfMonth)).toISOString().slice(0, 10);

/** `n` days after a day. */
export function addDays(day: string, n: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + n);
  return at.toISOString().slice(0, 10);
}

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

function quarterOf(year: number, quarter: number, startMonth: number): Period {
  const firstYear = startMonth === 1 ? year : year - 1;
  const month = startMonth - 1 + (quarter - 1) * 3;
  return {
    id: `${year}-Q${quarter}`,
    from: iso(firstYear, month, 1),
    to: iso(firstYear, month + 3, 0),
    year,
    quarter,
  };
}

/** The quarter that a day lies in. `startMonth`: 1 for January to 12. */
export function periodOf(day: string, startMonth: number): Period {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  const sinceStart = (month - startMonth + 12) % 12;
  const endYear = startMonth === 1 ? year : month >= startMonth ? year + 1 : year;
  return quarterOf(endYear, Math.floor(sinceStart / 3) + 1, startMonth);
}

/** The quarter of an id such as `2026-Q4`; null when it is none. */
export function periodById(id: string, startMonth: number): Period | null {
  const match = /^(\d{4})-Q([1-4])$/.exec(id);
  return match ? quarterOf(Number(match[1]), Number(match[2]), startMonth) : null;
}

/** The quarter `n` after (before, when negative) another. */
export function shift(period: Period, n: number, startMonth: number): Period {
  const index = period.year * 4 + period.quarter - 1 + n;
  return quarterOf(Math.floor(index / 4), (((index % 4) + 4) % 4) + 1, startMonth);
}
