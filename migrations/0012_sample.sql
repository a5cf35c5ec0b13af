-- What the sample portfolio brought, so that it can be taken away in one step.

create table sample_item (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  kind text not null check (kind in ('account', 'person', 'member', 'action', 'model', 'review', 'readiness')),
  row_id uuid not null,
  primary key (workspace_id, id),
  unique (workspace_id, kind, row_id)
);
call kernel.protect('sample_item', p_audit => false);
