// Custom fields: few, typed, in an order; a field that is put away keeps its values.
import { conflict, invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import type * as api from '../api.ts';
import { type CustomFieldAnswer, MAX_FIELDS } from '../api.ts';
import { mayManage } from './policy.ts';
import { keyFrom } from './rules/fields.ts';
import * as store from './store.ts';

function present(r: store.FieldRow, ctx: Ctx): CustomFieldAnswer {
  const may = mayManage(ctx.actor);
  return {
    id: r.id,
    entity: r.entity,
    key: r.key,
    label: r.label,
    type: r.type,
    choices: r.choices,
    position: r.position,
    archivedAt: r.archived_at,
    version: r.version,
    can: { update: may, archive: may },
  };
}

export async function list(ctx: Ctx, { query }: Pick<Call<typeof api.listFields>, 'query'>) {
  const rows = await store.fields(ctx.tx, { entity: query.entity, archived: query.archived ?? false });
  return { items: rows.map((r) => present(r, ctx)), nextCursor: null };
}

async function one(ctx: Ctx, id: string): Promise<store.FieldRow> {
  const [row] = await store.fields(ctx.tx, { id });
  if (!row) throw notFound('custom field');
  return row;
}

async function room(ctx: Ctx, entity: string, label: string, not?: string): Promise<store.FieldRow[]> {
  await store.lockFields(ctx.tx);
  const all = (await store.fields(ctx.tx, { entity })).filter((f) => f.id !== not);
  const used = all.filter((f) => !f.archived_at);
  if (used.length >= MAX_FIELDS)
    throw conflict(
      'too_many_fields',
      `At most ${MAX_FIELDS} fields are in use at once. Archive one that nobody needs.`,
    );
  if (used.some((f) => f.label.toLowerCase() === label.toLowerCase()))
    throw invalid({ field: 'label', message: 'Another field has this label' });
  return all;
}

export async function create(ctx: Ctx, { body }: Call<typeof api.createField>) {
  const choices = body.choices ?? [];
  checkChoices(body.type, choices);
  const all = await room(ctx, body.entity, body.label);
  const id = await store.insertField(ctx.tx, {
    workspace_id: ctx.actor.workspaceId,
    entity: body.entity,
    key: keyFrom(body.label, new Set(all.map((f) => f.key))),
    label: body.label,
    type: body.type,
    choices,
    position: Math.max(-1, ...all.map((f) => f.position)) + 1,
  });
  await ctx.emit({ type: 'custom_field.created', rowId: id });
  return present(await one(ctx, id), ctx);
}

function checkChoices(type: string, choices: readonly string[]): void {
  if (type === 'choice' && choices.length === 0)
    throw invalid({ field: 'choices', message: 'Name at least one choice' });
  if (type !== 'choice' && choices.length > 0)
    throw invalid({ field: 'choices', message: 'Only a field of type choice has choices' });
}

export async function update(ctx: Ctx, { params, body, ifMatch }: Call<typeof api.updateField>) {
  const before = await one(ctx, params.id);
  const { label, choices } = body;
  if (choices) {
    checkChoices(before.type, choices);
    const lost = before.choices.filter((c) => !choices.includes(c));
    if (lost.length)
      throw invalid({
        field: 'choices',
        message: `Choices may be added, not taken away: ${lost.join(', ')} is missing`,
      });
  }
  if (label !== undefined && label !== before.label && !before.archived_at)
    await room(ctx, before.entity, label, before.id);
  const done = await store.updateField(ctx.tx, params.id, body.version ?? ifMatch ?? null, {
    ...(label !== undefined ? { label } : {}),
    ...(choices ? { choices } : {}),
  });
  if (!done) throw staleVersion('custom field', present(await one(ctx, params.id), ctx));
  await ctx.emit({ type: 'custom_field.updated', rowId: params.id });
  return present(await one(ctx, params.id), ctx);
}

export async function archive(ctx: Ctx, id: string) {
  const before = await one(ctx, id);
  if (!before.archived_at) await store.updateField(ctx.tx, id, null, { archived_at: ctx.now.toISOString() });
  await ctx.emit({ type: 'custom_field.archived', rowId: id });
  return present(await one(ctx, id), ctx);
}

export async function restore(ctx: Ctx, id: string) {
  const before = await one(ctx, id);
  if (before.archived_at) {
    await room(ctx, before.entity, before.label, id);
    await store.updateField(ctx.tx, id, null, { archived_at: null });
  }
  await ctx.emit({ type: 'custom_field.restored', rowId: id });
  return present(await one(ctx, id), ctx);
}

export async function reorder(ctx: Ctx, { body }: Call<typeof api.reorderFields>) {
  await store.lockFields(ctx.tx);
  const used = await store.fields(ctx.tx, { entity: body.entity, archived: false });
  const known = new Set(used.map((f) => f.id));
  if (
    new Set(body.ids).size !== body.ids.length ||
    body.ids.length !== known.size ||
    !body.ids.every((i) => known.has(i))
  )
    throw invalid({ field: 'ids', message: 'Name every field in use exactly once' });
  await store.placeFields(ctx.tx, body.ids);
  await ctx.emit({ type: 'custom_field.reordered' });
  return list(ctx, { query: { entity: body.entity } });
}

type Wanted = { label: string; type: FieldType; choices: string[] };
type FieldType = store.FieldRow['type'];

/**
 * For imports: the fields of these labels, made where they are missing and room is left; choices grow by those that are new. Only who
 * manages fields makes any; others get what there is.
 */
export async function provide(ctx: Ctx, entity: 'accounts' | 'people', wanted: readonly Wanted[]) {
  await store.lockFields(ctx.tx);
  const all = await store.fields(ctx.tx, { entity });
  const byLabel = new Map(all.filter((f) => !f.archived_at).map((f) => [f.label.toLowerCase(), f]));
  const taken = new Set(all.map((f) => f.key));
  let left = MAX_FIELDS - byLabel.size;
  let position = Math.max(-1, ...all.map((f) => f.position));
  const created: string[] = [];
  const extended: { id: string; before: string[] }[] = [];
  for (const w of wanted) {
    const known = byLabel.get(w.label.toLowerCase());
    if (!known) {
      if (!mayManage(ctx.actor) || left <= 0) continue;
      const key = keyFrom(w.label, taken);
      taken.add(key);
      left--;
      const choices = w.type === 'choice' ? w.choices : [];
      const id = await store.insertField(ctx.tx, {
        workspace_id: ctx.actor.workspaceId,
        entity,
        key,
        label: w.label,
        type: w.type,
        choices,
        position: ++position,
      });
      created.push(id);
    } else if (known.type === 'choice' && mayManage(ctx.actor)) {
      const more = w.choices.filter((c) => !known.choices.includes(c)).slice(0, 200 - known.choices.length);
      if (!more.length) continue;
      await store.updateField(ctx.tx, known.id, null, { choices: [...known.choices, ...more] });
      extended.push({ id: known.id, before: known.choices });
    }
  }
  if (created.length || extended.length) await ctx.emit({ type: 'custom_field.created' });
  return { created, extended };
}

/** For the undo of an import: takes away what `provide` made. The caller has made sure that nothing uses it. */
export async function withdraw(ctx: Ctx, ids: readonly string[], choices: readonly { id: string; before: string[] }[]) {
  await store.deleteFields(ctx.tx, ids);
  for (const c of choices) await store.updateField(ctx.tx, c.id, null, { choices: c.before });
  if (ids.length || choices.length) await ctx.emit({ type: 'custom_field.archived' });
}

export const roomFor = (actor: Ctx['actor'], used: number): number => (mayManage(actor) ? MAX_FIELDS - used : 0);
