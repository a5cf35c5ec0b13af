// Who may do what to accounts. What a member sees at all is decided in the database (kernel.visible_accounts).
import { type Actor, EVERYONE, type Role } from '../../../kernel/contract/access.ts';

export const permissions = {
  'accounts.read': EVERYONE,
  'accounts.write': ['admin', 'head', 'kam'],
  'accounts.merge': ['admin', 'head'],
  'accounts.assign': ['admin', 'head'],
} satisfies Record<string, readonly Role[]>;

const holds = (actor: Actor, permission: keyof typeof permissions) =>
  (permissions[permission] as readonly Role[]).includes(actor.role);

/** May this actor change accounts that they see? */
export const mayWrite = (actor: Actor): boolean => holds(actor, 'accounts.write');
/** Giving an account to somebody else is the head's decision. */
export const mayAssign = (actor: Actor): boolean => holds(actor, 'accounts.assign');
export const mayMerge = (actor: Actor): boolean => holds(actor, 'accounts.merge');

export function canOf(actor: Actor) {
  return { update: mayWrite(actor), archive: mayWrite(actor), assign: mayAssign(actor), merge: mayMerge(actor) };
}
