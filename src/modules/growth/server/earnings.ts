// What accounts brought and cost over some months: recurring revenue from the ledger, what was sold once, cost of delivery, what was spent on them.
import Big from 'big.js';
import { currentRevenueOf, onceRevenueOf } from '../../../kernel/server/closing.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { deliveryCostOf, deliveryCosts } from '../../products/server/index.ts';
import * as store from './costs-store.ts';
import { type Exchange, exchange, key, type Warning } from './facts.ts';
import { monthEnds } from './rules.ts';

export type Revenue = {
  /** By account and product, exact parts of a minor unit; `once` is the part of `amount` that does not come again. */
  by: Map<string, { accountId: string; productId: string; amount: Big; once: Big }>;
  /** False: no room keeps a ledger, or a rate is missing. */
  complete: boolean;
  hasLedger: boolean;
  warnings: Warning[];
};

/** A twelfth of the yearly value at the end of each month of a period, and what was sold once within it, at the rates of those days. */
export async function revenueOver(
  ctx: Ctx,
  accountIds: readonly string[],
  from: string,
  to: string,
  currency: string,
): Promise<Revenue> {
  const ledger = currentRevenueOf(ctx);
  const revenue: Revenue = { by: new Map(), complete: ledger !== null, hasLedger: ledger !== null, warnings: [] };
  if (!ledger) {
    revenue.warnings.push({ code: 'no_ledger', message: 'This installation keeps no revenue ledger.' });
    return revenue;
  }
  const said = new Set<string>();
  type Row = { accountId: string; productId: string | null; currency: string; minor: number };
  const add = async (rows: readonly Row[], on: string, share: number, isOnce: boolean) => {
    const money = await exchange(
      ctx.tx,
      rows.map((r) => r.currency),
      currency,
      on,
    );
    for (const r of rows) {
      const amount = money.of(r.minor, r.currency);
      if (amount === null) {
        revenue.complete = false;
        continue;
      }
      const productId = r.productId ?? NO_PRODUCT;
      const at = key(r.accountId, productId);
      const known = revenue.by.get(at) ?? { accountId: r.accountId, productId, amount: new Big(0), once: new Big(0) };
      const part = new Big(amount).div(share);
      known.amount = known.amount.plus(part);
      if (isOnce) known.once = known.once.plus(part);
      revenue.by.set(at, known);
    }
    for (const w of money.warnings())
      if (!said.has(w.message.slice(0, 40))) {
        said.add(w.message.slice(0, 40));
        revenue.warnings.push(w);
      }
  };
  for (const end of monthEnds(from, to)) {
    const rows = await ledger(ctx, accountIds, end);
    await add(
      rows.map((r) => ({ ...r, minor: r.arrMinor })),
      end,
      12,
      false,
    );
  }
  const single = (await onceRevenueOf(ctx)?.(ctx, accountIds, from, to)) ?? [];
  for (const [on, rows] of Map.groupBy(single, (r) => r.on))
    await add(
      rows.map((r) => ({ ...r, minor: r.amountMinor })),
      on,
      1,
      true,
    );
  return revenue;
}

/** What the ledger has no product for: it counts as revenue, and nobody knows what it costs to deliver. */
const NO_PRODUCT = '';

/** Says that a margin is too high, and by what. */
export function costUnknown(unknown: ReadonlySet<string>): Warning[] {
  if (!unknown.size) return [];
  const products = unknown.size - (unknown.has(NO_PRODUCT) ? 1 : 0);
  const of = [
    ...(products ? [`${products} ${products === 1 ? 'product' : 'products'}`] : []),
    ...(unknown.has(NO_PRODUCT) ? ['revenue without a product'] : []),
  ].join(' and of ');
  return [
    { code: 'cost_unknown', message: `The cost of delivery of ${of} is not known; the margin is too high by it.` },
  ];
}

export const whole = (amount: Big): number => amount.round(0, Big.roundHalfUp).toNumber();

export type Delivery = { amount: Big; unknown: Set<string> };
/** What delivering that revenue cost, per account; products whose cost nobody said, or that cost by the unit, are left out and named. */
export async function deliveryOver(ctx: Ctx, revenue: Revenue, money: Exchange): Promise<Map<string, Delivery>> {
  const terms = await deliveryCosts(ctx.tx);
  const costs = new Map<string, Delivery>();
  for (const { accountId, productId, amount } of revenue.by.values()) {
    const at = costs.get(accountId) ?? { amount: new Big(0), unknown: new Set<string>() };
    costs.set(accountId, at);
    const of = terms.get(productId);
    const cost = of && deliveryCostOf(of, { amount: whole(amount), currency: money.currency, quantity: null });
    if (cost) at.amount = at.amount.plus(cost.amount);
    else at.unknown.add(productId);
  }
  return costs;
}

export type Spending = store.Spent & { converted: number | null };
/** What was spent, each day's amounts at the rate of that day. */
export async function spendingOver(
  ctx: Ctx,
  find: store.FindExpenses,
  currency: string,
): Promise<{ rows: Spending[]; warnings: Warning[] }> {
  const rows = await store.spent(ctx.tx, find);
  const days = Map.groupBy(
    rows.filter((r) => r.currency !== currency),
    (r) => r.spent_on,
  );
  const byDay = new Map<string, Exchange>();
  for (const [on, some] of days)
    byDay.set(
      on,
      await exchange(
        ctx.tx,
        some.map((r) => r.currency),
        currency,
        on,
      ),
    );
  const converted = rows.map((r) => ({
    ...r,
    converted: r.currency === currency ? r.amount : byDay.get(r.spent_on)!.of(r.amount, r.currency),
  }));
  const missing = new Set(converted.filter((r) => r.converted === null).map((r) => r.currency));
  return {
    rows: converted,
    warnings: [...missing].sort().map((c) => ({
      code: 'no_rate',
      message: `No exchange rate from ${c} to ${currency} is known for some days: expenses in ${c} are left out.`,
    })),
  };
}
