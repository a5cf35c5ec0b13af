-- Pipeline: opportunities and everything that happened to them, the forecast and what became of it.

-- The steps that an opportunity takes, in the workspace's own words.
create table pipeline_stage (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  name text not null check (length(name) between 1 and 100),
  position int not null default 0,
  -- Percent; what an opportunity takes on when it comes here, unless a person said otherwise.
  probability numeric(5, 2) not null check (probability between 0 and 100),
  outcome text not null default 'open' check (outcome in ('open', 'won', 'lost')),
  category text not null default 'pipeline' check (category in ('omitted', 'pipeline', 'best_case', 'commit', 'closed')),
  archived_at timestamptz,
  import_id uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  name_key text not null generated always as (kernel.fold(name)) stored,
  primary key (workspace_id, id)
);
create unique index pipeline_stage_name on pipeline_stage (workspace_id, name_key) where archived_at is null;
call kernel.protect('pipeline_stage', p_secret => 'name_key');

-- Every workspace starts with these; none of them says commit by itself except the last before signature.
create function pipeline_stages_of(p_ws uuid) returns void language sql as $$
  insert into pipeline_stage (workspace_id, name, position, probability, outcome, category) values
    (p_ws, 'Qualification', 0, 10, 'open', 'pipeline'),
    (p_ws, 'Discovery', 1, 25, 'open', 'pipeline'),
    (p_ws, 'Proposal', 2, 50, 'open', 'best_case'),
    (p_ws, 'Negotiation', 3, 75, 'open', 'best_case'),
    (p_ws, 'Agreed', 4, 90, 'open', 'commit'),
    (p_ws, 'Closed won', 5, 100, 'won', 'closed'),
    (p_ws, 'Closed lost', 6, 0, 'lost', 'omitted')
$$;
revoke execute on function pipeline_stages_of from public;
create function pipeline_workspace_made() returns trigger language plpgsql security definer set search_path = public, kernel, pg_temp as $$
begin
  perform pipeline_stages_of(new.workspace_id);
  return null;
end $$;
create trigger pipeline_stages after insert on workspace for each row execute function pipeline_workspace_made();
select pipeline_stages_of(workspace_id) from workspace;

create table opportunity (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  account_id uuid not null,
  name text not null check (length(name) between 1 and 300),
  type text not null default 'upsell' check (type in ('renewal', 'upsell', 'cross_sell', 'new_unit', 'new_business')),
  owner_id uuid,
  stage_id uuid not null,
  state text not null default 'open' check (state in ('open', 'won', 'lost')),
  -- What winning it brings: of recurring business the value of a year.
  amount_minor bigint,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  probability numeric(5, 2) not null check (probability between 0 and 100),
  -- A person chose the category; a change of stage leaves it alone.
  category text not null default 'pipeline' check (category in ('omitted', 'pipeline', 'best_case', 'commit', 'closed')),
  category_by_hand boolean not null default false,
  closes_on date not null,
  closed_on date,
  pushes int not null default 0,
  -- The cell of the whitespace grid or the contract that it comes from.
  product_id uuid,
  contract_id uuid,
  next_step text not null default '' check (length(next_step) <= 2000),
  next_step_on date,
  -- A person set the probability; a change of stage leaves it alone.
  probability_by_hand boolean not null default false,
  -- The probability and the category just before it was won or lost: the first for calibration, both for reopening.
  open_probability numeric(5, 2) check (open_probability between 0 and 100),
  open_category text check (open_category in ('omitted', 'pipeline', 'best_case', 'commit')),
  -- True: the amount is the sum of the lines.
  amount_of_lines boolean not null default false,
  competitor text not null default '' check (length(competitor) <= 200),
  lost_reason text check (lost_reason in ('price', 'competitor', 'product', 'no_budget', 'no_decision', 'timing', 'relationship', 'in_house', 'duplicate', 'other')),
  lost_note text not null default '' check (length(lost_note) <= 5000),
  description text not null default '' check (length(description) <= 20000),
  -- Metrics, economic buyer, decision criteria, decision process, pain, champion, paper process, competition: what is known of each.
  meddic jsonb not null default '{}',
  stage_since timestamptz not null default now(),
  -- When something that the forecast counts changed last.
  forecast_changed_at timestamptz not null default now(),
  archived_at timestamptz,
  source_system text check (length(source_system) between 1 and 60),
  source_id text check (length(source_id) between 1 and 200),
  import_id uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  name_key text not null generated always as (kernel.fold(name)) stored,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, owner_id) references member (workspace_id, id),
  foreign key (workspace_id, stage_id) references pipeline_stage (workspace_id, id),
  check ((state = 'open') = (closed_on is null)),
  foreign key (workspace_id, product_id) references product (workspace_id, id),
  check ((source_system is null) = (source_id is null))
);
create index opportunity_account on opportunity (workspace_id, account_id);
create index opportunity_owner on opportunity (workspace_id, owner_id);
create index opportunity_stage on opportunity (workspace_id, stage_id);
create index opportunity_product on opportunity (workspace_id, product_id);
create index opportunity_closes on opportunity (workspace_id, closes_on, id) where state = 'open';
create unique index opportunity_source on opportunity (workspace_id, source_system, source_id) where source_id is not null;
create index opportunity_closed on opportunity (workspace_id, closed_on, id) where state <> 'open';
create index opportunity_updated on opportunity (workspace_id, updated_at desc, id desc);
call kernel.protect('opportunity', 'account_id', p_secret => 'name_key');

