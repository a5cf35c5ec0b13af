-- The audit of changed rows took a row apart once for each of its columns: both sides are written down first, and compared then.
-- The maker of audits and every audit that it has made get the same correction.
do $$
declare
  f record;
  fixed text;
begin
  for f in select p.oid, pg_get_functiondef(p.oid) as text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
           where n.nspname = 'kernel' and (p.proname = 'audit_table' or p.proname like 'audit\_of\_%') loop
    fixed := replace(f.text, 'cross join lateral (select to_jsonb(o) as o, to_jsonb(r) as n) x', 'cross join lateral (select to_jsonb(o) as o, to_jsonb(r) as n offset 0) x');
    fixed := replace(fixed, 'jsonb_object_agg(k.key, x.n -> k.key) as after', 'jsonb_object_agg(k.key, k.value) as after');
    fixed := replace(fixed, 'from jsonb_object_keys(x.n) as k(key)', 'from jsonb_each(x.n) as k(key, value)');
    fixed := replace(fixed, 'where x.o -> k.key is distinct from x.n -> k.key and', 'where x.o -> k.key is distinct from k.value and');
    if fixed = f.text then raise exception 'the audit % is not as this migration knows it', f.oid::regprocedure; end if;
    execute fixed;
  end loop;
end $$;
