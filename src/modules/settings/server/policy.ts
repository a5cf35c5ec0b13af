// Who may do what to settings, rates, views and the audit log.
import { type Actor, EVERYONE, type Role } from '../../../kernel/contract/access.ts';

export const permissions = {
  'settings.read': EVERYONE,
  'settings.manage': ['admin'],
  'settings.rates': ['admin', 'head'],
  'settings.views': EVERYONE,
  'settings.share': ['admin', 'head'],
  'settings.audit': ['admin'],
} satisfies Record<string, readonly Role[]>;

const holds = (actor: Actor, permission: keyof typeof permissions) =>
  (permissions[permission] as readonly Role[]).includes(actor.role);

export const mayManage = (actor: Actor): boolean => holds(actor, 'settings.manage');
/** A shared view stands in everybody's list, so sharing is not for everybody. */
export const mayShare = (actor: Actor): boolean => holds(actor, 'settings.share');
/** One's own view, or as somebody who shares a view that is shared. */
export const mayChangeView = (actor: Actor, view: { member_id: string | null; shared: boolean }): boolean =>
  view.shared ? mayShare(actor) : view.member_id === actor.memberId;

export const workspaceCan = (actor: Actor) => ({
  update: mayManage(actor),
  rates: holds(actor, 'settings.rates'),
  fields: mayManage(actor),
  share: mayShare(actor),
  audit: holds(actor, 'settings.audit'),
});
