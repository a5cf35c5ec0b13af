// The use cases of the documents room: one verb each.

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { newId } from '../../../kernel/contract/ids.ts';
import { conflict, forbidden, invalid, notFound, Problem, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx, FileAnswer, Upload } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import { seenAccount } from '../../accounts/server/index.ts';
import type { Document, DocumentVersion } from '../api.ts';
import * as api from '../api.ts';
import { canOf, mayWrite } from './policy.ts';
import { HEAD_BYTES, showingOf, shownAs, tagsFrom, titleFrom, typeOf } from './rules.ts';
import * as store from './store.ts';

const presentVersion = (r: store.VersionRow): DocumentVersion => ({
  id: r.version_id,
  number: r.number,
  fileName: r.file_name,
  type: r.type,
  bytes: r.bytes,
  sha256: r.file_key,
  note: r.note,
  uploadedById: r.uploaded_by,
  uploadedByName: r.uploaded_by_name,
  createdAt: r.uploaded_at,
});

const present = (ctx: Ctx, r: store.DocumentRow): Document => ({
  id: r.id,
  title: r.title,
  accountId: r.account_id,
  accountName: r.account_name,
  linkKind: r.link_kind,
  linkId: r.link_id,
  tags: r.tags,
  current: presentVersion(r),
  version: r.version,
  createdAt: r.created_at,
  updatedAt: r.updated_at,
  archivedAt: r.archived_at,
  can: canOf(ctx.actor, r.account_id),
});

export async function list(ctx: Ctx, { query }: Call<typeof api.listDocuments>) {
  const { limit, cursor, ...find } = query;
  const rows = await store.list(ctx.tx, find, decodeCursor('documents', cursor, 2), limit);
  const { items, nextCursor } = page(rows, limit, (r) => encodeCursor('documents', [r.sort_key, r.id]));
  return { items: items.map((r) => present(ctx, r)), nextCursor };
}

async function seen(ctx: Ctx, id: string): Promise<store.DocumentRow> {
  const row = await store.document(ctx.tx, id);
  if (!row) throw notFound('document');
  return row;
}

/** The document for a change: seen first, so that a stranger learns nothing, then allowed. */
async function mine(ctx: Ctx, id: string): Promise<store.DocumentRow> {
  const row = await seen(ctx, id);
  if (!mayWrite(ctx.actor, row.account_id))
    throw forbidden('Only an admin or a head changes documents of the whole workspace.');
  return row;
}

export const get = async (ctx: Ctx, id: string): Promise<Document> => present(ctx, await seen(ctx, id));

/** Moves the one uploaded file into the file store and finds out what it is. */
async function take(ctx: Ctx, uploads: Upload[], note: string | undefined): Promise<store.NewVersion> {
  const [upload] = uploads;
  if (!upload || uploads.length !== 1) throw invalid({ field: 'file', message: 'Send one file a document' });
  if (upload.bytes > api.MAX_BYTES) throw new Problem(413, 'too_large', 'Documents may have up to 100 MB.');
  if (upload.bytes === 0) throw invalid({ field: 'file', message: 'This file is empty' });
  const handle = await open(upload.path);
  const head = Buffer.alloc(Math.min(HEAD_BYTES, upload.bytes));
  try {
    await handle.read(head, 0, head.length, 0);
  } finally {
    await handle.close();
  }
  const stored = await ctx.services.files.put(createReadStream(upload.path), { maxBytes: api.MAX_BYTES });
  return {
    file_key: stored.key,
    file_name: upload.fileName,
    type: typeOf(head, upload.fileName),
    bytes: stored.bytes,
    note: note ?? '',
  };
}

export async function upload(ctx: Ctx, { body, uploads }: Call<typeof api.uploadDocument>): Promise<Document> {
  const accountId = body.accountId ?? null;
  if (!mayWrite(ctx.actor, accountId))
    throw forbidden('Only an admin or a head adds documents of the whole workspace. Choose an account.');
  if ((body.linkKind === undefined) !== (body.linkId === undefined))
    throw invalid({ field: body.linkKind ? 'linkId' : 'linkKind', message: 'Send linkKind and linkId together' });
  if (body.linkId && !accountId)
    throw invalid({ field: 'accountId', message: 'Say at which account; it decides who sees the document' });
  if (accountId && !(await seenAccount(ctx.tx, accountId)))
    throw invalid({ field: 'accountId', message: 'There is no such account' });
  const tags = tagsFrom(body.tags ?? '');
  if (tags.length > 30 || tags.some((t) => t.length > 50))
    throw invalid({ field: 'tags', message: 'Up to 30 tags of up to 50 characters' });
  const file = await take(ctx, uploads, body.note);
  const id = newId(ctx.now.getTime());
  await store.insert(
    ctx.tx,
    ctx.actor.workspaceId,
    ctx.actor.memberId,
    {
      id,
      account_id: accountId,
      link_kind: body.linkKind ?? null,
      link_id: body.linkId ?? null,
      title: body.title ?? titleFrom(file.file_name),
      tags,
    },
    file,
  );
  await ctx.emit({ type: 'document.added', accountId, rowId: id });
  return get(ctx, id);
}

