// What growth says of an account in the portfolio: what it could still buy from us.
import type { AccountColumn } from '../../accounts/server/index.ts';
import * as cells from './cells-store.ts';
import { factsOf } from './facts.ts';
import { reckon } from './reckon.ts';

export const accountColumns: readonly AccountColumn[] = [
  {
    id: 'openWhitespace',
    label: 'Open whitespace',
    hint: 'Potential of this year without what the account pays already and what is in the pipeline',
    kind: 'money',
    order: 30,
    async values(ctx, accountIds) {
      const year = Number(ctx.today.slice(0, 4));
      const rows = await cells.gridCells(ctx.tx, accountIds, year);
      const ids = [...new Set(rows.map((r) => r.account_id))];
      const sums = new Map<string, { amount: number; currency: string }>();
      if (ids.length === 0) return sums;
      const facts = await factsOf(ctx, ids, year, rows);
      for (const r of rows) {
        const place = { accountId: r.account_id, unitId: r.unit_id, productId: r.product_id };
        const { open } = reckon(facts, place, r);
        if (open === null) continue;
        const { currency } = facts.money;
        sums.set(r.account_id, { amount: (sums.get(r.account_id)?.amount ?? 0) + open, currency });
      }
      return sums;
    },
  },
];
