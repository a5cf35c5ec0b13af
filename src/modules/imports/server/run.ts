// Runs a file through: staged, planned by its room, reported, and, unless it is a trial, written chunk by chunk. A chunk and the
// record of it commit together, so a run that dies anywhere goes on exactly behind its last chunk.
import type { FieldType, ImportCandidate, Importer, ImportRun } from '../../../kernel/server/importing.ts';
import { addNamedMembers } from '../../people/server/index.ts';
import { customFields, provideFields, roomForFields, workspaceCurrency } from '../../settings/server/index.ts';
import type { ImportReport } from '../api.ts';
import { amountsTogether, fingerprintOf, mappingName, NO_FIELD, ownImporter, planOf, sameField } from './analyse.ts';
import { openTable, type SourceTable } from './read/table.ts';
import { readingOf } from './reading.ts';
import { createConverter } from './recognise/convert.ts';
import { accountNameSimilarity, maybeSameName } from './recognise/names.ts';
import { withRatesOfPairs } from './recognise/rate-pairs.ts';
import { imagesOf, rehearse, SAMPLES, samplesOf } from './samples-store.ts';
import { inTurn, type Work } from './session.ts';
import * as stage from './stage-store.ts';
import { addNote, type CustomTarget, encoderFor, type Note, newTally, stageLines, type Tally } from './staging.ts';
import * as store from './store.ts';
import { aloneAtWriting, writeChunks } from './writing.ts';

/** From here on a plan that compares each row with each other takes longer than reading whole tables. */
const MANY = 2_000;

/** Tries all files without writing; each file gets its report. */
export async function dryRun(w: Work): Promise<void> {
  const { options, files } = await load(w);
  await w.transaction((ctx) => stage.prepare(ctx.tx));
  for (const [i, file] of files.entries())
    await runFile(w, file, { ...options, dry: true, followed: i + 1 < files.length });
}

/** Brings all files in. May be called again after it broke off. */
export async function apply(w: Work): Promise<void> {
  await inTurn(w, async () => {
    await aloneAtWriting(w);
    const { options, files } = await load(w);
    await w.transaction((ctx) => stage.prepare(ctx.tx));
    for (const [i, file] of files.entries())
      await runFile(w, file, { ...options, dry: false, followed: i + 1 < files.length });
    const tables = [
      ...new Set(w.importers.filter((i) => files.some((f) => f.entity === i.shape.entity)).flatMap((i) => i.tables)),
    ];
    const wrote = await w.transaction((ctx) => stage.countChanges(ctx.tx, w.importId));
    if (wrote.all > 0) await w.transaction((ctx) => stage.tidy(ctx.tx, tables));
  });
}

type Options = { owners: 'leave' | 'create'; fields: 'create' | 'leave'; dry: boolean; followed: boolean };

/** The files in the order of writing: what is referred to goes first. */
async function load(w: Work) {
  const { one, files } = await w.transaction(async (ctx) => ({
    one: await store.oneImport(ctx.tx, w.importId),
    files: await store.filesOf(ctx.tx, w.importId),
  }));
  const orderOf = (entity: string | null) => w.importers.findIndex((i) => i.shape.entity === entity);
  return {
    options: { owners: one?.options.owners ?? ('leave' as const), fields: one?.options.fields ?? ('create' as const) },
    files: files
      .filter((f) => !f.skipped && f.problem === null && orderOf(f.entity) >= 0)
      .sort((a, b) => orderOf(a.entity) - orderOf(b.entity) || a.no - b.no),
  };
}

