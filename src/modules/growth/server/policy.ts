// Who may do what to the growth of accounts they see.
import { type Actor, EVERYONE, type Role } from '../../../kernel/contract/access.ts';

export const permissions = {
  'growth.read': EVERYONE,
  'growth.write': ['admin', 'head', 'kam'],
  'growth.budget': ['admin', 'head'],
} satisfies Record<string, readonly Role[]>;

const holds = (actor: Actor, p: keyof typeof permissions) => (permissions[p] as readonly Role[]).includes(actor.role);
export const canOf = (actor: Actor) => ({ update: holds(actor, 'growth.write') });
export const mayBudget = (actor: Actor): boolean => holds(actor, 'growth.budget');
