// DOOR 2 of the exports room.
import { EVERYONE } from '../../../kernel/contract/access.ts';
import { route, type ServerModule } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
import * as use from './exports.ts';
import { everything, lastTaken } from './workspace.ts';

export const exports: ServerModule = {
  name: 'exports',
  routes: [
    route(api.exportAccounts, use.accounts),
    route(api.exportPeople, use.people),
    route(api.exportOpportunities, use.opportunities),
    route(api.exportWorkspace, (ctx) => everything(ctx)),
    route(api.lastWorkspaceExport, (ctx) => lastTaken(ctx)),
  ],
  permissions: {
    // Whoever may read a list may take it along: a file holds nothing that the list does not show.
    'exports.run': EVERYONE,
    'exports.workspace': ['admin'],
  },
};
