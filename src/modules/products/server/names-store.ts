// The SQL of names: other names of products, names that nobody knows, and finding the products that files refer to.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';

const UUID = sql.lit('^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$');

export type UnknownRow = {
  id: string;
  name: string;
  seen: number;
  suggestion_id: string | null;
  suggestion_name: string | null;
  dismissed_at: string | null;
  last_seen_at: string;
};
const unknown = sql`select u.id, u.name, u.seen, u.suggestion_id, p.name as suggestion_name, u.dismissed_at, u.last_seen_at
  from product_unknown u left join product p on p.workspace_id = u.workspace_id and p.id = u.suggestion_id`;

export async function listUnknown(
  tx: Tx,
  f: { dismissed?: boolean | undefined; q?: string | undefined },
  after: CursorValue[] | null,
  limit: number,
): Promise<UnknownRow[]> {
  const { rows } = await sql<UnknownRow>`${unknown} where u.workspace_id = kernel.ws()
    and ${f.dismissed ? sql`u.dismissed_at is not null` : sql`u.dismissed_at is null`}
    ${f.q ? sql`and u.name_key like kernel.fold(${`%${f.q.replace(/[\\%_]/g, '\\$&')}%`})` : sql``}
    ${after ? sql`and (-u.seen, u.id) > (${after[0]}::int, ${after[1]}::uuid)` : sql``}
    order by -u.seen, u.id limit ${sql.lit(limit + 1)}`.execute(tx);
  return rows;
}

export async function unknownName(tx: Tx, id: string): Promise<UnknownRow | undefined> {
  const { rows } = await sql<UnknownRow>`${unknown} where u.workspace_id = kernel.ws() and u.id = ${id}::uuid`.execute(
    tx,
  );
  return rows[0];
}

export async function dismiss(tx: Tx, id: string): Promise<void> {
  await sql`update product_unknown set dismissed_at = coalesce(dismissed_at, now()), version = version + 1 where workspace_id = kernel.ws() and id = ${id}::uuid`.execute(
    tx,
  );
}

/** Names that a product now has wait no longer; answers them. */
export async function settle(tx: Tx, name: string): Promise<void> {
  await sql`delete from product_unknown where workspace_id = kernel.ws() and name_key = product_key(${name})`.execute(
    tx,
  );
}

/** The product that has this name, as its own or as another. */
export async function productNamed(tx: Tx, name: string): Promise<{ id: string; name: string } | undefined> {
  const { rows } = await sql<{ id: string; name: string }>`
    select p.id, p.name from product p where p.workspace_id = kernel.ws() and product_key(p.name) = product_key(${name}) and p.archived_at is null
    union all
    select p.id, p.name from product_alias a join product p on p.workspace_id = a.workspace_id and p.id = a.product_id
    where a.workspace_id = kernel.ws() and a.name_key = product_key(${name}) limit 1`.execute(tx);
  return rows[0];
}

export async function insertAlias(
  tx: Tx,
  workspaceId: string,
  row: { id: string; product_id: string; name: string; created_by: string | null },
): Promise<void> {
  await tx
    .insertInto('product_alias')
    .values({ workspace_id: workspaceId, ...row })
    .execute();
}

export async function deleteAlias(tx: Tx, productId: string, id: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`delete from product_alias where workspace_id = kernel.ws() and product_id = ${productId}::uuid and id = ${id}::uuid`.execute(
      tx,
    );
  return numAffectedRows === 1n;
}

// References of files -------------------------------------------------------

/** Every name by which a product is found, ours and those that files before this one would make; the surest first. */
const known = (system: string) => sql`(
  select 'i:' || p.id::text as name, p.id, 1 as place from product p where p.workspace_id = kernel.ws()
  union all
  select 'x:' || p.source_id, p.id, 2 from product p where p.workspace_id = kernel.ws() and p.source_system = ${system}
  union all
  select 'x:' || m.external_id, m.id, 2 from pg_temp.import_made m where m.entity = 'products' and m.system = ${system} and m.external_id is not null
  union all
  select 'x:' || p.code, p.id, 3 from product p where p.workspace_id = kernel.ws() and p.code is not null
  union all
  select 'x:' || p.source_id, p.id, 4 from product p where p.workspace_id = kernel.ws() and p.source_id is not null
  union all
  select 'n:' || product_key(p.name), p.id, case when p.archived_at is null then 5 else 7 end from product p where p.workspace_id = kernel.ws()
  union all
  select 'n:' || product_key(m.name), m.id, 5 from pg_temp.import_made m where m.entity = 'products' and m.name is not null
  union all
  select 'n:' || product_key(p.code), p.id, 6 from product p where p.workspace_id = kernel.ws() and p.code is not null
  union all
  select 'n:' || a.name_key, a.product_id, 6 from product_alias a where a.workspace_id = kernel.ws())`;

