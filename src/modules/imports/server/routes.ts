// The imports room's routes, one line each.
import { route } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
import * as imports from './imports.ts';

export const routes = [
  route(api.listImports, imports.list),
  route(api.createImport, imports.create),
  route(api.getImport, (ctx, { params }) => imports.get(ctx, params.id)),
  route(api.updateImport, imports.update),
  route(api.dryRunImport, (ctx, { params }) => imports.dryRun(ctx, params.id)),
  route(api.applyImport, (ctx, { params }) => imports.apply(ctx, params.id)),
  route(api.cancelImport, (ctx, { params }) => imports.cancel(ctx, params.id)),
  route(api.resumeImport, (ctx, { params }) => imports.resume(ctx, params.id)),
  route(api.undoImport, (ctx, { params }) => imports.undo(ctx, params.id)),
  route(api.importNotes, imports.notes),
  route(api.rejectedRows, imports.rejected),
  route(api.listMappings, imports.mappings),
  route(api.forgetMapping, (ctx, { params }) => imports.forgetMapping(ctx, params.id)),
];
