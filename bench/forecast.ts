// The line of the forecast page: 200 owners and their opportunities, against a plain SQL sum over the same rows in the same run.
//   node bench/forecast.ts          by itself; npm run bench -- --only forecast calls it too
import type pg from 'pg';
import { load } from './load.ts';
import { type Tell, withWorkspace } from './workspace.ts';

const PORT = 4485;
const OWNERS = 200;
const OPPORTUNITIES = 100_000;

/** Measures in a data folder of its own. */
export const measureForecast = (seconds: number, tell: Tell): Promise<void> =>
  withWorkspace('forecast', PORT, async ({ base, key, ws, client, server }) => {
    await fill(client, ws);
    const floor = await plainSum(client, ws);
    const figures = await load(base, key, { path: () => '/api/v1/forecast' }, server.pid, seconds, 1);
    tell({
      what: `forecast page, ${OWNERS} owners, ${OPPORTUNITIES.toLocaleString('en')} opportunities`,
      perSecond: figures.perSecond,
      p50: figures.p50,
      p99: figures.p99,
      ratio: figures.meanMs / floor,
      aim: '≤ 3× one SQL sum over the same rows',
      note: `sum ${floor.toFixed(1)} ms`,
    });
  });

async function fill(client: pg.Client, ws: string): Promise<void> {
  await client.query(
    `insert into member (workspace_id, name, email, role, level) select $1, 'Owner ' || n, 'owner' || n || '@example.com', 'kam', 'account_team' from generate_series(1, ${OWNERS}) n`,
    [ws],
  );
  await client.query(
    `insert into account (workspace_id, name, owner_id) select $1, 'Account ' || row_number() over (), m.id from member m cross join generate_series(1, 12) where m.workspace_id = $1 and m.role = 'kam'`,
    [ws],
  );
  await client.query(
    `insert into opportunity (workspace_id, account_id, owner_id, name, type, stage_id, amount_minor, currency, probability, category, closes_on)
     select $1, a.id, a.owner_id, 'Opportunity ' || n, (array['renewal', 'upsell', 'cross_sell', 'new_unit'])[n % 4 + 1], s.id, 100000 + n, 'EUR', s.probability, s.category,
       date_trunc('quarter', now())::date + n % 180
     from generate_series(1, ${OPPORTUNITIES}) n
     join (select id, owner_id, row_number() over () as nth, count(*) over () as of from account where workspace_id = $1) a on a.nth = n % a.of + 1
     join (select id, probability, category, row_number() over (order by position) as nth from pipeline_stage where workspace_id = $1 and outcome = 'open') s on s.nth = n % 5 + 1`,
    [ws],
  );
  await client.query('analyze');
}

/** Milliseconds of one sum over the opportunities of the quarter: the floor. */
async function plainSum(client: pg.Client, ws: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 15; i++) {
    const start = performance.now();
    await client.query(
      `select owner_id, type, category, sum(amount_minor) from opportunity where workspace_id = $1 and state = 'open'
         and closes_on between date_trunc('quarter', now())::date and (date_trunc('quarter', now()) + interval '3 months - 1 day')::date group by 1, 2, 3`,
      [ws],
    );
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[7]!;
}

if (process.argv[1]?.endsWith('forecast.ts')) await measureForecast(5, (line) => console.log(JSON.stringify(line)));
