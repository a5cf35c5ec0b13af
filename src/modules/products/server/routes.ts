// The products room's routes, one line each.
import { route } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
import * as names from './names.ts';
import * as products from './products.ts';

export const routes = [
  route(api.listProducts, products.list),
  route(api.getProduct, (ctx, { params }) => products.get(ctx, params.id)),
  route(api.createProduct, products.create),
  route(api.updateProduct, products.update),
  route(api.archiveProduct, (ctx, { params }) => products.archive(ctx, params.id)),
  route(api.restoreProduct, (ctx, { params }) => products.restore(ctx, params.id)),
  route(api.addPrice, products.addPrice),
  route(api.updatePrice, products.updatePrice),
  route(api.removePrice, products.removePrice),
  route(api.addAlias, async (ctx, call) => {
    await names.addAlias(ctx, call);
    return products.get(ctx, call.params.id);
  }),
  route(api.removeAlias, async (ctx, call) => {
    await names.removeAlias(ctx, call);
    return products.get(ctx, call.params.id);
  }),
  route(api.listSeries, products.listSeries),
  route(api.createSeries, products.createSeries),
  route(api.updateSeries, products.updateSeries),
  route(api.removeSeries, (ctx, { params }) => products.removeSeries(ctx, params.id)),
  route(api.listUnknown, names.listUnknown),
  route(api.confirmName, names.confirm),
  route(api.dismissName, (ctx, { params }) => names.dismiss(ctx, params.id)),
];
