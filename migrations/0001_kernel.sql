-- The ground every room stands on: roles, the access context of a transaction, row-level security,
-- audit by trigger, outbox, idempotency keys, snapshots, and uuidv7.

create schema if not exists kernel;
create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists fuzzystrmatch;

-- The app connects, then becomes openkam_app; inside a transaction it becomes one of the two below.
do $$
begin
  if not exists (select from pg_roles where rolname = 'openkam_app') then create role openkam_app nologin nobypassrls; end if;
  if not exists (select from pg_roles where rolname = 'openkam_all') then create role openkam_all nologin nobypassrls; end if;
  if not exists (select from pg_roles where rolname = 'openkam_scoped') then create role openkam_scoped nologin nobypassrls; end if;
  execute format('grant openkam_app to %I', current_user);
  execute format('grant openkam_all to %I', current_user);
  execute format('grant openkam_scoped to %I', current_user);
  grant openkam_all, openkam_scoped to openkam_app;
exception when insufficient_privilege then
  raise exception 'the database user % may not create roles: grant CREATEROLE to it, or create the roles openkam_app, openkam_all and openkam_scoped (nologin) and grant them to it', current_user;
end $$;

grant usage on schema kernel, public to openkam_app, openkam_all, openkam_scoped;

-- Time-ordered ids: the server's own function where it has one (PostgreSQL 18), else ours.
do $$
begin
  if current_setting('server_version_num')::int >= 180000 then
    create function kernel.new_id() returns uuid language sql volatile parallel safe as 'select uuidv7()';
  else
    create function kernel.new_id() returns uuid language sql volatile parallel safe as $f$
      select encode(
        set_bit(set_bit(
          overlay(uuid_send(gen_random_uuid()) placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
          52, 1), 53, 1), 'hex')::uuid
    $f$;
  end if;
end $$;

-- The access context: set once per transaction, read by every policy and by the audit trigger.
create function kernel.ws() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('openkam.workspace', true), '')::uuid $$;
create function kernel.member() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('openkam.member', true), '')::uuid $$;
create function kernel.seen() returns uuid[] language sql stable parallel safe as
  $$ select coalesce(nullif(current_setting('openkam.seen', true), ''), '{}')::uuid[] $$;
create function kernel.sees_all() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('openkam.level', true), '') = 'all' $$;
create function kernel.setting(name text) returns text language sql stable parallel safe as
  $$ select nullif(current_setting('openkam.' || name, true), '') $$;

-- The one function that decides which accounts a member sees. The accounts room replaces this body when its tables exist.
create function kernel.visible_accounts(p_ws uuid, p_member uuid, p_level text) returns uuid[]
  language sql stable as $$ select '{}'::uuid[] $$;

-- Opens the access context for the rest of the transaction and gives up every wider right.
create function kernel.begin(p_ws uuid, p_member uuid, p_level text, p_actor text, p_request text) returns void
language plpgsql as $$
begin
  perform set_config('openkam.workspace', coalesce(p_ws::text, ''), true),
          set_config('openkam.member', coalesce(p_member::text, ''), true),
          set_config('openkam.level', coalesce(p_level, ''), true),
          set_config('openkam.actor', coalesce(p_actor, ''), true),
          set_config('openkam.request', coalesce(p_request, ''), true);
  if p_level = 'all' then
    perform set_config('openkam.seen', '', true), set_config('role', 'openkam_all', true);
  else
    perform set_config('openkam.seen', kernel.visible_accounts(p_ws, p_member, p_level)::text, true),
            set_config('role', 'openkam_scoped', true);
  end if;
end $$;

-- Audit: who did what to which row, before and after; written by trigger, never changed.
create table kernel.audit (
  workspace_id uuid not null,
  id uuid not null default kernel.new_id(),
  at timestamptz not null default now(),
  actor text not null,
  member_id uuid,
  request_id text,
  table_name text not null,
  row_id uuid,
  account_id uuid,
  action text not null check (action in ('insert', 'update', 'delete')),
  before jsonb,
  after jsonb,
  primary key (workspace_id, id)
);
-- One index a row: what hangs on an account is found through it, the rest by row.
create index audit_row on kernel.audit (workspace_id, row_id, id desc) where account_id is null;
create index audit_account on kernel.audit (workspace_id, account_id, id desc) where account_id is not null;
alter table kernel.audit enable row level security;
alter table kernel.audit force row level security;
create policy audit_all on kernel.audit to openkam_all using (workspace_id = (select kernel.ws()));
create policy audit_scoped on kernel.audit to openkam_scoped
  using (workspace_id = (select kernel.ws()) and account_id = any ((select kernel.seen())::uuid[]));
