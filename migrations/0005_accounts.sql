-- Accounts: profile, tree, owner, account team, tier, external ids. Visibility of everything hangs on this room.

create table account (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  name text not null check (length(name) between 1 and 300),
  parent_id uuid,
  owner_id uuid,
  sponsor_id uuid,
  -- 'key', 'growth', 'standard' … as the workspace words it; null: not tiered yet.
  tier text check (length(tier) between 1 and 60),
  status text not null default 'active' check (status in ('prospect', 'active', 'paused', 'former')),
  type text check (length(type) <= 100),
  industry text check (length(industry) <= 200),
  country text check (length(country) <= 100),
  region text check (length(region) <= 100),
  city text check (length(city) <= 100),
  street text check (length(street) <= 300),
  postal_code text check (length(postal_code) <= 30),
  website text check (length(website) <= 500),
  phone text check (length(phone) <= 60),
  employees bigint check (employees >= 0),
  -- The account's own yearly revenue, as its books or a CRM say.
  annual_revenue_minor bigint,
  annual_revenue_currency text check (annual_revenue_currency ~ '^[A-Z]{3}$'),
  -- What the account pays us in a year, as entered; a ledger of contracts may take its place.
  arr_minor bigint,
  arr_currency text check (arr_currency ~ '^[A-Z]{3}$'),
  -- What it could pay us more, as estimated.
  potential_minor bigint,
  potential_currency text check (potential_currency ~ '^[A-Z]{3}$'),
  customer_since date,
  renewal_on date,
  description text not null default '' check (length(description) <= 20000),
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz,
  -- Set when this account was merged into another one.
  merged_into_id uuid,
  -- The import that made it, so that the import can be undone.
  import_id uuid,
  -- For sorting and finding. Stored, because comparisons of a column may use an index under row-level security where a function may not.
  name_key text not null generated always as (kernel.fold(name)) stored,
  primary key (workspace_id, id),
  foreign key (workspace_id, parent_id) references account (workspace_id, id),
  foreign key (workspace_id, merged_into_id) references account (workspace_id, id),
  foreign key (workspace_id, owner_id) references member (workspace_id, id),
  foreign key (workspace_id, sponsor_id) references member (workspace_id, id),
  check (parent_id <> id),
  check ((annual_revenue_minor is null) = (annual_revenue_currency is null)),
  check ((arr_minor is null) = (arr_currency is null)),
  check ((potential_minor is null) = (potential_currency is null))
);
create index account_name on account (workspace_id, name_key collate "C", id);
create index account_updated on account (workspace_id, updated_at desc, id desc);
create index account_arr on account (workspace_id, coalesce(arr_minor, -1) desc, id desc);
create index account_owner on account (workspace_id, owner_id);
create index account_sponsor on account (workspace_id, sponsor_id) where sponsor_id is not null;
create index account_parent on account (workspace_id, parent_id) where parent_id is not null;
create index account_merged on account (workspace_id, merged_into_id) where merged_into_id is not null;
call kernel.protect('account', 'id', p_secret => 'name_key');

create table account_external_id (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  account_id uuid not null,
  -- The system that gave the id: 'salesforce', 'erp' …
  system text not null check (length(system) between 1 and 60),
  external_id text not null check (length(external_id) between 1 and 200),
  primary key (workspace_id, id),
  unique (workspace_id, system, external_id),
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade
);
create index account_external_id_account on account_external_id (workspace_id, account_id);
call kernel.protect('account_external_id', 'account_id', p_audit => false);

-- Colleagues around an account, by function.
create table account_team (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  account_id uuid not null,
  member_id uuid not null,
  function text not null default 'other' check (length(function) between 1 and 60),
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, account_id, member_id, function),
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade,
  foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade
);
create index account_team_member on account_team (workspace_id, member_id, account_id);
call kernel.protect('account_team', 'account_id');

-- Which accounts a member sees. Lists, sums, charts, exports, search: all hang on this one function.
--   own           accounts that the member owns or sponsors
--   account_team  … and those whose account team the member is in
--   team          … and those owned by members of the member's team or a team below it
create or replace function kernel.visible_accounts(p_ws uuid, p_member uuid, p_level text) returns uuid[]
language sql stable security definer set search_path = public, kernel, pg_temp as $$
  with recursive below as (
    select t.id from team t join member m on m.workspace_id = t.workspace_id and m.team_id = t.id
    where p_level = 'team' and m.workspace_id = p_ws and m.id = p_member
    union
    select t.id from team t join below b on t.parent_id = b.id where t.workspace_id = p_ws
  )
  select coalesce(array_agg(id), '{}') from (
    select id from account where workspace_id = p_ws and owner_id = p_member
    union
    select id from account where workspace_id = p_ws and sponsor_id = p_member
    union
    select account_id from account_team where p_level in ('account_team', 'team') and workspace_id = p_ws and member_id = p_member
    union
    select a.id from account a
    join member m on m.workspace_id = a.workspace_id and m.id = a.owner_id
    join below b on b.id = m.team_id
    where a.workspace_id = p_ws
  ) seen
$$;
grant execute on function kernel.visible_accounts to openkam_app, openkam_all, openkam_scoped;

