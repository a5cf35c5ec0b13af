-- Choosing key accounts: versions of the model, scores by hand, reviews with where each account stood, decisions, readiness.

create table selection_model (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  number int not null check (number >= 1),
  -- The active criteria with everything that scoring needs: key, name, why, axis, anchors, source, derivation, weight.
  criteria jsonb not null,
  note text not null default '' check (length(note) <= 500),
  made_by uuid,
  made_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  foreign key (workspace_id, made_by) references member (workspace_id, id)
);
create index selection_model_made_by on selection_model (workspace_id, made_by);
call kernel.protect('selection_model');

-- What one person says of one account on one criterion; it keeps the version of the model it was said under.
create table selection_score (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  account_id uuid not null,
  criterion text not null check (length(criterion) between 1 and 60),
  rater_id uuid not null,
  score numeric(3, 1) not null check (score between 1 and 10),
  evidence text not null check (length(evidence) between 1 and 2000),
  model_number int not null,
  scored_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, account_id, criterion, rater_id),
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade,
  foreign key (workspace_id, rater_id) references member (workspace_id, id)
);
create index selection_score_rater on selection_score (workspace_id, rater_id);
call kernel.protect('selection_score', 'account_id');

create table selection_review (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  number int not null,
  reviewed_on date not null,
  model_number int not null,
  capacity int not null,
  upper_line int not null,
  lower_line int not null,
  note text not null default '' check (length(note) <= 500),
  made_by uuid,
  made_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  foreign key (workspace_id, made_by) references member (workspace_id, id)
);
create index selection_review_made_by on selection_review (workspace_id, made_by);
call kernel.protect('selection_review');

-- Where each account stood in a review; a record, never changed.
create table selection_standing (
  workspace_id uuid not null references workspace,
  review_id uuid not null,
  account_id uuid not null,
  -- Worst place of its tie; null: it lacked the scores to be ranked.
  place int,
  score numeric(6, 3),
  coverage int not null,
  scores jsonb not null,
  primary key (workspace_id, review_id, account_id),
  foreign key (workspace_id, review_id) references selection_review (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade
);
create index selection_standing_account on selection_standing (workspace_id, account_id);
call kernel.protect('selection_standing', 'account_id', p_audit => false);

-- The decision log.
create table selection_decision (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  account_id uuid not null,
  review_id uuid,
  decision text not null check (decision in ('promote', 'hold', 'watch', 'scale_back')),
  reason text not null check (length(reason) between 1 and 2000),
  next_review_on date not null,
  -- What was suggested at that moment, and why; a decision may differ.
  suggested text,
  tier_before text,
  tier_after text,
  over_capacity_by int not null default 0,
  decided_by uuid,
  decided_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade,
  foreign key (workspace_id, review_id) references selection_review (workspace_id, id),
  foreign key (workspace_id, decided_by) references member (workspace_id, id)
);
create index selection_decision_account on selection_decision (workspace_id, account_id, id desc);
create index selection_decision_review on selection_decision (workspace_id, review_id);
create index selection_decision_by on selection_decision (workspace_id, decided_by);
call kernel.protect('selection_decision', 'account_id');

create table selection_readiness (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  answers jsonb not null,
  made_by uuid,
  made_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, made_by) references member (workspace_id, id)
);
create index selection_readiness_made_by on selection_readiness (workspace_id, made_by);
call kernel.protect('selection_readiness');
