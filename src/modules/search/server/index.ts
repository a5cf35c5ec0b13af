// DOOR 2 of the search room.
import { type Call, type Ctx, route, type ServerModule } from '../../../kernel/server/module.ts';
import { searchEverything } from '../api.ts';
import { merge } from './rules.ts';

async function find(ctx: Ctx, { query }: Call<typeof searchEverything>) {
  const wanted = query.type && new Set(query.type);
  const hits = [];
  // One after the other: a transaction is one connection, and each room answers from an index.
  for (const room of ctx.services.modules) hits.push(...((await room.search?.(ctx, query.q, query.limit)) ?? []));
  const items = merge(wanted ? hits.filter((h) => wanted.has(h.type)) : hits, query.limit);
  return {
    items: items.map(({ type, id, title, subtitle, accountId }) => ({ type, id, title, subtitle, accountId })),
  };
}

export const search: ServerModule = { name: 'search', routes: [route(searchEverything, find)], permissions: {} };
