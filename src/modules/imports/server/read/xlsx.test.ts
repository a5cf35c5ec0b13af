import { describe, expect, it } from 'vitest';
import { UnreadableFile } from './problem.ts';
import type { Cell } from './raw.ts';
import type { SourceTable } from './table.ts';
import { openTable } from './table.ts';
import { raw, workbook } from './workbook-fixture.ts';
import { serialDate, styleOfFormat } from './xlsx-styles.ts';

async function rowsOf(table: SourceTable): Promise<Cell[][]> {
  const rows: Cell[][] = [];
  for await (const batch of table.rows()) rows.push(...batch.rows);
  return rows;
}

async function problem(bytes: Uint8Array): Promise<UnreadableFile> {
  try {
    await rowsOf(await openTable(bytes, 'list.xlsx'));
  } catch (error) {
    if (error instanceof UnreadableFile) return error;
    throw error;
  }
  throw new Error('The file was read without complaint.');
}

describe('cells of a workbook', () => {
  it('numbers, texts, truth values, dates, percentages, money and codes keep their meaning', async () => {
    const book = workbook(
      [
        {
          name: 'Accounts',
          rows: [
            ['Name', 'Since', 'Share', 'Revenue', 'Zip', 'Active', 'Staff', 'Seen'],
            [
              'Acme & Söhne',
              raw('s="1"', '45581'),
              raw('s="2"', '0.07'),
              raw('s="3"', '7450000'),
              raw('s="4"', '1067'),
              true,
              12.5,
              raw('s="5"', '46076.871527777781'),
            ],
            [raw('t="s"', '0'), null, null, raw('s="6"', '1234.567'), null, false, 1e21, null],
          ],
        },
      ],
      {
        formats: ['dd.mm.yyyy', '0%', '#,##0.00\\ [$€-407]', '00000', 'm/d/yy h:mm', '[$$-409]#,##0.00'],
        sharedTexts: ['Shared_x000D_ text'],
      },
    );
    const table = await openTable(book, 'accounts.xlsx');
    expect(await rowsOf(table)).toEqual([
      ['Acme & Söhne', '2024-10-16', '7%', '€ 7450000.00', '01067', true, 12.5, '2026-02-23T20:55:00'],
      ['Shared\r text', '', '', 'USD 1234.5670', '', false, 1e21, ''],
    ]);
  });

  it('formulas give their saved result, and say so when there is none', async () => {
    const book = workbook([
      {
        name: 'A',
        rows: [
          ['Name', 'Sum', 'Bad'],
          ['Acme', raw('', '3', '1+2'), raw('t="e"', '#N/A', 'x')],
          ['Beta', raw('', '', 'SUM(A1)'), raw('t="str"', 'text', 'x')],
        ],
      },
    ]);
    const table = await openTable(book, 'a.xlsx');
    expect(await rowsOf(table)).toEqual([
      ['Acme', 3, '#N/A'],
      ['Beta', '', 'text'],
    ]);
    expect(table.warnings.join()).toContain('a formula without a saved result');
  });

  it('days are counted from 1900 with its false leap day, or from 1904', () => {
    expect(serialDate(1, false)).toBe('1900-01-01');
    expect(serialDate(59, false)).toBe('1900-02-28');
    expect(serialDate(61, false)).toBe('1900-03-01');
    expect(serialDate(45581, false)).toBe('2024-10-16');
    expect(serialDate(45581 - 1462, true)).toBe('2024-10-16');
    expect(serialDate(45581.99999999, false)).toBe('2024-10-17');
    expect(serialDate(0.5, false)).toBe('12:00:00');
    expect(serialDate(-1, false)).toBeNull();
  });

  it('a 1904 workbook gives 1904 dates', async () => {
    const book = workbook(
      [
        {
          name: 'A',
          rows: [
            ['Name', 'Since'],
            ['Acme', raw('s="1"', '44119')],
          ],
        },
      ],
      { formats: ['yyyy-mm-dd'], date1904: true },
    );
    expect(await rowsOf(await openTable(book, 'a.xlsx'))).toEqual([['Acme', '2024-10-16']]);
  });

  it.each([
    ['General', 'plain'],
    ['0.00', 'plain'],
    ['[Red]#,##0.00', 'plain'],
    ['[h]:mm', 'plain'],
    ['#,##0 "days"', 'plain'],
    ['[$-409]mmm d, yyyy', 'date'],
    ['yyyy\\-mm\\-dd', 'date'],
    ['mm:ss.0', 'date'],
    ['0.0%', 'percent'],
    ['_("$"* #,##0.00_)', 'money'],
    ['#,##0 [$CHF]', 'money'],
    ['000000', 'code'],
  ])('number format %s is %s', (code, kind) => {
    expect(styleOfFormat(code).kind).toBe(kind);
  });

  it('gaps between cells and rows stay gaps', async () => {
    const xml =
      '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t>Name</x:t></x:is></x:c><x:c r="C2" t="inlineStr"><x:is><x:t>City</x:t></x:is></x:c></x:row><x:row r="5"><x:c r="A5" t="inlineStr"><x:is><x:r><x:t>Ac</x:t></x:r><x:r><x:t>me</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:is></x:c><x:c r="C5" t="inlineStr"><x:is><x:t>Rome</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>';
    const table = await openTable(workbook([{ name: 'A', rows: [], xml }]), 'a.xlsx');
    for await (const batch of table.rows())
      expect(batch).toMatchObject({ rowNumbers: [5], rows: [['Acme', '', 'Rome']] });
    expect(table.header).toEqual(['Name', 'Column 2', 'City']);
  });
});

