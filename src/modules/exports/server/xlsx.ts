// Writes a workbook while its rows come: one sheet with a fixed header, filters, days as days and amounts as numbers. Never holds more than
// a few rows; texts stand in their cells, so no table of texts has to be known at the end.
import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { ExportCell } from '../../../kernel/server/exporting.ts';
import { decimal } from './csv.ts';

export const MOST_ROWS = 1_048_575;
const MOST_TEXT = 32_767;
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

// Cell styles: 0 plain, 1 header, 2 day, 3 amount with two digits, 4 amount without, 5 with three, 6 text.
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="#,##0.000"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

export type XlsxWriter = {
  /** Adds lines; answers what is ready to be sent. */
  lines(some: readonly (readonly ExportCell[])[]): Uint8Array[];
  end(): Uint8Array[];
};

export function writeXlsx(sheet: string, headers: readonly string[], widths: readonly number[]): XlsxWriter {
  const ready: Uint8Array[] = [];
  const take = () => ready.splice(0);
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  const part = (name: string, text: string) => {
    const file = new ZipDeflate(name, { level: 6 });
    zip.add(file);
    file.push(strToU8(text), true);
  };
  part(
    '[Content_Types].xml',
    `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
  );
  part(
    '_rels/.rels',
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  );
  part(
    'xl/workbook.xml',
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${escapeXml(sheet.slice(0, 31))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  );
  part(
    'xl/_rels/workbook.xml.rels',
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  );
  part('xl/styles.xml', STYLES);
  const body = new ZipDeflate('xl/worksheets/sheet1.xml', { level: 6 });
  zip.add(body);
  const last = columnName(headers.length - 1);
  const columns = headers
    .map((_, i) => `<col min="${i + 1}" max="${i + 1}" width="${widths[i] ?? 16}" customWidth="1"/>`)
    .join('');
  const names = headers.map(columnAt);
  let row = 1;
  body.push(
    strToU8(
      `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns}</cols><sheetData><row r="1">${headers.map((h, i) => `<c r="${names[i]}1" s="1" t="inlineStr"><is><t xml:space="preserve">${escapeXml(h)}</t></is></c>`).join('')}</row>`,
    ),
  );
  return {
    lines(some) {
      let xml = '';
      for (const cells of some) {
        if (row > MOST_ROWS) break;
        row++;
        xml += `<row r="${row}">`;
        for (let i = 0; i < cells.length; i++) xml += cellXml(`${names[i]}${row}`, cells[i]!);
        xml += '</row>';
      }
      if (xml) body.push(strToU8(xml));
      return take();
    },
    end() {
      body.push(strToU8(`</sheetData><autoFilter ref="A1:${last}${row}"/></worksheet>`), true);
      zip.end();
      return take();
    },
  };
}

const columnAt = (_: unknown, i: number): string => columnName(i);
function columnName(i: number): string {
  return i < 26
    ? String.fromCharCode(65 + i)
    : `${columnName(Math.floor(i / 26) - 1)}${String.fromCharCode(65 + (i % 26))}`;
}

function cellXml(at: string, cell: ExportCell): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'object') {
    if ('day' in cell) {
      const serial = dayNumber(cell.day);
      return serial === null ? textXml(at, cell.day) : `<c r="${at}" s="2"><v>${serial}</v></c>`;
    }
    // A spreadsheet keeps fifteen digits; more are written as text.
    if (Math.abs(cell.minor) >= 1e15) return textXml(at, decimal(cell.minor, cell.digits));
    const style = cell.digits === 0 ? 4 : cell.digits === 2 ? 3 : 5;
    return `<c r="${at}" s="${style}"><v>${decimal(cell.minor, cell.digits)}</v></c>`;
  }
  return textXml(at, cell);
}

const textXml = (at: string, text: string): string =>
  `<c r="${at}" s="6" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text.slice(0, MOST_TEXT))}</t></is></c>`;

/** Days since the end of 1899 as spreadsheets count them; null before March 1900, which they count wrongly. */
function dayNumber(day: string): number | null {
  const at = Date.parse(`${day}T00:00:00Z`);
  const serial = at / 86_400_000 + 25_569;
  return Number.isInteger(serial) && serial > 60 ? serial : null;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNWRITABLE = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g;
const HALVES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Characters that XML cannot hold are written as workbooks do, `_x0007_`; a text that looks like one keeps its look. */
function escapeXml(text: string): string {
  return text
    .replace(/_x[0-9a-f]{4}_/gi, (found) => `_x005F${found}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(UNWRITABLE, (c) => `_x${c.charCodeAt(0).toString(16).padStart(4, '0')}_`)
    .replace(HALVES, '\ufffd');
}
