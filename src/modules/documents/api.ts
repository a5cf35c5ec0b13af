// The documents room's contract: attach, versions, rename, archive, preview, download.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import { byId, day, flag, id, instant, listOf, many, paging, version } from '../../kernel/contract/shapes.ts';

/** The largest document, in bytes. */
export const MAX_BYTES = 100_000_000;

const title = z.string().trim().min(1, 'Required').max(300);
const tag = z.string().trim().min(1).max(50);
const linkKind = z.string().regex(/^[a-z][a-z_]{0,39}$/, 'Use a word such as plan or person');
const note = z.string().trim().max(2000);

export const versionShape = z
  .object({
    id,
    number: z.number().int(),
    fileName: z.string(),
    type: z.string(),
    bytes: z.number().int(),
    sha256: z.string(),
    note: z.string(),
    uploadedById: id.nullable(),
    uploadedByName: z.string().nullable(),
    createdAt: instant,
  })
  .meta({ id: 'DocumentVersion' });
export const documentShape = z
  .object({
    id,
    title: z.string(),
    accountId: id.nullable(),
    accountName: z.string().nullable(),
    linkKind: z.string().nullable(),
    linkId: id.nullable(),
    tags: z.array(z.string()),
    current: versionShape,
    version,
    createdAt: instant,
    updatedAt: instant,
    archivedAt: instant.nullable(),
    can: z.object({ update: z.boolean(), archive: z.boolean() }),
  })
  .meta({ id: 'Document' });
export type Document = z.infer<typeof documentShape>;
export type DocumentVersion = z.infer<typeof versionShape>;

export const listDocuments = defineRoute({
  id: 'documents.list',
  method: 'GET',
  path: '/api/v1/documents',
  summary: 'Documents that you may see, last changed first',
  permission: 'documents.read',
  query: z.strictObject({
    ...paging,
    q: z.string().trim().max(100).optional(),
    /** `none`: documents of the whole workspace. */
    accountId: z.union([id, z.literal('none')]).optional(),
    linkKind: linkKind.optional(),
    linkId: id.optional(),
    tag: many(tag),
    uploadedFrom: day.optional(),
    /** Without this, archived documents stay out; `true` shows only them. */
    archived: flag,
  }),
  answer: listOf(documentShape),
});
export const getDocument = defineRoute({
  id: 'documents.get',
  method: 'GET',
  path: '/api/v1/documents/{id}',
  summary: 'One document',
  permission: 'documents.read',
  params: byId,
  answer: documentShape,
});
export const uploadDocument = defineRoute({
  id: 'documents.upload',
  method: 'POST',
  path: '/api/v1/documents',
  summary: 'Attach a file (multipart: `file` and these fields); without an account it belongs to the whole workspace',
  permission: 'documents.write',
  accepts: 'file',
  status: 201,
  body: z.strictObject({
    accountId: id.optional(),
    linkKind: linkKind.optional(),
    linkId: id.optional(),
    /** Without it, the file's name. */
    title: title.optional(),
    /** Separated by commas. */
    tags: z.string().max(500).optional(),
    note: note.optional(),
  }),
  answer: documentShape,
  problems: { too_large: 'Documents may have up to 100 MB.' },
});
export const addDocumentVersion = defineRoute({
  id: 'documents.addVersion',
  method: 'POST',
  path: '/api/v1/documents/{id}/versions',
  summary: 'Upload a newer version (multipart: `file`, `note`)',
  permission: 'documents.write',
  accepts: 'file',
  status: 201,
  params: byId,
  body: z.strictObject({ note: note.optional() }),
  answer: documentShape,
  problems: { too_large: 'Documents may have up to 100 MB.', archived: 'Restore the document first.' },
});
export const listDocumentVersions = defineRoute({
  id: 'documents.versions',
  method: 'GET',
  path: '/api/v1/documents/{id}/versions',
  summary: 'All versions of a document, newest first',
  permission: 'documents.read',
  params: byId,
  query: z.strictObject({ ...paging }),
  answer: listOf(versionShape),
});
export const updateDocument = defineRoute({
  id: 'documents.update',
  method: 'PATCH',
  path: '/api/v1/documents/{id}',
  summary: 'Rename a document or change its tags',
  permission: 'documents.write',
  params: byId,
  body: z.strictObject({ version: version.optional(), title: title.optional(), tags: z.array(tag).max(30).optional() }),
  answer: documentShape,
  problems: { version_conflict: 'Changed since; `current` holds the document as it stands.' },
});
export const archiveDocument = defineRoute({
  id: 'documents.archive',
  method: 'POST',
  path: '/api/v1/documents/{id}/archive',
  summary: 'Put a document away; restore brings it back',
  permission: 'documents.write',
  params: byId,
  answer: documentShape,
});
export const restoreDocument = defineRoute({
  id: 'documents.restore',
  method: 'POST',
  path: '/api/v1/documents/{id}/restore',
  summary: 'Bring an archived document back',
  permission: 'documents.write',
  params: byId,
  answer: documentShape,
});
export const downloadDocument = defineRoute({
  id: 'documents.download',
  method: 'GET',
  path: '/api/v1/documents/{id}/download',
  summary: 'The file: the newest version unless a number is given',
  permission: 'documents.read',
  params: byId,
  query: z.strictObject({
    number: z.coerce.number().int().min(1).max(1_000_000).optional(),
    /** Shown in the browser instead of saved; only for types that cannot do harm. */
    inline: flag,
  }),
  answers: 'stream',
});
export const previewDocument = defineRoute({
  id: 'documents.preview',
  method: 'GET',
  path: '/api/v1/documents/{id}/preview',
  summary: 'How a document can be shown, with the beginning of a text',
  permission: 'documents.read',
  params: byId,
  query: z.strictObject({ number: z.coerce.number().int().min(1).max(1_000_000).optional() }),
  answer: z.object({
    kind: z.enum(['pdf', 'image', 'text', 'none']),
    type: z.string(),
    fileName: z.string(),
    bytes: z.number().int(),
    number: z.number().int(),
    /** Where to fetch it for showing; null when it can only be downloaded. */
    url: z.string().nullable(),
    /** The beginning of a text, up to 20,000 characters. */
    text: z.string().nullable(),
    cut: z.boolean(),
  }),
});
