// Figures: found by name, asked with all defaults filled in, answered with definition and days; their rows page by page.
import { createHash } from 'node:crypto';
import type { MetricAnswer, MetricDefinition, MetricQuery } from '../../../kernel/contract/metrics.ts';
import { invalid, Problem } from '../../../kernel/contract/problem.ts';
import { type Asked, type Measure, type Metric, metricsOf } from '../../../kernel/server/measuring.ts';
import type { Call, Ctx, ServerModule } from '../../../kernel/server/module.ts';
import { decodeCursor, encodeCursor } from '../../../kernel/server/paging.ts';
import { ReadyJson } from '../../../kernel/server/ready-json.ts';
import { preferenceShapes } from '../../settings/api.ts';
import { preferences, workspaceCurrency } from '../../settings/server/index.ts';
import type * as api from '../api.ts';
import { daysOf } from './rules.ts';
import * as store from './store.ts';

type Registered = Metric & { room: string };

const registries = new WeakMap<readonly ServerModule[], Map<string, Registered>>();
function registry(modules: readonly ServerModule[]): Map<string, Registered> {
  let known = registries.get(modules);
  if (!known) {
    known = new Map(metricsOf(modules).map((m) => [m.definition.id, m]));
    registries.set(modules, known);
  }
  return known;
}
const definitionOf = (m: Registered): MetricDefinition => ({ ...m.definition, room: m.room });

/** What a segment is, the workspace says: rooms hear of the column that it has chosen. */
const SEGMENT = 'segment';
const groupsOf = (m: Registered): string[] => {
  const { groupBy } = m.definition;
  return preferenceShapes.segment.options.every((column) => groupBy.includes(column)) ? [...groupBy, SEGMENT] : groupBy;
};

/** A definition as readers get it, with every word that `groupBy` takes. */
const shownOf = (m: Registered): MetricDefinition => ({ ...definitionOf(m), groupBy: groupsOf(m) });

/** Every definition of the building, by room and name. */
export const definitions = (modules: readonly ServerModule[]): MetricDefinition[] =>
  [...registry(modules).values()].map(definitionOf);

function metricNamed(ctx: Ctx, id: string): Registered {
  const metric = registry(ctx.services.modules).get(id);
  if (!metric)
    throw new Problem(404, 'unknown_metric', `There is no metric called “${id}”. GET /api/v1/metrics lists them all.`);
  return metric;
}

/** A figure of one record needs to know which, and stands in the currency of the record. */
function checkRecord(metric: Registered, query: MetricQuery): void {
  const { of } = metric.definition;
  if (of === undefined && query.of !== undefined)
    throw invalid({ field: 'of', message: 'This figure is of many records: leave it out' });
  if (of === undefined) return;
  if (query.of === undefined) throw invalid({ field: 'of', message: `Say which ${of}: its id` });
  if (query.currency !== undefined)
    throw invalid({ field: 'currency', message: `This figure stands in the currency of the ${of}: leave it out` });
}

async function askedOf(ctx: Ctx, metric: Registered, query: MetricQuery): Promise<Asked> {
  const { from, to, asOf, currency, ...rest } = query;
  checkRecord(metric, query);
  const groups = groupsOf(metric);
  if (rest.groupBy !== undefined && !groups.includes(rest.groupBy))
    throw invalid({
      field: 'groupBy',
      message: groups.length ? `Use one of: ${groups.join(', ')}` : 'This figure is not parted into groups',
    });
  if (rest.groupBy === SEGMENT) rest.groupBy = (await preferences(ctx.tx)).segment;
  const days = daysOf(metric.definition.over, { from, to, asOf }, ctx.today);
  if (Array.isArray(days)) throw invalid(days);
  return { ...rest, ...days, currency: currency ?? null };
}

const measureOf = async (ctx: Ctx, asked: Asked): Promise<Measure> => ({
  ...asked,
  currency: asked.currency ?? (await workspaceCurrency(ctx.tx)),
});

export async function list(ctx: Ctx) {
  return {
    items: [...registry(ctx.services.modules).values()].map(shownOf),
  };
}

/** The definition in force stands first, whether or not it is on record yet. */
export async function listVersions(ctx: Ctx, { params }: Call<typeof api.listVersions>) {
  const now = definitionOf(metricNamed(ctx, params.id));
  const recorded = await store.versions(ctx.tx, params.id);
  const isRecorded = recorded.some((r) => r.definition.version === now.version);
  return { items: [...(isRecorded ? [] : [{ definition: now, since: null }]), ...recorded] };
}

export async function get(ctx: Ctx, { params, query }: Call<typeof api.getMetric>): Promise<MetricAnswer | ReadyJson> {
  const metric = metricNamed(ctx, params.id);
  const { id, version, unit } = metric.definition;
  const asked = await askedOf(ctx, metric, query);
  const state = ctx.actor.level === 'all' ? (metric.stamp?.(asked) ?? null) : null;
  const question = state && fingerprint(id, version, asked);
  const kept = state && question ? await store.keptAnswer(ctx.tx, question, state) : null;
  if (kept?.answer) return new ReadyJson(kept.answer);
  const measure = await measureOf(ctx, asked);
  const { warnings = [], ...measured } = await metric.measure(ctx, measure);
  const answer: MetricAnswer = {
    ...measured,
    unit,
    definition: { id, version },
    asOf: measure.asOf,
    from: measure.from,
    to: measure.to,
    warnings,
  };
  if (kept && question) keepAfterwards(ctx, question, kept.stamp, answer);
  return answer;
}

/** Questions only read; what is kept is written once the answer stands. */
function keepAfterwards(ctx: Ctx, question: string, stamp: string, answer: MetricAnswer): void {
  const { workspaceId, memberId } = ctx.actor;
  ctx.afterCommit(() =>
    ctx.services.database.as(
      { workspaceId, memberId, level: 'all', label: 'insights', requestId: ctx.requestId },
      (tx) => store.keepAnswer(tx, question, stamp, answer),
    ),
  );
}

const fingerprint = (id: string, version: number, measure: Asked): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        id,
        version,
        Object.entries(measure)
          .filter(([, v]) => v !== undefined)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      ]),
    )
    .digest('base64url');

export async function explain(ctx: Ctx, { params, query }: Call<typeof api.explainMetric>) {
  const metric = metricNamed(ctx, params.id);
  const { group, part, limit, cursor, ...asked } = query;
  const measure = await measureOf(ctx, await askedOf(ctx, metric, asked));
  if (group !== undefined && measure.groupBy === undefined)
    throw invalid({ field: 'group', message: 'Say with groupBy what the group is one of' });
  const scope = `metric ${fingerprint(params.id, 0, measure)} ${group ?? ''} ${part ?? ''}`;
  const offset = Number(decodeCursor(scope, cursor, 1)?.[0] ?? 0);
  const found = await metric.rows(ctx, measure, { group: group ?? null, part: part ?? null, limit: limit + 1, offset });
  return {
    definition: shownOf(metric),
    items: found.slice(0, limit),
    nextCursor: found.length > limit ? encodeCursor(scope, [offset + limit]) : null,
  };
}
