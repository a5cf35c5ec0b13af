// SQL of contracts that a file calls cancelled: with an end that lies ahead notice was given, and the renewal of the term is decided.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../../kernel/server/database.ts';
import type { ImportRun } from '../../../../kernel/server/importing.ts';

/** How a contract that was brought in says that notice was given; its renewal says it too. */
export const NOTICE_GIVEN = 'Notice was given, as the imported list says.';

const today = (run: ImportRun): RawBuilder<unknown> => sql`${run.services.clock().toISOString().slice(0, 10)}::date`;

/** Cancelled, and its end lies ahead. `from` has the columns `status` and `ends_on` as they were staged. */
export const runsOut = (run: ImportRun, from: 's' | 'k'): RawBuilder<unknown> =>
  sql`coalesce(${sql.ref(`${from}.status`)} = 'notice' and ${sql.ref(`${from}.ends_on`)} >= ${today(run)}, false)`;

/** What the contract's status is. What is over without a day since when counts nowhere. */
export const statusOf = (run: ImportRun, from: 's' | 'k'): RawBuilder<unknown> => sql`case
  when ${sql.ref(`${from}.status`)} in ('notice', 'ended') and ${sql.ref(`${from}.ends_on`)} is null then 'cancelled'
  when ${runsOut(run, from)} then 'active' when ${sql.ref(`${from}.status`)} = 'notice' then 'ended' else ${sql.ref(`${from}.status`)} end`;

export const noticeOf = (run: ImportRun, from: 's' | 'k'): RawBuilder<unknown> =>
  sql`case when ${runsOut(run, from)} then ${NOTICE_GIVEN}::text end`;

/** The renewal of a term to whose end notice was given is decided; where the import is taken back it is open again. */
export async function keepNotices(tx: Tx, today: string): Promise<void> {
  const given = sql`exists (select from contract c where c.workspace_id = kernel.ws() and c.id = r.contract_id and c.status = 'active'
    and c.cancel_reason = ${NOTICE_GIVEN} and c.ends_on = r.due_on)`;
  await sql`update renewal r set state = 'decided', stage = 'decided', outcome = 'cancelled', decided_on = ${today}::date, renewed_minor = 0,
      loss_detail = ${NOTICE_GIVEN}, version = r.version + 1, updated_at = now()
    where r.workspace_id = kernel.ws() and r.state = 'open' and ${given}`.execute(tx);
  await sql`update renewal r set state = 'open', stage = 'not_started', outcome = null, decided_on = null, renewed_minor = null, loss_detail = '',
      version = r.version + 1, updated_at = now()
    where r.workspace_id = kernel.ws() and r.outcome = 'cancelled' and r.loss_detail = ${NOTICE_GIVEN}
      and exists (select from contract c where c.workspace_id = kernel.ws() and c.id = r.contract_id and c.status = 'active' and c.cancel_reason = '' and c.ends_on = r.due_on)
      and not exists (select from renewal o where o.workspace_id = kernel.ws() and o.contract_id = r.contract_id and o.state = 'open')`.execute(
    tx,
  );
}
