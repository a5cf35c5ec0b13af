// Rows of the store as the contract shows them.
import type { Importer } from '../../../kernel/server/importing.ts';
import type { Import, ImportFile, ImportLine, ImportState } from '../api.ts';
import { notesOf } from './analyse.ts';
import type { FileRow, ImportRow } from './store.ts';

export const EDITABLE: readonly ImportState[] = ['questions', 'ready', 'failed', 'cancelled'];
export const UNDOABLE: readonly ImportState[] = ['done', 'cancelled', 'failed'];

export function presentLine(r: ImportRow): ImportLine {
  const counts = r.counts ?? { new: 0, changed: 0, same: 0, rejected: 0 };
  return {
    id: r.id,
    name: r.name,
    state: r.state,
    source: r.source,
    startedBy: r.starter_name,
    ...counts,
    createdAt: r.created_at,
    finishedAt: r.finished_at,
    undoneAt: r.undone_at,
    can: {
      update: EDITABLE.includes(r.state) && r.applied_at === null,
      undo: UNDOABLE.includes(r.state) && r.applied_at !== null,
    },
  };
}

export function present(
  r: ImportRow,
  files: readonly FileRow[],
  importers: readonly Importer[],
  currency: string,
): Import {
  return {
    ...presentLine(r),
    options: { owners: r.options.owners ?? 'leave', fields: r.options.fields ?? 'create' },
    phase: r.phase,
    progress: { done: r.progress_done, total: r.progress_total },
    problem: r.problem,
    files: files.map((f) => presentFile(f, importers, currency)),
    undo: r.undo_report,
    version: r.version,
  };
}

function presentFile(f: FileRow, importers: readonly Importer[], currency: string): ImportFile {
  const importer = importers.find((i) => i.shape.entity === f.entity);
  return {
    no: f.no,
    name: f.file_name,
    bytes: f.bytes,
    skipped: f.skipped,
    entity: f.entity,
    confidence: f.recognition.confidence ?? 0,
    reason: f.recognition.reason ?? '',
    entities: importers.map((i) => ({ entity: i.shape.entity, label: i.shape.label })),
    reading: {
      kind: f.reading.kind ?? null,
      encoding: f.reading.encoding ?? null,
      delimiter: f.reading.delimiter ?? null,
      sheet: f.reading.sheet ?? null,
      sheets: f.reading.sheets ?? [],
      headerRow: f.reading.headerRow ?? null,
    },
    rows: f.rows_total,
    columns: f.profile.map((p) => {
      const mapped = f.mapping.find((m) => m.column === p.index);
      return {
        column: p.index,
        header: p.header,
        target: mapped?.target ?? { kind: 'ignore' as const },
        confidence: mapped?.confidence ?? 0,
        reason: mapped?.reason ?? '',
        type: p.type,
        filled: p.filled,
        examples: p.examples,
      };
    }),
    ownFields: importer?.custom !== null,
    fields: importer?.shape.fields.map((x) => ({ key: x.key, label: x.label, type: x.type })) ?? [],
    questions: f.questions,
    answers: f.answers,
    decisions: f.decisions,
    warnings: warningsOf(f, importer, currency),
    preview: f.preview,
    system: f.system,
    savedMapping: f.saved_mapping,
    problem: f.problem,
    report: f.report && { ...f.report, samples: f.report.samples ?? [] },
  };
}

/** What is worth telling of the file, and what is assumed of its amounts and dates as it is read now. */
export const warningsOf = (f: FileRow, importer: Importer | undefined, currency: string): string[] => [
  ...f.warnings,
  ...(importer && f.problem === null ? notesOf(importer, f, currency) : []),
];
