// The settings room's contract: the workspace and its choices, dated exchange rates, custom fields, saved views, the audit log.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import {
  byId,
  currency,
  day,
  flag,
  id,
  instant,
  listOf,
  many,
  money,
  name,
  paging,
  version,
} from '../../kernel/contract/shapes.ts';

// The workspace -------------------------------------------------------------
const days = z.int().min(1).max(3650);
/** What a workspace may choose instead of our defaults; rooms read it through the settings door. */
export const preferenceShapes = {
  /** Key accounts that one manager can look after. */
  accountsPerKam: z.int().min(1).max(200),
  /** Days since the last review from which a block of a plan shows as ageing, then as stale. */
  planAgeingAfterDays: days,
  planStaleAfterDays: days,
  /** Months between two reviews of who is a key account. */
  selectionReviewMonths: z.int().min(1).max(36),
  /** The words for tiers, the highest first. */
  tiers: z
    .array(z.string().trim().min(1).max(60))
    .min(1)
    .max(12)
    .refine((list) => new Set(list.map((t) => t.toLowerCase())).size === list.length, 'Use each word once'),
  /** The column of accounts that figures by segment go by. */
  segment: z.enum(['industry', 'tier', 'country']),
  /** What counts where an account has contracts and subscriptions: both of them, or one. */
  revenueFrom: z.enum(['both', 'contracts', 'subscriptions']),
  /** Whether net retention counts accounts that came back, where a question does not say. */
  returningInNrr: z.boolean(),
  /** Days between two contacts with a person, by the part that the person has in decisions. */
  cadenceDays: z.strictObject({ champion: days, decision_maker: days, executive_sponsor: days, other: days }),
} as const;
export const preferencesShape = z.object(preferenceShapes);
export type Preferences = z.infer<typeof preferencesShape>;

export const workspaceShape = z
  .object({
    id,
    name: z.string(),
    /** Sums over several currencies are shown in this one. */
    currency,
    fiscalYearStartMonth: z.int(),
    locale: z.string(),
    zone: z.string(),
    preferences: preferencesShape,
    version,
    can: z.object({
      update: z.boolean(),
      rates: z.boolean(),
      fields: z.boolean(),
      share: z.boolean(),
      audit: z.boolean(),
    }),
  })
  .meta({ id: 'Workspace' });
export const getWorkspace = defineRoute({
  id: 'settings.workspace',
  method: 'GET',
  path: '/api/v1/workspace',
  summary: 'The workspace and its choices',
  permission: 'settings.read',
  answer: workspaceShape,
});
const choice = <T extends z.ZodType>(shape: T) => shape.nullable().optional();
export const updateWorkspace = defineRoute({
  id: 'settings.updateWorkspace',
  method: 'PATCH',
  path: '/api/v1/workspace',
  summary: 'Change the workspace; a preference set to null takes its default again',
  permission: 'settings.manage',
  body: z.strictObject({
    version: version.optional(),
    name: name.optional(),
    currency: currency.optional(),
    fiscalYearStartMonth: z.int().min(1).max(12).optional(),
    locale: z.string().trim().max(35).optional(),
    zone: z.string().trim().max(64).optional(),
    preferences: z
      .strictObject({
        accountsPerKam: choice(preferenceShapes.accountsPerKam),
        planAgeingAfterDays: choice(preferenceShapes.planAgeingAfterDays),
        planStaleAfterDays: choice(preferenceShapes.planStaleAfterDays),
        selectionReviewMonths: choice(preferenceShapes.selectionReviewMonths),
        tiers: choice(preferenceShapes.tiers),
        segment: choice(preferenceShapes.segment),
        revenueFrom: choice(preferenceShapes.revenueFrom),
        returningInNrr: choice(preferenceShapes.returningInNrr),
        cadenceDays: choice(preferenceShapes.cadenceDays),
      })
      .optional(),
  }),
  answer: workspaceShape,
  problems: { version_conflict: 'Changed since; `current` holds the workspace as it stands.' },
});

// Exchange rates ------------------------------------------------------------
/** A decimal number as text, so that nothing is lost on the way. */
const rateText = z
  .union([z.string().trim(), z.number().transform(String)])
  .refine((v) => /^\d{1,9}(\.\d{1,10})?$/.test(v) && Number(v) > 0, 'Use a positive number with up to ten decimals');
export const rateShape = z
  .object({
    base: currency,
    currency,
    on: day,
    /** How many units of `currency` one unit of `base` buys, as a decimal. */
    rate: z.string(),
    /** `ecb`, `hand` … */
    source: z.string(),
  })
  .meta({ id: 'ExchangeRate' });
