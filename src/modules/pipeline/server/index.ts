// DOOR 2 of the pipeline room.
import type { ServerModule } from '../../../kernel/server/module.ts';
import { accountColumns } from './account-columns.ts';
import { historyImporter, opportunitiesImporter } from './importers.ts';
import { metrics } from './metrics.ts';
import { create } from './opportunities.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';
import { snapshotSchedule } from './snapshots.ts';
import * as store from './store.ts';
import { moveAll } from './write-store.ts';

export const pipeline: ServerModule = {
  name: 'pipeline',
  routes,
  permissions,
  schedules: [snapshotSchedule],
  search: { type: 'opportunity', from: 'opportunity_search' },
  contributes: {
    mergeAccounts: (ctx, from, into) => moveAll(ctx.tx, from, into),
    names: store.names,
    accountColumns,
    metrics,
    importers: [opportunitiesImporter, historyImporter],
    async opportunityMaker(ctx, o) {
      const made = await create(ctx, {
        accountId: o.accountId,
        name: o.name,
        type: o.type,
        productId: o.productId,
        ...(o.contractId ? { contractId: o.contractId } : {}),
        ...(o.ownerId !== undefined ? { ownerId: o.ownerId } : {}),
        amount: o.amountMinor === null ? null : { amount: o.amountMinor, currency: o.currency },
        currency: o.currency,
        closesOn: o.closesOn,
      });
      return { opportunityId: made.id };
    },
  },
};

export { exportOpportunities } from './exporter.ts';
export { findOf as findOpportunities } from './opportunities.ts';
