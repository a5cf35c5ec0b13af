-- Revenue: imported subscriptions, invoices and payments, and the ledger of recurring revenue that all figures are read from.

create table subscription (
  -- The account's key says that there is such a workspace; files bring millions of rows, and one check less is felt.
  workspace_id uuid not null,
  id uuid not null default kernel.new_id(),
  account_id uuid not null,
  product_id uuid,
  -- What the billing system calls it, where no product of the catalogue stands for it.
  plan text not null default '' check (length(plan) <= 300),
  quantity numeric(18, 6) not null default 1 check (quantity >= 0),
  -- What it brings in a year; a month is a twelfth of it. A trial brings nothing.
  arr_minor bigint not null check (arr_minor >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  starts_on date not null,
  -- The first day without revenue, as billing systems give it; null: goes on.
  ends_on date,
  is_trial boolean not null default false,
  billing text not null default 'month' check (billing in ('month', 'quarter', 'half_year', 'year', 'other')),
  auto_renews boolean,
  source_system text check (length(source_system) between 1 and 60),
  source_id text check (length(source_id) between 1 and 200),
  import_id uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, product_id) references product (workspace_id, id),
  check (ends_on >= starts_on),
  check (not is_trial or arr_minor = 0),
  check ((source_system is null) = (source_id is null))
);
-- All that balances are made of, in the order of accounts: sums of millions of rows never touch the table.
create index subscription_balance on subscription (workspace_id, account_id, currency) include (starts_on, ends_on, arr_minor);
create index subscription_product on subscription (workspace_id, product_id) where product_id is not null;
create unique index subscription_source on subscription (workspace_id, source_system, source_id) where source_id is not null;
call kernel.protect('subscription', 'account_id');

create table invoice (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  account_id uuid not null,
  number text not null check (length(number) between 1 and 100),
  issued_on date not null,
  due_on date,
  -- Negative: a credit note.
  amount_minor bigint not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  status text not null default 'open' check (status in ('draft', 'open', 'paid', 'void', 'uncollectible')),
  paid_on date,
  recurring boolean not null default false,
  -- What it is for: first and last day.
  period_from date,
  period_to date,
  product_id uuid,
  plan text not null default '' check (length(plan) <= 300),
  -- A year of it: by whole months where the period has them, else by days.
  arr_minor bigint generated always as (
    case when recurring and period_from is not null and period_to is not null then
      case when extract(day from age((period_to + 1)::timestamp, period_from::timestamp)) = 0
        then round(amount_minor::numeric * 12 / nullif(extract(year from age((period_to + 1)::timestamp, period_from::timestamp)) * 12
                                                       + extract(month from age((period_to + 1)::timestamp, period_from::timestamp)), 0))
        else round(amount_minor::numeric * 365 / (period_to - period_from + 1)) end
    end) stored,
  source_system text check (length(source_system) between 1 and 60),
  source_id text check (length(source_id) between 1 and 200),
  import_id uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, product_id) references product (workspace_id, id),
  check (period_to >= period_from),
  check ((period_from is null) = (period_to is null)),
  check ((source_system is null) = (source_id is null))
);
create index invoice_account on invoice (workspace_id, account_id, issued_on desc);
create index invoice_product on invoice (workspace_id, product_id) where product_id is not null;
create index invoice_open on invoice (workspace_id, due_on, id) where status = 'open';
create unique index invoice_source on invoice (workspace_id, source_system, source_id) where source_id is not null;
call kernel.protect('invoice', 'account_id');

create table payment (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  account_id uuid not null,
  -- Null: no invoice of this number is known.
  invoice_id uuid,
  reference text not null default '' check (length(reference) <= 200),
  received_on date not null,
  -- Negative: paid back.
  amount_minor bigint not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  method text not null default '' check (length(method) <= 100),
  source_system text check (length(source_system) between 1 and 60),
  source_id text check (length(source_id) between 1 and 200),
  import_id uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, invoice_id) references invoice (workspace_id, id) on delete set null (invoice_id),
  check ((source_system is null) = (source_id is null))
);
create index payment_account on payment (workspace_id, account_id, received_on desc);
create index payment_invoice on payment (workspace_id, invoice_id) where invoice_id is not null;
create unique index payment_source on payment (workspace_id, source_system, source_id) where source_id is not null;
call kernel.protect('payment', 'account_id');