-- A new row is seen by who may make it: the maker's list of visible accounts grows in the same transaction.
create function kernel.see_also(p_account uuid) returns void language sql as $$
  select set_config('openkam.seen', (kernel.seen() || p_account)::text, true)
$$;
grant execute on function kernel.see_also to openkam_all, openkam_scoped;

call kernel.searchable('account', 'name_key');

-- The accounts' part of the search over everything. An index of words may not be used under row-level security (`@@` is not leakproof),
-- so the function steps over it and applies the same condition itself.
create function account_search(asked kernel.asked) returns table (id uuid, account_id uuid, title text, subtitle text, rank real)
language plpgsql stable security definer set search_path = public, kernel, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  ws uuid := kernel.ws();
  everything boolean := kernel.sees_all();
  mine uuid[] := kernel.seen();
  tries constant int := 500;
  fit uuid[];
  n int;
begin
  if not everything and cardinality(mine) <= 1000 then
    -- A few accounts: each of them is looked at, unless few in the whole workspace fit.
    fit := array(
      (select a.id from account a where a.workspace_id = ws and a.name_key collate "C" >= asked.text and a.name_key collate "C" < asked.text || U&'\+10FFFF' limit tries)
      union all
      (select a.id from account a where a.workspace_id = ws and kernel.word_index(a.name_key) @@ asked.words and not starts_with(a.name_key, asked.text) limit tries));
    if cardinality(fit) < tries then mine := array(select unnest(fit) intersect select unnest(mine)); end if;
    return query
      select a.id, a.id, a.name, concat_ws(' · ', nullif(a.industry, ''), nullif(a.city, ''), nullif(a.country, '')), kernel.fits(a.name_key, asked.text) as rank
      from account a where a.workspace_id = ws and a.id = any (mine) and a.archived_at is null
        and (starts_with(a.name_key, asked.text) or a.name_key like all (asked.also) and kernel.word_index(a.name_key) @@ asked.words)
      order by rank desc, a.name_key collate "C", a.id limit asked.most;
    return;
  end if;
  -- First what begins with it, straight from the index of names: nothing else comes before that, and no cap can hide it.
  return query
    select a.id, a.id, a.name, concat_ws(' · ', nullif(a.industry, ''), nullif(a.city, ''), nullif(a.country, '')), kernel.fits(a.name_key, asked.text)
    from account a where a.workspace_id = ws and a.name_key collate "C" >= asked.text and a.name_key collate "C" < asked.text || U&'\+10FFFF'
      and a.archived_at is null and (everything or a.id in (select unnest(mine)))
    order by a.name_key collate "C", a.id limit asked.most;
  get diagnostics n = row_count;
  if n < asked.most then
    return query
      select f.id, f.id, f.name, concat_ws(' · ', nullif(f.industry, ''), nullif(f.city, ''), nullif(f.country, '')), kernel.fits(f.name_key, asked.text) as rank
      from (select a.* from account a where a.workspace_id = ws and kernel.word_index(a.name_key) @@ asked.words and a.name_key like all (asked.also)
              and not starts_with(a.name_key, asked.text) and a.archived_at is null and (everything or a.id in (select unnest(mine))) limit 200) f
      order by rank desc, f.name_key collate "C", f.id limit asked.most - n;
  end if;
end $$;
revoke execute on function account_search from public;
grant execute on function account_search to openkam_all, openkam_scoped;

-- Accounts with a name like this one, for finding duplicates: what the search finds in any of its readings, by how alike the names are.
create function account_similar(name text, n int) returns table (id uuid, rank real)
language plpgsql stable security definer set search_path = public, kernel, pg_temp as $$
declare
  folded text := kernel.fold(name);
begin
  return query
    select a.id, (case when a.name_key = folded then 2.0 when starts_with(a.name_key, folded) then 1.5 else 0 end + word_similarity(folded, a.name_key))::real as rank
    from (select distinct h.id from unnest('{typed,corrected,fewer}'::text[]) r(reading)
          cross join lateral kernel.ask(name, '{account}', greatest(n, 20), r.reading) q cross join lateral account_search(q.asked) h) f
    join account a on a.workspace_id = kernel.ws() and a.id = f.id
    where starts_with(a.name_key, folded) or word_similarity(folded, a.name_key) >= 0.45
    order by rank desc, a.name limit n;
end $$;
revoke execute on function account_similar from public;
grant execute on function account_similar to openkam_all, openkam_scoped;

-- The line upwards from an account, whoever may see it; only ids leave, and only the accounts room asks (before a move).
create function account_ancestors(p_id uuid) returns table (id uuid)
language sql stable security definer set search_path = public, kernel, pg_temp as $$
  with recursive up as (
    select a.parent_id as id, 1 as n from account a where a.workspace_id = kernel.ws() and a.id = p_id and a.parent_id is not null
    union all
    select a.parent_id, u.n + 1 from account a join up u on a.id = u.id where a.workspace_id = kernel.ws() and a.parent_id is not null and u.n < 100
  ) select id from up order by n
$$;
revoke execute on function account_ancestors from public;
grant execute on function account_ancestors to openkam_all, openkam_scoped;