async function runFile(w: Work, file: store.FileRow, options: Options): Promise<void> {
  const importer = w.importers.find((i) => i.shape.entity === file.entity)!;
  const { plan } = planOf(importer, file.profile, file.mapping, file.answers);
  const table = withRatesOfPairs(
    await openTable(w.services.files.pathOf(file.file_key), file.file_name, readingOf(file)),
  );
  const run: ImportRun = {
    services: w.services,
    actor: w.actor,
    importId: w.importId,
    file: file.no,
    system: file.system,
    mapped: plan.mapped,
    followed: options.followed,
  };
  const places = await customPlaces(w, importer, file, options);
  await w.transaction((ctx) => stage.createStage(ctx.tx, importer.shape));
  const tally = await fill(w, importer, file, table, plan, places.targets);
  const head = await w.transaction(async (ctx) => {
    await stage.completeStage(ctx.tx, w.importId, file.no, file.decisions);
    await stage.findMembers(ctx.tx, importer.shape);
    let unknown = await stage.unknownMembers(ctx.tx, importer.shape);
    if (options.owners === 'create' && !options.dry && unknown.length) {
      const made = await addNamedMembers(
        ctx,
        unknown.filter((u) => !/^[0-9a-z]{15,18}$/i.test(u.name)),
      );
      await remember(ctx.tx, w.importId, { members: made });
      await stage.findMembers(ctx.tx, importer.shape);
      unknown = await stage.unknownMembers(ctx.tx, importer.shape);
    }
    return { unknown };
  });
  await w.progress(`Comparing ${file.file_name} with what is there`, 0, 0);
  const planned = await w.transaction(async (ctx) => {
    if (tally.staged > MANY) await stage.joinByHash(ctx.tx);
    await importer.plan(ctx.tx, run);
    const counts = await stage.countPlan(ctx.tx);
    const candidates = options.dry ? likely((await importer.candidates?.(ctx.tx, run, 300)) ?? []) : [];
    const headers = Object.fromEntries(
      plan.columns.flatMap((c) => (c.target.kind === 'field' ? [[c.target.field, c.header]] : [])),
    );
    takeNotes(tally, await stage.planNotes(ctx.tx, headers));
    const done = await stage.countDone(ctx.tx, w.importId, file.no);
    return { counts, candidates, done };
  });
  const { counts, done } = planned;
  const report: ImportReport = {
    new: counts.new + done.new,
    changed: counts.changed + done.changed,
    same: counts.same,
    rejected: tally.rejected,
    warned: tally.warned,
    reasons: [...tally.reasons.values()]
      .sort((a, b) => Number(b.weight === 'reject') - Number(a.weight === 'reject') || b.count - a.count)
      .slice(0, 60)
      .map(({ weight, code, column, message, count, row, value }) => ({
        weight,
        code,
        column,
        message,
        count,
        row,
        value,
      })),
    newFields: places.fresh,
    leftOut: places.leftOut,
    unknownMembers: head.unknown.slice(0, 50).map(({ name, rows }) => ({ name, rows })),
    candidates: planned.candidates,
    // Of an interrupted run those that were seen before it broke off.
    samples: options.dry
      ? await w.transaction(async (ctx) =>
          samplesOf(
            ctx.tx,
            w.services.modules,
            importer,
            counts.changed > 0 ? await rehearse(ctx.tx, importer, run) : [],
          ),
        )
      : done.new + done.changed > 0
        ? (file.report?.samples ?? [])
        : [],
  };
  await w.transaction(async (ctx) => {
    await stage.keepNotes(ctx.tx, w.importId, file.no, w.actor.memberId!, tally.notes);
    await store.setFile(ctx.tx, file.id, { report });
  });
  if (options.dry) return;
  await write(w, importer, run, file, report);
  await w.transaction((ctx) =>
    ownImporter(table.header, w.importers)
      ? Promise.resolve()
      : store.saveMapping(ctx.tx, {
          name: mappingName(file.file_name),
          entity: file.entity!,
          fingerprint: fingerprintOf(table.header),
          header: table.header,
          mapping: file.mapping,
          answers: file.answers,
          system: file.system,
        }),
  );
}

/** Names that a search takes for near are compared once more, with all that is known of names. */
function likely(candidates: ImportCandidate[]): ImportCandidate[] {
  return candidates
    .map((c) => ({
      ...c,
      options: c.options
        .map((o) => ({ ...o, similarity: o.similarity === 1 ? 1 : accountNameSimilarity(c.name, o.name) }))
        .filter((o) => o.similarity >= maybeSameName)
        .sort((a, b) => b.similarity - a.similarity),
    }))
    .filter((c) => c.options.length > 0)
    .slice(0, 100);
}

async function fill(
  w: Work,
  importer: Importer,
  file: store.FileRow,
  table: SourceTable,
  plan: ReturnType<typeof planOf>['plan'],
  targets: ReadonlyMap<string, CustomTarget>,
): Promise<Tally> {
  const tally = newTally();
  const workspace = await w.transaction((ctx) => workspaceCurrency(ctx.tx));
  const own = ownImporter(table.header, w.importers) !== undefined;
  // A column that has no place is not read: nothing in it can reject a row.
  const read = plan.columns.filter((c) => c.target.kind !== 'custom' || targets.has(c.target.name));
  const convert = createConverter(
    { ...plan, columns: read },
    { workspaceCurrency: workspace, unmark: own && table.kind === 'csv' },
  );
  const encoder = encoderFor(importer.shape, plan.mapped, targets);
  const lines = stageLines(table, convert, encoder, tally, {
    signal: w.signal,
    before: amountsTogether(table.header, w.importers),
    onBatch: (bytes) =>
      w.progress(`Reading ${file.file_name}`, Math.min(bytes, table.bytesTotal - 1), table.bytesTotal),
  });
  await w.session.transaction((_tx, bulk) => stage.copyStage(bulk, encoder.columns, lines));
  return tally;
}

