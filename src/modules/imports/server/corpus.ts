// Nasty files for tests: cut off, wrongly encoded, mislabelled, oversized, hostile. Each says what has to come of it.
import { strToU8, zipSync } from 'fflate';
import type { UnreadableCode } from './read/problem.ts';
import { raw, workbook } from './read/workbook-fixture.ts';

export type NastyFile = {
  title: string;
  fileName: string;
  bytes: () => Uint8Array;
  /** The reasons for which it may be refused, or the table that it has to give; `any`: either, but never a crash. */
  outcome:
    | { refused: UnreadableCode[] }
    | { rows: number; header?: string[]; firstRow?: unknown[]; hasWarning?: string }
    | 'any';
};

const header = ['Account Name', 'City', 'Employees'];
const rows = [
  ['Müller & Söhne', 'Köln', '12'],
  ['Café Élysée', 'Orléans', '7'],
  ['Compañía Añón', 'Málaga', '1200'],
];
const csvText = (delimiter = ',', lineEnd = '\n', last = true): string =>
  [header, ...rows].map((row) => row.join(delimiter)).join(lineEnd) + (last ? lineEnd : '');
const text =
  (content: string): (() => Uint8Array) =>
  () =>
    Buffer.from(content, 'utf8');
const good = { rows: 3, header, firstRow: rows[0] };
const csv = (title: string, content: string, outcome: NastyFile['outcome'], fileName = 'list.csv'): NastyFile => ({
  title,
  fileName,
  bytes: text(content),
  outcome,
});

