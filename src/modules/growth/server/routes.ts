// The growth room's routes, one line each.
import { route } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
import * as moneyApi from '../api-money.ts';
import * as cells from './cells.ts';
import * as costs from './costs.ts';
import * as grid from './grid.ts';
import * as units from './units.ts';
import * as wallet from './wallet.ts';

export const routes = [
  route(api.getGrid, grid.grid),
  route(api.copyGrid, grid.copy),
  route(api.getCell, cells.get),
  route(api.putCell, cells.put),
  route(api.clearCell, (ctx, { params }) => cells.clear(ctx, params.id)),
  route(api.bulkCells, cells.bulk),
  route(api.openOpportunity, cells.openOpportunity),
  route(api.listWhitespace, cells.whitespace),
  route(api.listEnding, cells.ending),
  route(api.createUnit, units.createUnit),
  route(api.updateUnit, units.updateUnit),
  route(api.removeUnit, (ctx, { params }) => units.removeUnit(ctx, params.id)),
  route(api.listCompetitors, units.listCompetitors),
  route(api.createCompetitor, units.createCompetitor),
  route(api.updateCompetitor, units.updateCompetitor),
  route(moneyApi.getWallet, wallet.get),
  route(moneyApi.addEstimate, wallet.add),
  route(moneyApi.updateEstimate, wallet.update),
  route(moneyApi.removeEstimate, (ctx, { params }) => wallet.remove(ctx, params.id)),
  route(moneyApi.listExpenses, costs.list),
  route(moneyApi.addExpense, costs.add),
  route(moneyApi.updateExpense, costs.update),
  route(moneyApi.removeExpense, (ctx, { params }) => costs.remove(ctx, params.id)),
  route(moneyApi.listBudgets, costs.budgets),
  route(moneyApi.putBudget, costs.putBudget),
  route(moneyApi.getPnl, costs.pnl),
];
