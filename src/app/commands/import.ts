// openkam import: files in, with a report that a person or a program reads.
import { type CliImport, runImportFromCli } from '../../modules/imports/server/index.ts';
import { actorOf, CommandError, type Io, withBuilding, workspaceOf } from './installation.ts';
import { withProgress } from './progress.ts';

export type ImportOptions = {
  dryRun?: boolean;
  json?: boolean;
  answer?: string[];
  sheet?: string[];
  owners?: 'leave' | 'create';
  as?: string;
  in?: string;
};

/** Answers the exit code: 0 applied (or tried), 2 a question needs an answer, 1 failed. */
export async function importFiles(io: Io, files: readonly string[], o: ImportOptions): Promise<number> {
  const stop = new AbortController();
  const onInterrupt = () =>
    stop.abort(new CommandError('Stopped. What was brought in so far can be taken back under Imports.'));
  process.once('SIGINT', onInterrupt);
  try {
    return await withBuilding(io, async (building) => {
      const workspace = await workspaceOf(building, o.in);
      const actor = await actorOf(building, workspace.id, o.as);
      const member = { workspaceId: workspace.id, memberId: actor.memberId! };
      const done = await withProgress(io, o.dryRun ? 'Checking' : 'Importing', (progress) =>
        runImportFromCli(building.services, member, files, {
          signal: stop.signal,
          onProgress: (p) => progress(p.done, p.total, p.phase),
          ...(o.dryRun ? { dryRun: true } : {}),
          ...(o.answer ? { answers: o.answer } : {}),
          ...(o.sheet ? { sheets: o.sheet } : {}),
          ...(o.owners ? { owners: o.owners } : {}),
        }),
      );
      if (o.json)
        io.out(
          JSON.stringify({
            files: done.files,
            importId: done.id,
            problem: done.problem,
            ...(done.unusedAnswers.length ? { unusedAnswers: done.unusedAnswers } : {}),
          }),
        );
      else report(io, done, o);
      return done.exitCode;
    });
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

const rows = (n: number): string => `${n.toLocaleString('en')} row${n === 1 ? '' : 's'}`;

function report(io: Io, done: CliImport, { dryRun, owners }: ImportOptions): void {
  for (const unused of done.unusedAnswers) io.note(`--answer: ${unused}`);
  for (const f of done.files) {
    const name = f.sheet ? `${f.file} (${f.sheet})` : f.file;
    if (f.problem) {
      io.note(`${name}: ${f.problem}`);
      continue;
    }
    if (f.questions.length || f.entity === null) {
      for (const q of f.questions) {
        const examples = q.examples.length ? ` (${q.examples.slice(0, 3).join(', ')})` : '';
        io.note(`${name}: ${q.reason}${examples}`);
        io.note(
          `  Answer with --answer "${q.column}=${q.options[0] ?? '…'}"${q.options.length > 1 ? `, or ${q.options.slice(1).join(', ')}` : ''}`,
        );
      }
      continue;
    }
    const n = (count: number) => count.toLocaleString('en');
    io.out(
      `${name}: ${f.entity}: ${n(f.new)} new, ${n(f.changed)} changed, ${n(f.same)} the same, ${n(f.rejected)} rejected`,
    );
    for (const w of f.warnings) io.note(`  ${w}`);
    for (const r of f.reasons) {
      const others = r.count > 1 ? ` and ${rows(r.count - 1)} more` : '';
      io.note(`  row ${r.row}${others}${r.column ? `, ${r.column}` : ''}: ${r.message}`);
    }
    if (f.unknownOwners.length) {
      const names = f.unknownOwners.slice(0, 5).map((u) => `${u.name} (${rows(u.rows)})`);
      const more = f.unknownOwners.length > 5 ? ` and ${f.unknownOwners.length - 5} more` : '';
      io.note(
        owners === 'create'
          ? `  Owners who ${dryRun ? 'would be' : 'could not be'} added as members: ${names.join(', ')}${more}`
          : `  Owners who are no members, so their rows have none: ${names.join(', ')}${more}. Add them with --owners create.`,
      );
    }
  }
  if (done.exitCode === 2) io.note('Nothing was brought in: the questions above need an answer.');
  else if (done.exitCode === 1 && !done.files.some((f) => f.problem && f.problem === done.problem))
    io.note(done.problem ?? 'The import failed. Nothing half-read was kept.');
  else if (dryRun) io.note('This was a trial: nothing was changed.');
}
