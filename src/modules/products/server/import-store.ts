// The SQL of importing products and list prices: which product a row is, which price it brings, writing both, taking them back.
import { type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { ImportRun } from '../../../kernel/server/importing.ts';
import { PRICES, productsShape } from './import-shape.ts';
import { resolveSeries, type Written } from './series-refs-store.ts';

const UUID = sql.lit('^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$');
const rejected = sql`exists (select from pg_temp.import_remark x where x.n = s.n and x.weight = 'reject')`;

/** A unit that is a time says how often the price is paid: "per month". Short words, such as "m", are lengths as well. */
const unitPeriod = sql`case ${sql.join(
  (productsShape.fields.find((f) => f.key === 'billing')?.options ?? []).map(
    ({ value, words }) =>
      sql`when lower(s.unit_name) = any (${words.split('|').filter((word) => word.length > 2)}::text[]) then ${value}::text`,
  ),
  sql` `,
)} end`;

/** Field of the shape → column, for values that are simply set. */
const PLAIN = [
  ['name', 'name'],
  ['code', 'code'],
  ['description', 'description'],
  ['unitName', 'unit_name'],
] as const;
const plain = (run: ImportRun) => PLAIN.filter(([field]) => run.mapped.has(field)).map(([, column]) => column);
const pricesOf = (run: ImportRun) => PRICES.filter((field) => run.mapped.has(field));
const hasCost = (run: ImportRun) => run.mapped.has('deliveryCost') || run.mapped.has('deliveryCostShare');

/**
 * `import_match (n, id, how)`: rows that are a product which we have: by our id, the other system's, code, name, confirmed other name.
 * `import_item (n, id, first)`: the product of every row; rows of one product are one product with several prices.
 */
export async function matchProducts(tx: Tx, run: ImportRun): Promise<void> {
  await sql`drop table if exists pg_temp.import_match, pg_temp.import_item`.execute(tx);
  await sql`create temp table import_match as
    select s.n, coalesce(d.id, own.id, x.id, c.id, nm.id, al.product_id) as id, case when s.done_id is not null then 'done' else 'known' end as how
    from pg_temp.import_stage s
    left join product d on d.workspace_id = kernel.ws() and d.id = coalesce(s.done_id, s.decision)
    left join product own on own.workspace_id = kernel.ws() and s.decision is null and own.id = coalesce(s.own_id, case when s.external_id ~ ${UUID} then s.external_id::uuid end)
    left join product x on x.workspace_id = kernel.ws() and s.decision is null and x.source_system = ${run.system} and x.source_id = s.external_id
    left join product c on c.workspace_id = kernel.ws() and s.decision is null and lower(c.code) = lower(s.code)
    left join product nm on nm.workspace_id = kernel.ws() and s.decision is null and nm.archived_at is null and nm.name_key = kernel.fold(s.name)
      and (s.code is null or nm.code is null or lower(nm.code) = lower(s.code))
    left join product_alias al on al.workspace_id = kernel.ws() and s.decision is null and al.name_key = product_key(s.name)
    where coalesce(d.id, own.id, x.id, c.id, nm.id, al.product_id) is not null`.execute(tx);
  await sql`create temp table import_item as
    with fresh as (
      select s.n, s.new_id, coalesce('c' || lower(s.code), 'x' || s.external_id, 'n' || product_key(s.name)) as code_key, 'n' || product_key(s.name) as name_key
      from pg_temp.import_stage s where not exists (select from pg_temp.import_match m where m.n = s.n)),
    lead as (select n, first_value(new_id) over (partition by coalesce(name_key, code_key) order by n) as id from fresh where coalesce(name_key, code_key) is not null),
    whole as (select n, id, how from pg_temp.import_match union all select n, id, 'new' from lead)
    select n, id, how, min(n) over (partition by id) as first from whole`.execute(tx);
  await sql`create unique index on pg_temp.import_item (n)`.execute(tx);
  await sql`analyze pg_temp.import_item`.execute(tx);
}

/** Rows that cannot be taken: without any name, two products of one name or code, prices below zero, ends before starts. */
export async function rejectRows(tx: Tx, run: ImportRun): Promise<void> {
  const reject = (field: string | null, code: string, message: string, value: string, where: ReturnType<typeof sql>) =>
    sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
      select s.n, 'reject', ${field}, ${code}, ${message}, ${sql.raw(value)} from pg_temp.import_stage s where ${where} and not ${rejected}`.execute(
      tx,
    );
  await reject(
    null,
    'no_name',
    'A product needs a name or a code.',
    `''`,
    sql`not exists (select from pg_temp.import_item i where i.n = s.n)`,
  );
  for (const field of pricesOf(run))
    await reject(
      field,
      'negative',
      'A list price is not below zero.',
      `s.${field}_minor::text`,
      sql`${sql.ref(`s.${field}_minor`)} < 0`,
    );
  await reject(
    'endsOn',
    'ends_before_start',
    'The price ends before it starts.',
    's.ends_on::text',
    sql`s.ends_on < s.starts_on`,
  );
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select n, 'reject', 'code', 'duplicate', 'Row ' || first || ' has the same code and another name.', code from (
      select s.n, s.code, i.id, min(s.n) over (partition by lower(s.code)) as first, first_value(i.id) over (partition by lower(s.code) order by s.n) as lead
      from pg_temp.import_stage s join pg_temp.import_item i on i.n = s.n where s.code is not null) x where id <> lead`.execute(
    tx,
  );
  // What another product of the catalogue is called, under another code, or whose code it has.
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select s.n, 'reject', 'name', 'name_taken', 'Another product has this name' || coalesce(', and the code “' || o.code || '”', '') || '. Give one of them another name, or both the same code.', s.name
    from pg_temp.import_stage s join pg_temp.import_item i on i.n = s.n left join product a on a.workspace_id = kernel.ws() and a.id = i.id
    join product o on o.workspace_id = kernel.ws() and o.archived_at is null and o.id <> i.id and o.name_key = kernel.fold(coalesce(s.name, s.code))
    where i.how <> 'done' and a.archived_at is null and not ${rejected}
      and (a.id is null or s.own_id is not null or (a.source_id = s.external_id and a.source_system = ${run.system}))`.execute(
    tx,
  );
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select s.n, 'reject', 'code', 'code_taken', 'The product “' || o.name || '” has this code.', s.code
    from pg_temp.import_stage s join pg_temp.import_item i on i.n = s.n
    join product o on o.workspace_id = kernel.ws() and o.id <> i.id and lower(o.code) = lower(s.code) where i.how <> 'done' and not ${rejected}`.execute(
    tx,
  );
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select s.n, 'reject', 'deliveryCostShare', 'out_of_range', 'A share of the price lies between 0 and 100 %.', s.delivery_cost_share::text
    from pg_temp.import_stage s where (s.delivery_cost_share < 0 or s.delivery_cost_share > 100) and not ${rejected}`.execute(
    tx,
  );
}

/**
 * `import_price`: the prices that a row brings, one a currency, and what becomes of each: `new`, `change` (of `price_id`), `same`, or `clash`. A new one ends
 * the one before it (`ends_id`); one without its first day follows the price of today, from today on.
 */
export async function planPrices(tx: Tx, run: ImportRun, today: string): Promise<void> {
  await sql`drop table if exists pg_temp.import_price`.execute(tx);
  await sql`create temp table import_price (n int not null, field text, product_id uuid, currency text, billing text, kind text, amount bigint, starts_on date, ends_on date, act text, price_id uuid, ends_id uuid)`.execute(
    tx,
  );
  const fields = pricesOf(run);
  if (!fields.length) return;
  const given = fields.map(
    (field) => sql`(${field}, ${sql.ref(`s.${field}_minor`)}, ${sql.ref(`s.${field}_currency`)})`,
  );
  // What is recurring says its period, and the other way round; where neither is said it is paid once.
  await sql`insert into pg_temp.import_price (n, field, product_id, currency, billing, kind, amount, starts_on, ends_on)
    select x.n, x.field, x.id, x.currency, x.billing, case when x.billing = 'once' then 'one_off' else 'recurring' end, x.amount, x.starts_on,
      x.ends_on
    from (
      select s.*, i.id, p.kind as had,
        case when p.kind = 'one_off' then 'once'
          when p.kind = 'recurring' then coalesce(nullif(s.stated, 'once'), 'month')
          else coalesce(s.stated, case when s.kind = 'recurring' then 'month' else 'once' end) end as billing
      from (select s.n, v.field, v.amount, v.currency, s.starts_on, s.ends_on, s.kind, coalesce(s.billing, ${unitPeriod}) as stated
        from pg_temp.import_stage s cross join lateral (values ${sql.join(given)}) v(field, amount, currency)) s
      join pg_temp.import_item i on i.n = s.n left join product p on p.workspace_id = kernel.ws() and p.id = i.id
      where s.amount is not null and not ${rejected}) x`.execute(tx);
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select n, 'warn', field, 'price_twice', 'The row has another price in the same currency; that one counts.', currency from (
      select p.*, row_number() over (partition by n, currency order by field) as nth from pg_temp.import_price p) x where nth > 1`.execute(
    tx,
  );
  await sql`delete from pg_temp.import_price p using pg_temp.import_remark x where x.n = p.n and x.field = p.field and x.code = 'price_twice'`.execute(
    tx,
  );
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select distinct on (n) n, 'reject', field, 'duplicate', 'Row ' || first || ' has a price of the same product for the same days.', '' from (
      select n, field, min(n) over (partition by product_id, currency, billing, starts_on) as first from pg_temp.import_price) x where n > first`.execute(
    tx,
  );
  await sql`delete from pg_temp.import_price p using pg_temp.import_remark x where x.n = p.n and x.weight = 'reject'`.execute(
    tx,
  );
  // Within one list a price lasts until the next one begins.
  await sql`update pg_temp.import_price p set ends_on = o.next - 1 from (
      select n, currency, lead(starts_on) over (partition by product_id, currency, billing order by starts_on nulls first, n) as next from pg_temp.import_price) o
    where o.n = p.n and o.currency = p.currency and p.ends_on is null and o.next is not null`.execute(tx);
  const same = sql`x.workspace_id = kernel.ws() and x.product_id = p.product_id and x.currency = p.currency and x.billing = p.billing`;
  // The same first day, or, where the file has none, the price of today.
  await sql`update pg_temp.import_price p set price_id = x.id,
      act = case when x.unit_price_minor = p.amount and (p.ends_on is null or x.ends_on is not distinct from p.ends_on) then 'same'
        when p.starts_on is not null or x.starts_on = ${today}::date then 'change' end
    from product_price x where ${same} and (x.starts_on = p.starts_on or (p.starts_on is null and daterange(x.starts_on, x.ends_on, '[]') @> ${today}::date))`.execute(
    tx,
  );
  await sql`update pg_temp.import_price p set starts_on = ${today}::date, price_id = null where p.act is null and p.price_id is not null`.execute(
    tx,
  );
  await sql`update pg_temp.import_price p set ends_id = x.id from product_price x
    where p.act is null and p.starts_on is not null and ${same} and x.ends_on is null and (x.starts_on is null or x.starts_on < p.starts_on)`.execute(
    tx,
  );
  await sql`update pg_temp.import_price p set act = case when exists (
      select from product_price x where ${same} and x.id is distinct from p.ends_id and x.id is distinct from p.price_id
        and daterange(x.starts_on, x.ends_on, '[]') && daterange(p.starts_on, p.ends_on, '[]')) then 'clash' else coalesce(p.act, 'new') end
    where p.act is distinct from 'same'`.execute(tx);
  // Days of one file that overlap each other.
  await sql`update pg_temp.import_price p set act = 'clash' where p.act in ('new', 'change') and exists (
    select from pg_temp.import_price o where o.product_id = p.product_id and o.currency = p.currency and o.billing = p.billing and o.n < p.n and o.act <> 'clash'
      and daterange(o.starts_on, o.ends_on, '[]') && daterange(p.starts_on, p.ends_on, '[]'))`.execute(tx);
  await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
    select p.n, 'warn', p.field, 'price_overlaps', 'Another price of this product holds on these days. The price is left out.', '' from pg_temp.import_price p where p.act = 'clash'`.execute(
    tx,
  );
}

/** `import_series`, then `import_plan`; tells the files after this one which products there will be. */
export async function planProducts(tx: Tx, run: ImportRun): Promise<void> {
  await sql`drop table if exists pg_temp.import_plan`.execute(tx);
  await resolveSeries(tx);
  const differs = [
    ...plain(run).map(
      (c) => sql<SqlBool>`(s.${sql.ref(c)} is not null and s.${sql.ref(c)} is distinct from a.${sql.ref(c)})`,
    ),
    sql<SqlBool>`(r.id is not null and r.id is distinct from a.series_id)`,
    ...(run.mapped.has('kind')
      ? [
          sql<SqlBool>`(s.kind is not null and s.kind <> a.kind and not exists (select from product_price y where y.workspace_id = a.workspace_id and y.product_id = a.id))`,
        ]
      : []),
    ...(run.mapped.has('deliveryCostShare')
      ? [
          sql<SqlBool>`(s.delivery_cost_share / 100 is distinct from a.delivery_cost_share and s.delivery_cost_share is not null)`,
        ]
      : []),
    ...(run.mapped.has('deliveryCost')
      ? [
          sql<SqlBool>`(s.delivery_cost_minor is not null and s.delivery_cost_share is null and (s.delivery_cost_minor, s.delivery_cost_currency) is distinct from (a.delivery_cost_minor, a.delivery_cost_currency))`,
        ]
      : []),
    sql<SqlBool>`(a.source_id is null and s.external_id is not null and s.external_id !~ ${UUID} and s.own_id is null)`,
  ];
  await sql`create temp table import_plan as
    with seen as (
      select s.n, i.id, i.how, i.first, r.id as series_id, a.id is not null as known,
        exists (select from pg_temp.import_price p where p.n = s.n and p.act in ('new', 'change')) as priced,
        s.n = i.first and a.id is not null and (${sql.join(differs, sql` or `)}) as changes
      from pg_temp.import_stage s join pg_temp.import_item i on i.n = s.n
      left join pg_temp.import_series r on r.key = lower(s.series)
      left join product a on a.workspace_id = kernel.ws() and a.id = i.id
      where not ${rejected})
    select (row_number() over (order by n) - 1)::int as pos, n, id, series_id, known, changes,
      not known and n = min(n) over (partition by id) as makes,
      case when how = 'done' then 'done' when not known and n = min(n) over (partition by id) then 'new' when changes or priced then 'changed' else 'same' end as action
    from seen`.execute(tx);
  await sql`insert into pg_temp.import_made (entity, file, system, external_id, name, id)
    select 'products', ${run.file}::int, ${run.system}, s.external_id, coalesce(s.name, s.code), p.id
    from pg_temp.import_plan p join pg_temp.import_stage s on s.n = p.n where p.makes or s.external_id is not null`.execute(
    tx,
  );
  if (pricesOf(run).length && !run.mapped.has('billing') && !run.mapped.has('kind'))
    await sql`insert into pg_temp.import_remark (n, weight, field, code, message, value)
      select p.n, 'warn', 'price', 'no_billing', 'The file does not say what the price is for: taken as paid once, not as recurring.', ''
      from pg_temp.import_plan p join pg_temp.import_stage s on s.n = p.n where p.makes and ${unitPeriod} is null`.execute(
      tx,
    );
}

// Writing -------------------------------------------------------------------

const chunk = (from: number, to: number) =>
  sql`(select p.* from pg_temp.import_plan p where p.pos >= ${from} and p.pos < ${to} and p.action in ('new', 'changed'))`;
export type Updated = Written & { version: number; before: Record<string, unknown> };

export async function insertProducts(tx: Tx, run: ImportRun, from: number, to: number): Promise<Written[]> {
  const { rows } = await sql<Written>`
    with p as materialized (select * from ${chunk(from, to)} p where p.makes),
    made as (
      insert into product (workspace_id, id, name, code, series_id, description, unit_name, kind, delivery_cost_share, delivery_cost_minor, delivery_cost_currency,
        source_system, source_id, import_id)
      select kernel.ws(), p.id, coalesce(s.name, s.code), s.code, p.series_id, coalesce(s.description, ''), coalesce(s.unit_name, 'unit'),
        coalesce(x.kind, s.kind, 'recurring'), s.delivery_cost_share / 100,
        case when s.delivery_cost_share is null then s.delivery_cost_minor end, case when s.delivery_cost_share is null then s.delivery_cost_currency end,
        case when s.external_id is not null then ${run.system} end, s.external_id, ${run.importId}::uuid
      from p join pg_temp.import_stage s on s.n = p.n left join (select n, min(kind) as kind from pg_temp.import_price group by n) x on x.n = p.n order by p.pos returning id)
    select p.n, p.id from p join made on made.id = p.id`.execute(tx);
  return rows;
}

const KEPT = [
  'name',
  'code',
  'series_id',
  'description',
  'unit_name',
  'kind',
  'delivery_cost_share',
  'delivery_cost_minor',
  'delivery_cost_currency',
  'source_system',
  'source_id',
];

export async function updateProducts(tx: Tx, run: ImportRun, from: number, to: number): Promise<Updated[]> {
  const set = [
    // A product found by another name keeps its own.
    ...plain(run).map((c) =>
      c === 'name'
        ? sql`name = case when s.own_id is not null or (a.source_id = s.external_id and a.source_system = ${run.system}) then coalesce(s.name, a.name) else a.name end`
        : sql`${sql.ref(c)} = coalesce(s.${sql.ref(c)}, a.${sql.ref(c)})`,
    ),
    sql`series_id = coalesce(p.series_id, a.series_id)`,
    ...(run.mapped.has('kind')
      ? [
          sql`kind = case when exists (select from product_price y where y.workspace_id = a.workspace_id and y.product_id = a.id) then a.kind else coalesce(s.kind, a.kind) end`,
        ]
      : []),
    ...(hasCost(run)
      ? [
          sql`delivery_cost_share = case when s.delivery_cost_share is not null then s.delivery_cost_share / 100 when s.delivery_cost_minor is not null then null else a.delivery_cost_share end`,
          sql`delivery_cost_minor = case when s.delivery_cost_share is not null then null else coalesce(s.delivery_cost_minor, a.delivery_cost_minor) end`,
          sql`delivery_cost_currency = case when s.delivery_cost_share is not null then null else coalesce(s.delivery_cost_currency, a.delivery_cost_currency) end`,
        ]
      : []),
    sql`source_system = case when a.source_id is null and s.external_id is not null and s.external_id !~ ${UUID} and s.own_id is null then ${run.system} else a.source_system end`,
    sql`source_id = case when a.source_id is null and s.external_id !~ ${UUID} and s.own_id is null then s.external_id else a.source_id end`,
  ];
  const { rows } = await sql<Updated>`
    with p as materialized (select * from ${chunk(from, to)} p where p.changes),
    old as materialized (select a.* from product a join p on p.id = a.id where a.workspace_id = kernel.ws() for update of a)
    update product a set ${sql.join(set)}, version = a.version + 1, updated_at = now()
    from p join pg_temp.import_stage s on s.n = p.n join old o on o.id = p.id
    where a.workspace_id = kernel.ws() and a.id = p.id
    returning p.n, a.id, a.version, jsonb_build_object(${sql.join(KEPT.flatMap((c) => [sql.lit(c), sql`o.${sql.ref(c)}`]))}) as before`.execute(
    tx,
  );
  return rows;
}

const PRICE_KEPT = ['unit_price_minor', 'starts_on', 'ends_on'];
const priceImage = sql`jsonb_build_object(${sql.join(PRICE_KEPT.flatMap((c) => [sql.lit(c), sql`o.${sql.ref(c)}`]))})`;

/** Ends prices that new ones follow, and changes those of the same first day. */
export async function updatePrices(tx: Tx, from: number, to: number): Promise<Updated[]> {
  const price = (on: ReturnType<typeof sql>) =>
    sql`(select x.* from pg_temp.import_price x join ${chunk(from, to)} p on p.n = x.n where ${on})`;
  const { rows: ended } = await sql<Updated>`
    with x as materialized (select distinct on (y.ends_id) y.* from ${price(sql`x.act = 'new' and x.ends_id is not null`)} y order by y.ends_id, y.starts_on),
    old as materialized (select a.* from product_price a join x on x.ends_id = a.id where a.workspace_id = kernel.ws() for update of a)
    update product_price a set ends_on = x.starts_on - 1, version = a.version + 1, updated_at = now() from x join old o on o.id = x.ends_id
    where a.workspace_id = kernel.ws() and a.id = x.ends_id returning x.n, a.id, a.version, ${priceImage} as before`.execute(
    tx,
  );
  const { rows: changed } = await sql<Updated>`
    with x as materialized (select * from ${price(sql`x.act = 'change'`)} y),
    old as materialized (select a.* from product_price a join x on x.price_id = a.id where a.workspace_id = kernel.ws() for update of a)
    update product_price a set unit_price_minor = x.amount, ends_on = coalesce(x.ends_on, a.ends_on), version = a.version + 1, updated_at = now() from x join old o on o.id = x.price_id
    where a.workspace_id = kernel.ws() and a.id = x.price_id returning x.n, a.id, a.version, ${priceImage} as before`.execute(
    tx,
  );
  return [...ended, ...changed];
}

export async function insertPrices(tx: Tx, run: ImportRun, from: number, to: number): Promise<Written[]> {
  const { rows } = await sql<Written>`
    with x as materialized (select x.*, kernel.new_id() as id from pg_temp.import_price x join ${chunk(from, to)} p on p.n = x.n where x.act = 'new'),
    made as (
      insert into product_price (workspace_id, id, product_id, currency, billing, unit_price_minor, starts_on, ends_on, import_id)
      select kernel.ws(), id, product_id, currency, billing, amount, starts_on, ends_on, ${run.importId}::uuid from x returning id)
    select x.n, x.id from x join made on made.id = x.id`.execute(tx);
  return rows;
}

/** Names of new products that files before this one did not know: they wait no longer. Answers names with their products. */
export async function settleNames(tx: Tx, from: number, to: number): Promise<{ name: string; id: string }[]> {
  const { rows } = await sql<{ name: string; id: string }>`
    delete from product_unknown u using ${chunk(from, to)} p join pg_temp.import_stage s on s.n = p.n
    where u.workspace_id = kernel.ws() and p.makes and u.name_key = product_key(coalesce(s.name, s.code)) returning u.name, p.id`.execute(
    tx,
  );
  return rows;
}

// Taking back ---------------------------------------------------------------

type Table = 'product' | 'product_price' | 'product_series';

export async function changedSince(tx: Tx, table: Table, ids: string[], versions: number[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select u.id from unnest(${ids}::uuid[], ${versions}::int[]) u(id, version) join ${sql.table(table)} a on a.workspace_id = kernel.ws() and a.id = u.id where a.version <> u.version`.execute(
    tx,
  );
  return new Set(rows.map((r) => r.id));
}

/** Products and series that something else holds. Prices and other names belong to their product. */
export async function held(tx: Tx, table: Table, ids: string[]): Promise<Set<string>> {
  if (table === 'product_price') return new Set();
  const { rows } = await sql<{
    id: string;
  }>`select id from kernel.referenced(${table}, ${ids}::uuid[], array['product_price'])`.execute(tx);
  return new Set(rows.map((r) => r.id));
}

export async function remove(tx: Tx, table: Table, ids: string[]): Promise<number> {
  const { numAffectedRows } =
    await sql`delete from ${sql.table(table)} where workspace_id = kernel.ws() and id = any (${ids}::uuid[])`.execute(
      tx,
    );
  return Number(numAffectedRows ?? 0);
}

export async function restore(
  tx: Tx,
  table: 'product' | 'product_price',
  ids: string[],
  versions: number[],
  before: Record<string, unknown>[],
): Promise<Set<string>> {
  const columns = table === 'product' ? KEPT : PRICE_KEPT;
  const { rows } = await sql<{ id: string }>`
    update ${sql.table(table)} a set ${sql.join(columns.map((c) => sql`${sql.ref(c)} = r.${sql.ref(c)}`))}, version = a.version + 1, updated_at = now()
    from (
      select b.id as target, u.version as was, r.* from unnest(${ids}::uuid[], ${versions}::int[]) with ordinality u(id, version, place)
      join ${sql.table(table)} b on b.workspace_id = kernel.ws() and b.id = u.id
      cross join lateral jsonb_populate_record(b, ${JSON.stringify(before)}::jsonb -> (u.place - 1)::int) r) r
    where a.workspace_id = kernel.ws() and a.id = r.target and a.version = r.was returning a.id`.execute(tx);
  return new Set(rows.map((r) => r.id));
}
