// A server process is killed in the middle of an import; the next one goes on behind the last whole chunk.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../../../test/app.ts';
import { upload } from '../../../../test/upload.ts';
import { root } from '../../../app/building.ts';
import * as accountsApi from '../../accounts/api.ts';
import * as api from '../api.ts';

let t: TestApp;
const running = new Set<ChildProcess>();
beforeAll(async () => {
  t = await openTestApp();
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await t.close();
});

/** A real server on the test's database and files; it does the work, the test only asks. */
async function server(): Promise<ChildProcess> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready));
  const { port } = probe.address() as { port: number };
  await new Promise((closed) => probe.close(closed));
  const child = spawn(process.execPath, ['src/app/main.ts'], {
    cwd: root,
    env: {
      ...process.env,
      OPENKAM_DATA: t.dataDir,
      OPENKAM_PORT: String(port),
      OPENKAM_LOG_LEVEL: 'error',
      DATABASE_URL: t.url,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: unknown) => {
      said += String(chunk);
      if (said.includes('OpenKAM is ready')) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  return child;
}

it('a server killed in the middle of an import loses nothing and leaves nothing half done', async () => {
  const rows = 24_000;
  const lines = Array.from({ length: rows }, (_, i) => `${i},Account ${i},${i % 7 === 6 ? i - 5 : ''}`);
  const first = await server();
  const answer = await upload(t, t.admin, api.createImport, {
    name: 'crm.csv',
    content: ['Id,Name,Parent Id', ...lines].join('\n'),
  });
  const { id } = answer.body;
  const look = () => t.ok(t.admin, api.getImport, { params: { id } });
  const until = async (holds: (i: api.Import) => boolean) => {
    for (let n = 0; n < 3000; n++) {
      const now = await look();
      if (holds(now)) return now;
      expect(now.state, now.problem ?? '').not.toBe('failed');
      await sleep(20);
    }
    throw new Error('waited in vain');
  };
  await until((i) => i.state === 'ready');
  await t.ok(t.admin, api.applyImport, { params: { id } });
  await until((i) => i.phase.startsWith('Writing') && i.progress.done > 0);
  first.kill('SIGKILL');
  await sleep(1_000);

  const count = async () => (await t.ok(t.admin, accountsApi.summariseAccounts)).count;
  const left = await count();
  expect(left % 10_000, 'only whole chunks stay').toBe(0);
  expect(left).toBeLessThan(rows);

  const second = await server();
  const done = await until((i) => i.state === 'done');
  expect(done).toMatchObject({ new: rows, changed: 0, same: 0, rejected: 0 });
  expect(await count()).toBe(rows);
  const found = (await t.ok(t.admin, accountsApi.listAccounts, { query: { q: 'Account 23995' } })).items[0]!;
  expect([found.externalIds[0]!.id, found.parentName]).toEqual(['23995', 'Account 23990']);
  second.kill('SIGTERM');
}, 180_000);
