// Files on local disk, addressed by content. Written whole or not at all.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { newId } from '../contract/ids.ts';
import { Problem } from '../contract/problem.ts';

/** `key` is the SHA-256 of the content; the same content is stored once. */
export type StoredFile = { key: string; bytes: number };

export type Files = {
  root: string;
  /** Streams content in; refuses more than `maxBytes` with 413. */
  put(content: Readable | Uint8Array, options?: { maxBytes?: number }): Promise<StoredFile>;
  read(key: string): Readable;
  size(key: string): Promise<number>;
  pathOf(key: string): string;
  /** A path for work in progress, on the same disk; the caller removes it. */
  temporary(): Promise<string>;
};

const KEY = /^[0-9a-f]{64}$/;

export async function openFiles(root: string): Promise<Files> {
  const temp = path.join(root, 'tmp');
  await mkdir(temp, { recursive: true });
  const pathOf = (key: string) => {
    if (!KEY.test(key)) throw new Error('not a file key');
    return path.join(root, key.slice(0, 2), key);
  };
  return {
    root,
    pathOf,
    async put(content, { maxBytes = 512 * 1024 * 1024 } = {}) {
      const partial = path.join(temp, newId());
      const hash = createHash('sha256');
      let bytes = 0;
      const meter = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          bytes += chunk.length;
          hash.update(chunk);
          if (bytes > maxBytes)
            done(new Problem(413, 'too_large', `Files may have up to ${Math.round(maxBytes / 1024 / 1024)} MB.`));
          else done(null, chunk);
        },
      });
      try {
        await pipeline(
          content instanceof Readable ? content : Readable.from([Buffer.from(content)]),
          meter,
          createWriteStream(partial, { mode: 0o600 }),
        );
        const handle = await open(partial, 'r+');
        await handle.sync();
        await handle.close();
        const key = hash.digest('hex');
        await mkdir(path.dirname(pathOf(key)), { recursive: true });
        await rename(partial, pathOf(key));
        return { key, bytes };
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
    },
    read: (key) => createReadStream(pathOf(key)),
    size: async (key) => (await stat(pathOf(key))).size,
    async temporary() {
      await mkdir(temp, { recursive: true });
      return path.join(temp, newId());
    },
  };
}
