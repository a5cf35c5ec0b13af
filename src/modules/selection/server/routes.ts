// The selection room's routes, one line each.
import { route } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
import * as reviews from './reviews.ts';
import * as selection from './selection.ts';

export const routes = [
  route(api.getModel, selection.model),
  route(api.getLibrary, selection.library),
  route(api.setModel, selection.setModel),
  route(api.listModels, selection.listModels),
  route(api.getMatrix, selection.matrix),
  route(api.scoreAccounts, selection.score),
  route(api.getSelection, (ctx, { params }) => reviews.account(ctx, params.id)),
  route(api.takeReview, reviews.take),
  route(api.listReviews, reviews.list),
  route(api.suggestions, reviews.suggestions),
  route(api.decide, reviews.decide),
  route(api.listDecisions, reviews.decisions),
  route(api.withdrawDecision, (ctx, { params }) => reviews.withdraw(ctx, params.id)),
  route(api.watchList, reviews.watchList),
  route(api.getReadiness, selection.readiness),
  route(api.setReadiness, selection.setReadiness),
];
