// Use cases of approvals: asking for a discount above one's limit, agreeing, refusing, delegating, taking back.
import { newId } from '../../../kernel/contract/ids.ts';
import { conflict, forbidden, invalid, notFound } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import { notify } from '../../people/server/index.ts';
import type * as offersApi from '../api-offers.ts';
import type { Approval } from '../api-offers.ts';
import { approvalState, compare, seenOffer, storedTerms } from './offers.ts';
import { permissions } from './policy.ts';
import { changed, openRenewal } from './renewals.ts';
import { approversOf } from './rules/approvals.ts';
import * as store from './store/approvals.ts';
import { activeMembers, settings } from './store/settings.ts';

const pendingStep = (a: store.ApprovalRow) =>
  a.status === 'pending' ? a.steps.find((s) => s.status === 'pending') : undefined;
const isAsked = (ctx: Ctx, a: store.ApprovalRow): boolean =>
  a.requested_by !== ctx.actor.memberId &&
  (pendingStep(a)?.approvers.some((p) => p.id === ctx.actor.memberId) ?? false);

function present(ctx: Ctx, a: store.ApprovalRow): Approval {
  const { accountName, contractName, offerName, dueOn, ...scenario } = a.scenario;
  return {
    id: a.id,
    status: a.status,
    accountId: a.sees_account ? a.account_id : null,
    accountName,
    renewalId: a.renewal_id,
    offerId: a.offer_id,
    offerName,
    contractName,
    dueOn,
    discountPercent: Number(a.discount_percent),
    limitPercent: Number(a.limit_percent),
    reason: a.reason,
    requestedBy: a.requested_by && a.requested_by_name ? { id: a.requested_by, name: a.requested_by_name } : null,
    requestedAt: a.created_at,
    decidedAt: a.decided_at,
    scenario: { ...scenario, terms: storedTerms(scenario.terms) },
    steps: a.steps.map(({ id: _, ...s }) => ({
      ...s,
      decidedAt: s.decidedAt === null ? null : new Date(s.decidedAt).toISOString(),
      remindedAt: s.remindedAt === null ? null : new Date(s.remindedAt).toISOString(),
    })),
    version: a.version,
    can: {
      decide: isAsked(ctx, a),
      delegate: isAsked(ctx, a),
      withdraw: a.status === 'pending' && a.requested_by === ctx.actor.memberId,
    },
  };
}

export async function list(ctx: Ctx, { query }: Call<typeof offersApi.listApprovals>) {
  const { box, limit, cursor, ...find } = query;
  const rows = await store.list(
    ctx.tx,
    {
      ...find,
      ...(box === 'forMe'
        ? { waitingFor: ctx.actor.memberId }
        : box === 'byMe'
          ? { requestedBy: ctx.actor.memberId }
          : {}),
    },
    decodeCursor('approvals', cursor, 1),
    limit,
  );
  const { items, nextCursor } = page(rows, limit, (r) => encodeCursor('approvals', [r.id]));
  return { items: items.map((r) => present(ctx, r)), nextCursor };
}

async function seen(ctx: Ctx, id: string): Promise<store.ApprovalRow> {
  const row = await store.approval(ctx.tx, id);
  if (!row) throw notFound('approval');
  return row;
}
export const get = async (ctx: Ctx, id: string): Promise<Approval> => present(ctx, await seen(ctx, id));

export async function request(ctx: Ctx, { params, body }: Call<typeof offersApi.requestApproval>): Promise<Approval> {
  const offer = await seenOffer(ctx, params.id);
  const renewal = await openRenewal(ctx, offer.renewal_id);
  const state = approvalState(offer).status;
  if (state === 'pending' || state === 'approved')
    throw conflict(
      'already_asked',
      state === 'pending' ? 'This offer waits for approval already.' : 'This offer is approved already.',
    );
  const terms = storedTerms(offer.terms);
  const { before, quarter, assumptions, scenarios } = await compare(ctx, renewal, [terms]);
  const scenario = scenarios[0]!;
  if (!scenario.needs.length)
    throw conflict('not_needed', `${scenario.discountAsked} % is within your limit of ${scenario.limit} %.`);
  const chosen = await settings(ctx.tx);
  const members = await activeMembers(ctx.tx);
  const steps = scenario.needs.map((kind) => ({
    kind,
    approverIds: approversOf(
      kind,
      kind === 'head' ? chosen.head_approver_ids : chosen.finance_approver_ids,
      members,
      ctx.actor.memberId,
    ),
  }));
  if (steps.some((s) => !s.approverIds.length))
    throw conflict(
      'no_approver',
      'Nobody but you could decide. Name approvers under Settings, Discounts and approvals, or invite a head.',
    );
  const id = newId(ctx.now.getTime());
  await store.insert(ctx.tx, ctx.actor.workspaceId, {
    id,
    accountId: renewal.account_id,
    renewalId: renewal.id,
    offerId: offer.id,
    terms,
    scenario: {
      terms,
      before,
      after: scenario.effect,
      quarter,
      assumptions,
      accountName: renewal.account_name,
      contractName: renewal.contract_name,
      offerName: offer.name,
      dueOn: renewal.due_on,
    },
    discount: scenario.discountAsked,
    limit: scenario.limit,
    reason: body.reason,
    requestedBy: ctx.actor.memberId,
    steps,
    at: ctx.now.toISOString(),
  });
  const made = await seen(ctx, id);
  await askFor(ctx, made, steps[0]!.approverIds);
  await changed(ctx, renewal, 'approval.requested');
  return present(ctx, made);
}

