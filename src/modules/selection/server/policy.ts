// Who may do what in selection. Which accounts a member sees at all is decided in the database.
import { type Actor, EVERYONE, type Role } from '../../../kernel/contract/access.ts';

export const permissions = {
  'selection.read': EVERYONE,
  'selection.score': ['admin', 'head', 'kam'],
  'selection.change': ['admin', 'head'],
  'selection.review': ['admin', 'head'],
  'selection.decide': ['admin', 'head'],
} satisfies Record<string, readonly Role[]>;

const holds = (actor: Actor, p: keyof typeof permissions) => (permissions[p] as readonly Role[]).includes(actor.role);
export const canOf = (actor: Actor) => ({
  change: holds(actor, 'selection.change'),
  score: holds(actor, 'selection.score'),
  review: holds(actor, 'selection.review'),
  decide: holds(actor, 'selection.decide'),
});
