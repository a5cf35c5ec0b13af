// The lines of recurring revenue: import of subscriptions, and retention over millions of rows against a plain SQL sum of the same rows.
//   node bench/revenue.ts --rows 1000000,10000000      by itself; npm run bench -- --only revenue calls it too
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { load } from './load.ts';
import { runToEnd, startFloor } from './server.ts';
import { type Tell, withWorkspace } from './workspace.ts';

const PORT = 4483;
const FLOOR_PORT = 4484;
const ACCOUNTS = 20_000;
const round = (n: number, digits = 0) => n.toLocaleString('en', { maximumFractionDigits: digits });

/** Measures in a data folder of its own; `rows` are the sizes of the ledger, the first of them imported from a file. */
export const measureRevenue = (rows: readonly number[], seconds: number, tell: Tell): Promise<void> =>
  withWorkspace('revenue', PORT, async ({ base, key, ws, client, databaseUrl, server, folder, dataDir }) => {
    await importRows(folder, dataDir, rows[0]!, tell);
    const floor = await startFloor(databaseUrl, FLOOR_PORT);
    await client.query('create table if not exists bench_floor (id text primary key, name text)');
    await client.query(`insert into bench_floor values ('1', 'one') on conflict do nothing`);
    for (const size of rows) {
      await growTo(client, ws, size);
      await measureFigures(client, ws, base, key, size, { floorPid: floor.pid, pid: server.pid, seconds }, tell);
    }
    await floor.stop();
  });

/** A subscription as the file and the database make it: the same numbers from the same place. */
const dayOf = (n: number) => new Date(Date.UTC(2022, 0, 1 + ((n * 31) % 1400))).toISOString().slice(0, 10);

async function importRows(folder: string, dataDir: string, rows: number, tell: Tell): Promise<void> {
  const accounts = path.join(folder, 'accounts.csv');
  const file = path.join(folder, 'subscriptions.csv');
  await writeLines(accounts, 'account_id,account_name', ACCOUNTS, (n) => `A-${n},Account ${n}`);
  await writeLines(
    file,
    'subscription_id,account_id,start_date,end_date,plan_tier,seats,mrr_amount,arr_amount,is_trial,billing_frequency,auto_renew_flag',
    rows,
    (n) => {
      const mrr = 1 + ((n * 7919) % 5000);
      const start = dayOf(n);
      const end =
        n % 3 === 0 ? new Date(Date.parse(start) + (30 + (n % 400)) * 86_400_000).toISOString().slice(0, 10) : '';
      return `S-${n},A-${(n * 104_729) % ACCOUNTS},${start},${end},${['Basic', 'Pro', 'Enterprise'][n % 3]},${1 + (n % 90)},${mrr},${mrr * 12},FALSE,monthly,TRUE`;
    },
  );
  const env = { OPENKAM_DATA: dataDir, OPENKAM_LOG_LEVEL: 'error' };
  const first = await runToEnd(['src/app/cli.ts', 'import', accounts, '--json'], env);
  if (first.code !== 0) throw new Error(`the accounts did not come in: ${first.output.slice(0, 500)}`);
  const run = await runToEnd(['src/app/cli.ts', 'import', file, '--json'], env);
  const report = JSON.parse(run.output) as { files: { new: number }[] };
  if (report.files[0]?.new !== rows)
    throw new Error(`the import did not bring ${rows} rows: ${run.output.slice(0, 500)}`);
  tell({
    what: `import of ${round(rows)} subscriptions, with audit`,
    perSecond: rows / run.seconds,
    memoryMb: run.peakMb,
    aim: '≥ 25,000 rows/s, flat memory',
    note: `${round(run.seconds, 1)} s`,
  });
}

async function writeLines(file: string, header: string, count: number, line: (n: number) => string): Promise<void> {
  const out = createWriteStream(file);
  out.write(`${header}\n`);
  for (let n = 0; n < count; n += 1000) {
    const some = Array.from({ length: Math.min(1000, count - n) }, (_, i) => `${line(n + i)}\n`).join('');
    if (!out.write(some)) await new Promise((resolve) => out.once('drain', () => resolve(null)));
  }
  await new Promise((resolve) => out.end(resolve));
}

