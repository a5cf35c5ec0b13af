-- Whole exports from the browser, the audit log by kind and by member, and the accounts of an import.

-- Who took everything along, and when.
create table export_run (
  workspace_id uuid not null references workspace,
  id uuid not null default kernel.new_id(),
  made_by uuid not null,
  -- Null: it was broken off, or is still under way.
  finished_at timestamptz,
  bytes bigint,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, made_by) references member (workspace_id, id)
);
create index export_run_by on export_run (workspace_id, made_by);
call kernel.protect('export_run', p_secret => 'finished_at,bytes');

-- One index for both filters of the log, since an import writes a row of it for every row it brings: there are few kinds of things and
-- few members, so one of the two is walked through.
create index audit_kind on kernel.audit (workspace_id, table_name, member_id, id desc);

-- The accounts that an import made or changed, for those who may see the import; none once it was taken back.
create function import_accounts(p_import uuid) returns table (id uuid)
language sql stable parallel safe set search_path = public, kernel, pg_temp as $$
  select distinct r.id from import_change c cross join unnest(c.row_ids) r(id)
  where c.workspace_id = kernel.ws() and c.import_id = p_import and c.table_name = 'account' and c.undone_at is null
$$;