export async function addVersion(
  ctx: Ctx,
  { params, body, uploads }: Call<typeof api.addDocumentVersion>,
): Promise<Document> {
  const before = await mine(ctx, params.id);
  if (before.archived_at) throw conflict('archived', 'This document is archived. Restore it first.');
  const file = await take(ctx, uploads, body.note);
  // The same content again is no new version.
  if (file.file_key === before.file_key && file.file_name === before.file_name) return present(ctx, before);
  await store.addVersion(ctx.tx, ctx.actor.workspaceId, ctx.actor.memberId, params.id, file);
  await ctx.emit({ type: 'document.versioned', accountId: before.account_id, rowId: params.id });
  return get(ctx, params.id);
}

export async function versions(ctx: Ctx, { params, query }: Call<typeof api.listDocumentVersions>) {
  await seen(ctx, params.id);
  const after = decodeCursor('document-versions', query.cursor, 1);
  const rows = await store.versions(ctx.tx, params.id, {
    ...(after ? { before: after[0] } : {}),
    limit: query.limit + 1,
  });
  const { items, nextCursor } = page(rows, query.limit, (r) => encodeCursor('document-versions', [r.number]));
  return { items: items.map(presentVersion), nextCursor };
}

export async function update(ctx: Ctx, { params, body, ifMatch }: Call<typeof api.updateDocument>): Promise<Document> {
  const before = await mine(ctx, params.id);
  const change = {
    ...(body.title !== undefined ? { title: body.title } : {}),
    ...(body.tags !== undefined ? { tags: tagsFrom(body.tags.join(',')) } : {}),
  };
  if (!(await store.update(ctx.tx, ctx.actor.workspaceId, params.id, body.version ?? ifMatch ?? null, change)))
    throw staleVersion('document', await get(ctx, params.id));
  await ctx.emit({ type: 'document.updated', accountId: before.account_id, rowId: params.id });
  return get(ctx, params.id);
}

async function setArchived(ctx: Ctx, id: string, archivedAt: string | null): Promise<Document> {
  const before = await mine(ctx, id);
  if ((before.archived_at === null) === (archivedAt === null)) return present(ctx, before);
  await store.update(ctx.tx, ctx.actor.workspaceId, id, null, { archived_at: archivedAt });
  await ctx.emit({
    type: archivedAt ? 'document.archived' : 'document.restored',
    accountId: before.account_id,
    rowId: id,
  });
  return get(ctx, id);
}
export const archive = (ctx: Ctx, id: string) => setArchived(ctx, id, ctx.now.toISOString());
export const restore = (ctx: Ctx, id: string) => setArchived(ctx, id, null);

async function versionOf(ctx: Ctx, id: string, number: number | undefined): Promise<store.VersionRow> {
  const row = await seen(ctx, id);
  if (number === undefined || number === row.number) return row;
  const [found] = await store.versions(ctx.tx, id, { number, limit: 1 });
  if (!found) throw notFound('version of this document');
  return found;
}

export async function download(ctx: Ctx, { params, query }: Call<typeof api.downloadDocument>): Promise<FileAnswer> {
  const row = await versionOf(ctx, params.id, query.number);
  const { files } = ctx.services;
  const length = await files.size(row.file_key).catch(() => {
    throw new Problem(
      410,
      'file_lost',
      'The file of this version is not in the data folder. Restore it from a backup.',
    );
  });
  const inline = query.inline === true && showingOf(row.type) !== 'none';
  return {
    stream: files.read(row.file_key),
    type: inline ? shownAs(row.type) : 'application/octet-stream',
    fileName: row.file_name,
    inline,
    length,
  };
}

const TEXT_CHARACTERS = 20_000;

export async function preview(ctx: Ctx, { params, query }: Call<typeof api.previewDocument>) {
  const row = await versionOf(ctx, params.id, query.number);
  const kind = showingOf(row.type);
  let text: string | null = null;
  let cut = false;
  if (kind === 'text') {
    const chunks: Buffer[] = [];
    // Four bytes a character at most; a character cut in two at the end falls away below.
    for await (const chunk of createReadStream(ctx.services.files.pathOf(row.file_key), { end: TEXT_CHARACTERS * 4 }))
      chunks.push(chunk as Buffer);
    const whole = new TextDecoder().decode(Buffer.concat(chunks), { stream: true });
    text = whole.slice(0, TEXT_CHARACTERS);
    cut = whole.length > TEXT_CHARACTERS;
  }
  return {
    kind,
    type: row.type,
    fileName: row.file_name,
    bytes: row.bytes,
    number: row.number,
    url: kind === 'none' ? null : `/api/v1/documents/${params.id}/download?inline=true&number=${row.number}`,
    text,
    cut,
  };
}
