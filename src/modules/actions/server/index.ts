// DOOR 2 of the actions room.
import type { Ctx, ServerModule } from '../../../kernel/server/module.ts';
import type { Action } from '../api.ts';
import { create, type NewAction, present } from './actions.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';
import * as store from './store.ts';

export const actions: ServerModule = {
  name: 'actions',
  routes,
  permissions,
  search: { type: 'action', from: 'action_search' },
  contributes: { mergeAccounts: (ctx, from, into) => store.moveAll(ctx.tx, from, into) },
};

/** Adds an action for a room whose rows carry actions; tells its owner. Refuses with 422 as the API does. */
export const addAction = (ctx: Ctx, action: NewAction): Promise<Action> => create(ctx, action);

/** The actions attached to rows of another room (up to 500), as the actor may see them, in their order. */
export async function linkedActions(ctx: Ctx, linkKind: string, linkIds: readonly string[]): Promise<Action[]> {
  if (!linkIds.length) return [];
  const rows = await store.list(ctx.tx, { linkKind, linkId: [...linkIds] }, ctx.today, 'position', null, 500);
  return rows.slice(0, 500).map((r) => present(ctx, r));
}
