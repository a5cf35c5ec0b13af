-- Products: what we sell, in which series, at which list prices, what it costs to deliver, and what files call it.

create table product_series (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  name text not null check (length(name) between 1 and 200),
  description text not null default '' check (length(description) <= 5000),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index product_series_name on product_series (workspace_id, lower(name));
call kernel.protect('product_series');

create table product (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  name text not null check (length(name) between 1 and 300),
  -- Our own article number.
  code text check (length(code) between 1 and 100),
  series_id uuid,
  description text not null default '' check (length(description) <= 20000),
  -- What one of it is: seat, piece, licence, hour.
  unit_name text not null default 'unit' check (length(unit_name) between 1 and 60),
  kind text not null default 'recurring' check (kind in ('recurring', 'one_off')),
  -- Cost of delivery: a share of what is paid, or an amount a unit and month (a unit, for one-off products); null: unknown.
  delivery_cost_share numeric(7, 6) check (delivery_cost_share between 0 and 1),
  delivery_cost_minor bigint check (delivery_cost_minor >= 0),
  delivery_cost_currency text check (delivery_cost_currency ~ '^[A-Z]{3}$'),
  source_system text check (length(source_system) between 1 and 60),
  source_id text check (length(source_id) between 1 and 200),
  archived_at timestamptz,
  import_id uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Folded, without marks: `GTXPro` and `GTX Pro` have one squeezed key.
  name_key text not null generated always as (kernel.fold(name)) stored,
  primary key (workspace_id, id),
  foreign key (workspace_id, series_id) references product_series (workspace_id, id),
  check (delivery_cost_share is null or delivery_cost_minor is null),
  check ((delivery_cost_minor is null) = (delivery_cost_currency is null)),
  check ((source_system is null) = (source_id is null))
);
create unique index product_code on product (workspace_id, lower(code)) where code is not null;
create unique index product_name on product (workspace_id, name_key) where archived_at is null;
create unique index product_source on product (workspace_id, source_system, source_id) where source_id is not null;
create index product_series_of on product (workspace_id, series_id);
call kernel.protect('product');

create extension if not exists btree_gist;

-- How names meet: without case, accents and double spaces; and, to suggest only, by letters and digits alone.
create function product_key(name text) returns text language sql immutable parallel safe strict as
  $$ select btrim(regexp_replace(kernel.fold(name), '\s+', ' ', 'g')) $$;
create function product_squeezed(name text) returns text language sql immutable parallel safe strict as
  $$ select regexp_replace(kernel.fold(name), '[[:space:][:punct:]]+', '', 'g') $$;

-- List prices: per currency and way of billing one price a day. Without a first day it has always been so.
create table product_price (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  product_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  billing text not null check (billing in ('month', 'quarter', 'half_year', 'year', 'once')),
  unit_price_minor bigint not null check (unit_price_minor >= 0),
  starts_on date,
  -- The last day; null: until further notice.
  ends_on date,
  import_id uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, product_id) references product (workspace_id, id) on delete cascade,
  check (ends_on >= starts_on),
  constraint product_price_once exclude using gist (
    workspace_id with =, product_id with =, currency with =, billing with =, daterange(starts_on, ends_on, '[]') with &&)
);
create index product_price_of on product_price (workspace_id, product_id, currency, billing, starts_on);
call kernel.protect('product_price');

-- Other names of a product, confirmed by a person: what files call it.
create table product_alias (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  product_id uuid not null,
  name text not null check (length(name) between 1 and 300),
  created_by uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  name_key text not null generated always as (product_key(name)) stored,
  primary key (workspace_id, id),
  unique (workspace_id, name_key),
  foreign key (workspace_id, product_id) references product (workspace_id, id) on delete cascade,
  foreign key (workspace_id, created_by) references member (workspace_id, id)
);
create index product_alias_of on product_alias (workspace_id, product_id);
create index product_alias_by on product_alias (workspace_id, created_by);
call kernel.protect('product_alias');

-- Names in files that no product has: they wait for somebody to say which product it is, or that it is none.
create table product_unknown (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  name text not null check (length(name) between 1 and 300),
  -- Rows that had the name when it was last seen.
  seen int not null default 0,
  -- The product that it may be: the only one with the same letters and digits.
  suggestion_id uuid,
  import_id uuid,
  dismissed_at timestamptz,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  version int not null default 1,
  name_key text not null generated always as (product_key(name)) stored,
  primary key (workspace_id, id),
  unique (workspace_id, name_key),
  foreign key (workspace_id, suggestion_id) references product (workspace_id, id) on delete set null (suggestion_id)
);
create index product_unknown_suggestion on product_unknown (workspace_id, suggestion_id);
call kernel.protect('product_unknown');

grant execute on function product_key, product_squeezed to openkam_all, openkam_scoped;

-- Search, see the search room: products by name; by a part of the code when it is typed alone.
call kernel.searchable('product', 'name_key');
create function product_search(asked kernel.asked) returns table (id uuid, account_id uuid, title text, subtitle text, rank real)
language plpgsql stable security definer set search_path = public, kernel, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  found uuid[] := array(select p.id from product p where p.workspace_id = kernel.ws() and kernel.word_index(p.name_key) @@ asked.words and p.name_key like all (asked.also)
    and p.archived_at is null limit 200);
begin
  if position(' ' in asked.text) = 0 then
    found := found || array(select p.id from product p where p.workspace_id = kernel.ws() and position(asked.text in lower(p.code)) > 0 and p.archived_at is null limit 200);
  end if;
  return query
    select p.id, null::uuid, p.name, coalesce(s.name, p.code, ''), (greatest(kernel.fits(p.name_key, asked.text), case when lower(p.code) = asked.text then 3 end) - 0.1)::real as rank
    from product p left join product_series s on s.workspace_id = p.workspace_id and s.id = p.series_id
    where p.workspace_id = kernel.ws() and p.id = any (found)
    order by rank desc, p.name_key, p.id limit asked.most;
end $$;
revoke execute on function product_search from public;
grant execute on function product_search to openkam_all, openkam_scoped;
