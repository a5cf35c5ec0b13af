// The use cases of the wallet: estimates of what an account spends, and our share of it.
import Big from 'big.js';
import { newId } from '../../../kernel/contract/ids.ts';
import { invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { seenAccount } from '../../accounts/server/index.ts';
import { workspaceCurrency } from '../../settings/server/index.ts';
import type * as moneyApi from '../api-money.ts';
import type { Estimate, Wallet } from '../api-money.ts';
import * as store from './costs-store.ts';
import { revenueOver, whole } from './earnings.ts';
import { exchange } from './facts.ts';
import { canOf } from './policy.ts';
import { addMonths, ratioOf } from './rules.ts';

const present = (r: store.EstimateRow): Estimate => ({
  id: r.id,
  accountId: r.account_id,
  seriesId: r.series_id,
  seriesName: r.series_name,
  spend: { amount: r.spend_minor, currency: r.currency },
  estimatedOn: r.estimated_on,
  source: r.source,
  confidence: r.confidence,
  note: r.note,
  version: r.version,
});

/** The day after the same day a year before: twelve whole months up to a day. */
export const yearBefore = (on: string): string => {
  const day = new Date(Date.parse(`${addMonths(on, -12)}T00:00:00Z`) + 86_400_000);
  return day.toISOString().slice(0, 10);
};

/** Shares of the wallet of some accounts on a day: one for each estimate that holds. */
export async function sharesOf(ctx: Ctx, accountIds: readonly string[], on: string, currency: string) {
  const estimates = await store.holdingOn(ctx.tx, accountIds, on);
  const ids = [...new Set(estimates.map((e) => e.account_id))];
  const revenue = await revenueOver(ctx, ids, yearBefore(on), on, currency);
  const seriesOf = new Map((await store.productNames(ctx.tx)).map((p) => [p.id, p.series_id]));
  const money = await exchange(
    ctx.tx,
    estimates.map((e) => e.currency),
    currency,
    on,
  );
  const shares = estimates.map((estimate) => {
    let ours = new Big(0);
    for (const r of revenue.by.values())
      if (
        r.accountId === estimate.account_id &&
        (estimate.series_id === null || seriesOf.get(r.productId) === estimate.series_id)
      )
        ours = ours.plus(r.amount);
    return {
      estimate,
      revenue: revenue.complete ? whole(ours) : null,
      spend: money.of(estimate.spend_minor, estimate.currency),
    };
  });
  return { shares, warnings: [...revenue.warnings, ...money.warnings()] };
}

export async function get(ctx: Ctx, { query }: Call<typeof moneyApi.getWallet>): Promise<Wallet> {
  if (!(await seenAccount(ctx.tx, query.accountId))) throw notFound('account');
  const asOf = query.asOf ?? ctx.today;
  const currency = await workspaceCurrency(ctx.tx);
  const { shares, warnings } = await sharesOf(ctx, [query.accountId], asOf, currency);
  const money = (amount: number | null) => (amount === null ? null : { amount, currency });
  return {
    asOf,
    currency,
    shares: shares.map(({ estimate, revenue, spend }) => ({
      seriesId: estimate.series_id,
      seriesName: estimate.series_name,
      revenue: money(revenue),
      spend: money(spend),
      share: revenue === null || spend === null ? null : ratioOf(revenue, spend),
      estimate: present(estimate),
    })),
    estimates: (await store.estimatesOf(ctx.tx, [query.accountId])).map(present),
    warnings,
    can: canOf(ctx.actor),
  };
}

async function seen(ctx: Ctx, id: string): Promise<store.EstimateRow> {
  const row = await store.estimate(ctx.tx, id);
  if (!row) throw notFound('estimate');
  return row;
}

type Fields = Partial<Call<typeof moneyApi.addEstimate>['body']>;
async function columnsOf(ctx: Ctx, b: Fields): Promise<store.EstimateWrite> {
  if (b.seriesId && !(await store.seriesKnown(ctx.tx, b.seriesId)))
    throw invalid({ field: 'seriesId', message: 'There is no such series' });
  return {
    ...(b.seriesId !== undefined ? { series_id: b.seriesId } : {}),
    ...(b.spend !== undefined ? { spend_minor: b.spend.amount, currency: b.spend.currency } : {}),
    ...(b.estimatedOn !== undefined ? { estimated_on: b.estimatedOn } : {}),
    ...(b.source !== undefined ? { source: b.source } : {}),
    ...(b.confidence !== undefined ? { confidence: b.confidence } : {}),
    ...(b.note !== undefined ? { note: b.note } : {}),
  };
}

export async function add(ctx: Ctx, { body }: Call<typeof moneyApi.addEstimate>): Promise<Estimate> {
  if (!(await seenAccount(ctx.tx, body.accountId))) throw notFound('account');
  const id = newId(ctx.now.getTime());
  await store.insertEstimate(ctx.tx, ctx.actor.workspaceId, {
    ...(await columnsOf(ctx, body)),
    id,
    account_id: body.accountId,
    spend_minor: body.spend.amount,
    currency: body.spend.currency,
    estimated_on: body.estimatedOn,
    source: body.source,
    confidence: body.confidence,
  });
  await ctx.emit({ type: 'growth.wallet_changed', accountId: body.accountId, rowId: id });
  return present(await seen(ctx, id));
}

export async function update(
  ctx: Ctx,
  { params, body, ifMatch }: Call<typeof moneyApi.updateEstimate>,
): Promise<Estimate> {
  const row = await seen(ctx, params.id);
  const { version, ...change } = body;
  const columns = await columnsOf(ctx, change);
  if (!(await store.updateEstimate(ctx.tx, ctx.actor.workspaceId, row.id, version ?? ifMatch ?? null, columns)))
    throw staleVersion('estimate', present(await seen(ctx, row.id)));
  await ctx.emit({ type: 'growth.wallet_changed', accountId: row.account_id, rowId: row.id });
  return present(await seen(ctx, row.id));
}

export async function remove(ctx: Ctx, id: string): Promise<undefined> {
  const row = await seen(ctx, id);
  await store.deleteEstimate(ctx.tx, ctx.actor.workspaceId, id);
  await ctx.emit({ type: 'growth.wallet_changed', accountId: row.account_id, rowId: id });
}
