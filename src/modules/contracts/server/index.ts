// DOOR 2 of the contracts room.
import type { Tx } from '../../../kernel/server/database.ts';
import type { ServerModule } from '../../../kernel/server/module.ts';
import '../../products/server/index.ts';
import { accountColumns } from './account-columns.ts';
import { closeDeal, contractsForDeal } from './closing.ts';
import { keepAccount } from './contracts.ts';
import { nightSchedule, reminderSchedule } from './jobs.ts';
import { metrics } from './metrics.ts';
import { contractMetrics } from './metrics-contract.ts';
import { givenMetrics } from './metrics-given.ts';
import { offerMetrics } from './metrics-offer.ts';
import { openMetrics } from './metrics-open.ts';
import { renewalMetrics } from './metrics-renewal.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';
import { moveAll, namesOf, relinkProducts } from './store/contracts.ts';
import { importers } from './store/importers.ts';
import type { Besides } from './store/offers.ts';

declare module '../../../kernel/server/module.ts' {
  interface Contributions {
    /** Yearly gross retention to reckon lifetime values with, as a decimal text, and where it comes from ("the last twelve months"). */
    retentionAssumption?: (ctx: Ctx, accountId: string) => Promise<{ grr: string; source: string } | null>;
    /** What accounts pay again and again beside contracts: the retention of a quarter is reckoned with it. */
    recurringBesides?: { currencies: (tx: Tx) => Promise<string[]>; rows: Besides };
  }
}

export const contracts: ServerModule = {
  name: 'contracts',
  routes,
  permissions,
  schedules: [nightSchedule, reminderSchedule],
  search: { type: 'contract', from: 'contract_search' },
  contributes: {
    names: namesOf,
    async mergeAccounts(ctx, from, into) {
      await moveAll(ctx.tx, from, into);
      await keepAccount(ctx, into);
    },
    accountColumns,
    dealCloser: closeDeal,
    dealContracts: contractsForDeal,
    importers,
    relinkProducts,
    metrics: [...metrics, ...openMetrics, ...contractMetrics, ...renewalMetrics, ...offerMetrics, ...givenMetrics],
  },
};
