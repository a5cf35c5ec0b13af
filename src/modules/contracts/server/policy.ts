// Who may do what to contracts, renewals and approvals of accounts that they see.
import { type Actor, EVERYONE, type Role } from '../../../kernel/contract/access.ts';

export const permissions = {
  'contracts.read': EVERYONE,
  'contracts.write': ['admin', 'head', 'kam'],
  'contracts.decide': ['admin', 'head', 'kam'],
  // The head's word where a person and the figures differ.
  'contracts.resolve': ['admin', 'head'],
  // Whoever is asked decides: partners of finance and legal are, when they are named.
  'contracts.approve': ['admin', 'head', 'kam', 'sponsor', 'partner'],
  'contracts.settings': ['admin', 'head'],
} satisfies Record<string, readonly Role[]>;

export const holds = (actor: Actor, permission: keyof typeof permissions): boolean =>
  (permissions[permission] as readonly Role[]).includes(actor.role);
