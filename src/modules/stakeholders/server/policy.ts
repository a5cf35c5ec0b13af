// Who may do what to people at accounts. Which people a member sees at all is decided in the database (0006_stakeholders.sql).
import { type Actor, EVERYONE, type Role } from '../../../kernel/contract/access.ts';

export const permissions = {
  'stakeholders.read': EVERYONE,
  'stakeholders.write': ['admin', 'head', 'kam'],
  'stakeholders.merge': ['admin', 'head'],
} satisfies Record<string, readonly Role[]>;

const holds = (actor: Actor, permission: keyof typeof permissions) =>
  (permissions[permission] as readonly Role[]).includes(actor.role);

export function canOf(actor: Actor) {
  const write = holds(actor, 'stakeholders.write');
  return { update: write, archive: write, merge: holds(actor, 'stakeholders.merge') };
}

/** Whose eyes read judgements: heads and admins count as every account's team. */
export type Reader = { memberId: string | null; coaches: boolean };
export const readerOf = (actor: Actor): Reader => ({
  memberId: actor.memberId,
  coaches: actor.role === 'admin' || actor.role === 'head',
});