-- The ledger: one row a line of recurring revenue. A balance of day d counts rows with starts_on <= d and (ends_on is null or ends_on > d).
-- One view a source, so that a question reads only the sources that a workspace has; revenue_entry is all of them.
create view revenue_of_contracts with (security_invoker = true) as
  select l.workspace_id, l.account_id, l.product_id, l.description as plan, l.currency, l.amount_minor as arr_minor, l.starts_on,
         least(l.ends_on, case when c.status = 'ended' then c.ends_on end) + 1 as ends_on,
         'contract' as source, l.id as row_id, l.contract_id
  from contract_line l join contract c on c.workspace_id = l.workspace_id and c.id = l.contract_id
  where l.kind = 'recurring' and c.status in ('active', 'ended');
create view revenue_of_subscriptions with (security_invoker = true) as
  select workspace_id, account_id, product_id, plan, currency, arr_minor, starts_on, ends_on,
         'subscription' as source, id as row_id, null::uuid as contract_id
  from subscription;
-- Invoices speak only for accounts of which we know neither contracts nor subscriptions: nothing counts twice.
create view revenue_of_invoices with (security_invoker = true) as
  select i.workspace_id, i.account_id, i.product_id, i.plan, i.currency, i.arr_minor, i.period_from as starts_on, i.period_to + 1 as ends_on,
         'invoice' as source, i.id as row_id, null::uuid as contract_id
  from invoice i
  where i.arr_minor is not null and i.status in ('open', 'paid', 'uncollectible')
    and not exists (select from subscription s where s.workspace_id = i.workspace_id and s.account_id = i.account_id)
    and not exists (select from revenue_of_contracts c where c.workspace_id = i.workspace_id and c.account_id = i.account_id);
create view revenue_entry with (security_invoker = true) as
  select * from revenue_of_contracts union all select * from revenue_of_subscriptions union all select * from revenue_of_invoices;
grant select on revenue_of_contracts, revenue_of_subscriptions, revenue_of_invoices, revenue_entry to openkam_all, openkam_scoped;

-- Where an account has lines, its ARR is theirs; what was entered before is kept here and comes back when the lines go.
create table entered_arr (
  workspace_id uuid not null references workspace,
  account_id uuid not null,
  arr_minor bigint,
  arr_currency text check (arr_currency ~ '^[A-Z]{3}$'),
  primary key (workspace_id, account_id),
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade,
  check ((arr_minor is null) = (arr_currency is null))
);
call kernel.protect('entered_arr', 'account_id', p_id => 'account_id');

-- A row a statement that changed what figures are made of, in its transaction: figures computed once are good while nothing was added.
-- Rows only come (a job removes those of past days), so writers never wait for each other.
create table revenue_change (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  at timestamptz not null default now(),
  primary key (workspace_id, id)
);
call kernel.protect('revenue_change', p_audit => false);
-- Every currency that the ledger has had, so that a question knows which rates it needs before it reads a row.
create table revenue_currency (
  workspace_id uuid not null references workspace,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  primary key (workspace_id, currency)
);
call kernel.protect('revenue_currency', p_audit => false);

create function note_revenue_change() returns trigger language plpgsql security definer set search_path = public, kernel, pg_temp as $$
begin
  -- Statements of the owner across workspaces (restoring a backup) touch all of them.
  insert into revenue_change (workspace_id) select workspace_id from workspace where workspace_id = coalesce(kernel.ws(), workspace_id);
  return null;
end $$;
create function note_revenue_rows() returns trigger language plpgsql security definer set search_path = public, kernel, pg_temp as $$
begin
  insert into revenue_currency (workspace_id, currency)
    select distinct workspace_id, currency from new_rows r
    where not exists (select from revenue_currency c where c.workspace_id = r.workspace_id and c.currency = r.currency)
    on conflict do nothing;
  insert into revenue_change (workspace_id) select distinct workspace_id from new_rows;
  return null;
end $$;
create trigger revenue_insert after insert on subscription referencing new table as new_rows for each statement execute function note_revenue_rows();
create trigger revenue_update after update on subscription referencing new table as new_rows for each statement execute function note_revenue_rows();
create trigger revenue_delete after delete on subscription for each statement execute function note_revenue_change();
create trigger revenue_insert after insert on invoice referencing new table as new_rows for each statement execute function note_revenue_rows();
create trigger revenue_update after update on invoice referencing new table as new_rows for each statement execute function note_revenue_rows();
create trigger revenue_delete after delete on invoice for each statement execute function note_revenue_change();
create trigger revenue_insert after insert on contract_line referencing new table as new_rows for each statement execute function note_revenue_rows();
create trigger revenue_update after update on contract_line referencing new table as new_rows for each statement execute function note_revenue_rows();
create trigger revenue_delete after delete on contract_line for each statement execute function note_revenue_change();
create trigger revenue_change after insert or update or delete on contract for each statement execute function note_revenue_change();
create trigger revenue_change after insert or update or delete on fx_rate for each statement execute function note_revenue_change();
