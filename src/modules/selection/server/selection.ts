// Use cases: the model, scores, the matrix, one account, readiness.
import { invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor, page } from '../../../kernel/server/paging.ts';
import { customFields, preferences } from '../../settings/server/index.ts';
import type * as api from '../api.ts';
import type { ActiveCriterion } from '../api.ts';
import {
  agreement,
  checkBands,
  checkModel,
  LEAST_COVERAGE,
  linesFor,
  READINESS_QUESTIONS,
  scoreAccount,
  teamCapacity,
} from '../rules.ts';
import { DEFAULT_CRITERIA, STARTING_WEIGHTS } from './criteria.ts';
import { canOf } from './policy.ts';
import * as store from './store.ts';
import { feedingFields, OWN_FIELDS, scoreAll } from './values.ts';

/** As many accounts as sliders can rank in a frame. */
export const MOST_ROWS = 10_000;

const suggested = (): ActiveCriterion[] =>
  STARTING_WEIGHTS.map(
    ({ key, weight }) =>
      ({ ...structuredClone(DEFAULT_CRITERIA.find((c) => c.key === key)!), weight }) as ActiveCriterion,
  );

/** The model in use; number 0 is the one we suggest. */
export async function current(
  ctx: Ctx,
): Promise<{ number: number; criteria: ActiveCriterion[]; row: store.ModelRow | null }> {
  const [row] = await store.models(ctx.tx, { after: null, limit: 1 });
  return row ? { number: row.number, criteria: row.criteria, row } : { number: 0, criteria: suggested(), row: null };
}

export async function model(ctx: Ctx) {
  const { number, criteria, row } = await current(ctx);
  return {
    number,
    criteria,
    findings: checkModel(criteria, (key) => criteria.find((c) => c.key === key)?.axis),
    note: row?.note ?? '',
    madeBy: row?.made_by ?? null,
    madeAt: row?.made_at ?? null,
    can: canOf(ctx.actor),
  };
}

export async function library(ctx: Ctx) {
  const used = (await current(ctx)).criteria.map(({ weight: _, ...c }) => c);
  const known = new Set(used.map((c) => c.key));
  const rest = structuredClone(DEFAULT_CRITERIA).filter((c) => !known.has(c.key)) as typeof used;
  return {
    criteria: [...used, ...rest],
    fields: [...OWN_FIELDS, ...feedingFields(await customFields(ctx.tx, 'accounts'))],
  };
}

export async function setModel(ctx: Ctx, { body }: Call<typeof api.setModel>) {
  const now = await current(ctx);
  if (body.number !== now.number) throw staleVersion('model', await model(ctx));
  const problems = checkModel(body.criteria, (key) => body.criteria.find((c) => c.key === key)?.axis)
    .filter((f) => f.level === 'error')
    .map((f) => ({ field: 'criteria', message: f.text, code: f.code as string }));
  body.criteria.forEach((c, at) => {
    if (c.derivation?.method === 'bands')
      for (const message of checkBands(c.derivation.bands, c.derivation.direction))
        problems.push({ field: `criteria.${at}.derivation`, message, code: 'bands' });
    if (c.source.kind !== 'manual' && !c.derivation)
      problems.push({
        field: `criteria.${at}.derivation`,
        message: 'Say how a value becomes a score',
        code: 'no_derivation',
      });
  });
  if (problems.length) throw invalid(problems);
  const done = await store.insertModel(ctx.tx, {
    workspaceId: ctx.actor.workspaceId,
    number: now.number + 1,
    criteria: body.criteria,
    note: body.note,
    by: ctx.actor.memberId,
  });
  if (!done) throw staleVersion('model', await model(ctx));
  await ctx.emit({ type: 'selection.model_changed' });
  return model(ctx);
}

export async function listModels(ctx: Ctx, { query }: Call<typeof api.listModels>) {
  const rows = await store.models(ctx.tx, { after: decodeCursor('models', query.cursor, 1), limit: query.limit });
  const { items, nextCursor } = page(rows, query.limit, (m) => encodeCursor('models', [m.number]));
  return {
    items: items.map((m) => ({
      number: m.number,
      criteria: m.criteria,
      note: m.note,
      madeBy: m.made_by,
      madeAt: m.made_at,
    })),
    nextCursor,
  };
}

/** Capacity and lines of the team. */
export async function teamLines(ctx: Ctx) {
  const { accountsPerKam, tiers } = await preferences(ctx.tx);
  const keyTier = tiers[0]!;
  const managers = await store.managers(ctx.tx, keyTier);
  const capacity = teamCapacity(managers, accountsPerKam);
  return { keyTier, tiers, managers: managers.length, capacity, lines: linesFor(capacity) };
}

const money = (amount: number | null, currency: string | null) =>
  amount === null || currency === null ? null : { amount, currency };

/** Growth over a year in percent, where a snapshot in the same currency says what it was. */
export function growthOf(row: store.FactRow): number | null {
  const before = row.arr_year_ago === null ? 0 : Number(row.arr_year_ago);
  if (before <= 0 || row.arr_minor === null) return null;
  return Math.round(((row.arr_minor - before) * 1000) / before) / 10;
}

