// The plans room's routes, one line each.
import { route } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
import * as plans from './plans.ts';
import * as versions from './versions.ts';

export const routes = [
  route(api.listPlans, plans.list),
  route(api.getPlan, (ctx, { params }) => plans.get(ctx, params.id)),
  route(api.createPlan, plans.create),
  route(api.updatePlan, plans.update),
  route(api.reviewBlock, plans.review),
  route(api.archivePlan, (ctx, { params }) => plans.archive(ctx, params.id)),
  route(api.restorePlan, (ctx, { params }) => plans.restore(ctx, params.id)),
  route(api.listVersions, versions.list),
  route(api.saveVersion, versions.saveVersion),
  route(api.getVersion, versions.getVersion),
  route(api.signOffVersion, versions.signOff),
  route(api.comparePlan, versions.compare),
  route(api.planHistory, versions.history),
  route(api.planDocument, plans.document),
];
