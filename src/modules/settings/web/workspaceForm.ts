// The workspace's form: which settings it has, what they are called, and the API's words for them. Pure.
import type { AnswerOf, BodyOf } from '../../../kernel/contract/route.ts';
import type { getWorkspace, Preferences, updateWorkspace } from '../api.ts';

export type Answer = AnswerOf<typeof getWorkspace>;
export type Settings = Pick<Answer, 'name' | 'currency' | 'fiscalYearStartMonth' | 'locale' | 'zone'> & Preferences;
export type FormProps = {
  value: Settings;
  onChange: (change: Partial<Settings>) => void;
  /** What the server said about a field; preferences by their own name. */
  error: (field: keyof Settings) => string | null;
  isReadOnly: boolean;
};

export const OWN = ['name', 'currency', 'fiscalYearStartMonth', 'locale', 'zone'] as const;
export const LABELS: Record<keyof Settings, string> = {
  name: 'Name',
  currency: 'Reporting currency',
  fiscalYearStartMonth: 'Fiscal year',
  locale: 'Dates and numbers',
  zone: 'Time zone',
  tiers: 'Tiers',
  segment: 'Segments',
  revenueFrom: 'Recurring revenue from',
  returningInNrr: 'Returning accounts in NRR',
  accountsPerKam: 'Key accounts per manager',
  selectionReviewMonths: 'Months between selections',
  planAgeingAfterDays: 'Plan is ageing after',
  planStaleAfterDays: 'Plan is stale after',
  cadenceDays: 'Days between contacts',
};
export const FIELDS = Object.keys(LABELS) as (keyof Settings)[];
export const isOwn = (field: string): boolean => (OWN as readonly string[]).includes(field);
export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export const settingsOf = (answer: Answer): Settings => {
  const { name, currency, fiscalYearStartMonth, locale, zone, preferences } = answer;
  return { name, currency, fiscalYearStartMonth, locale, zone, ...preferences };
};

/** Some settings in the words of the API. */
export function bodyOf(settings: Partial<Settings>, version: number): BodyOf<typeof updateWorkspace> {
  const entries = Object.entries(settings);
  const preferences = Object.fromEntries(entries.filter(([field]) => !isOwn(field)));
  return {
    version,
    ...Object.fromEntries(entries.filter(([field]) => isOwn(field))),
    ...(Object.keys(preferences).length > 0 ? { preferences } : {}),
  };
}

/** A setting as text, for comparing two. */
export function show(value: Settings[keyof Settings]): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? Object.values(value).join(', ') : String(value);
}
