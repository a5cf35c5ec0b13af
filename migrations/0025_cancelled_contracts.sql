-- A contract that was cancelled paid until its last day: what it was is no less true. Without a last day it never came into force.
create or replace view revenue_of_contracts with (security_invoker = true) as
  select l.workspace_id, l.account_id, l.product_id, l.description as plan, l.currency, l.amount_minor as arr_minor, l.starts_on,
         least(l.ends_on, case when c.status in ('ended', 'cancelled') then c.ends_on end) + 1 as ends_on,
         'contract' as source, l.id as row_id, l.contract_id
  from contract_line l join contract c on c.workspace_id = l.workspace_id and c.id = l.contract_id
  where l.kind = 'recurring' and (c.status in ('active', 'ended') or c.status = 'cancelled' and c.ends_on is not null);
-- Figures that were computed without them are no longer good.
insert into revenue_change (workspace_id) select workspace_id from workspace;
