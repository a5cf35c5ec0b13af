// Pure rules of growth: what is open of a cell, what comes first, how far we are in, years and margins.
import Big from 'big.js';
import type { Status, Sums } from '../api.ts';

/** A cell in one currency; null: unknown. */
export type Reckoned = {
  status: Status;
  /** What the ledger or a person says we have there. */
  current: number | null;
  potential: number | null;
  pipeline: number | null;
};

/** Ours by what was said, or by the ledger. */
export const isOwned = (c: Pick<Reckoned, 'status' | 'current'>): boolean =>
  c.status === 'ours' || (c.current !== null && c.current > 0);

/** What is still to be won: never below zero; null where nobody knows the potential, or the unit cannot have the product. */
export function openOf(c: Reckoned): number | null {
  if (c.potential === null || c.status === 'not_eligible') return null;
  return Math.max(0, c.potential - (c.current ?? 0) - (c.pipeline ?? 0));
}

/** Open × P(fit) × P(access) / effort; the percentages from 0 to 100. Null while one of them is unknown. */
export function priorityOf(c: {
  open: number | null;
  fit: number | null;
  access: number | null;
  effort: number;
}): number | null {
  if (c.open === null || c.fit === null || c.access === null) return null;
  // Floating point is exact enough except next to a half, and for amounts beyond its whole numbers.
  const near = (c.open * c.fit * c.access) / 10_000 / c.effort;
  if (near < 2 ** 40 && Math.abs((near % 1) - 0.5) > 1e-6) return Math.round(near);
  return new Big(c.open).times(c.fit).times(c.access).div(10_000).div(c.effort).round(0, Big.roundHalfUp).toNumber();
}

/** A ratio as decimal text with six places; null where there is nothing to divide by. */
export function ratioOf(part: number | string, whole: number | string): string | null {
  const of = new Big(whole);
  return of.eq(0) ? null : new Big(part).div(of).toFixed(6);
}

export type Tally = Omit<Sums, 'penetration'>;
export const nothing = (): Tally => ({ potential: 0, current: 0, pipeline: 0, open: 0, owned: 0, eligible: 0 });

/** Adds a cell; what the unit cannot have leaves the count of eligible ones. */
export function add(to: Tally, c: Reckoned & { open: number | null }): void {
  to.potential += c.status === 'not_eligible' ? 0 : (c.potential ?? 0);
  to.current += c.current ?? 0;
  to.pipeline += c.pipeline ?? 0;
  to.open += c.open ?? 0;
  if (c.status === 'not_eligible' && !isOwned(c)) to.eligible -= 1;
  else if (isOwned(c)) to.owned += 1;
}
export function merge(to: Tally, from: Tally): void {
  for (const key of Object.keys(to) as (keyof Tally)[]) to[key] += from[key];
}
export const sumsOf = (t: Tally): Sums => ({ ...t, penetration: ratioOf(t.owned, t.eligible) });

/**
 * Sums of units with everything below them. `units` stand in the order of the tree, each with the place of the one above it (before it),
 * or null.
 */
export function rollUp(units: readonly { parent: number | null; own: Tally }[]): Tally[] {
  const all = units.map((u) => ({ ...u.own }));
  for (let i = units.length - 1; i >= 0; i--) {
    const parent = units[i]!.parent;
    if (parent !== null) merge(all[parent]!, all[i]!);
  }
  return all;
}

// Days ----------------------------------------------------------------------

const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The fiscal year of a day, named after the calendar year in which it ends. */
export function fiscalYearOf(on: string, startMonth: number): number {
  const [year, month] = [Number(on.slice(0, 4)), Number(on.slice(5, 7))];
  return startMonth > 1 && month >= startMonth ? year + 1 : year;
}
/** First and last day of a fiscal year. */
export function fiscalSpan(year: number, startMonth: number): { from: string; to: string } {
  const first = startMonth > 1 ? year - 1 : year;
  return { from: iso(Date.UTC(first, startMonth - 1, 1)), to: iso(Date.UTC(first + 1, startMonth - 1, 0)) };
}

/** The day some months later, or earlier; the last of its month where the month has no such day. */
export function addMonths(on: string, months: number): string {
  const [y, m, d] = on.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(y, m - 1 + months + 1, 0)).getUTCDate();
  return iso(Date.UTC(y, m - 1 + months, Math.min(d, last)));
}

/** Last days of the months that end within two days, both counted: what a sum of monthly balances is taken on. */
export function monthEnds(from: string, to: string): string[] {
  const ends: string[] = [];
  const [year, month] = from.split('-').map(Number) as [number, number];
  for (let m = month; ; m++) {
    const end = iso(Date.UTC(year, m, 0));
    if (end > to) return ends;
    if (end >= from) ends.push(end);
  }
}

// Margin --------------------------------------------------------------------

export function marginOf(
  revenue: number | null,
  deliveryCost: number | null,
  costToServe: number,
): { margin: number | null; share: string | null } {
  if (revenue === null || deliveryCost === null) return { margin: null, share: null };
  const margin = revenue - deliveryCost - costToServe;
  return { margin, share: ratioOf(margin, revenue) };
}
