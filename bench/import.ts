// Import of 100,000 accounts from one file, against COPY + insert-select of the same rows with the same audit on the same PostgreSQL.

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { pino } from 'pino';
import { openBuilding } from '../src/app/building.ts';
import { readConfig } from '../src/kernel/server/config.ts';
import { runImportFromCli } from '../src/modules/imports/server/index.ts';

const CITIES = ['Austin', 'Berlin', 'Paris', 'Lawrence', 'Chicago', 'New York', 'München', 'Köln'];
const INDUSTRIES = ['Energy', 'Consulting', 'Electronics', 'Transportation', 'Education'];
const two = (n: number) => String(n).padStart(2, '0');
type Row = {
  id: string;
  name: string;
  city: string;
  postal: string;
  industry: string;
  revenue: number;
  employees: number;
  since: Date;
  website: string;
  parent: string;
  text: string;
};
function row(i: number): Row {
  return {
    id: `ACC-${String(i).padStart(7, '0')}`,
    name: `Account ${i}, Inc.`,
    city: CITIES[i % 8]!,
    postal: String(10_000 + (i % 80_000)),
    industry: INDUSTRIES[i % 5]!,
    revenue: ((i * 137) % 9_000_000) * 100,
    employees: i % 5000,
    since: new Date(Date.UTC(2015, 0, 1) + ((i * 7919) % 3650) * 864e5),
    website: `https://www.account${i}.example.com`,
    parent: i > 1000 && i % 5 === 0 ? `ACC-${String(i % 1000).padStart(7, '0')}` : '',
    text: `Some longer text with "quotes" and details about account ${i}`,
  };
}

export async function writeCsv(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file);
  out.write(
    'Account Id,Account Name,Billing City,Postal Code,Industry,Annual Revenue,Number of Employees,Customer Since,Website,Parent Account Id,Description\n',
  );
  for (let i = 0; i < rows; i++) {
    const r = row(i);
    const day = `${two(r.since.getUTCDate())}/${two(r.since.getUTCMonth() + 1)}/${r.since.getUTCFullYear()}`;
    const line = `${r.id},"${r.name}",${r.city},${r.postal},${r.industry},"$${(r.revenue / 100).toLocaleString('en-US')}.00",${r.employees},${day},${r.website},${r.parent},"${r.text.replaceAll('"', '""')}"\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** Seconds that PostgreSQL alone needs for the same rows: COPY into a temporary table, then insert-select of accounts and their ids. */
export async function floorSeconds(url: string, workspaceId: string, memberId: string, rows: number): Promise<number> {
  const client = new pg.Client({ connectionString: url, options: '-c role=openkam_app -c search_path=public,kernel' });
  await client.connect();
  try {
    const lines: string[] = [];
    for (let i = 0; i < rows; i++) {
      const r = row(i);
      lines.push(
        `floor-${r.id}\t${r.name}\t${r.city}\t${r.postal}\t${r.industry}\t${r.revenue}\tUSD\t${r.employees}\t${r.since.toISOString().slice(0, 10)}\t${r.website}\t${r.parent ? `floor-${r.parent}` : '\\N'}\t${r.text}\n`,
      );
    }
    const chunks = Array.from({ length: Math.ceil(lines.length / 1000) }, (_, i) =>
      lines.slice(i * 1000, i * 1000 + 1000).join(''),
    );
    const started = performance.now();
    await client.query('begin');
    await client.query('select kernel.begin($1, $2, $3, $4, $5)', [workspaceId, memberId, 'all', 'bench', 'floor']);
    await client.query(
      `create temp table floor_stage (new_id uuid default kernel.new_id(), external_id text, name text, city text, postal_code text, industry text, revenue bigint, currency text, employees bigint, since date, website text, parent text, description text)`,
    );
    await pipeline(
      Readable.from(chunks),
      client.query(
        copyFrom(
          'copy floor_stage (external_id, name, city, postal_code, industry, revenue, currency, employees, since, website, parent, description) from stdin',
        ),
      ),
    );
    await client.query('analyze floor_stage');
    await client.query(`insert into account (workspace_id, id, name, city, postal_code, industry, annual_revenue_minor, annual_revenue_currency, employees, customer_since, website, description, parent_id)
      select kernel.ws(), s.new_id, s.name, s.city, s.postal_code, s.industry, s.revenue, s.currency, s.employees, s.since, s.website, s.description, p.new_id from floor_stage s left join floor_stage p on p.external_id = s.parent`);
    await client.query(
      `insert into account_external_id (workspace_id, account_id, system, external_id) select kernel.ws(), new_id, 'floor', external_id from floor_stage`,
    );
    await client.query('commit');
    return (performance.now() - started) / 1000;
  } finally {
    await client.end();
  }
}

export type ImportBench = {
  rows: number;
  rowsPerSecond: number;
  floorRowsPerSecond: number;
  ratio: number;
  peakMb: number;
  againSeconds: number;
};

/** On a migrated, empty database. The import runs in this process, as the command line does. */
export async function benchImport(databaseUrl: string, rows = 100_000): Promise<ImportBench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'openkam-bench-'));
  const building = await openBuilding({
    config: readConfig({ OPENKAM_DATA: folder, OPENKAM_LOG_LEVEL: 'error' }),
    databaseUrl,
    log: pino({ level: 'error' }),
  });
  try {
    const file = path.join(folder, 'accounts.csv');
    await writeCsv(file, rows);
    const member = async (name: string) =>
      building.database.system(async (tx) => {
        const { workspace_id } = await tx
          .insertInto('workspace')
          .values({ name })
          .returning('workspace_id')
          .executeTakeFirstOrThrow();
        const { id } = await tx
          .insertInto('member')
          .values({ workspace_id, name, email: `${name}@bench.example`, role: 'admin', level: 'all' })
          .returning('id')
          .executeTakeFirstOrThrow();
        return { workspaceId: workspace_id, memberId: id };
      });
    const [one, other] = [await member('floor'), await member('import')];
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 20);
    let started = performance.now();
    let phase = '';
    const first = await runImportFromCli(building.services, other, [file], {
      onProgress: (p) => {
        if (!process.env.BENCH_PHASES || p.phase === phase) return;
        phase = p.phase;
        const cpu = process.cpuUsage();
        console.log(
          ((performance.now() - started) / 1000).toFixed(2),
          phase,
          'own cpu',
          Math.round((cpu.user + cpu.system) / 1000),
          'ms',
        );
      },
    });
    const seconds = (performance.now() - started) / 1000;
    if (first.exitCode !== 0 || first.files[0]?.new !== rows)
      throw new Error(`the import went wrong: ${JSON.stringify(first)}`);
    started = performance.now();
    const again = await runImportFromCli(building.services, other, [file]);
    const againSeconds = (performance.now() - started) / 1000;
    clearInterval(watch);
    const floor = await floorSeconds(databaseUrl, one.workspaceId, one.memberId, rows);
    if (again.files[0]?.same !== rows)
      throw new Error(`the second import changed something: ${JSON.stringify(again.files)}`);
    return {
      rows,
      rowsPerSecond: Math.round(rows / seconds),
      floorRowsPerSecond: Math.round(rows / floor),
      ratio: seconds / floor,
      peakMb: Math.round(peak / 1e6),
      againSeconds,
    };
  } finally {
    await building.close();
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename)
  console.log(await benchImport(process.argv[2]!, Number(process.argv[3] ?? 100_000)));
