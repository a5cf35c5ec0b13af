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

-- ── Search ──
-- A table that can be searched has one index of the words of its rows (`kernel.word_index(key) @@ words`), and its words stand in one
-- list for all tables. From the list a search knows, before it asks any room, what a mistyped word was meant to be and which kinds of
-- rows can have an answer at all.

-- The words of a folded text: what spaces and signs part. By numbers of characters, not by what a locale takes for a letter; built-in
-- functions alone, for it runs for every row written. `bare_words` parts at digits too: of `keller12` it has `keller`.
create function kernel.words(t text) returns text[] language sql immutable parallel safe as $$
  select array_remove(regexp_split_to_array(t, E'[\u0001-/:-@\\[-`{-\u00A0\u00B4\u00B7\u2000-\u206F\u3000-\u3003\u30FB]+'), '')
$$;
create function kernel.bare_words(t text) returns text[] language sql immutable parallel safe as $$
  select array_remove(regexp_split_to_array(t, E'[\u0001-@\\[-`{-\u00A0\u00B4\u00B7\u2000-\u206F\u3000-\u3003\u30FB]+'), '')
$$;
create function kernel.word_index(t text) returns tsvector language sql immutable parallel safe as $$
  select array_to_tsvector(case when t ~ '[0-9]' then kernel.words(t) || kernel.bare_words(t) else kernel.words(t) end)
$$;

-- The words in use by each kind of row: without digits, three letters or more. Who sees only some accounts reads none of it: the functions
-- below do, and what a search answers with are rows that the reader sees, never words. A word may stand here twice: one that waits for another's commit would be worse.
create table kernel.word (
  workspace_id uuid not null,
  id uuid not null default kernel.new_id(),
  kind text not null,
  word text not null collate "C",
  primary key (workspace_id, id)
);
create index word_word on kernel.word (workspace_id, word, kind);
-- Words whose beginning is mistyped are found by their end, and by any three letters of theirs.
create index word_reversed on kernel.word (workspace_id, (reverse(word)) collate "C", word, kind);
create index word_part on kernel.word using gin (word gin_trgm_ops);
call kernel.protect('kernel.word', p_also => 'false', p_audit => false);
revoke insert, update, delete on kernel.word from openkam_all, openkam_scoped;

-- Makes the rows of a table findable by the words of a column of folded text (`name_key`): their index, and their words in the list.
create procedure kernel.searchable(p_table regclass, p_key text)
language plpgsql as $$
declare
  name text := replace(replace(p_table::text, '.', '_'), '"', '');
begin
  execute format('create index %I on %s using gin (kernel.word_index(%I))', name || '_words', p_table, p_key);
  execute format($f$
    create function kernel.words_of_%1$s() returns trigger language plpgsql security definer set search_path = kernel, public, pg_temp as $t$
    begin
      if tg_level = 'ROW' then perform kernel.learn(new.workspace_id, %1$L, array[new.%2$I]);
      else perform kernel.learn(n.workspace_id, %1$L, array_agg(n.%2$I)) from new_rows n group by n.workspace_id;
      end if;
      return null;
    end $t$ $f$, name, p_key);
  execute format('create trigger words_insert after insert on %s referencing new table as new_rows for each statement execute function kernel.words_of_%s()', p_table, name);
  execute format('create trigger words_update after update on %s for each row when (old.%I is distinct from new.%I) execute function kernel.words_of_%s()', p_table, p_key, p_key, name);
end $$;

-- Takes the words of these texts into the list.
create function kernel.learn(p_ws uuid, p_kind text, p_texts text[]) returns void
language sql set search_path = kernel, public, pg_temp as $$
  insert into kernel.word (workspace_id, kind, word)
  select p_ws, p_kind, x.word from (select distinct w.word collate "C" as word from unnest(p_texts) t cross join lateral unnest(kernel.bare_words(t)) w(word)) x
  where length(x.word) between 3 and 40
    and not exists (select from kernel.word k where k.workspace_id = p_ws and k.kind = p_kind and k.word = x.word)
$$;

