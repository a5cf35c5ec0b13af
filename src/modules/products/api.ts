// The products room's contract: catalogue, series, list prices, cost of delivery, other names, and names that nobody knows yet.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import {
  byId,
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

export const BILLINGS = ['month', 'quarter', 'half_year', 'year', 'once'] as const;
export const billing = z.enum(BILLINGS);
export const KINDS = ['recurring', 'one_off'] as const;
export const productKind = z.enum(KINDS);

const productName = z.string().trim().min(1, 'Required').max(300);
const code = z.string().trim().min(1).max(100);
const unitName = z.string().trim().min(1).max(60);
const description = z.string().max(20_000);
/** A share of what is paid: 0 to 1. */
const share = z.number().min(0).max(1);
const cost = money.refine((m) => m.amount >= 0, 'Not below zero');

export const priceShape = z
  .object({
    id,
    billing,
    /** What one unit costs for one billing period. */
    price: money,
    /** Null: it has always been so. */
    startsOn: day.nullable(),
    /** The last day; null: until further notice. */
    endsOn: day.nullable(),
    version,
  })
  .meta({ id: 'Price' });
export type Price = z.infer<typeof priceShape>;

const facts = {
  id,
  name: z.string(),
  code: z.string().nullable(),
  seriesId: id.nullable(),
  seriesName: z.string().nullable(),
  unitName: z.string(),
  kind: productKind,
  /** What delivery costs: a share of what is paid, or money a unit (and month, for recurring products); both null: unknown. */
  deliveryCostShare: z.number().nullable(),
  deliveryCost: money.nullable(),
  archivedAt: instant.nullable(),
  version,
};
export const productLine = z.object({
  ...facts,
  /** The list prices of today. */
  prices: z.array(z.object({ billing, price: money })),
});
export type ProductLine = z.infer<typeof productLine>;
export const productShape = z
  .object({
    ...facts,
    description: z.string(),
    prices: z.array(priceShape),
    aliases: z.array(z.object({ id, name: z.string() })),
    createdAt: instant,
    updatedAt: instant,
    can: z.object({ update: z.boolean(), archive: z.boolean() }),
  })
  .meta({ id: 'Product' });
export type Product = z.infer<typeof productShape>;

export const listProducts = defineRoute({
  id: 'products.list',
  method: 'GET',
  path: '/api/v1/products',
  summary: 'The catalogue by name',
  permission: 'products.read',
  query: z.strictObject({
    ...paging,
    /** In name, code or another name. */
    q: z.string().trim().max(100).optional(),
    seriesId: many(z.union([id, z.literal('none')])),
    kind: productKind.optional(),
    /** Without it archived products stay out; `true` shows only them. */
    archived: flag,
  }),
  answer: listOf(productLine),
  bulk: true,
});
export const getProduct = defineRoute({
  id: 'products.get',
  method: 'GET',
  path: '/api/v1/products/{id}',
  summary: 'One product with all list prices and names',
  permission: 'products.read',
  params: byId,
  answer: productShape,
});

const writable = {
  name: productName,
  code: code.nullable().optional(),
  seriesId: id.nullable().optional(),
  description: description.optional(),
  unitName: unitName.optional(),
  kind: productKind.optional(),
  deliveryCostShare: share.nullable().optional(),
  deliveryCost: cost.nullable().optional(),
};
const problems = {
  duplicate_name: 'A product that is in use has this name.',
  duplicate_code: 'Another product has this code.',
};
export const createProduct = defineRoute({
  id: 'products.create',
  method: 'POST',
  path: '/api/v1/products',
  summary: 'Add a product; rows of files that wait for its name find it',
  permission: 'products.write',
  status: 201,
  body: z.strictObject(writable),
  answer: productShape,
  problems,
});
export const updateProduct = defineRoute({
  id: 'products.update',
  method: 'PATCH',
  path: '/api/v1/products/{id}',
  summary: 'Change a product',
  permission: 'products.write',
  params: byId,
  body: z.strictObject({ ...writable, name: productName.optional(), version: version.optional() }),
  answer: productShape,
  problems: { ...problems, version_conflict: 'Changed since; `current` holds the product as it stands.' },
});
export const archiveProduct = defineRoute({
  id: 'products.archive',
  method: 'POST',
  path: '/api/v1/products/{id}/archive',
  summary: 'Take a product out of use; contracts keep it, restore brings it back',
  permission: 'products.write',
  params: byId,
  answer: productShape,
});
export const restoreProduct = defineRoute({
  id: 'products.restore',
  method: 'POST',
  path: '/api/v1/products/{id}/restore',
  summary: 'Bring an archived product back',
  permission: 'products.write',
  params: byId,
  answer: productShape,
  problems: { duplicate_name: problems.duplicate_name },
});

