// Columns of the portfolio that other rooms fill: each says what it is called, and what it holds for some accounts.

import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { contributions } from '../../../kernel/server/module.ts';
import type * as api from '../api-columns.ts';
import type { ColumnKind, ColumnValue } from '../api-columns.ts';

export type AccountColumn = {
  id: string;
  label: string;
  /** What it means, in a sentence. */
  hint: string;
  kind: ColumnKind;
  /** Where it stands among them. */
  order: number;
  /** Of accounts that the actor sees; those without a value are left out. Days as text, money in minor units. */
  values(ctx: Ctx, accountIds: readonly string[]): Promise<ReadonlyMap<string, ColumnValue>>;
};

declare module '../../../kernel/server/module.ts' {
  interface Contributions {
    accountColumns?: readonly AccountColumn[];
  }
}

export const columnsOf = (ctx: Ctx): AccountColumn[] =>
  contributions(ctx.services.modules, 'accountColumns')
    .flat()
    .sort((a, b) => a.order - b.order);

export const list = async (ctx: Ctx) => ({
  items: columnsOf(ctx).map(({ id, label, hint, kind }) => ({ id, label, hint, kind })),
});

export async function values(ctx: Ctx, { query }: Call<typeof api.accountColumnValues>) {
  const { column, accountId } = query;
  const wanted = columnsOf(ctx).filter((c) => column.includes(c.id));
  const rows = new Map<string, Record<string, ColumnValue>>(accountId.map((id) => [id, {}]));
  for (const c of wanted) for (const [id, value] of await c.values(ctx, accountId)) rows.get(id)![c.id] = value;
  return { items: [...rows].map(([id, found]) => ({ accountId: id, values: found })) };
}
