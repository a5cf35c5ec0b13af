// SQL of importing contracts and their lines: which contract a line belongs to, the contracts that lines bring along, what is remarked.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../../kernel/server/database.ts';
import type { ImportRun } from '../../../../kernel/server/importing.ts';
import { noticeOf, runsOut, statusOf } from './import-notice.ts';

const UUID = sql.lit('^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$');

/** What a contract is called that a list knows only by its account and first day. */
export const namelessContract = sql`('Contract from ' || s.starts_on)`;
const contractName = sql`coalesce(s.contract_name, case when a.account_id is not null then ${namelessContract} end)`;

/** What a staged row names its contract by: its id or number, else its name within its account; nameless ones are known by their first day. */
export const contractKey = sql`case when s.contract is not null then 'id' || chr(1) || s.contract
  when ${contractName} is not null then 'name' || chr(1) || coalesce(a.account_id::text, '') || chr(1) || kernel.fold(${contractName}) end`;

/**
 * `import_contract (key, id, fresh, account_id, currency, …)`: the contracts that lines speak of. By our id, the id of the file's system,
 * the number, a file before this one, the name within the account; the others are fresh and made of what their lines say.
 */
export async function findContracts(tx: Tx, run: ImportRun): Promise<void> {
  await sql`drop table if exists pg_temp.import_contract`.execute(tx);
  await sql`create temp table import_contract as
    select k.key, min(k.n) as first, min(k.contract) as ref, min(k.contract_name) as name, (array_agg(k.account_id order by k.n) filter (where k.account_id is not null))[1] as account_id,
      (array_agg(k.cur order by k.n) filter (where k.cur is not null))[1] as currency, min(k.starts_on) as starts_on,
      case when bool_and(k.ends_on is not null or k.billing = 'once') then max(k.ends_on) end as ends_on, max(k.term_months) as term_months, max(k.notice_days) as notice_days,
      bool_or(k.auto_renews) as auto_renews, max(k.uplift_percent) as uplift_percent, max(k.signed_on) as signed_on, max(k.status) as status,
      case when count(*) = 1 then max(k.description) end as only_line, null::uuid as id, false as fresh
    from (select s.n, s.contract, case when s.contract is null then ${contractName} else s.contract_name end as contract_name, coalesce(s.billing, '') as billing, a.account_id, coalesce(s.unit_price_currency, s.yearly_currency, s.total_currency, s.value_currency) as cur, s.starts_on, s.ends_on, s.term_months, s.notice_days, s.auto_renews,
        s.uplift_percent, s.signed_on, s.status, s.description, ${contractKey} as key
      from pg_temp.import_stage s left join pg_temp.import_account a on a.n = s.n
      where not exists (select from pg_temp.import_remark x where x.n = s.n and x.weight = 'reject')) k
    where k.key is not null group by k.key`.execute(tx);
  const open = sql`k.id is null`;
  await sql`update pg_temp.import_contract k set id = c.id, account_id = c.account_id, currency = c.currency from contract c
    where c.workspace_id = kernel.ws() and c.id = case when k.ref ~ ${UUID} then k.ref::uuid end`.execute(tx);
  await sql`update pg_temp.import_contract k set id = c.id, account_id = c.account_id, currency = c.currency from contract c
    where ${open} and c.workspace_id = kernel.ws() and c.source_system = ${run.system} and c.source_id = k.ref`.execute(
    tx,
  );
  await sql`update pg_temp.import_contract k set id = m.id from pg_temp.import_made m where ${open} and m.entity = 'contracts' and m.external_id = k.ref`.execute(
    tx,
  );
  // By number, by the id of another system, by name: where only one contract can be meant.
  const only = (condition: RawBuilder<unknown>) =>
    sql`update pg_temp.import_contract k set id = f.id, account_id = f.account_id, currency = f.currency from (
        select k.key, min(c.id::text)::uuid as id, min(c.account_id::text)::uuid as account_id, min(c.currency) as currency from pg_temp.import_contract k
        join contract c on c.workspace_id = kernel.ws() and (k.account_id is null or c.account_id = k.account_id) and ${condition}
        where ${open} group by k.key having count(*) = 1) f where ${open} and f.key = k.key`.execute(tx);
  await only(sql`lower(c.number) = lower(k.ref)`);
  await only(sql`c.source_id = k.ref`);
  await only(sql`k.ref is null and c.name_key = kernel.fold(k.name)`);
  await sql`update pg_temp.import_contract k set id = kernel.new_id(), fresh = true where ${open}`.execute(tx);
  await sql`create unique index on pg_temp.import_contract (key)`.execute(tx);
  await sql`analyze pg_temp.import_contract`.execute(tx);
}

