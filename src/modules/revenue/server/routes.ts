// The revenue room's routes, one line each.
import { route } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
import * as revenue from './revenue.ts';

export const routes = [
  route(api.listLines, revenue.listLines),
  route(api.listInvoices, revenue.listInvoices),
  route(api.listCohorts, revenue.listCohorts),
];
