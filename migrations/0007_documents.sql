-- Documents: a title with versions; the content lies in the file store under its SHA-256.

create table document (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  -- Null: a paper of the whole workspace (a template, a price list) that every member sees.
  account_id uuid,
  -- What it is attached to beside the account: 'plan', 'person' … and that row's id.
  link_kind text check (link_kind ~ '^[a-z][a-z_]{0,39}$'),
  link_id uuid,
  title text not null check (length(title) between 1 and 300),
  tags text[] not null default '{}',
  -- The number of the newest version.
  current_number int not null default 1,
  created_by uuid,
  archived_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- For finding; see account.
  title_key text not null generated always as (kernel.fold(title)) stored,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, created_by) references member (workspace_id, id),
  check ((link_kind is null) = (link_id is null)),
  -- What is attached to something follows the visibility of an account, never that of everybody.
  check (link_id is null or account_id is not null)
);
create index document_account on document (workspace_id, account_id, updated_at desc, id desc);
create index document_updated on document (workspace_id, updated_at desc, id desc);
create index document_link on document (workspace_id, link_id) where link_id is not null;
create index document_created_by on document (workspace_id, created_by);
call kernel.protect('document', 'account_id', p_also => 'account_id is null', p_secret => 'title_key');

create table document_version (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  document_id uuid not null,
  -- The document's account once more, because it decides who sees the row.
  account_id uuid,
  number int not null check (number >= 1),
  file_key text not null check (file_key ~ '^[0-9a-f]{64}$'),
  file_name text not null check (length(file_name) between 1 and 300),
  -- Found by looking at the content, not by believing the sender.
  type text not null check (length(type) between 3 and 100),
  bytes bigint not null check (bytes >= 0),
  note text not null default '' check (length(note) <= 2000),
  uploaded_by uuid,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, document_id, number),
  foreign key (workspace_id, document_id) references document (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, uploaded_by) references member (workspace_id, id)
);
create index document_version_account on document_version (workspace_id, account_id);
create index document_version_uploaded_by on document_version (workspace_id, uploaded_by);
create index document_version_file on document_version (file_key);
call kernel.protect('document_version', 'account_id', p_also => 'account_id is null');

call kernel.searchable('document', 'title_key');

-- The documents' part of the search over everything; repeats the visibility of the table itself, see account_search.
create function document_search(asked kernel.asked) returns table (id uuid, account_id uuid, title text, subtitle text, rank real)
language plpgsql stable security definer set search_path = public, kernel, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  return query
    select f.id, f.account_id, f.title, coalesce(a.name, ''), (kernel.fits(f.title_key, asked.text) - 0.2)::real as rank
    from (select d.* from document d where d.workspace_id = kernel.ws() and kernel.word_index(d.title_key) @@ asked.words and d.title_key like all (asked.also)
            and d.archived_at is null and (kernel.sees_all() or d.account_id is null or d.account_id in (select unnest(kernel.seen()))) limit 200) f
    left join account a on a.workspace_id = f.workspace_id and a.id = f.account_id
    order by rank desc, f.title, f.id limit asked.most;
end $$;
revoke execute on function document_search from public;
grant execute on function document_search to openkam_all, openkam_scoped;