describe('sheets of a workbook', () => {
  const list = {
    name: 'List',
    rows: [
      ['Name', 'City', 'Zip'],
      ['Acme', 'Paris', 1],
      ['Beta', 'Rome', 2],
      ['Gamma', 'Oslo', 3],
    ],
  };

  it('the first visible sheet that holds a table is read, and the others are named', async () => {
    const book = workbook([
      { name: 'Secret', state: 'hidden', rows: list.rows },
      { name: 'Read me', rows: [['How to use this file']] },
      list,
      { name: 'Empty', rows: [] },
    ]);
    const table = await openTable(book, 'a.xlsx');
    expect(table.sheet).toBe('List');
    expect(table.sheets).toEqual([
      { name: 'Secret', hidden: true },
      { name: 'Read me', hidden: false },
      { name: 'List', hidden: false },
      { name: 'Empty', hidden: false },
    ]);
    expect(table.warnings[0]).toContain('Not read: Read me, Empty');
  });

  it('another sheet is read on request, and a wrong name lists the right ones', async () => {
    const book = workbook([
      list,
      {
        name: 'Other',
        rows: [
          ['Firma', 'Ort'],
          ['X', 'Y'],
        ],
      },
    ]);
    expect((await openTable(book, 'a.xlsx', { sheet: 'other' })).header).toEqual(['Firma', 'Ort']);
    await expect(openTable(book, 'a.xlsx', { sheet: 'none' })).rejects.toMatchObject({
      message: expect.stringContaining('List, Other'),
    });
  });
});

describe('broken and hostile workbooks', () => {
  const good = workbook([
    { name: 'A', rows: Array.from({ length: 500 }, (_, i) => [`Name ${i}`, `City ${i * 7919}`, i]) },
  ]);

  it('a truncated workbook is called damaged, wherever it was cut', async () => {
    for (const share of [0.1, 0.5, 0.9, 0.999]) {
      const error = await problem(good.subarray(0, Math.floor(good.length * share)));
      expect(error.code).toBe('damaged_file');
    }
  });

  it('flipped bytes never crash: damaged, or still a table', async () => {
    for (let at = 0; at < good.length; at += 53) {
      const copy = Uint8Array.from(good);
      copy[at] = copy[at]! ^ 0xff;
      try {
        await rowsOf(await openTable(copy, 'a.xlsx'));
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableFile);
      }
    }
  });

  it('a zip bomb is stopped while it unpacks', async () => {
    const bomb = workbook([{ name: 'A', rows: [] }], {
      parts: {
        'xl/worksheets/sheet1.xml': `<worksheet><sheetData><row><c t="inlineStr"><is><t>a</t></is></c></row>${' '.repeat(60_000_000)}</sheetData></worksheet>`,
      },
    });
    expect(bomb.length).toBeLessThan(200_000);
    expect((await problem(bomb)).code).toBe('unpacked_too_large');
  });

  it('an entity bomb is refused', async () => {
    const xml =
      '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><worksheet><sheetData><row><c t="str"><v>&lol2;</v></c></row></sheetData></worksheet>';
    expect((await problem(workbook([{ name: 'A', rows: [], xml }]))).code).toBe('unsafe_xml');
  });

  it('a cell of 10 MB names its place, in the sheet and in the shared texts', async () => {
    const huge = Array.from({ length: 1_000_000 }, (_, i) => `word${i}`).join(' ');
    expect(
      await problem(
        workbook([
          {
            name: 'A',
            rows: [
              ['Name', 'Note'],
              ['Acme', huge],
            ],
          },
        ]),
      ),
    ).toMatchObject({ code: 'cell_too_large', row: 2, column: 'B' });
    expect(
      (await problem(workbook([{ name: 'A', rows: [['Name'], [raw('t="s"', '0')]] }], { sharedTexts: [huge] }))).code,
    ).toBe('cell_too_large');
  });

  it.each([
    [{ 'word/document.xml': 'x' }, 'a Word document'],
    [{ 'content.xml': 'x', mimetype: 'x' }, 'an OpenDocument file'],
    [{ 'xl/workbook.bin': 'x' }, 'a binary workbook'],
    [{ 'Account.csv': 'Id,Name' }, 'It holds Account.csv'],
  ])('a zip with %j says what it is', async (parts, words) => {
    const { zipSync, strToU8 } = await import('fflate');
    const bytes = zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
    await expect(openTable(bytes, 'list.xlsx')).rejects.toMatchObject({
      code: 'not_a_table',
      message: expect.stringContaining(words),
    });
  });

  it('an empty sheet is called empty', async () => {
    expect(await problem(workbook([{ name: 'A', rows: [] }]))).toMatchObject({ code: 'empty_file' });
  });
});
