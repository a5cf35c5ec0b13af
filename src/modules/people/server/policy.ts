// Who may do what to members, teams and keys.
import type { Actor, Role } from '../../../kernel/contract/access.ts';
import { EVERYONE } from '../../../kernel/contract/access.ts';

export const permissions = {
  'members.manage': ['admin'],
  'members.read': EVERYONE,
} satisfies Record<string, readonly Role[]>;

export const mayManageMembers = (actor: Actor): boolean => actor.role === 'admin';
/** A key acts as its member, so only the member or an admin may make or withdraw it. */
export const mayManageKeysOf = (actor: Actor, memberId: string): boolean =>
  actor.memberId === memberId || actor.role === 'admin';
