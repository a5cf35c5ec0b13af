// The people room's routes, one line each.
import { route } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
import * as keys from './keys.ts';
import * as members from './members.ts';
import * as people from './people.ts';
import { permissions } from './permissions.ts';
import * as setup from './setup.ts';

export const routes = [
  route(api.setupState, async (ctx) => ({ needed: await setup.needed(ctx.tx) })),
  route(api.setupCreate, setup.create),
  route(api.me, people.me),
  route(api.updateMe, people.updateMe),
  route(api.listPermissions, async (ctx) => permissions(ctx.services.modules)),
  route(api.listMembers, members.list),
  route(api.getMember, (ctx, { params }) => members.get(ctx, params.id)),
  route(api.inviteMember, members.invite),
  route(api.updateMember, members.update),
  route(api.deactivateMember, (ctx, { params }) => members.deactivate(ctx, params.id)),
  route(api.reactivateMember, (ctx, { params }) => members.reactivate(ctx, params.id)),
  route(api.resetTwoFactor, (ctx, { params }) => members.resetTwoFactor(ctx, params.id)),
  route(api.invitationState, members.lookAtInvitation),
  route(api.acceptInvitation, members.accept),
  route(api.listTeams, people.listTeams),
  route(api.createTeam, people.addTeam),
  route(api.updateTeam, people.changeTeam),
  route(api.deleteTeam, (ctx, { params }) => people.removeTeam(ctx, params.id)),
  route(api.listApiKeys, keys.list),
  route(api.createApiKey, keys.create),
  route(api.revokeApiKey, (ctx, { params }) => keys.revoke(ctx, params.id)),
  route(api.listNotifications, people.listNews),
  route(api.readNotifications, people.markNewsRead),
];
