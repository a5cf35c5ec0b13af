// Values of an account's fields as text, and whether two of them are the same. Pure.
import { formatDate, formatMoney, formatNumber, type MoneyValue } from '../../../ui/format.ts';
import type { AccountPage } from '../api.ts';
import { plainText } from './plain.ts';
import { STATUS_WORDS, type Status } from './words.ts';

/** The fields that a person edits on the account page. */
export type Field =
  | 'name'
  | 'parentId'
  | 'ownerId'
  | 'sponsorId'
  | 'tier'
  | 'status'
  | 'type'
  | 'industry'
  | 'country'
  | 'region'
  | 'city'
  | 'street'
  | 'postalCode'
  | 'website'
  | 'phone'
  | 'employees'
  | 'annualRevenue'
  | 'arr'
  | 'potential'
  | 'customerSince'
  | 'renewalOn'
  | 'description'
  | 'tags'
  | 'custom';
export type Change = Partial<Pick<AccountPage, Exclude<Field, 'custom'>>> & { custom?: Record<string, unknown> };

/** Two values, compared by what they say: `null`, `undefined` and '' are all "empty". */
export function sameValue(a: unknown, b: unknown): boolean {
  const plain = (value: unknown) => (value === undefined || value === '' ? null : value);
  const stable = (value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([x], [y]) => (x < y ? -1 : 1)))
      : value;
  return JSON.stringify(stable(plain(a))) === JSON.stringify(stable(plain(b)));
}

/** One thing a change touches: a field, or one custom field. */
export type Part = { field: Field; key?: string };

export const partsOf = (change: Change): Part[] =>
  (Object.keys(change) as Field[]).flatMap((field): Part[] =>
    field === 'custom' ? Object.keys(change.custom ?? {}).map((key) => ({ field, key })) : [{ field }],
  );

export const valueAt = (source: Partial<AccountPage> | Change, part: Part): unknown =>
  part.field === 'custom' ? (source.custom?.[part.key ?? ''] ?? null) : (source as Record<string, unknown>)[part.field];

/** What both changed since `base`: those a person has to decide. */
export function collisions(base: AccountPage, current: AccountPage, change: Change): Part[] {
  return partsOf(change).filter(
    (part) =>
      !sameValue(valueAt(base, part), valueAt(current, part)) &&
      !sameValue(valueAt(current, part), valueAt(change, part)),
  );
}

/** A change without some of its parts. */
export function without(change: Change, dropped: readonly Part[]): Change {
  const kept: Record<string, unknown> = {};
  for (const part of partsOf(change)) {
    if (dropped.some((d) => d.field === part.field && d.key === part.key)) continue;
    if (part.field === 'custom')
      kept.custom = {
        ...(kept.custom as Record<string, unknown> | undefined),
        [part.key ?? '']: valueAt(change, part),
      };
    else kept[part.field] = valueAt(change, part);
  }
  return kept as Change;
}

const isMoney = (value: unknown): value is MoneyValue =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;

/** A value as its reader sees it; people and accounts by the names that stand beside their ids. */
export function valueText(source: Partial<AccountPage>, part: Part, locale: string): string {
  const value = valueAt(source, part);
  if (part.field === 'ownerId') return source.ownerName ?? 'Nobody';
  if (part.field === 'sponsorId') return source.sponsorName ?? 'Nobody';
  if (part.field === 'parentId') return source.parentName ?? 'No parent';
  if (value === null || value === undefined || value === '') return 'Empty';
  if (part.field === 'status') return STATUS_WORDS[value as Status].label;
  if (part.field === 'customerSince' || part.field === 'renewalOn') return formatDate(plainText(value), locale);
  if (isMoney(value)) return formatMoney(value, locale);
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : 'Empty';
  if (typeof value === 'number') return formatNumber(value, locale);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return plainText(value);
}
