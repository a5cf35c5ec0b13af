// Looks at a file before anything is written: what it is, how its columns are mapped, what has to be asked. Nothing here writes.
import { createHash } from 'node:crypto';
import type { EntityShape, FieldType, Importer } from '../../../kernel/server/importing.ts';
import type { CustomField } from '../../settings/server/index.ts';
import type { ImportQuestion } from '../api.ts';
import { inspect } from './inspect.ts';
import { UnreadableFile } from './read/problem.ts';
import type { Cell } from './read/table.ts';
import { cellText } from './read/table.ts';
import { spelledOrder } from './recognise/dates.ts';
import type { ColumnMapping } from './recognise/mapping.ts';
import { type ImportPlan, planImport, readingNotes } from './recognise/plan.ts';
import type { TableProfile } from './recognise/profile.ts';
import { namesOf } from './recognise/synonyms.ts';
import { headerKey } from './recognise/words.ts';
import { OTHER_ID, OWN_ID } from './staging.ts';
import type { FileRow, MappingRow, SlimProfile } from './store.ts';

export type Finding = Partial<
  Pick<
    FileRow,
    | 'entity'
    | 'recognition'
    | 'reading'
    | 'profile'
    | 'mapping'
    | 'answers'
    | 'questions'
    | 'warnings'
    | 'preview'
    | 'rows_total'
    | 'system'
    | 'saved_mapping_id'
    | 'problem'
  >
>;
export type Surroundings = {
  importers: readonly Importer[];
  workspaceCurrency: string;
  fieldsOf: (entity: NonNullable<Importer['custom']>) => readonly CustomField[];
  savedMapping: (fingerprint: string, name: string) => Promise<MappingRow | undefined>;
};

