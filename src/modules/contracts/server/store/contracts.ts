// SQL of contracts, their lines and amendments.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../../kernel/server/database.ts';
import type { CursorValue } from '../../../../kernel/server/paging.ts';
import type { CONTRACT_SORTS, Contract, ContractLine, Signatory } from '../../api.ts';
import type { Billing, Successor } from '../rules/lines.ts';

export type ContractRow = {
  id: string;
  account_id: string;
  account_name: string;
  owner_id: string | null;
  owner_name: string | null;
  number: string | null;
  name: string;
  status: Contract['status'];
  currency: string;
  starts_on: string;
  ends_on: string | null;
  term_months: number | null;
  auto_renews: boolean;
  notice_days: number | null;
  notice_deadline_on: string | null;
  uplift_percent: string | null;
  signed_on: string | null;
  notes: string;
  previous_id: string | null;
  signatories: Signatory[];
  cancel_reason: string;
  arr_minor: number;
  renewal_id: string | null;
  source_system: string | null;
  source_id: string | null;
  version: number;
  created_at: string;
  updated_at: string;
  sort_key: string;
};
export type Sort = (typeof CONTRACT_SORTS)[number];
export type Find = {
  q?: string | undefined;
  accountId?: string[] | undefined;
  ownerId?: string[] | undefined;
  status?: string[] | undefined;
  noticeFrom?: string | undefined;
  noticeTo?: string | undefined;
  endsFrom?: string | undefined;
  endsTo?: string | undefined;
};

const deadline = sql`coalesce(c.notice_deadline_on, c.ends_on)`;
export const likeText = (q: string) => `%${q.replace(/[\\%_]/g, '\\$&')}%`;

function conditions(f: Find): RawBuilder<SqlBool>[] {
  const all: RawBuilder<SqlBool>[] = [sql`c.workspace_id = kernel.ws()`];
  if (f.q)
    all.push(
      sql`(kernel.fold(c.name) like kernel.fold(${likeText(f.q)}) or kernel.fold(c.number) like kernel.fold(${likeText(f.q)}) or a.name_key like kernel.fold(${likeText(f.q)}))`,
    );
  if (f.accountId?.length) all.push(sql`c.account_id = any(${f.accountId}::uuid[])`);
  if (f.ownerId?.length) all.push(sql`a.owner_id = any(${f.ownerId}::uuid[])`);
  if (f.status?.length) all.push(sql`c.status = any(${f.status}::text[])`);
  if (f.noticeFrom) all.push(sql`${deadline} >= ${f.noticeFrom}::date`);
  if (f.noticeTo) all.push(sql`${deadline} <= ${f.noticeTo}::date`);
  if (f.endsFrom) all.push(sql`c.ends_on >= ${f.endsFrom}::date`);
  if (f.endsTo) all.push(sql`c.ends_on <= ${f.endsTo}::date`);
  return all;
}

// Without an end a contract comes last.
const sorts: Record<Sort, { column: RawBuilder<unknown>; type: string; down: boolean }> = {
  notice: { column: sql`coalesce(c.notice_deadline_on, c.ends_on, '9999-12-31')`, type: 'date', down: false },
  '-notice': { column: sql`coalesce(c.notice_deadline_on, c.ends_on, '0001-01-01')`, type: 'date', down: true },
  ends: { column: sql`coalesce(c.ends_on, '9999-12-31')`, type: 'date', down: false },
  '-ends': { column: sql`coalesce(c.ends_on, '0001-01-01')`, type: 'date', down: true },
  name: { column: sql`lower(c.name)`, type: 'text', down: false },
  '-updatedAt': { column: sql`c.updated_at`, type: 'timestamptz', down: true },
};

