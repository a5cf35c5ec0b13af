// Who may do what to plans of accounts they see.
import { type Actor, EVERYONE, type Role } from '../../../kernel/contract/access.ts';

export const permissions = {
  'plans.read': EVERYONE,
  'plans.write': ['admin', 'head', 'kam'],
  'plans.signOff': ['admin', 'head', 'sponsor'],
} satisfies Record<string, readonly Role[]>;

const holds = (actor: Actor, p: keyof typeof permissions) => (permissions[p] as readonly Role[]).includes(actor.role);
export const canOf = (actor: Actor) => ({
  update: holds(actor, 'plans.write'),
  signOff: holds(actor, 'plans.signOff'),
  archive: holds(actor, 'plans.write'),
});
