-- Account plans: one living document an account, its named versions, and what each save changed.

create table plan (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  account_id uuid not null,
  -- The blocks (rules/plan.ts) and who looks after each. What a save changed stands in plan_change.
  content jsonb not null,
  care jsonb not null,
  -- Kept beside the content for lists: whole percent, and the oldest review of a block (null: some block was never reviewed).
  completeness int not null default 0 check (completeness between 0 and 100),
  oldest_review_on date,
  -- A pilot tries the plan on few accounts first.
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  updated_by uuid,
  archived_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade,
  foreign key (workspace_id, updated_by) references member (workspace_id, id)
);
create unique index plan_account on plan (workspace_id, account_id) where archived_at is null;
create index plan_account_any on plan (workspace_id, account_id);
create index plan_updated on plan (workspace_id, updated_at desc, id desc);
create index plan_updated_by on plan (workspace_id, updated_by);
call kernel.protect('plan', 'account_id', p_secret => 'content,care,completeness,oldest_review_on,updated_by');

-- A version somebody named or signed off: never changes.
create table plan_version (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  plan_id uuid not null,
  account_id uuid not null,
  number int not null,
  note text not null default '' check (length(note) <= 500),
  content jsonb not null,
  care jsonb not null,
  made_by uuid,
  made_at timestamptz not null default now(),
  signed_off_by uuid,
  signed_off_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, plan_id, number),
  foreign key (workspace_id, plan_id) references plan (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade,
  foreign key (workspace_id, made_by) references member (workspace_id, id),
  foreign key (workspace_id, signed_off_by) references member (workspace_id, id)
);
create index plan_version_account on plan_version (workspace_id, account_id);
create index plan_version_made_by on plan_version (workspace_id, made_by);
create index plan_version_signed_by on plan_version (workspace_id, signed_off_by) where signed_off_by is not null;
call kernel.protect('plan_version', 'account_id', p_secret => 'content,care');

-- What one save changed, block by block; the plan's own audit.
create table plan_change (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  plan_id uuid not null,
  account_id uuid not null,
  from_version int not null,
  to_version int not null,
  -- The first change in words, for timelines.
  title text not null,
  difference jsonb not null,
  member_id uuid,
  at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, plan_id) references plan (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade,
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);
create index plan_change_plan on plan_change (workspace_id, plan_id, id desc);
create index plan_change_account on plan_change (workspace_id, account_id);
create index plan_change_member on plan_change (workspace_id, member_id);
call kernel.protect('plan_change', 'account_id', p_secret => 'difference,plan_id,member_id,at,from_version,to_version');
