-- A stay in a stage lasts until another stage: what changes within it (amount, close date, forecast category) is no new stay.

create or replace view opportunity_stage_span with (security_invoker = true) as
  select x.workspace_id, x.id, x.opportunity_id, x.account_id, x.stage_id, x.entered_at, x.amount_minor, x.probability, x.category, x.closes_on, x.member_id,
         lead(x.entered_at) over (partition by x.workspace_id, x.opportunity_id order by x.entered_at, x.source_id, x.id) as left_at
  from (
    select e.*, lag(e.stage_id) over (partition by e.workspace_id, e.opportunity_id order by e.entered_at, e.source_id, e.id) as came_from
    from opportunity_stage_entry e
    where not e.assumed or not exists (select from opportunity_stage_entry r where r.workspace_id = e.workspace_id and r.opportunity_id = e.opportunity_id and not r.assumed)) x
  where x.came_from is distinct from x.stage_id;
