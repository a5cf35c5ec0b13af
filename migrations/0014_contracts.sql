-- Contracts: terms, lines, renewals, offers, approvals, what was given and got.

create table contract (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  account_id uuid not null,
  number text check (length(number) between 1 and 100),
  name text not null check (length(name) between 1 and 300),
  status text not null default 'active' check (status in ('draft', 'active', 'ended', 'cancelled')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  starts_on date not null,
  -- The last day of the present term; null: open-ended.
  ends_on date,
  -- Length of a term after renewal.
  term_months int check (term_months between 1 and 240),
  auto_renews boolean not null default false,
  notice_days int check (notice_days between 0 and 3650),
  -- The last day on which notice can be given: calendar days before the end.
  notice_deadline_on date generated always as (ends_on - notice_days) stored,
  -- Price rise at renewal by clause, in percent.
  uplift_percent numeric(7, 4) check (uplift_percent between -100 and 1000),
  signed_on date,
  notes text not null default '' check (length(notes) <= 20000),
  -- The contract that this one renews or replaces.
  previous_id uuid,
  source_system text check (length(source_system) between 1 and 60),
  source_id text check (length(source_id) between 1 and 200),
  import_id uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, previous_id) references contract (workspace_id, id),
  check (ends_on >= starts_on),
  check ((source_system is null) = (source_id is null))
);
create index contract_account on contract (workspace_id, account_id);
create index contract_previous on contract (workspace_id, previous_id);
create unique index contract_source on contract (workspace_id, source_system, source_id) where source_id is not null;
create index contract_ends on contract (workspace_id, ends_on, id) where status = 'active';
create index contract_notice on contract (workspace_id, notice_deadline_on, id) where status = 'active';
call kernel.protect('contract', 'account_id');

create table contract_line (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  contract_id uuid not null,
  -- That of the contract.
  account_id uuid not null,
  product_id uuid,
  description text not null default '' check (length(description) <= 2000),
  kind text not null default 'recurring' check (kind in ('recurring', 'one_off')),
  quantity numeric(18, 6) not null default 1 check (quantity >= 0),
  -- What one unit costs for one billing period, before the discount; in the currency of the contract.
  unit_price_minor bigint not null,
  discount_percent numeric(7, 4) not null default 0 check (discount_percent between 0 and 100),
  billing text not null default 'month' check (billing in ('month', 'quarter', 'half_year', 'year', 'once')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  starts_on date not null,
  -- The last day; null: open-ended.
  ends_on date,
  -- What it brings: a year of a recurring line (a month is a twelfth of it), the whole of a one-off one. Whole minor units.
  amount_minor bigint not null,
  -- Why it came: initial, upgrade, downgrade, uplift, renewal, co_term, partial_churn, won.
  reason text not null default 'initial' check (reason in ('initial', 'upgrade', 'downgrade', 'uplift', 'renewal', 'co_term', 'partial_churn', 'won')),
  amendment_id uuid,
  -- The line whose place it takes.
  replaces_id uuid,
  -- The won opportunity that became this line.
  opportunity_id uuid,
  position int not null default 0,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, contract_id) references contract (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, product_id) references product (workspace_id, id),
  foreign key (workspace_id, replaces_id) references contract_line (workspace_id, id) on delete set null (replaces_id),
  check (ends_on >= starts_on),
  check ((kind = 'one_off') = (billing = 'once'))
);
create index contract_line_contract on contract_line (workspace_id, contract_id, position);
create index contract_line_account on contract_line (workspace_id, account_id);
create index contract_line_product on contract_line (workspace_id, product_id);
create index contract_line_replaces on contract_line (workspace_id, replaces_id);
create index contract_line_opportunity on contract_line (workspace_id, opportunity_id) where opportunity_id is not null;
call kernel.protect('contract_line', 'account_id');
