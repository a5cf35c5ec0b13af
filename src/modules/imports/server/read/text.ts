// From bytes to text, chunk by chunk: a character that is split between two chunks stays whole.

export type Encoding =
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | 'windows-1250'
  | 'windows-1251'
  | 'windows-1252'
  | 'windows-1253'
  | 'windows-1254'
  | 'iso-8859-15'
  | 'koi8-r'
  | 'macintosh'
  | 'cp850'
  | 'shift_jis'
  | 'gb18030'
  | 'big5'
  | 'euc-kr';

// Spreadsheets still offer "CSV (MS-DOS)"; the platform's decoder does not know that code page.
const cp850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
  '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

export type DecodingTally = { nullCharacters: number; unreadable: number };

/** Text of a stream of bytes, without null characters (no database text can hold them); the tally counts what was lost. */
export async function* decodeChunks(
  chunks: AsyncIterable<Buffer>,
  encoding: Encoding,
  tally: DecodingTally,
): AsyncGenerator<string> {
  const decoder = createDecoder(encoding);
  for await (const chunk of chunks) {
    const text = clean(decoder.next(chunk), tally);
    if (text !== '') yield text;
  }
  const rest = clean(decoder.end(), tally);
  if (rest !== '') yield rest;
}

export function decodeBytes(bytes: Buffer, encoding: Encoding): string {
  const decoder = createDecoder(encoding);
  return decoder.next(bytes) + decoder.end();
}

type Decoder = { next(chunk: Buffer): string; end(): string };

function createDecoder(encoding: Encoding): Decoder {
  if (encoding === 'utf-8') return carrying(unfinishedTail, (bytes) => bytes.toString('utf8'));
  if (encoding === 'utf-16le') return carrying(unfinishedPair, (bytes) => bytes.toString('utf16le'));
  if (encoding === 'utf-16be') {
    return carrying(
      (bytes) => unfinishedPair(bytes, 1),
      (bytes) => swapped(bytes).toString('utf16le'),
    );
  }
  if (encoding === 'cp850') return { next: decodeCp850, end: () => '' };
  const decoder = new TextDecoder(encoding);
  return { next: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() };
}

/** Much faster than a streaming TextDecoder, and plain ASCII stays one byte a character in memory. */
function carrying(unfinished: (bytes: Buffer) => number, decode: (bytes: Buffer) => string): Decoder {
  let carried: Buffer | null = null;
  return {
    next(chunk) {
      const bytes: Buffer = carried ? Buffer.concat([carried, chunk]) : chunk;
      const tail = unfinished(bytes);
      carried = tail > 0 ? Buffer.from(bytes.subarray(bytes.length - tail)) : null;
      return decode(tail > 0 ? bytes.subarray(0, bytes.length - tail) : bytes);
    },
    end: () => (carried ? decode(carried) : ''),
  };
}

/** Bytes at the end that may be the start of a UTF-8 character continued in the next chunk. */
export function unfinishedTail(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? back : 0;
    }
  }
  return 0;
}

function unfinishedPair(bytes: Buffer, highByteAt: 0 | 1 = 0): number {
  const odd = bytes.length % 2;
  const high = bytes[bytes.length - odd - (highByteAt === 1 ? 2 : 1)];
  return high !== undefined && high >= 0xd8 && high <= 0xdb ? odd + 2 : odd;
}

function swapped(bytes: Buffer): Buffer {
  const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return even.swap16();
}

function decodeCp850(bytes: Buffer): string {
  const latin = bytes.toString('latin1');
  return latin.replace(/[\x80-\xff]/g, (char) => cp850[char.charCodeAt(0) - 0x80]!);
}

function clean(text: string, tally: DecodingTally): string {
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', at + 1)) tally.unreadable++;
  if (!text.includes('\0')) return text;
  const kept = text.replaceAll('\0', '');
  tally.nullCharacters += text.length - kept.length;
  return kept;
}
