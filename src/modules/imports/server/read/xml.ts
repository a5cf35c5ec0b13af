// A forward-only scanner for the XML inside a workbook. It knows no entities but the five of XML, and refuses document types,
// so nothing in a file can make it grow or fetch anything.
import { UnreadableFile } from './problem.ts';

export type XmlHandler = {
  /** `attributes` is the raw text after the name; read it with `attribute`. Prefixes are dropped from names. */
  open(name: string, attributes: string): void;
  close(name: string): void;
  /** May come in several pieces for one element. */
  text(text: string): void;
};

export type XmlScanner = { push(text: string): void; end(): void };

const longestTag = 200_000;

/** Most elements of a sheet have names of one letter; these are not cut out anew each time. */
const letterNames = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

export function createXmlScanner(fileName: string, handler: XmlHandler): XmlScanner {
  let buffer = '';

  function scan(final: boolean): void {
    let at = 0;
    for (;;) {
      const tag = buffer.indexOf('<', at);
      if (tag === -1) {
        // An entity may be split between two pieces.
        const split = buffer.lastIndexOf('&');
        const until = !final && split >= at && buffer.length - split < 12 ? split : buffer.length;
        if (until > at) handler.text(unescapeXml(buffer.slice(at, until)));
        buffer = buffer.slice(until);
        return;
      }
      if (tag > at) handler.text(unescapeXml(buffer.slice(at, tag)));
      const next = buffer.charCodeAt(tag + 1);
      let end: number;
      if (next === 33 /* ! */) {
        end = declaration(tag, final);
      } else if (next === 63 /* ? */) {
        const close = buffer.indexOf('?>', tag);
        end = close === -1 ? -1 : close + 2;
      } else {
        end = element(tag);
      }
      if (end === -1) {
        if (buffer.length - tag > longestTag && next !== 33) throw unreadable(fileName);
        buffer = buffer.slice(tag);
        return;
      }
      at = end;
    }
  }

  function declaration(tag: number, final: boolean): number {
    if (buffer.length - tag < 9 && !final) return -1;
    if (buffer.startsWith('<!--', tag)) {
      const close = buffer.indexOf('-->', tag + 4);
      return close === -1 ? -1 : close + 3;
    }
    if (buffer.startsWith('<![CDATA[', tag)) {
      const close = buffer.indexOf(']]>', tag);
      if (close === -1) return -1;
      handler.text(buffer.slice(tag + 9, close));
      return close + 3;
    }
    throw new UnreadableFile(
      'unsafe_xml',
      `${fileName} contains a document type declaration, which no spreadsheet program writes and which can be used for attacks. Save the list as CSV and choose that file.`,
    );
  }

  function element(tag: number): number {
    const length = buffer.length;
    const closing = buffer.charCodeAt(tag + 1) === 47;
    let at = tag + (closing ? 2 : 1);
    const start = at;
    let nameStart = start;
    let code = 0;
    for (; at < length; at++) {
      code = buffer.charCodeAt(at);
      if (code === 58 /* : */) nameStart = at + 1;
      else if (code === 62 || code === 47 || code === 32 || code === 10 || code === 13 || code === 9) break;
    }
    if (at >= length) return -1;
    const name = (at - nameStart === 1 && letterNames[buffer.charCodeAt(nameStart)]) || buffer.slice(nameStart, at);
    const attributesStart = at;
    let quoted = 0;
    for (; at < length; at++) {
      code = buffer.charCodeAt(at);
      if (quoted !== 0) {
        if (code === quoted) quoted = 0;
      } else if (code === 62) break;
      else if (code === 34 || code === 39) quoted = code;
    }
    if (at >= length) return -1;
    if (closing) {
      handler.close(name);
      return at + 1;
    }
    const empty = buffer.charCodeAt(at - 1) === 47;
    handler.open(name, attributesStart === at ? '' : buffer.slice(attributesStart, empty ? at - 1 : at));
    if (empty) handler.close(name);
    return at + 1;
  }

  return {
    push(text) {
      buffer = buffer === '' ? text : buffer + text;
      scan(false);
      if (buffer.length > 32_000_000) throw unreadable(fileName);
    },
    end() {
      scan(true);
      buffer = '';
    },
  };
}

function unreadable(fileName: string): UnreadableFile {
  return new UnreadableFile(
    'damaged_file',
    `${fileName} is damaged: one of its parts is not proper XML. Open it, save it again and choose the new file.`,
  );
}

/** The value of an attribute, or null; `name` without prefix. */
export function attribute(attributes: string, name: string): string | null {
  for (let at = attributes.indexOf(name); at !== -1; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1);
    if (at === 0 || !(before <= 32 || before === 58)) continue;
    let after = at + name.length;
    while (attributes.charCodeAt(after) <= 32) after++;
    if (attributes.charCodeAt(after) !== 61) continue;
    after++;
    while (attributes.charCodeAt(after) <= 32) after++;
    const mark = attributes[after];
    if (mark !== '"' && mark !== "'") continue;
    const end = attributes.indexOf(mark, after + 1);
    return end === -1 ? null : unescapeXml(attributes.slice(after + 1, end));
  }
  return null;
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|amp|lt|gt|quot|apos);/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return named[entity.toLowerCase()] ?? whole;
    const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number.parseInt(entity.slice(1), 10);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : '';
  });
}