/** Random bytes that are the same in every run. */
export function noise(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed * 2_654_435_761 + 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

export function nastyFiles(): NastyFile[] {
  return [
    ...encodings(),
    ...dialects(),
    ...notTables(),
    ...quotes(),
    ...sizes(),
    ...headers(),
    ...contents(),
    ...workbooks(),
    ...brokenZips(),
  ];
}

function singleByte(content: string, encoding: string): Uint8Array {
  const bytes = new Map<string, number>();
  const decoder = new TextDecoder(encoding);
  for (let i = 0; i < 256; i++) bytes.set(decoder.decode(Uint8Array.of(i)), i);
  return Uint8Array.from([...content].map((char) => bytes.get(char) ?? 0x3f));
}

function encodings(): NastyFile[] {
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

function dialects(): NastyFile[] {
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

function notTables(): NastyFile[] {
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

function quotes(): NastyFile[] {
  const unclosed = { refused: ['unclosed_quote' as const] };
  return [
    csv('a quote that never closes', 'Account Name,City\nAcme,"Paris\nBeta,Rome\n', unclosed),
    csv('a quote that never closes in the first cell', '"Account Name,City\nAcme,Paris\n', unclosed),
    csv('a quote that never closes in the last cell', 'Account Name,City\nAcme,"', unclosed),
    csv(
      'a quote that never closes in a large file',
      `Account Name,City\n${'Acme,Paris\n'.repeat(1_000)}Beta,"Rome\n${'Acme,Paris\n'.repeat(1_000)}`,
      unclosed,
    ),
    csv('one quote', '"', unclosed),
    csv('three quotes', '"""', unclosed),
    csv('a cell of one quote', 'Account Name,City\nAcme,""""\nBeta,Rome\n', { rows: 2, firstRow: ['Acme', '"'] }),
    csv('inches', 'Account Name,City\n5" Pipes,Paris\n6" Pipes,Rome\n', { rows: 2, firstRow: ['5" Pipes', 'Paris'] }),
    csv('a name that begins in quotes', 'Account Name,City\n"Big" Joe Ltd,Paris\nAcme,Rome\n', {
      rows: 2,
      firstRow: ['"Big" Joe Ltd', 'Paris'],
    }),
    csv('quotes nobody doubled', 'Account Name,City\n"The "Big" Shop",Paris\nAcme,Rome\n', {
      rows: 2,
      firstRow: ['The "Big" Shop', 'Paris'],
    }),
    csv('blanks around quotes', 'Account Name, City\n "Acme" , "Paris, France" \nBeta,Rome\n', {
      rows: 2,
      firstRow: ['Acme', 'Paris, France'],
    }),
    csv('line ends within quotes', 'Account Name,City\n"Acme\r\nInc",Paris\n"Beta\nLtd",Rome\n', {
      rows: 2,
      firstRow: ['Acme\r\nInc', 'Paris'],
    }),
    csv('a header over several lines', '"Account\nName","City\n(HQ)"\nAcme,Paris\nBeta,Rome\n', {
      rows: 2,
      header: ['Account Name', 'City (HQ)'],
    }),
    csv('backslashes before quotes', 'Account Name,City\n"The \\"Big\\" Shop",Paris\nAcme,Rome\n', {
      rows: 2,
      firstRow: ['The "Big" Shop', 'Paris'],
    }),
    csv('a path with backslashes at the end', 'Account Name,City\n"C:\\",Paris\nAcme,Rome\n', {
      rows: 2,
      firstRow: ['C:\\', 'Paris'],
    }),
    csv('single quotes', "Account Name,City\n'Acme','Paris'\n'Beta','Rome'\n", { rows: 2 }),
    csv('typographic quotes', 'Account Name,City\n“Acme, Inc”,Paris\nBeta,Rome\n', 'any'),
  ];
}

function sizes(): NastyFile[] {
  const wide = (n: number): string => {
    const names = Array.from({ length: n }, (_, i) => `Column no ${i}`).join(',');
    const values = Array.from({ length: n }, (_, i) => `v${i}`).join(',');
    return `Account Name,${names}\nAcme,${values}\nBeta,${values}\n`;
  };
  const lazily = (title: string, content: () => string, outcome: NastyFile['outcome']): NastyFile => ({
    title,
    fileName: 'list.csv',
    bytes: () => Buffer.from(content()),
    outcome,
  });
  return [
    lazily('a cell of 10 MB', () => `Account Name,Notes\nAcme,${'x'.repeat(10_000_000)}\n`, {
      refused: ['cell_too_large'],
    }),
    lazily('a quoted cell of 10 MB', () => `Account Name,Notes\nAcme,"${'x\n'.repeat(5_000_000)}"\n`, {
      refused: ['cell_too_large'],
    }),
    lazily('a header cell of 10 MB', () => `Account Name,${'x'.repeat(10_000_000)}\nAcme,1\n`, {
      refused: ['cell_too_large'],
    }),
    lazily('10 MB without a line end', () => 'x'.repeat(10_000_000), { refused: ['cell_too_large'] }),
    lazily('10 MB of delimiters', () => ','.repeat(10_000_000), { refused: ['too_many_columns'] }),
    lazily('10 MB of semicolons after a header', () => `Account Name;City\nAcme;Paris\n${';'.repeat(10_000_000)}`, {
      refused: ['too_many_columns'],
    }),
    lazily('10 MB of line ends', () => '\n'.repeat(10_000_000), { refused: ['empty_file'] }),
    lazily('10 MB of quotes', () => '"'.repeat(10_000_000), 'any'),
    lazily('a million blank lines before the header', () => `${'\n'.repeat(1_000_000)}${csvText()}`, {
      rows: 3,
      header,
    }),
    lazily('a cell of half a megabyte', () => `Account Name,Description\nAcme,${'x'.repeat(500_000)}\nBeta,y\n`, {
      rows: 2,
    }),
    lazily('500 columns', () => wide(499), { rows: 2 }),
    lazily('1,000 columns', () => wide(999), { rows: 2 }),
    lazily('1,001 columns', () => wide(1_000), { refused: ['too_many_columns'] }),
    lazily('5,000 columns', () => wide(5_000), { refused: ['too_many_columns'] }),
    lazily('30,000 columns', () => wide(30_000), { refused: ['too_many_columns'] }),
    lazily('many rows of little', () => `Account Name,City\n${'A,B\n'.repeat(200_000)}`, { rows: 200_000 }),
    csv('a header and nothing else', 'Account Name,City\n', {
      rows: 0,
      header: ['Account Name', 'City'],
      hasWarning: 'no row below it',
    }),
    csv('one row', 'Account Name,City\nAcme,Paris', { rows: 1 }),
    csv('one column', 'Account Name\nAcme\nBeta\n', { rows: 2, header: ['Account Name'] }),
  ];
}

function headers(): NastyFile[] {
  const table = (lines: string[], outcome: NastyFile['outcome'], title: string): NastyFile =>
    csv(title, `${lines.join('\n')}\n`, outcome);
  return [
    table(
      ['Name,Name,Name', 'Acme,b,c', 'Beta,d,e'],
      { rows: 2, header: ['Name', 'Name (2)', 'Name (3)'] },
      'the same name three times',
    ),
    table(
      ['Name,name,NAME', 'Acme,b,c', 'Beta,d,e'],
      { rows: 2, header: ['Name', 'name (2)', 'NAME (3)'] },
      'names that differ by case only',
    ),
    table(
      ['Name,,City,', 'Acme,x,Paris,y', 'Beta,x,Rome,y'],
      { rows: 2, header: ['Name', 'Column 2', 'City', 'Column 4'] },
      'columns without a name',
    ),
    table([',,', 'Acme,Paris,5', 'Beta,Rome,6'], 'any', 'a blank header'),
    table(
      ['Customers 2026', '', 'Printed by Ann', 'Account Name,City,Employees', 'Acme,Paris,5', 'Beta,Rome,6'],
      { rows: 2, header },
      'title lines',
    ),
    table(
      ['Report,Accounts,', 'Date:,2026-01-05,', ',,', 'Account Name,City,Employees', 'Acme,Paris,5', 'Beta,Rome,6'],
      { rows: 2, header },
      'labelled title lines',
    ),
    table(
      ['Account,Address,', ',City,Country', 'Acme,Paris,France', 'Beta,Rome,Italy'],
      'any',
      'a header over two rows',
    ),
    table(['Account Name,City,Revenue', ',,EUR', 'Acme,Paris,5', 'Beta,Rome,6'], { rows: 2 }, 'a row of units'),
    table(
      ['Account Name,City,Employees', '---,---,---', 'Acme,Paris,5', 'Beta,Rome,6'],
      { rows: 2, header },
      'a ruled line below the header',
    ),
    table(
      ['Account Name,City,Employees', 'Acme,Paris,5', 'Account Name,City,Employees', 'Beta,Rome,6'],
      { rows: 2, header },
      'the header again in the middle',
    ),
    table(
      ['Account Name,City,Employees', 'Acme,Paris,5', 'Total,,5', '', 'Copyright (c) 2026'],
      { rows: 1, header },
      'a total and a remark below',
    ),
    table(['1,2,3', '4,5,6', '7,8,9'], 'any', 'numbers only'),
    table(['=HYPERLINK("http://x"),City', 'Acme,Paris', 'Beta,Rome'], 'any', 'a formula as a column name'),
    table(
      ['😀,‮City,\u200bEmployees', 'Acme,Paris,5', 'Beta,Rome,6'],
      { rows: 2 },
      'emoji, direction marks and invisible characters as names',
    ),
    table([`${'N'.repeat(50_000)},City`, 'Acme,Paris', 'Beta,Rome'], { rows: 2 }, 'a very long name'),
    table(
      ['__proto__,constructor,toString', 'a,b,c', 'd,e,f'],
      { rows: 2, header: ['__proto__', 'constructor', 'toString'] },
      'names that are words of the language',
    ),
    table(
      ['Account Name*,City *,"""Employees"""', 'Acme,Paris,5', 'Beta,Rome,6'],
      { rows: 2, header },
      'stars and quotes around names',
    ),
    table(['Account Name,City', 'Acme,Paris,extra', 'Beta', 'Gamma,Rome'], { rows: 3 }, 'ragged rows'),
    table(
      [
        'Account Name,City,Employees,Phone,Website',
        ...Array.from({ length: 50 }, (_, i) => `Acme ${i}${','.repeat(i % 8)}`),
      ],
      { rows: 50 },
      'rows of every length',
    ),
  ];
}

function contents(): NastyFile[] {
  const cell = (title: string, content: string, shown: string = content): NastyFile =>
    csv(title, `Account Name,City\n"${content.replaceAll('"', '""')}",Paris\nBeta,Rome\n`, {
      rows: 2,
      firstRow: [shown, 'Paris'],
    });
  return [
    cell('a formula', '=1+1'),
    cell('a formula that starts a program', `=cmd|' /C calc'!A0`),
    cell('a formula behind an at sign', '@SUM(1+1)*cmd'),
    cell('a formula behind a tab', '\t=1+1'),
    cell('a formula of full width', '＝1+1'),
    cell('HTML', '<script>alert(1)</script>'),
    cell('SQL', "'; drop table account; --"),
    cell('a template', '${7*7}{{7*7}}<%= 7*7 %>'),
    cell('a percent format', '%s%n%x'),
    cell('a right-to-left name', 'شركة أكمي'),
    cell('an override of direction', 'Acme \u202egnp.exe'),
    cell('combining marks', `Z${'\u0351'.repeat(300)}algo`),
    cell('emoji with joiners', '👨‍👩‍👧‍👦 Family Inc 🏴󠁧󠁢󠁥󠁮󠁧󠁿'),
    cell('characters outside the first plane', '𝒜𝒸𝓂ℯ 𠮷野家'),
    cell('a line separator', 'Acme\u2028Inc'),
    cell('control characters', 'Ac\u0001m\u0007e\u001b[31m'),
    cell('a byte order mark inside', 'Ac\ufeffme'),
    cell('a null character', 'Ac\0me', 'Acme'),
    csv('a file that ends with Ctrl-Z', `${csvText()}\x1a`, 'any'),
    csv(
      'null characters between cells',
      'Account Name,\0City\nAcme,\0Paris\nBeta,Rome\nGamma,Oslo\nDelta,Bonn\nEps,Kyiv\n',
      { rows: 5, header: ['Account Name', 'City'] },
    ),
    csv(
      'numbers beyond measure',
      `Account Name,Employees,Annual revenue\nAcme,${'9'.repeat(400)},${'9'.repeat(400)}\nBeta,1e308,1e-308\nGamma,Infinity,NaN\n`,
      { rows: 3 },
    ),
    csv(
      'dates that never were',
      'Account Name,Customer since\nAcme,31/02/2024\nBeta,00/00/0000\nGamma,99/99/9999\nDelta,29/02/2023\nEps,16/02/2024\n',
      { rows: 5 },
    ),
    csv(
      'dates far away',
      'Account Name,Customer since\nAcme,0001-01-01\nBeta,9999-12-31\nGamma,10000-01-01\nDelta,-0044-03-15\n',
      { rows: 4 },
    ),
    csv('nothing but words for nothing', 'Account Name,City,Employees\nN/A,NULL,-\n#N/A,none,n/a\n', { rows: 2 }),
    csv(
      'patterns that make regular expressions slow',
      `Account Name,Website,Email,Phone,Customer since,Annual revenue\n${['a'.repeat(60_000), `${'a.'.repeat(30_000)}!`, `${'a@'.repeat(30_000)}`, `${'1-'.repeat(30_000)}x`, `${'1/'.repeat(30_000)}`, `${"1'".repeat(30_000)}x`].join(',')}\n`,
      { rows: 1 },
    ),
    csv(
      'patterns of middling length',
      `Account Name,Website,Email,Phone,Customer since,Annual revenue\n${Array.from({ length: 200 }, (_, i) => ['a '.repeat(30), `${'a-'.repeat(36)}.`, `${'a.'.repeat(36)}@`, `${'1 '.repeat(18)}x`, `${'1 '.repeat(20)}a ${i}`, `${'1,'.repeat(28)}x`].join(',').replaceAll('1,', '1.')).join('\n')}\n`,
      { rows: 200 },
    ),
    csv('ids that lost their end', 'Customer ID,Customer Name\n1.23457E+12,Acme\n1.23457E+12,Beta\n', { rows: 2 }),
    csv('accounts that are their own parents', 'Id,Name,ParentId\n1,Acme,1\n2,Beta,3\n3,Gamma,2\n', { rows: 3 }),
  ];
}

const sheetOf = (xml: string): Uint8Array => workbook([{ name: 'A', rows: [], xml }]);
const sheetXml = (body: string, before = ''): string =>
  `${before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${body}</sheetData></worksheet>`;
const inline = (reference: string, content: string): string =>
  `<c r="${reference}" t="inlineStr"><is><t>${content}</t></is></c>`;
const headerXml = `<row r="1">${inline('A1', 'Account Name')}${inline('B1', 'City')}</row>`;
const rowXml = `<row r="2">${inline('A2', 'Acme')}${inline('B2', 'Paris')}</row>`;
const plainSheet = [
  ['Account Name', 'City', 'Employees'],
  ['Acme', 'Paris', 5],
  ['Beta', 'Rome', 6],
];

function workbooks(): NastyFile[] {
  const file = (
    title: string,
    bytes: () => Uint8Array,
    outcome: NastyFile['outcome'],
    fileName = 'list.xlsx',
  ): NastyFile => ({ title, fileName, bytes, outcome });
  const sheet = (title: string, xml: string, outcome: NastyFile['outcome']): NastyFile =>
    file(title, () => sheetOf(xml), outcome);
  return [
    file('a workbook named .csv', () => workbook([{ name: 'A', rows: plainSheet }]), { rows: 2, header }, 'list.csv'),
    file('a sheet without rows', () => workbook([{ name: 'A', rows: [] }]), { refused: ['empty_file'] }),
    file('a sheet with a header only', () => workbook([{ name: 'A', rows: [plainSheet[0]!] }]), { rows: 0, header }),
    file('only hidden sheets', () => workbook([{ name: 'A', state: 'hidden', rows: plainSheet }]), { rows: 2, header }),
    file(
      'a cover sheet first',
      () =>
        workbook([
          { name: 'Cover', rows: [['Welcome']] },
          { name: 'Data', rows: plainSheet },
        ]),
      { rows: 2, header },
    ),
    file('40 sheets', () => workbook(Array.from({ length: 40 }, (_, i) => ({ name: `S${i}`, rows: plainSheet }))), {
      rows: 2,
      header,
    }),
    file(
      'a shared text that is not there',
      () =>
        workbook([
          {
            name: 'A',
            rows: [
              ...plainSheet,
              [raw('t="s"', '99'), 'Oslo', 7],
              [raw('t="s"', '-1'), 'Bonn', 8],
              [raw('t="s"', 'x'), 'Kyiv', 9],
            ],
          },
        ]),
      { rows: 5 },
    ),
    file(
      'a style that is not there',
      () => workbook([{ name: 'A', rows: [...plainSheet, ['Gamma', 'Oslo', raw('s="999"', '7')]] }]),
      { rows: 3 },
    ),
    file(
      'numbers that are none',
      () =>
        workbook([
          { name: 'A', rows: [...plainSheet, ['Gamma', 'Oslo', raw('', 'abc')], ['Delta', 'Bonn', raw('', '1e999')]] },
        ]),
      { rows: 4 },
    ),
    file(
      'dates out of range',
      () =>
        workbook(
          [
            {
              name: 'A',
              rows: [
                ['Account Name', 'Customer since'],
                ['A', raw('s="1"', '-5')],
                ['B', raw('s="1"', '99999999')],
                ['C', raw('s="1"', '45581')],
              ],
            },
          ],
          { formats: ['yyyy-mm-dd'] },
        ),
      { rows: 3 },
    ),
    file(
      'formulas without results',
      () => workbook([{ name: 'A', rows: [...plainSheet, ['Gamma', raw('', '', 'A1'), raw('', '', 'B1')]] }]),
      { rows: 3, hasWarning: 'without a saved result' },
    ),
    file(
      'formulas with results',
      () =>
        workbook([{ name: 'A', rows: [...plainSheet, [raw('t="str"', 'Gamma', 'A1'), 'Oslo', raw('', '3', '1+2')]] }]),
      { rows: 3 },
    ),
    file(
      'errors of every kind',
      () =>
        workbook([
          {
            name: 'A',
            rows: [
              ...plainSheet,
              ...['#N/A', '#REF!', '#VALUE!', '#DIV/0!', '#NAME?', '#NUM!', '#NULL!'].map((error) => [
                `X${error.length}`,
                raw('t="e"', error),
                raw('t="e"', error),
              ]),
            ],
          },
        ]),
      { rows: 9 },
    ),
    sheet(
      'rows in the wrong order',
      sheetXml(`${headerXml}<row r="9">${inline('A9', 'Nine')}</row><row r="3">${inline('A3', 'Three')}</row>`),
      { rows: 2 },
    ),
    sheet(
      'rows and cells without numbers',
      sheetXml(
        '<row><c t="inlineStr"><is><t>Account Name</t></is></c><c t="inlineStr"><is><t>City</t></is></c></row><row><c t="inlineStr"><is><t>Acme</t></is></c><c t="inlineStr"><is><t>Paris</t></is></c></row>',
      ),
      { rows: 1, firstRow: ['Acme', 'Paris'] },
    ),
    sheet(
      'a row number beyond the last',
      sheetXml(`${headerXml}<row r="99999999">${inline('A99999999', 'Acme')}</row>`),
      { refused: ['too_many_rows'] },
    ),
    sheet(
      'negative and broken row numbers',
      sheetXml(`${headerXml}<row r="-3">${inline('A2', 'Acme')}</row><row r="x">${inline('A3', 'Beta')}</row>`),
      { rows: 2 },
    ),
    sheet(
      'a cell in column XFD',
      sheetXml(`${headerXml}<row r="2">${inline('A2', 'Acme')}${inline('XFD2', 'far')}</row>`),
      { refused: ['too_many_columns'] },
    ),
    sheet(
      'cell references that are none',
      sheetXml(`${headerXml}<row r="2">${inline('', 'Acme')}${inline('12', 'Paris')}${inline('ZZZZZZZZ1', 'x')}</row>`),
      'any',
    ),
    sheet(
      'tags that never close',
      `${sheetXml(headerXml).replace('</sheetData></worksheet>', '')}<row r="2"><c r="A2"><v>5`,
      'any',
    ),
    sheet('closing tags that never opened', sheetXml(`${headerXml}</c></row></v>${rowXml}`), { rows: 1 }),
    sheet(
      'a tag of a megabyte',
      sheetXml(`${headerXml}<row r="2" x="${'y'.repeat(1_000_000)}">${inline('A2', 'Acme')}</row>`),
      'any',
    ),
    sheet('tags a hundred thousand deep', `${'<a>'.repeat(100_000)}${sheetXml(headerXml + rowXml)}`, 'any'),
    sheet(
      'comments and character data',
      sheetXml(
        `<!-- <row r="1"/> -->${headerXml}<row r="2"><c r="A2" t="inlineStr"><is><t><![CDATA[Acme <&> Co]]></t></is></c></row>`,
      ),
      { rows: 1, firstRow: ['Acme <&> Co', ''] },
    ),
    sheet(
      'every entity of XML',
      sheetXml(
        `${headerXml}<row r="2">${inline('A2', '&lt;&gt;&amp;&quot;&apos;&#65;&#x42;&#x1F600;&#0;&#xD800;&#x110000;&unknown;')}</row>`,
      ),
      { rows: 1 },
    ),
    sheet(
      'an entity bomb',
      `<!DOCTYPE x [${Array.from({ length: 10 }, (_, i) => `<!ENTITY e${i} "${`&e${i - 1};`.repeat(10)}">`).join('')}]>${sheetXml(`${headerXml}<row r="2">${inline('A2', '&e9;')}</row>`)}`,
      { refused: ['unsafe_xml'] },
    ),
    sheet(
      'an entity of another file',
      `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${sheetXml(`${headerXml}<row r="2">${inline('A2', '&f;')}</row>`)}`,
      { refused: ['unsafe_xml'] },
    ),
    sheet('a parameter entity', `<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">${sheetXml(headerXml + rowXml)}`, {
      refused: ['unsafe_xml'],
    }),
    sheet('no XML at all', 'Account Name,City\nAcme,Paris', { refused: ['empty_file'] }),
    sheet('an empty part', '', { refused: ['empty_file'] }),
    file(
      'a cell of 10 MB',
      () =>
        workbook(
          [
            {
              name: 'A',
              rows: [
                ['Name', 'Note'],
                ['Acme', 'lorem ipsum '.repeat(900_000)],
              ],
            },
          ],
          { level: 0 },
        ),
      { refused: ['cell_too_large'] },
    ),
    file(
      'a shared text of 10 MB',
      () =>
        workbook([{ name: 'A', rows: [['Name'], [raw('t="s"', '0')]] }], {
          sharedTexts: ['lorem ipsum '.repeat(900_000)],
          level: 0,
        }),
      { refused: ['cell_too_large'] },
    ),
    file(
      '500 columns',
      () =>
        workbook([
          {
            name: 'A',
            rows: [Array.from({ length: 500 }, (_, i) => `Column no ${i}`), Array.from({ length: 500 }, (_, i) => i)],
          },
        ]),
      { rows: 1 },
    ),
    file(
      'dates from 1904',
      () =>
        workbook(
          [
            {
              name: 'A',
              rows: [
                ['Account Name', 'Customer since'],
                ['Acme', raw('s="1"', '44119')],
              ],
            },
          ],
          { formats: ['dd/mm/yyyy'], date1904: true },
        ),
      { rows: 1, firstRow: ['Acme', '2024-10-16'] },
    ),
    file(
      'a zip bomb in the sheet',
      () =>
        workbook([{ name: 'A', rows: [], xml: sheetXml(`${headerXml}${rowXml.repeat(1)}`) + ' '.repeat(80_000_000) }]),
      { refused: ['unpacked_too_large'] },
    ),
    file(
      'a zip bomb in the shared texts',
      () =>
        workbook([{ name: 'A', rows: plainSheet }], {
          parts: { 'xl/sharedStrings.xml': `<sst>${'<si><t>aaaaaaaaaaaaaaaa</t></si>'.repeat(2_000_000)}</sst>` },
        }),
      { refused: ['unpacked_too_large'] },
    ),
    file(
      'a zip bomb in the styles',
      () =>
        workbook([{ name: 'A', rows: plainSheet }], {
          parts: {
            'xl/styles.xml': `<styleSheet><cellXfs>${'<xf numFmtId="0"/>'.repeat(3_000_000)}</cellXfs></styleSheet>`,
          },
        }),
      { refused: ['unpacked_too_large'] },
    ),
    file(
      'a zip bomb beside the sheet, which nobody reads',
      () =>
        workbook([{ name: 'A', rows: plainSheet }], { parts: { 'xl/media/image1.png': new Uint8Array(50_000_000) } }),
      { rows: 2, header },
    ),
  ];
}

function brokenZips(): NastyFile[] {
  const files: NastyFile[] = [];
  const bytes = workbook([
    {
      name: 'A',
      rows: [...plainSheet, ...Array.from({ length: 300 }, (_, i) => [`Name ${i * 7919}`, `City ${i * 104_729}`, i])],
    },
  ]);
  const file = (title: string, make: () => Uint8Array, outcome: NastyFile['outcome']): void =>
    void files.push({ title, fileName: 'list.xlsx', bytes: make, outcome });
  for (let i = 1; i <= 12; i++)
    file(
      `a workbook cut off at ${i} twelfths less a byte`,
      () => bytes.subarray(0, Math.floor((bytes.length * i) / 12) - 1),
      { refused: ['damaged_file'] },
    );
  for (let i = 0; i < 24; i++) {
    file(
      `a workbook with a flipped byte (${i + 1})`,
      () => {
        const copy = Uint8Array.from(bytes);
        const at = Math.floor((copy.length * (i + 0.5)) / 24);
        copy[at] = copy[at]! ^ (1 << (i % 8));
        return copy;
      },
      'any',
    );
  }
  const zip =
    (parts: Record<string, string>): (() => Uint8Array) =>
    () =>
      zipSync(Object.fromEntries(Object.entries(parts).map(([name, content]) => [name, strToU8(content)])));
  const endOf = (copy: Uint8Array): number => Buffer.from(copy.buffer).lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const patched = (patch: (copy: Uint8Array, end: number) => void) => (): Uint8Array => {
    const copy = Uint8Array.from(bytes);
    patch(copy, endOf(copy));
    return copy;
  };
  file('a zip without parts', zip({}), { refused: ['not_a_table', 'damaged_file'] });
  file('a Word document', zip({ '[Content_Types].xml': '<x/>', 'word/document.xml': '<x/>' }), {
    refused: ['not_a_table'],
  });
  file('a presentation', zip({ 'ppt/presentation.xml': '<x/>' }), { refused: ['not_a_table'] });
  file(
    'an OpenDocument sheet',
    zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }),
    { refused: ['not_a_table'] },
  );
  file('a binary workbook', zip({ 'xl/workbook.bin': 'x' }), { refused: ['not_a_table'] });
  file('a Numbers document', zip({ 'Index/Document.iwa': 'x' }), { refused: ['not_a_table'] });
  file('a zip of CSV files', zip({ 'Account.csv': 'Id,Name\n1,Acme\n', 'Contact.csv': 'Id\n1\n' }), {
    refused: ['not_a_table'],
  });
  file('a workbook without sheets', zip({ 'xl/workbook.xml': '<workbook><sheets/></workbook>' }), {
    refused: ['damaged_file'],
  });
  file(
    'a workbook whose sheet is missing',
    zip({
      'xl/workbook.xml': '<workbook><sheets><sheet name="A" r:id="rId1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    }),
    { refused: ['damaged_file'] },
  );
  file(
    'a workbook that points outside itself',
    zip({
      'xl/workbook.xml': '<workbook><sheets><sheet name="A" r:id="rId1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="../../../../etc/passwd"/></Relationships>',
    }),
    { refused: ['damaged_file'] },
  );
  file(
    'parts with paths that climb',
    () => workbook([{ name: 'A', rows: plainSheet }], { parts: { '../../evil.txt': 'x', '/abs/evil.txt': 'x' } }),
    { rows: 2, header },
  );
  file(
    'a directory with too many parts',
    patched((copy, end) => copy.set([0xff, 0x7f, 0xff, 0x7f], end + 8)),
    { refused: ['unpacked_too_large', 'damaged_file'] },
  );
  file(
    'a directory beyond the end',
    patched((copy, end) => copy.set([0xff, 0xff, 0xff, 0x7f], end + 16)),
    { refused: ['damaged_file'] },
  );
  file(
    'a directory of absurd size',
    patched((copy, end) => copy.set([0xff, 0xff, 0xff, 0x7f], end + 12)),
    { refused: ['damaged_file'] },
  );
  file('a workbook with text behind its end', () => Buffer.concat([bytes, Buffer.from('trailing text')]), {
    rows: 302,
  });
  file(
    'a workbook that says its parts are encrypted',
    patched((copy) => {
      const buffer = Buffer.from(copy.buffer);
      for (let at = buffer.indexOf('PK\x01\x02'); at !== -1; at = buffer.indexOf('PK\x01\x02', at + 4))
        copy[at + 8] = copy[at + 8]! | 1;
    }),
    { refused: ['password_protected'] },
  );
  file(
    'a workbook packed in an unknown way',
    patched((copy) => {
      const buffer = Buffer.from(copy.buffer);
      for (let at = buffer.indexOf('PK\x01\x02'); at !== -1; at = buffer.indexOf('PK\x01\x02', at + 4))
        copy[at + 10] = 99;
    }),
    { refused: ['damaged_file'] },
  );
  file(
    'a workbook whose sums are wrong',
    patched((copy) => {
      const buffer = Buffer.from(copy.buffer);
      for (let at = buffer.indexOf('PK\x01\x02'); at !== -1; at = buffer.indexOf('PK\x01\x02', at + 4))
        copy[at + 16] = copy[at + 16]! ^ 0xff;
    }),
    { refused: ['damaged_file'] },
  );
  return files;
}
