// The actions room's routes, one line each.
import { route } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
import * as actions from './actions.ts';

export const routes = [
  route(api.listActions, actions.list),
  route(api.summariseActions, actions.summary),
  route(api.getAction, (ctx, { params }) => actions.get(ctx, params.id)),
  route(api.createAction, (ctx, { body }) => actions.create(ctx, body)),
  route(api.updateAction, actions.update),
  route(api.doAction, (ctx, { params }) => actions.done(ctx, params.id)),
  route(api.reopenAction, (ctx, { params }) => actions.reopen(ctx, params.id)),
  route(api.dropAction, (ctx, { params }) => actions.drop(ctx, params.id)),
  route(api.bulkDone, (ctx, { body }) => actions.bulkDone(ctx, body.ids)),
  route(api.bulkReopen, (ctx, { body }) => actions.bulkReopen(ctx, body.ids)),
];
