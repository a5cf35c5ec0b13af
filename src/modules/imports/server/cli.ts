// Importing from the command line: the same steps as through HTTP, one after the other in this process, whether a server runs or not.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../../kernel/contract/ids.ts';
import { Problem } from '../../../kernel/contract/problem.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import { problemOf } from '../../../kernel/server/failure.ts';
import type { Services } from '../../../kernel/server/module.ts';
import { workspaceCurrency } from '../../settings/server/index.ts';
import type { ImportOptions, ImportQuestion } from '../api.ts';
import { planOf, spelledAnswers } from './analyse.ts';
import { nameOf } from './imports.ts';
import { warningsOf } from './present.ts';
import { parseAnswers } from './recognise/plan.ts';
import { accessOf, type Progress, type Work, withImport } from './session.ts';
import * as store from './store.ts';
import { stateOf, step } from './work.ts';

export type CliImport = {
  id: string;
  /** 0 applied (or tried), 2 a question needs an answer, 1 failed. */
  exitCode: 0 | 1 | 2;
  problem: string | null;
  files: {
    file: string;
    /** Of a workbook. */
    sheet?: string;
    entity: string | null;
    new: number;
    changed: number;
    same: number;
    rejected: number;
    questions: ImportQuestion[];
    /** Why the file cannot be read. */
    problem?: string;
    reasons: { row: number; column: string; message: string; count: number }[];
    /** Owners who are no members; their rows are without, unless `owners` says to add them. */
    unknownOwners: { name: string; rows: number }[];
    warnings: string[];
  }[];
  /** Answers that no file had a question or a column for, in words. */
  unusedAnswers: string[];
};

/**
 * Imports files as a member. `answers` are `column=format` or `file:column=format`; `entity=accounts` says what a file is that was not
 * recognised. Without answers to open questions nothing is written.
 */
export async function runImportFromCli(
  services: Services,
  member: { workspaceId: string; memberId: string },
  paths: readonly string[],
  options: {
    dryRun?: boolean;
    answers?: readonly string[];
    /** Sheets of workbooks to read, each as a list of its own; without them the first that holds a table. */
    sheets?: readonly string[];
    /** Owners who are no members: leave their rows without (usual), or add members by name, to be invited later. */
    owners?: ImportOptions['owners'];
    onProgress?: (p: Progress) => void;
    signal?: AbortSignal;
  } = {},
): Promise<CliImport> {
  const system = { workspaceId: member.workspaceId, memberId: null, level: 'all' as const, label: 'system' };
  const actor = await services.database.as(system, (tx) => store.memberActor(tx, member.memberId));
  if (!actor) throw new Problem(404, 'not_found', 'There is no such active member.');
  const names = paths.map((p) => path.basename(p));
  const files: { name: string; key: string; bytes: number; sheet?: string }[] = [];
  for (const [i, file] of paths.entries()) {
    const info = await stat(file).catch(() => null);
    if (!info?.isFile()) throw new Problem(422, 'no_such_file', `There is no file ${file}.`);
    const { key, bytes } = await services.files.put(createReadStream(file));
    const sheets = /\.xls[xm]$/i.test(file) ? (options.sheets ?? []) : [];
    if (!sheets.length) files.push({ name: names[i]!, key, bytes });
    for (const sheet of sheets) files.push({ name: names[i]!, key, bytes, sheet });
  }
  const id = newId();
  await services.database.as(accessOf(actor, id), async (tx) => {
    await store.insertImport(
      tx,
      {
        id,
        name: nameOf(names),
        source: 'cli',
        startedBy: member.memberId,
        options: options.owners ? { owners: options.owners } : {},
      },
      files,
    );
    for (const one of await store.filesOf(tx, id)) {
      const { sheet } = files[one.no - 1]!;
      if (sheet !== undefined) await store.setFile(tx, one.id, { chosen: { sheet } });
    }
  });
  const signal = options.signal ?? new AbortController().signal;
  const lock = { signal, onProgress: options.onProgress };
  try {
    const unusedAnswers: string[] = [];
    const early = await withImport(services, actor, id, lock, (w) => begin(w, options, unusedAnswers));
    if (early) return { ...early, unusedAnswers };
    for (;;) {
      try {
        return await withImport(services, actor, id, lock, async (w) => {
          await step(w);
          return { ...(await finished(w, options.dryRun === true)), unusedAnswers };
        });
      } catch (error) {
        // What passes by itself, such as a lost connection, is tried again; `step` gives up after some times and says why.
        if (signal.aborted || problemOf(error, services.log).status !== 503) throw error;
        await sleep(1_000);
      }
    }
  } catch (error) {
    if (signal.aborted) await services.database.as(accessOf(actor, id), (tx) => stopped(tx, id));
    throw error;
  }
}

