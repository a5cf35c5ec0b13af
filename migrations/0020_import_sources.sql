-- Which ids of another system rows of a table have, whoever may see them: an import under a limited view must not trip over them.
create function kernel.sources_taken(p_table text, p_system text, p_ids text[]) returns table (source_id text)
language plpgsql stable security definer set search_path = public, kernel, pg_temp as $$
begin
  return query execute format(
    'select x.source_id from %s x where x.workspace_id = kernel.ws() and x.source_system = $1 and x.source_id = any ($2)', p_table::regclass)
    using p_system, p_ids;
end $$;
revoke execute on function kernel.sources_taken from public;
grant execute on function kernel.sources_taken to openkam_all, openkam_scoped;
