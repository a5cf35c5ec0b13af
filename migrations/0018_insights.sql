-- Insights: definitions of figures as they were, and figures that were computed once.

-- What a figure meant from when on; a figure of a closed period is explained by the definition of its time.
create table metric_definition (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  metric text not null check (length(metric) between 1 and 60),
  number int not null check (number >= 1),
  definition jsonb not null,
  since timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, metric, number)
);
call kernel.protect('metric_definition');

-- Answers for members who see all accounts, good as long as their stamp is that of the ledger.
create table metric_result (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  question text not null check (length(question) <= 200),
  stamp text not null check (length(stamp) <= 200),
  -- The JSON as it went out.
  answer text not null,
  made_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, question)
);
call kernel.protect('metric_result', p_also => 'kernel.sees_all()', p_audit => false);
