// DOOR 2 of the plans room.
import type { ServerModule } from '../../../kernel/server/module.ts';
import { followRenewal } from './plans.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';
import { movePlans } from './store.ts';

export const plans: ServerModule = {
  name: 'plans',
  routes,
  permissions,
  on: {
    'account.updated': {
      wants: ({ accountId, payload }) =>
        accountId !== null && (!Array.isArray(payload.changed) || payload.changed.includes('renewalOn')),
      handle: (ctx, event) => followRenewal(ctx, event.accountId!),
    },
  },
  contributes: { mergeAccounts: (ctx, from, into) => movePlans(ctx.tx, from, into) },
};
