// The accounts room's contract: profile, list, tree, account team, external ids, merge, what changed.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import {
  byId,
  currency,
  day,
  flag,
  id,
  instant,
  line,
  listOf,
  many,
  money,
  name,
  paging,
  text,
  version,
} from '../../kernel/contract/shapes.ts';

export const STATUSES = ['prospect', 'active', 'paused', 'former'] as const;
export const statusShape = z.enum(STATUSES);
/** What a colleague does around an account. */
export const FUNCTIONS = ['product', 'support', 'delivery', 'marketing', 'finance', 'legal', 'sales', 'other'] as const;

export const externalIdShape = z.strictObject({
  system: z.string().trim().min(1).max(60),
  id: z.string().trim().min(1).max(200),
});
const custom = z.record(z.string().max(60), z.unknown());

export const accountShape = z
  .object({
    id,
    name: z.string(),
    parentId: id.nullable(),
    parentName: z.string().nullable(),
    ownerId: id.nullable(),
    ownerName: z.string().nullable(),
    sponsorId: id.nullable(),
    sponsorName: z.string().nullable(),
    tier: z.string().nullable(),
    status: statusShape,
    type: z.string().nullable(),
    industry: z.string().nullable(),
    country: z.string().nullable(),
    region: z.string().nullable(),
    city: z.string().nullable(),
    street: z.string().nullable(),
    postalCode: z.string().nullable(),
    website: z.string().nullable(),
    phone: z.string().nullable(),
    employees: z.number().int().nullable(),
    /** The account's own yearly revenue. */
    annualRevenue: money.nullable(),
    /** What it pays us in a year. */
    arr: money.nullable(),
    /** Whether that is the sum of its contracts and subscriptions; then nobody enters it. */
    arrFromLines: z.boolean(),
    /** What it could pay us more, as estimated. */
    potential: money.nullable(),
    customerSince: day.nullable(),
    renewalOn: day.nullable(),
    tags: z.array(z.string()),
    externalIds: z.array(externalIdShape),
    custom,
    version,
    createdAt: instant,
    updatedAt: instant,
    archivedAt: instant.nullable(),
    can: z.object({ update: z.boolean(), archive: z.boolean(), assign: z.boolean(), merge: z.boolean() }),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof accountShape>;

const teamMember = z.object({ memberId: id, memberName: z.string(), title: z.string(), function: z.string() });
export const accountPageShape = accountShape
  .extend({
    description: z.string(),
    mergedIntoId: id.nullable(),
    team: z.array(teamMember),
    children: z.array(z.object({ id, name: z.string(), tier: z.string().nullable(), arr: money.nullable() })),
  })
  .meta({ id: 'AccountPage' });
export type AccountPage = z.infer<typeof accountPageShape>;

const write = {
  parentId: id.nullable().optional(),
  ownerId: id.nullable().optional(),
  sponsorId: id.nullable().optional(),
  tier: z.string().trim().min(1).max(60).nullable().optional(),
  status: statusShape.optional(),
  type: z.string().trim().max(100).nullable().optional(),
  industry: z.string().trim().max(200).nullable().optional(),
  country: z.string().trim().max(100).nullable().optional(),
  region: z.string().trim().max(100).nullable().optional(),
  city: z.string().trim().max(100).nullable().optional(),
  street: line.nullable().optional(),
  postalCode: z.string().trim().max(30).nullable().optional(),
  website: z.string().trim().max(500).nullable().optional(),
  phone: z.string().trim().max(60).nullable().optional(),
  employees: z.int().min(0).nullable().optional(),
  annualRevenue: money.nullable().optional(),
  arr: money.nullable().optional(),
  potential: money.nullable().optional(),
  customerSince: day.nullable().optional(),
  renewalOn: day.nullable().optional(),
  description: text.optional(),
  tags: z.array(z.string().trim().min(1).max(50)).max(30).optional(),
  externalIds: z.array(externalIdShape).max(20).optional(),
  custom: custom.optional(),
};
export const createBody = z.strictObject({ name, ...write });
export const updateBody = z.strictObject({ version: version.optional(), name: name.optional(), ...write });

export const SORTS = [
  'name',
  '-name',
  'arr',
  '-arr',
  'potential',
  '-potential',
  'updatedAt',
  '-updatedAt',
  'createdAt',
  '-createdAt',
  'tier',
  '-tier',
  'customerSince',
  '-customerSince',
  'renewalOn',
  '-renewalOn',
  'industry',
  '-industry',
  'country',
  '-country',
  'employees',
  '-employees',
  'annualRevenue',
  '-annualRevenue',
] as const;

/** The filters that list, sums, export and bulk edit share. */
export const filters = {
  q: z.string().trim().max(100).optional(),
  ids: many(id),
  /** `none` finds those without. */
  tier: many(z.string().max(60)),
  status: many(statusShape),
  ownerId: many(z.union([id, z.literal('none')])),
  sponsorId: many(z.union([id, z.literal('none')])),
  parentId: id.optional(),
  /** An account and everything below it. */
  under: id.optional(),
  industry: many(z.string().max(200)),
  country: many(z.string().max(100)),
  type: many(z.string().max(100)),
  tag: many(z.string().max(50)),
  arrMin: z.coerce.number().int().optional(),
  arrMax: z.coerce.number().int().optional(),
  renewalFrom: day.optional(),
  renewalTo: day.optional(),
  customerSinceFrom: day.optional(),
  customerSinceTo: day.optional(),
  /** `key:eq:value`, `key:ne:value`, `key:gte:value`, `key:lte:value`, `key:any:["a","b"]`, `key:set`, `key:unset`; several must all hold. */
  custom: many(
    z
      .string()
      .regex(
        /^[a-z][a-z0-9_]{0,59}:(?:(?:eq|ne|gte|lte|has):.{0,200}|any:\[.{0,2000}\]|set|unset)$/,
        'Write key:eq:value, key:gte:value, key:lte:value, key:ne:value, key:has:value, key:any:["a","b"], key:set or key:unset',
      ),
  ),
  /** What an import made or changed, for those who may see the import. */
  importId: id.optional(),
  /** Without this, archived accounts stay out; `true` shows only them. */
  archived: flag,
};
export const filterShape = z.strictObject(filters);
export type AccountFilter = z.output<typeof filterShape>;

/** By what a list can be parted into groups. */
export const GROUPS = ['tier', 'owner', 'status', 'industry', 'country'] as const;

export const listAccounts = defineRoute({
  id: 'accounts.list',
  method: 'GET',
  path: '/api/v1/accounts',
  summary: 'Accounts that you may see',
  permission: 'accounts.read',
  bulk: true,
  /**
   * With `group`, the accounts of one group follow each other, those without come last; `sort` orders inside the groups.
   * `groupFirst` names groups that come first, in this order.
   */
  query: z.strictObject({
    ...filters,
    sort: z.enum(SORTS).default('name'),
    group: z.enum(GROUPS).optional(),
    groupFirst: many(z.string().max(200)),
    ...paging,
  }),
  answer: listOf(accountShape),
});
const total = z.object({
  amount: z.number().int(),
  currency,
  missing: z.array(z.string()),
  byCurrency: z.array(money),
});
export const summariseAccounts = defineRoute({
  id: 'accounts.summary',
  method: 'GET',
  path: '/api/v1/accounts/summary',
  summary: 'Count and sums over the accounts that you may see, with the same filters as the list',
  permission: 'accounts.read',
  query: filterShape,
  answer: z.object({
    count: z.number().int(),
    /** Money in the workspace's currency at the rates of `asOf`; per currency beside it; currencies without a rate are named and left out. */
    arr: total,
    potential: total,
    employees: z.number().int(),
    byTier: z.array(z.object({ tier: z.string().nullable(), count: z.number().int() })),
    byStatus: z.array(z.object({ status: statusShape, count: z.number().int() })),
    asOf: day,
  }),
});
export const groupAccounts = defineRoute({
  id: 'accounts.groups',
  method: 'GET',
  path: '/api/v1/accounts/groups',
  summary: 'Count and ARR of every group, with the same filters as the list; the 500 largest groups',
  permission: 'accounts.read',
  query: z.strictObject({ ...filters, group: z.enum(GROUPS) }),
  answer: z.object({
    items: z.array(
      z.object({
        /** The tier, industry, country or status itself, or the owner's id; null: those without. */
        key: z.string().nullable(),
        count: z.number().int(),
        arr: total,
      }),
    ),
    asOf: day,
  }),
});
export const accountFacets = defineRoute({
  id: 'accounts.facets',
  method: 'GET',
  path: '/api/v1/accounts/facets',
  summary: 'Values in use for filters: tiers, industries, countries, types, tags',
  permission: 'accounts.read',
  answer: z.object({
    tiers: z.array(z.string()),
    industries: z.array(z.string()),
    countries: z.array(z.string()),
    types: z.array(z.string()),
    tags: z.array(z.string()),
  }),
});
export const getAccount = defineRoute({
  id: 'accounts.get',
  method: 'GET',
  path: '/api/v1/accounts/{id}',
  summary: 'One account',
  permission: 'accounts.read',
  params: byId,
  bulk: true,
  answer: accountPageShape,
});
export const createAccount = defineRoute({
  id: 'accounts.create',
  method: 'POST',
  path: '/api/v1/accounts',
  summary: 'Add an account',
  permission: 'accounts.write',
  status: 201,
  body: createBody,
  bulk: true,
  answer: accountPageShape,
  problems: { external_id_taken: 'Another account has this external id.' },
});
export const updateAccount = defineRoute({
  id: 'accounts.update',
  method: 'PATCH',
  path: '/api/v1/accounts/{id}',
  summary: 'Change fields of an account; send the version you saw',
  permission: 'accounts.write',
  params: byId,
  body: updateBody,
  bulk: true,
  answer: accountPageShape,
  problems: {
    version_conflict: 'Changed since; `current` holds the account as it stands.',
    account_cycle: 'An account cannot be below itself.',
    external_id_taken: 'Another account has this external id.',
  },
});
const undoRow = z.strictObject({
  id,
  ownerId: id.nullable(),
  sponsorId: id.nullable(),
  tier: z.string().max(60).nullable(),
  status: statusShape,
  industry: z.string().max(200).nullable(),
  country: z.string().max(100).nullable(),
  parentId: id.nullable(),
  tags: z.array(z.string().max(50)).max(100),
});
export const bulkUpdateAccounts = defineRoute({
  id: 'accounts.bulkUpdate',
  method: 'POST',
  path: '/api/v1/accounts/bulk',
  summary: 'Change the same fields of up to 1000 accounts, all or none',
  permission: 'accounts.write',
  body: z.strictObject({
    ids: z.array(id).min(1).max(1000),
    set: z.strictObject({
      ownerId: write.ownerId,
      sponsorId: write.sponsorId,
      tier: write.tier,
      status: write.status,
      industry: write.industry,
      country: write.country,
      parentId: write.parentId,
      addTags: z.array(z.string().trim().min(1).max(50)).max(10).optional(),
      removeTags: z.array(z.string().max(50)).max(10).optional(),
    }),
  }),
  answer: z.object({
    changed: z.number().int(),
    undo: z.array(undoRow),
  }),
});
export const revertBulkAccounts = defineRoute({
  id: 'accounts.revertBulk',
  method: 'POST',
  path: '/api/v1/accounts/bulk/revert',
  summary: 'Put back what a bulk change replaced',
  permission: 'accounts.write',
  body: z.strictObject({ undo: z.array(undoRow).max(1000) }),
  answer: z.object({ changed: z.number().int() }),
});
export const archiveAccount = defineRoute({
  id: 'accounts.archive',
  method: 'POST',
  path: '/api/v1/accounts/{id}/archive',
  summary: 'Put an account away; restore brings it back',
  permission: 'accounts.write',
  params: byId,
  answer: accountPageShape,
});
export const restoreAccount = defineRoute({
  id: 'accounts.restore',
  method: 'POST',
  path: '/api/v1/accounts/{id}/restore',
  summary: 'Bring an archived account back',
  permission: 'accounts.write',
  params: byId,
  answer: accountPageShape,
});
export const moveAccount = defineRoute({
  id: 'accounts.move',
  method: 'POST',
  path: '/api/v1/accounts/{id}/move',
  summary: 'Give an account another parent, or none',
  permission: 'accounts.write',
  params: byId,
  body: z.strictObject({ parentId: id.nullable(), version: version.optional() }),
  answer: accountPageShape,
  problems: { account_cycle: 'An account cannot be below itself.' },
});
export const mergeAccounts = defineRoute({
  id: 'accounts.merge',
  method: 'POST',
  path: '/api/v1/accounts/{id}/merge',
  summary: 'Merge a duplicate into this account: everything that hangs on it moves here, the duplicate is archived',
  permission: 'accounts.merge',
  params: byId,
  body: z.strictObject({ duplicateId: id, version: version.optional() }),
  answer: accountPageShape,
  problems: { merge_self: 'An account cannot be merged into itself.' },
});
export const setAccountTeam = defineRoute({
  id: 'accounts.setTeam',
  method: 'PUT',
  path: '/api/v1/accounts/{id}/team',
  summary: 'Who works around the account, by function',
  permission: 'accounts.write',
  params: byId,
  body: z.strictObject({
    members: z.array(z.strictObject({ memberId: id, function: z.string().trim().min(1).max(60) })).max(50),
  }),
  answer: accountPageShape,
});

export const treeNode = z
  .object({
    id,
    name: z.string(),
    parentId: id.nullable(),
    depth: z.number().int(),
    tier: z.string().nullable(),
    status: statusShape,
    ownerName: z.string().nullable(),
    own: money.nullable(),
    total,
    archived: z.boolean(),
  })
  .meta({ id: 'AccountTreeNode' });
export const accountTree = defineRoute({
  id: 'accounts.tree',
  method: 'GET',
  path: '/api/v1/accounts/{id}/tree',
  summary: 'The whole tree that an account belongs to, as far as you may see it: own and total money at every node',
  permission: 'accounts.read',
  params: byId,
  answer: z.object({ rootId: id, nodes: z.array(treeNode), cut: z.boolean() }),
});
export const duplicateAccounts = defineRoute({
  id: 'accounts.duplicates',
  method: 'GET',
  path: '/api/v1/accounts/{id}/duplicates',
  summary: 'Accounts with a very similar name',
  permission: 'accounts.read',
  params: byId,
  answer: z.object({
    items: z.array(
      z.object({
        id,
        name: z.string(),
        similarity: z.number(),
        city: z.string().nullable(),
        ownerName: z.string().nullable(),
      }),
    ),
  }),
});

export const changeShape = z
  .object({
    id,
    at: instant,
    by: z.string(),
    action: z.enum(['insert', 'update', 'delete']),
    /** What kind of thing changed: `account`, `stakeholder`, `plan` … */
    what: z.string(),
    rowId: id.nullable(),
    /** What the thing is called, where it has a name. */
    label: z.string().nullable(),
    changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  })
  .meta({ id: 'AccountChange' });
export const accountTimeline = defineRoute({
  id: 'accounts.timeline',
  method: 'GET',
  path: '/api/v1/accounts/{id}/timeline',
  summary: 'What changed at an account, newest first',
  permission: 'accounts.read',
  params: byId,
  query: z.strictObject({ ...paging, what: many(z.string().max(60)) }),
  answer: listOf(changeShape),
});
