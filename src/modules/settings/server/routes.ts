// The settings room's routes, one line each.
import { route } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
import * as audit from './audit.ts';
import * as fields from './fields.ts';
import * as rates from './rates.ts';
import * as views from './views.ts';
import * as workspace from './workspace.ts';

export const routes = [
  route(api.getWorkspace, workspace.get),
  route(api.updateWorkspace, workspace.update),
  route(api.listRates, rates.list),
  route(api.latestRates, rates.latest),
  route(api.convertMoney, rates.convertMoney),
  route(api.putRate, rates.put),
  route(api.deleteRate, rates.remove),
  route(api.importRates, rates.upload),
  route(api.listFields, fields.list),
  route(api.createField, fields.create),
  route(api.updateField, fields.update),
  route(api.archiveField, (ctx, { params }) => fields.archive(ctx, params.id)),
  route(api.restoreField, (ctx, { params }) => fields.restore(ctx, params.id)),
  route(api.reorderFields, fields.reorder),
  route(api.listViews, views.list),
  route(api.createView, views.create),
  route(api.updateView, views.update),
  route(api.deleteView, (ctx, { params }) => views.remove(ctx, params.id)),
  route(api.readAudit, audit.list),
];
