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
  name_key text not null generated always as (kernel.fold(name)) stored,
  check (ends_on >= starts_on),
  check ((source_system is null) = (source_id is null))
);
create index contract_number on contract (workspace_id, lower(number)) where number is not null;
create index contract_account on contract (workspace_id, account_id);
create index contract_previous on contract (workspace_id, previous_id);
create unique index contract_source on contract (workspace_id, source_system, source_id) where source_id is not null;
create index contract_ends on contract (workspace_id, ends_on, id) where status = 'active';
create index contract_notice on contract (workspace_id, notice_deadline_on, id) where status = 'active';
call kernel.protect('contract', 'account_id', p_secret => 'name_key');

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

-- Who signed: side (ours, theirs), name, title, day; a short list that lives and dies with its contract.
alter table contract add column signatories jsonb not null default '[]' check (jsonb_typeof(signatories) = 'array');
-- Why it was cancelled, where it was.
alter table contract add column cancel_reason text not null default '' check (length(cancel_reason) <= 2000);

-- Where an imported line comes from.
alter table contract_line add column source_system text check (length(source_system) between 1 and 60);
alter table contract_line add column source_id text check (length(source_id) between 1 and 200);
alter table contract_line add column import_id uuid;
create unique index contract_line_source on contract_line (workspace_id, source_system, source_id) where source_id is not null;

-- A change of a contract that keeps history: lines end, others take their place.
create table contract_amendment (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  contract_id uuid not null,
  account_id uuid not null,
  number int not null,
  kind text not null check (kind in ('upgrade', 'downgrade', 'uplift', 'renewal', 'co_term', 'partial_churn', 'won', 'cancellation')),
  -- The first day of the new lines.
  effective_on date not null,
  note text not null default '' check (length(note) <= 5000),
  -- Recurring value of a year on the day before and on the day itself.
  before_minor bigint not null,
  after_minor bigint not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  made_by uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, contract_id, number),
  foreign key (workspace_id, contract_id) references contract (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, made_by) references member (workspace_id, id)
);
create index contract_amendment_account on contract_amendment (workspace_id, account_id);
create index contract_amendment_by on contract_amendment (workspace_id, made_by);
call kernel.protect('contract_amendment', 'account_id');
alter table contract_line add foreign key (workspace_id, amendment_id) references contract_amendment (workspace_id, id);
create index contract_line_amendment on contract_line (workspace_id, amendment_id);

-- One row for each term that falls due.
create table renewal (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  contract_id uuid not null,
  account_id uuid not null,
  -- The last day of the term.
  due_on date not null,
  notice_deadline_on date,
  -- What comes first: notice, or the end where there is no notice.
  act_by_on date not null generated always as (coalesce(notice_deadline_on, due_on)) stored,
  -- Recurring value of a year that falls due.
  due_minor bigint not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  state text not null default 'open' check (state in ('open', 'decided', 'dropped')),
  stage text not null default 'not_started' check (stage in ('not_started', 'preparing', 'proposed', 'negotiating', 'decided')),
  target text check (target in ('renewed_uplift', 'renewed_flat', 'reduced', 'lost', 'cancelled')),
  target_percent numeric(7, 4) check (target_percent between -100 and 1000),
  next_step text not null default '' check (length(next_step) <= 2000),
  next_step_on date,
  -- When the decision is expected, and how often that day was put off.
  expected_on date,
  pushes int not null default 0,
  -- What a person says of it, and what the figures say.
  likelihood text check (likelihood in ('on_track', 'watch', 'at_risk', 'critical')),
  probability numeric(5, 2) check (probability between 5 and 98),
  judged_by uuid,
  judged_at timestamptz,
  system_likelihood text not null default 'on_track' check (system_likelihood in ('on_track', 'watch', 'at_risk', 'critical')),
  system_probability numeric(5, 2) not null default 95 check (system_probability between 5 and 98),
  system_reasons jsonb not null default '[]',
  outcome text check (outcome in ('renewed_uplift', 'renewed_flat', 'reduced', 'lost', 'cancelled')),
  decided_on date,
  decided_by uuid,
  signed_on date,
  renewed_minor bigint,
  uplift_percent numeric(9, 4),
  discount_percent numeric(7, 4),
  new_ends_on date,
  -- The post-mortem: required when it is lost.
  loss_reason text check (loss_reason in ('price', 'product_gap', 'service', 'adoption', 'competitor', 'in_house', 'budget', 'reorganisation', 'sponsor_left', 'strategy', 'terms', 'our_choice', 'other')),
  loss_competitor text check (length(loss_competitor) between 1 and 200),
  loss_detail text not null default '' check (length(loss_detail) <= 5000),
  loss_lesson text not null default '' check (length(loss_lesson) <= 5000),
  loss_avoidable boolean,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, contract_id) references contract (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, judged_by) references member (workspace_id, id),
  foreign key (workspace_id, decided_by) references member (workspace_id, id),
  check ((state = 'decided') = (outcome is not null)),
  check ((state = 'decided') = (decided_on is not null)),
  check (outcome is distinct from 'lost' or loss_reason is not null)
);
create unique index renewal_term on renewal (workspace_id, contract_id, due_on);
create unique index renewal_open on renewal (workspace_id, contract_id) where state = 'open';
create index renewal_account on renewal (workspace_id, account_id);
create index renewal_act on renewal (workspace_id, act_by_on, id) where state = 'open';
create index renewal_due on renewal (workspace_id, due_on, id);
create index renewal_judged_by on renewal (workspace_id, judged_by);
create index renewal_decided_by on renewal (workspace_id, decided_by);
call kernel.protect('renewal', 'account_id');

