// SQL for the people a plan may name.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';

type Row = {
  id: string;
  name: string;
  title: string | null;
  part: string | null;
  stance: number | null;
  cadence_days: number | null;
};

export async function stakeholdersAt(tx: Tx, accountId: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select p.id, p.name, s.title, case when s.privacy = 'company' then s.part end as part, case when s.privacy = 'company' then s.stance end as stance, s.cadence_days
    from stakeholder s join person p on p.workspace_id = s.workspace_id and p.id = s.person_id
    where s.workspace_id = kernel.ws() and s.account_id = ${accountId} and p.archived_at is null order by p.name_key limit 500`.execute(
    tx,
  );
  return rows;
}
