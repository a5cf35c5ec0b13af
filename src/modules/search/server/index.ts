// DOOR 2 of the search room.
import {
  type Call,
  type Ctx,
  route,
  type SearchHit,
  type SearchPart,
  type ServerModule,
} from '../../../kernel/server/module.ts';
import { searchEverything } from '../api.ts';
import * as store from './store.ts';

// Gathered once: the rooms do not change while the building stands.
const gathered = new WeakMap<readonly ServerModule[], readonly SearchPart[]>();
function partsOf(modules: readonly ServerModule[]): readonly SearchPart[] {
  let parts = gathered.get(modules);
  if (!parts) {
    parts = modules.flatMap((m) => (typeof m.search === 'object' ? [m.search] : []));
    gathered.set(modules, parts);
  }
  return parts;
}

async function find(ctx: Ctx, { query }: Call<typeof searchEverything>) {
  const { modules } = ctx.services;
  const parts = partsOf(modules);
  const types = parts.map((p) => p.type).filter((t) => !query.type || query.type.includes(t));
  const found = await store.find(ctx.tx, parts, types, query.q, query.limit);
  const others: SearchHit[] = [];
  for (const room of modules)
    if (typeof room.search === 'function') others.push(...(await room.search(ctx, query.q, query.limit)));
  return {
    items: [
      ...found.map(({ type, id, title, subtitle, account_id: accountId }) => ({
        type,
        id,
        title,
        subtitle,
        accountId,
      })),
      ...others
        .filter((h) => !query.type || query.type.includes(h.type))
        .map(({ type, id, title, subtitle, accountId }) => ({ type, id, title, subtitle, accountId })),
    ].slice(0, query.limit),
  };
}

export const search: ServerModule = { name: 'search', routes: [route(searchEverything, find)], permissions: {} };
