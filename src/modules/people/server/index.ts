// DOOR 2 of the people room.
import type { Ctx, ServerModule } from '../../../kernel/server/module.ts';
import { permissions } from './policy.ts';
import { routes } from './routes.ts';
import { insertNotifications } from './store.ts';

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

export { createAccess } from './access.ts';
export { createAuth } from './auth.ts';
export { mountAuth } from './auth-http.ts';
export { insertKey } from './keys.ts';
export { createFirstWorkspace, needed as setupNeeded, validZone } from './setup.ts';
