// Runs once before all tests: starts (or joins) the test PostgreSQL and makes the migrated template that tests copy.
import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type Engine, startEngine } from '../src/kernel/server/engine.ts';
import { withLock } from '../src/kernel/server/lock.ts';
import { migrate, migrationsDir } from '../src/kernel/server/migrate.ts';
import { databaseUrl, onServer } from './postgres.ts';

const short = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);
// One cluster per checkout and user, kept between runs: starting it again takes a tenth of a second.
const dataDir = join(tmpdir(), `openkam-test-${process.getuid?.() ?? 0}-${short(migrationsDir)}`);

export default async function setup(project: TestProject) {
  const given = process.env.OPENKAM_TEST_DATABASE_URL;
  const engine = given ? null : await startTestEngine();
  const url = given ?? engine!.url;
  try {
    const template = await withLock(dataDir, 'template', async () => {
      // Nobody else was here before us, so what lies around is left over from runs that were killed.
      if (engine && !engine.adopted) await dropLeftovers(url);
      return await makeTemplate(url);
    });
    project.provide('testServer', { url, template });
  } catch (error) {
    await engine?.stop();
    throw error;
  }
  return () => engine?.stop();
}

async function startTestEngine(): Promise<Engine> {
  try {
    return await startEngine({ dataDir, durable: false });
  } catch {
    // Without fsync a power cut may ruin the cluster; it holds nothing worth keeping.
    await rm(dataDir, { recursive: true, force: true });
    return await startEngine({ dataDir, durable: false });
  }
}

async function makeTemplate(url: string): Promise<string> {
  const files = (await readdir(migrationsDir)).filter((file) => file.endsWith('.sql')).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(migrationsDir, file), 'utf8')));
  const template = `template_${short(JSON.stringify([files, texts]))}`;
  const draft = `${template}_draft`;
  await onServer(url, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (found.rowCount) return;
    await client.query(`drop database if exists ${draft} with (force)`);
    await client.query(`create database ${draft}`);
    await migrate(databaseUrl(url, draft), { allowGaps: true });
    await client.query(`alter database ${draft} rename to ${template}`);
  });
  return template;
}

async function dropLeftovers(url: string): Promise<void> {
  await onServer(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select datname as name from pg_database where datname like any (array['test\\_%', 'template\\_%'])",
    );
    for (const { name } of rows) await client.query(`drop database if exists ${name} with (force)`);
  });
}
