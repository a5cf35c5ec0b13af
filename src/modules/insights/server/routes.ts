// The insights room's routes, one line each.
import { route } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
import * as insights from './insights.ts';

export const routes = [
  route(api.listMetrics, insights.list),
  route(api.getMetric, insights.get),
  route(api.explainMetric, insights.explain),
  route(api.listVersions, insights.listVersions),
];
