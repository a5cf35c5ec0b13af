// Nasty workbooks: odd, broken and hostile ones.
import { strToU8, zipSync } from 'fflate';
import { raw, workbook } from '../read/workbook-fixture.ts';
import { header, type NastyFile } from './kit.ts';

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

export function workbooks(): NastyFile[] {
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
        workbook([{ name: 'A', rows: [], xml: sheetXml(`${headerXml}${rowXml.repeat(1)}`) + ' '.repeat(30_000_000) }]),
      { refused: ['unpacked_too_large'] },
    ),
    file(
      'a zip bomb in the shared texts',
      () =>
        workbook([{ name: 'A', rows: plainSheet }], {
          parts: { 'xl/sharedStrings.xml': `<sst>${'<si><t>aaaaaaaaaaaaaaaa</t></si>'.repeat(600_000)}</sst>` },
        }),
      { refused: ['unpacked_too_large'] },
    ),
    file(
      'a zip bomb in the styles',
      () =>
        workbook([{ name: 'A', rows: plainSheet }], {
          parts: {
            'xl/styles.xml': `<styleSheet><cellXfs>${'<xf numFmtId="0"/>'.repeat(800_000)}</cellXfs></styleSheet>`,
          },
        }),
      { refused: ['unpacked_too_large'] },
    ),
    file(
      'a zip bomb beside the sheet, which nobody reads',
      () =>
        workbook([{ name: 'A', rows: plainSheet }], { parts: { 'xl/media/image1.png': new Uint8Array(20_000_000) } }),
      { rows: 2, header },
    ),
  ];
}

export function brokenZips(): NastyFile[] {
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
