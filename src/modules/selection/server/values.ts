// From facts about accounts to values and scores: what a criterion's source means, in one place.
import type { Money } from '../../../kernel/contract/shapes.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import { type CustomField, customFields, totaller } from '../../settings/server/index.ts';
import type { ActiveCriterion } from '../api.ts';
import { agreement, deriveScores, ratio, type Score } from '../rules.ts';
import type { FactRow, ScoreRow } from './store.ts';

type Reader = (row: FactRow) => number | null;

const DAYS_A_YEAR = 365.25;
/** The fields every workspace has. Money counts in minor units of the workspace's currency. */
export const OWN_FIELDS = [
  { field: 'tenureYears', label: 'Years since the start', unit: 'years' },
  { field: 'arr', label: 'ARR', unit: 'money' },
  { field: 'expansionPotential', label: 'Potential', unit: 'money' },
  { field: 'annualRevenue', label: 'The account’s own yearly revenue', unit: 'money' },
  { field: 'employees', label: 'Employees', unit: 'people' },
] as const;

/** Number and money fields of the workspace can feed a criterion, too: `custom.key`, or just the key. */
export const feedingFields = (fields: readonly CustomField[]) =>
  fields
    .filter((f) => f.type === 'number' || f.type === 'money')
    .map((f) => ({ field: `custom.${f.key}`, label: f.label, unit: f.type === 'money' ? 'money' : '' }));

export async function readers(
  tx: Tx,
  rows: readonly FactRow[],
  today: string,
): Promise<(field: string) => Reader | null> {
  const custom = await customFields(tx, 'accounts');
  const currencies = new Set<string>();
  const money = (v: unknown): v is Money => typeof v === 'object' && v !== null && 'amount' in v && 'currency' in v;
  for (const r of rows) {
    for (const c of [r.arr_currency, r.potential_currency, r.annual_revenue_currency]) if (c) currencies.add(c);
    for (const v of Object.values(r.custom)) if (money(v)) currencies.add(v.currency);
  }
  const total = await totaller(tx, [...currencies], today);
  const converted = (amount: number | null, currency: string | null): number | null => {
    if (amount === null || currency === null) return null;
    const sum = total([{ amount, currency }]);
    return sum.missing.length ? null : sum.amount;
  };
  const own: Record<string, Reader> = {
    tenureYears: (r) =>
      r.customer_since === null
        ? null
        : Math.max(0, (Date.parse(today) - Date.parse(r.customer_since)) / 86_400_000 / DAYS_A_YEAR),
    arr: (r) => converted(r.arr_minor, r.arr_currency),
    expansionPotential: (r) => converted(r.potential_minor, r.potential_currency),
    annualRevenue: (r) => converted(r.annual_revenue_minor, r.annual_revenue_currency),
    employees: (r) => r.employees,
  };
  const keys = new Set(custom.map((f) => f.key));
  const snake = (s: string) => s.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
  return (field) => {
    if (own[field]) return own[field];
    const wanted = field.replace(/^custom\./, '');
    const key = [wanted, snake(wanted)].find((k) => keys.has(k));
    if (!key) return null;
    return (r) => {
      const v = r.custom[key];
      if (typeof v === 'number') return v;
      return money(v) ? converted(v.amount, v.currency) : null;
    };
  };
}

function valuesOf(
  c: ActiveCriterion,
  rows: readonly FactRow[],
  read: (field: string) => Reader | null,
): (number | null)[] {
  const nothing = () => rows.map(() => null);
  if (c.source.kind === 'manual') return nothing();
  if (c.source.kind === 'field') {
    const of = read(c.source.field);
    return of ? rows.map(of) : nothing();
  }
  const [top, bottom] = [read(c.source.numerator), read(c.source.denominator)];
  return top && bottom ? rows.map((r) => ratio(top(r), bottom(r))) : nothing();
}

export type Scored = { scores: Score[][]; values: (number | null)[][]; disputed: string[][] };

/**
 * Scores of all rows on all criteria. A derived criterion takes data where there is any and a person's score where there is none;
 * several raters count by their middle score.
 */
export async function scoreAll(
  tx: Tx,
  criteria: readonly ActiveCriterion[],
  rows: readonly FactRow[],
  given: readonly ScoreRow[],
  today: string,
): Promise<Scored> {
  const read = await readers(tx, rows, today);
  const byAccount = new Map<string, Map<string, number[]>>();
  for (const g of given) {
    const criteriaOf = byAccount.get(g.account_id) ?? new Map<string, number[]>();
    byAccount.set(g.account_id, criteriaOf);
    criteriaOf.set(g.criterion, [...(criteriaOf.get(g.criterion) ?? []), Number(g.score)]);
  }
  const disputed: string[][] = rows.map(() => []);
  const columns = criteria.map((c) => {
    const values = valuesOf(c, rows, read);
    const derived = c.derivation ? deriveScores(values, c.derivation) : rows.map(() => null);
    const scores = rows.map((r, at) => {
      if (derived[at] !== null && derived[at] !== undefined) return derived[at];
      const agreed = agreement(byAccount.get(r.id)?.get(c.key) ?? []);
      if (agreed.disagree) disputed[at]!.push(c.key);
      return agreed.median;
    });
    return { values, scores };
  });
  return {
    scores: rows.map((_, at) => columns.map((c) => c.scores[at] ?? null)),
    values: rows.map((_, at) => columns.map((c) => c.values[at] ?? null)),
    disputed,
  };
}