-- Every judgement as it was made: what forecasts of renewals are measured by. Never changed.
create table renewal_judgement (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  renewal_id uuid not null,
  account_id uuid not null,
  source text not null check (source in ('person', 'system')),
  likelihood text not null check (likelihood in ('on_track', 'watch', 'at_risk', 'critical')),
  probability numeric(5, 2) not null check (probability between 5 and 98),
  reasons jsonb not null default '[]',
  note text not null default '' check (length(note) <= 2000),
  made_by uuid,
  made_on date not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, renewal_id) references renewal (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, made_by) references member (workspace_id, id)
);
create index renewal_judgement_of on renewal_judgement (workspace_id, renewal_id, id desc);
create index renewal_judgement_account on renewal_judgement (workspace_id, account_id);
create index renewal_judgement_by on renewal_judgement (workspace_id, made_by);
call kernel.protect('renewal_judgement', 'account_id');

-- What was answered six and three months before the end.
create table renewal_checkpoint (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  renewal_id uuid not null,
  account_id uuid not null,
  kind text not null check (kind in ('six_months', 'three_months')),
  answer text not null check (answer in ('renew', 'grow', 'save', 'exit', 'monitor')),
  likelihood text not null check (likelihood in ('on_track', 'watch', 'at_risk', 'critical')),
  system_likelihood text not null check (system_likelihood in ('on_track', 'watch', 'at_risk', 'critical')),
  disagrees boolean not null generated always as (likelihood <> system_likelihood) stored,
  note text not null default '' check (length(note) <= 5000),
  made_by uuid,
  made_at timestamptz not null default now(),
  -- What the head says where person and figures disagree.
  resolved_likelihood text check (resolved_likelihood in ('on_track', 'watch', 'at_risk', 'critical')),
  resolved_note text not null default '' check (length(resolved_note) <= 5000),
  resolved_by uuid,
  resolved_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, renewal_id, kind),
  foreign key (workspace_id, renewal_id) references renewal (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, made_by) references member (workspace_id, id),
  foreign key (workspace_id, resolved_by) references member (workspace_id, id),
  check (not (kind = 'three_months' and answer = 'monitor'))
);
create index renewal_checkpoint_account on renewal_checkpoint (workspace_id, account_id);
create index renewal_checkpoint_open on renewal_checkpoint (workspace_id, renewal_id) where disagrees and resolved_at is null;
create index renewal_checkpoint_made_by on renewal_checkpoint (workspace_id, made_by);
create index renewal_checkpoint_resolved_by on renewal_checkpoint (workspace_id, resolved_by);
call kernel.protect('renewal_checkpoint', 'account_id');

-- A scenario of what could be offered for the next term.
create table offer (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  renewal_id uuid not null,
  account_id uuid not null,
  name text not null check (length(name) between 1 and 120),
  -- uplift, discount, term, quantities, bundle: see the room's contract.
  terms jsonb not null,
  note text not null default '' check (length(note) <= 5000),
  made_by uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, renewal_id) references renewal (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, made_by) references member (workspace_id, id)
);
create index offer_renewal on offer (workspace_id, renewal_id);
create index offer_account on offer (workspace_id, account_id);
create index offer_made_by on offer (workspace_id, made_by);
call kernel.protect('offer', 'account_id');

-- Asking for a discount above one's limit. Who has to decide sees it, with the scenario as it was, whatever accounts they see.
create table approval (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  account_id uuid not null,
  renewal_id uuid not null,
  offer_id uuid,
  -- The terms that are approved, and the scenario with its effect as the approvers saw it.
  terms jsonb not null,
  scenario jsonb not null,
  discount_percent numeric(7, 4) not null,
  limit_percent numeric(7, 4) not null,
  reason text not null default '' check (length(reason) <= 5000),
  status text not null default 'pending' check (status in ('pending', 'approved', 'refused', 'withdrawn')),
  requested_by uuid,
  -- Everybody who was or is asked.
  approver_ids uuid[] not null default '{}',
  decided_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, renewal_id) references renewal (workspace_id, id) on delete cascade,
  foreign key (workspace_id, offer_id) references offer (workspace_id, id) on delete set null (offer_id),
  foreign key (workspace_id, requested_by) references member (workspace_id, id)
);
create index approval_account on approval (workspace_id, account_id);
create index approval_renewal on approval (workspace_id, renewal_id);
create index approval_offer on approval (workspace_id, offer_id);
create index approval_requested_by on approval (workspace_id, requested_by);
create index approval_pending on approval (workspace_id, created_at, id) where status = 'pending';
call kernel.protect('approval', 'account_id', p_also => '(select kernel.member()) = any (approver_ids)');

