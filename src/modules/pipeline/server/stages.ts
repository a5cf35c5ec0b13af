// The stages of the pipeline: read and set as a whole.
import { newId } from '../../../kernel/contract/ids.ts';
import { conflict, type FieldError, invalid } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import type * as api from '../api.ts';
import { may } from './policy.ts';
import * as store from './stages-store.ts';

export async function list(ctx: Ctx) {
  const [stages, counts] = [await store.stages(ctx.tx), await store.openCounts(ctx.tx)];
  return {
    items: stages.map((s) => ({ ...s, openCount: counts.get(s.id) ?? 0 })),
    nextCursor: null,
    can: { update: may(ctx.actor, 'pipeline.configure') },
  };
}

export async function save(ctx: Ctx, { body }: Call<typeof api.saveStages>) {
  const before = new Map((await store.stages(ctx.tx)).map((s) => [s.id, s]));
  const problems: FieldError[] = [];
  const seen = new Set<string>();
  body.stages.forEach((s, i) => {
    if (s.id && !before.has(s.id)) problems.push({ field: `stages.${i}.id`, message: 'There is no such stage' });
    const was = s.id ? before.get(s.id) : undefined;
    if (was && was.outcome !== s.outcome)
      problems.push({ field: `stages.${i}.outcome`, message: 'Add a new stage instead: this one has a history' });
    const name = s.name.toLowerCase();
    if (seen.has(name)) problems.push({ field: `stages.${i}.name`, message: 'Use each name once' });
    seen.add(name);
  });
  for (const outcome of ['open', 'won', 'lost'] as const)
    if (!body.stages.some((s) => s.outcome === outcome))
      problems.push({ field: 'stages', message: `Keep at least one stage for what is ${outcome}` });
  if (problems.length) throw invalid(problems);

  const kept = new Set(body.stages.flatMap((s) => (s.id ? [s.id] : [])));
  const going = [...before.keys()].filter((id) => !kept.has(id));
  const used = await store.stagesInUse(ctx.tx, going);
  if (used.length)
    throw conflict('stage_in_use', `Open opportunities stand in ${used.join(', ')}. Move them to another stage first.`);
  await store.archiveStages(ctx.tx, going);
  await store.putStages(
    ctx.tx,
    ctx.actor.workspaceId,
    body.stages.map((s, position) => ({
      id: s.id ?? newId(ctx.now.getTime()),
      name: s.name,
      position,
      outcome: s.outcome,
      probability: s.outcome === 'won' ? 100 : s.outcome === 'lost' ? 0 : s.probability,
      category: s.outcome === 'won' ? 'closed' : s.outcome === 'lost' ? 'omitted' : s.category,
    })),
  );
  await ctx.emit({ type: 'pipeline.stages_changed' });
  return list(ctx);
}
