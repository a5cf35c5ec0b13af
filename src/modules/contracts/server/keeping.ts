// Keeps renewals true to their contracts: one open renewal for the term that ends next, with what the dates and figures say of it.
import type { Ctx } from '../../../kernel/server/module.ts';
import { systemView } from './rules/renewals.ts';
import * as store from './store/keeping.ts';

const CHUNK = 2000;

/** After a change of one contract. */
export const keepRenewal = (ctx: Ctx, contractId: string): Promise<void> => keepRenewals(ctx, [contractId]);

/** For some contracts, or all of the workspace (null). */
export async function keepRenewals(ctx: Ctx, contractIds: readonly string[] | null): Promise<void> {
  await store.keepTerms(ctx.tx, contractIds);
  await refreshViews(ctx, contractIds);
}

/** Says anew what the system thinks; only what changed is written. */
export async function refreshViews(ctx: Ctx, contractIds: readonly string[] | null): Promise<void> {
  let after: string | null = null;
  for (;;) {
    const rows: store.FactRow[] = await store.facts(ctx.tx, contractIds, ctx.today, after, CHUNK);
    const views = rows.map((row) => ({
      row,
      view: { id: row.id, accountId: row.accountId, ...systemView({ ...row, today: ctx.today }) },
    }));
    const told = (r: { code: string; text: string }[]) => r.map((x) => x.text).join('\n');
    await store.writeViews(
      ctx.tx,
      views
        .filter(
          ({ row, view }) => view.likelihood !== row.systemLikelihood || told(view.reasons) !== told(row.systemReasons),
        )
        .map((v) => v.view),
      views.filter(({ row, view }) => !row.judged || view.likelihood !== row.systemLikelihood).map((v) => v.view),
      ctx.today,
    );
    if (rows.length < CHUNK) return;
    after = rows[rows.length - 1]!.id;
  }
}
