// Reads a zip from disk entry by entry, without unpacking it anywhere; checks size and checksum of what it hands out.
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';

export type ZipEntry = { name: string; bytes: number; packed: number; crc: number; method: number; offset: number };

export type ZipReader = {
  entries: ReadonlyMap<string, ZipEntry>;
  /** The content; ends with an error when it is not what was put in. */
  stream(entry: ZipEntry): Readable;
  /** A small entry as text. */
  text(entry: ZipEntry, maxBytes?: number): Promise<string>;
  close(): Promise<void>;
};

/** The file is not a zip that can be read; the message may be shown. */
export class ZipError extends Error {
  override name = 'ZipError';
}

const broken = (what: string) => new ZipError(`The file is damaged or not a zip: ${what}.`);

export async function openZip(file: string): Promise<ZipReader> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const entries = await directory(handle, size);
    return {
      entries,
      stream: (entry) => Readable.from(content(handle, file, entry, size)),
      async text(entry, maxBytes = 64 * 2 ** 20) {
        if (entry.bytes > maxBytes) throw broken(`${entry.name} is too long`);
        const chunks: Buffer[] = [];
        for await (const chunk of content(handle, file, entry, size)) chunks.push(chunk);
        return Buffer.concat(chunks).toString('utf8');
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function read(handle: FileHandle, at: number, length: number, size: number): Promise<Buffer> {
  if (at < 0 || length < 0 || at + length > size) throw broken('it ends too early');
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await handle.read(bytes, 0, length, at);
  if (bytesRead !== length) throw broken('it ends too early');
  return bytes;
}

const number = (bytes: Buffer, at: number): number => {
  const n = bytes.readBigUInt64LE(at);
  if (n > BigInt(Number.MAX_SAFE_INTEGER)) throw broken('a size is impossible');
  return Number(n);
};

async function directory(handle: FileHandle, size: number): Promise<Map<string, ZipEntry>> {
  const tailLength = Math.min(size, 22 + 65_535 + 20);
  const tail = await read(handle, size - tailLength, tailLength, size);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > tail.length) throw broken('its end is missing');
  let count = tail.readUInt16LE(end + 10);
  let length = tail.readUInt32LE(end + 12);
  let offset = tail.readUInt32LE(end + 16);
  const locator = end - 20;
  if (locator >= 0 && tail.readUInt32LE(locator) === 0x07064b50) {
    const big = await read(handle, number(tail, locator + 8), 56, size);
    if (big.readUInt32LE(0) !== 0x06064b50) throw broken('its directory is missing');
    count = number(big, 32);
    length = number(big, 40);
    offset = number(big, 48);
  }
  const bytes = await read(handle, offset, length, size);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw broken('its directory is incomplete');
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraLength = bytes.readUInt16LE(at + 30);
    const entry: ZipEntry = {
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      bytes: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    };
    widen(entry, bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength));
    entries.set(entry.name, entry);
    at += 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** Takes sizes from the 64-bit field where the short ones say so. */
function widen(entry: ZipEntry, extra: Buffer): void {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    for (const key of ['bytes', 'packed', 'offset'] as const) {
      if (entry[key] !== 0xffffffff || next + 8 > extra.length) continue;
      entry[key] = number(extra, next);
      next += 8;
    }
  }
}

async function* content(handle: FileHandle, file: string, entry: ZipEntry, size: number): AsyncGenerator<Buffer> {
  const head = await read(handle, entry.offset, 30, size);
  if (head.readUInt32LE(0) !== 0x04034b50) throw broken(`${entry.name} is missing`);
  const begin = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  if (begin + entry.packed > size) throw broken(`${entry.name} is incomplete`);
  if (entry.method !== 0 && entry.method !== 8) throw broken(`${entry.name} is packed in an unknown way`);
  const raw =
    entry.packed === 0 ? Readable.from([]) : createReadStream(file, { start: begin, end: begin + entry.packed - 1 });
  let crc = 0;
  let bytes = 0;
  try {
    for await (const chunk of entry.method === 8 ? raw.pipe(createInflateRaw()) : raw) {
      const piece = chunk as Buffer;
      crc = crc32(piece, crc);
      bytes += piece.length;
      if (bytes > entry.bytes) break;
      yield piece;
    }
  } catch (error) {
    throw error instanceof ZipError ? error : broken(`${entry.name} cannot be unpacked`);
  } finally {
    raw.destroy();
  }
  if (bytes !== entry.bytes || crc !== entry.crc) throw broken(`${entry.name} is not what was put in`);
}
