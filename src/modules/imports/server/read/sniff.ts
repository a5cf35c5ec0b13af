// What kind of file this is, from its first bytes and not from its name; says what to do about kinds that are no table.
import { UnreadableFile } from './problem.ts';
import type { ByteSource } from './source.ts';

export type FileKind = 'csv' | 'xlsx';

const magic: { starts: number[]; at?: number; what: string; advice?: string }[] = [
  { starts: [0x25, 0x50, 0x44, 0x46], what: 'a PDF document' },
  { starts: [0xff, 0xd8, 0xff], what: 'a JPEG picture' },
  { starts: [0x89, 0x50, 0x4e, 0x47], what: 'a PNG picture' },
  { starts: [0x47, 0x49, 0x46, 0x38], what: 'a GIF picture' },
  { starts: [0x52, 0x49, 0x46, 0x46], what: 'a picture, sound or video' },
  { starts: [0x66, 0x74, 0x79, 0x70], at: 4, what: 'a video or picture' },
  { starts: [0x1f, 0x8b], what: 'a packed file (gzip)', advice: 'Unpack it and choose the file inside.' },
  { starts: [0x37, 0x7a, 0xbc, 0xaf], what: 'a packed file (7z)', advice: 'Unpack it and choose the file inside.' },
  { starts: [0x52, 0x61, 0x72, 0x21], what: 'a packed file (RAR)', advice: 'Unpack it and choose the file inside.' },
  { starts: [0x28, 0xb5, 0x2f, 0xfd], what: 'a packed file (zstd)', advice: 'Unpack it and choose the file inside.' },
  { starts: [0x42, 0x5a, 0x68], what: 'a packed file (bzip2)', advice: 'Unpack it and choose the file inside.' },
  { starts: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file' },
  { starts: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], what: 'a SQLite database' },
  { starts: [0x7b, 0x5c, 0x72, 0x74, 0x66], what: 'a rich text document' },
  { starts: [0x7f, 0x45, 0x4c, 0x46], what: 'a program' },
  { starts: [0x4d, 0x5a, 0x90], what: 'a program' },
];

const saveAs = 'Save or export the list as .xlsx or CSV and choose that file.';

/** Throws UnreadableFile for everything that is neither delimited text nor an XLSX workbook. */
export async function sniff(source: ByteSource): Promise<FileKind> {
  const head = await source.read(0, 64 * 1024);
  if (head.length === 0) throw new UnreadableFile('empty_file', `${source.name} is empty (0 bytes).`);
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) return 'xlsx';
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0])) throw oldOffice(source, await source.read(0, 4 * 1024 * 1024));
  for (const kind of magic) {
    if (!startsWith(head, kind.starts, kind.at)) continue;
    // Two or three printable letters may also begin an honest text file, so these have to look binary as well.
    if (kind.starts.every((byte) => byte >= 0x20 && byte < 0x7f) && kind.starts.length < 5 && !looksBinary(head)) {
      if (kind.what !== 'a PDF document') continue;
    }
    throw new UnreadableFile('not_a_table', `${source.name} is ${kind.what}, not a table. ${kind.advice ?? saveAs}`);
  }
  refuseMarkup(source, head);
  if (looksBinary(head)) {
    throw new UnreadableFile('not_a_table', `${source.name} holds no readable text. ${saveAs}`);
  }
  return 'csv';
}

function startsWith(bytes: Uint8Array, starts: number[], at = 0): boolean {
  return starts.every((byte, i) => bytes[at + i] === byte);
}

function oldOffice(source: ByteSource, bytes: Buffer): UnreadableFile {
  const has = (text: string): boolean => bytes.includes(Buffer.from(text, 'utf16le'));
  if (has('EncryptedPackage') || has('EncryptionInfo')) {
    return new UnreadableFile(
      'password_protected',
      `${source.name} is protected by a password. Open it, remove the password (File, Info, Protect workbook), save it and choose it again.`,
    );
  }
  if (has('Workbook') || has('Book')) {
    return new UnreadableFile(
      'old_excel',
      `${source.name} is an old Excel file (.xls). Open it and save it as .xlsx or CSV, then choose that file.`,
    );
  }
  return new UnreadableFile('not_a_table', `${source.name} is an old Office document, not a table. ${saveAs}`);
}

function refuseMarkup(source: ByteSource, head: Buffer): void {
  const wide = head[0] === 0xff || head[0] === 0xfe || head[1] === 0;
  const text = (wide ? head.toString('utf16le') : head.toString('latin1')).replace(/^(\u00ef\u00bb\u00bf|\ufeff)/, '');
  const start = text.slice(0, 4096).trimStart().toLowerCase();
  if (start.startsWith('<?xml') || /^<[a-z]+:?[a-z]*[ >]/.test(start) || start.startsWith('<!--')) {
    if (/<html|<!doctype html|<table|<body|<head/.test(text.toLowerCase())) {
      throw new UnreadableFile(
        'not_a_table',
        `${source.name} is a web page, not a table${/\.(xls|xlsx|csv)$/i.test(source.name) ? ', in spite of its name' : ''}. Open it in a spreadsheet program and save it as .xlsx or CSV.`,
      );
    }
    const sheet = /urn:schemas-microsoft-com:office:spreadsheet/.test(text) ? 'an old XML spreadsheet' : 'an XML file';
    throw new UnreadableFile('not_a_table', `${source.name} is ${sheet}. ${saveAs}`);
  }
  if (start.startsWith('<!doctype')) {
    throw new UnreadableFile('not_a_table', `${source.name} is a web page, not a table. ${saveAs}`);
  }
  if (/^\[\s*[[{]/.test(start) || /^\{\s*("|$)/.test(start)) {
    throw new UnreadableFile('not_a_table', `${source.name} is a JSON file. ${saveAs}`);
  }
  if (start.startsWith('begin:vcard')) {
    throw new UnreadableFile('not_a_table', `${source.name} is a contact card file (vCard). ${saveAs}`);
  }
}

/** Control characters that no text has, a few and more than one in two hundred bytes; UTF-16 is text in spite of its zeros. */
function looksBinary(head: Buffer): boolean {
  if (startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])) return false;
  let zeros = 0;
  let evenZeros = 0;
  let controls = 0;
  const length = Math.min(head.length, 16 * 1024);
  for (let i = 0; i < length; i++) {
    const byte = head[i]!;
    if (byte === 0) {
      zeros++;
      if (i % 2 === 0) evenZeros++;
    } else if (byte < 9 || (byte > 13 && byte < 0x20 && byte !== 0x1a && byte !== 0x1b)) controls++;
  }
  const oneSided = evenZeros < zeros * 0.1 || evenZeros > zeros * 0.9;
  const tooMany = controls > 4 + length / 200;
  if (zeros > length * 0.3 && oneSided) return tooMany;
  return tooMany || zeros > length / 20;
}