/** Fills `product_id`, `suggestion_id`, `suggestion` and `problem` of `import_product_ref (key, rid, rname)`. */
export async function resolve(tx: Tx, system: string): Promise<void> {
  await sql`drop table if exists pg_temp.import_product_known`.execute(tx);
  await sql`create temp table import_product_known as
    with best as (select name, id, place, rank() over (partition by name order by place) as at from ${known(system)} k)
    select name, min(id::text)::uuid as id from best where at = 1 group by name having count(distinct id) = 1`.execute(
    tx,
  );
  await sql`create unique index on pg_temp.import_product_known (name)`.execute(tx);
  await sql`analyze pg_temp.import_product_known`.execute(tx);
  const open = sql`r.product_id is null`;
  await sql`update pg_temp.import_product_ref r set product_id = k.id from pg_temp.import_product_known k
    where ${open} and k.name = case when r.rid ~ ${UUID} then 'i:' || lower(r.rid) else 'x:' || r.rid end`.execute(tx);
  await sql`update pg_temp.import_product_ref r set product_id = k.id from pg_temp.import_product_known k
    where ${open} and k.name = 'n:' || product_key(coalesce(r.rname, r.rid))`.execute(tx);
  // The same letters and digits, and only one product that has them: likely, but a person says so first.
  await sql`update pg_temp.import_product_ref r set suggestion_id = f.id, suggestion = f.name from (
      select x.squeezed, min(x.id::text)::uuid as id, min(x.name) as name from (
        select product_squeezed(p.name) as squeezed, p.id, p.name from product p where p.workspace_id = kernel.ws() and p.archived_at is null
        union all
        select product_squeezed(m.name), m.id, m.name from pg_temp.import_made m where m.entity = 'products' and m.name is not null
        union all
        select product_squeezed(a.name), a.product_id, p.name from product_alias a join product p on p.workspace_id = a.workspace_id and p.id = a.product_id
        where a.workspace_id = kernel.ws()) x
      where x.squeezed <> '' group by 1 having count(distinct x.id) = 1) f
    where ${open} and f.squeezed = product_squeezed(coalesce(r.rname, r.rid))`.execute(tx);
  await sql`update pg_temp.import_product_ref r set problem = 'There is no product “' || coalesce(r.rname, r.rid) || '”'
    || case when r.suggestion is null then '.' else '; perhaps “' || r.suggestion || '”: confirm it once under Products.' end where ${open}`.execute(
    tx,
  );
}

/** Notes the names that stayed without product, with the rows that have them: `names` are what a file calls them. */
export async function remember(
  tx: Tx,
  importId: string,
  names: readonly { name: string; rows: number; suggestionId: string | null }[],
): Promise<void> {
  if (!names.length) return;
  await sql`insert into product_unknown (workspace_id, name, seen, suggestion_id, import_id)
    select kernel.ws(), min(x.name), sum(x.seen)::int, min(p.id::text)::uuid, ${importId}::uuid
    from unnest(${names.map((n) => n.name.slice(0, 300))}::text[], ${names.map((n) => n.rows)}::int[], ${names.map((n) => n.suggestionId)}::uuid[]) x(name, seen, suggestion)
    left join product p on p.workspace_id = kernel.ws() and p.id = x.suggestion
    where btrim(x.name) <> '' group by product_key(x.name)
    on conflict (workspace_id, name_key) do update set seen = excluded.seen, suggestion_id = coalesce(excluded.suggestion_id, product_unknown.suggestion_id),
      import_id = excluded.import_id, last_seen_at = now(), version = product_unknown.version + 1`.execute(tx);
}
