// Use cases of the room's settings: discount limits by role, approvers, assumptions of scenarios.
import { type FieldError, invalid, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import type * as offersApi from '../api-offers.ts';
import type { ContractSettings } from '../api-offers.ts';
import { holds, permissions } from './policy.ts';
import { limitOf } from './rules/approvals.ts';
import * as store from './store/settings.ts';

export async function get(ctx: Ctx): Promise<ContractSettings> {
  const s = await store.settings(ctx.tx);
  const limit = (role: 'admin' | 'head' | 'kam' | 'sponsor' | 'partner') => limitOf(s.limits, role);
  return {
    limits: {
      admin: limit('admin'),
      head: limit('head'),
      kam: limit('kam'),
      sponsor: limit('sponsor'),
      partner: limit('partner'),
    },
    headApproverIds: s.head_approver_ids,
    financeApproverIds: s.finance_approver_ids,
    remindAfterDays: s.remind_after_days,
    assumedCostPercent: Number(s.assumed_cost_percent),
    assumedGrrPercent: Number(s.assumed_grr_percent),
    version: s.version,
    can: { update: holds(ctx.actor, 'contracts.settings') },
  };
}

export async function update(
  ctx: Ctx,
  { body, ifMatch }: Call<typeof offersApi.updateContractSettings>,
): Promise<ContractSettings> {
  const before = await store.settings(ctx.tx);
  const problems: FieldError[] = [];
  const approvers = new Set(
    (await store.activeMembers(ctx.tx))
      .filter((m) => (permissions['contracts.approve'] as readonly string[]).includes(m.role))
      .map((m) => m.id),
  );
  for (const field of ['headApproverIds', 'financeApproverIds'] as const)
    if (body[field]?.some((id) => !approvers.has(id)))
      problems.push({
        field,
        message: 'Choose active members who may approve: admins, heads, account managers, sponsors, partners',
      });
  if (problems.length) throw invalid(problems);
  const done = await store.write(
    ctx.tx,
    {
      limits: { ...before.limits, ...body.limits },
      head_approver_ids: body.headApproverIds ?? before.head_approver_ids,
      finance_approver_ids: body.financeApproverIds ?? before.finance_approver_ids,
      remind_after_days: body.remindAfterDays ?? before.remind_after_days,
      assumed_cost_percent: String(body.assumedCostPercent ?? before.assumed_cost_percent),
      assumed_grr_percent: String(body.assumedGrrPercent ?? before.assumed_grr_percent),
    },
    body.version ?? ifMatch ?? null,
  );
  if (!done) throw staleVersion('page of settings', await get(ctx));
  await ctx.emit({ type: 'contract.settings_changed' });
  return get(ctx);
}
