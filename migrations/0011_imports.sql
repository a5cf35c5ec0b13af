-- Imports: files that were brought in, how they were read, what each row became, and what is needed to take it back.

create table import (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  name text not null check (length(name) between 1 and 200),
  state text not null default 'analysing' check (state in
    ('analysing', 'questions', 'ready', 'checking', 'running', 'cancelling', 'cancelled', 'done', 'failed', 'undoing', 'undone')),
  -- 'web' or 'cli'
  source text not null default 'web' check (source in ('web', 'cli')),
  -- What to do with owners that nobody knows and with columns that have no field.
  options jsonb not null default '{}',
  started_by uuid not null,
  -- What is going on right now, in words, and how far it is.
  phase text not null default '' check (length(phase) <= 300),
  progress_done bigint not null default 0,
  progress_total bigint not null default 0,
  touched_at timestamptz not null default now(),
  -- What went wrong, in words.
  problem text check (length(problem) <= 2000),
  -- Where a failed import goes on when it is resumed.
  resume_state text check (resume_state in ('analysing', 'checking', 'running', 'undoing')),
  attempts int not null default 0,
  -- Fields and members that it made, so that undo can take them away.
  made jsonb not null default '{}',
  undo_report jsonb,
  applied_at timestamptz,
  finished_at timestamptz,
  undone_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, started_by) references member (workspace_id, id)
);
create index import_starter on import (workspace_id, started_by);
create index import_working on import (touched_at) where state in ('analysing', 'checking', 'running', 'cancelling', 'undoing');
-- Who sees all accounts sees all imports, others their own: an import shows rows of its files.
call kernel.protect('import', p_also => 'started_by = kernel.member()', p_secret => 'phase,progress_done,progress_total,touched_at,attempts');

create table import_file (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  import_id uuid not null,
  started_by uuid not null,
  no int not null,
  file_name text not null check (length(file_name) between 1 and 300),
  -- SHA-256 of the content, where it lies in the file store.
  file_key text not null,
  bytes bigint not null,
  skipped boolean not null default false,
  entity text check (length(entity) <= 60),
  -- What the file was taken for, why, and what else it could be.
  recognition jsonb not null default '{}',
  -- How to read it: encoding, delimiter, sheet, header row, as found or as chosen by a person.
  reading jsonb not null default '{}',
  chosen jsonb not null default '{}',
  -- What the columns hold, as far as mapping and questions need it.
  profile jsonb not null default '[]',
  mapping jsonb not null default '[]',
  answers jsonb not null default '{}',
  questions jsonb not null default '[]',
  decisions jsonb not null default '{}',
  warnings jsonb not null default '[]',
  preview jsonb not null default '[]',
  rows_total int not null default 0,
  -- The system whose ids the file holds.
  system text not null default 'import' check (length(system) between 1 and 60),
  saved_mapping_id uuid,
  -- Why the file cannot be read, in words.
  problem text check (length(problem) <= 2000),
  report jsonb,
  primary key (workspace_id, id),
  unique (workspace_id, import_id, no),
  foreign key (workspace_id, import_id) references import (workspace_id, id) on delete cascade
);
call kernel.protect('import_file', p_also => 'started_by = kernel.member()', p_audit => false);

