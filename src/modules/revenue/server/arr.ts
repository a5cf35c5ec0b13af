// An account's ARR follows its lines: after imports, after every change of a contract, and every night, when lines begin and end.
import type { Tx } from '../../../kernel/server/database.ts';
import type { Ctx } from '../../../kernel/server/module.ts';
import { totalOf } from '../../settings/server/index.ts';
import * as store from './arr-store.ts';
import { sourcesInUse } from './ledger-store.ts';

/** One account, or all; answers how many changed. */
export async function keepArr(tx: Tx, day: string, accountId: string | null): Promise<number> {
  const several = new Map<string, { amount: number; currency: string }[]>();
  for (const r of await store.inSeveralCurrencies(tx, day, accountId))
    several.set(r.account_id, [...(several.get(r.account_id) ?? []), { amount: r.arr, currency: r.currency }]);
  const sums = [];
  for (const [id, parts] of several) {
    const { amount, currency } = await totalOf(tx, parts, day);
    sums.push({ accountId: id, amount, currency });
  }
  return store.setArr(tx, day, accountId, sums);
}

/** The same in a use case, with the news of it. */
export async function keepArrOf(ctx: Ctx, accountId: string | null): Promise<void> {
  if (await keepArr(ctx.tx, ctx.today, accountId))
    await ctx.emit(
      accountId ? { type: 'account.updated', accountId, rowId: accountId } : { type: 'account.bulk_updated' },
    );
}

/** Which source speaks for an account may have been chosen anew; that changes what accounts with several sources pay. */
export async function followChoice(ctx: Ctx): Promise<void> {
  const used = await sourcesInUse(ctx.tx);
  if (used.includes('contract') && used.includes('subscription')) await keepArrOf(ctx, null);
}
