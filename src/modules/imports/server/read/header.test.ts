import { describe, expect, it } from 'vitest';
import { findHeader } from './header.ts';
import type { Cell } from './raw.ts';

const words = new Set([
  'name',
  'kunde',
  'ort',
  'city',
  'plz',
  'umsatz',
  'email',
  'e-mail',
  'branche',
  'straße',
  'telefon',
  'firma',
  'country',
  'id',
]);
const isHeaderWord = (text: string): boolean => words.has(text.toLowerCase());

function find(rows: Cell[][], headerRow?: number) {
  const numbered = rows
    .map((cells, i) => ({ number: i + 1, cells }))
    .filter((row) => row.cells.some((cell) => cell !== ''));
  return findHeader(numbered, { isHeaderWord, headerRow });
}

describe('header of a table', () => {
  it('stands below title lines', () => {
    const found = find([
      ['Key accounts 2026', '', ''],
      ['Printed on', '2026-01-05', ''],
      ['', '', ''],
      ['Kunde', 'Ort', 'Umsatz'],
      ['Acme', 'Köln', '12'],
      ['Beta', 'Bonn', '13'],
    ]);
    expect(found).toMatchObject({ names: ['Kunde', 'Ort', 'Umsatz'], headerRows: [4], dataFrom: 5 });
    expect(found.titles).toEqual(['Key accounts 2026', 'Printed on 2026-01-05']);
  });

  it('over two rows is put together: a group above its columns, an upright name alone', () => {
    const found = find([
      ['Name', 'Branche', 'Umsatz', '', 'Adresse', ''],
      ['', '', '2024', '2025', 'Straße', 'Ort'],
      ['Acme', 'Bau', '10', '11', 'Hauptstr. 1', 'Köln'],
      ['Beta', 'Chemie', '20', '21', 'Am Markt 2', 'Bonn'],
    ]);
    expect(found.names).toEqual(['Name', 'Branche', 'Umsatz 2024', 'Umsatz 2025', 'Adresse Straße', 'Adresse Ort']);
    expect(found).toMatchObject({ headerRows: [1, 2], dataFrom: 3 });
  });

  it('with a row of groups above complete names takes the groups in', () => {
    const found = find([
      ['', 'Address', '', 'Contact', ''],
      ['Name', 'City', 'PLZ', 'Telefon', 'Email'],
      ['Acme', 'Paris', '75001', '0123456789', 'a@acme.example'],
      ['Beta', 'Rome', '00100', '0123456780', 'b@beta.example'],
    ]);
    expect(found.names).toEqual(['Name', 'Address City', 'Address PLZ', 'Contact Telefon', 'Contact Email']);
  });

  it('is followed by a row of units that is no data', () => {
    const found = find([
      ['Kunde', 'Umsatz', 'Marge', 'Seit'],
      ['', 'TEUR', '%', 'TT.MM.JJJJ'],
      ['Acme', '120', '12', '01.02.2020'],
    ]);
    expect(found).toMatchObject({ units: ['', 'TEUR', '%', 'TT.MM.JJJJ'], dataFrom: 3 });
  });

  it('keeps double names apart, names the nameless and drops empty columns at the end', () => {
    const found = find([
      ['Name', 'City', 'City', '', '', ''],
      ['Acme', 'Paris', 'Rome', 'x', '', ''],
      ['Beta', 'Oslo', 'Bonn', 'y', '', ''],
    ]);
    expect(found.names).toEqual(['Name', 'City', 'City (2)', 'Column 4']);
  });

  it('is absent when the first row is data like the others', () => {
    const found = find([
      ['A-1', 'Acme', 'info@acme.example', '12'],
      ['A-2', 'Beta', 'info@beta.example', '13'],
    ]);
    expect(found).toMatchObject({
      headerRows: [],
      dataFrom: 1,
      names: ['Column 1', 'Column 2', 'Column 3', 'Column 4'],
    });
    expect(found.warnings).toHaveLength(1);
  });

  it('in an unknown language is still the first row', () => {
    const found = find([
      ['会社名', '都市', '売上'],
      ['トヨタ', '愛知', '100'],
      ['ソニー', '東京', '200'],
    ]);
    expect(found.names).toEqual(['会社名', '都市', '売上']);
  });

  it('is where a person says it is', () => {
    const rows: Cell[][] = [
      ['x', 'y'],
      ['Name', 'City'],
      ['Acme', 'Paris'],
    ];
    expect(find(rows, 1).names).toEqual(['x', 'y']);
    expect(find(rows, 0)).toMatchObject({ headerRows: [], dataFrom: 1 });
  });

  it('written twice, as label and as programming name, counts once', () => {
    const found = find([
      ['Account Name', 'Billing City', 'Zip'],
      ['account_name', 'billing_city', 'zip'],
      ['Acme', 'Paris', '75001'],
    ]);
    expect(found).toMatchObject({ names: ['Account Name', 'Billing City', 'Zip'], dataFrom: 3 });
  });
});
