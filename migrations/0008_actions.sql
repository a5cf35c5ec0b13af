-- Actions: who does what until when, at an account or attached to anything.

create table action (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  title text not null check (length(title) between 1 and 300),
  notes text not null default '' check (length(notes) <= 20000),
  owner_id uuid,
  due_on date,
  status text not null default 'open' check (status in ('open', 'done', 'dropped')),
  -- When it left the state 'open'.
  done_at timestamptz,
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high')),
  account_id uuid,
  -- What it belongs to beside the account: 'plan', 'goal', 'risk', 'person' … and that row's id.
  link_kind text check (link_kind ~ '^[a-z][a-z_]{0,39}$'),
  link_id uuid,
  created_by uuid,
  -- Order by hand within what it belongs to.
  position int not null default 0,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references member (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, created_by) references member (workspace_id, id),
  check ((link_kind is null) = (link_id is null)),
  check ((status = 'open') = (done_at is null))
);
create index action_due on action (workspace_id, coalesce(due_on, '9999-12-31'), id) where status = 'open';
create index action_owner on action (workspace_id, owner_id, coalesce(due_on, '9999-12-31'), id);
create index action_account on action (workspace_id, account_id, coalesce(due_on, '9999-12-31'), id);
create index action_created_by on action (workspace_id, created_by);
create index action_link on action (workspace_id, link_id, position, id) where link_id is not null;
create index action_search on action using gin (kernel.fold(title) gin_trgm_ops);
-- Whoever has to do it, or asked for it, sees it without seeing the account.
call kernel.protect('action', 'account_id', p_also => 'owner_id = (select kernel.member()) or created_by = (select kernel.member())');

-- Search by title with tolerance for typing errors; repeats the visibility of the table itself, see account_search.
create function action_search(q text, n int) returns table (id uuid, account_id uuid, title text, subtitle text, rank real)
language plpgsql stable security definer set search_path = public, kernel, pg_temp set pg_trgm.word_similarity_threshold = 0.45
  set plan_cache_mode = force_custom_plan set max_parallel_workers_per_gather = 0 as $$
declare
  folded text := kernel.fold(q);
  literal text := regexp_replace(folded, '([\\%_])', '\\\1', 'g');
begin
  if length(folded) >= 3 then
    return query
      with found as materialized (
      (select t.id from action t where t.workspace_id = kernel.ws() and (kernel.sees_all() or t.account_id = any (kernel.seen()) or t.owner_id = kernel.member() or t.created_by = kernel.member())
         and (folded <% kernel.fold(t.title) or kernel.fold(t.title) like '%' || literal || '%') limit 1000))
      select t.id, t.account_id, t.title, concat_ws(' · ', a.name, m.name, t.due_on::text), (case when kernel.fold(t.title) = folded then 1.8 when kernel.fold(t.title) like literal || '%' then 1.3 else 0 end
              + word_similarity(folded, kernel.fold(t.title)) - case when t.status = 'open' then 0 else 0.3 end)::real as rank
      from found join action t on t.workspace_id = kernel.ws() and t.id = found.id
      left join account a on a.workspace_id = t.workspace_id and a.id = t.account_id and (kernel.sees_all() or a.id = any (kernel.seen()))
      left join member m on m.workspace_id = t.workspace_id and m.id = t.owner_id
      order by rank desc, t.title limit n;
    if found then return; end if;
    -- Nothing like it: perhaps one or two letters are wrong.
    perform set_config('pg_trgm.word_similarity_threshold', '0.25', true);
    return query
      with tried as materialized (select t.id, kernel.near(folded, kernel.fold(t.title)) as near from action t
        where t.workspace_id = kernel.ws() and (kernel.sees_all() or t.account_id = any (kernel.seen()) or t.owner_id = kernel.member() or t.created_by = kernel.member()) and folded <% kernel.fold(t.title) limit 3000),
      found as (select x.id, x.near from tried x where x.near > 0 order by x.near desc limit n)
      select t.id, t.account_id, t.title, concat_ws(' · ', a.name, m.name, t.due_on::text), found.near * 0.5::real as rank
      from found join action t on t.workspace_id = kernel.ws() and t.id = found.id
      left join account a on a.workspace_id = t.workspace_id and a.id = t.account_id and (kernel.sees_all() or a.id = any (kernel.seen()))
      left join member m on m.workspace_id = t.workspace_id and m.id = t.owner_id
      order by rank desc, t.title;
  else
    -- One or two letters: what begins with them, then what has a word that does.
    return query
      with found as materialized (
      (select t.id from action t where t.workspace_id = kernel.ws() and (kernel.sees_all() or t.account_id = any (kernel.seen()) or t.owner_id = kernel.member() or t.created_by = kernel.member())
         and (kernel.fold(t.title) like literal || '%' or kernel.fold(t.title) like '% ' || literal || '%') limit 200))
      select t.id, t.account_id, t.title, concat_ws(' · ', a.name, m.name, t.due_on::text), (case when kernel.fold(t.title) = folded then 1.8 when kernel.fold(t.title) like literal || '%' then 1.3 else 0 end
              + word_similarity(folded, kernel.fold(t.title)) - case when t.status = 'open' then 0 else 0.3 end)::real as rank
      from found join action t on t.workspace_id = kernel.ws() and t.id = found.id
      left join account a on a.workspace_id = t.workspace_id and a.id = t.account_id and (kernel.sees_all() or a.id = any (kernel.seen()))
      left join member m on m.workspace_id = t.workspace_id and m.id = t.owner_id
      order by rank desc, t.title limit n;
  end if;
end $$;
revoke execute on function action_search from public;
grant execute on function action_search to openkam_all, openkam_scoped;
