-- Whether an account's ARR is that of its lines: then nobody enters it, and a list that has another one does not change it.
alter table account add column arr_from_lines boolean not null default false;
select set_config('openkam.audit', 'off', true);
update account a set arr_from_lines = true from entered_arr e where e.workspace_id = a.workspace_id and e.account_id = a.id;
select set_config('openkam.audit', '', true);

-- What hangs on these rows, as before; but a row that has the very key of another one and goes with it is a part of it, not something of its own.
create or replace function kernel.referenced(p_table text, p_ids uuid[], p_except text[] default '{}') returns table (id uuid)
language plpgsql stable security definer set search_path = public, kernel, pg_temp as $$
declare
  r record;
begin
  for r in
    select c.conrelid::regclass as child, a.attname as col
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[array_position(c.confkey, (
      select t.attnum from pg_attribute t where t.attrelid = c.confrelid and t.attname = case when p_table = 'stakeholder' then 'person_id' else 'id' end))]
    where c.contype = 'f' and c.confrelid = p_table::regclass and not (c.conrelid::regclass::text = any (p_except))
      and not (c.confdeltype = 'c' and exists (select from pg_constraint k where k.conrelid = c.conrelid and k.contype = 'p' and k.conkey @> c.conkey and k.conkey <@ c.conkey))
  loop
    return query execute format(
      'select distinct x.%I from %s x where x.workspace_id = kernel.ws() and x.%I = any ($1)%s', r.col, r.child, r.col,
      case when r.child = p_table::regclass then ' and not (x.id = any ($1))' else '' end) using p_ids;
  end loop;
end $$;