-- The words of the list that a mistyped one comes near to, the nearest first: one letter wrong, missing or too many in three to five, two
-- in six. With so few errors one half of the word is mostly right, and the indexes find it by that half; only when that gives nothing,
-- by any letters. What is still being typed may be the beginning of a longer word.
create function kernel.nearest(p_word text, p_kinds text[]) returns table (word text, kind text)
language plpgsql stable set search_path = kernel, public, pg_temp set plan_cache_mode = force_generic_plan set pg_trgm.similarity_threshold = 0.2 as $$
declare
  ws uuid := kernel.ws();
  len int := length(p_word);
  errors int := case when len < 6 then 1 else 2 end;
  head text := left(p_word, len / 2);
  tail text := left(reverse(p_word), len - len / 2);
  last_sign text := U&'\+10FFFF';
begin
  if len < 3 or len > 40 then return; end if;
  for attempt in 1..2 loop
    return query
      with tried as (
        select x.word, x.kind from kernel.word x where attempt = 1 and x.workspace_id = ws and x.word >= head and x.word < head || last_sign
          and x.kind = any (p_kinds) and length(x.word) >= len - errors
        union all
        select x.word, x.kind from kernel.word x where attempt = 1 and len > 3 and x.workspace_id = ws and reverse(x.word) collate "C" >= tail and reverse(x.word) collate "C" < tail || last_sign
          and x.kind = any (p_kinds) and length(x.word) between len - errors and len + errors
        union all
        select x.word, x.kind from kernel.word x where attempt = 2 and x.workspace_id = ws and x.kind = any (p_kinds) and x.word % p_word),
      measured as (
        select t.word, t.kind, least(levenshtein_less_equal(p_word, t.word, errors),
            case when len >= 4 and length(t.word) > len + 1 then 0.5 + least(levenshtein_less_equal(p_word, left(t.word, len - 1), 1),
              levenshtein_less_equal(p_word, left(t.word, len), 1), levenshtein_less_equal(p_word, left(t.word, len + 1), 1)) end) as off
        from tried t)
      select m.word, m.kind from measured m where m.off <= errors + case when length(m.word) > len + 1 then 0.5 else 0 end
      group by m.word, m.kind, m.off order by m.off, left(m.word, 1) <> left(p_word, 1), abs(length(m.word) - len), m.word limit 12;
    if found then return; end if;
  end loop;
end $$;

-- What a room is asked: `text` as typed (or corrected) and folded, which a name may begin with; `words` for its index of words; each of
-- `also` must be in the name, as `like` has it; and no more than `most` hits.
create type kernel.asked as (text text, words tsquery, also text[], most int);

-- Reads a question, and says which of the kinds can have an answer. Three readings, each for when the one before found next to nothing:
-- 'typed': every word, or the beginning or a part of one, is there; a word that nothing has is corrected. 'corrected': any word may be
-- mistyped, even into one that exists; nothing when no other word is near. 'fewer': one of the words need not be there.
-- Few statements, and simple ones: to begin one costs more than to run it.
create function kernel.ask(p_q text, p_kinds text[], p_most int, p_reading text) returns table (asked kernel.asked, kinds text[])
language plpgsql stable security definer set search_path = kernel, public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  ws uuid := kernel.ws();
  typed text := btrim(regexp_replace(kernel.fold(p_q), '\s+', ' ', 'g'));
  -- One word may be anything, an address or a number, and every room is asked for it.
  several boolean := position(' ' in typed) > 0;
  last_sign text := U&'\+10FFFF';
  w text;
  spelling text;
  part text;
  near text;
  here text[];
  near_here text[];
  seen_in text[] := '{}';
  n int;
  spelled text[] := '{}';
  sure text[] := '{}';
  loose text[] := '{}';
  corrected boolean := false;
  otherwise boolean := false;
  lost boolean := false;
