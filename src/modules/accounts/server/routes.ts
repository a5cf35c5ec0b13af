// The accounts room's routes, one line each.
import { route } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
import { accountColumnValues, listAccountColumns } from '../api-columns.ts';
import * as accounts from './accounts.ts';
import * as bulk from './bulk.ts';
import * as columns from './columns.ts';
import { timeline } from './timeline.ts';

export const routes = [
  route(api.listAccounts, accounts.list),
  route(api.summariseAccounts, accounts.summary),
  route(api.groupAccounts, accounts.groups),
  route(listAccountColumns, columns.list),
  route(accountColumnValues, columns.values),
  route(api.accountFacets, accounts.facets),
  route(api.getAccount, (ctx, { params }) => accounts.read(ctx, params.id)),
  route(api.createAccount, accounts.create),
  route(api.updateAccount, accounts.update),
  route(api.bulkUpdateAccounts, bulk.bulkUpdate),
  route(api.revertBulkAccounts, bulk.revertBulk),
  route(api.archiveAccount, (ctx, { params }) => accounts.archive(ctx, params.id)),
  route(api.restoreAccount, (ctx, { params }) => accounts.restore(ctx, params.id)),
  route(api.moveAccount, accounts.move),
  route(api.mergeAccounts, bulk.merge),
  route(api.setAccountTeam, accounts.setTeam),
  route(api.accountTree, (ctx, { params }) => accounts.tree(ctx, params.id)),
  route(api.duplicateAccounts, (ctx, { params }) => accounts.duplicates(ctx, params.id)),
  route(api.accountTimeline, timeline),
];
