// DOOR 2 of the revenue room.
import type { ServerModule } from '../../../kernel/server/module.ts';
import '../../../kernel/server/measuring.ts';
import { metrics } from './figures.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';

export const revenue: ServerModule = {
  name: 'revenue',
  routes,
  permissions,
  contributes: { metrics },
};
