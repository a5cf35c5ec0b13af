// DOOR 2 of the stakeholders room.
import type { Ctx, ServerModule } from '../../../kernel/server/module.ts';
import { preferences } from '../../settings/server/index.ts';
import type { Person } from '../api.ts';
import { peopleImporter } from './importer.ts';
import { mergeAccounts } from './merge.ts';
import { metrics } from './metrics.ts';
import { canOf, permissions } from './policy.ts';
import { askerOf, present } from './reading.ts';
import { routes } from './routes.ts';
import * as store from './store.ts';

export const stakeholders: ServerModule = {
  name: 'stakeholders',
  routes,
  permissions,
  search: { type: 'person', from: 'person_search' },
  contributes: { mergeAccounts, names: store.names, importers: [peopleImporter], metrics },
};

/**
 * The people who are at an account now, as far as the actor may know them: at most `limit`, by name. Each carries all its visible
 * accounts; find the one asked for by its id.
 */
export async function peopleAt(ctx: Ctx, accountId: string, limit = 200): Promise<Person[]> {
  const rows = await store.people(ctx.tx, { accountId: [accountId] }, askerOf(ctx), 'name', null, limit - 1);
  const { cadenceDays } = await preferences(ctx.tx);
  return rows.map((r) => present(r, canOf(ctx.actor), cadenceDays));
}

/** The person, if the actor sees them: what rooms above ask before they hang something on one. */
export async function seenPerson(ctx: Ctx, id: string): Promise<{ id: string; name: string } | null> {
  const [row] = await store.seen(ctx.tx, [id]);
  return row ?? null;
}

export { exportPeople } from './exporter.ts';
export { coverage } from './reading.ts';
export { cadenceOf, coverageOf } from './rules.ts';
