// Who may do what to actions. Which ones a member sees is decided in the database.
import { type Actor, EVERYONE, type Role } from '../../../kernel/contract/access.ts';

export const permissions = {
  'actions.read': EVERYONE,
  'actions.write': ['admin', 'head', 'kam', 'sponsor', 'partner', 'recruiter'],
} satisfies Record<string, readonly Role[]>;

export const canOf = (actor: Actor) => ({
  update: (permissions['actions.write'] as readonly Role[]).includes(actor.role),
});
