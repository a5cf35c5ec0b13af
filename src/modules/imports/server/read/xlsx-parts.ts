// The small parts of a workbook: which sheets there are and where, whether dates count from 1904, the texts that cells share.

import type { Limits } from './problem.ts';
import { UnreadableFile } from './problem.ts';
import type { ByteSource } from './source.ts';
import { decodeChunks } from './text.ts';
import type { NumberStyle } from './xlsx-styles.ts';
import { createStyleReader } from './xlsx-styles.ts';
import type { XmlHandler } from './xml.ts';
import { attribute, createXmlScanner } from './xml.ts';
import type { UnpackBudget, ZipPart } from './zip.ts';
import { damaged, unpack, zipParts } from './zip.ts';

export type WorkbookSheet = { name: string; hidden: boolean; part: ZipPart };

export type Workbook = {
  source: ByteSource;
  limits: Limits;
  sheets: WorkbookSheet[];
  from1904: boolean;
  styles: NumberStyle[];
  sharedTexts: string[];
};

export async function openWorkbook(source: ByteSource, limits: Limits): Promise<Workbook> {
  const parts = await zipParts(source, limits);
  const main = await mainPart(source, parts, limits);
  const budget: UnpackBudget = { used: 0 };
  const folder = main.name.includes('/') ? main.name.slice(0, main.name.lastIndexOf('/') + 1) : '';
  const targets = await relations(
    source,
    parts,
    `${folder}_rels/${main.name.slice(folder.length)}.rels`,
    folder,
    limits,
  );
  const { listed, from1904 } = await sheetList(source, main, limits, budget);
  const sheets: WorkbookSheet[] = [];
  for (const sheet of listed) {
    const target = targets.get(sheet.relation);
    const part = target?.type.endsWith('/worksheet') ? parts.get(target.path) : undefined;
    if (part) sheets.push({ name: sheet.name, hidden: sheet.hidden, part });
  }
  if (sheets.length === 0) throw damaged(source.name, 'no sheet was found in it');
  const find = (ending: string): ZipPart | undefined => {
    const target = [...targets.values()].find((one) => one.type.endsWith(ending));
    return target ? parts.get(target.path) : undefined;
  };
  const stylePart = find('/styles');
  const styles = createStyleReader(source.name);
  if (stylePart) await scanPart(source, stylePart, limits, budget, styles);
  const textPart = find('/sharedStrings');
  const sharedTexts = textPart ? await readSharedTexts(source, textPart, limits, budget) : [];
  return { source, limits, sheets, from1904, styles: styles.styles, sharedTexts };
}

/** Feeds one part as text to a scanner. */
async function scanPart(
  source: ByteSource,
  part: ZipPart,
  limits: Limits,
  budget: UnpackBudget,
  scanner: { push(text: string): void; end(): void },
): Promise<void> {
  for await (const text of partText(source, part, limits, budget)) scanner.push(text);
  scanner.end();
}

export function partText(
  source: ByteSource,
  part: ZipPart,
  limits: Limits,
  budget: UnpackBudget,
): AsyncGenerator<string> {
  return decodeChunks(unpack(source, part, limits, budget), 'utf-8', { nullCharacters: 0, unreadable: 0 });
}

async function mainPart(source: ByteSource, parts: Map<string, ZipPart>, limits: Limits): Promise<ZipPart> {
  const targets = await relations(source, parts, '_rels/.rels', '', limits);
  const target = [...targets.values()].find((one) => one.type.endsWith('/officeDocument'));
  const part = parts.get(target?.path ?? 'xl/workbook.xml');
  if (part && !part.name.endsWith('.bin') && !part.name.startsWith('word/') && !part.name.startsWith('ppt/'))
    return part;
  const names = [...parts.keys()];
  const saveAs = 'Save the list as .xlsx or CSV and choose that file.';
  const kind = names.some((name) => name === 'xl/workbook.bin')
    ? 'a binary workbook (.xlsb)'
    : names.includes('content.xml')
      ? 'an OpenDocument file'
      : names.some((name) => name.startsWith('word/'))
        ? 'a Word document'
        : names.some((name) => name.startsWith('ppt/'))
          ? 'a presentation'
          : names.some((name) => /\.iwa$|^Index\.zip$/.test(name))
            ? 'a Numbers document'
            : null;
  if (kind) throw new UnreadableFile('not_a_table', `${source.name} is ${kind}. ${saveAs}`);
  const tables = names.filter((name) => /\.(csv|xlsx|txt|tsv)$/i.test(name)).slice(0, 3);
  const inside = tables.length > 0 ? `It holds ${tables.join(', ')}. ` : '';
  throw new UnreadableFile(
    'not_a_table',
    `${source.name} is a packed file (zip), not a workbook. ${inside}Unpack it and choose the files inside.`,
  );
}

