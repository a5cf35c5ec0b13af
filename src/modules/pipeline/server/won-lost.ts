// How an opportunity ends: won and made a contract in one confirmed step, lost with a reason, reopened, put away.
import { conflict, type FieldError, invalid, staleVersion } from '../../../kernel/contract/problem.ts';
import { type DealLine, dealCloserOf, dealContractsOf } from '../../../kernel/server/closing.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import type { OpportunityPage } from '../api.ts';
import type * as closingApi from '../api-closing.ts';
import { check, get, judgedColumns, judgedOf, seen } from './opportunities.ts';
import { enterStage } from './rules/deal.ts';
import * as stages from './stages-store.ts';
import type * as store from './store.ts';
import * as writes from './write-store.ts';

async function closingStage(ctx: Ctx, outcome: 'won' | 'lost', stageId: string | undefined): Promise<stages.StageRow> {
  const found = (await stages.stages(ctx.tx)).find((s) => s.outcome === outcome && (!stageId || s.id === stageId));
  if (!found) throw invalid({ field: 'stageId', message: `No stage of this name stands for ${outcome}` });
  return found;
}

function checkDay(ctx: Ctx, closedOn: string): FieldError[] {
  return closedOn > ctx.today ? [{ field: 'closedOn', message: 'This day has not come yet' }] : [];
}

async function close(
  ctx: Ctx,
  before: store.PageRow,
  stage: stages.StageRow,
  version: number | null,
  more: writes.OpportunityWrite,
): Promise<void> {
  const isDone = await writes.update(ctx.tx, ctx.actor.workspaceId, before.id, version, {
    ...judgedColumns(enterStage(judgedOf(before), true, stage)),
    stage_id: stage.id,
    state: stage.outcome,
    ...more,
  });
  if (!isDone) throw staleVersion('opportunity', await get(ctx, before.id));
}

type WriteLine = NonNullable<Call<typeof closingApi.winOpportunity>['body']['lines']>[number];

/** The lines that the contract would get: those sent, else those offered, else one of the amount. */
function linesOf(page: OpportunityPage, sent: readonly WriteLine[] | undefined, closedOn: string): DealLine[] {
  const lines: readonly Omit<WriteLine, never>[] =
    sent ??
    (page.lines.length
      ? page.lines
      : page.amount
        ? [
            {
              productId: page.productId,
              description: page.productName ? '' : page.name,
              kind: 'recurring',
              quantity: 1,
              unitPriceMinor: page.amount.amount,
              discountPercent: 0,
              billing: 'year',
              startsOn: null,
              endsOn: null,
            },
          ]
        : []);
  return lines.map((l) => ({
    productId: l.productId,
    description: l.description,
    kind: l.kind,
    quantity: l.quantity,
    unitPriceMinor: l.unitPriceMinor,
    discountPercent: l.discountPercent,
    billing: l.billing,
    startsOn: l.startsOn ?? closedOn,
    endsOn: l.endsOn,
  }));
}

