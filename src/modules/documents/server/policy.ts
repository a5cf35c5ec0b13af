// Who may do what to documents. Which ones a member sees follows from the accounts they see.
import { type Actor, EVERYONE, type Role } from '../../../kernel/contract/access.ts';

export const permissions = {
  'documents.read': EVERYONE,
  'documents.write': ['admin', 'head', 'kam', 'sponsor', 'partner'],
  'documents.share': ['admin', 'head'],
} satisfies Record<string, readonly Role[]>;

const holds = (actor: Actor, permission: keyof typeof permissions): boolean =>
  (permissions[permission] as readonly Role[]).includes(actor.role);

/** What every member of the workspace sees is added and changed by admins and heads. */
export const mayWrite = (actor: Actor, accountId: string | null): boolean =>
  holds(actor, accountId === null ? 'documents.share' : 'documents.write');

export const canOf = (actor: Actor, accountId: string | null) => ({
  update: mayWrite(actor, accountId),
  archive: mayWrite(actor, accountId),
});
