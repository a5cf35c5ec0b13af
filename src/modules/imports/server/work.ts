// What an import does by itself: looks at its state, does what is due, and says what went wrong. The worker and the command line run it.
import { Problem } from '../../../kernel/contract/problem.ts';
import { problemOf } from '../../../kernel/server/failure.ts';
import type { Importer } from '../../../kernel/server/importing.ts';
import { enqueueIn } from '../../../kernel/server/jobs.ts';
import type { Job, Schedule, Services } from '../../../kernel/server/module.ts';
import { notify } from '../../people/server/index.ts';
import { type CustomField, customFields, workspaceCurrency } from '../../settings/server/index.ts';
import { analyse } from './analyse.ts';
import { apply, dryRun } from './run.ts';
import { Stopped, type Work, withImport } from './session.ts';
import * as stage from './stage-store.ts';
import * as store from './store.ts';
import { undo } from './undo.ts';

const WRITES = new Set(['running', 'undoing', 'cancelling']);
const AT_WORK = new Set(['analysing', 'checking', ...WRITES]);
const MAX_ATTEMPTS = 5;

/** Does what is due for an import until it waits for a person or is over. Throws only what is worth another try. */
export async function work(
  services: Services,
  workspaceId: string,
  importId: string,
  signal: AbortSignal,
): Promise<void> {
  const system = { workspaceId, memberId: null, level: 'all' as const, label: 'system' };
  const { one, starter } = await services.database.as(system, async (tx) => ({
    one: await store.oneImport(tx, importId),
    starter: await store.starterOf(tx, importId),
  }));
  if (!one || !AT_WORK.has(one.state)) return;
  if (!starter) {
    await services.database.as(system, (tx) =>
      store.setImport(tx, importId, {
        state: 'failed',
        problem: 'Who started this import is no active member any more.',
      }),
    );
    return;
  }
  await withImport(services, starter, importId, { signal, turn: WRITES.has(one.state) }, step);
}

/** One state's work, with the import's lock held. */
export async function step(w: Work): Promise<void> {
  const one = await w.aside((tx) => store.oneImport(tx, w.importId));
  if (!one) return;
  // Cancelling says that a person stopped it, not what: what nobody has told to write was being tried, and goes back to where it was.
  const isTrial = one.applied_at === null;
  try {
    switch (one.state) {
      case 'analysing':
        return await analyseFiles(w);
      case 'checking':
        await dryRun(w);
        return await finish(w, 'ready');
      case 'running':
        if (isTrial) return await finish(w, 'ready');
        await apply(w);
        return await finish(w, 'done');
      case 'cancelling':
        return await finish(w, isTrial ? 'ready' : 'cancelled');
      case 'undoing':
        await undo(w);
        return await finish(w, 'undone');
    }
  } catch (error) {
    if (error instanceof Stopped) return finish(w, isTrial ? 'ready' : 'cancelled');
    if (w.signal.aborted) throw error;
    await failed(w, one, error);
  }
}

async function analyseFiles(w: Work): Promise<void> {
  const files = await w.aside((tx) => store.filesOf(tx, w.importId));
  const { fields, currency } = await w.aside(async (tx) => {
    const entities = [...new Set(w.importers.flatMap((i) => i.custom ?? []))];
    const fields = new Map<NonNullable<Importer['custom']>, CustomField[]>();
    for (const entity of entities) fields.set(entity, await customFields(tx, entity));
    return { fields, currency: await workspaceCurrency(tx) };
  });
  for (const file of files) {
    const path = w.services.files.pathOf(file.file_key);
    await w.progress(`Reading ${file.file_name}`, 0, 0);
    const finding = await analyse(
      path,
      file,
      {
        importers: w.importers,
        workspaceCurrency: currency,
        fieldsOf: (entity) => fields.get(entity) ?? [],
        savedMapping: (fingerprint, name) => w.aside((tx) => store.mappingFor(tx, fingerprint, name)),
      },
      { signal: w.signal },
    );
    await w.aside((tx) => store.setFile(tx, file.id, { problem: null, report: null, ...finding }));
  }
  await w.transaction(async (ctx) => {
    await store.setImport(
      ctx.tx,
      w.importId,
      {
        state: stateOf(await store.filesOf(ctx.tx, w.importId)),
        phase: '',
        progress_done: 0,
        progress_total: 0,
        attempts: 0,
      },
      { among: ['analysing'] },
    );
    await ctx.emit({ type: 'import.changed', rowId: w.importId });
  });
}

