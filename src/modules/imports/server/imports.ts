// The use cases of the imports room: bring files, look, decide, try, bring in, stop, go on, take back.
import { createReadStream } from 'node:fs';
import { newId } from '../../../kernel/contract/ids.ts';
import { conflict, invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import { type Importer, importersOf } from '../../../kernel/server/importing.ts';
import type { Call, Ctx, FileAnswer } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import { customFields, workspaceCurrency } from '../../settings/server/index.ts';
import type * as api from '../api.ts';
import type { Import, ImportState } from '../api.ts';
import { questionsOf, settle, spelledAnswers, systemOf } from './analyse.ts';
import { EDITABLE, present, presentLine, UNDOABLE } from './present.ts';
import { rejectedCsv } from './rejected.ts';
import * as stage from './stage-store.ts';
import * as store from './store.ts';
import { JOB, stateOf } from './work.ts';

export async function list(ctx: Ctx, { query }: Call<typeof api.listImports>) {
  const rows = await store.imports(ctx.tx, decodeCursor('imports', query.cursor, 1), query.limit);
  const { items, nextCursor } = page(rows, query.limit, (r) => encodeCursor('imports', [r.id]));
  return { items: items.map(presentLine), nextCursor };
}

async function found(ctx: Ctx, id: string): Promise<store.ImportRow> {
  const row = await store.oneImport(ctx.tx, id);
  if (!row) throw notFound('import');
  return row;
}

export async function get(ctx: Ctx, id: string): Promise<Import> {
  const [one, files, currency] = [
    await found(ctx, id),
    await store.filesOf(ctx.tx, id),
    await workspaceCurrency(ctx.tx),
  ];
  return present(one, files, importersOf(ctx.services.modules), currency);
}

export async function create(ctx: Ctx, { uploads }: Call<typeof api.createImport>): Promise<Import> {
  const files = [];
  for (const upload of uploads) {
    const { key, bytes } = await ctx.services.files.put(createReadStream(upload.path));
    files.push({ name: upload.fileName, key, bytes });
  }
  const id = newId(ctx.now.getTime());
  await store.insertImport(
    ctx.tx,
    { id, name: nameOf(files.map((f) => f.name)), source: 'web', startedBy: ctx.actor.memberId!, options: {} },
    files,
  );
  await begin(ctx, id);
  return get(ctx, id);
}

export const nameOf = (files: readonly string[]): string =>
  (files.length === 1 ? files[0]! : `${files[0]} and ${files.length - 1} more`).slice(0, 200);

async function begin(ctx: Ctx, id: string): Promise<void> {
  await ctx.enqueue(JOB, { importId: id });
  await ctx.emit({ type: 'import.changed', rowId: id });
}

export async function update(ctx: Ctx, { params, body, ifMatch }: Call<typeof api.updateImport>): Promise<Import> {
  const before = await found(ctx, params.id);
  const version = body.version ?? ifMatch;
  if (version !== undefined && version !== before.version) throw staleVersion('import', await get(ctx, params.id));
  if (!EDITABLE.includes(before.state) || before.applied_at !== null)
    throw conflict('import_busy', 'The import is at work or over; it cannot be changed now.');
  const files = await store.filesOf(ctx.tx, params.id);
  const importers = importersOf(ctx.services.modules);
  let again = false;
  for (const change of body.files ?? []) {
    const file = files.find((f) => f.no === change.no);
    if (!file) throw invalid({ field: `files.${change.no}`, message: 'There is no such file in this import' });
    if (await changeFile(ctx, file, change, importers)) again = true;
  }
  const now = await store.filesOf(ctx.tx, params.id);
  const done = await store.setImport(
    ctx.tx,
    params.id,
    {
      state: again ? 'analysing' : stateOf(now),
      problem: null,
      ...(body.options ? { options: JSON.stringify({ ...before.options, ...body.options }) } : {}),
    },
    { version: before.version },
  );
  if (!done) throw staleVersion('import', await get(ctx, params.id));
  if (again) await begin(ctx, params.id);
  else await ctx.emit({ type: 'import.changed', rowId: params.id });
  return get(ctx, params.id);
}

type FileChange = NonNullable<Call<typeof api.updateImport>['body']['files']>[number];

/** Answers true when the file has to be read anew. */
async function changeFile(
  ctx: Ctx,
  file: store.FileRow,
  change: FileChange,
  importers: readonly Importer[],
): Promise<boolean> {
  const entity = change.entity ?? file.entity;
  const importer = importers.find((i) => i.shape.entity === entity);
  if (change.entity && !importer)
    throw invalid({
      field: `files.${file.no}.entity`,
      message: `Choose ${importers.map((i) => i.shape.entity).join(' or ')}`,
    });
  const chosen = {
    ...file.chosen,
    ...(change.entity ? { entity: change.entity } : {}),
    ...(change.system ? { system: change.system } : {}),
    ...change.reading,
  } as store.FileRow['chosen'];
  if (change.reading) {
    await store.setFile(ctx.tx, file.id, { chosen, skipped: change.skipped ?? file.skipped });
    return true;
  }
  let mapping = file.mapping;
  if (change.entity && change.entity !== file.entity)
    mapping = file.recognition.guesses?.find((g) => g.entity === change.entity)?.mapping ?? file.mapping;
  if (change.mapping && importer) mapping = await remapped(ctx, importer, mapping, file, change.mapping);
  const answers = { ...file.answers, ...spelledAnswers(change.answers ?? {}) };
  const questions = importer ? questionsOf(importer, file.profile, mapping, answers) : file.questions;
  await store.setFile(ctx.tx, file.id, {
    chosen,
    entity: entity ?? null,
    mapping,
    answers,
    questions,
    decisions: { ...file.decisions, ...change.decisions },
    skipped: change.skipped ?? file.skipped,
    system:
      change.system ??
      chosen.system ??
      (mapping === file.mapping
        ? file.system
        : systemOf(
            file.file_name,
            file.profile,
            mapping,
            importers.map((i) => i.shape),
          )),
    // A report tells of the mapping it was made with.
    report: null,
  });
  return false;
}

async function remapped(
  ctx: Ctx,
  importer: Importer,
  mapping: store.FileRow['mapping'],
  file: store.FileRow,
  changes: NonNullable<FileChange['mapping']>,
): Promise<store.FileRow['mapping']> {
  const wanted = new Map(changes.map((c) => [c.column, c.target]));
  for (const [column, target] of wanted) {
    const known = target.kind !== 'field' || importer.shape.fields.some((f) => f.key === target.field);
    if (!file.profile[column] || !known)
      throw invalid({ field: `files.${file.no}.mapping`, message: 'There is no such column or field' });
  }
  const taken = new Set([...wanted.values()].flatMap((t) => (t.kind === 'field' ? [t.field] : [])));
  const next = file.profile.map((p) => {
    const before = mapping.find((m) => m.column === p.index);
    const target = wanted.get(p.index);
    if (target) return { column: p.index, header: p.header, target, confidence: 1, reason: 'You chose it.' };
    // A field takes one column: who had it before gives it up.
    if (!before || (before.target.kind === 'field' && taken.has(before.target.field)))
      return {
        column: p.index,
        header: p.header,
        target: { kind: 'ignore' as const },
        confidence: 1,
        reason: 'Another column has its field.',
      };
    return before;
  });
  return settle(next, importer.custom ? await customFields(ctx.tx, importer.custom) : null);
}

// Verbs --------------------------------------------------------------------

async function move(
  ctx: Ctx,
  id: string,
  among: readonly ImportState[],
  change: Parameters<typeof store.setImport>[2],
  why: string,
): Promise<Import> {
  await found(ctx, id);
  if (!(await store.setImport(ctx.tx, id, change, { among }))) throw conflict('import_state', why);
  await begin(ctx, id);
  return get(ctx, id);
}

async function noQuestions(ctx: Ctx, id: string): Promise<void> {
  const files = await store.filesOf(ctx.tx, id);
  if (stateOf(files) === 'ready') return;
  const open = files
    .filter((f) => !f.skipped)
    .flatMap((f) => [
      ...(f.problem ? [`${f.file_name}: ${f.problem}`] : []),
      ...f.questions.map((q) => `${f.file_name}: ${q.column}`),
    ]);
  throw conflict('import_questions', `Answer these first: ${open.slice(0, 10).join('; ') || 'choose a file'}`);
}

const READY: readonly ImportState[] = ['questions', 'ready'];
const fresh = { phase: '', progress_done: 0, progress_total: 0, problem: null, attempts: 0, resume_state: null };

export async function dryRun(ctx: Ctx, id: string): Promise<Import> {
  await found(ctx, id);
  await noQuestions(ctx, id);
  return move(
    ctx,
    id,
    READY,
    { ...fresh, state: 'checking' },
    'The import is at work or over; it cannot be tried now.',
  );
}

export async function apply(ctx: Ctx, id: string): Promise<Import> {
  await found(ctx, id);
  await noQuestions(ctx, id);
  return move(
    ctx,
    id,
    READY,
    { ...fresh, state: 'running', applied_at: ctx.now.toISOString() },
    'The import is at work or over; it cannot be started now.',
  );
}

export async function cancel(ctx: Ctx, id: string): Promise<Import> {
  return move(
    ctx,
    id,
    ['running', 'checking'],
    { state: 'cancelling' },
    'There is nothing under way that could be stopped.',
  );
}

export async function resume(ctx: Ctx, id: string): Promise<Import> {
  const before = await found(ctx, id);
  if ((before.state !== 'failed' && before.state !== 'cancelled') || !before.resume_state)
    throw conflict('import_state', 'Only a failed or stopped import can go on.');
  return move(
    ctx,
    id,
    ['failed', 'cancelled'],
    { ...fresh, state: before.resume_state, finished_at: null },
    'It goes on already.',
  );
}

export async function undo(ctx: Ctx, id: string): Promise<Import> {
  const before = await found(ctx, id);
  if (before.applied_at === null) throw conflict('import_state', 'Nothing was brought in that could be taken back.');
  return move(
    ctx,
    id,
    UNDOABLE,
    { ...fresh, state: 'undoing', undo_report: null },
    'The import is at work, or taken back already.',
  );
}

// What was said of rows ----------------------------------------------------

export async function notes(ctx: Ctx, { params, query }: Call<typeof api.importNotes>) {
  await found(ctx, params.id);
  const rows = await store.notes(ctx.tx, params.id, {
    weight: query.weight,
    after: decodeCursor('import-notes', query.cursor, 3),
    limit: query.limit,
  });
  const { items, nextCursor } = page(rows, query.limit, (r) =>
    encodeCursor('import-notes', [r.file_no, r.row_no, r.no]),
  );
  return {
    items: items.map((r) => ({
      file: r.file_no,
      row: r.row_no,
      weight: r.weight,
      column: r.column_name,
      code: r.code,
      message: r.message,
      value: r.value,
    })),
    nextCursor,
  };
}

export async function rejected(ctx: Ctx, { params, query }: Call<typeof api.rejectedRows>): Promise<FileAnswer> {
  await found(ctx, params.id);
  const file = (await store.filesOf(ctx.tx, params.id)).find((f) => f.no === query.file);
  if (!file) throw notFound('file in this import');
  const reasons = await stage.rejectReasons(ctx.tx, params.id, file.no);
  return {
    stream: await rejectedCsv(ctx.services, file, reasons),
    type: 'text/csv; charset=utf-8',
    fileName: `rejected ${file.file_name.replace(/\.\w+$/, '')}.csv`,
  };
}

export async function mappings(ctx: Ctx) {
  const rows = await store.mappings(ctx.tx);
  return {
    items: rows.map((r) => ({
      id: r.id,
      name: r.name,
      entity: r.entity,
      header: r.header,
      system: r.system,
      usedAt: r.used_at,
    })),
    nextCursor: null,
  };
}

export async function forgetMapping(ctx: Ctx, id: string): Promise<undefined> {
  if (!(await store.deleteMapping(ctx.tx, id))) throw notFound('mapping');
}
