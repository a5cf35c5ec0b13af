// Taking a decision on a renewal back, while nothing followed from it: contract, lines and ledger stand as before, the renewal is open again.
import { conflict, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import type * as offersApi from '../api-offers.ts';
import type { RenewalPage } from '../api-renewals.ts';
import { afterChange } from './contracts.ts';
import { reversible } from './following.ts';
import { get, seenRenewal } from './renewals.ts';
import * as contracts from './store/contracts.ts';
import { update } from './store/renewals.ts';
import { putBack } from './store/undo.ts';

export async function undoDecision(
  ctx: Ctx,
  { params, body, ifMatch }: Call<typeof offersApi.undoDecision>,
): Promise<RenewalPage> {
  const renewal = await seenRenewal(ctx, params.id);
  if (renewal.state !== 'decided') throw conflict('not_decided', 'This renewal is not decided.');
  await contracts.lockContract(ctx.tx, renewal.contract_id);
  if (!(await update(ctx.tx, renewal.id, body.version ?? ifMatch ?? null, {})))
    throw staleVersion('renewal', await get(ctx, renewal.id));
  const changes = await reversible(ctx, renewal);
  if (!changes)
    throw conflict('decision_followed', 'Something followed from this decision. Amend the contract instead.');
  await putBack(ctx.tx, renewal.id, changes);
  await afterChange(ctx, { id: renewal.contract_id, accountId: renewal.account_id }, 'contract.changed');
  await ctx.emit({ type: 'renewal.reopened', accountId: renewal.account_id, rowId: renewal.id });
  return get(ctx, renewal.id);
}