create policy audit_owner on kernel.audit to current_user using (true) with check (true);
grant select on kernel.audit to openkam_all, openkam_scoped;

-- Makes a table a tenant table: forced row-level security in both roles, grants, audit.
--   p_account  the column that holds the account whose visibility decides (null: every member of the workspace sees the row)
--   p_also     one more condition under which a scoped member sees a row, in SQL (use sparingly: an OR costs the index)
--   p_secret   columns that the audit never records, comma separated
--   p_audit    false for tables that are themselves a record (snapshots, outbox)
create procedure kernel.protect(p_table regclass, p_account text default null, p_also text default null,
                                p_secret text default null, p_audit boolean default true, p_id text default 'id')
language plpgsql as $$
declare
  -- Sub-selects make each setting one constant of the query: read once, still an index condition.
  seen text := 'workspace_id = (select kernel.ws())';
begin
  if p_account is not null then
    if p_also is null then seen := seen || format(' and %I = any ((select kernel.seen())::uuid[])', p_account);
    else seen := seen || format(' and (%I = any ((select kernel.seen())::uuid[]) or (%s))', p_account, p_also); end if;
  elsif p_also is not null then seen := seen || format(' and (%s)', p_also);
  end if;
  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);
  execute format('create policy tenant_all on %s to openkam_all using (workspace_id = (select kernel.ws())) with check (workspace_id = (select kernel.ws()))', p_table);
  execute format('create policy tenant_scoped on %s to openkam_scoped using (%s) with check (%s)', p_table, seen, seen);
  execute format('create policy tenant_owner on %s to %I using (true) with check (true)', p_table, current_user);
  execute format('grant select, insert, update, delete on %s to openkam_all, openkam_scoped', p_table);
  if p_audit then call kernel.audit_table(p_table, p_account, p_id, p_secret); end if;
end $$;

-- Gives a table its audit: one function made for it (direct columns: a third of the time of a generic one), one insert a statement,
-- whatever the number of rows. Inserts keep the row without its nulls, updates only what changed, deletes the row as it was.
create procedure kernel.audit_table(p_table regclass, p_account text, p_id text, p_secret text)
language plpgsql as $$
declare
  name text := replace(replace(p_table::text, '.', '_'), '"', '');
  account text := case when p_account is null then 'null::uuid' else format('r.%I', p_account) end;
  secret text := case when p_secret is null then '' else format(' - %L::text[]', string_to_array(p_secret, ',')) end;
  head text := 'insert into kernel.audit (workspace_id, actor, member_id, request_id, table_name, row_id, account_id, action, before, after)';
  who text := format('who, member, request, %L', name);
begin
  execute format($f$
    create function kernel.audit_of_%1$s() returns trigger language plpgsql security definer set search_path = kernel, public, pg_temp as $t$
    declare
      who text := coalesce(kernel.setting('actor'), 'system');
      member uuid := kernel.member();
      request text := kernel.setting('request');
    begin
      if kernel.setting('audit') = 'off' then return null; end if;
      if tg_op = 'INSERT' then
        %2$s select r.workspace_id, %3$s, r.%4$I, %5$s, 'insert', null, jsonb_strip_nulls(to_jsonb(r))%6$s from new_rows r;
      elsif tg_op = 'DELETE' then
        %2$s select r.workspace_id, %3$s, r.%4$I, %5$s, 'delete', jsonb_strip_nulls(to_jsonb(r))%6$s, null from old_rows r;
      else
        %2$s select r.workspace_id, %3$s, r.%4$I, %5$s, 'update', d.before, d.after
        from old_rows o join new_rows r on r.workspace_id = o.workspace_id and r.%4$I = o.%4$I
        cross join lateral (select to_jsonb(o) as o, to_jsonb(r) as n) x
        cross join lateral (
          select jsonb_object_agg(k.key, x.o -> k.key) as before, jsonb_object_agg(k.key, x.n -> k.key) as after
          from jsonb_object_keys(x.n) as k(key)
          where x.o -> k.key is distinct from x.n -> k.key and k.key <> all (%7$L::text[])) d
        where d.after is not null;
      end if;
      return null;
    end $t$ $f$, name, head, who, p_id, account, secret, array['updated_at', 'version'] || coalesce(string_to_array(p_secret, ','), '{}'));
  execute format('create trigger audit_insert after insert on %s referencing new table as new_rows for each statement execute function kernel.audit_of_%s()', p_table, name);
  execute format('create trigger audit_update after update on %s referencing old table as old_rows new table as new_rows for each statement execute function kernel.audit_of_%s()', p_table, name);
  execute format('create trigger audit_delete after delete on %s referencing old table as old_rows for each statement execute function kernel.audit_of_%s()', p_table, name);
