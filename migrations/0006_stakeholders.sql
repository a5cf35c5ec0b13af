-- People at accounts: who they are, and what they are at each account that they have to do with.

create table person (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  name text not null check (length(name) between 1 and 300),
  first_name text check (length(first_name) <= 150),
  last_name text check (length(last_name) <= 150),
  email text check (length(email) between 3 and 254),
  phone text check (length(phone) <= 60),
  mobile text check (length(mobile) <= 60),
  -- Language tag in which to write to this person.
  language text check (length(language) <= 35),
  notes text not null default '' check (length(notes) <= 20000),
  tags text[] not null default '{}',
  do_not_contact boolean not null default false,
  custom jsonb not null default '{}',
  version int not null default 1,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz,
  merged_into_id uuid,
  import_id uuid,
  -- For sorting and finding. Stored, because comparisons of a column may use an index under row-level security where a function may not.
  name_key text not null generated always as (kernel.fold(name)) stored,
  last_key text generated always as (kernel.fold(last_name)) stored,
  email_key text generated always as (lower(email)) stored,
  primary key (workspace_id, id),
  foreign key (workspace_id, created_by) references member (workspace_id, id),
  foreign key (workspace_id, merged_into_id) references person (workspace_id, id)
);
create index person_name on person (workspace_id, name_key collate "C", id);
create index person_last_name on person (workspace_id, last_key collate "C") where last_key is not null;
create index person_email on person (workspace_id, email_key collate "C") where email_key is not null;
create index person_updated on person (workspace_id, updated_at desc, id desc);
create index person_creator on person (workspace_id, created_by);
create index person_merged on person (workspace_id, merged_into_id) where merged_into_id is not null;
create index person_search on person using gin (name_key gin_trgm_ops);

create table person_external_id (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  person_id uuid not null,
  -- The system that gave the id: 'salesforce', 'erp' …
  system text not null check (length(system) between 1 and 60),
  external_id text not null check (length(external_id) between 1 and 200),
  primary key (workspace_id, id),
  unique (workspace_id, system, external_id),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
create index person_external_id_person on person_external_id (workspace_id, person_id);

-- A person at an account.
create table stakeholder (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  person_id uuid not null,
  account_id uuid not null,
  title text check (length(title) <= 200),
  department text check (length(department) <= 200),
  part text not null default 'none' check (part in
    ('economic_buyer', 'decision_maker', 'champion', 'technical', 'user', 'procurement', 'blocker', 'executive_sponsor', 'none')),
  -- From -2 (opposed) to 2 (champion); null: not known.
  stance int check (stance between -2 and 2),
  -- False: we assume part and stance; true: the person has shown them.
  confirmed boolean not null default false,
  influence int check (influence between 1 and 5),
  coverage text not null default 'none' check (coverage in ('none', 'brief', 'multiple', 'in_depth')),
  -- Another person at the same account.
  reports_to_id uuid,
  -- Days between two contacts; null: the workspace's default for the part.
  cadence_days int check (cadence_days between 1 and 3650),
  -- Who may read our judgement (part, stance, influence, coverage): its author and the account's owner, the account team, everybody.
  privacy text not null default 'company' check (privacy in ('private', 'account_team', 'company')),
  -- The account that the person mainly belongs to.
  is_primary boolean not null default false,
  started_on date,
  ended_on date,
  version int not null default 1,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  import_id uuid,
  primary key (workspace_id, id),
  unique (workspace_id, account_id, person_id),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id, reports_to_id) references stakeholder (workspace_id, account_id, person_id)
    on delete set null (reports_to_id),
  foreign key (workspace_id, created_by) references member (workspace_id, id),
  check (reports_to_id <> person_id),
  check (ended_on >= started_on)
);
create index stakeholder_person on stakeholder (workspace_id, person_id);
create index stakeholder_reports on stakeholder (workspace_id, account_id, reports_to_id) where reports_to_id is not null;
create index stakeholder_part on stakeholder (workspace_id, part, person_id) where part <> 'none';
create index stakeholder_creator on stakeholder (workspace_id, created_by);
call kernel.protect('stakeholder', 'account_id');

