// What a workspace gets until it chooses otherwise, and how its choices are read.
import { type Preferences, preferenceShapes } from '../../api.ts';

export const DEFAULT_PREFERENCES: Preferences = {
  accountsPerKam: 10,
  planAgeingAfterDays: 30,
  planStaleAfterDays: 90,
  selectionReviewMonths: 6,
  tiers: ['key', 'growth', 'standard'],
  segment: 'industry',
  revenueFrom: 'both',
  returningInNrr: false,
  cadenceDays: { champion: 14, decision_maker: 30, executive_sponsor: 90, other: 45 },
};

/** What is stored over the defaults. A stored value that does not fit (an older shape) counts as not chosen. */
export function preferencesOf(stored: unknown): Preferences {
  const chosen = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>;
  const result: Record<string, unknown> = { ...DEFAULT_PREFERENCES };
  for (const [key, shape] of Object.entries(preferenceShapes)) {
    const read = shape.safeParse(chosen[key]);
    if (read.success) result[key] = read.data;
  }
  return result as Preferences;
}

/** A zone that clocks know, by name: `Europe/Paris`, `UTC`; no bare offset, since those have no summer time. */
export function validZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** A language tag that dates and numbers can be written in: `en-GB`, `de`. */
export function validLocale(locale: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale).length === 1;
  } catch {
    return false;
  }
}

const currencies = new Set(Intl.supportedValuesOf('currency'));
export const knownCurrency = (code: string): boolean => currencies.has(code);