/** A file that cannot be read is a finding too, with the problem in words. */
export async function analyse(
  path: string,
  file: Pick<FileRow, 'file_name' | 'chosen' | 'answers'>,
  around: Surroundings,
  options: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<Finding> {
  const { entity: chosenEntity, system: chosenSystem, ...choice } = file.chosen;
  const shapes = around.importers.map((i) => i.shape);
  try {
    const seen = await inspect(path, file.file_name, {
      shapes,
      choice,
      workspaceCurrency: around.workspaceCurrency,
      ...options,
    });
    const { table, profile, recognition } = seen;
    const fingerprint = fingerprintOf(table.header);
    const own = ownImporter(table.header, around.importers);
    const saved = own || chosenEntity ? undefined : await around.savedMapping(fingerprint, mappingName(file.file_name));
    const guesses = around.importers.map((i) => ({
      entity: i.shape.entity,
      mapping: settle(
        i === own
          ? ownMapping(table.header, i)
          : saved?.entity === i.shape.entity
            ? savedOnto(saved, table.header)
            : (recognition.guesses.find((g) => g.entity === i.shape.entity)?.mapping ?? unmapped(table.header)),
        i.custom ? around.fieldsOf(i.custom) : null,
      ),
    }));
    const entity = chosenEntity ?? own?.shape.entity ?? saved?.entity ?? recognition.entity;
    const mapping = guesses.find((g) => g.entity === entity)?.mapping ?? [];
    const slim = profile.columns.map(slimmed);
    const asked = new Set(
      slim.filter((c) => c.dates.status === 'ask' || c.numbers.status === 'ask').map((c) => c.header),
    );
    const savedAnswers = Object.fromEntries(
      Object.entries(saved?.answers ?? {}).filter(([column]) => asked.has(column)),
    );
    const answers = { ...savedAnswers, ...file.answers };
    const importer = around.importers.find((i) => i.shape.entity === entity);
    const known = own ? 1 : saved ? 0.99 : recognition.confidence;
    return {
      entity: importer ? importer.shape.entity : null,
      recognition: {
        confidence: known,
        reason: own
          ? 'This is a file that OpenKAM exported.'
          : saved
            ? `The columns are those of the saved mapping “${saved.name}”.`
            : recognition.reason,
        guesses,
      },
      reading: {
        kind: table.kind,
        encoding: table.encoding,
        delimiter: table.delimiter,
        sheet: table.sheet,
        sheets: table.sheets.filter((s) => !s.hidden).map((s) => s.name),
        headerRow: table.headerRows.at(-1) ?? 0,
      },
      profile: slim,
      mapping,
      answers,
      questions: importer
        ? questionsOf(importer, slim, mapping, answers)
        : [
            {
              column: 'entity',
              kind: 'entity',
              options: around.importers.map((i) => i.shape.entity),
              examples: table.header.slice(0, 8),
              reason: recognition.reason,
            },
          ],
      warnings: [...table.warnings, ...(own || saved ? [] : recognition.warnings)].slice(0, 50),
      preview: table.sample.slice(0, 20).map((row) => row.map((cell) => cellText(cell).slice(0, 200))),
      rows_total: profile.rows,
      system: chosenSystem ?? saved?.system ?? systemOf(file.file_name, slim, mapping, shapes),
      saved_mapping_id: saved?.id ?? null,
      problem: profile.rows === 0 ? 'The file has column names, but no row below them.' : null,
    };
  } catch (error) {
    if (error instanceof UnreadableFile) return { problem: error.message, questions: [] };
    throw error;
  }
}

export const fingerprintOf = (header: readonly string[]): string =>
  createHash('sha256').update(header.map(headerKey).join('\n')).digest('hex');

/** The file's name without ending, dates and copy numbers: what the next export of the same kind will be called too. */
export function mappingName(fileName: string): string {
  const bare = fileName
    .replace(/\.\w{1,5}$/, '')
    .replace(/\(\d+\)/g, ' ')
    .replace(/\b(19|20)\d{2}[-_. ]?\d{2}[-_. ]?\d{2}([-_T ]?\d{2}[-_:]?\d{2}([-_:]?\d{2})?)?/g, ' ')
    .replace(/[-_ ]\d{4,}\b/g, ' ')
    .replace(/[-_ ]+(copy|kopie|final|neu|new|v\d+)\b/gi, ' ')
    .replace(/[\s_-]+/g, ' ')
    .trim();
  return (bare || 'Import').slice(0, 100);
}

function slimmed(c: TableProfile['columns'][number]): SlimProfile {
  return {
    index: c.index,
    header: c.header,
    unit: c.unit,
    filled: c.filled,
    type: c.type,
    typeShare: c.typeShare,
    values: c.values && c.values.length <= 200 ? c.values : null,
    examples: c.examples.map((e) => e.slice(0, 120)),
    dates: c.dates,
    numbers: c.numbers,
    salesforcePrefix: c.salesforcePrefix,
    currencies: c.currencies,
  };
}

// What the file is ---------------------------------------------------------

export const ownImporter = (header: readonly string[], importers: readonly Importer[]): Importer | undefined =>
  importers.find((i) => {
    const idColumn = Object.keys(i.ownColumns).find((name) => i.ownColumns[name] === OWN_ID);
    return idColumn !== undefined && header.includes(idColumn);
  });

const ID_IN = /^Id in (.{1,60})$/;
const AMOUNT_OF = / currency$/;
function ownMapping(header: readonly string[], importer: Importer): ColumnMapping[] {
  return header.map((name, column) => {
    const field = importer.ownColumns[name];
    const other = ID_IN.exec(name)?.[1];
    const beside = AMOUNT_OF.test(name) && header.includes(name.replace(AMOUNT_OF, ''));
    const target: ColumnMapping['target'] = field
      ? { kind: 'field', field }
      : other
        ? { kind: 'field', field: `${OTHER_ID}${other}` }
        : beside || field === ''
          ? { kind: 'ignore' }
          : { kind: 'custom', name: name.replace(/ \(field\)$/, ''), type: 'text' };
    return { column, header: name, target, confidence: 1, reason: 'The column of our own export.' };
  });
}

/** In our own exports an amount and its currency have a column each; this puts them together before they are read. */
export function amountsTogether(
  header: readonly string[],
  importers: readonly Importer[],
): ((cells: Cell[]) => Cell[]) | undefined {
  if (!ownImporter(header, importers)) return undefined;
  const pairs = header.flatMap((name, at) => {
    const amount = AMOUNT_OF.test(name) ? header.indexOf(name.replace(AMOUNT_OF, '')) : -1;
    return amount >= 0 ? [[amount, at] as const] : [];
  });
  return (cells) => {
    const together = cells.slice();
    for (const [amount, currency] of pairs) {
      const text = cellText(cells[amount]);
      const code = cellText(cells[currency]);
      if (text !== '' && code !== '') together[amount] = `${text} ${code}`;
    }
    return together;
  };
}

function savedOnto(saved: MappingRow, header: readonly string[]): ColumnMapping[] {
  return header.map(
    (name, column) =>
      saved.mapping[column] ?? { column, header: name, target: { kind: 'ignore' }, confidence: 0, reason: '' },
  );
}
const unmapped = (header: readonly string[]): ColumnMapping[] =>
  header.map((name, column) => ({
    column,
    header: name,
    target: { kind: 'custom', name, type: 'text' },
    confidence: 0.3,
    reason: 'No field of ours.',
  }));

const TYPE_OF_CUSTOM: Record<CustomField['type'], FieldType> = {
  text: 'longtext',
  number: 'decimal',
  money: 'money',
  date: 'date',
  boolean: 'boolean',
  choice: 'choice',
  url: 'url',
};
export const sameField = (field: Pick<CustomField, 'label' | 'key'>, name: string): boolean =>
  headerKey(field.label) === headerKey(name) || field.key === name;

/** "seats", "referral_source", "LastActivityDate" and "Active__c" as a person would write them; what has blanks in it was written by one. */
export function labelOf(header: string): string {
  if (/^\p{Ll}+$/u.test(header)) return header.charAt(0).toUpperCase() + header.slice(1);
  if (!/^\w+$/.test(header) || !/_|\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}{2}/u.test(header)) return header;
  const words = header
    .replace(/__(c|r|pc|pr)$/i, '')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[\s_]+/)
    .filter((word) => word !== '')
    .map((word) => (/^\p{Lu}[\p{Lu}\d]+$/u.test(word) && !/^[\p{Lu}_\d]+$/u.test(header) ? word : word.toLowerCase()));
  const text = words.join(' ');
  return text === '' ? header : text.charAt(0).toUpperCase() + text.slice(1);
}

