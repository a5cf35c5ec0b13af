// Takes the parts of a multipart request to disk before the transaction opens, so that no slow upload holds a connection.

import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { invalid, Problem } from '../contract/problem.ts';
import type { Files } from './files.ts';
import type { Upload } from './module.ts';

/** Every file part, written to a temporary path; text parts come with each file. The paths vanish once the answer is out. */
export async function takeUploads(request: FastifyRequest, reply: FastifyReply, files: Files): Promise<Upload[]> {
  if (!request.isMultipart()) throw new Problem(415, 'media_type', 'Send the file as multipart/form-data.');
  const uploads: Upload[] = [];
  const fields: Record<string, string> = {};
  const paths: string[] = [];
  // Of the answer, not of the request: a request is closed as soon as its body is read, before anybody used the files.
  reply.raw.on('close', () => void Promise.all(paths.map((p) => rm(p, { force: true }))));
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      fields[part.fieldname] = String(part.value);
      continue;
    }
    const path = await files.temporary();
    paths.push(path);
    await pipeline(part.file, createWriteStream(path, { mode: 0o600 }));
    if (part.file.truncated) throw new Problem(413, 'too_large', 'Files may have up to 512 MB.');
    uploads.push({ fileName: cleanName(part.filename), type: part.mimetype, path, bytes: part.file.bytesRead, fields });
  }
  if (!uploads.length) throw invalid({ field: 'file', message: 'Choose a file' });
  return uploads;
}

/** The last part of the name, without control characters; never a path. */
export function cleanName(name: string | undefined): string {
  const last = (name ?? '').split(/[\\/]/).at(-1) ?? '';
  return (
    last
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .trim()
      .slice(0, 200) || 'file'
  );
}