create table approval_step (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  approval_id uuid not null,
  account_id uuid not null,
  number int not null check (number between 1 and 9),
  kind text not null check (kind in ('head', 'finance')),
  status text not null default 'waiting' check (status in ('waiting', 'pending', 'approved', 'refused')),
  -- Any one of them decides.
  approver_ids uuid[] not null default '{}',
  delegated_by uuid,
  delegated_to uuid,
  decided_by uuid,
  decided_at timestamptz,
  note text not null default '' check (length(note) <= 5000),
  pending_since timestamptz,
  reminded_at timestamptz,
  reminders int not null default 0,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, approval_id, number),
  foreign key (workspace_id, approval_id) references approval (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, delegated_by) references member (workspace_id, id),
  foreign key (workspace_id, delegated_to) references member (workspace_id, id),
  foreign key (workspace_id, decided_by) references member (workspace_id, id)
);
create index approval_step_account on approval_step (workspace_id, account_id);
create index approval_step_delegated_by on approval_step (workspace_id, delegated_by);
create index approval_step_delegated_to on approval_step (workspace_id, delegated_to);
create index approval_step_decided_by on approval_step (workspace_id, decided_by);
create index approval_step_pending on approval_step (workspace_id, pending_since) where status = 'pending';
-- Its approval decides who sees it: the same people.
call kernel.protect('approval_step', 'account_id', p_also => 'exists (select from approval a where a.workspace_id = (select kernel.ws()) and a.id = approval_id and (select kernel.member()) = any (a.approver_ids))');

-- What was conceded to an account, and what was received for it.
create table concession (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  account_id uuid not null,
  contract_id uuid,
  renewal_id uuid,
  side text not null check (side in ('give', 'get')),
  what text not null check (length(what) between 1 and 500),
  kind text not null default 'other' check (kind in ('discount', 'terms', 'service', 'product', 'payment', 'commitment', 'reference', 'volume', 'other')),
  amount_minor bigint check (amount_minor >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  given_on date not null,
  -- What was received in return for this, or what this was given for.
  answers_id uuid,
  note text not null default '' check (length(note) <= 5000),
  made_by uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, contract_id) references contract (workspace_id, id) on delete set null (contract_id),
  foreign key (workspace_id, renewal_id) references renewal (workspace_id, id) on delete set null (renewal_id),
  foreign key (workspace_id, answers_id) references concession (workspace_id, id) on delete set null (answers_id),
  foreign key (workspace_id, made_by) references member (workspace_id, id),
  check ((amount_minor is null) = (currency is null))
);
create index concession_account on concession (workspace_id, account_id, given_on desc, id desc);
create index concession_contract on concession (workspace_id, contract_id);
create index concession_renewal on concession (workspace_id, renewal_id);
create index concession_answers on concession (workspace_id, answers_id);
create index concession_made_by on concession (workspace_id, made_by);
call kernel.protect('concession', 'account_id');

-- Discount limits by role, who decides above them, and what scenarios assume where nothing better is known.
create table contract_settings (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  -- role → percent
  limits jsonb not null default '{}',
  head_approver_ids uuid[] not null default '{}',
  finance_approver_ids uuid[] not null default '{}',
  remind_after_days int not null default 2 check (remind_after_days between 1 and 60),
  assumed_cost_percent numeric(7, 4) not null default 30 check (assumed_cost_percent between 0 and 100),
  assumed_grr_percent numeric(7, 4) not null default 90 check (assumed_grr_percent between 0 and 100),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index contract_settings_one on contract_settings (workspace_id);
call kernel.protect('contract_settings');

-- Search, see 0008: contracts by name; by number when it is typed alone.
call kernel.searchable('contract', 'name_key');
create function contract_search(asked kernel.asked) returns table (id uuid, account_id uuid, title text, subtitle text, rank real)
language plpgsql stable security definer set search_path = public, kernel, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  return query
    select f.id, f.account_id, f.name, concat_ws(' · ', a.name, f.number, f.ends_on::text), (kernel.fits(f.name_key, asked.text) - case when f.status = 'active' then 0.1 else 0.4 end)::real as rank
    from (select c.* from contract c where c.workspace_id = kernel.ws() and kernel.word_index(c.name_key) @@ asked.words and c.name_key like all (asked.also)
            and (kernel.sees_all() or c.account_id in (select unnest(kernel.seen()))) limit 200) f
    left join account a on a.workspace_id = f.workspace_id and a.id = f.account_id
    order by rank desc, f.name, f.id limit asked.most;
  return query
    select c.id, c.account_id, c.name, concat_ws(' · ', a.name, c.number), 3::real from contract c
    left join account a on a.workspace_id = c.workspace_id and a.id = c.account_id
    where c.workspace_id = kernel.ws() and lower(c.number) = lower(asked.text) and (kernel.sees_all() or c.account_id in (select unnest(kernel.seen())))
      and (kernel.word_index(c.name_key) @@ asked.words and c.name_key like all (asked.also)) is not true limit asked.most;
end $$;
revoke execute on function contract_search from public;
grant execute on function contract_search to openkam_all, openkam_scoped;
