// The filters of the list of people, and how the API says them. Pure but for asking accounts by name.
import { call } from '../../../kernel/web/call.ts';
import type { Filter, FilterField } from '../../../ui/filters.ts';
import { listAccounts } from '../../accounts/api.ts';
import type { PeopleFilter } from './exporting.ts';
import { coverageOptions, partOptions, stanceOptions } from './words.ts';

const choice = { type: 'select', isAlwaysSet: true, operators: ['isAnyOf'] } as const;

export const filterFields: readonly FilterField[] = [
  {
    id: 'accountId',
    label: 'Account',
    ...choice,
    load: async (q, signal) =>
      (await call(listAccounts, { query: { limit: 20, ...(q ? { q } : {}) } }, { signal })).items.map((a) => ({
        value: a.id,
        label: a.name,
      })),
  },
  { id: 'part', label: 'Part in the decision', ...choice, options: partOptions },
  { id: 'stance', label: 'Stance', ...choice, options: stanceOptions },
  { id: 'coverage', label: 'Coverage', ...choice, options: coverageOptions },
  { id: 'influenceMin', label: 'Influence', type: 'number', isAlwaysSet: true, operators: ['atLeast'] },
  { id: 'doNotContact', label: 'Do not contact', type: 'boolean' },
  { id: 'ended', label: 'Also who left', type: 'boolean' },
  { id: 'archived', label: 'Archived', type: 'boolean' },
];

export function apiFilter(filters: readonly Filter[], q: string): PeopleFilter {
  const query: PeopleFilter = {};
  if (q.trim()) query.q = q.trim().slice(0, 100);
  for (const { field, operator, values } of filters) {
    if (operator === 'isAnyOf') query[field] = [...((query[field] as string[] | undefined) ?? []), ...values];
    else if (field === 'influenceMin') query[field] = Math.min(5, Math.max(1, Math.round(Number(values[0]) || 1)));
    else query[field] = values[0] === 'false' ? 'false' : 'true';
  }
  return query;
}
