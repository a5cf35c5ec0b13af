// The stakeholders room's SQL for merging people and accounts: roles change hands, reporting lines are kept where they close no circle.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';

/** Takes reporting lines at an account off (all of them, or those to one manager), so that roles may move. */
export async function clearLines(tx: Tx, accountId: string, managerId: string | null): Promise<void> {
  await sql`update stakeholder set reports_to_id = null where workspace_id = kernel.ws() and account_id = ${accountId}
    and reports_to_id is not null ${managerId ? sql`and reports_to_id = ${managerId}` : sql``}`.execute(tx);
}

export async function setLines(
  tx: Tx,
  accountId: string,
  lines: readonly { person: string; manager: string }[],
): Promise<void> {
  if (!lines.length) return;
  await sql`update stakeholder s set reports_to_id = u.manager, version = s.version + 1, updated_at = now()
    from unnest(${lines.map((l) => l.person)}::uuid[], ${lines.map((l) => l.manager)}::uuid[]) u(person, manager)
    where s.workspace_id = kernel.ws() and s.account_id = ${accountId} and s.person_id = u.person`.execute(tx);
}

// What the role that stays lacks, the other one gives; of two privacy classes the stricter one stays.
const filled = sql`title = coalesce(i.title, d.title), department = coalesce(i.department, d.department),
  part = case i.part when 'none' then d.part else i.part end, stance = coalesce(i.stance, d.stance), confirmed = i.confirmed or d.confirmed,
  influence = coalesce(i.influence, d.influence), coverage = case i.coverage when 'none' then d.coverage else i.coverage end,
  cadence_days = coalesce(i.cadence_days, d.cadence_days), is_primary = i.is_primary or d.is_primary,
  privacy = case when 'private' in (i.privacy, d.privacy) then 'private' when 'account_team' in (i.privacy, d.privacy) then 'account_team' else 'company' end,
  started_on = least(i.started_on, d.started_on), ended_on = case when i.ended_on is null or d.ended_on is null then null else greatest(i.ended_on, d.ended_on) end,
  version = i.version + 1, updated_at = now()`;

/** The roles of `from` become roles of `into`; where both are at an account, one role of the two stays. */
export async function movePerson(tx: Tx, from: string, into: string): Promise<void> {
  await sql`update stakeholder i set ${filled} from stakeholder d
    where i.workspace_id = kernel.ws() and i.person_id = ${into} and d.workspace_id = i.workspace_id and d.person_id = ${from} and d.account_id = i.account_id`.execute(
    tx,
  );
  await sql`delete from stakeholder d where d.workspace_id = kernel.ws() and d.person_id = ${from}
    and exists (select from stakeholder i where i.workspace_id = d.workspace_id and i.person_id = ${into} and i.account_id = d.account_id)`.execute(
    tx,
  );
  await sql`update stakeholder set person_id = ${into}, is_primary = false, version = version + 1, updated_at = now()
    where workspace_id = kernel.ws() and person_id = ${from}`.execute(tx);
  await sql`update person_external_id set person_id = ${into} where workspace_id = kernel.ws() and person_id = ${from}`.execute(
    tx,
  );
}

/** The people of one account become people of another; who is at both keeps one role. Reporting lines must be off. */
export async function moveAccount(tx: Tx, from: string, into: string): Promise<void> {
  await sql`update stakeholder i set ${filled} from stakeholder d
    where i.workspace_id = kernel.ws() and i.account_id = ${into} and d.workspace_id = i.workspace_id and d.account_id = ${from} and d.person_id = i.person_id`.execute(
    tx,
  );
  await sql`delete from stakeholder d where d.workspace_id = kernel.ws() and d.account_id = ${from}
    and exists (select from stakeholder i where i.workspace_id = d.workspace_id and i.account_id = ${into} and i.person_id = d.person_id)`.execute(
    tx,
  );
  await sql`update stakeholder set account_id = ${into}, version = version + 1, updated_at = now()
    where workspace_id = kernel.ws() and account_id = ${from}`.execute(tx);
}
