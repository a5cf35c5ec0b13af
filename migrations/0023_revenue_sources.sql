-- Where an account has contract lines and subscriptions, both count until the workspace says that one of them speaks for it (preference
-- revenueFrom). revenue_entry is what counts; questions about a workspace that has one source read its view without asking.
create view revenue_counted_contracts with (security_invoker = true) as
  select e.* from revenue_of_contracts e
  where not exists (select from workspace w where w.workspace_id = e.workspace_id and w.preferences ->> 'revenueFrom' = 'subscriptions')
    or not exists (select from subscription s where s.workspace_id = e.workspace_id and s.account_id = e.account_id);
create view revenue_counted_subscriptions with (security_invoker = true) as
  select e.* from revenue_of_subscriptions e
  where not exists (select from workspace w where w.workspace_id = e.workspace_id and w.preferences ->> 'revenueFrom' = 'contracts')
    or not exists (select from revenue_of_contracts c where c.workspace_id = e.workspace_id and c.account_id = e.account_id);
create or replace view revenue_entry with (security_invoker = true) as
  select * from revenue_counted_contracts union all select * from revenue_counted_subscriptions union all select * from revenue_of_invoices;
grant select on revenue_counted_contracts, revenue_counted_subscriptions to openkam_all, openkam_scoped;

-- Choices change figures, and so does another currency to report in.
create trigger revenue_choice after update of preferences, currency on workspace for each row
  when (old.preferences is distinct from new.preferences or old.currency is distinct from new.currency)
  execute function note_revenue_change();
