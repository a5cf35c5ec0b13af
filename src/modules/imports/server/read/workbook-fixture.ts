// Builds small (and deliberately broken) workbooks for tests; the product's own writer lives with the exports.
import { strToU8, zipSync } from 'fflate';

export type FixtureCell = string | number | boolean | null | { raw: string };

export type FixtureSheet = { name: string; rows: FixtureCell[][]; state?: 'hidden' | 'veryHidden'; xml?: string };

export type FixtureOptions = {
  date1904?: boolean;
  /** Number format codes; a cell `{ raw }` refers to the n-th one as style n + 1. */
  formats?: string[];
  sharedTexts?: string[];
  /** Extra or replaced parts by path. */
  parts?: Record<string, string | Uint8Array>;
  level?: 0 | 6;
};

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export function workbook(sheets: FixtureSheet[], options: FixtureOptions = {}): Uint8Array {
  const ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const formats = options.formats ?? [];
  const parts: Record<string, string | Uint8Array> = {
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<?xml version="1.0" encoding="UTF-8"?><workbook ${ns} xmlns:r="${rel}"><workbookPr${options.date1904 ? ' date1904="1"' : ''}/><sheets>${sheets
      .map(
        (sheet, i) =>
          `<sheet name="${escapeXml(sheet.name)}" sheetId="${i + 1}"${sheet.state ? ` state="${sheet.state}"` : ''} r:id="rId${i + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets
      .map((_, i) => `<Relationship Id="rId${i + 1}" Type="${rel}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`)
      .join(
        '',
      )}<Relationship Id="rIdS" Type="${rel}/styles" Target="styles.xml"/><Relationship Id="rIdT" Type="${rel}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet ${ns}><numFmts>${formats
      .map((code, i) => `<numFmt numFmtId="${200 + i}" formatCode="${escapeXml(code)}"/>`)
      .join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats
      .map((_, i) => `<xf numFmtId="${200 + i}"/>`)
      .join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst ${ns}>${(options.sharedTexts ?? []).map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`).join('')}</sst>`,
  };
  sheets.forEach((sheet, i) => {
    parts[`xl/worksheets/sheet${i + 1}.xml`] =
      sheet.xml ?? `<worksheet ${ns}><sheetData>${sheet.rows.map(rowXml).join('')}</sheetData></worksheet>`;
  });
  Object.assign(parts, options.parts);
  const files = Object.fromEntries(
    Object.entries(parts).map(([path, content]) => [path, typeof content === 'string' ? strToU8(content) : content]),
  );
  return zipSync(files, { level: options.level ?? 6 });
}

function rowXml(cells: FixtureCell[], index: number): string {
  return `<row r="${index + 1}">${cells.map((cell, column) => cellXml(cell, `${letters(column)}${index + 1}`)).join('')}</row>`;
}

function cellXml(cell: FixtureCell, reference: string): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${reference}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'string')
    return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`;
  return `<c r="${reference}" ${cell.raw}</c>`;
}

/** A cell as it stands in the file: `raw('s="1"', '45000')`. */
export const raw = (attributes: string, value: string, formula?: string): { raw: string } => ({
  raw: `${attributes}>${formula === undefined ? '' : `<f>${escapeXml(formula)}</f>`}${value === '' ? '' : `<v>${value}</v>`}`,
});

function letters(column: number): string {
  return column < 26
    ? String.fromCharCode(65 + column)
    : letters(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26));
}
