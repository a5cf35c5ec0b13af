// Settings: defaults, every variable's refusal, and the secret in the data folder.
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, loadSecret, localUrl, readConfig } from './config.ts';

const problemsOf = (env: Record<string, string>) => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('settings', () => {
  it('an empty environment gives a server for this machine alone, with the embedded database', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 4400,
      dataDir: resolve('data'),
      databaseUrl: null,
      publicUrl: 'http://127.0.0.1:4400',
      mail: null,
      logLevel: 'info',
      secret: null,
    });
  });

  it('every setting can be given', () => {
    expect(
      readConfig({
        OPENKAM_HOST: '0.0.0.0',
        OPENKAM_PORT: '80',
        OPENKAM_DATA: '/srv/kam',
        DATABASE_URL: 'postgres://kam:secret@db/kam',
        OPENKAM_PUBLIC_URL: 'https://kam.example.com/',
        OPENKAM_SMTP_URL: 'smtps://mail.example.com',
        OPENKAM_MAIL_FROM: 'OpenKAM <kam@example.com>',
        OPENKAM_LOG_LEVEL: 'warn',
        OPENKAM_SECRET: 'a'.repeat(32),
      }),
    ).toEqual({
      host: '0.0.0.0',
      port: 80,
      dataDir: resolve('/srv/kam'),
      databaseUrl: 'postgres://kam:secret@db/kam',
      publicUrl: 'https://kam.example.com',
      mail: { smtpUrl: 'smtps://mail.example.com', from: 'OpenKAM <kam@example.com>' },
      logLevel: 'warn',
      secret: 'a'.repeat(32),
    });
  });

  it('an empty or blank value counts as unset, as in a compose file', () => {
    expect(readConfig({ OPENKAM_PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 4400, databaseUrl: null });
  });

  it.each([
    ['OPENKAM_HOST', 'http://here'],
    ['OPENKAM_PORT', '44oo'],
    ['OPENKAM_PORT', '70000'],
    ['OPENKAM_PORT', '-1'],
    ['DATABASE_URL', 'mysql://db/kam'],
    ['DATABASE_URL', 'db.example.com'],
    ['OPENKAM_PUBLIC_URL', 'kam.example.com'],
    ['OPENKAM_PUBLIC_URL', 'https://kam.example.com/?a=1'],
    ['OPENKAM_LOG_LEVEL', 'loud'],
    ['OPENKAM_SECRET', 'short'],
  ])('%s="%s" is refused by name, with what to write instead', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} must `));
  });

  it('all problems are told at once', () => {
    const problems = problemsOf({ OPENKAM_PORT: 'x', OPENKAM_LOG_LEVEL: 'x', OPENKAM_SMTP_URL: 'x' });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'OPENKAM_PORT',
      'OPENKAM_SMTP_URL',
      'OPENKAM_LOG_LEVEL',
      'OPENKAM_MAIL_FROM',
    ]);
  });

  it('mail needs both the server and the sender', () => {
    expect(problemsOf({ OPENKAM_SMTP_URL: 'smtp://mail.example.com' })[0]).toContain('OPENKAM_MAIL_FROM is needed');
    expect(problemsOf({ OPENKAM_MAIL_FROM: 'kam@example.com' })[0]).toContain('OPENKAM_SMTP_URL is needed');
  });

  it('a message never repeats a password or a secret', () => {
    const text = problemsOf({ DATABASE_URL: 'mysql://kam:hunter2@db/kam', OPENKAM_SECRET: 'hunter2' }).join();
    expect(text).toContain('DATABASE_URL');
    expect(text).not.toContain('hunter2');
  });

  it('the local address can be opened in a browser', () => {
    expect(localUrl('0.0.0.0', 1)).toBe('http://localhost:1');
    expect(localUrl('::1', 1)).toBe('http://[::1]:1');
  });
});

describe('the secret of an installation', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'openkam-config-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('is made once, kept for its owner only, and the same for processes that start together', async () => {
    const data = join(dir, 'data');
    const secrets = await Promise.all(Array.from({ length: 8 }, () => loadSecret(data)));
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]!.length).toBeGreaterThanOrEqual(43);
    expect(await loadSecret(data)).toBe(secrets[0]);
    expect((await stat(join(data, 'secret'))).mode & 0o777).toBe(0o600);
    expect(await readdir(data)).toEqual(['secret']);
  });

  it('is refused when the file was emptied, because guessing it would be easy', async () => {
    await writeFile(join(dir, 'secret'), '\n');
    await expect(loadSecret(dir)).rejects.toThrow('secret must hold at least 32 characters');
  });
});
