// The use cases of what accounts cost: expenses, budgets, and the account's profit and loss.
import Big from 'big.js';
import { newId } from '../../../kernel/contract/ids.ts';
import { invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import { seenAccount } from '../../accounts/server/index.ts';
import { workspaceCurrency } from '../../settings/server/index.ts';
import type * as moneyApi from '../api-money.ts';
import { type Budget, EXPENSE_KINDS, type Expense, type Pnl } from '../api-money.ts';
import { tree } from './cells-store.ts';
import * as store from './costs-store.ts';
import { costUnknown, deliveryOver, revenueOver, spendingOver, whole } from './earnings.ts';
import { exchange, type Warning } from './facts.ts';
import { canOf, mayBudget } from './policy.ts';
import { fiscalSpan, fiscalYearOf, marginOf } from './rules.ts';
import { yearBefore } from './wallet.ts';

const present = (ctx: Ctx, r: store.ExpenseRow): Expense => ({
  id: r.id,
  accountId: r.account_id,
  accountName: r.account_name,
  kind: r.kind,
  spentOn: r.spent_on,
  amount: { amount: r.amount_minor, currency: r.currency },
  description: r.description,
  memberId: r.member_id,
  memberName: r.member_name,
  version: r.version,
  can: canOf(ctx.actor),
});

export async function list(ctx: Ctx, { query }: Call<typeof moneyApi.listExpenses>) {
  const { limit, cursor, ...find } = query;
  const rows = await store.listExpenses(ctx.tx, find, decodeCursor('expenses', cursor, 2), limit);
  const { items, nextCursor } = page(rows, limit, (r) => encodeCursor('expenses', [r.spent_on, r.id]));
  return { items: items.map((r) => present(ctx, r)), nextCursor };
}

async function seen(ctx: Ctx, id: string): Promise<store.ExpenseRow> {
  const row = await store.expense(ctx.tx, id);
  if (!row) throw notFound('expense');
  return row;
}

async function knownMember(ctx: Ctx, id: string | null | undefined): Promise<void> {
  if (id && !(await store.memberKnown(ctx.tx, id)))
    throw invalid({ field: 'memberId', message: 'There is no such member' });
}

export async function add(ctx: Ctx, { body }: Call<typeof moneyApi.addExpense>): Promise<Expense> {
  if (!(await seenAccount(ctx.tx, body.accountId))) throw notFound('account');
  await knownMember(ctx, body.memberId);
  const id = newId(ctx.now.getTime());
  await store.insertExpense(ctx.tx, ctx.actor.workspaceId, {
    id,
    account_id: body.accountId,
    kind: body.kind,
    spent_on: body.spentOn,
    amount_minor: body.amount.amount,
    currency: body.amount.currency,
    description: body.description ?? '',
    member_id: body.memberId === undefined ? ctx.actor.memberId : body.memberId,
  });
  await ctx.emit({ type: 'growth.expense_changed', accountId: body.accountId, rowId: id });
  return present(ctx, await seen(ctx, id));
}

export async function update(
  ctx: Ctx,
  { params, body, ifMatch }: Call<typeof moneyApi.updateExpense>,
): Promise<Expense> {
  const row = await seen(ctx, params.id);
  await knownMember(ctx, body.memberId);
  const change = {
    ...(body.kind !== undefined ? { kind: body.kind } : {}),
    ...(body.spentOn !== undefined ? { spent_on: body.spentOn } : {}),
    ...(body.amount !== undefined ? { amount_minor: body.amount.amount, currency: body.amount.currency } : {}),
    ...(body.description !== undefined ? { description: body.description } : {}),
    ...(body.memberId !== undefined ? { member_id: body.memberId } : {}),
  };
  if (!(await store.updateExpense(ctx.tx, ctx.actor.workspaceId, row.id, body.version ?? ifMatch ?? null, change)))
    throw staleVersion('expense', present(ctx, await seen(ctx, row.id)));
  await ctx.emit({ type: 'growth.expense_changed', accountId: row.account_id, rowId: row.id });
  return present(ctx, await seen(ctx, row.id));
}

export async function remove(ctx: Ctx, id: string): Promise<undefined> {
  const row = await seen(ctx, id);
  await store.deleteExpense(ctx.tx, ctx.actor.workspaceId, id);
  await ctx.emit({ type: 'growth.expense_changed', accountId: row.account_id, rowId: id });
}

// Budgets -------------------------------------------------------------------

/** Budgets with what was spent of each: on the account, or by the member, in the budget's own currency. */
async function used(
  ctx: Ctx,
  rows: readonly store.BudgetRow[],
  year: number,
): Promise<{ items: Budget[]; warnings: Warning[] }> {
  const { from, to } = fiscalSpan(year, await store.fiscalStart(ctx.tx));
  const warnings = new Map<string, Warning>();
  const items: Budget[] = [];
  for (const [currency, some] of Map.groupBy(rows, (r) => r.currency)) {
    const spending = await spendingOver(ctx, { from, to }, currency);
    for (const w of spending.warnings) warnings.set(w.message, w);
    for (const b of some) {
      const mine = spending.rows.filter((s) =>
        b.account_id ? s.account_id === b.account_id : s.member_id === b.member_id,
      );
      items.push({
        accountId: b.account_id,
        memberId: b.member_id,
        name: b.name,
        year: b.year,
        from,
        to,
        budget: { amount: b.amount, currency },
        spent: { amount: mine.reduce((sum, s) => sum + (s.converted ?? 0), 0), currency },
        version: b.version,
      });
    }
  }
  return { items, warnings: [...warnings.values()] };
}

export async function budgets(ctx: Ctx, { query }: Call<typeof moneyApi.listBudgets>) {
  const year = query.year ?? fiscalYearOf(ctx.today, await store.fiscalStart(ctx.tx));
  const rows = await store.budgets(ctx.tx, year);
  const { items, warnings } = await used(ctx, rows, year);
  const order = new Map(rows.map((r, i) => [r.account_id ?? r.member_id, i]));
  items.sort((a, b) => order.get(a.accountId ?? a.memberId)! - order.get(b.accountId ?? b.memberId)!);
  return { items, nextCursor: null, warnings };
}

export async function putBudget(
  ctx: Ctx,
  { body, ifMatch }: Call<typeof moneyApi.putBudget>,
): Promise<{ budget: Budget | null }> {
  const { accountId, memberId, year, budget } = body;
  if ((accountId === undefined) === (memberId === undefined))
    throw invalid({ field: 'accountId', message: 'A budget is of an account or of a member' });
  if (accountId && !(await seenAccount(ctx.tx, accountId))) throw notFound('account');
  if (memberId && !(await store.memberKnown(ctx.tx, memberId))) throw notFound('member');
  const { workspaceId } = ctx.actor;
  const [before] = await store.budgets(ctx.tx, year, { accountId, memberId });
  const version = body.version ?? ifMatch ?? null;
  if (before) {
    const now = async () => (await used(ctx, [before], year)).items[0];
    if (version !== null && version !== before.version) throw staleVersion('budget', await now());
    if (!budget) await store.deleteBudget(ctx.tx, workspaceId, before.id);
    else if (
      !(await store.updateBudget(ctx.tx, workspaceId, before.id, version, {
        amount_minor: budget.amount,
        currency: budget.currency,
      }))
    )
      throw staleVersion('budget', await now());
  } else if (budget) {
    await store.insertBudget(ctx.tx, workspaceId, {
      id: newId(ctx.now.getTime()),
      account_id: accountId ?? null,
      member_id: memberId ?? null,
      year,
      amount_minor: budget.amount,
      currency: budget.currency,
    });
  }
  await ctx.emit({ type: 'growth.budget_changed', accountId: accountId ?? null, rowId: accountId ?? memberId ?? null });
  const rows = await store.budgets(ctx.tx, year, { accountId, memberId });
  return { budget: (await used(ctx, rows, year)).items[0] ?? null };
}

// Profit and loss -----------------------------------------------------------

export async function pnl(ctx: Ctx, { query }: Call<typeof moneyApi.getPnl>): Promise<Pnl> {
  const to = query.to ?? ctx.today;
  const from = query.from ?? yearBefore(to);
  if (to < from) throw invalid({ field: 'to', message: 'It ends before it begins' });
  const accounts = await tree(ctx.tx, query.accountId, query.withChildren === true);
  if (!accounts.length) throw notFound('account');
  const ids = accounts.map((a) => a.id);
  const currency = await workspaceCurrency(ctx.tx);
  const revenue = await revenueOver(ctx, ids, from, to, currency);
  const delivery = await deliveryOver(ctx, revenue, await exchange(ctx.tx, [], currency, to));
  const spending = await spendingOver(ctx, { accountId: ids, from, to }, currency);
  const money = (amount: number) => ({ amount, currency });
  const earned = revenue.complete
    ? whole([...revenue.by.values()].reduce((sum, r) => sum.plus(r.amount), new Big(0)))
    : null;
  const once = whole([...revenue.by.values()].reduce((sum, r) => sum.plus(r.once), new Big(0)));
  const unknown = new Set([...delivery.values()].flatMap((d) => [...d.unknown]));
  const cost = revenue.complete
    ? whole([...delivery.values()].reduce((sum, d) => sum.plus(d.amount), new Big(0)))
    : null;
  const costToServe = spending.rows.reduce((sum, s) => sum + (s.converted ?? 0), 0);
  const { margin, share } = marginOf(earned, cost, costToServe);
  const names = unknown.size ? await store.productNames(ctx.tx) : [];
  const year = fiscalYearOf(to, await store.fiscalStart(ctx.tx));
  const budget = (await used(ctx, await store.budgets(ctx.tx, year, { accountId: query.accountId }), year)).items[0];
  const warnings = [...revenue.warnings, ...spending.warnings, ...costUnknown(unknown)];
  return {
    accountId: query.accountId,
    from,
    to,
    currency,
    revenue: earned === null ? null : money(earned),
    oneOff: earned === null ? null : money(once),
    deliveryCost: cost === null ? null : money(cost),
    costToServe: money(costToServe),
    expenses: EXPENSE_KINDS.flatMap((kind) => {
      const some = spending.rows.filter((s) => s.kind === kind);
      return some.length ? [{ kind, amount: money(some.reduce((sum, s) => sum + (s.converted ?? 0), 0)) }] : [];
    }),
    margin: margin === null ? null : money(margin),
    marginShare: share,
    unknownCost: names.filter((p) => unknown.has(p.id)).map(({ id, name }) => ({ id, name })),
    budget: budget ?? null,
    warnings,
    can: { ...canOf(ctx.actor), budget: mayBudget(ctx.actor) },
  };
}
