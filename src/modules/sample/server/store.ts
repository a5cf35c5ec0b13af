// SQL of the sample: what it brought, and its removal in one step.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';

/** Marks the products, series and competitors of the sample: they are no rows of an account. */
export const SAMPLE_NOTE = 'Part of the sample portfolio.';

type Kind = 'account' | 'person' | 'member' | 'action' | 'model' | 'review' | 'readiness';

export async function remember(tx: Tx, workspaceId: string, kind: Kind, ids: readonly string[]): Promise<void> {
  if (!ids.length) return;
  await tx
    .insertInto('sample_item')
    .values(ids.map((row_id) => ({ workspace_id: workspaceId, kind, row_id })))
    .execute();
}

export async function counts(tx: Tx): Promise<{ accounts: number; people: number; all: number }> {
  const { rows } = await sql<{ accounts: number; people: number; all: number }>`
    select count(*) filter (where kind = 'account') as accounts, count(*) filter (where kind = 'person') as people, count(*) as all
    from sample_item where workspace_id = kernel.ws()`.execute(tx);
  return rows[0]!;
}

export async function lock(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('sample'), hashtext(kernel.ws()::text))`.execute(tx);
}

/** Ids of rows that a use case made without telling: everything of a table younger than the sample's own beginning. */
export async function idsSince(
  tx: Tx,
  table: 'selection_model' | 'selection_review' | 'selection_readiness',
  since: string,
): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`select id from ${sql.table(table)} where workspace_id = kernel.ws() and made_at >= ${since}::timestamptz`.execute(
    tx,
  );
  return rows.map((r) => r.id);
}

export async function insertMember(
  tx: Tx,
  workspaceId: string,
  m: { name: string; title: string; role: string; level: string; capacity: number | null },
): Promise<string> {
  const email = `${m.name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z ]/g, '')
    .replaceAll(' ', '.')}@sample.example`;
  const row = await tx
    .insertInto('member')
    .values({
      workspace_id: workspaceId,
      name: m.name,
      email,
      title: m.title,
      role: m.role,
      level: m.level,
      capacity: m.capacity,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Takes everything away, from the leaves to the root. What somebody hung on a sample account goes with it. */
export async function removeAll(tx: Tx): Promise<void> {
  const of = (kind: Kind) => sql`(select row_id from sample_item where workspace_id = kernel.ws() and kind = ${kind})`;
  const ws = sql`workspace_id = kernel.ws()`;
  const accounts = of('account');
  // Accounts that people moved below a sample account, or merged into one, stay.
  await sql`update account set parent_id = null where ${ws} and parent_id in ${accounts} and id not in ${accounts}`.execute(
    tx,
  );
  await sql`update account set merged_into_id = null where ${ws} and merged_into_id in ${accounts}`.execute(tx);
  await sql`delete from action where ${ws} and (account_id in ${accounts} or id in ${of('action')})`.execute(tx);
  // An opportunity takes lines, people and history along; snapshots of the forecast stay as they were taken.
  await sql`delete from opportunity where ${ws} and account_id in ${accounts}`.execute(tx);
  // A contract takes lines, amendments, renewals, offers and approvals along.
  await sql`delete from concession where ${ws} and account_id in ${accounts}`.execute(tx);
  await sql`delete from contract where ${ws} and account_id in ${accounts}`.execute(tx);
  await sql`delete from document_version where ${ws} and account_id in ${accounts}`.execute(tx);
  await sql`delete from document where ${ws} and account_id in ${accounts}`.execute(tx);
  await sql`delete from selection_decision where ${ws} and account_id in ${accounts}`.execute(tx);
  await sql`update selection_decision set review_id = null where ${ws} and review_id in ${of('review')}`.execute(tx);
  await sql`delete from selection_review where ${ws} and id in ${of('review')}`.execute(tx);
  await sql`delete from selection_readiness where ${ws} and id in ${of('readiness')}`.execute(tx);
  // The model goes only while nothing else was built on it.
  await sql`delete from selection_model where ${ws} and id in ${of('model')} and not exists (select from selection_review r where r.workspace_id = kernel.ws())
    and number = (select max(number) from selection_model where workspace_id = kernel.ws())`.execute(tx);
  await sql`delete from plan where ${ws} and account_id in ${accounts}`.execute(tx);
  await sql`delete from stakeholder where ${ws} and (account_id in ${accounts} or person_id in ${of('person')})`.execute(
    tx,
  );
  await sql`delete from person where ${ws} and id in ${of('person')}`.execute(tx);
  await sql`update account set parent_id = null where ${ws} and id in ${accounts}`.execute(tx);
  await sql`delete from account where ${ws} and id in ${accounts}`.execute(tx);
  // The catalogue goes where nothing of ours points at it.
  await sql`delete from product p where ${ws} and p.description = ${SAMPLE_NOTE} and p.id not in (
    select r.id from kernel.referenced('product', array(select id from product where ${ws} and description = ${SAMPLE_NOTE}), array['product_price', 'product_alias', 'product_unknown']) r)`.execute(
    tx,
  );
  await sql`delete from product_series s where ${ws} and s.description = ${SAMPLE_NOTE} and not exists (select from product p where p.workspace_id = s.workspace_id and p.series_id = s.id)
    and not exists (select from wallet_estimate e where e.workspace_id = s.workspace_id and e.series_id = s.id)`.execute(
    tx,
  );
  await sql`delete from growth_competitor k where ${ws} and k.notes = ${SAMPLE_NOTE} and not exists (select from growth_cell c where c.workspace_id = k.workspace_id and c.competitor_id = k.id)`.execute(
    tx,
  );
  // Members of the sample who own something of ours by now stay, deactivated.
  const members = of('member');
  await sql`update member set deactivated_at = now() where ${ws} and id in ${members} and user_id is null`.execute(tx);
  await sql`delete from notification where ${ws} and member_id in ${members}`.execute(tx);
  await sql`delete from selection_score where ${ws} and rater_id in ${members}`.execute(tx);
  await sql`delete from member m where ${ws} and id in ${members} and user_id is null
    and not exists (select from account a where a.workspace_id = m.workspace_id and (a.owner_id = m.id or a.sponsor_id = m.id))
    and not exists (select from action x where x.workspace_id = m.workspace_id and (x.owner_id = m.id or x.created_by = m.id))
    and not exists (select from person p where p.workspace_id = m.workspace_id and p.created_by = m.id)
    and not exists (select from opportunity o where o.workspace_id = m.workspace_id and o.owner_id = m.id)
    and not exists (select from forecast_call f where f.workspace_id = m.workspace_id and (f.owner_id = m.id or f.member_id = m.id))
    and not exists (select from forecast_snapshot f where f.workspace_id = m.workspace_id and (f.owner_id = m.id or f.taken_by = m.id))`.execute(
    tx,
  );
  await sql`delete from sample_item where ${ws}`.execute(tx);
}
