// Use cases: reviews, suggestions, decisions, the watch list.
import { conflict, invalid, notFound } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import { setTier } from '../../accounts/server/index.ts';
import { preferences } from '../../settings/server/index.ts';
import type * as api from '../api.ts';
import {
  capacityWarning,
  checkModel,
  nextReviewOn,
  packScores,
  rankAll,
  type Standing,
  suggestDecision,
  watchReasons,
} from '../rules.ts';
import * as reviews from './review-store.ts';
import { accountScores, current, growthOf, MOST_ROWS, teamLines } from './selection.ts';
import * as store from './store.ts';
import { scoreAll } from './values.ts';

/** Standings that a suggestion looks back on. */
const LOOK_BACK = 6;

const presentReview = (r: reviews.ReviewRow) => ({
  id: r.id,
  number: r.number,
  reviewedOn: r.reviewed_on,
  modelNumber: r.model_number,
  capacity: r.capacity,
  lines: { upper: r.upper_line, lower: r.lower_line },
  ranked: Number(r.ranked),
  accounts: Number(r.accounts),
  note: r.note,
  madeBy: r.made_by,
  madeAt: r.made_at,
});
const presentDecision = (d: reviews.DecisionRow) => ({
  id: d.id,
  accountId: d.account_id,
  accountName: d.account_name,
  decision: d.decision,
  reason: d.reason,
  nextReviewOn: d.next_review_on,
  suggested: d.suggested,
  tierBefore: d.tier_before,
  tierAfter: d.tier_after,
  overCapacityBy: d.over_capacity_by,
  decidedBy: d.decided_by,
  decidedAt: d.decided_at,
  withdrawnAt: d.withdrawn_at,
});
const presentStanding = (s: reviews.StandingRow): Standing => ({
  reviewedOn: s.reviewed_on,
  place: s.place,
  lines: { upper: s.upper_line, lower: s.lower_line },
});

export async function take(ctx: Ctx, { body }: Call<typeof api.takeReview>) {
  await reviews.lockReviews(ctx.tx);
  const { number, criteria } = await current(ctx);
  if (number === 0 || checkModel(criteria).some((f) => f.level === 'error'))
    throw conflict('no_model', 'Choose three to five criteria and save the model before the first review.');
  const [team, rows, given] = await Promise.all([
    teamLines(ctx),
    store.facts(ctx.tx, ctx.today, MOST_ROWS),
    store.scores(ctx.tx),
  ]);
  const { scores } = await scoreAll(ctx.tx, criteria, rows, given, ctx.today);
  const ranking = rankAll(
    packScores(scores, criteria.length),
    criteria.map((c) => c.weight),
  );
  const standings = rows.map((r, at) => ({
    accountId: r.id,
    place: ranking.place[at]! > 0 ? ranking.place[at]! : null,
    score: ranking.mean[at]! > 0 ? Math.round(ranking.mean[at]! * 100) / 1000 : null,
    coverage: ranking.coverage[at]!,
    scores: Object.fromEntries(criteria.map((c, column) => [c.key, scores[at]![column] ?? null])),
  }));
  const id = await reviews.insertReview(
    ctx.tx,
    {
      workspaceId: ctx.actor.workspaceId,
      on: ctx.today,
      model: number,
      capacity: team.capacity,
      upper: team.lines.upper,
      lower: team.lines.lower,
      note: body.note,
      by: ctx.actor.memberId,
    },
    standings,
  );
  await ctx.emit({ type: 'selection.reviewed', rowId: id });
  const [made] = await reviews.reviews(ctx.tx, { id, after: null, limit: 1 });
  return presentReview(made!);
}

export async function list(ctx: Ctx, { query }: Call<typeof api.listReviews>) {
  const rows = await reviews.reviews(ctx.tx, { after: decodeCursor('reviews', query.cursor, 1), limit: query.limit });
  const { items, nextCursor } = page(rows, query.limit, (r) => encodeCursor('reviews', [r.number]));
  return { items: items.map(presentReview), nextCursor };
}

