// The growth room's contract: the whitespace grid, its cells and units, competitors and what they hold. Money is in api-money.ts.
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
  version,
} from '../../kernel/contract/shapes.ts';

export const STATUSES = ['ours', 'competitor', 'in_house', 'unknown', 'not_eligible'] as const;
export const status = z.enum(STATUSES);
export type Status = z.infer<typeof status>;
export const CONFIDENCES = ['low', 'medium', 'high'] as const;
export const confidence = z.enum(CONFIDENCES);
export type Confidence = z.infer<typeof confidence>;
export const year = z.int().min(2000).max(2200);
export const yearQuery = z.coerce.number().int().min(2000).max(2200);
export const amount = money.refine((m) => m.amount >= 0, 'Not below zero');
const percent = z.number().min(0).max(100);
const minor = z.int().nullable();

// The grid ------------------------------------------------------------------

/** Sums in minor units of the grid's currency. */
const sums = z.object({
  potential: z.int(),
  current: z.int(),
  pipeline: z.int(),
  /** Potential without what is ours and what is in the pipeline, cell by cell never below zero. */
  open: z.int(),
  owned: z.int(),
  eligible: z.int(),
  /** Owned of eligible cells, six places; null: no cell is eligible. */
  penetration: z.string().nullable(),
});
export type Sums = z.infer<typeof sums>;

export const gridUnit = z
  .object({
    accountId: id,
    /** Null: the account itself. */
    unitId: id.nullable(),
    name: z.string(),
    kind: z.enum(['account', 'child', 'unit']),
    depth: z.int(),
    /** Place in `units` of the unit above; null for the account asked for. */
    parent: z.int().nullable(),
    own: sums,
    /** With everything below it. */
    withBelow: sums,
  })
  .meta({ id: 'WhitespaceUnit' });
export const gridProduct = z
  .object({
    id,
    name: z.string(),
    seriesName: z.string().nullable(),
    archived: z.boolean(),
    total: sums,
  })
  .meta({ id: 'WhitespaceProduct' });
/** Amounts are minor units of the grid's currency; null: unknown, never zero in its place. */
export const gridCell = z
  .object({
    /** Null: nobody has said anything of this cell yet. */
    id: id.nullable(),
    /** Places in `units` and `products`. */
    unit: z.int(),
    product: z.int(),
    status,
    /** Ours by what was said, or by the ledger. */
    owned: z.boolean(),
    potential: minor,
    current: minor,
    pipeline: minor,
    open: minor,
    priority: minor,
    competitor: z.string().nullable(),
    incumbentEndsOn: day.nullable(),
    hasNext: z.boolean(),
    opportunityId: id.nullable(),
    version: version.nullable(),
  })
  .meta({ id: 'WhitespaceGridCell' });
export type GridCell = z.infer<typeof gridCell>;
export const grid = z
  .object({
    year: z.int(),
    /** The day of the ledger, the pipeline and the rates. */
    asOf: day,
    currency,
    units: z.array(gridUnit),
    products: z.array(gridProduct),
    /** Cells of which something is known; all others are unknown and eligible. */
    cells: z.array(gridCell),
    total: sums,
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
    /** Years that have cells. */
    years: z.array(z.int()),
    can: z.object({ update: z.boolean() }),
  })
  .meta({ id: 'WhitespaceGrid' });
export type Grid = z.infer<typeof grid>;
export const getGrid = defineRoute({
  id: 'growth.grid',
  method: 'GET',
  path: '/api/v1/growth/grid',
  summary: 'Units × products of an account: who has what, what could be ours; with roll-ups',
  permission: 'growth.read',
  query: z.strictObject({
    accountId: id,
    /** The accounts below it too. */
    withChildren: flag,
    year: yearQuery.optional(),
    seriesId: many(id),
  }),
  answer: grid,
  bulk: true,
  problems: { too_large: 'The grid has more than 200,000 cells: choose a series, or an account further down.' },
});
export const copyGrid = defineRoute({
  id: 'growth.copyGrid',
  method: 'POST',
  path: '/api/v1/growth/grid/copy',
  summary: 'Take the cells of another year over; what stands in the new year stays',
  permission: 'growth.write',
  body: z.strictObject({ accountId: id, withChildren: z.boolean().optional(), from: year, to: year }),
  answer: z.object({ copied: z.int() }),
});

// Cells ---------------------------------------------------------------------

