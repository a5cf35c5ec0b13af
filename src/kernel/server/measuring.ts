// What a room hands over so that its figures have one definition, one way to be asked and one way to be explained.
import type { RawBuilder } from 'kysely';
import type { Figure, MetricAnswer, MetricDefinition, MetricQuery } from '../contract/metrics.ts';
import { type Ctx, contributions, type ServerModule } from './module.ts';

declare module './module.ts' {
  interface Contributions {
    metrics?: readonly Metric[];
  }
}

/** A question with its defaults filled in. `from` and `to` are null for figures of one day. */
export type Measure = Omit<MetricQuery, 'from' | 'to' | 'asOf' | 'currency'> & {
  from: string | null;
  to: string | null;
  asOf: string;
  currency: string;
};
/** A question before its currency is known. */
export type Asked = Omit<Measure, 'currency'> & { currency: string | null };
/** What a room computes; the insights room adds definition, unit and dates. */
export type Measured = Pick<MetricAnswer, 'value' | 'parts'> &
  Partial<Pick<MetricAnswer, 'byCurrency' | 'groups' | 'warnings'>>;
export type MeasuredRow = {
  key: string;
  label: string;
  accountId: string | null;
  href: string | null;
  parts: Record<string, Figure>;
};

/**
 * A figure of a room. Both functions work under the rights of who asks: sums of scoped members are sums of what they see.
 * Problems: `invalid` for a group that the figure cannot be split by.
 */
export type Metric = {
  definition: Omit<MetricDefinition, 'room'>;
  measure(ctx: Ctx, query: Measure): Promise<Measured>;
  /**
   * SQL of a text that says, in no time, of what state of the books the answer would be, the workspace's currency
   * with it: while it is the same, an answer for somebody who sees all accounts may be given again. Null: this question is computed every time.
   */
  stamp?(query: Asked): RawBuilder<string> | null;
  /** Rows behind the figure, those that weigh most first; `offset` is a plain count. */
  rows(
    ctx: Ctx,
    query: Measure,
    page: { group: string | null; part: string | null; limit: number; offset: number },
  ): Promise<MeasuredRow[]>;
};

/** Every metric of the building, with the room that computes it. */
export const metricsOf = (modules: readonly ServerModule[]): (Metric & { room: string })[] =>
  modules.flatMap((m) =>
    contributions([m], 'metrics').flatMap((list) => list.map((one) => ({ ...one, room: m.name }))),
  );

/** Value, parts and rows of one record's figure; rows that are many are fetched page by page. */
export type RecordFigure = Measured & {
  rows: readonly MeasuredRow[] | ((page: { limit: number; offset: number }) => Promise<MeasuredRow[]>);
};
/** Nothing to tell of this record, or of that day. */
export const noFigure = (...warnings: NonNullable<Measured['warnings']>): RecordFigure => ({
  value: null,
  parts: {},
  rows: [],
  warnings,
});

/**
 * A figure of one record, which the question names as `of`. `read` finds the record under the rights of who asks (404 where it is not
 * seen) and tells value, parts and rows in the record's own currency. Asked for a part, only rows that have it are told.
 */
export function recordMetric(
  definition: Omit<MetricDefinition, 'room' | 'groupBy' | 'over' | 'of'> & { of: string },
  read: (ctx: Ctx, recordId: string, query: Measure) => Promise<RecordFigure>,
): Metric {
  return {
    definition: { ...definition, over: 'day', groupBy: [] },
    async measure(ctx, q) {
      const { rows: _, ...measured } = await read(ctx, q.of!, q);
      return measured;
    },
    async rows(ctx, q, page) {
      const { rows } = await read(ctx, q.of!, q);
      if (typeof rows === 'function') return rows(page);
      const { part } = page;
      const isKnown = part !== null && rows.some((r) => part in r.parts);
      const wanted = isKnown ? rows.filter((r) => (r.parts[part] ?? null) !== null) : rows;
      return wanted.slice(page.offset, page.offset + page.limit);
    },
  };
}