/** Interrupted by the person at the terminal: nobody goes on with it by itself. What never began leaves no trace. */
async function stopped(tx: Tx, id: string): Promise<void> {
  const one = await store.oneImport(tx, id);
  if (one?.applied_at === null) return store.deleteImport(tx, id);
  await store.setImport(tx, id, {
    state: 'cancelled',
    resume_state: 'running',
    phase: '',
    finished_at: new Date().toISOString(),
  });
}

/** Reads the files and takes the answers; a result when it ends here, else the import is on its way. */
async function begin(
  w: Work,
  options: { dryRun?: boolean; answers?: readonly string[] },
  unused: string[],
): Promise<Outcome | null> {
  await step(w);
  unused.push(...(await answer(w, options.answers ?? [])));
  const asked = await read(w);
  if (asked.one.state === 'failed' || asked.files.some((f) => f.problem !== null)) return discard(w, 1);
  if (stateOf(asked.files) === 'questions') return discard(w, 2);
  const state = options.dryRun ? 'checking' : 'running';
  await w.aside((tx) =>
    store.setImport(tx, w.importId, { state, ...(options.dryRun ? {} : { applied_at: new Date().toISOString() }) }),
  );
  return null;
}

type Outcome = Omit<CliImport, 'unusedAnswers'>;

async function finished(w: Work, dryRun: boolean): Promise<Outcome> {
  const now = await read(w);
  if (dryRun) return discard(w, now.one.state === 'failed' ? 1 : 0);
  return result(w, now, now.one.state === 'done' ? 0 : 1);
}

const read = (w: Work) =>
  w.aside(async (tx) => ({
    one: (await store.oneImport(tx, w.importId))!,
    files: await store.filesOf(tx, w.importId),
    currency: await workspaceCurrency(tx),
  }));
type Read = Awaited<ReturnType<typeof read>>;

/** What never began leaves no trace in the history. */
async function discard(w: Work, exitCode: CliImport['exitCode']): Promise<Outcome> {
  const last = await read(w);
  await w.aside((tx) => store.deleteImport(tx, w.importId));
  return result(w, last, exitCode);
}

/** Answers in words what no file had a use for. */
async function answer(w: Work, given: readonly string[]): Promise<string[]> {
  if (!given.length) return [];
  const complaints = new Map<string, string | null>();
  const { files } = await read(w);
  for (const file of files) {
    const here = given.flatMap((one) => {
      const of = files.find((f) => one.startsWith(`${f.file_name}:`));
      if (!of) return [one];
      return of.no === file.no ? [one.slice(file.file_name.length + 1)] : [];
    });
    const { entity, ...answers } = spelledAnswers(parseAnswers(here));
    const importer = w.importers.find((i) => i.shape.entity === (file.entity ?? entity));
    if (!importer) continue;
    const mapping =
      file.entity === null
        ? (file.recognition.guesses?.find((g) => g.entity === entity)?.mapping ?? file.mapping)
        : file.mapping;
    const all = { ...file.answers, ...answers };
    const { questions } = planOf(importer, file.profile, mapping, all);
    await w.aside((tx) =>
      store.setFile(tx, file.id, { entity: importer.shape.entity, mapping, answers: all, questions }),
    );
    // An answer is for whichever file has a use for it.
    for (const [column, given] of Object.entries(answers)) {
      const [complaint = null] = planOf(importer, file.profile, mapping, { [column]: given }).unusedAnswers;
      if (complaints.get(column) !== null) complaints.set(column, complaint);
    }
  }
  return [...complaints.values()].filter((one) => one !== null);
}

function result(w: Work, { one, files, currency }: Read, exitCode: CliImport['exitCode']): Outcome {
  const importerOf = (f: store.FileRow) => w.importers.find((i) => i.shape.entity === f.entity);
  return {
    id: one.id,
    exitCode,
    problem: one.problem ?? files.find((f) => f.problem)?.problem ?? null,
    files: files.map((f) => ({
      file: f.file_name,
      ...(f.reading.sheet ? { sheet: f.reading.sheet } : {}),
      entity: f.entity,
      new: f.report?.new ?? 0,
      changed: f.report?.changed ?? 0,
      same: f.report?.same ?? 0,
      rejected: f.report?.rejected ?? 0,
      questions: f.questions,
      ...(f.problem ? { problem: f.problem } : {}),
      reasons: (f.report?.reasons ?? [])
        .filter((r) => r.weight === 'reject')
        .slice(0, 20)
        .map(({ row, column, message, count }) => ({ row, column, message, count })),
      unknownOwners: f.report?.unknownMembers ?? [],
      warnings: warningsOf(f, importerOf(f), currency),
    })),
  };
}
