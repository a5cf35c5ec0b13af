// Use cases of renewals: looking at them, judging them, checkpoints. Deciding is in decide.ts.
import { conflict, invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import { notify } from '../../people/server/index.ts';
import { totaller } from '../../settings/server/index.ts';
import * as api from '../api.ts';
import type * as renewalsApi from '../api-renewals.ts';
import type { Checkpoint, Renewal, RenewalPage } from '../api-renewals.ts';
import { lineOf, presentLine } from './contracts.ts';
import { reversible } from './following.ts';
import { refreshViews } from './keeping.ts';
import { holds } from './policy.ts';
import { limitOf } from './rules/approvals.ts';
import { CHECKPOINTS, checkpointDue, daysBetween } from './rules/days.ts';
import { isInForce } from './rules/lines.ts';
import { bounded, isMissed, mayAnswer, PROBABILITY } from './rules/renewals.ts';
import * as contracts from './store/contracts.ts';
import * as store from './store/renewals.ts';
import { heads, settings } from './store/settings.ts';

const number = (value: string | null) => (value === null ? null : Number(value));
/** Instants inside JSON columns come as the database writes them. */
const instant = (at: string) => new Date(at).toISOString();

function checkpointsOf(ctx: Ctx, r: store.RenewalRow): Checkpoint[] {
  const answered = r.checkpoints.map((c) => c.kind);
  return CHECKPOINTS.map((kind) => {
    const row = r.checkpoints.find((c) => c.kind === kind);
    return {
      kind,
      dueOn: checkpointDue(kind, r.due_on),
      overdue: r.state === 'open' && isMissed(kind, r.due_on, ctx.today, answered),
      answer: row
        ? {
            answer: row.answer,
            likelihood: row.likelihood,
            systemLikelihood: row.systemLikelihood,
            disagrees: row.disagrees,
            note: row.note,
            madeByName: row.madeByName,
            madeAt: instant(row.madeAt),
            resolvedLikelihood: row.resolvedLikelihood,
            resolvedNote: row.resolvedNote,
            resolvedByName: row.resolvedByName,
            resolvedAt: row.resolvedAt === null ? null : instant(row.resolvedAt),
          }
        : null,
    };
  });
}

export function present(ctx: Ctx, r: store.RenewalRow): Renewal {
  const isOpen = r.state === 'open';
  return {
    id: r.id,
    contractId: r.contract_id,
    contractName: r.contract_name,
    accountId: r.account_id,
    accountName: r.account_name,
    ownerId: r.owner_id,
    ownerName: r.owner_name,
    dueOn: r.due_on,
    noticeDeadlineOn: r.notice_deadline_on,
    actByOn: r.act_by_on,
    daysLeft: daysBetween(ctx.today, r.act_by_on),
    autoRenews: r.auto_renews,
    due: { amount: r.due_minor, currency: r.currency },
    state: r.state,
    stage: r.stage,
    target: r.target,
    targetPercent: number(r.target_percent),
    nextStep: r.next_step,
    nextStepOn: r.next_step_on,
    expectedOn: r.expected_on,
    pushes: r.pushes,
    judgement:
      r.likelihood && r.judged_at
        ? { likelihood: r.likelihood, probability: Number(r.probability), byName: r.judged_by_name, at: r.judged_at }
        : null,
    system: { likelihood: r.system_likelihood, probability: Number(r.system_probability), reasons: r.system_reasons },
    likelihood: r.likelihood ?? r.system_likelihood,
    probability: Number(r.probability ?? r.system_probability),
    checkpoints: checkpointsOf(ctx, r),
    disagreement: isOpen && r.checkpoints.some((c) => c.disagrees && c.resolvedAt === null),
    outcome: r.outcome,
    decidedOn: r.decided_on,
    signedOn: r.signed_on,
    renewed: r.renewed_minor === null ? null : { amount: r.renewed_minor, currency: r.currency },
    upliftPercent: number(r.uplift_percent),
    discountPercent: number(r.discount_percent),
    newEndsOn: r.new_ends_on,
    loss: r.loss_reason
      ? {
          reason: r.loss_reason,
          competitor: r.loss_competitor,
          detail: r.loss_detail,
          lesson: r.loss_lesson,
          avoidable: r.loss_avoidable,
        }
      : null,
    pendingApproval: r.pending_approval,
    version: r.version,
    updatedAt: r.updated_at,
    can: {
      update: isOpen && holds(ctx.actor, 'contracts.write'),
      decide: isOpen && holds(ctx.actor, 'contracts.decide'),
      resolve: isOpen && holds(ctx.actor, 'contracts.resolve'),
    },
  };
}

export async function list(ctx: Ctx, { query }: Call<typeof renewalsApi.listRenewals>) {
  const { sort, limit, cursor, ...find } = query;
  const scope = `renewals ${sort}`;
  const rows = await store.list(ctx.tx, find, ctx.today, sort, decodeCursor(scope, cursor, 2), limit);
  const { items, nextCursor } = page(rows, limit, (r) => encodeCursor(scope, [r.sort_key, r.id]));
  return { items: items.map((r) => present(ctx, r)), nextCursor };
}

export async function summary(ctx: Ctx, { query }: Call<typeof renewalsApi.summariseRenewals>) {
  const rows = await store.sums(ctx.tx, query, ctx.today);
  const add = await totaller(
    ctx.tx,
    rows.map((r) => r.currency),
    ctx.today,
  );
  const sum = (part: store.SumRow[], key: 'due' | 'weighted' | 'at_risk') => {
    const byCurrency = new Map<string, number>();
    for (const r of part) byCurrency.set(r.currency, (byCurrency.get(r.currency) ?? 0) + r[key]);
    return add([...byCurrency].sort().map(([currency, amount]) => ({ currency, amount })));
  };
  const count = (key: 'count' | 'notice_passed' | 'disagreements') => rows.reduce((n, r) => n + r[key], 0);
  return {
    count: count('count'),
    due: sum(rows, 'due'),
    weighted: sum(rows, 'weighted'),
    atRisk: sum(rows, 'at_risk'),
    noticePassed: count('notice_passed'),
    disagreements: count('disagreements'),
    byStage: api.STAGES.map((stage) => {
      const part = rows.filter((r) => r.stage === stage);
      return { stage, count: part.reduce((n, r) => n + r.count, 0), due: sum(part, 'due') };
    }),
    asOf: ctx.today,
  };
}

export async function seenRenewal(ctx: Ctx, id: string): Promise<store.RenewalRow> {
  const row = await store.renewal(ctx.tx, id);
  if (!row) throw notFound('renewal');
  return row;
}

/** The renewal, if it still is to be decided. */
export async function openRenewal(ctx: Ctx, id: string): Promise<store.RenewalRow> {
  const row = await seenRenewal(ctx, id);
  if (row.state !== 'open')
    throw conflict(
      'renewal_decided',
      row.state === 'decided' ? 'This renewal is decided.' : 'This renewal was dropped with its contract.',
    );
  return row;
}

export async function get(ctx: Ctx, id: string): Promise<RenewalPage> {
  const row = await seenRenewal(ctx, id);
  const lines = await contracts.lines(ctx.tx, row.contract_id);
  const judgements = await store.judgements(ctx.tx, id);
  const { limits } = await settings(ctx.tx);
  return {
    ...present(ctx, row),
    lines: lines
      .filter((l) => l.kind === 'recurring' && isInForce(lineOf(l), row.due_on))
      .map((l) => presentLine(l, ctx.today)),
    judgements: judgements.map((j) => ({
      source: j.source,
      likelihood: j.likelihood,
      probability: Number(j.probability),
      note: j.note,
      byName: j.by_name,
      on: j.made_on,
    })),
    termMonths: row.term_months,
    clausePercent: number(row.clause_percent),
    discountLimit: limitOf(limits, ctx.actor.role),
    currency: row.currency,
    canUndo: holds(ctx.actor, 'contracts.decide') && (await reversible(ctx, row)) !== null,
  };
}

export async function update(
  ctx: Ctx,
  { params, body, ifMatch }: Call<typeof renewalsApi.updateRenewal>,
): Promise<RenewalPage> {
  const before = await openRenewal(ctx, params.id);
  const { version, ...b } = body;
  const pushed =
    b.expectedOn !== undefined &&
    b.expectedOn !== null &&
    before.expected_on !== null &&
    b.expectedOn > before.expected_on;
  const done = await store.update(ctx.tx, params.id, version ?? ifMatch ?? null, {
    ...(b.stage !== undefined ? { stage: b.stage } : {}),
    ...(b.target !== undefined ? { target: b.target } : {}),
    ...(b.targetPercent !== undefined
      ? { target_percent: b.targetPercent === null ? null : String(b.targetPercent) }
      : {}),
    ...(b.nextStep !== undefined ? { next_step: b.nextStep } : {}),
    ...(b.nextStepOn !== undefined ? { next_step_on: b.nextStepOn } : {}),
    ...(b.expectedOn !== undefined ? { expected_on: b.expectedOn } : {}),
    ...(pushed ? { pushes: before.pushes + 1 } : {}),
  });
  if (!done) throw staleVersion('renewal', await get(ctx, params.id));
  await changed(ctx, before, 'renewal.changed');
  return get(ctx, params.id);
}

/** After every change: the system looks again, and screens hear of it. */
export async function changed(
  ctx: Ctx,
  renewal: { id: string; contract_id: string; account_id: string },
  type: string,
): Promise<void> {
  await refreshViews(ctx, [renewal.contract_id]);
  await ctx.emit({ type, accountId: renewal.account_id, rowId: renewal.id });
}

async function setJudgement(
  ctx: Ctx,
  renewal: store.RenewalRow,
  judged: { likelihood: Renewal['likelihood']; probability?: number | undefined; note: string },
): Promise<void> {
  const probability = bounded(judged.probability ?? PROBABILITY[judged.likelihood]);
  await store.insertJudgement(ctx.tx, {
    renewalId: renewal.id,
    accountId: renewal.account_id,
    likelihood: judged.likelihood,
    probability,
    note: judged.note,
    madeBy: ctx.actor.memberId,
    on: ctx.today,
  });
  await store.update(ctx.tx, renewal.id, null, {
    likelihood: judged.likelihood,
    probability: String(probability),
    judged_by: ctx.actor.memberId,
    judged_at: ctx.now.toISOString(),
  });
}

export async function judge(ctx: Ctx, { params, body }: Call<typeof renewalsApi.judgeRenewal>): Promise<RenewalPage> {
  const renewal = await openRenewal(ctx, params.id);
  await setJudgement(ctx, renewal, body);
  await changed(ctx, renewal, 'renewal.judged');
  return get(ctx, params.id);
}

export async function answer(
  ctx: Ctx,
  { params, body }: Call<typeof renewalsApi.answerCheckpoint>,
): Promise<RenewalPage> {
  const renewal = await openRenewal(ctx, params.id);
  if (!mayAnswer(body.kind, body.answer))
    throw invalid({
      field: 'answer',
      message: 'Three months before the end, watching is no answer: say renew, grow, save or exit',
      code: 'monitor_refused',
    });
  if ((body.answer === 'save' || body.answer === 'exit') && !body.note)
    throw invalid({ field: 'note', message: 'Say what is to be done' });
  // What the system said before this answer is what the person is compared with.
  await refreshViews(ctx, [renewal.contract_id]);
  const { system_likelihood: system } = await seenRenewal(ctx, params.id);
  await store.putCheckpoint(ctx.tx, {
    renewalId: params.id,
    accountId: renewal.account_id,
    kind: body.kind,
    answer: body.answer,
    likelihood: body.likelihood,
    systemLikelihood: system,
    note: body.note,
    madeBy: ctx.actor.memberId,
    at: ctx.now.toISOString(),
  });
  await setJudgement(ctx, renewal, { likelihood: body.likelihood, note: body.note });
  if (body.likelihood !== system)
    await notify(
      ctx,
      (await heads(ctx.tx)).filter((id) => id !== ctx.actor.memberId),
      {
        kind: 'renewal.disagreement',
        title: `${renewal.account_name}: ${ctx.actor.name} says ${WORDS[body.likelihood]}, the figures say ${WORDS[system]}`,
        detail: `Checkpoint ${body.kind === 'six_months' ? 'six' : 'three'} months before the end of ${renewal.contract_name}. Your word counts.`,
        link: `/renewals/${renewal.id}`,
        dedupeKey: `renewal-disagreement:${renewal.id}:${body.kind}`,
      },
    );
  await changed(ctx, renewal, 'renewal.checkpoint_answered');
  return get(ctx, params.id);
}

const WORDS: Record<Renewal['likelihood'], string> = {
  on_track: 'on track',
  watch: 'watch',
  at_risk: 'at risk',
  critical: 'critical',
};

export async function resolve(
  ctx: Ctx,
  { params, body }: Call<typeof renewalsApi.resolveCheckpoint>,
): Promise<RenewalPage> {
  const renewal = await openRenewal(ctx, params.id);
  const done = await store.resolve(ctx.tx, {
    renewalId: params.id,
    kind: body.kind,
    likelihood: body.likelihood,
    note: body.note,
    by: ctx.actor.memberId,
    at: ctx.now.toISOString(),
  });
  if (!done) throw conflict('nothing_to_resolve', 'There is no disagreement at this checkpoint.');
  await setJudgement(ctx, renewal, body);
  if (renewal.owner_id && renewal.owner_id !== ctx.actor.memberId)
    await notify(ctx, [renewal.owner_id], {
      kind: 'renewal.resolved',
      title: `${ctx.actor.name} says ${WORDS[body.likelihood]}: ${renewal.account_name}`,
      detail: body.note,
      link: `/renewals/${renewal.id}`,
    });
  await changed(ctx, renewal, 'renewal.resolved');
  return get(ctx, params.id);
}