/** Makes the contracts of a chunk that are not there yet. */
export async function insertContracts(
  tx: Tx,
  run: ImportRun,
  from: number,
  to: number,
): Promise<{ n: number; id: string }[]> {
  const { rows } = await sql<{ n: number; id: string }>`
    with made as (
      insert into contract (workspace_id, id, account_id, name, number, currency, starts_on, ends_on, term_months, notice_days, auto_renews, uplift_percent, signed_on,
        source_system, source_id, import_id, cancel_reason, status)
      select kernel.ws(), k.id, k.account_id, left(coalesce(k.name, k.only_line, 'Contract ' || k.ref), 300), left(k.ref, 100), coalesce(k.currency, (select currency from workspace where workspace_id = kernel.ws())),
        k.starts_on, k.ends_on, case when k.term_months between 1 and 240 then k.term_months end, case when k.notice_days between 0 and 3650 then k.notice_days end,
        coalesce(k.auto_renews, false) and not ${runsOut(run, 'k')}, case when k.uplift_percent between -100 and 1000 then k.uplift_percent end, k.signed_on,
        case when k.ref is not null and k.ref !~ ${UUID} then ${run.system}::text end, case when k.ref !~ ${UUID} then k.ref end, ${run.importId}::uuid, coalesce(${noticeOf(run, 'k')}, ''),
        coalesce(${statusOf(run, 'k')}, case when k.ends_on < current_date - 90 and not coalesce(k.auto_renews, false) then 'ended' else 'active' end)
      from pg_temp.import_contract k where k.fresh and k.account_id is not null
        and k.id in (select p.contract_id from pg_temp.import_plan p where p.pos >= ${from} and p.pos < ${to} and p.action = 'new')
        and not exists (select from contract c where c.workspace_id = kernel.ws() and c.id = k.id)
      returning id)
    select k.first as n, made.id from made join pg_temp.import_contract k on k.id = made.id order by 1`.execute(tx);
  return rows;
}

/** Lines of contracts that a file before this one made since the rows were planned: they belong to the account of their contract. */
export async function takeAccounts(tx: Tx, from: number, to: number): Promise<void> {
  await sql`update pg_temp.import_plan p set account_id = c.account_id from contract c
    where p.pos >= ${from} and p.pos < ${to} and p.account_id is null and c.workspace_id = kernel.ws() and c.id = p.contract_id`.execute(
    tx,
  );
}

/** Accounts whose next end differs from what they show. */
export async function accountsToKeep(tx: Tx, today: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from account a join (
      select c.account_id, min(c.ends_on) filter (where c.status = 'active'
        and (c.ends_on >= ${today}::date or exists (select from renewal r where r.workspace_id = kernel.ws() and r.contract_id = c.id and r.state = 'open'))) as ends_on
      from contract c where c.workspace_id = kernel.ws() group by 1) x on x.account_id = a.id
    where a.workspace_id = kernel.ws() and a.renewal_on is distinct from x.ends_on order by a.id`.execute(tx);
  return rows.map((r) => r.id);
}

type End = { accountId: string; renewalOn: string; since: string };
/** The ends of these contracts, with the time since when their accounts may show them. */
export async function endsOf(tx: Tx, ids: readonly string[]): Promise<End[]> {
  const { rows } = await sql<End>`
    select c.account_id as "accountId", c.ends_on as "renewalOn", c.created_at as since from contract c
    where c.workspace_id = kernel.ws() and c.id = any (${[...ids]}::uuid[]) and c.ends_on is not null`.execute(tx);
  return rows;
}

/** Of these, those of accounts that have no contract any more. */
export async function withoutContracts(tx: Tx, ends: readonly End[]): Promise<End[]> {
  if (!ends.length) return [];
  const { rows } = await sql<{ id: string }>`
    select u.id from unnest(${[...new Set(ends.map((e) => e.accountId))]}::uuid[]) u(id)
    where not exists (select from contract c where c.workspace_id = kernel.ws() and c.account_id = u.id)`.execute(tx);
  const free = new Set(rows.map((r) => r.id));
  return ends.filter((e) => free.has(e.accountId));
}
