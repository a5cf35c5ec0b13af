// The imports room's contract: files come in, are recognised, asked about, tried, brought in, and can be taken back.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import { byId, id, instant, listOf, money, paging, version } from '../../kernel/contract/shapes.ts';

export const STATES = [
  'analysing',
  'questions',
  'ready',
  'checking',
  'running',
  'cancelling',
  'cancelled',
  'done',
  'failed',
  'undoing',
  'undone',
] as const;
export const stateShape = z.enum(STATES);
export type ImportState = z.infer<typeof stateShape>;

/** Types a column without a field of ours can get as a custom field. */
export const COLUMN_TYPES = [
  'text',
  'longtext',
  'integer',
  'decimal',
  'percent',
  'money',
  'date',
  'instant',
  'boolean',
  'email',
  'phone',
  'url',
  'country',
  'currency',
  'choice',
  'tags',
  'id',
] as const;

const targetShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('field'), field: z.string().min(1).max(100) }),
  /** A field of the workspace's own: the one with this name, or a new one. */
  z.strictObject({
    kind: z.literal('custom'),
    name: z.string().trim().min(1).max(100),
    type: z.enum(COLUMN_TYPES),
  }),
  z.strictObject({ kind: z.literal('ignore') }),
]);
export type ColumnTarget = z.infer<typeof targetShape>;

export const questionShape = z
  .object({
    /** The column as the file calls it; `entity` when the file itself is not recognised. */
    column: z.string(),
    kind: z.enum(['date-format', 'number-format', 'entity']),
    options: z.array(z.string()),
    examples: z.array(z.string()),
    reason: z.string(),
  })
  .meta({ id: 'ImportQuestion' });
export type ImportQuestion = z.infer<typeof questionShape>;

const columnShape = z
  .object({
    column: z.number().int(),
    header: z.string(),
    target: targetShape,
    /** 0–1: how sure the proposal is. */
    confidence: z.number(),
    reason: z.string(),
    /** What the column holds. */
    type: z.string(),
    filled: z.number().int(),
    examples: z.array(z.string()),
  })
  .meta({ id: 'ImportColumn' });
export type ImportColumn = z.infer<typeof columnShape>;

export const noteShape = z
  .object({
    file: z.number().int(),
    row: z.number().int(),
    weight: z.enum(['reject', 'warn']),
    column: z.string(),
    code: z.string(),
    message: z.string(),
    value: z.string(),
  })
  .meta({ id: 'ImportNote' });

const candidateShape = z
  .object({
    row: z.number().int(),
    name: z.string(),
    detail: z.string(),
    options: z.array(z.object({ id, name: z.string(), detail: z.string(), similarity: z.number() })),
  })
  .meta({ id: 'ImportCandidate' });

const sampleValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), money, z.null()]);
const sampleShape = z
  .object({
    row: z.number().int(),
    name: z.string(),
    fields: z.array(z.object({ label: z.string(), before: sampleValue, after: sampleValue })),
  })
  .meta({ id: 'ImportSample' });
export type ImportSample = z.infer<typeof sampleShape>;

const reportShape = z
  .object({
    new: z.number().int(),
    changed: z.number().int(),
    same: z.number().int(),
    rejected: z.number().int(),
    /** Rows that are taken with something left out or assumed. */
    warned: z.number().int(),
    /** What is said of rows, the most frequent first, with the first row of each kind. */
    reasons: z.array(
      z.object({
        weight: z.enum(['reject', 'warn']),
        code: z.string(),
        column: z.string(),
        message: z.string(),
        count: z.number().int(),
        row: z.number().int(),
        value: z.string(),
      }),
    ),
    /** Fields that are made for columns without one, and columns that find no place. */
    newFields: z.array(z.string()),
    leftOut: z.array(z.object({ column: z.string(), reason: z.string() })),
    /** Owners that are no members; their rows stay without. */
    unknownMembers: z.array(z.object({ name: z.string(), rows: z.number().int() })),
    /** Rows that may be the same as something we have; without a decision they are new. */
    candidates: z.array(candidateShape),
    /** Up to ten changed rows, with each field as it is and as it becomes; after the import, as it was and as it became. */
    samples: z.array(sampleShape),
  })
  .meta({ id: 'ImportReport' });
export type ImportReport = z.infer<typeof reportShape>;

