// The room's words on the screen: fields, states, functions around an account.
import type { StatusTone } from '../../../ui/index.ts';
import type { Account, FUNCTIONS, STATUSES } from '../api.ts';

/** Renewals this near count as due. */
export const NEAR_DAYS = 90;

export type Status = (typeof STATUSES)[number];

export const STATUS_WORDS: Record<Status, { label: string; tone: StatusTone }> = {
  prospect: { label: 'Prospect', tone: 'info' },
  active: { label: 'Active', tone: 'good' },
  paused: { label: 'Paused', tone: 'watch' },
  former: { label: 'Former', tone: 'neutral' },
};

export const FUNCTION_WORDS: Record<(typeof FUNCTIONS)[number], string> = {
  product: 'Product',
  support: 'Support',
  delivery: 'Delivery',
  marketing: 'Marketing',
  finance: 'Finance',
  legal: 'Legal',
  sales: 'Sales',
  other: 'Other',
};

/** Also for functions that somebody wrote by hand or an import brought. */
export const functionWord = (key: string): string =>
  (FUNCTION_WORDS as Record<string, string>)[key] ?? key.charAt(0).toUpperCase() + key.slice(1);

export type FieldKey = Exclude<
  keyof Account,
  'can' | 'version' | 'id' | 'custom' | 'parentName' | 'ownerName' | 'sponsorName'
>;

export const FIELD_WORDS: Record<string, string> = {
  name: 'Name',
  parentId: 'Parent account',
  ownerId: 'Owner',
  sponsorId: 'Sponsor',
  tier: 'Tier',
  status: 'Status',
  type: 'Type',
  industry: 'Industry',
  country: 'Country',
  region: 'Region',
  city: 'City',
  street: 'Street',
  postalCode: 'Postal code',
  website: 'Website',
  phone: 'Phone',
  employees: 'Employees',
  annualRevenue: 'Annual revenue',
  arr: 'ARR',
  arrFromLines: 'ARR from its lines',
  potential: 'Potential',
  customerSince: 'Account since',
  renewalOn: 'Renewal',
  description: 'Description',
  tags: 'Tags',
  externalIds: 'External ids',
  archivedAt: 'Archived',
  mergedIntoId: 'Merged into',
  createdAt: 'Added',
  updatedAt: 'Updated',
};

/** A column of the database as the reader's word: `owner_id` → "Owner". For what changed. */
export function fieldWord(column: string): string {
  const camel = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const money = camel.replace(/(Minor|Currency)$/, '');
  const known = FIELD_WORDS[camel] ?? FIELD_WORDS[money] ?? FIELD_WORDS[`${camel.replace(/On$|At$/, '')}On`];
  if (known) return known;
  const words = column.replace(/_(id|on|at|minor)$/, '').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Tiers to choose from: the workspace's words in their order, then others in use; one spelling each, the one in use. */
export function tierWords(chosen: readonly string[], used: readonly string[]): string[] {
  const inUse = new Map(used.map((tier) => [tier.toLowerCase(), tier]));
  const first = chosen.map((tier) => inUse.get(tier.toLowerCase()) ?? tier);
  return [...new Set([...first, ...used])];
}
