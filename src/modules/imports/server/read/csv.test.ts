import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectDialect } from './dialect.ts';
import { UnreadableFile } from './problem.ts';
import type { SourceTable, TableBatch, TableChoice } from './table.ts';
import { openTable } from './table.ts';
import { createTokeniser } from './tokenise.ts';

function split(text: string, delimiter = ',', pieces = text.length || 1): string[][] {
  const records: string[][] = [];
  const cap = { cellChars: 1_000, columns: 100, nameOf: String };
  const tokeniser = createTokeniser({ delimiter, quoteEscape: 'double' }, cap, (cells) => records.push(cells));
  for (let at = 0; at < text.length; at += pieces) tokeniser.push(text.slice(at, at + pieces));
  tokeniser.end();
  return records;
}

async function readAll(table: SourceTable): Promise<TableBatch> {
  const all: TableBatch = { rows: [], rowNumbers: [], notes: [], bytesRead: 0 };
  for await (const batch of table.rows()) {
    all.rows.push(...batch.rows);
    all.rowNumbers.push(...batch.rowNumbers);
    all.notes.push(...batch.notes);
    all.bytesRead = batch.bytesRead;
  }
  return all;
}

const open = (text: string | Buffer, choice?: TableChoice) =>
  openTable(Buffer.from(text as string), 'list.csv', choice);

async function problem(text: string, choice?: TableChoice): Promise<UnreadableFile> {
  try {
    await readAll(await open(text, choice));
  } catch (error) {
    if (error instanceof UnreadableFile) return error;
    throw error;
  }
  throw new Error('The file was read without complaint.');
}