-- What is offered. Prices as on a contract line, so that winning it can make one.
create table opportunity_line (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  opportunity_id uuid not null,
  account_id uuid not null,
  product_id uuid,
  description text not null default '' check (length(description) <= 2000),
  kind text not null default 'recurring' check (kind in ('recurring', 'one_off')),
  quantity numeric(18, 6) not null default 1 check (quantity >= 0),
  unit_price_minor bigint not null,
  discount_percent numeric(7, 4) not null default 0 check (discount_percent between 0 and 100),
  billing text not null default 'year' check (billing in ('month', 'quarter', 'half_year', 'year', 'once')),
  starts_on date,
  ends_on date,
  -- A year of a recurring line, the whole of a one-off one.
  amount_minor bigint not null,
  position int not null default 0,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, opportunity_id) references opportunity (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, product_id) references product (workspace_id, id),
  check (ends_on >= starts_on),
  check ((kind = 'one_off') = (billing = 'once'))
);
create index opportunity_line_of on opportunity_line (workspace_id, opportunity_id, position);
create index opportunity_line_account on opportunity_line (workspace_id, account_id);
create index opportunity_line_product on opportunity_line (workspace_id, product_id);
call kernel.protect('opportunity_line', 'account_id');

-- People at the account, and their part in this decision.
create table opportunity_person (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  opportunity_id uuid not null,
  account_id uuid not null,
  person_id uuid not null,
  part text not null default 'none' check (part in
    ('economic_buyer', 'decision_maker', 'champion', 'technical', 'user', 'procurement', 'blocker', 'executive_sponsor', 'none')),
  note text not null default '' check (length(note) <= 2000),
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, opportunity_id, person_id),
  foreign key (workspace_id, opportunity_id) references opportunity (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
create index opportunity_person_account on opportunity_person (workspace_id, account_id);
create index opportunity_person_person on opportunity_person (workspace_id, person_id);
call kernel.protect('opportunity_person', 'account_id');

-- Every change, field by field; written by trigger, so that no way of changing escapes it.
create table opportunity_change (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  opportunity_id uuid not null,
  account_id uuid not null,
  field text not null,
  from_value text,
  to_value text,
  at timestamptz not null,
  member_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, opportunity_id) references opportunity (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id)
);
create index opportunity_change_of on opportunity_change (workspace_id, opportunity_id, at desc);
create index opportunity_change_account on opportunity_change (workspace_id, account_id);
call kernel.protect('opportunity_change', 'account_id', p_audit => false);
revoke update, delete on opportunity_change from openkam_all, openkam_scoped;
grant update (account_id) on opportunity_change to openkam_all, openkam_scoped;

