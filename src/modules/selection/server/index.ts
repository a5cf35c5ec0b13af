// DOOR 2 of the selection room.
import type { ServerModule } from '../../../kernel/server/module.ts';
import { moveSelection } from './merge-store.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';

export const selection: ServerModule = {
  name: 'selection',
  routes,
  permissions,
  contributes: { mergeAccounts: (ctx, from, into) => moveSelection(ctx.tx, from, into) },
};
