-- Pipeline: opportunities and everything that happened to them, the forecast and what became of it.

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
  source_system text check (length(source_system) between 1 and 60),
  source_id text check (length(source_id) between 1 and 200),
  import_id uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, owner_id) references member (workspace_id, id),
  foreign key (workspace_id, product_id) references product (workspace_id, id),
  check ((source_system is null) = (source_id is null))
);
create index opportunity_account on opportunity (workspace_id, account_id);
create index opportunity_owner on opportunity (workspace_id, owner_id);
create index opportunity_product on opportunity (workspace_id, product_id);
create index opportunity_closes on opportunity (workspace_id, closes_on, id) where state = 'open';
create unique index opportunity_source on opportunity (workspace_id, source_system, source_id) where source_id is not null;
call kernel.protect('opportunity', 'account_id');