/** Whether files still need a person. */
export function stateOf(
  files: readonly Pick<store.FileRow, 'skipped' | 'problem' | 'questions'>[],
): 'questions' | 'ready' {
  const used = files.filter((f) => !f.skipped);
  return used.length > 0 && used.every((f) => f.problem === null && f.questions.length === 0) ? 'ready' : 'questions';
}

async function finish(w: Work, state: 'ready' | 'done' | 'cancelled' | 'undone'): Promise<void> {
  await w.transaction(async (ctx) => {
    const now = ctx.now.toISOString();
    await store.setImport(ctx.tx, w.importId, {
      state,
      phase: '',
      progress_done: 0,
      progress_total: 0,
      problem: null,
      attempts: 0,
      resume_state: state === 'cancelled' ? 'running' : null,
      ...(state === 'done' || state === 'cancelled' ? { finished_at: now } : {}),
      ...(state === 'undone' ? { undone_at: now } : {}),
    });
    await ctx.emit({ type: 'import.changed', rowId: w.importId });
    if (state === 'ready') return;
    await ctx.emit({ type: 'account.bulk_updated' });
    const wrote = new Set(await stage.tablesWritten(ctx.tx, w.importId));
    for (const importer of w.importers)
      if (importer.afterwards && importer.tables.some((table) => wrote.has(table))) await importer.afterwards(ctx);
    const one = await store.oneImport(ctx.tx, w.importId);
    if (one?.source !== 'web') return;
    const { counts } = one;
    const titles = { done: 'Import finished', cancelled: 'Import stopped', undone: 'Import taken back' };
    await notify(ctx, [one.started_by], {
      kind: `import.${state}`,
      title: `${titles[state]}: ${one.name}`,
      detail:
        state === 'undone'
          ? ''
          : `${counts?.new ?? 0} new, ${counts?.changed ?? 0} changed, ${counts?.rejected ?? 0} rejected`,
      link: `/import/${one.id}`,
      dedupeKey: `import:${one.id}`,
    });
  });
}

/** Trouble that passes is tried again, then the import waits for a person, who can resume it. */
async function failed(w: Work, one: store.ImportRow, error: unknown): Promise<void> {
  const problem = problemOf(error, w.services.log);
  const passing = problem.status === 503 || problem.code === 'duplicate' || problem.code === 'unknown_reference';
  if (passing && one.attempts + 1 < MAX_ATTEMPTS) {
    await w.aside((tx) => store.setImport(tx, w.importId, { attempts: one.attempts + 1 })).catch(() => {});
    throw error;
  }
  const said =
    problem.code === 'unexpected' && error instanceof Error
      ? `${problem.message} (${error.message.slice(0, 300)})`
      : problem.message;
  await w.aside((tx) =>
    store.setImport(tx, w.importId, {
      state: 'failed',
      problem: said.replace(/Nothing was (changed|lost)[.;]/, 'What was written so far is kept; resume to go on:'),
      resume_state:
        one.state !== 'cancelling'
          ? (one.state as store.ImportRow['resume_state'])
          : one.applied_at === null
            ? 'checking'
            : 'running',
      finished_at: new Date().toISOString(),
    }),
  );
  if (!(error instanceof Problem)) w.services.log.error({ err: error, importId: w.importId }, 'an import failed');
}

export const JOB = 'imports.work';
export const jobs: Job[] = [
  {
    name: JOB,
    concurrency: 2,
    expireSeconds: 12 * 3600,
    run: (services, data, { signal }) => work(services, String(data.workspaceId), String(data.importId), signal),
  },
];

/**
 * What a process that died left at work is taken up again. At the start of a server that is all of it: the connections of a process
 * that died a moment ago may still hold their locks, and a job waits for its lock.
 */
export async function takeUp(services: Services, seconds: number): Promise<void> {
  const left = await services.database.system((tx) => store.abandoned(tx, seconds));
  for (const { workspace_id, id } of left) {
    const access = { workspaceId: workspace_id, memberId: null, level: 'all' as const, label: 'system' };
    await services.database.as(access, (tx) => enqueueIn(tx, JOB, { workspaceId: workspace_id, importId: id }));
    services.signal({ ws: workspace_id, type: 'job:', accountId: null, id: null });
  }
}
export const schedules: Schedule[] = [
  { name: 'imports.takeUp', every: 'minute', run: (services) => takeUp(services, 45) },
];
