// Whether a decision on a renewal can be taken back: what it changed, as long as nothing followed from it.
import type { Ctx } from '../../../kernel/server/module.ts';
import type { RenewalRow } from './store/renewals.ts';
import { type Changed, changesOf, isFollowed } from './store/undo.ts';

/** What would be put back; null: nothing that can be. */
export async function reversible(ctx: Ctx, renewal: RenewalRow): Promise<Changed[] | null> {
  if (renewal.state !== 'decided') return null;
  const changes = await changesOf(ctx.tx, renewal.id, renewal.account_id);
  const last = changes.at(-1);
  if (!last) return null;
  const followed = await isFollowed(ctx.tx, {
    accountId: renewal.account_id,
    contractId: renewal.contract_id,
    rowIds: [...new Set([renewal.id, ...changes.map((c) => c.rowId)])],
    lastId: last.id,
  });
  return followed ? null : changes;
}