begin
  kinds := p_kinds;
  foreach w in array (kernel.words(typed))[1:6] loop
    part := null; spelling := w; here := kinds; near := null;
    if length(w) < 3 then n := 99;
    elsif w ~ '[0-9]' then n := 1; part := quote_literal(w) || ':*';
    else
      -- What begins with it, and what has it inside.
      select string_agg(quote_literal(x.word), ' | '), array_agg(distinct x.kind), count(*) into part, here, n from (
        (select x.word, x.kind from kernel.word x where x.workspace_id = ws and x.word >= w and x.word < w || last_sign and x.kind = any (kinds) order by x.word limit 40)
        union all
        (select x.word, x.kind from kernel.word x where x.workspace_id = ws and x.word like '%' || w || '%' and not starts_with(x.word, w) and x.kind = any (kinds) limit 12)) x;
      if p_reading = 'corrected' or (n = 0 and (several or p_reading = 'fewer')) then
        select string_agg(quote_literal(x.word), ' | '), array_agg(distinct x.kind), coalesce(case when n = 0 then (array_agg(x.word))[1] end, w) into near, near_here, spelling
          from kernel.nearest(w, kinds) x where position(w in x.word) = 0;
        if n = 0 and near is null then
          -- Perhaps two words without the space between them.
          select '(' || quote_literal(x.word) || ' & ' || quote_literal(r.rest) || ':*)', array[x.kind], x.word || ' ' || r.rest into near, near_here, spelling
            from kernel.word x cross join lateral substr(w, length(x.word) + 1) r(rest)
            where x.workspace_id = ws and x.word = any (array(select left(w, i) from generate_series(3, length(w) - 3) i)) and x.kind = any (kinds)
              and exists (select from kernel.word y where y.workspace_id = ws and y.word >= r.rest and y.word < r.rest || last_sign and y.kind = x.kind)
            order by length(x.word) desc limit 1;
        end if;
        if near is not null then
          corrected := true;
          otherwise := otherwise or n > 0 or not several;
          here := coalesce(here, '{}') || near_here;
        end if;
      end if;
      if part is null and near is null then
        lost := true;
        continue;
      end if;
      if n >= 40 then here := kinds; end if;
      part := '(' || concat_ws(' | ', part, near) || ')';
    end if;
    spelled := spelled || spelling;
    -- What begins with a few letters is too much to look up: it is checked in the rows that the other words find.
    if n >= 40 then loose := loose || w; else sure := sure || part; end if;
    if p_reading = 'fewer' then seen_in := seen_in || here; elsif several then kinds := here; end if;
  end loop;
  if p_reading = 'corrected' and not otherwise then return; end if;
  if lost and p_reading <> 'fewer' then
    if several then return; end if;
    sure := '{}'; loose := '{}';
  end if;
  if p_reading = 'fewer' then
    kinds := seen_in;
    if not lost then
      if cardinality(sure) + cardinality(loose) < 2 or sure = '{}' then return; end if;
      -- Any but one of them; the beginning is tried without the last.
      if cardinality(sure) > 1 then
        sure := array[(select string_agg('(' || (select string_agg(b.part, ' & ') from unnest(sure) with ordinality b(part, n) where b.n <> a.n) || ')', ' | ') from generate_subscripts(sure, 1) a(n))];
      end if;
      spelled := trim_array(spelled, 1); loose := '{}';
    end if;
    typed := array_to_string(spelled, ' ');
    if typed = '' then return; end if;
  elsif corrected then typed := array_to_string(spelled, ' ');
  end if;
  if sure = '{}' and loose <> '{}' then
    sure := array[quote_literal(loose[1]) || ':*']; loose := loose[2:];
  end if;
  asked := row(typed, nullif(array_to_string(sure, ' & '), '')::tsquery, string_to_array(nullif('%' || array_to_string(loose, '%|%') || '%', '%%'), '|'), p_most);
  asked.also := coalesce(asked.also, '{}');
  return next;
end $$;

revoke execute on function kernel.ask from public;

-- How well a name fits: whole, as its beginning, as whole words in it, or word by word; shorter names fit better.
create function kernel.fits(p_key text, p_text text) returns real language sql immutable parallel safe as $$
  select (case when p_key = p_text then 3 when starts_with(p_key, p_text) then 2 when position(' ' || p_text in p_key) > 0 then 1 else 0 end
          + 0.5 * least(1, length(p_text)::real / greatest(length(p_key), 1)))::real
$$;

grant execute on all functions in schema kernel to openkam_app, openkam_all, openkam_scoped;
