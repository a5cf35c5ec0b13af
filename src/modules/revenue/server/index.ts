// DOOR 2 of the revenue room.
import type { ServerModule } from '../../../kernel/server/module.ts';
import '../../../kernel/server/closing.ts';
import '../../../kernel/server/measuring.ts';
import '../../contracts/server/index.ts';
import { metrics, retentionOf } from './figures.ts';
import { importers } from './importers.ts';
import { byProduct } from './lines-store.ts';
import { moveRevenue, relinkProducts } from './moving-store.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';
import { snapshotSchedule } from './snapshots.ts';

export const revenue: ServerModule = {
  name: 'revenue',
  routes,
  permissions,
  schedules: [snapshotSchedule],
  contributes: {
    metrics,
    importers,
    relinkProducts,
    currentRevenue: (ctx, accountIds, on) => byProduct(ctx.tx, accountIds, on),
    retentionAssumption: (ctx) => retentionOf(ctx),
    mergeAccounts: (ctx, from, into) => moveRevenue(ctx.tx, from, into),
  },
};
