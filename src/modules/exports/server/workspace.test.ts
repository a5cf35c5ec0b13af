// Everything of a workspace, taken along through HTTP: whole, of this workspace alone, without anything to sign in with.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../../test/postgres.ts';
import { contentTables } from '../../../kernel/server/backup.ts';
import { openFiles } from '../../../kernel/server/files.ts';
import { quoted, WITHHELD } from '../../../kernel/server/portion.ts';
import { restoreBackup } from '../../../kernel/server/restore.ts';
import { openZip } from '../../../kernel/server/zip-read.ts';
import { createAccount, listAccounts } from '../../accounts/api.ts';
import { readAudit } from '../../settings/api.ts';
import * as api from '../api.ts';

let t: TestApp;
let foreign: Person;
let dir: string;
const databases: TestDatabase[] = [];
const PASSWORD = 'analytical engine';
let passwordHash = '';
let fileKey = '';
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'openkam-whole-'));
  t = await openTestApp();
  foreign = await t.workspace('Foreign');
  for (const as of [t.admin, foreign])
    for (let i = 0; i < 5; i++)
      await t.ok(as, createAccount, {
        body: { name: `${as.name} account ${i}`, arr: { amount: 9_007_199_254_740_991 - i, currency: 'EUR' } },
      });
  const { signIn, files, database } = t.building.services;
  const [mine, theirs] = [await files.put(Buffer.from('our contract')), await files.put(Buffer.from('their contract'))];
  fileKey = mine.key;
  for (const [as, email, file] of [
    [t.admin, 'ada@example.com', mine],
    [foreign, 'eve@example.com', theirs],
  ] as const) {
    const { userId } = await signIn.createUser({ email, name: email, password: PASSWORD });
    await database.system(async (_tx, client) => {
      await client.query('update member set user_id = $1 where id = $2', [userId, as.memberId]);
      await client.query(
        `insert into auth."twoFactor" ("userId", secret, "backupCodes") values ($1, 'locked secret', 'locked codes')`,
        [userId],
      );
      await client.query('update auth."user" set "twoFactorEnabled" = true where id = $1', [userId]);
      await client.query(
        `with d as (insert into document (workspace_id, account_id, title) select workspace_id, id, 'Contract' from account where workspace_id = $1 limit 1 returning id, account_id)
         insert into document_version (workspace_id, document_id, account_id, number, file_key, file_name, type, bytes) select $1, id, account_id, 1, $2, 'c.pdf', 'application/pdf', $3 from d`,
        [as.workspaceId, file.key, file.bytes],
      );
      const found = await client.query('select password from auth.account where "userId" = $1', [userId]);
      if (as === t.admin) passwordHash = found.rows[0].password;
    });
  }
});
afterAll(async () => {
  await t.close();
  for (const d of databases) await d.drop();
  await rm(dir, { recursive: true, force: true });
});

const ask = (as: Person, more: Record<string, string> = {}) =>
  t.app.inject({
    method: 'POST',
    url: api.exportWorkspace.path,
    headers: { authorization: `Bearer ${as.key}`, ...more },
  });
async function taken(name: string): Promise<string> {
  const answer = await ask(t.admin);
  expect(answer.statusCode, answer.body.slice(0, 200)).toBe(200);
  expect(answer.headers['content-type']).toBe('application/zip');
  expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="Northwind \d{4}-\d\d-\d\d\.zip"/);
  const file = path.join(dir, name);
  await writeFile(file, answer.rawPayload);
  return file;
}

/** The rows of a workspace in each of its tables, as PostgreSQL writes them. */
async function contentOf(url: string, workspaceId: string): Promise<Map<string, string[]>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`set timezone = 'UTC'; set search_path = pg_catalog`);
    const content = new Map<string, string[]>();
    for (const { name, columns } of await contentTables(client)) {
      if (!columns.includes('workspace_id')) continue;
      const { rows } = await client.query<{ r: string }>(
        `select x::text as r from ${quoted(name)} x where workspace_id = $1 order by 1`,
        [workspaceId],
      );
      if (rows.length)
        content.set(
          name,
          rows.map((r) => r.r),
        ); // prettier-ignore
    }
    return content;
  } finally {
    await client.end();
  }
}

