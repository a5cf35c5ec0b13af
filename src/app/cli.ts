// The command line: openkam setup, member, api-key, import, export, backup, restore, sample, migrate, doctor. Each works beside a running
// server, and starts and stops the database by itself where none runs.
import { Command, CommanderError, Option } from 'commander';
import { LEVELS, ROLES } from '../kernel/contract/access.ts';
import { Problem } from '../kernel/contract/problem.ts';
import { ConfigError } from '../kernel/server/config.ts';
import { EngineError } from '../kernel/server/engine.ts';
import { DataDirInUseError } from '../kernel/server/lock.ts';
import { MigrationError } from '../kernel/server/migrate.ts';
import { RestoreError } from '../kernel/server/restore.ts';
import { ZipError } from '../kernel/server/zip-read.ts';
import { version } from './building.ts';
import * as data from './commands/data.ts';
import { doctor } from './commands/doctor.ts';
import { type ImportOptions, importFiles } from './commands/import.ts';
import { CommandError, type Io } from './commands/installation.ts';
import * as people from './commands/people.ts';
import { sample } from './commands/sample.ts';
import { reasonOf } from './reason.ts';

function build(io: Io, done: (code: number) => void): Command {
  const program = new Command('openkam')
    .description('OpenKAM from the command line. Works beside a running server, or alone.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'say how it is used')
    .helpCommand('help [command]', 'say how a command is used')
    .addHelpText(
      'after',
      `
Settings come from the environment, as for the server: OPENKAM_DATA (default ./data), DATABASE_URL, …
Run "openkam help <command>" for the options of a command.`,
    );
  const within = () => new Option('--in <workspace>', 'the workspace, where there are several');

  program
    .command('setup')
    .description('Make the first workspace and its admin; works once')
    .requiredOption('--workspace <name>', 'name of the workspace, such as your company')
    .requiredOption('--name <name>', 'your name')
    .requiredOption('--email <email>', 'what you sign in with')
    .requiredOption('--password <password>', 'at least 10 characters')
    .option('--currency <code>', 'the currency that sums are shown in (EUR)')
    .option('--zone <zone>', 'time zone, such as Europe/Paris (UTC)')
    .option('--locale <locale>', 'how dates and numbers are written, such as en-GB')
    .action((o: people.SetupOptions) => people.setup(io, o));

  program
    .command('member')
    .description('Members of the workspace')
    .command('add')
    .description('Add a member who can sign in at once')
    .requiredOption('--name <name>', 'name')
    .requiredOption('--email <email>', 'what the member signs in with')
    .requiredOption('--role <role>', `one of ${ROLES.join(', ')}`)
    .option('--level <level>', `which accounts the member sees: one of ${LEVELS.join(', ')} (by role)`)
    .option('--password <password>', 'at least 10 characters; not for somebody who signs in already')
    .addOption(within())
    .action((o: people.MemberOptions) => people.memberAdd(io, o));

  program
    .command('api-key')
    .description('Keys for programs')
    .command('create')
    .description('Make an API key; it is the last line of the output and is shown only once')
    .requiredOption('--name <name>', 'what the key is for')
    .option('--member <email>', 'whom the key acts as (the first admin)')
    .addOption(within())
    .action((o: { name: string; member?: string; in?: string }) => people.apiKeyCreate(io, o));

  program
    .command('import')
    .description(
      'Bring in lists (accounts, people, contracts, subscriptions, deals, invoices …): CSV or XLSX, several at once',
    )
    .argument('<file...>', 'the files, in any order')
    .option('--dry-run', 'say what would happen and change nothing')
    .option('--json', 'print the report as one JSON object')
    .option(
      '--answer <column=format>',
      'answer a question, such as "Start=dd/mm/yyyy"; may be given several times',
      (one: string, before: string[] | undefined) => [...(before ?? []), one],
    )
    .option(
      '--sheet <name>',
      'a sheet of a workbook to read instead of the first table in it; several times: each is a list of its own',
      (one: string, before: string[] | undefined) => [...(before ?? []), one],
    )
    .addOption(
      new Option(
        '--owners <what>',
        'owners who are no members: leave their rows without an owner, or create members by name, to be invited later',
      )
        .choices(['leave', 'create'])
        .default('leave'),
    )
    .option('--as <email>', 'the member who imports (the first admin)')
    .addOption(within())
    .addHelpText('after', '\nExit code: 0 brought in, 1 failed, 2 a question needs an answer.')
    .action(async (files: string[], o: ImportOptions) => done(await importFiles(io, files, o)));
  for (const [kind, what] of [
    ['backup', 'Write everything into one zip, to restore it later; runs beside a working server'],
    ['export', 'Write all content into one zip of JSON Lines and files, to take it elsewhere'],
  ] as const)
    program
      .command(kind)
      .description(what)
      .argument('<file>', 'the zip to write')
      .option('--force', 'replace the file if it exists')
      .action((file: string, o: { force?: boolean }) => data.write(io, file, kind, o));
  program
    .command('restore')
    .description('Put a backup or an export into an empty installation')
    .argument('<file>', 'the zip to read')
    .option('--force', 'replace everything that is there')
    .action((file: string, o: { force?: boolean }) => data.restore(io, file, o));
  const portfolio = program.command('sample').description('A sample portfolio to look around in');
  for (const [what, text] of [
    ['add', 'Bring in the sample: key accounts with people, plans and reviews'],
    ['remove', 'Take the whole sample away'],
  ] as const)
    portfolio
      .command(what)
      .description(text)
      .addOption(within())
      .action((o: { in?: string }) => sample(io, what, o));
  program
    .command('migrate')
    .description('Bring the database up to date (the server does this by itself when it starts)')
    .action(() => data.migrate(io));
  program
    .command('doctor')
    .description('Look at everything the installation stands on and say what to do; exit code 1 if it cannot work')
    .option('--json', 'print the findings as JSON')
    .action(async (o: { json?: boolean }) => done((await doctor(io, o)) ? 0 : 1));
  return program;
}

/** Runs one command line (without the program's name) and answers its exit code. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let code = 0;
  const program = build(io, (c) => {
    code = c;
  });
  const all: Command[] = [program];
  for (const command of all) {
    all.push(...command.commands);
    command
      .exitOverride()
      .showSuggestionAfterError()
      .configureOutput({ writeOut: (s) => io.out(s.trimEnd()), writeErr: (s) => io.note(s.trimEnd()) });
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said it already, with the usage.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    io.note(messageOf(error));
    return error instanceof CommandError ? error.exitCode : 1;
  }
}

const KNOWN = [
  CommandError,
  ConfigError,
  DataDirInUseError,
  EngineError,
  MigrationError,
  RestoreError,
  ZipError,
] as const;

function messageOf(error: unknown): string {
  if (error instanceof Problem)
    return error.fields?.map((f) => `--${f.field}: ${f.message}`).join('\n') ?? error.message;
  if (KNOWN.some((kind) => error instanceof kind)) return (error as Error).message;
  return reasonOf(error) ?? (error as Error).stack ?? String(error);
}

if (import.meta.main) {
  const code = await run(process.argv.slice(2), {
    env: process.env,
    out: (line) => void process.stdout.write(`${line}\n`),
    note: (line) => void process.stderr.write(`${line}\n`),
    watched: process.stderr.isTTY === true,
  });
  // Whatever may still be open (a kept connection) must not keep the command alive.
  process.stdout.write('', () => process.exit(code));
}
