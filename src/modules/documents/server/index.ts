// DOOR 2 of the documents room.
import { sweepFiles } from '../../../kernel/server/files-sweep.ts';
import type { ServerModule } from '../../../kernel/server/module.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';
import * as store from './store.ts';

export const documents: ServerModule = {
  name: 'documents',
  routes,
  permissions,
  schedules: [{ name: 'files.sweep', every: 'day', run: async (services) => void (await sweepFiles(services)) }],
  search: { type: 'document', from: 'document_search' },
  contributes: { mergeAccounts: (ctx, from, into) => store.moveAll(ctx.tx, from, into) },
};
