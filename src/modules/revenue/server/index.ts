// DOOR 2 of the revenue room.
import type { Ctx, DeliveredEvent, ServerModule } from '../../../kernel/server/module.ts';
import '../../../kernel/server/closing.ts';
import '../../../kernel/server/measuring.ts';
import '../../contracts/server/index.ts';
import { followChoice, keepArrOf } from './arr.ts';
import { metrics, retentionOf } from './figures.ts';
import { cohortMetrics } from './figures-cohorts.ts';
import { importers } from './importers-store.ts';
import { besidesContracts, currencies } from './ledger-store.ts';
import { byProduct, once } from './lines-store.ts';
import { moveRevenue, relinkProducts } from './moving-store.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';
import { snapshotSchedule } from './snapshots.ts';

/** Changes of a contract change what its account pays; without an account, those of several. */
const follow = (ctx: Ctx, event: DeliveredEvent): Promise<void> => keepArrOf(ctx, event.accountId);

export const revenue: ServerModule = {
  name: 'revenue',
  routes,
  permissions,
  schedules: [snapshotSchedule],
  on: {
    'contract.created': { handle: follow },
    'contract.changed': { handle: follow },
    'contract.amended': { handle: follow },
    'contract.cancelled': { handle: follow },
    'renewal.decided': { handle: follow },
    'workspace.updated': { handle: followChoice },
  },
  contributes: {
    metrics: [...metrics, ...cohortMetrics],
    importers,
    relinkProducts,
    currentRevenue: (ctx, accountIds, on) => byProduct(ctx.tx, accountIds, on),
    onceRevenue: (ctx, accountIds, from, to) => once(ctx.tx, accountIds, from, to),
    retentionAssumption: (ctx) => retentionOf(ctx),
    recurringBesides: { currencies, rows: besidesContracts },
    async mergeAccounts(ctx, from, into) {
      await moveRevenue(ctx.tx, from, into);
      await keepArrOf(ctx, into);
    },
  },
};
