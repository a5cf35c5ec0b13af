// SQL of the insights room: answers that were computed once, definitions as they were.
import { type RawBuilder, sql } from 'kysely';
import type { MetricAnswer, MetricDefinition } from '../../../kernel/contract/metrics.ts';
import type { Tx } from '../../../kernel/server/database.ts';

/** Of what state an answer would be, and the answer that was computed of it. */
export async function keptAnswer(
  tx: Tx,
  question: string,
  stamp: RawBuilder<string>,
): Promise<{ stamp: string; answer: string | null }> {
  const { rows } = await sql<{ stamp: string; answer: string | null }>`
    select x.stamp, r.answer from (select ${stamp} as stamp) x
    left join metric_result r on r.workspace_id = kernel.ws() and r.question = ${question} and r.stamp = x.stamp`.execute(
    tx,
  );
  return rows[0] ?? { stamp: '', answer: null };
}

export async function keepAnswer(tx: Tx, question: string, stamp: string, answer: MetricAnswer): Promise<void> {
  await sql`insert into metric_result (workspace_id, question, stamp, answer)
    values (kernel.ws(), ${question}, ${stamp}, ${JSON.stringify(answer)})
    on conflict (workspace_id, question) do update set stamp = excluded.stamp, answer = excluded.answer, made_at = now()`.execute(
    tx,
  );
}

/** Forgets answers that nobody can be given any more, in all workspaces. Runs as the system. */
export async function forgetOldAnswers(tx: Tx): Promise<void> {
  await sql`delete from metric_result where made_at < now() - interval '7 days'`.execute(tx);
}

/** What this workspace has on record of a metric, the newest first. */
export async function versions(tx: Tx, metric: string): Promise<{ definition: MetricDefinition; since: string }[]> {
  const { rows } = await sql<{ definition: MetricDefinition; since: string }>`
    select definition, since from metric_definition where workspace_id = kernel.ws() and metric = ${metric} order by number desc`.execute(
    tx,
  );
  return rows;
}

/** Writes down definitions that this workspace does not have yet. Runs as the system. */
export async function recordDefinitions(tx: Tx, definitions: readonly MetricDefinition[]): Promise<void> {
  await sql`insert into metric_definition (workspace_id, metric, number, definition)
    select w.workspace_id, d ->> 'id', (d ->> 'version')::int, d from workspace w cross join jsonb_array_elements(${JSON.stringify(definitions)}::jsonb) d
    where not exists (select from metric_definition m where m.workspace_id = w.workspace_id and m.metric = d ->> 'id' and m.number = (d ->> 'version')::int)
    on conflict do nothing`.execute(tx);
}
