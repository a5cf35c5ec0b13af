// SQL of the room's settings, and the few facts of workspace and members that it needs.
import { sql } from 'kysely';
import type { Role } from '../../../../kernel/contract/access.ts';
import type { Tx } from '../../../../kernel/server/database.ts';

export type SettingsRow = {
  limits: Partial<Record<Role, number>>;
  head_approver_ids: string[];
  finance_approver_ids: string[];
  remind_after_days: number;
  assumed_cost_percent: string;
  assumed_grr_percent: string;
  version: number;
};
/** What is stored, or what counts until somebody chooses (version 0). */
export async function settings(tx: Tx): Promise<SettingsRow> {
  const { rows } = await sql<SettingsRow>`
    select limits, head_approver_ids, finance_approver_ids, remind_after_days, assumed_cost_percent, assumed_grr_percent, version
    from contract_settings where workspace_id = kernel.ws()`.execute(tx);
  return (
    rows[0] ?? {
      limits: {},
      head_approver_ids: [],
      finance_approver_ids: [],
      remind_after_days: 2,
      assumed_cost_percent: '30',
      assumed_grr_percent: '90',
      version: 0,
    }
  );
}

/** Answers false when the version is not the current one. */
export async function write(tx: Tx, row: Omit<SettingsRow, 'version'>, version: number | null): Promise<boolean> {
  const { rows } = await sql`
    insert into contract_settings as s (workspace_id, limits, head_approver_ids, finance_approver_ids, remind_after_days, assumed_cost_percent, assumed_grr_percent)
    select kernel.ws(), ${JSON.stringify(row.limits)}::jsonb, ${row.head_approver_ids}::uuid[], ${row.finance_approver_ids}::uuid[], ${row.remind_after_days},
      ${row.assumed_cost_percent}::numeric, ${row.assumed_grr_percent}::numeric
    where ${version}::int is null or ${version}::int = coalesce((select x.version from contract_settings x where x.workspace_id = kernel.ws()), 0)
    on conflict (workspace_id) do update set limits = excluded.limits, head_approver_ids = excluded.head_approver_ids,
      finance_approver_ids = excluded.finance_approver_ids, remind_after_days = excluded.remind_after_days,
      assumed_cost_percent = excluded.assumed_cost_percent, assumed_grr_percent = excluded.assumed_grr_percent, version = s.version + 1, updated_at = now()
    returning id`.execute(tx);
  return rows.length === 1;
}

export async function workspaceFacts(tx: Tx): Promise<{ currency: string; fiscalStartMonth: number }> {
  const { rows } = await sql<{ currency: string; fiscal_year_start_month: number }>`
    select currency, fiscal_year_start_month from workspace where workspace_id = kernel.ws()`.execute(tx);
  return { currency: rows[0]?.currency ?? 'EUR', fiscalStartMonth: rows[0]?.fiscal_year_start_month ?? 1 };
}

/** Members who can sign in and decide, with their role. */
export async function activeMembers(tx: Tx): Promise<{ id: string; name: string; role: Role }[]> {
  const { rows } = await sql<{ id: string; name: string; role: Role }>`
    select id, name, role from member where workspace_id = kernel.ws() and deactivated_at is null and user_id is not null order by name, id`.execute(
    tx,
  );
  return rows;
}

/** Heads and admins, whom disagreements go to. */
export async function heads(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from member where workspace_id = kernel.ws() and deactivated_at is null and user_id is not null and role = 'head'`.execute(
    tx,
  );
  return rows.map((r) => r.id);
}
