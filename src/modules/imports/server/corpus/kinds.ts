// Nasty text files: every encoding, delimiter and line end, and files that are no tables at all.
import type { UnreadableCode } from '../read/problem.ts';
import { csv, csvText, good, header, type NastyFile, noise, text } from './kit.ts';

function singleByte(content: string, encoding: string): Uint8Array {
  const bytes = new Map<string, number>();
  const decoder = new TextDecoder(encoding);
  for (let i = 0; i < 256; i++) bytes.set(decoder.decode(Uint8Array.of(i)), i);
  return Uint8Array.from(Array.from(content).map((char) => bytes.get(char) ?? 0x3f));
}

export function encodings(): NastyFile[] {
  const files: NastyFile[] = [];
  for (const [lineEndName, lineEnd] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ] as const) {
    const content = csvText(';', lineEnd);
    const add = (title: string, bytes: () => Uint8Array): void =>
      void files.push({ title: `${title}, ${lineEndName}`, fileName: 'list.csv', bytes, outcome: good });
    add('UTF-8', () => Buffer.from(content));
    add('UTF-8 with byte order mark', () => Buffer.from(`\ufeff${content}`));
    add('UTF-16LE with byte order mark', () => Buffer.from(`\ufeff${content}`, 'utf16le'));
    add('UTF-16LE without byte order mark', () => Buffer.from(content, 'utf16le'));
    add('UTF-16BE with byte order mark', () => Buffer.from(`\ufeff${content}`, 'utf16le').swap16());
    add('UTF-16BE without byte order mark', () => Buffer.from(content, 'utf16le').swap16());
    add('Windows-1252', () => singleByte(content, 'windows-1252'));
    add('ISO 8859-15', () => singleByte(content, 'iso-8859-15'));
    add('Mac Roman', () => singleByte(content, 'macintosh'));
  }
  files.push(
    {
      title: 'UTF-8 cut in the middle of a character',
      fileName: 'list.csv',
      bytes: () => Buffer.from(`${csvText()}Ü`).subarray(0, -1),
      outcome: { rows: 4 },
    },
    {
      title: 'UTF-16 with an odd number of bytes',
      fileName: 'list.csv',
      bytes: () => Buffer.from(`\ufeff${csvText()}`, 'utf16le').subarray(0, -1),
      outcome: { rows: 3 },
    },
    {
      title: 'UTF-16 with half a surrogate pair',
      fileName: 'list.csv',
      bytes: () => Buffer.concat([Buffer.from(`\ufeff${csvText()}A`, 'utf16le'), Buffer.from([0x3d, 0xd8])]),
      outcome: { rows: 4 },
    },
    {
      title: 'UTF-8 with one Windows-1252 byte',
      fileName: 'list.csv',
      bytes: () => Buffer.concat([Buffer.from(csvText().repeat(10)), Buffer.from([0xfc, 0x0a])]),
      outcome: 'any',
    },
    {
      title: 'a byte order mark twice',
      fileName: 'list.csv',
      bytes: text(`\ufeff\ufeff${csvText()}`),
      outcome: { rows: 3, header },
    },
    {
      title: 'a byte order mark alone',
      fileName: 'list.csv',
      bytes: text('\ufeff'),
      outcome: { refused: ['empty_file'] },
    },
    {
      title: 'text that was converted twice',
      fileName: 'list.csv',
      bytes: () => Buffer.from(Buffer.from(csvText()).toString('latin1')),
      outcome: { rows: 3, hasWarning: 'broken in the file itself' },
    },
    {
      title: 'CESU-style surrogates in UTF-8',
      fileName: 'list.csv',
      bytes: () => Buffer.concat([Buffer.from(csvText()), Buffer.from([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80, 0x0a])]),
      outcome: 'any',
    },
  );
  return files;
}

export function dialects(): NastyFile[] {
  const files: NastyFile[] = [];
  for (const [name, delimiter] of [
    ['comma', ','],
    ['semicolon', ';'],
    ['tab', '\t'],
    ['pipe', '|'],
  ] as const) {
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      for (const last of [true, false]) {
        files.push(
          csv(
            `${name}, ${JSON.stringify(lineEnd)}, ${last ? 'with' : 'without'} a last line end`,
            csvText(delimiter, lineEnd, last),
            good,
          ),
        );
      }
    }
    files.push(
      csv(`sep=${JSON.stringify(delimiter)} in the first line`, `sep=${delimiter}\r\n${csvText(delimiter)}`, good),
    );
    files.push(
      csv(`${name} with trailing empty columns`, csvText(delimiter).replaceAll('\n', `${delimiter.repeat(5)}\n`), good),
    );
    files.push(
      csv(
        `${name} with blank lines everywhere`,
        `\n\n${csvText(delimiter, '\n\n\n')}\n \n${delimiter}${delimiter}\n`,
        good,
      ),
    );
  }
  files.push(
    csv('mixed line ends', 'Account Name,City,Employees\r\nA,B,1\nC,D,2\rE,F,3\n\rG,H,4', { rows: 4 }),
    csv('a quoted delimiter in every cell', 'Account Name,City\n"a,b","c,d"\n"e,f","g,h"\n', {
      rows: 2,
      firstRow: ['a,b', 'c,d'],
    }),
    csv('names with commas in one column', 'Account Name\nAcme, Inc.\nBeta, Inc.\nGamma, Ltd.\n', {
      rows: 3,
      header: ['Account Name'],
    }),
    csv('an unknown delimiter', 'Account Name^City\nAcme^Paris\nBeta^Rome\n', { rows: 2 }),
    csv('a single word', 'Acme', 'any'),
    csv('a single character', 'x', 'any'),
    csv(
      'a named file of text without any structure',
      'Lorem ipsum dolor sit amet.\nConsectetur, adipiscing elit; sed do.\nEiusmod\n',
      'any',
      'notes.txt',
    ),
  );
  return files;
}