-- When it entered which stage, with what it was worth then: our own record, and the history that files bring.
create table opportunity_stage_entry (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  opportunity_id uuid not null,
  account_id uuid not null,
  stage_id uuid not null,
  entered_at timestamptz not null,
  -- True: a file told the stage and not since when; steps aside as soon as a history is imported.
  assumed boolean not null default false,
  amount_minor bigint,
  probability numeric(5, 2),
  category text,
  closes_on date,
  member_id uuid,
  source_system text check (length(source_system) between 1 and 60),
  source_id text check (length(source_id) between 1 and 200),
  import_id uuid,
  version int not null default 1,
  primary key (workspace_id, id),
  foreign key (workspace_id, opportunity_id) references opportunity (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, stage_id) references pipeline_stage (workspace_id, id)
);
create index opportunity_stage_entry_of on opportunity_stage_entry (workspace_id, opportunity_id, entered_at);
create index opportunity_stage_entry_account on opportunity_stage_entry (workspace_id, account_id);
create index opportunity_stage_entry_stage on opportunity_stage_entry (workspace_id, stage_id);
create unique index opportunity_stage_entry_source on opportunity_stage_entry (workspace_id, source_system, source_id) where source_id is not null;
call kernel.protect('opportunity_stage_entry', 'account_id', p_audit => false);

-- The server's clock where a use case set it, else the database's: a moved clock moves the history too.
create function kernel.present() returns timestamptz language sql stable parallel safe as
  $$ select coalesce(kernel.setting('now')::timestamptz, now()) $$;
grant execute on function kernel.present to openkam_app, openkam_all, openkam_scoped;

create function opportunity_before() returns trigger language plpgsql as $$
begin
  if new.stage_id <> old.stage_id then new.stage_since := kernel.present(); end if;
  -- A push is a later close day of something still open.
  if new.closes_on > old.closes_on and old.state = 'open' and new.state = 'open' and new.pushes = old.pushes then new.pushes := old.pushes + 1; end if;
  if (new.amount_minor, new.currency, new.category, new.closes_on, new.state, new.owner_id, new.type, new.probability, new.archived_at, new.account_id)
     is distinct from (old.amount_minor, old.currency, old.category, old.closes_on, old.state, old.owner_id, old.type, old.probability, old.archived_at, old.account_id)
  then new.forecast_changed_at := kernel.present(); end if;
  return new;
end $$;
create trigger opportunity_before before update on opportunity for each row execute function opportunity_before();

create function opportunity_made() returns trigger language plpgsql security definer set search_path = public, kernel, pg_temp as $$
begin
  insert into opportunity_stage_entry (workspace_id, opportunity_id, account_id, stage_id, entered_at, assumed, amount_minor, probability, category, closes_on, member_id)
    select workspace_id, id, account_id, stage_id, stage_since, source_id is not null, amount_minor, probability, category, closes_on, kernel.member() from new_rows;
  return null;
end $$;
create trigger opportunity_made after insert on opportunity referencing new table as new_rows for each statement execute function opportunity_made();

create function opportunity_changed() returns trigger language plpgsql security definer set search_path = public, kernel, pg_temp as $$
begin
  insert into opportunity_change (workspace_id, opportunity_id, account_id, field, from_value, to_value, at, member_id)
    select n.workspace_id, n.id, n.account_id, k.field, x.o ->> k.field, x.n ->> k.field, kernel.present(), kernel.member()
    from old_rows o join new_rows n on n.workspace_id = o.workspace_id and n.id = o.id
    cross join lateral (select to_jsonb(o) as o, to_jsonb(n) as n) x
    cross join unnest(array['name', 'type', 'owner_id', 'stage_id', 'state', 'amount_minor', 'currency', 'probability', 'category', 'closes_on', 'next_step',
                            'next_step_on', 'competitor', 'product_id', 'contract_id', 'account_id', 'lost_reason', 'archived_at']) k(field)
    where x.o -> k.field is distinct from x.n -> k.field;
  insert into opportunity_stage_entry (workspace_id, opportunity_id, account_id, stage_id, entered_at, amount_minor, probability, category, closes_on, member_id)
    select n.workspace_id, n.id, n.account_id, n.stage_id, n.stage_since, n.amount_minor, n.probability, n.category, n.closes_on, kernel.member()
    from old_rows o join new_rows n on n.workspace_id = o.workspace_id and n.id = o.id where n.stage_id <> o.stage_id;
  return null;
end $$;
create trigger opportunity_changed after update on opportunity referencing old table as old_rows new table as new_rows
  for each statement execute function opportunity_changed();