-- A person is seen with any of the accounts that the person has to do with; while there is none, by the creator. The list of people
-- at the visible accounts is made once a query and hashed (a correlated exists would run once a row); only the creator's own rows
-- ask for the rest. Lists of members with few accounts name that same list in their condition and start from it.
create function person_unplaced(p_ws uuid, p_person uuid) returns boolean
language sql stable security definer set search_path = public, kernel, pg_temp as $$
  select not exists (select from stakeholder s where s.workspace_id = p_ws and s.person_id = p_person)
$$;
revoke execute on function person_unplaced from public;
grant execute on function person_unplaced to openkam_all, openkam_scoped;
call kernel.protect('person',
  p_also => 'id in (select s.person_id from stakeholder s where s.workspace_id = kernel.ws()) or (created_by = kernel.member() and person_unplaced(workspace_id, id))',
  p_secret => 'name_key,last_key,email_key');
call kernel.protect('person_external_id',
  p_also => 'exists (select from person p where p.workspace_id = person_external_id.workspace_id and p.id = person_external_id.person_id)',
  p_audit => false);

-- May this person be seen by who sees these accounts? For functions that step over row-level security.
create function person_seen(p_ws uuid, p_person uuid, p_accounts uuid[]) returns boolean
language sql stable set search_path = public, kernel, pg_temp as $$
  select exists (select from stakeholder s where s.workspace_id = p_ws and s.person_id = p_person and s.account_id = any (p_accounts))
      or exists (select from person c where c.workspace_id = p_ws and c.id = p_person and c.created_by = kernel.member() and person_unplaced(p_ws, p_person))
$$;
revoke execute on function person_seen from public;

call kernel.searchable('person', 'name_key');

-- The people's part of the search over everything, by name and e-mail. Like account_search, it applies the condition of row-level security
-- itself, because an index of words may not be used under it.
create function person_search(asked kernel.asked) returns table (id uuid, account_id uuid, title text, subtitle text, rank real)
language plpgsql stable security definer set search_path = public, kernel, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  ws uuid := kernel.ws();
  everything boolean := kernel.sees_all();
  mine uuid[] := kernel.seen();
  until text := asked.text || U&'\+10FFFF';
  few boolean := not everything and cardinality(mine) <= 1000;
  -- Of a member with a few accounts: how many people are tried before it is better to look at everybody there.
  tries constant int := 1500;
  most int := case when few then tries else asked.most end;
  found uuid[];
begin
  -- Beginnings first, from the indexes; they are what people type.
  found := array(select p.id from person p where p.workspace_id = ws and p.name_key collate "C" >= asked.text and p.name_key collate "C" < until
    and p.archived_at is null and (everything or few or person_seen(ws, p.id, mine)) order by p.name_key collate "C", p.id limit most);
  if cardinality(found) < most then
    found := found || array(
      (select p.id from person p where p.workspace_id = ws and p.last_key collate "C" >= asked.text and p.last_key collate "C" < until
         and p.archived_at is null and (everything or few or person_seen(ws, p.id, mine)) order by p.last_key collate "C" limit most)
      union all
      (select p.id from person p where p.workspace_id = ws and p.email_key collate "C" >= asked.text and p.email_key collate "C" < until
         and p.archived_at is null and (everything or few or person_seen(ws, p.id, mine)) order by p.email_key collate "C" limit most));
  end if;
  if cardinality(found) < most then
    found := found || array(select p.id from person p where p.workspace_id = ws and kernel.word_index(p.name_key) @@ asked.words and p.name_key like all (asked.also)
      and not starts_with(p.name_key, asked.text) and p.archived_at is null and (everything or few or person_seen(ws, p.id, mine)) limit greatest(most, 200));
  end if;
  if few and cardinality(found) < 100 then
    found := array(select x from unnest(found) x where person_seen(ws, x, mine));
  elsif few and cardinality(found) < tries then
    found := array(
      select x from unnest(found) x where x in (select s.person_id from stakeholder s where s.workspace_id = ws and s.account_id = any (mine))
      union
      select c.id from person c where c.workspace_id = ws and c.id = any (found) and c.created_by = kernel.member() and person_unplaced(ws, c.id));
  elsif few then
    found := array(
      select p.id from (
        select s.person_id from stakeholder s where s.workspace_id = ws and s.account_id = any (mine)
        union
        select c.id from person c where c.workspace_id = ws and c.created_by = kernel.member() and person_unplaced(ws, c.id)
      ) v join person p on p.workspace_id = ws and p.id = v.person_id
      where p.archived_at is null
        and (starts_with(p.name_key, asked.text) or starts_with(p.last_key, asked.text) or starts_with(p.email_key, asked.text)
             or p.name_key like all (asked.also) and kernel.word_index(p.name_key) @@ asked.words));
  end if;
  return query
    select f.id, r.account_id, f.name, concat_ws(' · ', nullif(r.title, ''), coalesce(r.account, f.email)), f.rank
    from (
      select p.id, p.name, p.name_key, p.email,
        greatest(kernel.fits(p.name_key, asked.text), case when p.email_key = asked.text then 3.5 when starts_with(p.last_key, asked.text) or starts_with(p.email_key, asked.text) then 2 end)::real as rank
      from person p where p.workspace_id = ws and p.id = any (found)
      order by rank desc, p.name_key collate "C", p.id limit asked.most) f
    left join lateral (
      select s.account_id, s.title, a.name as account from stakeholder s join account a on a.workspace_id = s.workspace_id and a.id = s.account_id
      where s.workspace_id = ws and s.person_id = f.id and (everything or s.account_id = any (mine))
      order by s.is_primary desc, s.ended_on desc nulls first, s.id limit 1) r on true;
