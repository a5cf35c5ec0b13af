// The parts of a zip file by range, unpacked as a stream under caps, so that neither a broken nor a hostile archive costs memory.
import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { Limits } from './problem.ts';
import { readableSize, UnreadableFile } from './problem.ts';
import type { ByteSource } from './source.ts';

export type ZipPart = {
  name: string;
  method: number;
  packedBytes: number;
  unpackedBytes: number;
  crc: number;
  at: number;
  encrypted: boolean;
};

/** Unpacked bytes so far, shared by all parts of one file. */
export type UnpackBudget = { used: number };

const endSignature = 0x06054b50;
const partSignature = 0x02014b50;
const ratioFrom = 8_000_000;

export function damaged(name: string, detail: string): UnreadableFile {
  return new UnreadableFile(
    'damaged_file',
    `${name} is damaged (${detail}). It may have been cut off while it was copied or downloaded: open it, save it again and choose the new file.`,
  );
}

/** The list of parts, by name, from the directory at the end of the file. */
export async function zipParts(source: ByteSource, limits: Limits): Promise<Map<string, ZipPart>> {
  const { entries, size, at } = await endRecord(source);
  if (entries > limits.zipEntries) {
    throw new UnreadableFile(
      'unpacked_too_large',
      `${source.name} holds ${entries.toLocaleString('en')} parts; a workbook never has that many.`,
    );
  }
  if (size > 64 * 1024 * 1024 || at + size > source.size) throw damaged(source.name, 'its list of contents is wrong');
  const directory = await source.read(at, size);
  const parts = new Map<string, ZipPart>();
  let pos = 0;
  for (let i = 0; i < entries; i++) {
    if (pos + 46 > directory.length || directory.readUInt32LE(pos) !== partSignature) {
      throw damaged(source.name, 'its list of contents is cut off');
    }
    const nameLength = directory.readUInt16LE(pos + 28);
    const extraLength = directory.readUInt16LE(pos + 30);
    const commentLength = directory.readUInt16LE(pos + 32);
    const name = directory.toString('utf8', pos + 46, pos + 46 + nameLength).replaceAll('\\', '/');
    const part: ZipPart = {
      name,
      method: directory.readUInt16LE(pos + 10),
      encrypted: (directory.readUInt16LE(pos + 8) & 1) === 1,
      crc: directory.readUInt32LE(pos + 16),
      packedBytes: directory.readUInt32LE(pos + 20),
      unpackedBytes: directory.readUInt32LE(pos + 24),
      at: directory.readUInt32LE(pos + 42),
    };
    widen(part, directory.subarray(pos + 46 + nameLength, pos + 46 + nameLength + extraLength));
    parts.set(name, part);
    pos += 46 + nameLength + extraLength + commentLength;
  }
  return parts;
}

async function endRecord(source: ByteSource): Promise<{ entries: number; size: number; at: number }> {
  const tailAt = Math.max(0, source.size - 66_000);
  const tail = await source.read(tailAt, source.size - tailAt);
  for (let i = tail.length - 22; i >= 0; i--) {
    if (tail.readUInt32LE(i) !== endSignature) continue;
    const end = { entries: tail.readUInt16LE(i + 10), size: tail.readUInt32LE(i + 12), at: tail.readUInt32LE(i + 16) };
    const wide = end.entries === 0xffff || end.size === 0xffffffff || end.at === 0xffffffff;
    if (!wide || i < 20 || tail.readUInt32LE(i - 20) !== 0x07064b50) return end;
    const record = await source.read(Number(tail.readBigUInt64LE(i - 12)), 56);
    if (record.length < 56 || record.readUInt32LE(0) !== 0x06064b50) return end;
    return {
      entries: Number(record.readBigUInt64LE(32)),
      size: Number(record.readBigUInt64LE(40)),
      at: Number(record.readBigUInt64LE(48)),
    };
  }
  throw damaged(source.name, 'its end is missing');
}

/** Sizes above 4 GB stand in an extra field, in this order and only those that did not fit. */
function widen(part: ZipPart, extra: Buffer): void {
  for (let pos = 0; pos + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(pos + 2);
    if (extra.readUInt16LE(pos) === 1) {
      let at = pos + 4;
      const next = (): number => {
        const value = at + 8 <= extra.length ? Number(extra.readBigUInt64LE(at)) : 0;
        at += 8;
        return value;
      };
      if (part.unpackedBytes === 0xffffffff) part.unpackedBytes = next();
      if (part.packedBytes === 0xffffffff) part.packedBytes = next();
      if (part.at === 0xffffffff) part.at = next();
    }
    pos += 4 + length;
  }
}

/** Streams one part. Stops as soon as it unpacks to more than the caps allow, whatever the directory promised. */
export async function* unpack(
  source: ByteSource,
  part: ZipPart,
  limits: Limits,
  budget: UnpackBudget,
): AsyncGenerator<Buffer> {
  if (part.encrypted) {
    throw new UnreadableFile(
      'password_protected',
      `${source.name} is protected by a password. Remove the password, save it and choose it again.`,
    );
  }
  const local = await source.read(part.at, 30);
  if (local.length < 30 || local.readUInt32LE(0) !== 0x04034b50)
    throw damaged(source.name, `part ${part.name} is missing`);
  const from = part.at + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const to = from + part.packedBytes;
  if (to > source.size) throw damaged(source.name, `part ${part.name} is cut off`);
  if (part.method !== 0 && part.method !== 8)
    throw damaged(source.name, `part ${part.name} is packed in an unknown way`);
  let unpacked = 0;
  let sum = 0;
  const pieces = part.method === 0 ? source.chunks(from, to) : inflated(source, from, to);
  try {
    for await (const piece of pieces) {
      unpacked += piece.length;
      budget.used += piece.length;
      const swollen = unpacked > ratioFrom && unpacked > part.packedBytes * limits.unpackRatio;
      if (swollen || budget.used > limits.unpackedBytes) {
        throw new UnreadableFile(
          'unpacked_too_large',
          `${source.name} unpacks from ${readableSize(part.packedBytes)} to more than ${readableSize(unpacked)}. Such a file is not read. Save the list as CSV and choose that file.`,
        );
      }
      sum = crc32(piece, sum);
      yield piece;
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      throw damaged(source.name, `part ${part.name} cannot be unpacked`);
    }
    throw error;
  }
  if (sum !== part.crc) throw damaged(source.name, `part ${part.name} has changed since it was packed`);
}

async function* inflated(source: ByteSource, from: number, to: number): AsyncGenerator<Buffer> {
  async function* copies(): AsyncGenerator<Buffer> {
    for await (const chunk of source.chunks(from, to)) yield Buffer.from(chunk);
  }
  const inflate = createInflateRaw({ chunkSize: 32 * 1024 });
  // The pipeline closes the file when the reader stops early; its errors surface in the loop below.
  pipeline(Readable.from(copies(), { highWaterMark: 1 }), inflate, () => {});
  for await (const piece of inflate) yield piece as Buffer;
}
