// The exports room's contract: a list as a file, exactly as it is filtered, sorted and seen.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import { many } from '../../kernel/contract/shapes.ts';
import { SORTS as ACCOUNT_SORTS, filters as accountFilters, GROUPS } from '../accounts/api.ts';
import { SORTS as PERSON_SORTS, filters as personFilters } from '../stakeholders/api.ts';

export const FORMATS = ['csv', 'xlsx'] as const;
const file = {
  format: z.enum(FORMATS).default('csv'),
  /** Keys of columns in the order wanted, as the list names them (`name`, `arr`, `custom.segment`, `externalIds`); without it all. */
  columns: many(z.string().max(80)),
};

export const exportAccounts = defineRoute({
  id: 'exports.accounts',
  method: 'GET',
  path: '/api/v1/exports/accounts',
  summary: 'The account list as CSV or XLSX: the same filters, sort and groups as the list, all rows that you may see',
  permission: 'exports.run',
  query: z.strictObject({
    ...accountFilters,
    sort: z.enum(ACCOUNT_SORTS).default('name'),
    group: z.enum(GROUPS).optional(),
    groupFirst: many(z.string().max(200)),
    ...file,
  }),
  answers: 'stream',
});
export const exportPeople = defineRoute({
  id: 'exports.people',
  method: 'GET',
  path: '/api/v1/exports/people',
  summary: 'The people list as CSV or XLSX, a line for each account of a person: the same filters and sort as the list',
  permission: 'exports.run',
  query: z.strictObject({ ...personFilters, sort: z.enum(PERSON_SORTS).default('name'), ...file }),
  answers: 'stream',
});
