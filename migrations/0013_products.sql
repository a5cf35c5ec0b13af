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