const fileShape = z
  .object({
    no: z.number().int(),
    name: z.string(),
    bytes: z.number().int(),
    skipped: z.boolean(),
    entity: z.string().nullable(),
    /** 0–1 */
    confidence: z.number(),
    reason: z.string(),
    /** What the file can be taken for, best first. */
    entities: z.array(z.object({ entity: z.string(), label: z.string() })),
    reading: z.object({
      kind: z.enum(['csv', 'xlsx']).nullable(),
      encoding: z.string().nullable(),
      delimiter: z.string().nullable(),
      sheet: z.string().nullable(),
      sheets: z.array(z.string()),
      headerRow: z.number().int().nullable(),
    }),
    rows: z.number().int(),
    columns: z.array(columnShape),
    /** Whether columns without a field can become fields of the workspace's own. */
    ownFields: z.boolean(),
    /** The fields a column can go to. */
    fields: z.array(z.object({ key: z.string(), label: z.string(), type: z.string() })),
    questions: z.array(questionShape),
    answers: z.record(z.string(), z.string()),
    decisions: z.record(z.string(), z.string()),
    warnings: z.array(z.string()),
    /** The first rows as they stand in the file. */
    preview: z.array(z.array(z.string())),
    system: z.string(),
    /** The saved mapping that was used, by name. */
    savedMapping: z.string().nullable(),
    problem: z.string().nullable(),
    report: reportShape.nullable(),
  })
  .meta({ id: 'ImportFile' });
export type ImportFile = z.infer<typeof fileShape>;

const optionsShape = z.strictObject({
  /** Owners that are no members: leave the rows without, or add members by name who can be invited later. */
  owners: z.enum(['leave', 'create']).default('leave'),
  /** Columns without a field: make custom fields, or leave them out. */
  fields: z.enum(['create', 'leave']).default('create'),
});
export type ImportOptions = z.infer<typeof optionsShape>;

export const importLineShape = z
  .object({
    id,
    name: z.string(),
    state: stateShape,
    source: z.enum(['web', 'cli']),
    startedBy: z.string(),
    new: z.number().int(),
    changed: z.number().int(),
    same: z.number().int(),
    rejected: z.number().int(),
    createdAt: instant,
    finishedAt: instant.nullable(),
    undoneAt: instant.nullable(),
    can: z.object({ update: z.boolean(), undo: z.boolean() }),
  })
  .meta({ id: 'ImportLine' });
export const importShape = importLineShape
  .extend({
    options: optionsShape,
    phase: z.string(),
    /** Of the present phase. */
    progress: z.object({ done: z.number().int(), total: z.number().int() }),
    problem: z.string().nullable(),
    files: z.array(fileShape),
    undo: z
      .object({
        removed: z.number().int(),
        restored: z.number().int(),
        kept: z.array(z.object({ file: z.number().int(), row: z.number().int(), reason: z.string() })),
        keptCount: z.number().int(),
      })
      .nullable(),
    version,
  })
  .meta({ id: 'Import' });
export type Import = z.infer<typeof importShape>;
export type ImportLine = z.infer<typeof importLineShape>;

