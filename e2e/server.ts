// A whole server on a database of its own, with jobs, in front of the built web app: what every journey starts from.
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { openBuilding, root } from '../src/app/building.ts';
import { readConfig } from '../src/kernel/server/config.ts';
import { testDatabase } from '../test/postgres.ts';

/** A port that nobody listens on: the server's own address must be known before it listens, for links and cookies. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

export async function startServer() {
  if (!existsSync(path.join(root, 'dist/web/index.html'))) throw new Error('build the web app first: npx vite build');
  const database = await testDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'openkam-e2e-'));
  const port = await freePort();
  // By name, since browsers allow passkeys on names only.
  const url = `http://localhost:${port}`;
  let fixed: Date | null = null;
  const building = await openBuilding({
    clock: () => fixed ?? new Date(),
    config: readConfig({
      OPENKAM_DATA: dataDir,
      OPENKAM_PORT: String(port),
      OPENKAM_PUBLIC_URL: url,
      OPENKAM_LOG_LEVEL: 'error',
    }),
    databaseUrl: database.url,
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    checkAnswers: true,
    rateLimitPerMinute: 1_000_000,
  });
  const { app } = await building.http();
  await app.listen({ port, host: 'localhost' });
  await building.work();
  return {
    url,
    /** Sets what the server takes for the present; null: the real time. */
    setTime(at: string | null): void {
      fixed = at === null ? null : new Date(at);
    },
    /** The text of the newest mail to an address: without a mail server, mails land in files. */
    async lastMailTo(address: string): Promise<string> {
      const folder = path.join(dataDir, 'mail');
      for (let tries = 0; tries < 200; tries++) {
        const names = existsSync(folder) ? (await readdir(folder)).sort().reverse() : [];
        for (const name of names) {
          const text = await readFile(path.join(folder, name), 'utf8');
          if (text.includes(`To: ${address}`)) return text.replace(/=\r\n/g, '').replaceAll('=3D', '=');
        }
        await sleep(50);
      }
      throw new Error(`no mail to ${address}`);
    },
    async close() {
      await building.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