export async function matrix(ctx: Ctx) {
  const [used, team, rows, given] = await Promise.all([
    model(ctx),
    teamLines(ctx),
    store.facts(ctx.tx, ctx.today, MOST_ROWS + 1),
    store.scores(ctx.tx),
  ]);
  const cut = rows.length > MOST_ROWS;
  const shown = cut ? rows.slice(0, MOST_ROWS) : rows;
  const { scores, disputed } = await scoreAll(ctx.tx, used.criteria, shown, given, ctx.today);
  return {
    model: used,
    capacity: team.capacity,
    managers: team.managers,
    lines: { upper: team.lines.upper, lower: team.lines.lower },
    leastCoverage: LEAST_COVERAGE,
    rows: shown.map((r, at) => ({
      id: r.id,
      name: r.name,
      tier: r.tier,
      isKey: r.tier === team.keyTier,
      ownerName: r.owner_name,
      arr: money(r.arr_minor, r.arr_currency),
      potential: money(r.potential_minor, r.potential_currency),
      scores: scores[at]!,
      growthPercent: growthOf(r),
      disputed: disputed[at]!,
    })),
    cut,
    asOf: ctx.today,
  };
}

export async function score(ctx: Ctx, { body }: Call<typeof api.scoreAccounts>) {
  const { number, criteria } = await current(ctx);
  const known = new Set([...criteria.map((c) => c.key), ...DEFAULT_CRITERIA.map((c) => c.key)]);
  const seen = await store.seenIds(
    ctx.tx,
    body.scores.map((s) => s.accountId),
  );
  const problems = body.scores.flatMap((s, at) => [
    ...(seen.has(s.accountId) ? [] : [{ field: `scores.${at}.accountId`, message: 'There is no such account' }]),
    ...(known.has(s.criterion) ? [] : [{ field: `scores.${at}.criterion`, message: 'There is no such criterion' }]),
    ...(s.score !== null && s.evidence === ''
      ? [{ field: `scores.${at}.evidence`, message: 'Say what the score rests on' }]
      : []),
    ...(s.score !== null && Math.abs(Math.round(s.score * 10) - s.score * 10) > 1e-9
      ? [{ field: `scores.${at}.score`, message: 'Use at most one decimal' }]
      : []),
  ]);
  if (problems.length) throw invalid(problems);
  await store.saveScores(ctx.tx, ctx.actor.workspaceId, ctx.actor.memberId!, number, body.scores);
  for (const id of seen) await ctx.emit({ type: 'selection.scored', accountId: id });
  return { saved: body.scores.length };
}

/** The scores of one account, each with where it comes from. Percentiles need all accounts, so all are read. */
export async function accountScores(ctx: Ctx, id: string) {
  const { criteria } = await current(ctx);
  const [rows, given] = await Promise.all([store.facts(ctx.tx, ctx.today, MOST_ROWS), store.scores(ctx.tx, id)]);
  let at = rows.findIndex((r) => r.id === id);
  if (at < 0) {
    const [own] = await store.facts(ctx.tx, ctx.today, 1, id);
    if (!own) throw notFound('account');
    at = rows.push(own) - 1;
  }
  const { scores, values } = await scoreAll(ctx.tx, criteria, rows, given, ctx.today);
  const mine = scores[at]!;
  const judged = scoreAccount(
    mine,
    criteria.map((c) => c.weight),
  );
  return {
    row: rows[at]!,
    criteria: criteria.map((c, column) => {
      const raters = given.filter((g) => g.criterion === c.key);
      const agreed = agreement(raters.map((g) => Number(g.score)));
      return {
        key: c.key,
        name: c.name,
        axis: c.axis,
        weight: c.weight,
        score: mine[column] ?? null,
        value: values[at]![column] ?? null,
        unit: c.source.kind === 'manual' ? null : c.source.unit,
        raters: raters.map((g) => ({
          raterId: g.rater_id,
          rater: g.rater,
          score: Number(g.score),
          evidence: g.evidence,
          modelNumber: g.model_number,
          scoredAt: g.scored_at,
        })),
        spread: agreed.spread,
        disagree: agreed.disagree,
      };
    }),
    score: judged.score,
    coverage: judged.coverage,
  };
}

export async function readiness(ctx: Ctx) {
  const row = await store.readiness(ctx.tx);
  return {
    questions: READINESS_QUESTIONS.map(({ key, question, anchors }) => ({ key, question, anchors })),
    answers: (row?.answers as never) ?? null,
    madeBy: row?.made_by ?? null,
    madeAt: row?.made_at ?? null,
  };
}

export async function setReadiness(ctx: Ctx, { body }: Call<typeof api.setReadiness>) {
  await store.insertReadiness(ctx.tx, ctx.actor.workspaceId, body.answers, ctx.actor.memberId);
  return readiness(ctx);
}
