// Backup and restore of whole installations on a real PostgreSQL.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/postgres.ts';
import { contentTables, writeBackup } from './backup.ts';
import { openFiles } from './files.ts';
import { migrate } from './migrate.ts';
import { MACHINE_TABLES, quoted } from './portion.ts';
import { readManifest, restoreBackup } from './restore.ts';
import { openZip } from './zip-read.ts';
import { createZip } from './zip-write.ts';

let t: TestApp;
let dir: string;
const databases: TestDatabase[] = [];
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'openkam-backup-'));
  t = await openTestApp();
  await populate();
});
afterAll(async () => {
  await t.close();
  for (const d of databases) await d.drop();
  await rm(dir, { recursive: true, force: true });
});

/** Rows in every table that can be filled by plain values, with everything that is hard to carry. */
async function populate(): Promise<void> {
  const second = await t.workspace('Zweite „Firma“', { currency: 'JPY' });
  const { signIn, files, database } = t.building.services;
  const { userId } = await signIn.createUser({ email: 'ada@example.com', name: 'Ada', password: 'analytical engine' });
  const stored = await files.put(Buffer.from('%PDF-1.7 contract'));
  await database.system(async (_tx, client) => {
    for (const w of [t.admin, second]) {
      await client.query(
        `insert into account (workspace_id, name, parent_id, owner_id, arr_minor, arr_currency, tags, custom, description, updated_at)
         select $1, 'Account ' || i || E' \\\\ "quoted"\\n\\ttab é 漢字 😀', null, $2, 9007199254740993 - i, 'EUR', array['a,b', '{"x"}', ''], '{"n": 1.10, "deep": {"k": [1, null]}}', E'line\\r\\nline', '2026-01-02 03:04:05.678901+02'
         from generate_series(1, 300) i`,
        [w.workspaceId, w.memberId],
      );
      await client.query(
        `update account a set parent_id = (select min(id::text)::uuid from account b where b.workspace_id = a.workspace_id) where workspace_id = $1 and id <> (select min(id::text)::uuid from account b where b.workspace_id = $1)`,
        [w.workspaceId],
      );
      await client.query(
        `with d as (insert into document (workspace_id, account_id, title) select workspace_id, id, 'Contract' from account where workspace_id = $1 limit 1 returning id, account_id)
         insert into document_version (workspace_id, document_id, account_id, number, file_key, file_name, type, bytes) select $1, id, account_id, 1, $2, 'c.pdf', 'application/pdf', $3 from d`,
        [w.workspaceId, stored.key, stored.bytes],
      );
      await client.query(
        `insert into fx_rate (workspace_id, base, currency, on_date, rate, source) values ($1, 'EUR', 'USD', '2026-11-20', 1.0812345678, 'ecb')`,
        [w.workspaceId],
      );
    }
    await client.query(
      `insert into auth.session (id, "userId", token, "expiresAt") values (gen_random_uuid(), $1, 'token', now() + interval '1 day')`,
      [userId],
    );
    await client.query(
      `insert into auth."twoFactor" ("userId", secret, "backupCodes") values ($1, 'locked', 'locked')`,
      [userId],
    );
    await client.query(`update auth."user" set "twoFactorEnabled" = true where id = $1`, [userId]);
    await client.query(
      `insert into kernel.snapshot (workspace_id, kind, row_id, on_date, data) values ($1, 'account', gen_random_uuid(), '2026-11-21', '{"arr": 12345678901234567890.123}')`,
      [t.admin.workspaceId],
    );
    await client.query(`insert into kernel.outbox (workspace_id, type, payload) values ($1, 'job:x', '{"data": {}}')`, [
      t.admin.workspaceId,
    ]);
  });
}

async function on<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every row of every table as PostgreSQL writes it, generated columns too. */
const contentOf = (url: string): Promise<Map<string, string[]>> =>
  on(url, async (client) => {
    await client.query(`set timezone = 'Pacific/Auckland'; set search_path = pg_catalog`);
    const content = new Map<string, string[]>();
    for (const { name } of await contentTables(client)) {
      const { rows } = await client.query<{ r: string }>(`select x::text as r from ${quoted(name)} x order by 1`);
      content.set(
        name,
        rows.map((r) => r.r),
      );
    }
    return content;
  });

