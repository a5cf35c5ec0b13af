/**
 * Reads PDFs in tests without any tool on the machine: pages, metadata and the text that a reader could select. Made for
 * documents with plain objects and two-byte fonts with a ToUnicode map, as our typesetter writes them.
 */
import { inflateSync } from 'node:zlib';

export interface ReadPdf {
  readonly pages: number;
  /** Width and height in points. */
  readonly size: readonly [number, number];
  readonly title: string | null;
  readonly author: string | null;
  readonly keywords: string | null;
  readonly language: string | null;
  /** As written: `D:20261122140500`. */
  readonly created: string | null;
  readonly fonts: readonly string[];
  /** All text in the order of drawing; every text object on a line of its own. */
  readonly lines: readonly string[];
  /** The lines joined by spaces: a wrapped sentence reads on. */
  readonly text: string;
}

export function readPdf(bytes: Uint8Array): ReadPdf {
  const raw = Buffer.from(bytes).toString('latin1');
  if (!raw.startsWith('%PDF-')) throw new Error('This is not a PDF.');
  const objects = objectsOf(raw, bytes);
  const all = [...objects.values()];
  const pages = all.filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary));
  const page = pages[0];
  if (!page) throw new Error('This PDF has no page.');
  const maps = fontMaps(page.dictionary, objects);
  const contents = [...page.dictionary.matchAll(/\/Contents (?:\[([^\]]*)\]|(\d+) 0 R)/g)];
  const streams = contents.flatMap(([, list, single]) =>
    [...`${list ?? ''} ${single ?? ''} 0 R`.matchAll(/(\d+) 0 R/g)].map(
      ([, id]) => objects.get(Number(id))?.stream ?? '',
    ),
  );
  const lines = streams.flatMap((stream) => textOf(stream, maps));
  const info = all.find(({ dictionary }) => /\/CreationDate/.test(dictionary))?.dictionary ?? '';
  const catalog = all.find(({ dictionary }) => /\/Type \/Catalog/.test(dictionary))?.dictionary ?? '';
  const box = /\/MediaBox \[([^\]]+)\]/.exec(page.dictionary)?.[1]?.split(' ').map(Number) ?? [];
  return {
    pages: pages.length,
    size: [box[2] ?? 0, box[3] ?? 0],
    title: stringOf(info, 'Title'),
    author: stringOf(info, 'Author'),
    keywords: stringOf(info, 'Keywords'),
    language: stringOf(catalog, 'Lang'),
    created: stringOf(info, 'CreationDate'),
    fonts: all.flatMap(({ dictionary }) => /\/BaseFont \/[A-Z]+\+(\S+)/.exec(dictionary)?.[1] ?? []),
    lines,
    text: lines.join(' '),
  };
}

interface PdfObject {
  readonly dictionary: string;
  readonly stream: string | null;
}

function objectsOf(raw: string, bytes: Uint8Array): Map<number, PdfObject> {
  const objects = new Map<number, PdfObject>();
  for (const match of raw.matchAll(/^(\d+) 0 obj\n([\s\S]*?)(?:\nstream\n|\nendobj)/gm)) {
    const dictionary = match[2] ?? '';
    const from = match.index + match[0].length;
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? 0);
    const body = match[0].endsWith('stream\n') ? Buffer.from(bytes.subarray(from, from + length)) : null;
    const plain = body && /\/FlateDecode/.test(dictionary) ? inflateSync(body) : body;
    objects.set(Number(match[1]), { dictionary, stream: plain?.toString('latin1') ?? null });
  }
  return objects;
}

/** For each font name of the page: what every two-byte code means. */
function fontMaps(page: string, objects: Map<number, PdfObject>): Map<string, Map<number, string>> {
  const resources = /\/Resources (\d+) 0 R/.exec(page)?.[1];
  const where = page + (resources ? (objects.get(Number(resources))?.dictionary ?? '') : '');
  const fonts = /\/Font <<([\s\S]*?)>>/.exec(where)?.[1] ?? '';
  return new Map(
    [...fonts.matchAll(/\/(\S+) (\d+) 0 R/g)].map(([, name, id]) => {
      const font = objects.get(Number(id))?.dictionary ?? '';
      const map = objects.get(Number(/\/ToUnicode (\d+) 0 R/.exec(font)?.[1]))?.stream ?? '';
      const codes = [...map.matchAll(/<([0-9A-F]{4})> <([0-9A-F]+)>/gi)].map(([, code, text]) => {
        const units = (text ?? '').match(/.{4}/g) ?? [];
        return [
          Number.parseInt(code ?? '', 16),
          String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))),
        ] as const;
      });
      return [name ?? '', new Map(codes)];
    }),
  );
}

function textOf(stream: string, maps: Map<string, Map<number, string>>): string[] {
  const lines: string[] = [];
  let map = new Map<number, string>();
  let line = '';
  for (const [token] of stream.matchAll(/\/\S+ [\d.]+ Tf|BT\b|ET\b|\((?:\\[\s\S]|[^\\)])*\)|<[0-9A-Fa-f]+>/g)) {
    if (token.endsWith('Tf')) map = maps.get(token.slice(1, token.indexOf(' '))) ?? new Map();
    else if (token === 'BT') line = '';
    else if (token === 'ET') lines.push(line.replaceAll('\u200b', ''));
    else {
      const codes = token.startsWith('<')
        ? Buffer.from(token.slice(1, -1), 'hex')
        : Buffer.from(unescaped(token), 'latin1');
      for (let at = 0; at + 1 < codes.length; at += 2) line += map.get(codes.readUInt16BE(at)) ?? '';
    }
  }
  return lines.filter((text) => text.trim() !== '');
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function unescaped(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/\\([0-7]{1,3})|\\([\s\S])/g, (_, octal: string | undefined, char: string) =>
      octal === undefined ? (ESCAPES[char] ?? char) : String.fromCharCode(Number.parseInt(octal, 8)),
    );
}

/** A text of a dictionary: plain, or UTF-16 behind its mark. */
function stringOf(dictionary: string, key: string): string | null {
  const found = new RegExp(`/${key} (?:(\\((?:\\\\[\\s\\S]|[^\\\\)])*\\))|<([0-9A-Fa-f]+)>)`).exec(dictionary);
  if (!found) return null;
  const text = found[1] === undefined ? Buffer.from(found[2] ?? '', 'hex').toString('latin1') : unescaped(found[1]);
  if (!text.startsWith('\xfe\xff')) return text;
  return Buffer.from(text.slice(2), 'latin1').swap16().toString('utf16le');
}