-- A mapping that proved itself; files with the same header are read with it.
create table import_mapping (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  name text not null check (length(name) between 1 and 100),
  entity text not null check (length(entity) <= 60),
  -- Hash of the column names.
  fingerprint text not null,
  header text[] not null,
  mapping jsonb not null,
  answers jsonb not null default '{}',
  system text not null check (length(system) between 1 and 60),
  used_at timestamptz not null default now(),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index import_mapping_name on import_mapping (workspace_id, lower(name));
create index import_mapping_fingerprint on import_mapping (workspace_id, fingerprint);
call kernel.protect('import_mapping', p_secret => 'used_at');

-- Rows that were not taken, or taken with something left out: which, where, why.
create table import_note (
  workspace_id uuid not null references workspace,
  import_id uuid not null,
  file_no int not null,
  row_no int not null,
  no int not null,
  started_by uuid not null,
  weight text not null check (weight in ('reject', 'warn', 'skip')),
  column_name text not null default '',
  code text not null,
  message text not null,
  value text not null default '',
  primary key (workspace_id, import_id, file_no, row_no, no),
  foreign key (workspace_id, import_id) references import (workspace_id, id) on delete cascade
);
call kernel.protect('import_note', p_also => 'started_by = kernel.member()', p_audit => false);

-- What an import wrote, one line a chunk, table and kind of change; the arrays go together.
create table import_change (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  import_id uuid not null,
  file_no int not null,
  started_by uuid not null,
  -- 'row' lines count rows of the file; they say what became of each.
  table_name text not null,
  action text not null check (action in ('insert', 'update')),
  row_nos int[] not null,
  row_ids uuid[] not null,
  versions int[] not null,
  before jsonb,
  undone_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, import_id) references import (workspace_id, id) on delete cascade
);
create index import_change_import on import_change (workspace_id, import_id, id);
call kernel.protect('import_change', p_also => 'started_by = kernel.member()', p_audit => false);

-- Words of a name without marks between them, for comparing names; `kernel.fold` has taken case and accents away already.
create function kernel.plain_key(folded text) returns text language sql immutable parallel safe strict
  as $$ select btrim(regexp_replace(folded, '[^[:alnum:]]+', ' ', 'g')) $$;

-- Which of these ids of another system somebody has, whoever may see them: an import under a limited view must not trip over them.
create function account_external_ids_taken(p_system text, p_ids text[]) returns table (external_id text)
language sql stable security definer set search_path = public, kernel, pg_temp as $$
  select x.external_id from account_external_id x where x.workspace_id = kernel.ws() and x.system = p_system and x.external_id = any (p_ids)
$$;
-- The whole account tree as pairs of ids, whoever may see them: a circle must never be made in the dark.
create function account_edges() returns table (id uuid, parent_id uuid)
language sql stable security definer set search_path = public, kernel, pg_temp as $$
  select a.id, a.parent_id from account a where a.workspace_id = kernel.ws() and a.parent_id is not null
$$;
-- Of these rows of a table, those that a row of another table (or another row of the same one) refers to.
create function kernel.referenced(p_table text, p_ids uuid[], p_except text[] default '{}') returns table (id uuid)
language plpgsql stable security definer set search_path = public, kernel, pg_temp as $$
declare
  r record;
begin
  for r in
    select c.conrelid::regclass as child, a.attname as col
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[array_position(c.confkey, (
      select t.attnum from pg_attribute t where t.attrelid = c.confrelid and t.attname = case when p_table = 'stakeholder' then 'person_id' else 'id' end))]
    where c.contype = 'f' and c.confrelid = p_table::regclass and not (c.conrelid::regclass::text = any (p_except))
  loop
    return query execute format(
      'select distinct x.%I from %s x where x.workspace_id = kernel.ws() and x.%I = any ($1)%s', r.col, r.child, r.col,
      case when r.child = p_table::regclass then ' and not (x.id = any ($1))' else '' end) using p_ids;
  end loop;
end $$;
-- After many rows came in: search indexes take in what waits in their pending lists, and the planner learns the new sizes.
create function kernel.tidy(p_tables text[]) returns void
language plpgsql security definer set search_path = public, kernel, pg_temp as $$
declare
  r record;
begin
  for r in
    select i.indexrelid from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
    where i.indrelid = any (select t::regclass from unnest(p_tables) t) and m.amname = 'gin'
  loop
    perform gin_clean_pending_list(r.indexrelid);
  end loop;
  for r in select t::regclass as name from unnest(p_tables) t loop
    execute format('analyze %s', r.name);
  end loop;
end $$;
revoke execute on function account_external_ids_taken, account_edges, kernel.referenced, kernel.tidy from public;
grant execute on function account_external_ids_taken, account_edges, kernel.referenced, kernel.tidy, kernel.plain_key to openkam_all, openkam_scoped;
