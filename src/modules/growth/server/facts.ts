// What other rooms know of an account's growth: revenue of the ledger, the open pipeline, how well we reach people; in one currency.
import Big from 'big.js';
import { currentRevenueOf } from '../../../kernel/server/closing.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { convert, crossRate, ratesOn, workspaceCurrency } from '../../settings/server/index.ts';
import { coverage } from '../../stakeholders/server/index.ts';
import * as store from './cells-store.ts';

export type Warning = { code: string; message: string };

/** Amounts of several currencies in one, at the rates of a day; currencies without a rate are remembered. */
export type Exchange = {
  currency: string;
  of(amount: number, currency: string): number | null;
  /** What one minor unit is worth, as decimal text. */
  factor(currency: string): string | null;
  warnings(): Warning[];
};
export async function exchange(tx: Tx, currencies: Iterable<string>, to: string, on: string): Promise<Exchange> {
  const foreign = [...new Set(currencies)].filter((c) => c !== to);
  const table = foreign.length ? await ratesOn(tx, [...foreign, to], on) : null;
  const missing = new Set<string>();
  const rateOf = (from: string): Big | null => {
    const rate = from === to ? new Big(1) : table && crossRate(table.perBase, table.base, from, to);
    if (rate === null) missing.add(from);
    return rate;
  };
  return {
    currency: to,
    of(amount, from) {
      if (from === to) return amount;
      const rate = rateOf(from);
      return rate === null ? null : convert(amount, from, to, rate);
    },
    factor(from) {
      const rate = rateOf(from);
      // A million minor units: enough digits for any pair of currencies.
      return rate === null ? null : new Big(convert(1_000_000, from, to, rate)).div(1_000_000).toFixed();
    },
    warnings: () =>
      [...missing].sort().map((c) => ({
        code: 'no_rate',
        message: `No exchange rate from ${c} to ${to} is known on or before ${on}: amounts in ${c} are left out.`,
      })),
  };
}

export const key = (accountId: string, productId: string): string => `${accountId} ${productId}`;

export type Facts = {
  /** The day of the ledger and the rates. */
  on: string;
  money: Exchange;
  /** Recurring value of a year by account and product; null: a rate is missing. Without a ledger: not there. */
  current: ReadonlyMap<string, number | null>;
  hasLedger: boolean;
  /** By account and product, without what belongs to a cell of a named unit. */
  pipeline: ReadonlyMap<string, number | null>;
  byOpportunity: ReadonlyMap<string, number | null>;
  /** 0 to 100, how many of the deciding parts are known at the account. */
  access: ReadonlyMap<string, number>;
};

type CellMoney = Pick<store.CellRow, 'unit_id' | 'potential_currency' | 'current_currency' | 'opportunity_id'>;

/** What a year of these accounts looks like: of a year gone by the ledger of its last day, and no pipeline. */
export async function factsOf(
  ctx: Ctx,
  accountIds: readonly string[],
  year: number,
  cells: readonly CellMoney[],
  asked: { on?: string; currency?: string } = {},
): Promise<Facts> {
  const lastDay = `${year}-12-31`;
  const on = asked.on ?? (lastDay < ctx.today ? lastDay : ctx.today);
  const ledger = currentRevenueOf(ctx);
  const revenue = ledger ? await ledger(ctx, accountIds, on) : [];
  // What was open on a day gone by is the pipeline's history, not this table.
  const open = on < ctx.today ? [] : await store.openPipeline(ctx.tx, accountIds);
  const to = asked.currency ?? (await workspaceCurrency(ctx.tx));
  const currencies = [...revenue, ...open].map((r) => r.currency);
  for (const c of cells) {
    if (c.potential_currency) currencies.push(c.potential_currency);
    if (c.current_currency) currencies.push(c.current_currency);
  }
  const money = await exchange(ctx.tx, currencies, to, on);
  const plus = (map: Map<string, number | null>, at: string, amount: number | null) => {
    const before = map.has(at) ? map.get(at)! : 0;
    map.set(at, amount === null || before === null ? null : before + amount);
  };
  const current = new Map<string, number | null>();
  for (const r of revenue) plus(current, key(r.accountId, r.productId ?? ''), money.of(r.arrMinor, r.currency));
  const unitsOwn = new Set(cells.flatMap((c) => (c.unit_id && c.opportunity_id ? [c.opportunity_id] : [])));
  const pipeline = new Map<string, number | null>();
  const byOpportunity = new Map<string, number | null>();
  for (const r of open) {
    const amount = money.of(r.amount, r.currency);
    if (unitsOwn.has(r.opportunity_id)) plus(byOpportunity, r.opportunity_id, amount);
    else plus(pipeline, key(r.account_id, r.product_id), amount);
  }
  const access = new Map(
    (await coverage(ctx, accountIds)).map((c) => [c.accountId, Math.round(c.ratio * 100)] as const),
  );
  return { on, money, current, hasLedger: ledger !== null, pipeline, byOpportunity, access };
}
