// SQL that writes opportunities, their lines and people.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';

/** Sets the clock of the triggers, so that the history tells the server's time; the database's own stays for bookkeeping. */
export async function setPresent(tx: Tx, now: Date): Promise<void> {
  await sql`select set_config('openkam.now', ${now.toISOString()}, true)`.execute(tx);
}

export type OpportunityWrite = Partial<{
  name: string;
  type: string;
  owner_id: string | null;
  stage_id: string;
  state: string;
  amount_minor: number | null;
  currency: string;
  amount_of_lines: boolean;
  probability: number;
  probability_by_hand: boolean;
  category: string;
  category_by_hand: boolean;
  open_probability: number | null;
  open_category: string | null;
  closes_on: string;
  closed_on: string | null;
  product_id: string | null;
  contract_id: string | null;
  competitor: string;
  lost_reason: string | null;
  lost_note: string;
  next_step: string;
  next_step_on: string | null;
  description: string;
  archived_at: string | null;
}>;

/** Decimal columns travel as text. */
const stored = <T extends OpportunityWrite>({ probability, open_probability, ...rest }: T) => ({
  ...rest,
  ...(probability !== undefined ? { probability: String(probability) } : {}),
  ...(open_probability !== undefined
    ? { open_probability: open_probability === null ? null : String(open_probability) }
    : {}),
});

export async function insert(
  tx: Tx,
  workspaceId: string,
  row: OpportunityWrite & {
    id: string;
    account_id: string;
    name: string;
    stage_id: string;
    currency: string;
    probability: number;
    closes_on: string;
  },
  meddic: Record<string, string>,
): Promise<void> {
  await tx
    .insertInto('opportunity')
    .values({
      workspace_id: workspaceId,
      ...stored(row),
      probability: String(row.probability),
      meddic: JSON.stringify(meddic),
      stage_since: sql<string>`kernel.present()`,
      forecast_changed_at: sql<string>`kernel.present()`,
      created_at: sql<string>`kernel.present()`,
    })
    .execute();
}

/** Answers false when the version is not the current one. */
export async function update(
  tx: Tx,
  workspaceId: string,
  id: string,
  version: number | null,
  change: OpportunityWrite,
  meddic?: Record<string, string>,
): Promise<boolean> {
  let query = tx
    .updateTable('opportunity')
    .set({
      ...stored(change),
      ...(meddic ? { meddic: sql`jsonb_strip_nulls(meddic || ${JSON.stringify(meddic)}::jsonb)` } : {}),
      version: sql`version + 1`,
      updated_at: sql`now()`,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}

export type LineWrite = {
  id: string;
  product_id: string | null;
  description: string;
  kind: string;
  quantity: number;
  unit_price_minor: number;
  discount_percent: number;
  billing: string;
  starts_on: string | null;
  ends_on: string | null;
  amount_minor: number;
  position: number;
};

export async function setLines(
  tx: Tx,
  workspaceId: string,
  opportunityId: string,
  accountId: string,
  lines: readonly LineWrite[],
): Promise<void> {
  await sql`delete from opportunity_line where workspace_id = kernel.ws() and opportunity_id = ${opportunityId}::uuid`.execute(
    tx,
  );
  if (lines.length)
    await tx
      .insertInto('opportunity_line')
      .values(
        lines.map((l) => ({
          workspace_id: workspaceId,
          opportunity_id: opportunityId,
          account_id: accountId,
          ...l,
          quantity: String(l.quantity),
          discount_percent: String(l.discount_percent),
        })),
      )
      .execute();
}

export async function setPeople(
  tx: Tx,
  workspaceId: string,
  opportunityId: string,
  accountId: string,
  people: readonly { person_id: string; part: string; note: string }[],
): Promise<void> {
  await sql`delete from opportunity_person where workspace_id = kernel.ws() and opportunity_id = ${opportunityId}::uuid
    and person_id <> all (${people.map((p) => p.person_id)}::uuid[])`.execute(tx);
  if (people.length)
    await tx
      .insertInto('opportunity_person')
      .values(
        people.map((p) => ({ workspace_id: workspaceId, opportunity_id: opportunityId, account_id: accountId, ...p })),
      )
      .onConflict((c) =>
        c
          .columns(['workspace_id', 'opportunity_id', 'person_id'])
          .doUpdateSet({ part: sql`excluded.part`, note: sql`excluded.note` }),
      )
      .execute();
}

/** Of these products, those that there are. */
export async function knownProducts(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from product where workspace_id = kernel.ws() and id = any(${[...ids]}::uuid[])`.execute(tx);
  return new Set(rows.map((r) => r.id));
}

/** Of these people, those that are (or were) at the account. */
export async function knownPeople(tx: Tx, accountId: string, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct person_id from stakeholder where workspace_id = kernel.ws() and account_id = ${accountId}::uuid and person_id = any(${[...ids]}::uuid[])`.execute(
    tx,
  );
  return new Set(rows.map((r) => r.person_id));
}

export async function activeMember(tx: Tx, id: string): Promise<boolean> {
  const { rows } =
    await sql`select from member where workspace_id = kernel.ws() and id = ${id}::uuid and deactivated_at is null`.execute(
      tx,
    );
  return rows.length === 1;
}

/** Everything of one account goes over to another; snapshots and calls stay as they were made. */
export async function moveAll(tx: Tx, from: string, into: string): Promise<void> {
  await sql`update opportunity set account_id = ${into}::uuid, version = version + 1, updated_at = now()
    where workspace_id = kernel.ws() and account_id = ${from}::uuid`.execute(tx);
  for (const table of ['opportunity_line', 'opportunity_person', 'opportunity_change', 'opportunity_stage_entry'])
    await sql`update ${sql.table(table)} set account_id = ${into}::uuid where workspace_id = kernel.ws() and account_id = ${from}::uuid`.execute(
      tx,
    );
}
