import { existsSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTable } from './table.ts';

const data = path.resolve(import.meta.dirname, '../../../../../../shared/data');

describe.skipIf(!existsSync(data))('the real files (needs ../shared/data beside the project)', () => {
  it.each([
    ['salesforce-export/Account.csv', 18, 17],
    ['salesforce-export/Contact.csv', 25, 17],
    ['salesforce-export/Lead.csv', 22, 28],
    ['ravenstack-saas/ravenstack_accounts.csv', 500, 10],
    ['ravenstack-saas/ravenstack_feature_usage.csv', 25_000, 8],
    ['telco-churn-ibm/Telco-Customer-Churn.csv', 7_043, 21],
    ['fx-ecb/eurofxref-hist.csv', 6_983, 42],
    ['fx-ecb/eurofxref-daily-sample.csv', 1, 30],
  ])('%s has %d rows of %d columns below a header in row 1', async (file, rows, columns) => {
    const table = await openTable(path.join(data, file));
    let count = 0;
    const notes = [];
    for await (const batch of table.rows()) {
      count += batch.rows.length;
      notes.push(...batch.notes);
    }
    expect({
      rows: count,
      columns: table.header.length,
      header: table.headerRows,
      notes,
      warnings: table.warnings,
    }).toEqual({
      rows,
      columns,
      header: [1],
      notes: [],
      warnings: [],
    });
  });
});

describe('a table that is printed and read back', () => {
  it('is the same, for any cells, delimiter, line end and Unicode encoding', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 15 }),
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom(
        '',
        '"',
        'a;b',
        'a,b',
        'x\ty',
        'line 1\nline 2',
        '\r\n',
        "'",
        '=1+1',
        'N/A',
        '12/31/2024',
        ' padded ',
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 12 }),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom<'utf8' | 'utf16le'>('utf8', 'utf16le'),
        fc.boolean(),
        fc.boolean(),
        async (cells, delimiter, lineEnd, encoding, mark, told) => {
          const rows = cells.map(([a, b], i) => [`R-${i}`, a.replaceAll('\0', ''), b.replaceAll('\0', '')]);
          const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
          const text = [['Record Id', 'Account Name', 'Description'], ...rows]
            .map((row) => row.map(quoted).join(delimiter))
            .join(lineEnd);
          // Half a surrogate pair has no bytes of its own in UTF-8.
          const sound = text.toWellFormed();
          const bytes = Buffer.from(`${mark || encoding === 'utf16le' ? '\ufeff' : ''}${sound}`, encoding);
          const table = await openTable(bytes, 'list.csv', told ? { delimiter, headerRow: 1 } : { headerRow: 1 });
          const read = [];
          for await (const batch of table.rows()) read.push(...batch.rows);
          expect(table.header).toEqual(['Record Id', 'Account Name', 'Description']);
          expect(read).toEqual(rows.map((row) => row.map((one) => one.toWellFormed())));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('totals and titles of groups', () => {
  const rowsOf = async (lines: string[]): Promise<string[]> => {
    const table = await openTable(Buffer.from(`${lines.join('\n')}\n`), 'list.csv');
    const read: string[] = [];
    for await (const batch of table.rows()) read.push(...batch.rows.map((cells) => String(cells[0])));
    return read;
  };

  it.each([
    ['in a list of two columns', ['Customer,Total', 'Acme,5', 'Beta,6', 'TOTAL,11']],
    ['of a pivot table', ['Kunde;Jan;Gesamt', 'Acme;5;5', 'Beta;6;6', 'Gesamtergebnis;11;11']],
    ['far to the right', ['Kunde;Ort;Land;Umsatz', 'Acme;Ulm;DE;5', 'Beta;Wien;AT;6', ';;Summe;11']],
    [
      'with the currency beside it',
      ['Customer,City,Currency,Amount', 'Acme,Ulm,EUR,5', 'Beta,Wien,EUR,6', 'Grand Totals,,EUR,11'],
    ],
  ])('a total %s is no row', async (_, lines) => {
    expect(await rowsOf(lines)).toEqual(['Acme', 'Beta']);
  });

  it('an account whose name begins like a total stays', async () => {
    expect(await rowsOf(['Customer,City,Amount', 'Total Energies,Paris,5', 'Summa Ltd,,6', 'Total,Paris,7'])).toEqual([
      'Total Energies',
      'Summa Ltd',
      'Total',
    ]);
  });

  it('the title of the next group of a board, above its column names, is no row', async () => {
    const lines = ['Name,Person,ARR', 'Orion,Ann,5', 'Pico,Bob,6', 'Growth,,', 'Name,Person,ARR', 'Quanta,Ann,7'];
    expect(await rowsOf(lines)).toEqual(['Orion', 'Pico', 'Quanta']);
  });
});