/** For every account that was reviewed: where it stood last, and what follows. */
async function suggestAll(ctx: Ctx) {
  const [team, facts, past] = await Promise.all([
    teamLines(ctx),
    store.facts(ctx.tx, ctx.today, MOST_ROWS),
    reviews.standings(ctx.tx, LOOK_BACK),
  ]);
  const byAccount = Map.groupBy(past, (s) => s.account_id);
  return facts.flatMap((row) => {
    const own = byAccount.get(row.id);
    if (!own) return [];
    const isKey = row.tier === team.keyTier;
    const standings = own.map(presentStanding);
    return [
      {
        row,
        isKey,
        latest: standings.at(-1)!,
        suggestion: suggestDecision({ isKey, standings, growthPercent: growthOf(row) }),
      },
    ];
  });
}

const URGENCY = { promote: 0, scale_back: 1, watch: 2, hold: 3 } as const;

export async function suggestions(ctx: Ctx) {
  const [all, latest, decided] = await Promise.all([
    suggestAll(ctx),
    reviews.reviews(ctx.tx, { after: null, limit: 1 }),
    reviews.standingDecisions(ctx.tx),
  ]);
  const since = new Map(
    decided.filter((d) => latest[0] && d.decided_at >= latest[0].made_at).map((d) => [d.account_id, d.decision]),
  );
  const items = all
    .map(({ row, isKey, latest: last, suggestion }) => ({
      accountId: row.id,
      name: row.name,
      isKey,
      place: last.place,
      decision: suggestion.decision,
      reason: suggestion.reason,
      decidedSince: since.get(row.id) ?? null,
    }))
    .sort(
      (a, b) =>
        URGENCY[a.decision] - URGENCY[b.decision] ||
        (a.place ?? Number.MAX_SAFE_INTEGER) - (b.place ?? Number.MAX_SAFE_INTEGER),
    );
  return { items: items.slice(0, 1000), reviewNumber: latest[0]?.number ?? null };
}

export async function decide(ctx: Ctx, { body }: Call<typeof api.decide>) {
  const ids = body.items.map((i) => i.accountId);
  if (new Set(ids).size !== ids.length) throw invalid({ field: 'items', message: 'Decide once an account' });
  await reviews.lockReviews(ctx.tx);
  const [team, latest, all, { selectionReviewMonths }] = await Promise.all([
    teamLines(ctx),
    reviews.reviews(ctx.tx, { after: null, limit: 1 }),
    suggestAll(ctx),
    preferences(ctx.tx),
  ]);
  const seen = await store.seenIds(ctx.tx, ids);
  const missing = ids.findIndex((id) => !seen.has(id));
  if (missing >= 0) throw invalid({ field: `items.${missing}.accountId`, message: 'There is no such account' });
  const known = new Map(all.map((a) => [a.row.id, a]));
  const tiers = new Map((await store.facts(ctx.tx, ctx.today, MOST_ROWS)).map((r) => [r.id, r.tier]));
  const isKey = (id: string) => tiers.get(id) === team.keyTier;
  const promotions = body.items.filter((i) => i.decision === 'promote' && !isKey(i.accountId)).length;
  const scaleBacks = body.items.filter((i) => i.decision === 'scale_back' && isKey(i.accountId)).length;
  const warning = capacityWarning({
    keyAccounts: await reviews.keyAccountCount(ctx.tx, team.keyTier),
    promotions,
    scaleBacks,
    capacity: team.capacity,
  });
  if (warning && promotions > 0 && !body.acceptOverCapacity)
    throw conflict('over_capacity', warning.text, { over: warning.over, capacity: warning.capacity });
  const lower = team.tiers[1] ?? null;
  const made: string[] = [];
  for (const item of body.items) {
    const before = tiers.get(item.accountId) ?? null;
    const after =
      item.decision === 'promote'
        ? team.keyTier
        : item.decision === 'scale_back' && before === team.keyTier
          ? lower
          : before;
    if (item.nextReviewOn !== undefined && item.nextReviewOn <= ctx.today)
      throw invalid({ field: 'nextReviewOn', message: 'The next review lies in the future' });
    if (after !== before) await setTier(ctx, item.accountId, after);
    made.push(
      await reviews.insertDecision(ctx.tx, {
        workspaceId: ctx.actor.workspaceId,
        accountId: item.accountId,
        reviewId: latest[0]?.id ?? null,
        decision: item.decision,
        reason: item.reason,
        nextReviewOn: item.nextReviewOn ?? nextReviewOn(ctx.today, ctx.today, selectionReviewMonths),
        suggested: known.get(item.accountId)?.suggestion.decision ?? null,
        before,
        after,
        over: warning && promotions > 0 ? warning.over : 0,
        by: ctx.actor.memberId,
      }),
    );
    await ctx.emit({ type: 'selection.decided', accountId: item.accountId, payload: { decision: item.decision } });
  }
  const rows = await reviews.decisions(ctx.tx, { ids: made, after: null, limit: made.length });
  return { items: rows.map(presentDecision), warning: warning?.text ?? null };
}

