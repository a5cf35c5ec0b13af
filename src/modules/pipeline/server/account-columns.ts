// What the pipeline says of an account in the portfolio: what it brings into the forecast of this quarter.
import type { AccountColumn } from '../../accounts/server/index.ts';
import { totaller } from '../../settings/server/index.ts';
import { frameOf } from './forecast-frame.ts';
import { committed } from './measure-store.ts';

export const accountColumns: readonly AccountColumn[] = [
  {
    id: 'nextCall',
    label: 'Quarter’s commit',
    hint: 'Won in the quarter, and open opportunities of the category commit that close in it',
    kind: 'money',
    order: 20,
    async values(ctx, accountIds) {
      const { period } = await frameOf(ctx, undefined);
      const rows = await committed(ctx.tx, accountIds, period.from, period.to);
      const total = await totaller(ctx.tx, [...new Set(rows.map((r) => r.currency))], ctx.today);
      const sums = new Map<string, { amount: number; currency: string }>();
      for (const [id, parts] of Map.groupBy(rows, (r) => r.account_id)) {
        const { amount, currency, missing } = total(parts);
        if (missing.length < parts.length) sums.set(id, { amount, currency });
      }
      return sums;
    },
  },
];