const columns = (
  today: string,
) => sql`c.id, c.account_id, a.name as account_name, a.owner_id, o.name as owner_name, c.number, c.name, c.status, c.currency,
  c.starts_on, c.ends_on, c.term_months, c.auto_renews, c.notice_days, c.notice_deadline_on, c.uplift_percent, c.signed_on, c.notes, c.previous_id,
  c.signatories, c.cancel_reason, c.source_system, c.source_id, c.version, c.created_at, c.updated_at,
  (select coalesce(sum(l.amount_minor), 0)::bigint from contract_line l where l.workspace_id = kernel.ws() and l.contract_id = c.id and l.kind = 'recurring'
    and c.status <> 'draft' and l.starts_on <= ${today}::date and (l.ends_on is null or l.ends_on >= ${today}::date)) as arr_minor,
  (select r.id from renewal r where r.workspace_id = kernel.ws() and r.contract_id = c.id and r.state = 'open') as renewal_id`;
const joins = sql`join account a on a.workspace_id = c.workspace_id and a.id = c.account_id
  left join member o on o.workspace_id = a.workspace_id and o.id = a.owner_id`;

/** One page; one row more than the limit when there is a next page. */
export async function list(
  tx: Tx,
  find: Find,
  today: string,
  sort: Sort,
  after: CursorValue[] | null,
  limit: number,
): Promise<ContractRow[]> {
  const where = conditions(find);
  const { column, type, down } = sorts[sort];
  if (after)
    where.push(
      sql`(${column}, c.id) ${down ? sql`<` : sql`>`} (${after[0]}::text::${sql.raw(type)}, ${after[1]}::uuid)`,
    );
  const direction = down ? sql`desc` : sql`asc`;
  const { rows } = await sql<ContractRow>`
    select ${columns(today)}, ${column}::text as sort_key from contract c ${joins} where ${sql.join(where, sql` and `)}
    order by ${column} ${direction}, c.id ${direction} limit ${sql.lit(limit + 1)}`.execute(tx);
  return rows;
}

export async function contract(tx: Tx, id: string, today: string): Promise<ContractRow | undefined> {
  const { rows } = await sql<ContractRow>`
    select ${columns(today)}, '' as sort_key from contract c ${joins} where c.workspace_id = kernel.ws() and c.id = ${id}::uuid`.execute(
    tx,
  );
  return rows[0];
}

/** Two people who change the lines of one contract do so one after the other. */
export async function lockContract(tx: Tx, id: string): Promise<void> {
  await sql`select from contract where workspace_id = kernel.ws() and id = ${id}::uuid for update`.execute(tx);
}

export type ContractWrite = Partial<{
  number: string | null;
  name: string;
  status: string;
  starts_on: string;
  ends_on: string | null;
  term_months: number | null;
  auto_renews: boolean;
  notice_days: number | null;
  uplift_percent: string | null;
  signed_on: string | null;
  notes: string;
  previous_id: string | null;
  signatories: string;
  cancel_reason: string;
}>;

export async function insert(
  tx: Tx,
  workspaceId: string,
  row: ContractWrite & { id: string; account_id: string; name: string; currency: string; starts_on: string },
): Promise<void> {
  await tx
    .insertInto('contract')
    .values({ workspace_id: workspaceId, ...row })
    .execute();
}

