// The documents room's routes, one line each.
import { route } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
import * as documents from './documents.ts';

export const routes = [
  route(api.listDocuments, documents.list),
  route(api.getDocument, (ctx, { params }) => documents.get(ctx, params.id)),
  route(api.uploadDocument, documents.upload),
  route(api.addDocumentVersion, documents.addVersion),
  route(api.listDocumentVersions, documents.versions),
  route(api.updateDocument, documents.update),
  route(api.archiveDocument, (ctx, { params }) => documents.archive(ctx, params.id)),
  route(api.restoreDocument, (ctx, { params }) => documents.restore(ctx, params.id)),
  route(api.downloadDocument, documents.download),
  route(api.previewDocument, documents.preview),
];