export const cellShape = z
  .object({
    id: id.nullable(),
    accountId: id,
    accountName: z.string(),
    unitId: id.nullable(),
    unitName: z.string().nullable(),
    productId: id,
    productName: z.string(),
    year: z.int(),
    status,
    owned: z.boolean(),
    /** As entered. */
    potential: money.nullable(),
    /** From the ledger; of named units as entered. In the workspace's currency. */
    current: money.nullable(),
    pipeline: money.nullable(),
    open: money.nullable(),
    priority: money.nullable(),
    competitorId: id.nullable(),
    competitorName: z.string().nullable(),
    incumbentEndsOn: day.nullable(),
    fit: z.number().nullable(),
    /** In percent; reckoned from the stakeholders where nobody said otherwise. */
    access: z.number().nullable(),
    accessSaid: z.number().nullable(),
    effort: z.number(),
    confidence: confidence.nullable(),
    source: z.string(),
    nextStep: z.string(),
    opportunityId: id.nullable(),
    version: version.nullable(),
    updatedAt: instant.nullable(),
    /** The same cell in other years. */
    history: z.array(
      z.object({ year: z.int(), status, potential: money.nullable(), competitorName: z.string().nullable() }),
    ),
    can: z.object({ update: z.boolean() }),
  })
  .meta({ id: 'WhitespaceCell' });
export type Cell = z.infer<typeof cellShape>;

const place = { accountId: id, unitId: id.nullable().optional(), productId: id, year };
const cellFields = {
  status: status.optional(),
  potential: amount.nullable().optional(),
  /** Only of named units. */
  current: amount.nullable().optional(),
  competitorId: id.nullable().optional(),
  incumbentEndsOn: day.nullable().optional(),
  fit: percent.nullable().optional(),
  access: percent.nullable().optional(),
  effort: z.number().min(0.1).max(100).nullable().optional(),
  confidence: confidence.nullable().optional(),
  source: z.string().trim().max(500).optional(),
  nextStep: z.string().trim().max(2000).optional(),
};
export const getCell = defineRoute({
  id: 'growth.cell',
  method: 'GET',
  path: '/api/v1/growth/cell',
  summary: 'One cell with what is reckoned for it and how it stood in other years',
  permission: 'growth.read',
  query: z.strictObject({ accountId: id, unitId: id.optional(), productId: id, year: yearQuery }),
  answer: cellShape,
});
export const putCell = defineRoute({
  id: 'growth.putCell',
  method: 'PUT',
  path: '/api/v1/growth/cell',
  summary: 'Write a cell; what is left out stays',
  permission: 'growth.write',
  /** The version that was seen; null: the cell was empty. */
  body: z.strictObject({ ...place, ...cellFields, version: version.nullable() }),
  answer: cellShape,
  problems: { version_conflict: 'Changed since; `current` holds the cell as it stands.' },
});
export const clearCell = defineRoute({
  id: 'growth.clearCell',
  method: 'DELETE',
  path: '/api/v1/growth/cells/{id}',
  summary: 'Forget what was said of a cell',
  permission: 'growth.write',
  params: byId,
});
export const bulkCells = defineRoute({
  id: 'growth.bulkCells',
  method: 'POST',
  path: '/api/v1/growth/cells/bulk',
  summary: 'Change many cells of a year alike; cells that changed since they were seen are left alone and counted',
  permission: 'growth.write',
  body: z.strictObject({
    year,
    cells: z
      .array(
        z.strictObject({
          accountId: id,
          unitId: id.nullable().optional(),
          productId: id,
          version: version.nullable().optional(),
        }),
      )
      .min(1)
      .max(5000),
    change: z.strictObject({
      status: status.optional(),
      potential: amount.nullable().optional(),
      competitorId: id.nullable().optional(),
      incumbentEndsOn: day.nullable().optional(),
      fit: percent.nullable().optional(),
      access: percent.nullable().optional(),
      effort: z.number().min(0.1).max(100).nullable().optional(),
      confidence: confidence.nullable().optional(),
      source: z.string().trim().max(500).optional(),
    }),
  }),
  answer: z.object({ changed: z.int(), conflicts: z.int() }),
});
export const openOpportunity = defineRoute({
  id: 'growth.openOpportunity',
  method: 'POST',
  path: '/api/v1/growth/cells/{id}/opportunity',
  summary: 'Turn a cell into an opportunity, with what is open of its potential',
  permission: 'growth.write',
  status: 201,
  params: byId,
  body: z.strictObject({
    name: name.optional(),
    type: z.enum(['upsell', 'cross_sell', 'new_unit']).optional(),
    closesOn: day,
    amount: amount.nullable().optional(),
    ownerId: id.nullable().optional(),
  }),
  answer: z.object({ opportunityId: id, cell: cellShape }),
  problems: {
    opportunity_open: 'This cell has an open opportunity already.',
    no_pipeline: 'This installation keeps no opportunities.',
  },
});

