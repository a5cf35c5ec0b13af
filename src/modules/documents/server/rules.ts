// Pure rules of the documents room: what a file is, judged by its content, and how it may be shown.

const starts = (head: Uint8Array, bytes: readonly number[], at = 0): boolean =>
  bytes.every((b, i) => head[at + i] === b);
const ascii = (text: string): number[] => Array.from(text, (c) => c.charCodeAt(0));

/** How many bytes of the beginning `typeOf` wants to see. */
export const HEAD_BYTES = 64 * 1024;

/** The media type of a file by its first bytes; the name only tells text formats apart. Unknown is a byte stream. */
export function typeOf(head: Uint8Array, fileName: string): string {
  if (starts(head, ascii('%PDF-'))) return 'application/pdf';
  if (starts(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (starts(head, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (starts(head, ascii('GIF87a')) || starts(head, ascii('GIF89a'))) return 'image/gif';
  if (starts(head, ascii('RIFF')) && starts(head, ascii('WEBP'), 8)) return 'image/webp';
  if (starts(head, [0x50, 0x4b, 0x03, 0x04])) return zipType(head);
  if (starts(head, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return 'application/x-ole-storage';
  if (starts(head, [0x1f, 0x8b])) return 'application/gzip';
  const text = asText(head);
  return text === null ? 'application/octet-stream' : textType(text, fileName);
}

const OFFICE: readonly [string, string][] = [
  ['word/', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['ppt/', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
];

function zipType(head: Uint8Array): string {
  const names = new TextDecoder('latin1').decode(head);
  if (names.includes('[Content_Types].xml'))
    for (const [folder, type] of OFFICE) if (names.includes(folder)) return type;
  return 'application/zip';
}

// Tab, line feed, form feed, carriage return, escape; no other control character occurs in text.
const TEXT_CONTROLS = new Set([9, 10, 12, 13, 27]);

/** The beginning as text, or null when it holds what no text holds. A character cut at the end is no objection. */
function asText(head: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return Array.from(head).some((byte) => byte < 32 && !TEXT_CONTROLS.has(byte)) ? null : text;
  } catch {
    return null;
  }
}

function textType(text: string, fileName: string): string {
  const begin = text
    .replace(/^\uFEFF/, '')
    .trimStart()
    .slice(0, 2000)
    .toLowerCase();
  const ending = /\.([a-z0-9]{1,8})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  // Whatever a browser might take for markup is named as such, and so is never shown.
  if (/<svg[\s>]/.test(begin) || ending === 'svg') return 'image/svg+xml';
  if (
    /^<(!doctype html|html|head|body|script|iframe|style|title|a |img|div|p|table|h1|!--)/.test(begin) ||
    /^x?html?$/.test(ending)
  )
    return 'text/html';
  if (begin.startsWith('<?xml') || ending === 'xml') return 'application/xml';
  if (ending === 'csv' || ending === 'tsv') return 'text/csv';
  if (ending === 'json') return 'application/json';
  if (ending === 'md') return 'text/markdown';
  if (ending === 'eml') return 'message/rfc822';
  return 'text/plain';
}

const IMAGES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const TEXTS = new Set(['text/plain', 'text/csv', 'text/markdown', 'application/json']);

export type Showing = 'pdf' | 'image' | 'text' | 'none';

/** How a type may be shown in the browser; `none`: download only. */
export function showingOf(type: string): Showing {
  if (type === 'application/pdf') return 'pdf';
  if (IMAGES.has(type)) return 'image';
  return TEXTS.has(type) ? 'text' : 'none';
}

/** The content type for showing: every text is plain text, so that no browser finds anything to run in it. */
export const shownAs = (type: string): string => (TEXTS.has(type) ? 'text/plain; charset=utf-8' : type);

/** A title from a file name: without its ending, underscores as spaces. */
export function titleFrom(fileName: string): string {
  const bare = fileName
    .replace(/\.[a-z0-9]{1,8}$/i, '')
    .replaceAll('_', ' ')
    .trim();
  return (bare || fileName).slice(0, 300);
}

/** `a, b,,A` → a, b: trimmed, without empties and repeats, in their order. */
export function tagsFrom(text: string): string[] {
  const seen = new Map<string, string>();
  for (const tag of text.split(',').map((t) => t.trim()))
    if (tag && !seen.has(tag.toLowerCase())) seen.set(tag.toLowerCase(), tag);
  return [...seen.values()];
}
