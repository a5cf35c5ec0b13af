// The line of the whitespace grid: 200 units × 50 products, all cells filled, against the same rows as JSON by one SQL query in the same run.
//   node bench/whitespace.ts        by itself; npm run bench -- --only whitespace calls it too
import type pg from 'pg';
import { load } from './load.ts';
import { type Tell, withWorkspace } from './workspace.ts';

const PORT = 4486;
const UNITS = 200;
const PRODUCTS = 50;

/** Measures in a data folder of its own. */
export const measureWhitespace = (seconds: number, tell: Tell): Promise<void> =>
  withWorkspace('whitespace', PORT, async ({ base, key, ws, client, server }) => {
    const top = await fill(client, ws);
    const floor = await plainRows(client, ws);
    const figures = await load(
      base,
      key,
      { path: () => `/api/v1/growth/grid?accountId=${top}&withChildren=true` },
      server.pid,
      seconds,
      1,
    );
    tell({
      what: `whitespace grid, ${UNITS} units × ${PRODUCTS} products`,
      perSecond: figures.perSecond,
      p50: figures.p50,
      p99: figures.p99,
      ratio: figures.meanMs / floor,
      aim: '≤ 5× the rows as JSON by one SQL query',
      note: figures.errors ? `${figures.errors} errors` : `query ${floor.toFixed(1)} ms`,
    });
  });

/** A parent with accounts below it, products, and every cell of this year; answers the parent. */
async function fill(client: pg.Client, ws: string): Promise<string> {
  const { rows } = await client.query(`insert into account (workspace_id, name) values ($1, 'Parent') returning id`, [
    ws,
  ]);
  const top = rows[0].id as string;
  await client.query(
    `insert into account (workspace_id, name, parent_id) select $1, 'Unit ' || n, $2 from generate_series(2, ${UNITS}) n`,
    [ws, top],
  );
  await client.query(
    `insert into product (workspace_id, name) select $1, 'Product ' || n from generate_series(1, ${PRODUCTS}) n`,
    [ws],
  );
  await client.query(
    `insert into growth_cell (workspace_id, account_id, product_id, year, status, potential_minor, potential_currency, fit_percent, access_percent, effort)
     select $1, a.id, p.id, extract(year from now())::int, (array['ours', 'competitor', 'in_house', 'unknown', 'not_eligible'])[1 + abs(hashtext(a.id::text || p.id::text)) % 5],
       1000000 + abs(hashtext(p.id::text || a.id::text)) % 9000000, 'EUR', 50, 50, 1
     from account a cross join product p where a.workspace_id = $1 and p.workspace_id = $1`,
    [ws],
  );
  await client.query('analyze');
  return top;
}

/** Milliseconds of fetching the cells as JSON text, one query: the floor. */
async function plainRows(client: pg.Client, ws: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 15; i++) {
    const start = performance.now();
    await client.query(
      `select json_agg(json_build_object('id', id, 'account', account_id, 'product', product_id, 'status', status, 'potential', potential_minor, 'fit', fit_percent, 'access', access_percent,
         'effort', effort, 'version', version))::text as cells from growth_cell where workspace_id = $1 and year = extract(year from now())::int`,
      [ws],
    );
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[7]!;
}

if (process.argv[1]?.endsWith('whitespace.ts')) await measureWhitespace(5, (line) => console.log(JSON.stringify(line)));