export function notTables(): NastyFile[] {
  const refused = (
    title: string,
    fileName: string,
    start: number[] | string,
    code: UnreadableCode = 'not_a_table',
  ): NastyFile => ({
    title,
    fileName,
    bytes: () =>
      Buffer.concat([typeof start === 'string' ? Buffer.from(start) : Buffer.from(start), noise(2_000, start.length)]),
    outcome: { refused: [code] },
  });
  const ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
  const oleWith = (name: string, code: UnreadableCode): NastyFile => ({
    title: `an old Office file with ${name}`,
    fileName: 'list.xls',
    bytes: () => Buffer.concat([Buffer.from(ole), Buffer.alloc(504), Buffer.from(name, 'utf16le'), Buffer.alloc(100)]),
    outcome: { refused: [code] },
  });
  const plain = (title: string, content: string, fileName = 'list.csv'): NastyFile =>
    csv(title, content, { refused: ['not_a_table'] }, fileName);
  return [
    refused('a PDF', 'list.csv', '%PDF-1.7\n'),
    refused('a JPEG', 'list.csv', [0xff, 0xd8, 0xff, 0xe0]),
    refused('a PNG', 'list.xlsx', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    refused('a GIF', 'list.csv', 'GIF89a'),
    refused('a WebP', 'list.csv', 'RIFF\x00\x00\x00\x00WEBP'),
    refused('a gzip', 'list.csv.gz', [0x1f, 0x8b, 8, 0]),
    refused('a 7z', 'list.csv', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]),
    refused('a RAR', 'list.csv', 'Rar!\x1a\x07'),
    refused('a zstd', 'list.csv', [0x28, 0xb5, 0x2f, 0xfd]),
    refused('a program for Linux', 'list.csv', [0x7f, 0x45, 0x4c, 0x46]),
    refused('a program for Windows', 'list.csv', [0x4d, 0x5a, 0x90, 0]),
    refused('a SQLite database', 'list.csv', 'SQLite format 3\0'),
    refused('a Parquet file', 'list.csv', 'PAR1'),
    oleWith('Workbook', 'old_excel'),
    oleWith('Book', 'old_excel'),
    oleWith('WordDocument', 'not_a_table'),
    oleWith('EncryptedPackage', 'password_protected'),
    oleWith('EncryptionInfo', 'password_protected'),
    plain('rich text', '{\\rtf1\\ansi Accounts}'),
    plain('a web page saved as CSV', '<!DOCTYPE html>\n<html><body>Please sign in</body></html>'),
    plain(
      'an HTML table named .xls',
      '<html xmlns:x="urn:x"><head></head><body><table><tr><td>Name</td></tr></table></body></html>',
      'report.xls',
    ),
    plain('a bare HTML table', '<table border="1"><tr><th>Name</th></tr></table>', 'report.xls'),
    plain(
      'an XML spreadsheet of 2003',
      '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
      'list.xls',
    ),
    plain('any XML', '<?xml version="1.0"?><accounts><account/></accounts>'),
    plain('a JSON list', '[{"name":"Acme"},{"name":"Beta"}]'),
    plain('a JSON object', '{"accounts":[]}'),
    plain('a contact card', 'BEGIN:VCARD\nVERSION:3.0\nFN:Rose\nEND:VCARD\n'),
    {
      title: 'an HTML page in UTF-16',
      fileName: 'list.csv',
      bytes: () => Buffer.from('\ufeff<html><body>Hello</body></html>', 'utf16le'),
      outcome: { refused: ['not_a_table'] },
    },
    { title: 'nothing', fileName: 'list.csv', bytes: text(''), outcome: { refused: ['empty_file'] } },
    csv('only blanks', '   \n\t\n \r\n', { refused: ['empty_file'] }),
    csv('only delimiters', ',,,\n,,,\n', { refused: ['empty_file'] }),
    csv('only quotes of nothing', '"",""\n"",""\n', { refused: ['empty_file'] }),
    {
      title: 'zeros',
      fileName: 'list.csv',
      bytes: () => new Uint8Array(10_000),
      outcome: { refused: ['not_a_table', 'empty_file'] },
    },
    { title: 'bytes of 255', fileName: 'list.csv', bytes: () => new Uint8Array(10_000).fill(255), outcome: 'any' },
    ...Array.from(
      { length: 12 },
      (_, i): NastyFile => ({
        title: `noise ${i + 1}`,
        fileName: i % 2 ? 'list.csv' : 'list.xlsx',
        bytes: () => noise(10 ** (1 + (i % 5)), i + 7),
        outcome: 'any',
      }),
    ),
  ];
}