describe('splitting delimited text', () => {
  it('line ends may be mixed: LF, CRLF and CR', () => {
    expect(split('a,b\nc,d\r\ne,f\rg,h')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
      ['g', 'h'],
    ]);
  });

  it('quoted cells hold delimiters, line ends and doubled quotes', () => {
    expect(split('"a,1","line 1\r\nline 2","say ""hi"""\n')).toEqual([['a,1', 'line 1\r\nline 2', 'say "hi"']]);
  });

  it('a cell that only begins with a quote costs one cell, not the rest of the file', () => {
    expect(split('"Big" Joe Ltd,Paris\nAcme,Rome\n')).toEqual([
      ['"Big" Joe Ltd', 'Paris'],
      ['Acme', 'Rome'],
    ]);
    expect(split('"He said "hi" there",Paris\nAcme,Rome\n')).toEqual([
      ['He said "hi" there', 'Paris'],
      ['Acme', 'Rome'],
    ]);
    expect(split('5" pipe,Paris\n')).toEqual([['5" pipe', 'Paris']]);
  });

  it('spaces around quotes are passed over', () => {
    expect(split('a, "b, c" ,d\n')).toEqual([['a', 'b, c', 'd']]);
  });

  it('a trailing delimiter makes an empty last cell', () => {
    expect(split('a,b,\nc,,')).toEqual([
      ['a', 'b', ''],
      ['c', '', ''],
    ]);
  });

  it('what is printed is what is read, for any table, delimiter, line end and piece size', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom('', '"', '""', '\n', '\r\n', 'a,b', ';', ' x ', '\t', "'"),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        (rows, delimiter, lineEnd, pieces, allQuoted) => {
          const print = (text: string): string =>
            allQuoted || /["\r\n;,\t|]|^ *"|^$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
          const text = rows.map((row) => row.map(print).join(delimiter)).join(lineEnd);
          expect(split(text, delimiter, pieces)).toEqual(rows);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('delimiter', () => {
  it.each([
    ['Name;Betrag\nAcme;1,5\nBeta;2,5\n', ';'],
    ['Name,Note\n"Acme; Inc",x\n"Beta; Ltd",y\n', ','],
    ['Name\tCity\nAcme, Inc.\tParis; Rome\n', '\t'],
    ['Name|City\nAcme|Paris\n', '|'],
    ['Report for 2024\n\nName;City;Zip\nAcme;Paris;1\nBeta;Rome;2\n', ';'],
    ['Name;Ort;Notiz\nAcme, Inc.;Köln;a, b, c\nBeta, Ltd;Bonn;d, e\n', ';'],
  ])('is found in %j', (text, delimiter) => {
    expect(detectDialect(text).delimiter).toBe(delimiter);
  });

  it('a list of one column with commas in its names stays one column', async () => {
    const table = await open('Company\nAcme, Inc.\nBeta, Inc.\nGamma, Ltd.\nDelta\n');
    expect(table.header).toEqual(['Company']);
    expect((await readAll(table)).rows[0]).toEqual(['Acme, Inc.']);
  });

  it('a first line sep=; is an instruction, not a row', async () => {
    const table = await open('sep=;\r\nName;City\r\nAcme;"Paris, France"\r\n');
    expect(table.header).toEqual(['Name', 'City']);
    expect((await readAll(table)).rows).toEqual([['Acme', 'Paris, France']]);
  });

  it('quotes escaped by a backslash are understood', async () => {
    const table = await open('id,name\n1,"The \\"Big\\" Shop, Ltd"\n2,"Plain"\n');
    expect((await readAll(table)).rows).toEqual([
      ['1', 'The "Big" Shop, Ltd'],
      ['2', 'Plain'],
    ]);
  });
});

describe('rows of a CSV', () => {
  it('row numbers are those of a spreadsheet, blank rows counted', async () => {
    const all = await readAll(await open('Name,City\n\nAcme,Paris\n,\n"Multi\nline",Rome\nBeta,Bonn\n'));
    expect(all.rowNumbers).toEqual([3, 5, 6]);
    expect(all.rows).toEqual([
      ['Acme', 'Paris'],
      ['Multi\nline', 'Rome'],
      ['Beta', 'Bonn'],
    ]);
  });

  it('rows with too many or too few cells are named and do not stop the file', async () => {
    const all = await readAll(
      await open('Name,City,Zip\nAcme,Paris,1\nBeta, Inc.,Rome,2\nGamma,Bonn\nDelta,Oslo,3,\n'),
    );
    expect(all.rows).toHaveLength(4);
    expect(all.notes.map(({ row, code, weight }) => ({ row, code, weight }))).toEqual([
      { row: 3, code: 'too_many_cells', weight: 'reject' },
      { row: 4, code: 'too_few_cells', weight: 'warn' },
    ]);
    expect(all.rows[2]).toEqual(['Gamma', 'Bonn', '']);
  });

  it('totals, remarks and repeated headers are passed over and said so', async () => {
    const text =
      'Name,City,Revenue\nAcme,Paris,10\nName,City,Revenue\nBeta,Rome,20\n\nGrand Totals (2 records),,30\nCopyright (c) 2000-2026 salesforce.com\n';
    const all = await readAll(await open(text));
    expect(all.rows.map((row) => row[0])).toEqual(['Acme', 'Beta']);
    expect(all.notes.map((note) => [note.row, note.code])).toEqual([
      [3, 'repeated_header'],
      [6, 'footer'],
      [7, 'footer'],
    ]);
  });

  it('an account whose name begins like a total is kept', async () => {
    const all = await readAll(await open('Name,City,Revenue\nTotal Energies,Paris,10\nSumma Health,Akron,20\n'));
    expect(all.rows).toHaveLength(2);
  });

  it('reading can be resumed behind a row', async () => {
    const table = await open('Name,City\nA,1\nB,2\nC,3\n');
    const rows = [];
    for await (const batch of table.rows({ afterRow: 2 })) rows.push(...batch.rows);
    expect(rows).toEqual([
      ['B', '2'],
      ['C', '3'],
    ]);
  });

  it('reading stops when it is cancelled', async () => {
    const table = await open('Name,City\nA,1\n');
    await expect(table.rows({ signal: AbortSignal.abort() }).next()).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('what is wrong with a CSV is said with its place', () => {
  it('an unclosed quote names the row and the column where it opens', async () => {
    const error = await problem('Name,City\nAcme,Paris\nBeta,"Rome\nGamma,Bonn\n');
    expect(error).toMatchObject({ code: 'unclosed_quote', row: 3, column: '“City”' });
    expect(error.message).toContain('row 3, column “City”');
  });

  it('a cell of 10 MB names its row and column', async () => {
    const error = await problem(`Name,Notes\nAcme,ok\nBeta,${'x'.repeat(10_000_000)}\n`);
    expect(error).toMatchObject({ code: 'cell_too_large', row: 3, column: '“Notes”' });
    const quoted = await problem(`Name,Notes\nAcme,"${'x'.repeat(10_000_000)}"\n`);
    expect(quoted).toMatchObject({ code: 'cell_too_large', row: 2, column: '“Notes”' });
  });

  it('500 columns are fine, more than the cap are not', async () => {
    const line = (n: number): string => Array.from({ length: n }, (_, i) => `c${i}`).join(',');
    expect((await open(`${line(500)}\n${line(500)}\n`)).header).toHaveLength(500);
    expect(await problem(`${line(1_500)}\n${line(1_500)}\n`)).toMatchObject({ code: 'too_many_columns' });
  });

  it('null characters are left out and counted', async () => {
    const table = await open('Name,City\nAc\0me,Paris\nBeta,Rome\nGamma,Bonn\nDelta,Oslo\nEpsilon,Kyiv\n');
    expect((await readAll(table)).rows[0]).toEqual(['Acme', 'Paris']);
    expect(table.warnings.join(' ')).toContain('1 null character');
  });

  it('text that was converted twice is pointed out', async () => {
    const table = await open('Name,Ort\nMÃ¼ller,KÃ¶ln\nJÃ¤ger,NÃ¼rnberg\n');
    expect(table.warnings.join(' ')).toContain('broken in the file itself');
  });

  it.each([
    ['', 'empty_file', 'empty'],
    ['   \n \n', 'empty_file', 'no text'],
    ['%PDF-1.7\n%âãÏÓ', 'not_a_table', 'PDF'],
    ['<!DOCTYPE html><html><body><table></table></body></html>', 'not_a_table', 'web page'],
    ['<html xmlns="x"><table><tr><td>a</td></tr></table></html>', 'not_a_table', 'web page'],
    ['[{"name":"Acme"}]', 'not_a_table', 'JSON'],
    ['{\n  "accounts": []\n}', 'not_a_table', 'JSON'],
    [
      '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
      'not_a_table',
      'XML spreadsheet',
    ],
    ['{\\rtf1\\ansi hello}', 'not_a_table', 'rich text'],
  ])('%j is refused as %s', async (text, code, words) => {
    const error = await problem(text);
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
  });

  it('a file with a header only is read, with a warning', async () => {
    const table = await open('Name,City\n');
    expect(table.header).toEqual(['Name', 'City']);
    expect(table.warnings).toContain('There is a header, but no row below it.');
  });

  it('an old Excel file says how to save it, a protected one that it is protected', async () => {
    const ole = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(600)]);
    const old = Buffer.concat([ole, Buffer.from('Workbook', 'utf16le')]);
    const locked = Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]);
    await expect(openTable(old, 'list.xls')).rejects.toMatchObject({
      code: 'old_excel',
      message: expect.stringContaining('save it as .xlsx or CSV'),
    });
    await expect(openTable(locked, 'list.xlsx')).rejects.toMatchObject({ code: 'password_protected' });
  });

  it('a file above the size limit is refused before it is read', async () => {
    await expect(open('a,b\n1,2\n', { limits: { fileBytes: 5 } })).rejects.toMatchObject({ code: 'file_too_large' });
  });
});
