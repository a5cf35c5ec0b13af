-- Members of the workspace, teams, invitations, API keys, notifications.

create table team (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  name text not null check (length(name) between 1 and 200),
  parent_id uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, parent_id) references team (workspace_id, id)
);
create index team_parent on team (workspace_id, parent_id);
call kernel.protect('team');

create table member (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  -- The person who signs in; null for a name that an import brought and nobody has claimed yet.
  user_id uuid,
  name text not null check (length(name) between 1 and 200),
  email text not null check (length(email) between 3 and 254),
  title text not null default '',
  role text not null check (role in ('admin', 'head', 'kam', 'sponsor', 'partner', 'recruiter', 'viewer')),
  level text not null check (level in ('own', 'account_team', 'team', 'all')),
  team_id uuid,
  -- How many key accounts this member can look after; null: the workspace default.
  capacity int check (capacity between 0 and 200),
  deactivated_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, team_id) references team (workspace_id, id)
);
create unique index member_email on member (workspace_id, lower(email));
create unique index member_user on member (workspace_id, user_id) where user_id is not null;
create index member_by_user on member (user_id) where user_id is not null;
create index member_team on member (workspace_id, team_id);
call kernel.protect('member');

create table invitation (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  member_id uuid not null,
  email text not null,
  token_hash text not null unique,
  invited_by uuid,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);
create index invitation_member on invitation (workspace_id, member_id);
call kernel.protect('invitation', p_secret => 'token_hash');

create table api_key (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  member_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  -- What a person recognises the key by; the key itself is stored only as a hash.
  prefix text not null,
  key_hash text not null unique,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);
create index api_key_member on api_key (workspace_id, member_id);
call kernel.protect('api_key', p_secret => 'key_hash,last_used_at');

create table notification (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  member_id uuid not null,
  kind text not null,
  title text not null,
  detail text not null default '',
  link text,
  -- A repeat of the same news replaces the unread one.
  dedupe_key text,
  read_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade
);
create index notification_member on notification (workspace_id, member_id, id desc);
create unique index notification_dedupe on notification (workspace_id, member_id, dedupe_key) where dedupe_key is not null and read_at is null;
call kernel.protect('notification', p_also => 'member_id = kernel.member()', p_audit => false);
-- Any member's action may bring news to another.
create policy notification_send on notification for insert to openkam_scoped with check (workspace_id = kernel.ws());

-- Every server forgets its cached sign-ins when rights change.
create function kernel.access_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('openkam_access', '');
  return null;
end $$;
create trigger member_access after insert or delete or update of user_id, role, level, team_id, deactivated_at, name on member
  for each statement execute function kernel.access_changed();
create trigger team_access after insert or delete or update of parent_id on team
  for each statement execute function kernel.access_changed();
create trigger api_key_access after delete or update of revoked_at, expires_at on api_key
  for each statement execute function kernel.access_changed();
