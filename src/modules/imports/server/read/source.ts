// Bytes by range and by chunk, from a path or from memory, so that readers never load a whole file.
import { open, stat } from 'node:fs/promises';
import { UnreadableFile } from './problem.ts';

export type ByteSource = {
  name: string;
  size: number;
  read(offset: number, length: number): Promise<Buffer>;
  /** A chunk holds its bytes only until the next one is asked for. */
  chunks(from?: number, to?: number): AsyncGenerator<Buffer>;
};

const chunkBytes = 64 * 1024;

/** Nothing stays open between calls, so a source needs no closing. */
export async function openSource(file: string | Uint8Array, name: string): Promise<ByteSource> {
  if (typeof file !== 'string') return fromMemory(Buffer.from(file.buffer, file.byteOffset, file.byteLength), name);
  const info = await stat(file);
  if (!info.isFile()) throw new UnreadableFile('not_a_table', `${name} is not a file.`);
  return fromPath(file, name, info.size);
}

function fromMemory(bytes: Buffer, name: string): ByteSource {
  return {
    name,
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
    async *chunks(from = 0, to = bytes.length) {
      for (let at = from; at < to; at += chunkBytes) yield bytes.subarray(at, Math.min(to, at + chunkBytes));
    },
  };
}

function fromPath(path: string, name: string, size: number): ByteSource {
  return {
    name,
    size,
    async read(offset, length) {
      const handle = await open(path, 'r');
      try {
        const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
    async *chunks(from = 0, to = size) {
      const handle = await open(path, 'r');
      try {
        const buffer = Buffer.allocUnsafeSlow(chunkBytes);
        let at = from;
        while (at < to) {
          const { bytesRead } = await handle.read(buffer, 0, Math.min(chunkBytes, to - at), at);
          if (bytesRead === 0) return;
          at += bytesRead;
          yield buffer.subarray(0, bytesRead);
        }
      } finally {
        await handle.close();
      }
    },
  };
}
