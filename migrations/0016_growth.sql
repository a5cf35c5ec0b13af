-- Growth: who has what in which unit of an account, what could be ours, what it costs us.

-- Competitors by name, so that a list of what they hold can be made.
create table growth_competitor (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  name text not null check (length(name) between 1 and 200),
  notes text not null default '' check (length(notes) <= 5000),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index growth_competitor_name on growth_competitor (workspace_id, lower(name));
call kernel.protect('growth_competitor');

-- Parts of an account that are no account of their own: a plant, a department.
create table growth_unit (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  account_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  position int not null default 0,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, account_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade
);
create unique index growth_unit_name on growth_unit (workspace_id, account_id, lower(name));
call kernel.protect('growth_unit', 'account_id');

-- One cell of the grid: a unit (null: the account itself) and a product, in one year.
create table growth_cell (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  account_id uuid not null,
  unit_id uuid,
  product_id uuid not null,
  year int not null check (year between 2000 and 2200),
  status text not null default 'unknown' check (status in ('ours', 'competitor', 'in_house', 'unknown', 'not_eligible')),
  -- What the unit could pay for it in a year, all of it.
  potential_minor bigint check (potential_minor >= 0),
  potential_currency text check (potential_currency ~ '^[A-Z]{3}$'),
  -- What a named unit pays us in a year; of accounts the ledger says it.
  current_minor bigint check (current_minor >= 0),
  current_currency text check (current_currency ~ '^[A-Z]{3}$'),
  competitor_id uuid,
  -- The last day of the contract that the unit has with somebody else.
  incumbent_ends_on date,
  -- How likely it fits them, and how likely we reach who decides, in percent. Access unknown: reckoned from the stakeholders.
  fit_percent numeric(5, 2) check (fit_percent between 0 and 100),
  access_percent numeric(5, 2) check (access_percent between 0 and 100),
  -- 1: as usual; 2: twice the work.
  effort numeric(4, 1) check (effort between 0.1 and 100),
  confidence text check (confidence in ('low', 'medium', 'high')),
  source text not null default '' check (length(source) <= 500),
  next_step text not null default '' check (length(next_step) <= 2000),
  -- The opportunity that was made of it.
  opportunity_id uuid,
  import_id uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  updated_by uuid,
  primary key (workspace_id, id),
  constraint growth_cell_place unique nulls not distinct (workspace_id, account_id, year, product_id, unit_id),
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id, unit_id) references growth_unit (workspace_id, account_id, id) on delete cascade,
  foreign key (workspace_id, product_id) references product (workspace_id, id),
  foreign key (workspace_id, competitor_id) references growth_competitor (workspace_id, id) on delete set null (competitor_id),
  foreign key (workspace_id, updated_by) references member (workspace_id, id),
  check ((potential_minor is null) = (potential_currency is null)),
  check ((current_minor is null) = (current_currency is null)),
  check (current_minor is null or unit_id is not null)
);
create index growth_cell_unit on growth_cell (workspace_id, account_id, unit_id);
create index growth_cell_product on growth_cell (workspace_id, product_id);
create index growth_cell_competitor on growth_cell (workspace_id, competitor_id);
create index growth_cell_member on growth_cell (workspace_id, updated_by);
create index growth_cell_ends on growth_cell (workspace_id, incumbent_ends_on, id) where incumbent_ends_on is not null;
create index growth_cell_year on growth_cell (workspace_id, year, account_id);
call kernel.protect('growth_cell', 'account_id');

-- What an account spends a year in a category, with anybody: with source, day and confidence, because it is a guess.
create table wallet_estimate (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  account_id uuid not null,
  -- The series of products that the spend is about; null: everything that we sell.
  series_id uuid,
  spend_minor bigint not null check (spend_minor >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  estimated_on date not null,
  source text not null check (length(source) between 1 and 500),
  confidence text not null check (confidence in ('low', 'medium', 'high')),
  note text not null default '' check (length(note) <= 5000),
  source_system text check (length(source_system) between 1 and 60),
  source_id text check (length(source_id) between 1 and 200),
  import_id uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade,
  foreign key (workspace_id, series_id) references product_series (workspace_id, id),
  check ((source_system is null) = (source_id is null))
);
create index wallet_estimate_account on wallet_estimate (workspace_id, account_id, series_id, estimated_on desc);
create index wallet_estimate_series on wallet_estimate (workspace_id, series_id);
create unique index wallet_estimate_source on wallet_estimate (workspace_id, source_system, source_id) where source_id is not null;
call kernel.protect('wallet_estimate', 'account_id');

-- What serving an account costs beside delivery: travel, entertainment, time, concessions.
create table expense (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  account_id uuid not null,
  kind text not null default 'other' check (kind in ('travel', 'entertainment', 'time', 'concession', 'marketing', 'other')),
  spent_on date not null,
  -- Below zero: a refund.
  amount_minor bigint not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  description text not null default '' check (length(description) <= 1000),
  -- Who spent it; the name that a file had where it is no member.
  member_id uuid,
  member_name text check (length(member_name) <= 200),
  source_system text check (length(source_system) between 1 and 60),
  source_id text check (length(source_id) between 1 and 200),
  import_id uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade,
  foreign key (workspace_id, member_id) references member (workspace_id, id),
  check ((source_system is null) = (source_id is null))
);
create index expense_account on expense (workspace_id, account_id, spent_on desc, id);
create index expense_member on expense (workspace_id, member_id, spent_on);
create index expense_day on expense (workspace_id, spent_on desc, id desc);
create unique index expense_source on expense (workspace_id, source_system, source_id) where source_id is not null;
call kernel.protect('expense', 'account_id');

-- What may be spent in a fiscal year: on an account, or by a member.
create table growth_budget (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  account_id uuid,
  member_id uuid,
  year int not null check (year between 2000 and 2200),
  amount_minor bigint not null check (amount_minor >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade,
  foreign key (workspace_id, member_id) references member (workspace_id, id),
  check ((account_id is null) <> (member_id is null))
);
create unique index growth_budget_account on growth_budget (workspace_id, account_id, year) where account_id is not null;
create unique index growth_budget_member on growth_budget (workspace_id, member_id, year) where member_id is not null;
call kernel.protect('growth_budget', 'account_id', p_also => 'account_id is null and member_id = kernel.member()');
