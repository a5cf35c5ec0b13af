// DOOR 2 of the people room.
import type { Ctx, ServerModule } from '../../../kernel/server/module.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';
import { deleteNamed, insertNamed, insertNotifications } from './store.ts';

export const people: ServerModule = { name: 'people', routes, permissions };

/** Tells members something they should know; an unread repeat (same `dedupeKey`) is not added again. */
export async function notify(
  ctx: Ctx,
  memberIds: string[],
  news: { kind: string; title: string; detail?: string; link?: string; dedupeKey?: string },
): Promise<void> {
  await insertNotifications(ctx.tx, ctx.actor.workspaceId, [...new Set(memberIds)], news);
  await ctx.emit({ type: 'notification.sent' });
}

/** Members whom an import names as owners: they own accounts at once and can be invited later. Without an e-mail they get one that leads nowhere. */
export async function addNamedMembers(
  ctx: Ctx,
  people: readonly { name: string; email: string | null }[],
): Promise<string[]> {
  const slug = (name: string) =>
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '.')
      .replace(/^\.+|\.+$/g, '')
      .slice(0, 60) || 'member';
  const ids = await insertNamed(
    ctx.tx,
    people.map((p) => ({ name: p.name.slice(0, 200), email: p.email ?? `${slug(p.name)}@no-address.invalid` })),
  );
  if (ids.length) await ctx.emit({ type: 'member.invited' });
  return ids;
}

/** The other way round; members who were invited since, or whom something refers to, stay. */
export const removeNamedMembers = (ctx: Ctx, ids: readonly string[]): Promise<void> => deleteNamed(ctx.tx, ids);

export { createAccess } from './access.ts';
export { createAuth } from './auth.ts';
export { mountAuth } from './auth-http.ts';
export { addMember, memberToActFor } from './direct.ts';
export { insertKey } from './keys.ts';
export { createFirstWorkspace, needed as setupNeeded, validZone } from './setup.ts';
