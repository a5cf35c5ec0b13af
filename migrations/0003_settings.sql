-- The workspace and what it has chosen: currency, calendar, rates, custom fields, saved views.

create table workspace (
  workspace_id uuid primary key default kernel.new_id(),
  name text not null check (length(name) between 1 and 200),
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  fiscal_year_start_month int not null default 1 check (fiscal_year_start_month between 1 and 12),
  locale text not null default 'en-GB' check (length(locale) between 2 and 35),
  zone text not null default 'UTC' check (length(zone) between 1 and 64),
  -- Defaults that rooms read: days, counts and words a workspace may change. Keys are owned by the rooms.
  preferences jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
call kernel.protect('workspace', p_id => 'workspace_id');

-- Every server reads zones anew when a workspace changes (it listens on this channel already, for rights).
create function kernel.workspace_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('openkam_access', '');
  return null;
end $$;
create trigger workspace_access after insert or update of zone on workspace for each statement execute function kernel.workspace_changed();

-- How many units of `currency` one unit of `base` buys on a day.
create table fx_rate (
  workspace_id uuid not null references workspace,
  base text not null check (base ~ '^[A-Z]{3}$'),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  on_date date not null,
  rate numeric(24, 10) not null check (rate > 0),
  source text not null,
  primary key (workspace_id, base, currency, on_date)
);
call kernel.protect('fx_rate', p_audit => false);

-- Each time that rates came in or were changed by hand. Rates are too many to audit one by one; this row is audited for them.
create table fx_update (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  -- What a person recognises it by: the file's name, or the rate in words.
  name text not null check (length(name) between 1 and 200),
  source text not null check (length(source) between 1 and 60),
  from_on date,
  to_on date,
  added int not null default 0,
  changed int not null default 0,
  removed int not null default 0,
  at timestamptz not null default now(),
  primary key (workspace_id, id)
);
call kernel.protect('fx_update');

create table custom_field (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  entity text not null check (entity in ('accounts', 'people')),
  key text not null check (key ~ '^[a-z][a-z0-9_]{0,59}$'),
  label text not null check (length(label) between 1 and 100),
  type text not null check (type in ('text', 'number', 'money', 'date', 'boolean', 'choice', 'url')),
  choices text[] not null default '{}',
  position int not null default 0,
  archived_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, entity, key)
);
call kernel.protect('custom_field');

-- A saved view belongs to a member, or to everybody.
create table saved_view (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  page text not null check (length(page) between 1 and 60),
  name text not null check (length(name) between 1 and 100),
  member_id uuid,
  shared boolean not null default false,
  state jsonb not null default '{}',
  position int not null default 0,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create index saved_view_page on saved_view (workspace_id, page, position);
call kernel.protect('saved_view', p_also => 'shared or member_id = kernel.member()');
