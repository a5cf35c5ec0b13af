// The people room's contract: set-up, who am I, members, teams, invitations, API keys, notifications.
import * as z from 'zod';
import { levelShape, roleShape } from '../../kernel/contract/access.ts';
import { defineRoute } from '../../kernel/contract/route.ts';
import {
  byId,
  currency,
  email,
  flag,
  id,
  instant,
  listOf,
  name,
  none,
  paging,
  version,
} from '../../kernel/contract/shapes.ts';

export const memberShape = z
  .object({
    id,
    name: z.string(),
    email: z.string(),
    title: z.string(),
    role: roleShape,
    level: levelShape,
    teamId: id.nullable(),
    capacity: z.number().int().nullable(),
    /** `active` signs in; `invited` has not accepted yet; `named` was brought by an import; `deactivated` may not sign in. */
    state: z.enum(['active', 'invited', 'named', 'deactivated']),
    version,
    can: z.object({ update: z.boolean(), deactivate: z.boolean(), invite: z.boolean() }),
  })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof memberShape>;

export const teamShape = z
  .object({
    id,
    name: z.string(),
    parentId: id.nullable(),
    memberCount: z.number().int(),
    version,
  })
  .meta({ id: 'Team' });
export const apiKeyShape = z
  .object({
    id,
    name: z.string(),
    prefix: z.string(),
    memberId: id,
    memberName: z.string(),
    createdAt: instant,
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKeyShape>;
export const notificationShape = z
  .object({
    id,
    kind: z.string(),
    title: z.string(),
    detail: z.string(),
    link: z.string().nullable(),
    readAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Notification' });

const password = z.string().min(10, 'Use at least 10 characters').max(128);

// First visit ---------------------------------------------------------------
export const setupState = defineRoute({
  id: 'setup.state',
  method: 'GET',
  path: '/api/v1/setup',
  summary: 'Whether this installation still needs its first workspace',
  permission: 'public',
  answer: z.object({ needed: z.boolean() }),
});
export const setupCreate = defineRoute({
  id: 'setup.create',
  method: 'POST',
  path: '/api/v1/setup',
  summary: 'Create the first workspace and its admin; works once',
  permission: 'public',
  limitPerMinute: 20,
  status: 201,
  body: z.strictObject({
    workspaceName: name,
    currency: currency.default('EUR'),
    locale: z.string().max(35).optional(),
    zone: z.string().max(64).optional(),
    name,
    email,
    password,
  }),
  answer: z.object({ workspaceId: id, memberId: id }),
  problems: { already_set_up: 'A workspace exists already; sign in instead.' },
});

// Me ------------------------------------------------------------------------
export const meShape = z
  .object({
    member: z.object({
      id,
      name: z.string(),
      email: z.string(),
      title: z.string(),
      role: roleShape,
      level: levelShape,
    }),
    workspace: z.object({
      id,
      name: z.string(),
      currency: z.string(),
      locale: z.string(),
      zone: z.string(),
      fiscalYearStartMonth: z.number().int(),
    }),
    workspaces: z.array(z.object({ id, name: z.string() })),
    permissions: z.array(z.string()),
    unread: z.number().int(),
  })
  .meta({ id: 'Me' });
export const me = defineRoute({
  id: 'me.get',
  method: 'GET',
  path: '/api/v1/me',
  summary: 'Who is signed in, in which workspace, with which permissions',
  permission: 'signed-in',
  answer: meShape,
});
export const updateMe = defineRoute({
  id: 'me.update',
  method: 'PATCH',
  path: '/api/v1/me',
  summary: 'Change your own name and title; role and visibility are an admin’s to give',
  permission: 'signed-in',
  body: z.strictObject({ name: name.optional(), title: z.string().trim().max(200).optional() }),
  answer: meShape,
});

// What each role may do ---------------------------------------------------------
export const permissionShape = z.object({
  id: z.string(),
  /** The room that declares it. */
  room: z.string(),
  roles: z.array(roleShape),
  /** What it opens, in the words of the API. */
  verbs: z.array(z.string()),
});
export const listPermissions = defineRoute({
  id: 'permissions.list',
  method: 'GET',
  path: '/api/v1/permissions',
  summary: 'What each role may do, as the rooms declare it',
  permission: 'signed-in',
  answer: z.object({
    items: z.array(permissionShape),
    nextCursor: z.null(),
    /** Every role with the level of visibility that it starts with. */
    roles: z.array(z.object({ role: roleShape, level: levelShape })),
  }),
});

// Members -------------------------------------------------------------------
export const listMembers = defineRoute({
  id: 'members.list',
  method: 'GET',
  path: '/api/v1/members',
  summary: 'Members of the workspace',
  permission: 'signed-in',
  query: z.strictObject({
    ...paging,
    q: z.string().max(100).optional(),
    state: z.enum(['active', 'invited', 'named', 'deactivated']).optional(),
    includeDeactivated: flag,
  }),
  answer: listOf(memberShape),
});
export const getMember = defineRoute({
  id: 'members.get',
  method: 'GET',
  path: '/api/v1/members/{id}',
  summary: 'One member',
  permission: 'signed-in',
  params: byId,
  answer: memberShape,
});
export const inviteMember = defineRoute({
  id: 'members.invite',
  method: 'POST',
  path: '/api/v1/members',
  summary: 'Invite somebody by e-mail; a name that an import brought becomes this member',
  permission: 'members.manage',
  status: 201,
  body: z.strictObject({
    name,
    email,
    role: roleShape,
    level: levelShape.optional(),
    teamId: id.nullable().optional(),
    title: z.string().max(200).optional(),
    capacity: z.int().min(0).max(200).nullable().optional(),
  }),
  answer: z.object({ member: memberShape, inviteLink: z.string(), mailed: z.boolean() }),
  problems: { already_member: 'This e-mail belongs to an active member.' },
});
export const updateMember = defineRoute({
  id: 'members.update',
  method: 'PATCH',
  path: '/api/v1/members/{id}',
  summary: 'Change role, visibility, team, title or capacity',
  permission: 'members.manage',
  params: byId,
  body: z.strictObject({
    version,
    name: name.optional(),
    email: email.optional(),
    title: z.string().max(200).optional(),
    role: roleShape.optional(),
    level: levelShape.optional(),
    teamId: id.nullable().optional(),
    capacity: z.int().min(0).max(200).nullable().optional(),
  }),
  answer: memberShape,
  problems: { last_admin: 'A workspace keeps at least one active admin.' },
});
export const deactivateMember = defineRoute({
  id: 'members.deactivate',
  method: 'POST',
  path: '/api/v1/members/{id}/deactivate',
  summary: 'Take away all access at once',
  permission: 'members.manage',
  params: byId,
  answer: memberShape,
});
export const reactivateMember = defineRoute({
  id: 'members.reactivate',
  method: 'POST',
  path: '/api/v1/members/{id}/reactivate',
  summary: 'Give access back',
  permission: 'members.manage',
  params: byId,
  answer: memberShape,
});

export const resetTwoFactor = defineRoute({
  id: 'members.resetTwoFactor',
  method: 'POST',
  path: '/api/v1/members/{id}/reset-two-factor',
  summary: 'For a member who lost the authenticator: the password alone signs in again; the member is told',
  permission: 'members.manage',
  params: byId,
  answer: z.object({
    /** False where there was no second factor to take off. */
    wasOn: z.boolean(),
  }),
  problems: { not_signed_up: 'This member has not signed in yet.' },
});

export const invitationState = defineRoute({
  id: 'invitations.state',
  method: 'POST',
  path: '/api/v1/invitations/look',
  summary: 'What an invitation link is for',
  permission: 'public',
  limitPerMinute: 30,
  body: z.strictObject({ token: z.string().min(20).max(200) }),
  answer: z.object({ email: z.string(), name: z.string(), workspaceName: z.string(), hasAccount: z.boolean() }),
  problems: { invitation_over: 'The link was used, withdrawn or is older than seven days.' },
});
export const acceptInvitation = defineRoute({
  id: 'invitations.accept',
  method: 'POST',
  path: '/api/v1/invitations/accept',
  summary: 'Accept an invitation and choose a password',
  permission: 'public',
  limitPerMinute: 30,
  body: z.strictObject({ token: z.string().min(20).max(200), name: name.optional(), password }),
  answer: z.object({ email: z.string() }),
  problems: {
    invitation_over: 'The link was used, withdrawn or is older than seven days.',
    wrong_password: 'This e-mail has an account: use its password.',
  },
});

// Teams ---------------------------------------------------------------------
export const listTeams = defineRoute({
  id: 'teams.list',
  method: 'GET',
  path: '/api/v1/teams',
  summary: 'The team tree',
  permission: 'signed-in',
  query: z.strictObject({ ...paging }),
  answer: listOf(teamShape),
});
export const createTeam = defineRoute({
  id: 'teams.create',
  method: 'POST',
  path: '/api/v1/teams',
  summary: 'Make a team',
  permission: 'members.manage',
  status: 201,
  body: z.strictObject({ name, parentId: id.nullable().optional() }),
  answer: teamShape,
});
export const updateTeam = defineRoute({
  id: 'teams.update',
  method: 'PATCH',
  path: '/api/v1/teams/{id}',
  summary: 'Rename or move a team',
  permission: 'members.manage',
  params: byId,
  body: z.strictObject({ version, name: name.optional(), parentId: id.nullable().optional() }),
  answer: teamShape,
  problems: { team_cycle: 'A team cannot be below itself.' },
});
export const deleteTeam = defineRoute({
  id: 'teams.delete',
  method: 'DELETE',
  path: '/api/v1/teams/{id}',
  summary: 'Remove an empty team',
  permission: 'members.manage',
  params: byId,
  problems: { team_in_use: 'Move its members and teams first.' },
});

// API keys ------------------------------------------------------------------
export const listApiKeys = defineRoute({
  id: 'apiKeys.list',
  method: 'GET',
  path: '/api/v1/api-keys',
  summary: 'API keys: your own, or all for an admin',
  permission: 'signed-in',
  query: z.strictObject({ ...paging }),
  answer: listOf(apiKeyShape),
});
export const createApiKey = defineRoute({
  id: 'apiKeys.create',
  method: 'POST',
  path: '/api/v1/api-keys',
  summary: 'Make an API key; it is shown once and acts as its member',
  permission: 'signed-in',
  status: 201,
  body: z.strictObject({
    name: z.string().trim().min(1).max(100),
    memberId: id.optional(),
    expiresAt: instant.nullable().optional(),
  }),
  answer: z.object({ apiKey: apiKeyShape, key: z.string() }),
});
export const revokeApiKey = defineRoute({
  id: 'apiKeys.revoke',
  method: 'POST',
  path: '/api/v1/api-keys/{id}/revoke',
  summary: 'Withdraw an API key at once',
  permission: 'signed-in',
  params: byId,
  answer: apiKeyShape,
});

// Notifications -------------------------------------------------------------
export const listNotifications = defineRoute({
  id: 'notifications.list',
  method: 'GET',
  path: '/api/v1/notifications',
  summary: 'Your notifications, newest first',
  permission: 'signed-in',
  query: z.strictObject({ ...paging, unread: flag }),
  answer: listOf(notificationShape),
});
export const readNotifications = defineRoute({
  id: 'notifications.read',
  method: 'POST',
  path: '/api/v1/notifications/read',
  summary: 'Mark notifications as read; without ids, all',
  permission: 'signed-in',
  body: z.strictObject({ ids: z.array(id).max(200).optional() }),
  answer: z.object({ unread: z.number().int() }),
});

export { none };