async function emptyInstallation(): Promise<{ url: string; dataDir: string }> {
  const db = await testDatabase();
  databases.push(db);
  return { url: db.url, dataDir: await mkdtemp(path.join(dir, 'data-')) };
}
const backup = async (name: string, kind: 'backup' | 'export' = 'backup') => {
  const file = path.join(dir, name);
  const manifest = await writeBackup({ url: t.url, dataDir: t.dataDir, file, version: '0.1.0', kind });
  return { file, manifest };
};

describe('a backup', () => {
  it('restored into an empty installation, gives every row and every file back as it was', async () => {
    const { file, manifest } = await backup('whole.zip');
    const target = await emptyInstallation();
    const before = await contentOf(t.url);
    expect(before.get('public.account')).toHaveLength(600);
    const restored = await restoreBackup({ ...target, file, allowGaps: true });
    expect(await contentOf(target.url)).toEqual(before);
    expect(restored).toMatchObject({ files: 1, secretReplaced: true, secondFactorsLost: 0, manifest });
    expect(restored.rows).toBe([...before.values()].reduce((n, rows) => n + rows.length, 0));
    const files = await openFiles(path.join(target.dataDir, 'files'));
    const key = createHash('sha256').update('%PDF-1.7 contract').digest('hex');
    expect(await readFile(files.pathOf(key), 'utf8')).toBe('%PDF-1.7 contract');
    expect(await readFile(path.join(target.dataDir, 'secret'), 'utf8')).toBe(
      await readFile(path.join(t.dataDir, 'secret'), 'utf8'),
    );
    // References, triggers and isolation work again.
    await on(target.url, async (client) => {
      await client.query('set search_path = public, kernel');
      await expect(client.query('delete from member')).rejects.toThrow(/foreign key/);
      const audit = async () => Number((await client.query('select count(*) from kernel.audit')).rows[0].count);
      const entries = await audit();
      await client.query(`update account set city = 'Rome' where name like 'Account 1 %'`);
      expect(await audit()).toBe(entries + 2);
    });
  });

  it('is of one moment, although people go on working', async () => {
    let writing = true;
    const work = (async () => {
      for (let i = 0; writing; i++)
        await t.building.database.system(async (_tx, client) => {
          await client.query(`insert into team (workspace_id, name) values ($1, $2)`, [
            t.admin.workspaceId,
            `Team ${i}`,
          ]);
          await client.query(`insert into kernel.outbox (workspace_id, type, payload) values ($1, 'team.made', $2)`, [
            t.admin.workspaceId,
            JSON.stringify({ n: i }),
          ]);
        });
    })();
    const { file } = await backup('busy.zip');
    writing = false;
    await work;
    const target = await emptyInstallation();
    await restoreBackup({ ...target, file, allowGaps: true });
    const counts = await on(
      target.url,
      async (client) =>
        (
          await client.query(
            `select (select count(*) from team)::int as teams, (select count(*) from kernel.outbox where type = 'team.made')::int as events`,
          )
        ).rows[0],
    );
    expect(counts.teams).toBe(counts.events);
  });

  it('is not put over what is there, unless one insists; then it replaces everything', async () => {
    const { file } = await backup('over.zip');
    const other = await openTestApp();
    try {
      const target = { url: other.url, dataDir: other.dataDir, file, allowGaps: true };
      const before = await contentOf(other.url);
      await expect(restoreBackup(target)).rejects.toThrow(/not empty.*--force/);
      expect(await contentOf(other.url)).toEqual(before);
      await restoreBackup({ ...target, force: true });
      const [there, here] = [await contentOf(other.url), await contentOf(t.url)];
      // Both servers are up and deliver the events they find.
      for (const content of [there, here]) content.delete('kernel.outbox');
      expect(there).toEqual(here);
    } finally {
      await other.close();
    }
  });

  it('brings unfinished jobs back to the outbox, where the next server finds them', async () => {
    const other = await openTestApp({
      worker: true,
      modules: [
        { name: 'slow', routes: [], permissions: {}, jobs: [{ name: 'slow.work', run: () => new Promise(() => {}) }] },
      ],
    });
    const file = path.join(dir, 'jobs.zip');
    try {
      await other.building.database.as({ ...other.admin, label: 'test' }, async (tx) => {
        await tx
          .insertInto('kernel.outbox')
          .values({
            workspace_id: other.admin.workspaceId,
            type: 'job:slow.work',
            payload: JSON.stringify({ data: { step: 7 }, startAfter: null, singletonKey: null }),
          })
          .execute();
      });
      await other.deliver();
      const manifest = await writeBackup({ url: other.url, dataDir: other.dataDir, file, version: '0.1.0' });
      expect(manifest.jobs.rows).toBe(1);
    } finally {
      await other.close();
    }
    const target = await emptyInstallation();
    await restoreBackup({ ...target, file, allowGaps: true });
    const { rows } = await on(target.url, (client) =>
      client.query(`select type, payload, delivered_at from kernel.outbox`),
    );
    expect(rows).toEqual([
      {
        type: 'job:slow.work',
        payload: { data: { step: 7 }, startAfter: null, singletonKey: null },
        delivered_at: null,
      },
    ]);
  });
});