export const listImports = defineRoute({
  id: 'imports.list',
  method: 'GET',
  path: '/api/v1/imports',
  summary: 'Imports, newest first',
  permission: 'imports.run',
  query: z.strictObject({ ...paging }),
  answer: listOf(importLineShape),
});
export const createImport = defineRoute({
  id: 'imports.create',
  method: 'POST',
  path: '/api/v1/imports',
  summary:
    'Bring one or several CSV or XLSX files; they are read and recognised in the background, nothing is written yet',
  permission: 'imports.run',
  accepts: 'file',
  status: 201,
  answer: importShape,
  problems: { too_many_files: 'At most 20 files at once.' },
});
export const getImport = defineRoute({
  id: 'imports.get',
  method: 'GET',
  path: '/api/v1/imports/{id}',
  summary: 'One import: state, files, mapping, questions, report',
  permission: 'imports.run',
  params: byId,
  answer: importShape,
});
export const updateImport = defineRoute({
  id: 'imports.update',
  method: 'PATCH',
  path: '/api/v1/imports/{id}',
  summary: 'Change what a file is taken for, how its columns are mapped, answer questions, decide about look-alikes',
  permission: 'imports.run',
  params: byId,
  body: z.strictObject({
    version: version.optional(),
    options: z
      .strictObject({ owners: z.enum(['leave', 'create']).optional(), fields: z.enum(['create', 'leave']).optional() })
      .optional(),
    files: z
      .array(
        z.strictObject({
          no: z.int().min(1).max(100),
          skipped: z.boolean().optional(),
          entity: z.string().max(60).optional(),
          /** Only the columns that change. */
          mapping: z
            .array(z.strictObject({ column: z.int().min(0).max(5000), target: targetShape }))
            .max(2000)
            .optional(),
          /** By column: `dmy`, `mdy`, `ymd`, `decimal-point`, `decimal-comma`. */
          answers: z.record(z.string().max(300), z.string().max(60)).optional(),
          /** By row number: the id of what it is the same as, or `new`. */
          decisions: z.record(z.string().regex(/^\d{1,9}$/), z.union([id, z.literal('new')])).optional(),
          /** How to read the file, where it was read wrongly. */
          reading: z
            .strictObject({
              encoding: z.string().max(40).optional(),
              delimiter: z.string().max(3).optional(),
              sheet: z.string().max(100).optional(),
              headerRow: z.int().min(0).max(200).optional(),
            })
            .optional(),
          system: z
            .string()
            .trim()
            .regex(/^[a-z0-9][a-z0-9_-]{0,59}$/, 'Use small letters, digits, - and _')
            .optional(),
        }),
      )
      .max(100)
      .optional(),
  }),
  answer: importShape,
  problems: {
    version_conflict: 'Changed since; `current` holds the import as it stands.',
    import_busy: 'The import is at work; wait or cancel first.',
  },
});

const verb = <const I extends string, const P extends string>(name: I, path: P, summary: string) =>
  defineRoute({
    id: `imports.${name}`,
    method: 'POST',
    path: `/api/v1/imports/{id}/${path}`,
    summary,
    permission: 'imports.run',
    params: byId,
    answer: importShape,
    problems: {
      import_state: 'The import is not in a state for this.',
      import_questions: 'Questions are open; answer them first.',
    },
  });
export const dryRunImport = verb(
  'dryRun',
  'dry-run',
  'Try the import without writing: what would be new, changed, the same, rejected',
);
export const applyImport = verb('apply', 'apply', 'Bring the rows in, in the background');
export const cancelImport = verb('cancel', 'cancel', 'Stop; what is in stays in and can be undone');
export const resumeImport = verb('resume', 'resume', 'Go on with a failed or cancelled import where it stopped');
export const undoImport = verb(
  'undo',
  'undo',
  'Take an import back: what it made goes, what it changed becomes what it was, unless somebody changed it since',
);

export const importNotes = defineRoute({
  id: 'imports.notes',
  method: 'GET',
  path: '/api/v1/imports/{id}/notes',
  summary: 'Rows that were rejected or taken with something left out, with row, column and reason',
  permission: 'imports.run',
  params: byId,
  query: z.strictObject({ ...paging, weight: z.enum(['reject', 'warn']).optional() }),
  answer: listOf(noteShape),
});
export const rejectedRows = defineRoute({
  id: 'imports.rejected',
  method: 'GET',
  path: '/api/v1/imports/{id}/rejected',
  summary: 'The rejected rows of a file as CSV: row number and reasons, then the cells as they came',
  permission: 'imports.run',
  params: byId,
  query: z.strictObject({ file: z.coerce.number().int().min(1).max(100).default(1) }),
  answers: 'stream',
});

const mappingShape = z
  .object({
    id,
    name: z.string(),
    entity: z.string(),
    header: z.array(z.string()),
    system: z.string(),
    usedAt: instant,
  })
  .meta({ id: 'ImportMapping' });
export const listMappings = defineRoute({
  id: 'imports.mappings',
  method: 'GET',
  path: '/api/v1/import-mappings',
  summary: 'Mappings that imports left behind; a file with the same header is read with its mapping',
  permission: 'imports.run',
  answer: z.object({ items: z.array(mappingShape), nextCursor: z.string().nullable() }),
});
export const forgetMapping = defineRoute({
  id: 'imports.forgetMapping',
  method: 'DELETE',
  path: '/api/v1/import-mappings/{id}',
  summary: 'Forget a saved mapping',
  permission: 'imports.run',
  params: byId,
});
