// The use cases of opportunities: find, open, change, what is offered, who decides, what happened.
import { newId } from '../../../kernel/contract/ids.ts';
import { conflict, type FieldError, invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import { seenAccount } from '../../accounts/server/index.ts';
import { notify } from '../../people/server/index.ts';
import { totaller, workspaceCurrency } from '../../settings/server/index.ts';
import type * as api from '../api.ts';
import type { Opportunity, OpportunityPage } from '../api.ts';
import type * as closingApi from '../api-closing.ts';
import * as history from './history-store.ts';
import { canOf } from './policy.ts';
import { enterStage, type Judged, lineAmount } from './rules/deal.ts';
import * as stages from './stages-store.ts';
import * as store from './store.ts';
import * as writes from './write-store.ts';

const DAY = 86_400_000;
const money = (minor: number | null, currency: string) => (minor === null ? null : { amount: minor, currency });

export const present = (ctx: Ctx, r: store.OpportunityRow): Opportunity => ({
  id: r.id,
  name: r.name,
  accountId: r.account_id,
  accountName: r.account_name,
  type: r.type,
  ownerId: r.owner_id,
  ownerName: r.owner_name,
  stageId: r.stage_id,
  stageName: r.stage_name,
  state: r.state,
  amount: money(r.amount_minor, r.currency),
  currency: r.currency,
  amountOfLines: r.amount_of_lines,
  probability: r.probability,
  probabilityByHand: r.probability_by_hand,
  category: r.category,
  categoryByHand: r.category_by_hand,
  closesOn: r.closes_on,
  closedOn: r.closed_on,
  overdue: r.state === 'open' && r.closes_on < ctx.today,
  pushes: r.pushes,
  productId: r.product_id,
  productName: r.product_name,
  contractId: r.contract_id,
  competitor: r.competitor,
  nextStep: r.next_step,
  nextStepOn: r.next_step_on,
  daysInStage: Math.max(0, Math.floor((ctx.now.getTime() - Date.parse(r.stage_since)) / DAY)),
  version: r.version,
  createdAt: r.created_at,
  updatedAt: r.updated_at,
  archivedAt: r.archived_at,
  can: canOf(ctx.actor, r),
});

export async function seen(ctx: Ctx, id: string): Promise<store.PageRow> {
  const row = await store.opportunity(ctx.tx, id);
  if (!row) throw notFound('opportunity');
  return row;
}

export async function get(ctx: Ctx, id: string): Promise<OpportunityPage> {
  const r = await seen(ctx, id);
  const lines = await store.linesOf(ctx.tx, id);
  const people = await store.peopleOf(ctx.tx, id);
  return {
    ...present(ctx, r),
    description: r.description,
    lostReason: r.lost_reason,
    lostNote: r.lost_note,
    meddic: r.meddic,
    lines: lines.map((l) => ({
      id: l.id,
      productId: l.product_id,
      productName: l.product_name,
      description: l.description,
      kind: l.kind,
      quantity: l.quantity,
      unitPriceMinor: l.unit_price_minor,
      discountPercent: l.discount_percent,
      billing: l.billing,
      startsOn: l.starts_on,
      endsOn: l.ends_on,
      amount: { amount: l.amount_minor, currency: r.currency },
    })),
    people: people.map((p) => ({ personId: p.person_id, name: p.name, title: p.title, part: p.part, note: p.note })),
    source: r.source_system && r.source_id ? { system: r.source_system, id: r.source_id } : null,
  };
}

export const findOf = (ctx: Ctx, { mine, ...find }: Call<typeof api.summariseOpportunities>['query']): store.Find => ({
  ...find,
  ...(mine ? { mine: ctx.actor.memberId } : {}),
});

export async function list(ctx: Ctx, { query }: Call<typeof api.listOpportunities>) {
  const { sort, limit, cursor, ...filter } = query;
  const scope = `opportunities ${sort}`;
  const rows = await store.list(ctx.tx, findOf(ctx, filter), ctx.today, sort, decodeCursor(scope, cursor, 2), limit);
  const { items, nextCursor } = page(rows, limit, (r) => encodeCursor(scope, [r.sort_key, r.id]));
  return { items: items.map((r) => present(ctx, r)), nextCursor };
}

export async function board(ctx: Ctx, { query }: Call<typeof api.getBoard>) {
  const { perStage, ...filter } = query;
  const rows = await store.board(ctx.tx, findOf(ctx, filter), ctx.today, perStage);
  return { items: rows.map((r) => present(ctx, r)), nextCursor: null };
}

export async function summary(ctx: Ctx, { query }: Call<typeof api.summariseOpportunities>) {
  const rows = await store.summary(ctx.tx, findOf(ctx, query), ctx.today);
  const add = await totaller(
    ctx.tx,
    rows.map((r) => r.currency),
    ctx.today,
  );
  const sum = (of: readonly store.StageSum[], key: 'amount' | 'weighted') => {
    const byCurrency = new Map<string, number>();
    for (const r of of) byCurrency.set(r.currency, (byCurrency.get(r.currency) ?? 0) + r[key]);
    return add([...byCurrency].sort().map(([currency, amount]) => ({ amount, currency })));
  };
  const count = (of: readonly store.StageSum[]) => of.reduce((n, r) => n + r.count, 0);
  return {
    count: count(rows),
    total: sum(rows, 'amount'),
    weighted: sum(rows, 'weighted'),
    stages: [...new Set(rows.map((r) => r.stage_id))].map((stageId) => {
      const inside = rows.filter((r) => r.stage_id === stageId);
      return { stageId, count: count(inside), total: sum(inside, 'amount'), weighted: sum(inside, 'weighted') };
    }),
    asOf: ctx.today,
  };
}

type Line = NonNullable<Call<typeof api.createOpportunity>['body']['lines']>[number];
export const lineRows = (ctx: Ctx, lines: readonly Line[]): writes.LineWrite[] =>
  lines.map((l, position) => ({
    id: newId(ctx.now.getTime()),
    product_id: l.productId,
    description: l.description,
    kind: l.kind,
    quantity: l.quantity,
    unit_price_minor: l.unitPriceMinor,
    discount_percent: l.discountPercent,
    billing: l.billing,
    starts_on: l.startsOn,
    ends_on: l.endsOn,
    amount_minor: lineAmount(l),
    position,
  }));
const sumOf = (rows: readonly writes.LineWrite[]) => rows.reduce((sum, l) => sum + l.amount_minor, 0);

/** What can be wrong with the references of a write, all at once. */
export async function check(
  ctx: Ctx,
  w: {
    ownerId?: string | null | undefined;
    accountId?: string | undefined;
    productId?: string | null | undefined;
    stageId?: string | undefined;
    lines?: readonly { productId: string | null }[] | undefined;
  },
): Promise<FieldError[]> {
  const problems: FieldError[] = [];
  if (w.accountId && !(await seenAccount(ctx.tx, w.accountId)))
    problems.push({ field: 'accountId', message: 'There is no such account' });
  if (w.ownerId && !(await writes.activeMember(ctx.tx, w.ownerId)))
    problems.push({ field: 'ownerId', message: 'There is no such active member' });
  const products = [w.productId, ...(w.lines ?? []).map((l) => l.productId)].flatMap((p) => (p ? [p] : []));
  if (products.length) {
    const known = await writes.knownProducts(ctx.tx, products);
    if (w.productId && !known.has(w.productId))
      problems.push({ field: 'productId', message: 'There is no such product' });
    w.lines?.forEach((l, i) => {
      if (l.productId && !known.has(l.productId))
        problems.push({ field: `lines.${i}.productId`, message: 'There is no such product' });
    });
  }
  return problems;
}

/** An open stage by its id; the first open one without. */
async function openStage(ctx: Ctx, stageId: string | undefined): Promise<stages.StageRow> {
  const all = await stages.stages(ctx.tx);
  const found = stageId ? all.find((s) => s.id === stageId) : all.find((s) => s.outcome === 'open');
  if (!found) throw invalid({ field: 'stageId', message: 'There is no such stage' });
  if (found.outcome !== 'open')
    throw conflict(
      'closing_stage',
      `${found.name} closes an opportunity. Use the steps for won and lost, which ask what has to be known.`,
    );
  return found;
}

async function tellOwner(ctx: Ctx, o: { id: string; name: string; accountName: string }, ownerId: string | null) {
  if (!ownerId || ownerId === ctx.actor.memberId) return;
  await notify(ctx, [ownerId], {
    kind: 'opportunity.assigned',
    title: `${o.name} is yours now`,
    detail: `${ctx.actor.name} gave you this opportunity at ${o.accountName}.`,
    link: `/pipeline?opportunity=${o.id}`,
    dedupeKey: `opportunity:${o.id}`,
  });
}

export const judgedOf = (r: store.OpportunityRow): Judged => ({
  probability: r.probability,
  probabilityByHand: r.probability_by_hand,
  category: r.category,
  categoryByHand: r.category_by_hand,
  openProbability: r.open_probability,
  openCategory: r.open_category,
});
export const judgedColumns = (j: Judged): writes.OpportunityWrite => ({
  probability: j.probability,
  probability_by_hand: j.probabilityByHand,
  category: j.category,
  category_by_hand: j.categoryByHand,
  open_probability: j.openProbability,
  open_category: j.openCategory,
});

type Body = Omit<Call<typeof api.updateOpportunity>['body'], 'version' | 'stageId'>;

/** Columns that are taken as they are written. */
const plainColumns = (b: Body): writes.OpportunityWrite => ({
  ...(b.name !== undefined ? { name: b.name } : {}),
  ...(b.type !== undefined ? { type: b.type } : {}),
  ...(b.ownerId !== undefined ? { owner_id: b.ownerId } : {}),
  ...(b.closesOn !== undefined ? { closes_on: b.closesOn } : {}),
  ...(b.productId !== undefined ? { product_id: b.productId } : {}),
  ...(b.contractId !== undefined ? { contract_id: b.contractId } : {}),
  ...(b.competitor !== undefined ? { competitor: b.competitor } : {}),
  ...(b.nextStep !== undefined ? { next_step: b.nextStep } : {}),
  ...(b.nextStepOn !== undefined ? { next_step_on: b.nextStepOn } : {}),
  ...(b.description !== undefined ? { description: b.description } : {}),
});

/** What a person says of probability and category counts from now on; null gives the word back to the stage. */
function judge(now: Judged, b: Pick<Body, 'probability' | 'category'>, stage: stages.StageRow): Judged {
  return {
    ...now,
    ...(b.probability !== undefined
      ? { probability: b.probability ?? stage.probability, probabilityByHand: b.probability !== null }
      : {}),
    ...(b.category !== undefined
      ? { category: b.category ?? stage.category, categoryByHand: b.category !== null }
      : {}),
  };
}

export async function create(ctx: Ctx, body: Call<typeof api.createOpportunity>['body']): Promise<OpportunityPage> {
  await writes.setPresent(ctx.tx, ctx.now);
  const problems = await check(ctx, body);
  if (body.amount && body.currency && body.amount.currency !== body.currency)
    problems.push({ field: 'currency', message: 'The amount is in another currency' });
  if (body.lines?.length && body.amount)
    problems.push({ field: 'amount', message: 'The lines make the amount: send one of them' });
  if (problems.length) throw invalid(problems);
  const stage = await openStage(ctx, body.stageId);
  const fresh: Judged = {
    probability: stage.probability,
    probabilityByHand: false,
    category: stage.category,
    categoryByHand: false,
    openProbability: null,
    openCategory: null,
  };
  const id = newId(ctx.now.getTime());
  const lines = lineRows(ctx, body.lines ?? []);
  const ownerId = body.ownerId === undefined ? ctx.actor.memberId : body.ownerId;
  const { closesOn, name, accountId } = body;
  await writes.insert(
    ctx.tx,
    ctx.actor.workspaceId,
    {
      ...plainColumns(body),
      ...judgedColumns(judge(fresh, body, stage)),
      id,
      name,
      account_id: accountId,
      stage_id: stage.id,
      owner_id: ownerId,
      closes_on: closesOn,
      probability: judge(fresh, body, stage).probability,
      currency: body.amount?.currency ?? body.currency ?? (await workspaceCurrency(ctx.tx)),
      amount_minor: lines.length ? sumOf(lines) : (body.amount?.amount ?? null),
      amount_of_lines: lines.length > 0,
    },
    body.meddic ?? {},
  );
  if (lines.length) await writes.setLines(ctx.tx, ctx.actor.workspaceId, id, accountId, lines);
  await ctx.emit({ type: 'opportunity.created', accountId, rowId: id });
  const made = await get(ctx, id);
  await tellOwner(ctx, made, ownerId);
  return made;
}

export async function update(
  ctx: Ctx,
  { params, body, ifMatch }: Call<typeof api.updateOpportunity>,
): Promise<OpportunityPage> {
  await writes.setPresent(ctx.tx, ctx.now);
  const { version, stageId, ...change } = body;
  const before = await seen(ctx, params.id);
  const problems = await check(ctx, {
    ownerId: change.ownerId === before.owner_id ? null : change.ownerId,
    productId: change.productId,
  });
  if (change.amount !== undefined && before.amount_of_lines)
    problems.push({ field: 'amount', message: 'The lines make the amount: change them' });
  const currency = change.amount?.currency ?? change.currency ?? before.currency;
  if (change.currency && change.amount && change.currency !== change.amount.currency)
    problems.push({ field: 'currency', message: 'The amount is in another currency' });
  if (currency !== before.currency && before.amount_of_lines)
    problems.push({ field: 'currency', message: 'The prices of the lines are in another currency' });
  if (
    currency !== before.currency &&
    change.amount === undefined &&
    before.amount_minor !== null &&
    !before.amount_of_lines
  )
    problems.push({ field: 'currency', message: 'Send the amount in the new currency with it' });
  if (problems.length) throw invalid(problems);
  const judges = change.probability !== undefined || change.category !== undefined || stageId !== undefined;
  if (before.state !== 'open' && judges) throw conflict('closed', 'It is closed. Reopen it first.');
  const stage = stageId
    ? await openStage(ctx, stageId)
    : judges
      ? await stages.stage(ctx.tx, before.stage_id)
      : undefined;
  // The person's word in the same request counts after the stage's.
  let judged = judgedOf(before);
  if (stage && stage.id !== before.stage_id) judged = enterStage(judged, true, stage);
  if (stage) judged = judge(judged, change, stage);
  const isDone = await writes.update(
    ctx.tx,
    ctx.actor.workspaceId,
    params.id,
    version ?? ifMatch ?? null,
    {
      ...plainColumns(change),
      ...(stage ? { ...judgedColumns(judged), stage_id: stage.id } : {}),
      ...(change.amount !== undefined ? { amount_minor: change.amount?.amount ?? null } : {}),
      ...(currency !== before.currency ? { currency } : {}),
    },
    change.meddic,
  );
  const after = await get(ctx, params.id);
  if (!isDone) throw staleVersion('opportunity', after);
  if (after.ownerId !== before.owner_id) await tellOwner(ctx, after, after.ownerId);
  await ctx.emit({
    type: after.stageId === before.stage_id ? 'opportunity.updated' : 'opportunity.moved',
    accountId: after.accountId,
    rowId: params.id,
  });
  return after;
}

export async function saveLines(
  ctx: Ctx,
  { params, body, ifMatch }: Call<typeof api.saveLines>,
): Promise<OpportunityPage> {
  await writes.setPresent(ctx.tx, ctx.now);
  const before = await seen(ctx, params.id);
  if (before.state !== 'open') throw conflict('closed', 'It is closed. Reopen it first.');
  const problems = await check(ctx, { lines: body.lines });
  if (problems.length) throw invalid(problems);
  const lines = lineRows(ctx, body.lines);
  const isDone = await writes.update(ctx.tx, ctx.actor.workspaceId, params.id, body.version ?? ifMatch ?? null, {
    amount_of_lines: lines.length > 0,
    ...(lines.length ? { amount_minor: sumOf(lines) } : {}),
  });
  if (!isDone) throw staleVersion('opportunity', await get(ctx, params.id));
  await writes.setLines(ctx.tx, ctx.actor.workspaceId, params.id, before.account_id, lines);
  await ctx.emit({ type: 'opportunity.updated', accountId: before.account_id, rowId: params.id });
  return get(ctx, params.id);
}

export async function savePeople(ctx: Ctx, { params, body }: Call<typeof api.savePeople>): Promise<OpportunityPage> {
  const before = await seen(ctx, params.id);
  const ids = body.people.map((p) => p.personId);
  const known = await writes.knownPeople(ctx.tx, before.account_id, ids);
  const problems = body.people.flatMap((p, i): FieldError[] =>
    ids.indexOf(p.personId) !== i
      ? [{ field: `people.${i}.personId`, message: 'Twice in the list' }]
      : known.has(p.personId)
        ? []
        : [{ field: `people.${i}.personId`, message: `Nobody of this name is at ${before.account_name}` }],
  );
  if (problems.length) throw invalid(problems);
  await writes.setPeople(
    ctx.tx,
    ctx.actor.workspaceId,
    params.id,
    before.account_id,
    body.people.map((p) => ({ person_id: p.personId, part: p.part, note: p.note })),
  );
  await ctx.emit({ type: 'opportunity.updated', accountId: before.account_id, rowId: params.id });
  return get(ctx, params.id);
}

export async function what(ctx: Ctx, { params, query }: Call<typeof closingApi.getHistory>) {
  const row = await seen(ctx, params.id);
  const scope = `opportunity ${params.id}`;
  const rows = await history.changes(ctx.tx, params.id, decodeCursor(scope, query.cursor, 2), query.limit);
  const { items, nextCursor } = page(rows, query.limit, (r) => encodeCursor(scope, [r.at, r.id]));
  const spans = await history.spans(ctx.tx, params.id, ctx.now);
  return {
    items: items.map((r) => ({
      id: r.id,
      field: r.field,
      from: r.from_value,
      to: r.to_value,
      at: r.at,
      byId: r.member_id,
      byName: r.member_name,
    })),
    nextCursor,
    stages: spans.map((s) => ({
      id: s.id,
      stageId: s.stage_id,
      stageName: s.stage_name,
      enteredAt: s.entered_at,
      leftAt: s.left_at,
      days: s.days,
      amount: money(s.amount_minor, row.currency),
      probability: s.probability,
      category: s.category,
      closesOn: s.closes_on,
      byName: s.member_name,
    })),
  };
}

export async function durations(ctx: Ctx, { query }: Call<typeof closingApi.stageDurations>) {
  const rows = await history.durations(ctx.tx, query);
  return {
    items: rows.map((r) => ({
      stageId: r.stage_id,
      stageName: r.stage_name,
      ended: r.ended,
      underWay: r.under_way,
      meanDays: r.mean_days,
      medianDays: r.median_days,
      maxDays: r.max_days,
    })),
    nextCursor: null,
  };
}
