// Workbooks whose cells are merged over several rows, as people make them: the value is that of every row; amounts count once.
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { mergeCollector } from './merged.ts';
import { type Cell, openTable } from './table.ts';
import { type FixtureCell, workbook } from './workbook-fixture.ts';

function withMerged(rows: FixtureCell[][], ...refs: string[]): Uint8Array {
  const files = unzipSync(workbook([{ name: 'List', rows }]));
  const path = 'xl/worksheets/sheet1.xml';
  const merges = `<mergeCells count="${refs.length}">${refs.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;
  files[path] = strToU8(strFromU8(files[path]!).replace('</sheetData>', `</sheetData>${merges}`));
  return zipSync(files);
}
async function read(file: Uint8Array) {
  const table = await openTable(file, 'list.xlsx');
  const rows: Cell[][] = [];
  for await (const batch of table.rows()) rows.push(...batch.rows);
  return { rows, warnings: table.warnings, sample: table.sample, header: table.header };
}

describe('cells merged over several rows', () => {
  const rows: FixtureCell[][] = [
    ['Account', 'Customer no', 'Product', 'Price', 'Total'],
    ['Acme', 1001, 'Gold', 10, 30],
    [null, null, 'Support', 20, null],
    ['Globex', 1002, 'Gold', 10, 10],
    [null, null, 'Silver', 5, 5],
  ];

  it('are filled within what is merged: names, days and keys, not amounts; and that is said', async () => {
    const seen = await read(withMerged(rows, 'A2:A3', 'B2:B3', 'E2:E3'));
    expect(seen.rows).toEqual([
      ['Acme', 1001, 'Gold', 10, 30],
      ['Acme', 1001, 'Support', 20, ''],
      ['Globex', 1002, 'Gold', 10, 10],
      ['', '', 'Silver', 5, 5],
    ]);
    expect(seen.sample).toEqual(seen.rows);
    expect(seen.warnings.filter((one) => one.includes('merged'))).toEqual([
      '“Account” has cells merged over several rows: their value is that of each of the rows.',
      '“Customer no” has cells merged over several rows: their value is that of each of the rows.',
      '“Total” has amounts merged over several rows: they count once, in the first of the rows.',
    ]);
  });

  it('of the header, of one row, or behind the table change nothing', async () => {
    const plain = await read(workbook([{ name: 'List', rows }]));
    expect((await read(withMerged(rows, 'A1:B1', 'Z2:Z9', 'A2:B2'))).rows).toEqual(plain.rows);
  });

  it('are found wherever the text of the sheet is cut', () => {
    const text =
      '<x/><mergeCells count="2"><mergeCell ref="A2:A5"/><mergeCell ref="$AB$10:$AC$12"/></mergeCells></worksheet>';
    for (let size = 1; size < text.length; size++) {
      const { push, found } = mergeCollector();
      for (let at = 0; at < text.length; at += size) push(text.slice(at, at + size));
      expect(found, `pieces of ${size}`).toEqual([
        { column: 0, from: 2, to: 5 },
        { column: 27, from: 10, to: 12 },
      ]);
    }
  });
});
