// The use cases of the plans room.
import { conflict, invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import { zoneOf } from '../../../kernel/server/ctx.ts';
import type { Call, Ctx, FileAnswer } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import { seenAccount, setRenewalOn } from '../../accounts/server/index.ts';
import { preferences } from '../../settings/server/index.ts';
import type * as api from '../api.ts';
import type { PlanPage } from '../api.ts';
import {
  BLOCK_KEYS,
  BLOCKS,
  type BlockKey,
  comparePlans,
  completeness,
  composeDocument,
  differenceInWords,
  emptyPlan,
  listOf,
  type Plan,
  planFreshness,
} from '../rules.ts';
import { renderPlan } from './document.ts';
import { peopleAt } from './people.ts';
import { canOf } from './policy.ts';
import * as store from './store.ts';

const money = (minor: number | null, currency: string | null) =>
  minor === null || currency === null ? null : { amount: minor, currency };

function summarise(r: store.PlanRow) {
  return {
    id: r.id,
    accountId: r.account_id,
    accountName: r.account_name,
    ownerName: r.owner_name,
    renewalOn: r.content.header.renewalOn,
    completeness: r.completeness,
    oldestReviewOn: r.oldest_review_on,
    signedOffAt: r.signed_off_at,
    version: r.version,
    updatedAt: r.updated_at,
  };
}

/** Every member that the plan names. */
function memberIds(plan: Plan): string[] {
  const ids = new Set<string>();
  for (const key of BLOCK_KEYS) if (plan.care[key].ownerId) ids.add(plan.care[key].ownerId);
  for (const { key, lists } of BLOCKS)
    for (const list of lists)
      for (const item of listOf(plan.content, key, list.key))
        if (typeof item.ownerId === 'string') ids.add(item.ownerId);
  return [...ids];
}

async function found(ctx: Ctx, id: string, lock = false): Promise<store.PlanRow> {
  const row = await store.plan(ctx.tx, id, lock);
  if (!row) throw notFound('plan');
  return row;
}

async function present(ctx: Ctx, row: store.PlanRow): Promise<PlanPage> {
  const plan: Plan = { content: row.content, care: row.care };
  const [settings, members, people] = await Promise.all([
    preferences(ctx.tx),
    store.memberNames(ctx.tx, memberIds(plan)),
    peopleAt(ctx, row.account_id),
  ]);
  const limits = { ageingAfterDays: settings.planAgeingAfterDays, staleAfterDays: settings.planStaleAfterDays };
  return {
    ...summarise(row),
    content: row.content,
    care: row.care,
    arr: money(row.arr_minor, row.arr_currency),
    tier: row.tier,
    sponsorName: row.sponsor_name,
    missing: [...completeness(row.content).missing],
    freshness: planFreshness(row.care, ctx.today, limits),
    limits,
    members,
    people: people.map((p) => ({
      id: p.id,
      name: p.name,
      title: p.title,
      part: p.part,
      stance: p.stance,
      contact: p.contact,
    })),
    archivedAt: row.archived_at,
    can: canOf(ctx.actor),
  };
}

export async function get(ctx: Ctx, id: string): Promise<PlanPage> {
  return present(ctx, await found(ctx, id));
}

export async function list(ctx: Ctx, { query }: Call<typeof api.listPlans>) {
  const scope = `plans ${query.sort}`;
  const settings = query.stale ? await preferences(ctx.tx) : null;
  const staleBefore = settings ? daysBefore(ctx.today, settings.planStaleAfterDays) : undefined;
  const rows = await store.plans(ctx.tx, {
    sort: query.sort,
    after: decodeCursor(scope, query.cursor, 2),
    limit: query.limit,
    ...(query.accountId ? { accountId: query.accountId } : {}),
    ...(staleBefore ? { staleBefore } : {}),
  });
  const { items, nextCursor } = page(rows, query.limit, (r) => encodeCursor(scope, [r.sort_key, r.id]));
  return { items: items.map(summarise), nextCursor };
}

const daysBefore = (day: string, days: number) =>
  new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);

