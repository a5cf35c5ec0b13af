// Two records of one person become one, and people follow when two accounts become one.
import { conflict, invalid, notFound, staleVersion } from '../../../kernel/contract/problem.ts';
import type { Call, Ctx } from '../../../kernel/server/module.ts';
import type * as api from '../api.ts';
import type { PersonPage } from '../api.ts';
import * as merges from './merge-store.ts';
import { readerOf } from './policy.ts';
import { get } from './reading.ts';
import { joinLines } from './rules.ts';
import * as store from './store.ts';

/** What the duplicate has and this person lacks comes over; roles at the same account become one. */
export async function merge(ctx: Ctx, { params, body, ifMatch }: Call<typeof api.mergePeople>): Promise<PersonPage> {
  const { id } = params;
  const from = body.duplicateId;
  if (id === from) throw conflict('merge_self', 'A person cannot be merged into themselves.');
  const reader = readerOf(ctx.actor);
  const into = await store.person(ctx.tx, id, reader);
  const duplicate = await store.person(ctx.tx, from, reader);
  if (!into) throw notFound('person');
  if (!duplicate) throw invalid({ field: 'duplicateId', message: 'There is no such person' });
  const version = body.version ?? ifMatch;
  if (version !== undefined && version !== into.version) throw staleVersion('person', await get(ctx, id));
  for (const p of [into, duplicate]) {
    if ((await store.roleCount(ctx.tx, p.id)) !== p.roles.length)
      throw conflict('merge_hidden', `${p.name} is also at an account that you do not see. Ask somebody who sees it.`);
  }
  const accountIds = [...new Set([...into.roles, ...duplicate.roles].map((r) => r.accountId))].sort();
  const wanted = new Map<string, Map<string, string | null>>();
  for (const accountId of accountIds) {
    await store.lockLines(ctx.tx, accountId);
    const lines = await store.linesAt(ctx.tx, accountId);
    const own = lines.get(id) ?? lines.get(from) ?? null;
    const after = new Map<string, string | null>([[id, own === from || own === id ? (lines.get(from) ?? null) : own]]);
    for (const [person, manager] of lines) if (manager === from && person !== id) after.set(person, id);
    wanted.set(accountId, after);
    await merges.clearLines(ctx.tx, accountId, from);
  }
  await merges.movePerson(ctx.tx, from, id);
  for (const [accountId, lines] of wanted)
    await merges.setLines(ctx.tx, accountId, joinLines(await store.linesAt(ctx.tx, accountId), lines));
  const main = into.roles.find((r) => r.isPrimary) ?? into.roles[0] ?? duplicate.roles[0];
  if (main) await store.makePrimary(ctx.tx, id, main.accountId);
  const keep = <K extends keyof store.PersonRow>(k: K) => (into[k] === null || into[k] === '' ? duplicate[k] : into[k]);
  await store.updatePerson(
    ctx.tx,
    id,
    null,
    {
      first_name: keep('first_name'),
      last_name: keep('last_name'),
      email: keep('email'),
      phone: keep('phone'),
      mobile: keep('mobile'),
      language: keep('language'),
      notes: keep('notes'),
      tags: [...new Set([...into.tags, ...duplicate.tags])].sort(),
      // Whoever asked not to be contacted, under either record, is not contacted.
      do_not_contact: into.do_not_contact || duplicate.do_not_contact,
    },
    Object.fromEntries(Object.entries(duplicate.custom).filter(([k]) => !(k in into.custom))),
  );
  // The duplicate has no account any more: its maker and those who see all still find it.
  await store.updatePerson(ctx.tx, from, null, { archived_at: ctx.now.toISOString(), merged_into_id: id }, undefined);
  await ctx.emit({ type: 'person.merged', accountId: main?.accountId ?? null, rowId: id, payload: { from } });
  return get(ctx, id);
}

/** People follow when two accounts become one: who is at both keeps one role, and lines that would close a circle are left off. */
export async function mergeAccounts(ctx: Ctx, from: string, into: string): Promise<void> {
  for (const accountId of [from, into].sort()) await store.lockLines(ctx.tx, accountId);
  const lines = await store.linesAt(ctx.tx, from);
  await merges.clearLines(ctx.tx, from, null);
  await merges.moveAccount(ctx.tx, from, into);
  await merges.setLines(ctx.tx, into, joinLines(await store.linesAt(ctx.tx, into), lines));
}