/** A cell in a list over the portfolio. Amounts in the workspace's currency. */
export const whitespaceItem = z
  .object({
    id,
    accountId: id,
    accountName: z.string(),
    unitId: id.nullable(),
    unitName: z.string().nullable(),
    productId: id,
    productName: z.string(),
    year: z.int(),
    status,
    competitorName: z.string().nullable(),
    incumbentEndsOn: day.nullable(),
    potential: money.nullable(),
    open: money.nullable(),
    priority: money.nullable(),
    nextStep: z.string(),
    opportunityId: id.nullable(),
  })
  .meta({ id: 'WhitespaceItem' });
export type WhitespaceItem = z.infer<typeof whitespaceItem>;
export const listWhitespace = defineRoute({
  id: 'growth.whitespace',
  method: 'GET',
  path: '/api/v1/growth/whitespace',
  summary: 'What is open over all accounts that you see, most worth doing first',
  permission: 'growth.read',
  query: z.strictObject({
    ...paging,
    year: yearQuery.optional(),
    accountId: many(id),
    productId: many(id),
    status: many(status),
  }),
  answer: listOf(whitespaceItem).extend({
    currency,
    asOf: day,
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  }),
});
export const listEnding = defineRoute({
  id: 'growth.ending',
  method: 'GET',
  path: '/api/v1/growth/ending',
  summary: 'Contracts that accounts have with others and that end soon: twelve months, unless said otherwise',
  permission: 'growth.read',
  query: z.strictObject({
    ...paging,
    months: z.coerce.number().int().min(1).max(60).default(12),
    accountId: many(id),
    competitorId: many(id),
  }),
  answer: listOf(whitespaceItem).extend({ from: day, to: day }),
});

// Units and competitors -----------------------------------------------------

export const unitShape = z.object({ id, accountId: id, name: z.string(), position: z.int(), version });
export const createUnit = defineRoute({
  id: 'growth.createUnit',
  method: 'POST',
  path: '/api/v1/growth/units',
  summary: 'Add a unit to an account: a plant, a department',
  permission: 'growth.write',
  status: 201,
  body: z.strictObject({ accountId: id, name, position: z.int().min(0).max(10_000).optional() }),
  answer: unitShape,
  problems: { duplicate_name: 'The account has a unit of this name.' },
});
export const updateUnit = defineRoute({
  id: 'growth.updateUnit',
  method: 'PATCH',
  path: '/api/v1/growth/units/{id}',
  summary: 'Rename or move a unit',
  permission: 'growth.write',
  params: byId,
  body: z.strictObject({
    version: version.optional(),
    name: name.optional(),
    position: z.int().min(0).max(10_000).optional(),
  }),
  answer: unitShape,
  problems: { duplicate_name: 'The account has a unit of this name.', version_conflict: 'Changed since.' },
});
export const removeUnit = defineRoute({
  id: 'growth.removeUnit',
  method: 'DELETE',
  path: '/api/v1/growth/units/{id}',
  summary: 'Remove a unit with its cells',
  permission: 'growth.write',
  params: byId,
});

export const competitorShape = z
  .object({
    id,
    name: z.string(),
    notes: z.string(),
    /** Cells of this year that you see. */
    cells: z.int(),
    version,
  })
  .meta({ id: 'Competitor' });
export type Competitor = z.infer<typeof competitorShape>;
export const listCompetitors = defineRoute({
  id: 'growth.listCompetitors',
  method: 'GET',
  path: '/api/v1/growth/competitors',
  summary: 'Competitors by name, with how much of the grid they hold',
  permission: 'growth.read',
  query: z.strictObject({ ...paging, q: line.optional() }),
  answer: listOf(competitorShape),
});
export const createCompetitor = defineRoute({
  id: 'growth.createCompetitor',
  method: 'POST',
  path: '/api/v1/growth/competitors',
  summary: 'Add a competitor',
  permission: 'growth.write',
  status: 201,
  body: z.strictObject({ name, notes: z.string().max(5000).optional() }),
  answer: competitorShape,
  problems: { duplicate_name: 'There is a competitor of this name.' },
});
export const updateCompetitor = defineRoute({
  id: 'growth.updateCompetitor',
  method: 'PATCH',
  path: '/api/v1/growth/competitors/{id}',
  summary: 'Rename a competitor or change the notes',
  permission: 'growth.write',
  params: byId,
  body: z.strictObject({ version: version.optional(), name: name.optional(), notes: z.string().max(5000).optional() }),
  answer: competitorShape,
  problems: { duplicate_name: 'There is a competitor of this name.', version_conflict: 'Changed since.' },
});