function judge(plan: Plan) {
  const reviews = BLOCK_KEYS.map((key) => plan.care[key].reviewedOn);
  return {
    completeness: completeness(plan.content).percent,
    oldestReviewOn: reviews.some((r) => r === null) ? null : (reviews.sort()[0] ?? null),
  };
}

/** References that lead nowhere, each named by its place. */
async function check(ctx: Ctx, plan: Plan, accountId: string, before: Plan | null): Promise<void> {
  const known = new Set(before ? memberIds(before) : []);
  const asked = memberIds(plan).filter((id) => !known.has(id));
  const members = new Set((await store.memberNames(ctx.tx, asked)).map((m) => m.id));
  const problems = asked
    .filter((id) => !members.has(id))
    .map((id) => ({ field: 'ownerId', message: `There is no member ${id}` }));
  const was = new Set(before?.content.relationships.people.map((p) => p.personId) ?? []);
  const named = plan.content.relationships.people.filter((p) => !was.has(p.personId));
  if (named.length) {
    const there = new Set((await peopleAt(ctx, accountId)).map((p) => p.id));
    plan.content.relationships.people.forEach((p, at) => {
      if (!was.has(p.personId) && !there.has(p.personId))
        problems.push({
          field: `content.relationships.people.${at}.personId`,
          message: 'This person is not at the account',
        });
    });
  }
  const goals = new Set(plan.content.goals.items.map((g) => g.id));
  plan.content.strategy.items.forEach((action, at) => {
    if (action.goalId !== null && !goals.has(action.goalId))
      problems.push({ field: `content.strategy.items.${at}.goalId`, message: 'The plan has no such goal' });
  });
  for (const { key, lists } of BLOCKS) {
    for (const list of lists) {
      const ids = listOf(plan.content, key, list.key).map((item) => item.id);
      if (new Set(ids).size !== ids.length)
        problems.push({ field: `content.${key}.${list.key}`, message: 'Two items have the same id' });
    }
  }
  if (problems.length) throw invalid(problems);
}

export async function create(ctx: Ctx, { body }: Call<typeof api.createPlan>): Promise<PlanPage> {
  const account = await seenAccount(ctx.tx, body.accountId);
  if (!account) throw invalid({ field: 'accountId', message: 'There is no such account' });
  const plan = emptyPlan();
  plan.content.header.renewalOn = account.renewalOn;
  for (const key of BLOCK_KEYS) plan.care[key].ownerId = account.ownerId;
  Object.assign(plan.content, body.content ?? {});
  await check(ctx, plan, body.accountId, null);
  const id = await store.insertPlan(
    ctx.tx,
    ctx.actor.workspaceId,
    body.accountId,
    plan,
    judge(plan),
    ctx.actor.memberId,
  );
  if (!id)
    throw conflict('plan_exists', 'This account has a plan already.', {
      id: await store.planOf(ctx.tx, body.accountId),
    });
  if (plan.content.header.renewalOn !== account.renewalOn)
    await setRenewalOn(ctx, body.accountId, plan.content.header.renewalOn);
  await ctx.emit({ type: 'plan.created', accountId: body.accountId, rowId: id });
  return get(ctx, id);
}

/** Saves a plan as changed, with what the save changed beside it. */
async function save(ctx: Ctx, row: store.PlanRow, version: number, after: Plan): Promise<void> {
  const before: Plan = { content: row.content, care: row.care };
  const difference = comparePlans(before, after);
  if (version !== row.version) throw staleVersion('plan', await present(ctx, row));
  if (difference.length === 0) return;
  if (!(await store.savePlan(ctx.tx, row.id, version, after, judge(after), ctx.actor.memberId)))
    throw staleVersion('plan', await get(ctx, row.id));
  const sentences = difference.flatMap((d) =>
    differenceInWords(d, (value) =>
      typeof value === 'object' && value ? `${value.amount / 100} ${value.currency}` : String(value),
    ),
  );
  const title = `${difference.map((d) => d.name).join(', ')}: ${(sentences[0] ?? '').slice(0, 200)}`;
  await store.noteChange(ctx.tx, {
    workspaceId: ctx.actor.workspaceId,
    planId: row.id,
    accountId: row.account_id,
    from: version,
    to: version + 1,
    title: title.slice(0, 300),
    difference,
    memberId: ctx.actor.memberId,
  });
  if (after.content.header.renewalOn !== before.content.header.renewalOn)
    await setRenewalOn(ctx, row.account_id, after.content.header.renewalOn);
  await ctx.emit({ type: 'plan.updated', accountId: row.account_id, rowId: row.id });
}

