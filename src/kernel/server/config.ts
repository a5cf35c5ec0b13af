// The settings of one installation, read from the environment once at start. Every problem is reported together,
// each with the name of the variable and what to write instead.
import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type Config = {
  host: string;
  port: number;
  /** Absolute path of the folder that holds everything this installation keeps. */
  dataDir: string;
  /** A PostgreSQL of the operator's own; null means the embedded one. */
  databaseUrl: string | null;
  /** Where people reach the app, without a slash at the end. */
  publicUrl: string;
  /** How mail leaves; null means that mail is not set up. */
  mail: { smtpUrl: string; from: string } | null;
  logLevel: (typeof logLevels)[number];
  /** Null means: use `loadSecret(dataDir)`. */
  secret: string | null;
};

/** Some settings are wrong. The message has one line a variable and may be shown as it is. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`OpenKAM cannot start with these settings:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

const withScheme = (...schemes: string[]) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol));

const address = /^[^\s<>@]+@[^\s<>@]+$/;
const sender = z.string().refine((text) => address.test(/^[^<>]*<([^<>]+)>$/.exec(text)?.[1] ?? text));

const settings = {
  OPENKAM_HOST: z
    .string()
    .regex(/^[A-Za-z0-9._:%-]+$/)
    .default('127.0.0.1'),
  OPENKAM_PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.number().max(65535))
    .default(4400),
  OPENKAM_DATA: z.string().default('./data'),
  DATABASE_URL: withScheme('postgres:', 'postgresql:').optional(),
  OPENKAM_PUBLIC_URL: withScheme('http:', 'https:')
    .refine((text) => !/[?#]/.test(text))
    .optional(),
  OPENKAM_SMTP_URL: withScheme('smtp:', 'smtps:').optional(),
  OPENKAM_MAIL_FROM: sender.optional(),
  OPENKAM_LOG_LEVEL: z.enum(logLevels).default('info'),
  OPENKAM_SECRET: z.string().min(32).optional(),
};

const advice: Record<keyof typeof settings, string> = {
  OPENKAM_HOST: 'must be a host name or IP address to listen on, such as 127.0.0.1 or 0.0.0.0',
  OPENKAM_PORT: 'must be a port number from 0 to 65535, such as 4400',
  OPENKAM_DATA: 'must be the path of a folder, such as ./data',
  DATABASE_URL:
    'must look like postgres://user:password@host:5432/database; remove it to use the database that OpenKAM brings',
  OPENKAM_PUBLIC_URL: 'must be the http:// or https:// address that people open, such as https://kam.example.com',
  OPENKAM_SMTP_URL: 'must look like smtp://user:password@mail.example.com:587 (or smtps:// for port 465)',
  OPENKAM_MAIL_FROM: 'must be a sender address, such as "OpenKAM <kam@example.com>"',
  OPENKAM_LOG_LEVEL: `must be one of ${logLevels.join(', ')}`,
  OPENKAM_SECRET: 'must have at least 32 characters; remove it to let OpenKAM make one and keep it in the data folder',
};

const isSecretive = (name: string) => name === 'OPENKAM_SECRET' || name.endsWith('_URL');

/** Reads and checks all settings; throws one ConfigError that lists every problem. An empty value counts as unset. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.keys(settings)
      .map((name) => [name, env[name]?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = z.object(settings).safeParse(given);
  const problems: string[] = [];
  if (!result.success) {
    const names = new Set(result.error.issues.map((issue) => String(issue.path[0]) as keyof typeof settings));
    for (const name of names) {
      // An address may hold a password, so it is never repeated.
      const said = isSecretive(name) ? '' : ` (it is "${given[name]}")`;
      problems.push(`${name} ${advice[name]}${said}`);
    }
  }
  if (given.OPENKAM_SMTP_URL && !given.OPENKAM_MAIL_FROM) {
    problems.push(`OPENKAM_MAIL_FROM is needed when OPENKAM_SMTP_URL is set; it ${advice.OPENKAM_MAIL_FROM}`);
  }
  if (given.OPENKAM_MAIL_FROM && !given.OPENKAM_SMTP_URL) {
    problems.push(`OPENKAM_SMTP_URL is needed when OPENKAM_MAIL_FROM is set; it ${advice.OPENKAM_SMTP_URL}`);
  }
  if (!result.success || problems.length > 0) throw new ConfigError(problems);

  const set = result.data;
  return {
    host: set.OPENKAM_HOST,
    port: set.OPENKAM_PORT,
    dataDir: resolve(set.OPENKAM_DATA),
    databaseUrl: set.DATABASE_URL ?? null,
    publicUrl: (set.OPENKAM_PUBLIC_URL ?? localUrl(set.OPENKAM_HOST, set.OPENKAM_PORT)).replace(/\/+$/, ''),
    mail:
      set.OPENKAM_SMTP_URL && set.OPENKAM_MAIL_FROM
        ? { smtpUrl: set.OPENKAM_SMTP_URL, from: set.OPENKAM_MAIL_FROM }
        : null,
    logLevel: set.OPENKAM_LOG_LEVEL,
    secret: set.OPENKAM_SECRET ?? null,
  };
}

/** The address to open on this machine for a server that listens on host and port. */
export function localUrl(host: string, port: number): string {
  // "All addresses" is a place to listen, not one that a browser can open.
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** The installation's secret (signs sessions and links): read from the data folder, made there on first use. */
export async function loadSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, 'secret');
  const read = async () => {
    const text = (await readFile(file, 'utf8')).trim();
    if (text.length < 32) {
      throw new ConfigError([
        `${file} must hold at least 32 characters; put the old secret back, or delete the file to get a new one (everyone then signs in again)`,
      ]);
    }
    return text;
  };
  try {
    return await read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await mkdir(dataDir, { recursive: true });
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  await chmod(draft, 0o600);
  try {
    // A link, not a rename: of two processes that start together, both end up with the first one's secret.
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  return await read();
}
