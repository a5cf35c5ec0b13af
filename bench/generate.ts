// Fills a workspace with a believable company of any size, in SQL, fast. Every pair of the two words is the name of some accounts.
import pg from 'pg';
import { generatePeople } from './generate-people.ts';

export type Sizes = { accounts: number; people: number };

/** Answers the seconds it took. The audit is off here: it is measured by the import. */
export async function generate(url: string, ws: string, sizes: Sizes): Promise<number> {
  const started = performance.now();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("select set_config('openkam.audit', 'off', false)");
  await client.query(
    `insert into member (workspace_id, name, email, role, level, user_id)
     select $1, 'Kam ' || n, 'kam' || n || '@bench.example', 'kam', 'account_team', gen_random_uuid() from generate_series(1, 200) n`,
    [ws],
  );
  await client.query(
    `with w as (select array['Northern','Golden','Blue','Silver','United','First','Green','Royal','Grand','Prime','Delta','Nova','Alpine','Pacific','Atlantic','Summit','Harbour','Crystal','Iron','Solar'] a,
                       array['Logistics','Foods','Motors','Energy','Systems','Textiles','Chemicals','Airlines','Steel','Pharma','Media','Bank','Insurance','Robotics','Paper','Optics','Glass','Shipping','Telecom','Retail'] b,
                       array['Inc.','GmbH','Ltd','S.A.','AG','plc','Group','Holding'] c)
     insert into account (workspace_id, name, owner_id, tier, status, industry, country, city, employees, arr_minor, arr_currency, potential_minor, potential_currency, customer_since, renewal_on, tags)
     select $1, w.a[1 + (n * 7) % 20] || ' ' || w.b[1 + (n * 13 + n / 20) % 20] || ' ' || w.c[1 + n % 8] || ' ' || n,
            m.id, (array['key','growth','standard'])[1 + (n % 17) % 3], (array['active','active','active','prospect','paused'])[1 + n % 5],
            w.b[1 + (n * 13 + n / 20) % 20], (array['DE','FR','GB','US','ES','IT','NL','SE'])[1 + n % 8], 'City ' || n % 500, n % 20000,
            (n::bigint * 7919) % 500000000, 'EUR', (n::bigint * 104729) % 900000000, 'EUR', date '2015-01-01' + n % 4000, date '2026-01-01' + n % 720, array['segment-' || n % 12]
     from generate_series(1, $2::int) n cross join w
     join (select id, row_number() over (order by name) - 1 as k from member where workspace_id = $1 and role = 'kam') m on m.k = n % 200`,
    [ws, sizes.accounts],
  );
  await generatePeople(client, ws, sizes.people);
  await client.query(`create table bench_floor as select id, name from account where workspace_id = '${ws}'`);
  await client.query('alter table bench_floor add primary key (id)');
  await client.query('vacuum analyze');
  await client.end();
  return (performance.now() - started) / 1000;
}
