// The command line: in this process against a test database, and once as real processes beside a real server.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { emptyDatabase, type TestDatabase, testDatabase } from '../../test/postgres.ts';
import { openDatabase } from '../kernel/server/database.ts';
import { root } from './building.ts';
import { run } from './cli.ts';

type Ran = { code: number; out: string[]; notes: string };

const ADA = [
  '--workspace',
  'Northwind',
  '--name',
  'Ada Lovelace',
  '--email',
  'ada@example.com',
  '--password',
  'analytical engine',
];
let dir: string;
let db: TestDatabase;
const more: TestDatabase[] = [];
let env: Record<string, string>;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'openkam-cli-'));
  db = await testDatabase();
  env = { DATABASE_URL: db.url, OPENKAM_DATA: path.join(dir, 'data') };
});
afterAll(async () => {
  await db.drop();
  for (const d of more) await d.drop();
  await rm(dir, { recursive: true, force: true });
});

async function cli(args: string[], settings: Record<string, string> = env): Promise<Ran> {
  const out: string[] = [];
  const notes: string[] = [];
  const code = await run(args, {
    env: settings,
    out: (line) => out.push(...line.split('\n')),
    note: (line) => notes.push(line),
    watched: false,
  });
  return { code, out, notes: notes.join('\n') };
}

