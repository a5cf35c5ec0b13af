// The SQL of money that accounts cost and spend: wallet estimates, expenses, budgets.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { CursorValue } from '../../../kernel/server/paging.ts';
import type { Estimate, Expense } from '../api-money.ts';

// Wallet --------------------------------------------------------------------

export type EstimateRow = {
  id: string;
  account_id: string;
  series_id: string | null;
  series_name: string | null;
  spend_minor: number;
  currency: string;
  estimated_on: string;
  source: string;
  confidence: Estimate['confidence'];
  note: string;
  version: number;
};
const estimates = sql`select w.id, w.account_id, w.series_id, s.name as series_name, w.spend_minor, w.currency, w.estimated_on, w.source, w.confidence, w.note, w.version
  from wallet_estimate w left join product_series s on s.workspace_id = w.workspace_id and s.id = w.series_id where w.workspace_id = kernel.ws()`;

export async function estimatesOf(tx: Tx, accountIds: readonly string[]): Promise<EstimateRow[]> {
  const { rows } =
    await sql<EstimateRow>`${estimates} and w.account_id = any (${[...accountIds]}::uuid[]) order by w.estimated_on desc, w.created_at desc, w.id desc`.execute(
      tx,
    );
  return rows;
}
export async function estimate(tx: Tx, id: string): Promise<EstimateRow | undefined> {
  const { rows } = await sql<EstimateRow>`${estimates} and w.id = ${id}::uuid`.execute(tx);
  return rows[0];
}
/** The estimates that hold on a day: of each account and category the newest one. */
export async function holdingOn(tx: Tx, accountIds: readonly string[], on: string): Promise<EstimateRow[]> {
  const { rows } =
    await sql<EstimateRow>`select distinct on (account_id, series_id) * from (${estimates} and w.account_id = any (${[...accountIds]}::uuid[]) and w.estimated_on <= ${on}::date) e
    order by account_id, series_id, estimated_on desc, id desc`.execute(tx);
  return rows;
}
export async function seriesKnown(tx: Tx, id: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from product_series where workspace_id = kernel.ws() and id = ${id}::uuid`.execute(tx);
  return rows.length > 0;
}

export type EstimateWrite = Partial<{
  series_id: string | null;
  spend_minor: number;
  currency: string;
  estimated_on: string;
  source: string;
  confidence: Estimate['confidence'];
  note: string;
}>;
type NewEstimate = EstimateWrite & {
  id: string;
  account_id: string;
  spend_minor: number;
  currency: string;
  estimated_on: string;
  source: string;
  confidence: Estimate['confidence'];
};
export async function insertEstimate(tx: Tx, workspaceId: string, row: NewEstimate): Promise<void> {
  await tx
    .insertInto('wallet_estimate')
    .values({ workspace_id: workspaceId, ...row })
    .execute();
}
export async function updateEstimate(
  tx: Tx,
  workspaceId: string,
  id: string,
  version: number | null,
  change: EstimateWrite,
): Promise<boolean> {
  let query = tx
    .updateTable('wallet_estimate')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}
export async function deleteEstimate(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('wallet_estimate').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

/** Products with their series and names. */
export async function productNames(tx: Tx): Promise<{ id: string; name: string; series_id: string | null }[]> {
  const { rows } = await sql<{
    id: string;
    name: string;
    series_id: string | null;
  }>`select id, name, series_id from product where workspace_id = kernel.ws()`.execute(tx);
  return rows;
}

// Expenses ------------------------------------------------------------------

export type ExpenseRow = {
  id: string;
  account_id: string;
  account_name: string;
  kind: Expense['kind'];
  spent_on: string;
  amount_minor: number;
  currency: string;
  description: string;
  member_id: string | null;
  member_name: string | null;
  version: number;
};
const expenses = sql`select e.id, e.account_id, a.name as account_name, e.kind, e.spent_on, e.amount_minor, e.currency, e.description, e.member_id, coalesce(m.name, e.member_name) as member_name, e.version
  from expense e join account a on a.workspace_id = e.workspace_id and a.id = e.account_id left join member m on m.workspace_id = e.workspace_id and m.id = e.member_id
  where e.workspace_id = kernel.ws()`;

export type FindExpenses = {
  accountId?: string[] | undefined;
  memberId?: string[] | undefined;
  kind?: string[] | undefined;
  from?: string | undefined;
  to?: string | undefined;
};
function conditions(f: FindExpenses): RawBuilder<SqlBool> {
  const all: RawBuilder<SqlBool>[] = [sql`true`];
  if (f.accountId?.length) all.push(sql`e.account_id = any (${f.accountId}::uuid[])`);
  if (f.memberId?.length) all.push(sql`e.member_id = any (${f.memberId}::uuid[])`);
  if (f.kind?.length) all.push(sql`e.kind = any (${f.kind}::text[])`);
  if (f.from) all.push(sql`e.spent_on >= ${f.from}::date`);
  if (f.to) all.push(sql`e.spent_on <= ${f.to}::date`);
  return sql.join(all, sql` and `);
}
export async function listExpenses(
  tx: Tx,
  f: FindExpenses,
  after: CursorValue[] | null,
  limit: number,
): Promise<ExpenseRow[]> {
  const { rows } =
    await sql<ExpenseRow>`${expenses} and ${conditions(f)} ${after ? sql`and (e.spent_on, e.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``}
    order by e.spent_on desc, e.id desc limit ${sql.lit(limit + 1)}`.execute(tx);
  return rows;
}
export async function expense(tx: Tx, id: string): Promise<ExpenseRow | undefined> {
  const { rows } = await sql<ExpenseRow>`${expenses} and e.id = ${id}::uuid`.execute(tx);
  return rows[0];
}
export type Spent = {
  account_id: string;
  member_id: string | null;
  kind: Expense['kind'];
  spent_on: string;
  currency: string;
  amount: number;
};
/** What was spent in a period, by account, member, kind, day and currency. */
export async function spent(tx: Tx, f: FindExpenses): Promise<Spent[]> {
  const { rows } =
    await sql<Spent>`select e.account_id, e.member_id, e.kind, e.spent_on, e.currency, sum(e.amount_minor)::bigint as amount from expense e
    where e.workspace_id = kernel.ws() and ${conditions(f)} group by 1, 2, 3, 4, 5`.execute(tx);
  return rows;
}
export async function memberKnown(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from member where workspace_id = kernel.ws() and id = ${id}::uuid`.execute(tx);
  return rows.length > 0;
}

export type ExpenseWrite = Partial<{
  kind: Expense['kind'];
  spent_on: string;
  amount_minor: number;
  currency: string;
  description: string;
  member_id: string | null;
}>;
export async function insertExpense(
  tx: Tx,
  workspaceId: string,
  row: ExpenseWrite & { id: string; account_id: string; spent_on: string; amount_minor: number; currency: string },
): Promise<void> {
  await tx
    .insertInto('expense')
    .values({ workspace_id: workspaceId, ...row })
    .execute();
}
export async function updateExpense(
  tx: Tx,
  workspaceId: string,
  id: string,
  version: number | null,
  change: ExpenseWrite,
): Promise<boolean> {
  let query = tx
    .updateTable('expense')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}
export async function deleteExpense(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('expense').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

// Budgets -------------------------------------------------------------------

/** The month in which the fiscal year starts. */
export async function fiscalStart(tx: Tx): Promise<number> {
  const { rows } = await sql<{
    month: number;
  }>`select fiscal_year_start_month as month from workspace where workspace_id = kernel.ws()`.execute(tx);
  return rows[0]?.month ?? 1;
}

export type BudgetRow = {
  id: string;
  account_id: string | null;
  member_id: string | null;
  name: string;
  year: number;
  amount: number;
  currency: string;
  version: number;
};
export type Holder = { accountId?: string | undefined; memberId?: string | undefined };
export async function budgets(tx: Tx, year: number, of: Holder = {}): Promise<BudgetRow[]> {
  const { rows } = await sql<BudgetRow>`
    select b.id, b.account_id, b.member_id, coalesce(a.name, m.name) as name, b.year, b.amount_minor as amount, b.currency, b.version from growth_budget b
    left join account a on a.workspace_id = b.workspace_id and a.id = b.account_id left join member m on m.workspace_id = b.workspace_id and m.id = b.member_id
    where b.workspace_id = kernel.ws() and b.year = ${year}
      ${of.accountId ? sql`and b.account_id = ${of.accountId}::uuid` : sql``} ${of.memberId ? sql`and b.member_id = ${of.memberId}::uuid` : sql``}
    order by b.account_id is null, lower(coalesce(a.name, m.name)), b.id limit 2000`.execute(tx);
  return rows;
}
export async function insertBudget(
  tx: Tx,
  workspaceId: string,
  row: {
    id: string;
    account_id: string | null;
    member_id: string | null;
    year: number;
    amount_minor: number;
    currency: string;
  },
): Promise<void> {
  await tx
    .insertInto('growth_budget')
    .values({ workspace_id: workspaceId, ...row })
    .execute();
}
export async function updateBudget(
  tx: Tx,
  workspaceId: string,
  id: string,
  version: number | null,
  change: { amount_minor: number; currency: string },
): Promise<boolean> {
  let query = tx
    .updateTable('growth_budget')
    .set({ ...change, version: sql`version + 1`, updated_at: sql`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id);
  if (version !== null) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}
export async function deleteBudget(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('growth_budget').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}