-- How long each opportunity was in each stage. `left_at` is null for the stage it is in now.
create view opportunity_stage_span with (security_invoker = true) as
  select e.workspace_id, e.id, e.opportunity_id, e.account_id, e.stage_id, e.entered_at, e.amount_minor, e.probability, e.category, e.closes_on, e.member_id,
         lead(e.entered_at) over (partition by e.workspace_id, e.opportunity_id order by e.entered_at, e.source_id, e.id) as left_at
  from opportunity_stage_entry e
  where not e.assumed or not exists (select from opportunity_stage_entry r where r.workspace_id = e.workspace_id and r.opportunity_id = e.opportunity_id and not r.assumed);
grant select on opportunity_stage_span to openkam_all, openkam_scoped;

-- For rooms above and beside: what is open, by account and product. An opportunity with lines counts by its lines.
create view open_pipeline with (security_invoker = true) as
  select o.workspace_id, o.id as opportunity_id, o.account_id, case when o.amount_of_lines then l.product_id else o.product_id end as product_id, o.currency,
         case when o.amount_of_lines then l.amount_minor else o.amount_minor end as amount_minor, o.probability, o.category, o.type, o.closes_on, o.owner_id
  from opportunity o left join opportunity_line l on o.amount_of_lines and l.workspace_id = o.workspace_id and l.opportunity_id = o.id
  where o.state = 'open' and o.archived_at is null;
grant select on open_pipeline to openkam_all, openkam_scoped;

-- Forecast ------------------------------------------------------------------

-- Whole minor units, half to even, as money is rounded everywhere.
create function kernel.whole(x numeric) returns bigint language sql immutable parallel safe as
  $$ select (floor(x + 0.5) - case when x + 0.5 = floor(x + 0.5) and mod(floor(x + 0.5), 2) <> 0 then 1 else 0 end)::bigint $$;
grant execute on function kernel.whole to openkam_app, openkam_all, openkam_scoped;

-- Whose calls a scoped member sees: their own, and with sight of a team those of everybody in it and below.
create function forecast_owners() returns uuid[] language sql stable security definer set search_path = public, kernel, pg_temp as $$
  with recursive below as (
    select t.id from team t join member m on m.workspace_id = t.workspace_id and m.team_id = t.id
    where kernel.setting('level') = 'team' and m.workspace_id = kernel.ws() and m.id = kernel.member()
    union
    select t.id from team t join below b on t.parent_id = b.id where t.workspace_id = kernel.ws()
  )
  select array_append(coalesce(array_agg(m.id), '{}'), kernel.member())
  from member m where m.workspace_id = kernel.ws() and m.team_id in (select id from below)
$$;
revoke execute on function forecast_owners from public;
grant execute on function forecast_owners to openkam_all, openkam_scoped;

-- What was open and what was closed lately, at one instant. Never changes.
create table forecast_snapshot (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  kind text not null check (kind in ('nightly', 'submission', 'manual', 'closing', 'restatement')),
  on_date date not null,
  taken_at timestamptz not null,
  -- Only this owner's opportunities; null: everybody's.
  owner_id uuid,
  -- The period that it closes or restates.
  period_from date,
  period_to date,
  note text not null default '' check (length(note) <= 5000),
  -- What `base_minor` of the rows is in.
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  taken_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references member (workspace_id, id),
  foreign key (workspace_id, taken_by) references member (workspace_id, id),
  check ((kind in ('closing', 'restatement')) = (period_from is not null)),
  check ((period_from is null) = (period_to is null))
);
create index forecast_snapshot_on on forecast_snapshot (workspace_id, on_date, taken_at);
create index forecast_snapshot_owner on forecast_snapshot (workspace_id, owner_id);
create index forecast_snapshot_by on forecast_snapshot (workspace_id, taken_by);
create index forecast_snapshot_period on forecast_snapshot (workspace_id, period_from, taken_at) where period_from is not null;
create unique index forecast_snapshot_nightly on forecast_snapshot (workspace_id, on_date) where kind = 'nightly';
create unique index forecast_snapshot_closing on forecast_snapshot (workspace_id, period_from, period_to) where kind = 'closing';
call kernel.protect('forecast_snapshot', p_audit => false);