/** Why a column of an entity without fields of the workspace's own is left out. */
export const NO_FIELD = 'There is no field for it.';

/** Columns that go to fields of the workspace take their types from fields that exist; `null`: the entity has none. */
export function settle(mapping: readonly ColumnMapping[], fields: readonly CustomField[] | null): ColumnMapping[] {
  const taken = new Set<string>();
  return mapping.map((one) => {
    if (one.target.kind !== 'custom') return one;
    if (fields === null) return { ...one, target: { kind: 'ignore' }, confidence: 0.9, reason: NO_FIELD };
    const { name } = one.target;
    const field = fields.find((f) => sameField(f, name));
    const readable = labelOf(name);
    const label = (field?.label ?? (taken.has(readable) ? name : readable)).slice(0, 100);
    taken.add(label);
    const type = field ? TYPE_OF_CUSTOM[field.type] : one.target.type;
    return {
      ...one,
      target: { kind: 'custom', name: label, type },
      ...(field ? { reason: `Your own field “${field.label}”.`, confidence: Math.max(one.confidence, 0.9) } : {}),
    };
  });
}

// How the columns are read -------------------------------------------------

export function planOf(
  importer: Importer,
  profile: readonly SlimProfile[],
  mapping: readonly ColumnMapping[],
  answers: Record<string, string>,
): { plan: ImportPlan; questions: ImportQuestion[]; unusedAnswers: string[] } {
  return planImport(importer.shape, { columns: profile } as unknown as TableProfile, mapping, answers);
}

export const questionsOf = (
  importer: Importer,
  profile: readonly SlimProfile[],
  mapping: readonly ColumnMapping[],
  answers: Record<string, string>,
): ImportQuestion[] => planOf(importer, profile, mapping, answers).questions;

/** What is assumed without asking about the amounts and dates of the columns in use. */
export const notesOf = (
  importer: Importer,
  file: Pick<FileRow, 'profile' | 'mapping' | 'answers'>,
  currency: string,
): string[] =>
  readingNotes(
    planOf(importer, file.profile, file.mapping, file.answers).plan,
    { columns: file.profile.map((c) => ({ ...c, currencies: c.currencies ?? [] })) } as unknown as TableProfile,
    currency,
  ).slice(0, 20);

/** `dd/mm/yyyy` and `day first` mean what they spell out. */
export const spelledAnswers = (answers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(answers).map(([column, answer]) => [
      column,
      spelledOrder(answer) ??
        (/^day/i.test(answer) ? 'dmy' : /^month/i.test(answer) ? 'mdy' : /^year/i.test(answer) ? 'ymd' : answer),
    ]),
  );

const KNOWN_SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/salesforce|sfdc/i, 'salesforce'],
  [/hubspot|^hs_|^record id$/i, 'hubspot'],
  [/\bsap\b|^kunnr$/i, 'sap'],
  [/pipedrive/i, 'pipedrive'],
  [/dynamics|^\(do not modify\)/i, 'dynamics'],
  [/zoho/i, 'zoho'],
  [/netsuite/i, 'netsuite'],
  [/navision/i, 'navision'],
  [/\berp\b/i, 'erp'],
];
const NO_NAME = new Set('export exported list data report all liste daten'.split(' '));

/** Whose ids the file holds. Files of one source get one name, whatever the day they were exported. */
export function systemOf(
  fileName: string,
  profile: readonly SlimProfile[],
  mapping: readonly ColumnMapping[],
  shapes: readonly EntityShape[],
): string {
  const keys = new Set(shapes.flatMap((s) => s.fields.filter((f) => f.role === 'external-id').map((f) => f.key)));
  const idColumn = mapping.find((m) => m.target.kind === 'field' && keys.has(m.target.field));
  const column = idColumn ? profile[idColumn.column] : undefined;
  if (column?.salesforcePrefix) return 'salesforce';
  for (const text of [idColumn?.header ?? '', fileName, profile[0]?.header ?? ''])
    for (const [pattern, system] of KNOWN_SYSTEMS) if (pattern.test(text)) return system;
  const slug = (text: string) =>
    text
      .normalize('NFKD')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60)
      .replace(/-+$/, '');
  const name = mappingName(fileName).toLowerCase();
  // "ravenstack_subscriptions" and "ravenstack_accounts" are of one source.
  const isKind = (word: string): boolean =>
    NO_NAME.has(headerKey(word)) || shapes.some((s) => namesOf(s).files.has(headerKey(word)));
  const source = name.split(/[\s.,;+&()-]+/).filter((word) => !isKind(word));
  return slug(source.join(' ')) || slug(name) || 'import';
}
