// DOOR 2 of the search room.
import { type Call, type Ctx, route, type SearchPart, type ServerModule } from '../../../kernel/server/module.ts';
import { searchEverything } from '../api.ts';
import { add, nextReading, type Reading } from './rules.ts';
import * as store from './store.ts';

// Gathered once: the rooms do not change while the building stands.
const gathered = new WeakMap<readonly ServerModule[], readonly SearchPart[]>();
function partsOf(modules: readonly ServerModule[]): readonly SearchPart[] {
  let parts = gathered.get(modules);
  if (!parts) {
    parts = modules.flatMap((m) => m.search ?? []);
    gathered.set(modules, parts);
  }
  return parts;
}

async function find(ctx: Ctx, { query }: Call<typeof searchEverything>) {
  const parts = partsOf(ctx.services.modules);
  const types = parts.map((p) => p.type).filter((t) => !query.type || query.type.includes(t));
  let hits: store.Hit[] = [];
  for (let reading: Reading | null = 'typed'; reading; reading = nextReading(reading, hits))
    hits = add(hits, await store.find(ctx.tx, parts, types, query.q, query.limit, reading), query.limit);
  return {
    items: hits.map(({ type, id, title, subtitle, account_id: accountId }) => ({
      type,
      id,
      title,
      subtitle,
      accountId,
    })),
  };
}

export const search: ServerModule = { name: 'search', routes: [route(searchEverything, find)], permissions: {} };
