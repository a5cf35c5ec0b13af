// The exports room's contract: a list as a file, exactly as it is filtered, sorted and seen; and everything as a zip.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import { instant, many } from '../../kernel/contract/shapes.ts';
import { SORTS as ACCOUNT_SORTS, filters as accountFilters, GROUPS } from '../accounts/api.ts';
import { SORTS as OPPORTUNITY_SORTS, filters as opportunityFilters } from '../pipeline/api.ts';
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

export const exportOpportunities = defineRoute({
  id: 'exports.opportunities',
  method: 'GET',
  path: '/api/v1/exports/opportunities',
  summary: 'Opportunities as CSV or XLSX: the same filters and sort as the list, all rows that you may see',
  permission: 'pipeline.read',
  query: z.strictObject({ ...opportunityFilters, sort: z.enum(OPPORTUNITY_SORTS).default('closesOn'), ...file }),
  answers: 'stream',
});

export const exportWorkspace = defineRoute({
  id: 'exports.workspace',
  method: 'POST',
  path: '/api/v1/exports/workspace',
  summary:
    'Everything of the workspace as a zip: each table as JSON Lines, every stored file. Without passwords, second factors and keys. An empty installation restores it',
  permission: 'exports.workspace',
  answers: 'stream',
  problems: {
    export_running: 'Another export of everything is under way.',
    too_many_exports: 'Everything was taken ten times within ten minutes.',
  },
});
export const lastWorkspaceExport = defineRoute({
  id: 'exports.lastWorkspace',
  method: 'GET',
  path: '/api/v1/exports/workspace',
  summary: 'When everything was last taken along, and by whom',
  permission: 'exports.workspace',
  answer: z.object({
    last: z
      .object({
        by: z.string(),
        at: instant,
        /** Null: it was broken off, or is still under way. */
        bytes: z.number().int().nullable(),
      })
      .nullable(),
    /** Who sees only some accounts takes only lists along. */
    can: z.object({ run: z.boolean() }),
  }),
});
