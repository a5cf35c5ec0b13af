// npm run bench: the performance table, each line with its ratio to a floor measured in the same run.
//   --revenue 1000000,10000000 (rows of the ledger) --accounts 100000 --people 500000 --seconds 8 --write (docs/performance.md) --only list,page
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openDatabase } from '../src/kernel/server/database.ts';
import { startEngine } from '../src/kernel/server/engine.ts';
import { takeSnapshot } from '../src/modules/accounts/server/snapshot-store.ts';
import { packScores, rankAll, rankStability } from '../src/modules/selection/rules.ts';
import { measureForecast } from './forecast.ts';
import { generate } from './generate.ts';
import { load, type Request } from './load.ts';
import { measureRevenue } from './revenue.ts';
import { runToEnd, startFloor, startServer } from './server.ts';
import { webFigures } from './web.ts';
import { measureWhitespace } from './whitespace.ts';
import { found, keyFor, type Line, OWNER } from './workspace.ts';

const { values: options } = parseArgs({
  options: {
    accounts: { type: 'string', default: '100000' },
    people: { type: 'string', default: '500000' },
    seconds: { type: 'string', default: '8' },
    revenue: { type: 'string', default: '1000000,10000000' },
    write: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
const sizes = { accounts: Number(options.accounts), people: Number(options.people) };
const seconds = Number(options.seconds);
const wanted = (name: string) => !options.only || options.only.split(',').includes(name);
const PORT = 4481;
const FLOOR_PORT = 4482;

const lines: Line[] = [];
const number = (n: number | undefined, digits = 0) =>
  n === undefined || Number.isNaN(n)
    ? ''
    : n.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
function tell(line: Line) {
  lines.push(line);
  const figures = [
    line.perSecond === undefined ? '' : `${number(line.perSecond)}/s`,
    line.p50 === undefined ? '' : `p50 ${line.p50} ms`,
    line.p99 === undefined ? '' : `p99 ${line.p99} ms`,
    line.memoryMb ? `${line.memoryMb} MB` : '',
    line.ratio === undefined ? '' : `× ${number(line.ratio, 2)} of the floor`,
    line.aim ? `(aim ${line.aim})` : '',
    line.note ?? '',
  ];
  console.log(`${line.what.padEnd(46)} ${figures.filter(Boolean).join('  ')}`);
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'openkam-bench-'));
const dataDir = path.join(folder, 'data');
try {
  // Start ------------------------------------------------------------------
  const empty = await startServer(dataDir, PORT);
  tell({ what: 'start on an empty folder', note: `${number(empty.ms / 1000, 2)} s`, aim: '≤ 6 s' });
  await empty.stop();
  const existing = [];
  for (let i = 0; i < 3; i++) {
    const again = await startServer(dataDir, PORT);
    existing.push(again.ms);
    if (i < 2) await again.stop();
    else {
      tell({
        what: 'start on an existing folder (median of 3)',
        note: `${number(existing.sort((a, b) => a - b)[1]! / 1000, 2)} s`,
        aim: '≤ 1.5 s',
      });
      await measure(again.pid);
      await again.stop();
    }
  }
  if (wanted('revenue')) await measureRevenue(options.revenue.split(',').map(Number), seconds, tell);
  if (options.write) write();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(pid: number): Promise<void> {
  const base = `http://127.0.0.1:${PORT}`;
  const engine = await startEngine({ dataDir });
  const client = new pg.Client({ connectionString: engine.url });
  await client.connect();
  const ws = await found(base, client);
  const admin = await keyFor(client, ws, OWNER.email);

  if (wanted('import')) await measureImport(client);
  if (options.only === 'import') {
    await client.end();
    await engine.stop();
    return;
  }
  const made = await generate(engine.url, ws, sizes);
  console.log(`made ${number(sizes.accounts)} accounts and ${number(sizes.people)} people in ${number(made, 0)} s`);
  const kam = await keyFor(client, ws, 'kam1@bench.example');
  const ids: string[] = (
    await client.query('select id from account where workspace_id = $1 order by id limit 5000', [ws])
  ).rows.map((r) => r.id);
  const pick = () => ids[Math.floor(Math.random() * ids.length)]!;
  const floor = await startFloor(engine.url, FLOOR_PORT);
  const words = ['golden foods', 'nothern logistics', 'blue motrs', 'anna keller', 'pacific steel', 'kristal glass'];
  const jobs: [string, string, string, string, Request][] = [
    [
      'list',
      'list of 50, filtered and sorted',
      '≤ 5',
      admin,
      { path: () => '/api/v1/accounts?limit=50&tier=key&status=active&sort=-arr' },
    ],
    [
      'list',
      'the same for a manager of 500 accounts',
      '≤ 5',
      kam,
      { path: () => '/api/v1/accounts?limit=50&tier=key&sort=-arr' },
    ],
    ['page', 'account page', '≤ 5', admin, { path: () => `/api/v1/accounts/${pick()}` }],
    [
      'search',
      'search over everything, half of it mistyped',
      '≤ 8',
      admin,
      { path: () => `/api/v1/search?q=${encodeURIComponent(words[Math.floor(Math.random() * words.length)]!)}` },
    ],
    [
      'search',
      'the same for a manager of 500 accounts',
      '',
      kam,
      { path: () => `/api/v1/search?q=${encodeURIComponent(words[Math.floor(Math.random() * words.length)]!)}` },
    ],
    [
      'create',
      'create an account',
      '≤ 8',
      admin,
      {
        method: 'POST',
        path: () => '/api/v1/accounts',
        body: () => ({ name: `Made ${Math.random()}`, industry: 'Steel' }),
      },
    ],
    [
      'update',
      'update an account',
      '',
      admin,
      {
        method: 'PATCH',
        path: () => `/api/v1/accounts/${pick()}`,
        body: () => ({ industry: `Industry ${Math.floor(Math.random() * 1000)}` }),
      },
    ],
  ];
  for (const [name, what, aim, key, request] of jobs) {
    if (!wanted(name)) continue;
    // The floor again before each line: the machine's speed drifts, and the ratio must not.
    const ground = await load(
      `http://127.0.0.1:${FLOOR_PORT}`,
      null,
      { path: () => `/floor/${pick()}` },
      floor.pid,
      Math.max(2, seconds / 2),
    );
    const f = await load(base, key, request, pid, seconds);
    tell({
      what,
      perSecond: f.perSecond,
      p50: f.p50,
      p99: f.p99,
      memoryMb: f.memoryMb,
      ratio: f.meanMs / ground.meanMs,
      aim,
      note: f.errors ? `${f.errors} errors` : `floor ${number(ground.perSecond)}/s`,
    });
  }
  await floor.stop();
  if (wanted('snapshot')) await measureSnapshot(engine.url, client, ws);
  if (wanted('selection')) await measureSelection(base, admin);
  if (wanted('web')) {
    const web = await webFigures(base, OWNER);
    tell({
      what: 'script of the first portfolio (gzip)',
      note: `${number(web.scriptKb)} kB in ${web.requests} requests`,
      aim: '≤ 250 kB',
    });
    tell({ what: 'time to a visible portfolio (cold browser cache)', note: `${number(web.visibleMs)} ms` });
  }
  await client.end();
  await engine.stop();
  if (wanted('forecast')) await measureForecast(seconds, tell);
  if (wanted('whitespace')) await measureWhitespace(seconds, tell);
}

/** The snapshots of three nights, each of all accounts that are not archived, against one sum over them. */
async function measureSnapshot(url: string, client: pg.Client, ws: string): Promise<void> {
  const database = openDatabase(url, { max: 1 });
  const nights: number[] = [];
  let rows = 0;
  for (const day of ['2031-01-01', '2031-01-02', '2031-01-03']) {
    const started = performance.now();
    rows = await database.system((tx) => takeSnapshot(tx, ws, day));
    nights.push(performance.now() - started);
  }
  await database.close();
  const sums: number[] = [];
  for (let i = 0; i < 9; i++) {
    const started = performance.now();
    await client.query('select sum(arr_minor) from account where workspace_id = $1 and archived_at is null', [ws]);
    sums.push(performance.now() - started);
  }
  const night = nights.sort((a, b) => a - b)[1]!;
  const sum = sums.sort((a, b) => a - b)[4]!;
  tell({
    what: `nightly snapshot of ${number(rows)} accounts`,
    perSecond: rows / (night / 1000),
    note: `${number(night / 1000, 2)} s; ${number(night / sum, 1)} × a plain SQL sum (${number(sum, 1)} ms)`,
  });
}

async function measureSelection(base: string, key: string): Promise<void> {
  const scores = Array.from({ length: 10_000 }, (_, i) =>
    Array.from({ length: 5 }, (_, c) => 1 + ((i * 7 + c * 13) % 91) / 10),
  );
  const matrix = packScores(scores, 5);
  const weights = [30, 25, 20, 15, 10];
  const times: number[] = [];
  for (let i = 0; i < 60; i++) {
    const t = performance.now();
    rankAll(matrix, weights);
    times.push(performance.now() - t);
  }
  times.sort((a, b) => a - b);
  tell({
    what: 'rank 10,000 accounts × 5 criteria (in place)',
    note: `p50 ${number(times[30], 2)} ms, p99 ${number(times[59], 2)} ms`,
    aim: 'a frame',
  });
  const t = performance.now();
  rankStability(matrix, weights, { upper: 100, lower: 120 });
  tell({ what: 'rank stability, 240 weightings', note: `${number(performance.now() - t)} ms` });
  const started = performance.now();
  const answer = await fetch(`${base}/api/v1/selection/matrix`, { headers: { authorization: `Bearer ${key}` } });
  const body = await answer.text();
  tell({
    what: 'selection matrix of 10,000 accounts',
    note: `${number(performance.now() - started)} ms, ${number(body.length / 1024)} kB of JSON`,
  });
}

async function measureImport(client: pg.Client): Promise<void> {
  const rows = sizes.accounts;
  const file = path.join(folder, 'accounts.csv');
  const out = createWriteStream(file);
  out.write(
    'Id,Account Name,Industry,Billing City,Billing Country,Employees,Annual Revenue,Website,Customer Since,Description\n',
  );
  for (let n = 0; n < rows; n++) {
    const id = `001${n.toString(36).padStart(12, '0')}`;
    out.write(
      `${id},"Company ${n}, Ltd",Industry ${n % 40},City ${n % 700},${['Germany', 'France', 'Spain'][n % 3]},${n % 9000},"$${(n * 37).toLocaleString('en')}.00",https://company${n}.example,${13 + (n % 16)}/0${1 + (n % 9)}/20${10 + (n % 15)},Imported row ${n}\n`,
    );
  }
  await new Promise((resolve) => out.end(resolve));
  const run = await runToEnd(['src/app/cli.ts', 'import', file, '--json'], {
    OPENKAM_DATA: dataDir,
    OPENKAM_LOG_LEVEL: 'error',
  });
  const report = (() => {
    try {
      return JSON.parse(run.output).files[0] as { new: number };
    } catch {
      return null;
    }
  })();
  if (!report || report.new !== rows)
    throw new Error(`the import did not bring ${rows} rows: ${run.output.slice(0, 500)}`);
  // The same rows by COPY and insert-select into the same table, audit and indexes in force.
  const ground = performance.now();
  await client.query('begin');
  await client.query(
    'create temp table raw (id text, name text, industry text, city text, country text, employees bigint, revenue text, website text, since text, description text) on commit drop',
  );
  const { from } = await import('pg-copy-streams');
  const { pipeline } = await import('node:stream/promises');
  const { createReadStream } = await import('node:fs');
  await pipeline(createReadStream(file), client.query(from('copy raw from stdin with (format csv, header)')));
  await client.query(`insert into account (workspace_id, name, industry, city, country, employees, annual_revenue_minor, annual_revenue_currency, website, customer_since, description)
    select w.workspace_id, raw.name || ' again', industry, city, country, employees, (replace(replace(revenue, '$', ''), ',', '')::numeric * 100)::bigint, 'USD', website, to_date(since, 'DD/MM/YYYY'), description from raw, workspace w`);
  await client.query('commit');
  const plain = (performance.now() - ground) / 1000;
  tell({
    what: `import of ${number(rows)} accounts, with audit`,
    perSecond: rows / run.seconds,
    memoryMb: run.peakMb,
    aim: '≥ 20,000 rows/s, < 400 MB',
    note: `${number(run.seconds, 1)} s; ${number(run.seconds / plain, 2)} × COPY and insert-select (${number(plain, 1)} s)`,
  });
}

/** The table anew; what was written below it by hand stays. */
function write(): void {
  const before = readFileSync('docs/performance.md', 'utf8');
  const below = before.slice(Math.max(before.indexOf('\n## '), 0)).trimStart();
  const cpu = os.cpus()[0]?.model ?? 'unknown processor';
  const text = [
    '# Performance',
    '',
    `Measured by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${os.cpus().length} cores (${cpu}), ${Math.round(os.totalmem() / 2 ** 30)} GB, Node ${process.version}, the PostgreSQL that OpenKAM brings;`,
    `${number(sizes.accounts)} accounts, ${number(sizes.people)} people, 16 connections. The load, the server, the floor and PostgreSQL share the machine.`,
    'Ratio: time a request against a bare Fastify route with one primary-key select, measured right before in the same run.',
    '',
    '| what | a second | p50 ms | p99 ms | memory MB | ratio | aim | note |',
    '| --- | ---: | ---: | ---: | ---: | ---: | --- | --- |',
    ...lines.map(
      (l) =>
        `| ${l.what} | ${number(l.perSecond)} | ${l.p50 ?? ''} | ${l.p99 ?? ''} | ${l.memoryMb ?? ''} | ${number(l.ratio, 2)} | ${l.aim ?? ''} | ${l.note ?? ''} |`,
    ),
    '',
    ...(below.startsWith('## ') ? [below.trimEnd(), ''] : []),
  ].join('\n');
  writeFileSync('docs/performance.md', text);
}
