// A server on a data folder of its own, with a workspace, its admin's key and a way into its database: what a group of lines is measured on.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEngine } from '../src/kernel/server/engine.ts';
import { newApiKey } from '../src/modules/people/server/tokens.ts';
import { type Running, startServer } from './server.ts';

/** A line of the table. */
export type Line = {
  what: string;
  perSecond?: number;
  p50?: number;
  p99?: number;
  memoryMb?: number;
  ratio?: number;
  aim?: string;
  note?: string;
};
export type Tell = (line: Line) => void;

export type Bench = {
  base: string;
  /** An admin's API key. */
  key: string;
  ws: string;
  /** As the owner of the database. */
  client: pg.Client;
  databaseUrl: string;
  server: Running;
  folder: string;
  dataDir: string;
};

export const OWNER = { email: 'bench@example.com', password: 'a long bench password' };

/** Founds the workspace of a running server; answers its id. */
export async function found(base: string, client: pg.Client): Promise<string> {
  await fetch(`${base}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ workspaceName: 'Bench', currency: 'EUR', name: 'Bench Admin', ...OWNER }),
  });
  return (await client.query('select workspace_id from workspace')).rows[0].workspace_id as string;
}

export async function keyFor(client: pg.Client, ws: string, email: string): Promise<string> {
  const made = newApiKey();
  await client.query(
    `insert into api_key (workspace_id, member_id, name, prefix, key_hash) select $1, id, 'bench', $2, $3 from member where workspace_id = $1 and email = $4`,
    [ws, made.prefix, made.hash, email],
  );
  return made.key;
}

export async function withWorkspace(name: string, port: number, work: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), `openkam-bench-${name}-`));
  const dataDir = path.join(folder, 'data');
  const server = await startServer(dataDir, port);
  const engine = await startEngine({ dataDir });
  const client = new pg.Client({ connectionString: engine.url });
  await client.connect();
  try {
    const base = `http://127.0.0.1:${port}`;
    const ws = await found(base, client);
    const key = await keyFor(client, ws, OWNER.email);
    await work({ base, key, ws, client, databaseUrl: engine.url, server, folder, dataDir });
  } finally {
    await client.end();
    await server.stop();
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