export async function update(ctx: Ctx, { params, body }: Call<typeof api.updatePlan>): Promise<PlanPage> {
  const row = await found(ctx, params.id, true);
  const after: Plan = {
    content: { ...row.content, ...defined(body.content) },
    care: { ...row.care, ...defined(body.care) },
  };
  if (body.version === row.version) await check(ctx, after, row.account_id, { content: row.content, care: row.care });
  await save(ctx, row, body.version, after);
  return get(ctx, params.id);
}

const defined = <T extends object>(part: T | undefined) =>
  Object.fromEntries(Object.entries(part ?? {}).filter(([, v]) => v !== undefined));

export async function review(ctx: Ctx, { params, body }: Call<typeof api.reviewBlock>): Promise<PlanPage> {
  const row = await found(ctx, params.id, true);
  const care = { ...row.care };
  for (const block of body.blocks) care[block as BlockKey] = { ...care[block as BlockKey], reviewedOn: ctx.today };
  await save(ctx, row, row.version, { content: row.content, care });
  return get(ctx, params.id);
}

export async function archive(ctx: Ctx, id: string): Promise<PlanPage> {
  const row = await found(ctx, id, true);
  await store.setArchived(ctx.tx, id, ctx.now.toISOString());
  await ctx.emit({ type: 'plan.archived', accountId: row.account_id, rowId: id });
  return get(ctx, id);
}

export async function restore(ctx: Ctx, id: string): Promise<PlanPage> {
  const row = await found(ctx, id, true);
  const other = await store.planOf(ctx.tx, row.account_id);
  if (other && other !== id) throw conflict('plan_exists', 'This account has another plan by now.', { id: other });
  await store.setArchived(ctx.tx, id, null);
  await ctx.emit({ type: 'plan.restored', accountId: row.account_id, rowId: id });
  return get(ctx, id);
}

/** The plan on one page. What the reader may not see (people, names) is left out, as on the screen. */
export async function document(ctx: Ctx, { params, query }: Call<typeof api.planDocument>): Promise<FileAnswer> {
  const row = await found(ctx, params.id);
  const plan = await present(ctx, row);
  const workspace = await ctx.tx.selectFrom('workspace').select('locale').executeTakeFirstOrThrow();
  const content = composeDocument(
    { content: row.content, care: row.care },
    {
      account: { name: row.account_name, arr: plan.arr, tier: row.tier },
      owner: row.owner_name,
      sponsor: row.sponsor_name,
      version: row.version,
      signedOff:
        row.signed_off_at && row.signed_off_by ? { by: row.signed_off_by, on: row.signed_off_at.slice(0, 10) } : null,
      members: new Map(plan.members.map((m) => [m.id, m.name])),
      people: new Map(plan.people.map(({ id, ...rest }) => [id, rest])),
    },
  );
  const pdf = await renderPlan(content, {
    paper: query.paper,
    locale: workspace.locale,
    timeZone: zoneOf(ctx.actor.workspaceId),
    generatedAt: ctx.now.toISOString(),
  });
  return {
    stream: pdf,
    type: 'application/pdf',
    fileName: `${row.account_name} – account plan.pdf`,
    inline: query.inline ?? false,
    length: pdf.byteLength,
  };
}

/** The account's own renewal date changed: the plan follows, so that both always say the same. */
export async function followRenewal(ctx: Ctx, accountId: string): Promise<void> {
  const id = await store.planOf(ctx.tx, accountId);
  const account = await seenAccount(ctx.tx, accountId);
  if (!id || !account) return;
  const row = await store.plan(ctx.tx, id, true);
  if (!row || row.content.header.renewalOn === account.renewalOn) return;
  await save(ctx, row, row.version, {
    care: row.care,
    content: { ...row.content, header: { ...row.content.header, renewalOn: account.renewalOn } },
  });
}
