// DOOR 2 of the exports room.
import { EVERYONE } from '../../../kernel/contract/access.ts';
import { route, type ServerModule } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
import * as use from './exports.ts';

export const exports: ServerModule = {
  name: 'exports',
  routes: [route(api.exportAccounts, use.accounts), route(api.exportPeople, use.people)],
  // Whoever may read a list may take it along: a file holds nothing that the list does not show.
  permissions: { 'exports.run': EVERYONE },
};