export async function win(ctx: Ctx, { params, body, ifMatch }: Call<typeof closingApi.winOpportunity>) {
  await writes.setPresent(ctx.tx, ctx.now);
  const before = await seen(ctx, params.id);
  if (before.state !== 'open') throw conflict('closed', `It is ${before.state} already.`);
  const closedOn = body.closedOn ?? ctx.today;
  const problems = [...checkDay(ctx, closedOn), ...(await check(ctx, { lines: body.lines }))];
  if (problems.length) throw invalid(problems);
  const stage = await closingStage(ctx, 'won', body.stageId);
  const page = await get(ctx, params.id);
  const lines = linesOf(page, body.lines, closedOn);
  const closer = dealCloserOf(ctx);
  const productNames = new Map(page.lines.map((l) => [l.productId, l.productName]));
  productNames.set(page.productId, page.productName);
  const contractId = body.contractId === undefined ? before.contract_id : body.contractId;
  const shown = lines.map((l) => ({ ...l, productName: productNames.get(l.productId) ?? null }));
  const contracts =
    (await dealContractsOf(ctx)?.(ctx, { accountId: before.account_id, currency: before.currency })) ?? [];
  if (!body.confirm)
    return {
      confirmed: false,
      opportunity: page,
      closedOn,
      contractId,
      lines: shown,
      lineIds: [],
      contracts,
      makesContract: closer !== null,
    };
  const made =
    closer && lines.length
      ? await closer(ctx, {
          opportunityId: before.id,
          accountId: before.account_id,
          name: before.name,
          type: before.type,
          currency: before.currency,
          contractId,
          lines,
        })
      : { contractId, lineIds: [] };
  await close(ctx, before, stage, body.version ?? ifMatch ?? null, {
    closed_on: closedOn,
    contract_id: made.contractId,
    lost_reason: null,
  });
  await ctx.emit({
    type: 'opportunity.won',
    accountId: before.account_id,
    rowId: before.id,
    payload: { contractId: made.contractId, type: before.type },
  });
  return {
    confirmed: true,
    opportunity: await get(ctx, before.id),
    closedOn,
    contractId: made.contractId,
    lines: shown,
    lineIds: made.lineIds,
    contracts,
    makesContract: closer !== null,
  };
}

export async function lose(
  ctx: Ctx,
  { params, body, ifMatch }: Call<typeof closingApi.loseOpportunity>,
): Promise<OpportunityPage> {
  await writes.setPresent(ctx.tx, ctx.now);
  const before = await seen(ctx, params.id);
  if (before.state !== 'open') throw conflict('closed', `It is ${before.state} already.`);
  const closedOn = body.closedOn ?? ctx.today;
  const problems = checkDay(ctx, closedOn);
  if (problems.length) throw invalid(problems);
  await close(ctx, before, await closingStage(ctx, 'lost', body.stageId), body.version ?? ifMatch ?? null, {
    closed_on: closedOn,
    lost_reason: body.reason,
    lost_note: body.note,
    ...(body.competitor !== undefined ? { competitor: body.competitor } : {}),
  });
  await ctx.emit({
    type: 'opportunity.lost',
    accountId: before.account_id,
    rowId: before.id,
    payload: { reason: body.reason },
  });
  return get(ctx, before.id);
}

export async function reopen(ctx: Ctx, id: string): Promise<OpportunityPage> {
  await writes.setPresent(ctx.tx, ctx.now);
  const before = await seen(ctx, id);
  if (before.state === 'open') return get(ctx, id);
  const all = (await stages.stages(ctx.tx)).filter((s) => s.outcome === 'open');
  const lastOpen = await stages.lastOpenStage(ctx.tx, id);
  const stage = all.find((s) => s.id === lastOpen) ?? all[0]!;
  await writes.update(ctx.tx, ctx.actor.workspaceId, id, null, {
    ...judgedColumns(enterStage(judgedOf(before), false, stage)),
    stage_id: stage.id,
    state: 'open',
    closed_on: null,
    lost_reason: null,
    lost_note: '',
  });
  await ctx.emit({ type: 'opportunity.reopened', accountId: before.account_id, rowId: id });
  return get(ctx, id);
}

async function setArchived(ctx: Ctx, id: string, archivedAt: string | null): Promise<OpportunityPage> {
  await writes.setPresent(ctx.tx, ctx.now);
  const before = await seen(ctx, id);
  if ((before.archived_at === null) === (archivedAt === null)) return get(ctx, id);
  await writes.update(ctx.tx, ctx.actor.workspaceId, id, null, { archived_at: archivedAt });
  await ctx.emit({
    type: archivedAt ? 'opportunity.archived' : 'opportunity.restored',
    accountId: before.account_id,
    rowId: id,
  });
  return get(ctx, id);
}
export const archive = (ctx: Ctx, id: string) => setArchived(ctx, id, ctx.now.toISOString());
export const restore = (ctx: Ctx, id: string) => setArchived(ctx, id, null);
