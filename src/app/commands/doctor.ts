// openkam doctor: looks at everything an installation stands on and says what to do about what is wrong.
import { access, constants, readdir, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { type Config, ConfigError, localUrl, readConfig } from '../../kernel/server/config.ts';
import { EngineError, startEngine } from '../../kernel/server/engine.ts';
import { serverOf } from '../../kernel/server/lock.ts';
import { migrationState } from '../../kernel/server/migrate.ts';
import { type DatabaseFacts, databaseFacts } from '../../kernel/server/vitals.ts';
import { version } from '../building.ts';
import type { Io } from './installation.ts';

type State = 'ok' | 'note' | 'warning' | 'problem';
export type Finding = { check: string; state: State; text: string; advice?: string };

const GB = 2 ** 30;
const size = (bytes: number) => (bytes >= GB ? `${(bytes / GB).toFixed(1)} GB` : `${Math.round(bytes / 2 ** 20)} MB`);

/** Answers whether the installation can work: false where there is a problem (warnings and notes do not count). */
export async function doctor(io: Io, options: { json?: boolean }): Promise<boolean> {
  const findings = await examine(io);
  if (options.json) io.out(JSON.stringify({ findings }));
  else {
    for (const f of findings) {
      io.out(`${f.state.padEnd(8)} ${f.check}: ${f.text}`);
      if (f.advice) io.out(`${' '.repeat(9)}→ ${f.advice}`);
    }
    const problems = findings.filter((f) => f.state === 'problem').length;
    const warnings = findings.filter((f) => f.state === 'warning').length;
    io.out('');
    io.out(problems || warnings ? `${count(problems, 'problem')}, ${count(warnings, 'warning')}.` : 'All is well.');
  }
  return !findings.some((f) => f.state === 'problem');
}

const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;

export async function examine(io: Io): Promise<Finding[]> {
  const found: Finding[] = [];
  const say = (check: string, state: State, text: string, advice?: string) =>
    found.push({ check, state, text, ...(advice ? { advice } : {}) });

  say('version', 'ok', `OpenKAM ${version} on Node ${process.versions.node}`);
  let config: Config;
  try {
    config = readConfig(io.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) say('settings', 'problem', problem);
    return found;
  }
  say('settings', 'ok', config.databaseUrl ? 'a PostgreSQL of your own' : 'the database that OpenKAM brings');
  if (!config.mail)
    say(
      'mail',
      'note',
      'not set up: invitations and reset links are shown or written to the data folder',
      'Set OPENKAM_SMTP_URL and OPENKAM_MAIL_FROM to send them.',
    );
  // Asking for a server makes the folder, so an installation that is not there is not asked.
  const there = await lookAtFolder(config, say);
  const server = there ? await serverOf(config.dataDir).catch(() => null) : null;
  say(
    'server',
    server ? 'ok' : 'note',
    server
      ? `running${server.url ? ` at ${server.url}` : ''} (process ${server.pid || 'unknown'})`
      : `not running on this data folder; npm start serves it at ${localUrl(config.host, config.port)}`,
  );
  if (server?.url) await askServer(server.url, say);
  await lookAtDatabase(config, server !== null, say);
  return found;
}

type Say = (check: string, state: State, text: string, advice?: string) => void;

async function lookAtFolder({ dataDir }: Config, say: Say): Promise<boolean> {
  const info = await stat(dataDir).catch(() => null);
  if (!info) {
    say('data folder', 'note', `${dataDir} does not exist yet; the first start makes it`);
    return false;
  }
  const writable = await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!writable)
    say(
      'data folder',
      'problem',
      `${dataDir} cannot be written by this user`,
      `Give it to the user who runs OpenKAM: chown -R … ${dataDir}`,
    );
  else if (process.platform !== 'win32' && (info.mode & 0o002) !== 0)
    say('data folder', 'warning', `anybody on this machine may write to ${dataDir}`, `chmod o-w ${dataDir}`);
  else say('data folder', 'ok', dataDir);
  const secret = await stat(path.join(dataDir, 'secret')).catch(() => null);
  if (secret && process.platform !== 'win32' && (secret.mode & 0o077) !== 0)
    say(
      'secret',
      'warning',
      'others on this machine may read the secret that signs sessions',
      `chmod 600 ${path.join(dataDir, 'secret')}`,
    );
  const disk = await statfs(dataDir).catch(() => null);
  if (disk) {
    const free = disk.bavail * disk.bsize;
    const state = free < GB / 4 ? 'problem' : free < 2 * GB ? 'warning' : 'ok';
    say('disk', state, `${size(free)} free`, state === 'ok' ? undefined : 'Make room, or move the data folder.');
  }
  return true;
}

