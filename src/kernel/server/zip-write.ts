// Writes a zip of any size as a stream: one entry after the other, sizes behind the content. A zip on disk appears under its name when whole.
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

/** Takes bytes in order; resolves when more may come. */
export type Sink = (bytes: Uint8Array) => Promise<void>;

export type ZipWriter = {
  /** Adds an entry; `store` keeps it as it is (for what is compressed already). Answers its bytes before compression. */
  add(name: string, content: Readable | Uint8Array | string, options?: { store?: boolean }): Promise<number>;
  /** Ends the zip. */
  close(): Promise<void>;
};
export type ZipFile = ZipWriter & {
  /** Leaves nothing behind. */
  abandon(): Promise<void>;
};

type Entry = { name: Buffer; method: number; crc: number; packed: number; bytes: number; offset: number };

const DAY = 0x21; // 1 January 1980: entries carry no time of their own
const FLAGS = 0x0808; // names are UTF-8; sizes and checksum follow the content

/** A zip on disk; it gets its name when it is closed. */
export async function createZip(file: string): Promise<ZipFile> {
  const draft = `${file}.part`;
  const out = await open(draft, 'w', 0o600);
  const zip = zipInto(async (bytes) => {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await out.write(bytes, done, bytes.length - done);
      done += bytesWritten;
    }
  });
  return {
    add: zip.add,
    async close() {
      await zip.close();
      await out.sync();
      await out.close();
      await rename(draft, file);
    },
    async abandon() {
      await out.close().catch(() => {});
      await rm(draft, { force: true });
    },
  };
}

/** A zip that goes wherever its bytes are taken, without ever being kept. */
export function zipInto(sink: Sink): ZipWriter {
  const entries: Entry[] = [];
  let at = 0;
  const write = async (bytes: Uint8Array) => {
    await sink(bytes);
    at += bytes.length;
  };
  return {
    async add(name, content, { store = false } = {}) {
      const entry: Entry = { name: Buffer.from(name), method: store ? 0 : 8, crc: 0, packed: 0, bytes: 0, offset: at };
      entries.push(entry);
      await write(localHeader(entry));
      const source = content instanceof Readable ? content : Readable.from([Buffer.from(content)]);
      const measured = (async function* () {
        for await (const chunk of source) {
          const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer);
          entry.crc = crc32(bytes, entry.crc);
          entry.bytes += bytes.length;
          yield bytes;
        }
      })();
      const keep = async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) {
          entry.packed += chunk.length;
          await write(chunk);
        }
      };
      // A pipeline, because it alone ends every part when one of them fails.
      if (store) await pipeline(measured, keep);
      else await pipeline(measured, createDeflateRaw({ level: 5 }), keep);
      await write(sizesBehind(entry));
      return entry.bytes;
    },
    async close() {
      const begin = at;
      for (const entry of entries) await write(centralHeader(entry));
      await write(end(entries.length, at - begin, begin));
    },
  };
}

/** Sizes always stand in the 64-bit field, so that no entry has to know beforehand how long it becomes. */
function sizes(entry: Entry, withOffset: boolean): Buffer {
  const extra = Buffer.alloc(withOffset ? 28 : 20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(extra.length - 4, 2);
  extra.writeBigUInt64LE(BigInt(entry.bytes), 4);
  extra.writeBigUInt64LE(BigInt(entry.packed), 12);
  if (withOffset) extra.writeBigUInt64LE(BigInt(entry.offset), 20);
  return extra;
}

function localHeader(entry: Entry): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(45, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt16LE(entry.method, 8);
  head.writeUInt16LE(DAY, 12);
  head.writeUInt32LE(0xffffffff, 18);
  head.writeUInt32LE(0xffffffff, 22);
  const extra = sizes(entry, false);
  head.writeUInt16LE(entry.name.length, 26);
  head.writeUInt16LE(extra.length, 28);
  return Buffer.concat([head, entry.name, extra]);
}

function sizesBehind(entry: Entry): Buffer {
  const tail = Buffer.alloc(24);
  tail.writeUInt32LE(0x08074b50, 0);
  tail.writeUInt32LE(entry.crc, 4);
  tail.writeBigUInt64LE(BigInt(entry.packed), 8);
  tail.writeBigUInt64LE(BigInt(entry.bytes), 16);
  return tail;
}

function centralHeader(entry: Entry): Buffer {
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(45, 4);
  head.writeUInt16LE(45, 6);
  head.writeUInt16LE(FLAGS, 8);
  head.writeUInt16LE(entry.method, 10);
  head.writeUInt16LE(DAY, 14);
  head.writeUInt32LE(entry.crc, 16);
  head.writeUInt32LE(0xffffffff, 20);
  head.writeUInt32LE(0xffffffff, 24);
  const extra = sizes(entry, true);
  head.writeUInt16LE(entry.name.length, 28);
  head.writeUInt16LE(extra.length, 30);
  head.writeUInt32LE(0xffffffff, 42);
  return Buffer.concat([head, entry.name, extra]);
}

function end(count: number, size: number, offset: number): Buffer {
  const tail = Buffer.alloc(56 + 20 + 22);
  tail.writeUInt32LE(0x06064b50, 0);
  tail.writeBigUInt64LE(44n, 4);
  tail.writeUInt16LE(45, 12);
  tail.writeUInt16LE(45, 14);
  tail.writeBigUInt64LE(BigInt(count), 24);
  tail.writeBigUInt64LE(BigInt(count), 32);
  tail.writeBigUInt64LE(BigInt(size), 40);
  tail.writeBigUInt64LE(BigInt(offset), 48);
  tail.writeUInt32LE(0x07064b50, 56);
  tail.writeBigUInt64LE(BigInt(offset + size), 64);
  tail.writeUInt32LE(1, 72);
  tail.writeUInt32LE(0x06054b50, 76);
  tail.writeUInt16LE(Math.min(count, 0xffff), 84);
  tail.writeUInt16LE(Math.min(count, 0xffff), 86);
  tail.writeUInt32LE(Math.min(size, 0xffffffff), 88);
  tail.writeUInt32LE(Math.min(offset, 0xffffffff), 92);
  return tail;
}
