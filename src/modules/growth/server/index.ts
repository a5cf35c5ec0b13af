// DOOR 2 of the growth room.
import type { ServerModule } from '../../../kernel/server/module.ts';
import '../../../kernel/server/measuring.ts';
import { accountColumns } from './account-columns.ts';
import { mergeAccounts } from './cells-store.ts';
import { metrics } from './figures.ts';
import { expensesImporter, walletImporter } from './import-store.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';

export const growth: ServerModule = {
  name: 'growth',
  routes,
  permissions,
  contributes: {
    accountColumns,
    metrics,
    importers: [expensesImporter, walletImporter],
    mergeAccounts: (ctx, from, into) => mergeAccounts(ctx.tx, from, into),
  },
};