describe('an export', () => {
  it('carries all content, but no secret, no session and no token under way', async () => {
    const { file, manifest } = await backup('export.zip', 'export');
    expect(manifest.secret).toBe(false);
    const zip = await openZip(file);
    expect([...zip.entries.keys()].filter((n) => n === 'secret' || n.includes('session'))).toEqual([]);
    await zip.close();
    const target = await emptyInstallation();
    const restored = await restoreBackup({ ...target, file, allowGaps: true });
    expect(restored.secondFactorsLost).toBe(1);
    const [here, there] = [await contentOf(t.url), await contentOf(target.url)];
    for (const [name, rows] of here) {
      if (MACHINE_TABLES.includes(name) || name === 'auth."twoFactor"' || name === 'auth.twoFactor')
        expect(there.get(name)).toEqual([]);
      else if (name !== 'auth.user') expect(there.get(name), name).toEqual(rows);
    }
    expect(there.get('auth.user')).toHaveLength(here.get('auth.user')!.length);
  });

  it('is plain JSON Lines that any program reads', async () => {
    const { file } = await backup('plain.zip', 'export');
    const zip = await openZip(file);
    const lines = (await zip.text(zip.entries.get('tables/public.account.jsonl')!)).trimEnd().split('\n');
    await zip.close();
    expect(lines).toHaveLength(600);
    const row = JSON.parse(lines.find((l) => l.includes('Account 7 '))!);
    expect(row).toMatchObject({
      tags: ['a,b', '{"x"}', ''],
      custom: { n: 1.1, deep: { k: [1, null] } },
      description: 'line\r\nline',
    });
    expect(row.updated_at).toBe('2026-01-02T01:04:05.678901+00:00');
  });
});

