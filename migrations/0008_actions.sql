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
  -- For finding; see account.
  title_key text not null generated always as (kernel.fold(title)) stored,
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
-- Whoever has to do it, or asked for it, sees it without seeing the account.
call kernel.protect('action', 'account_id', p_also => 'owner_id = (select kernel.member()) or created_by = (select kernel.member())', p_secret => 'title_key');

call kernel.searchable('action', 'title_key');

-- The actions' part of the search over everything; repeats the visibility of the table itself, see account_search.
create function action_search(asked kernel.asked) returns table (id uuid, account_id uuid, title text, subtitle text, rank real)
language plpgsql stable security definer set search_path = public, kernel, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  return query
    select f.id, f.account_id, f.title, concat_ws(' · ', a.name, m.name, f.due_on::text), (kernel.fits(f.title_key, asked.text) - case when f.status = 'open' then 0.2 else 0.5 end)::real as rank
    from (select t.* from action t where t.workspace_id = kernel.ws() and kernel.word_index(t.title_key) @@ asked.words and t.title_key like all (asked.also)
            and (kernel.sees_all() or t.account_id in (select unnest(kernel.seen())) or t.owner_id = kernel.member() or t.created_by = kernel.member()) limit 200) f
    left join account a on a.workspace_id = f.workspace_id and a.id = f.account_id and (kernel.sees_all() or a.id in (select unnest(kernel.seen())))
    left join member m on m.workspace_id = f.workspace_id and m.id = f.owner_id
    order by rank desc, f.title, f.id limit asked.most;
end $$;
revoke execute on function action_search from public;
grant execute on function action_search to openkam_all, openkam_scoped;