const priceProblems = { price_overlaps: 'Another price holds on one of these days.' };
export const addPrice = defineRoute({
  id: 'products.addPrice',
  method: 'POST',
  path: '/api/v1/products/{id}/prices',
  summary: 'Add a list price; with `follows` the price that holds now ends the day before',
  permission: 'products.write',
  status: 201,
  params: byId,
  body: z.strictObject({
    billing,
    price: cost,
    startsOn: day.nullable().optional(),
    endsOn: day.nullable().optional(),
    follows: z.boolean().optional(),
  }),
  answer: productShape,
  problems: priceProblems,
});
const priceParams = z.strictObject({ id, priceId: id });
export const updatePrice = defineRoute({
  id: 'products.updatePrice',
  method: 'PATCH',
  path: '/api/v1/products/{id}/prices/{priceId}',
  summary: 'Change a list price or its days',
  permission: 'products.write',
  params: priceParams,
  body: z.strictObject({
    version: version.optional(),
    price: cost.optional(),
    startsOn: day.nullable().optional(),
    endsOn: day.nullable().optional(),
  }),
  answer: productShape,
  problems: { ...priceProblems, version_conflict: 'Changed since; `current` holds the product as it stands.' },
});
export const removePrice = defineRoute({
  id: 'products.removePrice',
  method: 'DELETE',
  path: '/api/v1/products/{id}/prices/{priceId}',
  summary: 'Remove a list price that was never right',
  permission: 'products.write',
  params: priceParams,
  answer: productShape,
});

export const addAlias = defineRoute({
  id: 'products.addAlias',
  method: 'POST',
  path: '/api/v1/products/{id}/aliases',
  summary: 'Another name under which files know this product',
  permission: 'products.write',
  status: 201,
  params: byId,
  body: z.strictObject({ name: productName }),
  answer: productShape,
  problems: { duplicate_name: 'A product has this name already.' },
});
export const removeAlias = defineRoute({
  id: 'products.removeAlias',
  method: 'DELETE',
  path: '/api/v1/products/{id}/aliases/{aliasId}',
  summary: 'Forget another name; rows that were found by it keep the product',
  permission: 'products.write',
  params: z.strictObject({ id, aliasId: id }),
  answer: productShape,
});

export const seriesShape = z
  .object({
    id,
    name: z.string(),
    description: z.string(),
    products: z.int(),
    version,
  })
  .meta({ id: 'Series' });
export type Series = z.infer<typeof seriesShape>;
export const listSeries = defineRoute({
  id: 'products.listSeries',
  method: 'GET',
  path: '/api/v1/product-series',
  summary: 'All series by name, with how many products in use they have',
  permission: 'products.read',
  answer: z.object({ items: z.array(seriesShape), nextCursor: z.null() }),
});
export const createSeries = defineRoute({
  id: 'products.createSeries',
  method: 'POST',
  path: '/api/v1/product-series',
  summary: 'Add a series',
  permission: 'products.write',
  status: 201,
  body: z.strictObject({ name, description: z.string().max(5000).optional() }),
  answer: seriesShape,
  problems: { duplicate_name: 'Another series has this name.' },
});
export const updateSeries = defineRoute({
  id: 'products.updateSeries',
  method: 'PATCH',
  path: '/api/v1/product-series/{id}',
  summary: 'Rename or describe a series',
  permission: 'products.write',
  params: byId,
  body: z.strictObject({
    version: version.optional(),
    name: name.optional(),
    description: z.string().max(5000).optional(),
  }),
  answer: seriesShape,
  problems: { duplicate_name: 'Another series has this name.', version_conflict: 'Changed since.' },
});
export const removeSeries = defineRoute({
  id: 'products.removeSeries',
  method: 'DELETE',
  path: '/api/v1/product-series/{id}',
  summary: 'Remove a series; its products stay, without series',
  permission: 'products.write',
  params: byId,
});

/** A name from files that no product has. */
export const unknownName = z.object({
  id,
  name: z.string(),
  /** Rows that had it when it was last seen. */
  seen: z.int(),
  suggestion: z.object({ id, name: z.string() }).nullable(),
  dismissedAt: instant.nullable(),
  lastSeenAt: instant,
});
export type UnknownName = z.infer<typeof unknownName>;
export const listUnknown = defineRoute({
  id: 'products.listUnknown',
  method: 'GET',
  path: '/api/v1/product-names',
  summary: 'Names in files that no product has, the most frequent first',
  permission: 'products.read',
  query: z.strictObject({ ...paging, dismissed: flag, q: line.optional() }),
  answer: listOf(unknownName).extend({ can: z.object({ confirm: z.boolean() }) }),
});
export const confirmName = defineRoute({
  id: 'products.confirmName',
  method: 'POST',
  path: '/api/v1/product-names/{id}/confirm',
  summary: 'Say once which product a name means: it is remembered, and rows that have the name get the product',
  permission: 'products.write',
  params: byId,
  /** Without a product the suggested one. */
  body: z.strictObject({ productId: id.optional() }),
  answer: z.object({ productId: id, productName: z.string(), alias: z.string(), linked: z.int() }),
  problems: { no_suggestion: 'Nothing is suggested: choose the product.' },
});
export const dismissName = defineRoute({
  id: 'products.dismissName',
  method: 'POST',
  path: '/api/v1/product-names/{id}/dismiss',
  summary: 'This name is no product; it is not asked about again',
  permission: 'products.write',
  params: byId,
});
