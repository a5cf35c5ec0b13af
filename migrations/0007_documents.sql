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
create index document_search on document using gin (kernel.fold(title) gin_trgm_ops);
call kernel.protect('document', 'account_id', p_also => 'account_id is null');

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

-- Search by title with tolerance for typing errors; repeats the visibility of the table itself, see account_search.
create function document_search(q text, n int) returns table (id uuid, account_id uuid, title text, subtitle text, rank real)
language plpgsql stable security definer set search_path = public, kernel, pg_temp set pg_trgm.word_similarity_threshold = 0.45
  set plan_cache_mode = force_custom_plan set max_parallel_workers_per_gather = 0 as $$
declare
  folded text := kernel.fold(q);
  literal text := regexp_replace(folded, '([\\%_])', '\\\1', 'g');
begin
  if length(folded) >= 3 then
    return query
      with found as materialized (
      (select d.id from document d where d.workspace_id = kernel.ws() and d.archived_at is null and (kernel.sees_all() or d.account_id is null or d.account_id = any (kernel.seen()))
         and (folded <% kernel.fold(d.title) or kernel.fold(d.title) like '%' || literal || '%') limit 1000))
      select d.id, d.account_id, d.title, coalesce(a.name, ''), (case when kernel.fold(d.title) = folded then 1.8 when kernel.fold(d.title) like literal || '%' then 1.3 else 0 end
              + word_similarity(folded, kernel.fold(d.title)))::real as rank
      from found join document d on d.workspace_id = kernel.ws() and d.id = found.id
      left join account a on a.workspace_id = d.workspace_id and a.id = d.account_id
      order by rank desc, d.title limit n;
    if found then return; end if;
    -- Nothing like it: perhaps one or two letters are wrong.
    perform set_config('pg_trgm.word_similarity_threshold', '0.25', true);
    return query
      with tried as materialized (select d.id, kernel.near(folded, kernel.fold(d.title)) as near from document d
        where d.workspace_id = kernel.ws() and d.archived_at is null and (kernel.sees_all() or d.account_id is null or d.account_id = any (kernel.seen())) and folded <% kernel.fold(d.title) limit 3000),
      found as (select x.id, x.near from tried x where x.near > 0 order by x.near desc limit n)
      select d.id, d.account_id, d.title, coalesce(a.name, ''), found.near * 0.5::real as rank
      from found join document d on d.workspace_id = kernel.ws() and d.id = found.id
      left join account a on a.workspace_id = d.workspace_id and a.id = d.account_id
      order by rank desc, d.title;
  else
    -- One or two letters: what begins with them, then what has a word that does.
    return query
      with found as materialized (
      (select d.id from document d where d.workspace_id = kernel.ws() and d.archived_at is null and (kernel.sees_all() or d.account_id is null or d.account_id = any (kernel.seen()))
         and (kernel.fold(d.title) like literal || '%' or kernel.fold(d.title) like '% ' || literal || '%') limit 200))
      select d.id, d.account_id, d.title, coalesce(a.name, ''), (case when kernel.fold(d.title) = folded then 1.8 when kernel.fold(d.title) like literal || '%' then 1.3 else 0 end
              + word_similarity(folded, kernel.fold(d.title)))::real as rank
      from found join document d on d.workspace_id = kernel.ws() and d.id = found.id
      left join account a on a.workspace_id = d.workspace_id and a.id = d.account_id
      order by rank desc, d.title limit n;
  end if;
end $$;
revoke execute on function document_search from public;
grant execute on function document_search to openkam_all, openkam_scoped;