async function growTo(client: pg.Client, ws: string, size: number): Promise<void> {
  const has = Number(
    (await client.query('select count(*) from subscription where workspace_id = $1', [ws])).rows[0].count,
  );
  if (has < size) {
    const started = performance.now();
    await client.query(`select set_config('openkam.workspace', $1, false), set_config('openkam.audit', 'off', false)`, [
      ws,
    ]);
    await client.query(
      'create temp table if not exists acc as select row_number() over () - 1 as n, id from account where workspace_id = $1',
      [ws],
    );
    await client.query(
      `insert into subscription (workspace_id, account_id, plan, arr_minor, currency, starts_on, ends_on, source_system, source_id)
       select $1::uuid, a.id, 'Plan', (1 + (g * 7919) % 5000) * 1200, 'EUR', date '2022-01-01' + (g * 31 % 1400)::int,
         case when g % 3 = 0 then date '2022-01-01' + (g * 31 % 1400)::int + (30 + g % 400)::int end, 'bench', 'B' || g
       from generate_series($2::bigint, $3::bigint) g join acc a on a.n = (g * 104729) % ${ACCOUNTS}`,
      [ws, has + 1, size],
    );
    console.log(`made ${round(size - has)} more rows in ${round((performance.now() - started) / 1000)} s`);
  }
  await client.query('vacuum analyze subscription');
}

async function measureFigures(
  client: pg.Client,
  ws: string,
  base: string,
  key: string,
  size: number,
  run: { floorPid: number; pid: number; seconds: number },
  tell: Tell,
): Promise<void> {
  const median = async (times: number, work: (i: number) => Promise<unknown>) => {
    const ms: number[] = [];
    for (let i = 0; i < times; i++) {
      const started = performance.now();
      await work(i);
      ms.push(performance.now() - started);
    }
    return ms.sort((a, b) => a - b)[Math.floor(times / 2)]!;
  };
  const sum = () => client.query('select sum(arr_minor) from subscription where workspace_id = $1', [ws]);
  const ask = async (question: string) => {
    const answer = await fetch(`${base}/api/v1/metrics/${question}`, { headers: { authorization: `Bearer ${key}` } });
    if (!answer.ok) throw new Error(`${question} answered ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
  };
  await sum();
  for (const [what, question] of [
    ['NRR', 'nrr?'],
    ['GRR', 'grr?'],
    ['movements of a year', 'mrr-movements?'],
    ['movements of 12 months', 'mrr-movements?groupBy=month&'],
  ] as const) {
    // Another period each time, so that nothing was computed before.
    const offset = question.length;
    const plain = await median(5, sum);
    const ms = await median(5, (i) =>
      ask(`${question}from=2024-01-${String(i + 1 + (offset % 9)).padStart(2, '0')}&to=2024-12-31`),
    );
    tell({
      what: `${what} over ${round(size)} rows, computed`,
      p50: Math.round(ms),
      note: `${round(ms / plain, 2)} × a plain SQL sum (${round(plain)} ms)`,
      aim: '≤ 1.5 × the sum',
    });
  }
  for (const [what, question] of [
    ['NRR', 'nrr?from=2024-01-01&to=2024-12-31'],
    ['movements of 12 months', 'mrr-movements?groupBy=month&from=2024-01-01&to=2024-12-31'],
  ] as const) {
    await ask(question);
    const ground = await load(
      `http://127.0.0.1:${FLOOR_PORT}`,
      null,
      { path: () => '/floor/1' },
      run.floorPid,
      run.seconds / 2,
    );
    const f = await load(base, key, { path: () => `/api/v1/metrics/${question}` }, run.pid, run.seconds);
    tell({
      what: `${what} over ${round(size)} rows, again`,
      perSecond: f.perSecond,
      p50: f.p50,
      p99: f.p99,
      ratio: f.meanMs / ground.meanMs,
      aim: '≤ 5',
      note: f.errors ? `${f.errors} errors` : `floor ${round(ground.perSecond)}/s`,
    });
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { rows: { type: 'string', default: '1000000,10000000' }, seconds: { type: 'string', default: '6' } },
  });
  await measureRevenue(values.rows.split(',').map(Number), Number(values.seconds), (line) =>
    console.log(
      [
        line.what.padEnd(52),
        line.perSecond === undefined ? '' : `${round(line.perSecond)}/s`,
        line.p50 === undefined ? '' : `p50 ${line.p50} ms`,
        line.memoryMb ? `${line.memoryMb} MB` : '',
        line.ratio === undefined ? '' : `× ${round(line.ratio, 2)} of the floor`,
        line.aim ? `(aim ${line.aim})` : '',
        line.note ?? '',
      ]
        .filter(Boolean)
        .join('  '),
    ),
  );
}
