// Who may do what to the catalogue. Every member sees it.
import { type Actor, EVERYONE, type Role } from '../../../kernel/contract/access.ts';

export const permissions = {
  'products.read': EVERYONE,
  'products.write': ['admin', 'head'],
} satisfies Record<string, readonly Role[]>;

export const mayWrite = (actor: Actor): boolean =>
  (permissions['products.write'] as readonly Role[]).includes(actor.role);

export const canOf = (actor: Actor) => ({ update: mayWrite(actor), archive: mayWrite(actor) });
