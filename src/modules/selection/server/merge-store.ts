// What selection keeps of an account follows it when duplicates merge.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';

/** Scores that the staying account lacks and all decisions come over; standings stay with the duplicate: they are a record. */
export async function moveSelection(tx: Tx, from: string, into: string): Promise<void> {
  await sql`update selection_score s set account_id = ${into} where s.workspace_id = kernel.ws() and s.account_id = ${from}
    and not exists (select from selection_score x where x.workspace_id = kernel.ws() and x.account_id = ${into} and x.criterion = s.criterion and x.rater_id = s.rater_id)`.execute(
    tx,
  );
  await sql`update selection_decision set account_id = ${into} where workspace_id = kernel.ws() and account_id = ${from}`.execute(
    tx,
  );
}
