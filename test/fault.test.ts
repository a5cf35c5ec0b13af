// The real server as its own process, killed at the worst moment: what it acknowledged is there after the next start, nothing is half there.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { root } from '../src/app/building.ts';
import { startEngine } from '../src/kernel/server/engine.ts';

type Server = { process: ChildProcess; url: string; key: string };
const folders: string[] = [];
const running = new Set<ChildProcess>();

afterEach(async () => {
  for (const child of running) await dead(child, 'SIGTERM');
  for (const folder of folders.splice(0)) {
    // Lets the last process stop PostgreSQL before its folder goes.
    await (await startEngine({ dataDir: folder })).stop();
    await rm(folder, { recursive: true, force: true });
  }
});

async function dead(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
  running.delete(child);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready));
  const { port } = probe.address() as { port: number };
  await new Promise((closed) => probe.close(closed));
  return port;
}

async function start(dataDir: string, port: number): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['src/app/main.ts'], {
    cwd: root,
    env: {
      ...process.env,
      OPENKAM_DATA: dataDir,
      OPENKAM_PORT: String(port),
      OPENKAM_LOG_LEVEL: 'error',
      DATABASE_URL: '',
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
  return { process: child, url: `http://127.0.0.1:${port}` };
}

/** A first start: workspace, admin, key. */
async function first(): Promise<{ server: Server; dataDir: string; port: number }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'openkam-fault-'));
  folders.push(dataDir);
  const port = await freePort();
  const { process: child, url } = await start(dataDir, port);
  const who = { email: 'ada@example.com', password: 'correct horse battery' };
  const json = { 'content-type': 'application/json', origin: url };
  await fetch(`${url}/api/v1/setup`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ workspaceName: 'Faults', name: 'Ada', ...who }),
  });
  const signedIn = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(who),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');
  const made = await fetch(`${url}/api/v1/api-keys`, {
    method: 'POST',
    headers: { ...json, cookie },
    body: JSON.stringify({ name: 'fault' }),
  });
  const { key } = (await made.json()) as { key: string };
  return { server: { process: child, url, key }, dataDir, port };
}

async function ask<T>(
  server: Server,
  method: string,
  at: string,
  body?: unknown,
): Promise<{ status: number; body: T }> {
  const response = await fetch(server.url + at, {
    method,
    headers: {
      authorization: `Bearer ${server.key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
}

type PlanAnswer = { id: string; version: number; content: { header: { summary: string } & Record<string, unknown> } };

describe('a killed server', () => {
  it('keeps every acknowledged save of a plan, and none by half', async () => {
    const { server, dataDir, port } = await first();
    const account = await ask<{ id: string }>(server, 'POST', '/api/v1/accounts', { name: 'Acme' });
    const plan = (await ask<PlanAnswer>(server, 'POST', '/api/v1/plans', { accountId: account.body.id })).body;
    let acknowledged = 1;
    let typing = true;
    const writer = (async () => {
      while (typing) {
        const header = { ...plan.content.header, summary: `Save ${acknowledged}` };
        const saved = await ask<PlanAnswer>(server, 'PATCH', `/api/v1/plans/${plan.id}`, {
          version: acknowledged,
          content: { header },
        });
        if (saved.status === 200) acknowledged = saved.body.version;
      }
    })().catch(() => {});
    await expect.poll(() => acknowledged, { timeout: 20_000 }).toBeGreaterThan(10);
    await dead(server.process, 'SIGKILL');
    typing = false;
    await writer;

    const again: Server = { ...server, ...(await start(dataDir, port)) };
    const after = (await ask<PlanAnswer>(again, 'GET', `/api/v1/plans/${plan.id}`)).body;
    // The save under way at the moment of death may have been committed without being told.
    expect([acknowledged, acknowledged + 1]).toContain(after.version);
    expect(after.content.header.summary).toBe(`Save ${after.version - 1}`);
    const history = (await ask<{ items: unknown[] }>(again, 'GET', `/api/v1/plans/${plan.id}/history?limit=200`)).body
      .items;
    expect(history.length).toBe(Math.min(200, after.version - 1));
  }, 90_000);

  it('delivers after the restart what it had promised to do', async () => {
    const { server, dataDir, port } = await first();
    const account = (await ask<{ id: string; version: number }>(server, 'POST', '/api/v1/accounts', { name: 'Acme' }))
      .body;
    const plan = (await ask<PlanAnswer>(server, 'POST', '/api/v1/plans', { accountId: account.id })).body;
    // The plan follows the account's renewal date by an event; the server dies right after it said yes to the change.
    const changed = await ask(server, 'PATCH', `/api/v1/accounts/${account.id}`, { renewalOn: '2027-03-31' });
    await dead(server.process, 'SIGKILL');
    expect(changed.status).toBe(200);
    const again: Server = { ...server, ...(await start(dataDir, port)) };
    await expect
      .poll(
        async () =>
          (await ask<PlanAnswer & { renewalOn: string | null }>(again, 'GET', `/api/v1/plans/${plan.id}`)).body
            .renewalOn,
        { timeout: 20_000 },
      )
      .toBe('2027-03-31');
  }, 90_000);

  it('says so when PostgreSQL is away, and works again by itself when it is back', async () => {
    const { server, dataDir } = await first();
    const engine = await startEngine({ dataDir });
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: engine.url });
    client.on('error', () => {});
    await client.connect();
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'openkam' and pid <> pg_backend_pid()`,
    );
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => ask<{ code?: string }>(server, 'GET', '/api/v1/accounts')),
    );
    for (const a of answers)
      expect(a.status === 200 || (a.status === 503 && a.body.code === 'database_away')).toBe(true);
    await expect.poll(async () => (await ask(server, 'GET', '/api/v1/accounts')).status, { timeout: 15_000 }).toBe(200);
    await client.end();
    await engine.stop();
  }, 90_000);
});