/** Rows that the room rejected or has something to say about. */
function takeNotes(tally: Tally, notes: Note[]): void {
  const rejected = new Set<number>();
  const warned = new Set<number>();
  for (const note of notes) {
    addNote(tally, note);
    (note.weight === 'reject' ? rejected : warned).add(note.row);
  }
  tally.rejected += rejected.size;
  for (const row of warned) if (!rejected.has(row)) tally.warned++;
}

async function write(
  w: Work,
  importer: Importer,
  run: ImportRun,
  file: store.FileRow,
  report: ImportReport,
): Promise<void> {
  await writeChunks(w, {
    importer,
    run,
    file,
    async wrote(ctx, changes) {
      const wanted = SAMPLES - report.samples.length;
      if (wanted <= 0) return;
      const images = await imagesOf(ctx.tx, changes, wanted);
      if (!images.length) return;
      report.samples.push(...(await samplesOf(ctx.tx, w.services.modules, importer, images)));
      await store.setFile(ctx.tx, file.id, { report });
    },
  });
}

type Ctx = Parameters<Parameters<Work['transaction']>[0]>[0];
async function remember(tx: Ctx['tx'], importId: string, more: store.Made): Promise<void> {
  const one = await store.oneImport(tx, importId);
  const made = one?.made ?? {};
  await store.setImport(tx, importId, {
    made: JSON.stringify({
      fields: [...(made.fields ?? []), ...(more.fields ?? [])],
      choices: [...(made.choices ?? []), ...(more.choices ?? [])],
      members: [...(made.members ?? []), ...(more.members ?? [])],
    }),
  });
}

// Columns without a field --------------------------------------------------

const TYPE_OF: Partial<Record<FieldType, 'number' | 'money' | 'date' | 'boolean' | 'url' | 'choice'>> = {
  integer: 'number',
  decimal: 'number',
  percent: 'number',
  money: 'money',
  date: 'date',
  boolean: 'boolean',
  url: 'url',
  choice: 'choice',
};
type Places = {
  targets: Map<string, CustomTarget>;
  fresh: string[];
  leftOut: { column: string; reason: string }[];
};

/** Which custom field takes which column; fields are made unless it is a trial. */
async function customPlaces(w: Work, importer: Importer, file: store.FileRow, options: Options): Promise<Places> {
  const places: Places = { targets: new Map(), fresh: [], leftOut: [] };
  const { custom } = importer;
  if (!custom) {
    const out = file.mapping.filter((m) => m.target.kind === 'custom' || m.reason === NO_FIELD);
    places.leftOut = out.map((m) => ({ column: m.header, reason: NO_FIELD }));
    return places;
  }
  const wanted = file.mapping.flatMap((m) => (m.target.kind === 'custom' ? [{ ...m, target: m.target }] : []));
  if (!wanted.length) return places;
  const columns = wanted.map((m) => {
    const values = file.profile[m.column]?.values?.map((v) => v.trim()).filter((v) => v !== '') ?? null;
    const type = TYPE_OF[m.target.type] ?? 'text';
    const fits = type !== 'choice' || (values !== null && values.length <= 60 && values.every((v) => v.length <= 100));
    return {
      header: m.header,
      label: m.target.name,
      type: fits ? type : ('text' as const),
      choices: fits && type === 'choice' ? [...new Set(values)] : [],
    };
  });
  let fields = await w.transaction((ctx) => customFields(ctx.tx, custom));
  if (!options.dry) {
    const allowed = columns.filter((c) => options.fields === 'create' || fields.some((f) => sameField(f, c.label)));
    await w.transaction(async (ctx) => {
      const made = await provideFields(ctx, custom, allowed);
      await remember(ctx.tx, w.importId, { fields: made.created, choices: made.extended });
    });
    const before = new Set(fields.map((f) => f.id));
    fields = await w.transaction((ctx) => customFields(ctx.tx, custom));
    const made = (await w.transaction((ctx) => store.oneImport(ctx.tx, w.importId)))?.made.fields ?? [];
    places.fresh = fields.filter((f) => !before.has(f.id) || made.includes(f.id)).map((f) => f.label);
  }
  let left = roomForFields(w.actor, fields.length);
  for (const column of columns) {
    const field = fields.find((f) => sameField(f, column.label));
    if (field) places.targets.set(column.label, field);
    else if (options.fields === 'create' && options.dry && left > 0) {
      left--;
      places.fresh.push(column.label);
      places.targets.set(column.label, { key: `new:${column.label}`, type: column.type });
    } else
      places.leftOut.push({
        column: column.header,
        reason:
          options.fields === 'leave'
            ? 'Columns without a field are left out, as you chose.'
            : roomForFields(w.actor, 0) === 0
              ? 'Only an admin may add fields.'
              : 'There is no room for more fields; put away one that nobody needs.',
      });
  }
  return places;
}
