// The actions room's contract: add, change, do, reopen, drop, find.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import { byId, day, flag, id, instant, listOf, many, paging, text, version } from '../../kernel/contract/shapes.ts';

export const STATUSES = ['open', 'done', 'dropped'] as const;
export const PRIORITIES = ['low', 'normal', 'high'] as const;
const status = z.enum(STATUSES);
const priority = z.enum(PRIORITIES);
const linkKind = z.string().regex(/^[a-z][a-z_]{0,39}$/, 'Use a word such as plan or goal');
const title = z.string().trim().min(1, 'Required').max(300);

export const actionShape = z
  .object({
    id,
    title: z.string(),
    notes: z.string(),
    ownerId: id.nullable(),
    ownerName: z.string().nullable(),
    dueOn: day.nullable(),
    status,
    doneAt: instant.nullable(),
    /** Open after its due day. */
    overdue: z.boolean(),
    priority,
    accountId: id.nullable(),
    /** Null where there is no account, or where you may not see it. */
    accountName: z.string().nullable(),
    linkKind: z.string().nullable(),
    linkId: id.nullable(),
    createdById: id.nullable(),
    createdByName: z.string().nullable(),
    position: z.number().int(),
    version,
    createdAt: instant,
    updatedAt: instant,
    can: z.object({ update: z.boolean() }),
  })
  .meta({ id: 'Action' });
export type Action = z.infer<typeof actionShape>;

export const filters = {
  q: z.string().trim().max(100).optional(),
  /** Only those that I own. */
  mine: flag,
  ownerId: many(z.union([id, z.literal('none')])),
  accountId: z.union([id, z.literal('none')]).optional(),
  status: many(status),
  priority: many(priority),
  overdue: flag,
  dueFrom: day.optional(),
  /** Due on or before this day. */
  dueTo: day.optional(),
  linkKind: linkKind.optional(),
  linkId: many(id),
};
export const SORTS = ['due', '-due', '-updatedAt', 'position'] as const;

const write = {
  notes: text.optional(),
  ownerId: id.nullable().optional(),
  dueOn: day.nullable().optional(),
  priority: priority.optional(),
  position: z.int().min(0).max(1_000_000).optional(),
};
const link = { accountId: id.nullable().optional(), linkKind: linkKind.optional(), linkId: id.optional() };

export const listActions = defineRoute({
  id: 'actions.list',
  method: 'GET',
  path: '/api/v1/actions',
  summary: 'Actions that you may see: of your accounts, given to you, or made by you',
  permission: 'actions.read',
  query: z.strictObject({ ...filters, sort: z.enum(SORTS).default('due'), ...paging }),
  answer: listOf(actionShape),
});
export const summariseActions = defineRoute({
  id: 'actions.summary',
  method: 'GET',
  path: '/api/v1/actions/summary',
  summary: 'How many, with the same filters as the list',
  permission: 'actions.read',
  query: z.strictObject(filters),
  answer: z.object({
    count: z.number().int(),
    open: z.number().int(),
    overdue: z.number().int(),
    dueThisWeek: z.number().int(),
    asOf: day,
  }),
});
export const getAction = defineRoute({
  id: 'actions.get',
  method: 'GET',
  path: '/api/v1/actions/{id}',
  summary: 'One action',
  permission: 'actions.read',
  params: byId,
  answer: actionShape,
});
export const createAction = defineRoute({
  id: 'actions.create',
  method: 'POST',
  path: '/api/v1/actions',
  summary: 'Add an action; without an owner it is yours',
  permission: 'actions.write',
  status: 201,
  body: z.strictObject({ title, ...write, ...link }),
  answer: actionShape,
});
export const updateAction = defineRoute({
  id: 'actions.update',
  method: 'PATCH',
  path: '/api/v1/actions/{id}',
  summary: 'Change an action; send the version you saw',
  permission: 'actions.write',
  params: byId,
  body: z.strictObject({ version: version.optional(), title: title.optional(), ...write, accountId: link.accountId }),
  answer: actionShape,
  problems: { version_conflict: 'Changed since; `current` holds the action as it stands.' },
});
const turn = <const I extends string, const P extends string>(operation: I, path: P, summary: string) =>
  defineRoute({
    id: operation,
    method: 'POST',
    path,
    summary,
    permission: 'actions.write',
    params: byId,
    answer: actionShape,
  });
export const doAction = turn('actions.done', '/api/v1/actions/{id}/done', 'It is done');
export const reopenAction = turn('actions.reopen', '/api/v1/actions/{id}/reopen', 'It is to be done after all');
export const dropAction = turn('actions.drop', '/api/v1/actions/{id}/drop', 'It will not be done');

export const bulkDone = defineRoute({
  id: 'actions.bulkDone',
  method: 'POST',
  path: '/api/v1/actions/bulk/done',
  summary: 'Up to 500 actions are done, all or none',
  permission: 'actions.write',
  body: z.strictObject({ ids: z.array(id).min(1).max(500) }),
  /** `ids`: those that were open; reopening them undoes this. */
  answer: z.object({ changed: z.number().int(), ids: z.array(id) }),
});
export const bulkReopen = defineRoute({
  id: 'actions.bulkReopen',
  method: 'POST',
  path: '/api/v1/actions/bulk/reopen',
  summary: 'Up to 500 actions are to be done after all, all or none',
  permission: 'actions.write',
  body: z.strictObject({ ids: z.array(id).min(1).max(500) }),
  answer: z.object({ changed: z.number().int(), ids: z.array(id) }),
});