type Target = { type: string; path: string };

async function relations(
  source: ByteSource,
  parts: Map<string, ZipPart>,
  name: string,
  folder: string,
  limits: Limits,
): Promise<Map<string, Target>> {
  const targets = new Map<string, Target>();
  const part = parts.get(name);
  if (!part) return targets;
  const handler: XmlHandler = {
    open(element, attributes) {
      if (element !== 'Relationship') return;
      const target = attribute(attributes, 'Target') ?? '';
      const path = target.startsWith('/') ? target.slice(1) : resolved(folder, target);
      targets.set(attribute(attributes, 'Id') ?? '', { type: attribute(attributes, 'Type') ?? '', path });
    },
    close() {},
    text() {},
  };
  await scanPart(source, part, limits, { used: 0 }, createXmlScanner(source.name, handler));
  return targets;
}

function resolved(folder: string, target: string): string {
  const path: string[] = [];
  for (const step of `${folder}${target}`.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.') path.push(step);
  }
  return path.join('/');
}

async function sheetList(
  source: ByteSource,
  part: ZipPart,
  limits: Limits,
  budget: UnpackBudget,
): Promise<{ listed: { name: string; hidden: boolean; relation: string }[]; from1904: boolean }> {
  const listed: { name: string; hidden: boolean; relation: string }[] = [];
  let from1904 = false;
  const scanner = createXmlScanner(source.name, {
    open(element, attributes) {
      if (element === 'workbookPr') from1904 = /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '');
      if (element !== 'sheet') return;
      listed.push({
        name: attribute(attributes, 'name') ?? `Sheet ${listed.length + 1}`,
        hidden: /hidden/i.test(attribute(attributes, 'state') ?? ''),
        relation: /(?:^|\s)[\w]+:id\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? '',
      });
    },
    close() {},
    text() {},
  });
  await scanPart(source, part, limits, budget, scanner);
  return { listed, from1904 };
}

async function readSharedTexts(
  source: ByteSource,
  part: ZipPart,
  limits: Limits,
  budget: UnpackBudget,
): Promise<string[]> {
  const texts: string[] = [];
  let current = '';
  let inText = false;
  let phonetic = 0;
  let total = 0;
  const scanner = createXmlScanner(source.name, {
    open(name) {
      if (name === 'si') current = '';
      else if (name === 't') inText = true;
      else if (name === 'rPh') phonetic++;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic--;
      else if (name === 'si') texts.push(unescapeControl(current));
    },
    text(text) {
      if (!inText || phonetic > 0) return;
      current = current === '' ? text : current + text;
      total += text.length;
      if (total > limits.sharedTextChars || current.length > limits.cellChars + 10) {
        const single = current.length > limits.cellChars + 10;
        throw new UnreadableFile(
          single ? 'cell_too_large' : 'unpacked_too_large',
          single
            ? `${source.name} has a cell with more than ${limits.cellChars.toLocaleString('en')} characters, beginning “${current.slice(0, 40)}”. Shorten it and try again.`
            : `${source.name} holds too much text to be read as a workbook. Save the list as CSV and choose that file.`,
        );
      }
    },
  });
  await scanPart(source, part, limits, budget, scanner);
  return texts;
}

/** Workbooks write control characters as `_x000D_`, and a literal `_x000D_` as `_x005F_x000D_`. */
export function unescapeControl(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-f]{4})_/gi, (whole, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code === 0 || (code >= 0xd800 && code < 0xe000) ? whole : String.fromCharCode(code);
  });
}