export async function decisions(ctx: Ctx, { query }: Call<typeof api.listDecisions>) {
  const rows = await reviews.decisions(ctx.tx, {
    after: decodeCursor('decisions', query.cursor, 1),
    limit: query.limit,
    ...(query.accountId ? { accountId: query.accountId } : {}),
  });
  const { items, nextCursor } = page(rows, query.limit, (d) => encodeCursor('decisions', [d.id]));
  return { items: items.map(presentDecision), nextCursor };
}

export async function withdraw(ctx: Ctx, id: string) {
  await reviews.lockReviews(ctx.tx);
  const [row] = await reviews.decisions(ctx.tx, { ids: [id], after: null, limit: 1 });
  if (!row) throw notFound('decision');
  if (row.withdrawn_at) return presentDecision(row);
  const later = (await reviews.decisions(ctx.tx, { accountId: row.account_id, after: null, limit: 50 })).find(
    (d) => !d.withdrawn_at,
  );
  if (later?.id !== id)
    throw conflict('not_latest', 'A later decision on this account stands; withdraw that one first.');
  await reviews.withdraw(ctx.tx, id, ctx.now.toISOString());
  if (row.tier_before !== row.tier_after) await setTier(ctx, row.account_id, row.tier_before);
  await ctx.emit({ type: 'selection.withdrawn', accountId: row.account_id });
  const [after] = await reviews.decisions(ctx.tx, { ids: [id], after: null, limit: 1 });
  return presentDecision(after!);
}

export async function watchList(ctx: Ctx) {
  const [all, decided] = await Promise.all([suggestAll(ctx), reviews.standingDecisions(ctx.tx)]);
  const watched = new Map(decided.filter((d) => d.decision === 'watch').map((d) => [d.account_id, d]));
  const items = all.flatMap(({ row, isKey, latest }) => {
    const growthPercent = growthOf(row);
    const reasons = watchReasons({ isKey, place: latest.place, lines: latest.lines, growthPercent });
    const decision = watched.get(row.id);
    if (decision) reasons.unshift(`decided to watch: ${decision.reason}`);
    return reasons.length
      ? [{ accountId: row.id, name: row.name, ownerName: row.owner_name, place: latest.place, growthPercent, reasons }]
      : [];
  });
  return { items: items.sort((a, b) => (a.place ?? 1e9) - (b.place ?? 1e9)).slice(0, 500) };
}

export async function account(ctx: Ctx, id: string) {
  const [scored, past, decided, team] = await Promise.all([
    accountScores(ctx, id),
    reviews.standings(ctx.tx, 24, id),
    reviews.decisions(ctx.tx, { accountId: id, after: null, limit: 50 }),
    teamLines(ctx),
  ]);
  const isKey = scored.row.tier === team.keyTier;
  const inForce = decided.find((d) => !d.withdrawn_at);
  return {
    accountId: id,
    name: scored.row.name,
    isKey,
    criteria: scored.criteria,
    score: scored.score,
    coverage: scored.coverage,
    standings: past.map((s) => ({
      number: s.number,
      reviewedOn: s.reviewed_on,
      place: s.place,
      score: s.score === null ? null : Number(s.score),
      upper: s.upper_line,
      lower: s.lower_line,
    })),
    suggestion: suggestDecision({ isKey, standings: past.map(presentStanding), growthPercent: growthOf(scored.row) }),
    nextReviewOn: inForce?.next_review_on ?? null,
    decisions: decided.map(presentDecision),
  };
}