async function askServer(url: string, say: Say): Promise<void> {
  const answer = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  if (answer?.ok) say('answers', 'ok', 'the server answers and reaches its database');
  else
    say(
      'answers',
      'problem',
      answer ? 'the server is up but does not reach its database' : 'the server does not answer within five seconds',
      'Look at its log; if nothing helps, stop it and start it again.',
    );
}

async function lookAtDatabase(config: Config, serverRuns: boolean, say: Say): Promise<void> {
  // Looking must not make an installation where there is none.
  const made = config.databaseUrl !== null || (await readdir(path.join(config.dataDir, 'pg')).catch(() => null));
  if (!made) return say('database', 'note', 'none yet; the first start makes it');
  const started = Date.now();
  let engine: Awaited<ReturnType<typeof startEngine>> | null = null;
  try {
    engine = config.databaseUrl ? null : await startEngine({ dataDir: config.dataDir });
    const url = config.databaseUrl ?? engine!.url;
    const state = await migrationState(url);
    if (state.problem) say('schema', 'problem', state.problem);
    else if (state.pending.length)
      say(
        'schema',
        'warning',
        `${count(state.pending.length, 'update')} to come`,
        'Run openkam migrate, or start the server.',
      );
    else say('schema', 'ok', `up to date (${state.applied.at(-1) ?? 'empty'})`);
    const facts = await databaseFacts(url, config.dataDir);
    say('database', 'ok', `PostgreSQL ${facts.server}, ${size(facts.bytes)}, answered in ${Date.now() - started} ms`);
    judge(facts, serverRuns, say);
  } catch (error) {
    const { message } = error as Error;
    const advice =
      error instanceof EngineError
        ? undefined
        : config.databaseUrl
          ? 'Check DATABASE_URL, the network and that server.'
          : `See ${path.join(config.dataDir, 'postgres.log')}.`;
    say('database', 'problem', message || 'does not answer', advice);
  } finally {
    await engine?.stop();
  }
}

function judge(facts: DatabaseFacts, serverRuns: boolean, say: Say): void {
  const off = Math.round(facts.clockOffSeconds);
  if (Math.abs(off) > 5)
    say('clock', 'warning', `this machine and the database differ by ${off} s`, 'Let both keep time by NTP.');
  else if (facts.secondsAhead > 60)
    say(
      'clock',
      'problem',
      `the newest entry is ${Math.round(facts.secondsAhead)} s in the future: the clock was set back`,
      'Set the clock right before working on.',
    );
  else say('clock', 'ok', new Date().toISOString());
  if (!facts.installed) return;
  if (!facts.workspaces) say('workspace', 'note', 'none yet; open the address of the server, or run openkam setup');
  else say('workspace', 'ok', `${count(facts.workspaces, 'workspace')}, ${count(facts.members, 'active member')}`);
  const waits = `${facts.jobs.waiting} waiting, ${facts.jobs.active} running`;
  if (facts.jobs.failed)
    say(
      'jobs',
      'warning',
      `${count(facts.jobs.failed, 'job')} failed for good (${facts.jobs.failedNames.join(', ')}); ${waits}`,
      'The log of the server says why.',
    );
  else say('jobs', 'ok', waits);
  if (facts.outbox.parked)
    say(
      'events',
      'warning',
      `${count(facts.outbox.parked, 'event')} could not be delivered (${facts.outbox.lastError ?? 'no reason kept'})`,
      'After an update that mends it, set attempts = 0 on those rows of kernel.outbox.',
    );
  else if (serverRuns && facts.outbox.oldestSeconds > 300)
    say(
      'events',
      'problem',
      `${count(facts.outbox.waiting, 'event')} waiting, the oldest for ${Math.round(facts.outbox.oldestSeconds / 60)} minutes`,
      'The server does not deliver; start it again.',
    );
  else say('events', 'ok', facts.outbox.waiting ? `${facts.outbox.waiting} waiting for a server` : 'all delivered');
  if (facts.files.missing)
    say(
      'files',
      'problem',
      `${count(facts.files.missing, 'file')} of ${facts.files.named} missing from the data folder`,
      'Restore them from a backup.',
    );
  else say('files', 'ok', `${count(facts.files.named, 'file')}, all there`);
}
