// Members made without an invitation, by whoever runs the server: the command line's way in.
import { DEFAULT_LEVEL, type Level, type Role } from '../../../kernel/contract/access.ts';
import { conflict, invalid } from '../../../kernel/contract/problem.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import type { Services } from '../../../kernel/server/module.ts';
import * as store from './store.ts';

/**
 * Makes somebody a member who can sign in at once. A person who has a sign-in already keeps it (then `password` is refused);
 * a name that an import brought, or an open invitation, becomes this member. The caller's transaction is the workspace's.
 */
export async function addMember(
  tx: Tx,
  services: Services,
  workspaceId: string,
  m: { name: string; email: string; role: Role; level?: Level | undefined; password?: string | undefined },
): Promise<{ memberId: string }> {
  const known = await store.memberByEmail(tx, m.email);
  if (known?.user_id && !known.deactivated_at) throw conflict('already_member', `${m.email} is a member already.`);
  const user = await services.signIn.userByEmail(m.email);
  if (user && m.password !== undefined)
    throw invalid({ field: 'password', message: 'This e-mail has a sign-in already; leave the password out' });
  if (!user && m.password === undefined)
    throw invalid({ field: 'password', message: 'Give a password of at least 10 characters' });
  const userId =
    user?.userId ??
    (
      await services.signIn.createUser({
        email: m.email,
        name: m.name,
        emailVerified: true,
        ...(m.password ? { password: m.password } : {}),
      })
    ).userId;
  const row = {
    name: m.name,
    email: m.email,
    role: m.role,
    level: m.level ?? DEFAULT_LEVEL[m.role],
    user_id: userId,
    deactivated_at: null,
  };
  if (known) await store.updateMember(tx, known.id, null, row);
  return { memberId: known?.id ?? (await store.insertMember(tx, workspaceId, row)) };
}

/** The active member with this e-mail, or without one the first active admin: whom the command line acts for. */
export async function memberToActFor(
  tx: Tx,
  workspaceId: string,
  email?: string,
): Promise<{ id: string; userId: string | null; name: string; email: string; role: Role; level: Level } | null> {
  const row = await store.actingMember(tx, workspaceId, email);
  return row
    ? { id: row.id, userId: row.user_id, name: row.name, email: row.email, role: row.role, level: row.level }
    : null;
}