/** Answers false when the version is not the current one. */
export async function update(tx: Tx, id: string, version: number | null, change: ContractWrite): Promise<boolean> {
  let query = tx
    .updateTable('contract')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', sql<string>`kernel.ws()`)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}

export type LineRow = {
  id: string;
  product_id: string | null;
  product_name: string | null;
  description: string;
  kind: 'recurring' | 'one_off';
  quantity: string;
  unit_price_minor: number;
  discount_percent: string;
  billing: Billing;
  currency: string;
  starts_on: string;
  ends_on: string | null;
  amount_minor: number;
  reason: ContractLine['reason'];
  amendment_id: string | null;
  replaces_id: string | null;
  opportunity_id: string | null;
  position: number;
  version: number;
};

export async function lines(tx: Tx, contractId: string): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select l.id, l.product_id, p.name as product_name, l.description, l.kind, l.quantity, l.unit_price_minor, l.discount_percent, l.billing, l.currency,
      l.starts_on, l.ends_on, l.amount_minor, l.reason, l.amendment_id, l.replaces_id, l.opportunity_id, l.position, l.version
    from contract_line l left join product p on p.workspace_id = l.workspace_id and p.id = l.product_id
    where l.workspace_id = kernel.ws() and l.contract_id = ${contractId}::uuid order by l.starts_on, l.position, l.id`.execute(
    tx,
  );
  return rows;
}

export type LineOwner = { contractId: string; accountId: string; currency: string };
export type NewLineRow = Omit<Successor, 'replacesId'> & {
  id: string;
  replacesId: string | null;
  reason: ContractLine['reason'];
  amendmentId: string | null;
  opportunityId: string | null;
  position: number;
};

export async function insertLines(
  tx: Tx,
  workspaceId: string,
  owner: LineOwner,
  rows: readonly NewLineRow[],
): Promise<void> {
  if (!rows.length) return;
  await tx
    .insertInto('contract_line')
    .values(
      rows.map((r) => ({
        workspace_id: workspaceId,
        id: r.id,
        contract_id: owner.contractId,
        account_id: owner.accountId,
        currency: owner.currency,
        product_id: r.productId,
        description: r.description,
        kind: r.kind,
        quantity: r.quantity,
        unit_price_minor: r.unitPriceMinor,
        discount_percent: r.discountPercent,
        billing: r.billing,
        starts_on: r.startsOn,
        ends_on: r.endsOn,
        amount_minor: r.amountMinor,
        reason: r.reason,
        amendment_id: r.amendmentId,
        replaces_id: r.replacesId,
        opportunity_id: r.opportunityId,
        position: r.position,
      })),
    )
    .execute();
}

export async function endLines(tx: Tx, ended: readonly { id: string; endsOn: string }[]): Promise<void> {
  if (!ended.length) return;
  await sql`update contract_line l set ends_on = e.ends_on, version = l.version + 1, updated_at = now()
    from unnest(${ended.map((e) => e.id)}::uuid[], ${ended.map((e) => e.endsOn)}::date[]) e(id, ends_on)
    where l.workspace_id = kernel.ws() and l.id = e.id`.execute(tx);
}

export type LineWrite = Partial<{
  product_id: string | null;
  description: string;
  quantity: string;
  unit_price_minor: number;
  discount_percent: string;
  billing: Billing;
  starts_on: string;
  ends_on: string | null;
  amount_minor: number;
}>;
export async function updateLine(tx: Tx, id: string, version: number | null, change: LineWrite): Promise<boolean> {
  let query = tx
    .updateTable('contract_line')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', sql<string>`kernel.ws()`)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}

export async function deleteLines(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length)
    await sql`delete from contract_line where workspace_id = kernel.ws() and id = any(${[...ids]}::uuid[])`.execute(tx);
}

/** Of these products, those that are there. */
export async function knownProducts(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  if (!ids.length) return new Set();
  const { rows } = await sql<{
    id: string;
  }>`select id from product where workspace_id = kernel.ws() and id = any(${[...ids]}::uuid[])`.execute(tx);
  return new Set(rows.map((r) => r.id));
}

// Amendments ----------------------------------------------------------------

export type AmendmentRow = {
  id: string;
  number: number;
  kind: 'upgrade' | 'downgrade' | 'uplift' | 'renewal' | 'co_term' | 'partial_churn' | 'won' | 'cancellation';
  effective_on: string;
  note: string;
  before_minor: number;
  after_minor: number;
  currency: string;
  made_by_name: string | null;
  created_at: string;
};
export async function amendments(tx: Tx, contractId: string): Promise<AmendmentRow[]> {
  const { rows } = await sql<AmendmentRow>`
    select x.id, x.number, x.kind, x.effective_on, x.note, x.before_minor, x.after_minor, x.currency, m.name as made_by_name, x.created_at
    from contract_amendment x left join member m on m.workspace_id = x.workspace_id and m.id = x.made_by
    where x.workspace_id = kernel.ws() and x.contract_id = ${contractId}::uuid order by x.number desc`.execute(tx);
  return rows;
}

export async function insertAmendment(
  tx: Tx,
  owner: LineOwner,
  row: {
    id: string;
    kind: AmendmentRow['kind'];
    effectiveOn: string;
    note: string;
    beforeMinor: number;
    afterMinor: number;
    madeBy: string | null;
  },
): Promise<void> {
  await sql`insert into contract_amendment (workspace_id, id, contract_id, account_id, number, kind, effective_on, note, before_minor, after_minor, currency, made_by)
    values (kernel.ws(), ${row.id}::uuid, ${owner.contractId}::uuid, ${owner.accountId}::uuid,
      (select coalesce(max(number), 0) + 1 from contract_amendment where workspace_id = kernel.ws() and contract_id = ${owner.contractId}::uuid),
      ${row.kind}, ${row.effectiveOn}::date, ${row.note}, ${row.beforeMinor}, ${row.afterMinor}, ${owner.currency}, ${row.madeBy}::uuid)`.execute(
    tx,
  );
}

/** Lines that an opportunity has become already. */
export async function linesOfOpportunity(
  tx: Tx,
  opportunityId: string,
): Promise<{ id: string; contract_id: string }[]> {
  const { rows } = await sql<{ id: string; contract_id: string }>`
    select id, contract_id from contract_line where workspace_id = kernel.ws() and opportunity_id = ${opportunityId}::uuid order by position, id`.execute(
    tx,
  );
  return rows;
}

// What hangs on accounts ------------------------------------------------------

/** The nearest end of a term of an account's contracts in force; null: none. Contracts that are decided lost count until they end. */
export async function nextEnd(
  tx: Tx,
  accountId: string,
  today: string,
): Promise<{ has_some: boolean; ends_on: string | null }> {
  const { rows } = await sql<{ has_some: boolean; ends_on: string | null }>`
    select count(*) > 0 as has_some, min(c.ends_on) filter (where c.status = 'active'
      and (c.ends_on >= ${today}::date or exists (select from renewal r where r.workspace_id = kernel.ws() and r.contract_id = c.id and r.state = 'open'))) as ends_on
    from contract c where c.workspace_id = kernel.ws() and c.account_id = ${accountId}::uuid`.execute(tx);
  return rows[0]!;
}

/** Between the name of a product that nobody knew when a line came, and what the line says. */
export const NAME_SEPARATOR = ' · ';

/** Lines that came with a name which nobody knew, and stand under it, get the product that it turned out to be; answers how many. */
export async function relinkProducts(tx: Tx, name: string, productId: string): Promise<number> {
  const { numAffectedRows } =
    await sql`update contract_line set product_id = ${productId}::uuid, version = version + 1, updated_at = now(),
      description = case when product_key(description) = product_key(${name}) then description
        else substr(description, strpos(description, ${NAME_SEPARATOR}) + length(${NAME_SEPARATOR})) end
    where workspace_id = kernel.ws() and product_id is null and description <> ''
      and product_key(${name}) in (product_key(description), product_key(split_part(description, ${NAME_SEPARATOR}, 1)))`.execute(
      tx,
    );
  return Number(numAffectedRows ?? 0);
}

export async function moveAll(tx: Tx, from: string, into: string): Promise<void> {
  for (const table of [
    'contract',
    'contract_line',
    'contract_amendment',
    'renewal',
    'renewal_judgement',
    'renewal_checkpoint',
    'offer',
    'approval',
    'approval_step',
    'concession',
  ])
    await sql`update ${sql.table(table)} set account_id = ${into}::uuid where workspace_id = kernel.ws() and account_id = ${from}::uuid`.execute(
      tx,
    );
}

export async function namesOf(tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from contract where workspace_id = kernel.ws() and id = any(${[...ids]}::uuid[])
    union all select r.id, c.name from renewal r join contract c on c.workspace_id = r.workspace_id and c.id = r.contract_id
      where r.workspace_id = kernel.ws() and r.id = any(${[...ids]}::uuid[])`.execute(tx);
  return rows;
}