describe('a file that is not right', () => {
  it('is refused with nothing changed: no zip, another zip, cut off, one byte changed, a newer version', async () => {
    const { file } = await backup('good.zip');
    const whole = await readFile(file);
    const target = await emptyInstallation();
    const before = await contentOf(target.url);
    const refused = async (name: string, content: Uint8Array, message: RegExp) => {
      const bad = path.join(dir, name);
      await writeFile(bad, content);
      await expect(restoreBackup({ ...target, file: bad, allowGaps: true }), name).rejects.toThrow(message);
      expect(await contentOf(target.url), name).toEqual(before);
    };
    await refused('none.zip', Buffer.from('not a zip'), /damaged or not a zip/);
    await refused('empty.zip', Buffer.alloc(0), /damaged or not a zip/);
    await refused('cut.zip', whole.subarray(0, whole.length - 1000), /damaged or not a zip/);
    const zip = await openZip(file);
    const entry = zip.entries.get('tables/public.account.jsonl')!;
    const manifest = JSON.parse(await zip.text(zip.entries.get('manifest.json')!));
    await zip.close();
    // Some changed bytes cannot be unpacked, some unpack to no rows, some to other rows.
    for (const at of [120, 200, 300]) {
      const flipped = Buffer.from(whole);
      flipped[entry.offset + at]! ^= 0x55;
      await refused(`flipped-${at}.zip`, flipped, /damaged/);
    }
    const rewrite = async (name: string, change: (m: typeof manifest) => void) => {
      const copy = structuredClone(manifest);
      change(copy);
      const made = await createZip(path.join(dir, name));
      await made.add('manifest.json', JSON.stringify(copy));
      await made.close();
      return readFile(path.join(dir, name));
    };
    const newer = await rewrite('newer.zip', (m) =>
      m.migrations.push({ number: 9999, name: '9999_future', checksum: 'x' }),
    );
    await refused('newer.zip', newer, /newer OpenKAM/);
    const other = await rewrite('other.zip', (m) => {
      m.migrations[2].checksum = 'x';
    });
    await refused('other.zip', other, /another schema/);
    const lacking = await rewrite('lacking.zip', () => {});
    await refused('lacking.zip', lacking, /is missing/);
    const foreign = await createZip(path.join(dir, 'foreign.zip'));
    await foreign.add('hello.txt', 'hello');
    await foreign.close();
    await expect(readManifest(path.join(dir, 'foreign.zip'))).rejects.toThrow(/not a backup/);
  });

  it('of an older version builds the older schema, loads, and brings it up to date', async () => {
    const { manifest } = await backup('now.zip');
    const older = path.join(dir, 'older.zip');
    const target = await emptyInstallation();
    // An installation from before the last migration.
    const fresh = await emptyInstallation();
    await on(fresh.url, (client) => client.query('drop schema public, kernel, auth cascade; create schema public'));
    await migrate(fresh.url, { allowGaps: true, upTo: manifest.migrations.at(-1)!.number - 1 });
    await on(fresh.url, (client) =>
      client.query(`insert into workspace (name) values ('Old');
        insert into account (workspace_id, name, arr_minor, arr_currency) select workspace_id, n, 100, 'EUR' from workspace, unnest(array['Acme', 'Globex']) n`),
    );
    await writeBackup({ ...fresh, file: older, version: '0' });
    await expect(restoreBackup({ ...target, file: older, allowGaps: true, serverRuns: true })).rejects.toThrow(
      /Stop the server/,
    );
    await restoreBackup({ ...target, file: older, allowGaps: true });
    const accounts = (url: string) =>
      on(
        url,
        async (client) =>
          (await client.query('select id, name, arr_minor, created_at from account order by name')).rows,
      );
    expect(await accounts(target.url)).toEqual(await accounts(fresh.url));
    expect([...(await contentOf(target.url)).keys()]).toContain(manifest.tables.at(-1)!.name);
  });

  it('leaves nothing behind when it cannot be written', async () => {
    const at = path.join(dir, 'no-such-folder', 'x.zip');
    await expect(writeBackup({ url: t.url, dataDir: t.dataDir, file: at, version: '0' })).rejects.toThrow(/ENOENT/);
    const file = path.join(dir, 'unreachable.zip');
    await expect(
      writeBackup({ url: 'postgres://nobody@127.0.0.1:1/none', dataDir: t.dataDir, file, version: '0' }),
    ).rejects.toThrow();
    expect((await readdir(dir)).filter((n) => n.startsWith('unreachable'))).toEqual([]);
    expect(existsSync(file)).toBe(false);
  });
});

describe('the zip', () => {
  it('gives back what was put in, for any names and contents', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc.record({
            name: fc.string({ minLength: 1, maxLength: 30 }),
            content: fc.uint8Array({ maxLength: 3000 }),
            store: fc.boolean(),
          }),
          { selector: (e) => e.name, maxLength: 8 },
        ),
        async (entries) => {
          const file = path.join(dir, 'property.zip');
          const zip = await createZip(file);
          for (const e of entries) await zip.add(e.name, e.content, { store: e.store });
          await zip.close();
          const back = await openZip(file);
          expect([...back.entries.keys()]).toEqual(entries.map((e) => e.name.toWellFormed()));
          for (const e of entries) {
            const chunks: Buffer[] = [];
            for await (const c of back.stream(back.entries.get(e.name.toWellFormed())!)) chunks.push(c as Buffer);
            expect(Buffer.concat(chunks).equals(Buffer.from(e.content))).toBe(true);
          }
          await back.close();
        },
      ),
      { numRuns: 30 },
    );
  });

  it('carries content of many pieces, and says when reading it fails half way', async () => {
    const file = path.join(dir, 'pieces.zip');
    const pieces = Array.from({ length: 200 }, () => randomBytes(10_000));
    const zip = await createZip(file);
    await zip.add('big', Readable.from(pieces));
    const failing = async function* () {
      yield Buffer.from('half');
      throw new Error('the disk broke');
    };
    await expect(zip.add('half', Readable.from(failing()))).rejects.toThrow('the disk broke');
    await zip.abandon();
    expect(existsSync(file)).toBe(false);
    const again = await createZip(file);
    await again.add('big', Readable.from(pieces));
    await again.close();
    const back = await openZip(file);
    expect(back.entries.get('big')?.bytes).toBe(2_000_000);
    const hash = createHash('sha256');
    for await (const c of back.stream(back.entries.get('big')!)) hash.update(c as Buffer);
    expect(hash.digest('hex')).toBe(createHash('sha256').update(Buffer.concat(pieces)).digest('hex'));
    await back.close();
  });
});
