// SQL that keeps one renewal for each term that falls due, and the facts that the system's view is made of. Set by set: for one
// contract after a change, for all of them at night.
import { sql } from 'kysely';
import type { Tx } from '../../../../kernel/server/database.ts';
import type { Facts, Likelihood, Reason } from '../rules/renewals.ts';

const among = (column: string, ids: readonly string[] | null) =>
  ids === null ? sql`true` : sql`${sql.ref(column)} = any(${[...ids]}::uuid[])`;

/** Contracts in force with an end have an open renewal for it; others have none. Null: all contracts of the workspace. */
export async function keepTerms(tx: Tx, contractIds: readonly string[] | null): Promise<void> {
  await sql`update renewal r set state = 'dropped', version = r.version + 1, updated_at = now()
    from contract c where r.workspace_id = kernel.ws() and r.state = 'open' and c.workspace_id = kernel.ws() and c.id = r.contract_id
      and (c.status <> 'active' or c.ends_on is null) and ${among('c.id', contractIds)}`.execute(tx);
  const due = sql`(select coalesce(sum(l.amount_minor), 0)::bigint from contract_line l where l.workspace_id = kernel.ws() and l.contract_id = c.id
    and l.kind = 'recurring' and l.starts_on <= c.ends_on and (l.ends_on is null or l.ends_on >= c.ends_on))`;
  await sql`update renewal r set due_on = w.ends_on, notice_deadline_on = w.notice_deadline_on, due_minor = w.due, currency = w.currency,
      account_id = w.account_id, version = r.version + 1, updated_at = now()
    from (select c.id, c.account_id, c.ends_on, c.notice_deadline_on, c.currency, ${due} as due from contract c
          where c.workspace_id = kernel.ws() and c.status = 'active' and c.ends_on is not null and ${among('c.id', contractIds)}) w
    where r.workspace_id = kernel.ws() and r.state = 'open' and r.contract_id = w.id
      and (r.due_on, r.notice_deadline_on, r.due_minor, r.currency, r.account_id) is distinct from (w.ends_on, w.notice_deadline_on, w.due, w.currency, w.account_id)
      and not exists (select from renewal x where x.workspace_id = kernel.ws() and x.contract_id = w.id and x.due_on = w.ends_on and x.id <> r.id)`.execute(
    tx,
  );
  await sql`insert into renewal (workspace_id, contract_id, account_id, due_on, notice_deadline_on, due_minor, currency)
    select kernel.ws(), c.id, c.account_id, c.ends_on, c.notice_deadline_on, ${due}, c.currency from contract c
    where c.workspace_id = kernel.ws() and c.status = 'active' and c.ends_on is not null and ${among('c.id', contractIds)}
      and not exists (select from renewal r where r.workspace_id = kernel.ws() and r.contract_id = c.id and r.state = 'open')
    on conflict (workspace_id, contract_id, due_on) do update set state = 'open', due_minor = excluded.due_minor,
      notice_deadline_on = excluded.notice_deadline_on, version = renewal.version + 1, updated_at = now() where renewal.state = 'dropped'`.execute(
    tx,
  );
}

export type FactRow = Omit<Facts, 'today'> & {
  id: string;
  accountId: string;
  systemLikelihood: Likelihood;
  systemReasons: Reason[];
  judged: boolean;
};

/** Facts of open renewals, some at a time in the order of their ids. */
export async function facts(
  tx: Tx,
  contractIds: readonly string[] | null,
  today: string,
  after: string | null,
  limit: number,
): Promise<FactRow[]> {
  const { rows } = await sql<FactRow>`
    select r.id, r.account_id as "accountId", r.due_on as "dueOn", r.notice_deadline_on as "noticeDeadlineOn", c.auto_renews as "autoRenews", r.stage, r.pushes,
      r.system_likelihood as "systemLikelihood", r.system_reasons as "systemReasons",
      coalesce((select max((o.terms ->> 'discountPercent')::numeric) from offer o where o.workspace_id = kernel.ws() and o.renewal_id = r.id), 0)::float8 as "discountAsked",
      coalesce((select array_agg(k.kind) from renewal_checkpoint k where k.workspace_id = kernel.ws() and k.renewal_id = r.id), '{}') as answered,
      coalesce((select round(100.0 * sum(x.before_minor - x.after_minor) / nullif(max(x.before_minor), 0)) from contract_amendment x where x.workspace_id = kernel.ws()
        and x.contract_id = r.contract_id and x.kind in ('downgrade', 'partial_churn') and x.effective_on > ${today}::date - interval '12 months' and x.effective_on <= ${today}::date), 0)::float8 as "shrunkPercent",
      exists (select from renewal_judgement j where j.workspace_id = kernel.ws() and j.renewal_id = r.id and j.source = 'system') as judged
    from renewal r join contract c on c.workspace_id = r.workspace_id and c.id = r.contract_id
    where r.workspace_id = kernel.ws() and r.state = 'open' and ${among('r.contract_id', contractIds)}
      ${after === null ? sql`` : sql`and r.id > ${after}::uuid`} order by r.id limit ${sql.lit(limit)}`.execute(tx);
  return rows;
}

export type View = { id: string; accountId: string; likelihood: Likelihood; probability: number; reasons: Reason[] };

