// SQL of the stages.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/server/database.ts';
import type { Category } from './rules/deal.ts';

export type StageRow = {
  id: string;
  name: string;
  position: number;
  probability: number;
  outcome: 'open' | 'won' | 'lost';
  category: Category;
};

export async function stages(tx: Tx): Promise<StageRow[]> {
  const { rows } = await sql<StageRow>`
    select id, name, position, probability::float8 as probability, outcome, category from pipeline_stage
    where workspace_id = kernel.ws() and archived_at is null order by position, probability, id`.execute(tx);
  return rows;
}

/** Opportunities that stand in each stage, of those that the actor sees. */
export async function openCounts(tx: Tx): Promise<Map<string, number>> {
  const { rows } = await sql<{ stage_id: string; n: number }>`
    select stage_id, count(*)::int as n from opportunity where workspace_id = kernel.ws() and state = 'open' and archived_at is null group by 1`.execute(
    tx,
  );
  return new Map(rows.map((r) => [r.stage_id, r.n]));
}

export async function stage(tx: Tx, id: string): Promise<StageRow | undefined> {
  const { rows } = await sql<StageRow>`
    select id, name, position, probability::float8 as probability, outcome, category from pipeline_stage
    where workspace_id = kernel.ws() and id = ${id}::uuid`.execute(tx);
  return rows[0];
}

/** Stages without which something open would stand nowhere. Looks past what the actor sees: configuring is for everybody's stages. */
export async function stagesInUse(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select s.name from pipeline_stage s where s.workspace_id = kernel.ws() and s.id = any(${[...ids]}::uuid[])
      and exists (select from opportunity o where o.workspace_id = kernel.ws() and o.stage_id = s.id and o.state = 'open' and o.archived_at is null)`.execute(
    tx,
  );
  return rows.map((r) => r.name);
}

export async function archiveStages(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`update pipeline_stage set archived_at = now(), version = version + 1, updated_at = now()
    where workspace_id = kernel.ws() and id = any(${[...ids]}::uuid[])`.execute(tx);
}

export type StageWrite = {
  id: string;
  name: string;
  position: number;
  probability: number;
  outcome: string;
  category: string;
};

/** Writes the stages as they are to be. Names may swap places, so they first step aside. */
export async function putStages(tx: Tx, workspaceId: string, stages: readonly StageWrite[]): Promise<void> {
  await sql`update pipeline_stage s set name = left(s.name, 60) || ' ' || s.id::text
    from unnest(${stages.map((x) => x.id)}::uuid[], ${stages.map((x) => x.name)}::text[]) n(id, name)
    where s.workspace_id = kernel.ws() and s.id = n.id and s.name <> n.name`.execute(tx);
  await sql`
    insert into pipeline_stage (workspace_id, id, name, position, probability, outcome, category)
    select ${workspaceId}::uuid, s.* from unnest(${stages.map((s) => s.id)}::uuid[], ${stages.map((s) => s.name)}::text[], ${stages.map((s) => s.position)}::int[],
      ${stages.map((s) => s.probability)}::numeric[], ${stages.map((s) => s.outcome)}::text[], ${stages.map((s) => s.category)}::text[])
      s(id, name, position, probability, outcome, category)
    on conflict (workspace_id, id) do update set name = excluded.name, position = excluded.position, probability = excluded.probability,
      outcome = excluded.outcome, category = excluded.category, version = pipeline_stage.version + 1, updated_at = now()
    where (pipeline_stage.name, pipeline_stage.position, pipeline_stage.probability, pipeline_stage.outcome, pipeline_stage.category)
      is distinct from (excluded.name, excluded.position, excluded.probability, excluded.outcome, excluded.category)`.execute(
    tx,
  );
}

/** The open stage in which an opportunity was last. */
export async function lastOpenStage(tx: Tx, opportunityId: string): Promise<string | null> {
  const { rows } = await sql<{ stage_id: string }>`
    select e.stage_id from opportunity_stage_entry e join pipeline_stage s on s.workspace_id = e.workspace_id and s.id = e.stage_id
    where e.workspace_id = kernel.ws() and e.opportunity_id = ${opportunityId}::uuid and s.outcome = 'open' and s.archived_at is null
    order by e.entered_at desc, e.id desc limit 1`.execute(tx);
  return rows[0]?.stage_id ?? null;
}