describe('help', () => {
  it('lists the commands and explains each', async () => {
    const help = await cli(['--help']);
    expect(help.code).toBe(0);
    for (const command of [
      'setup',
      'member',
      'api-key',
      'import',
      'backup',
      'export',
      'restore',
      'sample',
      'migrate',
      'doctor',
    ])
      expect(help.out.join('\n')).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
    expect((await cli(['api-key', 'create', '--help'])).out.join('\n')).toContain('--member <email>');
    expect((await cli(['--version'])).out[0]).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('says what is wrong with a command line, on standard error, with code 1', async () => {
    const unknown = await cli(['bakcup', 'x.zip']);
    expect([unknown.code, unknown.out]).toEqual([1, []]);
    expect(unknown.notes).toMatch(/unknown command.*bakcup[\s\S]*Did you mean backup/);
    expect((await cli(['setup', '--name', 'Ada'])).notes).toMatch(/--workspace/);
    expect((await cli(['doctor'], { OPENKAM_PORT: 'x' })).out.join('\n')).toMatch(/problem +settings: OPENKAM_PORT/);
  });
});

describe('setting up', () => {
  it('needs a workspace before it makes keys', async () => {
    const early = await cli(['api-key', 'create', '--name', 'early']);
    expect([early.code, early.out]).toEqual([1, []]);
    expect(early.notes).toContain('openkam setup --workspace');
  });

  it('names the option that is wrong and makes nothing', async () => {
    const short = await cli(['setup', ...ADA.slice(0, -1), 'short']);
    expect(short.code).toBe(1);
    expect(short.notes).toBe('--password: Use at least 10 characters');
  });

  it('makes the first workspace and its admin, once', async () => {
    const first = await cli(['setup', ...ADA, '--currency', 'USD']);
    expect([first.code, first.notes]).toEqual([0, '']);
    expect(first.out).toEqual([
      'The workspace "Northwind" is ready. Sign in as ada@example.com at http://127.0.0.1:4400',
    ]);
    const again = await cli(['setup', ...ADA]);
    expect([again.code, again.out]).toEqual([1, []]);
    expect(again.notes).toMatch(/set up already/);
  });

  it('adds members who can sign in, and says why it cannot', async () => {
    const bob = ['member', 'add', '--name', 'Bob', '--email', 'bob@example.com', '--role', 'kam'];
    expect((await cli([...bob, '--password', 'a long password'])).out).toEqual([
      'Bob (bob@example.com) is a member of "Northwind" as kam.',
    ]);
    expect((await cli([...bob, '--password', 'a long password'])).notes).toMatch(/is a member already/);
    expect((await cli(['member', 'add', '--name', 'C', '--email', 'c@example.com', '--role', 'boss'])).notes).toMatch(
      /--role must be one of admin, head, kam/,
    );
    expect((await cli(['member', 'add', '--name', 'C', '--email', 'c@example.com', '--role', 'kam'])).notes).toMatch(
      /--password: Give a password/,
    );
    expect((await cli(['member', 'add', '--name', 'C', '--email', 'no', '--role', 'kam'])).notes).toMatch(/^--email: /);
  });

  it('prints an API key alone on the last line; it acts as the admin, or as whom one names', async () => {
    const mine = await cli(['api-key', 'create', '--name', 'nightly import']);
    expect(mine.code).toBe(0);
    expect(mine.out.at(-1)).toMatch(/^okm_[\w-]{43}$/);
    const bobs = await cli(['api-key', 'create', '--name', 'for Bob', '--member', 'Bob@Example.com']);
    expect(bobs.notes).toMatch(/acts as Bob \(kam\)/);
    expect((await cli(['api-key', 'create', '--name', 'x', '--member', 'nobody@example.com'])).notes).toBe(
      'No active member has the e-mail nobody@example.com.',
    );
  });
});

describe('bringing in files', () => {
  const list = async (name: string, content: string) => {
    await writeFile(path.join(dir, name), content);
    return path.join(dir, name);
  };

  it('tries without a change, brings in, and finds nothing to change the second time', async () => {
    const file = await list(
      'accounts.csv',
      'Account Name,Website,Billing City\nAcme,https://acme.example,Paris\nGlobex,https://globex.example,Rome\n',
    );
    const tried = await cli(['import', file, '--dry-run']);
    expect(tried).toMatchObject({ code: 0, out: ['accounts.csv: accounts: 2 new, 0 changed, 0 the same, 0 rejected'] });
    expect(tried.notes).toMatch(/trial/);
    const first = await cli(['import', file, '--json']);
    expect([first.code, first.out.length]).toEqual([0, 1]);
    expect(JSON.parse(first.out[0]!).files).toEqual([
      expect.objectContaining({
        file: 'accounts.csv',
        entity: 'accounts',
        new: 2,
        changed: 0,
        same: 0,
        rejected: 0,
        questions: [],
      }),
    ]);
    expect((await cli(['import', file])).out).toEqual([
      'accounts.csv: accounts: 0 new, 0 changed, 2 the same, 0 rejected',
    ]);
  });

  it('asks what it cannot know, with code 2, and takes the answer', async () => {
    const file = await list('since.csv', 'Account Name,Customer Since\nInitech,03/04/2021\nHooli,05/06/2022\n');
    const asked = await cli(['import', file, '--json']);
    const [question] = JSON.parse(asked.out[0]!).files[0].questions;
    expect([asked.code, question.column]).toEqual([2, 'Customer Since']);
    expect((await cli(['import', file])).notes).toMatch(/--answer "Customer Since=/);
    const answered = await cli(['import', file, '--answer', `Customer Since=${question.options[0]}`]);
    expect([answered.code, answered.out]).toEqual([
      0,
      ['since.csv: accounts: 2 new, 0 changed, 0 the same, 0 rejected'],
    ]);
  });

  it('names owners whom nobody knows, and adds them by name when told to', async () => {
    const file = await list('owned.csv', 'Account Name,Account Owner\nUmbrella,Wanda Weiss\nStark,Wanda Weiss\n');
    const left = await cli(['import', file]);
    expect([left.code, left.notes]).toEqual([
      0,
      expect.stringMatching(
        /no members, so their rows have none: Wanda Weiss \(2 rows\)\. Add them with --owners create/,
      ),
    ]);
    const tried = await cli(['import', file, '--owners', 'create', '--dry-run']);
    expect(tried.notes).toMatch(/would be added as members: Wanda Weiss/);
    const made = await cli(['import', file, '--owners', 'create', '--json']);
    expect(JSON.parse(made.out[0]!).files).toMatchObject([{ new: 0, changed: 2, unknownOwners: [] }]);
    expect((await cli(['import', file])).out).toEqual([
      'owned.csv: accounts: 0 new, 0 changed, 2 the same, 0 rejected',
    ]);
    const wrong = await cli(['import', file, '--owners', 'guess']);
    expect([wrong.code, wrong.notes]).toEqual([1, expect.stringMatching(/leave, create/)]);
    expect((await cli(['import', '--help'])).out.join()).toMatch(/--owners <what>.*\(choices: "leave", "create"/s);
  });

  it('says which file is not there or cannot be read, with code 1', async () => {
    const missing = await cli(['import', path.join(dir, 'nope.csv')]);
    expect([missing.code, missing.out]).toEqual([1, []]);
    expect(missing.notes).toMatch(/There is no file/);
    expect((await cli(['import'])).notes).toMatch(/missing required argument/);
  });
});

describe('the sample', () => {
  it('comes and goes in one step each', async () => {
    expect((await cli(['sample', 'add'])).out[0]).toMatch(/^The sample is in "Northwind": \d+ accounts, \d+ people/);
    const again = await cli(['sample', 'add']);
    expect([again.code, again.notes]).toEqual([1, 'The sample portfolio is here already.']);
    expect((await cli(['sample', 'remove'])).out).toEqual(['The sample is gone from "Northwind".']);
  });
});

describe('backup, export and restore', () => {
  it('go from one installation into an empty one, and nowhere else', async () => {
    const file = path.join(dir, 'all.zip');
    const wrote = await cli(['backup', file]);
    expect(wrote.out[0]).toMatch(/^Wrote .*all\.zip: [\d,]+ rows of \d+ tables, \d+ files/);
    expect(wrote.notes).toMatch(/keep it where only admins can read it/);
    expect((await cli(['backup', file])).notes).toMatch(/exists already.*--force/);
    expect((await cli(['backup', file, '--force'])).code).toBe(0);
    expect((await cli(['restore', file])).notes).toMatch(/not empty/);
    expect((await cli(['restore', path.join(dir, 'none.zip')])).notes).toMatch(/There is no file/);
    await writeFile(path.join(dir, 'junk.zip'), 'junk');
    expect((await cli(['restore', path.join(dir, 'junk.zip')])).notes).toMatch(/damaged or not a zip/);
    const empty = await emptyDatabase();
    more.push(empty);
    const target = { DATABASE_URL: empty.url, OPENKAM_DATA: path.join(dir, 'other') };
    const restored = await cli(['restore', file], target);
    expect([restored.code, restored.out[0]]).toEqual([
      0,
      expect.stringMatching(/^Restored [\d,]+ rows and [\d,]+ files of the backup from /),
    ]);
    expect(await readFile(path.join(dir, 'other/secret'), 'utf8')).toBe(
      await readFile(path.join(dir, 'data/secret'), 'utf8'),
    );
    expect(
      (
        await cli(
          [
            'member',
            'add',
            '--name',
            'B',
            '--email',
            'bob@example.com',
            '--role',
            'kam',
            '--password',
            'a long password',
          ],
          target,
        )
      ).notes,
    ).toMatch(/member already/);
  });

  it('say that the database is up to date', async () => {
    expect((await cli(['migrate'])).out).toEqual(['The database is up to date.']);
  });
});

describe('the doctor', () => {
  const findings = async (settings = env) => {
    const ran = await cli(['doctor', '--json'], settings);
    const list: { check: string; state: string; text: string; advice?: string }[] = JSON.parse(ran.out[0]!).findings;
    return { code: ran.code, of: (check: string) => list.find((f) => f.check === check), list };
  };

  it('finds a good installation well', async () => {
    const { code, list } = await findings();
    expect(list.filter((f) => f.state === 'problem' || f.state === 'warning')).toEqual([]);
    expect(code).toBe(0);
    expect((await cli(['doctor'])).out.at(-1)).toBe('All is well.');
  });

  it('does not make an installation by looking for one', async () => {
    const nowhere = path.join(dir, 'nowhere');
    const { code, of } = await findings({ OPENKAM_DATA: nowhere });
    expect([code, of('database')?.state, existsSync(nowhere)]).toEqual([0, 'note', false]);
  });

  it('says what is wrong: a database that is away, a secret that others read, an event that cannot be delivered, a lost file', async () => {
    const away = await findings({ ...env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    expect([away.code, away.of('database')?.state, away.of('database')?.advice]).toEqual([
      1,
      'problem',
      expect.stringMatching(/DATABASE_URL/),
    ]);
    const sick = await testDatabase();
    more.push(sick);
    const folder = path.join(dir, 'sick');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'secret'), 'x'.repeat(40));
    await chmod(path.join(folder, 'secret'), 0o644);
    const database = openDatabase(sick.url);
    await database.system(async (_tx, client) => {
      const { rows } = await client.query(`insert into workspace (name) values ('W') returning workspace_id as id`);
      await client.query(
        `insert into kernel.outbox (workspace_id, type, attempts, last_error) values ($1, 'x', 8, 'it broke')`,
        [rows[0].id],
      );
      await client.query(
        `with d as (insert into document (workspace_id, title) values ($1, 'T') returning id)
        insert into document_version (workspace_id, document_id, number, file_key, file_name, type, bytes) select $1, id, 1, repeat('a', 64), 'f', 'text/plain', 1 from d`,
        [rows[0].id],
      );
      await client.query(`update kernel.audit set at = now() + interval '1 hour'`);
    });
    await database.close();
    const { code, of } = await findings({ DATABASE_URL: sick.url, OPENKAM_DATA: folder });
    expect(code).toBe(1);
    expect(of('secret')).toMatchObject({ state: 'warning', advice: expect.stringMatching(/^chmod 600 /) });
    expect(of('events')).toMatchObject({
      state: 'warning',
      text: expect.stringMatching(/1 event could not be delivered \(it broke\)/),
    });
    expect(of('files')).toMatchObject({ state: 'problem', text: '1 file of 1 missing from the data folder' });
    expect(of('clock')).toMatchObject({ state: 'problem', text: expect.stringMatching(/set back/) });
  });
});

describe('as a program', () => {
  let server: ChildProcess | null = null;
  afterEach(() => void server?.kill('SIGKILL'));
  let port = 0;
  beforeAll(async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    port = (probe.address() as AddressInfo).port;
    await new Promise((resolve) => probe.close(resolve));
  });
  const folder = () => path.join(dir, 'real');
  const settings = () => {
    const { DATABASE_URL: _none, ...rest } = process.env;
    return { ...rest, OPENKAM_DATA: folder(), OPENKAM_PORT: String(port), OPENKAM_LOG_LEVEL: 'error' };
  };
  const start = (file: string, args: string[]) =>
    spawn(process.execPath, [path.join(root, file), ...args], {
      cwd: root,
      env: settings(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const finished = (child: ChildProcess) =>
    new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
      let out = '';
      let err = '';
      child.stdout?.on('data', (c) => (out += c));
      child.stderr?.on('data', (c) => (err += c));
      child.on('close', (code) => resolve({ code, out, err }));
    });

  it('tells whoever starts the server with an argument where settings stand, and starts nothing', async () => {
    const { code, err } = await finished(start('src/app/main.ts', ['--port', '5000']));
    expect(code).toBe(1);
    expect(err).toContain('OPENKAM_PORT');
    expect(existsSync(path.join(folder(), 'pg'))).toBe(false);
  });

  it('works without a server, stops the database it started, and then works beside a server', {
    timeout: 120_000,
  }, async () => {
    const alone = await finished(start('src/app/cli.ts', ['setup', ...ADA]));
    expect(alone).toMatchObject({ code: 0, err: '' });
    expect(existsSync(path.join(folder(), 'pg', 'postmaster.pid'))).toBe(false);

    server = start('src/app/main.ts', []);
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      server!.stdout!.on('data', (chunk) => {
        said += chunk;
        const found = /ready at (\S+)/.exec(said)?.[1];
        if (found) resolve(found);
      });
      server!.on('close', () => reject(new Error(`the server ended: ${said}`)));
    });
    const made = await finished(start('src/app/cli.ts', ['api-key', 'create', '--name', 'beside']));
    expect(made.code).toBe(0);
    const key = made.out.trimEnd().split('\n').at(-1)!;
    const answer = await fetch(`${address}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } });
    expect([answer.status, (await answer.json()).member.name]).toEqual([200, 'Ada Lovelace']);
    const examined = await finished(start('src/app/cli.ts', ['doctor']));
    expect([examined.code, examined.out]).toEqual([
      0,
      expect.stringContaining('the server answers and reaches its database'),
    ]);
    // The command let go of the database; the server still has it.
    expect((await fetch(`${address}/ready`)).status).toBe(200);
    const ended = finished(server);
    server.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });
});
