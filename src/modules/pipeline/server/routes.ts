// The pipeline room's routes, one line each.
import { route } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
import * as closingApi from '../api-closing.ts';
import * as forecastApi from '../api-forecast.ts';
import * as forecast from './forecast.ts';
import * as hindsight from './hindsight.ts';
import * as opportunities from './opportunities.ts';
import * as snapshots from './snapshots.ts';
import * as stages from './stages.ts';
import * as ends from './won-lost.ts';

export const routes = [
  route(api.listStages, stages.list),
  route(api.saveStages, stages.save),
  route(api.listOpportunities, opportunities.list),
  route(api.summariseOpportunities, opportunities.summary),
  route(api.getBoard, opportunities.board),
  route(api.getOpportunity, (ctx, { params }) => opportunities.get(ctx, params.id)),
  route(api.createOpportunity, (ctx, { body }) => opportunities.create(ctx, body)),
  route(api.updateOpportunity, opportunities.update),
  route(api.saveLines, opportunities.saveLines),
  route(api.savePeople, opportunities.savePeople),
  route(closingApi.winOpportunity, ends.win),
  route(closingApi.loseOpportunity, ends.lose),
  route(closingApi.reopenOpportunity, (ctx, { params }) => ends.reopen(ctx, params.id)),
  route(closingApi.archiveOpportunity, (ctx, { params }) => ends.archive(ctx, params.id)),
  route(closingApi.restoreOpportunity, (ctx, { params }) => ends.restore(ctx, params.id)),
  route(closingApi.getHistory, opportunities.what),
  route(closingApi.stageDurations, opportunities.durations),
  route(forecastApi.getForecast, forecast.get),
  route(forecastApi.getForecastAccounts, forecast.accounts),
  route(forecastApi.listPeriods, forecast.periods),
  route(forecastApi.submitForecast, forecast.submit),
  route(forecastApi.callForecast, forecast.callFor),
  route(forecastApi.listCalls, forecast.listCalls),
  route(forecastApi.listSnapshots, snapshots.list),
  route(forecastApi.takeSnapshot, snapshots.takeOne),
  route(forecastApi.restatePeriod, snapshots.restate),
  route(forecastApi.getWaterfall, hindsight.getWaterfall),
  route(forecastApi.getAccuracy, hindsight.getAccuracy),
  route(forecastApi.getCalibration, hindsight.getCalibration),
];