async function askFor(ctx: Ctx, a: store.ApprovalRow, memberIds: string[]): Promise<void> {
  await notify(ctx, memberIds, {
    kind: 'approval.requested',
    title: `${a.requested_by_name ?? 'Somebody'} asks for ${Number(a.discount_percent)} % discount: ${a.scenario.accountName}`,
    detail: a.reason.slice(0, 500),
    link: `/approvals?approval=${a.id}`,
    dedupeKey: `approval:${a.id}`,
  });
}

/** The approval with the step that waits for the actor. Refuses everybody else. */
async function mine(ctx: Ctx, id: string): Promise<{ approval: store.ApprovalRow; step: store.StepRow }> {
  await seen(ctx, id);
  await store.lock(ctx.tx, id);
  const approval = await seen(ctx, id);
  const step = pendingStep(approval);
  if (!step) throw conflict('not_pending', 'This request is decided or withdrawn.');
  if (!isAsked(ctx, approval))
    throw forbidden(
      approval.requested_by === ctx.actor.memberId
        ? 'Nobody approves what they asked for themselves.'
        : `${step.approvers.map((p) => p.name).join(', ')} decides this step.`,
    );
  return { approval, step };
}

async function finish(
  ctx: Ctx,
  approval: store.ApprovalRow,
  status: 'approved' | 'refused',
  note: string,
): Promise<void> {
  await store.setStatus(ctx.tx, approval.id, status, ctx.now.toISOString());
  if (approval.requested_by)
    await notify(ctx, [approval.requested_by], {
      kind: `approval.${status}`,
      title: `${Number(approval.discount_percent)} % discount ${status}: ${approval.scenario.accountName}`,
      detail: note ? `${ctx.actor.name}: ${note}` : `By ${ctx.actor.name}`,
      link: `/renewals/${approval.renewal_id}`,
      dedupeKey: `approval-decided:${approval.id}`,
    });
}

export async function approve(ctx: Ctx, { params, body }: Call<typeof offersApi.approveOffer>): Promise<Approval> {
  const { approval, step } = await mine(ctx, params.id);
  const at = ctx.now.toISOString();
  await store.decideStep(ctx.tx, { id: step.id, status: 'approved', by: ctx.actor.memberId, at, note: body.note });
  const next = approval.steps.find((s) => s.status === 'waiting');
  if (next) {
    await store.openStep(ctx.tx, next.id, at);
    await askFor(
      ctx,
      approval,
      next.approvers.map((p) => p.id),
    );
  } else await finish(ctx, approval, 'approved', body.note);
  await tell(ctx, approval);
  return get(ctx, params.id);
}

export async function refuse(ctx: Ctx, { params, body }: Call<typeof offersApi.refuseOffer>): Promise<Approval> {
  const { approval, step } = await mine(ctx, params.id);
  if (!body.note) throw invalid({ field: 'note', message: 'Say why, so that another offer can be made' });
  await store.decideStep(ctx.tx, {
    id: step.id,
    status: 'refused',
    by: ctx.actor.memberId,
    at: ctx.now.toISOString(),
    note: body.note,
  });
  await finish(ctx, approval, 'refused', body.note);
  await tell(ctx, approval);
  return get(ctx, params.id);
}

export async function withdraw(ctx: Ctx, { params }: Call<typeof offersApi.withdrawApproval>): Promise<Approval> {
  const approval = await seen(ctx, params.id);
  if (approval.status !== 'pending') throw conflict('not_pending', 'This request is decided or withdrawn.');
  if (approval.requested_by !== ctx.actor.memberId) throw forbidden('Only who asked takes it back.');
  await store.setStatus(ctx.tx, params.id, 'withdrawn', ctx.now.toISOString());
  await tell(ctx, approval);
  return get(ctx, params.id);
}

export async function delegate(ctx: Ctx, { params, body }: Call<typeof offersApi.delegateApproval>): Promise<Approval> {
  const { approval, step } = await mine(ctx, params.id);
  const member = (await activeMembers(ctx.tx)).find((m) => m.id === body.memberId);
  const wrong = (message: string) => invalid({ field: 'memberId', message });
  if (!member) throw wrong('There is no such active member');
  if (member.id === approval.requested_by) throw wrong('Nobody approves what they asked for themselves');
  if (member.id === ctx.actor.memberId) throw wrong('It waits for you already');
  if (!(permissions['contracts.approve'] as readonly string[]).includes(member.role))
    throw wrong(`A ${member.role} does not approve`);
  await store.delegate(ctx.tx, {
    approvalId: approval.id,
    stepId: step.id,
    from: ctx.actor.memberId,
    to: member.id,
    note: body.note,
  });
  await askFor(ctx, approval, [member.id]);
  await tell(ctx, approval);
  return get(ctx, params.id);
}

const tell = (ctx: Ctx, approval: store.ApprovalRow) =>
  ctx.emit({ type: 'approval.changed', accountId: approval.account_id, rowId: approval.id });