/** Writes the system's view where it changed; a change of likelihood is kept with its day. */
export async function writeViews(
  tx: Tx,
  views: readonly View[],
  changed: readonly View[],
  today: string,
): Promise<void> {
  if (views.length)
    await sql`update renewal r set system_likelihood = v.likelihood, system_probability = v.probability, system_reasons = v.reasons
      from jsonb_to_recordset(${JSON.stringify(views)}::jsonb) v(id uuid, likelihood text, probability numeric, reasons jsonb)
      where r.workspace_id = kernel.ws() and r.id = v.id`.execute(tx);
  if (changed.length)
    await sql`insert into renewal_judgement (workspace_id, renewal_id, account_id, source, likelihood, probability, reasons, made_on)
      select kernel.ws(), v.id, v."accountId", 'system', v.likelihood, v.probability, v.reasons, ${today}::date
      from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) v(id uuid, "accountId" uuid, likelihood text, probability numeric, reasons jsonb)`.execute(
      tx,
    );
}

/** Contracts that ended and whose renewal is lost or cancelled, or that a cancellation ended: they are over. */
export async function endContracts(tx: Tx, today: string): Promise<number> {
  const { numAffectedRows } =
    await sql`update contract c set status = 'ended', version = c.version + 1, updated_at = now()
    where c.workspace_id = kernel.ws() and c.status = 'active' and c.ends_on < ${today}::date
      and exists (select from renewal r where r.workspace_id = kernel.ws() and r.contract_id = c.id and r.due_on = c.ends_on and r.outcome in ('lost', 'cancelled'))`.execute(
      tx,
    );
  return Number(numAffectedRows ?? 0);
}

/** Terms that ended without notice of contracts that renew by themselves. */
export async function selfRenewing(
  tx: Tx,
  today: string,
  limit: number,
): Promise<{ id: string; contract_id: string }[]> {
  const { rows } = await sql<{ id: string; contract_id: string }>`
    select r.id, r.contract_id from renewal r join contract c on c.workspace_id = r.workspace_id and c.id = r.contract_id
    where r.workspace_id = kernel.ws() and r.state = 'open' and r.due_on < ${today}::date and c.auto_renews and c.term_months is not null and c.status = 'active'
    order by r.id limit ${sql.lit(limit)}`.execute(tx);
  return rows;
}

export type Approaching = {
  id: string;
  account_id: string;
  account_name: string;
  contract_name: string;
  owner_id: string;
  notice_on: string;
  days: number;
};
/** Open renewals whose notice deadline is near, with whose they are. */
export async function approaching(tx: Tx, today: string, withinDays: number): Promise<Approaching[]> {
  const { rows } = await sql<Approaching>`
    select r.id, r.account_id, a.name as account_name, c.name as contract_name, a.owner_id, r.act_by_on as notice_on, r.act_by_on - ${today}::date as days
    from renewal r join contract c on c.workspace_id = r.workspace_id and c.id = r.contract_id
    join account a on a.workspace_id = r.workspace_id and a.id = r.account_id
    join member m on m.workspace_id = a.workspace_id and m.id = a.owner_id and m.deactivated_at is null
    where r.workspace_id = kernel.ws() and r.state = 'open' and r.act_by_on between ${today}::date and ${today}::date + ${withinDays}::int order by r.act_by_on, r.id`.execute(
    tx,
  );
  return rows;
}

/** The renewal of every contract, one row a day. The same day twice changes nothing. */
export async function takeSnapshot(tx: Tx, workspaceId: string, day: string): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into kernel.snapshot (workspace_id, kind, row_id, account_id, on_date, data)
    select r.workspace_id, 'renewal', r.id, r.account_id, ${day}::date, jsonb_strip_nulls(jsonb_build_object(
      'contractId', r.contract_id, 'dueOn', r.due_on, 'noticeDeadlineOn', r.notice_deadline_on, 'dueMinor', r.due_minor, 'currency', r.currency, 'state', r.state,
      'stage', r.stage, 'target', r.target, 'likelihood', r.likelihood, 'probability', r.probability, 'systemLikelihood', r.system_likelihood,
      'systemProbability', r.system_probability, 'outcome', r.outcome, 'renewedMinor', r.renewed_minor, 'pushes', r.pushes))
    from renewal r where r.workspace_id = ${workspaceId}::uuid and (r.state = 'open' or r.decided_on >= ${day}::date - 1)
    on conflict do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Every workspace with the day that it is there. Runs as the system. */
export async function workspaceDays(
  tx: Tx,
  now: Date,
): Promise<{ workspace_id: string; day: string; night_done: boolean }[]> {
  const { rows } = await sql<{ workspace_id: string; day: string; night_done: boolean }>`
    select w.workspace_id, d.day::text as day,
      exists (select from kernel.schedule_slot s where s.name = 'contracts.night ' || w.workspace_id and s.slot = d.day::text and s.done_at is not null) as night_done
    from workspace w cross join lateral (select (${now.toISOString()}::timestamptz at time zone w.zone)::date as day) d order by w.workspace_id`.execute(
    tx,
  );
  return rows;
}

/** The night of a workspace is over. Runs as the system. */
export async function nightIsDone(tx: Tx, workspaceId: string, day: string): Promise<void> {
  await sql`insert into kernel.schedule_slot (name, slot, done_at) values (${`contracts.night ${workspaceId}`}, ${day}, now())
    on conflict (name, slot) do update set done_at = now()`.execute(tx);
}