end $$;

-- Outbox: what happened, written with the change; delivered at least once, in order, by the worker.
create table kernel.outbox (
  workspace_id uuid not null,
  id uuid not null default kernel.new_id(),
  type text not null,
  account_id uuid,
  row_id uuid,
  member_id uuid,
  payload jsonb not null default '{}',
  at timestamptz not null default now(),
  delivered_at timestamptz,
  attempts int not null default 0,
  last_error text,
  primary key (workspace_id, id)
);
create index outbox_waiting on kernel.outbox (id) where delivered_at is null;
call kernel.protect('kernel.outbox', p_audit => false);

-- Answers to repeated POSTs, kept for a day.
create table kernel.idempotency (
  workspace_id uuid not null,
  id uuid not null default kernel.new_id(),
  member_id uuid not null,
  key text not null,
  route text not null,
  request_hash text not null,
  status int not null,
  answer jsonb,
  at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, member_id, key)
);
create index idempotency_at on kernel.idempotency (at);
call kernel.protect('kernel.idempotency', p_also => 'member_id = kernel.member()', p_audit => false);

-- Immutable nightly rows: what a row looked like that day. One row an object, kind and day.
create table kernel.snapshot (
  workspace_id uuid not null,
  kind text not null,
  row_id uuid not null,
  account_id uuid,
  on_date date not null,
  data jsonb not null,
  taken_at timestamptz not null default now(),
  primary key (workspace_id, kind, on_date, row_id)
);
create index snapshot_row on kernel.snapshot (workspace_id, row_id, on_date desc);
call kernel.protect('kernel.snapshot', 'account_id', p_audit => false);
revoke update, delete on kernel.snapshot from openkam_all, openkam_scoped;

-- A schedule slot is a row: two servers cannot both take it.
create table kernel.schedule_slot (
  name text not null,
  slot text not null,
  taken_at timestamptz not null default now(),
  done_at timestamptz,
  primary key (name, slot)
);
grant select, insert, update, delete on kernel.schedule_slot to openkam_app;

-- Text for searching: lower case, without accents. Immutable so that indexes may use it; in PL/pgSQL and with full names because
-- that is seven times as fast as SQL with a search path of its own, and it runs for every name written.
create function kernel.fold(t text) returns text language plpgsql immutable parallel safe strict as $$
begin return lower(public.unaccent('public.unaccent'::regdictionary, t)); end $$;

-- How near a word comes to one of the words of a text, both folded: 0 (no typing error explains the difference) to 1 (the same).
-- Forgives one error in four letters, two in six; a swapped pair counts as two.
create function kernel.near(word text, t text) returns real language plpgsql immutable parallel safe strict as $$
declare
  len int := length(word);
  errors int := case when len < 4 then 0 when len < 6 then 1 else 2 end;
  best real := 0;
  off int;
  w text;
begin
  if len > 60 then return 0; end if;
  foreach w in array string_to_array(translate(t, '.,;:-_/&()''"+', '             '), ' ') loop
    continue when abs(length(w) - len) > errors;
    off := public.levenshtein_less_equal(word, w, errors);
    if off <= errors then best := greatest(best, 1 - off::real / greatest(len, length(w))); end if;
  end loop;
  return best;
end $$;

grant execute on all functions in schema kernel to openkam_app, openkam_all, openkam_scoped;
