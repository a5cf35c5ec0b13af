// The use cases of names: other names of a product, and names in files of which a person says once what they mean.
import { newId } from '../../../kernel/contract/ids.ts';
import { conflict, invalid, notFound } from '../../../kernel/contract/problem.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import { type Call, type Ctx, contributions, type Services } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import type * as api from '../api.ts';
import type { UnknownName } from '../api.ts';
import * as store from './names-store.ts';
import { mayWrite } from './policy.ts';
import { product } from './store.ts';

declare module '../../../kernel/server/module.ts' {
  interface Contributions {
    /**
     * Gives the product to the room's rows that came with this name and have none (`product_id is null and
     * product_key(<name column>) = product_key(name)`); answers how many. May run twice.
     */
    relinkProducts?: (tx: Tx, name: string, productId: string) => Promise<number>;
  }
}

const present = (r: store.UnknownRow): UnknownName => ({
  id: r.id,
  name: r.name,
  seen: r.seen,
  suggestion: r.suggestion_id && r.suggestion_name ? { id: r.suggestion_id, name: r.suggestion_name } : null,
  dismissedAt: r.dismissed_at,
  lastSeenAt: r.last_seen_at,
});

/** From now on this name is the product: nobody is asked about it again, and the rows that have it get the product. */
export async function linkRows(ctx: Ctx, name: string, productId: string): Promise<number> {
  await store.settle(ctx.tx, name);
  return relink(ctx.tx, ctx.services, name, productId);
}

/** Rows of all rooms that came with this name and have no product get this one; answers how many. */
export async function relink(
  tx: Tx,
  services: Pick<Services, 'modules'>,
  name: string,
  productId: string,
): Promise<number> {
  let linked = 0;
  for (const relinkOne of contributions(services.modules, 'relinkProducts'))
    linked += await relinkOne(tx, name, productId);
  return linked;
}

/** Under the system's rights: rows that the person who confirmed does not see get the product as well. */
export async function relinkAll(ctx: Ctx, name: string, productId: string): Promise<void> {
  if (await product(ctx.tx, productId)) await relink(ctx.tx, ctx.services, name, productId);
}

async function remember(ctx: Ctx, name: string, productId: string): Promise<number> {
  const has = await store.productNamed(ctx.tx, name);
  if (has && has.id !== productId) throw conflict('duplicate_name', `“${has.name}” has this name already.`);
  if (!has)
    await store.insertAlias(ctx.tx, ctx.actor.workspaceId, {
      id: newId(ctx.now.getTime()),
      product_id: productId,
      name,
      created_by: ctx.actor.memberId,
    });
  const linked = await linkRows(ctx, name, productId);
  await ctx.emit({ type: 'product.alias_confirmed', rowId: productId, payload: { name } });
  return linked;
}

async function seenProduct(ctx: Ctx, id: string) {
  const row = await product(ctx.tx, id);
  if (!row) throw notFound('product');
  return row;
}

export async function addAlias(ctx: Ctx, { params, body }: Call<typeof api.addAlias>): Promise<void> {
  const row = await seenProduct(ctx, params.id);
  if ((await store.productNamed(ctx.tx, body.name))?.id === row.id)
    throw conflict('duplicate_name', 'The product has this name already.');
  await remember(ctx, body.name, row.id);
}

export async function removeAlias(ctx: Ctx, { params }: Call<typeof api.removeAlias>): Promise<void> {
  await seenProduct(ctx, params.id);
  if (!(await store.deleteAlias(ctx.tx, params.id, params.aliasId))) throw notFound('name');
  await ctx.emit({ type: 'product.updated', rowId: params.id });
}

export async function listUnknown(ctx: Ctx, { query }: Call<typeof api.listUnknown>) {
  const { limit, cursor, ...find } = query;
  const scope = `product-names ${find.dismissed ? 'dismissed' : 'open'}`;
  const rows = await store.listUnknown(ctx.tx, find, decodeCursor(scope, cursor, 2), limit);
  const { items, nextCursor } = page(rows, limit, (r) => encodeCursor(scope, [-r.seen, r.id]));
  return { items: items.map(present), nextCursor, can: { confirm: mayWrite(ctx.actor) } };
}

async function waiting(ctx: Ctx, id: string): Promise<store.UnknownRow> {
  const row = await store.unknownName(ctx.tx, id);
  if (!row) throw notFound('name');
  return row;
}

export async function confirm(ctx: Ctx, { params, body }: Call<typeof api.confirmName>) {
  const name = await waiting(ctx, params.id);
  const productId = body.productId ?? name.suggestion_id;
  if (!productId) throw conflict('no_suggestion', 'Nothing is suggested for this name. Choose the product.');
  const row = await product(ctx.tx, productId);
  if (!row) throw invalid({ field: 'productId', message: 'There is no such product' });
  const linked = await remember(ctx, name.name, row.id);
  return { productId: row.id, productName: row.name, alias: name.name, linked };
}

export async function dismiss(ctx: Ctx, id: string): Promise<undefined> {
  await waiting(ctx, id);
  await store.dismiss(ctx.tx, id);
  await ctx.emit({ type: 'product.name_dismissed', rowId: id });
}