end $$;
revoke execute on function person_search from public;
grant execute on function person_search to openkam_all, openkam_scoped;

-- People with a name like this one, for finding duplicates: what the search finds in any of its readings, by how alike the names are.
create function person_similar(name text, n int) returns table (id uuid, rank real)
language plpgsql stable security definer set search_path = public, kernel, pg_temp as $$
declare
  folded text := kernel.fold(btrim(name));
begin
  return query
    select p.id, (case when p.name_key = folded then 2.0 when starts_with(p.name_key, folded) then 1.5 else 0 end + word_similarity(folded, p.name_key))::real as rank
    from (select distinct h.id from unnest('{typed,corrected,fewer}'::text[]) r(reading)
          cross join lateral kernel.ask(name, '{person}', greatest(n, 20), r.reading) q cross join lateral person_search(q.asked) h) f
    join person p on p.workspace_id = kernel.ws() and p.id = f.id
    where starts_with(p.name_key, folded) or word_similarity(folded, p.name_key) >= 0.42
    order by rank desc, p.name_key, p.id limit n;
end $$;
revoke execute on function person_similar from public;
grant execute on function person_similar to openkam_all, openkam_scoped;

-- How many accounts a person has to do with, seen or not: only the number leaves.
create function person_role_count(p_person uuid) returns int
language sql stable security definer set search_path = public, kernel, pg_temp as $$
  select count(*)::int from stakeholder s where s.workspace_id = kernel.ws() and s.person_id = p_person
$$;
revoke execute on function person_role_count from public;
grant execute on function person_role_count to openkam_all, openkam_scoped;

-- A person has one main account; the old one may be an account that the actor does not see.
create function stakeholder_make_primary(p_person uuid, p_account uuid) returns void
language sql volatile security definer set search_path = public, kernel, pg_temp as $$
  update stakeholder s set is_primary = (s.account_id = p_account)
  where s.workspace_id = kernel.ws() and s.person_id = p_person and s.is_primary <> (s.account_id = p_account)
    and (kernel.sees_all() or p_account = any (kernel.seen()))
$$;
revoke execute on function stakeholder_make_primary from public;
grant execute on function stakeholder_make_primary to openkam_all, openkam_scoped;

-- Who is called like this, or has an e-mail that begins like this, for the filter of a list; the list itself is under row-level
-- security, this is not, because under it the comparison may not use the index.
create function people_matching(q text) returns setof uuid
language sql stable security definer rows 1000 set search_path = public, kernel, pg_temp as $$
  select p.id from person p where p.workspace_id = kernel.ws()
    and p.name_key like '%' || replace(replace(replace(kernel.fold(q), '\', '\\'), '%', '\%'), '_', '\_') || '%'
  union
  select p.id from person p where p.workspace_id = kernel.ws()
    and p.email_key collate "C" >= lower(q) collate "C" and p.email_key collate "C" < (lower(q) || U&'\+10FFFF') collate "C"
$$;
revoke execute on function people_matching from public;
grant execute on function people_matching to openkam_all, openkam_scoped;