-- No reference to what it shows: the opportunity may be gone, the snapshot stays as it was.
create table forecast_snapshot_row (
  workspace_id uuid not null references workspace,
  snapshot_id uuid not null,
  opportunity_id uuid not null,
  account_id uuid not null,
  owner_id uuid,
  name text not null,
  type text not null,
  state text not null,
  category text not null,
  stage_id uuid not null,
  probability numeric(5, 2) not null,
  amount_minor bigint,
  currency text not null,
  -- In the snapshot's currency at the rate of its day; null where no rate was known.
  base_minor bigint,
  -- The close day: expected while open, actual when closed.
  closes_on date not null,
  primary key (workspace_id, snapshot_id, opportunity_id),
  foreign key (workspace_id, snapshot_id) references forecast_snapshot (workspace_id, id)
);
create index forecast_snapshot_row_account on forecast_snapshot_row (workspace_id, account_id);
call kernel.protect('forecast_snapshot_row', 'account_id', p_audit => false);

-- A call: what an owner, or whoever leads them, says that a period will bring. Never changed: the next one takes its place.
create table forecast_call (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  -- owner: a submission; manager: what their manager makes of it, for an owner, a team or all.
  said_by text not null check (said_by in ('owner', 'manager')),
  owner_id uuid,
  team_id uuid,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  commit_minor bigint not null,
  best_minor bigint not null,
  -- [{ kind, commitMinor, bestMinor }] for renewal, expansion, new_unit, new_business.
  kinds jsonb not null default '[]',
  -- What stood in the pipeline when it was said: the same figures, reckoned.
  rolled_up jsonb not null default '{}',
  note text not null default '' check (length(note) <= 5000),
  snapshot_id uuid,
  said_at timestamptz not null,
  member_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references member (workspace_id, id),
  foreign key (workspace_id, team_id) references team (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id),
  foreign key (workspace_id, snapshot_id) references forecast_snapshot (workspace_id, id),
  check (said_by = 'manager' or owner_id is not null),
  check (owner_id is null or team_id is null)
);
create index forecast_call_period on forecast_call (workspace_id, period_from, owner_id, said_at desc);
create index forecast_call_owner on forecast_call (workspace_id, owner_id);
create index forecast_call_team on forecast_call (workspace_id, team_id);
create index forecast_call_member on forecast_call (workspace_id, member_id);
create index forecast_call_snapshot on forecast_call (workspace_id, snapshot_id);
call kernel.protect('forecast_call', p_also => 'owner_id = any ((select forecast_owners())::uuid[]) or member_id = (select kernel.member())');

revoke update, delete on forecast_snapshot, forecast_snapshot_row, forecast_call from openkam_all, openkam_scoped;
-- Not even the owner of the tables, by mistake.
create function forecast_never_changes() returns trigger language plpgsql as $$
begin
  raise exception 'a forecast that was made is not changed: %', tg_table_name using errcode = '42501';
end $$;
create trigger never_changes before update or delete on forecast_snapshot for each row execute function forecast_never_changes();
create trigger never_changes before update or delete on forecast_snapshot_row for each row execute function forecast_never_changes();
create trigger never_changes before update or delete on forecast_call for each row execute function forecast_never_changes();

call kernel.searchable('opportunity', 'name_key');

-- Repeats the visibility of the table itself, see the search room.
create function opportunity_search(asked kernel.asked) returns table (id uuid, account_id uuid, title text, subtitle text, rank real)
language plpgsql stable security definer set search_path = public, kernel, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  return query
    select f.id, f.account_id, f.name, concat_ws(' · ', a.name, s.name, f.closes_on::text), (kernel.fits(f.name_key, asked.text) - case when f.state = 'open' then 0.1 else 0.4 end)::real as rank
    from (select t.* from opportunity t where t.workspace_id = kernel.ws() and kernel.word_index(t.name_key) @@ asked.words and t.name_key like all (asked.also)
            and t.archived_at is null and (kernel.sees_all() or t.account_id in (select unnest(kernel.seen()))) limit 200) f
    join pipeline_stage s on s.workspace_id = f.workspace_id and s.id = f.stage_id
    left join account a on a.workspace_id = f.workspace_id and a.id = f.account_id
    order by rank desc, f.name, f.id limit asked.most;
end $$;
revoke execute on function opportunity_search from public;
grant execute on function opportunity_search to openkam_all, openkam_scoped;
