// DOOR 2 of the products room.
import type { Tx } from '../../../kernel/server/database.ts';
import type { ServerModule } from '../../../kernel/server/module.ts';
import type { Price } from '../api.ts';
import { productsImporter, withSeries } from './importer.ts';
import { relinkAll } from './names.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';
import { type CostTerms, deliveryCostOf } from './rules.ts';
import * as store from './store.ts';

export const products: ServerModule = {
  name: 'products',
  routes,
  permissions,
  on: {
    'product.alias_confirmed': {
      async handle(ctx, event) {
        if (event.rowId && typeof event.payload.name === 'string')
          await relinkAll(ctx, event.payload.name, event.rowId);
      },
    },
  },
  search: { type: 'product', from: 'product_search' },
  contributes: { importers: [productsImporter] },
};

export type SeenProduct = {
  id: string;
  name: string;
  kind: 'recurring' | 'one_off';
  unitName: string;
  archivedAt: string | null;
};

/** The product, if there is one. */
export async function seenProduct(tx: Tx, id: string): Promise<SeenProduct | null> {
  const r = await store.product(tx, id);
  return r ? { id: r.id, name: r.name, kind: r.kind, unitName: r.unit_name, archivedAt: r.archived_at } : null;
}

/** Of these ids those that are no product: what a room asks before it stores them. */
export async function unknownProducts(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const known = new Set((await store.costs(tx, ids)).map((r) => r.id));
  return ids.filter((id) => !known.has(id));
}

/** The list prices of products on a day, per currency and billing. */
export const listPricesOn = (
  tx: Tx,
  ids: readonly string[],
  on: string,
): Promise<{ productId: string; billing: Price['billing']; amount: number; currency: string }[]> =>
  store.listPrices(tx, ids, on);

/** What delivering products costs, product by product; all products without a list. Reckon with `deliveryCostOf`. */
export async function deliveryCosts(tx: Tx, ids: readonly string[] | null = null): Promise<Map<string, CostTerms>> {
  const rows = await store.costs(tx, ids);
  return new Map(
    rows.map((r) => [
      r.id,
      {
        kind: r.kind,
        share: r.share,
        perUnit: r.amount !== null && r.currency !== null ? { amount: r.amount, currency: r.currency } : null,
      },
    ]),
  );
}

export {
  type ProductColumns,
  productRefKey,
  productsSeen,
  remarkUnknownProducts,
  resolveProductRefs,
} from './refs-store.ts';
export { resolveSeries } from './series-refs-store.ts';
export { type CostTerms, deliveryCostOf, withSeries };