describe('everything of a workspace as a zip', () => {
  it('comes back whole in an empty installation: every row, every file, nothing of other workspaces', async () => {
    const file = await taken('whole.zip');
    const target = await testDatabase();
    databases.push(target);
    const dataDir = path.join(dir, 'restored');
    const { manifest } = await restoreBackup({ url: target.url, dataDir, file, allowGaps: true });
    expect(manifest.workspace).toBe(t.admin.workspaceId);
    expect(manifest.files).toEqual({ count: 1, bytes: 'our contract'.length });
    const [here, there] = [
      await contentOf(t.url, t.admin.workspaceId),
      await contentOf(target.url, t.admin.workspaceId),
    ];
    // Finished only after the file had been sent; news on their way belong to this server; keys and invitations do not open anything.
    for (const name of ['public.export_run', 'kernel.outbox', 'kernel.idempotency', 'public.api_key', 'kernel.audit'])
      for (const content of [here, there]) content.delete(name);
    expect(there).toEqual(here);
    expect(here.get('public.account')).toHaveLength(5);
    expect(await contentOf(target.url, foreign.workspaceId)).toEqual(new Map());
    const files = await openFiles(path.join(dataDir, 'files'));
    expect(await readFile(files.pathOf(fileKey), 'utf8')).toBe('our contract');
  });

  it('holds no password, no second factor, no key and no trace of people of other workspaces', async () => {
    const zip = await openZip(await taken('secrets.zip'));
    let text = '';
    for (const entry of zip.entries.values()) text += await zip.text(entry);
    const { rows: keys } = await t.building.database.system((_tx, client) =>
      client.query<{ key_hash: string }>('select key_hash from api_key'),
    );
    await zip.close();
    expect(text).toContain('ada@example.com');
    for (const secret of [passwordHash, 'locked secret', 'locked codes', 'eve@example.com', foreign.workspaceId])
      expect(text.includes(secret), secret).toBe(false);
    expect(keys.length).toBeGreaterThan(1);
    for (const { key_hash } of keys) expect(text.includes(key_hash)).toBe(false);
  });

  it('withholds every column of the database that sounds like a secret', async () => {
    const found = await t.building.database.system(async (_tx, client) => {
      await client.query('set local search_path = pg_catalog');
      return (await contentTables(client)).flatMap((x) =>
        x.columns.filter((c) => /password|secret|token|hash|backupcodes/i.test(c)).map((c) => `${x.name} ${c}`),
      );
    });
    // What only sounds like one, or lies in a table that stays out.
    const harmless =
      /^auth\.(session|verification|attempt|twoFactor) |^kernel\.idempotency |TokenExpiresAt$|^auth\.passkey credentialID$/;
    const open = found.filter((f) => !harmless.test(f));
    expect(open.filter((f) => !WITHHELD[f.split(' ')[0]!]?.[f.split(' ')[1]!])).toEqual([]);
    expect(open.length).toBeGreaterThan(4);
  });

  it('stands in the audit log and tells who took it last', async () => {
    const before = Date.now();
    await taken('audited.zip');
    const { last, can } = await t.ok(t.admin, api.lastWorkspaceExport);
    expect(can).toEqual({ run: true });
    expect(last).toMatchObject({ by: t.admin.name, bytes: (await readFile(path.join(dir, 'audited.zip'))).length });
    expect(Date.parse(last!.at)).toBeGreaterThanOrEqual(before - 1000);
    const { items } = await t.ok(t.admin, readAudit, { query: { what: ['export_run'], limit: 1 } });
    expect(items).toEqual([expect.objectContaining({ action: 'insert', what: 'export_run' })]);
  });

  it('is made anew for a caller who repeats a call: a file is no answer to keep', async () => {
    const other = await t.workspace('Repeated');
    const [one, two] = [await ask(other, { 'idempotency-key': 'a' }), await ask(other, { 'idempotency-key': 'a' })];
    expect([one.statusCode, two.statusCode]).toEqual([200, 200]);
    expect(two.rawPayload.subarray(0, 2).toString()).toBe('PK');
  });

  it('is for admins who see all accounts', async () => {
    const narrow = await t.member('admin', { level: 'own', name: 'Narrow Admin' });
    expect((await t.ok(narrow, listAccounts)).items).toEqual([]);
    const answer = await ask(narrow);
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'forbidden']);
    expect((await t.ok(narrow, api.lastWorkspaceExport)).can).toEqual({ run: false });
  });

  it('is refused for a while to a workspace that asks for it again and again', async () => {
    const eager = await t.workspace('Eager');
    for (let i = 0; i < 10; i++) expect((await ask(eager)).statusCode).toBe(200);
    const answer = await ask(eager);
    expect([answer.statusCode, answer.json().code]).toEqual([429, 'too_many_exports']);
    expect((await ask(foreign)).statusCode).toBe(200);
    t.setTime(new Date(Date.now() + 11 * 60_000).toISOString());
    expect((await ask(eager)).statusCode).toBe(200);
    t.setTime(null);
  });

  it('is made once at a time, and is free again when its reader goes away', async () => {
    await t.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = t.app.server.address() as { port: number };
    const headers = { authorization: `Bearer ${t.admin.key}` };
    const url = `http://127.0.0.1:${port}${api.exportWorkspace.path}`;
    const big = await t.building.services.files.put(Buffer.alloc(30 * 1024 * 1024, 7));
    await t.building.database.system((_tx, client) =>
      client.query('update document_version set file_key = $1 where workspace_id = $2', [big.key, t.admin.workspaceId]),
    );
    const stop = new AbortController();
    const first = await fetch(url, { method: 'POST', headers, signal: stop.signal });
    expect(first.status).toBe(200);
    const second = await ask(t.admin);
    expect([second.statusCode, second.json().code]).toEqual([409, 'export_running']);
    // Somebody else's export does not wait for it.
    expect((await ask(foreign)).statusCode).toBe(200);
    stop.abort();
    await expect.poll(async () => (await ask(t.admin)).statusCode, { timeout: 20_000, interval: 300 }).toBe(200);
  });
});