export const listRates = defineRoute({
  id: 'rates.list',
  method: 'GET',
  path: '/api/v1/rates',
  summary: 'The rates of one currency, newest first',
  permission: 'settings.read',
  query: z.strictObject({
    currency,
    base: currency.default('EUR'),
    from: day.optional(),
    to: day.optional(),
    ...paging,
    limit: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  answer: listOf(rateShape),
});
export const latestRates = defineRoute({
  id: 'rates.latest',
  method: 'GET',
  path: '/api/v1/rates/latest',
  summary: 'The last known rate of every currency, on or before a day',
  permission: 'settings.read',
  query: z.strictObject({ on: day.optional() }),
  answer: z.object({ items: z.array(rateShape), nextCursor: z.null(), on: day }),
});
export const convertMoney = defineRoute({
  id: 'rates.convert',
  method: 'GET',
  path: '/api/v1/rates/convert',
  summary: 'An amount in another currency, at the last rates known on or before a day',
  permission: 'settings.read',
  query: z.strictObject({
    /** Minor units of `from`. */
    amount: z.coerce.number().int().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER),
    from: currency,
    to: currency,
    on: day.optional(),
  }),
  answer: z.object({
    from: money,
    to: money,
    /** Units of the second currency for one unit of the first, as a decimal. */
    rate: z.string(),
    /** The day of the rate; with two rates in between, the older of their days. */
    usedOn: day,
    on: day,
  }),
  problems: { rate_unknown: 'No rate is known on or before this day.' },
});
export const putRate = defineRoute({
  id: 'rates.put',
  method: 'PUT',
  path: '/api/v1/rates',
  summary: 'Enter or replace one rate by hand; imported files leave it as it is',
  permission: 'settings.rates',
  body: z.strictObject({ base: currency.default('EUR'), currency, on: day, rate: rateText }),
  answer: rateShape,
});
export const deleteRate = defineRoute({
  id: 'rates.delete',
  method: 'DELETE',
  path: '/api/v1/rates/{base}/{currency}/{on}',
  summary: 'Remove one rate',
  permission: 'settings.rates',
  params: z.strictObject({ base: currency, currency, on: day }),
});
export const rateReport = z.object({
  file: z.string(),
  from: day.nullable(),
  to: day.nullable(),
  currencies: z.int(),
  new: z.int(),
  changed: z.int(),
  same: z.int(),
  /** Entered by hand with another value: left as they are. */
  kept: z.int(),
  rejected: z.int(),
  /** The first hundred of the rejected cells. */
  problems: z.array(z.object({ line: z.int(), column: z.string(), message: z.string() })),
});
export type RateReport = z.infer<typeof rateReport>;
export const importRates = defineRoute({
  id: 'rates.import',
  method: 'POST',
  path: '/api/v1/rates/import',
  summary: 'Read a file of the European Central Bank (whole history or one day; CSV, or the zip it comes in)',
  permission: 'settings.rates',
  accepts: 'file',
  answer: rateReport,
});

// Custom fields -------------------------------------------------------------
export const ENTITIES = ['accounts', 'people'] as const;
export const entityShape = z.enum(ENTITIES);
export const FIELD_TYPES = ['text', 'number', 'money', 'date', 'boolean', 'choice', 'url'] as const;
export const MAX_FIELDS = 40;
const label = z.string().trim().min(1, 'Required').max(100);
const choices = z
  .array(z.string().trim().min(1).max(100))
  .max(200)
  .refine((list) => new Set(list).size === list.length, 'Use each choice once');
export const customFieldShape = z
  .object({
    id,
    entity: entityShape,
    key: z.string(),
    label: z.string(),
    type: z.enum(FIELD_TYPES),
    choices: z.array(z.string()),
    position: z.int(),
    archivedAt: instant.nullable(),
    version,
    can: z.object({ update: z.boolean(), archive: z.boolean() }),
  })
  .meta({ id: 'CustomField' });
export type CustomFieldAnswer = z.infer<typeof customFieldShape>;
export const listFields = defineRoute({
  id: 'fields.list',
  method: 'GET',
  path: '/api/v1/custom-fields',
  summary: 'Custom fields in their order',
  permission: 'settings.read',
  query: z.strictObject({ entity: entityShape.optional(), archived: flag }),
  answer: z.object({ items: z.array(customFieldShape), nextCursor: z.null() }),
});
export const createField = defineRoute({
  id: 'fields.create',
  method: 'POST',
  path: '/api/v1/custom-fields',
  summary: 'Add a custom field; its key comes from the label and stays',
  permission: 'settings.manage',
  status: 201,
  body: z.strictObject({ entity: entityShape, label, type: z.enum(FIELD_TYPES), choices: choices.optional() }),
  answer: customFieldShape,
  problems: { too_many_fields: `At most ${MAX_FIELDS} fields are in use at once.` },
});
export const updateField = defineRoute({
  id: 'fields.update',
  method: 'PATCH',
  path: '/api/v1/custom-fields/{id}',
  summary: 'Reword a custom field or add choices; type and key stay',
  permission: 'settings.manage',
  params: byId,
  body: z.strictObject({ version: version.optional(), label: label.optional(), choices: choices.optional() }),
  answer: customFieldShape,
  problems: { version_conflict: 'Changed since; `current` holds the field as it stands.' },
});
export const archiveField = defineRoute({
  id: 'fields.archive',
  method: 'POST',
  path: '/api/v1/custom-fields/{id}/archive',
  summary: 'Take a custom field out of use; its values stay and come back with it',
  permission: 'settings.manage',
  params: byId,
  answer: customFieldShape,
});
export const restoreField = defineRoute({
  id: 'fields.restore',
  method: 'POST',
  path: '/api/v1/custom-fields/{id}/restore',
  summary: 'Bring a custom field back',
  permission: 'settings.manage',
  params: byId,
  answer: customFieldShape,
  problems: { too_many_fields: `At most ${MAX_FIELDS} fields are in use at once.` },
});
export const reorderFields = defineRoute({
  id: 'fields.reorder',
  method: 'POST',
  path: '/api/v1/custom-fields/reorder',
  summary: 'Put the custom fields of an entity in order',
  permission: 'settings.manage',
  body: z.strictObject({ entity: entityShape, ids: z.array(id).min(1).max(200) }),
  answer: listFields.answer,
});

// Saved views ---------------------------------------------------------------
const page = z.string().trim().min(1).max(60);
const viewName = z.string().trim().min(1, 'Required').max(100);
export const VIEW_BYTES = 20_000;
const state = z
  .record(z.string().max(100), z.unknown())
  .refine((v) => new TextEncoder().encode(JSON.stringify(v)).length <= VIEW_BYTES, 'This view is too large to keep');
export const savedViewShape = z
  .object({
    id,
    page: z.string(),
    name: z.string(),
    shared: z.boolean(),
    /** Whose view it is; null where that member is gone. */
    memberId: id.nullable(),
    memberName: z.string().nullable(),
    /** Filters, sort and columns, as the page wrote them. */
    state: z.record(z.string(), z.unknown()),
    version,
    can: z.object({ update: z.boolean(), delete: z.boolean(), share: z.boolean() }),
  })
  .meta({ id: 'SavedView' });
export type SavedViewAnswer = z.infer<typeof savedViewShape>;
export const listViews = defineRoute({
  id: 'views.list',
  method: 'GET',
  path: '/api/v1/views',
  summary: 'Your views of a page and those shared with everybody',
  permission: 'settings.read',
  query: z.strictObject({ page: page.optional() }),
  answer: z.object({ items: z.array(savedViewShape), nextCursor: z.null() }),
});
export const createView = defineRoute({
  id: 'views.create',
  method: 'POST',
  path: '/api/v1/views',
  summary: 'Keep how a page is filtered and sorted',
  permission: 'settings.views',
  status: 201,
  body: z.strictObject({ page, name: viewName, shared: z.boolean().default(false), state }),
  answer: savedViewShape,
  problems: { too_many_views: 'A member keeps at most 100 views of a page.' },
});
export const updateView = defineRoute({
  id: 'views.update',
  method: 'PATCH',
  path: '/api/v1/views/{id}',
  summary: 'Change a view',
  permission: 'settings.views',
  params: byId,
  body: z.strictObject({
    version: version.optional(),
    name: viewName.optional(),
    shared: z.boolean().optional(),
    state: state.optional(),
  }),
  answer: savedViewShape,
  problems: { version_conflict: 'Changed since; `current` holds the view as it stands.' },
});
export const deleteView = defineRoute({
  id: 'views.delete',
  method: 'DELETE',
  path: '/api/v1/views/{id}',
  summary: 'Remove a view',
  permission: 'settings.views',
  params: byId,
});

// The audit log -------------------------------------------------------------
export const auditEntry = z
  .object({
    id,
    at: instant,
    by: z.string(),
    memberId: id.nullable(),
    /** How: `session`, `key`, `cli`, `system` … */
    means: z.string(),
    requestId: z.string().nullable(),
    action: z.enum(['insert', 'update', 'delete']),
    /** What kind of thing: `account`, `stakeholder`, `workspace` … */
    what: z.string(),
    rowId: id.nullable(),
    label: z.string().nullable(),
    accountId: id.nullable(),
    accountName: z.string().nullable(),
    changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  })
  .meta({ id: 'AuditEntry' });
export const readAudit = defineRoute({
  id: 'audit.list',
  method: 'GET',
  path: '/api/v1/audit',
  summary: 'Who changed what, newest first',
  permission: 'settings.audit',
  query: z.strictObject({
    what: many(z.string().max(60)),
    memberId: id.optional(),
    rowId: id.optional(),
    accountId: id.optional(),
    action: z.enum(['insert', 'update', 'delete']).optional(),
    /** Days in the workspace's zone, both included. */
    from: day.optional(),
    to: day.optional(),
    ...paging,
  }),
  answer: listOf(auditEntry),
});
