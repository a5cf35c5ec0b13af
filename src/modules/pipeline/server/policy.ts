// Who may do what in the pipeline and the forecast. Which opportunities a member sees is decided in the database.
import { type Actor, EVERYONE, type Role } from '../../../kernel/contract/access.ts';
import type { Opportunity } from '../api.ts';

export const permissions = {
  'pipeline.read': EVERYONE.filter((r) => r !== 'recruiter'),
  'pipeline.write': ['admin', 'head', 'kam', 'sponsor'],
  'pipeline.configure': ['admin', 'head'],
  'forecast.read': EVERYONE.filter((r) => r !== 'recruiter'),
  /** To say one's own call. */
  'forecast.submit': ['admin', 'head', 'kam', 'sponsor'],
  /** To say a manager's call, submit for others, take snapshots, restate closed periods. */
  'forecast.manage': ['admin', 'head'],
} satisfies Record<string, readonly Role[]>;

export const may = (actor: Actor, permission: keyof typeof permissions): boolean =>
  (permissions[permission] as readonly Role[]).includes(actor.role);

export function canOf(actor: Actor, o: { state: string; archived_at: string | null }): Opportunity['can'] {
  const writes = may(actor, 'pipeline.write');
  const isOpen = o.state === 'open' && o.archived_at === null;
  return {
    update: writes && o.archived_at === null,
    win: writes && isOpen,
    reopen: writes && o.state !== 'open' && o.archived_at === null,
    archive: writes,
  };
}
